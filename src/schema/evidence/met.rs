//! How often something occurs in a column, and where first.

use crate::decimal::Decimal;
use crate::diagnostic::SourceLocation;
use std::sync::Arc;

/// How often a class occurs, and its first cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Met {
    /// Number of cells.
    pub cells: u64,
    /// Location and text of the first cell; `None` where only the count is known.
    pub first: Option<(SourceLocation, String)>,
}

/// How often a word occurs, and the record in which it is met first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MetWord {
    /// Number of cells.
    pub cells: u64,
    /// The record, which the words of all columns share; `None` where only the count is known.
    first: Option<Arc<SourceLocation>>,
}

/// Numbers of one column, as far as their unit depends on them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MetNumbers {
    /// Number of cells.
    pub cells: u64,
    /// The least and the greatest; `None` without any.
    pub extent: Option<(Decimal, Decimal)>,
    /// True where one of them is written with decimals.
    pub has_decimals: bool,
}

impl MetNumbers {
    pub(super) fn add(&mut self, number: Decimal, cells: u64) {
        self.merge(MetNumbers { cells, extent: Some((number, number)), has_decimals: number.scale() > 0 });
    }

    pub(super) fn merge(&mut self, other: MetNumbers) {
        self.cells = self.cells.saturating_add(other.cells);
        self.has_decimals |= other.has_decimals;
        self.extent = match (self.extent, other.extent) {
            (Some((least, greatest)), Some((low, high))) => Some((least.min(low), greatest.max(high))),
            (ours, theirs) => ours.or(theirs),
        };
    }

    /// True where the ranges of both have a number in common.
    pub(in crate::schema) fn overlap(&self, other: &MetNumbers) -> bool {
        let (Some((least, greatest)), Some((low, high))) = (self.extent, other.extent) else { return false };
        least <= high && low <= greatest
    }
}

impl MetWord {
    pub(super) fn new(cells: u64, first: Option<Arc<SourceLocation>>) -> MetWord {
        MetWord { cells, first }
    }

    /// Where the first cell is, in a column of this name.
    pub fn location(&self, column: &str) -> Option<SourceLocation> {
        Some(SourceLocation::clone(self.first.as_ref()?).in_column(column))
    }

    pub(super) fn merge(&mut self, other: MetWord) {
        self.cells = self.cells.saturating_add(other.cells);
        let is_first = |theirs: &SourceLocation| self.first.as_ref().is_none_or(|ours| theirs.order() < ours.order());
        if other.first.as_deref().is_some_and(is_first) {
            self.first = other.first;
        }
    }
}

impl Met {
    pub(super) fn keep_first(&mut self, theirs: Option<(SourceLocation, String)>) {
        let Some((location, text)) = theirs else { return };
        if self.first.as_ref().is_none_or(|(first, _)| location.order() < first.order()) {
            self.first = Some((location, text));
        }
    }
}
