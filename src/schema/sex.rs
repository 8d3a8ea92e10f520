//! The sex of a patient as it is written, in six languages, by the whole set of words of its column.
//!
//! A word says by itself what it means; a single letter does not: `M` is male beside `F`, and female
//! beside `H` where the column is Spanish or Portuguese. The words are data (`sex.toml`).

use super::SexWords;
use crate::words::words;
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The words of `sex.toml`.
mod vocabulary {
    use crate::vocabulary::Words;
    include!(concat!(env!("OUT_DIR"), "/sex.rs"));
}

words! {
    /// The two levels that other writings are folded into.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Sex: "sex" {
        /// `F`, `girl`, `weiblich`, ...
        Female = "female",
        /// `M`, `boy`, `homme`, ...
        Male = "male",
    }
}

/// Why words of a column stay as they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SexRemark {
    /// `H` and `M` without `F` or `W`: M is male or, in Spanish and Portuguese, female. A warning.
    HAndM,
    /// `M` and no letter or word that tells its language. A warning.
    OnlyM,
    /// Letters that do not belong together: `F` and `N`. A warning.
    OtherLetters,
    /// `1`, `2`: their meaning is not stated. A note.
    Codes,
    /// `true`, `no`: their meaning is not stated. A note.
    TruthValues,
    /// Words that are not known: `feemale`. A note.
    OtherWords,
}

impl SexRemark {
    /// True where a number may be another one.
    pub fn is_warning(self) -> bool {
        match self {
            SexRemark::HAndM | SexRemark::OnlyM | SexRemark::OtherLetters => true,
            SexRemark::Codes | SexRemark::TruthValues | SexRemark::OtherWords => false,
        }
    }
}

/// How the words of one column of sex are read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SexReading {
    /// What becomes a level.
    pub words: SexWords,
    /// Why words stay as they are written, each reason with the words.
    pub remarks: BTreeMap<SexRemark, Vec<String>>,
}

/// True for a word of a sex that is neither female nor male: `intersex`, `divers`.
pub fn is_neither(word: &str) -> bool {
    kind(&plain(word)) == WrittenSex::Neither
}

/// The sex that a word means; a letter only in a column whose letters do.
pub fn sex_of(word: &str, letters: bool) -> Option<Sex> {
    let plain = plain(word);
    match kind(&plain) {
        WrittenSex::Word(sex) => Some(sex),
        WrittenSex::Letter if letters => match plain.as_str() {
            "f" | "w" | "v" | "g" => Some(Sex::Female),
            "m" | "h" | "b" => Some(Sex::Male),
            _ => None,
        },
        WrittenSex::Letter | WrittenSex::Neither | WrittenSex::Code | WrittenSex::TruthValue | WrittenSex::Unknown => {
            None
        }
    }
}

/// Reads the distinct words of a column of sex, without those for missing values.
///
/// Words fold always. Letters fold by the whole set of the column: F, W, H; M beside F or W, or beside words of a
/// language in which M is male; V where the column is Dutch, as in Spanish it is a man; B and G, boy and girl, where
/// both are there, as a G beside F is a garçon; none beside any other letter.
/// Other, intersex and X never fold.
pub fn fold<'a>(levels: impl IntoIterator<Item = &'a str>) -> SexReading {
    fold_in(levels, false)
}

/// The same below a header that may be Dutch: `geslacht`, `m/v`.
pub fn fold_in<'a>(levels: impl IntoIterator<Item = &'a str>, is_dutch: bool) -> SexReading {
    let written: Vec<(&str, String)> = levels.into_iter().map(|word| (word, plain(word))).collect();
    let letters = SexLetters::of(&written, is_dutch);
    let mut reading = SexReading { words: letters.words(), ..SexReading::default() };
    for (word, plain) in &written {
        let remark = match kind(plain) {
            WrittenSex::Word(_) | WrittenSex::Neither => None,
            WrittenSex::Letter => letters.remark(),
            WrittenSex::Code => Some(SexRemark::Codes),
            WrittenSex::TruthValue => Some(SexRemark::TruthValues),
            WrittenSex::Unknown => Some(SexRemark::OtherWords),
        };
        if let Some(remark) = remark {
            reading.remarks.entry(remark).or_default().push((*word).to_owned());
        }
    }
    reading
}

/// True for the `U` of CDISC: the sex is not known.
pub fn is_unknown(text: &str) -> bool {
    vocabulary::UNKNOWN.contains(&plain(text))
}

/// True for a text that may stand for a sex by itself: `female`, `F`, `♂`, `intersex`; not for a code or another word.
pub fn may_be_sex(text: &str) -> bool {
    let plain = plain(text);
    let is_letter = plain.chars().count() == 1;
    match kind(&plain) {
        WrittenSex::Word(_) => true,
        WrittenSex::Letter => matches!(plain.as_str(), "f" | "h" | "m" | "v" | "w"),
        WrittenSex::Neither => !is_letter || matches!(plain.as_str(), "d" | "x"),
        WrittenSex::Code | WrittenSex::TruthValue | WrittenSex::Unknown => false,
    }
}

