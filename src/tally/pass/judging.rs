//! The conditions of a pass, judged for each record, and the groups their cases form.

use crate::cohort::filter::{Panel, Truth};
use crate::cohort::row::CaseRow;
use crate::tally::counts::{ConditionCounts, NamedCases};
use std::collections::BTreeMap;

/// Judges the conditions for the records of one thread.
///
/// Cases with the same answers to everything that is asked are counted together, so that ten
/// thousand conditions cost no more a case than the distinct questions in them.
pub struct Judging<'a> {
    panel: Panel<'a>,
    /// The cases of each pattern of answers.
    met: Vec<NamedCases>,
    /// The counts of cases with patterns beyond those the panel remembers.
    beyond: Vec<ConditionCounts>,
    /// The number of each condition, and its group if its cases have statistics.
    groups: Vec<(usize, Option<u16>)>,
    /// The groups of each pattern.
    groups_of: Vec<Vec<u16>>,
    row_groups: Vec<u16>,
}

impl<'a> Judging<'a> {
    /// `groups` are the numbers and the groups of the conditions, in the order of the panel.
    pub fn new(panel: Panel<'a>, groups: Vec<(usize, Option<u16>)>) -> Judging<'a> {
        let beyond = vec![ConditionCounts::default(); groups.len()];
        Judging { panel, met: Vec::new(), beyond, groups, groups_of: Vec::new(), row_groups: Vec::new() }
    }

    /// Judges a record, and returns the groups it is in.
    pub fn judge(&mut self, here: CaseRow<'_>) -> &[u16] {
        match self.panel.judge(&here) {
            Some(pattern) => {
                if pattern >= self.met.len() {
                    self.met.resize_with(pattern + 1, NamedCases::default);
                    self.groups_of.push(groups(&self.groups, self.panel.answers()));
                }
                if let Some(met) = self.met.get_mut(pattern) {
                    met.add(here);
                }
                self.groups_of.get(pattern).map(Vec::as_slice).unwrap_or_default()
            }
            None => {
                let answers = self.panel.answers();
                for (judged, answer) in self.beyond.iter_mut().zip(answers) {
                    judged.add(*answer, here);
                }
                self.row_groups = groups(&self.groups, answers);
                &self.row_groups
            }
        }
    }

    /// The counts of each condition in this thread, and the panel with the levels that occurred.
    pub fn finish(self) -> (BTreeMap<usize, ConditionCounts>, Panel<'a>) {
        let mut judged = self.beyond;
        for (pattern, met) in self.met.iter().enumerate() {
            for (judged, answer) in judged.iter_mut().zip(self.panel.of_pattern(pattern)) {
                judged.add_all(*answer, met);
            }
        }
        let numbers = self.groups.into_iter().map(|(number, _)| number);
        (numbers.zip(judged).collect(), self.panel)
    }
}

fn groups(of_conditions: &[(usize, Option<u16>)], answers: &[Truth]) -> Vec<u16> {
    let answered = of_conditions.iter().zip(answers).filter(|(_, answer)| **answer == Truth::True);
    answered.filter_map(|((_, group), _)| *group).collect()
}
