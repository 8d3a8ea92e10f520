//! What stands above and below a table about all of its cells: `Data are n (%) unless stated otherwise.`

use crate::read::document::{Document, Passage, PassageKind};
use std::collections::BTreeMap;

/// Names of the form `n (%)`, without spaces and points.
const COUNT_PERCENT: [&str; 9] = [
    "n(%)",
    "no(%)",
    "number(%)",
    "n[%]",
    "number(percent)",
    "number(percentage)",
    "n(percent)",
    "no(percent)",
    "numbers(percentages)",
];
/// Names of other numbers with a bracket, which would look the same: `mean (SD)`.
const OTHERS: [&str; 8] = ["(sd", "(iqr", "(range", "(se", "(interquartile", "(standard", "[iqr", "[range"];

/// The tables of which a paragraph right before or behind them says that their cells are counts with percentages; true where it
/// allows for nothing else.
pub(super) fn tables_of_counts(document: &Document) -> BTreeMap<u32, bool> {
    let passages = &document.passages;
    let table_at = |at: Option<usize>| {
        let PassageKind::Cell(cell) = passages.get(at?)?.kind else { return None };
        Some(cell.table)
    };
    let mut found = BTreeMap::new();
    for (at, passage) in passages.iter().enumerate() {
        if passage.kind != PassageKind::Paragraph || !says_so(passage) {
            continue;
        }
        let beside = [table_at(at.checked_sub(1)), table_at(at.checked_add(1))];
        // Between two tables it is not known of which it speaks.
        let is_certain = is_certain(passage) && beside.iter().any(Option::is_none);
        for table in beside.into_iter().flatten() {
            found.entry(table).and_modify(|known: &mut bool| *known &= is_certain).or_insert(is_certain);
        }
    }
    found
}

fn says_so(passage: &Passage) -> bool {
    let plain = without_spaces(&passage.text);
    is_of_counts(&plain) && !OTHERS.iter().any(|other| plain.contains(other))
}

/// False for `n (%) unless stated otherwise`, `n (%) or mean ± SD`.
fn is_certain(passage: &Passage) -> bool {
    let allows = |word: &str| {
        ["unless", "otherwise", "or", "and", "mean", "median", "sd"].iter().any(|of| word.eq_ignore_ascii_case(of))
    };
    !passage.text.split(|c: char| !c.is_alphabetic()).any(allows)
}

/// A text in small letters without spaces and points.
pub(super) fn without_spaces(text: &str) -> String {
    text.to_lowercase().replace([' ', '.', '\u{a0}', '*', '_'], "")
}

/// True for a head that names counts with their percentages: `Cases, n (%)`, `Unifocal n = 24 (%)`, `n/N (%)`.
pub(super) fn is_of_counts(plain: &str) -> bool {
    COUNT_PERCENT.iter().any(|form| plain.contains(form)) || is_numbered(plain)
}

/// True for `n = 24 (%)`, and for `n/live births (%)`.
fn is_numbered(plain: &str) -> bool {
    let Some((before, _)) = plain.split_once("(%)") else { return false };
    let digits = before.trim_end_matches(|c: char| c.is_ascii_digit());
    let has_number = digits.len() < before.len() && digits.ends_with("n=");
    let is_fraction = before.rsplit([',', '(', ';', ':']).next().is_some_and(|last| last.starts_with("n/"));
    has_number || is_fraction
}
