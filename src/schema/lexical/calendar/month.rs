//! Names of months.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

const MONTHS: &str = include_str!("months.toml");

/// The content of `months.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    months: Vec<Vec<String>>,
}

/// The number of each name; empty only if `months.toml` were damaged, which a test excludes.
static NUMBERS: LazyLock<BTreeMap<String, u8>> = LazyLock::new(|| {
    let names: Names = toml::from_str(MONTHS).unwrap_or_default();
    let of = |(names, number): (Vec<String>, u8)| names.into_iter().map(move |name| (name, number));
    names.months.into_iter().zip(1..=12).flat_map(of).collect()
});

/// The month a word names in one of six languages; capitals, accents and a point behind it do not matter.
pub fn month_of(word: &str) -> Option<u8> {
    let plain: String = word.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    NUMBERS.get(plain.strip_suffix('.').unwrap_or(&plain)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_means_one_month() {
        let names: Names = toml::from_str(MONTHS).unwrap();
        assert_eq!((names.months.len(), names.months.iter().map(Vec::len).sum::<usize>()), (12, NUMBERS.len()));
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
