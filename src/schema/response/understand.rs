//! What a whole cell says of a response: `partial response then relapse`, `PR, died 2 y later`, `not improved`.
//!
//! A text is cut into clauses, and every clause must be understood: a word that is not understood
//! leaves the whole text not understood, so that nothing is guessed from the rest of a sentence.

mod clause;

use super::{ANYWHERE, RESPONSE_COLUMN, UNCONFIRMED, UNTREATED, sentences};
use super::{Code, Event, Meaning, Modifiers, Response, Status, plain};
use crate::schema::missing_words::{certainly_missing, is_ditto};
use clause::{clauses, without_time};

/// Most letters of a code, such as `DOD`.
const LONGEST_CODE: usize = 3;

/// Where a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResponseContext {
    /// In a column of responses: `good`, `fair` and `poor` grade them.
    ResponseColumn,
    /// In a column of outcomes or states: a death is an event there.
    OutcomeColumn,
    /// In the slot of a response behind the agents of a treatment line.
    TreatmentLine,
}

/// Events beside a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Events {
    /// A relapse or recurrence.
    pub relapse: bool,
    /// A death, of the disease or without a cause.
    pub death: bool,
    /// A death of another cause.
    pub death_of_another_cause: bool,
}

/// What a text says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Said {
    /// The response; `None` where only events or a state are stated.
    pub response: Option<Response>,
    /// What happened beside it.
    pub events: Events,
    /// What is said not to have happened: `no recurrence`.
    pub denied: Events,
    /// The state of the patient.
    pub status: Option<Status>,
    /// `unconfirmed`, `transient`, and a relapse.
    pub modifiers: Modifiers,
}

/// Why a text has more than one meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ambiguity {
    /// A code that depends on the other cells of its column.
    Code(Code),
    /// Two different responses: `stable, later progression`.
    Responses(Response, Response),
    /// Two different states: `NED, alive with disease`.
    States(Status, Status),
}

/// How far a text is understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Understanding {
    /// All of it.
    Understood(Said),
    /// Its words are known, its meaning is not.
    Ambiguous(Ambiguity),
    /// A word is not known; never the same as not evaluable.
    NotUnderstood,
}

/// What a text says of a response, in its context.
///
/// A negation is read first (`no remission` is none; that something is not complete tells nothing
/// of the response). A death is a response only where it stands alone in a slot of responses. No
/// word for an empty text or a missing token: the response is not reported.
pub fn understand(text: &str, context: ResponseContext) -> Understanding {
    if is_ditto(text) {
        return Understanding::NotUnderstood;
    }
    let whole = plain(text);
    let code = ANYWHERE.get(&whole).filter(|meaning| matches!(meaning, Meaning::Code(_)));
    if code.is_none() && certainly_missing(text).is_some() && meaning_of(&whole, context).is_none() {
        let said = Said { response: Some(Response::NotReported), ..Said::default() };
        return Understanding::Understood(said);
    }
    if meaning_of(&whole, context).is_none() && names_no_treatment(text) {
        return Understanding::NotUnderstood;
    }
    let read = one_clause(&whole, context).map(|clause| vec![clause]);
    let read = read.or_else(|| read_clauses(text, context));
    let Some(read) = read.filter(|clauses| clauses.iter().any(|clause| *clause != Clause::Time)) else {
        return beside_a_death(text, context).map_or(Understanding::NotUnderstood, Understanding::Understood);
    };
    match together(&read) {
        Ok(said) => Understanding::Understood(settled(said, context)),
        Err(ambiguity) => Understanding::Ambiguous(ambiguity),
    }
}

/// What a text says of a response beside a death with its cause: `CR, died of sepsis`. A stated response does not
/// depend on the cause.
fn beside_a_death(text: &str, context: ResponseContext) -> Option<Said> {
    if context == ResponseContext::OutcomeColumn {
        return None;
    }
    let said = together(&read_clauses(text, ResponseContext::OutcomeColumn)?).ok()?;
    said.response.is_some_and(Response::is_evaluable).then_some(said)
}

