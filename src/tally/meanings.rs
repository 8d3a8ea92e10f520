//! The meaning of every column, decided from what is counted, the schema and the options.

use super::columns::column_of;
use super::set_columns::{all_names, ensure_apart, in_place};
use super::settings::{IdChoice, Settings};
use crate::error::Error;
use crate::read::Columns;
use crate::schema::decide::{Forced, decide};
use crate::schema::evidence::Evidence;
use crate::schema::table_schema::{DeclaredVariable, match_columns};
use crate::schema::{Role, Variable};
use rustc_hash::FxHashMap;

/// The variable of each column and the index of the column in the file, in the order of the tables.
pub fn meanings(
    columns: &Columns,
    evidence: &[Evidence],
    settings: &Settings,
    ordered: bool,
) -> Result<Vec<(Variable, usize)>, Error> {
    let names = &all_names(columns, settings);
    ensure_apart(columns, settings)?;
    let mut variables = Vec::new();
    let none = Evidence::default();
    for (column, declared) in described(columns.names(), settings, ordered)? {
        let Some(name) = names.get(column) else { continue };
        // The kind of a set of several columns is given.
        let evidence = evidence.get(column).unwrap_or(&none);
        let mut forced = Forced::default();
        for (named, wish) in &settings.forced {
            if column_of(named, names)? == column {
                forced = *wish;
            }
        }
        if let IdChoice::Column(id) = &settings.id
            && column_of(id, names)? == column
        {
            forced.role = Some(Role::CaseId);
        }
        let mut variable = decide(name, evidence, declared, forced);
        variable.is_deidentified = settings.deidentify;
        variables.push((variable, column));
    }
    make_names_unique(&mut variables);
    lend_synonyms(&mut variables);
    Ok(variables)
}

/// Every column with its declaration in the schema: the declared columns first, in the order of the schema.
fn described<'s>(
    names: &[String],
    settings: &'s Settings,
    ordered: bool,
) -> Result<Vec<(usize, Option<&'s DeclaredVariable>)>, Error> {
    let Some(schema) = &settings.schema else { return Ok((0..names.len()).map(|column| (column, None)).collect()) };
    let fields = match_columns(schema, names, ordered)?;
    let mut described: Vec<(usize, usize)> =
        fields.iter().enumerate().map(|(column, field)| (field.unwrap_or(usize::MAX), column)).collect();
    described.sort_unstable();
    let described = described.into_iter().map(|(field, column)| (column, schema.variables.get(field))).collect();
    Ok(in_place(described, names, schema))
}

/// The responses of a column beside the treatment are read with it, after the synonyms of their own column.
fn lend_synonyms(variables: &mut [(Variable, usize)]) {
    let responses = variables.iter().find(|(variable, _)| variable.role == Role::Response);
    let Some(synonyms) = responses.map(|(variable, _)| variable.synonyms.clone()).filter(|all| !all.is_empty()) else {
        return;
    };
    for (variable, _) in variables.iter_mut().filter(|(variable, _)| variable.role == Role::Treatment) {
        variable.response_synonyms.clone_from(&synonyms);
    }
}

/// Two columns such as `CK (U/L)` and `CK (ukat/L)` have the same name without their units: they keep them.
fn make_names_unique(variables: &mut [(Variable, usize)]) {
    let names: Vec<String> = variables.iter().map(|(v, _)| v.name.clone()).collect();
    let mut met: FxHashMap<&str, usize> = FxHashMap::default();
    for name in &names {
        *met.entry(name).or_default() += 1;
    }
    for (variable, _) in variables {
        if met.get(variable.name.as_str()).is_some_and(|times| *times > 1) {
            variable.name.clone_from(&variable.header);
        }
    }
}

/// The column of case IDs, if there is one.
pub fn id_column(
    variables: &[(Variable, usize)],
    names: &[String],
    settings: &Settings,
) -> Result<Option<usize>, Error> {
    match &settings.id {
        IdChoice::No => Ok(None),
        IdChoice::Column(name) => column_of(name, names).map(Some),
        IdChoice::Found => Ok(variables.iter().find(|(v, _)| v.role == Role::CaseId).map(|(_, column)| *column)),
    }
}
