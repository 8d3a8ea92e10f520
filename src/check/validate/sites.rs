//! Sites and their sides (C11).

use super::item::{Items, State};
use super::ledger::{Ledger, Said};
use super::question::Share;
use super::seen::{Found, Seen};
use super::{Rule, Severity};
use crate::cohort::case::{CaseCell, CaseColumn};
use crate::cohort::cell::{LevelState, SetState};
use crate::schema::audit::Purpose;
use crate::schema::lexical::fold;
use crate::schema::{Kind, Role};
use crate::tally::{Cohort, Counts};

const SIDE: &str = "side-not-explicit";

/// Words that state a side.
pub(super) const SIDES: [&str; 9] = ["right", "left", "bilateral", "both", "unilateral", "two", "midline", "r", "l"];

/// The sites of the cases.
pub struct Sites<'a> {
    sites: Option<CaseColumn<'a>>,
    side: Option<CaseColumn<'a>>,
    with_sites: Share,
    some: Share,
    every: Share,
    /// No column and no name of a site states a side: said once.
    has_no_sides: bool,
}

impl<'a> Sites<'a> {
    /// For the columns of a cohort.
    pub fn new(cohort: &Cohort, found: &Found<'a>) -> Sites<'a> {
        let sites = found.first(Role::Site).filter(|c| matches!(c.variable().kind, Kind::Set | Kind::Category));
        let [with_sites, some, every] = [(); 3].map(|()| Share::default());
        let side = found.of(Purpose::Side);
        let names = sites.and_then(|sites| cohort.variables.iter().find(|v| v.column == sites.column));
        let has_no_sides = side.is_none() && !names.is_some_and(|variable| names_a_side(&variable.counts));
        Sites { sites, side, with_sites, some, every, has_no_sides }
    }
}

/// The items of a cell: those of a set, or its one level.
pub(super) fn items(case: &Seen<'_>, column: Option<CaseColumn<'_>>) -> Vec<String> {
    match column.map(|column| case.case.cell(&column)) {
        Some(CaseCell::Set(SetState::Items(items))) => items.items,
        Some(CaseCell::Level(LevelState::Level(level))) => vec![level],
        _ => Vec::new(),
    }
}

/// True where a side is part of the name of some site.
fn names_a_side(counts: &Counts) -> bool {
    match counts {
        Counts::Set(counts) => counts.items.keys().any(|site| states_a_side(site)),
        Counts::Levels(counts) => counts.levels.keys().any(|site| states_a_side(site)),
        _ => false,
    }
}

fn states_a_side(text: &str) -> bool {
    fold(text).split(' ').any(|word| SIDES.contains(&word))
}

/// True where a side is stated in the name of the site, for this site, or for all of them at once.
fn has_side(site: &str, sides: &[String]) -> bool {
    let of_site = |side: &String| states_a_side(side) && fold(side).contains(&fold(site));
    let of_all = |side: &String| fold(side).split(' ').all(|word| SIDES.contains(&word));
    states_a_side(site) || sides.iter().any(|side| of_site(side) || of_all(side))
}

impl Rule for Sites<'_> {
    fn look(&mut self, case: &Seen<'_>, ledger: &mut Ledger<'_>) {
        let Some(column) = self.sites else { return };
        let (sites, sides) = (items(case, self.sites), items(case, self.side));
        let is_reported = case.reports(&column);
        self.with_sites.add(is_reported, case);
        let without: Vec<&str> = sites.iter().filter(|site| !has_side(site, &sides)).map(String::as_str).collect();
        self.some.add(without.len() < sites.len(), case);
        self.every.add(is_reported && without.is_empty(), case);
        let header = self.side.unwrap_or(column).variable().header.as_str();
        if !is_reported {
            let said = || Said::new("no site is reported").remedy("add the sites, or none");
            ledger.say(SIDE, Severity::Warning, (case, &column.variable().header), said);
        } else if !without.is_empty() && !self.has_no_sides {
            ledger.say(SIDE, Severity::Warning, (case, header), || {
                let remedy = "state right, left or bilateral for each site, as in: knee right; a plural is not a side";
                Said::new(format!("no side is explicit for {}", without.join(", "))).remedy(remedy)
            });
        }
    }

    fn conclude(self: Box<Self>, ledger: &mut Ledger<'_>, items: &mut Items) {
        if self.sites.is_none() {
            items.add(SIDE, State::NotApplicable, "no column of sites");
            return;
        }
        if self.has_no_sides && self.with_sites.with > 0 {
            let remedy =
                "state right, left or bilateral for each site, as in: knee right, or in a column such as site_side";
            ledger.of_series(SIDE, Severity::Warning, "no side is stated of any site", remedy);
        }
        let said = format!(
            "sites {}; a side explicit for some site {}, for every site {}",
            self.with_sites.said(),
            self.some.said(),
            self.every.said()
        );
        items.judge(SIDE, self.every.is_full(), said);
    }
}
