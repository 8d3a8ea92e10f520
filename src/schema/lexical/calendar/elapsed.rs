//! Days of the calendar: their numbers, and the years between two of them.

use crate::schema::lexical::Date;
use num_bigint::BigInt;
use num_rational::BigRational;

/// A full date as numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct DateNumbers {
    year: i64,
    month: i64,
    day: i64,
}

impl DateNumbers {
    /// No answer for a date without its month or day.
    fn of(date: Date) -> Option<DateNumbers> {
        Some(DateNumbers { year: i64::from(date.year), month: i64::from(date.month?), day: i64::from(date.day?) })
    }

    /// Its number; 0 for 1 March of the year 0 in the Gregorian calendar.
    ///
    /// Years begin in March, so that the day added in a leap year is their last; the months from March on
    /// have 153 days in every five. Formula: 365 y + ⌊y/4⌋ - ⌊y/100⌋ + ⌊y/400⌋ + ⌊(153 m + 2)/5⌋ + d - 1.
    #[expect(clippy::arithmetic_side_effects, reason = "a year has four digits")]
    fn number(self) -> i64 {
        let (year, month) = if self.month < 3 { (self.year - 1, self.month + 9) } else { (self.year, self.month - 3) };
        365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + self.day - 1
    }
}

/// The number of the day of a full date: later days have higher numbers, by one a day. No answer for a date without its
/// month or day.
pub fn day_number(date: Date) -> Option<i64> {
    DateNumbers::of(date).map(DateNumbers::number)
}

/// Completed years between two full dates, as ages are counted.
///
/// Who was born on 29 February completes a year on 1 March where there is no such day. No answer where
/// a date is not full, or the second is before the first.
#[expect(clippy::arithmetic_side_effects, reason = "a year has four digits")]
pub fn elapsed_years(from: Date, to: Date) -> Option<u32> {
    let (from, to) = (DateNumbers::of(from)?, DateNumbers::of(to)?);
    let years = to.year - from.year - i64::from((to.month, to.day) < (from.month, from.day));
    u32::try_from(years).ok().filter(|_| from <= to)
}

/// Months between two full dates, exact: the completed ones, and the days of the running month as a part of it.
///
/// A month is completed on the day of the month of the first date, or on the first day of the next month where there is
/// no such day, as years are. No answer where a date is not full, or the second is before the first.
#[expect(clippy::arithmetic_side_effects, reason = "a year has four digits, and no month is without days")]
pub fn elapsed_months(from: Date, to: Date) -> Option<BigRational> {
    let (start, end) = (DateNumbers::of(from)?, DateNumbers::of(to)?);
    let month = |date: DateNumbers| date.year * 12 + date.month - 1;
    let completed = month(end) - month(start) - i64::from(end.day < start.day);
    let since = |months: i64| end.number() - month_day(month(start) + months, start.day).number();
    let (passed, left) = (since(completed), since(completed + 1));
    let part = BigRational::new(BigInt::from(passed), BigInt::from(passed - left));
    (start <= end).then(|| BigRational::from_integer(BigInt::from(completed)) + part)
}

/// A day of a month that is counted from January of the year 0; the first of the next month where there is no such day.
#[expect(clippy::arithmetic_side_effects, reason = "a year has four digits")]
fn month_day(month: i64, day: i64) -> DateNumbers {
    let first = |month: i64| DateNumbers { year: month.div_euclid(12), month: month.rem_euclid(12) + 1, day: 1 };
    let (this, next) = (first(month), first(month + 1));
    if day > next.number() - this.number() { next } else { DateNumbers { day, ..this } }
}

/// The date of a spreadsheet's day number in the 1900 system.
///
/// 1 is 1 January 1900, and 61 is 1 March 1900: 60 is 29 February 1900, which the calendar does not have
/// and the spreadsheets kept for agreement with the first of them. No answer for 0, 60 and days after 2999.
#[expect(clippy::arithmetic_side_effects, reason = "a year has four digits")]
pub fn serial_date(serial: u32) -> Option<Date> {
    let last_of_1899 = DateNumbers { year: 1899, month: 12, day: 31 }.number();
    let serial = i64::from(serial);
    match serial {
        0 | 60 => None,
        ..60 => date_of(last_of_1899 + serial),
        _ => date_of(last_of_1899 + serial - 1),
    }
}

/// The date of the number of a day, found by its year and its month. No answer for a year without four digits, or after 2999.
#[expect(clippy::arithmetic_side_effects, reason = "a year has four digits")]
pub fn date_of(number: i64) -> Option<Date> {
    // A year is never longer than 366 days, nor a month than 31: the guesses are never too late.
    if !(0..=1_200_000).contains(&number) {
        return None;
    }
    let mut year = number / 366;
    while (DateNumbers { year: year + 1, month: 1, day: 1 }).number() <= number {
        year += 1;
    }
    let first = |month: i64| DateNumbers { year, month, day: 1 }.number();
    let month = (1..=12).rev().find(|month| first(*month) <= number)?;
    let day = number - first(month) + 1;
    let date = Date { year: u16::try_from(year).ok()?, month: u8::try_from(month).ok(), day: u8::try_from(day).ok() };
    (1000..=2999).contains(&date.year).then_some(date)
}
