//! Numbers as they are written in clinical tables: `<5`, `1:80`, `192 U/L (high)`, `12*`.

use super::code::is_code;
use super::comparator::{Comparator, comparator};
use super::fraction;
use super::{Lexeme, flag, stated_word};
use crate::decimal::{Decimal, NumberFault};
use crate::schema::units;
use std::borrow::Cow;

/// The longest unit, in characters and in words; anything longer is a sentence.
const LONGEST_UNIT: (usize, usize) = (24, 3);

/// Signs before a number or an exponent: plus, hyphen, minus sign, short dash.
pub const SIGNS: [char; 4] = ['+', '-', '\u{2212}', '\u{2013}'];

/// What a comparator is made of.
pub const COMPARATORS: [char; 5] = ['<', '>', '=', '≤', '≥'];

/// Marks of a footnote behind a number.
const FOOTNOTE_MARKS: [char; 7] = ['*', '†', '‡', '§', '¶', '‖', '#'];

/// A number with what stands around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measurement<'a> {
    /// `<`, `>` and so on, where one comes before it.
    pub comparator: Option<Comparator>,
    /// The number; the reciprocal dilution of a titre.
    pub value: Decimal,
    /// True where it was written as a titre, `1:80`.
    pub titre: bool,
    /// All that follows the number, trimmed, without the mark of a footnote.
    pub tail: &'a str,
    /// The tail without a stated word; may be a word that is no unit (`speckled`).
    pub unit: Option<&'a str>,
    /// A word in parentheses at the end, or a built-in stated word, `H` or `L`.
    pub stated: Option<&'a str>,
    /// The mark of a footnote at the end: `12*`.
    pub mark: Option<&'a str>,
    /// True for whole digits with letters that may be a code: `1a`, `41B2`, `1L`.
    pub is_code: bool,
    /// The power of ten behind the number, which its value has: 5 for `2.5x10^5`, else 0.
    pub power: u8,
}

/// The class of a text that is a number of any sort; no answer where it is none.
pub(super) fn number(text: &str, decimal_comma: bool) -> Option<Lexeme<'_>> {
    let (comparator, rest) = comparator(text);
    let (rest, mark) = without_mark(rest);
    let (said, dilution) = result_before(rest);
    if let Some((value, tail)) = titre(dilution) {
        let (unit, stated) = split_tail(tail)?;
        let (tail, titre, is_code, stated, power) = (tail.trim(), true, false, stated.or(said), 0);
        let titre = Measurement { comparator, value, titre, tail, unit, stated, mark, is_code, power };
        return Some(Lexeme::Measurement(titre));
    }
    if let Some(thousands) = spaced_thousands(rest, decimal_comma) {
        return Some(Lexeme::OtherMark { decimal: None, thousands: Some(thousands) });
    }
    if let Some((value, tail)) = fraction::number(rest) {
        let (unit, stated) = split_tail(tail)?;
        let (tail, titre, is_code, power) = (tail.trim(), false, false, 0);
        let number = Measurement { comparator, value, titre, tail, unit, stated, mark, is_code, power };
        return Some(Lexeme::Measurement(number));
    }
    let (token, tail) = split_number(rest)?;
    if token == "0" && tail.starts_with(['x', 'X']) {
        return None;
    }
    let (power, tail) = power_of_ten(token, tail);
    let (unit, stated) = split_tail(tail)?;
    let scaled = if power > 0 { Cow::Owned(format!("{token}e{power}")) } else { Cow::Borrowed(token) };
    match value_of(&scaled, decimal_comma)? {
        WrittenNumber::Number(value) => {
            let is_code = comparator.is_none() && is_code(token, tail);
            let (tail, titre) = (tail.trim(), false);
            let number = Measurement { comparator, value, titre, tail, unit, stated, mark, is_code, power };
            Some(Lexeme::Measurement(number))
        }
        WrittenNumber::OtherMark { decimal, thousands } => Some(Lexeme::OtherMark { decimal, thousands }),
        WrittenNumber::OutOfRange => Some(Lexeme::OutOfRange),
    }
}

