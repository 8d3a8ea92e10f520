//! The days on which an agent was given, as the text in brackets after it has them: `day 0 to 57`, `from day 58`.

use super::{Agent, Line};
use crate::schema::header::is_unit;
use crate::schema::items::dose_words::DoseWord;
use crate::schema::lexical::NumberFormat;
use crate::schema::lexical::duration::{TimeUnit, duration};
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

/// Words before how long an agent was given.
const BEFORE: [&str; 3] = ["for", "over", "during"];

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

/// The days of the lines of a patient; none of a line of which not all agents have theirs.
///
/// A line begins with the first of its agents that no line before it has been given, and ends where the next one begins, or
/// with its last agent.
pub fn days_of_lines(lines: &[Arc<Line>]) -> Vec<Option<GivenDays>> {
    let mut known: BTreeSet<(&str, u32)> = BTreeSet::new();
    let mut all: Vec<Option<GivenDays>> = Vec::with_capacity(lines.len());
    for line in lines {
        let days = days_of(line, &mut known);
        let before = all.last_mut().and_then(Option::as_mut);
        if let (Some(days), Some(before)) = (days, before) {
            let is_within = days.first >= before.first && before.last.is_none_or(|last| last > days.first);
            before.last = if is_within { Some(days.first) } else { before.last };
        }
        all.push(days);
    }
    all
}

/// The days of a line; `known` are the agents of the lines before it, each with its first day.
fn days_of<'l>(line: &'l Line, known: &mut BTreeSet<(&'l str, u32)>) -> Option<GivenDays> {
    let days: Vec<GivenDays> = line.agents.iter().map(Agent::days).collect::<Option<_>>()?;
    let firsts = || days.iter().map(|days| days.first);
    let agents = line.agents.iter().map(|agent| agent.name.as_str()).zip(firsts());
    let begun: Vec<u32> = agents.filter(|agent| known.insert(*agent)).map(|(_, first)| first).collect();
    let first = begun.into_iter().min().or_else(|| firsts().max())?;
    let last = days.iter().map(|days| days.last).collect::<Option<Vec<u32>>>();
    Some(GivenDays { first, last: last.and_then(|last| last.into_iter().max()).map(|last| last.max(first)) })
}

impl Agent {
    /// The days on which it was given; none where its detail does not end with them.
    pub fn days(&self) -> Option<GivenDays> {
        GivenDays::behind(self.detail.as_deref()?).map(|(_, days)| days)
    }

    /// How long it was given; none where its detail does not say so exactly, or says so twice.
    pub fn given_for(&self) -> Option<GivenFor> {
        let parts = self.detail.as_deref()?.split(',').map(str::trim);
        // The numbers of `at 0, 2, 6 weeks` are times.
        let is_number = |part: &str| part.ends_with(|c: char| c.is_ascii_digit());
        let found = parts.clone().find_map(given_for).filter(|_| !parts.clone().any(is_number))?;
        // Of `2 weeks 20 mg, then 10 mg 4 weeks` nobody knows the whole.
        (self.times() == times(&found.text)).then_some(found)
    }

    /// True where its detail has a length of time that is not known to be how long it was given.
    pub fn has_other_time(&self) -> bool {
        self.days().is_none() && self.given_for().is_none() && self.times() > 0
    }

    fn times(&self) -> usize {
        self.detail.as_deref().map_or(0, times)
    }
}

/// How long, of a phrase that says it alone or behind a dose: `3 months`, `15 mg weekly for 3 months`.
fn given_for(phrase: &str) -> Option<GivenFor> {
    let behind = phrase.match_indices(' ').filter_map(|(at, _)| phrase.split_at_checked(at));
    let cuts = std::iter::once(("", phrase)).chain(behind);
    let mut found = cuts.filter_map(|(dose, said)| Some((dose, exactly(said.trim())?)));
    found.next().filter(|(dose, _)| may_stand_before(dose)).map(|(_, given)| given)
}

