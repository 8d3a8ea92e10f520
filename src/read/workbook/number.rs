//! Numbers as spreadsheets store them.

/// Digits that a spreadsheet keeps of a number.
const DIGITS: usize = 15;
/// Beyond this many places from the point a number is written with an exponent.
const PLAIN: i32 = 20;

/// A number at 15 significant digits, as its program shows it in full: `0.30000000000000004` is `0.3`.
pub fn decimal(value: f64) -> String {
    scaled(value, 0)
}

/// A number as a percentage: `0.55` is `55%`.
pub fn percent(value: f64) -> String {
    format!("{}%", scaled(value, 2))
}

/// The number times a power of ten, which moves its point and changes no digit.
fn scaled(value: f64, power: i32) -> String {
    let rounded = format!("{:.*e}", DIGITS.wrapping_sub(1), value);
    let (digits, exponent) = rounded.split_once('e').unwrap_or((&rounded, "0"));
    let sign = if digits.starts_with('-') { "-" } else { "" };
    let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_end_matches('0');
    if digits.is_empty() {
        return "0".to_owned();
    }
    let exponent = exponent.parse::<i32>().unwrap_or(0).saturating_add(power);
    format!("{sign}{}", written(digits, exponent))
}

/// Digits whose first one is before the point, with an exponent.
fn written(digits: &str, exponent: i32) -> String {
    let length = i32::try_from(digits.len()).unwrap_or(i32::MAX);
    let whole = exponent.saturating_add(1);
    if exponent.abs() > PLAIN {
        let (first, rest) = digits.split_at_checked(1).unwrap_or((digits, ""));
        let point = if rest.is_empty() { "" } else { "." };
        return format!("{first}{point}{rest}e{exponent}");
    }
    let zeros = |count: i32| "0".repeat(usize::try_from(count).unwrap_or(0));
    if whole <= 0 {
        return format!("0.{}{digits}", zeros(whole.saturating_neg()));
    }
    match digits.split_at_checked(usize::try_from(whole).unwrap_or(0)).filter(|_| whole < length) {
        Some((before, after)) => format!("{before}.{after}"),
        None => format!("{digits}{}", zeros(whole.saturating_sub(length))),
    }
}

#[cfg(test)]
mod tests {
    use super::{decimal, percent};
    use proptest::prelude::*;

    #[test]
    fn numbers_are_written_at_fifteen_digits() {
        for (value, text) in [
            (0.1 + 0.2, "0.3"),
            (12.0, "12"),
            (-0.0, "0"),
            (-1.5, "-1.5"),
            (1e15, "1000000000000000"),
            (123456789012345680.0, "123456789012346000"),
            (0.00012, "0.00012"),
            (1e21, "1e21"),
            (1.5e-30, "1.5e-30"),
            (2.0 / 3.0, "0.666666666666667"),
        ] {
            assert_eq!(decimal(value), text);
        }
        assert_eq!([0.55, 0.125, 1.0, 0.07].map(percent), ["55%", "12.5%", "100%", "7%"]);
    }

    proptest! {
        #[test]
        fn a_decimal_of_fifteen_digits_is_itself(digits in -999_999_999_999_999_i64..=999_999_999_999_999, places in 0_i32..12) {
            let text = format!("{digits}e-{places}");
            let value: f64 = text.parse().unwrap();
            prop_assert_eq!(decimal(value).parse::<f64>().unwrap(), value);
            let plain = decimal(value);
            prop_assert!(plain.chars().filter(char::is_ascii_digit).count() <= 15 + 12);
        }
    }
}
