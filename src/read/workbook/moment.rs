//! Dates, times of day and durations from the numbers that stand for them.

use super::number::decimal;
use super::number_format::ShownUnits;

/// Days from 1 January 1900 to 1 January 1904 in the count of 1904.
const DAYS_OF_1904: i64 = 1462;
/// Days from the first day of the count, 30 December 1899, to 1 January 1970.
const DAYS_BEFORE_1970: i64 = 25_569;
/// The last day of the year 9999.
const LAST_DAY: i64 = 2_958_465;
const SECONDS: i64 = 86_400;

/// A number of days since 1900 (or 1904), as the parts that its format shows; none for a day that is not in a calendar.
pub fn moment(value: f64, shown: ShownUnits, is_1904: bool) -> Option<String> {
    let seconds = (value * SECONDS as f64).round();
    if !(0.0..=(LAST_DAY as f64 + 1.0) * SECONDS as f64).contains(&seconds) {
        return None;
    }
    let seconds = seconds as i64;
    let (days, time) = (seconds.div_euclid(SECONDS), seconds.rem_euclid(SECONDS));
    let is_time = shown.time && !shown.year && !shown.month && !shown.day;
    if is_time && days == 0 {
        return Some(clock(time));
    }
    let date = date(days, is_1904)?;
    match shown {
        _ if is_time => Some(format!("{date} {}", clock(time))),
        ShownUnits { year: true, month: false, day: false, .. } => date.get(..4).map(str::to_owned),
        ShownUnits { year: true, month: true, day: false, .. } => date.get(..7).map(str::to_owned),
        ShownUnits { time: true, .. } if time > 0 => Some(format!("{date} {}", clock(time))),
        _ => Some(date),
    }
}

/// A day as `2018-03-14`. The count of 1900 has a 29 February 1900, which never was: its days before it are one less.
fn date(days: i64, is_1904: bool) -> Option<String> {
    let days = match days {
        _ if is_1904 => days.checked_add(DAYS_OF_1904)?,
        1..60 => days.checked_add(1)?,
        0 | 60 => return None,
        _ => days,
    };
    (days <= LAST_DAY).then(|| calendar_day(days.wrapping_sub(DAYS_BEFORE_1970)))
}

/// A day since 1 January 1970 in the Gregorian calendar.
///
/// Reference: Hinnant, chrono-compatible low-level date algorithms, `civil_from_days`.
fn calendar_day(since_1970: i64) -> String {
    let day = since_1970.wrapping_add(719_468);
    let era = day.div_euclid(146_097);
    let of_era = day.rem_euclid(146_097);
    let leap_days = (of_era / 1460).wrapping_sub(of_era / 36_524).wrapping_add(of_era / 146_096);
    let year_of_era = of_era.wrapping_sub(leap_days) / 365;
    let before = year_of_era.wrapping_mul(365).wrapping_add(year_of_era / 4).wrapping_sub(year_of_era / 100);
    let day_of_year = of_era.wrapping_sub(before);
    // Years begin in March.
    let month = day_of_year.wrapping_mul(5).wrapping_add(2) / 153;
    let day = day_of_year.wrapping_sub(month.wrapping_mul(153).wrapping_add(2) / 5).wrapping_add(1);
    let month = if month < 10 { month.wrapping_add(3) } else { month.wrapping_sub(9) };
    let year = era.wrapping_mul(400).wrapping_add(year_of_era).wrapping_add(i64::from(month <= 2));
    format!("{year:04}-{month:02}-{day:02}")
}

/// A time of day as `14:30`, with seconds where there are some.
fn clock(seconds: i64) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match seconds {
        0 => format!("{hours:02}:{minutes:02}"),
        _ => format!("{hours:02}:{minutes:02}:{seconds:02}"),
    }
}

/// A number of days that is shown in hours, minutes or seconds: `36 h`, `90 min`.
pub fn duration(days: f64) -> String {
    let minutes = days * 1440.0;
    let hours = days * 24.0;
    // A third of an hour is no decimal, but 20 minutes are.
    let is_whole = |value: f64| (value - value.round()).abs() < 1e-6;
    match () {
        () if is_whole(hours) => format!("{} h", decimal(hours.round())),
        () if is_whole(minutes) => format!("{} min", decimal(minutes.round())),
        () => format!("{} min", decimal((minutes * 1e6).round() / 1e6)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: ShownUnits = ShownUnits { year: true, month: true, day: true, time: false };
    const TIME: ShownUnits = ShownUnits { year: false, month: false, day: false, time: true };

    #[test]
    fn days_are_counted_from_1900_or_1904() {
        for (value, is_1904, text) in [
            (1.0, false, Some("1900-01-01")),
            (59.0, false, Some("1900-02-28")),
            (60.0, false, None),
            (61.0, false, Some("1900-03-01")),
            (43_831.0, false, Some("2020-01-01")),
            (43_890.0, false, Some("2020-02-29")),
            (2_958_465.0, false, Some("9999-12-31")),
            (2_958_466.0, false, None),
            (0.0, true, Some("1904-01-01")),
            (42_369.0, true, Some("2020-01-01")),
            (-1.0, false, None),
            (f64::NAN, false, None),
        ] {
            assert_eq!(moment(value, DAY, is_1904).as_deref(), text, "{value}");
        }
    }

    #[test]
    fn a_moment_is_what_its_format_shows() {
        let month = ShownUnits { day: false, ..DAY };
        let year = ShownUnits { month: false, ..month };
        let both = ShownUnits { time: true, ..DAY };
        assert_eq!(moment(43_905.0, month, false).as_deref(), Some("2020-03"));
        assert_eq!(moment(43_905.0, year, false).as_deref(), Some("2020"));
        assert_eq!(moment(43_905.5, DAY, false).as_deref(), Some("2020-03-15"));
        assert_eq!(moment(43_905.5, both, false).as_deref(), Some("2020-03-15 12:00"));
        assert_eq!(moment(0.604_166_666_666_667, TIME, false).as_deref(), Some("14:30"));
        assert_eq!(moment(43_905.25, TIME, false).as_deref(), Some("2020-03-15 06:00"));
    }

    #[test]
    fn durations_are_hours_or_minutes() {
        assert_eq!([1.5, 1.0 / 16.0, 1.0 / 72.0].map(duration), ["36 h", "90 min", "20 min"]);
    }
}
