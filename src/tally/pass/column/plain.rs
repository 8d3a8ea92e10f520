//! What the loops over plain cells counted: numbers and indices, by stratum, without a look at any meaning.

use super::super::column_counts::{ColumnCounts, ColumnTables};
use crate::tally::counts::dense::PlainNumbers;
use crate::tally::counts::strata::Stratified;
use crate::tally::lines::by_number::LinesByNumber;

/// An empty cell.
pub const BLANK: usize = 0;
/// A text that is long enough to be no missing token.
pub const TEXT: usize = 1;

/// The counts of one column in one thread; which of them are used is up to its kind.
#[derive(Debug, Default)]
pub struct Plain {
    /// Empty cells, and cells that are a text for certain: [`BLANK`] and [`TEXT`].
    pub cells: Stratified,
    /// Cells with each text in front of the column; those of all cases are counted there.
    pub texts: Stratified,
    /// Short plain numbers.
    pub numbers: PlainNumbers,
    /// Patients with each combination of items.
    pub combinations: Stratified,
    /// Patients by their lines.
    pub lines: LinesByNumber,
}

impl Plain {
    /// Does something with all counts.
    pub fn each(&mut self, what: impl Fn(&mut Stratified)) {
        [&mut self.cells, &mut self.texts, &mut self.combinations].into_iter().for_each(&what);
        self.numbers.each(&what);
        self.lines.each(&what);
    }

    /// Adds the numbers, the texts and the parts that some strata have to what is counted of a stratum.
    pub fn settle(&self, stratum: usize, meaning: &mut ColumnCounts, book: &mut ColumnTables) {
        match meaning {
            ColumnCounts::Number(counts) => counts.dense.merge(&self.numbers.of(stratum)),
            ColumnCounts::Text(counts) => counts.present += self.cells.count(TEXT, stratum),
            ColumnCounts::Set(counts) => {
                book.items.count(&|combination| self.combinations.count(combination, stratum), counts)
            }
            ColumnCounts::Lines(tally) => self.lines.settle(stratum, tally, &mut book.lines),
            ColumnCounts::Levels(_) | ColumnCounts::Dates(_) | ColumnCounts::Classes => {}
        }
    }
}