/// True for words behind which a duration is how long an agent was given: none, `for`, a dose, how often. Not for
/// `every`.
fn may_stand_before(dose: &str) -> bool {
    let Some(last) = dose.split_whitespace().next_back().map(str::to_lowercase) else { return true };
    let unit = last.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    let is_dose = |unit: &str| is_unit(unit) || unit.split('/').next().is_some_and(is_unit);
    let has_amount = dose.contains(|c: char| c.is_ascii_digit());
    BEFORE.contains(&last.as_str()) || DoseWord::Frequency.is(&last) || has_amount && is_dose(unit)
}

/// How many numbers of units of time a text has, without how often: `every 2 weeks`.
fn times(text: &str) -> usize {
    let words: Vec<&str> = text.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let split = |word: &'_ str| {
        word.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '<' | '>' | '~'))).unwrap_or(word.len())
    };
    let is_time = |at: usize, word: &str| {
        let (number, unit) = word.split_at(split(word));
        let next = words.get(at.saturating_add(1)).copied().unwrap_or_default();
        let unit = if unit.is_empty() { next } else { unit };
        let before = at.checked_sub(1).and_then(|at| words.get(at)).copied().unwrap_or_default();
        !number.is_empty() && TimeUnit::of_word(unit).is_some() && !DoseWord::Every.is(before)
    };
    words.iter().enumerate().filter(|(at, word)| is_time(*at, word)).count()
}

fn exactly(said: &str) -> Option<GivenFor> {
    let stated = duration(said, NumberFormat::default()).filter(|stated| stated.comparator.is_none())?;
    let (numerator, parts, scale) = stated.in_unit(TimeUnit::Minutes)?;
    let whole = i128::from(parts).checked_mul(10_i128.checked_pow(u32::from(scale))?)?;
    let minutes = numerator.checked_div(whole).filter(|minutes| *minutes > 0)?;
    Some(GivenFor { text: said.to_owned(), minutes })
}

#[cfg(test)]
mod tests {
    use super::{Agent, GivenDays, given_for};

    #[test]
    fn how_long_an_agent_was_given_is_read_where_it_is_exact() {
        const DAY: i128 = 1440;
        for (text, minutes) in [
            ("3 months", Some(131_490)),
            ("for 6 weeks", Some(42 * DAY)),
            ("15 mg weekly 3 months", Some(131_490)),
            ("15 mg weekly for 1 year", Some(525_960)),
            ("0.5 mg/kg/d 6 weeks", Some(42 * DAY)),
            ("20mg 10 days", Some(10 * DAY)),
            ("375 mg/m2 q3w 6 weeks", Some(42 * DAY)),
            ("1 g every 2 weeks", None),
            ("15 mg after 3 months", None),
            ("5 mg per 3 months", None),
            ("2 cycles of 3 weeks", None),
            ("stopped at 3 months", None),
            ("15 mg weekly >3 months", None),
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
    fn of_several_times_nobody_knows_the_whole() {
        for (detail, text, has_other) in [
            ("15 mg weekly 6 months", Some("6 months"), false),
            ("1 g every 2 weeks for 3 months", Some("3 months"), false),
            ("20 mg, 1 year 6 months", Some("1 year 6 months"), false),
            ("60 to 150 mg/day 6 months rising then 2 years at 150 mg/day", None, true),
            ("20 mg 2 weeks then 10 mg 4 weeks", None, true),
            ("2 weeks 20 mg, 10 mg 4 weeks", None, true),
            ("5 mg/kg at 0, 2, 6 weeks", None, true),
            (">3 months", None, true),
            ("20 mg/day, day 0 to 57", None, false),
        ] {
            let agent = Agent { name: "x".to_owned(), detail: Some(detail.to_owned()) };
            assert_eq!(agent.given_for().map(|given| given.text).as_deref(), text, "{detail}");
            assert_eq!(agent.has_other_time(), has_other, "{detail}");
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
