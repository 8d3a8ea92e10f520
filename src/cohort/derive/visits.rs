//! Visits of a variable: its columns, one a visit.

use super::syntax::{Change, Derived, Expression};
use crate::cohort::column::CaseColumn;
use crate::error::Error;
use crate::schema::Kind;

/// The columns of a change of numbers.
#[derive(Debug)]
pub struct VisitColumns<'a> {
    /// The variable.
    pub variable: String,
    /// The visit before.
    pub before: CaseColumn<'a>,
    /// The visit after.
    pub after: CaseColumn<'a>,
    /// All visits after the first one, where the change is up to the last; else that after.
    pub later: Vec<CaseColumn<'a>>,
}

impl Derived {
    /// The columns of the visits of a change of numbers; none of another variable.
    pub fn visits<'a>(&self, columns: &[CaseColumn<'a>]) -> Option<VisitColumns<'a>> {
        let Expression::Change(change) = &self.expression else { return None };
        let visits = Visits(columns);
        let [before, after] = visits.two_visits(change).ok()?;
        if [before, after].iter().any(|column| column.variable().kind != Kind::Number) {
            return None;
        }
        let mut later = vec![after];
        if change.after.eq_ignore_ascii_case("last") {
            let all = visits.of(&change.variable);
            let behind = all.into_iter().skip_while(|column| column.column != before.column).skip(1);
            later = behind.filter(|column| column.variable().kind == Kind::Number).collect();
        }
        Some(VisitColumns { variable: change.variable.clone(), before, after, later })
    }
}

/// The columns in which visits are looked for.
#[derive(Clone, Copy)]
pub(super) struct Visits<'c, 'a>(pub &'c [CaseColumn<'a>]);

impl<'a> Visits<'_, 'a> {
    /// The column with this name or header.
    pub fn named(self, name: &str) -> Option<CaseColumn<'a>> {
        let is_named = |column: &&CaseColumn<'a>| {
            let variable = column.variable();
            variable.name.eq_ignore_ascii_case(name) || variable.header.eq_ignore_ascii_case(name)
        };
        self.0.iter().find(is_named).copied()
    }

    /// The column of the first or of the last visit: `crp@first`.
    pub fn at_an_end(self, name: &str) -> Option<CaseColumn<'a>> {
        let (variable, end) = name.rsplit_once('@')?;
        let visits = self.of(variable);
        match end.trim().to_ascii_lowercase().as_str() {
            "first" => visits.first().copied(),
            "last" => visits.last().copied(),
            _ => None,
        }
    }

    /// The columns of a variable, one a visit.
    fn of(self, variable: &str) -> Vec<CaseColumn<'a>> {
        let is_visit = |column: &&CaseColumn<'a>| {
            column.variable().name.rsplit_once('@').is_some_and(|(of, _)| of.eq_ignore_ascii_case(variable))
        };
        self.0.iter().filter(is_visit).copied().collect()
    }

    /// The columns of the two visits of a change.
    pub fn two_visits(self, change: &Change) -> Result<[CaseColumn<'a>; 2], Error> {
        let Change { variable, before, after } = change;
        let visits = self.of(variable);
        match visits.as_slice() {
            [] => return Err(self.without_visits(variable)),
            [_] => {
                let message = format!("'{variable}' has one visit, and a change needs two");
                return Err(Error::usage_with(message, "leave out --change, or read the table with all its visits"));
            }
            _ => {}
        }
        let at = |visit: &str| {
            let name = format!("{variable}@{visit}");
            let found = self.named(&name).or_else(|| self.at_an_end(&name));
            found.ok_or_else(|| {
                let known: Vec<&str> = visits.iter().map(visit_of).collect();
                let all = || format!("its visits are: {}", known.join(", "));
                Error::unknown(format!("'{variable}' has no visit '{visit}'"), visit, &known, all)
            })
        };
        let (first, second) = (at(before)?, at(after)?);
        if first.column == second.column {
            let message = format!("the two visits of '{variable}' are the same");
            return Err(Error::usage_with(message, "name two visits: --change crp=baseline:month_6"));
        }
        Ok([first, second])
    }

    /// Why there is no change of a variable.
    fn without_visits(self, variable: &str) -> Error {
        let with_visits = self.0.iter().filter_map(|column| column.variable().name.rsplit_once('@'));
        let mut known: Vec<&str> = with_visits.map(|(of, _)| of).collect();
        known.dedup();
        let message = match self.named(variable) {
            Some(_) => format!("'{variable}' has one value a patient, and no visits"),
            None => format!("there is no variable '{variable}' with visits"),
        };
        let all = || match known.as_slice() {
            [] => "where each row is a visit: --case PATIENT --visit VISIT; in one row a patient, name the columns \
                   crp@baseline and crp@month_6"
                .to_owned(),
            known => format!("variables with visits: {}", known.join(", ")),
        };
        Error::unknown(message, variable, &known, all)
    }
}

/// The visit of a column: `baseline` of `crp@baseline`.
pub fn visit_of<'v>(column: &'v CaseColumn<'_>) -> &'v str {
    column.variable().name.rsplit_once('@').map_or("", |(_, visit)| visit)
}
