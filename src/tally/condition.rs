//! Conditions put to every case of a pass: how many cases satisfy each, which of them, and what
//! else is counted of them.

use super::cohort::{Counted, Keep};
use super::place::Here;
use crate::cohort::filter::{Panel, Truth};
use std::collections::BTreeMap;

/// Cases whose names are kept, of each answer; the first ones of the file.
pub const NAMED: usize = 20;

/// A condition, and what is counted of the cases that satisfy it.
#[derive(Debug, Clone)]
pub struct Condition {
    /// What it asks.
    pub keep: Keep,
    /// The keys of the statistics that are wanted of its cases; none where they are only counted.
    pub keys: Vec<String>,
    /// Where it was written, for errors: a file with its line. Empty for the command line.
    pub origin: String,
    /// It is put only where it fits the columns: nobody asked for it, and it may name cases to look at.
    pub is_optional: bool,
}

/// What a condition came to.
#[derive(Debug, Clone, Default)]
pub struct CohortCondition {
    /// The condition in its normal form.
    pub text: String,
    /// Its cases; none where it was optional and fits no column.
    pub judged: Option<Judged>,
    /// The counts of its cases by the place of the variable; none for variables nothing was wanted of.
    pub columns: Vec<Option<Counted>>,
}

/// How many cases satisfy a condition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Judged {
    /// Cases of which it is true.
    pub holds: Named,
    /// Cases of which it is false.
    pub fails: u64,
    /// Cases that do not say.
    pub unknown: Named,
}

/// A number of cases, the first of them by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Named {
    /// How many.
    pub cases: u64,
    /// Number and id of the first [`NAMED`] of them, in the order of the file.
    pub first: Vec<(u64, String)>,
}

impl Named {
    fn add(&mut self, here: Here<'_>) {
        self.cases += 1;
        if self.first.len() < NAMED {
            self.first.push((here.block.row_number(here.row), here.case_name()));
        }
    }

    /// Adds the cases of another part of the file.
    pub fn merge(&mut self, other: &Named) {
        self.cases += other.cases;
        self.first.extend(other.first.iter().cloned());
        self.first.sort_unstable();
        self.first.truncate(NAMED);
    }

    /// True where all of them are known by name.
    pub fn is_complete(&self) -> bool {
        self.cases == self.first.len() as u64
    }

    /// The ids of the first cases.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.first.iter().map(|(_, id)| id.as_str())
    }
}

impl Judged {
    fn add(&mut self, answer: Truth, here: Here<'_>) {
        match answer {
            Truth::True => self.holds.add(here),
            Truth::False => self.fails += 1,
            Truth::Unknown => self.unknown.add(here),
        }
    }

    fn add_all(&mut self, answer: Truth, met: &Named) {
        match answer {
            Truth::True => self.holds.merge(met),
            Truth::False => self.fails += met.cases,
            Truth::Unknown => self.unknown.merge(met),
        }
    }

    /// Adds the cases of another part of the file.
    pub fn merge(&mut self, other: &Judged) {
        self.holds.merge(&other.holds);
        self.fails += other.fails;
        self.unknown.merge(&other.unknown);
    }
}

/// Puts the conditions to the records of one thread.
///
/// Cases with the same answers to everything that is asked are counted together, so that ten
/// thousand conditions cost no more a case than the distinct questions in them.
pub(super) struct Judging<'a> {
    panel: Panel<'a>,
    /// The cases of each pattern of answers.
    met: Vec<Named>,
    /// Cases of patterns beyond those the panel remembers.
    beyond: Vec<Judged>,
    /// The number of each condition, and the group of those whose cases are counted further.
    groups: Vec<(usize, Option<u16>)>,
    /// The groups of each pattern.
    groups_of: Vec<Vec<u16>>,
    row_groups: Vec<u16>,
}

impl<'a> Judging<'a> {
    /// `groups` are the numbers and the groups of the conditions, in their order in the panel.
    pub fn new(panel: Panel<'a>, groups: Vec<(usize, Option<u16>)>) -> Judging<'a> {
        let beyond = vec![Judged::default(); groups.len()];
        Judging { panel, met: Vec::new(), beyond, groups, groups_of: Vec::new(), row_groups: Vec::new() }
    }

    /// Judges a record, and gives the groups it is in.
    pub fn judge(&mut self, here: Here<'_>) -> &[u16] {
        match self.panel.judge(&here) {
            Some(pattern) => {
                if pattern >= self.met.len() {
                    self.met.resize_with(pattern + 1, Named::default);
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

    /// What each condition came to in this thread, and the panel with the levels it met.
    pub fn finish(self) -> (BTreeMap<usize, Judged>, Panel<'a>) {
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
