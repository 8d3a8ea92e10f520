//! Splits a printed text into figures, words and signs.

use super::spelled::{number_word, spelled};
use super::{ACCEPTED, Figure, PrintedFault, PrintedUnit, Spread};
use crate::decimal::{Decimal, NumberFault};
use crate::schema::lexical::Comparator;
use crate::schema::lexical::duration::TimeUnit;
use crate::schema::units;

/// One part of a printed text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PrintedToken {
    Number(Figure),
    Percent,
    /// `of`, `out of`, `/`.
    Of,
    /// A hyphen or dash between two numbers, `to`.
    Dash,
    /// `,` between two numbers, followed by a space.
    Comma,
    /// `;`
    Semicolon,
    PlusMinus,
    Open,
    Close,
    /// `<`, `≥`.
    Sign(Comparator),
    All,
    /// `none`.
    Zero,
    Only,
    Sd,
    /// `SE`, `SEM`, `s.e.m.`, `standard error`.
    Se,
    /// `range`, `IQR`, `CI`: the content of the brackets.
    Spread(Spread),
    /// `Q1`, before the first quartile.
    Q1,
    /// `Q3`, before the third.
    Q3,
    /// `n`, before a sign.
    N,
    /// `p`, `P value`, before a sign.
    P,
    /// `NS`: not significant.
    NotSignificant,
    /// `but`, behind `all`.
    But,
    Equals,
    Colon,
    /// `half`, `two-thirds`, in whole percent.
    Fraction(Figure),
    Both,
    /// `patients`, behind their number.
    Cases,
}

/// Words of up to three parts, longer ones first.
const WORDS: [(&str, PrintedToken); 52] = [
    ("out of the", PrintedToken::Of),
    ("out of", PrintedToken::Of),
    ("of the", PrintedToken::Of),
    ("of", PrintedToken::Of),
    ("to", PrintedToken::Dash),
    ("only", PrintedToken::Only),
    ("all", PrintedToken::All),
    ("none", PrintedToken::Zero),
    ("percent", PrintedToken::Percent),
    ("per cent", PrintedToken::Percent),
    ("sd", PrintedToken::Sd),
    ("s.d.", PrintedToken::Sd),
    ("standard deviation", PrintedToken::Sd),
    ("standard error of the mean", PrintedToken::Se),
    ("standard error", PrintedToken::Se),
    ("s.e.m.", PrintedToken::Se),
    ("s.e.", PrintedToken::Se),
    ("sem", PrintedToken::Se),
    ("se", PrintedToken::Se),
    ("range", PrintedToken::Spread(Spread::Range)),
    ("iqr", PrintedToken::Spread(Spread::Quartiles)),
    ("quartiles", PrintedToken::Spread(Spread::Quartiles)),
    ("q1", PrintedToken::Q1),
    ("q3", PrintedToken::Q3),
    ("ci", PrintedToken::Spread(Spread::Confidence(None))),
    ("but", PrintedToken::But),
    ("no", PrintedToken::Zero),
    ("ns", PrintedToken::NotSignificant),
    ("n.s.", PrintedToken::NotSignificant),
    ("+/-", PrintedToken::PlusMinus),
    ("+-", PrintedToken::PlusMinus),
    ("interquartile range", PrintedToken::Spread(Spread::Quartiles)),
    ("confidence interval", PrintedToken::Spread(Spread::Confidence(None))),
    ("n", PrintedToken::N),
    ("p-value", PrintedToken::P),
    ("p value", PrintedToken::P),
    ("p", PrintedToken::P),
    ("both", PrintedToken::Both),
    ("patients", PrintedToken::Cases),
    ("patient", PrintedToken::Cases),
    ("cases", PrintedToken::Cases),
    ("case", PrintedToken::Cases),
    ("children", PrintedToken::Cases),
    ("child", PrintedToken::Cases),
    ("subjects", PrintedToken::Cases),
    ("participants", PrintedToken::Cases),
    ("boys", PrintedToken::Cases),
    ("girls", PrintedToken::Cases),
    ("men", PrintedToken::Cases),
    ("women", PrintedToken::Cases),
    ("females", PrintedToken::Cases),
    ("males", PrintedToken::Cases),
];

/// Fractions in words as their percentage, longer ones first.
const FRACTIONS: [(&str, i64); 26] = [
    ("one half", 50),
    ("one quarter", 25),
    ("one-quarter", 25),
    ("four-fifths", 80),
    ("four fifths", 80),
    ("three-fifths", 60),
    ("three fifths", 60),
    ("two-fifths", 40),
    ("two fifths", 40),
    ("three-quarters", 75),
    ("three quarters", 75),
    ("two-thirds", 67),
    ("two thirds", 67),
    ("one-third", 33),
    ("one third", 33),
    ("one-half", 50),
    ("third", 33),
    ("half", 50),
    ("quarter", 25),
    ("fifth", 20),
    ("tenth", 10),
    ("½", 50),
    ("⅓", 33),
    ("⅔", 67),
    ("¼", 25),
    ("¾", 75),
];

