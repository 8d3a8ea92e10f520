//! Spellings of units, and exact conversion.

use super::quantity::Quantity;
use crate::schema::lexical::duration::TimeUnit;
use crate::schema::lexical::{Lexeme, NumberFormat, classify, duration_unit};
use crate::schema::units::unit;
use num_rational::Ratio;

/// Most decimals of a converted value.
const MOST_DECIMALS: u8 = 18;

/// A value in another unit of the same dimension.
///
/// `None` where one of the units is not in the vocabulary, where they measure different things, and where the result
/// is no decimal of at most 18 places.
pub fn converted(value: Quantity, from: &str, to: &str) -> Option<Quantity> {
    let conversion = unit(from)?.unit.conversion_to(unit(to)?.unit)?;
    let power = |exponent: u8| 10_i128.checked_pow(u32::from(exponent));
    let result = conversion.apply(Ratio::new(value.numerator, power(value.scale)?))?;
    (0..=MOST_DECIMALS).find_map(|scale| {
        let scaled = result.numer().checked_mul(power(scale)?)?;
        (scaled.checked_rem(*result.denom())? == 0).then_some(())?;
        Some(Quantity { numerator: scaled.checked_div(*result.denom())?, twelfths: false, scale })
    })
}

/// True for a cell whose number has a unit behind it.
pub fn carries_unit(text: &str, decimal_comma: bool) -> bool {
    let format = NumberFormat { decimal_comma, field_delimiter: None };
    matches!(classify(text.trim(), format), Lexeme::Measurement(number) if number.unit.is_some())
}

/// True for two spellings of the same unit: `IU/L` and `U/l`, `mm/hr` and `mm/h`.
pub fn same_unit(one: &str, other: &str) -> bool {
    let is_same_time = || TimeUnit::of_word(one).is_some_and(|unit| TimeUnit::of_word(other) == Some(unit));
    one == other || plain_unit(one) == plain_unit(other) || is_same_time()
}

fn plain_unit(unit: &str) -> String {
    let plain: String = unit
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '^')
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'µ' | 'μ' => 'u',
            '²' => '2',
            '³' => '3',
            '⁹' => '9',
            '×' => 'x',
            other => other,
        })
        .collect();
    let plain = plain.replace("10*", "10").replace("x10", "10");
    plain.split('/').map(plain_part).collect::<Vec<_>>().join("/")
}

fn plain_part(part: &str) -> &str {
    match part {
        "iu" | "ui" => "u",
        "hr" | "hour" | "1h" => "h",
        "mm3" => "ul",
        other => duration_unit(other).map_or(other, |unit| unit.word()),
    }
}
