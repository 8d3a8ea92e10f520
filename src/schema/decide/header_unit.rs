//! The unit of the header, where the command line or the schema states another one.
//!
//! The numbers were written below the header, so they are in its unit; the other is the one in which they are shown.

use crate::schema::Variable;
use crate::schema::header::{HeaderReading, YEARS_AND_MONTHS};
use crate::schema::lexical::duration::TimeUnit;
use crate::schema::lexical::fold;
use crate::schema::units::unit;

/// Keeps the unit of the header beside another one that is stated. Years and months with a point are no unit, and the
/// name of a derived variable is no header.
pub(super) fn keep_header_unit(variable: &mut Variable, reading: &HeaderReading, is_derived: bool) {
    let of_header = reading.unit.as_deref().filter(|unit| !is_derived && *unit != YEARS_AND_MONTHS);
    let other = of_header.zip(variable.unit.as_deref()).filter(|(of_header, shown)| !is_one(of_header, shown));
    variable.reading.header_unit = other.map(|(of_header, _)| of_header.to_owned());
}

/// True for two spellings of one unit.
fn is_one(one: &str, other: &str) -> bool {
    let both_times = TimeUnit::of_written(one).zip(TimeUnit::of_written(other));
    let both_units = unit(one).zip(unit(other));
    one == other
        || both_times.is_some_and(|(one, other)| one == other)
        || both_units.is_some_and(|(one, other)| one.unit == other.unit)
        || fold(one) == fold(other)
}
