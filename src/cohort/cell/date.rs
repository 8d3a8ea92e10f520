//! Cells of a column of dates.

use super::rules::{CellRules, absent_word, missing};
use super::state::DateState;
use crate::cohort::{DateFault, Unreadable};
use crate::schema::DateReading;
use crate::schema::lexical::Date;
use crate::schema::lexical::calendar::{
    AmbiguousOrder, NoDate, OrderDecision, date_in, proposed_format, written_date, year_alone,
};

/// Reads a cell of a date column, in the format and the order of the column; a time of day is dropped.
pub fn date(text: &str, rules: &CellRules) -> DateState {
    let text = text.trim();
    if let Some(reason) = missing(text, rules) {
        return DateState::Missing(reason);
    }
    let reading = &rules.variable.reading.dates;
    match read(text, reading) {
        Err(why) => DateState::Unreadable(unreadable(why, text, reading)),
        Ok(date) if rules.variable.is_deidentified => DateState::Date(Date { month: None, day: None, ..date }),
        Ok(date) => DateState::Date(date),
    }
}

fn read(text: &str, reading: &DateReading) -> Result<Date, NoDate> {
    if let Some(format) = &reading.format {
        return format.read(text);
    }
    if let Some(year) = Date::parse(text).filter(|date| date.month.is_none()) {
        return year_alone(year.year);
    }
    match written_date(text).filter(|written| reading.has_numbers || !written.is_number()) {
        Some(written) => date_in(&written, reading.order.known()),
        None => Err(NoDate::OtherFormat),
    }
}

fn unreadable(why: NoDate, text: &str, reading: &DateReading) -> Unreadable {
    let fault = match why {
        NoDate::OrderUnknown => DateFault::Order(match reading.order {
            OrderDecision::Ambiguous(why) => why,
            OrderDecision::NotNeeded | OrderDecision::Certain(_) => AmbiguousOrder::NoDayAbove12,
        }),
        NoDate::OtherOrder => DateFault::OtherOrder,
        NoDate::TwoDigitYear => DateFault::TwoDigitYear { format: proposed_format(text) },
        NoDate::UnlikelyYear(year) => DateFault::UnlikelyYear { year, format: proposed_format(text) },
        NoDate::NotInCalendar => DateFault::NotInCalendar,
        NoDate::OtherFormat => {
            let format = reading.format.as_ref().map(|format| format.to_string());
            return absent_word(text).unwrap_or(Unreadable::NotADate(DateFault::OtherFormat { format }));
        }
    };
    Unreadable::NotADate(fault)
}
