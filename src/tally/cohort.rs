//! A cohort: the counts of all cases and of each group, and how it is to be read.

use super::counts::{ConditionCounts, Counts, FilterCounts, RangeCounts};
use super::settings::Settings;
use crate::cohort::case::CaseColumns;
use crate::cohort::cell::CellRules;
use crate::cohort::column::CaseColumn;
use crate::diagnostic::Findings;
use crate::read::Columns;
use crate::schema::infer::Evidence;
use crate::schema::{Schema, Variable};

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
pub type VariableCounts = (Counts, Option<RangeCounts>);

/// One group of the cases.
#[derive(Debug, Clone, Default)]
pub struct CohortGroup {
    /// The level of each grouping variable; none where it is not reported.
    pub levels: Vec<Option<String>>,
    /// Number of its cases.
    pub cases: u64,
    /// Its counts, and its values against their ranges, by the place of the variable.
    pub columns: Vec<VariableCounts>,
}

/// What a condition came to.
#[derive(Debug, Clone, Default)]
pub struct CohortCondition {
    /// The condition in its normal form.
    pub text: String,
    /// Its cases; none where it was optional and fits no column.
    pub judged: Option<ConditionCounts>,
    /// The counts of its cases by the place of the variable; none for variables nothing was wanted of.
    pub columns: Vec<Option<VariableCounts>>,
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
    pub filtered: Option<(String, FilterCounts)>,
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
        CaseColumns::new(self.columns_of_variables(settings), self.id)
    }

    /// The column of each variable, read as these settings say.
    pub fn columns_of_variables<'a>(&'a self, settings: &'a Settings) -> Vec<CaseColumn<'a>> {
        let (decimal_comma, extra_missing) = (settings.decimal_comma, settings.missing.as_slice());
        let column = |CohortVariable { variable, column, .. }: &'a CohortVariable| CaseColumn {
            column: *column,
            rules: CellRules { variable, decimal_comma, extra_missing },
        };
        self.variables.iter().map(column).collect()
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
fn merged((mut counts, ranges): VariableCounts, (other_counts, other_ranges): VariableCounts) -> VariableCounts {
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
