//! A look at the first records, to learn about the columns.

use super::column::ColumnTally;
use super::refused_into;
use super::run::RecordRun;
use crate::cohort::cell::CellRules;
use crate::diagnostic::{Findings, Severity};
use crate::error::Error;
use crate::read::{Batch, Columns, Feed, Inputs};
use crate::schema::Variable;
use crate::schema::infer::Evidence;
use crate::schema::lexical::NumberFormat;

/// The columns and the lexical classes of the first records.
pub fn first_look(
    inputs: &Inputs,
    decimal_comma: bool,
    columns: Option<Columns>,
) -> Result<(Columns, Vec<Evidence>), Error> {
    let mut feed = Feed::peek(inputs);
    let (mut batch, mut findings) = (Batch::default(), Findings::default());
    let known = columns.or_else(|| inputs.headers().next().map(|(_, names)| Columns::new(names.to_vec())));
    let some = refused_into(feed.next(&mut batch), &mut findings)?.unwrap_or(false);
    let columns = match known {
        Some(columns) => columns,
        None if some => refused_into(batch.discover(), &mut findings)?.unwrap_or_default(),
        None => Columns::default(),
    };
    // The pass reports what is found here.
    let decoded = some.then(|| batch.decode(&columns, &mut Findings::default())).transpose();
    let some = refused_into(decoded, &mut Findings::default())?.flatten().is_some();
    if findings.count(Severity::Error) > 0 {
        return Err(all_problems(inputs, Findings::default())?);
    }
    let reading = NumberFormat { decimal_comma, field_delimiter: None };
    let variables: Vec<Variable> = columns.names().iter().map(|name| Variable::new(name)).collect();
    let evidence = variables.iter().enumerate().map(|(column, variable)| {
        let rules = CellRules { variable, decimal_comma, extra_missing: &[] };
        let mut tally = ColumnTally::classes(rules, column, reading);
        if some {
            let (block, rows) = (&batch.block, 0..batch.block.rows());
            tally.add(&RecordRun { block, rows, id: None, beside: None, members: None });
        }
        tally.finish().evidence
    });
    let evidence = evidence.collect();
    Ok((columns, evidence))
}

/// Collects every problem of inputs whose first cases are already refused, so that their columns are unknown.
fn all_problems(inputs: &Inputs, mut findings: Findings) -> Result<Error, Error> {
    let mut feed = Feed::new(inputs);
    let mut batch = Batch::default();
    loop {
        let more = feed.next(&mut batch);
        let Some(more) = refused_into(more, &mut findings)? else { continue };
        if !more {
            break;
        }
        refused_into(batch.discover(), &mut findings)?;
    }
    findings.merge(feed.into_findings());
    Ok(findings.into())
}