/// The number before a single plus: `12+`.
pub(super) fn at_least(text: &str, decimal_comma: bool) -> Option<Decimal> {
    let token = text.strip_suffix('+')?.trim_end();
    let is_plain = token.starts_with(|c: char| c.is_ascii_digit()) && token.ends_with(|c: char| c.is_ascii_digit());
    match value_of(token, decimal_comma).filter(|_| is_plain)? {
        WrittenNumber::Number(value) => Some(value),
        WrittenNumber::OtherMark { .. } | WrittenNumber::OutOfRange => None,
    }
}

/// A text without the marks of a footnote behind it, and the marks.
fn without_mark(text: &str) -> (&str, Option<&str>) {
    let rest = text.trim_end_matches(FOOTNOTE_MARKS);
    let mark = text.get(rest.len()..).filter(|mark| !mark.is_empty());
    (if mark.is_some() { rest.trim_end() } else { text }, mark)
}

/// A result before a titre, and the titre: `pos 1:80`, `positive (1:80)`.
fn result_before(text: &str) -> (Option<&str>, &str) {
    let found = text.split_once([' ', '(']).filter(|(word, _)| stated_word(word).is_some());
    match found.map(|(word, rest)| (word, rest.trim_start_matches([' ', '(', ',', ';']).trim_end_matches(')'))) {
        Some((word, rest)) if rest.starts_with("1:") => (Some(word), rest),
        Some(_) | None => (None, text),
    }
}

/// The power of ten between a number and its unit, and what follows it: `x10^5`, `×10⁵ copies/mL`; 0 where the tail is a
/// unit as it stands, such as `x10^9/L`.
fn power_of_ten<'t>(token: &str, tail: &'t str) -> (u8, &'t str) {
    let none = (0, tail);
    let rest = tail.trim_start().trim_start_matches(['x', 'X', '×', '✕', '*', '·']).trim_start();
    let is_times = rest.len() < tail.trim_start().len() && !token.contains(['e', 'E']);
    let Some(raised) = rest.strip_prefix("10").filter(|_| is_times) else { return none };
    let marked = raised.trim_start_matches(['^', '*']);
    let digit = |c: char| c.to_digit(10).filter(|_| marked.len() < raised.len()).or_else(|| superscript(c));
    let end = marked.find(|c: char| digit(c).is_none()).unwrap_or(marked.len());
    let Some((digits, behind)) = marked.split_at_checked(end) else { return none };
    let power =
        digits.chars().filter_map(digit).fold(0_u32, |power, digit| power.saturating_mul(10).saturating_add(digit));
    let is_alone = behind.trim().is_empty() || behind.trim_start().starts_with(['(', '[']);
    let is_before_unit = || units::unit(tail).is_none() && units::unit(behind.trim()).is_some();
    match u8::try_from(power) {
        Ok(power @ 1..=12) if is_alone || is_before_unit() => (power, behind),
        Ok(_) | Err(_) => none,
    }
}

fn superscript(c: char) -> Option<u32> {
    ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹']
        .iter()
        .position(|raised| *raised == c)
        .and_then(|at| u32::try_from(at).ok())
}

/// `1:80`, the dilution as the value, and what follows; `1:1,280` is a whole number, as every dilution is.
fn titre(text: &str) -> Option<(Decimal, &str)> {
    let rest = text.strip_prefix('1')?.trim_start().strip_prefix(':')?.trim_start();
    let grouped =
        rest.split_at_checked(rest.bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b',' | b'.')).count());
    let in_groups = grouped.and_then(|(digits, tail)| {
        let groups = [',', '.'].into_iter().find_map(|mark| regrouped(digits, mark, ' '));
        groups.filter(|value| value.scale() == 0).map(|value| (value, tail))
    });
    if let Some((value, tail)) = in_groups.filter(|(_, tail)| is_apart(tail)) {
        return Some((value, tail));
    }
    let (digits, tail) = rest.split_at_checked(leading_digits(rest))?;
    let positive = digits.bytes().any(|b| b != b'0');
    (positive && is_apart(tail)).then(|| Decimal::parse(digits).ok())?.map(|value| (value, tail))
}

