//! Cells that hold two things, or several items that nothing separates.

use super::unsplit::Unsplit;
use super::{Class, Codes, Evidence};
use crate::decimal::Decimal;
use crate::diagnostic::SourceLocation;
use crate::schema::items::Separators;
use crate::schema::parts::{Pair, Part};

impl Evidence {
    /// Records a cell with a number as the first with its code for a missing value, if it is one.
    pub fn meet_code(&mut self, text: &str, location: impl FnOnce() -> SourceLocation) {
        self.codes.meet(text, location);
    }

    /// Numbers that may be codes for a missing value.
    pub fn codes(&self) -> &Codes {
        &self.codes
    }

    /// Counts cells that are plainly two things; `place` gives the first of them.
    pub fn count_pair(&mut self, pair: Pair, cells: u64, place: Option<SourceLocation>, text: &str) {
        let met = self.pairs.entry(pair).or_default();
        met.cells = met.cells.saturating_add(cells);
        met.keep_first(place.map(|location| (location, text.to_owned())));
    }

    /// Counts cells that do not hold both parts of a column: a man among them is one where the other cells say so.
    pub fn count_unpaired(&mut self, text: &str, cells: u64) {
        if Part::is_certain_man(text) {
            self.men = self.men.saturating_add(cells);
        }
        if let Some(age) = Part::Age.of_man(text).and_then(|age| Decimal::parse(age).ok()) {
            self.ages_of_men.add(age, cells);
        }
    }

    /// The same evidence with the ages of cells such as `34M`, which have no unit, as any other number has none.
    pub fn with_men(&self) -> Evidence {
        let mut all = self.clone();
        let ages = std::mem::take(&mut all.ages_of_men);
        if ages.cells > 0 {
            all.count_class(Class::Number, ages.cells);
        }
        all.bare.merge(ages);
        all
    }

    /// Cells such as `34M`.
    pub(in crate::schema) fn men(&self) -> u64 {
        self.men
    }

    /// Counts cells of one text that holds several items which nothing has split; `place` is that of one of them.
    pub fn count_unsplit(&mut self, cuts: Separators, cells: u64, place: Option<SourceLocation>, text: &str) {
        let first = place.map(|place| (place, text.to_owned())).into_iter().collect();
        self.add_unsplit(Unsplit { separators: cuts, cells, first });
    }

    pub(super) fn add_unsplit(&mut self, theirs: Unsplit) {
        self.unsplit.get_or_insert_default().merge(theirs);
    }

    /// The cells that hold several items unsplit; none where each holds one.
    pub fn unsplit(&self) -> Option<&Unsplit> {
        self.unsplit.as_deref()
    }

    /// What two things half of the cells with a value or more plainly are: these cells, all cells, and the first of them.
    pub fn pair(&self) -> Option<(Pair, [u64; 2], &(SourceLocation, String))> {
        let all = self.classes.iter().filter(|(class, _)| *class != Class::Missing);
        let all = all.fold(0_u64, |sum, (_, met)| sum.saturating_add(met.cells));
        let (pair, met) = self.pairs.iter().find(|(_, met)| met.cells > 0 && met.cells.saturating_mul(2) >= all)?;
        Some((*pair, [met.cells, all], met.first.as_ref()?))
    }
}
