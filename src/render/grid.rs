//! What the renderers of tables share: how deep a row stands, how wide its columns are.

use crate::diagnostic::{display_width, sanitize};
use crate::tables::{Depth, Row};

/// A space at which no line ends.
pub(super) const NO_BREAK: &str = "\u{a0}";

/// How deep a row stands, 0 for a variable, and its first cell without the spaces that say so.
///
/// A row below a level, such as one of its combinations, begins with no-break spaces.
pub(super) fn label(row: &Row) -> (usize, &str) {
    let first = row.cells.first().map_or("", String::as_str);
    let text = first.trim_start_matches('\u{a0}');
    (usize::from(row.depth == Depth::Level) + usize::from(text.len() < first.len()), text)
}

/// The cells of a row behind its first.
pub(super) fn values(row: &Row) -> impl Iterator<Item = &str> {
    row.cells.iter().skip(1).map(String::as_str)
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

#[cfg(test)]
mod tests {
    use super::{NO_BREAK, folded, label, longest_word, shrink, wrapped};
    use crate::tables::{Depth, Row};

    #[test]
    fn depth_is_that_of_the_row_and_of_the_spaces_before_its_text() {
        let row = |depth, cell: &str| Row { depth, cells: vec![cell.to_owned()] };
        assert_eq!(label(&row(Depth::Variable, "Age")), (0, "Age"));
        assert_eq!(label(&row(Depth::Level, "mean")), (1, "mean"));
        assert_eq!(label(&row(Depth::Level, "\u{a0}\u{a0}knee + hip")), (2, "knee + hip"));
        assert_eq!(label(&Row { depth: Depth::Level, cells: Vec::new() }), (1, ""));
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
