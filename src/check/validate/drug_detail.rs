//! Which parts of a prescription are stated in the brackets after an agent: dose, route, frequency, duration.
//!
//! `[30 mg/day IV 6 x/month]` has a dose with its unit, a route and a frequency, and no duration.

use crate::cohort::lines::Agent;
use crate::schema::items::dose_words::DoseWord;
use crate::schema::letters::unaccented;
use crate::schema::lexical::duration::TimeUnit;
use crate::schema::units::unit;

/// Which parts of a prescription are stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DoseDetail {
    /// A number with a unit of a dose.
    pub dose: bool,
    /// Oral, intravenous, ...
    pub route: bool,
    /// How often, as in `/day`, `weekly`, `3 x/month`.
    pub frequency: bool,
    /// How long, as in `8 weeks`, `until stabilization`, `single`.
    pub duration: bool,
    /// The dose is by body weight.
    pub per_kg: bool,
}

impl DoseDetail {
    /// Reads the text in brackets after an agent.
    pub fn of(agent: &Agent) -> DoseDetail {
        let text = unaccented(agent.detail.as_deref().unwrap_or_default());
        let words: Vec<&str> =
            text.split([' ', ',', ';', '(', ')', '\u{d7}']).filter(|word| !word.is_empty()).collect();
        let mut detail = DoseDetail {
            per_kg: text.contains("/kg") || words.windows(2).any(|pair| matches!(pair, [per, "kg"] if is_per(per))),
            route: !agent.routes().is_empty(),
            ..DoseDetail::default()
        };
        for (number, word) in words.iter().enumerate() {
            let before = number.checked_sub(1).and_then(|at| words.get(at)).copied().unwrap_or_default();
            let next = words.get(number.saturating_add(1)).copied().unwrap_or_default();
            detail.add(word, before, next);
        }
        detail
    }

    /// Adds what a word between two others states.
    fn add(&mut self, word: &str, before: &str, next: &str) {
        let (figure, glued) = split_figure(word);
        let unit = if glued.is_empty() { next } else { glued };
        let is_figure = !figure.is_empty();
        self.dose |= is_figure && is_amount(unit);
        self.frequency |= DoseWord::Frequency.is(word) || is_interval(word, next) || is_per_time(word, before);
        // `2 x/3 months` and `every 3 months` are frequencies, not durations.
        let is_behind_every = DoseWord::Every.is(before) || is_per(before);
        self.duration |= is_figure && is_time(unit) && !is_behind_every;
        self.duration |= DoseWord::OpenDuration.is(word);
    }

    /// The parts that are not stated.
    pub fn lacks(self) -> Vec<&'static str> {
        let parts =
            [(self.dose, "dose"), (self.route, "route"), (self.frequency, "frequency"), (self.duration, "duration")];
        parts.into_iter().filter(|(stated, _)| !stated).map(|(_, name)| name).collect()
    }
}

/// The number at the start of a word, and the rest.
fn split_figure(word: &str) -> (&str, &str) {
    let end = word.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(word.len());
    word.split_at_checked(end).unwrap_or((word, ""))
}

/// True for the unit of an amount, before the first `/`, or for what is counted: `mg/kg`, `tablets`.
fn is_amount(text: &str) -> bool {
    let first = text.split('/').next().unwrap_or_default();
    !is_time(first) && (unit(first).is_some() || DoseWord::Form.is(first))
}

fn is_time(word: &str) -> bool {
    TimeUnit::of_word(word).is_some()
}

fn is_per(word: &str) -> bool {
    DoseWord::Per.is(word)
}

/// `every 3 months`, `alle 2 Wochen`, `every day`.
fn is_interval(word: &str, next: &str) -> bool {
    DoseWord::Every.is(word) && (is_time(next) || !split_figure(next).0.is_empty())
}

/// `mg/kg/day`, `x/month`, `per day`.
fn is_per_time(word: &str, before: &str) -> bool {
    let is_part = |part: &str| is_time(part) || part.parse::<u32>().is_ok();
    word.contains('/') && word.split('/').skip(1).any(is_part) || is_per(before) && is_time(word)
}

#[cfg(test)]
mod tests {
    use super::{Agent, DoseDetail};

    fn agent(detail: &str) -> Agent {
        Agent { name: "a".to_owned(), detail: Some(detail.to_owned()) }
    }

    #[test]
    fn the_parts_of_a_prescription_are_found() {
        let of = |text: &str| {
            let d = DoseDetail::of(&agent(text));
            let parts = [(d.dose, 'd'), (d.route, 'r'), (d.frequency, 'f'), (d.duration, 't'), (d.per_kg, 'k')];
            parts.into_iter().filter(|(stated, _)| *stated).map(|(_, c)| c).collect::<String>()
        };
        for (text, parts) in [
            ("30 mg/day IV 6 x/month then 2 x/3 months", "drf"),
            ("60 to 150 mg/day 6 months rising then 2 years at 150 mg/day", "dft"),
            ("1 g/1.73 m2/day 3 doses", "df"),
            ("2 mg/kg/day 8 weeks taper", "dftk"),
            ("2 mg/kg/day oral until stabilization", "drftk"),
            ("0.5 mg/kg/day 2 months", "dftk"),
            ("5 mg 2 years", "dt"),
            ("low dose until stabilization", "t"),
            ("taper", ""),
            ("systemic", ""),
            ("10mg po daily, 4 weeks", "drft"),
            ("every 3 months", "f"),
            ("15 mg sc weekly", "drf"),
            ("90 mg single iv", "drft"),
            ("30 mg/Tag IV 3 Tage", "drft"),
            ("15 mg wöchentlich oral 8 Wochen", "drft"),
            ("2 comprimés par jour pendant 3 mois", "dft"),
            ("1 g al día durante 2 semanas", "dft"),
            ("500 mg ogni 8 settimane ev", "drf"),
            ("2 mg/kg pro Tag bis zur Remission", "dftk"),
            ("1 g i.v. q12h, lifelong", "drft"),
            ("", ""),
        ] {
            assert_eq!(of(text), parts, "{text}");
        }
        assert_eq!(DoseDetail::of(&agent("5 mg 2 years")).lacks(), ["route", "frequency"]);
    }
}
