//! Builds the tree of the counts of a variable, count by count.

use super::counts::{CountKey, PrintedCounts};
use super::tree::Tree;
use super::view::{ColumnVisibility, View};
use crate::analyze::results::ResultTable;

/// Builds the tree of a variable.
pub(super) struct TreeBuilder<'p, 'r, 'v> {
    /// The counts of the results.
    pub printed: &'p PrintedCounts<'r>,
    /// The tree so far.
    pub tree: Tree<'v>,
}

impl<'p, 'r, 'v> TreeBuilder<'p, 'r, 'v> {
    /// An empty tree.
    pub fn new(printed: &'p PrintedCounts<'r>, view: &'v View) -> TreeBuilder<'p, 'r, 'v> {
        TreeBuilder { printed, tree: Tree::new(view) }
    }

    /// The count of a key, if it is printed.
    pub fn count(&mut self, key: CountKey<'_>) -> Option<usize> {
        self.count_as(&[key])
    }

    /// One count that stands at several places.
    pub fn count_as(&mut self, keys: &[CountKey<'_>]) -> Option<usize> {
        let ids: Vec<usize> = keys.iter().filter_map(|key| self.printed.id(*key)).collect();
        let values = self.tree.view.values(self.printed.values(*ids.first()?));
        let is_same = ids.iter().all(|id| self.tree.view.values(self.printed.values(*id)) == values);
        self.tree.is_broken |= !is_same;
        let count = self.tree.count(&ids, values);
        let is_protected = self.tree.view.columns.iter().any(|column| column.visibility == ColumnVisibility::Known);
        self.tree.counts[count].masked[0] = is_protected && ids.iter().any(|id| self.printed.is_hidden(*id, 0));
        Some(count)
    }

    /// The levels of a table.
    pub fn levels(&self, table: ResultTable<&'r str>) -> &'p [&'r str] {
        self.printed.levels(table)
    }
}
