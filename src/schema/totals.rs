//! Rows of totals: `Mean`, `Mean (SD)`, `Gesamt`, `N = 12` in the place of a case.

use super::header::{normalise, read_header};
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// The words of `totals.toml`.
mod vocabulary {
    use crate::vocabulary::Words;
    include!(concat!(env!("OUT_DIR"), "/totals.rs"));
}

/// The first words of the names that are plain ASCII.
static FIRST_WORDS: LazyLock<FxHashSet<&'static [u8]>> = LazyLock::new(|| {
    let names = vocabulary::WORDS.iter().chain(vocabulary::INITIALS.iter());
    names.map(|name| name.split(' ').next().unwrap_or(name).as_bytes()).collect()
});

/// More bytes than a name of a total has.
const LONGEST_NAME: usize = 60;
/// More bytes than the first word of one has.
const LONGEST_WORD: usize = 20;

/// How surely a text names a total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TotalName {
    /// `Mean (SD)`, `Gesamt`: no case is called that.
    Word,
    /// `Q1`, `Q3`: also the number of a case, so the row is counted, with a warning.
    Quartile,
    /// `SD`, `N`, `Min`: also the initials of a patient, so the other cells of the row decide.
    Initials,
}

/// Whether a text names a total and no case; capitals, accents, a colon and a number behind it do not matter.
///
/// Several names at once are one: `Mean (SD)`, `Mean ± SD`, `Median [IQR]`, `Min-Max`, `Total N = 12`.
pub fn names_a_total(text: &str) -> Option<TotalName> {
    // A letter with a bar above it is a mean.
    let plain =
        text.replace('∑', "Σ").replace("x\u{304}", "mean").replace("X\u{304}", "mean").replace("x\u{305}", "mean");
    let words = normalise(&plain).replace(" + ", " ");
    if words == "%" {
        return Some(TotalName::Word);
    }
    if matches!(words.as_str(), "q1" | "q2" | "q3") {
        return Some(TotalName::Quartile);
    }
    let known = words.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '%'));
    let is_numbered = known.len() < words.len();
    if is_numbered && !text.contains(['=', ':', '(', '%', ' ']) {
        return None;
    }
    let name = one_or_several(known)?;
    // `ALL 3` may be the third leukaemia.
    if is_numbered && vocabulary::NEVER_NUMBERED.contains(known) && !text.contains(['=', ':', '(']) {
        return None;
    }
    // `N = 12` is a total; `SD 3` may be the third patient.
    let is_certain = is_numbered && text.contains(['=', '%']);
    Some(if is_certain { TotalName::Word } else { name })
}

/// Whether a text names a total of a column: `Mean CRP`, `AVG age` in a file with such a column.
pub fn names_a_total_of(text: &str, columns: &[String]) -> bool {
    let words = normalise(text);
    let cuts = words.match_indices(' ').filter_map(|(at, _)| words.split_at_checked(at));
    let is_column = |rest: &str| columns.iter().any(|column| normalise(&read_header(column).name) == rest.trim_start());
    let mut found = cuts.filter(|(first, rest)| one_or_several(first).is_some() && is_column(rest));
    found.next().is_some()
}

/// True for the name of a total that may be a level too: `subtotal` is the extent of a resection.
pub fn may_name_an_extent(name: &str) -> bool {
    normalise(name).split(|c: char| !c.is_alphabetic()).any(|word| vocabulary::EXTENTS.contains(word))
}

/// True for the name of a group of patients: `Group A`, `Controls`, `Zentrum 2`.
pub fn names_a_group(text: &str) -> bool {
    let words = normalise(text);
    vocabulary::GROUPS.contains(&words)
        || words.split(' ').next().is_some_and(|first| vocabulary::GROUPS.contains(first))
}

/// True for what begins a remark below a table: `Abbreviations: F, female`.
fn begins_a_remark(text: &str) -> bool {
    text.split_once(':').is_some_and(|(first, _)| vocabulary::BELOW_TABLES.contains(&normalise(first)))
}

/// More words than a name has.
const FEW_WORDS: usize = 4;

/// True for a remark below a table with nothing beside it: `Source: our clinic`, `* at diagnosis`; and for one that was cut
/// at its commas: `Abbreviations: F, female`.
pub fn reads_like_a_remark(text: &str, is_alone: bool) -> bool {
    let is_marked = || text.starts_with(['*', '†', '‡', '§', '¶']);
    let is_sentence = || text.contains(": ") || text.split_whitespace().nth(FEW_WORDS).is_some();
    if is_alone { is_marked() || is_sentence() } else { begins_a_remark(text) }
}

/// False for nearly every text that names no total, found without a look at all of it; true for all that name one.
#[inline]
pub fn may_name_a_total(text: &[u8]) -> bool {
    let length = text.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let (word, behind) = text.split_at_checked(length).unwrap_or_default();
    match behind.first() {
        // A quartile.
        Some(b'1'..=b'3') if text.len() == 2 => word.eq_ignore_ascii_case(b"q"),
        Some(b'%') if text.len() == 1 => true,
        _ if text.len() > LONGEST_NAME || length > LONGEST_WORD => false,
        // `95% CI`, `25th percentile`, or a letter with an accent.
        Some(first) if !first.is_ascii() => true,
        Some(first) if length == 0 => first.is_ascii_digit() && text.iter().any(u8::is_ascii_alphabetic),
        Some(first) if first.is_ascii_digit() => false,
        _ => length > 0 && is_a_first_word(word),
    }
}

