//! Treatment lines as they are written in one cell.
//!
//! ```text
//! colchicine: none, pain=improved; prednisone + "a; b" [2 mg/kg]: partial (unconfirmed); surgery: (relapsed)
//! `--------'  `--'  `-----------'  `--------'   `---'  `-----'    `-----' `---------'
//!   agent   response   domain         agent     agent   detail    response  modifier
//! ```
//! Quotes, brackets and parentheses protect every separator inside them. An unknown response is kept
//! as written; only a line that cannot be split into its parts is a fault.

mod around;
mod days;
mod detail;
mod dosed;
mod grammar;
mod render;
#[cfg(test)]
mod tests;

pub use around::words_around;
pub use days::{GivenDays, GivenFor, days_of_lines};
pub use detail::{route, route_words};
pub use dosed::{Dosed, are_words_of_a_dose};
pub use grammar::segments;
pub use render::quoted as quoted_agent;

use crate::schema::response::in_agent::{InAgent, UnclearAgent, doubt_that_it_was_given, in_agent};
use crate::schema::response::not_given::is_certainly_not_given;
use crate::schema::response::understand::{Ambiguity, ResponseContext, Understanding, names_no_treatment, understand};
use crate::schema::response::{Code, Modifiers, Response};
use grammar::{fields, without_brackets, without_parentheses};

/// One agent of a line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Agent {
    /// As written, trimmed.
    pub name: String,
    /// The text in brackets after it: dose, route, duration.
    pub detail: Option<String>,
}

/// The response of a line in one domain, as written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct StatedResponse {
    /// The response; `None` if it is not stated, or not a known word.
    pub response: Option<Response>,
    /// The word that was read as a synonym of the response.
    pub synonym: Option<String>,
    /// A response that is not a known word, as written.
    pub unreadable: Option<String>,
    /// The modifiers in parentheses.
    pub modifiers: Modifiers,
    /// Words in parentheses that are not modifiers.
    pub remarks: Vec<String>,
}

/// The response of a line in a further domain.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DomainResponse {
    /// Its name, trimmed.
    pub name: String,
    /// The response in this domain.
    pub said: StatedResponse,
}

/// One treatment line: agents given together, and the response.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Line {
    /// The agents, each once, in the order of the cell; at least one.
    pub agents: Vec<Agent>,
    /// The response in the target domain.
    pub target: StatedResponse,
    /// Further domains, each once.
    pub domains: Vec<DomainResponse>,
    /// Why an agent is perhaps none, or not only one; its line may have any response.
    pub unclear: Option<UnclearAgent>,
}

impl Line {
    /// A line of agents of which nothing is said.
    pub fn of(agents: Vec<Agent>) -> Line {
        Line { agents, target: StatedResponse::default(), domains: Vec::new(), unclear: None }
    }

    /// The response in the target domain: not reported if it is not stated or not readable.
    pub fn response(&self) -> Response {
        self.target.response.unwrap_or(Response::NotReported)
    }

    /// True for a response that is neither `unconfirmed` nor `transient`.
    pub fn is_confirmed_responder(&self) -> bool {
        self.response().is_responder() && self.target.modifiers.leave_confirmed()
    }

    /// True if agents were combined.
    pub fn is_combination(&self) -> bool {
        self.agents.len() > 1
    }
}

/// Why a line cannot be split into its parts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum LineFault {
    /// A quote is opened and not closed.
    UnclosedQuote,
    /// A bracket or parenthesis without its partner.
    Unbalanced(char),
    /// No agent between two separators.
    EmptyAgent,
    /// Text between the end of an agent and the next separator.
    TextAfterAgent(String),
    /// A part after the response that is not a `domain=response` pair.
    NotADomain(String),
    /// A domain stated twice in one line, including the target.
    RepeatedDomain(String),
}

impl LineFault {
    /// The message of the finding.
    pub fn message(&self) -> String {
        match self {
            LineFault::UnclosedQuote => "unclosed double quote in a treatment line".to_owned(),
            LineFault::Unbalanced(mark) => format!("unbalanced '{mark}' in a treatment line"),
            LineFault::EmptyAgent => "treatment line without an agent".to_owned(),
            LineFault::TextAfterAgent(text) => format!("'{text}' follows an agent without a separator"),
            LineFault::NotADomain(text) => format!("'{text}' after a response is not a domain=response pair"),
            LineFault::RepeatedDomain(name) => format!("two responses for '{name}' in one line"),
        }
    }

