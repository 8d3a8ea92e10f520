//! Where findings are entered: with the severity that the schema gives them, or apart where it accepts them.

use super::item::severity_of;
use super::seen::Seen;
use crate::diagnostic::{Finding, FindingGroup, Findings, KEPT, Severity, SourceLocation, canonical, quoted};
use crate::read::Inputs;
use crate::schema::audit::{Acceptance, Audit};
use std::collections::BTreeMap;

/// A finding that the schema accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The finding, with the severity it would have.
    pub finding: Finding,
    /// How many cells or cases it stands for.
    pub cells: u64,
    /// Why it may stand.
    pub reason: String,
}

/// What is said of one case.
pub struct Said {
    message: String,
    value: Option<String>,
    remedy: Option<String>,
}

impl Said {
    /// One short sentence.
    pub fn new(message: impl Into<String>) -> Said {
        Said { message: message.into(), value: None, remedy: None }
    }

    /// The same with the value as it stands in the file.
    pub fn value(mut self, value: impl Into<String>) -> Said {
        self.value = Some(value.into()).filter(|value: &String| !value.is_empty());
        self
    }

    /// The same with what to do about it.
    pub fn remedy(mut self, remedy: impl Into<String>) -> Said {
        self.remedy = Some(remedy.into());
        self
    }
}

/// How often something was said of a column beyond the places that are kept.
struct Further {
    cells: u64,
    beyond: u64,
    like: Finding,
}

/// All findings of a validation.
pub struct Ledger<'a> {
    audit: &'a Audit,
    /// Where what is missing of the series is to be written.
    series_at: SourceLocation,
    findings: Findings,
    accepted: Vec<Accepted>,
    /// How often each acceptance was used.
    used: Vec<u64>,
    further: BTreeMap<&'static str, BTreeMap<String, Further>>,
}

