//! Numbers written without anything else, which most cells of a laboratory column are.
//!
//! The text of such a number is known from its digits and its scale, so that a column can be counted without
//! keeping its texts, and be read after it was counted.

use super::age;
use super::cell::CellRules;
use super::digit_limits::DigitLimits;
use super::quantity::Quantity;
use crate::decimal::Decimal;
use crate::schema::{BareReading, GroupedReading};

/// Most digits of a bare number.
const MOST_DIGITS: usize = 18;

/// The least digits behind which there may be those of binary arithmetic.
const NOISY: i64 = 1_000_000_000_000_000;

/// Limits that no number keeps: the least is above the greatest.
const NO_NUMBER: (Option<Decimal>, Option<Decimal>) = (Some(Decimal::new(1, 0)), Some(Decimal::new(0, 0)));

/// `12.40` is 1240 / 10^2. No zero stands in front of another digit: `099` is not `99`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BareNumber {
    /// Number of decimals.
    pub scale: u8,
    /// All digits as one integer, with the sign.
    pub digits: i64,
}

impl BareNumber {
    /// Reads digits with at most one decimal mark between them, after a minus sign or none.
    ///
    /// `None` for every other text, and for a number that is written in more than one way, such as `-0`.
    pub fn parse(text: &[u8], mark: u8) -> Option<BareNumber> {
        let unsigned = text.strip_prefix(b"-").unwrap_or(text);
        if unsigned.len() > MOST_DIGITS.saturating_add(1) {
            return None;
        }
        let (whole, decimals) = match unsigned.iter().position(|byte| *byte == mark) {
            Some(at) => (unsigned.get(..at)?, unsigned.get(at.saturating_add(1)..).filter(|rest| !rest.is_empty())?),
            None => (unsigned, [].as_slice()),
        };
        let is_plain = !whole.is_empty() && (whole == b"0" || whole.first() != Some(&b'0'));
        if !is_plain || whole.len().saturating_add(decimals.len()) > MOST_DIGITS {
            return None;
        }
        let mut magnitude = 0_i64;
        for byte in whole.iter().chain(decimals) {
            let digit = byte.wrapping_sub(b'0');
            magnitude = magnitude.wrapping_mul(10).wrapping_add(i64::from((digit <= 9).then_some(digit)?));
        }
        let is_negative = unsigned.len() < text.len();
        let digits = if is_negative { magnitude.wrapping_neg() } else { magnitude };
        let scale = decimals.len() as u8;
        // Digits of binary arithmetic are read by their text, with a note.
        let is_noisy = magnitude >= NOISY && Decimal::new(digits, scale).without_binary_noise().is_some();
        (!is_noisy && (magnitude > 0 || !is_negative)).then_some(BareNumber { scale, digits })
    }

    /// The text it was read from.
    pub fn text(self, mark: u8) -> String {
        let scale = usize::from(self.scale);
        let width = scale.saturating_add(1);
        let mut text = format!("{:0width$}", self.digits.unsigned_abs());
        if scale > 0 {
            text.insert(text.len().saturating_sub(scale), char::from(mark));
        }
        if self.digits < 0 { format!("-{text}") } else { text }
    }

    /// One integer that sorts as the number itself does, and is compared faster.
    pub fn order(self) -> i128 {
        (i128::from(self.scale) << 64).wrapping_add(i128::from(self.digits))
    }

    /// Its value.
    pub fn quantity(self) -> Quantity {
        Quantity { numerator: i128::from(self.digits), parts: 1, scale: self.scale }
    }
}

impl From<Decimal> for BareNumber {
    fn from(value: Decimal) -> BareNumber {
        BareNumber { scale: value.scale(), digits: value.mantissa() }
    }
}

impl From<BareNumber> for Decimal {
    fn from(number: BareNumber) -> Decimal {
        Decimal::new(number.digits, number.scale)
    }
}

/// Which bare numbers of a number column are plainly values in its unit, so that they need not be read one by one.
#[derive(Debug)]
pub struct BareNumbers {
    exceptions: Vec<BareNumber>,
    readable: DigitLimits,
}

