//! Titles of persons: the word behind `Mrs` or `Dr` is a name.
//!
//! The titles are data (`titles.toml`).

/// The words of `titles.toml`.
mod vocabulary {
    use crate::vocabulary::Words;
    include!(concat!(env!("OUT_DIR"), "/titles.rs"));
}

/// True for a text in which a title stands before a capitalised word: `CRP Dr Miller, mg/L`, `Mrs M. score`.
pub fn names_a_person(text: &str) -> bool {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_title = |word: &str| vocabulary::TITLES.contains(word) || vocabulary::CAPITALS.contains(word);
    let is_name =
        |pair: &[&str]| matches!(pair, [title, name] if is_title(title) && name.starts_with(char::is_uppercase));
    words.windows(2).any(is_name)
}

#[cfg(test)]
mod tests {
    use super::names_a_person;

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
