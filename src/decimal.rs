//! Numbers without rounding: decimals as they were written, and exact fractions and roots.
//!
//! A cell becomes a [`Decimal`]; a statistic becomes an [`Exact`]. Binary floating point
//! appears only when a caller asks for the nearest double.

use num_bigint::{BigInt, BigUint};
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{Pow, Signed, ToPrimitive, Zero};
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

/// Most decimals, and most significant digits, of a number that was read.
pub const MAX_DIGITS: u8 = 18;

/// First magnitude that is out of range, 10^18.
const MAGNITUDE_LIMIT: i64 = 10_i64.pow(MAX_DIGITS as u32);

/// Why a text is not a [`Decimal`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NumberFault {
    /// The text does not follow the grammar of a number.
    NotANumber,
    /// A number, but with more than 18 significant digits or decimals, of magnitude 10^18
    /// or more, or with an exponent beyond 18.
    OutOfRange,
}

impl fmt::Display for NumberFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NumberFault::NotANumber => "not a number",
            NumberFault::OutOfRange => "out of range",
        })
    }
}

impl std::error::Error for NumberFault {}

/// A decimal number as written: `46.050` keeps its last zero, and equals `46.05`.
/// Formula: mantissa / 10^scale.
#[derive(Debug, Clone, Copy)]
pub struct Decimal {
    mantissa: i64,
    scale: u8,
}

impl Decimal {
    /// The number mantissa / 10^scale.
    pub const fn new(mantissa: i64, scale: u8) -> Decimal {
        Decimal { mantissa, scale }
    }

    /// A whole number.
    pub const fn from_int(value: i64) -> Decimal {
        Decimal::new(value, 0)
    }

    /// Reads `[+|-|−] (digits [. digits] | . digits) [e|E [+|-|−] digits]`, nothing else:
    /// no spaces, no `inf`, `nan`, `0x` or `_`, and no point without a digit after it.
    /// Leading zeros are allowed; `-0` is 0.
    /// Errors: [`NumberFault`].
    pub fn parse(text: &str) -> Result<Decimal, NumberFault> {
        let (negative, unsigned) = split_sign(text);
        let (number, exponent) = match unsigned.bytes().position(|byte| byte | 0x20 == b'e') {
            None => (unsigned.as_bytes(), 0),
            Some(at) => {
                let (number, exponent) = unsigned.split_at(at);
                (number.as_bytes(), parse_exponent(exponent.get(1..).unwrap_or(""))?)
            }
        };
        let (digits, decimals) = parse_digits(number)?;
        let (magnitude, scale) = resolve_exponent(digits, decimals, exponent).ok_or(NumberFault::OutOfRange)?;
        Ok(Decimal::new(if negative { -magnitude } else { magnitude }, scale))
    }

    /// All digits as one integer.
    pub const fn mantissa(self) -> i64 {
        self.mantissa
    }

    /// Number of decimals, as written.
    pub const fn scale(self) -> u8 {
        self.scale
    }

    /// The same value without trailing zeros after the point.
    pub fn normalised(self) -> Decimal {
        let Decimal { mut mantissa, mut scale } = self;
        while scale > 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            scale -= 1;
        }
        Decimal { mantissa, scale }
    }

    /// The value as an integer over 10^scale. None when it has more decimals than that, or
    /// when the integer does not fit.
    pub fn numerator_over(self, scale: u8) -> Option<i128> {
        let exact = if scale >= self.scale { self } else { self.normalised() };
        let factor = 10_i128.checked_pow(u32::from(scale.checked_sub(exact.scale)?))?;
        i128::from(exact.mantissa).checked_mul(factor)
    }

    /// The value as a fraction in lowest terms.
    pub fn to_ratio(self) -> BigRational {
        BigRational::new(BigInt::from(self.mantissa), power_of_ten(u32::from(self.scale)))
    }
}

/// By value: `46.050` equals `46.05`.
impl Ord for Decimal {
    fn cmp(&self, other: &Decimal) -> Ordering {
        let scale = self.scale.max(other.scale);
        match (self.numerator_over(scale), other.numerator_over(scale)) {
            (Some(left), Some(right)) => left.cmp(&right),
            _ => self.to_ratio().cmp(&other.to_ratio()),
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Decimal) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Decimal) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Decimal { mantissa, scale } = self.normalised();
        (mantissa, scale).hash(state);
    }
}

/// As written, without an exponent: `46.050`, `0.5`, `-3`.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let magnitude = BigUint::from(self.mantissa.unsigned_abs());
        f.write_str(&place_point(self.mantissa < 0, &magnitude, usize::from(self.scale)))
    }
}

