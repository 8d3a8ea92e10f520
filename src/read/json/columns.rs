//! The columns of JSON cases, which have no header.

use std::collections::{HashMap, HashSet};

/// The columns that cells are written for, in their order.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    names: Vec<String>,
    positions: HashMap<String, usize>,
    /// Members known to be groups: where one is null, it is not a column.
    pub(super) groups: HashSet<String>,
}

impl Columns {
    /// Columns of these names; a name that comes twice is one column.
    pub fn new(names: impl IntoIterator<Item = String>) -> Columns {
        let mut columns = Columns::default();
        columns.extend(names);
        columns
    }

    /// Appends columns; names that exist already are ignored.
    pub fn extend(&mut self, names: impl IntoIterator<Item = String>) {
        for name in names {
            if !self.positions.contains_key(&name) {
                self.positions.insert(name.clone(), self.names.len());
                self.names.push(name);
            }
        }
    }

    /// The names in their order.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Number of columns.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// True where there are no columns.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The name of a column.
    #[inline]
    pub(super) fn name(&self, at: usize) -> Option<&str> {
        self.names.get(at).map(String::as_str)
    }

    /// The index of a name.
    pub(super) fn position(&self, name: &str) -> Option<usize> {
        self.positions.get(name).copied()
    }

    /// True for the name of a group.
    pub(super) fn is_group(&self, name: &str) -> bool {
        self.groups.contains(name)
    }
}
