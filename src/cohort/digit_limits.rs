//! Limits of decimals, prepared for numbers that are known by their digits and their scale.

use crate::decimal::Decimal;

/// Numbers of decimals for which limits are prepared.
const SCALES: usize = 19;

/// A lowest and a highest value, both included, as digits at each scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DigitLimits {
    by_scale: [(i64, i64); SCALES],
}

impl DigitLimits {
    /// The limits from `low` to `high`; without one of them there is no limit on its side.
    pub fn new(low: Option<Decimal>, high: Option<Decimal>) -> DigitLimits {
        let at = |scale: usize| {
            let least = low.map_or(i64::MIN, |low| clamped(ceiling(low, scale)));
            (least, high.map_or(i64::MAX, |high| clamped(floor(high, scale))))
        };
        DigitLimits { by_scale: std::array::from_fn(at) }
    }

    /// The same limits, and these for digits at one scale.
    pub fn within(mut self, scale: usize, least: i64, greatest: i64) -> DigitLimits {
        if let Some((low, high)) = self.by_scale.get_mut(scale) {
            (*low, *high) = ((*low).max(least), (*high).min(greatest));
        }
        self
    }

    /// The same limits for whole numbers; no number with decimals is within them.
    pub fn whole(mut self) -> DigitLimits {
        self.by_scale.iter_mut().skip(1).for_each(|limits| *limits = (1, 0));
        self
    }

    /// The smallest and the largest digits within the limits, of numbers digits / 10^scale.
    #[inline]
    pub fn at(&self, scale: u8) -> (i64, i64) {
        self.by_scale.get(usize::from(scale)).copied().unwrap_or((i64::MIN, i64::MAX))
    }

    /// True for digits / 10^scale within the limits.
    #[inline]
    pub fn hold(&self, digits: i64, scale: u8) -> bool {
        let (least, greatest) = self.at(scale);
        (least..=greatest).contains(&digits)
    }
}

fn ceiling(value: Decimal, scale: usize) -> i128 {
    floor_of(i128::from(value.mantissa()).saturating_neg(), value.scale(), scale).saturating_neg()
}

fn floor(value: Decimal, scale: usize) -> i128 {
    floor_of(i128::from(value.mantissa()), value.scale(), scale)
}

/// The greatest integer d with d / 10^scale at most mantissa / 10^its_scale.
fn floor_of(mantissa: i128, its_scale: u8, scale: usize) -> i128 {
    let power = |exponent: usize| 10_i128.pow(exponent.min(18) as u32);
    let its_scale = usize::from(its_scale);
    match scale.checked_sub(its_scale) {
        Some(more) => mantissa.saturating_mul(power(more)),
        None => mantissa.div_euclid(power(its_scale.saturating_sub(scale))),
    }
}

fn clamped(digits: i128) -> i64 {
    i64::try_from(digits).unwrap_or(if digits < 0 { i64::MIN } else { i64::MAX })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn digits_are_compared_as_decimals_are(low in -3000_i64..3000, high in 0_i64..9000, scales in (0_u8..6, 0_u8..6), digits in -70_000_i64..70_000, scale in 0_u8..19) {
            let (low, high) = (Decimal::new(low, scales.0), Decimal::new(high, scales.1));
            let value = Decimal::new(digits, scale);
            let limits = DigitLimits::new(Some(low), Some(high));
            prop_assert_eq!(limits.hold(digits, scale), low <= value && value <= high);
        }
    }
}
