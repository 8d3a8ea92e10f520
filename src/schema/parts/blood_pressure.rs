//! `120/80`, `120 / 80 mmHg`, `120 over 80`.

use crate::decimal::Decimal;

/// The unit of a pressure without one.
const UNIT: &str = "mmhg";
/// No systolic pressure that was measured is lower, in mmHg.
const LEAST: i64 = 40;

/// Both pressures of a cell, each with its unit if that is another one than mmHg.
///
/// `13/8` is in cmHg, and is no pressure in mmHg.
pub fn cut(text: &str, column_unit: Option<&str>, is_missing: impl Fn(&str) -> bool) -> Option<[String; 2]> {
    let (text, remark) = without_remark(text.trim());
    let (numbers, unit) = without_unit(text);
    let (first, second) =
        numbers.split_once('/').or_else(|| at_sign(numbers)).or_else(|| numbers.split_once(" over "))?;
    let sides = [first.trim(), second.trim()];
    let is_silent = |side: &str| side.is_empty() || is_missing(side);
    let is_mmhg = unit.is_empty() && column_unit.is_none_or(is_mmhg);
    let least = Decimal::from_int(if is_mmhg { LEAST } else { 0 });
    let [systolic, diastolic] = sides.map(number);
    match (systolic, diastolic) {
        (Some(high), Some(low)) if high > low && high >= least => {}
        (Some(high), None) if is_silent(sides[1]) && high >= least => {}
        (None, Some(_)) if is_silent(sides[0]) => {}
        (None, None) if sides.into_iter().all(is_silent) && !sides.iter().all(|side| side.is_empty()) => {}
        _ => return None,
    }
    let with_unit = |side: &str| {
        if number(side).is_some() && !unit.is_empty() { format!("{side} {unit}") } else { side.to_owned() }
    };
    let [systolic, diastolic] = sides.map(with_unit);
    // What stands behind both is told once, beside the first.
    let is_told = !remark.is_empty() && number(sides[0]).is_some();
    Some([if is_told { format!("{systolic} {remark}") } else { systolic }, diastolic])
}

/// A text and the mark of a footnote or the remark in brackets behind it: `120/80 (sitting)`, `200/110*`.
fn without_remark(text: &str) -> (&str, &str) {
    let marked = text.trim_end_matches(['*', '†', '‡', '#']);
    let start = match text.strip_suffix(')').and_then(|rest| rest.rfind('(')) {
        Some(open) if open > 0 => open,
        Some(_) | None => marked.len(),
    };
    let (before, remark) = text.split_at_checked(start).unwrap_or((text, ""));
    (before.trim_end(), remark)
}

/// The numbers of `120x80`, as Brazil writes it.
fn at_sign(numbers: &str) -> Option<(&str, &str)> {
    numbers.split_once(['x', 'X', '×'])
}

/// True for two whole numbers that can be nothing but pressures.
pub fn is_plain(text: &str) -> bool {
    let (numbers, _) = without_unit(text.trim());
    let Some((first, second)) = numbers.split_once('/') else { return false };
    let (high, low) = (first.trim().parse::<u16>(), second.trim().parse::<u16>());
    matches!((high, low), (Ok(high @ 70..=260), Ok(low @ 30..=150)) if high > low)
}

/// The numbers of a text, and the unit behind them; none for mmHg.
fn without_unit(text: &str) -> (&str, &str) {
    let numbers = text.trim_end_matches(|c: char| c.is_alphabetic() || c.is_whitespace());
    let unit = text.get(numbers.len()..).unwrap_or_default().trim();
    match numbers.ends_with(|c: char| c.is_ascii_digit()) {
        true if is_mmhg(unit) => (numbers, ""),
        true => (numbers, unit),
        false => (text, ""),
    }
}

fn is_mmhg(unit: &str) -> bool {
    unit.replace(char::is_whitespace, "").eq_ignore_ascii_case(UNIT)
}

/// Digits with at most one decimal mark between them.
fn number(side: &str) -> Option<Decimal> {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let point = side.replace(',', ".");
    let (whole, decimals) = point.split_once('.').unwrap_or((&point, "0"));
    (is_digits(whole) && is_digits(decimals)).then(|| Decimal::parse(&point).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<[String; 2]> {
        cut(text, Some("mmHg"), |side| matches!(side, "-" | "?" | "NR"))
    }

    #[test]
    fn two_pressures_are_cut_apart() {
        for (text, systolic, diastolic) in [
            ("120x80", "120", "80"),
            ("120 X 80 mmHg", "120", "80"),
            ("120/80 (sitting)", "120 (sitting)", "80"),
            ("200/110*", "200 *", "110"),
            ("120/80", "120", "80"),
            ("120 / 80", "120", "80"),
            ("120/80 mmHg", "120", "80"),
            ("120/80mm Hg", "120", "80"),
            ("16/10.5 kPa", "16 kPa", "10.5 kPa"),
            ("120 over 80", "120", "80"),
            ("120/-", "120", "-"),
            ("-/80", "-", "80"),
            ("NR/NR", "NR", "NR"),
            ("120/80 (left)", "120 (left)", "80"),
        ] {
            assert_eq!(read(text), Some([systolic.to_owned(), diastolic.to_owned()]), "{text}");
        }
        for text in ["120", "80/120", "120/80/93", "120-80", "120/palp", "normal", "", "/", "1:2", "13/8", "13/-"] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(cut("16/10", Some("kPa"), |_| false), Some(["16", "10"].map(str::to_owned)));
    }

    #[test]
    fn only_plain_pressures_are_seen_under_another_header() {
        assert!(["120/80", "135/85 mmHg", "90 / 60"].into_iter().all(is_plain));
        assert!(!["20/40", "6/9", "1/2", "80/120", "300/200", "120", "12/F", "2/3"].into_iter().any(is_plain));
    }
}
