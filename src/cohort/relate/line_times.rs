//! When each of several numbered treatments was given, of columns with the same numbers.
//!
//! ```text
//! drug_1 | start_1    | stop_1     | drug_2 | start_2    | stop_2
//! MTX    | 2019-02-10 | 2019-08-10 | IVIG   | 2019-09-01 |        -->  MTX [day 0 to 181]; IVIG [from day 203]
//! ```
//! A date of which nobody knows whether its day or its month is first is no day.

use super::child::{LineTime, given_days, line_time, with_detail};
use super::rows::{KeptRows, RowIndex};
use crate::schema::header::{numbered_name, read_header};
use crate::schema::items::dose_words::is_still_given;
use crate::schema::lexical::calendar::{date_in, day_number, written_date};
use crate::schema::lexical::duration::TimeUnit;

/// The columns that say when one treatment was given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LineTimeColumns {
    /// The column of its first day.
    pub start: Option<usize>,
    /// The column of its last day.
    pub stop: Option<usize>,
    /// The column of how long it was given.
    pub duration: Option<usize>,
}

impl LineTimeColumns {
    /// The columns with a number; none that two headers claim.
    pub fn of(headers: &[String], number: u8) -> LineTimeColumns {
        let time = |header: &str| {
            let (name, own) = numbered_name(&read_header(header).name)?;
            line_time(&name).filter(|_| own == number)
        };
        let one = |wanted: LineTime| {
            let mut found = headers.iter().enumerate().filter(|(_, header)| time(header) == Some(wanted));
            found.next().filter(|_| found.next().is_none()).map(|(at, _)| at)
        };
        LineTimeColumns { start: one(LineTime::Start), stop: one(LineTime::Stop), duration: one(LineTime::Duration) }
    }

    /// All of them, in order.
    pub fn all(&self) -> impl Iterator<Item = usize> + use<> {
        [self.start, self.stop, self.duration].into_iter().flatten()
    }

    /// The number of the first day; none without a whole date.
    pub fn first_day(&self, rows: &KeptRows, row: RowIndex) -> Option<i64> {
        day(rows.text(row, self.start?))
    }

    /// A treatment with its time behind each agent; as it is where nothing certain is said of it.
    pub fn with_time(&self, treatment: &str, (rows, row): (&KeptRows, RowIndex), first: Option<i64>) -> String {
        let detail = self.days(rows, row, first).or_else(|| self.length(rows, row));
        let Some(detail) = detail.filter(|_| !treatment.contains('"')) else { return treatment.to_owned() };
        let is_list = treatment.contains('+') && !treatment.contains(['[', '(']);
        let agents: Vec<&str> = if is_list { treatment.split('+').map(str::trim).collect() } else { vec![treatment] };
        agents.into_iter().map(|agent| with_detail(agent, Some(&detail))).collect::<Vec<_>>().join(" + ")
    }

    fn days(&self, rows: &KeptRows, row: RowIndex, first: Option<i64>) -> Option<String> {
        let start = self.first_day(rows, row)?;
        // Without a column of stops, nobody knows what is still given; a stop that is no date does not say so either.
        let stop = match rows.text(row, self.stop?).trim() {
            text if text.is_empty() || is_still_given(text) => None,
            text => Some(day(text)?),
        };
        given_days(first?, start, stop).map(|days| days.to_string())
    }

    fn length(&self, rows: &KeptRows, row: RowIndex) -> Option<String> {
        let column = self.duration?;
        let text = rows.text(row, column).trim();
        let is_number = |text: &str| text.parse::<f64>().is_ok_and(|number| number > 0.0);
        let of_header = || read_header(rows.columns.get(column)?).unit.filter(|unit| TimeUnit::of_word(unit).is_some());
        match text.split_once(' ') {
            Some((number, unit)) if is_number(number) && TimeUnit::of_word(unit).is_some() => Some(text.to_owned()),
            None if is_number(text) => Some(format!("{text} {}", of_header()?)),
            _ => None,
        }
    }
}

/// The number of a day; none of a date of which nobody knows whether its day or its month is first.
fn day(text: &str) -> Option<i64> {
    day_number(date_in(&written_date(text.trim())?, None).ok()?)
}

#[cfg(test)]
mod tests {
    use super::{LineTimeColumns, day};

    #[test]
    fn times_are_numbered_as_their_treatments() {
        let headers =
            ["drug_1", "start_1", "Stop 1", "drug_2", "start date 2", "duration_2 (months)", "start 3", "begin 3"];
        let headers = headers.map(str::to_owned);
        let of = |number| LineTimeColumns::of(&headers, number);
        assert_eq!(of(1), LineTimeColumns { start: Some(1), stop: Some(2), duration: None });
        assert_eq!(of(2), LineTimeColumns { start: Some(4), stop: None, duration: Some(5) });
        assert_eq!(of(3), LineTimeColumns::default(), "two columns claim it");
    }

    #[test]
    fn a_day_is_a_date_with_one_meaning() {
        assert_eq!(day("2014-03-01").zip(day("01 Mar 2014")).map(|(one, other)| one == other), Some(true));
        for text in ["01/02/2014", "2014-03", "spring", ""] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
