//! What a pass reads, and as what: variables, groups, filter, conditions.

use super::groups::{Sorter, Sorting};
use super::one_hot::SetComposer;
use crate::cohort::cell::CellRules;
use crate::cohort::column::CaseColumn;
use crate::cohort::filter::{Bound, Panel};
use crate::read::Columns;
use crate::schema::lexical::Reading;
use crate::schema::{Kind, Role, Variable};

/// What is read, and as what.
pub struct Plan<'a> {
    /// Variable and its column, those of the file before sets of several columns, in the order of the tables.
    pub variables: &'a [(Variable, usize)],
    pub columns: &'a Columns,
    pub id: Option<usize>,
    /// The grouping variables, by their place among the variables.
    pub by: Vec<usize>,
    /// The filter of the cases.
    pub keep: Option<Bound<'a>>,
    /// The conditions put to each case.
    pub conditions: Option<Conditions<'a>>,
    pub decimal_comma: bool,
    pub missing: &'a [String],
    pub threads: usize,
}

/// The conditions put to each case.
pub struct Conditions<'a> {
    /// What they ask.
    pub panel: Panel<'a>,
    /// For each, its number among those of the settings, and whether its cases are a group.
    pub groups: Vec<(usize, bool)>,
    /// The variables that are counted of these groups, by their place.
    pub counted: Vec<bool>,
}

impl<'a> Plan<'a> {
    /// True for a variable that is counted by groups.
    pub fn is_counted_by_group(&self, place: usize) -> bool {
        let is_wanted = |conditions: &Conditions<'_>| conditions.counted.get(place).is_some_and(|wanted| *wanted);
        !self.by.is_empty() || self.keep.is_some() || self.conditions.as_ref().is_some_and(is_wanted)
    }

    pub fn rules(&self, variable: &'a Variable) -> CellRules<'a> {
        CellRules { variable, decimal_comma: self.decimal_comma, extra_missing: self.missing }
    }

    pub fn reading(&self) -> Reading {
        Reading { decimal_comma: self.decimal_comma, field_delimiter: None }
    }

    pub fn composing(&self) -> SetComposer<'a> {
        let sets = self.variables.iter().map(|(variable, column)| (self.rules(variable), *column));
        SetComposer::new(sets, self.columns.names(), self.id)
    }

    pub fn of_role(&self, role: Role) -> Option<CaseColumn<'a>> {
        let found = self.variables.iter().find(|(variable, _)| variable.role == role)?;
        Some(self.column(found))
    }

    /// The columns of all variables.
    pub fn case_columns(&self) -> Vec<CaseColumn<'a>> {
        self.variables.iter().map(|variable| self.column(variable)).collect()
    }

    fn column(&self, (variable, column): &'a (Variable, usize)) -> CaseColumn<'a> {
        CaseColumn { column: *column, rules: self.rules(variable) }
    }

    pub fn sorter(&self) -> Sorter<'a> {
        let grouping = self.by.iter().filter_map(|at| self.variables.get(*at));
        Sorter::new(Sorting {
            by: grouping.map(|(variable, column)| (self.rules(variable), *column)).collect(),
            keep: self.keep.clone(),
            conditions: self.conditions.as_ref().map(|asked| (asked.panel.clone(), asked.groups.clone())),
            id: self.id,
        })
    }

    /// The column with one response word a patient, where the treatment column has none of its own.
    pub fn beside(&self) -> Option<usize> {
        let found = self.variables.iter().find(|(v, _)| v.role == Role::Response && v.kind == Kind::Category)?;
        Some(found.1)
    }
}
