//! Treatment lines: prescription details, reasons for changes, responses, weight (C14, C15, C16, C25).

use super::case_share::CaseShare;
use super::case_sink::{CaseSink, CellFinding};
use super::case_view::{CaseView, lines_of};
use super::column_lookup::ColumnLookup;
use super::drug_detail::DoseDetail;
use super::item::{Conclusions, ItemState};
use super::required_column::RequiredColumn;
use super::rule::ValidationRule;
use super::sink::FindingSink;
use crate::cohort::case::CaseColumn;
use crate::cohort::known_cells::AnswerByCell;
use crate::cohort::lines::{Agent, Line, StatedResponse as Stated};
use crate::diagnostic::FindingId;
use crate::schema::Role;
use crate::schema::audit::{Audit, Purpose};
use crate::schema::response::Response;
use crate::words::for_number;
use std::collections::BTreeMap;
use std::sync::Arc;

const DRUG_LINE: FindingId = FindingId::DrugLineIncomplete;
const REASON: FindingId = FindingId::ChangeWithoutReason;
const RESPONSE: FindingId = FindingId::ResponseNotReported;
const WEIGHT: FindingId = FindingId::WeightNotReported;

/// Words for procedures, which have no dose.
const PROCEDURES: [&str; 14] = [
    "surgery",
    "surgical",
    "excision",
    "resection",
    "procedure",
    "laser",
    "lithotripsy",
    "biopsy",
    "drainage",
    "transplantation",
    "radiotherapy",
    "physiotherapy",
    "observation",
    "puncture",
];

/// What is asked of the lines of a case.
#[derive(Debug, Default)]
struct LinesOfCase {
    all: u64,
    drug_lines: u64,
    complete_lines: u64,
    /// What each other drug line does not state.
    lacking: Vec<String>,
    is_per_kg: bool,
    /// The numbers of the lines without a response.
    unanswered: Vec<String>,
    /// The lines that another follows for a reason.
    explained: u64,
    /// The numbers of those that another follows without one.
    unexplained: Vec<String>,
}

impl LinesOfCase {
    fn of(lines: &[Line], classes: &BTreeMap<String, String>) -> LinesOfCase {
        let mut of = LinesOfCase { all: lines.len() as u64, ..LinesOfCase::default() };
        for (number, line) in (1_u64..).zip(lines) {
            of.add_drugs(number, line, classes);
            if line.response() == Response::NotReported {
                of.unanswered.push(number.to_string());
            }
            match (number < of.all, gives_a_reason(line)) {
                (true, true) => of.explained = of.explained.saturating_add(1),
                (true, false) => of.unexplained.push(number.to_string()),
                (false, _) => {}
            }
        }
        of
    }

    fn add_drugs(&mut self, number: u64, line: &Line, classes: &BTreeMap<String, String>) {
        let drugs: Vec<&Agent> = line.agents.iter().filter(|agent| is_drug(agent, classes)).collect();
        if drugs.is_empty() {
            return;
        }
        self.drug_lines = self.drug_lines.saturating_add(1);
        let details = drugs.iter().map(|agent| (agent, DoseDetail::of(agent)));
        let mut lacks: Vec<String> = Vec::new();
        for (agent, detail) in details {
            self.is_per_kg |= detail.per_kg;
            let parts = detail.lacks();
            if !parts.is_empty() {
                lacks.push(format!("{} of {}", parts.join(", "), agent.name));
            }
        }
        if lacks.is_empty() {
            self.complete_lines = self.complete_lines.saturating_add(1);
        } else {
            self.lacking.push(format!("line {number} does not state: {}", lacks.join("; ")));
        }
    }
}

fn is_drug(agent: &Agent, classes: &BTreeMap<String, String>) -> bool {
    let is_procedure = |text: &str| {
        let text = text.to_lowercase();
        PROCEDURES.iter().any(|word| text.split(|c: char| !c.is_alphanumeric()).any(|part| part == *word))
    };
    !is_procedure(&agent.name) && !classes.get(&agent.name).is_some_and(|class| is_procedure(class))
}

/// Examines the treatment lines of the cases.
#[derive(Clone)]
pub struct Treatment<'a> {
    lines: Option<CaseColumn<'a>>,
    /// The response of each patient, in data without treatment lines.
    response: Option<RequiredColumn<'a>>,
    weight: Option<CaseColumn<'a>>,
    stop_reason: Option<CaseColumn<'a>>,
    scale: Option<&'a str>,
    drug_lines: u64,
    complete_lines: u64,
    all_lines: u64,
    answered_lines: u64,
    changes: u64,
    explained: u64,
    with_reason: CaseShare,
    stopped: CaseShare,
    weighed: CaseShare,
    known: AnswerByCell<Arc<LinesOfCase>>,
}