/// True for a leading minus, and the text after a sign.
fn split_sign(text: &str) -> (bool, &str) {
    match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

/// The digits as one integer, and how many of them follow the point. Both saturate, at
/// values that are out of range, so that the grammar is checked to the end first.
fn parse_digits(bytes: &[u8]) -> Result<(i64, u32), NumberFault> {
    let (mut digits, mut decimals, mut after_point) = (0_i64, 0_u32, false);
    for byte in bytes {
        match byte {
            b'0'..=b'9' => {
                digits = digits.saturating_mul(10).saturating_add(i64::from(byte - b'0'));
                decimals = decimals.saturating_add(u32::from(after_point));
            }
            b'.' if !after_point => after_point = true,
            _ => return Err(NumberFault::NotANumber),
        }
    }
    match bytes.last() {
        Some(b'0'..=b'9') => Ok((digits, decimals)),
        _ => Err(NumberFault::NotANumber),
    }
}

/// The exponent, without its `e`; saturates far beyond what is in range.
fn parse_exponent(text: &str) -> Result<i32, NumberFault> {
    let (negative, digits) = split_sign(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NumberFault::NotANumber);
    }
    let magnitude = digits.parse().unwrap_or(i32::MAX);
    Ok(if negative { -magnitude } else { magnitude })
}

/// Magnitude and scale once the exponent is applied. None when out of range.
fn resolve_exponent(digits: i64, decimals: u32, exponent: i32) -> Option<(i64, u8)> {
    let limit = u32::from(MAX_DIGITS);
    if exponent.unsigned_abs() > limit {
        return None;
    }
    let scale = i64::from(decimals) - i64::from(exponent);
    let zeros = u32::try_from(-scale).unwrap_or(0);
    let magnitude = digits.checked_mul(10_i64.checked_pow(zeros)?)?;
    let scale = u8::try_from(scale.max(0)).ok()?;
    (magnitude < MAGNITUDE_LIMIT && scale <= MAX_DIGITS).then_some((magnitude, scale))
}

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
        (!denominator.is_zero()).then(|| Exact::Ratio(BigRational::new(numerator, denominator)))
    }

    /// The square root of a fraction. None when it is negative.
    pub fn root(radicand: BigRational) -> Option<Exact> {
        (!radicand.is_negative()).then_some(Exact::Root(radicand))
    }

    /// A whole number.
    pub fn from_u64(value: u64) -> Exact {
        Exact::Ratio(BigRational::from_integer(BigInt::from(value)))
    }

    /// The nearest double, ties to even.
    pub fn to_f64(&self) -> f64 {
        let nearest = match self {
            Exact::Ratio(value) => value.to_f64(),
            Exact::Root(radicand) => root_to_64_bits(radicand).to_f64(),
        };
        // A fraction always has a nearest double, if only an infinite one.
        nearest.unwrap_or(f64::NAN)
    }

    /// The value with so many decimals, ties away from zero; never `-0`.
    pub fn rounded(&self, decimals: u32) -> String {
        let (negative, magnitude) = match self {
            Exact::Ratio(value) => (value.is_negative(), round_half_up(value, decimals)),
            Exact::Root(radicand) => (false, round_root_half_up(radicand, decimals)),
        };
        let decimals = usize::try_from(decimals).unwrap_or(usize::MAX);
        place_point(negative && !magnitude.is_zero(), &magnitude, decimals)
    }

    /// True when so many decimals write the value without rounding.
    pub fn has_at_most(&self, decimals: u32) -> bool {
        match self {
            Exact::Ratio(value) => (value * power_of_ten(decimals)).is_integer(),
            Exact::Root(radicand) => {
                let square = radicand * power_of_ten(decimals.saturating_mul(2));
                let numerator = square.numer().magnitude();
                square.is_integer() && numerator.sqrt().pow(2_u32) == *numerator
            }
        }
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
    BigRational::from_float(value).map(|exact| Exact::Ratio(exact).rounded(decimals))
}

fn power_of_ten(exponent: u32) -> BigInt {
    BigInt::from(10).pow(exponent)
}

/// |value| in units of the last decimal, to nearest, ties up.
fn round_half_up(value: &BigRational, decimals: u32) -> BigUint {
    let denominator = value.denom().magnitude();
    let doubled = value.numer().magnitude() * power_of_ten(decimals).magnitude() * 2_u32;
    (doubled + denominator) / (denominator * 2_u32)
}

/// The square root in units of the last decimal, to nearest, ties up. Formula, with u = 10^-decimals:
/// floor(sqrt(r)/u + 1/2) = floor((floor(sqrt(4r/u²)) + 1) / 2).
fn round_root_half_up(radicand: &BigRational, decimals: u32) -> BigUint {
    let quadruple = radicand.numer().magnitude() * power_of_ten(decimals.saturating_mul(2)).magnitude() * 4_u32;
    let square = quadruple / radicand.denom().magnitude();
    (square.sqrt() + 1_u32) / 2_u32
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

/// Writes an integer with its last `decimals` digits after a point.
fn place_point(negative: bool, magnitude: &BigUint, decimals: usize) -> String {
    let sign = if negative { "-" } else { "" };
    let significant = magnitude.to_string();
    let digits = "0".repeat(decimals.saturating_add(1).saturating_sub(significant.len())) + &significant;
    match digits.split_at(digits.len() - decimals) {
        (whole, "") => format!("{sign}{whole}"),
        (whole, fraction) => format!("{sign}{whole}.{fraction}"),
    }
}