/// `1:32O` is a slip of the keyboard, and no 1:32 of the pattern O.
fn is_apart(tail: &str) -> bool {
    tail.is_empty() || tail.starts_with(|c: char| c.is_whitespace() || matches!(c, '(' | '['))
}

fn leading_digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// Cuts a text behind its leading number, whatever its marks; no answer without a digit.
fn split_number(text: &str) -> Option<(&str, &str)> {
    let unsigned = text.strip_prefix(SIGNS).unwrap_or(text);
    let marks = |b: &u8| b.is_ascii_digit() || matches!(b, b'.' | b',');
    let (mut token, _) = unsigned.split_at_checked(unsigned.bytes().take_while(marks).count())?;
    // A mark at the end is punctuation, unless the text ends there.
    if token.len() < unsigned.len() || token.ends_with(',') {
        token = token.trim_end_matches(['.', ',']);
    }
    token.bytes().any(|b| b.is_ascii_digit()).then_some(())?;
    let behind = unsigned.get(token.len()..)?;
    let length = text.len().checked_sub(behind.len())?.checked_add(exponent_length(behind))?;
    text.split_at_checked(length)
}

/// Length of `e5`, `E-3`; 0 where no digit follows the letter.
fn exponent_length(text: &str) -> usize {
    let Some(rest) = text.strip_prefix(['e', 'E']) else { return 0 };
    let digits = rest.strip_prefix(SIGNS).unwrap_or(rest);
    match leading_digits(digits) {
        0 => 0,
        count => text.len().saturating_sub(digits.len()).saturating_add(count),
    }
}

enum WrittenNumber {
    Number(Decimal),
    OtherMark { decimal: Option<Decimal>, thousands: Option<Decimal> },
    OutOfRange,
}

/// The value of a number token under the file's decimal mark.
fn value_of(token: &str, decimal_comma: bool) -> Option<WrittenNumber> {
    let (mark, other) = if decimal_comma { (',', '.') } else { ('.', ',') };
    if !token.contains(other) {
        return match Decimal::parse(&token.replace(mark, ".")) {
            Ok(value) => Some(WrittenNumber::Number(value.without_binary_noise().unwrap_or(value))),
            Err(NumberFault::OutOfRange) => {
                Some(noisy(token, mark).map_or(WrittenNumber::OutOfRange, WrittenNumber::Number))
            }
            Err(NumberFault::NotANumber) => None,
        };
    }
    let single = token.matches(other).count() == 1 && !token.contains(mark);
    let decimal = if single { Decimal::parse(&token.replace(other, ".")).ok() } else { None };
    let thousands = regrouped(token, other, mark).or_else(|| regrouped(token, mark, other));
    (decimal.is_some() || thousands.is_some()).then_some(WrittenNumber::OtherMark { decimal, thousands })
}

/// The value of a decimal with more digits than a number can have, where those are of binary arithmetic:
/// `0.1000000000000000055511151231257827`.
fn noisy(token: &str, mark: char) -> Option<Decimal> {
    let unsigned = token.trim_start_matches(SIGNS);
    let (whole, decimals) = unsigned.split_once(mark)?;
    let significant = unsigned.trim_start_matches(['0', mark]);
    let is_plain = decimals.len() > 15 && decimals.bytes().all(|byte| byte.is_ascii_digit());
    let leading = unsigned.len().checked_sub(significant.len())?;
    // Seventeen digits name a double.
    let end = leading.checked_add(17)?.checked_add(usize::from(significant.contains(mark)))?;
    let cut = unsigned.get(..end).filter(|cut| is_plain && cut.len() > whole.len())?;
    let sign = token.get(..token.len().checked_sub(unsigned.len())?)?;
    Decimal::parse(&format!("{sign}{cut}").replace(mark, ".")).ok()?.without_binary_noise()
}

