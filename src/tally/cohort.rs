//! A cohort: the counts of all cases and of each group.

use super::counts::{
    ConditionCounts, Counts, EventTimes, FilterCounts, NumberPairs, PairCounts, RangeCounts, SurvivalCounts,
    merged_times,
};
use super::settings::Settings;
use crate::cohort::case::CaseColumns;
use crate::cohort::cell::CellRules;
use crate::cohort::column::CaseColumn;
use crate::cohort::filter::level_condition;
use crate::diagnostic::Findings;
use crate::read::Columns;
use crate::schema::evidence::{Class, Evidence};
use crate::schema::{Kind, Schema, Variable};
use std::sync::Arc;

/// One variable of the cohort with its counts.
#[derive(Debug, Clone)]
pub struct CohortVariable {
    /// The meaning of the column.
    pub variable: Variable,
    /// The index of its column in the file.
    pub column: usize,
    /// Its counts.
    pub counts: Counts,
    /// The lexical classes of its cells.
    pub evidence: Arc<Evidence>,
    /// Its values against their reference ranges.
    pub ranges: Option<RangeCounts>,
    /// True for a column of case IDs.
    pub is_id: bool,
    /// False for a column of which nobody asked anything, so that its cells were not counted: its counts are empty.
    pub is_counted: bool,
    /// Of a change the visit before and the one after.
    pub visits: Option<[String; 2]>,
}

/// The cases by the levels of one or several variables.
#[derive(Debug, Clone, Default)]
pub struct Grouping {
    /// The grouping variables, by their index among the variables.
    pub by: Vec<usize>,
    /// True if a case may be in several groups.
    pub overlaps: bool,
    /// The groups, sorted by their levels as texts.
    pub groups: Vec<CohortGroup>,
}

/// The counts of a variable, and its values against their reference ranges.
pub type VariableCounts = (Counts, Option<RangeCounts>);

/// One group of the cases.
#[derive(Debug, Clone, Default)]
pub struct CohortGroup {
    /// The level of each grouping variable; `None` where it is not reported.
    pub levels: Vec<Option<String>>,
    /// Number of its cases.
    pub cases: u64,
    /// The counts of its cases by the index of the variable.
    pub columns: Vec<VariableCounts>,
    /// The times of its cases to an event, if they were requested.
    pub times: EventTimes,
    /// The pairs of numbers of its cases, in the order of those of the cohort.
    pub pairs: Vec<NumberPairs>,
}

impl CohortGroup {
    /// The filter that selects its cases, of groups made by these variables.
    pub(super) fn condition(&self, by: &[usize], variables: &[CohortVariable]) -> String {
        let levels = by.iter().filter_map(|at| variables.get(*at)).zip(&self.levels);
        let all = levels.map(|(column, level)| level_condition(&column.variable, level.as_deref()));
        all.collect::<Vec<_>>().join(" AND ")
    }
}

/// The result of a condition.
#[derive(Debug, Clone, Default)]
pub struct CohortCondition {
    /// The condition in its normal form.
    pub text: String,
    /// Its cases; `None` if it is optional and does not fit the columns.
    pub judged: Option<ConditionCounts>,
    /// The counts of its cases by the index of the variable; `None` for variables that no statistic needs.
    pub columns: Vec<Option<VariableCounts>>,
    /// The times of its cases to an event; `None` if no statistic needs them.
    pub times: Option<EventTimes>,
    /// The pairs of numbers of its cases, in the order of those of the cohort; empty if no statistic needs them.
    pub pairs: Vec<NumberPairs>,
}

/// The counts of all cases, and the findings of the pass.
///
/// ```
/// # fn main() -> Result<(), calc_series::Error> {
/// # use calc_series::{Inputs, ReadOptions, Settings, read_cohort};
/// # let inputs = Inputs::open(&["data/cutaneous-calcinosis-2021/cases.csv"], &ReadOptions::default())?;
/// let cohort = read_cohort(&inputs, &Settings::default())?;
/// assert_eq!((cohort.cases, cohort.variables[1].variable.name.as_str()), (5, "age"));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Cohort {
    /// Number of cases.
    pub cases: u64,
    /// Number of cases of each input.
    pub cases_by_input: Vec<u64>,
    /// The variables in the order of the tables.
    pub variables: Vec<CohortVariable>,
    /// The columns of the file, to read its records again.
    pub columns: Columns,
    /// The index of the column of case IDs in the file.
    pub id: Option<usize>,
    /// The text of the filter and its counts; `None` if all cases are counted.
    pub filtered: Option<(String, FilterCounts)>,
    /// Cases that were left out because their group is not reported.
    pub without_group: u64,
    /// The groups, if grouping variables were asked for.
    pub grouping: Option<Grouping>,
    /// The result of each condition, in the order of the settings.
    pub conditions: Vec<CohortCondition>,
    /// The times to an event, if they were requested.
    pub survival: Option<SurvivalCounts>,
    /// The pairs of numbers whose association was requested.
    pub pairs: Vec<PairCounts>,
    /// Everything the reader must know.
    pub findings: Findings,
}

