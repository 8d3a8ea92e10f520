//! The `format` of a date field in a Table Schema.

use super::month::month_of;
use super::order::{NoDate, date_in, valid};
use super::time_of_day::without_time;
use super::written::{Pattern, WrittenDate, written_date};
use crate::schema::lexical::Date;
use std::fmt;

/// How the dates of a column are written.
///
/// Source: Frictionless Table Schema, `default`, `any` and the patterns of `strptime`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DateFormat {
    /// `default`: year, month and day of ISO 8601, nothing else.
    Default,
    /// `any`: whatever is certain without an order.
    Any,
    /// A pattern, such as `%d/%m/%Y`.
    Pattern(Vec<Piece>),
}

/// One piece of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// `%d`, `%e`.
    Day,
    /// `%m`.
    Month,
    /// `%b`, `%B`, `%h`.
    MonthName,
    /// `%Y`.
    Year,
    /// `%y`: 69 to 99 are 1969 to 1999, 00 to 68 are 2000 to 2068, as in POSIX.
    TwoDigitYear,
    /// Any other character, as it stands.
    Literal(char),
}

/// Why a text is no format of dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnknownFormat {
    /// A directive that is none of a date: `%j`, or a time in front.
    Directive(String),
    /// No year, no month, or one of them twice.
    Incomplete,
}

impl fmt::Display for UnknownFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            UnknownFormat::Directive(directive) => write!(f, "'{directive}' is not part of a date"),
            UnknownFormat::Incomplete => f.write_str("a date needs one year and one month, and at most one day"),
        }
    }
}

impl std::error::Error for UnknownFormat {}

impl fmt::Display for DateFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DateFormat::Default => f.write_str("default"),
            DateFormat::Any => f.write_str("any"),
            DateFormat::Pattern(pieces) => pieces.iter().try_for_each(|piece| match piece {
                Piece::Day => f.write_str("%d"),
                Piece::Month => f.write_str("%m"),
                Piece::MonthName => f.write_str("%b"),
                Piece::Year => f.write_str("%Y"),
                Piece::TwoDigitYear => f.write_str("%y"),
                Piece::Literal('%') => f.write_str("%%"),
                Piece::Literal(c) => write!(f, "{c}"),
            }),
        }
    }
}

impl DateFormat {
    /// Reads a format: `default`, `any`, or a pattern with one year, one month and at most one day.
    ///
    /// A time of day at the end of a pattern is left out, as it is when texts are read.
    /// Errors: what is wrong with it.
    pub fn parse(text: &str) -> Result<DateFormat, UnknownFormat> {
        match text.trim() {
            "" | "default" => Ok(DateFormat::Default),
            "any" => Ok(DateFormat::Any),
            pattern => {
                let pieces = pieces(without_clock(pattern))?;
                let count = |kinds: &[Piece]| pieces.iter().filter(|piece| kinds.contains(piece)).count();
                let years = count(&[Piece::Year, Piece::TwoDigitYear]);
                let (months, days) = (count(&[Piece::Month, Piece::MonthName]), count(&[Piece::Day]));
                let is_date = (years, months) == (1, 1) && days <= 1;
                is_date.then_some(DateFormat::Pattern(pieces)).ok_or(UnknownFormat::Incomplete)
            }
        }
    }

    /// The date of a text. With a pattern every year is read; a time of day behind it is dropped.
    ///
    /// Errors: why it is no date of this format.
    pub fn read(&self, text: &str) -> Result<Date, NoDate> {
        let (date, _) = without_time(text.trim());
        match self {
            DateFormat::Default => Date::parse(date).filter(|date| date.day.is_some()).ok_or(NoDate::OtherFormat),
            // A bare number is no date, whatever a spreadsheet may have meant.
            DateFormat::Any => match written_date(date) {
                None | Some(WrittenDate { pattern: Pattern::Serial(_), .. }) => Err(NoDate::OtherFormat),
                Some(written) => date_in(&written, None),
            },
            DateFormat::Pattern(pieces) => read(pieces, date),
        }
    }
}

