//! From the header and the lexical classes of all cells to the meaning of a column.
//!
//! The classes of every cell are counted like any tally, so that the decision does not depend
//! on the order of the rows, on how many there are, or on how many different values they hold.

mod kind;
mod number_unit;

use self::kind::kind_of;
use self::number_unit::number_unit;
use super::evidence::Evidence;
use super::response::understand::holds_response_codes;
use super::table_schema::DeclaredVariable;
use super::{Kind, Role, Variable};
use crate::read::ITEM;

/// Options of the command line for one column.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Forced {
    /// `--role COL=ROLE`
    pub role: Option<Role>,
    /// `--kind COL=KIND`
    pub kind: Option<Kind>,
    /// `--show COL`
    pub show: bool,
}

/// The variable of one column: the command line decides, then the schema, then header and cells.
pub fn decide(header: &str, evidence: &Evidence, declared: Option<&DeclaredVariable>, forced: Forced) -> Variable {
    let reading = super::header::read_header(header);
    let mut variable = Variable::new(header);
    variable.name.clone_from(&reading.name);
    variable.unit.clone_from(&reading.unit);
    variable.role = reading.role;
    variable.why.clone_from(&reading.why);
    if let Some(declared) = declared {
        declared.apply(&mut variable);
    }
    if let Some(role) = forced.role {
        variable.role = role;
        variable.why = format!("--role {header}={role}");
    }
    let is_identifier_shown = forced.show && variable.role == Role::DirectIdentifier;
    let role = if is_identifier_shown { Role::Other } else { variable.role };
    let (kind, why) = match (forced.kind, declared.and_then(|d| d.kind)) {
        (Some(kind), _) => (kind, format!("--kind {header}={kind}")),
        (None, Some(kind)) => (kind, String::new()),
        (None, None) => {
            let (kind, reason) = kind_of(role, &reading, evidence);
            variable.kind_reason = Some(reason);
            (kind, reason.to_string())
        }
    };
    variable.kind = kind;
    let reasons: Vec<String> = [variable.why, why].into_iter().filter(|why| !why.is_empty()).collect();
    variable.why = reasons.join("; ");
    variable.shown |= forced.show;
    if kind == Kind::Number && variable.unit.is_none() {
        (variable.unit, variable.reading.bare) = number_unit(&variable, evidence);
        variable.reading.is_unit_of_cells = true;
    }
    if variable.role == Role::Response {
        variable.reading.is_nr_response = holds_response_codes(evidence.words().map(|(word, _)| word));
    }
    if matches!(kind, Kind::Set | Kind::Lines) && variable.delimiter.is_none() && variable.members.is_empty() {
        variable.delimiter = Some(evidence.delimiter().filter(|d| *d != ITEM).unwrap_or(';'));
    }
    variable
}
