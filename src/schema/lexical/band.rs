//! Ranges of numbers: the band `18-64` of a category, the reference range `0.8-1.5` behind a result.

use super::NumberFormat;
use super::duration::TimeUnit;
use crate::decimal::Decimal;
use crate::schema::units::unit;

/// What stands between the two numbers of a range.
const BETWEEN: [&str; 12] =
    ["-", "\u{2010}", "\u{2011}", "\u{2012}", "–", "—", "\u{2212}", "to", "bis", " a ", " à ", " until "];

/// Words behind a range that belong to it.
const ENDINGS: [&str; 3] = ["old", "years old", "of age"];

/// A range from one number to a larger one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Band<'a> {
    /// The lower end.
    pub low: Decimal,
    /// The upper end.
    pub high: Decimal,
    /// The unit behind the upper end; empty where there is none.
    pub unit: &'a str,
}

/// Reads `18-64`, `5 to 10`, `0.8–1.5 mg/dL`, `6 months - 2 years`; no answer for anything else.
///
/// The numbers ascend, unless each has a unit of its own.
pub fn band(text: &str, reading: NumberFormat) -> Option<Band<'_>> {
    // Most texts are no range.
    if !text.trim_start().starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',')) {
        return None;
    }
    let may_hold_a_sign = |byte: u8| matches!(byte, b'-' | b't' | b'b' | b'a' | b'u') || !byte.is_ascii();
    if !text.bytes().any(may_hold_a_sign) {
        return None;
    }
    BETWEEN.into_iter().find_map(|sign| {
        let (from, to) = text.split_once(sign)?;
        let ((low, its_unit), (high, unit)) = (end(from, reading)?, end(to, reading)?);
        (low < high || !its_unit.is_empty() && its_unit != unit).then_some(Band { low, high, unit })
    })
}

/// A number without a sign, with a unit or alone.
fn end(text: &str, reading: NumberFormat) -> Option<(Decimal, &str)> {
    let text = text.trim();
    let mark = if reading.decimal_comma { ',' } else { '.' };
    let length = text.find(|c: char| !c.is_ascii_digit() && c != mark).unwrap_or(text.len());
    let (token, tail) = text.split_at_checked(length)?;
    let tail = tail.trim();
    let is_known = tail.is_empty() || ENDINGS.contains(&tail) || is_unit(tail);
    is_known.then(|| Decimal::parse(&token.replace(mark, ".")).ok())?.map(|value| (value, tail))
}

fn is_unit(text: &str) -> bool {
    text == "m" || TimeUnit::of_word(text).is_some() || unit(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::{NumberFormat, band};

    #[test]
    fn a_range_ascends() {
        let shown = |text: &str| {
            band(text, NumberFormat::default()).map(|band| format!("{} {} {}", band.low, band.high, band.unit))
        };
        for (text, expected) in [
            ("18-64", "18 64 "),
            ("5 to 10", "5 10 "),
            ("12 bis 15", "12 15 "),
            ("12to15", "12 15 "),
            ("0.8–1.5 mg/dL", "0.8 1.5 mg/dL"),
            ("18 - 64 years", "18 64 years"),
            ("6 months - 2 years", "6 2 years"),
            ("0—5", "0 5 "),
        ] {
            assert_eq!(shown(text), Some(expected.to_owned()), "{text}");
        }
        for text in
            ["15-12", "12", "-5", "5-", "5-5", "12 or 15", "2018-03-14", "6-years-old", "1-a", "5 - 3 apples", "1e-5"]
        {
            assert_eq!(shown(text), None, "{text}");
        }
    }
}
