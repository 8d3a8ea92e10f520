//! Words for a value that is not there, in six languages, and what a spreadsheet writes for a failed formula.
//!
//! The words are data (`missing_words.toml`). Which of them a cell may contain without a word to the
//! reader is the decision of its column; this only says what a word means and how certain that is.

use super::MissingReason;
use super::letters::unaccented;
use crate::vocabulary::WordMap;
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// The words of `missing_words.toml`.
mod vocabulary {
    use crate::schema::MissingReason;
    use crate::vocabulary::{WordMap, Words};
    include!(concat!(env!("OUT_DIR"), "/missing_words.rs"));
}

/// Most bytes of a text that may stand for a missing value, accents and brackets included.
pub const LONGEST: usize = 48;

/// The words of each scope.
static SCOPES: [(Scope, WordMap<MissingReason>); 3] = [
    (Scope::EveryColumn, vocabulary::EVERY_COLUMN),
    (Scope::ByColumn, vocabulary::BY_COLUMN),
    (Scope::FollowUp, vocabulary::FOLLOW_UP),
];

/// Every word.
fn words() -> impl Iterator<Item = &'static str> {
    SCOPES.iter().flat_map(|(_, words)| words.words()).chain(vocabulary::errors::WORDS.iter())
}

/// What a word means.
fn meaning(word: &str) -> Option<AbsentValue> {
    let mut scopes = SCOPES.iter();
    let missing =
        scopes.find_map(|(scope, words)| Some(AbsentValue::Missing { reason: words.get(word)?, scope: *scope }));
    let is_error = || vocabulary::errors::WORDS.contains(word);
    missing.or_else(|| is_error().then_some(AbsentValue::SpreadsheetError))
}

/// First letters and digits of a text that are compared.
const BEGINNING: usize = 4;

/// The beginnings of all words.
static BEGINNINGS: LazyLock<FxHashSet<[u8; BEGINNING]>> =
    LazyLock::new(|| words().filter_map(|word| beginning(word.as_bytes())).collect());

/// Where a word certainly means that a value is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// In every column.
    EveryColumn,
    /// Only where the column has no other meaning for it: `nd`, `none`.
    ByColumn,
    /// In a column of follow-up, outcome or response: `lost`.
    FollowUp,
}

/// What a word says in the place of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AbsentValue {
    /// A value is missing.
    Missing {
        /// Why.
        reason: MissingReason,
        /// How certain that is.
        scope: Scope,
    },
    /// A formula of the spreadsheet failed: `#N/A`, `#VALUE!`, `#####`.
    SpreadsheetError,
}

/// What a text says in the place of a value; no answer for a value.
///
/// Capitals, accents, spaces around it, one pair of brackets, a question mark and a point behind it do not
/// matter: `(Unknown)`, `nicht verfügbar`, `nd?`, `Not done.`.
pub fn absent_value(text: &str) -> Option<AbsentValue> {
    let text = text.trim();
    // No word begins with a digit or is longer; nearly all cells of numbers and texts end here.
    let begins_number = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    if !may_be_absent(text.as_bytes())
        || begins_number(text)
        || text.strip_prefix(['<', '>']).is_some_and(begins_number)
    {
        return None;
    }
    let text = normal(text);
    let is_too_narrow = text.len() > 1 && text.bytes().all(|b| b == b'#');
    if is_too_narrow {
        return Some(AbsentValue::SpreadsheetError);
    }
    let without_point = || text.strip_suffix('.').filter(|word| word.len() > 2);
    let found = meaning(&text).or_else(|| meaning(without_frame(&text)));
    let by_itself = found.or_else(|| meaning(without_point()?));
    // What stands in the brackets may be the value.
    let with_remark = || AbsentValue::Missing { reason: MissingReason::NotReported, scope: Scope::ByColumn };
    by_itself.or_else(|| is_missing_with_remark(&text).then(with_remark))
}

/// True for a word that says beside answers and results, and only there, that a value is missing: `NI`, `U`, `*`.
pub fn is_missing_beside_answers(text: &str) -> bool {
    text.len() <= LONGEST && vocabulary::beside_answers::WORDS.contains(&normal(text.trim()))
}

/// True for a mark or a word that repeats the cell above: `"`, `idem`, `s. o.`
pub fn is_ditto(text: &str) -> bool {
    let text = text.trim();
    let words = &vocabulary::ditto::WORDS;
    text.len() <= LONGEST && (words.contains(text) || words.contains(&normal(text)))
}

