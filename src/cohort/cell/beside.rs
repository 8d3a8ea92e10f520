//! What stands behind a number: a unit, a status, a reference range, a remark.

use super::state::Stated;
use crate::cohort::deidentify::remark;
use crate::cohort::unit::same_unit;
use crate::decimal::Decimal;
use crate::schema::lexical::duration::TimeUnit;
use crate::schema::lexical::{Comparator, Lexeme, Measurement, NumberFormat, band, classify, flag, last_words};
use crate::schema::units::unit;
use crate::schema::{Role, Status, Variable};

/// Words before a reference range: `(ref. 5-45)`.
const RANGE_WORDS: [&str; 10] = ["reference", "normal", "range", "norm", "ref", "lab", "nr", "rr", "vn", "n"];

/// What follows a number.
pub struct Beside<'a> {
    /// Its unit.
    pub unit: UnitBeside<'a>,
    /// What is stated of it.
    pub stated: Option<Stated>,
}

/// The unit behind a number.
pub enum UnitBeside<'a> {
    /// None.
    None,
    /// That of the column.
    OfTheColumn,
    /// Another one.
    Other(&'a str),
}

/// The unit of the numbers of a column: the schema's, or years for an age without one.
pub fn column_unit(variable: &Variable) -> Option<&str> {
    variable.unit.as_deref().or((variable.role == Role::Age).then_some("years"))
}

/// What is stated after a number. Errors: the text after it, if it is neither a unit nor a remark.
///
/// The column's own unit comes first (`5 L` in litres is not `5, low`), then the words of its
/// schema, then the built-in ones.
pub fn stated_beside<'a>(
    measurement: Measurement<'a>,
    variable: &Variable,
    reading: NumberFormat,
) -> Result<Beside<'a>, &'a str> {
    let tail = measurement.tail;
    let is_column_unit = |text: &str| column_unit(variable).is_some_and(|unit| same_unit(unit, text));
    if tail.is_empty() || is_column_unit(tail) {
        let unit = if tail.is_empty() { UnitBeside::None } else { UnitBeside::OfTheColumn };
        return Ok(Beside { unit, stated: marked(None, measurement, variable) });
    }
    let is_litre = variable.reading.is_letter_l_litre || column_unit(variable).is_some_and(measures_volumes);
    if tail == "L" && is_litre {
        return Ok(Beside { unit: UnitBeside::Other(tail), stated: marked(None, measurement, variable) });
    }
    let own = last_words(tail).find(|(_, word)| own_status(word, variable).is_some());
    let (unit, word) = match own {
        Some((unit, word)) => (Some(unit).filter(|u| !u.is_empty()), Some(word)),
        None if measurement.is_code && !is_flagged(tail, variable) => return Err(tail),
        None if may_be_unit_letter(measurement, variable) => return Err(tail),
        None => (measurement.unit, measurement.stated),
    };
    let (unit, word) = match unit {
        // A titre has no unit: what follows it is its pattern.
        Some(pattern) if word.is_none() && is_pattern_of(pattern, measurement, variable) => (None, Some(pattern)),
        unit => (unit, word),
    };
    let written = match unit {
        None => UnitBeside::None,
        Some(unit) if is_column_unit(unit) => UnitBeside::OfTheColumn,
        Some(unit) => UnitBeside::Other(unit),
    };
    let Some(word) = word.filter(|word| unit.is_some() || !is_column_unit(word)) else {
        return Ok(Beside { unit: written, stated: marked(None, measurement, variable) });
    };
    let is_normal = word == "N" && variable.role == Role::Lab;
    let flag = if is_normal { Some(Status::Normal) } else { flag(word) };
    let built_in = flag.filter(|_| !(variable.reading.is_time && word.len() == 1));
    let stated = match own_status(word, variable).or(built_in) {
        Some(status) => Stated { word: word.to_owned(), status: Some(status) },
        None if may_be_unit(word) && !is_pattern_of(word, measurement, variable) => {
            reference_range(word, (measurement, unit), variable, reading).ok_or(word)?
        }
        // A word with a status is one of a vocabulary or of the schema; any other is free text.
        None => Stated { word: remark(word, variable), status: None },
    };
    Ok(Beside { unit: written, stated: marked(Some(stated), measurement, variable) })
}

/// True for a unit of volumes or of their rates, beside which `L` is a litre and not low: `1.5 L` in mL.
fn measures_volumes(written: &str) -> bool {
    unit(written).is_some_and(|written| written.unit.dimension().is_of_volumes())
}

/// True for `1 L` and `3 H` in a column that may be one of litres or hours: no unit is stated, and the header names no
/// test.
fn may_be_unit_letter(measurement: Measurement<'_>, variable: &Variable) -> bool {
    let is_measured = variable.role == Role::Lab || variable.unit.is_some() || variable.reading.is_of_titres;
    matches!(measurement.tail, "L" | "H") && !measurement.titre && !is_measured
}

/// Patterns of antibodies, and the words around them.
const PATTERNS: [&str; 24] = [
    "and",
    "centromere",
    "centromeric",
    "coarse",
    "cytoplasmic",
    "dense",
    "diffuse",
    "discrete",
    "dots",
    "fine",
    "granular",
    "homogeneous",
    "homogenous",
    "membranous",
    "mitochondrial",
    "mixed",
    "nuclear",
    "nucleolar",
    "pattern",
    "perinuclear",
    "peripheral",
    "rim",
    "speckled",
    "spindle",
];

