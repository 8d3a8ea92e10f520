//! Fractions and square roots of fractions, and their digits.

use super::fraction::{double_as_ratio, lowest_terms, small_floor, small_to_f64};
use super::{Decimal, Rounding, place_point, power_of_ten};
use num_bigint::{BigInt, BigUint};
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive, Zero};

/// A number known exactly.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Exact {
    /// A fraction.
    Ratio(BigRational),
    /// The square root of a fraction that is not negative.
    Root(BigRational),
}

impl Exact {
    /// The fraction `numerator / denominator`. None when the denominator is 0.
    pub fn ratio(numerator: BigInt, denominator: BigInt) -> Option<Exact> {
        (!denominator.is_zero()).then(|| Exact::Ratio(lowest_terms(numerator, denominator)))
    }

    /// The square root of a fraction. None when it is negative.
    pub fn root(radicand: BigRational) -> Option<Exact> {
        (!radicand.is_negative()).then_some(Exact::Root(radicand))
    }

    /// A whole number.
    pub fn from_u64(value: u64) -> Exact {
        Exact::Ratio(BigRational::from_integer(BigInt::from(value)))
    }

    /// The fraction that a double is. None for an infinity or a NaN.
    pub fn from_f64(value: f64) -> Option<Exact> {
        double_as_ratio(value).map(Exact::Ratio)
    }

    /// The nearest double, ties to even.
    pub fn to_f64(&self) -> f64 {
        let nearest = match self {
            Exact::Ratio(value) => small_to_f64(value).or_else(|| value.to_f64()),
            Exact::Root(radicand) => root_to_64_bits(radicand).to_f64(),
        };
        // A fraction always has a nearest double, if only an infinite one.
        nearest.unwrap_or(f64::NAN)
    }

    /// The value times a factor; of a root, times its magnitude.
    pub fn times(&self, factor: &BigRational) -> Exact {
        match self {
            Exact::Ratio(value) => Exact::Ratio(value * factor),
            Exact::Root(radicand) => Exact::Root(radicand * factor * factor),
        }
    }

    /// The value with so many decimals, ties away from zero; never `-0`.
    pub fn rounded(&self, decimals: u32) -> String {
        self.rounded_by(decimals, Rounding::HalfUp)
    }

    /// The value with so many decimals, ties by the convention; never `-0`.
    pub fn rounded_by(&self, decimals: u32, rounding: Rounding) -> String {
        let magnitude = rounding.units(self, i64::from(decimals));
        let decimals = usize::try_from(decimals).unwrap_or(usize::MAX);
        place_point(self.is_negative() && !magnitude.is_zero(), &magnitude, decimals)
    }

    /// The value with so many significant digits, zeros at the end kept: `0.900`, `12.0`, `12300`.
    /// A zero has none and is `0`; one digit is the least that is given.
    pub fn rounded_to_significant(&self, digits: u32, rounding: Rounding) -> String {
        let digits = i64::from(digits.max(1));
        if self.is_zero() {
            return "0".to_owned();
        }
        let mut decimals = digits.saturating_sub(self.least_exponent()).saturating_sub(1);
        let mut magnitude = rounding.units(self, decimals);
        // The exponent was too low, or rounding has carried into a digit more: 9.996 is 10.0.
        while magnitude >= *power_of_ten(digits.try_into().unwrap_or(u32::MAX)).magnitude() {
            decimals = decimals.saturating_sub(1);
            magnitude = rounding.units(self, decimals);
        }
        let zeros = u32::try_from(-decimals).unwrap_or(0);
        let places = usize::try_from(decimals).unwrap_or(0);
        place_point(self.is_negative(), &(magnitude * power_of_ten(zeros).magnitude()), places)
    }

    /// The value before rounding: all decimals where they end within 15, else those of the nearest double, and the
    /// whole number where no double is near.
    pub fn shortest(&self) -> String {
        let ends = (0..=15).find(|decimals| self.has_at_most(*decimals));
        ends.map_or_else(
            || {
                Some(self.to_f64())
                    .filter(|double| double.is_finite())
                    .map_or_else(|| self.rounded(0), |d| d.to_string())
            },
            |decimals| self.rounded(decimals),
        )
    }

    /// The magnitude in units of the last of so many decimals, ties by the convention: 0.996 has 100 hundredths.
    pub fn units(&self, decimals: u32, rounding: Rounding) -> BigUint {
        rounding.units(self, i64::from(decimals))
    }

    /// True where the value is less than a fraction that is not negative.
    pub fn is_below(&self, bound: &BigRational) -> bool {
        match self {
            Exact::Ratio(value) => value < bound,
            Exact::Root(radicand) => *radicand < bound * bound,
        }
    }

    /// True when so many decimals write the value without rounding.
    pub fn has_at_most(&self, decimals: u32) -> bool {
        self.floor_of(i64::from(decimals), 1).1
    }

