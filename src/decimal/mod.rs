//! Numbers without rounding: decimals as they were written, and exact fractions and roots.
//!
//! A cell becomes a [`Decimal`]; a statistic becomes an [`Exact`]. Binary floating point
//! appears only when a caller asks for the nearest double.

mod exact;
mod fraction;
mod rounding;

pub use exact::{Exact, round_real};
pub(crate) use fraction::lowest_terms;
pub use rounding::Rounding;

use num_bigint::{BigInt, BigUint};
use num_rational::BigRational;
use num_traits::Pow;
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

/// Digits that every decimal keeps through a double.
const SAFE_DIGITS: u32 = 15;
/// Zeros or nines in front of the digits that arithmetic in doubles adds.
const NOISE_DIGITS: u32 = 3;

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

    /// The number of which this one is the nearest double printed with all its digits: 0.3 of 0.30000000000000004. None
    /// for a number with fewer than 16 significant digits, or with more than 12 once it is rounded to 15.
    pub fn without_binary_noise(self) -> Option<Decimal> {
        let digits = self.mantissa.unsigned_abs().checked_ilog10()?.checked_add(1)?;
        let dropped = digits.checked_sub(SAFE_DIGITS).filter(|dropped| *dropped > 0)?;
        let unit = 10_i64.checked_pow(dropped)?;
        let (kept, rest) = (self.mantissa / unit, self.mantissa % unit);
        let rounded = if rest.abs() * 2 >= unit { kept + rest.signum() } else { kept };
        let scale = self.scale.checked_sub(u8::try_from(dropped).ok()?)?;
        let short = Decimal::new(rounded, scale).normalised();
        let is_short = short.mantissa.unsigned_abs() < 10_u64.pow(SAFE_DIGITS - NOISE_DIGITS);
        (is_short && short.mantissa != 0).then_some(short)
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
        match self.scale {
            0 => BigRational::from_integer(BigInt::from(self.mantissa)),
            scale => lowest_terms(BigInt::from(self.mantissa), power_of_ten(u32::from(scale))),
        }
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
    match text.strip_prefix(['-', '\u{2212}', '\u{2013}']) {
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

fn power_of_ten(exponent: u32) -> BigInt {
    10_u64.checked_pow(exponent).map_or_else(|| BigInt::from(10).pow(exponent), BigInt::from)
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
