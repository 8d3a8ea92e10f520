//! A day of a case, as far as it is known.

use crate::schema::lexical::Date;
use crate::schema::lexical::calendar::day_number;
use num_rational::BigRational;

/// A day of a case, as far as it is known.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum DayOfCase {
    /// A full date.
    Date(Date),
    /// So many days after the first day of treatment.
    Since(BigRational),
    /// It came, and nobody knows on which day.
    Came,
    /// As far as the records say it did not come.
    NotCome,
    /// Nobody knows.
    Unknown,
}

impl DayOfCase {
    /// True where both days are known, and this one is the earlier.
    pub fn is_before(&self, other: &DayOfCase) -> bool {
        match (self, other) {
            (DayOfCase::Date(one), DayOfCase::Date(other)) => day_number(*one) < day_number(*other),
            (DayOfCase::Since(one), DayOfCase::Since(other)) => one < other,
            _ => false,
        }
    }
}
