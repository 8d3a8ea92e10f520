//! Numbers as they are written in clinical tables: `<5`, `1:80`, `192 U/L (high)`, `2y6m`.

use super::{Age, Comparator, Lexeme, flag};
use crate::decimal::{Decimal, NumberFault};
use crate::words::words;

/// The longest unit, in characters and in words; anything longer is a sentence.
const LONGEST_UNIT: (usize, usize) = (24, 3);

/// Signs before a number or an exponent: plus, hyphen, minus sign.
const SIGNS: [char; 3] = ['+', '-', '\u{2212}'];

/// A number with what stands around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measurement<'a> {
    /// `<`, `>` and so on, where one comes before it.
    pub comparator: Option<Comparator>,
    /// The number; the reciprocal dilution of a titre.
    pub value: Decimal,
    /// True where it was written as a titre, `1:80`.
    pub titre: bool,
    /// All that follows the number, trimmed.
    pub tail: &'a str,
    /// The tail without a stated word; may be a word that is no unit (`speckled`).
    pub unit: Option<&'a str>,
    /// A word in parentheses at the end, or a built-in stated word, `H` or `L`.
    pub stated: Option<&'a str>,
}

words! {
    /// A unit in which ages and durations are exact.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum DurationUnit: "unit of a duration" {
        /// 12 months.
        Years = "years",
        /// A twelfth of a year.
        Months = "months",
    }
}

/// The duration a unit names; no answer for `m`, which may be metres or minutes.
pub fn duration_unit(word: &str) -> Option<DurationUnit> {
    let is = |words: &[&str]| words.iter().any(|w| w.eq_ignore_ascii_case(word));
    if is(&["y", "yr", "yrs", "year", "years", "yo"]) {
        return Some(DurationUnit::Years);
    }
    is(&["mo", "mos", "mth", "mths", "month", "months"]).then_some(DurationUnit::Months)
}

/// The class of a text that is a number of any sort; no answer where it is none.
pub(super) fn number(text: &str, decimal_comma: bool) -> Option<Lexeme<'_>> {
    let (comparator, rest) = comparator(text);
    if let Some((years, months)) = age(rest, decimal_comma) {
        return Some(Lexeme::Age(Age { comparator, years, months }));
    }
    if let Some((value, tail)) = titre(rest) {
        let (unit, stated) = split_tail(tail)?;
        return Some(Lexeme::Measurement(Measurement {
            comparator,
            value,
            titre: true,
            tail: tail.trim(),
            unit,
            stated,
        }));
    }
    if let Some(thousands) = spaced_thousands(rest, decimal_comma) {
        return Some(Lexeme::OtherMark { decimal: None, thousands: Some(thousands) });
    }
    let (token, tail) = split_number(rest)?;
    if token == "0" && tail.starts_with(['x', 'X']) {
        return None;
    }
    let (unit, stated) = split_tail(tail)?;
    match value_of(token, decimal_comma)? {
        Written::Number(value) => {
            let tail = tail.trim();
            Some(Lexeme::Measurement(Measurement { comparator, value, titre: false, tail, unit, stated }))
        }
        Written::OtherMark { decimal, thousands } => Some(Lexeme::OtherMark { decimal, thousands }),
        Written::OutOfRange => Some(Lexeme::OutOfRange),
    }
}

pub(super) fn comparator(text: &str) -> (Option<Comparator>, &str) {
    let signs = [
        ("<=", Comparator::AtMost),
        ("=<", Comparator::AtMost),
        ("≤", Comparator::AtMost),
        ("<", Comparator::Below),
        (">=", Comparator::AtLeast),
        ("=>", Comparator::AtLeast),
        ("≥", Comparator::AtLeast),
        (">", Comparator::Above),
    ];
    let found =
        signs.into_iter().find_map(|(sign, c)| text.strip_prefix(sign).map(|rest| (Some(c), rest.trim_start())));
    found.unwrap_or((None, text))
}