/// True for a cell of a column of a further treatment that says that there was none: blank, `-`, `n/a`.
pub fn says_nothing_more(text: &str) -> bool {
    let text = text.trim();
    let is_sign = !text.contains(|c: char| c.is_alphanumeric() || c == '?') && !is_ditto(text);
    is_sign || text.len() <= LONGEST && vocabulary::nothing_more::WORDS.contains(&normal(text))
}

/// True for the label of an answer that tells nothing: `Refused`, `Don't know`.
pub fn tells_no_answer(label: &str) -> bool {
    let label = label.trim().replace('’', "'");
    label.len() <= LONGEST && vocabulary::no_answer::WORDS.contains(&normal(&label))
}

/// True for a word for a missing value before a remark in brackets: `NA (male)`.
fn is_missing_with_remark(text: &str) -> bool {
    let word = text.strip_suffix(')').and_then(|text| text.split_once('(')).map(|(word, _)| word.trim());
    let is_word = |word: &&str| word.len() > 1 && word.contains(char::is_alphanumeric);
    word.filter(is_word).is_some_and(|word| vocabulary::EVERY_COLUMN.get(&normal(word)).is_some())
}

/// False for a text that certainly stands for no missing value, by its first letters and its length.
pub fn may_be_absent(text: &[u8]) -> bool {
    if text.len() > LONGEST {
        return false;
    }
    beginning(text).is_none_or(|beginning| BEGINNINGS.contains(&beginning)) || text.ends_with(b")") || !text.is_ascii()
}

/// The first letters and digits of a text, in lower case; `None` where there are fewer.
fn beginning(text: &[u8]) -> Option<[u8; BEGINNING]> {
    let mut letters = text.iter().filter(|byte| byte.is_ascii_alphanumeric()).map(u8::to_ascii_lowercase);
    let mut beginning = [0; BEGINNING];
    for slot in &mut beginning {
        *slot = letters.next()?;
    }
    Some(beginning)
}

/// The reason a text gives in every column; no answer for a value, and where the column decides.
pub fn certainly_missing(text: &str) -> Option<MissingReason> {
    match absent_value(text)? {
        AbsentValue::Missing { reason, scope: Scope::EveryColumn } => Some(reason),
        AbsentValue::Missing { .. } | AbsentValue::SpreadsheetError => None,
    }
}

/// The text without brackets around it and question marks behind it; as it is where nothing else is left.
fn without_frame(text: &str) -> &str {
    let pairs = [('(', ')'), ('[', ']'), ('<', '>')];
    let inner = pairs.into_iter().find_map(|(open, close)| text.strip_prefix(open)?.strip_suffix(close));
    let inner = inner.unwrap_or(text).trim();
    let inner = inner.trim_end_matches(['?', '!', ' ']);
    if inner.is_empty() { text } else { inner }
}

