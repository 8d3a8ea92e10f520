//! Visits of a variable: its columns, one a visit, in the order of time.

use super::syntax::{Change, Derived, Expression};
use crate::cohort::case::{Case, CaseCell};
use crate::cohort::cell::CellState;
use crate::cohort::column::CaseColumn;
use crate::cohort::visit_order::in_time;
use crate::diagnostic::quoted;
use crate::error::Error;
use crate::schema::Kind;

/// What several measurements of a patient become beside the first and the last one, which is no visit.
const SUMMARIES: [&str; 3] = ["peak", "lowest", MEASUREMENTS];
/// The number of measurements of a patient: where a variable has it, `@first` and `@last` are measurements, not visits.
const MEASUREMENTS: &str = "measurements";

/// The columns of a change of numbers.
#[derive(Debug, Clone)]
pub struct VisitColumns<'a> {
    /// The variable.
    pub variable: String,
    /// The visit before.
    pub before: CaseColumn<'a>,
    /// The visit after.
    pub after: CaseColumn<'a>,
    /// All visits after the first one, where the change is up to the last; else that after.
    pub later: Vec<CaseColumn<'a>>,
    /// How many measurements a patient has, where the two are measurements.
    measurements: Option<CaseColumn<'a>>,
}

impl Derived {
    /// The columns of the visits of a change of numbers; none of another variable.
    pub fn visits<'a>(&self, columns: &[CaseColumn<'a>]) -> Option<VisitColumns<'a>> {
        let Expression::Change(change) = &self.expression else { return None };
        let columns = Visits(columns).of_change(change).ok()?;
        let is_number = |column: &CaseColumn<'_>| column.variable().kind == Kind::Number;
        if !is_number(&columns.before) || !is_number(&columns.after) {
            return None;
        }
        let later = columns.later.iter().copied().filter(is_number).collect();
        Some(VisitColumns { later, ..columns })
    }
}

impl VisitColumns<'_> {
    /// True where the two are the first and the last of several measurements, and no visits with names.
    pub fn is_of_measurements(&self) -> bool {
        self.measurements.is_some()
    }

    /// True where the value before and that after are one measurement: there is no change, and not one of 0.
    ///
    /// The rows that the two cells come from tell it; where they are not known, one measurement is the first and the
    /// last.
    pub fn is_one_measurement(&self, case: &Case<'_>) -> bool {
        let Some(measurements) = &self.measurements else { return false };
        let is_one = match case.cell(measurements) {
            CaseCell::Number(CellState::Value(number)) => {
                number.value.to_ratio() == num_rational::BigRational::from_integer(1.into())
            }
            _ => false,
        };
        let place = |column: &CaseColumn<'_>| case.other_place(column.column);
        is_one || place(&self.before).is_some_and(|before| place(&self.after) == Some(before))
    }
}

/// The visits of a variable.
struct Ordered<'a> {
    visits: Vec<CaseColumn<'a>>,
    /// False where their names tell no order.
    is_ordered: bool,
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
    ///
    /// Errors: visits whose names tell no order.
    pub fn at_an_end(self, name: &str) -> Result<Option<CaseColumn<'a>>, Error> {
        let Some((variable, end)) = name.rsplit_once('@') else { return Ok(None) };
        let is_first = match end.trim() {
            end if end.eq_ignore_ascii_case("first") => true,
            end if end.eq_ignore_ascii_case("last") => false,
            _ => return Ok(None),
        };
        let Ordered { visits, is_ordered } = self.of(variable);
        if !is_ordered && visits.len() > 1 {
            return Err(without_order(variable, &visits));
        }
        Ok(if is_first { visits.first() } else { visits.last() }.copied())
    }

    fn measurements(self, variable: &str) -> Option<CaseColumn<'a>> {
        self.named(&format!("{variable}@{MEASUREMENTS}"))
    }

    /// The columns of a variable, one a visit, in the order of time; of several measurements the first and the last.
    fn of(self, variable: &str) -> Ordered<'a> {
        let has_measurements = self.measurements(variable).is_some();
        let is_visit = |column: &&CaseColumn<'a>| {
            let Some((of, visit)) = column.variable().name.rsplit_once('@') else { return false };
            let is_end = || ["first", "last"].iter().any(|end| visit.eq_ignore_ascii_case(end));
            let is_summary = SUMMARIES.iter().any(|summary| visit.eq_ignore_ascii_case(summary));
            of.eq_ignore_ascii_case(variable) && !is_summary && (!has_measurements || is_end())
        };
        let visits: Vec<CaseColumn<'a>> = self.0.iter().filter(is_visit).copied().collect();
        let names: Vec<&str> = visits.iter().map(visit_of).collect();
        match in_time(&names) {
            Some(order) => {
                let visits = order.into_iter().filter_map(|at| visits.get(at).copied()).collect();
                Ordered { visits, is_ordered: true }
            }
            None => Ordered { visits, is_ordered: false },
        }
    }

    /// The columns of a change: its two visits, and all those behind the first where it is up to the last.
    pub fn of_change(self, change: &Change) -> Result<VisitColumns<'a>, Error> {
        let Change { variable, before, after } = change;
        let Ordered { visits, is_ordered } = self.of(variable);
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
            let found = self.named(&name).map_or_else(|| self.at_an_end(&name), |column| Ok(Some(column)))?;
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
        let mut later = vec![second];
        if is_ordered && after.eq_ignore_ascii_case("last") {
            later = visits.into_iter().skip_while(|column| column.column != first.column).skip(1).collect();
            // The visit before may be none of those in order, as the baseline of measurements.
            later = if later.is_empty() { vec![second] } else { later };
        }
        let measurements = self.measurements(variable);
        Ok(VisitColumns { variable: variable.clone(), before: first, after: second, later, measurements })
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

/// Visits of which nobody knows the first and the last: the place of a column is no order in time.
fn without_order(variable: &str, visits: &[CaseColumn<'_>]) -> Error {
    let known: Vec<&str> = visits.iter().map(visit_of).collect();
    let message =
        format!("the names of the visits of '{variable}' tell no first and no last one: {}", known.join(", "));
    let change = |[before, after]: [&str; 2]| quoted(&format!("{variable}={before}:{after}"));
    let remedy = match (two_in_order(&known), known.as_slice()) {
        (Some(two), _) => format!("name the two visits, the earlier one first: --change {}", change(two)),
        (None, [one, other, ..]) => {
            format!("name the two visits: --change {} is the change from {one} to {other}", change([one, other]))
        }
        (None, _) => "name the two visits, the earlier one first".to_owned(),
    };
    Error::usage_with(message, remedy)
}

/// The first two visits of which the names tell the order, the earlier one first.
fn two_in_order<'v>(visits: &[&'v str]) -> Option<[&'v str; 2]> {
    let pairs = visits
        .iter()
        .enumerate()
        .flat_map(|(at, one)| visits.iter().skip(at.saturating_add(1)).map(move |other| [*one, *other]));
    pairs.into_iter().find_map(|two| {
        let order = in_time(&two)?;
        let first = two.get(*order.first()?)?;
        Some([*first, *two.get(*order.last()?)?])
    })
}

/// The visit of a column: `baseline` of `crp@baseline`.
pub fn visit_of<'v>(column: &'v CaseColumn<'_>) -> &'v str {
    column.variable().name.rsplit_once('@').map_or("", |(_, visit)| visit)
}
