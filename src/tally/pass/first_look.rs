//! A look at the first records, to learn about the columns.

use super::column::ColumnTally;
use super::naming::{NamingTally, naming, naming_columns};
use super::places::FirstPlaces;
use super::refused_into;
use super::run::RecordRun;
use crate::cohort::cell::CellRules;
use crate::diagnostic::{Findings, Severity};
use crate::error::Error;
use crate::read::{Batch, Columns, Feed, Inputs};
use crate::schema::evidence::Evidence;
use crate::schema::{CellReading, DecimalMark, Variable};
use std::sync::Arc;

/// Records of a file that are looked at: what they do not show is found by the pass, and may need another one.
const LOOKED_AT: usize = 1 << 11;

/// The columns and the lexical classes of the first records.
pub fn first_look(
    inputs: &Inputs,
    mark: DecimalMark,
    columns: Option<Columns>,
) -> Result<(Columns, Vec<Arc<Evidence>>), Error> {
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
    if !some {
        let none = vec![Arc::default(); columns.len()];
        return Ok((columns, none));
    }
    let reading = CellReading { mark, ..CellReading::default() };
    let variable = |name: &String| Variable { reading: reading.clone(), ..Variable::new(name) };
    let variables: Vec<Variable> = columns.names().iter().map(variable).collect();
    let block = &batch.block;
    // A pipe cannot be read again.
    let most = if inputs.can_be_read_again() { LOOKED_AT } else { usize::MAX };
    let rows = 0..block.rows().min(most);
    let run = RecordRun { block, rows, id: None, beside: None, members: None };
    let mut places = FirstPlaces::default();
    places.begin(&run);
    let evidence = variables.iter().enumerate().map(|(column, variable)| {
        let mut tally = ColumnTally::new(CellRules::new(variable, &[]), column);
        tally.add(&run, &mut places);
        tally.evidence(&places)
    });
    let mut evidence: Vec<Evidence> = evidence.collect();
    for column in naming_columns(columns.names()) {
        let mut tally = NamingTally::new(&column);
        tally.add(block);
        if let Some(evidence) = evidence.get_mut(tally.column()) {
            evidence.naming = Some(naming(vec![tally]));
        }
    }
    Ok((columns, evidence.into_iter().map(Arc::new).collect()))
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
