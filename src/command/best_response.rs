//! Responses of several visits: the best of each patient is a column more, and its rates are those of the series.

use super::derive::with_derived;
use crate::cohort::derive::Derived;
use crate::diagnostic::{Finding, FindingId, Findings, quoted};
use crate::error::Error;
use crate::read::{Columns, Inputs, first_columns};
use crate::schema::header::{names_the_best_response, read_header};
use crate::schema::{Kind, Role, Variable};
use crate::tally::{Settings, read_cohort};

/// Name of the column of the best response.
const NAME: &str = "best overall response";

/// The inputs with the best of the responses of several columns, where no column names the best one.
///
/// Errors: those of reading.
pub fn with_best_response(
    inputs: Inputs,
    settings: &mut Settings,
    derived: &[Derived],
    notes: &mut Findings,
) -> Result<Inputs, Error> {
    let is_asked = derived.iter().any(Derived::is_best_response);
    if is_asked || !inputs.can_be_read_again() || !inputs.refused().is_empty() || !may_be_several(&inputs, settings) {
        return Ok(inputs);
    }
    // What is wrong with the cases is told when they are counted.
    let Ok(cohort) = read_cohort(&inputs, &settings.without_requests()) else { return Ok(inputs) };
    let columns: Vec<&Variable> = cohort.variables.iter().map(|column| &column.variable).filter(is_of_words).collect();
    let named_the_best = columns.iter().filter(|variable| names_the_best_response(&variable.name)).count();
    if columns.len() < 2 || named_the_best == 1 || is_taken(&cohort.columns) {
        return Ok(inputs);
    }
    let headers: Vec<String> = columns.iter().map(|variable| variable.header.clone()).collect();
    settings.forced.entry(NAME.to_owned()).or_default().role = Some(Role::Response);
    notes.add(best_is_counted(&headers));
    with_derived(inputs, settings, &[Derived::best_of(NAME, &headers)], notes)
}

/// True where two columns at least may be of responses.
fn may_be_several(inputs: &Inputs, settings: &Settings) -> bool {
    let fields = || settings.schema.iter().flat_map(|schema| &schema.variables);
    let is_forced = |name: &str| settings.forced.get(name).is_some_and(|forced| forced.role == Some(Role::Response));
    let is_declared = |name: &str| fields().any(|field| field.header == name && field.role == Some(Role::Response));
    let is_response = |name: &&String| read_header(name).role == Role::Response || is_forced(name) || is_declared(name);
    first_columns(inputs).iter().filter(is_response).count() > 1
}

fn is_of_words(variable: &&Variable) -> bool {
    let is_of_words = matches!(variable.kind, Kind::Category | Kind::Binary);
    variable.role == Role::Response && is_of_words && !variable.is_withheld()
}

fn is_taken(columns: &Columns) -> bool {
    columns.names().iter().any(|name| name.trim().eq_ignore_ascii_case(NAME))
}

fn best_is_counted(headers: &[String]) -> Finding {
    let message = format!(
        "the responses of a case stand in {} columns: its best one is counted, in the column {NAME}: {}",
        headers.len(),
        headers.join(", ")
    );
    let first = headers.first().map_or("", String::as_str);
    let others = headers.iter().skip(1).map(|header| format!("--role {}", quoted(&format!("{header}=other"))));
    let remedy = format!("to count those of {first} alone: {}", others.collect::<Vec<_>>().join(" "));
    Finding::new(FindingId::BestOfResponses, message).column(first).remedy(remedy)
}
