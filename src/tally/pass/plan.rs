//! The plan of a pass: variables, groups, filter, conditions.

use super::groups::{Sorter, Sorting};
use super::one_hot::SetComposer;
use crate::cohort::cell::CellRules;
use crate::cohort::column::CaseColumn;
use crate::cohort::filter::{BoundFilter, Panel};
use crate::read::Columns;
use crate::schema::counted_responses;
use crate::schema::{Kind, Role, Variable};

/// What a pass reads, and how.
pub struct Plan<'a> {
    /// Each variable with the index of its column, in the order of the tables; sets of several columns are numbered
    /// after the columns of the file.
    pub variables: &'a [(Variable, usize)],
    pub columns: &'a Columns,
    pub id: Option<usize>,
    /// The grouping variables, by their index among the variables.
    pub by: Vec<usize>,
    /// Most groups that they may form.
    pub most_groups: usize,
    /// The filter of the cases.
    pub keep: Option<BoundFilter<'a>>,
    /// The conditions judged for each case.
    pub conditions: Option<Conditions<'a>>,
    pub missing: &'a [String],
    pub threads: usize,
    /// Whether the cells of a variable are counted, by its index.
    pub counted: Vec<bool>,
}

/// The conditions judged for each case.
pub struct Conditions<'a> {
    /// The conditions.
    pub panel: Panel<'a>,
    /// For each of them, its number in the settings, and whether its cases form a group.
    pub groups: Vec<(usize, bool)>,
    /// Whether a variable is counted in these groups, by its index.
    pub counted: Vec<bool>,
}

impl<'a> Plan<'a> {
    /// True for a variable whose cells are counted.
    pub fn is_counted(&self, index: usize) -> bool {
        self.counted.get(index).is_none_or(|counted| *counted)
    }

    /// True for a variable that is counted by group.
    pub fn is_counted_by_group(&self, index: usize) -> bool {
        let is_wanted = |conditions: &Conditions<'_>| conditions.counted.get(index).is_some_and(|wanted| *wanted);
        !self.by.is_empty() || self.keep.is_some() || self.conditions.as_ref().is_some_and(is_wanted)
    }

    pub fn rules<'v>(&self, variable: &'v Variable) -> CellRules<'v>
    where
        'a: 'v,
    {
        CellRules::new(variable, self.missing)
    }

    /// The first column of the file that is a variable.
    pub fn first_column(&self) -> usize {
        self.variables.iter().map(|(_, column)| *column).min().unwrap_or(0)
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
            most_groups: self.most_groups,
        })
    }

    /// The column with one response word per patient, if there is one.
    pub fn beside(&self) -> Option<usize> {
        let counted = counted_responses(self.variables.iter().map(|(variable, _)| variable))?;
        let found = self.variables.get(counted).filter(|(variable, _)| variable.kind == Kind::Category);
        found.map(|(_, column)| *column)
    }
}
