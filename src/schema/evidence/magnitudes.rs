//! How large the numbers of a column are: the powers of two between which at least one of them lies.

use crate::decimal::Decimal;

/// The bit of the numbers from 1 to below 2.
pub const ONE: u32 = 64;

/// One bit for each power of two.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Magnitudes(u128);

impl Magnitudes {
    /// Notes a number; one that is not positive has no magnitude.
    pub fn note(&mut self, number: Decimal) {
        if let Some(bit) = magnitude(number) {
            self.0 |= 1_u128.checked_shl(bit).unwrap_or_default();
        }
    }

    /// True where the numbers below 2 lie far below the others, and are in their range when they are taken a hundred times.
    pub fn are_fractions_beside_percentages(self) -> bool {
        const GAP: u32 = 5;
        // A hundred lies between the sixth and the seventh power of two.
        const HUNDRED: u32 = 6;
        let Some(((least, below), (above, greatest))) = self.parted(GAP) else { return false };
        let (low, high) = (least.saturating_add(HUNDRED), below.saturating_add(HUNDRED).saturating_add(1));
        below <= ONE && low <= greatest.saturating_add(1) && above <= high.saturating_add(1)
    }

    /// True where a number above zero is below 1.
    pub fn hold_a_fraction(self) -> bool {
        self.0.trailing_zeros() < ONE
    }

    /// Adds those of another part of the column.
    pub fn merge(&mut self, other: Magnitudes) {
        self.0 |= other.0;
    }

    /// The least and the greatest magnitude on each side of the first gap of so many.
    pub fn parted(self, gap: u32) -> Option<((u32, u32), (u32, u32))> {
        let lowest = self.0.trailing_zeros();
        let mut end = lowest;
        while let Some(rest) = self.0.checked_shr(end.saturating_add(1)).filter(|rest| *rest != 0) {
            let empty = rest.trailing_zeros();
            let next = end.saturating_add(1).saturating_add(empty);
            if empty >= gap {
                let highest = 127_u32.saturating_sub(self.0.leading_zeros());
                return Some(((lowest, end), (next, highest)));
            }
            end = next;
        }
        None
    }
}

/// The greatest power of two that is not above a positive number, as its bit.
fn magnitude(number: Decimal) -> Option<u32> {
    let digits = u128::try_from(number.mantissa()).ok().filter(|digits| *digits > 0)?;
    let ten = 10_u128.checked_pow(u32::from(number.scale()))?;
    if digits >= ten {
        return ONE.checked_add(digits.checked_div(ten)?.checked_ilog2()?);
    }
    // 2^-k is not above digits / ten where ten is not above digits times 2^k.
    (1..ONE).find(|k| digits.checked_shl(*k).is_some_and(|doubled| doubled >= ten)).and_then(|k| ONE.checked_sub(k))
}

#[cfg(test)]
mod tests {
    use super::{Magnitudes, ONE, magnitude};
    use crate::decimal::Decimal;

    fn of(text: &str) -> Option<u32> {
        magnitude(Decimal::parse(text).unwrap())
    }

    #[test]
    fn a_magnitude_is_a_power_of_two() {
        for (text, power) in [("1", 0), ("1.99", 0), ("2", 1), ("443", 8), ("396000", 18), ("0.5", -1), ("0.03", -6)] {
            assert_eq!(of(text), ONE.checked_add_signed(power), "{text}");
        }
        assert_eq!((of("0"), of("-3")), (None, None));
    }

    #[test]
    fn a_gap_parts_the_numbers() {
        let mut all = Magnitudes::default();
        for text in ["443", "12", "396000", "120000"] {
            all.note(Decimal::parse(text).unwrap());
        }
        assert_eq!(all.parted(5), Some(((ONE + 3, ONE + 8), (ONE + 16, ONE + 18))));
        assert_eq!((all.parted(9), Magnitudes::default().parted(1)), (None, None));
    }
}