/// A pattern that reads a text: what to state where a date is not understood.
///
/// Where day and month may change places, the day comes first. No answer where the text is no date.
pub fn proposed_format(text: &str) -> Option<String> {
    let (date, _) = without_time(text.trim());
    let mut fields = match written_date(date)?.pattern {
        Pattern::DayAndMonth { second: ..=12, .. } => ["%d", "%m"].iter(),
        Pattern::DayAndMonth { .. } | Pattern::Iso { .. } | Pattern::MonthAndYear { .. } => ["%m", "%d"].iter(),
        Pattern::Named { .. } => ["%d", "%d"].iter(),
        Pattern::Compact { .. } | Pattern::Serial(_) => return None,
    };
    let (mut format, mut rest) = (String::new(), date);
    while let Some(first) = rest.chars().next() {
        let kind = |c: char| (c.is_ascii_digit(), c.is_alphabetic());
        let (run, behind) = rest.split_at_checked(rest.find(|c| kind(c) != kind(first)).unwrap_or(rest.len()))?;
        let is_year = run.len() == 4 || (behind.is_empty() && !format.contains("%Y"));
        match first.is_ascii_digit() {
            false if month_of(run).is_some() => format.push_str("%b"),
            false => format.push_str(&run.replace('%', "%%")),
            true if is_year => format.push_str(if run.len() == 4 { "%Y" } else { "%y" }),
            true => format.push_str(fields.next()?),
        }
        rest = behind;
    }
    let is_read = DateFormat::parse(&format).is_ok_and(|parsed| parsed.read(text).is_ok());
    is_read.then_some(format)
}

/// A pattern without the time of day at its end: `%d/%m/%Y` for `%d/%m/%Y %H:%M`.
fn without_clock(pattern: &str) -> &str {
    let start = ["%H", "%I", "%T", "%R"].iter().filter_map(|clock| pattern.find(clock)).min();
    let parts = start.and_then(|start| pattern.split_at_checked(start)).filter(|(_, clock)| is_clock(clock));
    parts.map_or(pattern, |(date, _)| date.trim_end_matches([' ', ',', 'T']))
}

/// True for directives and signs of a time of day only.
fn is_clock(pattern: &str) -> bool {
    pattern.split('%').skip(1).all(|piece| {
        let mut signs = piece.chars();
        let is_time = signs.next().is_some_and(|directive| "HIMSfpTRzZ".contains(directive));
        is_time && signs.all(|c| matches!(c, ':' | '.' | ' ' | 'Z'))
    })
}

fn pieces(pattern: &str) -> Result<Vec<Piece>, UnknownFormat> {
    let mut pieces = Vec::new();
    let mut signs = pattern.chars();
    while let Some(c) = signs.next() {
        let piece = match (c, if c == '%' { signs.next() } else { None }) {
            ('%', Some('%')) => Piece::Literal('%'),
            ('%', Some('d' | 'e')) => Piece::Day,
            ('%', Some('m')) => Piece::Month,
            ('%', Some('b' | 'B' | 'h')) => Piece::MonthName,
            ('%', Some('Y')) => Piece::Year,
            ('%', Some('y')) => Piece::TwoDigitYear,
            ('%', other) => {
                return Err(UnknownFormat::Directive(format!("%{}", other.map_or(String::new(), String::from))));
            }
            (c, _) => Piece::Literal(c),
        };
        pieces.push(piece);
    }
    Ok(pieces)
}

/// Reads a text piece by piece.
fn read(pieces: &[Piece], text: &str) -> Result<Date, NoDate> {
    let (mut year, mut month, mut day, mut rest) = (0, 0, None, text);
    for piece in pieces {
        match piece {
            Piece::Literal(c) => rest = rest.strip_prefix(*c).ok_or(NoDate::OtherFormat)?,
            Piece::MonthName => (month, rest) = month_name(rest).ok_or(NoDate::OtherFormat)?,
            Piece::Year => {
                (year, rest) = number(rest, 4).filter(|(year, _)| *year >= 1000).ok_or(NoDate::OtherFormat)?
            }
            Piece::Month => (month, rest) = short_number(rest)?,
            Piece::Day => {
                let (value, behind) = short_number(rest)?;
                (day, rest) = (Some(value), behind);
            }
            Piece::TwoDigitYear => {
                let (value, behind) = number(rest, 2).ok_or(NoDate::OtherFormat)?;
                (year, rest) = (value.saturating_add(if value < 69 { 2000 } else { 1900 }), behind);
            }
        }
    }
    if !rest.is_empty() || year > 2999 {
        return Err(NoDate::OtherFormat);
    }
    valid(year, month, day)
}

/// A number of so many digits at the start of a text, and what follows.
fn number(text: &str, length: usize) -> Option<(u16, &str)> {
    let (digits, rest) = text.split_at_checked(length)?;
    digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok()).flatten().map(|number| (number, rest))
}

/// A day or a month: two digits, or one.
fn short_number(text: &str) -> Result<(u8, &str), NoDate> {
    let (number, rest) = number(text, 2).or_else(|| number(text, 1)).ok_or(NoDate::OtherFormat)?;
    Ok((u8::try_from(number).map_err(|_| NoDate::OtherFormat)?, rest))
}

/// The name of a month at the start of a text, with its point if that follows.
fn month_name(text: &str) -> Option<(u8, &str)> {
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let (word, rest) = text.split_at_checked(end)?;
    Some((month_of(word)?, rest))
}
