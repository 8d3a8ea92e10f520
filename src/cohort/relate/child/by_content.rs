//! Columns of measurements that only their cells tell: units, and signs of results.

use super::fields::{ChildFields, Field};
use super::row_words::ResultSign;
use crate::cohort::relate::rows::KeptRows;
use crate::cohort::relate::texts::{DistinctTexts, TextColumn};
use crate::schema::header::normalise;
use crate::schema::units::unit;

/// The headers of measurements, without that of the standardised results where some row has only the one that was
/// collected: a bound, such as `<5`, has no number in standard units.
pub fn headers_of_results(rows: &KeptRows) -> Vec<String> {
    let names: Vec<String> = rows.columns.iter().map(|header| normalise(header)).collect();
    let column = |name: &str| names.iter().position(|known| known == name);
    let has_gaps = |(standard, collected): &(&str, &str)| {
        column(standard).zip(column(collected)).is_some_and(|(standard, collected)| {
            rows.rows().any(|row| rows.text(row, standard).is_empty() && !rows.text(row, collected).is_empty())
        })
    };
    let gaps: Vec<usize> =
        STANDARDISED.iter().filter(|pair| has_gaps(pair)).filter_map(|(standard, _)| column(standard)).collect();
    let header = |(at, header): (usize, &String)| if gaps.contains(&at) { String::new() } else { header.clone() };
    rows.columns.iter().enumerate().map(header).collect()
}

/// Numbers in standard units of SDTM, each with the result as it was collected.
const STANDARDISED: [(&str, &str); 2] = [("lbstresn", "lborres"), ("vsstresn", "vsorres")];

/// The fields of measurements with the columns of units and of signs that only their cells tell.
///
/// A column called as one of signs that has no sign is none.
pub fn by_content(rows: &KeptRows, fields: ChildFields, case: usize) -> ChildFields {
    let named = fields.get(Field::Comparator);
    let fields = match named.is_none_or(|column| has_sign(rows, column)) {
        true => fields,
        false => fields.without(Field::Comparator),
    };
    let fields = with_found(rows, fields, (Field::Comparator, case), are_signs);
    with_found(rows, fields, (Field::Unit, case), are_units)
}

/// The fields with the first column that is one of this field by its cells, where no header names one.
fn with_found(
    rows: &KeptRows,
    fields: ChildFields,
    (field, case): (Field, usize),
    is_one: fn(&KeptRows, usize) -> bool,
) -> ChildFields {
    let is_free = |column: &usize| *column != case && !fields.is_used(*column);
    let found = (0..rows.columns.len()).filter(is_free).find(|column| is_one(rows, *column));
    match found.filter(|_| fields.get(field).is_none()) {
        Some(column) => fields.with(field, column),
        None => fields,
    }
}

/// The distinct texts of a column that are not blank.
fn texts(rows: &KeptRows, column: usize) -> impl Iterator<Item = &str> {
    let all = rows.column(column).map(TextColumn::texts).into_iter().flat_map(DistinctTexts::iter);
    all.filter(|text| !text.is_empty())
}

fn has_sign(rows: &KeptRows, column: usize) -> bool {
    texts(rows, column).filter_map(ResultSign::of).any(|sign| sign.comparator().is_some())
}

fn are_signs(rows: &KeptRows, column: usize) -> bool {
    has_sign(rows, column) && texts(rows, column).all(|text| ResultSign::of(text).is_some())
}

/// True where most texts are units; the others are then named, as units that are not known. `L` alone is low or left as
/// well.
fn are_units(rows: &KeptRows, column: usize) -> bool {
    let (known, other): (Vec<&str>, Vec<&str>) = texts(rows, column).partition(|text| unit(text).is_some());
    known.len() > other.len() && known.into_iter().any(is_certain_unit)
}

/// True for a unit that is no single letter.
fn is_certain_unit(text: &str) -> bool {
    text.chars().nth(1).is_some() && unit(text).is_some_and(|written| !written.needs_context)
}
