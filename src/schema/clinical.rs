//! Words of medicine that name nobody: agents, parts of the body, diseases, and what goes with them.

use super::header::{holds_several, normalise};
use super::role::Role;

/// The words of `clinical.toml`.
mod vocabulary {
    use crate::vocabulary::Words;
    include!(concat!(env!("OUT_DIR"), "/clinical.rs"));
}

/// True for a text of a column with this role of which every word is one of medicine, but for one digit: `diabetes
/// type 2`. Longer numbers, and several, may be a date, an age or the number of a record.
///
/// A hand is no person in a column of sites, nor below a `name` such as `Symptoms`, and may be one where nobody knows what
/// the column is.
pub fn is_clinical(text: &str, role: Role, name: &str) -> bool {
    let words = normalise(text);
    let is_digit = |word: &str| word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_digit());
    let is_known = |word: &str| {
        is_digit(word)
            || [vocabulary::AGENTS, vocabulary::SITES, vocabulary::DISEASES, vocabulary::DESCRIPTORS]
                .iter()
                .any(|words| words.contains(word))
    };
    let words: Vec<&str> = words.split([' ', '+']).filter(|word| !word.is_empty()).collect();
    let digits = words.iter().filter(|word| is_digit(word)).count();
    (is_of_medicine(role) || role == Role::Other && holds_several(name))
        && digits < words.len().min(2)
        && words.iter().all(|word| is_known(word))
}

/// True for the generic name of an agent.
pub fn is_agent(name: &str) -> bool {
    vocabulary::AGENTS.contains(&normalise(name))
}

/// True for a role whose words are those of medicine.
fn is_of_medicine(role: Role) -> bool {
    match role {
        Role::Age
        | Role::Etiology
        | Role::Site
        | Role::Lab
        | Role::Treatment
        | Role::Response
        | Role::Outcome
        | Role::FollowUp => true,
        Role::CaseId | Role::Sex | Role::DirectIdentifier | Role::Other => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_known_where_each_of_its_words_is() {
        for text in [
            "colchicine",
            "zinc cream",
            "Juvenile Dermatomyositis",
            "left upper arm",
            "diabetes type 2",
            "h\u{e9}patitis",
            "rash, diffuse",
            "corticosteroid + methotrexate",
        ] {
            assert!(is_clinical(text, Role::Treatment, "x"), "{text}");
        }
        for text in [
            "Dr Miller's cream",
            "Miller cream",
            "Wilson disease",
            "",
            "+",
            "123",
            "hand of Miller",
            "knee 1951",
            "12 03 51",
            "4-1-1-9",
            "hand 12 03 51",
            "died aged 94",
        ] {
            assert!(!is_clinical(text, Role::Treatment, "x"), "{text}");
        }
    }

    #[test]
    fn the_column_says_whether_a_word_is_one_of_medicine() {
        for role in Role::ALL {
            assert_eq!(is_clinical("hand", role, "x"), is_of_medicine(role), "{role}");
        }
    }

    #[test]
    fn a_header_of_symptoms_says_so_as_well() {
        let texts = ["Symptoms", "Comorbidities", "Komplikationen"];
        assert!(texts.into_iter().all(|name| is_clinical("fever", Role::Other, name)));
        assert!(
            !is_clinical("fever", Role::Other, "remark") && !is_clinical("fever", Role::DirectIdentifier, "Symptoms")
        );
    }

    #[test]
    fn no_word_is_there_that_is_a_name_as_well() {
        for word in ["wilson", "graves", "miller", "young", "may", "rose"] {
            assert!(!is_clinical(word, Role::Etiology, "x"), "{word}");
        }
    }
}