/// True where the words of a column hold a code of a response: CR, PR, SD or PD.
pub fn holds_response_codes<'a>(mut levels: impl Iterator<Item = &'a str>) -> bool {
    levels.any(|level| ["cr", "pr", "sd", "pd"].contains(&plain(level).as_str()))
}

/// The same with the codes of other scales and languages: VGPR, CMR, RC.
pub fn holds_rated_codes<'a>(mut levels: impl Iterator<Item = &'a str>) -> bool {
    levels.any(|level| sentences::RATED_CODES.contains(&plain(level)))
}

/// True where some word of a column is a response that can be judged, or may be one; `NR` alone does not tell.
pub fn may_hold_a_response<'a>(mut levels: impl Iterator<Item = &'a str>) -> bool {
    levels.any(|level| match understand(level, ResponseContext::ResponseColumn) {
        Understanding::Understood(said) => said.response.is_none_or(Response::is_evaluable),
        Understanding::Ambiguous(Ambiguity::Code(Code::Nr)) => false,
        Understanding::Ambiguous(_) | Understanding::NotUnderstood => true,
    })
}

/// True where the words of a column are responses: each is understood, and one at least can be judged.
pub fn are_responses<'a>(levels: impl Iterator<Item = &'a str>) -> bool {
    let mut is_any_judged = false;
    for level in levels {
        match understand(level, ResponseContext::TreatmentLine) {
            Understanding::Understood(Said { response: Some(response), .. }) => {
                is_any_judged |= response.is_evaluable();
            }
            Understanding::Understood(Said { events: Events { relapse: true, .. }, .. })
            | Understanding::Ambiguous(Ambiguity::Code(_)) => {}
            Understanding::Understood(_) | Understanding::Ambiguous(_) | Understanding::NotUnderstood => return false,
        }
    }
    is_any_judged
}

/// True for an outcome that tells how a treatment worked: `improved`, `partial response`; not `alive`, nor `died`.
pub fn tells_a_response(text: &str) -> bool {
    match understand(text, ResponseContext::OutcomeColumn) {
        Understanding::Understood(Said { response: Some(response), .. }) => {
            response.is_evaluable() && response != Response::Died
        }
        Understanding::Understood(_) | Understanding::Ambiguous(_) | Understanding::NotUnderstood => false,
    }
}

/// True for `NR`: no response beside codes of responses, else not reported.
pub fn is_nr(text: &str) -> bool {
    understand(text, ResponseContext::ResponseColumn) == Understanding::Ambiguous(Ambiguity::Code(Code::Nr))
}

/// True for the words of a patient who was not treated: `observation`, `no treatment`, `none (refused)`; they are no
/// agents.
pub fn names_no_treatment(text: &str) -> bool {
    let before_remark = || text.trim().strip_suffix(')').and_then(|text| text.split_once('('));
    UNTREATED.contains(&plain(text)) || before_remark().is_some_and(|(word, _)| UNTREATED.contains(&plain(word)))
}

/// True for a word for a death, and nothing else: `dead`, `deceased`, `†`.
pub fn is_dead(text: &str) -> bool {
    sentences::DEAD.contains(&plain(text))
}

/// True where a text says that the patient died, whatever else it says: `died at home`, `verstorben 2019`.
pub fn tells_a_death(text: &str) -> bool {
    if let Understanding::Understood(said) = understand(text, ResponseContext::OutcomeColumn) {
        let Events { death, death_of_another_cause, .. } = said.events;
        return said.response == Some(Response::Died) || death || death_of_another_cause;
    }
    clauses(text).iter().any(|part| names_a_death(&part.words))
}

/// True for a clause with a word for a death that nothing before it denies.
fn names_a_death(words: &str) -> bool {
    let is_death = |word: &&str| {
        let meaning = meaning_of(word, ResponseContext::OutcomeColumn);
        // `tot` is dead in German and until in Dutch: alone it is a whole text.
        word.len() > LONGEST_CODE
            && matches!(meaning, Some(Meaning::Response(Response::Died) | Meaning::Event(Event::DeathOfAnotherCause)))
    };
    let words: Vec<&str> = words.split(' ').collect();
    let Some(at) = words.iter().position(is_death) else { return false };
    !words.iter().take(at).any(|word| sentences::NEGATIONS.contains(word))
}

