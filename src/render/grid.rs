//! What the renderers of tables share: how deep a row stands, how wide its columns are.

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

/// The number of characters of a text.
pub(super) fn length(text: &str) -> usize {
    text.chars().count()
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
    use super::{label, shrink};
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
    fn the_widest_column_shrinks_first_and_none_below_the_least() {
        let mut widths = [30, 10, 4];
        shrink(&mut widths, 30);
        assert_eq!(widths, [16, 10, 4]);
        shrink(&mut widths, 5);
        assert_eq!(widths, [8, 8, 4]);
    }
}