/// True for the pattern behind a titre: any word behind `1:640`, one that is known behind a number among titres.
fn is_pattern_of(text: &str, measurement: Measurement<'_>, variable: &Variable) -> bool {
    let is_word = |word: &str| PATTERNS.contains(&word.to_lowercase().as_str());
    let is_known = || text.split([' ', ',', '+', '/', '-']).filter(|word| !word.is_empty()).all(is_word);
    is_pattern(text) && (measurement.titre || (variable.reading.is_of_titres && is_known()))
}

/// What is stated, with the mark of a footnote.
fn marked(stated: Option<Stated>, measurement: Measurement<'_>, variable: &Variable) -> Option<Stated> {
    let Some(mark) = measurement.mark else { return stated };
    Some(match stated {
        Some(stated) => Stated { word: format!("{} {mark}", stated.word), ..stated },
        None => Stated { word: mark.to_owned(), status: own_status(mark, variable) },
    })
}

/// A result of a laboratory with its flag: `192H`. `1L` may also be a litre, or left.
fn is_flagged(tail: &str, variable: &Variable) -> bool {
    variable.role == Role::Lab && tail == "H"
}

/// The status that the schema of a column gives a word; case does not matter.
pub fn own_status(word: &str, variable: &Variable) -> Option<Status> {
    let same = |own: &str| own.trim() == word || own.trim().to_lowercase() == word.to_lowercase();
    variable.stated.iter().find(|(own, _)| same(own)).map(|(_, status)| *status)
}

/// A result of a laboratory against the reference range in its cell: `674 (5–45)` is high.
///
/// Elsewhere `12 (10–14)` may be a median with its range.
fn reference_range(
    word: &str,
    (measurement, unit): (Measurement<'_>, Option<&str>),
    variable: &Variable,
    reading: NumberFormat,
) -> Option<Stated> {
    if variable.role != Role::Lab || measurement.titre {
        return None;
    }
    let its_unit = unit.or_else(|| column_unit(variable));
    let Some(range) = band(range_of(word), reading) else {
        return one_limit(word, measurement, its_unit, reading);
    };
    let is_same = range.unit.is_empty() || its_unit.is_some_and(|unit| same_unit(unit, range.unit));
    let status = against(measurement.comparator, measurement.value, (range.low, range.high));
    (is_same && range.low < range.high).then(|| Stated { word: word.to_owned(), status })
}

/// The same against one limit: `12 (ref <5)` is high.
fn one_limit(
    word: &str,
    measurement: Measurement<'_>,
    its_unit: Option<&str>,
    reading: NumberFormat,
) -> Option<Stated> {
    let Lexeme::Measurement(limit) = classify(range_of(word), reading) else { return None };
    let is_same = limit.unit.is_none_or(|unit| its_unit.is_some_and(|its_unit| same_unit(its_unit, unit)));
    let comparator = limit.comparator.filter(|_| is_same && limit.stated.is_none() && !limit.titre)?;
    let (value, limit) = (measurement.value, limit.value);
    let (is_within, beyond) = match comparator {
        Comparator::Below => (value < limit, Status::High),
        Comparator::AtMost => (value <= limit, Status::High),
        Comparator::Above => (value > limit, Status::Low),
        Comparator::AtLeast => (value >= limit, Status::Low),
    };
    let status = if is_within { Status::Normal } else { beyond };
    // A bound may lie on either side of the limit.
    Some(Stated { word: word.to_owned(), status: Some(status).filter(|_| measurement.comparator.is_none()) })
}

/// The range behind a word such as `ref.`.
fn range_of(text: &str) -> &str {
    let mut rest = text.trim();
    // Without a word before it, a range is that of several results.
    if starts_with_word(rest, "range") {
        return rest;
    }
    while let Some(word) = RANGE_WORDS.into_iter().find(|word| starts_with_word(rest, word)) {
        rest = rest.get(word.len()..).unwrap_or_default().trim_start_matches(['.', ':', '=', ' ']);
    }
    rest
}

fn starts_with_word(text: &str, word: &str) -> bool {
    let Some((start, behind)) = text.split_at_checked(word.len()) else { return false };
    start.eq_ignore_ascii_case(word) && !behind.starts_with(char::is_alphabetic)
}

/// Where a value is against a range; `None` where a bound may be on either side.
fn against(comparator: Option<Comparator>, value: Decimal, (low, high): (Decimal, Decimal)) -> Option<Status> {
    match comparator {
        None if value < low => Some(Status::Low),
        None if value > high => Some(Status::High),
        None => Some(Status::Normal),
        Some(Comparator::Below) if value <= low => Some(Status::Low),
        Some(Comparator::AtMost) if value < low => Some(Status::Low),
        Some(Comparator::Above) if value >= high => Some(Status::High),
        Some(Comparator::AtLeast) if value > high => Some(Status::High),
        Some(_) => None,
    }
}

/// True for a word behind a titre: `speckled`, `AC-1` is none.
fn is_pattern(word: &str) -> bool {
    !word.contains(|c: char| c.is_ascii_digit() || matches!(c, '/' | '%' | '='))
}

/// True for a remark in parentheses that could be a unit, such as `(g/L)` or `(mg)`, or a second number.
fn may_be_unit(word: &str) -> bool {
    word.contains(|c: char| !c.is_alphabetic() && !c.is_whitespace() && c != '-')
        || word.chars().count() <= 3
        || TimeUnit::of_word(word).is_some()
}