/// True for two texts that stand for different sexes whatever stands beside them in their columns.
pub fn differ(one: &str, other: &str) -> bool {
    let sex = |text: &str| [["f", "m"], ["f", "h"], ["w", "m"]].iter().find_map(|beside| known(text, beside));
    sex(one).is_some_and(|one| sex(other).is_some_and(|other| one != other))
}

fn known(text: &str, beside: &[&str]) -> Option<Sex> {
    let reading = fold(beside.iter().copied().chain([text]));
    sex_of(text, reading.words == SexWords::WordsAndLetters)
}

/// What a plain text is, by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WrittenSex {
    Word(Sex),
    Letter,
    Neither,
    Code,
    TruthValue,
    Unknown,
}

fn kind(plain: &str) -> WrittenSex {
    let mut letters = plain.chars();
    let is_letter = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
    match plain {
        _ if vocabulary::FEMALE.contains(plain) => WrittenSex::Word(Sex::Female),
        _ if vocabulary::MALE.contains(plain) => WrittenSex::Word(Sex::Male),
        _ if vocabulary::NEITHER.contains(plain) => WrittenSex::Neither,
        _ if vocabulary::YES_NO.contains(plain) => WrittenSex::TruthValue,
        _ if is_letter => WrittenSex::Letter,
        _ if plain.contains(|c: char| c.is_ascii_digit()) && plain.parse::<f64>().is_ok() => WrittenSex::Code,
        _ => WrittenSex::Unknown,
    }
}

/// The single letters of a column, and what the words beside them tell of their language.
#[derive(Debug)]
struct SexLetters<'a> {
    letters: BTreeSet<&'a str>,
    /// True where some word stands beside them.
    has_words: bool,
    /// True where one of these is of a language in which M may be female.
    m_may_be_female: bool,
    /// True where a word or the header is Dutch: `vrouw`, `geslacht`.
    is_dutch: bool,
}

