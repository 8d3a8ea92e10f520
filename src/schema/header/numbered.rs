//! Headers of one of several treatments of a case, and of its response: `Treatment 1`, `2nd line`, `Therapie 3`,
//! `Response 2`.

use super::reading::{parted, read_header};
use super::several::may_be_responses;
use super::vocabulary::{self, normalise};
use crate::schema::Role;

/// What is numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberedThing {
    /// A treatment.
    Treatment,
    /// The response to one.
    Response,
}

/// A header of one of several columns that are told apart by numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberedHeader {
    /// What it names.
    pub of: NumberedThing,
    /// Its name in the normal form, without the number.
    pub name: String,
    /// The number, from 1.
    pub number: u8,
}

/// What a header numbers; no answer for a header that names neither a treatment nor a response by a number.
pub fn numbered_header(header: &str) -> Option<NumberedHeader> {
    let (name, number) = numbered_name(header)?;
    Some(NumberedHeader { of: thing(&name)?, name, number })
}

/// The name of a header in its normal form, and its number, where it has one.
pub fn numbered_name(header: &str) -> Option<(String, u8)> {
    let words = words_of(header);
    let parts: Vec<&str> = words.split_whitespace().flat_map(parts).collect();
    let (numbers, names): (Vec<&str>, Vec<&str>) = parts.into_iter().partition(|word| number(word).is_some());
    let [one] = numbers.as_slice() else { return None };
    Some((names.join(" "), number(one)?))
}

/// What a header names that says by a word that it came later: `Rescue therapy`, `Response to retreatment`.
pub fn later_header(header: &str) -> Option<NumberedThing> {
    let words = words_of(header);
    let mut is_later = false;
    let mut names: Vec<&str> = Vec::new();
    for word in words.split_whitespace() {
        let joined =
            vocabulary::JOINED_LATER.iter().find_map(|begin| word.strip_prefix(begin)).filter(|rest| is_line(rest));
        is_later |=
            joined.is_some() || vocabulary::LATER_LINES.contains(word) || vocabulary::TREATED_AGAIN.contains(word);
        if vocabulary::TREATED_AGAIN.contains(word) {
            names.push("therapy");
        } else if !vocabulary::LATER_LINES.contains(word) && !vocabulary::BESIDE_LATER.contains(word) {
            names.push(joined.unwrap_or(word));
        }
    }
    // A rescue medication is one for an attack.
    let is_of_attacks = words.split(' ').any(|word| vocabulary::MEDICATION_OF_ATTACKS.contains(word));
    if is_later && !is_of_attacks { thing(&names.join(" ")) } else { None }
}

/// True for a header that names one of several treatments by its number, or a later one.
pub fn numbers_a_treatment(header: &str) -> bool {
    numbered_header(header).map(|header| header.of).or_else(|| later_header(header)) == Some(NumberedThing::Treatment)
}

fn words_of(header: &str) -> String {
    normalise(&parted(header)).replace('#', " ")
}

/// The treatment or the response that words name beside a number.
fn thing(name: &str) -> Option<NumberedThing> {
    if is_line(name) {
        return Some(NumberedThing::Treatment);
    }
    let is_beside = |word: &str| vocabulary::BESIDE_A_RESPONSE.contains(word);
    let response = name.split(' ').filter(|word| !is_beside(word)).collect::<Vec<_>>().join(" ");
    let is_response = vocabulary::SHORT_RESPONSES.contains(&response)
        || may_be_responses(&response)
        || matches!(read_header(&response).role, Role::Response | Role::Outcome);
    is_response.then_some(NumberedThing::Response)
}

fn is_line(name: &str) -> bool {
    vocabulary::LINES.contains(name) || read_header(name).role == Role::Treatment
}

