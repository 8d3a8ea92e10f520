//! The days on which an agent was given, as the text in brackets after it has them: `day 0 to 57`, `from day 58`.

use super::Agent;
use crate::schema::lexical::NumberFormat;
use crate::schema::lexical::duration::{TimeUnit, duration};
use std::fmt;

/// Words before how long an agent was given.
const BEFORE: [&str; 3] = ["for ", "over ", "during "];

/// How long an agent was given, where the records say so and not on which days.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct GivenFor {
    /// As written: `3 months`.
    pub text: String,
    /// Its minutes, of months that are twelfths of 365.25 days.
    pub minutes: i128,
}

/// Days counted from the first day of treatment of the patient, which is day 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct GivenDays {
    /// The first day.
    pub first: u32,
    /// The last day; none where no stop is recorded.
    pub last: Option<u32>,
}

impl GivenDays {
    /// The days of a phrase. None for any other phrase, and where the last day is before the first.
    pub fn parse(phrase: &str) -> Option<GivenDays> {
        let phrase = phrase.trim();
        if let Some(first) = phrase.strip_prefix("from day ") {
            return Some(GivenDays { first: first.parse().ok()?, last: None });
        }
        let (first, last) = phrase.strip_prefix("day ")?.split_once(" to ")?;
        let (first, last) = (first.parse().ok()?, last.parse().ok()?);
        (first <= last).then_some(GivenDays { first, last: Some(last) })
    }

    /// The rest of a text that ends with days, and the days.
    pub fn behind(detail: &str) -> Option<(&str, GivenDays)> {
        let (rest, phrase) = detail.rsplit_once(',').unwrap_or(("", detail));
        Some((rest.trim_end(), GivenDays::parse(phrase)?))
    }
}

impl fmt::Display for GivenDays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.last {
            Some(last) => write!(f, "day {} to {last}", self.first),
            None => write!(f, "from day {}", self.first),
        }
    }
}

impl Agent {
    /// The days on which it was given; none where its detail does not end with them.
    pub fn days(&self) -> Option<GivenDays> {
        GivenDays::behind(self.detail.as_deref()?).map(|(_, days)| days)
    }

    /// How long it was given; none where its detail does not say so exactly, or says so twice.
    pub fn given_for(&self) -> Option<GivenFor> {
        let parts = self.detail.as_deref()?.split(',').map(str::trim);
        let mut all = parts.filter_map(given_for);
        all.next().filter(|_| all.next().is_none())
    }
}

fn given_for(phrase: &str) -> Option<GivenFor> {
    let said = BEFORE.iter().find_map(|word| phrase.strip_prefix(word)).unwrap_or(phrase).trim();
    let stated = duration(said, NumberFormat::default()).filter(|stated| stated.comparator.is_none())?;
    let (numerator, parts, scale) = stated.in_unit(TimeUnit::Minutes)?;
    let whole = i128::from(parts).checked_mul(10_i128.checked_pow(u32::from(scale))?)?;
    let minutes = numerator.checked_div(whole).filter(|minutes| *minutes > 0)?;
    Some(GivenFor { text: said.to_owned(), minutes })
}

#[cfg(test)]
mod tests {
    use super::{GivenDays, given_for};

    #[test]
    fn how_long_an_agent_was_given_is_read_where_it_is_exact() {
        const DAY: i128 = 1440;
        for (text, minutes) in [
            ("3 months", Some(131_490)),
            ("for 6 weeks", Some(42 * DAY)),
            ("1 year", Some(525_960)),
            ("2.5 days", Some(3600)),
            (">3 months", None),
            ("20 mg", None),
            ("3", None),
            ("oral", None),
            ("", None),
        ] {
            assert_eq!(given_for(text).map(|given| given.minutes), minutes, "{text}");
        }
    }

    #[test]
    fn days_are_what_they_print() {
        for text in ["day 0 to 57", "day 3 to 3", "from day 58"] {
            assert_eq!(GivenDays::parse(text).map(|days| days.to_string()).as_deref(), Some(text));
        }
        for text in ["day 5 to 3", "day 5", "from day x", "day -1 to 3", "5 mg/day", "day 1 to", ""] {
            assert_eq!(GivenDays::parse(text), None, "{text}");
        }
        let days = GivenDays { first: 1, last: Some(2) };
        assert_eq!(GivenDays::behind("2 mg/kg, oral, day 1 to 2"), Some(("2 mg/kg, oral", days)));
        assert_eq!(GivenDays::behind("day 1 to 2"), Some(("", days)));
        assert_eq!(GivenDays::behind("day 1 to 2, oral"), None);
    }
}
