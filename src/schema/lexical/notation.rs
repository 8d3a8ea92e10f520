//! Ages and durations that are ones only in a column of them: `7;6`, `15/12`, `4/52`, `7 6/12`, `7+6/12`.
//!
//! Elsewhere they are lists, dates, shares or readings of two instruments.

use super::duration::{Duration, TimeUnit};
use crate::decimal::Decimal;

/// How such an age or duration is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notation {
    /// `7;6`: years and months, as developmental psychology has them.
    YearsAndMonths,
    /// `15/12`, `4/52`, `5/7`: so many months, weeks or days, as paediatricians have them.
    PartOfYear,
    /// `7 6/12`, `7+6/12`, `1 1/2`: years and a part of one.
    YearsAndPart,
    /// `38+2`: weeks and days of a gestation.
    WeeksAndDays,
}

/// One of them with its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notated {
    /// How it is written.
    pub notation: Notation,
    /// What it means in a column of ages or durations.
    pub duration: Duration,
    /// True where it can be neither a range nor a list in the order of time: `7;6`, `15/12`.
    pub falls: bool,
}

/// Reads one; no answer for anything else.
pub fn notated(text: &str) -> Option<Notated> {
    let text = text.trim();
    if let Some((years, months)) = text.split_once(';') {
        return years_and_months(number(years)?, number(months.trim_start())?);
    }
    if let Some((weeks, days)) = text.split_once('+').filter(|(_, days)| days.trim_start().len() == 1) {
        return weeks_and_days(number(weeks.trim_end())?, number(days.trim_start())?);
    }
    let (before, denominator) = text.rsplit_once('/')?;
    let denominator = number(denominator)?;
    match before.split_once([' ', '+']) {
        None => part_of_year(number(before)?, denominator),
        Some((weeks, days)) if denominator == 7 => {
            weeks_and_days(number(weeks.trim_end())?, number(days.trim_start())?)
        }
        Some((years, part)) => years_and_part(number(years.trim_end())?, number(part.trim_start())?, denominator),
    }
}

/// A whole number of one to three digits; no answer for `007` or anything else.
fn number(text: &str) -> Option<u16> {
    let is_plain = (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_plain)
}

fn years_and_months(years: u16, months: u16) -> Option<Notated> {
    let duration = of_years(years, months)?;
    Some(Notated { notation: Notation::YearsAndMonths, duration, falls: months < years })
}

fn part_of_year(count: u16, denominator: u16) -> Option<Notated> {
    let unit = match denominator {
        12 => TimeUnit::Months,
        52 => TimeUnit::Weeks,
        7 => TimeUnit::Days,
        _ => return None,
    };
    let duration = Duration::of(unit, Decimal::from_int(count.into()));
    Some(Notated { notation: Notation::PartOfYear, duration, falls: count > denominator })
}

fn years_and_part(years: u16, count: u16, denominator: u16) -> Option<Notated> {
    let is_part = matches!(denominator, 2 | 4 | 12) && count < denominator;
    let months = count.checked_mul(12)?.checked_div(denominator).filter(|_| is_part)?;
    Some(Notated { notation: Notation::YearsAndPart, duration: of_years(years, months)?, falls: false })
}

/// Weeks of two digits and days below 7.
fn weeks_and_days(weeks: u16, days: u16) -> Option<Notated> {
    let is_one = (10..100).contains(&weeks) && days < 7;
    let [weeks, days] = [weeks, days].map(|count| Decimal::from_int(count.into()));
    let duration = Duration { weeks: Some(weeks), days: Some(days), ..Duration::default() };
    is_one.then_some(Notated { notation: Notation::WeeksAndDays, duration, falls: false })
}

/// Years and months; no answer for 12 months and more.
fn of_years(years: u16, months: u16) -> Option<Duration> {
    let [years, months] = [years, months].map(|count| Decimal::from_int(count.into()));
    let is_below_a_year = months < Decimal::from_int(12);
    is_below_a_year.then_some(Duration { years: Some(years), months: Some(months), ..Duration::default() })
}
