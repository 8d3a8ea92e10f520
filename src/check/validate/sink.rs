//! Collects the findings of a validation. The schema can change their severity or accept them.

use super::case_sink::{CaseFinding, Described};
use crate::diagnostic::{CaseName, Finding, FindingGroup, FindingId, Findings, KEPT, Severity, SourceLocation, quoted};
use crate::read::Inputs;
use crate::schema::audit::{Acceptance, Audit};
use std::collections::BTreeMap;

/// A finding that the schema accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The finding, with the severity it would have had.
    pub finding: Finding,
    /// The number of cells or cases with this finding.
    pub cells: u64,
    /// The reason given in the schema.
    pub reason: String,
}

/// Counts the findings of a check in a column beyond those stored with their place.
struct Further {
    cells: u64,
    beyond: u64,
    like: Finding,
}

/// Receives all findings of a validation.
pub struct FindingSink<'a> {
    audit: &'a Audit,
    /// Where findings about the whole series are located: the place to write what is missing.
    series_at: SourceLocation,
    findings: Findings,
    /// What a report will have to state.
    to_report: Findings,
    accepted: Vec<Accepted>,
    /// How often each acceptance was used.
    used: Vec<u64>,
    further: BTreeMap<FindingId, BTreeMap<String, Further>>,
}

impl<'a> FindingSink<'a> {
    /// An empty sink, with the severities and acceptances of a schema.
    pub fn new(audit: &'a Audit, inputs: &Inputs) -> FindingSink<'a> {
        let first = || inputs.names().next().map_or_else(SourceLocation::default, SourceLocation::file);
        let in_schema = Some(audit.series_at.clone()).filter(|location| location.file.is_some());
        FindingSink {
            audit,
            series_at: in_schema.unwrap_or_else(first),
            findings: Findings::default(),
            to_report: Findings::default(),
            accepted: Vec::new(),
            used: vec![0; audit.accepted.len()],
            further: BTreeMap::new(),
        }
    }

    /// Adds findings that were made elsewhere.
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
        let like = self.with_severity(first.clone());
        if rest > 0 && group.first.iter().all(|finding| self.acceptance(finding).is_some()) {
            // The cases whose places were not stored may not be the accepted ones.
            let location = SourceLocation { column: like.location.column.clone(), ..SourceLocation::default() };
            let finding = Finding { value: None, ..like.at(location) };
            self.list_of(finding.id).add_many(finding, rest);
        } else {
            self.list_of(like.id).count_cells(&like, rest);
        }
    }

    /// Adds one finding.
    pub fn add(&mut self, finding: Finding) {
        self.add_many(finding, 1);
    }

    fn add_many(&mut self, finding: Finding, cells: u64) {
        let finding = self.with_severity(finding);
        match self.acceptance(&finding) {
            Some(at) => self.accept(at, finding, cells),
            None => self.list_of(finding.id).add_many(finding, cells),
        }
    }

    /// Takes the next finding in a case, in the order of the cases.
    pub fn take_case(&mut self, of: CaseFinding) {
        let CaseFinding { check, column, finding, is_once } = of;
        let may_be_accepted = self.audit.accepted.iter().any(|one| one.id == Some(check));
        let known = self.further.get_mut(&check).and_then(|columns| columns.get_mut(&column));
        match known {
            Some(_) if is_once => return,
            Some(further) if further.cells >= KEPT as u64 && !may_be_accepted => {
                further.beyond = further.beyond.saturating_add(1);
                return;
            }
            Some(further) => further.cells = further.cells.saturating_add(1),
            None => {
                let like = self.with_severity(finding.clone());
                let further = Further { cells: 1, beyond: 0, like };
                self.further.entry(check).or_default().insert(column, further);
            }
        }
        self.add(finding);
    }

    /// Counts the findings that a thread has not described.
    pub fn count_beyond(&mut self, beyond: Vec<Described>) {
        for of in beyond {
            let columns = self.further.get_mut(&of.check);
            if let Some(further) = columns.and_then(|columns| columns.get_mut(&of.column)) {
                further.beyond = further.beyond.saturating_add(of.beyond);
            }
        }
    }

