//! The evidence of a column whose header gives its cells another meaning.

use super::notations::Noted;
use super::{Class, Evidence, Notations};
use crate::schema::lexical::notation::Notation;

impl Evidence {
    /// Cells that mean something else below some headers.
    pub(in crate::schema) fn notations(&self) -> &Notations {
        &self.notations
    }

    /// Texts such as `1/160`, which are titres where the header is one of titres.
    pub(in crate::schema) fn dilutions(&self) -> u64 {
        self.notations.dilutions.0
    }

    /// The same evidence with `1/160` as a titre.
    pub(in crate::schema) fn with_dilutions(&self) -> Evidence {
        let (all, dates) = self.notations.dilutions;
        let words = all.saturating_sub(dates);
        let (titres, slashed) = (self.titres.saturating_add(all), self.slashed.saturating_sub(words));
        let mut cells = Evidence { titres, slashed, ..self.clone() };
        cells.reclassify(Class::Word, Class::Number, words);
        cells.reclassify(Class::Date, Class::Number, dates);
        cells
    }

    /// The same evidence with the cells of these notations as ages or durations.
    pub(in crate::schema) fn with_notations(&self, read: &[Notation]) -> Evidence {
        let mut cells = self.clone();
        for notation in read {
            let Noted { timed, cells: many, .. } = cells.notations.of(*notation).clone();
            cells.timed.merge(timed);
            let class = if *notation == Notation::YearsAndMonths { Class::List } else { Class::Word };
            cells.reclassify(class, Class::Duration, many);
            if class == Class::Word {
                cells.slashed = cells.slashed.saturating_sub(many);
            }
        }
        cells
    }

    fn reclassify(&mut self, from: Class, to: Class, cells: u64) {
        self.count_class(to, cells);
        self.change(from, |met| met.cells = met.cells.saturating_sub(cells));
    }
}
