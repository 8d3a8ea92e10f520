//! What the renderers of tables share: how wide columns are, where lines end.

use crate::diagnostic::{display_width, sanitize};
use crate::tables::{Cell, Note, Table};
use std::borrow::Cow;

/// A space at which no line ends.
pub(super) const NO_BREAK: &str = "\u{a0}";

/// A mark of a note as raised letters; a sign, and what has no raised form, stays as it is.
pub(super) fn raised(mark: &str) -> String {
    const RAISED: &str = "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖ ʳˢᵗᵘᵛʷˣʸᶻ";
    let letter = |c: char| match u8::try_from(c) {
        Ok(letter @ b'a'..=b'z') => RAISED.chars().nth(usize::from(letter - b'a')).filter(|raised| *raised != ' '),
        _ => None,
    };
    mark.chars().map(|c| letter(c).unwrap_or(c)).collect()
}

/// A cell with the marks of its notes raised behind it.
pub(super) fn marked(cell: &Cell) -> Cow<'_, str> {
    match cell.mark.as_str() {
        "" => Cow::Borrowed(&cell.text),
        mark => Cow::Owned(format!("{}{}", cell.text, raised(mark))),
    }
}

/// The heading of each column in one line, with the marks of its notes.
pub(super) fn marked_headings(table: &Table) -> Vec<String> {
    let marks = table.header.iter().map(|heading| raised(&heading.mark));
    table.headings().into_iter().zip(marks).map(|(heading, mark)| format!("{heading}{mark}")).collect()
}

/// A note behind its mark.
pub(super) fn note(note: &Note) -> String {
    let mark = raised(&note.mark);
    if mark.is_empty() { note.text.clone() } else { format!("{mark} {}", note.text) }
}

/// A paragraph cut into lines at its spaces, after `indent`; later lines begin with `hanging`.
///
/// A no-break space holds its line together and is written as a space; a word is never cut.
pub(super) fn wrapped(paragraph: &str, indent: &str, hanging: &str, width: Option<u16>) -> String {
    // Without a width nothing is measured: the line may be as long as the paragraph.
    let is_full =
        |line: &str, word| width.is_some_and(|most| display_width(line) + 1 + display_width(word) > usize::from(most));
    let (mut text, mut line, mut is_begun) = (String::new(), indent.to_owned(), false);
    for word in sanitize(paragraph).split(' ') {
        if is_begun && is_full(&line, word) {
            text.push_str(line.trim_end());
            text.push('\n');
            line = format!("{hanging}{word}");
            continue;
        }
        if is_begun {
            line.push(' ');
        }
        line.push_str(word);
        is_begun = true;
    }
    format!("{text}{}\n", line.trim_end()).replace('\u{a0}', " ")
}

/// A cell cut into lines of at most `width` characters at its spaces; later lines begin with `hanging` spaces.
///
/// A word is cut only where it is longer than a line.
pub(super) fn folded(cell: &str, width: usize, hanging: usize) -> String {
    let hanging = NO_BREAK.repeat(hanging.min(width.saturating_sub(1)));
    let (mut lines, mut line, mut is_begun) = (Vec::new(), String::new(), false);
    for word in cell.split(' ') {
        let joined = if is_begun { format!("{line} {word}") } else { format!("{line}{word}") };
        if display_width(&joined) <= width {
            (line, is_begun) = (joined, true);
            continue;
        }
        if is_begun {
            lines.push(std::mem::replace(&mut line, hanging.clone()));
        }
        for piece in pieces(word, width.saturating_sub(display_width(&hanging)).max(1)) {
            if display_width(&line) + display_width(&piece) > width && line != hanging {
                lines.push(std::mem::replace(&mut line, hanging.clone()));
            }
            line.push_str(&piece);
        }
        is_begun = true;
    }
    lines.push(line);
    lines.join("\n")
}

/// A word in pieces of at most `width` characters.
fn pieces(word: &str, width: usize) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for character in word.chars() {
        let is_full = pieces.last().is_some_and(|piece| display_width(&format!("{piece}{character}")) > width);
        match pieces.last_mut() {
            Some(piece) if !is_full || piece.is_empty() => piece.push(character),
            _ => pieces.push(character.to_string()),
        }
    }
    pieces
}

/// The longest word of a cell; a no-break space does not end one.
pub(super) fn longest_word(cell: &str) -> usize {
    cell.split([' ', '\n']).map(display_width).max().unwrap_or(0)
}

/// Takes from the column that has most to give until all fit, or none has more than its `least`.
pub(super) fn shrink(widths: &mut [usize], least: &[usize], room: usize) {
    while widths.iter().sum::<usize>() > room {
        let can_give = widths.iter_mut().zip(least).filter(|(width, least)| **width > **least);
        match can_give.max_by_key(|(width, _)| **width) {
            Some((widest, _)) => *widest -= 1,
            None => return,
        }
    }
}

/// Gives the room to the columns whose cells would take the most lines.
pub(super) fn grow(widths: &mut [usize], natural: &[usize], room: usize) {
    let left = room.saturating_sub(widths.iter().sum());
    for _ in 0..left {
        let narrow = widths.iter_mut().zip(natural).filter(|(width, natural)| **width < **natural);
        // The ratio of two is that of their products.
        let neediest = narrow.reduce(|a, b| if b.1 * *a.0 > a.1 * *b.0 { b } else { a });
        match neediest {
            Some((width, _)) => *width += 1,
            None => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{NO_BREAK, folded, longest_word, raised, shrink, wrapped};

    #[test]
    fn the_mark_of_a_note_is_raised_where_it_has_such_a_form() {
        assert_eq!(["a", "a,z", "q", "*", "††"].map(raised), ["ᵃ", "ᵃ,ᶻ", "q", "*", "††"]);
    }

    #[test]
    fn lines_are_as_wide_as_a_terminal_shows_them() {
        assert_eq!(wrapped("膝関節 肘 hip", "", "  ", Some(10)), "膝関節 肘\n  hip\n");
        assert_eq!(wrapped("cafe\u{301} au lait", "", "", Some(7)), "cafe\u{301} au\nlait\n");
        assert_eq!(wrapped("a longer-word\u{a0}x", " ", "", Some(4)), " a\nlonger-word x\n");
        assert_eq!(wrapped("膝関節 肘 hip", "", "", None), "膝関節 肘 hip\n");
    }

    #[test]
    fn a_column_shrinks_to_its_least_and_the_widest_first() {
        let mut widths = [30, 10, 4];
        shrink(&mut widths, &[8, 8, 8], 30);
        assert_eq!(widths, [16, 10, 4]);
        shrink(&mut widths, &[8, 8, 8], 5);
        assert_eq!(widths, [8, 8, 4]);
    }

    #[test]
    fn a_cell_is_cut_at_its_spaces_and_a_word_only_where_no_line_holds_it() {
        let lines = |cell, width| folded(cell, width, 2).replace(NO_BREAK, ".");
        assert_eq!(lines("juvenile dermatomyositis", 17), "juvenile\n..dermatomyositis");
        assert_eq!(lines("\u{a0}\u{a0}a b c", 5), "..a b\n..c");
        assert_eq!(lines("abcdefghij k", 6), "abcd\n..efgh\n..ij k");
        assert_eq!(lines("x abcdefgh", 6), "x\n..abcd\n..efgh");
        assert_eq!(lines("", 3), "");
        assert_eq!(longest_word("mean (SD),\u{a0}x of"), 7);
    }
}