    /// ⌊|value| · 10^decimals · factor⌋, and whether nothing was cut off.
    pub(super) fn floor_of(&self, decimals: i64, factor: u32) -> (BigUint, bool) {
        if let Exact::Ratio(value) = self
            && let Some(small) = small_floor(value, decimals, factor)
        {
            return small;
        }
        let power = |exponent: i64| power_of_ten(u32::try_from(exponent).unwrap_or(0)).magnitude().clone();
        let (up, down) = (power(decimals) * factor, power(-decimals));
        match self {
            Exact::Ratio(value) => {
                let (floor, rest) = (value.numer().magnitude() * up).div_rem(&(value.denom().magnitude() * down));
                (floor, rest.is_zero())
            }
            Exact::Root(radicand) => {
                let square = radicand.numer().magnitude() * &up * &up;
                let (square, rest) = square.div_rem(&(radicand.denom().magnitude() * &down * &down));
                let floor = square.sqrt();
                let is_exact = rest.is_zero() && &floor * &floor == square;
                (floor, is_exact)
            }
        }
    }

    /// A power of ten that is not above the magnitude, and near it. The value is not 0.
    fn least_exponent(&self) -> i64 {
        let (value, halves) = match self {
            Exact::Ratio(value) => (value, 1.0),
            Exact::Root(radicand) => (radicand, 2.0),
        };
        // Of a fraction with p and q bits the magnitude is above 2^(p - q - 1).
        let bits = |part: &BigInt| part.bits().to_f64().unwrap_or(0.0);
        let exponent = (bits(value.numer()) - bits(value.denom()) - 1.0) / halves * std::f64::consts::LOG10_2;
        exponent.floor().to_i64().unwrap_or(0)
    }

    fn is_negative(&self) -> bool {
        matches!(self, Exact::Ratio(value) if value.is_negative())
    }

    /// True for 0.
    pub fn is_zero(&self) -> bool {
        let (Exact::Ratio(value) | Exact::Root(value)) = self;
        value.is_zero()
    }
}

impl From<Decimal> for Exact {
    fn from(value: Decimal) -> Exact {
        Exact::Ratio(value.to_ratio())
    }
}

impl From<BigRational> for Exact {
    fn from(value: BigRational) -> Exact {
        Exact::Ratio(value)
    }
}

/// A double with so many decimals, ties away from zero on its exact binary value (so that
/// 2.675, which is a little less, gives 2.67). None for an infinity or a NaN.
pub fn round_real(value: f64, decimals: u32) -> Option<String> {
    Exact::from_f64(value).map(|exact| exact.rounded(decimals))
}

/// A fraction with the same nearest double as the square root: the root itself, or a value
/// between the same two neighbours of at least 64 significant bits. (No double, and no
/// midpoint of two doubles, lies between such neighbours.)
fn root_to_64_bits(radicand: &BigRational) -> BigRational {
    let (numerator, denominator) = (radicand.numer().magnitude(), radicand.denom().magnitude());
    let half_shift = 66 + denominator.bits().saturating_sub(numerator.bits()) / 2;
    let (square, remainder) = (numerator << (2 * half_shift)).div_rem(denominator);
    let root = square.sqrt();
    let is_exact = remainder.is_zero() && &root * &root == square;
    let with_sticky_bit = (root << 1_u32) + BigUint::from(u32::from(!is_exact));
    BigRational::new(with_sticky_bit.into(), (BigUint::from(1_u32) << (half_shift + 1)).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(numerator: i64, denominator: i64) -> Exact {
        Exact::ratio(numerator.into(), denominator.into()).expect("not 0")
    }

    #[test]
    fn the_shortest_form_ends_or_is_the_nearest_double_and_never_another_number() {
        assert_eq!([ratio(5, 4), ratio(-1, 8), ratio(0, 1)].map(|value| value.shortest()), ["1.25", "-0.125", "0"]);
        assert_eq!(ratio(1, 3).shortest(), (1.0 / 3.0_f64).to_string());
        // No double is near 10^400 + 1/3.
        let far = Exact::Ratio(BigRational::new(BigInt::from(10_u8).pow(400) * 3_u8 + 1_u8, 3.into()));
        assert_eq!(far.shortest(), format!("1{}", "0".repeat(400)));
    }

    #[test]
    fn fractions_are_compared_as_fractions() {
        let tenth = BigRational::new(1.into(), 10.into());
        // Their nearest doubles are the same.
        let just_below = ratio(99_999_999_999_999_999, 1_000_000_000_000_000_000);
        assert!(just_below.to_f64() >= 0.1 && just_below.is_below(&tenth) && !ratio(1, 10).is_below(&tenth));
        assert_eq!(ratio(996, 1000).units(2, Rounding::HalfUp), BigUint::from(100_u8));
        assert!(
            ratio(4, 10_000).units(3, Rounding::HalfUp).is_zero()
                && !ratio(5, 10_000).units(3, Rounding::HalfUp).is_zero()
        );
    }
}