    /// What to do about it.
    pub fn remedy(&self) -> &'static str {
        match self {
            LineFault::UnclosedQuote => "close the quote; write \"\" for a quote inside a name",
            LineFault::Unbalanced(_) => "close it, or put the agent in double quotes",
            LineFault::EmptyAgent => "name the agent, or remove the separator",
            LineFault::TextAfterAgent(_) => "join agents with +, and write the response after a colon",
            LineFault::NotADomain(_) => "write further responses as domain=response, and remarks in parentheses",
            LineFault::RepeatedDomain(_) => "keep one of them",
        }
    }
}

/// Reads a whole cell; `none` or `observation` alone is a patient without treatment, who has no lines.
///
/// The response in `target_domain` is the response of the line, wherever it is written:
/// `a: calcinosis=none` is `a: none` where the target is `calcinosis`.
#[cfg(test)]
pub fn parse_lines(text: &str, delimiter: char, target_domain: Option<&str>) -> Result<Vec<Line>, LineFault> {
    if is_untreated(text) {
        return Ok(Vec::new());
    }
    segments(text, delimiter).map(|segment| parse_line(segment, target_domain)).collect()
}

/// The part of a line that names its agents.
pub fn agents_of(line: &str) -> &str {
    fields(line, ':', 2).next().unwrap_or_default()
}

/// The agents of a list of lines as they are written, without what is protected by quotes or brackets.
pub fn agent_names<'t>(list: &'t str, delimiters: &[char]) -> Vec<&'t str> {
    let mut lines = vec![list];
    for (at, delimiter) in delimiters.iter().enumerate() {
        // The first cut also leaves out words of order.
        if at > 0 && !list.contains(*delimiter) {
            continue;
        }
        lines = lines.into_iter().flat_map(|line| segments(line, *delimiter)).collect();
    }
    let agents = lines.into_iter().flat_map(|line| fields(agents_of(line), '+', usize::MAX));
    agents.map(str::trim).filter(|agent| !agent.is_empty()).collect()
}

/// True for a cell of a patient without treatment.
pub fn is_untreated(text: &str) -> bool {
    names_no_treatment(text)
}

/// True for a line of which no agent was ever given, and nothing is said of a response: `planned: MTX`, `refused MTX`.
pub fn is_not_given(line: &str) -> bool {
    let agents = agents_of(line);
    is_certainly_not_given(agents, line.get(agents.len()..).unwrap_or_default())
}

/// Stands between a line and the next part of its cell, of which nobody knows whether it is the response.
pub const PERHAPS: char = '\u{1C}';

/// Reads one line, as [`segments`] cuts it.
pub fn parse_line(segment: &str, target_domain: Option<&str>) -> Result<Line, LineFault> {
    if let Some((line, perhaps)) = segment.split_once(PERHAPS) {
        let line = parse_line(line, target_domain)?;
        let target = StatedResponse { unreadable: Some(format!("{perhaps}?")), ..line.target };
        return Ok(Line { target, unclear: Some(UnclearAgent::Beside), ..line });
    }
    grammar::check_balance(segment)?;
    let mut halves = fields(segment, ':', 2);
    let mut line = Line::of(parse_agents(halves.next().unwrap_or_default())?);
    let Some(responses) = halves.next() else { return Ok(line) };
    for (position, part) in fields(responses, ',', usize::MAX).enumerate() {
        let mut sides = fields(part, '=', 2);
        let (first, value) = (sides.next().unwrap_or_default(), sides.next());
        match value {
            Some(value) => add_domain(&mut line, first.trim(), said(value), target_domain)?,
            None if position == 0 => line.target = said(first),
            None => return whole_sentence(line, responses).ok_or(LineFault::NotADomain(part.trim().to_owned())),
        }
    }
    Ok(line)
}

/// The line with all of its text as the response, where that is understood: `PR, died 2 y later`.
fn whole_sentence(line: Line, responses: &str) -> Option<Line> {
    let target = said(responses);
    (target.unreadable.is_none() && line.domains.is_empty()).then_some(Line { target, ..line })
}

fn add_domain(line: &mut Line, name: &str, said: StatedResponse, target: Option<&str>) -> Result<(), LineFault> {
    if name.is_empty() {
        return Err(LineFault::NotADomain("=".to_owned()));
    }
    if target == Some(name) {
        if line.target != StatedResponse::default() {
            return Err(LineFault::RepeatedDomain(name.to_owned()));
        }
        line.target = said;
        return Ok(());
    }
    if line.domains.iter().any(|domain| domain.name == name) {
        return Err(LineFault::RepeatedDomain(name.to_owned()));
    }
    line.domains.push(DomainResponse { name: name.to_owned(), said });
    Ok(())
}

