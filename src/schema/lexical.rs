//! What a cell looks like, before anyone knows what its column means.
//!
//! [`classify`] is a function of the text and of how the file writes numbers, nothing else.
//! What a text means in its column is decided later: `30 months` is 2.5 in a column of years.

mod answer;
mod band;
mod brackets;
pub mod calendar;
mod code;
mod comparator;
pub mod duration;
mod fraction;
mod measurement;
pub mod notation;
mod signs;
#[cfg(test)]
mod tests;
mod twins;
mod words;

pub use answer::{answer, is_answer_word, is_doubtful, remark_of};
pub use band::band;
pub use brackets::{bracketed, cut_outside_brackets, outside_brackets};
pub use comparator::Comparator;
pub use measurement::{COMPARATORS, Measurement, SIGNS, last_words};
pub use signs::{MINUS, Sign, is_plain_plus, is_plus_grade, mark, sign};
pub use twins::without_twins;
pub use words::{flag, fold, looks_missing, one_result, result_with_remark, stated_word, yes_no};

use self::calendar::{WrittenDate, written_date};
use self::duration::Duration;
use super::missing_words::{AbsentValue, Scope, absent_value};
use super::response::Response;
use super::{MissingReason, Status};
use crate::decimal::Decimal;
use crate::read::block::ITEM;

/// A cell of more characters than this, or with a line end, is text.
pub const LONG: usize = 40;

/// Bytes of `2018-03-14`.
const LONGEST_DATE: usize = 10;

/// How the file writes numbers and lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NumberFormat {
    /// A comma is the decimal mark.
    pub decimal_comma: bool,
    /// What separates the cells of the file; the last choice for a list inside a cell.
    pub field_delimiter: Option<char>,
}

/// A calendar date, as precise as it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// 1000 to 2999.
    pub year: u16,
    /// 1 to 12, where it is given.
    pub month: Option<u8>,
    /// Day of the month, where it is given.
    pub day: Option<u8>,
}

/// The lexical class of one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lexeme<'a> {
    /// A built-in word for a missing value.
    Missing(MissingReason),
    /// A word that means a missing value in some columns: `ND`, `pending`, `lost`.
    Absent,
    /// What a spreadsheet leaves where a formula failed: `#REF!`.
    FailedFormula,
    /// `+`, `-`, `+/-`: the column decides whether a minus says anything.
    Sign(Sign),
    /// `2018-03` or `2018-03-14`; a bare year is a measurement.
    Date(Date),
    /// A date written in another way, `14/03/2018` or `2 Jan 2020`: what it means is decided by its column.
    WrittenDate(WrittenDate),
    /// `yes`, `no`, `true`, `false`, `y`, `n`; `0` and `1` are measurements.
    YesNo(bool),
    /// A built-in word for a laboratory result.
    Stated(Status),
    /// `30 months`, `2y6m`, `P2Y6M`, `10 days`; `6 m` and `1a` alone are measurements.
    Duration(Duration),
    /// A number, alone or with a comparator, a unit, a stated word.
    Measurement(Measurement<'a>),
    /// A number with the mark this file does not use: `10,9`, or `10.9` in a file of decimal commas.
    OtherMark {
        /// Its value if the mark were the decimal mark.
        decimal: Option<Decimal>,
        /// Its value if the mark grouped thousands: `429,000`.
        thousands: Option<Decimal>,
    },
    /// A number of too many digits or too large an exponent.
    OutOfRange,
    /// `12+`: at least so much in a column of durations, a grade elsewhere.
    AtLeast(Decimal),
    /// `18-64`, `5 to 10`: from one number to a larger one.
    Band,
    /// Treatment lines.
    Lines {
        /// What separates them; none where there is one line.
        delimiter: Option<char>,
        /// True where a response is named, false where agents are only joined by ` + `.
        responses: bool,
    },
    /// Short items.
    List {
        /// What separates them.
        delimiter: char,
    },
    /// Over 40 characters, or with a line end.
    Long,
    /// Anything else.
    Word,
}

