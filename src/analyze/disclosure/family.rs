//! The sums among the counts of each variable, as the tables print them.

use super::builder::TreeBuilder;
use super::counts::{CountKey, PrintedCounts};
use super::treatment::{all_of_responses, not_reported, split_responses, split_treated, treated};
use super::tree::Tree;
use super::view::View;
use crate::analyze::results::ResultTable;
use crate::analyze::statistic::Statistic;

/// A variable that every case has a cell of, and the tables made from it.
#[derive(Debug)]
pub(super) struct Family<'r> {
    /// The variable.
    pub variable: &'r str,
    /// The variable and the tables made from it.
    pub members: Vec<ResultTable<&'r str>>,
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

impl<'r> Family<'r> {
    /// The table of the variable itself.
    pub fn own(&self) -> ResultTable<&'r str> {
        ResultTable::Own(self.variable)
    }
}

impl FamilyKind {
    /// True where a table is made from a variable of this kind.
    fn holds(self, table: ResultTable<&str>, variable: &str) -> bool {
        match table {
            ResultTable::Own(of)
            | ResultTable::Stated(of)
            | ResultTable::ByRange(of)
            | ResultTable::Combinations(of)
            | ResultTable::Sequences(of) => of == variable,
            ResultTable::ByAgent | ResultTable::ByClass | ResultTable::ByLine => self == FamilyKind::Treatment,
            ResultTable::Best | ResultTable::BestCategory => match self {
                FamilyKind::Treatment | FamilyKind::Responses => true,
                FamilyKind::Own => false,
            },
            ResultTable::Cases | ResultTable::Survival | ResultTable::Association | ResultTable::Cells => false,
        }
    }
}

/// The variables of the results with the tables made from each; `responses` is a column of responses alone.
pub(super) fn families<'r>(printed: &PrintedCounts<'r>, responses: Option<&str>) -> Vec<Family<'r>> {
    let has = |variable, statistic| printed.id(CountKey::new(ResultTable::Own(variable), statistic)).is_some();
    let family = |variable: &'r str| {
        let kind = match has(variable, Statistic::Treated) {
            true => FamilyKind::Treatment,
            false if responses == Some(variable) => FamilyKind::Responses,
            false => FamilyKind::Own,
        };
        let members = printed.tables.iter().copied().filter(|table| kind.holds(*table, variable)).collect();
        Family { variable, members, kind }
    };
    let own = printed.tables.iter().filter_map(|table| match table {
        ResultTable::Own(variable) => Some(*variable),
        ResultTable::Stated(_)
        | ResultTable::ByRange(_)
        | ResultTable::Combinations(_)
        | ResultTable::Sequences(_)
        | ResultTable::ByAgent
        | ResultTable::ByClass
        | ResultTable::ByLine
        | ResultTable::Best
        | ResultTable::BestCategory
        | ResultTable::Cases
        | ResultTable::Survival
        | ResultTable::Association
        | ResultTable::Cells => None,
    });
    own.filter(|variable| has(variable, Statistic::Observed)).map(family).collect()
}

impl<'p, 'r, 'v> TreeBuilder<'p, 'r, 'v> {
    /// The counts of a variable and of the tables made from it; none where its cases are not counted.
    pub fn build(printed: &'p PrintedCounts<'r>, view: &'v View, family: &Family<'r>) -> Option<Tree<'v>> {
        let mut builder = TreeBuilder::new(printed, view);
        let observed = CountKey::new(family.own(), Statistic::Observed);
        let all = match family.kind {
            FamilyKind::Responses => builder.count_as(&all_of_responses(observed))?,
            FamilyKind::Treatment | FamilyKind::Own => builder.count(observed)?,
        };
        let mut parts: Vec<usize> = builder.reported(family).into_iter().collect();
        parts.extend(builder.count(CountKey::new(family.own(), Statistic::Unreadable)));
        parts.extend(builder.missing(family));
        builder.tree.split(all, parts, false);
        Some(builder.tree)
    }

    fn missing(&mut self, family: &Family<'r>) -> Option<usize> {
        let missing = CountKey::new(family.own(), Statistic::Missing);
        let missing = match family.kind {
            FamilyKind::Responses => self.count_as(&[missing, not_reported()])?,
            FamilyKind::Treatment | FamilyKind::Own => self.count(missing)?,
        };
        let reasons = self.printed.reasons(family.own());
        let reasons: Vec<usize> = reasons.iter().filter_map(|key| self.count(*key)).collect();
        if !reasons.is_empty() {
            self.tree.split(missing, reasons, false);
        }
        Some(missing)
    }

    /// Cases with a value, those with a word in its place included.
    fn reported(&mut self, family: &Family<'r>) -> Option<usize> {
        let known = self.known(family)?;
        let Some(stated) = self.count(CountKey::new(family.own(), Statistic::StatedOnly)) else {
            return Some(known);
        };
        let table = ResultTable::Stated(family.variable);
        let parts = vec![known, stated];
        let reported = match self.count(CountKey::new(table, Statistic::N)) {
            Some(reported) => {
                self.tree.split(reported, parts, false);
                reported
            }
            None => self.tree.sum(parts),
        };
        self.split_by_level(reported, table);
        Some(reported)
    }

    /// A total that a table of levels splits, with cases beside them.
    fn split_by_level(&mut self, whole: usize, table: ResultTable<&'r str>) {
        let levels = self.level_counts(table);
        if !levels.is_empty() {
            self.tree.split_again(whole, levels, false);
        }
    }

    fn level_counts(&mut self, table: ResultTable<&'r str>) -> Vec<usize> {
        self.levels(table)
            .iter()
            .filter_map(|level| self.count(CountKey::of_level(table, level, Statistic::Cases)))
            .collect()
    }

    /// Cases with a value.
    fn known(&mut self, family: &Family<'r>) -> Option<usize> {
        let own = family.own();
        let known = self.count(CountKey::new(own, Statistic::N))?;
        match family.kind {
            FamilyKind::Treatment => {
                let treated = treated(self, family.variable)?;
                split_treated(self, family.variable, treated);
                let untreated = self.count(CountKey::new(own, Statistic::Untreated));
                self.tree.split(known, std::iter::once(treated).chain(untreated).collect(), false);
            }
            FamilyKind::Responses => split_responses(self, family.variable, known),
            FamilyKind::Own if self.printed.is_set(own) => {
                let items = self.level_counts(own);
                items.into_iter().for_each(|item| self.tree.split_again(known, vec![item], false));
            }
            FamilyKind::Own => {
                let levels = self.level_counts(own);
                if !levels.is_empty() {
                    self.tree.split(known, levels, false);
                }
            }
        }
        if let Some(censored) = self.count(CountKey::new(own, Statistic::Censored)) {
            self.tree.split_again(known, vec![censored], false);
        }
        self.judged(known, ResultTable::ByRange(family.variable));
        Some(known)
    }

    /// Values compared with the reference range.
    fn judged(&mut self, known: usize, table: ResultTable<&'r str>) {
        let Some(judged) = self.count(CountKey::new(table, Statistic::N)) else { return };
        let levels = self.level_counts(table);
        self.tree.split(judged, levels, false);
        self.tree.split_again(known, vec![judged], false);
    }
}
