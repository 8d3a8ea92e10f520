//! Day or month first: decided by a whole column, or not at all.

use super::elapsed::serial_date;
use super::written::{LIKELY_YEARS, Pattern, WrittenDate, WrittenYear};
use crate::schema::lexical::{Date, days_in};
use crate::words::words;

words! {
    /// What comes first where day and month are both numbers.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub enum DateOrder: "date order" {
        /// `14/03/2018`.
        DayFirst = "dmy",
        /// `3/14/2018`.
        MonthFirst = "mdy",
    }
}

/// Counts of the dates of a column; merging two columns of counts adds them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OrderEvidence {
    /// The first number is above 12: a day.
    pub first_above_12: u64,
    /// The second number is above 12: a day.
    pub second_above_12: u64,
    /// Both are at most 12.
    pub both_within_12: u64,
    /// Day and month with a year of two digits, which may be a year in front: no evidence.
    pub two_digit_year: u64,
    /// `2018-03-14`, also without separators.
    pub iso: u64,
    /// Day numbers of a spreadsheet.
    pub serial: u64,
    /// With the name of the month, or a month and a year.
    pub named: u64,
}

/// Whether the order of a column is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OrderDecision {
    /// No date of the column depends on it.
    #[default]
    NotNeeded,
    /// Some day is above 12, and nothing speaks against it.
    Certain(DateOrder),
    /// It must be stated.
    Ambiguous(AmbiguousOrder),
}

impl OrderDecision {
    /// The order, where it is known.
    pub fn known(self) -> Option<DateOrder> {
        match self {
            OrderDecision::Certain(order) => Some(order),
            OrderDecision::NotNeeded | OrderDecision::Ambiguous(_) => None,
        }
    }
}

/// Why the order of a column is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AmbiguousOrder {
    /// No day is above 12, or only beside years of two digits.
    NoDayAbove12,
    /// Days above 12 stand in both places.
    Contradiction,
    /// Other cells were converted to dates when the file was made, perhaps in the wrong order: an American
    /// spreadsheet converts 03/04 and leaves 13/04 as text.
    BesideConvertedDates,
}

/// Why fields are no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoDate {
    /// It is not written as its format says.
    OtherFormat,
    /// Day or month first is not known.
    OrderUnknown,
    /// The month would be above 12: `14/03/2018` where the month is first.
    OtherOrder,
    /// The century is not known.
    TwoDigitYear,
    /// Before 1850 or after 2100: another calendar, or a slip of the pen.
    UnlikelyYear(u16),
    /// The calendar has no such day: `31.02.2018`.
    NotInCalendar,
}

impl OrderEvidence {
    /// Counts cells with one date.
    pub fn add(&mut self, written: &WrittenDate, cells: u64) {
        let count = match written.pattern {
            Pattern::DayAndMonth { year: WrittenYear::TwoDigits(_), .. } => &mut self.two_digit_year,
            Pattern::DayAndMonth { first: 13.., .. } => &mut self.first_above_12,
            Pattern::DayAndMonth { second: 13.., .. } => &mut self.second_above_12,
            Pattern::DayAndMonth { .. } => &mut self.both_within_12,
            Pattern::Iso { .. } | Pattern::Compact { .. } => &mut self.iso,
            Pattern::Serial(_) => &mut self.serial,
            Pattern::Named { .. } | Pattern::MonthAndYear { .. } => &mut self.named,
        };
        *count = count.saturating_add(cells);
    }

    /// Adds the counts of another part of the column.
    pub fn merge(&mut self, other: &OrderEvidence) {
        for (count, more) in [
            (&mut self.first_above_12, other.first_above_12),
            (&mut self.second_above_12, other.second_above_12),
            (&mut self.both_within_12, other.both_within_12),
            (&mut self.two_digit_year, other.two_digit_year),
            (&mut self.iso, other.iso),
            (&mut self.serial, other.serial),
            (&mut self.named, other.named),
        ] {
            *count = count.saturating_add(more);
        }
    }
}

/// Decides the order of a column.
///
/// It is certain where some day is above 12, none contradicts, and no ISO date and no day number stands
/// in the same column.
pub fn order(evidence: &OrderEvidence) -> OrderDecision {
    let converted = evidence.iso > 0 || evidence.serial > 0;
    match (evidence.first_above_12 > 0, evidence.second_above_12 > 0) {
        (false, false) if evidence.both_within_12 == 0 && evidence.two_digit_year == 0 => OrderDecision::NotNeeded,
        (true, true) => OrderDecision::Ambiguous(AmbiguousOrder::Contradiction),
        _ if converted => OrderDecision::Ambiguous(AmbiguousOrder::BesideConvertedDates),
        (true, false) => OrderDecision::Certain(DateOrder::DayFirst),
        (false, true) => OrderDecision::Certain(DateOrder::MonthFirst),
        (false, false) => OrderDecision::Ambiguous(AmbiguousOrder::NoDayAbove12),
    }
}

/// The date of the fields, in the order of the column.
///
/// Day numbers count in the 1900 system of spreadsheets. Errors: why it is no date.
pub fn date_in(written: &WrittenDate, order: Option<DateOrder>) -> Result<Date, NoDate> {
    let (year, month, day) = match written.pattern {
        Pattern::Iso { year, month, day } => (WrittenYear::Full(year), month, day),
        Pattern::Compact { year, month, day } => (WrittenYear::Full(year), month, Some(day)),
        Pattern::MonthAndYear { month, year, .. } => (WrittenYear::Full(year), month, None),
        Pattern::Named { day, month, year } => (year, month, day),
        Pattern::Serial(serial) => return serial_date(serial).ok_or(NoDate::NotInCalendar),
        // The century is asked for first: who states the format states the order as well.
        Pattern::DayAndMonth { year: WrittenYear::TwoDigits(_), .. } => return Err(NoDate::TwoDigitYear),
        Pattern::DayAndMonth { first, second, year, .. } => {
            let (day, month) = match order.ok_or(NoDate::OrderUnknown)? {
                DateOrder::DayFirst => (first, second),
                DateOrder::MonthFirst => (second, first),
            };
            (year, Some(month).filter(|month| *month <= 12).ok_or(NoDate::OtherOrder)?, Some(day))
        }
    };
    match year {
        WrittenYear::TwoDigits(_) => Err(NoDate::TwoDigitYear),
        WrittenYear::Full(year) if !LIKELY_YEARS.contains(&year) => Err(NoDate::UnlikelyYear(year)),
        WrittenYear::Full(year) => valid(year, month, day),
    }
}

/// The date of a year that stands alone. Errors: it is not a likely year.
pub fn year_alone(year: u16) -> Result<Date, NoDate> {
    let date = Date { year, month: None, day: None };
    if LIKELY_YEARS.contains(&year) { Ok(date) } else { Err(NoDate::UnlikelyYear(year)) }
}

/// A date that the calendar has.
pub(super) fn valid(year: u16, month: u8, day: Option<u8>) -> Result<Date, NoDate> {
    let is_valid = (1..=12).contains(&month) && day.is_none_or(|day| (1..=days_in(year, month)).contains(&day));
    is_valid.then_some(Date { year, month: Some(month), day }).ok_or(NoDate::NotInCalendar)
}
