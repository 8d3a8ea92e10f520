//! Words of doubt in an answer, in seven languages.

use super::letters::unaccented;

/// The words of `doubt.toml`.
mod vocabulary {
    use crate::vocabulary::Words;
    include!(concat!(env!("OUT_DIR"), "/doubt.rs"));
}

/// True for a word that answers neither yes nor no: `maybe`, `fraglich`.
pub fn is_unsure(text: &str) -> bool {
    vocabulary::UNSURE.contains(&unaccented(text.trim()))
}

/// True for a word of doubt, whether it leans to one side or not: `maybe`, `probable`, `vermutlich`.
pub fn is_doubt(text: &str) -> bool {
    let plain = unaccented(text.trim());
    vocabulary::UNSURE.contains(&plain) || vocabulary::LEANING.contains(&plain)
}

#[cfg(test)]
mod tests {
    use super::{is_doubt, is_unsure, unaccented, vocabulary};

    #[test]
    fn every_word_is_in_its_form() {
        for word in vocabulary::UNSURE.iter().chain(vocabulary::LEANING.iter()) {
            assert_eq!(unaccented(word), word, "{word} can never match");
        }
    }

    #[test]
    fn doubt_is_told_from_an_answer() {
        for word in ["maybe", "Fraglich", "peut-être", "quizás"] {
            assert!(is_unsure(word) && is_doubt(word), "{word}");
        }
        for word in ["possible", "Möglich", "probable", "vermutlich", "V.a.", "sospechoso", "waarschijnlijk"] {
            assert!(!is_unsure(word) && is_doubt(word), "{word}");
        }
        for word in ["yes", "no", "positive", "stable", ""] {
            assert!(!is_doubt(word), "{word}");
        }
    }
}