impl<'a> Treatment<'a> {
    /// For the columns of a cohort.
    pub fn new(lookup: &ColumnLookup<'a>, audit: &'a Audit) -> Treatment<'a> {
        let of_role = lookup.first(Role::Response).filter(|_| lookup.lines().is_none());
        let remedy = "add the response of each patient, or the treatment lines with their responses";
        let question = |column| RequiredColumn::new(RESPONSE, Some(column), "the response", remedy);
        Treatment {
            lines: lookup.lines(),
            response: of_role.map(question),
            weight: lookup.of(Purpose::Weight),
            stop_reason: lookup.of(Purpose::StopReason),
            scale: audit.series.response_scale.as_deref(),
            drug_lines: 0,
            complete_lines: 0,
            all_lines: 0,
            answered_lines: 0,
            changes: 0,
            explained: 0,
            with_reason: CaseShare::default(),
            stopped: CaseShare::default(),
            weighed: CaseShare::default(),
            known: AnswerByCell::default(),
        }
    }

    fn details(&mut self, case: &CaseView<'_>, (header, of): (&str, &LinesOfCase), sink: &mut CaseSink<'_>) {
        self.drug_lines = self.drug_lines.saturating_add(of.drug_lines);
        self.complete_lines = self.complete_lines.saturating_add(of.complete_lines);
        for lacking in &of.lacking {
            sink.of_case(DRUG_LINE, (case, header), || {
                let remedy =
                    "state them in brackets after the agent: pamidronate [30 mg/day IV 3 days]; write NR where unknown";
                CellFinding::new(lacking).remedy(remedy)
            });
        }
        if of.is_per_kg {
            self.ask_weight(case, sink);
        }
    }

    fn ask_weight(&mut self, case: &CaseView<'_>, sink: &mut CaseSink<'_>) {
        let is_weighed = self.weight.is_some_and(|column| case.reports(&column));
        self.weighed.add(is_weighed, case);
        if let Some(column) = self.weight.filter(|_| !is_weighed) {
            let finding = || {
                CellFinding::new("the dose is by body weight, but the weight is not reported")
                    .remedy("add the weight in kg")
            };
            sink.of_case(WEIGHT, (case, &column.variable().header), finding);
        }
    }

    fn responses(&mut self, case: &CaseView<'_>, (header, of): (&str, &LinesOfCase), sink: &mut CaseSink<'_>) {
        self.all_lines = self.all_lines.saturating_add(of.all);
        self.answered_lines = self.answered_lines.saturating_add(of.all.saturating_sub(of.unanswered.len() as u64));
        if !of.unanswered.is_empty() {
            sink.of_case(RESPONSE, (case, header), || {
                let (lines, numbers) = (for_number(of.unanswered.len(), "line", "lines"), of.unanswered.join(", "));
                CellFinding::new(format!("no response is stated for {lines} {numbers}"))
                    .remedy(format!("write it after the agents, as in surgery: improved; one of {}", Response::words()))
            });
        }
    }

    fn reasons(&mut self, case: &CaseView<'_>, (header, of): (&str, &LinesOfCase), sink: &mut CaseSink<'_>) {
        self.explained = self.explained.saturating_add(of.explained);
        self.changes = self.changes.saturating_add(of.explained).saturating_add(of.unexplained.len() as u64);
        if of.all > 1 {
            self.with_reason.add(of.explained > 0, case);
        }
        if let Some(column) = self.stop_reason {
            self.stopped.add(case.reports(&column), case);
        }
        if !of.unexplained.is_empty() {
            sink.of_case(REASON, (case, header), || {
                let lines = for_number(of.unexplained.len(), "line", "lines");
                let numbers = of.unexplained.join(", ");
                let message = format!("no reason is stated for the change of treatment after {lines} {numbers}");
                CellFinding::new(message).remedy(
                    "state the response of that line, a relapse, or the reason in parentheses: none (too toxic)",
                )
            });
        }
    }

    fn conclude_lines(&self, sink: &mut FindingSink<'_>, conclusions: &mut Conclusions) {
        let found = format!("complete in {} of {} drug lines", self.complete_lines, self.drug_lines);
        if self.drug_lines == 0 {
            conclusions.add(DRUG_LINE, ItemState::NotApplicable, "no line with a drug");
        } else {
            conclusions.judge(DRUG_LINE, self.complete_lines == self.drug_lines, found);
        }
        if self.changes == 0 {
            conclusions.add(REASON, ItemState::NotApplicable, "no case has a second line");
        } else {
            let stopped = match self.stopped.with {
                0 => String::new(),
                _ => format!("; a reason for stopping {}", self.stopped.words()),
            };
            let found = format!(
                "a reason for {} of {} changes of line; for some change in {} cases with a change{stopped}",
                self.explained,
                self.changes,
                self.with_reason.words()
            );
            conclusions.judge(REASON, self.explained == self.changes, found);
        }
        let of_lines = format!("stated for {} of {} lines", self.answered_lines, self.all_lines);
        self.conclude_response(self.answered_lines == self.all_lines, &of_lines, sink, conclusions);
    }

    /// A response should be judged on a named scale.
    fn conclude_response(&self, is_full: bool, found: &str, sink: &mut FindingSink<'_>, conclusions: &mut Conclusions) {
        let scale = match self.scale {
            Some(scale) => format!("on {scale}"),
            None => {
                let remedy = "put into \"calcSeries\" of the schema: \"series\": {\"responseScale\": \"...\"}";
                sink.of_series(RESPONSE, "the scale used to judge responses is not named", remedy);
                "in words, on no named scale".to_owned()
            }
        };
        conclusions.judge(RESPONSE, is_full && self.scale.is_some(), format!("{found}, {scale}"));
    }

    fn conclude_weight(&self, sink: &mut FindingSink<'_>, conclusions: &mut Conclusions) {
        if self.weighed.of == 0 {
            conclusions.add(WEIGHT, ItemState::NotApplicable, "no dose by body weight");
            return;
        }
        let found = format!("the weight is reported for {} cases with a dose by body weight", self.weighed.words());
        if self.weight.is_none() {
            sink.of_series(WEIGHT, found.clone(), "add a column weight (kg)");
        }
        conclusions.judge(WEIGHT, self.weighed.is_full(), found);
    }
}

