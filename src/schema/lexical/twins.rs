//! Letters of other scripts that look like Latin ones: the `о` of `nо` may be Cyrillic.

use std::borrow::Cow;

/// Cyrillic and Greek letters, each before its Latin twin.
const TWINS: [(char, char); 34] = [
    ('а', 'a'),
    ('е', 'e'),
    ('о', 'o'),
    ('р', 'p'),
    ('с', 'c'),
    ('у', 'y'),
    ('х', 'x'),
    ('і', 'i'),
    ('ј', 'j'),
    ('ѕ', 's'),
    ('А', 'A'),
    ('В', 'B'),
    ('Е', 'E'),
    ('К', 'K'),
    ('М', 'M'),
    ('Н', 'H'),
    ('О', 'O'),
    ('Р', 'P'),
    ('С', 'C'),
    ('Т', 'T'),
    ('Х', 'X'),
    ('І', 'I'),
    ('Α', 'A'),
    ('Β', 'B'),
    ('Ε', 'E'),
    ('Η', 'H'),
    ('Ι', 'I'),
    ('Κ', 'K'),
    ('Μ', 'M'),
    ('Ν', 'N'),
    ('Ο', 'O'),
    ('Ρ', 'P'),
    ('Τ', 'T'),
    ('ο', 'o'),
];

/// A text of Latin letters without their twins; a word of another script stays as it is.
pub fn without_twins(text: &str) -> Cow<'_, str> {
    let twin = |c: char| TWINS.iter().find(|(other, _)| *other == c).map(|(_, latin)| *latin);
    let is_mixed = !text.is_ascii() && text.contains(|c: char| c.is_ascii_alphabetic());
    match is_mixed && text.contains(|c| twin(c).is_some()) {
        true => Cow::Owned(text.chars().map(|c| twin(c).unwrap_or(c)).collect()),
        false => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::without_twins;

    #[test]
    fn only_mixed_words_change() {
        assert_eq!(without_twins("n\u{43E}"), "no");
        assert_eq!(without_twins("\u{43D}\u{435}\u{442}"), "\u{43D}\u{435}\u{442}");
        assert_eq!(without_twins("no"), "no");
    }
}
