//! What changed between visits, patient by patient.

use super::course::MOST_PATIENTS;
use crate::cohort::case::{Case, CaseCell, CaseColumn, CaseColumns};
use crate::cohort::cell::CellState;
use crate::cohort::deidentify;
use crate::cohort::derive::{Derived, VisitColumns, visit_of};
use crate::decimal::Exact;
use crate::error::Error;
use crate::schema::Variable;
use num_rational::BigRational;

/// One patient with a value before and one after.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PatientChange {
    /// The value at the first of the two visits.
    pub before: BigRational,
    /// The value at the second.
    pub after: BigRational,
    /// The best change of all later visits.
    pub best: BigRational,
    /// What the patient is called.
    pub id: String,
}

/// The patients of a change.
pub struct ChangeValues<'a> {
    columns: VisitColumns<'a>,
    /// The variable, at its first visit.
    pub variable: &'a Variable,
    /// The names of the two visits.
    pub visits: [String; 2],
    /// The visits whose best change counts.
    pub later: usize,
    /// Those who have both values.
    pub patients: Vec<PatientChange>,
    /// Those who have not.
    pub without: usize,
}

/// The changes of all variables, as cases are read.
pub struct Changes<'a> {
    /// One a variable.
    pub all: Vec<ChangeValues<'a>>,
    higher_is_better: bool,
    is_deidentified: bool,
}

impl<'a> Changes<'a> {
    /// No patient yet.
    ///
    /// Errors: no change of numbers was asked for.
    pub fn new(
        derived: &[Derived],
        cases: &CaseColumns<'a>,
        (higher_is_better, is_deidentified): (bool, bool),
    ) -> Result<Changes<'a>, Error> {
        let is_shown = |column: &CaseColumn<'_>| {
            let by_wish = is_deidentified && deidentify::withholds(column.variable());
            !(column.variable().is_withheld() || by_wish)
        };
        let changes = derived.iter().filter(|derived| derived.is_change);
        let columns = changes.filter_map(|derived| derived.visits(cases.all()));
        let all: Vec<ChangeValues<'a>> =
            columns.filter(|columns| is_shown(&columns.before) && is_shown(&columns.after)).map(values).collect();
        if all.is_empty() {
            let remedy = "name a variable with visits: --change crp, or --change crp=baseline:month_6";
            return Err(Error::usage_with("no change of numbers, which this figure draws", remedy));
        }
        Ok(Changes { all, higher_is_better, is_deidentified })
    }

    /// True where a rise is better than a fall.
    pub fn is_higher_better(&self) -> bool {
        self.higher_is_better
    }

    /// Adds a patient.
    pub fn add(&mut self, case: &Case<'_>) {
        let id = if self.is_deidentified { String::new() } else { case.id() };
        for change in &mut self.all {
            let columns = &change.columns;
            let later = columns.later.iter().filter_map(|column| value(case, column));
            let ends = value(case, &columns.before).zip(value(case, &columns.after));
            let best = if self.higher_is_better { later.max() } else { later.min() };
            match ends.zip(best) {
                Some(((before, after), best)) => {
                    let best = best - &before;
                    change.patients.push(PatientChange { before, after, best, id: id.clone() });
                }
                None => change.without = change.without.saturating_add(1),
            }
        }
    }

    /// The patients in the order of `key`; where ids are withheld they are numbered in it.
    pub fn sorted<K: Ord>(mut self, key: impl Fn(&PatientChange) -> K) -> Vec<ChangeValues<'a>> {
        for change in &mut self.all {
            change.patients.sort_by(|one, other| key(one).cmp(&key(other)).then_with(|| one.cmp(other)));
            if self.is_deidentified {
                (1..).zip(&mut change.patients).for_each(|(number, patient)| patient.id = deidentify::id(number));
            }
        }
        self.all
    }
}

fn values(columns: VisitColumns<'_>) -> ChangeValues<'_> {
    let visits = [&columns.before, &columns.after].map(|column| visit_of(column).to_owned());
    let (variable, later) = (columns.before.variable(), columns.later.len());
    ChangeValues { columns, variable, visits, later, patients: Vec::new(), without: 0 }
}

fn value(case: &Case<'_>, column: &CaseColumn<'_>) -> Option<BigRational> {
    match case.cell(column) {
        CaseCell::Number(CellState::Value(stated)) => Some(stated.value.to_ratio()),
        _ => None,
    }
}

impl ChangeValues<'_> {
    /// The variable without its visit, and its unit.
    pub fn name(&self) -> String {
        match &self.variable.unit {
            Some(unit) => format!("{}, {unit}", self.columns.variable),
            None => self.columns.variable.clone(),
        }
    }

    /// A value with the decimals of the data; a change with its sign.
    pub fn text(&self, value: &BigRational, is_change: bool) -> String {
        let exact = Exact::Ratio(value.clone());
        let text = exact.rounded(u32::from(self.variable.decimals.unwrap_or(0)));
        let text = (0..=6).find(|decimals| exact.has_at_most(*decimals)).map_or(text, |of| exact.rounded(of));
        let is_above = is_change && value > &BigRational::default();
        format!("{}{text}", if is_above { "+" } else { "" }).replace('-', "\u{2212}")
    }

    /// What a figure says of who is not drawn.
    pub fn notes(&self) -> Vec<String> {
        let name = &self.columns.variable;
        let all = self.patients.len().saturating_add(self.without);
        let mut notes = Vec::new();
        if self.without > 0 {
            let [before, after] = &self.visits;
            notes.push(format!(
                "Not drawn: {} of {all} cases, whose {name} is not known at {before} or at {after}.",
                self.without
            ));
        }
        let beyond = self.patients.len().saturating_sub(MOST_PATIENTS);
        if beyond > 0 {
            notes.push(format!("Not drawn: {beyond} cases beyond the first {MOST_PATIENTS} in the order of {name}."));
        }
        notes
    }
}
