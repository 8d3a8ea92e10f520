//! Laboratory values against their reference ranges by age and sex, beside what is stated.

use super::place::Here;
use crate::cohort::cell::{CellRules, CellState, LevelState, Stated, level, number};
use crate::cohort::quantity::Quantity;
use crate::decimal::Decimal;
use crate::diagnostic::{Finding, Findings, Severity};
use crate::read::{Block, excerpt};
use crate::schema::lexical::Comparator;
use crate::schema::{ReferenceRange, Status};
use num_rational::BigRational;
use std::collections::BTreeMap;

/// Counts of the values of one lab against its range.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RangeCounts {
    /// Patients whose value is below, within or above their range.
    pub by_range: BTreeMap<Status, u64>,
    /// Patients with a value and without a range for their age and sex.
    pub without_range: u64,
    /// Patients with a censored value that could be on either side.
    pub undecided: u64,
}

impl RangeCounts {
    /// Adds the counts of another part of the column.
    pub fn merge(&mut self, other: RangeCounts) {
        super::add_all(&mut self.by_range, other.by_range);
        self.without_range += other.without_range;
        self.undecided += other.undecided;
    }
}

/// The columns a range depends on.
#[derive(Clone, Copy)]
pub struct Patient<'a> {
    /// Column and rules of the age.
    pub age: Option<(usize, CellRules<'a>)>,
    /// Column and rules of the sex.
    pub sex: Option<(usize, CellRules<'a>)>,
}

/// Judges the values of one lab in one thread.
pub struct RangeTally<'a> {
    rules: CellRules<'a>,
    column: usize,
    patient: Patient<'a>,
    counts: RangeCounts,
    findings: Findings,
}

impl<'a> RangeTally<'a> {
    /// A tally for a lab with ranges.
    pub fn new(rules: CellRules<'a>, column: usize, patient: Patient<'a>) -> RangeTally<'a> {
        RangeTally { rules, column, patient, counts: RangeCounts::default(), findings: Findings::default() }
    }

    /// Judges the values of a block.
    pub fn add_block(&mut self, block: &Block, id: Option<usize>) {
        for row in 0..block.rows() {
            let text = block.cell(row, self.column).text();
            if !text.is_empty() {
                self.add(&String::from_utf8_lossy(&text), Here { block, row, id });
            }
        }
    }

    fn add(&mut self, text: &str, here: Here<'_>) {
        let (comparator, value, stated) = match number(text, &self.rules) {
            CellState::Value(value) => (None, value.value, value.stated),
            CellState::Censored { comparator, value, stated } => (Some(comparator), value, stated),
            _ => return,
        };
        let Some(range) = self.range_of(here) else {
            self.counts.without_range += 1;
            return;
        };
        let Some(status) = against(comparator, &ratio(value), range) else {
            self.counts.undecided += 1;
            return;
        };
        *self.counts.by_range.entry(status).or_default() += 1;
        if let Some(finding) = stated.and_then(|stated| disagreement(&stated, status, range)) {
            let header = self.rules.variable.header.as_str();
            self.findings.add(finding.value(excerpt(text.as_bytes())).at(here.place(header)));
        }
    }

    /// The range for the age and sex of the patient.
    fn range_of(&self, here: Here<'_>) -> Option<&'a ReferenceRange> {
        let cell = |column: usize| String::from_utf8_lossy(&here.block.cell(here.row, column).text()).into_owned();
        let age = self.patient.age.and_then(|(column, rules)| match number(&cell(column), &rules) {
            CellState::Value(age) => Some(years(ratio(age.value), rules.variable.unit.as_deref())),
            _ => None,
        });
        let sex = self.patient.sex.and_then(|(column, rules)| match level(&cell(column), &rules) {
            LevelState::Level(sex) => Some(sex),
            _ => None,
        });
        self.rules.variable.ranges.iter().find(|range| {
            let age_fits = range.age.is_none_or(|(from, to)| {
                age.as_ref().is_some_and(|age| *age >= from.to_ratio() && *age < to.to_ratio())
            });
            age_fits
                && range.sex.as_deref().is_none_or(|wanted| sex.as_deref().is_some_and(|sex| same_sex(sex, wanted)))
        })
    }

    /// The counts and the findings of this thread.
    pub fn finish(self) -> (RangeCounts, Findings) {
        (self.counts, self.findings)
    }
}

fn ratio(value: Quantity) -> BigRational {
    let ten = num_traits::pow(num_bigint::BigInt::from(10), usize::from(value.scale));
    BigRational::new(value.numerator.into(), ten * if value.twelfths { 12 } else { 1 })
}

fn years(age: BigRational, unit: Option<&str>) -> BigRational {
    if unit.is_some_and(|unit| unit.to_lowercase().starts_with("month")) {
        age / BigRational::from_integer(12.into())
    } else {
        age
    }
}

fn same_sex(one: &str, other: &str) -> bool {
    let initial = |sex: &str| sex.trim().chars().next().map(|c| c.to_ascii_lowercase());
    one.eq_ignore_ascii_case(other) || (one.len().min(other.len()) == 1 && initial(one) == initial(other))
}

/// Where a value lies; `None` where a censored one may lie on either side.
fn against(comparator: Option<Comparator>, value: &BigRational, range: &ReferenceRange) -> Option<Status> {
    let (low, high) = (range.low.map(Decimal::to_ratio), range.high.map(Decimal::to_ratio));
    let is_below = low.as_ref().is_some_and(|low| value < low);
    let is_above = high.as_ref().is_some_and(|high| value > high);
    match comparator {
        None if is_below => Some(Status::Low),
        None if is_above => Some(Status::High),
        None => Some(Status::Normal),
        Some(Comparator::Above | Comparator::AtLeast)
            if is_above || high.as_ref() == Some(value) && comparator == Some(Comparator::Above) =>
        {
            Some(Status::High)
        }
        Some(Comparator::Above | Comparator::AtLeast) if high.is_none() && !is_below => Some(Status::Normal),
        Some(Comparator::Below | Comparator::AtMost)
            if is_below || low.as_ref() == Some(value) && comparator == Some(Comparator::Below) =>
        {
            Some(Status::Low)
        }
        Some(Comparator::Below | Comparator::AtMost) if low.is_none() && !is_above => Some(Status::Normal),
        Some(_) => None,
    }
}

/// What is stated and what the range says, where they differ.
fn disagreement(stated: &Stated, status: Status, range: &ReferenceRange) -> Option<Finding> {
    let said = stated.status?;
    let agrees = match said {
        Status::Abnormal => status != Status::Normal,
        Status::Positive | Status::Negative => true,
        _ => said == status,
    };
    if agrees {
        return None;
    }
    let bounds = match (range.low, range.high) {
        (Some(low), Some(high)) => format!("{low} to {high}"),
        (Some(low), None) => format!("{low} and above"),
        (None, Some(high)) => format!("up to {high}"),
        (None, None) => "none".to_owned(),
    };
    let place = if status == Status::Normal { "within".to_owned() } else { format!("{} for", status.word()) };
    let message = format!("stated '{}', yet {place} the reference range {bounds} ({})", stated.word, range.source);
    let remedy = "check the value against the source; another laboratory may use another range";
    Some(Finding::new("status-disagrees", Severity::Warning, message).remedy(remedy))
}
