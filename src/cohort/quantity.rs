//! An exact number of a column: a decimal or a number of twelfths.

use crate::decimal::Decimal;
use crate::schema::lexical::{Age, DurationUnit};
use num_bigint::BigInt;
use num_rational::BigRational;
use std::cmp::Ordering;

/// An exact value: numerator / (12 · 10^scale) where `twelfths` is set, else numerator / 10^scale.
///
/// 30 months in a column of years are 30/12; every decimal keeps the digits it was written with.
/// Equality compares the parts, not the value: 30/12 differs from 25/10.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Quantity {
    /// The numerator.
    pub numerator: i128,
    /// True if the denominator has a factor of 12.
    pub twelfths: bool,
    /// Decimals: the power of ten in the denominator.
    pub scale: u8,
}

impl From<Decimal> for Quantity {
    fn from(value: Decimal) -> Quantity {
        Quantity { numerator: i128::from(value.mantissa()), twelfths: false, scale: value.scale() }
    }
}

impl Quantity {
    /// An age in the unit of its column; `None` if it is too large.
    pub fn of_age(age: Age, unit: DurationUnit) -> Option<Quantity> {
        match (age.years, age.months, unit) {
            (Some(years), None, DurationUnit::Years) => Some(Quantity::from(years)),
            (None, Some(months), DurationUnit::Months) => Some(Quantity::from(months)),
            (None, Some(months), DurationUnit::Years) => Some(Quantity { twelfths: true, ..Quantity::from(months) }),
            (years, months, unit) => {
                let years = years.map_or(Some(0), |y| i128::from(y.mantissa()).checked_mul(12))?;
                let more = months.map_or(0, |m| i128::from(m.mantissa()));
                // The grammar of ages allows months only beside whole years.
                let scale = if months.is_some() { 0 } else { age.years.map_or(0, Decimal::scale) };
                Some(Quantity { numerator: years.checked_add(more)?, twelfths: unit == DurationUnit::Years, scale })
            }
        }
    }

    /// The value as a decimal; `None` for twelfths and for values that are too large.
    pub fn decimal(self) -> Option<Decimal> {
        let mantissa = i64::try_from(self.numerator).ok().filter(|_| !self.twelfths)?;
        Some(Decimal::new(mantissa, self.scale))
    }

    /// The numerator of the same value over 12^t · 10^scale, with t = 1 for `twelfths`.
    ///
    /// `None` if it is not an integer, or too large.
    pub fn over(self, twelfths: bool, scale: u8) -> Option<i128> {
        let mut numerator = self.numerator;
        if twelfths && !self.twelfths {
            numerator = numerator.checked_mul(12)?;
        }
        if let Some(more) = scale.checked_sub(self.scale) {
            numerator = numerator.checked_mul(power_of_ten(more)?)?;
        } else {
            numerator = divided(numerator, power_of_ten(self.scale.checked_sub(scale)?)?)?;
        }
        if self.twelfths && !twelfths { divided(numerator, 12) } else { Some(numerator) }
    }

    /// The value as a fraction in lowest terms.
    #[expect(clippy::arithmetic_side_effects, reason = "integers of any size do not overflow")]
    pub fn to_ratio(self) -> BigRational {
        let ten = num_traits::pow(BigInt::from(10), usize::from(self.scale));
        let denominator = if self.twelfths { ten * BigInt::from(12) } else { ten };
        BigRational::new(BigInt::from(self.numerator), denominator)
    }

    /// Compares by value: 30/12 and 25/10 are equal.
    pub fn compare(self, other: Quantity) -> Ordering {
        let (twelfths, scale) = (self.twelfths || other.twelfths, self.scale.max(other.scale));
        match (self.over(twelfths, scale), other.over(twelfths, scale)) {
            (Some(one), Some(two)) => one.cmp(&two),
            _ => self.to_ratio().cmp(&other.to_ratio()),
        }
    }

    /// True for a whole number: 24/12 and 2.0 are, 30/12 is not.
    pub fn is_whole(self) -> bool {
        self.over(false, 0).is_some()
    }

    /// True for a value below zero.
    pub fn is_negative(self) -> bool {
        self.numerator < 0
    }
}

fn power_of_ten(exponent: u8) -> Option<i128> {
    10i128.checked_pow(u32::from(exponent))
}

fn divided(numerator: i128, by: i128) -> Option<i128> {
    (numerator.checked_rem(by)? == 0).then(|| numerator.checked_div(by))?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::lexical::{Lexeme, NumberFormat, classify};

    fn age(text: &str) -> Age {
        match classify(text, NumberFormat::default()) {
            Lexeme::Age(age) => age,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn ages_are_exact_in_either_unit() {
        for (text, years, months) in [
            ("30 months", (30, true, 0), (30, false, 0)),
            ("2y6m", (30, true, 0), (30, false, 0)),
            ("2.5 y", (25, false, 1), (300, false, 1)),
            ("7.5 mo", (75, true, 1), (75, false, 1)),
            ("P4Y11M", (59, true, 0), (59, false, 0)),
        ] {
            let parts = |unit| Quantity::of_age(age(text), unit).map(|q| (q.numerator, q.twelfths, q.scale));
            assert_eq!(parts(DurationUnit::Years), Some(years), "{text}");
            assert_eq!(parts(DurationUnit::Months), Some(months), "{text}");
        }
    }

    #[test]
    fn values_are_compared_whatever_their_parts() {
        let half = Quantity { numerator: 30, twelfths: true, scale: 0 };
        let of = |numerator, scale| Quantity { numerator, twelfths: false, scale };
        assert_eq!(half.compare(of(25, 1)), Ordering::Equal);
        assert_eq!(half.compare(of(2, 0)), Ordering::Greater);
        assert_eq!(of(-30, 1).compare(of(-2, 0)), Ordering::Less);
        assert_eq!(half.compare(of(i128::MAX, 0)), Ordering::Less);
        assert_eq!(half.to_ratio(), of(25, 1).to_ratio());
    }

    #[test]
    fn a_value_is_put_over_a_denominator_only_exactly() {
        let half = Quantity { numerator: 30, twelfths: true, scale: 0 };
        assert_eq!(half.over(true, 0), Some(30));
        assert_eq!(half.over(true, 2), Some(3000));
        assert_eq!(half.over(false, 1), Some(25));
        assert_eq!(half.over(false, 0), None);
        let third = Quantity { numerator: 28, twelfths: true, scale: 0 };
        assert_eq!((third.over(false, 9), third.decimal()), (None, None));
        let two = Quantity { numerator: 200, twelfths: false, scale: 2 };
        assert_eq!((two.over(false, 0), two.over(true, 0)), (Some(2), Some(24)));
        assert_eq!(Quantity { numerator: 2, twelfths: false, scale: 0 }.over(true, 60), None);
    }
}
