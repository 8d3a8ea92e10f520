//! An exact number of a column: a decimal, or a decimal number of parts such as twelfths.

use crate::decimal::Decimal;
use crate::schema::lexical::duration::{Duration, TimeUnit};
use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::{BigRational, Ratio};
use std::cmp::Ordering;

/// An exact value: numerator / (parts · 10^scale).
///
/// 30 months in a column of years are 30/12, a day is 4/1461; every decimal keeps the digits it was written with and
/// has one part. Equality compares the fields, not the value: 30/12 differs from 25/10.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Quantity {
    /// The numerator.
    pub numerator: i128,
    /// What divides it beside a power of ten; at least 1.
    pub parts: u64,
    /// Decimals: the power of ten in the denominator.
    pub scale: u8,
}

impl From<Decimal> for Quantity {
    fn from(value: Decimal) -> Quantity {
        Quantity { numerator: i128::from(value.mantissa()), parts: 1, scale: value.scale() }
    }
}

impl Quantity {
    /// A duration in the unit of its column; `None` if it is too large.
    pub fn of_duration(duration: &Duration, unit: TimeUnit) -> Option<Quantity> {
        let (numerator, parts, scale) = duration.in_unit(unit)?;
        let written = Quantity { numerator, parts, scale };
        Some(if duration.only_unit() == Some(unit) { written } else { written.without_zeros() })
    }

    /// The value without the zeros at its end that a conversion made: 2.5 years are 30 months, not 30.0.
    fn without_zeros(mut self) -> Quantity {
        while let Some((scale, numerator)) = self.scale.checked_sub(1).zip(divided(self.numerator, 10)) {
            self = Quantity { numerator, scale, ..self };
        }
        self
    }

    /// A fraction, with as many decimals as its twos and fives are good for; `None` if it is too large.
    pub fn of_ratio(ratio: Ratio<i128>) -> Option<Quantity> {
        let (mut numerator, mut rest, mut scale) = (*ratio.numer(), *ratio.denom(), 0_u8);
        while let Some(factor) = [10, 5, 2].into_iter().find(|factor| divided(rest, *factor).is_some()) {
            rest = divided(rest, factor)?;
            numerator = numerator.checked_mul(10_i128.checked_div(factor)?)?;
            scale = scale.checked_add(1)?;
        }
        Some(Quantity { numerator, parts: u64::try_from(rest).ok()?, scale })
    }

    /// The same value without decimals, in as many more parts; `None` if they are too many.
    pub fn in_parts(self) -> Option<Quantity> {
        let ten = u64::try_from(power_of_ten(self.scale)?).ok()?;
        Some(Quantity { parts: self.parts.checked_mul(ten)?, scale: 0, ..self })
    }

    /// The value as a fraction; `None` if it is too large.
    pub fn ratio(self) -> Option<Ratio<i128>> {
        let denominator = power_of_ten(self.scale)?.checked_mul(i128::from(self.parts))?;
        (denominator > 0).then(|| Ratio::new(self.numerator, denominator))
    }

    /// A number of one unit of time in another; `None` if it is too large.
    pub fn in_time(self, from: TimeUnit, to: TimeUnit) -> Option<Quantity> {
        let common = from.minutes().gcd(&to.minutes());
        let parts = u64::try_from(to.minutes().checked_div(common)?).ok()?.checked_mul(self.parts)?;
        let numerator = self.numerator.checked_mul(from.minutes().checked_div(common)?)?;
        let converted = Quantity { numerator, parts, ..self };
        Some(if from == to { self } else { converted.without_zeros() })
    }

    /// The value as a decimal; `None` for parts and for values that are too large.
    pub fn decimal(self) -> Option<Decimal> {
        let mantissa = i64::try_from(self.numerator).ok().filter(|_| self.parts == 1)?;
        Some(Decimal::new(mantissa, self.scale))
    }

    /// The numerator of the same value over parts · 10^scale.
    ///
    /// `None` if it is not an integer, or too large.
    pub fn over(self, parts: u64, scale: u8) -> Option<i128> {
        let common = parts.gcd(&self.parts);
        let (times, by) = (parts.checked_div(common)?, self.parts.checked_div(common)?);
        let mut numerator = self.numerator.checked_mul(i128::from(times))?;
        if let Some(more) = scale.checked_sub(self.scale) {
            numerator = numerator.checked_mul(power_of_ten(more)?)?;
        } else {
            numerator = divided(numerator, power_of_ten(self.scale.checked_sub(scale)?)?)?;
        }
        divided(numerator, i128::from(by))
    }

