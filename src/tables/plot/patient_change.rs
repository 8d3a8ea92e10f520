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
    /// The value at the second; where the best change counts, that of the last visit that is known.
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
    /// Those who have both values, and are not kept.
    beyond: usize,
    /// Those who have not.
    pub without: usize,
    /// The decimals of all values that are drawn.
    decimals: u32,
    is_of_best: bool,
}

/// Which patients have a change, and which change is the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChangeRules {
    /// True where a rise is better than a fall.
    pub higher_is_better: bool,
    /// True where nobody is to be recognised.
    pub is_deidentified: bool,
    /// True where the best change counts, for which any later visit is enough.
    pub is_of_best: bool,
}

/// The changes of all variables, as cases are read.
pub struct Changes<'a> {
    /// One a variable.
    pub all: Vec<ChangeValues<'a>>,
    how: ChangeRules,
}

impl<'a> Changes<'a> {
    /// No patient yet.
    ///
    /// Errors: no change of numbers was asked for.
    pub fn new(derived: &[Derived], cases: &CaseColumns<'a>, how: ChangeRules) -> Result<Changes<'a>, Error> {
        let is_shown = |column: &CaseColumn<'_>| {
            let by_wish = how.is_deidentified && deidentify::withholds(column.variable());
            !(column.variable().is_withheld() || by_wish)
        };
        let changes = derived.iter().filter(|derived| derived.is_change);
        let columns = changes.filter_map(|derived| derived.visits(cases.all()));
        let all: Vec<ChangeValues<'a>> = columns
            .filter(|columns| is_shown(&columns.before) && is_shown(&columns.after))
            .map(|columns| values(columns, how))
            .collect();
        if all.is_empty() {
            let remedy = "name a variable with visits: --change crp, or --change crp=baseline:month_6";
            return Err(Error::usage_with("no change of numbers, which this figure draws", remedy));
        }
        Ok(Changes { all, how })
    }

    /// True where a rise is better than a fall.
    pub fn is_higher_better(&self) -> bool {
        self.how.higher_is_better
    }

    /// Adds a patient.
    pub fn add(&mut self, case: &Case<'_>) {
        let id = if self.how.is_deidentified { String::new() } else { case.id() };
        for change in &mut self.all {
            let columns = &change.columns;
            let is_pair = !columns.is_one_measurement(case);
            let later = columns.later.iter().filter_map(|column| value(case, column));
            let best = if self.how.higher_is_better { later.max() } else { later.min() };
            let of_best = || columns.later.iter().rev().find_map(|column| value(case, column));
            let after = value(case, &columns.after).or_else(|| of_best().filter(|_| self.how.is_of_best));
            match value(case, &columns.before).zip(after).zip(best).filter(|_| is_pair) {
                // Who is drawn may not depend on the values: the first in the order of the values all rise, or all fall.
                Some(_) if change.patients.len() >= MOST_PATIENTS => change.beyond = change.beyond.saturating_add(1),
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
            if self.how.is_deidentified {
                (1..).zip(&mut change.patients).for_each(|(number, patient)| patient.id = deidentify::id(number));
            }
            change.decimals = change.decimals();
        }
        self.all
    }
}

fn values(columns: VisitColumns<'_>, how: ChangeRules) -> ChangeValues<'_> {
    let visits = [&columns.before, &columns.after].map(|column| visit_of(column).to_owned());
    let (variable, later) = (columns.before.variable(), columns.later.len());
    let (is_of_best, patients) = (how.is_of_best, Vec::new());
    ChangeValues { columns, variable, visits, later, patients, beyond: 0, without: 0, decimals: 0, is_of_best }
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

    /// The decimals of the data, or those of the patient who is drawn with most: all numbers of a column have as many.
    fn decimals(&self) -> u32 {
        let columns = [&self.columns.before, &self.columns.after];
        let of_data = columns.iter().filter_map(|column| column.variable().decimals).max().unwrap_or(0);
        let of_data = u32::from(of_data);
        let values = self.patients.iter().flat_map(|patient| match self.is_of_best {
            true => vec![&patient.best],
            false => vec![&patient.before, &patient.after],
        });
        let needed = |value: &BigRational| {
            let exact = Exact::Ratio(value.clone());
            (of_data..=6).find(|decimals| exact.has_at_most(*decimals)).unwrap_or(of_data)
        };
        values.map(needed).fold(of_data, u32::max)
    }

    /// A value with the decimals of all that are drawn; a change with its sign.
    pub fn text(&self, value: &BigRational, is_change: bool) -> String {
        let text = Exact::Ratio(value.clone()).rounded(self.decimals);
        let is_above = is_change && value > &BigRational::default();
        format!("{}{text}", if is_above { "+" } else { "" }).replace('-', "\u{2212}")
    }

    /// What a figure says of who is not drawn.
    pub fn notes(&self) -> Vec<String> {
        let name = &self.columns.variable;
        let known = self.patients.len().saturating_add(self.beyond);
        let all = known.saturating_add(self.without);
        let mut notes = Vec::new();
        if self.without > 0 {
            let [before, after] = &self.visits;
            let after = match self.later {
                2.. if self.is_of_best => "any later visit".to_owned(),
                _ => after.clone(),
            };
            notes.push(match self.columns.is_of_measurements() {
                true => format!("Not drawn: {} of {all} cases, who have no two measurements of {name}.", self.without),
                false => format!(
                    "Not drawn: {} of {all} cases, whose {name} is not known at {before} or at {after}.",
                    self.without
                ),
            });
        }
        if self.beyond > 0 {
            notes.push(format!(
                "Not drawn: {} of the {known} cases with a change of {name}; the first {MOST_PATIENTS} in the records are. \
                 --where chooses the cases.",
                self.beyond
            ));
        }
        notes
    }
}
