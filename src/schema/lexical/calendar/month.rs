//! Names of months.

use crate::schema::letters::unaccented;
use std::borrow::Cow;

/// The names of `months.toml`.
mod names {
    use crate::vocabulary::{WordMap, Words};
    include!(concat!(env!("OUT_DIR"), "/months.rs"));
}

/// The month a word names in one of six languages; capitals, accents and a point behind it do not matter.
pub fn month_of(word: &str) -> Option<u8> {
    names::MONTHS.get(&plain(word))
}

/// True for a day of a month without a year, as a spreadsheet shows it: `5-Sep`, `05. Mrz`, `Sep 5`.
pub fn is_day_of_month(text: &str) -> bool {
    let is_day = |part: &str| part.len() <= 2 && part.parse().is_ok_and(|day: u8| (1..=31).contains(&day));
    let parts = text.trim().split_once(['-', '/', '.', ' ']);
    parts.is_some_and(|(one, other)| {
        let (one, other) = (one.trim(), other.trim());
        is_day(one) && month_of(other).is_some() || month_of(one).is_some() && is_day(other)
    })
}

/// True for the name of a day, `Wed` or `Mittwoch`, in one of the six languages.
pub fn is_weekday(word: &str) -> bool {
    names::WEEKDAYS.contains(&plain(word))
}

/// Lower case, without accents and without a point at the end.
fn plain(word: &str) -> Cow<'_, str> {
    let word = word.strip_suffix('.').unwrap_or(word);
    unaccented(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_means_one_month() {
        assert!(names::WEEKDAYS.iter().all(|day| is_weekday(day) && month_of(day).is_none()));
        assert!((1..=12).all(|month| names::MONTHS.iter().any(|(_, number)| number == month)));
        for (name, number) in names::MONTHS.iter() {
            assert_eq!(month_of(&format!("{}.", name.to_uppercase())), Some(number));
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
