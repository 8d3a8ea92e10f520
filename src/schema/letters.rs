//! Texts in lower case without accents, as words are compared.

use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A text in lower case without accents: `marz` for `März`.
pub fn unaccented(text: &str) -> Cow<'_, str> {
    // Nearly all texts have nothing but ASCII, which needs no look at the tables of Unicode.
    in_lower_case(text).unwrap_or_else(|| lower(text.nfd()).into())
}

/// The same with one form for letters that mean the same: `fi` for the ligature `ﬁ`, `2` for `²`.
pub fn unaccented_in_one_form(text: &str) -> Cow<'_, str> {
    in_lower_case(text).unwrap_or_else(|| lower(text.nfkd()).into())
}

/// A text of ASCII in lower case; `None` for any other.
fn in_lower_case(text: &str) -> Option<Cow<'_, str>> {
    let is_lower = || !text.bytes().any(|byte| byte.is_ascii_uppercase());
    text.is_ascii().then(|| if is_lower() { text.into() } else { text.to_ascii_lowercase().into() })
}

fn lower(letters: impl Iterator<Item = char>) -> String {
    letters.filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::{unaccented, unaccented_in_one_form};

    #[test]
    fn ascii_and_other_letters_are_read_alike() {
        for (text, plain, one_form) in [
            ("März", "marz", "marz"),
            ("MAR 2", "mar 2", "mar 2"),
            ("", "", ""),
            ("m²", "m²", "m2"),
            ("ﬁN", "ﬁn", "fin"),
        ] {
            assert_eq!((&*unaccented(text), &*unaccented_in_one_form(text)), (plain, one_form));
        }
    }
}
