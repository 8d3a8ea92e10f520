//! How many decimals a derived number is printed with; its value stays as it is.
//!
//! | derived | decimals |
//! |---|---|
//! | quotient, product | those with which its median has the significant digits of its most precise part |
//! | years between two dates | 3: a day is 0.003 of a year, and the day before an anniversary is none |
//! | months, weeks between two dates | 2, 1 |
//! | sum, difference | all: it has no more than its parts |

use super::number::{CaseNumber, first_power};
use super::syntax::Operation;
use crate::cohort::case::{Case, CaseCell};
use crate::cohort::cell::CellState;
use crate::schema::lexical::duration::TimeUnit;
use std::collections::BTreeMap;

/// A quotient of numbers of one digit has so many.
const LEAST_DIGITS: u32 = 2;

/// What has been seen of the cells of a quotient or product.
#[derive(Debug, Default)]
pub(super) struct Precision {
    /// The significant digits of the most precise part.
    digits: u32,
    /// How many cells have this power of ten as their first digit.
    sizes: BTreeMap<i32, u64>,
    /// The most decimals of a cell.
    most: usize,
}

impl Precision {
    /// Adds the cell of a case, made of parts with at most so many significant digits.
    pub fn add(&mut self, text: &str, digits: u32) {
        self.digits = self.digits.max(digits);
        self.most = self.most.max(text.split_once('.').map_or(0, |(_, decimals)| decimals.len()));
        if let Some(power) = first_power(text) {
            let count = self.sizes.entry(power).or_default();
            *count = count.saturating_add(1);
        }
    }

    /// The decimals; none where all cells have no more of them.
    pub fn decimals(&self) -> Option<u8> {
        let all: u64 = self.sizes.values().sum();
        let mut below = 0_u64;
        let median = self.sizes.iter().find(|(_, count)| {
            below = below.saturating_add(**count);
            below.saturating_mul(2) >= all
        });
        let (first, _) = median?;
        let behind = i32::try_from(self.digits.max(LEAST_DIGITS)).ok()?.checked_sub(1)?.checked_sub(*first)?;
        let decimals = usize::try_from(behind.max(0)).ok()?;
        u8::try_from(decimals).ok().filter(|_| decimals < self.most)
    }
}

/// The decimals of a time between two dates.
pub(super) fn of_time(unit: TimeUnit) -> u8 {
    match unit {
        TimeUnit::Years => 3,
        TimeUnit::Months => 2,
        TimeUnit::Weeks => 1,
        TimeUnit::Days | TimeUnit::Hours | TimeUnit::Minutes => 0,
    }
}

impl CaseNumber<'_> {
    /// True for a number that may have more digits than what it is made of.
    pub(super) fn is_quotient_or_product(&self) -> bool {
        match self {
            CaseNumber::Two(_, Operation::Over | Operation::Times, _) | CaseNumber::In(..) => true,
            CaseNumber::Two(left, Operation::Plus | Operation::Minus, right) => {
                left.is_quotient_or_product() || right.is_quotient_or_product()
            }
            CaseNumber::Negative(of) => of.is_quotient_or_product(),
            CaseNumber::Constant(_) | CaseNumber::Column(_) => false,
        }
    }

    /// The significant digits of its most precise part in a case; a constant is exact and counts for nothing.
    pub(super) fn digits_of_parts(&self, case: &Case<'_>) -> u32 {
        match self {
            CaseNumber::Constant(_) => 0,
            CaseNumber::Negative(of) | CaseNumber::In(of, _) => of.digits_of_parts(case),
            CaseNumber::Two(left, _, right) => left.digits_of_parts(case).max(right.digits_of_parts(case)),
            CaseNumber::Column(column) => {
                let CaseCell::Number(CellState::Value(stated)) = case.cell(column) else { return 0 };
                let Some(value) = stated.value.decimal() else { return LEAST_DIGITS };
                let shown = column.variable().decimals.unwrap_or(value.scale());
                let beyond = u32::from(value.scale().saturating_sub(shown));
                value
                    .mantissa()
                    .unsigned_abs()
                    .checked_ilog10()
                    .map_or(1, |last| last.saturating_add(1))
                    .saturating_sub(beyond)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Precision, first_power};

    #[test]
    fn the_power_of_a_number_is_that_of_its_first_digit() {
        for (text, power) in [
            ("1000", Some(3)),
            ("999.999999999999999999999999", Some(2)),
            ("1", Some(0)),
            ("0.001", Some(-3)),
            ("-0.0015", Some(-3)),
            ("0.000999999999999999999999", Some(-4)),
            ("0.00000000000000000000000000002", Some(-29)),
            ("0", None),
            ("0.00", None),
            ("", None),
        ] {
            assert_eq!(first_power(text), power, "{text}");
        }
    }

    #[test]
    fn the_median_has_the_digits_of_the_most_precise_part() {
        for (cells, digits, decimals) in [
            (&["3.333333333333", "1.571428571429", "1.388888888889", "2.5"][..], 3, Some(2)),
            (&["27.431", "19.66", "21.6049"], 3, Some(1)),
            (&["0.0075", "0.011111111111"], 1, Some(4)),
            (&["333.333333333333"], 2, Some(0)),
            // No more decimals than the cells have.
            (&["2.5", "3.5"], 5, None),
            (&["0", ""], 5, None),
            (&[], 0, None),
        ] {
            let mut precision = Precision::default();
            cells.iter().for_each(|cell| precision.add(cell, digits));
            assert_eq!(precision.decimals(), decimals, "{cells:?}");
        }
    }
}
