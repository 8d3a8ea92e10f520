//! Whether numbers such as 1.10 and 2.6 look like years and months rather than decimals of a year.

use crate::decimal::Decimal;

/// What stands behind the points of the numbers of a column.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct NumberPoints {
    /// `.10` or `.11`.
    has_ten: bool,
    /// One digit, or one behind a zero: `2.6`, `2.06`.
    has_one: bool,
    /// Anything that is no number of months: `2.65`.
    has_others: bool,
}

impl NumberPoints {
    /// Notes a number as it is written.
    pub fn note(&mut self, number: Decimal) {
        let behind = number.mantissa().unsigned_abs().checked_rem(100).unwrap_or_default();
        match (number.scale(), behind) {
            (0, _) => {}
            (1, _) | (2, ..=9) => self.has_one = true,
            (2, 10 | 11) => self.has_ten = true,
            _ => self.has_others = true,
        }
    }

    /// Adds those of another part of the column.
    pub fn merge(&mut self, other: NumberPoints) {
        self.has_ten |= other.has_ten;
        self.has_one |= other.has_one;
        self.has_others |= other.has_others;
    }

    /// True where all are numbers of months, and 10 or 11 months are written with two digits, fewer with one.
    pub fn may_be_months(self) -> bool {
        self.has_ten && self.has_one && !self.has_others
    }
}
