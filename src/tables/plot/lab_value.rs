//! The laboratory values of the patients, each with the range that applies to its patient.

use super::course::MOST_PATIENTS;
use crate::analyze::Options;
use crate::cohort::case::{Case, CaseCell, CaseColumn, CaseColumns};
use crate::cohort::cell::{CellState, Stated};
use crate::cohort::deidentify;
use crate::cohort::range::{Person, against, range_for};
use crate::decimal::{Decimal, Exact};
use crate::error::Error;
use crate::schema::lexical::Comparator;
use crate::schema::{Kind, Role, Status, Variable};
use std::collections::BTreeMap;

/// The limits of a range, each where it has one.
pub type RangeLimits = (Option<Decimal>, Option<Decimal>);

/// One value of one patient.
#[derive(Debug, Clone, PartialEq)]
pub struct LabPoint {
    /// The value, or the bound of it.
    pub value: f64,
    /// On which side of the bound it lies; none for a value.
    pub comparator: Option<Comparator>,
    /// Where it is against the range of its patient, or what the records state where there is none.
    pub status: Option<Status>,
    /// True where the status is what the records state.
    pub is_stated: bool,
    limits: Option<RangeLimits>,
}

/// The values of one column.
pub struct LabColumn<'a> {
    column: CaseColumn<'a>,
    /// One for each patient with a number.
    pub points: Vec<LabPoint>,
    /// The patients with a word in place of a number, by the word.
    pub words: BTreeMap<String, usize>,
    /// The patients whose cell cannot be read.
    pub unreadable: usize,
}

/// The values of all laboratory columns.
pub struct LabValues<'a> {
    /// The columns in the order of the tables.
    pub columns: Vec<LabColumn<'a>>,
    /// Patients seen, and those whose values are kept.
    pub seen: usize,
    /// Patients whose values are kept.
    pub read: usize,
}

impl<'a> LabValues<'a> {
    /// No value yet, of the laboratory columns of numbers that are shown.
    ///
    /// Errors: there are none.
    pub fn new(cases: &CaseColumns<'a>, options: &Options, is_deidentified: bool) -> Result<LabValues<'a>, Error> {
        let is_shown = |column: &CaseColumn<'_>| {
            let variable = column.variable();
            let is_withheld = variable.is_withheld() || is_deidentified && deidentify::withholds(variable);
            variable.kind == Kind::Number && options.shows(variable) && !is_withheld
        };
        let columns = cases.of_role(Role::Lab).filter(is_shown);
        let columns: Vec<LabColumn<'a>> = columns.map(LabColumn::new).collect();
        if columns.is_empty() {
            let remedy = "calc-series schema FILE shows how each column is read; --role COLUMN=lab and --kind COLUMN=number change it";
            return Err(Error::usage_with("no laboratory column of numbers, which this figure draws", remedy));
        }
        Ok(LabValues { columns, seen: 0, read: 0 })
    }

    /// Adds the values of a patient.
    pub fn add(&mut self, case: &Case<'_>) {
        self.seen = self.seen.saturating_add(1);
        if self.read >= MOST_PATIENTS {
            return;
        }
        self.read = self.read.saturating_add(1);
        let person = case.person();
        for lab in &mut self.columns {
            lab.add(case, &person);
        }
    }
}

impl<'a> LabColumn<'a> {
    fn new(column: CaseColumn<'a>) -> LabColumn<'a> {
        LabColumn { column, points: Vec::new(), words: BTreeMap::new(), unreadable: 0 }
    }

    /// Adds the value of a patient, or what stands in its place.
    fn add(&mut self, case: &Case<'_>, person: &Person) {
        let CaseCell::Number(state) = case.cell(&self.column) else { return };
        let (comparator, value, stated) = match state {
            CellState::Value(number) => (None, number.value, number.stated),
            CellState::Censored { comparator, value, stated } => (Some(comparator), value, stated),
            CellState::StatedOnly(Stated { status, .. }) => {
                // A remark may name a person; a status is a word of this program.
                let word = status.map_or("another word", Status::word);
                *self.words.entry(word.to_owned()).or_default() += 1;
                return;
            }
            CellState::Unreadable(_) => {
                self.unreadable = self.unreadable.saturating_add(1);
                return;
            }
            CellState::Missing(_) => return,
        };
        let range = range_for(&self.variable().ranges, person);
        let by_range = range.and_then(|range| against(comparator, value, range));
        let stated = stated.and_then(|stated| stated.status).filter(|_| range.is_none());
        self.points.push(LabPoint {
            value: Exact::from(value.to_ratio()).to_f64(),
            comparator,
            status: by_range.or(stated),
            is_stated: by_range.is_none() && stated.is_some(),
            limits: range.map(|range| (range.low, range.high)),
        });
    }

    /// The column.
    pub fn variable(&self) -> &'a Variable {
        self.column.variable()
    }

    /// The range that applies to every patient with a value; none where they differ or one has none.
    pub fn shared_range(&self) -> Option<RangeLimits> {
        let first = self.points.first()?.limits?;
        self.points.iter().all(|point| point.limits == Some(first)).then_some(first)
    }

    /// The part that the ranges of all patients with a value share: where a value is normal for each of them. None where
    /// one has no range, or they share none.
    pub fn common_range(&self) -> Option<RangeLimits> {
        let limits: Vec<RangeLimits> = self.points.iter().map(|point| point.limits).collect::<Option<_>>()?;
        let low = limits.iter().filter_map(|(low, _)| *low).max();
        let high = limits.iter().filter_map(|(_, high)| *high).min();
        let is_some = low.zip(high).is_none_or(|(low, high)| low < high) && (low.is_some() || high.is_some());
        is_some.then_some((low, high))
    }

    /// The place of a value on a line that holds all values and the part of the ranges that they share.
    pub fn place(&self, value: f64, left: f64, length: f64) -> f64 {
        let (low, high) = self.ends();
        let share = if high > low { (value - low) / (high - low) } else { 0.5 };
        left + SYMBOL_ROOM + share * (length - 2.0 * SYMBOL_ROOM)
    }
}

impl LabColumn<'_> {
    /// The least and the greatest value and limit. A range without a lower or an upper limit is seen beyond the other.
    fn ends(&self) -> (f64, f64) {
        let shared = self.common_range();
        let limits = shared.into_iter().flat_map(|(low, high)| [low, high]).flatten();
        let limits = limits.map(|limit| Exact::from(limit).to_f64());
        let all = || self.points.iter().map(|point| point.value).chain(limits.clone());
        let (low, high) = (all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max));
        let beyond = (high - low) * BEYOND;
        match shared {
            Some((None, Some(_))) => (low - beyond, high),
            Some((Some(_), None)) => (low, high + beyond),
            Some((Some(_), Some(_)) | (None, None)) | None => (low, high),
        }
    }
}

/// What is drawn of an open range beyond its limit, of the distance between the ends.
const BEYOND: f64 = 0.12;
/// What stays empty at the ends of a line, so that no symbol leaves it.
const SYMBOL_ROOM: f64 = 3.0;
