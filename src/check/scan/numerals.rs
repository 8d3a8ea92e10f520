//! Numbers of several words, `one hundred and five`, and digits in groups, `12 345`.
#![expect(clippy::arithmetic_side_effects, reason = "sums of lengths of parts of one text do not overflow")]

use crate::check::printed::number_word;

/// The number of words at the start of a text, and their length. None where it does not begin with one.
///
/// The inner option is none for a number that is not meant exactly, or is of no use as a count: `two million`, `one
/// dozen`.
pub(super) fn spelled(text: &str) -> Option<(Option<u64>, usize)> {
    let first = text.bytes().next()?.to_ascii_lowercase();
    if !matches!(first, b'e' | b'f' | b'n' | b'o' | b's' | b't' | b'z') {
        return None;
    }
    let (value, end) = below_thousand(text, 0)?;
    let Some((_, after)) = next(text, end).filter(|(word, _)| word.eq_ignore_ascii_case("thousand")) else {
        let is_round = next(text, end).is_some_and(|(word, _)| is_round(word));
        return Some((Some(value).filter(|_| !is_round), end)).filter(|_| ends(text, end));
    };
    let rest = hundreds_behind_comma(text, after)
        .or_else(|| below_thousand(text, behind_and(text, after)).filter(|(_, end)| ends(text, *end)));
    let (rest, end) = rest.unwrap_or((0, after));
    Some((Some(value.saturating_mul(1000).saturating_add(rest)), end)).filter(|_| ends(text, end))
}

/// True for a word that makes a number a round one: `two million`.
pub(super) fn is_round(word: &str) -> bool {
    ["dozen", "dozens", "million", "millions", "billion", "billions"]
        .iter()
        .any(|round| word.eq_ignore_ascii_case(round))
}

/// True for a word that multiplies the digits before it: `12 thousand`.
pub(super) fn multiplies(word: &str) -> bool {
    is_round(word) || ["hundred", "thousand"].iter().any(|of| word.eq_ignore_ascii_case(of))
}

/// The word at the start of a text, behind one space or dash at most, and its end.
pub(super) fn next(text: &str, from: usize) -> Option<(&str, usize)> {
    let rest = text.get(from..)?;
    let gap = if from == 0 { 0 } else { rest.chars().next().filter(|c| is_gap(*c) || *c == '-')?.len_utf8() };
    let word = rest.get(gap..)?;
    let end = word.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(word.len());
    (end > 0).then(|| Some((word.get(..end)?, from + gap + end)))?
}

fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '\n' | '\u{a0}' | '\u{2009}' | '\u{202f}')
}

/// True where no letter goes on the number: `three-hundred-bed` is none.
fn ends(text: &str, end: usize) -> bool {
    let mut after = text.get(end..).unwrap_or_default().chars();
    match after.next() {
        Some('-' | '\'' | '\u{2019}') => !after.next().is_some_and(char::is_alphanumeric),
        Some(c) => !c.is_alphanumeric(),
        None => true,
    }
}

/// `five`, `twenty-five`, `twenty five`, from a position.
fn below_hundred(text: &str, from: usize) -> Option<(u64, usize)> {
    let (word, end) = next(text, from)?;
    let value = word_value(word)?;
    let unit =
        next(text, end).and_then(|(word, end)| Some((word_value(word).filter(|unit| (1..10).contains(unit))?, end)));
    match unit.filter(|_| value >= 20) {
        Some((unit, end)) if ends(text, end) => Some((value + unit, end)),
        _ => Some((value, end)),
    }
}

fn word_value(word: &str) -> Option<u64> {
    let lower = word.to_ascii_lowercase();
    let (value, _) = number_word(&lower)?;
    u64::try_from(value).ok()
}

/// `five`, `twelve hundred`, `two hundred and five`, from a position.
fn below_thousand(text: &str, from: usize) -> Option<(u64, usize)> {
    let (value, end) = below_hundred(text, from)?;
    let hundred = next(text, end).filter(|(word, _)| word.eq_ignore_ascii_case("hundred"));
    let Some((_, after)) = hundred.filter(|_| (1..100).contains(&value)) else { return Some((value, end)) };
    let rest = below_hundred(text, behind_and(text, after)).filter(|(rest, end)| *rest > 0 && ends(text, *end));
    let (rest, end) = rest.unwrap_or((0, after));
    Some((value * 100 + rest, end))
}

/// The position behind the `and` of `hundred and five`.
fn behind_and(text: &str, from: usize) -> usize {
    next(text, from).filter(|(word, _)| word.eq_ignore_ascii_case("and")).map_or(from, |(_, end)| end)
}

/// The `, five hundred and two` of `one thousand, five hundred and two`.
fn hundreds_behind_comma(text: &str, from: usize) -> Option<(u64, usize)> {
    let comma = text.get(from..)?.starts_with(',').then_some(from + 1)?;
    below_thousand(text, comma).filter(|(value, end)| *value >= 100 && ends(text, *end))
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
    fn numbers_of_several_words_are_one_number() {
        for (text, expected) in [
            ("One hundred and five patients", Some((Some(105), 20))),
            ("Two hundred twelve", Some((Some(212), 18))),
            ("Twelve hundred", Some((Some(1200), 14))),
            ("One thousand, five hundred and two", Some((Some(1502), 34))),
            ("One thousand, five of whom", Some((Some(1000), 12))),
            ("one hundred, five of whom", Some((Some(100), 11))),
            ("one-hundred-and-five patients", Some((Some(105), 20))),
            ("twenty-five", Some((Some(25), 11))),
            ("twenty five patients", Some((Some(25), 11))),
            ("two-thirds", None),
            ("two hundred and sixty-bed wards", Some((Some(200), 11))),
            ("two million", Some((None, 3))),
            ("someone", None),
            ("tend", None),
        ] {
            assert_eq!(spelled(text), expected, "{text}");
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
