//! The fields of a date as it was written.

use super::month::{is_weekday, month_of};
use super::time_of_day::without_time;
use crate::schema::lexical::Date;

/// Years that are read without a stated format.
pub(super) const LIKELY_YEARS: std::ops::RangeInclusive<u16> = 1850..=2100;

/// A year as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WrittenYear {
    /// Four digits.
    Full(u16),
    /// Two digits; the century is not known.
    TwoDigits(u8),
}

/// How a date was written, with its fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pattern {
    /// `2018-03-14`, `2018/03/14`, `2018.03.14`, `2018-03`.
    Iso {
        /// Of four digits.
        year: u16,
        /// 1 to 12.
        month: u8,
        /// 1 to 31, where it is given.
        day: Option<u8>,
    },
    /// `14/03/2018`, `3-14-18`: day and month in an order that the column decides.
    DayAndMonth {
        /// 1 to 31.
        first: u8,
        /// 1 to 31; at least one of the two is at most 12.
        second: u8,
        /// As written.
        year: WrittenYear,
        /// `/`, `.`, `-` or a space.
        separator: char,
    },
    /// `03/2021`.
    MonthAndYear {
        /// 1 to 12.
        month: u8,
        /// Of four digits.
        year: u16,
        /// `/`, `.` or `-`.
        separator: char,
    },
    /// `20-Oct-14`, `Jan 2, 2020`, `2. Januar 2020`, `Mar 2021`.
    Named {
        /// 1 to 31, where it is given.
        day: Option<u8>,
        /// 1 to 12.
        month: u8,
        /// As written.
        year: WrittenYear,
    },
    /// `20180314`: only a candidate, which the column must confirm.
    Compact {
        /// Of four digits.
        year: u16,
        /// 1 to 12.
        month: u8,
        /// 1 to 31.
        day: u8,
    },
    /// `43173`, the day number of a spreadsheet: only a candidate, which the column must confirm.
    Serial(u32),
}

/// A date as it was written; whether the calendar has it is not known yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct WrittenDate {
    /// Its fields.
    pub pattern: Pattern,
    /// True where a time of day was dropped.
    pub time_dropped: bool,
}

impl WrittenDate {
    /// True where the text can hardly be anything but a date, whatever its column is.
    ///
    /// `43173`, `20180314` and `03.2021` are numbers as well, `8/9/10` may be three scores, `1/2000` a dilution, and
    /// `FEV 80` is no February: their column must confirm them.
    pub fn is_plain(&self, text: &str) -> bool {
        match self.pattern {
            Pattern::Iso { .. } | Pattern::Named { day: Some(_), .. } => true,
            Pattern::DayAndMonth { year: WrittenYear::Full(_), .. } => true,
            Pattern::DayAndMonth { first, second, year: WrittenYear::TwoDigits(year), .. } => {
                first.max(second).max(year) > 12
            }
            Pattern::MonthAndYear { month, year, separator } => {
                separator != '.' && LIKELY_YEARS.contains(&year) && (month > 1 || text.trim().starts_with('0'))
            }
            Pattern::Named { day: None, year: WrittenYear::Full(year), .. } => LIKELY_YEARS.contains(&year),
            Pattern::Named { day: None, year: WrittenYear::TwoDigits(_), .. } => {
                text.contains(['-', '/', '\'', '\u{2019}'])
            }
            Pattern::Compact { .. } | Pattern::Serial(_) => false,
        }
    }

    /// True for `20180314`.
    pub fn is_compact(&self) -> bool {
        matches!(self.pattern, Pattern::Compact { .. })
    }

    /// True for what is a number unless its column says that it is a date.
    pub fn is_number(&self) -> bool {
        matches!(
            self.pattern,
            Pattern::Serial(_) | Pattern::Compact { .. } | Pattern::MonthAndYear { separator: '.', .. }
        )
    }
}

/// Day numbers of five digits: 18 May 1927 to 13 October 2173.
const SERIALS: std::ops::RangeInclusive<u32> = 10_000..=99_999;

/// The fields of a date in any of the ways of [`Pattern`]; no answer for anything else.
///
/// A bare year is a number, and no date.
pub fn written_date(text: &str) -> Option<WrittenDate> {
    let text = text.trim();
    // Most texts are words: they are left before anything is looked up.
    if text.len() > crate::schema::lexical::LONG || !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    if let Some((serial, time_dropped)) = serial(text) {
        return Some(WrittenDate { pattern: Pattern::Serial(serial), time_dropped });
    }
    let (date, time_dropped) = without_time(without_weekday(text));
    let pattern = iso(date)
        .or_else(|| in_characters(date))
        .or_else(|| compact(date))
        .or_else(|| numeric(date))
        .or_else(|| named(date))?;
    Some(WrittenDate { pattern, time_dropped })
}

/// A text without the name of a day in front: `Wed, 14 Mar 2018`, `Mi. 14.03.2018`.
fn without_weekday(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let parts = text.split_at_checked(end).filter(|(word, rest)| rest.starts_with(['.', ',', ' ']) && is_weekday(word));
    parts.map_or(text, |(_, rest)| rest.trim_start_matches(['.', ',', ' ', '\u{A0}']))
}

/// `43173`, or with a part of a day `43173.489`.
fn serial(text: &str) -> Option<(u32, bool)> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let serial = number(whole, 5..=5).filter(|serial| SERIALS.contains(serial))?;
    let is_number = !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| (serial, fraction.bytes().any(|b| b != b'0')))
}

