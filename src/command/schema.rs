//! How each column is understood, as a Table Schema.

use super::open::{InputSpec, open};
use super::output::{Outcome, deliver};
use super::progress::shown;
use crate::error::Error;
use crate::schema::Variable;
use crate::schema::evidence::Class;
use crate::schema::table_schema::write;
use crate::tally::{Cohort, read_cohort};

/// What the user requested.
pub struct Request {
    /// The input.
    pub input: InputSpec,
    /// Output file; `None` is standard output.
    pub output: Option<String>,
}

/// Runs the command.
///
/// Errors: input that is refused, and failed writes.
pub fn run(request: &Request) -> Result<Outcome, Error> {
    let opened = open(&InputSpec { schema: request.input.own_schema(), ..request.input.clone() })?;
    let mut cohort = shown(&opened.inputs, || read_cohort(&opened.inputs, &opened.settings))?;
    opened.notes.into_iter().for_each(|note| cohort.findings.add(note));
    let mut schema = cohort.schema();
    if let Some(file) = opened.settings.schema {
        schema.audit = file.audit;
    }
    let text = write(&schema, |variable| is_plain(&cohort, variable));
    let stdout = deliver(text.into_bytes(), request.output.as_deref(), &opened.paths)?;
    Ok(Outcome { stdout, findings: cohort.findings, ..Outcome::default() })
}

/// True where every cell is a plain number, so that other programs can read the column as numbers.
fn is_plain(cohort: &Cohort, variable: &Variable) -> bool {
    let others = [Class::Censored, Class::Duration, Class::Stated, Class::Unreadable, Class::Word, Class::Date];
    let others = others.iter().chain(&[Class::Code, Class::Band, Class::AtLeast]);
    let column = cohort.variables.iter().find(|column| column.variable.header == variable.header);
    column.is_some_and(|column| others.clone().all(|class| column.evidence.cells(*class) == 0))
}
