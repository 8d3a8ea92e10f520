//! Words beside an agent that say how it was given; they are data (`dose_words.toml`).

use crate::schema::letters::unaccented;
use crate::schema::lexical::duration::TimeUnit;
use crate::vocabulary::Words;

/// The words of `dose_words.toml`.
mod vocabulary {
    use crate::vocabulary::Words;
    include!(concat!(env!("OUT_DIR"), "/dose_words.rs"));
}

/// What a word beside an agent says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DoseWord {
    /// How often: `weekly`, `täglich`, `q12h`.
    Frequency,
    /// Before a number of units of time: `every`.
    Every,
    /// Before one unit of time: `per`.
    Per,
    /// For how long, without a number: `until`.
    OpenDuration,
    /// What is counted: `tablets`.
    Form,
    /// A dose that falls or rises: `tapered`.
    Taper,
    /// A word between the others: `for`.
    Between,
    /// A word beside a dose that names nothing else that was given: `maintenance`, `morgens`.
    Aside,
}

const LISTS: [(DoseWord, &Words); 8] = [
    (DoseWord::Frequency, &vocabulary::FREQUENCY),
    (DoseWord::Every, &vocabulary::EVERY),
    (DoseWord::Per, &vocabulary::PER),
    (DoseWord::OpenDuration, &vocabulary::OPEN_DURATION),
    (DoseWord::Form, &vocabulary::FORM),
    (DoseWord::Taper, &vocabulary::TAPER),
    (DoseWord::Between, &vocabulary::BETWEEN),
    (DoseWord::Aside, &vocabulary::ASIDE),
];

impl DoseWord {
    /// True for a word that says this; it may say something else, too.
    pub fn is(self, word: &str) -> bool {
        let plain = unaccented(word.trim_end_matches('.'));
        LISTS.iter().any(|(meaning, words)| *meaning == self && words.contains(&plain))
            || self == DoseWord::Frequency && is_latin_interval(&plain)
    }

    /// True for a word that says any of them.
    pub fn is_any(word: &str) -> bool {
        LISTS.iter().any(|(meaning, _)| meaning.is(word))
    }
}

/// Where words stand that name nothing else that was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordsBeside {
    /// Before an agent: `nur`, `high-dose`.
    Before,
    /// Behind one: `alone`, `stopped`.
    Behind,
    /// Behind one that is known: `therapy`.
    Therapy,
    /// Behind a route, where no agent follows: `oral surgery`.
    NotBehindRoute,
}

impl WordsBeside {
    /// True for words that may stand there.
    pub fn are(self, words: &str) -> bool {
        let list = match self {
            WordsBeside::Before => vocabulary::BEFORE_AN_AGENT,
            WordsBeside::Behind => vocabulary::BEHIND_AN_AGENT,
            WordsBeside::Therapy => vocabulary::THERAPY,
            WordsBeside::NotBehindRoute => vocabulary::NOT_BEHIND_A_ROUTE,
        };
        list.contains(unaccented(words.trim()).trim_end_matches('.'))
    }
}

/// True for what is counted of a treatment: `cycles`, `bolus`.
pub fn counts_courses(word: &str) -> bool {
    vocabulary::COURSE.contains(unaccented(word).trim_end_matches([',', '.']))
}

/// True for a word between such a one and the agent: `of`, `de`.
pub fn leads_to_an_agent(word: &str) -> bool {
    vocabulary::OF_AN_AGENT.contains(&unaccented(word))
}

/// True for `q12h` and `q3w`.
fn is_latin_interval(plain: &str) -> bool {
    let Some(interval) = plain.strip_prefix('q') else { return false };
    let unit = interval.trim_start_matches(|c: char| c.is_ascii_digit());
    unit.len() < interval.len() && TimeUnit::of_word(unit).is_some()
}

/// True for a word that leads from a name to its dose: `for`, `bis`, `pendant`.
pub fn comes_before_a_dose(word: &str) -> bool {
    vocabulary::BEFORE_A_DOSE.contains(unaccented(word).trim_end_matches('.')) || word.eq_ignore_ascii_case("\u{e0}")
}

/// True for a word between such a word and the amount: `at a dose of`.
pub fn stands_between_doses(word: &str) -> bool {
    vocabulary::BEFORE_AN_AMOUNT.contains(&unaccented(word))
}

/// True for a word behind which a number is part of a name: `factor`, `CHOP`.
pub fn goes_with_a_number(word: &str) -> bool {
    vocabulary::WITH_A_NUMBER.contains(&unaccented(word))
}

/// True for what is written in place of the day on which a treatment was stopped: `ongoing`, `bis heute`.
pub fn is_still_given(text: &str) -> bool {
    vocabulary::STILL_GIVEN.contains(unaccented(text.trim()).trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::{DoseWord, LISTS, is_still_given, unaccented, vocabulary};

    #[test]
    fn every_word_is_in_its_form() {
        let others = [&vocabulary::BEFORE_A_DOSE, &vocabulary::BEFORE_AN_AMOUNT, &vocabulary::WITH_A_NUMBER];
        let around = [&vocabulary::BEFORE_AN_AGENT, &vocabulary::BEHIND_AN_AGENT, &vocabulary::THERAPY];
        let others = others.into_iter().chain([&vocabulary::STILL_GIVEN, &vocabulary::COURSE]).chain(around);
        let words = LISTS.iter().map(|(_, words)| *words).chain(others).flat_map(|words| words.iter());
        for word in words {
            assert_eq!(unaccented(word), word, "{word} can never match");
        }
    }

    #[test]
    fn words_of_doses_are_told_apart() {
        for word in ["Weekly", "wöchentlich", "tgl.", "quotidiennement", "q12h", "q3w", "dagelijks"] {
            assert!(DoseWord::Frequency.is(word), "{word}");
        }
        for word in ["q", "quick", "mg", "MTX", ""] {
            assert!(!DoseWord::Frequency.is(word), "{word}");
        }
        assert!(["ongoing", "Bis heute", "andauernd", "à ce jour"].iter().all(|text| is_still_given(text)));
        assert!(["stopped", "2019", ""].iter().all(|text| !is_still_given(text)));
    }
}
