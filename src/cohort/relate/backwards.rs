//! Ages and dates that fall from a visit to a later one.

use super::rows::{KeptRows, RowIndex};
use crate::cohort::cell::{CellRules, missing};
use crate::cohort::visit_order::{days, folded, in_time};
use crate::decimal::Decimal;
use crate::diagnostic::{CaseName, Finding, FindingId, SourceLocation};
use crate::schema::header::read_header;
use crate::schema::{Role, Variable};
use crate::words::words;
use num_rational::BigRational;
use std::collections::{BTreeMap, BTreeSet};

words! {
    /// What advances from visit to visit.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum Advancing: "what advances" {
        /// An age.
        Age = "the age",
        /// A day.
        Date = "the date",
    }
}

/// A cell that lies before that of an earlier visit of the same case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fall {
    /// The row of the earlier visit.
    pub before: RowIndex,
    /// The row of the later one.
    pub row: RowIndex,
    /// What falls.
    pub of: Advancing,
}

impl Fall {
    /// What is said of it.
    pub fn finding(self, rows: &KeptRows, (column, case): (usize, usize)) -> Finding {
        let Fall { before, row, of } = self;
        let (earlier, at) = (rows.text(before, column), rows.location(before, column).position);
        let message = format!("{of} falls from visit to visit: '{earlier}' at{at}");
        let id = Some(CaseName::Id(rows.text(row, case).to_owned()));
        let here = SourceLocation { case: id, ..rows.location(row, column) };
        let finding = Finding::new(FindingId::VisitBackwards, message).at(here).value(rows.text(row, column));
        finding.remedy("correct one of the two cells, or the names of the visits")
    }
}

/// The rows of each case in the order of the visits or days in a column; none where they tell no order.
pub fn in_order_of(
    rows: &KeptRows,
    column: usize,
    cases: impl Iterator<Item = Vec<RowIndex>>,
) -> Option<Vec<Vec<RowIndex>>> {
    let names: BTreeSet<String> = rows.rows().map(|row| folded(rows.text(row, column))).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
    let order = in_time(&names)?;
    let places: BTreeMap<&str, usize> =
        order.iter().enumerate().filter_map(|(place, at)| Some((*names.get(*at)?, place))).collect();
    let place = |row: &RowIndex| places.get(folded(rows.text(*row, column)).as_str()).copied();
    let sorted = |mut of_case: Vec<RowIndex>| {
        of_case.retain(|row| place(row).is_some());
        of_case.sort_by_key(place);
        of_case
    };
    Some(cases.map(sorted).collect())
}

/// Where an age or a full date falls, in a column of nothing else; the rows of each case are in the order of its visits.
pub fn falls(rows: &KeptRows, column: usize, cases: &[Vec<RowIndex>], extra_missing: &[String]) -> Vec<Fall> {
    let name = rows.columns.get(column).map_or("", String::as_str);
    let variable = Variable::new(name);
    let rules = CellRules { variable: &variable, decimal_comma: false, extra_missing };
    let is_reported = |row: &RowIndex| {
        let text = rows.text(*row, column);
        !text.is_empty() && missing(text, &rules).is_none()
    };
    let reported: Vec<(usize, RowIndex)> = (0..)
        .zip(cases)
        .flat_map(|(case, of_case)| of_case.iter().map(move |row| (case, *row)))
        .filter(|(_, row)| is_reported(row))
        .collect();
    let texts = || reported.iter().map(|(_, row)| rows.text(*row, column));
    let is_age = read_header(name).role == Role::Age;
    match texts().map(years).collect::<Option<Vec<Decimal>>>().filter(|_| is_age) {
        Some(ages) => fallen(&reported, &ages, Advancing::Age),
        None => days(texts()).map_or_else(Vec::new, |days: Vec<BigRational>| fallen(&reported, &days, Advancing::Date)),
    }
}

/// An age as a number, with a point or a comma.
fn years(text: &str) -> Option<Decimal> {
    Decimal::parse(&text.replace(',', ".")).ok()
}

fn fallen<V: PartialOrd>(reported: &[(usize, RowIndex)], values: &[V], of: Advancing) -> Vec<Fall> {
    let both = || reported.iter().zip(values);
    let pairs = both().zip(both().skip(1));
    let falls = pairs.filter(|(((case, _), before), ((next, _), value))| case == next && value < before);
    falls.map(|(((_, before), _), ((_, row), _))| Fall { before: *before, row: *row, of }).collect()
}
