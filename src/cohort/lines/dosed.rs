//! What stands behind the dose of an agent: more of the dose, or something that nobody may drop, such as another agent.
//!
//! ```text
//! MTX 15 mg weekly for 3 months           an agent and its dose
//! pred 20 mg MTX 15 mg, MTX 10 mg (later ADA)   nobody knows
//! ```

use super::around::words_around;
use super::route;
use crate::schema::items::dose_words::DoseWord;
use crate::schema::items::{name_and_dose, name_and_number, name_and_phrase};
use crate::schema::lexical::duration::TimeUnit;
use crate::schema::units::unit;
use std::borrow::Cow;

/// How the text of an agent tells its dose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dosed<'t> {
    /// It tells none.
    Not,
    /// A name, and behind it only words of a dose.
    Dose {
        /// The agent.
        name: &'t str,
        /// Dose, route, frequency and duration.
        dose: Cow<'t, str>,
    },
    /// A name and a bare number, which is its dose.
    Number {
        /// The agent.
        name: &'t str,
        /// The number, with the word before it: `20`, `max 60`.
        dose: Cow<'t, str>,
    },
    /// Behind the dose stand words that belong to none.
    WithMore,
}

impl<'t> Dosed<'t> {
    /// How the text of an agent tells its dose; none in brackets or quotes.
    pub fn of(agent: &'t str) -> Dosed<'t> {
        let whole = Dosed::behind(agent);
        if matches!(whole, Dosed::Dose { .. } | Dosed::Number { .. }) {
            return whole.with_words_around("", "");
        }
        let Some([front, name, end]) = words_around(agent) else { return whole };
        match (Dosed::behind(name), whole) {
            (Dosed::Not, Dosed::Not) => Dosed::Dose { name, dose: joined([front, end]) },
            (Dosed::Not | Dosed::WithMore, _) => Dosed::WithMore,
            (told, _) => told.with_words_around(front, end),
        }
    }

    /// The same with the words around the name as a part of the dose.
    fn with_words_around(self, first: &str, last: &str) -> Dosed<'t> {
        let around = |name, dose: Cow<'t, str>| {
            let [front, name, end] = words_around(name).unwrap_or(["", name, ""]);
            let is_alone = [first, front, end, last].iter().all(|words| words.is_empty());
            (name, if is_alone { dose } else { joined([first, front, &dose, end, last]) })
        };
        match self {
            Dosed::Dose { name, dose } => {
                let (name, dose) = around(name, dose);
                Dosed::Dose { name, dose }
            }
            Dosed::Number { name, dose } => {
                let (name, dose) = around(name, dose);
                Dosed::Number { name, dose }
            }
            Dosed::Not | Dosed::WithMore => self,
        }
    }

    /// What stands behind the name.
    fn behind(agent: &'t str) -> Dosed<'t> {
        match name_and_dose(agent) {
            None => Dosed::without_amount(agent),
            Some((name, dose)) if are_words_of_a_dose(dose) => Dosed::Dose { name, dose: Cow::Borrowed(dose) },
            Some(_) => Dosed::WithMore,
        }
    }

    /// The same of a text without an amount and its unit: `Kortison i.v.`, `prednisone (6 weeks)`, `MTX since 2018`,
    /// `prednisone 20`.
    fn without_amount(agent: &'t str) -> Dosed<'t> {
        if agent.contains(['[', ']', '"']) {
            return Dosed::Not;
        }
        let told = in_brackets(agent).or_else(|| behind_a_route(agent)).or_else(|| name_and_phrase(agent));
        if let Some((name, dose)) = told.filter(|(_, dose)| are_words_of_a_dose(dose) && tells_an_amount(dose)) {
            return Dosed::Dose { name, dose: Cow::Borrowed(dose) };
        }
        let number = name_and_number(agent);
        number.map_or(Dosed::Not, |(name, dose)| Dosed::Number { name, dose: Cow::Borrowed(dose) })
    }
}

/// Words of a dose in their order.
fn joined<'t, const N: usize>(parts: [&str; N]) -> Cow<'t, str> {
    Cow::Owned(parts.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" "))
}