impl BareNumbers {
    /// The bare numbers of a number column.
    pub fn of(rules: &CellRules<'_>) -> BareNumbers {
        let variable = rules.variable;
        let declared = variable.missing.iter().flatten().map(|(token, _)| token);
        let tokens = rules.extra_missing.iter().chain(declared).chain(variable.stated.keys());
        let exceptions = tokens.filter_map(|token| BareNumber::parse(token.trim().as_bytes(), rules.mark()));
        let low_to_high = match variable.reading.bare {
            // Each is converted.
            BareReading::Values if variable.reading.header_unit.is_some() => NO_NUMBER,
            BareReading::Values if variable.reading.is_never_negative => {
                let (low, high) = age::limits(variable);
                (low.or_else(|| Some(Decimal::from_int(0))), high)
            }
            BareReading::Values => age::limits(variable),
            BareReading::Unreadable | BareReading::TwoScales | BareReading::YearsAndMonths => NO_NUMBER,
        };
        let (low, high) = low_to_high;
        let (low, high) = match variable.reading.scale_range {
            Some((least, most)) if variable.reading.bare == BareReading::Values && low_to_high != NO_NUMBER => {
                (Some(Decimal::from_int(least)), high.into_iter().chain([Decimal::from_int(most)]).min())
            }
            Some(_) | None => (low, high),
        };
        let readable = DigitLimits::new(low, high);
        let readable = match variable.reading.grouped {
            GroupedReading::Values => readable,
            // `429,000` may be thousands, `0,125` is not.
            GroupedReading::Unreadable => readable.within(3, -999, 999),
        };
        BareNumbers { exceptions: exceptions.collect(), readable }
    }

    /// True for a number that is its own value; every other one must be read by its text.
    #[inline]
    pub fn is_value(&self, number: BareNumber) -> bool {
        self.readable.hold(number.digits, number.scale) && !self.exceptions.contains(&number)
    }

    /// The numbers that mean something else, such as declared missing tokens.
    pub fn exceptions(&self) -> &[BareNumber] {
        &self.exceptions
    }

    /// The smallest and the largest digits of this scale that may be values.
    pub fn limits(&self, scale: u8) -> (i64, i64) {
        self.readable.at(scale)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cohort::cell::{CellState, StatedNumber, number};
    use crate::schema::{MissingReason, Role, Status, Variable};
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn the_text_of_a_bare_number_is_known_from_its_parts(text in "-?[0-9.,]{0,20}|[0-9]{1,6}[.][0-9]{1,6}|[-+e0-9 ]{0,5}") {
            if let Some(read) = BareNumber::parse(text.as_bytes(), b'.') {
                prop_assert_eq!(read.text(b'.'), text);
            }
        }

        #[test]
        fn a_bare_number_that_is_a_value_is_read_as_that_value(
            text in "-?(0|[1-9][0-9]{0,4})([.][0-9]{1,3})?|99|-9|0",
            role in prop::sample::select(vec![Role::Age, Role::Lab, Role::Other]),
            unit in prop::sample::select(vec![None, Some("months"), Some("years"), Some("weeks"), Some("Tage"), Some("days"), Some("U/L")]),
            is_deidentified in any::<bool>(),
            is_of_ages in any::<bool>(),
            is_never_negative in any::<bool>(),
            scale_range in prop::sample::select(vec![None, None, Some((0, 10)), Some((1, 100))]),
            bare_reading in prop::sample::select(BareReading::ALL.to_vec()),
            grouped in prop::sample::select(vec![GroupedReading::Values, GroupedReading::Unreadable]),
        ) {
            let mut variable = Variable { role, is_deidentified, is_of_ages, unit: unit.map(str::to_owned), ..Variable::new("x") };
            variable.reading.is_never_negative = is_never_negative;
            variable.reading.scale_range = scale_range;
            variable.missing = Some(BTreeMap::from([("99".to_owned(), MissingReason::NotDone)]));
            variable.reading.grouped = grouped;
            variable.stated.insert("0".to_owned(), Status::Negative);
            variable.reading.bare = bare_reading;
            let tokens = ["-9".to_owned()];
            let rules = CellRules { variable: &variable, decimal_comma: false, extra_missing: &tokens };
            let Some(bare) = BareNumber::parse(text.as_bytes(), b'.') else { return Ok(()) };
            let read = number(&text, &rules);
            if BareNumbers::of(&rules).is_value(bare) {
                prop_assert_eq!(read, CellState::Value(StatedNumber { value: bare.quantity(), stated: None }));
            } else {
                prop_assert!(!matches!(read, CellState::Value(_)), "{:?}", read);
            }
        }
    }

    #[test]
    fn numbers_that_can_be_written_in_two_ways_are_not_bare() {
        for text in ["099", "-0", "-0.0", ".5", "5.", "+1", "1e3", "00", "1,5", "", "-", "1234567890123456789"] {
            assert_eq!(BareNumber::parse(text.as_bytes(), b'.'), None, "{text}");
        }
        let of = |digits, scale| Some(BareNumber { scale, digits });
        assert_eq!(BareNumber::parse(b"0,50", b','), of(50, 2));
        assert_eq!(BareNumber::parse(b"1.2482900000012345", b'.'), of(12_482_900_000_012_345, 16));
        assert_eq!(BareNumber::parse(b"1.2482900000000001", b'.'), None, "digits of binary arithmetic");
    }
}
