//! Sites and their sides (C11).

use super::case_share::CaseShare;
use super::case_view::CaseView;
use super::column_lookup::ColumnLookup;
use super::item::Check;
use super::item::{Conclusions, ItemState};
use super::rule::ValidationRule;
use super::sink::{CellFinding, FindingSink};
use crate::cohort::case::{CaseCell, CaseColumn};
use crate::cohort::cell::{LevelState, SetState};
use crate::schema::audit::Purpose;
use crate::schema::lexical::fold;
use crate::schema::{Kind, Role};
use crate::tally::{Cohort, Counts};

const SIDE: Check = Check::SideNotExplicit;

/// Words that state a side.
pub(super) const SIDES: [&str; 9] = ["right", "left", "bilateral", "both", "unilateral", "two", "midline", "r", "l"];

/// Examines the sites of the cases.
pub struct Sites<'a> {
    sites: Option<CaseColumn<'a>>,
    side: Option<CaseColumn<'a>>,
    with_sites: CaseShare,
    some: CaseShare,
    every: CaseShare,
    /// True where no column and no site name states a side: this is reported once.
    has_no_sides: bool,
}

impl<'a> Sites<'a> {
    /// For the columns of a cohort.
    pub fn new(cohort: &Cohort, lookup: &ColumnLookup<'a>) -> Sites<'a> {
        let sites = lookup.first(Role::Site).filter(|c| matches!(c.variable().kind, Kind::Set | Kind::Category));
        let [with_sites, some, every] = [(); 3].map(|()| CaseShare::default());
        let side = lookup.of(Purpose::Side);
        let names = sites.and_then(|sites| cohort.variables.iter().find(|v| v.column == sites.column));
        let has_no_sides = side.is_none() && !names.is_some_and(|variable| names_a_side(&variable.counts));
        Sites { sites, side, with_sites, some, every, has_no_sides }
    }
}

/// The items of a set cell, or the level of a category cell.
pub(super) fn items(case: &CaseView<'_>, column: Option<CaseColumn<'_>>) -> Vec<String> {
    match column.map(|column| case.case.cell(&column)) {
        Some(CaseCell::Set(SetState::Items(items))) => items.items,
        Some(CaseCell::Level(LevelState::Level(level))) => vec![level],
        _ => Vec::new(),
    }
}

/// True where the name of some site states a side.
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

/// True where the side of a site is stated in its name, for this site, or for all sites of the case.
fn has_side(site: &str, sides: &[String]) -> bool {
    let of_site = |side: &String| states_a_side(side) && fold(side).contains(&fold(site));
    let of_all = |side: &String| fold(side).split(' ').all(|word| SIDES.contains(&word));
    states_a_side(site) || sides.iter().any(|side| of_site(side) || of_all(side))
}

impl ValidationRule for Sites<'_> {
    fn look(&mut self, case: &CaseView<'_>, sink: &mut FindingSink<'_>) {
        let Some(column) = self.sites else { return };
        let (sites, sides) = (items(case, self.sites), items(case, self.side));
        let is_reported = case.reports(&column);
        self.with_sites.add(is_reported, case);
        let without: Vec<&str> = sites.iter().filter(|site| !has_side(site, &sides)).map(String::as_str).collect();
        self.some.add(without.len() < sites.len(), case);
        self.every.add(is_reported && without.is_empty(), case);
        let header = self.side.unwrap_or(column).variable().header.as_str();
        if !is_reported {
            let found = || CellFinding::new("no site is reported").remedy("add the sites, or none");
            sink.of_case(SIDE, (case, &column.variable().header), found);
        } else if !without.is_empty() && !self.has_no_sides {
            sink.of_case(SIDE, (case, header), || {
                let remedy =
                    "state right, left or bilateral for each site, as in: knee right; a plural does not state a side";
                CellFinding::new(format!("no side stated for {}", without.join(", "))).remedy(remedy)
            });
        }
    }

    fn conclude(self: Box<Self>, sink: &mut FindingSink<'_>, conclusions: &mut Conclusions) {
        if self.sites.is_none() {
            conclusions.add(SIDE, ItemState::NotApplicable, "no site column");
            return;
        }
        if self.has_no_sides && self.with_sites.with > 0 {
            let remedy =
                "state right, left or bilateral for each site, as in: knee right, or in a column such as site_side";
            sink.of_series(SIDE, "no side is stated for any site", remedy);
        }
        let found = format!(
            "sites {}; a side stated for some site {}, for every site {}",
            self.with_sites.words(),
            self.some.words(),
            self.every.words()
        );
        conclusions.judge(SIDE, self.every.is_full(), found);
    }
}
