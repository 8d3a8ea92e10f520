//! The same long number in two patients: rarely chance, often a copied cell.

use super::case_sink::{CellFinding, located};
use super::case_view::CaseView;
use super::column_lookup::ColumnLookup;
use super::sink::FindingSink;
use crate::cohort::case::CaseColumn;
use crate::decimal::Decimal;
use crate::diagnostic::{FindingId, SourceLocation, quoted};
use crate::tally::Counts;
use std::collections::BTreeMap;

/// Least number of significant digits: shorter numbers coincide too often.
const LEAST_DIGITS: u32 = 3;
/// A pair is reported if one by chance is expected in fewer than one column in this many.
const ONE_OF: u128 = 20;

/// A number without trailing zeros: mantissa and decimals.
type NumberKey = (i64, u8);

/// The repeated numbers of each column, each with the first case that has it.
#[derive(Clone)]
pub struct Identical<'a> {
    columns: Vec<(CaseColumn<'a>, BTreeMap<NumberKey, Option<String>>)>,
}

/// A case with one of these numbers.
pub struct CaseWithNumber {
    /// The index of the column among those with such numbers.
    column: usize,
    number: NumberKey,
    id: String,
    location: SourceLocation,
    written: String,
}

impl<'a> Identical<'a> {
    /// For the laboratory numbers of a cohort.
    pub fn new(lookup: &ColumnLookup<'a>) -> Identical<'a> {
        let shared = |column: CaseColumn<'a>| {
            let counts = lookup.counted(&column).map(|counted| &counted.counts)?;
            let keys = shared_numbers(counts);
            (!keys.is_empty()).then_some((column, keys))
        };
        Identical { columns: lookup.number_labs().filter_map(shared).collect() }
    }

    /// The numbers of a case that other cases have.
    pub fn look(&self, case: &CaseView<'_>, found: &mut Vec<CaseWithNumber>) {
        for (at, (column, keys)) in self.columns.iter().enumerate() {
            let value = case.value(Some(*column)).and_then(|value| value.decimal());
            let Some(number) = value.map(key).filter(|number| keys.contains_key(number)) else { continue };
            let location = case.case.location(&column.variable().header);
            let (id, written) = (case.case.id(), case.case.text(column.column).into_owned());
            found.push(CaseWithNumber { column: at, number, id, location, written });
        }
    }

    /// Takes the next case with such a number, in the order of the cases.
    pub fn take(&mut self, found: CaseWithNumber, sink: &mut FindingSink<'_>) {
        let CaseWithNumber { column, number, id, location, written } = found;
        let keys = self.columns.get_mut(column).map(|(_, keys)| keys);
        match keys.and_then(|keys| keys.get_mut(&number)) {
            None => {}
            Some(first @ None) => *first = Some(id),
            Some(Some(first)) => {
                let found = CellFinding::new(format!("same number as in case {}", quoted(first)))
                    .value(written)
                    .remedy("compare both with the source: one of them may be copied");
                sink.take_case(located(FindingId::IdenticalNumber, found, location));
            }
        }
    }
}

/// The repeated numbers of a column that chance would rarely repeat.
fn shared_numbers(counts: &Counts) -> BTreeMap<NumberKey, Option<String>> {
    let Counts::Number(counts) = counts else { return BTreeMap::new() };
    let distribution = counts.distribution();
    let Some(scale) = scale_of(distribution.denominator) else { return BTreeMap::new() };
    let n = distribution.n();
    let repeated = distribution.points().filter(|(_, cells)| *cells > 1);
    let keys = repeated.filter_map(|(numerator, _)| {
        let (mantissa, scale) = key(Decimal::new(i64::try_from(numerator).ok()?, scale));
        is_beyond_chance(n, significant_digits(mantissa)).then_some(((mantissa, scale), None))
    });
    keys.collect()
}

/// The exponent of a power of ten. None for any other denominator.
fn scale_of(denominator: i128) -> Option<u8> {
    (0..=30).find(|scale| 10_i128.checked_pow(u32::from(*scale)) == Some(denominator))
}

fn key(value: Decimal) -> NumberKey {
    let value = value.normalised();
    (value.mantissa(), value.scale())
}

/// The number of digits without trailing zeros: 429000 has three.
fn significant_digits(mantissa: i64) -> u32 {
    let mut rest = mantissa.unsigned_abs();
    while rest > 0 && rest.is_multiple_of(10) {
        rest = rest.checked_div(10).unwrap_or(0);
    }
    rest.checked_ilog10().map_or(0, |digits| digits.saturating_add(1))
}

/// True where chance rarely makes a pair among n numbers with this many digits.
/// Formula: n (n - 1) / 2 pairs over 9 · 10^(d - 1) numbers of d digits, all equally likely, at most 1/20.
fn is_beyond_chance(n: u64, digits: u32) -> bool {
    let n = u128::from(n);
    let pairs = n.saturating_mul(n.saturating_sub(1)).checked_div(2).unwrap_or(0);
    let numbers = 10_u128.saturating_pow(digits.saturating_sub(1)).saturating_mul(9);
    digits >= LEAST_DIGITS && pairs.saturating_mul(ONE_OF) <= numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repeated_number_needs_more_digits_among_more_patients() {
        // Two of three digits; among 10 patients 45 pairs, of 900 numbers.
        assert!(is_beyond_chance(2, 3) && is_beyond_chance(10, 3));
        assert!(!is_beyond_chance(11, 3) && is_beyond_chance(11, 4) && !is_beyond_chance(2, 2));
        assert!(!is_beyond_chance(u64::MAX, 18));
        for (mantissa, digits) in [(192, 3), (429_000, 3), (7_600, 2), (0, 0), (-105, 3), (i64::MIN, 19)] {
            assert_eq!(significant_digits(mantissa), digits, "{mantissa}");
        }
        assert_eq!((scale_of(1), scale_of(1000), scale_of(12)), (Some(0), Some(3), None));
    }
}
