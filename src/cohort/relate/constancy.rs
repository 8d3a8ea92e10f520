//! Which columns of a long table belong to the case, and which to its visits.

use super::rows::{KeptRows, RowIndex};
use crate::cohort::cell::{CellRules, missing};
use crate::decimal::Decimal;
use crate::schema::header::read_header;
use crate::schema::{Role, Variable};

/// What a column of a long table belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Constancy {
    /// To the case: no case has two values in it.
    OfCase,
    /// To the case: an age, which only advances; the first one counts.
    Advances,
    /// To the visits: some case has two values in it, or the schema states it.
    OfVisits {
        /// The first row with another value than an earlier row of its case, and that row.
        rows: Option<(RowIndex, RowIndex)>,
    },
}

/// What a column belongs to.
pub fn constancy<'c>(
    rows: &KeptRows,
    column: usize,
    cases: impl Iterator<Item = &'c [RowIndex]>,
    extra_missing: &[String],
) -> Constancy {
    let name = rows.columns.get(column).map_or("", String::as_str);
    let role = read_header(name).role;
    let variable = Variable::new(name);
    let rules = CellRules { variable: &variable, decimal_comma: false, extra_missing };
    let is_reported = |row: &&RowIndex| {
        let text = rows.text(**row, column);
        !text.is_empty() && missing(text, &rules).is_none()
    };
    let mut advances = role == Role::Age;
    let mut found = None;
    for case in cases {
        let mut reported = case.iter().filter(is_reported);
        let Some(first) = reported.next() else { continue };
        let mut last = *first;
        for row in reported {
            if rows.text(*row, column) != rows.text(*first, column) {
                found = found.or(Some((*first, *row)));
            }
            advances &= is_at_least(rows.text(*row, column), rows.text(last, column));
            last = *row;
        }
    }
    match found {
        None => Constancy::OfCase,
        Some(_) if advances => Constancy::Advances,
        Some(rows) => Constancy::OfVisits { rows: Some(rows) },
    }
}

/// True for numbers that do not decrease.
fn is_at_least(text: &str, before: &str) -> bool {
    Decimal::parse(text).ok().zip(Decimal::parse(before).ok()).is_some_and(|(now, before)| now >= before)
}

/// True for what a patient has once: sex, birth, etiology; `stated` is what the schema states of the column.
pub fn must_be_constant(name: &str, stated: Option<bool>) -> bool {
    stated.unwrap_or_else(|| matches!(read_header(name).role, Role::Sex | Role::Etiology | Role::DirectIdentifier))
}
