//! Cells of several items that nothing has split: how many there are, and the first of them.

use crate::diagnostic::SourceLocation;
use crate::schema::items::Separators;

/// Most cells of several items that are shown.
const SHOWN: usize = 3;

/// Cells that hold several items which nothing has split.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unsplit {
    /// What separates their items.
    pub separators: Separators,
    /// How many they are.
    pub cells: u64,
    /// The first of them with different texts.
    pub first: Vec<(SourceLocation, String)>,
}

impl Unsplit {
    /// Adds other cells; in whatever order they are added, the first ones are the same.
    pub fn merge(&mut self, theirs: Unsplit) {
        self.separators = self.separators.with(theirs.separators);
        self.cells = self.cells.saturating_add(theirs.cells);
        for (place, text) in theirs.first {
            match self.first.iter_mut().find(|(_, known)| *known == text) {
                Some((known, _)) if known.order() <= place.order() => {}
                Some((known, _)) => *known = place,
                None => self.first.push((place, text)),
            }
        }
        self.first.sort_by_key(|(place, _)| place.order());
        self.first.truncate(SHOWN);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::items::Separator;

    #[test]
    fn the_first_cells_are_the_same_in_whatever_order_they_are_met() {
        let met = |lines: &[u64]| {
            let mut all = Unsplit::default();
            for line in lines {
                let first = vec![(SourceLocation::line(*line), format!("a, {}", line % 5))];
                all.merge(Unsplit { separators: Separators::of(&[Separator::Comma]), cells: 1, first });
            }
            all
        };
        let all = met(&[2, 3, 4, 5, 6, 7, 8]);
        assert_eq!(met(&[8, 2, 7, 3, 6, 4, 5]), all);
        assert_eq!((all.cells, all.first.len()), (7, 3));
        assert_eq!(all.first.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>(), ["a, 2", "a, 3", "a, 4"]);
    }
}
