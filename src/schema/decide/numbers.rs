//! How the cells of a column of numbers are read.

use super::kind::is_time;
use super::likely_unit::likely_unit;
use super::number_unit::number_unit;
use super::time_unit::letter_m;
use super::two_scales::{has_fractions, one_of_two};
use crate::schema::evidence::Evidence;
use crate::schema::header::{HeaderQuantity, YEARS_AND_MONTHS, quantity};
use crate::schema::lexical::duration::TimeUnit;
use crate::schema::table_schema::DeclaredVariable;
use crate::schema::{BareReading, TitreReading, Variable};

/// Decides how the cells of a column of numbers are read, and their unit where none is stated.
pub fn decide_numbers(variable: &mut Variable, cells: &Evidence, declared: Option<&DeclaredVariable>) {
    let quantity = quantity(&variable.header);
    if variable.unit.is_none() {
        let (unit, bare) = number_unit(variable, quantity, cells);
        variable.unit = unit;
        variable.likely_unit =
            if bare == BareReading::TwoScales { Some(one_of_two(variable, cells)) } else { likely_unit(cells) };
        variable.reading.bare = declared.and_then(|declared| declared.bare).unwrap_or(bare);
        variable.reading.is_unit_of_cells = true;
    }
    if variable.unit.as_deref() == Some(YEARS_AND_MONTHS) {
        variable.unit = Some(TimeUnit::Years.word().to_owned());
        variable.reading.bare = declared.and_then(|declared| declared.bare).unwrap_or(BareReading::YearsAndMonths);
    }
    let unit = variable.unit.as_deref().and_then(TimeUnit::of_word);
    variable.reading.is_time = is_time(variable.role, quantity) || unit.is_some();
    variable.reading.letter_m = unit.and_then(|unit| letter_m(variable.role, Some(unit), cells));
    if let Some(letter) = variable.reading.letter_m.filter(|_| variable.likely_unit.as_deref() == Some("m")) {
        variable.likely_unit = Some(letter.word().to_owned());
    }
    variable.reading.has_fractions =
        !variable.reading.is_unit_of_cells && variable.unit.as_deref().is_some_and(|unit| has_fractions(unit, cells));
    let titres = declared.and_then(|declared| declared.titres);
    variable.reading.titres = titres.or_else(|| (cells.titres() > 0).then(|| titres_of(quantity, cells)));
}

/// A titre is one in a column of titres, or where all numbers look so and the header speaks of nothing else.
fn titres_of(quantity: Option<HeaderQuantity>, cells: &Evidence) -> TitreReading {
    match quantity {
        Some(HeaderQuantity::Titre) => TitreReading::Values,
        None if cells.bare().cells == 0 && cells.with_unit() == 0 && cells.timed().cells() == 0 => TitreReading::Values,
        Some(HeaderQuantity::Age | HeaderQuantity::Duration | HeaderQuantity::Ratio | HeaderQuantity::Time) | None => {
            TitreReading::Unreadable
        }
    }
}
