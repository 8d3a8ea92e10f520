//! Titles and given names of persons: the word behind `Mrs`, `Dr` or `Anna` is a name.
//!
//! The words are data (`titles.toml`).

/// The words of `titles.toml`.
mod vocabulary {
    use crate::vocabulary::Words;
    include!(concat!(env!("OUT_DIR"), "/titles.rs"));
}

/// True for a text in which a title or a given name stands before a capitalised word: `CRP Dr Miller, mg/L`,
/// `Mrs M. score`, `seen by Anna Schmidt`.
pub fn names_a_person(text: &str) -> bool {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.windows(2).any(|pair| {
        let [first, name] = pair else { return false };
        let is_title = vocabulary::TITLES.contains(first) || vocabulary::CAPITALS.contains(first);
        let is_name = name.starts_with(char::is_uppercase);
        is_name && (is_title || (vocabulary::GIVEN_NAMES.contains(first) && is_family_name(name)))
    })
}

/// True for a word that is not an abbreviation: `Paul CRP` names nobody else.
fn is_family_name(word: &str) -> bool {
    word.chars().skip(1).any(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::names_a_person;

    #[test]
    fn a_family_name_stands_behind_a_given_name() {
        for text in ["Jane Doe", "seen by Anna Schmidt", "score_Hélène_Dubois", "CRP (Juan Pérez)"] {
            assert!(names_a_person(text), "{text}");
        }
        for text in ["Charles Bonnet", "Charcot Marie Tooth", "Rose Bengal", "Vera", "St Thomas", "Martin CRP", "anna"]
        {
            assert!(!names_a_person(text), "{text}");
        }
    }

    #[test]
    fn a_name_stands_behind_a_title() {
        for text in ["centre_Dr_Z", "CRP Dr. Miller, mg/L", "Mrs M score", "Frau K", "DR MILLER", "seen by Prof X"] {
            assert!(names_a_person(text), "{text}");
        }
        for text in ["MS Lesions", "MR Imaging", "dr notes", "Dr visits", "Sr", "treated by a doctor", "CRP, mg/L"] {
            assert!(!names_a_person(text), "{text}");
        }
    }
}