/// The lexical class of a text; the first test that holds decides.
///
/// | test | example | why before the next |
/// |---|---|---|
/// | sign | `+`, `-`, `+/-`, `2+` | a minus is a missing value only where its column says so |
/// | missing value, failed formula | `NR`, `.`, `ND`, `#REF!` | `.` begins numbers |
/// | date | `2018-03-14`, `2 Jan 2020` | else a number with something behind it |
/// | yes or no, stated word | `no`, `within range` | whole texts from short tables |
/// | duration | `30 months`, `2y6m` | else a number with a unit |
/// | band | `18-64`, `5 to 10` | else a number with a unit |
/// | number with a plus | `12+` | |
/// | number | `>1280 speckled`, `10,9` | `1:80` has the colon of a line |
/// | treatment lines | `surgery: none` | a line may be long, or look like a list |
/// | list | `elbow;knee`, not `t(9;22)` | a list may be long, its items are not |
/// | long | a sentence | |
/// | word | `female` | |
///
/// A number never holds `;`, `|` or `=`, so nothing that is a list or a line is taken for one.
pub fn classify<'a>(text: &'a str, reading: NumberFormat) -> Lexeme<'a> {
    // What a copied page leaves behind a number has no width, and nobody sees it.
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}'));
    // `3+` is a grade, or at least three: its column decides.
    if let Some(sign) = sign(text).filter(|_| !text.starts_with(|c: char| c.is_ascii_digit())) {
        return Lexeme::Sign(sign);
    }
    if let Some(absent) = absent(text) {
        return absent;
    }
    if let Some(date) = Date::parse(text).filter(|d| d.month.is_some()) {
        return Lexeme::Date(date);
    }
    if let Some(written) = written_date(text).filter(|written| written.is_plain(text)) {
        return Lexeme::WrittenDate(written);
    }
    if let Some(answer) = yes_no(text) {
        return Lexeme::YesNo(answer);
    }
    if let Some(status) = stated_word(text) {
        return Lexeme::Stated(status);
    }
    if let Some(duration) = certain_duration(text, reading) {
        return Lexeme::Duration(duration);
    }
    if band(text, reading).is_some() {
        return Lexeme::Band;
    }
    if let Some(least) = measurement::at_least(text, reading.decimal_comma) {
        return Lexeme::AtLeast(least);
    }
    if let Some(number) = measurement::number(text, reading.decimal_comma) {
        return number;
    }
    if let Some(responses) = treatment_lines(text) {
        return Lexeme::Lines { delimiter: list_delimiter(text, reading.field_delimiter), responses };
    }
    if let Some(delimiter) = list(text, reading.field_delimiter) {
        return Lexeme::List { delimiter };
    }
    if is_long(text) { Lexeme::Long } else { Lexeme::Word }
}

/// A duration whose unit is certain: `6 m` may be metres, minutes or a man, and `1a` a code.
fn certain_duration(text: &str, reading: NumberFormat) -> Option<Duration> {
    let is_letter = |duration: &Duration| duration.bare_m || duration.letter_a;
    duration::duration(text, reading).filter(|duration| duration.only_unit().is_none() || !is_letter(duration))
}

/// A text that stands in the place of a value; `none` and `nil` are words of their own.
fn absent(text: &str) -> Option<Lexeme<'_>> {
    match absent_value(text)? {
        AbsentValue::Missing { reason, scope: Scope::EveryColumn } => Some(Lexeme::Missing(reason)),
        AbsentValue::Missing { .. } if matches!(fold(text).as_str(), "none" | "nil") => None,
        AbsentValue::Missing { .. } => Some(Lexeme::Absent),
        AbsentValue::SpreadsheetError => Some(Lexeme::FailedFormula),
    }
}

