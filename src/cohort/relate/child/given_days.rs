//! The days on which an agent was given, behind its dose: `methotrexate [15 mg/week, day 58 to 400]`.

use crate::cohort::lines::GivenDays;
use std::fmt::Display;

/// The days between two numbers of days, from the first day of the case on; `stop` is none where no stop is recorded.
///
/// None for a stop before the start, and a start before the first day.
pub fn given_days(first: i64, start: i64, stop: Option<i64>) -> Option<GivenDays> {
    let day = |day: i64| u32::try_from(day.checked_sub(first)?).ok();
    let from = day(start)?;
    match stop {
        None => Some(GivenDays { first: from, last: None }),
        Some(stop) => day(stop).filter(|last| *last >= from).map(|last| GivenDays { first: from, last: Some(last) }),
    }
}

/// The days from the first to the last of several; still given where one is.
pub fn together(several: &[GivenDays]) -> Option<GivenDays> {
    let first = several.iter().map(|days| days.first).min()?;
    let last = several.iter().map(|days| days.last).collect::<Option<Vec<u32>>>();
    Some(GivenDays { first, last: last.and_then(|last| last.into_iter().max()) })
}

/// An agent as it is written in a line, with its days or another detail behind its dose.
pub fn with_detail(written: &str, detail: Option<&impl Display>) -> String {
    match (detail, written.strip_suffix(']')) {
        (None, _) => written.to_owned(),
        (Some(detail), Some(dose)) => format!("{dose}, {detail}]"),
        (Some(detail), None) => format!("{written} [{detail}]"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_stand_behind_the_dose() {
        let of = |start, stop| given_days(100, start, stop);
        assert_eq!(with_detail("mtx [15 mg, oral]", of(158, Some(500)).as_ref()), "mtx [15 mg, oral, day 58 to 400]");
        assert_eq!(with_detail("\"a [b]\"", of(100, None).as_ref()), "\"a [b]\" [from day 0]");
        assert_eq!(with_detail("mtx", of(158, Some(150)).as_ref()), "mtx");
        assert_eq!((of(99, None), of(i64::MIN, None)), (None, None));
        let days = |first, last| GivenDays { first, last };
        assert_eq!(together(&[days(5, Some(9)), days(0, Some(4))]), Some(days(0, Some(9))));
        assert_eq!(together(&[days(5, None), days(0, Some(4))]), Some(days(0, None)));
        assert_eq!(together(&[]), None);
    }
}