impl<'a> SexLetters<'a> {
    fn of(written: &'a [(&str, String)], is_dutch: bool) -> SexLetters<'a> {
        let of = |wanted: fn(WrittenSex) -> bool| {
            written.iter().map(|(_, plain)| plain.as_str()).filter(move |plain| wanted(kind(plain)))
        };
        let words = || of(|kind| matches!(kind, WrittenSex::Word(_))).filter(|word| !matches!(*word, "♀" | "♂"));
        SexLetters {
            letters: of(|kind| kind == WrittenSex::Letter).collect(),
            has_words: words().next().is_some(),
            m_may_be_female: words().any(|word| vocabulary::M_MAY_BE_FEMALE.contains(word)),
            is_dutch: is_dutch || words().any(|word| vocabulary::DUTCH.contains(word)),
        }
    }

    /// Why the letters stay as they are written; `None` where they do not.
    fn remark(&self) -> Option<SexRemark> {
        let has = |letter| self.letters.contains(letter);
        if has("b") && has("g") && self.letters.len() == 2 {
            return None;
        }
        let is_v_told = self.is_dutch && !has("f") && !has("w") && !has("h");
        let is_known = |letter: &str| ["f", "h", "m", "w"].contains(&letter) || letter == "v" && is_v_told;
        if !self.letters.iter().all(|letter| is_known(letter)) {
            return Some(SexRemark::OtherLetters);
        }
        // Where F, W or V is female, M is not.
        let is_m_told = has("f") || has("w") || has("v") || !has("m");
        match (is_m_told, has("h")) {
            (true, _) => None,
            (false, true) => Some(SexRemark::HAndM),
            (false, false) if self.has_words && !self.m_may_be_female => None,
            (false, false) => Some(SexRemark::OnlyM),
        }
    }

    /// A column without letters may be asked for one: M is not, in a language in which it may mean either.
    fn words(&self) -> SexWords {
        let folds = if self.letters.is_empty() { !self.m_may_be_female } else { self.remark().is_none() };
        if folds { SexWords::WordsAndLetters } else { SexWords::Words }
    }
}

/// Lower case without accents, brackets, points at the end, and the marks that make a sign an emoji.
fn plain(text: &str) -> String {
    let lower: String = if text.is_ascii() {
        text.to_ascii_lowercase()
    } else {
        let letters = text.nfd().filter(|c| !is_combining_mark(*c) && !matches!(c, '\u{FE0E}' | '\u{FE0F}'));
        letters.flat_map(char::to_lowercase).collect()
    };
    let inner = lower.trim().trim_end_matches('.');
    let inner = inner.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(inner);
    if inner.contains(char::is_whitespace) {
        inner.split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        inner.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(levels: &[&str]) -> Vec<String> {
        let letters = fold(levels.iter().copied()).words == SexWords::WordsAndLetters;
        let level = |word: &&str| sex_of(word, letters).map_or((*word).to_owned(), |sex| sex.word().to_owned());
        levels.iter().map(level).collect()
    }

    fn remarks(levels: &[&str]) -> Vec<SexRemark> {
        fold(levels.iter().copied()).remarks.into_keys().collect()
    }

    #[test]
    fn no_word_has_two_meanings_and_each_is_plain() {
        use vocabulary::{FEMALE, M_MAY_BE_FEMALE, MALE, NEITHER, YES_NO};
        let words = || [&FEMALE, &MALE, &NEITHER, &YES_NO].into_iter().flat_map(|set| set.iter());
        let all: BTreeSet<&str> = words().collect();
        assert_eq!(all.len(), words().count());
        assert!(all.iter().all(|word| {
            plain(word) == **word && (word.chars().count() > 1 || !word.is_ascii() || NEITHER.contains(word))
        }));
        assert!(M_MAY_BE_FEMALE.iter().all(|word| FEMALE.contains(word) || MALE.contains(word)));
    }

    #[test]
    fn words_fold_always_in_six_languages() {
        let female = [
            "Female",
            "GIRL",
            "woman",
            "♀",
            "♀\u{FE0F}",
            "femme",
            "Fille",
            "femenino",
            "mujer",
            "niña",
            "femmina",
            "donna",
            "feminino",
            "menina",
            "mulher",
            "weiblich",
            "Mädchen",
            " female ",
            "(female)",
            "fem.",
        ];
        let male = [
            "male",
            "Boy",
            "man",
            "homme",
            "hombre",
            "garçon",
            "niño",
            "maschio",
            "uomo",
            "masculino",
            "menino",
            "männlich",
            "Junge",
            "♂",
            "Mann",
            "varón",
        ];
        assert!(shown(&female).iter().all(|shown| shown == "female"));
        assert!(shown(&male).iter().all(|shown| shown == "male"));
        assert!(remarks(&female).is_empty() && remarks(&male).is_empty());
    }

    #[test]
    fn letters_fold_by_the_whole_set_of_the_column() {
        assert_eq!(shown(&["F", "M"]), ["female", "male"]);
        assert_eq!(shown(&["w", "m"]), ["female", "male"]);
        assert_eq!(shown(&["F", "H"]), ["female", "male"]);
        assert_eq!(shown(&["F", "W", "M", "H"]), ["female", "female", "male", "male"]);
        assert_eq!(shown(&["F", "H", "M"]), ["female", "male", "male"]);
        assert_eq!(shown(&["F", "f", "Female", "girl", "M", "male", "homme"])[..4], ["female"; 4]);
        assert_eq!(shown(&["F.", "M."]), ["female", "male"]);
        assert_eq!(shown(&["B", "G", "girl"]), ["male", "female", "female"]);
        assert_eq!([shown(&["F"]), shown(&["W"]), shown(&["H"])].concat(), ["female", "female", "male"]);
        assert_eq!(shown(&["M", "female"]), ["male", "female"]);
        assert_eq!(shown(&["M", "F", "masculino"]), ["male", "female", "male"]);
    }

    #[test]
    fn letters_of_two_meanings_stay_as_written_with_the_reason() {
        for (levels, remark) in [
            (&["H", "M"][..], SexRemark::HAndM),
            (&["H", "M", "mujer"], SexRemark::HAndM),
            (&["M"], SexRemark::OnlyM),
            (&["M", "hombre"], SexRemark::OnlyM),
            (&["M", "♀"], SexRemark::OnlyM),
            (&["F", "N"], SexRemark::OtherLetters),
            (&["F", "M", "N"], SexRemark::OtherLetters),
            (&["F", "H", "N"], SexRemark::OtherLetters),
            (&["J", "M"], SexRemark::OtherLetters),
            (&["G"], SexRemark::OtherLetters),
            (&["B"], SexRemark::OtherLetters),
            (&["F", "G"], SexRemark::OtherLetters),
            (&["B", "G", "M"], SexRemark::OtherLetters),
        ] {
            assert_eq!(remarks(levels), [remark], "{levels:?}");
            let reading = fold(levels.iter().copied());
            let letters = levels.iter().filter(|level| level.is_ascii() && level.len() == 1);
            let folds = reading.words == SexWords::WordsAndLetters;
            assert!(letters.clone().all(|letter| sex_of(letter, folds).is_none()), "{levels:?}");
            assert_eq!(reading.remarks[&remark].len(), letters.count(), "{levels:?}");
        }
    }

    #[test]
    fn other_is_never_folded_and_does_not_hinder() {
        assert_eq!(shown(&["m", "w", "d"]), ["male", "female", "d"]);
        assert_eq!(shown(&["F", "M", "X", "intersex", "Other"]), ["female", "male", "X", "intersex", "Other"]);
        assert!(remarks(&["F", "M", "X", "divers"]).is_empty());
    }

    #[test]
    fn codes_truth_values_and_other_words_stay_with_a_note() {
        assert_eq!(shown(&["1", "2"]), ["1", "2"]);
        assert_eq!(remarks(&["1", "2.0"]), [SexRemark::Codes]);
        assert_eq!(remarks(&["TRUE", "false"]), [SexRemark::TruthValues]);
        assert_eq!(shown(&["feemale", "M", "F"]), ["feemale", "male", "female"]);
        assert_eq!(remarks(&["feemale", "M", "F"]), [SexRemark::OtherWords]);
        assert!(fold([]).remarks.is_empty());
    }
}
