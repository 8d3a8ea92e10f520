//! Headers of one of several treatments of a case: `Treatment 1`, `2nd line`, `Therapie 3`.

use super::reading::{parted, read_header};
use super::vocabulary::{self, normalise};
use crate::schema::Role;

/// True for a header that names one of several treatments by its number.
pub fn numbers_a_treatment(header: &str) -> bool {
    let words = normalise(&parted(header));
    let (numbers, names): (Vec<&str>, Vec<&str>) = words.split(' ').partition(|word| is_number(word));
    let last_digits = names.last().map_or(0, |last| last.bytes().filter(u8::is_ascii_digit).count());
    let name = names.join(" ");
    let name = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_first_line = vocabulary::JOINED_ORDINALS.iter().any(|ordinal| name.starts_with(ordinal));
    let is_numbered = is_first_line || !numbers.is_empty() || last_digits > 0;
    is_numbered && (vocabulary::LINES.contains(name) || read_header(name).role == Role::Treatment)
}

fn is_number(word: &str) -> bool {
    vocabulary::ORDINALS.contains(word) || word.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_treatment_is_numbered_in_six_languages() {
        for header in [
            "Treatment 1",
            "treatment_2",
            "Tx1",
            "1st line",
            "Second-line therapy",
            "Line 3",
            "Therapie 2",
            "1. Therapie",
            "Erstlinie",
            "Traitement 1",
            "2ème ligne",
            "Tratamiento 2",
            "Primera línea",
            "Terapia 1",
            "2a linea",
            "1ª linha",
        ] {
            assert!(numbers_a_treatment(header), "{header}");
        }
        for header in
            ["Treatment", "line", "Response 1", "age 1", "first visit", "dose 2", "1", "", "treatment duration 1"]
        {
            assert!(!numbers_a_treatment(header), "{header}");
        }
    }
}
