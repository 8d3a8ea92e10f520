//! Which parts of a prescription are stated in the brackets after an agent: dose, route, frequency, duration.
//!
//! `[30 mg/day IV 6 x/month]` has a dose with its unit, a route and a frequency, and no duration.

use crate::cohort::lines::Agent;

/// Units of a dose, before the first `/`.
const DOSE_UNITS: [&str; 17] =
    ["mg", "g", "kg", "µg", "μg", "ug", "mcg", "ng", "ml", "iu", "ui", "u", "units", "mmol", "meq", "%", "tablets"];

/// Words that state a frequency.
const FREQUENCIES: [&str; 15] = [
    "daily",
    "weekly",
    "monthly",
    "yearly",
    "biweekly",
    "qd",
    "bid",
    "tid",
    "qid",
    "once",
    "twice",
    "fortnightly",
    "nightly",
    "every",
    "single",
];

/// Units of time.
const TIMES: [&str; 14] =
    ["d", "day", "days", "wk", "wks", "week", "weeks", "month", "months", "mo", "y", "yr", "year", "years"];

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
        let text = agent.detail.as_deref().unwrap_or_default().to_lowercase();
        let words: Vec<&str> = text.split([' ', ',', ';', '(', ')', '×']).filter(|word| !word.is_empty()).collect();
        let mut detail =
            DoseDetail { per_kg: text.contains("/kg") || text.contains("per kg"), ..DoseDetail::default() };
        detail.route = !agent.routes().is_empty();
        for (number, word) in words.iter().enumerate() {
            let before = number.checked_sub(1).and_then(|at| words.get(at)).copied().unwrap_or_default();
            let next = words.get(number.saturating_add(1)).copied().unwrap_or_default();
            let (figure, glued) = split_figure(word);
            let unit = if glued.is_empty() { next } else { glued };
            let first_of_unit = unit.split('/').next().unwrap_or_default();
            let is_figure = !figure.is_empty();
            detail.dose |= is_figure && DOSE_UNITS.contains(&first_of_unit);
            detail.frequency |= FREQUENCIES.contains(word) || is_per_time(word, before);
            // `2 x/3 months` and `every 3 months` are frequencies, not durations.
            detail.duration |= is_figure && TIMES.contains(&unit) && before != "every" && before != "per";
            detail.duration |=
                matches!(*word, "until" | "long-term" | "lifelong" | "continuously") || *word == "single";
        }
        detail
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

/// `mg/kg/day`, `x/month`, `per day`.
fn is_per_time(word: &str, before: &str) -> bool {
    let is_time = |part: &str| TIMES.contains(&part) || part.parse::<u32>().is_ok();
    word.contains('/') && word.split('/').skip(1).any(is_time) || before == "per" && TIMES.contains(&word)
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
            ("", ""),
        ] {
            assert_eq!(of(text), parts, "{text}");
        }
        assert_eq!(DoseDetail::of(&agent("5 mg 2 years")).lacks(), ["route", "frequency"]);
    }
}
