//! What the renderers of tables share: how deep a row stands, how wide its columns are.

use crate::diagnostic::{display_width, sanitize};
use crate::tables::{Depth, Row};

/// No column becomes narrower than this.
const NARROWEST: usize = 8;

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

/// Takes from the widest column until all fit.
pub(super) fn shrink(widths: &mut [usize], room: usize) {
    while widths.iter().sum::<usize>() > room {
        match widths.iter_mut().filter(|width| **width > NARROWEST).max() {
            Some(widest) => *widest -= 1,
            None => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{label, shrink, wrapped};
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
    fn the_widest_column_shrinks_first_and_none_below_the_least() {
        let mut widths = [30, 10, 4];
        shrink(&mut widths, 30);
        assert_eq!(widths, [16, 10, 4]);
        shrink(&mut widths, 5);
        assert_eq!(widths, [8, 8, 4]);
    }
}