impl Cohort {
    /// The columns of the cases, to be read with these settings.
    pub fn case_columns<'a>(&'a self, settings: &'a Settings) -> CaseColumns<'a> {
        CaseColumns::new(self.columns_of_variables(settings), self.id)
    }

    /// The column of each variable, to be read with these settings.
    pub fn columns_of_variables<'a>(&'a self, settings: &'a Settings) -> Vec<CaseColumn<'a>> {
        let column = |CohortVariable { variable, column, .. }: &'a CohortVariable| CaseColumn {
            column: *column,
            rules: CellRules::new(variable, &settings.missing),
        };
        self.variables.iter().map(column).collect()
    }

    /// Leaves out the cases whose group is not reported; returns their number.
    ///
    /// Leaves out none if groups overlap, because the counts of all cases are then not the sum of the groups, or if
    /// no
    /// group would be left.
    pub fn leave_out_unreported_groups(&mut self) -> u64 {
        let Some(grouping) = self.grouping.as_mut().filter(|grouping| !grouping.overlaps) else { return 0 };
        let is_reported = |group: &CohortGroup| group.levels.iter().all(Option::is_some);
        let reported: u64 = grouping.groups.iter().filter(|group| is_reported(group)).map(|group| group.cases).sum();
        if reported == 0 || reported == self.cases {
            return 0;
        }
        grouping.groups.retain(is_reported);
        for (index, variable) in self.variables.iter_mut().enumerate() {
            let of_groups = grouping.groups.iter().filter_map(|group| group.columns.get(index)).cloned();
            if let Some((counts, ranges)) = of_groups.reduce(merged) {
                (variable.counts, variable.ranges) = (counts, ranges);
            }
        }
        if let Some(survival) = &mut self.survival {
            survival.all = merged_times(grouping.groups.iter().map(|group| &group.times));
        }
        for (at, counts) in self.pairs.iter_mut().enumerate() {
            counts.all = NumberPairs::default();
            let of_groups = grouping.groups.iter().filter_map(|group| group.pairs.get(at));
            of_groups.for_each(|pairs| counts.all.merge(pairs));
        }
        self.without_group = std::mem::replace(&mut self.cases, reported) - reported;
        self.without_group
    }

    /// Cases of the inputs that are not counted, and those of them of which it is not known whether they should be.
    pub fn left_out(&self) -> (u64, u64) {
        let (excluded, unknown) =
            self.filtered.as_ref().map_or((0, 0), |(_, filtered)| (filtered.excluded, filtered.unknown.values().sum()));
        (excluded + unknown + self.without_group, unknown)
    }

    /// True for a variable that forms the groups, so that each case of a group has the level that makes it: its counts
    /// within a group say nothing, and it has no statistics there.
    ///
    /// False for a set and for treatment lines: which other items or agents the cases of a group have is a result.
    pub fn is_constant_in_groups(&self, variable: usize) -> bool {
        let forms_groups = self.grouping.as_ref().is_some_and(|grouping| grouping.by.contains(&variable));
        forms_groups
            && self
                .variables
                .get(variable)
                .is_some_and(|column| !matches!(column.variable.kind, Kind::Set | Kind::Lines))
    }

    /// True where every cell of a variable is a plain number, so that other programs can read the column as numbers.
    pub fn has_plain_numbers(&self, variable: &Variable) -> bool {
        let others = [Class::Censored, Class::Duration, Class::Stated, Class::Unreadable, Class::Word, Class::Date];
        let others = others.iter().chain(&[Class::Code, Class::Band, Class::AtLeast]);
        let column = self.variables.iter().find(|column| column.variable.header == variable.header);
        column.is_some_and(|column| others.clone().all(|class| column.evidence.cells(*class) == 0))
    }

    /// The schema of all columns.
    pub fn schema(&self) -> Schema {
        let id = self.variables.iter().find(|column| Some(column.column) == self.id);
        Schema {
            variables: self.variables.iter().map(|v| v.variable.clone()).collect(),
            id: id.map(|column| column.variable.header.clone()),
            ..Schema::default()
        }
    }
}

/// The counts of one column for two groups together.
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
