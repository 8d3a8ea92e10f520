//! The counts of cells that need no interpretation: by number or index, and by stratum.

use super::super::column_counts::{ColumnCounts, ColumnTables};
use crate::tally::counts::dense::PlainNumbers;
use crate::tally::counts::strata::Stratified;
use crate::tally::lines::by_number::LinesByNumber;

/// An empty cell.
pub const BLANK: usize = 0;
/// A text too long for a missing token.
pub const TEXT: usize = 1;

/// The counts of one column in one thread; its kind decides which of them are used.
#[derive(Debug, Default)]
pub struct Plain {
    /// Empty cells, and cells that are certainly a text: [`BLANK`] and [`TEXT`].
    pub cells: Stratified,
    /// Cells with each text, by its number, in the groups; all cases are counted in the table of texts.
    pub texts: Stratified,
    /// Short plain numbers.
    pub numbers: PlainNumbers,
    /// Patients with each combination of items.
    pub combinations: Stratified,
    /// Patients by their lines.
    pub lines: LinesByNumber,
}

impl Plain {
    /// Calls `what` with each table of counts.
    pub fn each(&mut self, what: impl Fn(&mut Stratified)) {
        [&mut self.cells, &mut self.texts, &mut self.combinations].into_iter().for_each(&what);
        self.numbers.each(&what);
        self.lines.each(&what);
    }

    /// Adds the counts of a stratum to the interpreted counts of the same stratum.
    pub fn settle(&self, stratum: usize, counts: &mut ColumnCounts, tables: &mut ColumnTables) {
        match counts {
            ColumnCounts::Number(counts) => counts.dense.merge(&self.numbers.of(stratum)),
            ColumnCounts::Text(counts) => counts.present += self.cells.count(TEXT, stratum),
            ColumnCounts::Set(counts) => tables.items.count(self.combinations.of(stratum), counts),
            ColumnCounts::Lines(tally) => self.lines.settle(stratum, tally, &mut tables.lines),
            ColumnCounts::Levels(_) | ColumnCounts::Dates(_) | ColumnCounts::Classes => {}
        }
    }
}
