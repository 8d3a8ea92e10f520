//! Cells that mean something else below some headers: `1/160` as a titre, `7;6` and `15/12` as ages.

use super::{Class, Timed};
use crate::schema::lexical::notation::{Notated, Notation, notated};

/// The cells of one notation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Noted {
    /// The ages and durations that they may be.
    pub(super) timed: Timed,
    /// Cells.
    pub cells: u64,
    /// Those that can be no range and no list in the order of time.
    pub falling: u64,
}

impl Noted {
    fn count(&mut self, notated: &Notated, cells: u64) {
        match notated.notation {
            Notation::PartOfYear => self.timed.count_part_of_year(&notated.duration, cells),
            Notation::YearsAndMonths | Notation::YearsAndPart | Notation::WeeksAndDays => {
                self.timed.count(&notated.duration, cells)
            }
        }
        self.cells = self.cells.saturating_add(cells);
        self.falling = self.falling.saturating_add(if notated.falls { cells } else { 0 });
    }

    fn merge(&mut self, other: Noted) {
        self.timed.merge(other.timed);
        self.cells = self.cells.saturating_add(other.cells);
        self.falling = self.falling.saturating_add(other.falling);
    }

    /// True where two of its units occur, as in `3/12` and `4/52`.
    pub fn has_several_units(&self) -> bool {
        self.timed.units().nth(1).is_some()
    }
}

/// The cells that are ages or durations in a column of them only.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notations {
    /// `7;6`
    pub years_and_months: Noted,
    /// `15/12`
    pub parts: Noted,
    /// `7 6/12`
    pub years_and_parts: Noted,
    /// `38+2`
    pub weeks_and_days: Noted,
    /// Texts such as `1/160`, and those of them that may be dates: `1/80`.
    pub(super) dilutions: (u64, u64),
}

impl Notations {
    /// Counts cells of one text, if it is one of these.
    pub(super) fn count(&mut self, text: &str, class: Class, cells: u64) {
        if is_dilution(text) {
            self.add_dilutions((cells, if class == Class::Date { cells } else { 0 }));
        }
        if let Some(notated) = notated(text).filter(|_| matches!(class, Class::Word | Class::List)) {
            self.of(notated.notation).count(&notated, cells);
        }
    }

    /// The cells of a notation.
    pub(super) fn of(&mut self, notation: Notation) -> &mut Noted {
        match notation {
            Notation::YearsAndMonths => &mut self.years_and_months,
            Notation::PartOfYear => &mut self.parts,
            Notation::YearsAndPart => &mut self.years_and_parts,
            Notation::WeeksAndDays => &mut self.weeks_and_days,
        }
    }

    pub(super) fn merge(&mut self, other: Notations) {
        self.years_and_months.merge(other.years_and_months);
        self.parts.merge(other.parts);
        self.years_and_parts.merge(other.years_and_parts);
        self.weeks_and_days.merge(other.weeks_and_days);
        self.add_dilutions(other.dilutions);
    }

    fn add_dilutions(&mut self, (cells, dates): (u64, u64)) {
        self.dilutions = (self.dilutions.0.saturating_add(cells), self.dilutions.1.saturating_add(dates));
    }
}

/// True for `1/160`, and not for `1/2`, a half.
fn is_dilution(text: &str) -> bool {
    let digits = text.trim().strip_prefix("1/").unwrap_or_default();
    (2..=6).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}
