//! Where the dose of an agent begins: `methotrexate 15 mg weekly`.

use super::dose_words::{DoseWord, comes_before_a_dose, goes_with_a_number, stands_between_doses};
use super::is_no_item;
use crate::schema::header::is_unit;
use crate::schema::lexical::duration::TimeUnit;

/// The name of an agent, and the dose, route or frequency behind it; no answer for an agent without one, and for one in
/// brackets or quotes.
pub fn name_and_dose(agent: &str) -> Option<(&str, &str)> {
    if agent.contains(['[', ']', '"']) {
        return None;
    }
    let starts = agent.match_indices(' ').map(|(at, _)| at);
    let cuts = starts.filter_map(|at| agent.split_at_checked(at));
    let mut dosed = cuts.filter(|(name, behind)| {
        let behind = behind.trim_start();
        name.contains(char::is_alphabetic) && (begins(behind) || !takes_a_number(name) && begins_without_unit(behind))
    });
    let (name, _) = dosed.next()?;
    let name = without_preposition(name);
    Some((name, agent.get(name.len()..)?.trim_start_matches([' ', ',']).trim_end()))
}

/// The name of an agent, and the bare number behind it: `prednisone 20`, `prednisone 20-40`; no answer where the number may
/// belong to the name, and for a year.
pub fn name_and_number(agent: &str) -> Option<(&str, &str)> {
    let (name, number) = agent.rsplit_once(' ')?;
    let is_sign = |c: char| matches!(c, '.' | ',' | '-' | '/' | '\u{2013}' | '\u{2192}');
    let is_amount = number.starts_with(|c: char| c.is_ascii_digit())
        && number.ends_with(|c: char| c.is_ascii_digit())
        && number.chars().all(|c| c.is_ascii_digit() || is_sign(c));
    let has_year =
        number.split(is_sign).any(|part| part.len() == 4 && (part.starts_with("19") || part.starts_with("20")));
    let is_one_name = name.contains(char::is_alphabetic) && !name.contains(['[', ']', '"', '(', ')', '/', ',', '&']);
    if !is_amount || has_year || !is_one_name || takes_a_number(name) {
        return None;
    }
    let name = without_preposition(name);
    Some((name, agent.get(name.len()..)?.trim()))
}

/// The name of an agent, and what a preposition behind it begins: `until remission`; whether that is a dose is not said.
pub fn name_and_phrase(agent: &str) -> Option<(&str, &str)> {
    let cuts = agent.match_indices(' ').filter_map(|(at, _)| agent.split_at_checked(at));
    let mut found = cuts.map(|(name, behind)| (name, behind.trim())).filter(|(name, behind)| {
        let first = behind.split_whitespace().next().unwrap_or_default();
        name.contains(char::is_alphabetic) && is_preposition(first, name)
    });
    found.next().map(|(name, behind)| (name.trim_end_matches([' ', ',']), behind))
}

/// True for a name behind which a number is part of it: `factor 8`, `vitamin B 12`, `CHOP 14`.
fn takes_a_number(name: &str) -> bool {
    let last = name.split([' ', '-']).rfind(|word| !word.is_empty()).unwrap_or_default();
    last.chars().count() < 2 || goes_with_a_number(last)
}

/// True for a number with a frequency or a form behind it: `150 bid`, `2 alle 12 h`.
fn begins_without_unit(text: &str) -> bool {
    let mut words = text.split_whitespace().map(|word| word.trim_end_matches(','));
    let is_amount = |word: &str| word.starts_with(|c: char| c.is_ascii_digit()) && word.bytes().all(is_of_a_number);
    let says_how = |word: &str| {
        let meanings = [DoseWord::Frequency, DoseWord::Every, DoseWord::Form];
        is_no_item(word) || word.len() > 1 && meanings.iter().any(|meaning| meaning.is(word))
    };
    words.next().is_some_and(is_amount) && words.next().is_some_and(says_how)
}

fn is_of_a_number(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'-' | b'/')
}

/// The name without the words at its end that lead to a dose: `prednisone for`, `prednisone at a dose of`.
fn without_preposition(name: &str) -> &str {
    let mut shortest = name;
    let mut rest = name;
    while let Some((before, word)) = rest.rsplit_once(' ') {
        let is_first = is_preposition(word.trim_end_matches(','), before);
        if !before.contains(char::is_alphabetic) || !(is_first || stands_between_doses(word)) {
            break;
        }
        rest = before;
        shortest = if is_first { before } else { shortest };
    }
    shortest.trim_end_matches([' ', ',', ':', '-', '='])
}

