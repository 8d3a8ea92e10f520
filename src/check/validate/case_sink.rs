//! Collects the findings in the cases that one thread examines.

use super::case_view::CaseView;
use crate::diagnostic::{Finding, FindingId, KEPT, Severity, SourceLocation};
use crate::schema::audit::Audit;
use rustc_hash::FxHashMap;

/// A finding in one case, without its id and place.
pub struct CellFinding {
    message: String,
    severity: Option<Severity>,
    value: Option<String>,
    remedy: Option<String>,
}

impl CellFinding {
    /// A finding with this message: one short sentence.
    pub fn new(message: impl Into<String>) -> CellFinding {
        CellFinding { message: message.into(), severity: None, value: None, remedy: None }
    }

    /// Replaces the severity of the check.
    pub fn severity(mut self, severity: Severity) -> CellFinding {
        self.severity = Some(severity);
        self
    }

    /// Adds the value as written in the file.
    pub fn value(mut self, value: impl Into<String>) -> CellFinding {
        self.value = Some(value.into()).filter(|value: &String| !value.is_empty());
        self
    }

    /// Adds what to do about it.
    pub fn remedy(mut self, remedy: impl Into<String>) -> CellFinding {
        self.remedy = Some(remedy.into());
        self
    }
}

/// A finding of a check in a column of a case.
pub struct CaseFinding {
    /// The check.
    pub check: FindingId,
    /// The header of the column; empty for the case as a whole.
    pub column: String,
    /// The finding.
    pub finding: Finding,
    /// True where a column has only the first of these.
    pub is_once: bool,
}

/// The findings of a check in a column.
#[derive(Debug, Clone)]
pub struct Described {
    /// The check.
    pub check: FindingId,
    /// The header of the column.
    pub column: String,
    /// How many of them were described.
    described: usize,
    /// How many were counted only.
    pub beyond: u64,
}

/// Receives the findings of one thread.
///
/// A thread meets its cases in order: what it has described as many of as are shown, it counts from then on.
pub struct CaseSink<'a> {
    audit: &'a Audit,
    described: Vec<Described>,
    /// The index in `described` of each column of each check.
    indices: FxHashMap<FindingId, FxHashMap<String, usize>>,
    found: Vec<CaseFinding>,
}

impl<'a> CaseSink<'a> {
    /// An empty sink; a finding that the schema may accept is always described.
    pub fn new(audit: &'a Audit) -> CaseSink<'a> {
        CaseSink { audit, described: Vec::new(), indices: FxHashMap::default(), found: Vec::new() }
    }

    /// Reports a finding in a column of a case; `describe` runs only if the finding may be shown.
    pub fn of_case(&mut self, check: FindingId, at: (&CaseView<'_>, &str), describe: impl FnOnce() -> CellFinding) {
        self.report((check, false), at, describe);
    }

    /// The same for what is the fault of the column, and reported at the first case that shows it.
    pub fn once_of_case(
        &mut self,
        check: FindingId,
        at: (&CaseView<'_>, &str),
        describe: impl FnOnce() -> CellFinding,
    ) {
        self.report((check, true), at, describe);
    }

    fn report(
        &mut self,
        (check, is_once): (FindingId, bool),
        (case, column): (&CaseView<'_>, &str),
        describe: impl FnOnce() -> CellFinding,
    ) {
        let columns = self.indices.entry(check).or_default();
        let known = columns.get(column).and_then(|index| self.described.get_mut(*index));
        if let Some(of) = known {
            if of.described >= KEPT && !self.audit.accepted.iter().any(|one| one.id == Some(check)) {
                of.beyond = of.beyond.saturating_add(1);
                return;
            }
            of.described = of.described.saturating_add(1);
        } else {
            columns.insert(column.to_owned(), self.described.len());
            self.described.push(Described { check, column: column.to_owned(), described: 1, beyond: 0 });
        }
        let found = located(check, describe(), case.case.location(column));
        self.found.push(CaseFinding { is_once, ..found });
    }

    /// Takes out what was found since it was asked last.
    pub fn take_found(&mut self) -> Vec<CaseFinding> {
        std::mem::take(&mut self.found)
    }

    /// The findings that were counted only.
    pub fn into_beyond(self) -> Vec<Described> {
        self.described
    }
}

/// A finding of a check, in the column of a location.
pub fn located(check: FindingId, found: CellFinding, location: SourceLocation) -> CaseFinding {
    let CellFinding { message, severity, value, remedy } = found;
    let column = location.column.clone().unwrap_or_default();
    let location = if column.is_empty() { location.without_column() } else { location };
    let finding = Finding::new(check, message);
    let severity = severity.unwrap_or(finding.severity);
    CaseFinding { check, column, finding: Finding { severity, value, remedy, location, ..finding }, is_once: false }
}
