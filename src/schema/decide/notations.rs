//! Which cells of a column are ages or durations although their text alone does not say so: `7;6`, `15/12`.

use super::kind::is_time;
use crate::schema::evidence::{Class, Evidence};
use crate::schema::header::{HeaderReading, YEARS_AND_MONTHS, holds_several, is_gestation, quantity};
use crate::schema::lexical::duration::TimeUnit;
use crate::schema::lexical::notation::Notation;
use crate::schema::{Role, Variable};

/// The notations that are proved, by the header and all cells.
///
/// | cells | are read where |
/// |---|---|
/// | `7;6` | `Age (y;m)`; ages in years, no other lists, and no plain number unless some cell falls: a list of ages rises |
/// | `15/12`, `4/52` | no other slashes; two units, or, in years, more than a whole: no range, no date |
/// | `7 6/12`, `7+6/12` | ages or durations in years |
/// | `38+2` | a header of gestation |
pub fn proved_notations(variable: &Variable, header: &HeaderReading, cells: &Evidence) -> Vec<Notation> {
    let is_age = variable.role == Role::Age;
    let is_gestation = cells.notations().weeks_and_days.cells > 0 && is_gestation(&variable.header);
    if !is_gestation && !is_age && !is_time(variable.role, quantity(&variable.header)) {
        return Vec::new();
    }
    let unit = variable.unit.as_deref().and_then(TimeUnit::of_word);
    // The unit of a schema may be that of the cells.
    let is_in_years = unit == Some(TimeUnit::Years) || is_age && header.unit.is_none();
    let (semicolons, parts, mixed) =
        (&cells.notations().years_and_months, &cells.notations().parts, &cells.notations().years_and_parts);
    let has_others = cells.bare_times().cells > 0 || cells.timed().cells() > 0;
    let are_only = semicolons.cells == cells.cells(Class::List) && !holds_several(&variable.name);
    let are_slashes = parts.cells.saturating_add(mixed.cells) == cells.slashed();
    let is_part = parts.has_several_units() || is_in_years && (parts.falling > 0 || mixed.cells > 0);
    let is_stated = variable.unit.as_deref() == Some(YEARS_AND_MONTHS);
    let is_no_list = is_age && is_in_years && (!has_others || semicolons.falling > 0);
    let proofs = [
        (Notation::YearsAndMonths, are_only && (is_stated || is_no_list)),
        (Notation::PartOfYear, are_slashes && is_part),
        (Notation::YearsAndPart, is_in_years),
        (Notation::WeeksAndDays, is_gestation),
    ];
    let met = |notation: Notation| match notation {
        Notation::YearsAndMonths => semicolons.cells,
        Notation::PartOfYear => parts.cells,
        Notation::YearsAndPart => mixed.cells,
        Notation::WeeksAndDays => cells.notations().weeks_and_days.cells,
    };
    proofs
        .into_iter()
        .filter(|(notation, proved)| *proved && met(*notation) > 0)
        .map(|(notation, _)| notation)
        .collect()
}