/// True for a word that leads to a dose; `EN` behind `Salazopyrin` is part of the name.
fn is_preposition(word: &str, name: &str) -> bool {
    let is_capitals = word.chars().all(char::is_uppercase) && name.contains(char::is_lowercase);
    !is_capitals && comes_before_a_dose(word)
}

/// True for a text that starts with an amount and its unit, a number of times (`x 6`), a route or a frequency.
fn begins(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or_default().trim_end_matches(',');
    let unit = first.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '\u{2013}'));
    let is_measure = |word: &str| {
        let word = word.trim_end_matches(',');
        is_unit(word) || TimeUnit::of_word(word).is_some() || word.split('/').next().is_some_and(is_unit)
    };
    let is_number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    // `X` may belong to the name: factor X.
    if let Some(times) = first.strip_prefix(['x', '×']) {
        return is_number(times) || times.is_empty() && words.next().is_some_and(is_number);
    }
    match first.starts_with(|c: char| c.is_ascii_digit()) {
        true if unit.is_empty() => words.next().is_some_and(is_measure),
        true => is_measure(unit.trim_start_matches('-')),
        false => is_no_item(first),
    }
}

#[cfg(test)]
mod tests {
    use super::{name_and_dose, name_and_number};

    #[test]
    fn a_dose_begins_with_an_amount_a_route_or_a_frequency() {
        for (agent, expected) in [
            ("methotrexate 15 mg weekly", Some(("methotrexate", "15 mg weekly"))),
            ("MTX 10mg", Some(("MTX", "10mg"))),
            ("prednisone 0.5 mg/kg/d", Some(("prednisone", "0.5 mg/kg/d"))),
            ("diltiazem, 60 mg tds", Some(("diltiazem", "60 mg tds"))),
            ("warfarin daily", Some(("warfarin", "daily"))),
            ("vitamin D 1000 iu", Some(("vitamin D", "1000 iu"))),
            ("5 FU 400 mg", Some(("5 FU", "400 mg"))),
            ("IVIG x2", Some(("IVIG", "x2"))),
            ("FOLFOX x 12 cycles", Some(("FOLFOX", "x 12 cycles"))),
            ("R-CHOP ×6", Some(("R-CHOP", "×6"))),
            ("prednisone for 6 weeks", Some(("prednisone", "for 6 weeks"))),
            ("prednisone at a dose of 20 mg", Some(("prednisone", "at a dose of 20 mg"))),
            ("prednisone, up to 60 mg", Some(("prednisone", "up to 60 mg"))),
            ("nintedanib 150 bid", Some(("nintedanib", "150 bid"))),
            ("vitamin A 1000 iu", Some(("vitamin A", "1000 iu"))),
            ("vitamin B 12 daily", Some(("vitamin B 12", "daily"))),
            ("Salazopyrin EN 500 mg", Some(("Salazopyrin EN", "500 mg"))),
            ("factor X concentrate", None),
            ("xylocaine", None),
            ("MTX [10 mg]", None),
            ("interferon alpha 2b", None),
            ("surgery", None),
            ("surgery 2018", None),
            ("factor 8 concentrate", None),
            ("15 mg", None),
        ] {
            assert_eq!(name_and_dose(agent), expected, "{agent}");
        }
    }

    #[test]
    fn a_bare_number_is_a_dose_but_where_the_name_takes_one() {
        for (agent, expected) in [
            ("prednisone 20", Some(("prednisone", "20"))),
            ("MTX 15", Some(("MTX", "15"))),
            ("prednisone 20-40", Some(("prednisone", "20-40"))),
            ("prednisone max 60", Some(("prednisone", "max 60"))),
            ("vitamin B 12", None),
            ("factor 8", None),
            ("CHOP 14", None),
            ("R-CHOP 21", None),
            ("iodine 131", None),
            ("surgery 2018", None),
            ("surgery 03/2018", None),
            ("20", None),
            ("interferon alpha 2b", None),
        ] {
            assert_eq!(name_and_number(agent), expected, "{agent}");
        }
    }
}