fn is_a_first_word(word: &[u8]) -> bool {
    let mut lower = [0; LONGEST_WORD];
    let Some(lower) = lower.get_mut(..word.len()) else { return true };
    lower.copy_from_slice(word);
    lower.make_ascii_lowercase();
    FIRST_WORDS.contains(&*lower)
}

/// The name of a total, or several one behind another.
fn one_or_several(words: &str) -> Option<TotalName> {
    if vocabulary::WORDS.contains(words) {
        return Some(TotalName::Word);
    }
    if vocabulary::INITIALS.contains(words) {
        return Some(TotalName::Initials);
    }
    let cuts = words.match_indices(' ').filter_map(|(at, _)| words.split_at_checked(at));
    let mut both = cuts.filter_map(|(first, rest)| one_or_several(first).zip(one_or_several(rest.trim_start())));
    both.next().map(|_| TotalName::Word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_stands_twice_and_each_is_in_its_normal_form() {
        use vocabulary::{INITIALS, WORDS};
        assert!(WORDS.iter().count() > 80 && !WORDS.iter().any(|word| INITIALS.contains(word)));
        assert!(WORDS.iter().chain(INITIALS.iter()).all(|word| normalise(word) == word));
    }

    #[test]
    fn a_total_that_is_an_extent_is_known() {
        use vocabulary::{INITIALS, WORDS};
        for name in WORDS.iter().chain(INITIALS.iter()) {
            assert_eq!(may_name_an_extent(name), name.contains("total"), "{name}");
        }
        assert!(may_name_an_extent("Total (N=12)") && !may_name_an_extent("Totaal"));
    }

    /// Names of rows that are no cases.
    const WORDS: [&str; 55] = [
        "P-Wert",
        "p-waarde",
        "valeur p",
        "Valid N",
        "n missing",
        "Mdn",
        "Konfidenzintervall",
        "Literatur",
        "Mean",
        "MEAN:",
        "Mean (SD)",
        "Mean ± SD",
        "Median [IQR]",
        "Standard deviation",
        "Range",
        "Count",
        "Group average",
        "Total",
        "Totals",
        "Gesamt",
        "Summe",
        "Mittelwert",
        "Moyenne",
        "Media",
        "Promedio",
        "Somme",
        "Totale",
        "Écart-type",
        "Std. Dev.",
        "N = 12",
        "Total (n = 12)",
        "Min-Max",
        "Mean, SD",
        "Desviación estándar",
        "Média",
        "Mean %",
        "mean +/- SD",
        "Moyenne (ET)",
        "p-value",
        "95% CI",
        "Sub-total",
        "Min/Max",
        "Gemiddelde",
        "Totaal",
        "Aantal",
        "Standaarddeviatie",
        "Moy.",
        "Gesamtzahl",
        "Std. Abw.",
        "Streuung",
        "x\u{304}",
        "%",
        "Normwerte",
        "AVG age",
        "Series mean",
    ];

    #[test]
    fn totals_are_named_in_six_languages() {
        for text in WORDS {
            assert_eq!(names_a_total(text), Some(TotalName::Word), "{text}");
            assert!(may_name_a_total(text.as_bytes()), "{text}");
        }
        for text in ["Q1", "q3"] {
            assert_eq!(names_a_total(text), Some(TotalName::Quartile), "{text}");
            assert!(may_name_a_total(text.as_bytes()), "{text}");
        }
        for text in [
            "SD",
            "N",
            "Min",
            "max.",
            "S D",
            "SEM",
            "n:",
            "ETS",
            "All",
            "Cohort",
            "Ref.",
            "p",
            "P",
            "s",
            "SA",
            "Number",
            "Missing",
            "Cut-off",
            "Normal",
            "Control",
            "Controls",
            "Literature",
            "Unit",
            "Reference",
            "CI",
            "Bereich",
        ] {
            assert_eq!(names_a_total(text), Some(TotalName::Initials), "{text}");
            assert!(may_name_a_total(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn usual_ids_need_no_look() {
        for id in ["P1", "12", "Patient 12", "case-7", "", "JD", "2021-03", "N1", "SD3"] {
            assert!(!may_name_a_total(id.as_bytes()), "{id}");
        }
    }

    #[test]
    fn cases_are_no_totals() {
        for text in [
            "P1",
            "1",
            "",
            "Minna",
            "N1",
            "SD3",
            "JD",
            "totally",
            "Mean-1a",
            "Case mean",
            "12",
            "Range rider",
            "M",
            "P2",
            "Total knee",
        ] {
            assert_eq!(names_a_total(text), None, "{text}");
        }
    }
}
