//! Headers of responses in words: a word for a response, and words for which one it is, how it was judged or to what.

use super::vocabulary;

/// Answers that a header offers: `Response (Y/N)`.
const ANSWERS: [[&str; 2]; 5] = [["y", "n"], ["yes", "no"], ["ja", "nein"], ["oui", "non"], ["j", "n"]];

/// True for a name of which one word is a response and every other one says which: `best response recist 1 1`, `response to
/// rescue`, `bestes ansprechen`; not `response rate`, `time to response`, `motor response`.
pub(super) fn names_a_response(words: &str) -> bool {
    let has = |wanted: &str| words.split(' ').any(|word| word == wanted);
    let has_codes = has("cr") && has("pr");
    // `No response` asks for the contrary.
    let answers = ANSWERS.into_iter().find(|answers| answers.iter().all(|answer| has(answer)));
    let is_beside = |word: &str| {
        let stem = word.trim_end_matches(|c: char| c.is_ascii_digit());
        stem.is_empty()
            || vocabulary::BESIDE_RESPONSES.contains(stem)
            || vocabulary::BESIDE_RESPONSES.contains(word)
            || answers.is_some_and(|answers| answers.contains(&word))
            || has_codes && vocabulary::RESPONSE_CODES.contains(word)
    };
    let (responses, others): (Vec<&str>, Vec<&str>) = words.split(' ').partition(|word| is_response(word));
    responses.len() == 1 && others.into_iter().all(is_beside)
}

/// True for a name that may be of responses, by words that are not all known: `response to colchicine`, `effect of mtx`,
/// `cutaneous response`.
pub(super) fn may_name_a_response(words: &str) -> bool {
    let is_of_another = |word: &str| vocabulary::NO_RESPONSES.contains(word);
    let (first, rest) = words.split_once(' ').unwrap_or((words, ""));
    let is_effect = || {
        let leads = rest.split(' ').next().is_some_and(|word| vocabulary::LEADS_TO_TREATMENT.contains(word));
        leads && vocabulary::MAYBE_RESPONSES.contains(first)
    };
    (words.split(' ').any(is_response) || is_effect()) && !words.split(' ').any(is_of_another)
}

/// `response`, and `response2`.
fn is_response(word: &str) -> bool {
    vocabulary::RESPONSES.contains(word.trim_end_matches(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Role;
    use crate::schema::header::{may_be_responses, normalise, read_header};

    #[test]
    fn a_response_with_more_words_is_one() {
        for header in [
            "Best response (RECIST 1.1)",
            "Response (IMWG)",
            "Response (CR/PR/SD/PD)",
            "Response, RECIST",
            "Response (Y/N)",
            "Ansprechen (RECIST 1.1)",
            "EULAR response",
            "ACR20 response",
            "Objective response",
            "Tx response",
            "Response to Rx",
            "Response to steroids",
            "Response 1st line",
            "Initial response",
            "Best resp.",
            "Resp",
            "BOR",
            "Bestes Ansprechen",
            "Meilleure réponse",
            "Mejor respuesta",
            "Migliore risposta",
            "Response 2",
            "Response_2",
            "Response2",
            "Response II",
            "Response b",
            "Response (2nd)",
            "Second response",
            "Final response",
            "Later response",
            "Response to second line",
            "Response to 2nd drug",
            "Response after rescue",
            "Ansprechen 2",
            "Réponse 2",
            "Respuesta 2",
        ] {
            assert_eq!(read_header(header).role, Role::Response, "{header}");
        }
    }

    #[test]
    fn another_response_is_none() {
        for header in [
            "Response rate",
            "Time to response",
            "Duration of response",
            "Response date",
            "Motor response",
            "Immune response",
            "Antibody response",
            "Complete response",
            "No response",
            "Response assessed by",
            "Responsible surgeon",
            "Response time",
        ] {
            assert_ne!(read_header(header).role, Role::Response, "{header}");
            assert!(!may_be_responses(header), "{header}");
        }
        for header in ["Response to colchicine", "Effect of treatment", "Cutaneous response"] {
            assert!(may_be_responses(header), "{header}");
        }
    }

    #[test]
    fn every_word_is_in_its_normal_form() {
        let all = [
            &vocabulary::RESPONSES,
            &vocabulary::BESIDE_RESPONSES,
            &vocabulary::RESPONSE_CODES,
            &vocabulary::NO_RESPONSES,
        ];
        for word in all.into_iter().chain([&vocabulary::LEADS_TO_TREATMENT]).flat_map(|words| words.iter()) {
            assert_eq!(normalise(word), word, "{word} can never match");
        }
    }
}
