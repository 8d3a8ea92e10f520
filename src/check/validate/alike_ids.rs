//! Ids that differ only in zeros, capitals or an exponent: often one id that a spreadsheet has changed.

use super::case_view::CaseView;
use super::column_lookup::ColumnLookup;
use super::item::Check;
use super::rule::ValidationRule;
use super::sink::{CellFinding, FindingSink};
use crate::cohort::case::CaseColumn;
use crate::diagnostic::quoted;
use rustc_hash::FxHashMap;

/// The ids of so many cases are compared; those of later cases with them.
const MOST_IDS: usize = 1_000_000;

/// The ids without what a spreadsheet changes, each with the first id that is so.
pub struct AlikeIds<'a> {
    column: Option<CaseColumn<'a>>,
    first: FxHashMap<String, String>,
}

impl<'a> AlikeIds<'a> {
    /// For the column of case ids, if there is one.
    pub fn new(lookup: &ColumnLookup<'a>) -> AlikeIds<'a> {
        AlikeIds { column: lookup.id(), first: FxHashMap::default() }
    }
}

impl ValidationRule for AlikeIds<'_> {
    fn look(&mut self, case: &CaseView<'_>, sink: &mut FindingSink<'_>) {
        let Some(column) = self.column else { return };
        let id = case.case.id();
        let key = without_style(&id);
        match self.first.get(&key) {
            Some(first) => sink.of_case(Check::AlikeCaseIds, (case, &column.variable().header), || {
                let message =
                    format!("differs from the id of case {} only in zeros, capitals or an exponent", quoted(first));
                CellFinding::new(message)
                    .value(id)
                    .remedy("if both are one patient, keep one record; else give the ids more than that to differ in")
            }),
            None if self.first.len() < MOST_IDS => {
                self.first.insert(key, id);
            }
            None => {}
        }
    }
}

/// An id without capitals, zeros before numbers and exponents: `P1` for `p001`, 1 × 10^5 for `1E5` and `100000`.
fn without_style(id: &str) -> String {
    let id = id.trim().to_lowercase();
    if let Some(number) = number(&id) {
        return number;
    }
    let mut key = String::with_capacity(id.len());
    let mut rest = id.as_str();
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, digits) = rest.split_at(start);
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        let (digits, after) = digits.split_at(end);
        key.push_str(before);
        let significant = digits.trim_start_matches('0');
        key.push_str(if significant.is_empty() { "0" } else { significant });
        rest = after;
    }
    key.push_str(rest);
    key
}

/// The significant digits of a number and the power of ten of the last of them; none for another text.
fn number(id: &str) -> Option<String> {
    let (mantissa, exponent) = id.split_once('e').unwrap_or((id, "0"));
    let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{part}");
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let exponent: i64 = exponent.parse::<i32>().ok()?.into();
    let significant = digits.trim_start_matches('0');
    let shortest = significant.trim_end_matches('0');
    let zeros = i64::try_from(significant.len().saturating_sub(shortest.len())).ok()?;
    let part = i64::try_from(part.len()).ok()?;
    let power = if shortest.is_empty() { 0 } else { exponent.saturating_add(zeros).saturating_sub(part) };
    Some(format!("{shortest}e{power}"))
}

#[cfg(test)]
mod tests {
    use super::without_style;

    #[test]
    fn ids_are_alike_that_a_spreadsheet_may_have_changed_and_others_are_not() {
        for (one, other) in [
            ("001", "1"),
            ("P1", "p1"),
            ("P01", "P1"),
            ("1E5", "100000"),
            ("1.0", "1"),
            ("2e+03", "2000"),
            ("A-007-b", "a-7-B"),
            ("0", "000"),
        ] {
            assert_eq!(without_style(one), without_style(other), "{one} and {other}");
        }
        for (one, other) in [("1", "10"), ("P1", "P10"), ("1", "-1"), ("P1", "Q1"), ("1E5", "1E6"), ("34", "34_alt")] {
            assert_ne!(without_style(one), without_style(other), "{one} and {other}");
        }
    }
}
