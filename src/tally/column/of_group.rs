//! What a column counts of one group of the cases: the texts have their numbers and meaning from the column.

use super::super::counts::Counts;
use super::super::line_book::Patient;
use super::super::meaning::{Book, Meaning};
use super::super::texts::Texts;
use super::lossy;
use crate::cohort::cell::CellRules;
use crate::schema::Kind;

/// The counts of one group in one thread.
#[derive(Debug)]
pub(super) struct GroupTally {
    pub meaning: Meaning,
    /// Cells with each text, by its number.
    texts: Vec<u64>,
    pub blank: u64,
}

impl GroupTally {
    /// Nothing counted yet.
    pub fn new(kind: Kind) -> GroupTally {
        GroupTally { meaning: Meaning::of(kind), texts: Vec::new(), blank: 0 }
    }

    /// Counts one cell with the text of a number.
    #[inline]
    pub fn count_text(&mut self, number: usize) {
        super::super::count_at(&mut self.texts, number, 1);
    }

    /// Counts cells by their text; what must be said of them is said once, for all cases.
    pub fn add(&mut self, text: &str, cells: u64, rules: &CellRules<'_>, book: &mut Book, patient: &mut Patient) {
        self.meaning.add(text, cells, rules, book, patient, |_, _| {});
    }

    /// The counts by name.
    pub fn finish(
        mut self,
        texts: &Texts,
        rules: &CellRules<'_>,
        book: &mut Book,
        patient: &mut Patient,
    ) -> Option<Counts> {
        let counted = std::mem::take(&mut self.texts);
        for ((text, _), cells) in texts.iter().zip(counted).filter(|(_, cells)| *cells > 0) {
            self.add(&lossy(text), cells, rules, book, patient);
        }
        if self.blank > 0 {
            self.add("", self.blank, rules, book, patient);
        }
        self.meaning.into_counts(book)
    }
}
