//! Sets that the schema builds from several columns: their position among the variables, and checks that their
//! columns are not used as variables.

use super::columns::column_of;
use super::part_columns::{first_part, part_columns};
use super::settings::{IdChoice, Settings};
use crate::diagnostic::quoted;
use crate::error::Error;
use crate::read::Columns;
use crate::schema::Kind;
use crate::schema::table_schema::{DeclaredVariable, FileSchema};
use rustc_hash::FxHashSet;

/// All column names: those of the file, then those of the sets of several columns, then those of parts of a column.
pub(super) fn all_names(columns: &Columns, settings: &Settings) -> Vec<String> {
    let sets = settings.schema.iter().flat_map(|schema| &schema.sets).map(|set| set.header.clone());
    let parts = part_columns(columns, settings).into_iter().map(|part| part.name);
    columns.names().iter().cloned().chain(sets).chain(parts).collect()
}

/// Replaces the columns of each set by the set, at the position of the first of them.
pub(super) fn in_place<'s>(
    described: Vec<(usize, Option<&'s DeclaredVariable>)>,
    names: &[String],
    schema: &'s FileSchema,
) -> Vec<(usize, Option<&'s DeclaredVariable>)> {
    let mut placed: Vec<(usize, Option<&DeclaredVariable>)> = Vec::with_capacity(described.len());
    let mut known = FxHashSet::default();
    for (column, declared) in described {
        let set = names.get(column).and_then(|name| schema.sets.iter().position(|set| has_member(set, name)));
        let (column, declared) = match set {
            // Sets are numbered after the columns of the file.
            Some(number) => (names.len() + number, schema.sets.get(number)),
            None => (column, declared),
        };
        if known.insert(column) {
            placed.push((column, declared));
        }
    }
    placed
}

fn has_member(set: &DeclaredVariable, name: &str) -> bool {
    set.members.iter().flatten().any(|member| member.variable.header == name.trim())
}

/// Checks that no option of the command line names a column inside a set, or gives a set another kind.
///
/// Errors: such a column, another kind for a set, and a set as case ID.
pub(super) fn ensure_apart(columns: &Columns, settings: &Settings) -> Result<(), Error> {
    let names = all_names(columns, settings);
    let id = if let IdChoice::Column(id) = &settings.id { Some(id) } else { None };
    for name in settings.forced.keys().chain(id) {
        ensure_no_member(name, &names, settings)?;
    }
    let sets = columns.len()..first_part(columns, settings);
    let is_set = |name: &String| column_of(name, &names).is_ok_and(|column| sets.contains(&column));
    let mut kinds = settings.forced.iter().filter(|(_, forced)| forced.kind.is_some_and(|kind| kind != Kind::Set));
    if let Some((name, _)) = kinds.find(|(name, _)| is_set(name)) {
        let message =
            format!("the schema builds '{name}' from several columns: it is a set and cannot have another kind");
        return Err(Error::usage_with(message, format!("remove --kind for {}", quoted(name))));
    }
    match id.filter(|id| is_set(id)) {
        Some(id) => Err(Error::usage_with(
            format!("'{id}' is a set and cannot identify cases"),
            "use --id with a column of IDs",
        )),
        None => Ok(()),
    }
}

/// Checks that a name is not that of a column inside a set.
pub(super) fn ensure_no_member(name: &str, names: &[String], settings: &Settings) -> Result<(), Error> {
    let column = names.get(column_of(name, names)?).map_or(name, String::as_str);
    let mut sets = settings.schema.iter().flat_map(|schema| &schema.sets);
    match sets.find(|set| has_member(set, column)) {
        Some(set) => Err(Error::usage_with(
            format!("'{name}' is a column of the set '{}', not a variable of its own", set.header),
            format!("name the set, {}, or remove the column from \"oneHot\" in the schema", quoted(&set.header)),
        )),
        None => Ok(()),
    }
}

/// Checks that a name is not that of a column that is split into two variables.
pub(super) fn ensure_no_whole(name: &str, columns: &Columns, settings: &Settings) -> Result<(), Error> {
    let column = columns.names().get(column_of(name, columns.names()).unwrap_or(usize::MAX));
    let parts = part_columns(columns, settings).into_iter();
    let names: Vec<String> =
        parts.filter(|part| Some(&part.of.header) == column).map(|part| quoted(&part.name)).collect();
    if names.is_empty() || column.is_some_and(|column| names.iter().any(|part| *part == quoted(column))) {
        return Ok(());
    }
    let message = format!("'{name}' holds two things and is split into two variables");
    let keep = quoted(&format!("{name}=none"));
    Err(Error::usage_with(
        message,
        format!("name one of them: {}; or keep it as it is: --split {keep}", names.join(", ")),
    ))
}
