//! What stands in the text of an agent and is no name: `excision (CR)`, `MTX - no response`, `MTX failed`, `no steroids`.
//!
//! A response that is set apart from the name, and understood, is read. Anything else that speaks of a response, or of
//! something that was not given, is unclear: it is kept as it is written, and the reader is told.

use crate::schema::doubt::is_doubt;

use super::understand::{ResponseContext, Understanding, understand};
use super::{ANYWHERE, Meaning, RESPONSE_COLUMN, Response, UNTREATED, in_an_agent, plain};

/// What the text of an agent holds beside its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InAgent<'t> {
    /// A response, set apart from the name.
    Response {
        /// The text before it.
        name: &'t str,
        /// The response, as written.
        response: &'t str,
    },
    /// Something of which nobody knows whether it belongs to the name.
    Unclear(UnclearAgent),
}

/// Why a text is perhaps not the name of an agent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnclearAgent {
    /// It speaks of a response: `MTX failed`.
    Response,
    /// It may say that nothing was given: `no steroids`, `N`.
    NotGiven,
    /// It may be two agents: `switch from MTX to AZA`.
    Change,
    /// It says that something was given, and not what: `yes`.
    NoName,
    /// Words that are no dose stand behind its dose, and may be another agent: `pred 20 mg MTX 15 mg`.
    BehindADose,
    /// What stands behind it in the cell may be its response, or another treatment: `dialysis; PD`.
    Beside,
}

/// How certainly a text is a response, where it may be something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sureness {
    /// It is one: `no response`, `improved`.
    Sure,
    /// It is one, or the name of something: `complete`, `PD`; or an event.
    Unsure,
    /// It is none.
    No,
}

/// What stands in the text of an agent beside its name; no answer for a plain name.
pub fn in_agent(text: &str) -> Option<InAgent<'_>> {
    if let Some(said) = set_apart(text) {
        return Some(said);
    }
    let words = words_of(text);
    if mentions_a_response(&words) {
        return Some(InAgent::Unclear(UnclearAgent::Response));
    }
    let whole = words.join(" ");
    if let Some(why) = doubt_that_it_was_given(text) {
        return Some(InAgent::Unclear(why));
    }
    let is_change = in_an_agent::CHANGES.iter().any(|change| is_longer(&whole, |whole| whole.strip_prefix(change)));
    is_change.then_some(InAgent::Unclear(UnclearAgent::Change))
}

/// Why a text is perhaps no agent that was given, whatever is said of its response: `no steroids`, `MTX planned`, `MTX?`,
/// `yes`.
pub fn doubt_that_it_was_given(text: &str) -> Option<UnclearAgent> {
    let words = words_of(text);
    let whole = words.join(" ");
    let is_asked = text.trim_end_matches([')', ' ']).ends_with('?') || text.trim_start().starts_with('?');
    if words.is_empty() || is_asked || in_an_agent::PERHAPS_UNTREATED.contains(&whole) || says_not_given(text, &words) {
        return Some(UnclearAgent::NotGiven);
    }
    in_an_agent::NO_NAMES.contains(&whole).then_some(UnclearAgent::NoName)
}

/// How certainly a text that stands alone in a list of agents is a response; `none` and `no` may say as well that
/// nothing was given.
pub fn response_alone(text: &str) -> Sureness {
    let answers = |text: &str| ANYWHERE.contains(text) || RESPONSE_COLUMN.contains(text);
    let word = plain(text);
    if UNTREATED.contains(&word) && (answers(&word) || word == Response::None.word()) {
        return Sureness::Unsure;
    }
    sureness(text, |code| in_an_agent::SURE_CODES.contains(code))
}

/// The same of a text in brackets or behind a dash.
fn response_behind_a_name(text: &str) -> Sureness {
    sureness(text, |code| in_an_agent::SURE_CODES.contains(code) || in_an_agent::SURE_BEHIND_A_NAME.contains(code))
}

fn sureness(text: &str, is_sure: impl Fn(&str) -> bool) -> Sureness {
    let Understanding::Understood(said) = understand(text, ResponseContext::TreatmentLine) else { return Sureness::No };
    let word = plain(text);
    match said.response {
        _ if is_sure(&word) => Sureness::Sure,
        Some(Response::Died) => Sureness::Unsure,
        Some(response) if response.is_evaluable() && !in_an_agent::NAMES_TOO.contains(&word) => Sureness::Sure,
        Some(response) if response.is_evaluable() => Sureness::Unsure,
        None if said.events.relapse => Sureness::Unsure,
        Some(_) | None => Sureness::No,
    }
}

/// A response in brackets at the end, behind a dash, an equals sign or an arrow, or behind `with`.
fn set_apart(text: &str) -> Option<InAgent<'_>> {
    let bracketed = text.trim_end().strip_suffix(')').and_then(|text| text.rsplit_once('('));
    let marks = [" - ", " \u{2013} ", " \u{2014} ", "=", "->", "\u{2192}"];
    let at_marks = marks.into_iter().filter_map(|mark| text.split_once(mark));
    let at_words = text.match_indices(' ').filter_map(|(at, _)| {
        let (name, behind) = text.split_at_checked(at)?;
        let (word, response) = behind.trim_start().split_once(' ')?;
        in_an_agent::BEFORE_A_RESPONSE.contains(&plain(word)).then_some((name, response))
    });
    let mut is_unsure = false;
    for (name, response) in bracketed.into_iter().chain(at_marks).chain(at_words) {
        let (name, response) = (name.trim(), response.trim());
        match response_behind_a_name(response) {
            _ if !name.contains(char::is_alphabetic) => {}
            Sureness::Sure if !mentions_a_response(&words_of(name)) => {
                return Some(InAgent::Response { name, response });
            }
            Sureness::Sure | Sureness::Unsure => is_unsure = true,
            Sureness::No => {}
        }
    }
    is_unsure.then_some(InAgent::Unclear(UnclearAgent::Response))
}

