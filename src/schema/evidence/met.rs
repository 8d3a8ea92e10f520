//! How often something occurs in a column, and where first.

use crate::decimal::Decimal;
use crate::diagnostic::SourceLocation;

/// How often a class occurs, and its first cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Met {
    /// Number of cells.
    pub cells: u64,
    /// Location and text of the first cell; `None` where only the count is known.
    pub first: Option<(SourceLocation, String)>,
}

/// Numbers of one column, as far as their unit depends on them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Numbers {
    /// Number of cells.
    pub cells: u64,
    /// The least and the greatest; `None` without any.
    pub extent: Option<(Decimal, Decimal)>,
    /// True where one of them is written with decimals.
    pub has_decimals: bool,
}

impl Numbers {
    pub(super) fn add(&mut self, number: Decimal, cells: u64) {
        self.merge(Numbers { cells, extent: Some((number, number)), has_decimals: number.scale() > 0 });
    }

    pub(super) fn merge(&mut self, other: Numbers) {
        self.cells = self.cells.saturating_add(other.cells);
        self.has_decimals |= other.has_decimals;
        self.extent = match (self.extent, other.extent) {
            (Some((least, greatest)), Some((low, high))) => Some((least.min(low), greatest.max(high))),
            (ours, theirs) => ours.or(theirs),
        };
    }

    /// True where the ranges of both have a number in common.
    pub(in crate::schema) fn overlap(&self, other: &Numbers) -> bool {
        let (Some((least, greatest)), Some((low, high))) = (self.extent, other.extent) else { return false };
        least <= high && low <= greatest
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