/// The value of `1,234,567.8` with `group` between thousands and `mark` before decimals.
fn regrouped(token: &str, group: char, mark: char) -> Option<Decimal> {
    let unsigned = token.strip_prefix(SIGNS).unwrap_or(token);
    let whole = unsigned.split(mark).next()?;
    let mut groups = whole.split(group);
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let is_group = |g: &&str| g.len() == 3 && g.bytes().all(|b| b.is_ascii_digit());
    let grouped = (1..=3).contains(&first.len()) && !first.starts_with('0') && !rest.is_empty();
    let plain: String = token.chars().filter(|c| *c != group).collect();
    (grouped && rest.iter().all(is_group)).then(|| Decimal::parse(&plain.replace(mark, ".")).ok())?
}

/// The value of `443 000`: groups of three parted by a space or an apostrophe.
fn spaced_thousands(text: &str, decimal_comma: bool) -> Option<Decimal> {
    let gap = |c: char| matches!(c, ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}' | '\'' | '\u{2019}');
    if !text.contains(gap) || !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    regrouped(&text.replace(gap, "_"), '_', if decimal_comma { ',' } else { '.' })
}

/// What follows a number, as unit and stated word; no answer where it cannot follow one.
fn split_tail(tail: &str) -> Option<(Option<&str>, Option<&str>)> {
    let attached = !tail.starts_with(char::is_whitespace);
    let tail = tail.trim();
    let (unit, stated) = in_parentheses(tail).or_else(|| flagged(tail)).unwrap_or((tail, ""));
    let some = |text: &'_ str| !text.is_empty();
    (unit.is_empty() || is_unit(unit, attached))
        .then(|| (Some(unit).filter(|u| some(u)), Some(stated).filter(|s| some(s))))
}

/// Cuts `U/L (high)` and `U/L [5-45]`; only a separate bracket counts, as `25(OH)` is part of a unit.
fn in_parentheses(tail: &str) -> Option<(&str, &str)> {
    let cut = |(open, close): (char, char)| tail.strip_suffix(close)?.rsplit_once(open);
    let (before, word) = [('(', ')'), ('[', ']')].into_iter().find_map(cut)?;
    let alone = before.is_empty() || before.ends_with(char::is_whitespace);
    (alone && !word.trim().is_empty() && !before.contains(['(', ')'])).then(|| (before.trim(), word.trim()))
}

/// Cuts a built-in stated word, `H` or `L` from the end: `U/L within range`.
fn flagged(tail: &str) -> Option<(&str, &str)> {
    // The second letter of `7 U L` is no flag behind the first: it may be U/L.
    let is_letter = |text: &str| text.chars().count() == 1;
    last_words(tail).find(|(unit, word)| flag(word).is_some() && !(is_letter(unit) && is_letter(word)))
}

/// Every way to cut a text into a beginning and its last words, the longest last words first.
pub fn last_words(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let gaps = text.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at);
    let cuts = std::iter::once(0).chain(gaps);
    cuts.filter_map(move |at| text.split_at_checked(at)).map(|(before, word)| (before.trim(), word.trim()))
}

/// True for what may be a unit; `attached` where no space parts it from the number.
fn is_unit(text: &str, attached: bool) -> bool {
    let short = text.chars().count() <= LONGEST_UNIT.0 && text.split_whitespace().count() <= LONGEST_UNIT.1;
    let clean = !text.contains(|c: char| c.is_control() || ";|:=,\"<>?!+_".contains(c));
    let ordinal = attached && ["st", "nd", "rd", "th"].into_iter().any(|o| text.eq_ignore_ascii_case(o));
    // `1e` is a number that was cut off.
    let cut = attached && text.eq_ignore_ascii_case("e");
    let power = !attached && ["10^", "10*", "10e", "10E"].into_iter().any(|p| text.starts_with(p));
    let ratio = text.strip_prefix('/').is_some_and(|r| r.starts_with(|c: char| !c.is_ascii_digit() && c != ' '));
    let letter = text.starts_with(|c: char| c.is_alphabetic() || "%‰°×*".contains(c));
    short && clean && !ordinal && !cut && (power || ratio || letter)
}