/// A name, and the text in brackets at the end: `Rituximab (2 cycles)`; not `surgery (2018)`.
fn in_brackets(agent: &str) -> Option<(&str, &str)> {
    let (name, dose) = agent.trim_end().strip_suffix(')')?.split_once('(')?;
    let is_one = name.contains(char::is_alphabetic) && !dose.contains(['(', ')']) && dose.contains(char::is_alphabetic);
    is_one.then_some((name.trim_end_matches([' ', ',']), dose.trim()))
}

/// A name, and what begins with a route: `Kortison i.v.`.
fn behind_a_route(agent: &str) -> Option<(&str, &str)> {
    let cuts = agent.match_indices(' ').filter_map(|(at, _)| agent.split_at_checked(at));
    let mut found = cuts.filter(|(name, behind)| {
        let first = behind.split_whitespace().next().unwrap_or_default();
        name.contains(char::is_alphabetic) && route(first.trim_end_matches(',')).is_some()
    });
    found.next().map(|(name, dose)| (name.trim_end_matches([' ', ',']), dose.trim()))
}

/// True for words of a dose that say how much, how often, how long or by which route, not only `maintenance`.
fn tells_an_amount(dose: &str) -> bool {
    let tells = [DoseWord::Frequency, DoseWord::OpenDuration, DoseWord::Taper];
    let is_told = |word: &str| {
        word.contains(|c: char| c.is_ascii_digit()) || route(word).is_some() || tells.iter().any(|one| one.is(word))
    };
    dose.split([' ', ',']).any(is_told)
}

/// True for a text of which every word is of a dose, a route, a frequency or a duration.
pub fn are_words_of_a_dose(text: &str) -> bool {
    let between = |c: char| c.is_whitespace() || ",;()\u{2192}".contains(c);
    text.split(between).filter(|word| !word.is_empty()).all(is_of_a_dose)
}

/// French and Italian days, which are anything else where they stand alone: `mg/kg/j`, `mg/die`.
const DAYS_IN_RATIOS: [&str; 2] = ["j", "die"];

fn is_of_a_dose(word: &str) -> bool {
    let is_sign = |c: char| c.is_ascii_digit() || ".,-+/^*=<>~\u{d7}\u{2013}\u{2264}\u{2265}".contains(c);
    let without_times = word.strip_prefix(['x', 'X']).filter(|times| times.starts_with(|c: char| c.is_ascii_digit()));
    let plain = without_times.unwrap_or(word).trim_start_matches(is_sign);
    let is_ratio = plain.contains('/');
    let is_part = |part: &str| {
        let part = part.trim_end_matches(is_sign);
        let is_day = is_ratio && DAYS_IN_RATIOS.contains(&part);
        part.is_empty() || is_day || unit(part).is_some() || TimeUnit::of_word(part).is_some() || DoseWord::is_any(part)
    };
    plain.split(['/', '-', '\u{2013}']).all(is_part) || DoseWord::is_any(word) || route(word).is_some()
}

#[cfg(test)]
mod tests {
    use super::Dosed;