/// What one clause says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Clause {
    Said(Meaning, Modifiers),
    Denied(Meaning),
    /// Not resolved: no response, unless another is stated beside it.
    Unresolved,
    /// A remark that changes nothing: `after 6 months`.
    Time,
    Modifier(Modifiers),
}

fn read_clauses(text: &str, context: ResponseContext) -> Option<Vec<Clause>> {
    let parts = clauses(text);
    if clause::negation_reaches_further(&parts) {
        return None;
    }
    parts.iter().map(|part| one_clause(&part.words, context)).collect()
}

fn meaning_of(word: &str, context: ResponseContext) -> Option<Meaning> {
    if let Some(response) = Response::ALL.into_iter().find(|response| response.word() == word) {
        return Some(Meaning::Response(response));
    }
    let graded = || RESPONSE_COLUMN.get(word).filter(|_| context == ResponseContext::ResponseColumn);
    ANYWHERE.get(word).or_else(graded)
}

/// What a clause says, in its plain form; no answer if a word is not known.
fn one_clause(words: &str, context: ResponseContext) -> Option<Clause> {
    if let Some(meaning) = meaning_of(words, context) {
        return Some(Clause::Said(meaning, Modifiers::default()));
    }
    if let Some(meaning) = UNCONFIRMED.get(words) {
        return Some(Clause::Said(meaning, Modifiers { unconfirmed: true, ..Modifiers::default() }));
    }
    let mut modifiers = Modifiers::default();
    if modifiers.set(words) {
        return Some(Clause::Modifier(modifiers));
    }
    let mut words = words;
    while let Some(rest) = clause::without_first(&sentences::FILLERS, words) {
        words = rest;
    }
    let words = clause::without_remark(without_time(words));
    if words.is_empty() {
        return Some(Clause::Time);
    }
    match clause::negated(words) {
        Some(rest) => denied(rest, context),
        None => stated(words, context).or_else(|| death_with_its_cause(words, context)),
    }
}

/// `died of sepsis` is a death in an outcome; in a slot of responses, whether of the disease decides, and nobody says.
fn death_with_its_cause(words: &str, context: ResponseContext) -> Option<Clause> {
    let (first, rest) = words.split_once(' ').filter(|_| context == ResponseContext::OutcomeColumn)?;
    let meaning = meaning_of(first, context).filter(|meaning| *meaning == Meaning::Response(Response::Died))?;
    clause::without_first(&sentences::BEGIN_A_CAUSE, rest)?;
    Some(Clause::Said(meaning, Modifiers::default()))
}

/// The meaning behind words of degree and of kind: `marked clinical improvement`, `transient response`.
fn stated(words: &str, context: ResponseContext) -> Option<Clause> {
    let mut modifiers = Modifiers::default();
    let meant = |words: &str| meaning_of(words, context);
    if let Some(meaning) = meant(words) {
        return Some(Clause::Said(meaning, modifiers));
    }
    let (first, rest) = words.split_once(' ').unwrap_or((words, ""));
    let is_first = matches!(first, "initial" | "initially");
    if (is_first || modifiers.set(first)) && !modifiers.relapsed && !rest.is_empty() {
        modifiers.transient |= is_first;
        let meaning = meant(rest).or_else(|| meant(&clause::without_degree(rest)))?;
        return Some(Clause::Said(meaning, modifiers));
    }
    let (rest, last) = words.rsplit_once(' ').unwrap_or(("", words));
    if !rest.is_empty() && modifiers.set(last) && !modifiers.relapsed {
        return Some(Clause::Said(meant(rest).or_else(|| meant(&clause::without_degree(rest)))?, modifiers));
    }
    meant(&clause::without_degree(words)).map(|meaning| Clause::Said(meaning, Modifiers::default()))
}

