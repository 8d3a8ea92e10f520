//! Words in the form in which they are compared.

use crate::schema::letters::unaccented;

/// Words that say nothing about what a number refers to.
const EMPTY: [&str; 40] = [
    "a", "an", "the", "of", "in", "on", "at", "to", "for", "from", "by", "with", "and", "or", "was", "were", "is",
    "are", "be", "been", "had", "has", "have", "it", "its", "this", "that", "these", "those", "our", "their", "them",
    "as", "only", "all", "which", "who", "patient", "case", "then",
];

/// The words of a text, without the empty ones.
pub(super) fn words(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.map(stem).filter(|word| !is_empty(word)).collect()
}

fn is_empty(word: &str) -> bool {
    EMPTY.contains(&word) || word.chars().all(|c| c.is_ascii_digit())
}

/// A word in small letters, without accents and without the ending of a plural.
fn stem(word: &str) -> String {
    let lower = unaccented(word).to_lowercase();
    let is_plural =
        lower.len() > 3 && lower.ends_with('s') && !["ss", "is", "us"].iter().any(|end| lower.ends_with(end));
    match lower.strip_suffix('s').filter(|_| is_plural) {
        Some(singular) => match singular.strip_suffix("ie") {
            Some(root) if root.len() > 2 => format!("{root}y"),
            _ => singular.to_owned(),
        },
        None => lower,
    }
}

/// True for long words of which one is the other with one letter more, less or changed.
pub(super) fn are_alike(one: &str, other: &str) -> bool {
    const LONG: usize = 8;
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let (short, long) = if one.len() <= other.len() { (&one, &other) } else { (&other, &one) };
    if short.len() < LONG || long.len().saturating_sub(short.len()) > 1 {
        return false;
    }
    let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let rest = |word: &[char], skipped: usize| word.get(same.saturating_add(skipped)..).unwrap_or_default().to_vec();
    rest(short, usize::from(short.len() == long.len())) == rest(long, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_without_plural_accents_and_capitals() {
        assert_eq!(words("The Biopsies of giant-cell reactions, N°2"), ["biopsy", "giant", "cell", "reaction", "n"]);
        assert_eq!(words("histologies calcinosis mass"), ["histology", "calcinosis", "mass"]);
        assert!(are_alike("biphosphonate", "bisphosphonate") && are_alike("calcifing", "calcifyng"));
        assert!(!are_alike("improved", "improve!x") && !are_alike("male", "mala"));
        assert!(are_alike("calcinosis", "calcinosis"));
    }
}
