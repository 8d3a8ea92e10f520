//! What the treatment lines say: details, reasons of change, responses, weight (C14, C15, C16, C25).

use super::drug_detail::Detail;
use super::item::{Items, State};
use super::ledger::{Ledger, Said};
use super::question::{Question, Share};
use super::seen::{Found, Seen};
use super::{Rule, Severity};
use crate::cohort::case::CaseColumn;
use crate::cohort::lines::{Agent, Line, Said as Stated};
use crate::schema::Role;
use crate::schema::audit::{Audit, Purpose};
use crate::schema::response::Response;

const DRUG_LINE: &str = "drug-line-incomplete";
const REASON: &str = "change-without-reason";
const RESPONSE: &str = "response-not-reported";
const WEIGHT: &str = "weight-not-reported";

/// Words of what is done and not given: no dose is expected.
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

/// The treatment lines of the cases.
pub struct Treatment<'a> {
    lines: Option<CaseColumn<'a>>,
    /// The response of the patient, where there are no lines.
    response: Option<Question<'a>>,
    weight: Option<CaseColumn<'a>>,
    stop_reason: Option<CaseColumn<'a>>,
    scale: Option<&'a str>,
    drug_lines: u64,
    complete_lines: u64,
    all_lines: u64,
    answered_lines: u64,
    changes: u64,
    explained: u64,
    with_reason: Share,
    stopped: Share,
    weighed: Share,
}

impl<'a> Treatment<'a> {
    /// For the columns of a cohort.
    pub fn new(found: &Found<'a>, audit: &'a Audit) -> Treatment<'a> {
        let of_role = found.first(Role::Response).filter(|_| found.lines().is_none());
        let remedy = "add the response of each patient, or the treatment lines with their responses";
        let question = |column| Question::new(RESPONSE, Severity::Error, Some(column), "the response", remedy);
        Treatment {
            lines: found.lines(),
            response: of_role.map(question),
            weight: found.of(Purpose::Weight),
            stop_reason: found.of(Purpose::StopReason),
            scale: audit.series.response_scale.as_deref(),
            drug_lines: 0,
            complete_lines: 0,
            all_lines: 0,
            answered_lines: 0,
            changes: 0,
            explained: 0,
            with_reason: Share::default(),
            stopped: Share::default(),
            weighed: Share::default(),
        }
    }

    fn is_drug(&self, agent: &Agent) -> bool {
        let class = self.lines.and_then(|column| column.variable().classes.get(&agent.name));
        let is_procedure = |text: &str| {
            let text = text.to_lowercase();
            PROCEDURES.iter().any(|word| text.split(|c: char| !c.is_alphanumeric()).any(|part| part == *word))
        };
        !is_procedure(&agent.name) && !class.is_some_and(|class| is_procedure(class))
    }

    fn details(&mut self, case: &Seen<'_>, header: &str, ledger: &mut Ledger<'_>) {
        let mut per_kg = false;
        for (number, line) in (1_u64..).zip(case.lines()) {
            let drugs: Vec<&Agent> = line.agents.iter().filter(|agent| self.is_drug(agent)).collect();
            if drugs.is_empty() {
                continue;
            }
            self.drug_lines = self.drug_lines.saturating_add(1);
            per_kg |= drugs.iter().any(|agent| Detail::of(agent).per_kg);
            let lacks: Vec<String> = drugs
                .iter()
                .map(|agent| (agent, Detail::of(agent).lacks()))
                .filter(|(_, lacks)| !lacks.is_empty())
                .map(|(agent, lacks)| format!("{} of {}", lacks.join(", "), agent.name))
                .collect();
            if lacks.is_empty() {
                self.complete_lines = self.complete_lines.saturating_add(1);
                continue;
            }
            ledger.say(DRUG_LINE, Severity::Warning, (case, header), || {
                let remedy =
                    "state them in brackets behind the agent: pamidronate [30 mg/day IV 3 days]; NR where unknown";
                Said::new(format!("line {number} does not state: {}", lacks.join("; "))).remedy(remedy)
            });
        }
        if per_kg {
            self.ask_weight(case, ledger);
        }
    }

    fn ask_weight(&mut self, case: &Seen<'_>, ledger: &mut Ledger<'_>) {
        let is_weighed = self.weight.is_some_and(|column| case.reports(&column));
        self.weighed.add(is_weighed, case);
        if let Some(column) = self.weight.filter(|_| !is_weighed) {
            let said =
                || Said::new("a dose is by body weight, and the weight is not reported").remedy("add the weight in kg");
            ledger.say(WEIGHT, Severity::Note, (case, &column.variable().header), said);
        }
    }

    fn responses(&mut self, case: &Seen<'_>, header: &str, ledger: &mut Ledger<'_>) {
        let mut silent: Vec<String> = Vec::new();
        for (number, line) in (1_u64..).zip(case.lines()) {
            self.all_lines = self.all_lines.saturating_add(1);
            if line.response() == Response::NotReported {
                silent.push(number.to_string());
            } else {
                self.answered_lines = self.answered_lines.saturating_add(1);
            }
        }
        if !silent.is_empty() {
            ledger.say(RESPONSE, Severity::Error, (case, header), || {
                let message =
                    format!("no response is stated for {} {}", plural("line", silent.len()), silent.join(", "));
                Said::new(message)
                    .remedy(format!("write it behind the line: surgery: improved; one of {}", Response::words()))
            });
        }
    }

    fn reasons(&mut self, case: &Seen<'_>, header: &str, ledger: &mut Ledger<'_>) {
        let lines = case.lines();
        let mut unexplained: Vec<String> = Vec::new();
        let mut explained = 0_u64;
        for (number, line) in (1_u64..).zip(lines.iter().take(lines.len().saturating_sub(1))) {
            if gives_a_reason(line) {
                explained = explained.saturating_add(1);
            } else {
                unexplained.push(number.to_string());
            }
        }
        self.explained = self.explained.saturating_add(explained);
        self.changes = self.changes.saturating_add(explained).saturating_add(unexplained.len() as u64);
        if lines.len() > 1 {
            self.with_reason.add(explained > 0, case);
        }
        if let Some(column) = self.stop_reason {
            self.stopped.add(case.reports(&column), case);
        }
        if !unexplained.is_empty() {
            ledger.say(REASON, Severity::Warning, (case, header), || {
                let lines = plural("line", unexplained.len());
                let message =
                    format!("nothing tells why the treatment changed after {lines} {}", unexplained.join(", "));
                Said::new(message).remedy(
                    "state the response of that line, a relapse, or the reason in parentheses: none (too toxic)",
                )
            });
        }
    }

    fn conclude_lines(&self, ledger: &mut Ledger<'_>, items: &mut Items) {
        let said = format!("complete in {} of {} drug lines", self.complete_lines, self.drug_lines);
        if self.drug_lines == 0 {
            items.add(DRUG_LINE, State::NotApplicable, "no line with a drug");
        } else {
            items.judge(DRUG_LINE, self.complete_lines == self.drug_lines, said);
        }
        if self.changes == 0 {
            items.add(REASON, State::NotApplicable, "no case has a second line");
        } else {
            let stopped = match self.stopped.with {
                0 => String::new(),
                _ => format!("; a reason for stopping {}", self.stopped.said()),
            };
            let said = format!(
                "a reason for {} of {} changes of line, for some change in {} cases with one{stopped}",
                self.explained,
                self.changes,
                self.with_reason.said()
            );
            items.judge(REASON, self.explained == self.changes, said);
        }
        let of_lines = format!("stated for {} of {} lines", self.answered_lines, self.all_lines);
        self.conclude_response(self.answered_lines == self.all_lines, &of_lines, ledger, items);
    }

    /// Responses are judged by a scale with a name.
    fn conclude_response(&self, is_full: bool, said: &str, ledger: &mut Ledger<'_>, items: &mut Items) {
        let scale = match self.scale {
            Some(scale) => format!("by {scale}"),
            None => {
                let remedy = "put into \"calcSeries\" of the schema: \"series\": {\"responseScale\": \"...\"}";
                ledger.of_series(RESPONSE, Severity::Error, "no scale is named by which responses were judged", remedy);
                "in words, by no named scale".to_owned()
            }
        };
        items.judge(RESPONSE, is_full && self.scale.is_some(), format!("{said}, {scale}"));
    }

    fn conclude_weight(&self, ledger: &mut Ledger<'_>, items: &mut Items) {
        if self.weighed.of == 0 {
            items.add(WEIGHT, State::NotApplicable, "no dose by body weight");
            return;
        }
        let said = format!("the weight is reported for {} cases with a dose by body weight", self.weighed.said());
        if self.weight.is_none() {
            ledger.of_series(WEIGHT, Severity::Note, said.clone(), "add a column weight (kg)");
        }
        items.judge(WEIGHT, self.weighed.is_full(), said);
    }
}

