//! The evidence of a column whose header gives its cells another meaning.

use super::notations::Noted;
use super::{Class, Evidence, LITRE, Magnitudes, MetNumbers, Notations, NumberPoints};
use crate::schema::CellReading;
use crate::schema::lexical::duration::TimeUnit;
use crate::schema::lexical::notation::Notation;

impl Evidence {
    /// Numbers such as `1:80`.
    pub(in crate::schema) fn titres(&self) -> u64 {
        self.titres
    }

    /// Words such as `44/90` and `6/12`.
    pub(in crate::schema) fn slashed(&self) -> u64 {
        self.slashed
    }

    /// Numbers such as `+1`.
    pub(in crate::schema) fn plus_grades(&self) -> u64 {
        self.plus_grades
    }

    /// How large the numbers without a unit are.
    pub(in crate::schema) fn magnitudes(&self) -> Magnitudes {
        self.magnitudes
    }

    /// What stands behind the points of the numbers without a unit.
    pub(in crate::schema) fn points(&self) -> NumberPoints {
        self.points
    }

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

    /// True where some durations, read so and shown in this unit, depend on the length of a year in days.
    pub fn counts_days_a_year(&self, reading: &CellReading, unit: TimeUnit) -> bool {
        let is_m_long = reading.letter_m == Some(TimeUnit::Months) && self.timed.letter_m().cells > 0;
        let with_notations = (!reading.notations.is_empty()).then(|| self.with_notations(&reading.notations));
        let timed = with_notations.as_ref().map_or(&self.timed, |cells| &cells.timed);
        timed.counts_days_a_year(unit) || is_m_long && unit > TimeUnit::Months
    }

    /// The same evidence with the cells of these notations as ages or durations.
    pub(in crate::schema) fn with_notations(&self, read: &[Notation]) -> Evidence {
        let mut cells = self.clone();
        for notation in read {
            let Noted { timed, cells: many, .. } = cells.notations.of(*notation).clone();
            cells.timed.merge(timed);
            let class = if *notation == Notation::YearsAndMonths { Class::List } else { Class::Word };
            cells.reclassify(class, Class::Duration, many);
            if matches!(notation, Notation::PartOfYear | Notation::YearsAndPart) {
                cells.slashed = cells.slashed.saturating_sub(many);
            }
        }
        cells
    }

    /// Numbers with nothing but an `L` behind them.
    pub(in crate::schema) fn letter_l(&self) -> &MetNumbers {
        &self.letter_l
    }

    /// The same evidence with `1 L` as a litre, or as a number with a flag.
    pub(in crate::schema) fn with_letter_l(&self, is_litre: bool) -> Evidence {
        let mut cells = self.clone();
        let numbers = std::mem::take(&mut cells.letter_l);
        if is_litre {
            cells.with_unit = cells.with_unit.saturating_add(numbers.cells);
            cells.units.entry(LITRE.to_owned()).or_default().merge(numbers);
            cells.limit_units();
        } else {
            cells.bare.merge(numbers);
        }
        cells
    }

    fn reclassify(&mut self, from: Class, to: Class, cells: u64) {
        self.count_class(to, cells);
        self.change(from, |met| met.cells = met.cells.saturating_sub(cells));
    }
}