    /// Reports what is missing in the series as a whole.
    pub fn of_series(&mut self, check: FindingId, message: impl Into<String>, remedy: impl Into<String>) {
        let location = self.series_at.clone();
        self.add(Finding::new(check, message).at(location).remedy(remedy));
    }

    /// Where findings of an id go: what a report will have to state is no fault of the records, unless the schema gives
    /// it a severity.
    fn list_of(&mut self, id: FindingId) -> &mut Findings {
        let is_to_report = id.item().is_some_and(|item| item.is_to_report);
        let is_to_report = is_to_report && !self.audit.severities.contains_key(&id);
        if is_to_report { &mut self.to_report } else { &mut self.findings }
    }

    /// The finding with the severity that the schema gives it, or else the checklist.
    fn with_severity(&self, finding: Finding) -> Finding {
        let of_schema = self.audit.severities.get(&finding.id).copied();
        let of_checklist = || finding.id.item().map(|_| finding.id.severity());
        let severity = of_schema.or_else(of_checklist).unwrap_or(finding.severity);
        Finding { severity, ..finding }
    }

    fn acceptance(&self, finding: &Finding) -> Option<usize> {
        self.audit.accepted.iter().position(|one| accepts(one, finding))
    }

    fn accept(&mut self, at: usize, finding: Finding, cells: u64) {
        let Some(acceptance) = self.audit.accepted.get(at) else { return };
        if let Some(used) = self.used.get_mut(at) {
            *used = used.saturating_add(1);
            // Of many accepted findings only the first are listed; the last of these counts the others.
            if *used > KEPT as u64 {
                if let Some(last) = self.accepted.iter_mut().rev().find(|known| known.finding.id == finding.id) {
                    last.cells = last.cells.saturating_add(cells);
                }
                return;
            }
        }
        let finding = self.with_severity(finding);
        self.accepted.push(Accepted { finding, cells, reason: acceptance.reason.clone() });
    }

    /// The findings, what is to be reported, and the accepted findings. `is_filtered`: only some of the cases were
    /// examined.
    pub fn close(mut self, is_filtered: bool) -> (Findings, Findings, Vec<Accepted>) {
        for further in std::mem::take(&mut self.further).into_values().flat_map(BTreeMap::into_values) {
            self.list_of(further.like.id).count_cells(&further.like, further.beyond);
        }
        let unused: Vec<&Acceptance> =
            self.audit.accepted.iter().zip(&self.used).filter(|(_, used)| **used == 0).map(|(one, _)| one).collect();
        // With a filter, an unused acceptance may be meant for a case that was not examined.
        for acceptance in unused.into_iter().filter(|_| !is_filtered) {
            self.add(unused_acceptance(acceptance));
        }
        self.accepted.sort_by(|a, b| order(&a.finding).cmp(&order(&b.finding)));
        (self.findings, self.to_report, self.accepted)
    }
}

fn order(finding: &Finding) -> (Severity, FindingId, u32, u64, &Option<String>) {
    let location = &finding.location;
    (finding.severity, finding.id, location.input, location.row, &location.column)
}

fn accepts(acceptance: &Acceptance, finding: &Finding) -> bool {
    let is_meant = |accepted: Option<&str>, actual: Option<&str>| accepted.is_none() || accepted == actual;
    acceptance.id == Some(finding.id)
        && is_meant(acceptance.case.as_deref(), finding.location.case.as_ref().map(CaseName::as_str))
        && is_meant(acceptance.column.as_deref(), finding.location.column.as_deref())
}

fn accepts_all(acceptance: &Acceptance, finding: &Finding) -> bool {
    acceptance.case.is_none() && accepts(acceptance, finding)
}

fn unused_acceptance(acceptance: &Acceptance) -> Finding {
    let of = |name: &str, what: &Option<String>| {
        what.as_ref().map_or(String::new(), |what| format!(" of {name} {}", quoted(what)))
    };
    let message = format!(
        "this acceptance matches no finding: {}{}{}",
        acceptance.id.map_or("", FindingId::word),
        of("case", &acceptance.case),
        of("column", &acceptance.column)
    );
    let remedy = "remove the acceptance, or correct its case and column";
    Finding::new(FindingId::AcceptanceUnused, message).at(acceptance.at.clone()).remedy(remedy)
}
