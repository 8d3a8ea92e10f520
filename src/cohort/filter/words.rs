//! Tests of a word: one of a list, or a match of a pattern.

/// A test of a word.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum WordTest {
    /// One of these words.
    OneOf(Vec<String>),
    /// A match of this LIKE pattern.
    Like(String),
}

impl WordTest {
    pub fn holds(&self, word: &str) -> bool {
        match self {
            WordTest::OneOf(words) => words.iter().any(|one| one == word),
            WordTest::Like(pattern) => is_like(word, pattern),
        }
    }
}

/// True if a text matches a LIKE pattern: `%` is any number of characters, `_` is one.
fn is_like(text: &str, pattern: &str) -> bool {
    let (mut wanted, mut rest) = (pattern.chars(), text.chars());
    // The pattern after the last %, and where its next match is tried.
    let mut last = None;
    loop {
        let here = rest.clone();
        match (wanted.next(), rest.next()) {
            (Some('%'), _) => {
                last = Some((wanted.clone(), here.clone()));
                rest = here;
            }
            (None, None) => return true,
            (Some(_), None) => return false,
            (Some('_'), Some(_)) => {}
            (Some(one), Some(other)) if one == other => {}
            _ => {
                let Some((behind, from)) = &mut last else { return false };
                from.next();
                (wanted, rest) = (behind.clone(), from.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_like;
    use proptest::prelude::*;

    /// By the definition, in exponential time.
    fn defined(text: &[char], pattern: &[char]) -> bool {
        match pattern {
            [] => text.is_empty(),
            ['%', rest @ ..] => (0..=text.len()).any(|skip| defined(&text[skip..], rest)),
            ['_', rest @ ..] => !text.is_empty() && defined(&text[1..], rest),
            [c, rest @ ..] => text.first() == Some(c) && defined(&text[1..], rest),
        }
    }

    proptest! {
        #[test]
        fn like_matches_its_definition(text in "[abé]{0,8}", pattern in "[abé%_]{0,6}") {
            let chars = |text: &str| text.chars().collect::<Vec<_>>();
            prop_assert_eq!(is_like(&text, &pattern), defined(&chars(&text), &chars(&pattern)));
        }
    }
}