const SIGNS: [(&str, PrintedToken); 23] = [
    ("%", PrintedToken::Percent),
    ("/", PrintedToken::Of),
    (",", PrintedToken::Comma),
    (";", PrintedToken::Semicolon),
    (":", PrintedToken::Colon),
    ("=", PrintedToken::Equals),
    ("±", PrintedToken::PlusMinus),
    ("(", PrintedToken::Open),
    ("[", PrintedToken::Open),
    (")", PrintedToken::Close),
    ("]", PrintedToken::Close),
    ("<=", PrintedToken::Sign(Comparator::AtMost)),
    ("≤", PrintedToken::Sign(Comparator::AtMost)),
    ("<", PrintedToken::Sign(Comparator::Below)),
    (">=", PrintedToken::Sign(Comparator::AtLeast)),
    ("≥", PrintedToken::Sign(Comparator::AtLeast)),
    (">", PrintedToken::Sign(Comparator::Above)),
    ("-", PrintedToken::Dash),
    ("–", PrintedToken::Dash),
    ("—", PrintedToken::Dash),
    ("\u{2010}", PrintedToken::Dash),
    ("\u{2011}", PrintedToken::Dash),
    ("\u{2212}", PrintedToken::Dash),
];

/// The parts of a text, and the unit of its numbers.
pub(super) fn tokens(text: &str) -> Result<(Vec<PrintedToken>, Option<PrintedUnit>), PrintedFault> {
    // ASCII letters only, so that every byte stays in its place.
    let lower = text.to_ascii_lowercase();
    let (mut found, mut unit, mut rest) = (Vec::new(), None, lower.trim_start());
    while !rest.is_empty() {
        let follows_number = matches!(found.last(), Some(PrintedToken::Number(_) | PrintedToken::Percent));
        let as_written = text.get(lower.len().saturating_sub(rest.len())..).unwrap_or_default();
        let after = match part(rest, follows_number)? {
            // Behind a number alone it is the unit of weeks: `7 sem`.
            Some((PrintedToken::Se, _)) if found.len() == 1 => of_unit(text, as_written, rest, &mut unit)?,
            // The cases behind their number add nothing to it.
            Some((PrintedToken::Cases, after)) if !found.is_empty() => after,
            Some((token, after)) => {
                found.push(token);
                after
            }
            None if found.is_empty() => return Err(not_understood(rest)),
            None => of_unit(text, as_written, rest, &mut unit)?,
        };
        rest = after.trim_start();
    }
    Ok((found, unit))
}

/// What is behind the unit at the start, which is that of all numbers of the text.
///
/// Errors: no unit, or another one than before.
fn of_unit<'r>(
    text: &str,
    as_written: &str,
    rest: &'r str,
    unit: &mut Option<PrintedUnit>,
) -> Result<&'r str, PrintedFault> {
    let (written, length) = unit_at(as_written).ok_or_else(|| not_understood(rest))?;
    if unit.is_some_and(|unit| unit != written) {
        return Err(PrintedFault::new(format!("'{text}' has two units"), "write its numbers in one unit"));
    }
    *unit = Some(written);
    Ok(rest.get(length..).unwrap_or_default())
}

/// The number, word or sign at the start, and the rest. None for something else.
fn part(rest: &str, follows_number: bool) -> Result<Option<(PrintedToken, &str)>, PrintedFault> {
    let number = number(rest, follows_number)?.map(|(figure, after)| (PrintedToken::Number(figure), after));
    Ok(number.or_else(|| word(rest)))
}

/// The unit at the start, and its length: `years`, `mg/dL`, `months of age`.
fn unit_at(text: &str) -> Option<(PrintedUnit, usize)> {
    let end = text.find(|c: char| c.is_whitespace() || "()[],;".contains(c)).unwrap_or(text.len());
    let (word, after) = text.split_at_checked(end)?;
    let of_time = TimeUnit::of_word(word).map(PrintedUnit::of_time);
    let measured = || {
        units::unit(word).filter(|written| !written.needs_context).map(|written| PrintedUnit::measured(written.unit))
    };
    let unit = of_time.or_else(measured)?;
    let of_age = [" of age", " old"].iter().find(|words| after.starts_with(*words)).map_or(0, |words| words.len());
    Some((unit, end.saturating_add(of_age)))
}