/// `1:80`, the dilution as the value, and what follows.
fn titre(text: &str) -> Option<(Decimal, &str)> {
    let rest = text.strip_prefix("1:")?;
    let (digits, tail) = rest.split_at_checked(leading_digits(rest))?;
    let positive = digits.bytes().any(|b| b != b'0');
    positive.then(|| Decimal::parse(digits).ok())?.map(|value| (value, tail))
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

enum Written {
    Number(Decimal),
    OtherMark { decimal: Option<Decimal>, thousands: Option<Decimal> },
    OutOfRange,
}

/// The value of a number token under the file's decimal mark.
fn value_of(token: &str, decimal_comma: bool) -> Option<Written> {
    let (mark, other) = if decimal_comma { (',', '.') } else { ('.', ',') };
    if !token.contains(other) {
        return match Decimal::parse(&token.replace(mark, ".")) {
            Ok(value) => Some(Written::Number(value)),
            Err(NumberFault::OutOfRange) => Some(Written::OutOfRange),
            Err(NumberFault::NotANumber) => None,
        };
    }
    let single = token.matches(other).count() == 1 && !token.contains(mark);
    let decimal = if single { Decimal::parse(&token.replace(other, ".")).ok() } else { None };
    let thousands = regrouped(token, other, mark).or_else(|| regrouped(token, mark, other));
    (decimal.is_some() || thousands.is_some()).then_some(Written::OtherMark { decimal, thousands })
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

/// Cuts `U/L (high)`; only a separate parenthesis counts, as `25(OH)` is part of a unit.
fn in_parentheses(tail: &str) -> Option<(&str, &str)> {
    let (before, word) = tail.strip_suffix(')')?.rsplit_once('(')?;
    let alone = before.is_empty() || before.ends_with(char::is_whitespace);
    (alone && !word.trim().is_empty() && !before.contains(['(', ')'])).then(|| (before.trim(), word.trim()))
}

/// Cuts a built-in stated word, `H` or `L` from the end: `U/L within range`.
fn flagged(tail: &str) -> Option<(&str, &str)> {
    last_words(tail).find(|(_, word)| flag(word).is_some())
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

/// Years and months, at least one of them.
type YearsMonths = (Option<Decimal>, Option<Decimal>);

/// Reads `30 months`, `2 y 6 m`, `6-years-old` and ISO 8601 `P2Y6M`.
fn age(text: &str, decimal_comma: bool) -> Option<YearsMonths> {
    let (iso, mut rest) = match text.strip_prefix(['P', 'p']) {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (mut years, mut months) = (None, None);
    while !rest.is_empty() {
        let (value, behind) = age_number(rest, decimal_comma)?;
        let behind = if iso { behind } else { behind.trim_start_matches([' ', '-', '\u{A0}']) };
        let length = behind.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(behind.len());
        let (word, after) = age_word(behind, length)?;
        let month = word.eq_ignore_ascii_case("m") && (iso || years.is_some());
        let unit = if month { DurationUnit::Months } else { duration_unit(word)? };
        let allowed = !iso || word.len() == 1;
        match unit {
            DurationUnit::Years if allowed && years.is_none() && months.is_none() => years = Some(value),
            DurationUnit::Months if allowed && months.is_none() => months = Some(value),
            _ => return None,
        }
        rest = if iso { after } else { without_joint(after) };
    }
    let whole = |d: Decimal| d.scale() == 0;
    let proper = match (years, months) {
        (Some(y), Some(m)) => whole(y) && whole(m) && m.mantissa() < 12,
        (y, m) => y.is_some() || m.is_some(),
    };
    proper.then_some((years, months))
}

/// The unit at the start of a text: `y` of `y6m`, and what follows it.
fn age_word(text: &str, length: usize) -> Option<(&str, &str)> {
    text.split_at_checked(length).filter(|(word, _)| !word.is_empty())
}

/// What follows a part of an age without `and`, a comma, or a closing `old`.
fn without_joint(text: &str) -> &str {
    let text = text.trim_start_matches([' ', '-', ',', '\u{A0}']);
    let text = text.strip_prefix("and ").map_or(text, str::trim_start);
    if text.eq_ignore_ascii_case("old") { "" } else { text }
}

fn age_number(text: &str, decimal_comma: bool) -> Option<(Decimal, &str)> {
    let mark = if decimal_comma { b',' } else { b'.' };
    let length = text.bytes().take_while(|b| b.is_ascii_digit() || *b == mark).count();
    let (token, rest) = text.split_at_checked(length)?;
    Some((Decimal::parse(&token.replace(',', ".")).ok()?, rest))
}