/// Reads a response in the text of the last agent, where the line states none. An agent that `is_known`, or is in quotes,
/// is a name; what is unclear is noted.
pub fn with_response_in_agent(line: Line, segment: &str, is_known: impl Fn(&str) -> bool) -> Line {
    let mut line = line;
    if agents_of(segment).contains('"') {
        return line;
    }
    if line.target != StatedResponse::default() {
        // Behind a colon `no steroids` and `MTX planned` are no more given than alone.
        let names = line.agents.iter().map(|agent| agent.name.as_str()).filter(|name| !is_known(name));
        if let Some(why) = names.filter_map(doubt_that_it_was_given).next() {
            let written = segment.get(agents_of(segment).len()..).unwrap_or_default();
            let open = format!("{}?", written.trim_start_matches([':', ' ']));
            line.target = StatedResponse { unreadable: Some(open), ..StatedResponse::default() };
            line.unclear = Some(why);
        }
        return line;
    }
    let last = line.agents.len().saturating_sub(1);
    for (at, agent) in line.agents.iter_mut().enumerate().filter(|(_, agent)| !is_known(&agent.name)) {
        let in_detail = agent.detail.as_deref().and_then(in_agent);
        match in_agent(&agent.name) {
            Some(InAgent::Response { name, response }) if at == last => {
                line.target = said(response);
                line.unclear = line.unclear.or_else(|| doubt_that_it_was_given(name));
                agent.name = name.to_owned();
            }
            Some(InAgent::Response { .. }) => line.unclear = Some(UnclearAgent::Response),
            Some(InAgent::Unclear(why)) => line.unclear = Some(why),
            None => match in_detail {
                Some(InAgent::Response { .. } | InAgent::Unclear(UnclearAgent::Response)) => {
                    line.unclear = Some(UnclearAgent::Response);
                }
                Some(InAgent::Unclear(_)) | None => {}
            },
        }
    }
    line
}

/// Reads agents joined by `+`; one named twice is kept once, with the first detail given.
fn parse_agents(text: &str) -> Result<Vec<Agent>, LineFault> {
    let mut agents: Vec<Agent> = Vec::new();
    for part in fields(text, '+', usize::MAX) {
        let agent = parse_agent(part.trim())?;
        match agents.iter_mut().find(|known| known.name == agent.name) {
            Some(known) => known.detail = known.detail.take().or(agent.detail),
            None => agents.push(agent),
        }
    }
    Ok(agents)
}

fn parse_agent(text: &str) -> Result<Agent, LineFault> {
    let (name, detail) = without_brackets(text)?;
    let name = grammar::unquoted(name)?;
    if name.is_empty() {
        return Err(LineFault::EmptyAgent);
    }
    Ok(Agent { name, detail: detail.map(str::trim).filter(|d| !d.is_empty()).map(str::to_owned) })
}

/// Reads `partial (unconfirmed, after 2 months)`.
fn said(text: &str) -> StatedResponse {
    let (word, remarks) = without_parentheses(text.trim());
    let mut said = StatedResponse::default();
    for remark in remarks.split(',').map(str::trim).filter(|remark| !remark.is_empty()) {
        if !said.modifiers.set(remark) {
            said.remarks.push(remark.to_owned());
        }
    }
    match understand(word, ResponseContext::TreatmentLine) {
        _ if word.is_empty() => {}
        Understanding::Understood(told) => {
            said.modifiers = said.modifiers.and(told.modifiers);
            said.response = told.response;
            let is_synonym = told.response.is_some_and(|response| response.word() != word);
            said.synonym = is_synonym.then(|| word.to_owned());
            // A relapse is an event: it does not tell the response before it. A state, or an event that was not, leaves
            // the response open.
            let is_open = told.response.is_none() && (told.status.is_some() || !told.events.relapse);
            said.unreadable = is_open.then(|| word.to_owned());
        }
        Understanding::Ambiguous(Ambiguity::Code(Code::Nr)) => {
            said.response = Some(Response::NotReported);
            said.synonym = Some(word.to_owned());
        }
        Understanding::Ambiguous(_) | Understanding::NotUnderstood => said.unreadable = Some(word.to_owned()),
    }
    said
}
