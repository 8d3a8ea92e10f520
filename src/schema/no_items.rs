//! Cells that say that a patient has none of the items of a column, and items that say what a patient does not have.
//!
//! The words are data (`no_items.toml`).

use super::header::normalise;
use super::lexical::{Sign, sign};
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
    !is_item && vocabulary::DENIALS.iter().any(begins) || is_italian_denial(item)
}

/// What an item says of itself: `rash (+)`, `fever: no`, `knee?`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaidOfItem<'t> {
    /// Nothing: it is the item.
    Nothing,
    /// The patient has it.
    Present(&'t str),
    /// The patient does not have it.
    Absent,
    /// Nobody knows.
    InDoubt,
}

/// What is said of an item by a sign or a word behind it: in brackets, behind a colon, or behind a space.
pub fn said_of_item(item: &str) -> SaidOfItem<'_> {
    let item = item.trim();
    // Most items are one word.
    if item.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return SaidOfItem::Nothing;
    }
    let bracketed = item.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    let at_mark = bracketed.or_else(|| item.rsplit_once([':', '=']));
    let said = at_mark.map_or(SaidOfItem::Nothing, |(name, said)| meaning(name, said, true));
    if said != SaidOfItem::Nothing {
        return said;
    }
    if item.ends_with('?') && item.contains(char::is_alphabetic) {
        return SaidOfItem::InDoubt;
    }
    let cuts = item.match_indices(' ').filter_map(|(at, _)| item.split_at_checked(at));
    let mut meanings = cuts.map(|(name, said)| meaning(name, said, false));
    meanings.find(|said| *said != SaidOfItem::Nothing).unwrap_or(SaidOfItem::Nothing)
}

/// What a text behind the name of an item says; an answer such as `no` only where it `is_apart`.
fn meaning<'t>(name: &'t str, said: &str, is_apart: bool) -> SaidOfItem<'t> {
    let (name, said) = (name.trim(), said.trim());
    if !name.contains(char::is_alphabetic) {
        return SaidOfItem::Nothing;
    }
    // `edema 2+` is a grade.
    let graded = said.starts_with(|c: char| c.is_ascii_digit());
    let plain = normalise(said);
    match sign(said).filter(|_| !graded) {
        Some(Sign::Plus) => SaidOfItem::Present(name),
        Some(Sign::Minus) => SaidOfItem::Absent,
        Some(Sign::Equivocal) => SaidOfItem::InDoubt,
        None if is_apart && said == "?" => SaidOfItem::InDoubt,
        None if vocabulary::PRESENT_BEHIND.contains(&plain) => SaidOfItem::Present(name),
        None if vocabulary::ABSENT_BEHIND.contains(&plain) => SaidOfItem::Absent,
        None if is_apart && vocabulary::YES_APART.contains(&plain) => SaidOfItem::Present(name),
        None if is_apart && vocabulary::NO_APART.contains(&plain) => SaidOfItem::Absent,
        None => SaidOfItem::Nothing,
    }
}

/// True for the Italian `non febbre`; `non-Hodgkin` and `non specific` are of an item.
fn is_italian_denial(item: &str) -> bool {
    let mut words = item.split(' ');
    let is_non = words.next().is_some_and(|first| first.eq_ignore_ascii_case("non"));
    is_non
        && words.next().is_some_and(|word| vocabulary::BEHIND_NON.contains(&normalise(word)))
        && words.next().is_none()
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
    fn what_is_said_behind_an_item_is_no_part_of_it() {
        for item in [
            "fever (-)",
            "fever: no",
            "fever absent",
            "Fieber \u{2212}",
            "fever = 0",
            "fever (no)",
            "Fieber: nein",
            "fi\u{e8}vre: non",
            "fi\u{e8}vre absente",
            "fiebre ausente",
            "febbre assente",
            "febre: n\u{e3}o",
            "koorts afwezig",
            "Fieber nicht vorhanden",
            "fever: none",
            "fever denied",
        ] {
            assert_eq!(said_of_item(item), SaidOfItem::Absent, "{item}");
        }
        for (item, name) in [
            ("rash (+)", "rash"),
            ("rash: yes", "rash"),
            ("Exanthem +", "Exanthem"),
            ("rash present", "rash"),
            ("Exanthem: ja", "Exanthem"),
            ("\u{e9}ruption (oui)", "\u{e9}ruption"),
            ("erupci\u{f3}n: s\u{ed}", "erupci\u{f3}n"),
            ("uitslag aanwezig", "uitslag"),
            ("rash ++", "rash"),
        ] {
            assert_eq!(said_of_item(item), SaidOfItem::Present(name), "{item}");
        }
        for item in ["fever?", "knee ?", "fever (?)", "fever: ?", "rash +/-"] {
            assert_eq!(said_of_item(item), SaidOfItem::InDoubt, "{item}");
        }
        for item in
            ["fever", "edema 2+", "ER+", "head: left side", "rash (arms)", "pain on movement", "no cough", "(+)"]
        {
            assert_eq!(said_of_item(item), SaidOfItem::Nothing, "{item}");
        }
    }

    #[test]
    fn a_denied_item_is_told_from_an_item() {
        for item in [
            "no cough",
            "kein Fieber",
            "sin fiebre",
            "pas de toux",
            "Without fever",
            "denies pain",
            "no HTN",
            "absence de fi\u{e8}vre",
            "niega fiebre",
            "nega febre",
            "non febbre",
            "assenza di febbre",
            "ausencia de fiebre",
            "verneint Fieber",
            "ontkent koorts",
            "aus\u{ea}ncia de febre",
            "afwezigheid van koorts",
            "nie la fi\u{e8}vre",
        ] {
            assert!(denies(item), "{item}");
        }
        for item in ["nodule", "non-Hodgkin lymphoma", "no", "NO inhaled", "northern", "sinusitis", "no man's land"] {
            assert!(!denies(item), "{item}");
        }
    }
}
