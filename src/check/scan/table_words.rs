//! What the heads of a table and the labels of its rows say: totals, and whether a case can be in several rows.
//!
//! The words are data (`table_words.toml`).

/// The words of `table_words.toml`.
mod vocabulary {
    use crate::vocabulary::Words;
    include!(concat!(env!("OUT_DIR"), "/table_words.rs"));
}

use super::nouns::is_unit_word;
use crate::vocabulary::Words;

/// What a row of totals is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TotalOf {
    /// All rows above it.
    All,
    /// Those behind the last subtotal.
    Some,
    /// All rows above it, or all cases, of whom the rows may be some: `All patients`, `Overall`.
    Whole,
}

/// How many of its rows a case can be in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Overlap {
    /// One: its stage, its sex.
    One,
    /// Several: its symptoms.
    Several,
    /// The table does not say.
    #[default]
    Unknown,
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty())
}

/// True for a text with one of these words, and no other word than those that may stand beside them.
fn is_named(text: &str, names: &[&Words]) -> bool {
    let is_name = |word: &str| names.iter().any(|words| words.contains_in_any_case(word));
    words(text).any(is_name) && words(text).all(|word| is_name(word) || vocabulary::BESIDE.contains_in_any_case(word))
}

/// What the label of a row of totals is of: `Total`, `Total, n (%)`, `Total (n = 50)`. None for another label.
pub(super) fn total_of(label: &str) -> Option<TotalOf> {
    let is_subtotal = is_named(label, &[&vocabulary::SUBTOTALS]) || label.trim().eq_ignore_ascii_case("sub-total");
    let is_total = is_named(label, &[&vocabulary::TOTALS]);
    let is_whole = is_named(label, &[&vocabulary::WHOLE_ROWS]);
    let of = [(is_subtotal, TotalOf::Some), (is_total, TotalOf::All), (is_whole, TotalOf::Whole)];
    of.into_iter().find(|(is_named, _)| *is_named).map(|(_, of)| of)
}

/// True for the head of a column of all cases: `Total`, `All patients (n = 50)`.
pub(super) fn is_of_all(head: &str) -> bool {
    is_named(head, &[&vocabulary::TOTALS, &vocabulary::WHOLES])
}

/// True for the label of a row of cases without a value: `Unknown`, `Missing, n (%)`, `Not reported`.
pub(super) fn is_of_missing(label: &str) -> bool {
    let says = |word: &str| vocabulary::MISSING.contains_in_any_case(word);
    let is_none = words(label).next().is_some_and(|word| word.eq_ignore_ascii_case("no"));
    is_named(label, &[&vocabulary::MISSING, &vocabulary::VALUES]) && (is_none || words(label).any(says))
}

/// True for the head of a column of p: `P`, `p-value`.
pub(super) fn is_of_p(head: &str) -> bool {
    let mut all = words(head);
    all.next().is_some_and(|word| word.eq_ignore_ascii_case("p"))
        && all.all(|word| word.eq_ignore_ascii_case("value") || word.eq_ignore_ascii_case("values"))
}

/// True for the head of a column of one time of several: `Before`, `At baseline`, `After 6 months`.
pub(super) fn is_of_time(head: &str) -> bool {
    words(head).any(|word| vocabulary::TIMES.contains_in_any_case(word))
}

/// True for a label of means or medians, and of nothing that is taken between two values.
pub(super) fn is_of_average(label: &str) -> bool {
    let has = |names: &Words| words(label).any(|word| names.contains_in_any_case(word));
    has(&vocabulary::AVERAGES) && !has(&vocabulary::COMPARISONS)
}

/// True for a word that may stand beside the name of a label.
pub(super) fn is_beside(word: &str) -> bool {
    vocabulary::BESIDE.contains_in_any_case(word) || word.eq_ignore_ascii_case("sex")
}

/// True for the head of a column of percentages: `%`, `Percentage of patients`.
pub(super) fn is_of_percents(head: &str) -> bool {
    let is_percent = |word: &str| vocabulary::PERCENTAGES.contains_in_any_case(word);
    let says = head.contains('%') || words(head).any(is_percent);
    says && words(head).all(|word| is_percent(word) || (word != "n" && vocabulary::BESIDE.contains_in_any_case(word)))
        && !head.contains(|c: char| c.is_ascii_digit())
        && !words(head).any(|word| ["n", "no", "number"].iter().any(|count| word.eq_ignore_ascii_case(count)))
}

/// True for the label of a row of something that is measured: `Age, years`, `CRP (mg/L)`.
pub(super) fn is_measured(label: &str) -> bool {
    let is_limit = label.contains(['<', '>', '≤', '≥']);
    let is_measure = words(label).any(|word| vocabulary::MEASURES.contains_in_any_case(word));
    label.contains('/') || is_measure || (unit_of(label).is_some_and(is_unit_word) && !is_limit)
}

/// What stands in the bracket or behind the comma at the end of a label: the `mmol` of `Sodium (mmol)`.
fn unit_of(label: &str) -> Option<&str> {
    let label = label.trim();
    let in_bracket = label.strip_suffix([')', ']']).and_then(|label| label.rsplit(['(', '[']).next());
    in_bracket.or_else(|| label.rsplit_once(',').map(|(_, unit)| unit)).map(str::trim)
}

/// What the head of the labels says of their rows: `Stage`, `Symptoms, n (%)`.
pub(super) fn overlap(head: &str) -> Overlap {
    let has = |of: &Words| words(head).any(|word| of.contains_in_any_case(word));
    match (has(&vocabulary::SEVERAL_PER_CASE), has(&vocabulary::ONE_PER_CASE)) {
        (true, _) => Overlap::Several,
        (false, true) => Overlap::One,
        (false, false) => Overlap::Unknown,
    }
}

/// True for a cell that says that there is none.
pub(super) fn is_dash(text: &str) -> bool {
    matches!(text.trim(), "-" | "\u{2013}" | "\u{2014}" | "\u{2212}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_are_named_by_whole_labels() {
        for (label, total) in [
            ("Total", Some(TotalOf::All)),
            ("Grand total, n (%)", Some(TotalOf::All)),
            ("TOTAL (n = 50)", Some(TotalOf::All)),
            ("Subtotal", Some(TotalOf::Some)),
            ("Sub-total", Some(TotalOf::Some)),
            ("Total cholesterol", None),
            ("All patients", Some(TotalOf::Whole)),
            ("Both", None),
            ("Overall survival", None),
            ("n", None),
            ("", None),
        ] {
            assert_eq!(total_of(label), total, "{label}");
        }
        assert!(is_of_missing("Not reported, n (%)") && is_of_missing("Unknown") && !is_of_missing("Missing teeth"));
        assert!(is_of_missing("No data") && !is_of_missing("Data available") && !is_of_missing("n (%)"));
        assert!(is_of_all("All patients (n = 50)") && is_of_all("Total") && !is_of_all("Overall survival"));
    }

    #[test]
    fn heads_say_whether_rows_overlap() {
        assert_eq!(
            ["Stage", "Symptoms, n (%)", "Cause", ""].map(overlap),
            [Overlap::One, Overlap::Several, Overlap::Unknown, Overlap::Unknown]
        );
    }
}
