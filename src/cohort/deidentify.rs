//! What is shown of a case without its identity: a number in place of the id, no age over 89,
//! the year of a date. Words are left as they stand: a name in a free text is not seen here.

use super::cell::{CellState, DateState};
use super::quantity::Quantity;
use crate::decimal::Decimal;
use crate::diagnostic::{FilePosition, Finding};
use crate::error::Error;
use crate::schema::lexical::{Comparator, Date, DurationUnit, duration_unit};
use crate::schema::{Kind, Role, Variable};
use num_rational::BigRational;
use std::cmp::Ordering;

/// The last age that is shown, in years.
const LAST_AGE: i64 = 89;

/// What is shown in place of the id of a case: `P1` for the first of all inputs.
pub fn id(number: u64) -> String {
    format!("P{number}")
}

/// The last age that is shown, in the unit of a column of ages.
pub fn last_age(variable: &Variable) -> BigRational {
    last(variable).to_ratio()
}

fn last(variable: &Variable) -> Quantity {
    let is_months = variable.unit.as_deref().and_then(duration_unit) == Some(DurationUnit::Months);
    Quantity::from(Decimal::from_int(if is_months { LAST_AGE.saturating_mul(12) } else { LAST_AGE }))
}

/// An age as it may be shown: `>89` for every older one, whatever is stated beside it.
pub fn age(state: CellState, variable: &Variable) -> CellState {
    let last = last(variable);
    let value = match &state {
        CellState::Value(number) => number.value,
        CellState::Censored { value, comparator: Comparator::Above | Comparator::AtLeast, .. } => *value,
        _ => return state,
    };
    if value.compare(last) != Ordering::Greater {
        return state;
    }
    CellState::Censored { comparator: Comparator::Above, value: last, stated: None }
}

/// The year of a date.
pub fn date(state: DateState) -> DateState {
    match state {
        DateState::Date(date) => DateState::Date(Date { year: date.year, month: None, day: None }),
        other => other,
    }
}

/// What is shown of a cell that cannot be read: it may hold anything.
pub const UNREADABLE: &str = "withheld";

/// True for a column none of whose cells may be shown: words that may name anybody, and further ids.
pub fn withholds(variable: &Variable) -> bool {
    variable.kind == Kind::Text || matches!(variable.role, Role::DirectIdentifier | Role::CaseId)
}

/// A refusal without what leads to its cases.
pub fn refusal(error: Error) -> Error {
    match error {
        Error::Refused(mut findings) => {
            findings.each(finding);
            Error::Refused(findings)
        }
        other => other,
    }
}

/// A finding without what leads to the case: its id, its place in the file and its value.
pub fn finding(finding: &mut Finding) {
    finding.location.case = None;
    finding.location.position = FilePosition::Whole;
    finding.value = None;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cohort::cell::{CellRules, number};
    use crate::diagnostic::{Severity, SourceLocation};

    fn shown(text: &str, unit: &str) -> CellState {
        let variable =
            Variable { role: Role::Age, kind: Kind::Number, unit: Some(unit.to_owned()), ..Variable::new("age") };
        let rules = CellRules { variable: &variable, decimal_comma: false, extra_missing: &[] };
        age(number(text, &rules), &variable)
    }

    #[test]
    fn ages_over_89_are_one_group() {
        let of = |value| Quantity::from(Decimal::from_int(value));
        let grouped = |value| CellState::Censored { comparator: Comparator::Above, value: of(value), stated: None };
        for old in ["90", "89.5", "101 (high)", ">95", ">=90"] {
            assert_eq!(shown(old, "years"), grouped(89), "{old}");
        }
        assert_eq!(shown("1080", "months"), grouped(1068));
        assert_eq!(shown("91 years", "months"), grouped(1068));
        for kept in ["89", "2.5", ">80", "<95", "NA", "old"] {
            let plain = CellState::Censored { comparator: Comparator::Above, value: of(89), stated: None };
            assert_ne!(shown(kept, "years"), plain, "{kept}");
        }
    }

    #[test]
    fn dates_are_years_and_findings_lead_to_no_case() {
        let full = Date::parse("2018-03-14").map(DateState::Date).unwrap();
        assert_eq!(date(full), DateState::Date(Date { year: 2018, month: None, day: None }));
        let at = SourceLocation { row: 3, case: Some("P3".into()), ..SourceLocation::line(4) };
        let mut one = Finding::new("unreadable-cell", Severity::Warning, "not a number").at(at).value("12-15");
        finding(&mut one);
        assert_eq!((one.location.position.line(), one.location.case, one.value), (None, None, None));
        assert_eq!(id(3), "P3");
    }
}