impl<'a> Ledger<'a> {
    /// An empty ledger under the rules of a schema.
    pub fn new(audit: &'a Audit, inputs: &Inputs) -> Ledger<'a> {
        let first = || inputs.names().next().map_or_else(SourceLocation::default, SourceLocation::file);
        let in_schema = Some(audit.series_at.clone()).filter(|location| location.file.is_some());
        Ledger {
            audit,
            series_at: in_schema.unwrap_or_else(first),
            findings: Findings::default(),
            accepted: Vec::new(),
            used: vec![0; audit.accepted.len()],
            further: BTreeMap::new(),
        }
    }

    /// Enters findings that were made elsewhere.
    pub fn take(&mut self, findings: &Findings) {
        findings.groups().for_each(|group| self.take_group(group));
    }

    fn take_group(&mut self, group: &FindingGroup) {
        let Some(first) = group.first.first() else { return };
        if let Some(at) = self.audit.accepted.iter().position(|one| accepts_all(one, first)) {
            self.accept(at, first.clone(), group.total);
            return;
        }
        group.first.iter().for_each(|finding| self.add(finding.clone()));
        let rest = group.total.saturating_sub(group.first.len() as u64);
        let like = self.judged(first.clone());
        if rest > 0 && group.first.iter().all(|finding| self.acceptance(finding).is_some()) {
            // The cases whose places were not kept may not be those that are accepted.
            let location = SourceLocation { column: like.location.column.clone(), ..SourceLocation::default() };
            self.findings.add_many(Finding { value: None, ..like.at(location) }, rest);
        } else {
            self.findings.count_cells(&like, rest);
        }
    }

    /// Enters one finding.
    pub fn add(&mut self, finding: Finding) {
        self.add_many(finding, 1);
    }

    fn add_many(&mut self, finding: Finding, cells: u64) {
        let finding = self.judged(finding);
        match self.acceptance(&finding) {
            Some(at) => self.accept(at, finding, cells),
            None => self.findings.add_many(finding, cells),
        }
    }

    /// Says something of a case in a column; the sentence is made only where its place is kept.
    pub fn say(
        &mut self,
        id: &'static str,
        severity: Severity,
        (case, column): (&Seen<'_>, &str),
        said: impl FnOnce() -> Said,
    ) {
        let may_be_accepted = self.audit.accepted.iter().any(|one| one.id == id);
        let known = self.further.get_mut(id).and_then(|columns| columns.get_mut(column));
        if let Some(further) = known.filter(|further| further.cells >= KEPT as u64 && !may_be_accepted) {
            further.beyond = further.beyond.saturating_add(1);
            return;
        }
        let Said { message, value, remedy } = said();
        let location = case.case.location(column);
        let location = if column.is_empty() { location.without_column() } else { location };
        let finding = Finding { value, remedy, ..Finding::new(id, severity, message) };
        let finding = self.judged(finding.at(location));
        let columns = self.further.entry(id).or_default();
        let further =
            columns.entry(column.to_owned()).or_insert_with(|| Further { cells: 0, beyond: 0, like: finding.clone() });
        further.cells = further.cells.saturating_add(1);
        self.add(finding);
    }

    /// Says what is missing of the series as a whole.
    pub fn of_series(
        &mut self,
        id: &'static str,
        severity: Severity,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        let location = self.series_at.clone();
        self.add(Finding::new(id, severity, message).at(location).remedy(remedy));
    }

    /// The finding with the severity that the schema, or else the checklist, gives it.
    fn judged(&self, finding: Finding) -> Finding {
        let given = self.audit.severities.get(finding.id).copied();
        let severity = given.or_else(|| severity_of(finding.id)).unwrap_or(finding.severity);
        Finding { severity, ..finding }
    }

    fn acceptance(&self, finding: &Finding) -> Option<usize> {
        self.audit.accepted.iter().position(|one| accepts(one, finding))
    }

    fn accept(&mut self, at: usize, finding: Finding, cells: u64) {
        let Some(acceptance) = self.audit.accepted.get(at) else { return };
        if let Some(used) = self.used.get_mut(at) {
            *used = used.saturating_add(1);
            // A whole series of findings is shown by the first of them.
            if *used > KEPT as u64 {
                if let Some(last) = self.accepted.iter_mut().rev().find(|known| known.finding.id == finding.id) {
                    last.cells = last.cells.saturating_add(cells);
                }
                return;
            }
        }
        let finding = self.judged(finding);
        self.accepted.push(Accepted { finding, cells, reason: acceptance.reason.clone() });
    }

    /// The findings of all cases, or of those of a filter, and those that are accepted.
    pub fn close(mut self, is_filtered: bool) -> (Findings, Vec<Accepted>) {
        for further in std::mem::take(&mut self.further).into_values().flat_map(BTreeMap::into_values) {
            self.findings.count_cells(&further.like, further.beyond);
        }
        let unused: Vec<&Acceptance> =
            self.audit.accepted.iter().zip(&self.used).filter(|(_, used)| **used == 0).map(|(one, _)| one).collect();
        // Of some of the cases only, an acceptance may be meant for another one.
        for acceptance in unused.into_iter().filter(|_| !is_filtered) {
            self.add(unused_acceptance(acceptance));
        }
        self.accepted.sort_by(|a, b| order(&a.finding).cmp(&order(&b.finding)));
        (self.findings, self.accepted)
    }
}

fn order(finding: &Finding) -> (Severity, &str, u32, u64, &Option<String>) {
    let location = &finding.location;
    (finding.severity, finding.id, location.input, location.row, &location.column)
}

fn accepts(acceptance: &Acceptance, finding: &Finding) -> bool {
    let is_meant =
        |wanted: &Option<String>, found: &Option<String>| wanted.is_none() || wanted.as_deref() == found.as_deref();
    acceptance.id == finding.id
        && is_meant(&acceptance.case, &finding.location.case)
        && is_meant(&acceptance.column, &finding.location.column)
}

fn accepts_all(acceptance: &Acceptance, finding: &Finding) -> bool {
    acceptance.case.is_none() && accepts(acceptance, finding)
}

fn unused_acceptance(acceptance: &Acceptance) -> Finding {
    let of = |name: &str, what: &Option<String>| {
        what.as_ref().map_or(String::new(), |what| format!(" of {name} {}", quoted(what)))
    };
    let message = format!(
        "no finding {}{}{} is left to accept",
        acceptance.id,
        of("case", &acceptance.case),
        of("column", &acceptance.column)
    );
    let is_known = canonical(&acceptance.id).is_some();
    let remedy = if is_known { "remove the acceptance, or correct its case and column" } else { "correct the id" };
    Finding::new("acceptance-unused", Severity::Warning, message).at(acceptance.at.clone()).remedy(remedy)
}