/// A failure, a relapse or a remark explains why another line followed.
fn gives_a_reason(line: &Line) -> bool {
    let failed = |said: &Stated| {
        matches!(said.response, Some(Response::None | Response::Worsened | Response::Mixed))
            || said.modifiers.relapsed
            || said.modifiers.transient
            || !said.remarks.is_empty()
    };
    failed(&line.target) || line.domains.iter().any(|domain| failed(&domain.said))
}

impl ValidationRule for Treatment<'_> {
    fn look(&mut self, case: &CaseView<'_>, sink: &mut CaseSink<'_>) {
        if let Some(question) = &mut self.response {
            question.look(case, sink);
        }
        let Some(column) = self.lines else { return };
        let Some(lines) = case.lines_cell() else { return };
        let known = self.known.of(lines, |cell| Arc::new(LinesOfCase::of(lines_of(cell), &column.variable().classes)));
        let of = (column.variable().header.as_str(), &*known);
        self.details(case, of, sink);
        self.responses(case, of, sink);
        self.reasons(case, of, sink);
    }

    fn absorb(&mut self, other: Self) {
        if let (Some(ours), Some(theirs)) = (&mut self.response, other.response) {
            ours.absorb(theirs);
        }
        self.drug_lines = self.drug_lines.saturating_add(other.drug_lines);
        self.complete_lines = self.complete_lines.saturating_add(other.complete_lines);
        self.all_lines = self.all_lines.saturating_add(other.all_lines);
        self.answered_lines = self.answered_lines.saturating_add(other.answered_lines);
        self.changes = self.changes.saturating_add(other.changes);
        self.explained = self.explained.saturating_add(other.explained);
        self.with_reason.absorb(other.with_reason);
        self.stopped.absorb(other.stopped);
        self.weighed.absorb(other.weighed);
    }

    fn conclude(self, sink: &mut FindingSink<'_>, conclusions: &mut Conclusions) {
        self.conclude_weight(sink, conclusions);
        if self.lines.is_some() {
            self.conclude_lines(sink, conclusions);
            return;
        }
        conclusions.add(DRUG_LINE, ItemState::NotApplicable, "no column of treatment lines");
        conclusions.add(REASON, ItemState::NotApplicable, "no column of treatment lines");
        match &self.response {
            Some(question) => {
                let is_full = question.conclude(sink);
                let found = format!("one response per case {}", question.share.words());
                self.conclude_response(is_full, &found, sink, conclusions);
            }
            None => conclusions.add(RESPONSE, ItemState::NotApplicable, "no column of treatment lines or responses"),
        }
    }
}
