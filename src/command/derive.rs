//! Derived variables: what the columns mean is decided over all rows, and then each case gets a cell more.

use crate::cohort::case::Case;
use crate::cohort::derive::Derived;
use crate::cohort::relate::with_column;
use crate::cohort::stream::{each_case, ensure_can_be_read_twice};
use crate::diagnostic::{Finding, Severity, SourceLocation};
use crate::error::Error;
use crate::read::Inputs;
use crate::tally::{Settings, read_cohort};

/// The input with the derived columns behind its own, each of which may use those before it.
///
/// Errors: several inputs, an input that cannot be read twice or is refused, a name that is a column already, and what
/// does not fit the columns.
pub fn with_derived(
    mut inputs: Inputs,
    settings: &mut Settings,
    derived: &[Derived],
    notes: &mut Vec<Finding>,
) -> Result<Inputs, Error> {
    if derived.is_empty() {
        return Ok(inputs);
    }
    if inputs.names().count() > 1 {
        let message = "--derive and --change are for one table, and there are several files";
        return Err(Error::usage_with(message, "put the rows of all files into one"));
    }
    ensure_can_be_read_twice(&inputs)?;
    for (at, one) in derived.iter().enumerate() {
        let later = derived.get(at..).unwrap_or_default();
        let (with_one, without_pair) = with_one(inputs, settings, one, later)?;
        inputs = with_one;
        notes.extend(without_pair.notes(&one.name));
    }
    Ok(inputs)
}

fn with_one(
    inputs: Inputs,
    settings: &mut Settings,
    derived: &Derived,
    later: &[Derived],
) -> Result<(Inputs, WithoutPair), Error> {
    let mut as_it_is =
        Settings { by: Vec::new(), keep: None, conditions: Vec::new(), survival: None, ..settings.clone() };
    as_it_is.forced.retain(|name, _| !later.iter().any(|later| later.name == *name));
    let cohort = read_cohort(&inputs, &as_it_is)?;
    let is_taken = |name: &str| name.eq_ignore_ascii_case(&derived.name);
    if cohort.columns.names().iter().any(|name| is_taken(name.trim())) {
        let message = format!("there is a column '{}' already", derived.name);
        return Err(Error::usage_with(message, "give the derived variable another name").within(derived.option()));
    }
    let columns = cohort.case_columns(&as_it_is);
    let mut bound = derived.bind(columns.all()).map_err(|fault| fault.within(derived.option()))?;
    let declared = settings.schema.iter().flat_map(|schema| schema.missing.iter().flat_map(|missing| missing.keys()));
    let missing: Vec<String> = settings.missing.iter().chain(declared).cloned().collect();
    let (mut cells, mut without_pair) = (Vec::new(), WithoutPair::default());
    each_case(&inputs, &cohort.columns, &columns, |case| {
        let cell = bound.text(case);
        if derived.is_change && cell.is_empty() {
            without_pair.add(case, &derived.name);
        }
        cells.push(not_missing(cell, &missing, settings.decimal_comma));
        Ok(())
    })?;
    bound.check_levels().map_err(|fault| fault.within(derived.option()))?;
    if let Some(schema) = &mut settings.schema {
        // Its fields have been compared with the columns of the file: a derived column needs none.
        schema.add_columns(Vec::new());
    }
    let forced = settings.forced.entry(derived.name.clone()).or_default();
    forced.kind = forced.kind.or(Some(bound.kind));
    forced.unit = forced.unit.take().or_else(|| bound.unit.clone());
    if bound.is_identifying {
        settings.of_identity.push(derived.name.clone());
    }
    Ok((with_column(inputs, &derived.name, &cells)?, without_pair))
}

/// Most cases without a pair that are named.
const MOST_NAMED: usize = 20;

/// The cases of which a change is not known; the first of them are named.
#[derive(Default)]
struct WithoutPair {
    first: Vec<SourceLocation>,
    cases: usize,
}

impl WithoutPair {
    fn add(&mut self, case: &Case<'_>, name: &str) {
        if self.cases < MOST_NAMED {
            self.first.push(case.location(name));
        }
        self.cases = self.cases.saturating_add(1);
    }

    fn notes(self, name: &str) -> Vec<Finding> {
        let finding = |message: &str| Finding::new("change-without-pair", Severity::Note, message).column(name);
        let more = self.cases.saturating_sub(self.first.len());
        let message = "the value before or after is not known: the change leaves this case out";
        let mut notes: Vec<Finding> = self.first.into_iter().map(|location| finding(message).at(location)).collect();
        if more > 0 {
            notes.push(finding(&format!("the change leaves {more} more cases out")));
        }
        notes
    }
}

/// A number that a missing token looks like is written with a decimal more; the decimal mark is that of the file.
fn not_missing(cell: String, missing: &[String], has_comma: bool) -> String {
    let is_number = cell.strip_prefix('-').unwrap_or(&cell).bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if !is_number || cell.is_empty() {
        return cell;
    }
    let is_token = missing.iter().any(|token| token.trim() == cell);
    let cell = match (is_token, cell.contains('.')) {
        (true, true) => format!("{cell}0"),
        (true, false) => format!("{cell}.0"),
        (false, _) => cell,
    };
    if has_comma { cell.replace('.', ",") } else { cell }
}