fn plural(word: &str, n: usize) -> String {
    if n == 1 { word.to_owned() } else { format!("{word}s") }
}

/// A failure, a relapse or a remark tells why another line followed.
fn gives_a_reason(line: &Line) -> bool {
    let failed = |said: &Stated| {
        matches!(said.response, Some(Response::None | Response::Worsened | Response::Mixed))
            || said.modifiers.relapsed
            || said.modifiers.transient
            || !said.remarks.is_empty()
    };
    failed(&line.target) || line.domains.iter().any(|domain| failed(&domain.said))
}

impl Rule for Treatment<'_> {
    fn look(&mut self, case: &Seen<'_>, ledger: &mut Ledger<'_>) {
        if let Some(question) = &mut self.response {
            question.ask(case, ledger);
        }
        let Some(column) = self.lines else { return };
        let header = column.variable().header.as_str();
        self.details(case, header, ledger);
        self.responses(case, header, ledger);
        self.reasons(case, header, ledger);
    }

    fn conclude(self: Box<Self>, ledger: &mut Ledger<'_>, items: &mut Items) {
        self.conclude_weight(ledger, items);
        if self.lines.is_some() {
            self.conclude_lines(ledger, items);
            return;
        }
        items.add(DRUG_LINE, State::NotApplicable, "no column of treatment lines");
        items.add(REASON, State::NotApplicable, "no column of treatment lines");
        match &self.response {
            Some(question) => {
                let is_full = question.conclude(ledger);
                let said = format!("one response a case {}", question.share.said());
                self.conclude_response(is_full, &said, ledger, items);
            }
            None => items.add(RESPONSE, State::NotApplicable, "no column of treatment lines or responses"),
        }
    }
}