/// What a negation says: an improvement that was not, is no response; an event that was not, is denied.
fn denied(rest: &str, context: ResponseContext) -> Option<Clause> {
    if clause::names_a_grade(rest) {
        return None;
    }
    let core = clause::without_degree(rest);
    if sentences::RESOLUTIONS.contains(&core) {
        return Some(Clause::Unresolved);
    }
    let meaning = meaning_of(rest, context).or_else(|| meaning_of(&core, context))?;
    match meaning {
        Meaning::Response(Response::Improved) => {
            Some(Clause::Said(Meaning::Response(Response::None), Modifiers::default()))
        }
        Meaning::Response(Response::Died) | Meaning::Event(_) => Some(Clause::Denied(meaning)),
        // What is not complete may be partial, what is not worse may be better.
        Meaning::Response(_) | Meaning::Status(_) | Meaning::Code(_) => None,
    }
}

/// Joins what the clauses say; a death is not a response yet.
fn together(clauses: &[Clause]) -> Result<Said, Ambiguity> {
    let mut said = Said::default();
    let mut is_unresolved = false;
    for clause in clauses {
        match clause {
            Clause::Time => {}
            Clause::Unresolved => is_unresolved = true,
            Clause::Modifier(modifiers) => add_modifiers(&mut said, *modifiers),
            Clause::Denied(meaning) => happen(&mut said.denied, *meaning),
            Clause::Said(meaning, modifiers) => {
                add_modifiers(&mut said, *modifiers);
                add(&mut said, *meaning)?;
            }
        }
    }
    match said.response {
        Some(Response::Complete) if is_unresolved => Err(Ambiguity::Responses(Response::Complete, Response::None)),
        None if is_unresolved => Ok(Said { response: Some(Response::None), ..said }),
        Some(_) | None => Ok(said),
    }
}

fn add_modifiers(said: &mut Said, modifiers: Modifiers) {
    said.modifiers.unconfirmed |= modifiers.unconfirmed;
    said.modifiers.transient |= modifiers.transient;
    said.modifiers.relapsed |= modifiers.relapsed;
    said.events.relapse |= modifiers.relapsed;
}

fn happen(events: &mut Events, meaning: Meaning) {
    match meaning {
        Meaning::Event(Event::Relapse) => events.relapse = true,
        Meaning::Event(Event::DeathOfAnotherCause) => events.death_of_another_cause = true,
        Meaning::Response(Response::Died) => events.death = true,
        Meaning::Response(_) | Meaning::Status(_) | Meaning::Code(_) => {}
    }
}

fn add(said: &mut Said, meaning: Meaning) -> Result<(), Ambiguity> {
    happen(&mut said.events, meaning);
    said.modifiers.relapsed |= said.events.relapse;
    match meaning {
        Meaning::Event(_) | Meaning::Response(Response::Died) => {}
        Meaning::Code(code) => return Err(Ambiguity::Code(code)),
        Meaning::Response(response) => {
            let before = said.response.unwrap_or(response);
            said.response = Some(more_exact(before, response).ok_or(Ambiguity::Responses(before, response))?);
        }
        Meaning::Status(status) => {
            let before = said.status.filter(|before| *before != Status::Alive).unwrap_or(status);
            let exact = if status == Status::Alive { before } else { status };
            said.status = Some(exact).filter(|_| exact == before);
            said.status.ok_or(Ambiguity::States(before, status))?;
        }
    }
    Ok(())
}

/// Of two responses that do not contradict one another, the one that says more: `remission (complete)`.
fn more_exact(one: Response, other: Response) -> Option<Response> {
    match (one, other) {
        (Response::Improved, Response::Complete | Response::Partial) => Some(other),
        (Response::Complete | Response::Partial, Response::Improved) => Some(one),
        (Response::Ongoing | Response::Lost, _) if other.is_evaluable() => Some(other),
        (_, Response::Ongoing | Response::Lost) if one.is_evaluable() => Some(one),
        _ => (one == other).then_some(one),
    }
}

/// In a slot of responses, a death that stands alone is a response of its own, and one of another cause is none.
fn settled(said: Said, context: ResponseContext) -> Said {
    let is_slot = context != ResponseContext::OutcomeColumn && said.response.is_none();
    let response = match said.events {
        _ if !is_slot => said.response,
        Events { death: true, .. } => Some(Response::Died),
        Events { death_of_another_cause: true, .. } => Some(Response::NotEvaluable),
        Events { .. } => None,
    };
    Said { response, ..said }
}

#[cfg(test)]
mod tests;
