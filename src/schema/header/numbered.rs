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
    let words = normalise(&parted(header)).replace('#', " ");
    let (numbers, names): (Vec<&str>, Vec<&str>) = words.split_whitespace().partition(|word| number(word).is_some());
    let name = names.join(" ");
    let (name, number) = match numbers.as_slice() {
        [one] => (name, number(one)?),
        [] => without_number(&name)?,
        [_, _, ..] => return None,
    };
    if vocabulary::LINES.contains(&name) || read_header(&name).role == Role::Treatment {
        return Some(NumberedHeader { of: NumberedThing::Treatment, name, number });
    }
    let is_beside = |word: &str| vocabulary::BESIDE_A_RESPONSE.contains(word);
    let response = name.split(' ').filter(|word| !is_beside(word)).collect::<Vec<_>>().join(" ");
    let is_response = vocabulary::SHORT_RESPONSES.contains(&response)
        || may_be_responses(&response)
        || matches!(read_header(&response).role, Role::Response | Role::Outcome);
    is_response.then_some(NumberedHeader { of: NumberedThing::Response, name, number })
}

/// True for a header that names one of several treatments by its number.
pub fn numbers_a_treatment(header: &str) -> bool {
    numbered_header(header).is_some_and(|header| header.of == NumberedThing::Treatment)
}

/// `tx1` and `zweitlinie` as a name and its number.
fn without_number(name: &str) -> Option<(String, u8)> {
    // `Zweitlinientherapie`
    let begins = |begin: &str| Some((name.strip_prefix(begin)?, vocabulary::JOINED_ORDINALS.get(begin)?));
    let compound = vocabulary::JOINED_ORDINALS.words().find_map(begins);
    if let Some((rest, number)) = compound.filter(|(rest, _)| vocabulary::LINES.contains(rest)) {
        return Some((rest.to_owned(), number));
    }
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = name.strip_prefix(stem).unwrap_or_default();
    Some((stem.trim().to_owned(), number(digits)?))
}

fn number(word: &str) -> Option<u8> {
    let in_digits = || word.parse().ok().filter(|number| *number > 0 && word.bytes().all(|byte| byte.is_ascii_digit()));
    vocabulary::ORDINALS.get(word).or_else(in_digits)
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
        ] {
            let found = numbered_header(header).map(|header| (header.of, header.number));
            assert_eq!(found, Some((NumberedThing::Response, number)), "{header}");
        }
    }
}