/// `tx1` and `zweitlinie` as a name and its number; any other word as it is.
fn parts(word: &str) -> Vec<&str> {
    // `Zweitlinientherapie`
    let begins =
        |begin: &str| word.split_at_checked(begin.len()).filter(|(start, rest)| *start == begin && is_line(rest));
    if let Some((begin, rest)) = vocabulary::JOINED_ORDINALS.words().find_map(begins) {
        return vec![rest, begin];
    }
    let stem = word.trim_end_matches(|c: char| c.is_ascii_digit());
    match word.split_at_checked(stem.len()) {
        Some((stem, digits)) if !stem.is_empty() && !digits.is_empty() && number(word).is_none() => vec![stem, digits],
        _ => vec![word],
    }
}

fn number(word: &str) -> Option<u8> {
    let in_digits = || word.parse().ok().filter(|number| *number > 0 && word.bytes().all(|byte| byte.is_ascii_digit()));
    vocabulary::ORDINALS.get(word).or_else(|| vocabulary::JOINED_ORDINALS.get(word)).or_else(in_digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_treatment_is_numbered_in_seven_languages() {
        for (header, number) in [
            ("Treatment 1", 1),
            ("treatment_2", 2),
            ("Treatment #2", 2),
            ("Tx1", 1),
            ("drug 12", 12),
            ("1st line", 1),
            ("1L therapy", 1),
            ("first_line_treatment", 1),
            ("Second-line therapy", 2),
            ("Line 3", 3),
            ("Therapie 2", 2),
            ("1. Therapie", 1),
            ("Erstlinie", 1),
            ("Zweitlinientherapie", 2),
            ("Traitement 1", 1),
            ("2ème ligne", 2),
            ("Tratamiento 2", 2),
            ("Primera línea", 1),
            ("Terapia 1", 1),
            ("2a linea", 2),
            ("1ª linha", 1),
            ("Behandeling 2", 2),
            ("Treatment III", 3),
            ("Primary treatment", 1),
            ("Secondary treatment", 2),
            ("Ersttherapie", 1),
            ("Zweitbehandlung", 2),
        ] {
            let found = numbered_header(header).map(|header| (header.of, header.number));
            assert_eq!(found, Some((NumberedThing::Treatment, number)), "{header}");
        }
        for header in ["Treatment", "line", "age 1", "first visit", "dose 2", "1", "", "treatment duration 1", "line 0"]
        {
            assert_eq!(numbered_header(header), None, "{header}");
        }
    }

    #[test]
    fn a_response_is_numbered_as_its_line() {
        for (header, number) in [
            ("Response 1", 1),
            ("response_2", 2),
            ("resp 1", 1),
            ("Response to line 2", 2),
            ("1st line response", 1),
            ("Best response 3", 3),
            ("Ansprechen 1", 1),
            ("Réponse 2", 2),
            ("Respuesta_1", 1),
            ("Risposta 1", 1),
            ("Resposta 2", 2),
            ("Outcome 1", 1),
            ("Result 2", 2),
            ("Ansprechen Zweitlinie", 2),
            ("Response II", 2),
            ("Second response", 2),
            ("Response to 2nd drug", 2),
        ] {
            let found = numbered_header(header).map(|header| (header.of, header.number));
            assert_eq!(found, Some((NumberedThing::Response, number)), "{header}");
        }
    }

    #[test]
    fn a_later_treatment_and_its_response_are_known_by_words() {
        for header in [
            "Rescue therapy",
            "Salvage treatment",
            "Next therapy",
            "Subsequent treatment",
            "Treatment after relapse",
            "Retreatment",
            "Rezidivtherapie",
            "Traitement de rattrapage",
            "Tratamiento de rescate",
            "Terapia di salvataggio",
        ] {
            assert_eq!(later_header(header), Some(NumberedThing::Treatment), "{header}");
        }
        for header in [
            "Response to rescue",
            "Salvage response",
            "Next response",
            "Response after relapse",
            "Response to retreatment",
            "Response after switch",
            "Réponse au rattrapage",
        ] {
            assert_eq!(later_header(header), Some(NumberedThing::Response), "{header}");
        }
        for header in
            ["Relapse", "Rescue", "Time to next treatment", "Rescue medication", "Next visit", "Treatment", ""]
        {
            assert_eq!(later_header(header), None, "{header}");
        }
    }
}
