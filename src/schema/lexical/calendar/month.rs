//! Names of months.

use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

const MONTHS: &str = include_str!("months.toml");

/// The content of `months.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    months: Vec<Vec<String>>,
    weekdays: BTreeSet<String>,
}

/// Empty only if `months.toml` were damaged, which a test excludes.
static NAMES: LazyLock<Names> = LazyLock::new(|| toml::from_str(MONTHS).unwrap_or_default());

/// The number of each name.
static NUMBERS: LazyLock<BTreeMap<&str, u8>> = LazyLock::new(|| {
    let of = |(names, number): (&'static Vec<String>, u8)| names.iter().map(move |name| (name.as_str(), number));
    NAMES.months.iter().zip(1..=12).flat_map(of).collect()
});

/// The month a word names in one of six languages; capitals, accents and a point behind it do not matter.
pub fn month_of(word: &str) -> Option<u8> {
    NUMBERS.get(plain(word).as_str()).copied()
}

/// True for the name of a day, `Wed` or `Mittwoch`, in one of the six languages.
pub fn is_weekday(word: &str) -> bool {
    NAMES.weekdays.contains(&plain(word))
}

/// Lower case, without accents and without a point at the end.
fn plain(word: &str) -> String {
    let word = word.strip_suffix('.').unwrap_or(word);
    word.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_means_one_month() {
        let names: Names = toml::from_str(MONTHS).unwrap();
        assert_eq!((names.months.len(), names.months.iter().map(Vec::len).sum::<usize>()), (12, NUMBERS.len()));
        assert!(names.weekdays.iter().all(|day| is_weekday(day) && month_of(day).is_none()));
        for (name, number) in NUMBERS.iter() {
            assert_eq!(month_of(&format!("{}.", name.to_uppercase())), Some(*number));
        }
    }

    #[test]
    fn names_of_six_languages() {
        for (word, month) in
            [("Mar", 3), ("März", 3), ("août", 8), ("Déc.", 12), ("Ene", 1), ("gen", 1), ("Março", 3), ("OCT", 10)]
        {
            assert_eq!(month_of(word), Some(month), "{word}");
        }
        assert_eq!([month_of("m"), month_of(""), month_of("Mon"), month_of("dead")], [None; 4]);
    }
}
