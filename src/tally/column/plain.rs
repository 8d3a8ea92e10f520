//! What the loops over plain cells counted: numbers and indices, by stratum, without a look at any meaning.

use super::super::dense::PlainNumbers;
use super::super::line_counts::LinesByNumber;
use super::super::meaning::{Book, Meaning};
use super::super::strata::Stratified;

/// An empty cell.
pub(super) const BLANK: usize = 0;
/// A text that is long enough to be no missing token.
pub(super) const TEXT: usize = 1;

/// The counts of one column in one thread; which of them are used is up to its kind.
#[derive(Debug, Default)]
pub(super) struct Plain {
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
    pub fn settle(&self, stratum: usize, meaning: &mut Meaning, book: &mut Book) {
        match meaning {
            Meaning::Number(counts) => counts.dense.merge(&self.numbers.of(stratum)),
            Meaning::Text(counts) => counts.present += self.cells.count(TEXT, stratum),
            Meaning::Set(counts) => {
                book.items.count(&|combination| self.combinations.count(combination, stratum), counts)
            }
            Meaning::Lines(tally) => self.lines.settle(stratum, tally, &mut book.lines),
            Meaning::Levels(_) | Meaning::Dates(_) | Meaning::Classes => {}
        }
    }
}
