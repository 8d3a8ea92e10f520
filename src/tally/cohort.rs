//! A cohort: the counts of all cases and of each group, and how it is to be read.

use super::condition::{CohortCondition, Condition};
use super::counts::Counts;
use super::group::Filtered;
use super::ranges::RangeCounts;
use crate::cohort::case::{CaseColumn, CaseColumns};
use crate::cohort::cell::CellRules;
use crate::cohort::filter::{Filter, FilterColumn};
use crate::diagnostic::Findings;
use crate::error::Error;
use crate::read::Columns;
use crate::schema::infer::{Evidence, Forced};
use crate::schema::table_schema::FileSchema;
use crate::schema::{Schema, Variable};
use std::collections::BTreeMap;

/// Which column names the case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum IdChoice {
    /// The first column whose header is one.
    #[default]
    Found,
    /// This column.
    Column(String),
    /// None: rows are numbered, and that is accepted.
    No,
}

/// How a cohort is to be read.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// A comma is the decimal mark.
    pub decimal_comma: bool,
    /// Further missing tokens.
    pub missing: Vec<String>,
    /// What the command line says of columns, by name.
    pub forced: BTreeMap<String, Forced>,
    /// Which column names the case.
    pub id: IdChoice,
    /// The variables whose levels are the groups, by name.
    pub by: Vec<String>,
    /// The cases that are kept; all of them where there is no filter.
    pub keep: Option<Keep>,
    /// Conditions put to each case of these.
    pub conditions: Vec<Condition>,
    /// What a schema file says.
    pub schema: Option<FileSchema>,
    /// Threads; as many as processors where none is given.
    pub threads: Option<usize>,
}

/// A filter of the cases, as it was written.
#[derive(Debug, Clone, PartialEq)]
pub struct Keep {
    /// Its text.
    pub text: String,
    /// What it asks.
    pub filter: Filter,
}

impl Keep {
    /// Reads a filter.
    ///
    /// Errors: what is no filter, with the place of the fault.
    pub fn parse(text: &str) -> Result<Keep, Error> {
        let filter = Filter::parse(text).map_err(|fault| fault.into_error(text))?;
        Ok(Keep { text: text.to_owned(), filter })
    }
}

/// One variable of the cohort with its counts.
#[derive(Debug, Clone)]
pub struct CohortVariable {
    /// The meaning of the column.
    pub variable: Variable,
    /// Its place in the file.
    pub column: usize,
    /// Its counts.
    pub counts: Counts,
    /// The lexical classes of its cells.
    pub evidence: Evidence,
    /// Its values against their ranges.
    pub ranges: Option<RangeCounts>,
    /// True for the column that names the case.
    pub is_id: bool,
}

/// The cases apart by the levels of one or several variables.
#[derive(Debug, Clone, Default)]
pub struct Grouping {
    /// The grouping variables, by their place among the variables.
    pub by: Vec<usize>,
    /// True where a case may be in several groups.
    pub overlaps: bool,
    /// The groups, in the order of their levels as texts.
    pub groups: Vec<CohortGroup>,
}

/// The counts of a column, and its values against their ranges.
pub type Counted = (Counts, Option<RangeCounts>);

/// One group of the cases.
#[derive(Debug, Clone, Default)]
pub struct CohortGroup {
    /// The level of each grouping variable; none where it is not reported.
    pub levels: Vec<Option<String>>,
    /// Number of its cases.
    pub cases: u64,
    /// Its counts, and its values against their ranges, by the place of the variable.
    pub columns: Vec<Counted>,
}

/// The counts of all cases, and what was found on the way.
#[derive(Debug, Clone, Default)]
pub struct Cohort {
    /// Number of cases.
    pub cases: u64,
    /// Number of cases of each input.
    pub cases_by_input: Vec<u64>,
    /// The variables in the order of the tables.
    pub variables: Vec<CohortVariable>,
    /// The columns of the file, to read its records again.
    pub columns: Columns,
    /// The column that names the case, by its place in the file.
    pub id: Option<usize>,
    /// What the filter did, and its text; without one all cases are counted.
    pub filtered: Option<(String, Filtered)>,
    /// The same by groups, where that was asked for.
    pub grouping: Option<Grouping>,
    /// What each condition came to, in the order of the settings.
    pub conditions: Vec<CohortCondition>,
    /// Everything the reader must know.
    pub findings: Findings,
}

impl Cohort {
    /// The columns by which each case is looked at, read as these settings say.
    pub fn case_columns<'a>(&'a self, settings: &'a Settings) -> CaseColumns<'a> {
        let columns = self.variables.iter().map(|CohortVariable { variable, column, .. }| {
            let (decimal_comma, extra_missing) = (settings.decimal_comma, settings.missing.as_slice());
            CaseColumn { column: *column, rules: CellRules { variable, decimal_comma, extra_missing } }
        });
        CaseColumns::new(columns.collect(), self.id)
    }

    /// The columns as a filter sees them.
    pub fn filter_columns<'a>(&'a self, settings: &'a Settings) -> Vec<FilterColumn<'a>> {
        let of = |CohortVariable { variable, column, .. }: &'a CohortVariable| {
            let rules = CellRules { variable, decimal_comma: settings.decimal_comma, extra_missing: &settings.missing };
            FilterColumn { variable, column: *column, rules }
        };
        self.variables.iter().map(of).collect()
    }

    /// Leaves out the cases whose group is not reported, and says how many they were.
    ///
    /// None are left out where groups overlap, as the counts of all cases are then no sum of theirs, and where no
    /// group would be left.
    pub fn leave_out_unreported_groups(&mut self) -> u64 {
        let Some(grouping) = self.grouping.as_mut().filter(|grouping| !grouping.overlaps) else { return 0 };
        let is_reported = |group: &CohortGroup| group.levels.iter().all(Option::is_some);
        let reported: u64 = grouping.groups.iter().filter(|group| is_reported(group)).map(|group| group.cases).sum();
        if reported == 0 || reported == self.cases {
            return 0;
        }
        grouping.groups.retain(is_reported);
        for (place, variable) in self.variables.iter_mut().enumerate() {
            let of_groups = grouping.groups.iter().filter_map(|group| group.columns.get(place)).cloned();
            if let Some((counts, ranges)) = of_groups.reduce(merged) {
                (variable.counts, variable.ranges) = (counts, ranges);
            }
        }
        std::mem::replace(&mut self.cases, reported) - reported
    }

    /// The meaning of all columns.
    pub fn schema(&self) -> Schema {
        Schema { variables: self.variables.iter().map(|v| v.variable.clone()).collect(), ..Schema::default() }
    }
}

/// The counts of two groups of one column together.
fn merged((mut counts, ranges): Counted, (other_counts, other_ranges): Counted) -> Counted {
    counts.merge(other_counts);
    let ranges = match (ranges, other_ranges) {
        (Some(mut ranges), Some(other)) => {
            ranges.merge(other);
            Some(ranges)
        }
        (ranges, other) => ranges.or(other),
    };
    (counts, ranges)
}