impl Date {
    /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; no answer where the calendar has no such day.
    pub fn parse(text: &str) -> Option<Date> {
        if text.len() > LONGEST_DATE {
            return None;
        }
        let mut parts = text.split('-');
        let year: u16 = digits(parts.next()?, 4)?;
        let month = parts.next().map(|m| digits(m, 2).ok_or(())).transpose().ok()?;
        let day = parts.next().map(|d| digits(d, 2).ok_or(())).transpose().ok()?;
        let month = month.map(|m| u8::try_from(m).ok().filter(|m| (1..=12).contains(m)).ok_or(())).transpose().ok()?;
        let last = month.map_or(0, |m| days_in(year, m));
        let day = day.map(|d| u8::try_from(d).ok().filter(|d| (1..=last).contains(d)).ok_or(())).transpose().ok()?;
        (parts.next().is_none() && (1000..=2999).contains(&year)).then_some(Date { year, month, day })
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}", self.year)?;
        for part in [self.month, self.day].into_iter().flatten() {
            write!(f, "-{part:02}")?;
        }
        Ok(())
    }
}

fn digits(text: &str, length: usize) -> Option<u16> {
    (text.len() == length && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

fn days_in(year: u16, month: u8) -> u8 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// True for a text with a line end, or of more than [`LONG`] characters.
pub fn is_long(text: &str) -> bool {
    text.contains(['\n', '\r', '\u{2028}', '\u{2029}']) || text.chars().count() > LONG
}

/// What separates the items of a text: a list that came as one, else the more frequent of `;` and `|` outside brackets.
///
/// Of two equally frequent ones it is the one that does not separate the cells of the file.
/// No answer where there is none.
pub fn list_delimiter(text: &str, field_delimiter: Option<char>) -> Option<char> {
    if text.contains(ITEM) {
        return Some(ITEM);
    }
    memchr::memchr2(b';', b'|', text.as_bytes())?;
    let [semicolons, bars] = [';', '|'].map(|delimiter| outside_brackets(text, delimiter).count());
    if semicolons == 0 && bars == 0 {
        return None;
    }
    let bar = if field_delimiter == Some(';') { bars >= semicolons } else { bars > semicolons };
    Some(if bar { '|' } else { ';' })
}

/// The delimiter of a list: at least one item, each short unless the list came as one.
fn list(text: &str, field_delimiter: Option<char>) -> Option<char> {
    let delimiter = list_delimiter(text, field_delimiter)?;
    if delimiter == ITEM {
        return text.contains(|c: char| c != ITEM && !c.is_whitespace()).then_some(delimiter);
    }
    let items = cut_outside_brackets(text, delimiter);
    let mut items = items.into_iter().map(str::trim).filter(|item| !item.is_empty()).peekable();
    items.peek()?;
    items.all(|item| !is_long(item)).then_some(delimiter)
}

/// Whether a text reads as treatment lines: `Some(true)` where a response is named.
///
/// `agent: improved` names one, also as `agent: domain=improved`; a missing token behind a
/// colon does not. Without a response, agents joined by ` + ` are lines too. This only looks:
/// the grammar with its quotes and brackets belongs to the reader of lines.
fn treatment_lines(text: &str) -> Option<bool> {
    let segments = || text.split([';', '|', ITEM]);
    let has = |sign| memchr::memchr(sign, text.as_bytes()).is_some();
    if has(b':') && segments().any(names_a_response) {
        return Some(true);
    }
    let joined = |segment: &str| segment.contains(" + ") && segment.split(" + ").all(is_agent);
    (has(b'+') && segments().any(joined)).then_some(false)
}

fn is_agent(text: &str) -> bool {
    text.contains(char::is_alphabetic) && !is_long(text)
}

fn names_a_response(segment: &str) -> bool {
    let Some((agents, said)) = segment.split_once(':') else { return false };
    let first = said.split([',', '(']).next().unwrap_or_default();
    let word = first.split_once('=').map_or(first, |(_, word)| word).trim();
    let known = Response::parse(word).is_some_and(|(r, synonym)| !(synonym && r == Response::NotReported));
    known && agents.contains(char::is_alphabetic)
}
