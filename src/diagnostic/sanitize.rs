//! The one place where text from a file is made fit for a terminal, and measured as one shows it.

use std::borrow::Cow;
use unicode_width::UnicodeWidthStr;

/// Replaces what could steer a terminal or reorder a line by `\u{..}` escapes.
///
/// Escaped: C0 controls, DEL, C1 controls, bidirectional and invisible format characters,
/// line and paragraph separators. All other text is returned as it is.
pub fn sanitize(text: &str) -> Cow<'_, str> {
    // Nearly every text is printable ASCII, which is looked at many bytes at a time.
    if is_printable_ascii(text) || !text.chars().any(is_unsafe) {
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

/// True where a text is printed so: a printed key is looked up by it.
pub fn is_printed_as(text: &str, printed: &str) -> bool {
    sanitize(text) == printed
}

/// Characters of a cell that a message shows.
pub const SHOWN: usize = 200;

/// The first characters of a cell or a name, with `…` behind them where there are more.
pub fn shortened(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => Cow::Owned(format!("{}…", text.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(text),
    }
}

/// A sentence with cells in it: no word is longer than what is shown of a cell, and all of it has an end.
pub fn bounded(text: &str) -> Cow<'_, str> {
    /// As many as a long sentence with some names of columns has.
    const MOST: usize = 10 * SHOWN;
    if text.len() <= SHOWN {
        return Cow::Borrowed(text);
    }
    let words: String = text.split_inclusive(char::is_whitespace).map(shortened).collect();
    match words.char_indices().nth(MOST) {
        Some((end, _)) => Cow::Owned(format!("{}…", words.get(..end).unwrap_or_default())),
        None => Cow::Owned(words),
    }
}

/// Columns that a text takes on a terminal: a letter of East Asia takes two, a combining mark none.
pub fn display_width(text: &str) -> usize {
    if is_printable_ascii(text) { text.len() } else { text.width() }
}

/// True for a text of printable ASCII alone, which is shown as it is, a column a byte.
pub fn is_printable_ascii(text: &str) -> bool {
    text.bytes().fold(true, |is_printable, byte| is_printable & matches!(byte, b' '..=b'~'))
}

/// The first names of many, joined by commas, and how many more there are: `P1, P2 and 40 more`.
pub fn first_names(names: &[impl AsRef<str>], all: u64) -> String {
    let list = names.iter().map(|name| shortened(name.as_ref())).collect::<Vec<_>>().join(", ");
    match all.saturating_sub(names.len() as u64) {
        0 => list,
        more => format!("{list} and {more} more"),
    }
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
    use super::{SHOWN, bounded, display_width, first_names, quoted, sanitize, shortened};

    #[test]
    fn wide_letters_take_two_columns_and_combining_marks_none() {
        assert_eq!(["knee", "膝関節", "e\u{301}", ""].map(display_width), [4, 6, 1, 0]);
    }

    #[test]
    fn further_names_are_counted() {
        assert_eq!(first_names(&["P1", "P2"], 2), "P1, P2");
        assert_eq!(first_names(&["P1", "P2"], 42), "P1, P2 and 40 more");
    }

    #[test]
    fn a_quoted_word_is_one_word() {
        assert_eq!(quoted("age_y"), "age_y");
        assert_eq!(quoted("patient's age (y)"), "'patient'\\''s age (y)'");
    }

    #[test]
    fn long_cells_and_sentences_are_cut_and_short_ones_are_kept() {
        let long = "é".repeat(5000);
        assert_eq!((shortened("ab"), shortened(&long).chars().count()), ("ab".into(), SHOWN + 1));
        assert_eq!(bounded("a short sentence"), "a short sentence");
        let sentence = "a sentence of words ".repeat(12);
        assert_eq!(bounded(&sentence), sentence);
        assert_eq!(
            bounded(&format!("'{long}' is not a number")).chars().count(),
            SHOWN + 1 + " is not a number".len() - 1
        );
        assert_eq!(bounded(&sentence.repeat(50)).chars().count(), 10 * SHOWN + 1);
    }

    #[test]
    fn controls_and_bidi_marks_are_escaped_and_letters_are_kept() {
        assert_eq!(sanitize("é 日本 <5"), "é 日本 <5");
        assert_eq!(sanitize("a\u{1b}[31mb"), "a\\u{1b}[31mb");
        assert_eq!(sanitize("\u{202e}x\u{9b}\u{7f}\n"), "\\u{202e}x\\u{9b}\\u{7f}\\n");
    }
}
