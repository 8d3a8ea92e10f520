//! Laboratory values against their reference ranges by age and sex, beside what is stated.

use super::column::Run;
use super::place::Here;
use crate::cohort::cell::{CellRules, CellState, LevelState, Stated, level, number};
use crate::cohort::quantity::Quantity;
use crate::decimal::Decimal;
use crate::diagnostic::{Finding, Findings, Severity};
use crate::read::excerpt;
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
    fn count(&mut self, judged: Judged) {
        match judged {
            Judged::As(status) => *self.by_range.entry(status).or_default() += 1,
            Judged::WithoutRange => self.without_range += 1,
            Judged::Undecided => self.undecided += 1,
        }
    }

    /// Adds the counts of another part of the column.
    pub fn merge(&mut self, other: RangeCounts) {
        super::add_all(&mut self.by_range, other.by_range);
        self.without_range += other.without_range;
        self.undecided += other.undecided;
    }
}

/// Where one value stands.
#[derive(Clone, Copy)]
enum Judged {
    As(Status),
    WithoutRange,
    Undecided,
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
    groups: Vec<RangeCounts>,
    findings: Findings,
}

impl<'a> RangeTally<'a> {
    /// A tally for a lab with ranges.
    pub fn new(rules: CellRules<'a>, column: usize, patient: Patient<'a>) -> RangeTally<'a> {
        RangeTally {
            rules,
            column,
            patient,
            counts: RangeCounts::default(),
            groups: Vec::new(),
            findings: Findings::default(),
        }
    }

    /// Judges the values of some records.
    pub fn add(&mut self, run: &Run<'_>) {
        let groups = run.groups_so_far().max(self.groups.len());
        self.groups.resize(groups, RangeCounts::default());
        for (at, row) in run.rows.clone().enumerate() {
            let text = run.block.cell(row, self.column).text();
            if text.is_empty() {
                continue;
            }
            let Some(judged) = self.judge(&String::from_utf8_lossy(&text), run.here(row)) else { continue };
            self.counts.count(judged);
            for group in run.groups(at) {
                if let Some(counts) = self.groups.get_mut(usize::from(*group)) {
                    counts.count(judged);
                }
            }
        }
    }

    /// Where a value stands; none for a cell without one.
    fn judge(&mut self, text: &str, here: Here<'_>) -> Option<Judged> {
        let (comparator, value, stated) = match number(text, &self.rules) {
            CellState::Value(value) => (None, value.value, value.stated),
            CellState::Censored { comparator, value, stated } => (Some(comparator), value, stated),
            _ => return None,
        };
        let Some(range) = self.range_of(here) else { return Some(Judged::WithoutRange) };
        let Some(status) = against(comparator, &ratio(value), range) else { return Some(Judged::Undecided) };
        if let Some(finding) = stated.and_then(|stated| disagreement(&stated, status, range)) {
            let header = self.rules.variable.header.as_str();
            self.findings.add(finding.value(excerpt(text.as_bytes())).at(here.place(header)));
        }
        Some(Judged::As(status))
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

    /// The counts of all cases and of each group, and the findings of this thread.
    pub fn finish(self) -> (RangeCounts, Vec<RangeCounts>, Findings) {
        (self.counts, self.groups, self.findings)
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
