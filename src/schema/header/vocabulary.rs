//! The names of `headers.toml`, and the form in which names are compared.

use crate::schema::Role;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

pub(super) const HEADERS: &str = include_str!("headers.toml");

/// The names, read once a run; empty only if `headers.toml` were damaged, which a test excludes.
pub(super) static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| toml::from_str(HEADERS).unwrap_or_default());

/// The role of each normalised name.
pub(super) static ROLES: LazyLock<FxHashMap<&'static str, Role>> = LazyLock::new(|| {
    let named = VOCABULARY.roles.iter().flat_map(|(role, names)| names.iter().map(move |n| (n.as_str(), *role)));
    named.collect()
});

/// The content of `headers.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Vocabulary {
    pub units: Vec<String>,
    pub only_in_ratios: Vec<String>,
    pub time_letters: BTreeSet<String>,
    pub occasions: Vec<String>,
    pub lab_occasions: Vec<String>,
    pub age_occasions: BTreeSet<String>,
    pub other_people: BTreeSet<String>,
    pub age_words: BTreeSet<String>,
    pub lab_prefixes: Vec<String>,
    pub notes: Vec<String>,
    pub notes_words: Vec<String>,
    pub year_words: Vec<String>,
    pub date_words: Vec<String>,
    pub date_ends: Vec<String>,
    pub date_suffixes: Vec<String>,
    pub date_phrases: Vec<String>,
    pub no_dates: Vec<String>,
    pub ambiguous_ids: BTreeSet<String>,
    pub serial_numbers: BTreeSet<String>,
    pub index_columns: BTreeSet<String>,
    pub numbered_parts: BTreeSet<String>,
    pub blood_pressure: BTreeSet<String>,
    pub blood_cells: Vec<String>,
    pub several: BTreeSet<String>,
    pub single: BTreeSet<String>,
    pub titre_words: BTreeSet<String>,
    pub ratio_words: BTreeSet<String>,
    pub signed_words: BTreeSet<String>,
    pub duration_words: BTreeSet<String>,
    pub duration_phrases: Vec<String>,
    pub duration_end: String,
    pub time_words: BTreeSet<String>,
    pub suffix_units: BTreeMap<String, String>,
    pub time_units: BTreeMap<String, String>,
    pub identity: IdentityWords,
    pub roles: BTreeMap<Role, Vec<String>>,
}

/// The words of which the headers of identifiers are made.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct IdentityWords {
    pub patients: BTreeSet<String>,
    pub plural_patients: BTreeSet<String>,
    pub numbers: BTreeSet<String>,
    pub identifiers: BTreeSet<String>,
    pub joints: BTreeSet<String>,
    pub names: BTreeSet<String>,
    pub staff: BTreeSet<String>,
    pub of_staff: BTreeSet<String>,
    pub births: BTreeSet<String>,
    pub birth_dates: BTreeSet<String>,
    pub records: BTreeSet<String>,
    pub record_numbers: BTreeSet<String>,
    pub contacts: BTreeSet<String>,
    pub things: BTreeSet<String>,
    pub numbered_things: BTreeSet<String>,
}

/// The normal form in which names are compared: lower case, no accents, single spaces.
pub fn normalise(name: &str) -> String {
    let mut words = String::with_capacity(name.len());
    let name = name.replace("(s)", "s").replace("n°", "no").replace("N°", "no");
    let letters = name.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    for c in letters.filter(|c| !matches!(c, '\'' | '’' | '`')) {
        if c.is_alphanumeric() || matches!(c, '#' | '%' | '+') {
            words.push(c);
        } else if !words.is_empty() && !words.ends_with(' ') {
            words.push(' ');
        }
    }
    words.truncate(words.trim_end().len());
    words
}

/// True for text that reads as a unit: a known word, a ratio of units, or a percentage.
pub fn is_unit(text: &str) -> bool {
    let text = text.to_lowercase().replace('μ', "µ");
    let known = |part: &str| VOCABULARY.units.iter().any(|u| u == part);
    if text.contains('%') {
        return true;
    }
    match text.rsplit_once('/') {
        None => known(&text) && !VOCABULARY.only_in_ratios.contains(&text),
        Some((above, below)) => {
            let below = below.trim().trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
            let above = above.trim();
            // `M/F`, `R/L` and `dd/mm/yyyy` are no units: a ratio needs a known unit on both sides.
            known(below) && (above.is_empty() || above.split(['/', ' ']).all(|part| known(part) || is_power(part)))
        }
    }
}

/// True for the multiplier of a unit, such as `10^9`, `x10³` or `1000`.
fn is_power(part: &str) -> bool {
    let digits = part.trim_start_matches(['x', '×', '*', '·']);
    digits.starts_with(|c: char| c.is_ascii_digit())
}
