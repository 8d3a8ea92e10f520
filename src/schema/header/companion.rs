//! Headers of columns that belong to the numbers of another: their unit (`Age unit`, `AGEU`, `Einheit`), or the sign before
//! each (`CRP op`, `<`).

use super::reading::{beginning, parted};
use super::vocabulary::normalise;

/// The words of `companions.toml`.
mod words {
    use crate::vocabulary::{WordMap, Words};
    include!(concat!(env!("OUT_DIR"), "/companions.rs"));
}

/// What a column tells of the numbers of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Companion {
    /// The unit, by a word.
    Unit,
    /// The unit, by a `U` behind the name of the numbers, as in CDISC; many other names end so.
    UnitByLetter,
    /// The sign before the number.
    Sign,
}

/// A header of such a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompanionHeader {
    /// What the column tells.
    pub tells: Companion,
    /// The name of the numbers in its normal form; empty where the header does not name them.
    pub of: String,
}

/// What a header says of such a column; no answer for any other header.
pub fn companion(header: &str) -> Option<CompanionHeader> {
    let header = beginning(header);
    // `FU unit (mo/y)`: what stands in brackets is a remark, unless it is the word itself.
    let outside = header.split(['(', '[']).next().unwrap_or(header);
    in_words(outside).or_else(|| in_words(header)).or_else(|| in_signs(header)).or_else(|| by_letter(header))
}

fn in_words(header: &str) -> Option<CompanionHeader> {
    let words = words_of(header);
    let tells = words.split(' ').find_map(|word| told_by(word).map(|(tells, _)| tells))?;
    let names = words.split(' ').map(|word| told_by(word).map_or(word, |(_, stem)| stem));
    Some(CompanionHeader { tells, of: name_of_numbers(names) })
}

/// What a word tells, and the name that it is joined with: `alter` of `alterseinheit`.
fn told_by(word: &str) -> Option<(Companion, &str)> {
    let plain = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let compound = || words::UNIT_ENDS.iter().find_map(|end| plain.strip_suffix(end));
    match () {
        () if words::UNIT_WORDS.contains(plain) => Some((Companion::Unit, "")),
        () if words::SIGN_WORDS.contains(plain) => Some((Companion::Sign, "")),
        () => compound().map(|stem| (Companion::Unit, stem.trim_end_matches('s'))),
    }
}

/// `CRP (<)`, `</>`; not `CRP <5`.
fn in_signs(header: &str) -> Option<CompanionHeader> {
    let is_sign = header.contains(['<', '>', '≤', '≥']) && !header.contains(|c: char| c.is_ascii_digit());
    is_sign.then(|| CompanionHeader { tells: Companion::Sign, of: name_of_numbers(words_of(header).split(' ')) })
}

fn by_letter(header: &str) -> Option<CompanionHeader> {
    let words = normalise(header);
    let of = words.strip_suffix('u').filter(|stem| stem.len() > 1 && !stem.contains(' '))?;
    Some(CompanionHeader { tells: Companion::UnitByLetter, of: of.to_owned() })
}

fn words_of(header: &str) -> String {
    normalise(&parted(header).replace(['\'', '’'], " "))
}

/// The words that name the numbers, in their normal form: `value` and the like name none.
pub fn name_of_numbers<'w>(words: impl Iterator<Item = &'w str>) -> String {
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let names = words.filter(|word| !words::BESIDE_THEM.contains(word) && !is_number(word));
    names.collect::<Vec<_>>().join(" ")
}

/// The sign that a cell of such a column tells, empty for `=`; no answer for any other text.
pub fn sign_of(text: &str) -> Option<&'static str> {
    words::SIGNS.get(text.trim().to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::{Companion, companion, sign_of, words};
    use crate::schema::header::normalise;

    #[test]
    fn every_word_is_in_its_normal_form() {
        let all = [&words::UNIT_WORDS, &words::UNIT_ENDS, &words::SIGN_WORDS, &words::BESIDE_THEM];
        for word in all.into_iter().flat_map(|words| words.iter()) {
            assert_eq!(normalise(word), word, "{word} can never match");
        }
    }

    #[test]
    fn units_and_signs_of_a_column_are_known_in_seven_languages() {
        for (header, tells, of) in [
            ("Age unit", Companion::Unit, "age"),
            ("age_units", Companion::Unit, "age"),
            ("ageUnit", Companion::Unit, "age"),
            ("Unit of age", Companion::Unit, "age"),
            ("Unit", Companion::Unit, ""),
            ("Unit.1", Companion::Unit, ""),
            ("unit2", Companion::Unit, ""),
            ("FU unit (mo/y)", Companion::Unit, "fu"),
            ("Follow-up (unit)", Companion::Unit, "follow up"),
            ("Einheit", Companion::Unit, ""),
            ("Alterseinheit", Companion::Unit, "alter"),
            ("Dauer Einheit", Companion::Unit, "dauer"),
            ("Unité de l'âge", Companion::Unit, "age"),
            ("unidad de medida", Companion::Unit, ""),
            ("Unità di misura", Companion::Unit, ""),
            ("Unidade", Companion::Unit, ""),
            ("Eenheid", Companion::Unit, ""),
            ("AGEU", Companion::UnitByLetter, "age"),
            ("CRP op", Companion::Sign, "crp"),
            ("Sign", Companion::Sign, ""),
            ("Vorzeichen", Companion::Sign, ""),
            ("<", Companion::Sign, ""),
            ("</>", Companion::Sign, ""),
            ("CRP (<)", Companion::Sign, "crp"),
        ] {
            let found = companion(header).map(|header| (header.tells, header.of));
            assert_eq!(found, Some((tells, of.to_owned())), "{header}");
        }
        for header in ["Age", "CRP", "Community", "", "u", "Fu", "CRP <5"] {
            assert_eq!(companion(header), None, "{header}");
        }
    }

    #[test]
    fn a_sign_is_read_in_signs_and_words() {
        let read = ["<", "≥", "LT", "=", "less than", "H", "", "+"].map(sign_of);
        assert_eq!(read, [Some("<"), Some(">="), Some("<"), Some(""), Some("<"), None, None, None]);
    }
}
