//! What is shown of a case without identifying it: a number in place of the ID, no age over 89,
//! the year of a date. Words are not changed: a name in a free text is not recognised.

use crate::diagnostic::{FilePosition, Finding};
use crate::error::Error;
use crate::schema::{Kind, Role, Variable};

/// What is shown in place of the ID of a case: `P1` for the first case of all inputs.
pub fn id(number: u64) -> String {
    format!("P{number}")
}

/// What is shown of a cell that cannot be read: it may contain anything.
pub const UNREADABLE: &str = "withheld";

/// True for a column of which no cell may be shown: free text, which may contain names, and identifiers.
pub fn withholds(variable: &Variable) -> bool {
    variable.kind == Kind::Text || matches!(variable.role, Role::DirectIdentifier | Role::CaseId)
}

/// A refusal without anything that identifies its cases.
pub fn refusal(error: Error) -> Error {
    match error {
        Error::Refused(mut findings) => {
            findings.each(finding);
            Error::Refused(findings)
        }
        other => other,
    }
}

/// Removes what identifies the case from a finding: its ID, its place in the file and its value.
pub fn finding(finding: &mut Finding) {
    finding.location.case = None;
    finding.location.position = FilePosition::Whole;
    finding.value = None;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cohort::cell::{CellRules, CellState, DateState, date, number};
    use crate::cohort::quantity::Quantity;
    use crate::decimal::Decimal;
    use crate::diagnostic::{Severity, SourceLocation};
    use crate::schema::lexical::{Comparator, Date};

    fn column(role: Role, kind: Kind, unit: &str) -> Variable {
        Variable { role, kind, unit: Some(unit.to_owned()), is_deidentified: true, ..Variable::new("age") }
    }

    fn age(text: &str, unit: &str) -> CellState {
        let variable = column(Role::Age, Kind::Number, unit);
        number(text, &CellRules { variable: &variable, decimal_comma: false, extra_missing: &[] })
    }

    #[test]
    fn ages_over_89_are_one_group() {
        let of = |value| Quantity::from(Decimal::from_int(value));
        let grouped = |value| CellState::Censored { comparator: Comparator::Above, value: of(value), stated: None };
        for old in ["90", "89.5", "101 (high)", ">95", ">=90"] {
            assert_eq!(age(old, "years"), grouped(89), "{old}");
        }
        assert_eq!(age("1080", "months"), grouped(1068));
        assert_eq!(age("91 years", "months"), grouped(1068));
        for kept in ["89", "2.5", ">80", "<95", "NA", "old"] {
            assert_ne!(age(kept, "years"), grouped(89), "{kept}");
        }
    }

    #[test]
    fn dates_are_years_and_findings_lead_to_no_case() {
        let variable = column(Role::Other, Kind::Date, "");
        let rules = CellRules { variable: &variable, decimal_comma: false, extra_missing: &[] };
        assert_eq!(date("2018-03-14", &rules), DateState::Date(Date { year: 2018, month: None, day: None }));
        let at = SourceLocation { row: 3, case: Some("P3".into()), ..SourceLocation::line(4) };
        let mut one = Finding::new("unreadable-cell", Severity::Warning, "not a number").at(at).value("12-15");
        finding(&mut one);
        assert_eq!((one.location.position.line(), one.location.case, one.value), (None, None, None));
        assert_eq!(id(3), "P3");
    }
}
