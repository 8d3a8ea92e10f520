//! Spellings of units, and exact conversion.

use super::quantity::Quantity;
use crate::schema::lexical::duration::TimeUnit;
use crate::schema::lexical::{Lexeme, NumberFormat, classify, fold};
use crate::schema::units::{Conversion, unit};
use num_rational::{BigRational, Ratio};

/// Most decimals of a converted value.
const MOST_DECIMALS: u8 = 18;
/// Most parts of a converted value: Fahrenheit in Celsius has ninths.
const MOST_PARTS: u64 = 1 << 32;

/// A value in another unit of the same dimension.
///
/// `None` where one of the units is not in the vocabulary, where they measure different things, and where the result
/// has too many digits.
pub fn converted(value: Quantity, from: &str, to: &str) -> Option<Quantity> {
    if let (Some(from), Some(to)) = (TimeUnit::of_written(from), TimeUnit::of_word(to)) {
        return value.in_time(from, to);
    }
    let conversion = unit(from)?.unit.conversion_to(unit(to)?.unit)?;
    if is_identity(conversion) {
        return Some(value);
    }
    let converted = Quantity::of_ratio(conversion.apply(value.ratio()?)?)?;
    let is_exact = converted.scale <= MOST_DECIMALS && converted.parts <= MOST_PARTS;
    // The decimals that a factor makes, as those of 0.45359237, are no precision of the measurement: they are parts.
    let has_more_decimals = !is_power_of_ten(conversion.factor) && converted.scale > value.scale;
    let whole = if has_more_decimals { converted.in_parts() } else { Some(converted) };
    whole.filter(|_| is_exact)
}

/// How a number in one unit becomes one in another of the same dimension: x · factor + offset, exact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitChange {
    factor: BigRational,
    offset: BigRational,
}

impl UnitChange {
    /// That of two units as they are written; none where one is not known, or they measure different things.
    ///
    /// Source: UCUM; times as [`TimeUnit::minutes`].
    pub fn new(from: &str, to: &str) -> Option<UnitChange> {
        let big = |number: Ratio<i128>| BigRational::new((*number.numer()).into(), (*number.denom()).into());
        if let (Some(from), Some(to)) = (TimeUnit::of_written(from), TimeUnit::of_word(to)) {
            let factor = BigRational::new(from.minutes().into(), to.minutes().into());
            return Some(UnitChange { factor, offset: BigRational::default() });
        }
        let Conversion { factor, offset } = unit(from)?.unit.conversion_to(unit(to)?.unit)?;
        Some(UnitChange { factor: big(factor), offset: big(offset) })
    }

    /// True where both units are one.
    pub fn is_identity(&self) -> bool {
        self.factor == BigRational::from_integer(1.into()) && self.offset == BigRational::default()
    }

    /// The number in the other unit.
    #[expect(clippy::arithmetic_side_effects, reason = "fractions of any size do not overflow")]
    pub fn apply(&self, number: &BigRational) -> BigRational {
        number * &self.factor + &self.offset
    }
}

/// True for a cell whose number has a unit behind it.
pub fn carries_unit(text: &str, decimal_comma: bool) -> bool {
    let format = NumberFormat { decimal_comma, field_delimiter: None };
    match classify(text.trim(), format) {
        Lexeme::Measurement(number) => number.unit.is_some(),
        Lexeme::Duration(_) => true,
        _ => false,
    }
}

/// True for `pack-years`, `py` and their like.
fn is_pack_years(text: &str) -> bool {
    let letters: String = text.chars().filter(|c| c.is_alphabetic()).collect();
    matches!(letters.to_lowercase().as_str(), "packyears" | "packyear" | "py" | "pkyr" | "pkyrs")
}

/// The unit behind a number, as it is written.
pub fn unit_behind(text: &str) -> Option<&str> {
    let format = NumberFormat { decimal_comma: text.contains(',') && !text.contains('.'), field_delimiter: None };
    match classify(text.trim(), format) {
        Lexeme::Measurement(number) => number.unit,
        _ => None,
    }
}

/// True for two spellings of the same unit (`IU/L` and `U/l`, `mm/hr` and `mm/h`), or of the same text that is none.
pub fn same_unit(one: &str, other: &str) -> bool {
    if one == other || (is_pack_years(one) && is_pack_years(other)) {
        return true;
    }
    if let (Some(one), Some(other)) = (TimeUnit::of_word(one), TimeUnit::of_written(other)) {
        return one == other;
    }
    match (unit(one), unit(other)) {
        (Some(one), Some(other)) => one.unit.conversion_to(other.unit).is_some_and(is_identity),
        (None, None) => fold(one) == fold(other),
        _ => false,
    }
}

/// True for 1000, 1 and 0.01.
fn is_power_of_ten(factor: Ratio<i128>) -> bool {
    let is_power =
        |number: &i128| number.checked_ilog10().and_then(|digits| 10_i128.checked_pow(digits)) == Some(*number);
    is_power(factor.numer()) && is_power(factor.denom())
}

fn is_identity(conversion: Conversion) -> bool {
    conversion.factor == 1.into() && conversion.offset == 0.into()
}
