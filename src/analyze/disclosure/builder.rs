//! Builds the tree of the counts of a variable, count by count.

use super::printed::{Key, Printed};
use super::tree::Tree;
use super::view::{Sight, View};

/// Builds the tree of a variable.
pub(super) struct Builder<'p, 'r, 'v> {
    pub printed: &'p Printed<'r>,
    /// The tree so far.
    pub tree: Tree<'v>,
}

impl<'p, 'r, 'v> Builder<'p, 'r, 'v> {
    /// An empty tree.
    pub fn new(printed: &'p Printed<'r>, view: &'v View) -> Builder<'p, 'r, 'v> {
        Builder { printed, tree: Tree::new(view) }
    }

    /// The count of a key, if it is printed.
    pub fn count(&mut self, key: Key<'_>) -> Option<usize> {
        self.count_as(&[key])
    }

    /// One count that stands at several places.
    pub fn count_as(&mut self, keys: &[Key<'_>]) -> Option<usize> {
        let ids: Vec<usize> = keys.iter().filter_map(|key| self.printed.id(*key)).collect();
        let values = self.tree.view.values(self.printed.values(*ids.first()?));
        let is_same = ids.iter().all(|id| self.tree.view.values(self.printed.values(*id)) == values);
        self.tree.is_broken |= !is_same;
        let count = self.tree.count(&ids, values);
        let is_protected = self.tree.view.columns.iter().any(|column| column.sight == Sight::Known);
        self.tree.counts[count].masked[0] = is_protected && ids.iter().any(|id| self.printed.is_hidden(*id, 0));
        Some(count)
    }

    /// The levels of a table.
    pub fn levels(&self, variable: &str) -> &'p [&'r str] {
        self.printed.levels(variable)
    }
}