/// A number of digits only.
fn number(text: &str, length: std::ops::RangeInclusive<usize>) -> Option<u32> {
    (length.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

fn small(text: &str, most: u8) -> Option<u8> {
    number(text, 1..=2).and_then(|number| u8::try_from(number).ok()).filter(|number| (1..=most).contains(number))
}

fn full_year(text: &str) -> Option<u16> {
    number(text, 4..=4).and_then(|year| u16::try_from(year).ok()).filter(|year| (1000..=2999).contains(year))
}

fn written_year(text: &str) -> Option<WrittenYear> {
    let two = || number(text, 2..=2).and_then(|year| u8::try_from(year).ok()).map(WrittenYear::TwoDigits);
    full_year(text).map(WrittenYear::Full).or_else(two)
}

fn iso(text: &str) -> Option<Pattern> {
    let separator = separator(text)?;
    let mut parts = text.split(separator);
    let (year, month, day) = (full_year(parts.next()?)?, small(parts.next()?, 12)?, parts.next());
    let day = day.map(|day| small(day, 31).ok_or(())).transpose().ok()?;
    // `2018/03` may be anything of 2018; with a hyphen it is ISO 8601.
    let is_whole = parts.next().is_none() && (day.is_some() || Date::parse(text).is_some());
    is_whole.then_some(Pattern::Iso { year, month, day })
}

/// `2018年3月14日`, `2018年3月`, `2018년 3월 14일`.
fn in_characters(text: &str) -> Option<Pattern> {
    let (year, rest) = text.split_once(['年', '년'])?;
    let (month, rest) = rest.split_once(['月', '월'])?;
    let day = match rest.trim() {
        "" => None,
        rest => Some(small(rest.strip_suffix(['日', '일'])?.trim(), 31)?),
    };
    Some(Pattern::Iso { year: full_year(year.trim())?, month: small(month.trim(), 12)?, day })
}

/// The first of the signs that part the fields.
fn separator(text: &str) -> Option<char> {
    text.chars().find(|c| matches!(c, '-' | '/' | '.'))
}

fn compact(text: &str) -> Option<Pattern> {
    let (year, rest) = text.split_at_checked(4)?;
    let (month, day) = rest.split_at_checked(2)?;
    let day = Some(day).filter(|day| day.len() == 2)?;
    Some(Pattern::Compact { year: full_year(year)?, month: small(month, 12)?, day: small(day, 31)? })
}

fn numeric(text: &str) -> Option<Pattern> {
    // `14 03 2018`; `12 2018` may be anything of 2018.
    let separator = separator(text).or_else(|| (text.matches(' ').count() == 2).then_some(' '))?;
    let parts: Vec<&str> = text.split(separator).map(str::trim).collect();
    match parts.as_slice() {
        [_, _, year] if separator == ' ' && full_year(year).is_none() => None,
        [month, year] => Some(Pattern::MonthAndYear { month: small(month, 12)?, year: full_year(year)?, separator }),
        [first, second, year] => {
            let (first, second) = (small(first, 31)?, small(second, 31)?);
            let year = written_year(year)?;
            (first.min(second) <= 12).then_some(Pattern::DayAndMonth { first, second, year, separator })
        }
        _ => None,
    }
}

/// A date with the name of its month: day or month first, the year last or first.
fn named(text: &str) -> Option<Pattern> {
    if !has_word(text) {
        return None;
    }
    let words: Vec<&str> = words(text)?.into_iter().filter(|word| !is_filler(word)).collect();
    let (day, month, year) = match words.as_slice() {
        [month, year] => (None, month, year),
        [one, two, three] if full_year(one).is_some() => (Some(three), two, one),
        [one, two, three] if month_of(one).is_some() => (Some(two), one, three),
        [one, two, three] => (Some(one), two, three),
        _ => return None,
    };
    let day = day.map(|day| small(day, 31).ok_or(())).transpose().ok()?;
    Some(Pattern::Named { day, month: month_of(month)?, year: written_year(year)? })
}

/// True for a text with three letters in a row, as every name of a month has: `P1234567` is left at once.
fn has_word(text: &str) -> bool {
    let mut letters = 0_u8;
    text.bytes().any(|byte| {
        letters = if byte.is_ascii_alphabetic() || !byte.is_ascii() { letters.saturating_add(1) } else { 0 };
        letters >= 3
    })
}

/// The runs of digits and letters; `None` if a sign cannot be part of a date.
fn words(text: &str) -> Option<Vec<&str>> {
    if text.contains(|c: char| {
        !c.is_alphanumeric() && !matches!(c, ' ' | '-' | '/' | '.' | ',' | '\'' | '\u{2019}' | '\u{A0}' | '\u{2011}')
    }) {
        return None;
    }
    let mut words = Vec::new();
    for run in text.split(|c: char| !c.is_alphanumeric()).filter(|run| !run.is_empty()) {
        let mut rest = run;
        while let Some(first) = rest.chars().next() {
            let is_digit = first.is_ascii_digit();
            let end = rest.find(|c: char| c.is_ascii_digit() != is_digit).unwrap_or(rest.len());
            let (word, behind) = rest.split_at_checked(end)?;
            words.push(word);
            rest = behind;
        }
    }
    Some(words)
}

/// What may stand between the fields: `2nd of January`, `1er janvier`, `2 de enero de 2020`.
fn is_filler(word: &str) -> bool {
    ["st", "nd", "rd", "th", "er", "of", "de", "del"].iter().any(|filler| filler.eq_ignore_ascii_case(word))
}
