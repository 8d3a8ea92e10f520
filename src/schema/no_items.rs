//! Cells that say that a patient has none of the items of a column, and items that say what a patient does not have.
//!
//! The words are data (`no_items.toml`).

use super::header::normalise;
use crate::words::words;

/// The words of `no_items.toml`.
mod vocabulary {
    use crate::vocabulary::Words;
    include!(concat!(env!("OUT_DIR"), "/no_items.rs"));
}

words! {
    /// What the items of a column are, as far as it decides what none of them is called.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
    pub enum Asked: "items of a column" {
        /// Anything else.
        #[default]
        Others = "others",
        /// Adverse events or complications: `none reported` is none.
        Events = "events",
        /// Symptoms: `asymptomatic` is none.
        Symptoms = "symptoms",
    }
}

/// Most bytes of a text that is looked up.
const LONGEST: usize = 60;

/// What a column asks, by its name.
pub fn asked(name: &str) -> Asked {
    if name.len() > LONGEST.saturating_mul(2) {
        return Asked::Others;
    }
    let name = normalise(name);
    let names = |parts: &crate::vocabulary::Words| parts.iter().any(|part| has_word_with(&name, part));
    match (names(&vocabulary::EVENTS), names(&vocabulary::SYMPTOMS)) {
        (true, _) => Asked::Events,
        (false, true) => Asked::Symptoms,
        (false, false) => Asked::Others,
    }
}

/// True where a word of a name begins with a text.
fn has_word_with(name: &str, beginning: &str) -> bool {
    let behind_spaces = memchr::memchr_iter(b' ', name.as_bytes()).map(|at| at.saturating_add(1));
    std::iter::once(0).chain(behind_spaces).any(|at| name.get(at..).is_some_and(|word| word.starts_with(beginning)))
}

/// True for a cell that says that there are none: `keine`, `none observed`; of events also `none reported`.
pub fn says_none(text: &str, asked: Asked) -> bool {
    if text.len() > LONGEST {
        return false;
    }
    let text = normalise(text);
    vocabulary::NONE.contains(&text)
        || asked == Asked::Events && vocabulary::NONE_OF_EVENTS.contains(&text)
        || asked == Asked::Symptoms && vocabulary::NONE_OF_SYMPTOMS.contains(&text)
}

/// True for an item that a patient does not have: `no cough`, `kein Fieber`.
pub fn denies(item: &str) -> bool {
    // Most items are one word, and a denial has two.
    if item.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return false;
    }
    let plain = normalise(item);
    let begins = |words: &str| plain.strip_prefix(words).is_some_and(|rest| rest.starts_with(' '));
    // `NO donors` are of nitric oxide.
    let is_nitric_oxide = item.starts_with("NO ") && item.contains(char::is_lowercase);
    let is_item = vocabulary::NO_DENIALS.iter().any(|words| plain.starts_with(words)) || is_nitric_oxide;
    !is_item && vocabulary::DENIALS.iter().any(begins)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_in_its_form() {
        let all = [&vocabulary::NONE, &vocabulary::NONE_OF_EVENTS, &vocabulary::NONE_OF_SYMPTOMS, &vocabulary::DENIALS];
        for word in all.into_iter().flat_map(|words| words.iter()) {
            assert_eq!(normalise(word), word, "{word} can never match");
        }
    }

    #[test]
    fn columns_of_events_and_of_symptoms_are_told_by_their_names() {
        for (expected, names) in [
            (
                Asked::Events,
                &["Adverse events", "complications", "Komplikationen", "Nebenwirkungen", "Effets ind\u{e9}sirables"][..],
            ),
            (Asked::Symptoms, &["Symptoms", "presenting symptoms", "S\u{ed}ntomas", "Beschwerden"]),
            (Asked::Others, &["Comorbidities", "Site", "Sequences", "Maes"]),
        ] {
            for name in names {
                assert_eq!(asked(name), expected, "{name}");
            }
        }
    }

    #[test]
    fn none_is_told_in_seven_languages() {
        for text in ["None", "keine", "Aucune", "ninguno", "nessuno", "Nenhum", "geen", "nil", "Nein", "none observed"]
        {
            assert!(says_none(text, Asked::Others), "{text}");
        }
        for text in ["none reported", "No AE", "uneventful", "keine Komplikationen", "Sin complicaciones"] {
            assert!(says_none(text, Asked::Events), "{text}");
        }
        assert!(says_none("asymptomatic", Asked::Symptoms) && !says_none("asymptomatic", Asked::Others));
        assert!(!says_none("none reported", Asked::Others) && !says_none("fever", Asked::Events));
    }

    #[test]
    fn a_denied_item_is_told_from_an_item() {
        for item in ["no cough", "kein Fieber", "sin fiebre", "pas de toux", "Without fever", "denies pain", "no HTN"] {
            assert!(denies(item), "{item}");
        }
        for item in ["nodule", "non-Hodgkin lymphoma", "no", "NO inhaled", "northern", "sinusitis", "no man's land"] {
            assert!(!denies(item), "{item}");
        }
    }
}
