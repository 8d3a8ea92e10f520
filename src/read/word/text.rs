//! A text that remembers which bytes of which element each of its characters comes from.

use std::ops::Range;

/// An element that holds text, such as `w:t`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextElement {
    /// The number of its part.
    pub part: usize,
    /// Where the end `>` of its tag stands, in bytes of the part.
    pub tag_end: usize,
    /// Its content, in bytes of the part.
    pub content: Range<usize>,
    /// True where its tag does not say that spaces at its ends are kept.
    pub trims: bool,
}

/// Where a part of a text stands: the number of its element, and the bytes in the part of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextOrigin {
    /// The number of the element.
    pub element: usize,
    /// In bytes of the part of the document.
    pub at: Range<usize>,
}

/// A character of a paragraph; none of the document's bytes stand for a tab or a line break.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordChar {
    /// The character.
    pub c: char,
    /// Where it stands.
    pub origin: Option<TextOrigin>,
}

/// A text with the origin of its characters.
#[derive(Debug, Clone, Default)]
pub struct WordText {
    text: String,
    spots: Vec<Spot>,
}

/// Some characters of a text and their origin.
#[derive(Debug, Clone)]
struct Spot {
    text: Range<usize>,
    origin: TextOrigin,
    /// True where the bytes of both are the same.
    is_same: bool,
}

impl WordText {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Appends a paragraph as a line; where the line is in the text, without its end.
    ///
    /// Between double braces and outside the brackets of a level, quotes and spaces that Word set in place of the typed
    /// ones are those of a keyboard.
    pub fn push_paragraph(&mut self, paragraph: Vec<WordChar>) -> Range<usize> {
        let start = self.text.len();
        let (mut is_inside, mut is_level) = (false, false);
        let mut before = ' ';
        for WordChar { c, origin } in paragraph {
            match c {
                '{' if before == '{' => (is_inside, is_level) = (true, false),
                '}' if before == '}' && !is_level => is_inside = false,
                '[' => is_level = true,
                ']' => is_level = false,
                _ => {}
            }
            before = c;
            self.push(if is_inside && !is_level { typed(c) } else { c }, c.len_utf8(), origin);
        }
        self.text.push('\n');
        start..self.text.len().saturating_sub(1)
    }

    /// Appends a character that takes `bytes` bytes where nothing is escaped.
    fn push(&mut self, c: char, bytes: usize, origin: Option<TextOrigin>) {
        let start = self.text.len();
        self.text.push(c);
        let Some(origin) = origin else { return };
        let is_same = origin.at.len() == bytes && c.len_utf8() == bytes;
        if let Some(last) = self.spots.last_mut().filter(|last| is_same && last.is_same)
            && (last.origin.element, last.origin.at.end, last.text.end) == (origin.element, origin.at.start, start)
        {
            last.origin.at.end = origin.at.end;
            last.text.end = self.text.len();
            return;
        }
        self.spots.push(Spot { text: start..self.text.len(), origin, is_same });
    }

    /// Where a part of the text stands, in the order of the text.
    pub fn origins(&self, part: Range<usize>) -> Vec<TextOrigin> {
        let first = self.spots.partition_point(|spot| spot.text.end <= part.start);
        let spots = self.spots.iter().skip(first).take_while(|spot| spot.text.start < part.end);
        spots.map(|spot| spot.within(&part)).collect()
    }
}

impl Spot {
    /// The origin of the characters that are in a part of the text.
    fn within(&self, part: &Range<usize>) -> TextOrigin {
        if !self.is_same {
            return self.origin.clone();
        }
        let cut_before = part.start.saturating_sub(self.text.start);
        let cut_behind = self.text.end.saturating_sub(part.end);
        let TextOrigin { element, at } = &self.origin;
        TextOrigin { element: *element, at: at.start.saturating_add(cut_before)..at.end.saturating_sub(cut_behind) }
    }
}

/// What was typed where Word set another character in its place.
fn typed(c: char) -> char {
    match c {
        '\u{2018}'..='\u{201b}' => '\'',
        '\u{201c}'..='\u{201f}' => '"',
        '\u{a0}' | '\u{202f}' => ' ',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chars(text: &str, start: usize, element: usize) -> Vec<WordChar> {
        let mut end = start;
        let one = |c: char| {
            let start = end;
            end = start.saturating_add(c.len_utf8());
            WordChar { c, origin: Some(TextOrigin { element, at: start..end }) }
        };
        text.chars().map(one).collect()
    }

    #[test]
    fn a_part_of_the_text_is_found_in_all_its_elements() {
        let mut text = WordText::default();
        text.push_paragraph([chars("é{{ a", 10, 0), chars("ge }} x", 90, 1)].concat());
        assert_eq!(text.as_str(), "é{{ age }} x\n");
        let braces = 2..11;
        assert_eq!(&text.as_str()[braces.clone()], "{{ age }}");
        assert_eq!(
            text.origins(braces),
            [TextOrigin { element: 0, at: 12..16 }, TextOrigin { element: 1, at: 90..95 }]
        );
        assert_eq!(text.origins(0..2), [TextOrigin { element: 0, at: 10..12 }]);
    }

    #[test]
    fn only_in_a_placeholder_quotes_are_those_of_a_keyboard() {
        let mut text = WordText::default();
        let line = "‘a’ {{ s[‘x’].n | where\u{a0}b = ‘c’ }} “d”";
        text.push_paragraph(chars(line, 0, 0));
        assert_eq!(text.as_str(), "‘a’ {{ s[‘x’].n | where b = 'c' }} “d”\n");
        let quoted = text.as_str().find("'c'").unwrap();
        let at = line.find("‘c").unwrap();
        let origins = text.origins(quoted..quoted.saturating_add(1));
        assert_eq!(origins, [TextOrigin { element: 0, at: at..at.saturating_add(3) }]);
    }
}
