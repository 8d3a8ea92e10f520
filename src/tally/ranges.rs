//! Laboratory values against their reference ranges by age and sex, beside what is stated.

use super::column::Run;
use super::place::Here;
use crate::cohort::cell::{CellRules, CellState, Stated, number};
use crate::cohort::range::{Demographics, against, range_for};
use crate::diagnostic::{Finding, Findings, Severity};
use crate::read::excerpt;
use crate::schema::{ReferenceRange, Status};
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

/// Judges the values of one lab in one thread.
pub struct RangeTally<'a> {
    rules: CellRules<'a>,
    column: usize,
    demographics: Demographics<'a>,
    counts: RangeCounts,
    groups: Vec<RangeCounts>,
    findings: Findings,
}

impl<'a> RangeTally<'a> {
    /// A tally for a lab with ranges.
    pub fn new(rules: CellRules<'a>, column: usize, demographics: Demographics<'a>) -> RangeTally<'a> {
        RangeTally {
            rules,
            column,
            demographics,
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
        let person = self.demographics.of(here.block, here.row);
        let Some(range) = range_for(&self.rules.variable.ranges, &person) else { return Some(Judged::WithoutRange) };
        let Some(status) = against(comparator, value, range) else { return Some(Judged::Undecided) };
        if let Some(finding) = stated.and_then(|stated| disagreement(&stated, status, range)) {
            let header = self.rules.variable.header.as_str();
            self.findings.add(finding.value(excerpt(text.as_bytes())).at(here.place(header)));
        }
        Some(Judged::As(status))
    }

    /// The counts of all cases and of each group, and the findings of this thread.
    pub fn finish(self) -> (RangeCounts, Vec<RangeCounts>, Findings) {
        (self.counts, self.groups, self.findings)
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