    #[test]
    fn words_of_a_dose_are_its_rest() {
        for (agent, name) in [
            ("methotrexate 15 mg weekly for 3 months", "methotrexate"),
            ("prednisone 20 mg tapered over 6 weeks", "prednisone"),
            ("prednisone 20 mg, then 10 mg", "prednisone"),
            ("prednisone 40 mg -> 10 mg", "prednisone"),
            ("Kolchizin 1 mg 1-0-0", "Kolchizin"),
            ("IVIG 2 g/kg x3", "IVIG"),
            ("IVIG 2g/kg/month i.v.", "IVIG"),
            ("MTX 15 mg s.c. 1x/Woche", "MTX"),
            ("MTX 10-15 mg per week since 2018", "MTX"),
            ("diltiazem 60 mg tds until remission", "diltiazem"),
            ("rituximab 1 g on day 1 and 15", "rituximab"),
            ("prednisone 1 mg/kg (max. 60 mg) in the morning", "prednisone"),
            ("Prednisolon 20 mg morgens, dann ausgeschlichen", "Prednisolon"),
            ("warfarin daily", "warfarin"),
            ("cisplatin 75 mg/m2 d1, 6 cycles", "cisplatin"),
            ("prednisone for 6 weeks", "prednisone"),
            ("prednisone over 3 months", "prednisone"),
            ("prednisone during 3 months", "prednisone"),
            ("prednisone at 1 mg/kg", "prednisone"),
            ("prednisone up to 60 mg", "prednisone"),
            ("prednisone then taper", "prednisone"),
            ("prednisone, max 60 mg", "prednisone"),
            ("Prednisolon für 6 Wochen", "Prednisolon"),
            ("Prednisolon über 3 Monate", "Prednisolon"),
            ("Prednisolon bis 60 mg", "Prednisolon"),
            ("Prednisolon ab 20 mg", "Prednisolon"),
            ("Rituximab alle 2 Wochen", "Rituximab"),
            ("prednisone pendant 6 semaines", "prednisone"),
            ("prednisone à 1 mg/kg", "prednisone"),
            ("prednisona durante 6 semanas", "prednisona"),
            ("prednisona por 6 semanas", "prednisona"),
            ("prednisone per 6 settimane", "prednisone"),
            ("prednisona durante 6 semanas", "prednisona"),
            ("prednison gedurende 6 weken", "prednison"),
            ("nintedanib 150 bid", "nintedanib"),
            ("Rituximab (2 cycles)", "Rituximab"),
            ("prednisone (6 weeks)", "prednisone"),
            ("Kortison i.v.", "Kortison"),
            ("Methylprednisolone (IV)", "Methylprednisolone"),
            ("MTX since 2018", "MTX"),
            ("MTX bis 2018", "MTX"),
        ] {
            assert!(matches!(Dosed::of(agent), Dosed::Dose { name: read, .. } if read == name), "{agent}");
        }
    }

    #[test]
    fn a_name_behind_a_dose_is_never_part_of_it() {
        for agent in [
            "pred 20 mg MTX 15 mg",
            "Kolchizin 1 mg 1-0-0 Allopurinol 300 mg",
            "IVIG 2 g/kg x3 rituximab 1 g x2",
            "MTX 15 mg bridging to ADA",
            "MTX 10 mg (later ADA)",
            "Pred 10 mg bis MTX",
            "pred 20 mg -> MTX",
            "MTX 15 mg/wk, then tocilizumab",
            "prednisone 20 mg / MTX 15 mg",
            "prednisone 20 mg/MTX",
            "prednisone 20 mg/d-AZA",
            "pred 20 mg MMF 2 g CsA AZA TCZ",
        ] {
            assert_eq!(Dosed::of(agent), Dosed::WithMore, "{agent}");
        }
        assert_eq!(Dosed::of("MTX [10 mg then ADA]"), Dosed::Not);
    }

    #[test]
    fn a_number_without_a_unit_is_told_apart() {
        assert_eq!(Dosed::of("prednisone 20"), Dosed::Number { name: "prednisone", dose: "20".into() });
        for agent in [
            "surgery 2018",
            "surgery (2018)",
            "factor 8",
            "vitamin D 3",
            "MTX (ongoing)",
            "azathioprine (maintenance)",
            "lotion for the scalp",
            "excision of 2 toes",
            "head and neck surgery",
            "Salazopyrin EN",
        ] {
            assert_eq!(Dosed::of(agent), Dosed::Not, "{agent}");
        }
    }
}
