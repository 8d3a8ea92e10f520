//! The sums among the counts of each variable, as the tables print them.

use super::builder::Builder;
use super::counts::{CountKey, PrintedCounts};
use super::treatment::{BEST, CATEGORY, all_of_responses, not_reported, split_responses, split_treated, treated};
use super::tree::Tree;
use super::view::View;
use crate::analyze::statistic::Statistic;

/// A variable that every case has a cell of, and the tables made from it.
#[derive(Debug)]
pub(super) struct Family<'r> {
    /// The variable.
    pub variable: &'r str,
    /// The variable and the tables made from it.
    pub members: Vec<&'r str>,
    /// What the tables are made of.
    pub kind: FamilyKind,
}

/// What the tables of a variable are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FamilyKind {
    /// The lines of the treatment: responses by agent, class and line.
    Treatment,
    /// A column of responses beside no treatment, each of which is certain.
    Responses,
    /// Its own counts.
    Own,
}

/// Tables made from a variable, and named after it.
pub(super) const SUFFIXES: [&str; 4] = ["_stated", "_by_range", "_combination", "_sequence"];
/// Tables made from the treatment.
pub(super) const RESPONSES: [&str; 5] =
    ["response_by_agent", "response_by_class", "response_by_line", "best_response", "best_response_category"];
/// Tables made from a column of responses.
const OF_COLUMN: [&str; 2] = [BEST, CATEGORY];

/// The variables of the results with the tables made from each; `responses` is a column of responses alone.
pub(super) fn families<'r>(printed: &PrintedCounts<'r>, responses: Option<&str>) -> Vec<Family<'r>> {
    let has = |variable, statistic| printed.id(CountKey::new(variable, statistic)).is_some();
    let known = |variable: &str| printed.variables.iter().copied().find(|known| *known == variable);
    let family = |variable: &'r str| {
        let kind = match has(variable, Statistic::Treated) {
            true => FamilyKind::Treatment,
            false if responses == Some(variable) => FamilyKind::Responses,
            false => FamilyKind::Own,
        };
        let derived = SUFFIXES.iter().filter_map(|suffix| known(&format!("{variable}{suffix}")));
        let derived = derived.filter(|table| !has(table, Statistic::Observed));
        let of_responses: &[&str] = match kind {
            FamilyKind::Treatment => &RESPONSES,
            FamilyKind::Responses => &OF_COLUMN,
            FamilyKind::Own => &[],
        };
        let response = of_responses.iter().filter_map(|table| known(table));
        let members = std::iter::once(variable).chain(derived).chain(response).collect();
        Family { variable, members, kind }
    };
    printed.variables.iter().copied().filter(|variable| has(variable, Statistic::Observed)).map(family).collect()
}

impl<'p, 'r, 'v> Builder<'p, 'r, 'v> {
    /// The counts of a variable and of the tables made from it; none where its cases are not counted.
    pub fn build(printed: &'p PrintedCounts<'r>, view: &'v View, family: &Family<'r>) -> Option<Tree<'v>> {
        let mut builder = Builder::new(printed, view);
        let observed = CountKey::new(family.variable, Statistic::Observed);
        let all = match family.kind {
            FamilyKind::Responses => builder.count_as(&all_of_responses(observed))?,
            FamilyKind::Treatment | FamilyKind::Own => builder.count(observed)?,
        };
        let mut parts: Vec<usize> = builder.reported(family).into_iter().collect();
        parts.extend(builder.count(CountKey::new(family.variable, Statistic::Unreadable)));
        parts.extend(builder.missing(family));
        builder.tree.split(all, parts, false);
        Some(builder.tree)
    }

    fn missing(&mut self, family: &Family<'_>) -> Option<usize> {
        let missing = CountKey::new(family.variable, Statistic::Missing);
        let missing = match family.kind {
            FamilyKind::Responses => self.count_as(&[missing, not_reported()])?,
            FamilyKind::Treatment | FamilyKind::Own => self.count(missing)?,
        };
        let reasons = self.printed.reasons(family.variable);
        let reasons: Vec<usize> = reasons.iter().filter_map(|key| self.count(*key)).collect();
        if !reasons.is_empty() {
            self.tree.split(missing, reasons, false);
        }
        Some(missing)
    }

    /// Cases with a value, those with a word in its place included.
    fn reported(&mut self, family: &Family<'_>) -> Option<usize> {
        let known = self.known(family)?;
        let Some(stated) = self.count(CountKey::new(family.variable, Statistic::StatedOnly)) else {
            return Some(known);
        };
        let table = format!("{}_stated", family.variable);
        let parts = vec![known, stated];
        let reported = match self.count(CountKey::new(&table, Statistic::N)) {
            Some(reported) => {
                self.tree.split(reported, parts, false);
                reported
            }
            None => self.tree.sum(parts),
        };
        self.split_by_level(reported, &table);
        Some(reported)
    }

    /// A total that a table of levels splits, with cases beside them.
    fn split_by_level(&mut self, whole: usize, table: &str) {
        let levels = self.level_counts(table);
        if !levels.is_empty() {
            self.tree.split_again(whole, levels, false);
        }
    }

    fn level_counts(&mut self, table: &str) -> Vec<usize> {
        self.levels(table)
            .iter()
            .filter_map(|level| self.count(CountKey::of_level(table, level, Statistic::Cases)))
            .collect()
    }

    /// Cases with a value.
    fn known(&mut self, family: &Family<'_>) -> Option<usize> {
        let variable = family.variable;
        let known = self.count(CountKey::new(variable, Statistic::N))?;
        match family.kind {
            FamilyKind::Treatment => {
                let treated = treated(self, variable)?;
                split_treated(self, variable, treated);
                let untreated = self.count(CountKey::new(variable, Statistic::Untreated));
                self.tree.split(known, std::iter::once(treated).chain(untreated).collect(), false);
            }
            FamilyKind::Responses => split_responses(self, variable, known),
            FamilyKind::Own if self.printed.is_set(variable) => {
                let items = self.level_counts(variable);
                items.into_iter().for_each(|item| self.tree.split_again(known, vec![item], false));
            }
            FamilyKind::Own => {
                let levels = self.level_counts(variable);
                if !levels.is_empty() {
                    self.tree.split(known, levels, false);
                }
            }
        }
        if let Some(censored) = self.count(CountKey::new(variable, Statistic::Censored)) {
            self.tree.split_again(known, vec![censored], false);
        }
        self.judged(known, &format!("{variable}_by_range"));
        Some(known)
    }

    /// Values compared with the reference range.
    fn judged(&mut self, known: usize, table: &str) {
        let Some(judged) = self.count(CountKey::new(table, Statistic::N)) else { return };
        let levels = self.level_counts(table);
        self.tree.split(judged, levels, false);
        self.tree.split_again(known, vec![judged], false);
    }
}