fn not_understood(rest: &str) -> PrintedFault {
    let word: String = rest.chars().take_while(|c| !c.is_whitespace()).take(40).collect();
    PrintedFault::new(format!("'{word}' is not understood in a printed value"), ACCEPTED)
}

/// The word or sign at the start, and the rest.
fn word(rest: &str) -> Option<(PrintedToken, &str)> {
    if let Some(fraction) = fraction(rest) {
        return Some(fraction);
    }
    let of_several =
        || spelled(rest).and_then(|(value, length)| Some((i64::try_from(value?).ok()?, rest.get(length..)?)));
    if let Some((value, after)) = of_several().or_else(|| number_word(rest)) {
        return Some((PrintedToken::Number(Figure::new(Decimal::from_int(value))), after));
    }
    let is_end = |after: &str| !after.starts_with(char::is_alphabetic);
    let words = WORDS.iter().filter_map(|(word, token)| Some((*token, rest.strip_prefix(word)?)));
    let signs = SIGNS.iter().filter_map(|(sign, token)| Some((*token, rest.strip_prefix(sign)?)));
    words.filter(|(_, after)| is_end(after)).chain(signs).next()
}

/// The fraction in words at the start, `half` or `a third`, and the rest.
fn fraction(rest: &str) -> Option<(PrintedToken, &str)> {
    let words = rest.strip_prefix("a ").unwrap_or(rest);
    let mut known = FRACTIONS.iter().filter_map(|(word, percent)| Some((*percent, words.strip_prefix(word)?)));
    let (percent, after) = known.find(|(_, after)| !after.starts_with(char::is_alphabetic))?;
    Some((PrintedToken::Fraction(Figure::new(Decimal::from_int(percent))), after))
}

/// The figure at the start, and the rest. A minus is its sign unless it follows a number.
fn number(rest: &str, follows_number: bool) -> Result<Option<(Figure, &str)>, PrintedFault> {
    let unsigned = rest.strip_prefix(['-', '\u{2010}', '\u{2011}', '\u{2212}']).filter(|_| !follows_number);
    let digits = unsigned.unwrap_or(rest);
    let starts = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    if !starts(digits) && !digits.strip_prefix('.').is_some_and(starts) {
        return Ok(None);
    }
    let (mut plain, after) = whole_part(digits);
    // The Lancet prints 58·3.
    let raised = after.strip_prefix('·').filter(|fraction| !plain.is_empty() && starts(fraction));
    let after = match after.strip_prefix('.').or(raised) {
        Some(fraction) => {
            let (decimals, after) = leading_digits(fraction);
            plain.push('.');
            plain.push_str(decimals);
            after
        }
        None => after,
    };
    if let Some(fraction) = after.strip_prefix([',', '·', '.']).filter(|fraction| starts(fraction)) {
        return Err(decimal_comma(&plain, leading_digits(fraction).0));
    }
    if unsigned.is_some() {
        plain.insert(0, '-');
    }
    let number = Decimal::parse(&plain).map_err(|fault| not_a_number(&plain, fault))?;
    Ok(Some((Figure::new(number), after)))
}

fn decimal_comma(whole: &str, fraction: &str) -> PrintedFault {
    let remedy = if whole.contains('.') {
        "write a number with one decimal point".to_owned()
    } else {
        format!("write {whole}.{fraction} if that is meant; a comma only separates thousands, as in 1,280")
    };
    PrintedFault::new("decimal comma, or digits not grouped by thousands", remedy)
}

fn not_a_number(plain: &str, fault: NumberFault) -> PrintedFault {
    match fault {
        NumberFault::NotANumber => {
            PrintedFault::new(format!("'{plain}' is not a number"), "write digits after the decimal point")
        }
        NumberFault::OutOfRange => {
            PrintedFault::new(format!("'{plain}' is out of range"), "write a number of at most 18 digits")
        }
    }
}

fn leading_digits(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// The digits before the decimal point without thousands separators, and the rest. Separators are
/// accepted only between groups of three digits, after a first group of one to three digits that does
/// not start with 0, and only if all of them are the same.
fn whole_part(text: &str) -> (String, &str) {
    let (first, mut rest) = leading_digits(text);
    let mut plain = first.to_owned();
    let separator = rest.chars().next().filter(|c| matches!(c, ',' | ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}'));
    let Some(separator) = separator.filter(|_| (1..=3).contains(&first.len()) && !first.starts_with('0')) else {
        return (plain, rest);
    };
    while let Some((group, after)) = rest.strip_prefix(separator).map(leading_digits) {
        if group.len() != 3 {
            break;
        }
        plain.push_str(group);
        rest = after;
    }
    (plain, rest)
}
