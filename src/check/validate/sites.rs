//! Sites and their sides (C11).

use super::case_share::CaseShare;
use super::case_sink::{CaseSink, CellFinding};
use super::case_view::CaseView;
use super::column_lookup::ColumnLookup;
use super::item::{Conclusions, ItemState};
use super::rule::ValidationRule;
use super::sink::FindingSink;
use crate::cohort::case::{CaseCell, CaseColumn};
use crate::cohort::cell::{LevelState, SetState};
use crate::cohort::known_cells::{AnswerByCell, AnswerByPair};
use crate::diagnostic::FindingId;
use crate::schema::audit::Purpose;
use crate::schema::lexical::fold;
use crate::schema::{Kind, Role};
use crate::tally::Counts;
use std::sync::Arc;

const SIDE: FindingId = FindingId::SideNotExplicit;

/// Words that state a side.
pub(super) const SIDES: [&str; 9] = ["right", "left", "bilateral", "both", "unilateral", "two", "midline", "r", "l"];

/// Examines the sites of the cases.
#[derive(Clone)]
pub struct Sites<'a> {
    sites: Option<CaseColumn<'a>>,
    side: Option<CaseColumn<'a>>,
    with_sites: CaseShare,
    some: CaseShare,
    every: CaseShare,
    /// True where no column and no site name states a side: this is reported once.
    has_no_sides: bool,
    without_side: AnswerByCell<Arc<SidesOfSites>>,
    /// The same where the side has a column of its own.
    by_side: AnswerByPair<Arc<SidesOfSites>>,
}

/// The sites of a case, and those of them without a side.
#[derive(Debug)]
struct SidesOfSites {
    sites: usize,
    without: Vec<String>,
}

impl<'a> Sites<'a> {
    /// For the columns of a cohort.
    pub fn new(lookup: &ColumnLookup<'a>) -> Sites<'a> {
        let sites = lookup.first(Role::Site).filter(|c| matches!(c.variable().kind, Kind::Set | Kind::Category));
        let [with_sites, some, every] = [(); 3].map(|()| CaseShare::default());
        let side = lookup.of(Purpose::Side);
        let names = sites.and_then(|sites| lookup.counted(&sites));
        let has_no_sides = side.is_none() && !names.is_some_and(|variable| names_a_side(&variable.counts));
        Sites {
            sites,
            side,
            with_sites,
            some,
            every,
            has_no_sides,
            without_side: AnswerByCell::default(),
            by_side: AnswerByPair::default(),
        }
    }
}

/// The items of a set cell, or the level of a category cell.
pub(super) fn items(cell: &CaseCell) -> &[String] {
    match cell {
        CaseCell::Set(SetState::Items(items)) => &items.items,
        CaseCell::Level(LevelState::Level(level)) => std::slice::from_ref(level),
        _ => &[],
    }
}

/// Which of the sites have no side, in their name or among the sides of the case.
fn sides_of(sites: &[String], sides: &[String]) -> SidesOfSites {
    let without = sites.iter().filter(|site| !has_side(site, sides)).cloned().collect();
    SidesOfSites { sites: sites.len(), without }
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
    fn look(&mut self, case: &CaseView<'_>, sink: &mut CaseSink<'_>) {
        let Some(column) = self.sites else { return };
        let of = match self.side {
            Some(side) => {
                let sides = |sites: &CaseCell, side: &CaseCell| Arc::new(sides_of(items(sites), items(side)));
                self.by_side.of(&case.cell(&column), &case.cell(&side), sides)
            }
            None => self.without_side.of(&case.cell(&column), |sites| Arc::new(sides_of(items(sites), &[]))),
        };
        let without = &of.without;
        let is_reported = case.reports(&column);
        self.with_sites.add(is_reported, case);
        self.some.add(without.len() < of.sites, case);
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

    fn absorb(&mut self, other: Self) {
        self.with_sites.absorb(other.with_sites);
        self.some.absorb(other.some);
        self.every.absorb(other.every);
    }

    fn conclude(self, sink: &mut FindingSink<'_>, conclusions: &mut Conclusions) {
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