/// The words of a text in their plain form, without marks.
fn words_of(text: &str) -> Vec<String> {
    let spaced: String = text.chars().map(|c| if c.is_alphanumeric() || c == '\'' { c } else { ' ' }).collect();
    plain(&spaced).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Most words of a response that is looked for.
const MOST_WORDS: usize = 4;

/// True where some words in a row say what became of the patient, and do not belong to names of treatments too.
fn mentions_a_response(words: &[String]) -> bool {
    (1..=MOST_WORDS).flat_map(|length| words.windows(length)).any(|window| {
        let phrase = window.join(" ");
        let is_judged = |response: Response| response.is_evaluable() && response != Response::Died;
        let is_response = matches!(ANYWHERE.get(&phrase), Some(Meaning::Response(response)) if is_judged(response));
        is_response && !in_an_agent::NAMES_TOO.contains(&phrase)
    })
}

/// True for `no steroids`, `steroids not given`, `MTX planned` and `probably MTX`; not for a word alone, nor for nitric oxide.
fn says_not_given(text: &str, words: &[String]) -> bool {
    let whole = words.join(" ");
    let is_nitric_oxide = text.trim_start().starts_with("NO ") && text.contains(char::is_lowercase);
    let starts = in_an_agent::NOT_GIVEN.iter().any(|word| is_longer(&whole, |whole| whole.strip_prefix(word)));
    let ends =
        in_an_agent::GIVEN_NOT.iter().any(|word| whole.strip_suffix(word).is_some_and(|rest| rest.ends_with(' ')));
    let in_doubt = [words.first(), words.last()].into_iter().flatten().any(|word| word.len() > 2 && is_doubt(word));
    (starts && !is_nitric_oxide) || ends || in_doubt && words.len() > 1
}

/// True where a text goes on behind its beginning.
fn is_longer<'t>(text: &'t str, behind: impl Fn(&'t str) -> Option<&'t str>) -> bool {
    behind(text).is_some_and(|rest| rest.starts_with(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_response_that_is_set_apart_is_read() {
        for (text, expected) in [
            ("excision (CR)", ("excision", "CR")),
            ("infliximab (no response)", ("infliximab", "no response")),
            ("excision = CR", ("excision", "CR")),
            ("steroids - no improvement", ("steroids", "no improvement")),
            ("steroids \u{2013} verbessert", ("steroids", "verbessert")),
            ("steroids 20 mg with good response", ("steroids 20 mg", "good response")),
            ("colchicine 1 mg bid - good response", ("colchicine 1 mg bid", "good response")),
            ("MTX con buena respuesta", ("MTX", "buena respuesta")),
            ("cisplatin (PD)", ("cisplatin", "PD")),
            ("MTX -> failed", ("MTX", "failed")),
        ] {
            let (name, response) = expected;
            assert_eq!(in_agent(text), Some(InAgent::Response { name, response }), "{text}");
        }
    }

    #[test]
    fn what_may_be_a_response_or_no_treatment_is_unclear() {
        for (why, texts) in [
            (
                UnclearAgent::Response,
                &[
                    "MTX failed",
                    "MTX no response",
                    "no response to MTX",
                    "resection (complete)",
                    "MTX (relapse)",
                    "MTX - failed after toxicity of the second cycle",
                    "MTX ohne Besserung (failed)",
                    "echec du MTX",
                ][..],
            ),
            (
                UnclearAgent::NotGiven,
                &[
                    "no steroids",
                    "steroids not given",
                    "N",
                    "0",
                    "/",
                    "o.B.",
                    "kein Cortison",
                    "pas de corticoides",
                    "attesa",
                    "refused MTX",
                    "MTX planned",
                    "MTX?",
                    "MTX (?)",
                    "considered ADA",
                    "MTX geplant",
                    "MTX prévu",
                    "MTX rechazado",
                    "MTX rifiutato",
                    "MTX recusado",
                    "MTX geweigerd",
                    "probably MTX",
                ],
            ),
            (UnclearAgent::NoName, &["yes", "ja", "Oui", "x"]),
            (UnclearAgent::Change, &["switch from MTX to AZA", "Switched from MTX to AZA"]),
        ] {
            for text in texts {
                assert_eq!(in_agent(text), Some(InAgent::Unclear(why)), "{text}");
            }
        }
    }

    #[test]
    fn names_are_names() {
        for text in [
            "diltiazem CR",
            "complete excision",
            "remission induction",
            "non-steroidal anti-inflammatory drugs",
            "NO inhaled",
            "PAS",
            "PAS 4 g",
            "5-FU",
            "interferon alpha 2b",
            "surgery (2018)",
            "azathioprine (ongoing)",
            "extracorporeal shock-wave lithotripsy",
            "bone marrow transplantation",
            "Novantrone",
        ] {
            assert_eq!(in_agent(text), None, "{text}");
        }
    }

    #[test]
    fn a_word_that_stands_alone_is_a_response_or_perhaps_a_name() {
        for (sureness, texts) in [
            (Sureness::Sure, &["no response", "CR", "improved", "failed", "kein Ansprechen"][..]),
            (Sureness::Unsure, &["PD", "complete", "RC", "relapse", "died"]),
            (Sureness::No, &["MTX", "surgery", "NR", "ongoing", "complete excision", ""]),
        ] {
            for text in texts {
                assert_eq!(response_alone(text), sureness, "{text}");
            }
        }
    }
}