    /// The value as a fraction in lowest terms.
    #[expect(clippy::arithmetic_side_effects, reason = "integers of any size do not overflow")]
    pub fn to_ratio(self) -> BigRational {
        let ten = num_traits::pow(BigInt::from(10), usize::from(self.scale));
        BigRational::new(BigInt::from(self.numerator), ten * BigInt::from(self.parts.max(1)))
    }

    /// Compares by value: 30/12 and 25/10 are equal.
    pub fn compare(self, other: Quantity) -> Ordering {
        let scale = self.scale.max(other.scale);
        let over = |parts: u64| self.over(parts, scale).zip(other.over(parts, scale));
        match common_parts(self.parts, other.parts).and_then(over) {
            Some((one, two)) => one.cmp(&two),
            None => self.to_ratio().cmp(&other.to_ratio()),
        }
    }

    /// True for a whole number: 24/12 and 2.0 are, 30/12 is not.
    pub fn is_whole(self) -> bool {
        self.over(1, 0).is_some()
    }

    /// True for a value below zero.
    pub fn is_negative(self) -> bool {
        self.numerator < 0
    }
}

/// The least parts of which both are multiples; `None` if they are too many.
pub fn common_parts(one: u64, other: u64) -> Option<u64> {
    one.checked_div(one.gcd(&other))?.checked_mul(other)
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
    use crate::schema::lexical::{NumberFormat, duration::duration};

    const fn of(numerator: i128, parts: u64, scale: u8) -> Quantity {
        Quantity { numerator, parts, scale }
    }

    #[test]
    fn durations_are_exact_in_every_unit() {
        for (text, years, months) in [
            ("30 months", of(30, 12, 0), of(30, 1, 0)),
            ("2y6m", of(30, 12, 0), of(30, 1, 0)),
            ("2.5 y", of(25, 1, 1), of(30, 1, 0)),
            ("7.5 mo", of(75, 12, 1), of(75, 1, 1)),
            ("P4Y11M", of(59, 12, 0), of(59, 1, 0)),
            ("10 days", of(40, 1461, 0), of(160, 487, 0)),
            ("3 weeks", of(84, 1461, 0), of(336, 487, 0)),
        ] {
            let duration = duration(text, NumberFormat::default()).unwrap();
            let parts = |unit| Quantity::of_duration(&duration, unit);
            assert_eq!(parts(TimeUnit::Years), Some(years), "{text}");
            assert_eq!(parts(TimeUnit::Months), Some(months), "{text}");
        }
    }

    #[test]
    fn values_are_compared_whatever_their_parts() {
        let half = of(30, 12, 0);
        assert_eq!(half.compare(of(25, 1, 1)), Ordering::Equal);
        assert_eq!(half.compare(of(2, 1, 0)), Ordering::Greater);
        assert_eq!(of(-30, 1, 1).compare(of(-2, 1, 0)), Ordering::Less);
        assert_eq!(half.compare(of(i128::MAX, 1, 0)), Ordering::Less);
        assert_eq!(of(1461, 1461, 0).compare(of(12, 12, 0)), Ordering::Equal);
        assert_eq!(half.to_ratio(), of(25, 1, 1).to_ratio());
    }

    #[test]
    fn a_value_is_put_over_a_denominator_only_exactly() {
        let half = of(30, 12, 0);
        assert_eq!(half.over(12, 0), Some(30));
        assert_eq!(half.over(12, 2), Some(3000));
        assert_eq!(half.over(5844, 0), Some(14_610));
        assert_eq!(half.over(1, 1), Some(25));
        assert_eq!(half.over(1, 0), None);
        let third = of(28, 12, 0);
        assert_eq!((third.over(1, 9), third.decimal()), (None, None));
        let two = of(200, 1, 2);
        assert_eq!((two.over(1, 0), two.over(12, 0)), (Some(2), Some(24)));
        assert_eq!(of(2, 1, 0).over(12, 60), None);
    }

    #[test]
    fn fractions_are_decimals_where_they_can_be() {
        for (numerator, denominator, expected) in [
            (5, 2, of(25, 1, 1)),
            (1, 3, of(1, 3, 0)),
            (7, 60, of(35, 3, 2)),
            (-3, 8, of(-375, 1, 3)),
            (4, 1, of(4, 1, 0)),
        ] {
            assert_eq!(Quantity::of_ratio(Ratio::new(numerator, denominator)), Some(expected));
        }
        assert_eq!(of(35, 3, 2).ratio(), Some(Ratio::new(7, 60)));
    }
}
