//! The one place where text from a file is made fit for a terminal.

use std::borrow::Cow;

/// Replaces what could steer a terminal or reorder a line by `\u{..}` escapes.
///
/// Escaped: C0 controls, DEL, C1 controls, bidirectional and invisible format characters,
/// line and paragraph separators. All other text is returned as it is.
pub fn sanitize(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\n' => clean.push_str("\\n"),
            '\r' => clean.push_str("\\r"),
            '\t' => clean.push_str("\\t"),
            c if is_unsafe(c) => clean.extend(c.escape_unicode()),
            c => clean.push(c),
        }
    }
    Cow::Owned(clean)
}

/// A word of a command line, in single quotes where a shell would not take it for one plain word.
pub fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | ':' | '%' | '+' | '=');
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

/// True for a character that could steer a terminal or reorder a line.
pub fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
}

#[cfg(test)]
mod tests {
    use super::{quoted, sanitize};

    #[test]
    fn a_quoted_word_is_one_word() {
        assert_eq!(quoted("age_y"), "age_y");
        assert_eq!(quoted("patient's age (y)"), "'patient'\\''s age (y)'");
    }

    #[test]
    fn controls_and_bidi_marks_are_escaped_and_letters_are_kept() {
        assert_eq!(sanitize("é 日本 <5"), "é 日本 <5");
        assert_eq!(sanitize("a\u{1b}[31mb"), "a\\u{1b}[31mb");
        assert_eq!(sanitize("\u{202e}x\u{9b}\u{7f}\n"), "\\u{202e}x\\u{9b}\\u{7f}\\n");
    }
}
