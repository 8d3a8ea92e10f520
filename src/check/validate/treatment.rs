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
use crate::cohort::case::{CaseCell, CaseColumn};
use crate::cohort::known_cells::{AnswerByCell, AnswerByLine};
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

/// The words of `procedures.toml`.
mod vocabulary {
    use crate::vocabulary::Words;
    include!(concat!(env!("OUT_DIR"), "/procedures.rs"));
}

/// What is asked of one line.
#[derive(Debug)]
struct AskedOfLine {
    /// True for a line with a drug.
    has_drug: bool,
    /// What its drugs do not state; empty where they state everything.
    lacking: String,
    is_per_kg: bool,
    is_answered: bool,
    /// True where it tells why another line followed.
    gives_a_reason: bool,
}

impl AskedOfLine {
    fn of(line: &Line, classes: &BTreeMap<String, String>) -> AskedOfLine {
        let drugs: Vec<&Agent> = line.agents.iter().filter(|agent| is_drug(agent, classes)).collect();
        let details: Vec<(&Agent, DoseDetail)> = drugs.iter().map(|agent| (*agent, DoseDetail::of(agent))).collect();
        let lacks =
            details.iter().map(|(agent, detail)| (agent, detail.lacks())).filter(|(_, parts)| !parts.is_empty());
        let lacking: Vec<String> =
            lacks.map(|(agent, parts)| format!("{} of {}", parts.join(", "), agent.name)).collect();
        AskedOfLine {
            has_drug: !drugs.is_empty(),
            lacking: lacking.join("; "),
            is_per_kg: details.iter().any(|(_, detail)| detail.per_kg),
            is_answered: line.response() != Response::NotReported,
            gives_a_reason: gives_a_reason(line),
        }
    }
}

/// What is asked of the lines of a case, in their order.
#[derive(Debug)]
struct LinesOfCase(Vec<Arc<AskedOfLine>>);

impl LinesOfCase {
    fn count(&self, which: impl Fn(&AskedOfLine) -> bool) -> u64 {
        self.0.iter().filter(|line| which(line)).count() as u64
    }

    /// The lines with their numbers.
    fn numbered(&self) -> impl Iterator<Item = (u64, &AskedOfLine)> {
        (1..).zip(self.0.iter().map(|line| &**line))
    }

    /// The lines that another follows.
    fn followed(&self) -> impl Iterator<Item = (u64, &AskedOfLine)> {
        self.numbered().take(self.0.len().saturating_sub(1))
    }

    /// The numbers of the lines without a response.
    fn unanswered(&self) -> Vec<String> {
        self.numbered().filter(|(_, line)| !line.is_answered).map(|(number, _)| number.to_string()).collect()
    }

    /// The numbers of the lines that another follows without a reason.
    fn unexplained(&self) -> Vec<String> {
        self.followed().filter(|(_, line)| !line.gives_a_reason).map(|(number, _)| number.to_string()).collect()
    }
}

fn is_drug(agent: &Agent, classes: &BTreeMap<String, String>) -> bool {
    let is_procedure = |text: &str| {
        let text = text.to_lowercase();
        text.split(|c: char| !c.is_alphanumeric()).any(|part| vocabulary::PROCEDURES.contains(part))
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
    by_line: AnswerByLine<Arc<AskedOfLine>>,
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
            by_line: AnswerByLine::default(),
        }
    }

    fn details(&mut self, case: &CaseView<'_>, (header, of): (&str, &LinesOfCase), sink: &mut CaseSink<'_>) {
        self.drug_lines = self.drug_lines.saturating_add(of.count(|line| line.has_drug));
        let is_complete = |line: &AskedOfLine| line.has_drug && line.lacking.is_empty();
        self.complete_lines = self.complete_lines.saturating_add(of.count(is_complete));
        for (number, line) in of.numbered().filter(|(_, line)| !line.lacking.is_empty()) {
            sink.of_case(DRUG_LINE, (case, header), || {
                let remedy =
                    "state them in brackets after the agent: pamidronate [30 mg/day IV 3 days]; write NR where unknown";
                CellFinding::new(format!("line {number} does not state: {}", line.lacking)).remedy(remedy)
            });
        }
        if of.count(|line| line.is_per_kg) > 0 {
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
        let (all, answered) = (of.0.len() as u64, of.count(|line| line.is_answered));
        self.all_lines = self.all_lines.saturating_add(all);
        self.answered_lines = self.answered_lines.saturating_add(answered);
        if answered < all {
            sink.of_case(RESPONSE, (case, header), || {
                let unanswered = of.unanswered();
                let (lines, numbers) = (for_number(unanswered.len(), "line", "lines"), unanswered.join(", "));
                CellFinding::new(format!("no response is stated for {lines} {numbers}"))
                    .remedy(format!("write it after the agents, as in surgery: improved; one of {}", Response::words()))
            });
        }
    }

    fn reasons(&mut self, case: &CaseView<'_>, (header, of): (&str, &LinesOfCase), sink: &mut CaseSink<'_>) {
        let changes = of.followed().count() as u64;
        let explained = of.followed().filter(|(_, line)| line.gives_a_reason).count() as u64;
        self.explained = self.explained.saturating_add(explained);
        self.changes = self.changes.saturating_add(changes);
        if changes > 0 {
            self.with_reason.add(explained > 0, case);
        }
        if let Some(column) = self.stop_reason {
            self.stopped.add(case.reports(&column), case);
        }
        if explained < changes {
            sink.of_case(REASON, (case, header), || {
                let unexplained = of.unexplained();
                let (lines, numbers) = (for_number(unexplained.len(), "line", "lines"), unexplained.join(", "));
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
        let classes = &column.variable().classes;
        let asked = |line: &Arc<Line>| self.by_line.of(line, |line| Arc::new(AskedOfLine::of(line, classes)));
        let of_cell = |cell: &CaseCell| Arc::new(LinesOfCase(lines_of(cell).iter().map(asked).collect()));
        let known = self.known.of(lines, of_cell);
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
