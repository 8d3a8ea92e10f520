//! Words around the name of an agent that name nothing else that was given: `oral MTX`, `MTX alone`, `3 cycles of MTX`.

use super::{is_untreated, route};
use crate::schema::clinical::is_agent;
use crate::schema::items::dose_words::{WordsBeside, counts_courses, leads_to_an_agent};

/// Routes by which the same agent is the same treatment; a topical steroid is another one than a systemic.
const SYSTEMIC: [&str; 4] = ["oral", "intravenous", "intramuscular", "subcutaneous"];
/// Most words of a phrase.
const LONGEST: usize = 3;
/// Most words of a name before which a route stands.
const NAME: usize = 3;

/// The name of an agent with the words before and behind it; no answer where none stands there.
pub fn words_around(agent: &str) -> Option<[&str; 3]> {
    if agent.contains(['[', ']', '"']) {
        return None;
    }
    let mut name = agent.trim();
    loop {
        let shorter =
            without_front(name).or_else(|| without_end(name)).filter(|rest| rest.contains(char::is_alphabetic));
        let Some(rest) = shorter else { break };
        name = rest;
    }
    let at = (name.as_ptr() as usize).checked_sub(agent.as_ptr() as usize)?;
    let (front, end) = (agent.get(..at)?, agent.get(at.checked_add(name.len())?..)?);
    let is_shorter = name.len() < agent.trim().len() && !is_untreated(name);
    is_shorter.then(|| [plain(front), name, plain(end)])
}

fn plain(text: &str) -> &str {
    text.trim_matches([' ', ',', '(', ')'])
}

/// The text behind its first words, where they are such words.
fn without_front(text: &str) -> Option<&str> {
    let behind = |words: usize| {
        let (at, _) = text.match_indices(' ').nth(words.checked_sub(1)?)?;
        text.split_at_checked(at).map(|(front, rest)| (front, rest.trim_start()))
    };
    let phrase = (1..=LONGEST).rev().filter_map(behind).find(|(front, _)| WordsBeside::Before.are(front));
    let counted =
        || behind(1).filter(|(front, _)| is_times(front)).or_else(|| behind(2).filter(|(front, _)| is_count(front)));
    let by_route = || behind(1).filter(|(front, rest)| is_systemic(front) && is_a_name(rest));
    phrase.or_else(counted).or_else(by_route).map(|(_, rest)| without_of(rest))
}

/// The text before its last words, where they are such words.
fn without_end(text: &str) -> Option<&str> {
    let before = |words: usize| {
        let (at, _) = text.rmatch_indices(' ').nth(words.checked_sub(1)?)?;
        text.split_at_checked(at).map(|(rest, end)| (rest.trim_end_matches([' ', ',']), plain(end)))
    };
    let phrase = (1..=LONGEST).rev().filter_map(before).find(|(_, end)| WordsBeside::Behind.are(end));
    let therapy =
        || before(1).filter(|(rest, end)| WordsBeside::Therapy.are(end) && (is_agent(rest) || is_abbreviation(rest)));
    let counted = || before(2).filter(|(_, end)| is_count(end));
    let numbered = || before(1).filter(|(_, end)| end.strip_prefix('#').is_some_and(is_number));
    phrase.or_else(therapy).or_else(counted).or_else(numbered).map(|(rest, _)| rest)
}

/// `2x`
fn is_times(word: &str) -> bool {
    word.strip_suffix(['x', '×']).is_some_and(is_number)
}

/// `3 cycles`, `2 x`
fn is_count(words: &str) -> bool {
    let (number, what) = words.split_once(' ').unwrap_or_default();
    is_number(number) && (matches!(what, "x" | "×") || counts_courses(what))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn without_of(text: &str) -> &str {
    let rest = text.split_once(' ').filter(|(of, _)| leads_to_an_agent(of)).map(|(_, rest)| rest);
    rest.unwrap_or(text)
}

fn is_systemic(word: &str) -> bool {
    route(word.trim_end_matches(',')).is_some_and(|route| SYSTEMIC.contains(&route))
}

/// True for a name of few words that is no procedure, such as `surgery` behind `oral`.
fn is_a_name(text: &str) -> bool {
    text.split_whitespace().count() <= NAME
        && !text.split_whitespace().any(|word| WordsBeside::NotBehindRoute.are(word))
}

/// `MTX`, `IVIG`
fn is_abbreviation(text: &str) -> bool {
    text.len() > 1 && text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-')
}

#[cfg(test)]
mod tests {
    use super::words_around;

    #[test]
    fn words_around_an_agent_are_none_of_its_name() {
        for (agent, name) in [
            ("MTX alone", "MTX"),
            ("MTX monotherapy", "MTX"),
            ("ASA only", "ASA"),
            ("MTX therapy", "MTX"),
            ("methotrexate treatment", "methotrexate"),
            ("oral prednisolone", "prednisolone"),
            ("IV prednisolone", "prednisolone"),
            ("i.v. methylprednisolone", "methylprednisolone"),
            ("high-dose prednisolone", "prednisolone"),
            ("low dose prednisolone", "prednisolone"),
            ("Prednisolon hochdosiert", "Prednisolon"),
            ("nur Prednisolon", "Prednisolon"),
            ("MTX (stopped)", "MTX"),
            ("MTX discontinued", "MTX"),
            ("2x MTX", "MTX"),
            ("3 cycles of MTX", "MTX"),
            ("3 Zyklen MTX", "MTX"),
            ("MTX #2", "MTX"),
            ("cyclophosphamide 6 bolus", "cyclophosphamide"),
            ("MTX seul", "MTX"),
            ("solo metotrexato", "metotrexato"),
            ("treatment with MTX", "MTX"),
            ("high-dose oral prednisolone alone", "prednisolone"),
        ] {
            assert_eq!(words_around(agent).map(|[_, name, _]| name), Some(name), "{agent}");
        }
        for agent in [
            "MTX",
            "physical therapy",
            "topical steroids",
            "oral surgery",
            "intravenous immunoglobulin",
            "observation only",
            "5-FU",
            "vitamin D",
            "alone",
            "",
            "\"MTX alone\"",
        ] {
            assert_eq!(words_around(agent), None, "{agent}");
        }
    }
}
