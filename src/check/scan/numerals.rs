//! Digits in groups, `12 345`, and powers of ten, `× 10⁹/L`.
#![expect(clippy::arithmetic_side_effects, reason = "sums of lengths of parts of one text do not overflow")]

/// The length of a power of ten with what it is per, behind the sign of its product: `× 10⁹/L`, `x 10^9/L`.
pub(super) fn power(text: &str) -> Option<usize> {
    let sign = text.chars().next().filter(|c| matches!(c, '×' | 'x' | 'X'))?.len_utf8();
    let rest = text.get(sign..)?;
    let ten = rest.trim_start().strip_prefix("10")?;
    let is_raised = |c: char| matches!(c, '⁰' | '¹' | '²' | '³' | '⁴'..='⁹' | '⁻');
    let after = match ten.strip_prefix('^') {
        Some(digits) => digits.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-'),
        None => ten.trim_start_matches(is_raised),
    };
    if after.len() == ten.len() || after.len() + 1 == ten.len() && ten.starts_with('^') {
        return None;
    }
    let per =
        after.strip_prefix('/').map_or(0, |unit| 1 + unit.len() - unit.trim_start_matches(char::is_alphabetic).len());
    Some(text.len() - after.len() + per)
}

/// The length of digits with the separators between them. A space or an apostrophe before three digits separates
/// thousands, unless the digits before it are a name: `week 12 345 patients`.
pub(super) fn run(text: &str, is_name: bool) -> usize {
    let mut length = plain_run(text);
    let first = text.get(..length).unwrap_or_default();
    let is_group = (1..=3).contains(&length) && !first.starts_with('0') && first.bytes().all(|c| c.is_ascii_digit());
    let mut has_groups = false;
    while is_group && let Some((gap, width)) = group(text.get(length..).unwrap_or_default()) {
        if is_name && gap == ' ' {
            break;
        }
        has_groups = true;
        length += width;
    }
    if has_groups { length + decimals(text.get(length..).unwrap_or_default()) } else { length }
}

/// Digits with points and commas between them.
fn plain_run(text: &str) -> usize {
    let mut length = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let separates = matches!(c, '.' | ',' | '·') && chars.peek().is_some_and(|(_, next)| next.is_ascii_digit());
        if !(c.is_ascii_digit() || separates) {
            break;
        }
        length = at + c.len_utf8();
    }
    length
}

/// A separator of thousands with its three digits, and their length.
fn group(text: &str) -> Option<(char, usize)> {
    let gap = text.chars().next().filter(|c| is_thousands(*c))?;
    let digits = text.get(gap.len_utf8()..)?;
    let count = digits.bytes().take_while(u8::is_ascii_digit).count();
    let is_word = digits.get(count..).is_some_and(|rest| rest.starts_with(char::is_alphabetic));
    (count == 3 && !is_word).then_some((gap, gap.len_utf8() + count))
}

/// Separators of thousands but for the comma.
fn is_thousands(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\'' | '\u{2019}')
}

/// The decimals behind digits in groups; three digits behind a comma are none.
fn decimals(text: &str) -> usize {
    let point = text.chars().next().filter(|c| matches!(c, '.' | '·' | ',')).map_or(0, char::len_utf8);
    let digits = text.get(point..).unwrap_or_default().bytes().take_while(u8::is_ascii_digit).count();
    let is_decimal = digits > 0 && !(text.starts_with(',') && digits > 2);
    if point > 0 && is_decimal { point + digits } else { 0 }
}

/// Digits without the separators that only this file knows.
pub(super) fn without_gaps(written: &str) -> String {
    written.replace(is_thousands, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_of_ten_are_units() {
        for (text, length) in [
            ("× 10⁹/L (", Some("× 10⁹/L".len())),
            ("x 10^9/L", Some(8)),
            ("x10^9 cells", Some(5)),
            ("× 10 mg", None),
            ("x 10", None),
        ] {
            assert_eq!(power(text), length, "{text}");
        }
    }

    #[test]
    fn digits_in_groups_are_one_number() {
        for (text, is_name, length) in [
            ("12 345 births", false, 6),
            ("12 345 births", true, 2),
            ("12\u{a0}345 births", true, 7),
            ("1\u{2019}236", false, 7),
            ("1 236.5 kg", false, 7),
            ("12 345 678", false, 10),
            ("2015 345", false, 4),
            ("12 3456", false, 2),
            ("12 450mg", false, 2),
            ("1,236", false, 5),
        ] {
            assert_eq!(run(text, is_name), length, "{text}");
        }
    }
}
