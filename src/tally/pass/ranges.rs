//! Laboratory values against their reference ranges by age and sex, and against the status stated in the cell.

use super::run::RecordRun;
use crate::cohort::cell::{CellRules, CellState, Stated, number};
use crate::cohort::range::{Demographics, against, range_for};
use crate::cohort::row::CaseRow;
use crate::diagnostic::{Finding, FindingId, Findings};
use crate::read::excerpt;
use crate::schema::{ReferenceRange, Status};
use crate::tally::counts::{RangeCounts, RangeOutcome};

/// The tally of one laboratory column against its ranges, in one thread.
pub struct RangeTally<'a> {
    rules: CellRules<'a>,
    column: usize,
    demographics: Demographics<'a>,
    counts: RangeCounts,
    groups: Vec<RangeCounts>,
    findings: Findings,
}

impl<'a> RangeTally<'a> {
    /// An empty tally.
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

    /// Compares the values of some records with their ranges.
    pub fn add(&mut self, run: &RecordRun<'_>) {
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

    /// Where a value is; `None` for a cell without a value.
    fn judge(&mut self, text: &str, here: CaseRow<'_>) -> Option<RangeOutcome> {
        let (comparator, value, stated) = match number(text, &self.rules) {
            CellState::Value(value) => (None, value.value, value.stated),
            CellState::Censored { comparator, value, stated } => (Some(comparator), value, stated),
            _ => return None,
        };
        let person = self.demographics.of(&here);
        let Some(range) = range_for(&self.rules.variable.ranges, &person) else {
            return Some(RangeOutcome::WithoutRange);
        };
        let Some(status) = against(comparator, value, range) else { return Some(RangeOutcome::Undecided) };
        if let Some(finding) = stated.and_then(|stated| disagreement(&stated, status, range)) {
            let header = self.rules.variable.file_header();
            self.findings.add(finding.value(excerpt(text.as_bytes())).at(here.location(header)));
        }
        Some(RangeOutcome::As(status))
    }

    /// The counts of all cases and of each group, and the findings of this thread.
    pub fn finish(self) -> (RangeCounts, Vec<RangeCounts>, Findings) {
        (self.counts, self.groups, self.findings)
    }
}

/// The finding about a stated status that contradicts the range; `None` if they agree.
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
    let relation = if status == Status::Normal { "within".to_owned() } else { format!("{} for", status.word()) };
    let message = format!("stated '{}', but {relation} the reference range {bounds} ({})", stated.word, range.source);
    let remedy = "check the value against the source; another laboratory may use another range";
    Some(Finding::new(FindingId::StatusDisagrees, message).remedy(remedy))
}
