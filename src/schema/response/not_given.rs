//! Agents that were certainly never given: `geplant: MTX`, `MTX (planned)`, `patient declined colchicine`, `lehnte MTX ab`.
//!
//! Only a refusal or a plan of one plain name is certain: `planned surgery` may be an elective operation that took place,
//! `MTX not tolerated` was given, and beside `refused MTX, then AZA` something else was.

use super::understand::{ResponseContext, Understanding, understand};
use super::{in_an_agent, plain};
use crate::schema::missing_words::certainly_missing;

/// Most words of the name of an agent that was not given.
const MOST_WORDS: usize = 4;

/// True for the agents of a line, and what stands behind their colon, of which none was ever given.
///
/// A response beside them contradicts it: then nothing is certain.
pub fn is_certainly_not_given(agents: &str, behind: &str) -> bool {
    let (agents, behind) = (agents.trim(), behind.trim_start_matches([':', ' ']).trim());
    if !may_be_not_given(agents, behind) || agents.contains('"') {
        return false;
    }
    let is_silent = behind.is_empty() || certainly_missing(behind).is_some();
    if is_silent {
        return agents.split('+').all(|agent| is_never_given(agent.trim()));
    }
    // `planned: MTX`
    let is_response = || !matches!(understand(behind, ResponseContext::TreatmentLine), Understanding::NotUnderstood);
    in_an_agent::NEVER_GIVEN_BEHIND.contains(&plain(agents)) && !is_response() && is_one_name(behind)
}

/// True for a text that says that something was never given, and not what: `not started`, `patient declined`.
pub fn says_that_nothing_was_given(text: &str) -> bool {
    let text = plain(text);
    in_an_agent::NEVER_GIVEN_BEHIND.contains(without_people(&text).trim_start())
}

/// False for most texts at little cost: one word without anything behind it is a name.
fn may_be_not_given(agents: &str, behind: &str) -> bool {
    agents.contains([' ', '(', '[', '-', '_']) || !behind.is_empty()
}

fn is_never_given(text: &str) -> bool {
    let brackets = [('(', ')'), ('[', ']')];
    let mut bracketed = brackets.iter().filter_map(|(open, close)| text.strip_suffix(*close)?.split_once(*open));
    if bracketed.any(|(name, remark)| in_an_agent::NEVER_GIVEN_BEHIND.contains(&plain(remark)) && is_one_name(name)) {
        return true;
    }
    let whole = plain(text);
    let words: Vec<&str> = without_people(&whole).split(' ').filter(|word| !word.is_empty()).collect();
    (1..words.len()).any(|at| at_the_start(&words, at) || at_the_end(&words, at)) || around(&words)
}

fn at_the_start(words: &[&str], at: usize) -> bool {
    let (said, name) = words.split_at_checked(at).unwrap_or_default();
    in_an_agent::NEVER_GIVEN_BEFORE.contains(&said.join(" ")) && is_one_name(&name.join(" "))
}

fn at_the_end(words: &[&str], at: usize) -> bool {
    let (name, said) = words.split_at_checked(at).unwrap_or_default();
    in_an_agent::NEVER_GIVEN_BEHIND.contains(&said.join(" ")) && is_one_name(&name.join(" "))
}

fn around(words: &[&str]) -> bool {
    let [first, name @ .., last] = words else { return false };
    in_an_agent::NEVER_GIVEN_AROUND.contains(&format!("{first} {last}")) && is_one_name(&name.join(" "))
}

/// A text without the person who refuses at its beginning.
fn without_people(text: &str) -> &str {
    let behind = |at: usize| {
        let (person, rest) = text.split_at_checked(at)?;
        in_an_agent::PEOPLE.contains(person).then_some(rest)
    };
    text.match_indices(' ').take(2).filter_map(|(at, _)| behind(at)).last().unwrap_or(text)
}

/// True for some words that name one thing, and tell of nothing else.
fn is_one_name(text: &str) -> bool {
    let words: Vec<String> = text.split_whitespace().map(plain).collect();
    let tells_more = |word: &String| in_an_agent::SOMETHING_ELSE.contains(word.trim_matches([',', '.']));
    (1..=MOST_WORDS).contains(&words.len())
        && text.contains(char::is_alphabetic)
        && !text.contains([':', '?', ';', '/', ',', '+', '&', '|', '\n'])
        && !words.iter().any(tells_more)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_not_given(text: &str) -> bool {
        let (agents, behind) = text.split_once(':').unwrap_or((text, ""));
        is_certainly_not_given(agents, behind)
    }

    #[test]
    fn a_refusal_or_a_plan_is_known_in_seven_languages() {
        for text in [
            "refused MTX",
            "planned: MTX",
            "MTX planned",
            "MTX (planned)",
            "MTX [not started]",
            "patient declined colchicine",
            "Pt refused low-dose colchicine",
            "MTX never started",
            "geplant: MTX",
            "MTX geplant",
            "lehnte MTX ab",
            "Patientin lehnte MTX ab",
            "MTX abgelehnt",
            "hat MTX abgelehnt",
            "pr\u{e9}vu: MTX",
            "MTX (pr\u{e9}vu)",
            "patient a refus\u{e9} MTX",
            "rechaz\u{f3} MTX",
            "MTX no iniciado",
            "ha rifiutato MTX",
            "MTX rifiutato",
            "recusou MTX",
            "MTX n\u{e3}o iniciado",
            "weigerde MTX",
            "gepland: MTX",
            "refused MTX: NR",
            "refused MTX + declined AZA",
        ] {
            assert!(is_not_given(text), "{text}");
        }
    }

    #[test]
    fn a_text_alone_does_not_say_what_was_not_given() {
        for text in ["not started", "refused", "Patient declined", "noch nicht begonnen", "non commenc\u{e9}"] {
            assert!(says_that_nothing_was_given(text), "{text}");
        }
        assert!(!["MTX", "refused MTX", "", "not tolerated"].into_iter().any(says_that_nothing_was_given));
    }

    #[test]
    fn what_may_have_been_given_is_not_certain() {
        for text in [
            "MTX",
            "MTX: PR",
            "planned surgery",
            "MTX not tolerated",
            "MTX withheld",
            "MTX?",
            "no steroids",
            "refused MTX, then AZA",
            "refused MTX received AZA",
            "refused MTX: PR",
            "refused MTX + AZA",
            "planned: PR",
            "planned MTX after surgery",
            "never refused MTX",
            "MTX planned but not given?",
            "not started",
            "",
        ] {
            assert!(!is_not_given(text), "{text}");
        }
    }
}