/// Lower case without accents and apostrophes; one space for several, for `_` and for `-` between letters.
fn normal(text: &str) -> String {
    let plain: String = unaccented(text).chars().filter(|c| !matches!(c, '\'' | '\u{2019}')).collect();
    if !plain.contains(char::is_alphanumeric) {
        return plain.split_whitespace().collect();
    }
    let words = plain.split(|c: char| c.is_whitespace() || matches!(c, '-' | '_')).filter(|word| !word.is_empty());
    let mut normal = String::with_capacity(plain.len());
    for word in words {
        let is_joined = word.starts_with('/') || normal.ends_with(['/', '.']) || normal.is_empty();
        normal.push_str(if is_joined { "" } else { " " });
        normal.push_str(word);
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::*;
    use MissingReason::{NotApplicable, NotDone, NotReported};
    use std::collections::HashSet;

    #[test]
    fn no_word_stands_twice_and_each_is_in_its_normal_form() {
        let distinct: HashSet<&str> = words().collect();
        assert!(distinct.len() > 250, "{}", distinct.len());
        assert_eq!(distinct.len(), words().count(), "a word stands twice");
        for word in words() {
            assert_eq!(normal(word), word, "{word} can never match");
            assert!(word.len() + 12 <= LONGEST && !word.contains([';', '|']), "{word} is not looked up");
        }
    }

    #[test]
    fn the_built_in_tokens_keep_their_reason() {
        for token in ["", "NA", "n/a", "NR", "n.r.", "null", "NaN", ".", "-", "?", "Unknown", "missing", "not reported"]
        {
            assert_eq!(certainly_missing(token), Some(NotReported), "{token}");
        }
        assert_eq!(certainly_missing("not done"), Some(NotDone));
        assert_eq!(certainly_missing("not applicable"), Some(NotApplicable));
    }

    /// Words for a missing value, and their reason.
    const MISSING: &[(MissingReason, &[&str])] = &[
        (
            NotReported,
            &[
                "n.a.",
                "N.A.",
                "n. a.",
                "N/A",
                "n / a",
                "NA",
                "unk",
                "Unknown",
                "unclear",
                "not provided",
                "Not_recorded",
                "not-available",
                "not known",
                "not stated",
                "not given",
                "no data",
                "missing",
                "--",
                "---",
                "–",
                "—",
                "- -",
                "...",
                "(unknown)",
                "[missing]",
                "unknown?",
                "nicht bekannt",
                "unbekannt",
                "keine Angabe",
                "k.A.",
                "k. A.",
                "non renseigné",
                "inconnu",
                "no consta",
                "desconocido",
                "S/D",
                "non noto",
                "não informado",
                "(blank)",
                "nicht erhoben",
                "Nicht verfügbar",
            ],
        ),
        (
            NotDone,
            &[
                "Not performed",
                "not done",
                "NOT TESTED",
                "not measured",
                "nicht durchgeführt",
                "non réalisé",
                "no realizado",
                "non eseguito",
                "não realizado",
            ],
        ),
        (NotApplicable, &["not applicable", "entfällt", "sans objet", "no aplica", "não se aplica", "non applicabile"]),
    ];

    #[test]
    fn words_are_missing_in_every_column_with_their_reason() {
        for &(reason, words) in MISSING {
            for word in words {
                assert_eq!(certainly_missing(word), Some(reason), "{word}");
            }
        }
    }

    #[test]
    fn words_of_two_meanings_are_left_to_the_column() {
        for (word, reason) in
            [("nd", NotDone), ("ND?", NotDone), ("N.D.", NotDone), ("n/d", NotDone), ("NK", NotReported)]
        {
            assert_eq!(absent_value(word), Some(AbsentValue::Missing { reason, scope: Scope::ByColumn }), "{word}");
        }
        for word in ["nil", "none", "pending", "NK", "KA"] {
            let by_column = AbsentValue::Missing { reason: NotReported, scope: Scope::ByColumn };
            assert_eq!(absent_value(word), Some(by_column), "{word}");
            assert_eq!(certainly_missing(word), None, "{word}");
        }
        let follow_up = AbsentValue::Missing { reason: NotReported, scope: Scope::FollowUp };
        assert_eq!(["lost", "Lost to follow-up", "perdu de vue"].map(absent_value), [Some(follow_up); 3]);
    }

    #[test]
    fn long_texts_that_may_stand_for_a_missing_value_are_looked_up() {
        for word in ["Information not available", "(nicht durchgeführt)", "non réalisée", "pas de données"] {
            assert!(absent_value(word).is_some() && may_be_absent(word.as_bytes()), "{word}");
        }
        for word in words().filter(|word| word.len() > 1) {
            assert!(may_be_absent(word.as_bytes()), "{word}");
        }
        for text in ["a nodule of the left elbow", "operated on in another hospital"] {
            assert!(!may_be_absent(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn errors_of_a_spreadsheet_are_no_missing_values() {
        for error in [
            "#N/A",
            "#NV",
            "#VALUE!",
            "#WERT!",
            "#DIV/0!",
            "#REF!",
            "#NAME?",
            "#NUM!",
            "#ÜBERLAUF!",
            "#####",
            "#¡VALOR!",
        ] {
            assert_eq!(absent_value(error), Some(AbsentValue::SpreadsheetError), "{error}");
        }
    }

    #[test]
    fn values_are_values() {
        for text in [
            "0",
            "-1",
            "neg",
            "negative",
            "normal",
            "no",
            "+",
            "knee",
            "999",
            "not improved",
            "Nadia",
            "missing finger",
            "unknown primary",
            "na+",
            "#1",
            "#",
            "x",
            "5?",
            "<5>",
            "n",
            "-5 to -3",
        ] {
            assert_eq!(absent_value(text), None, "{text}");
        }
    }
}
