//! Where sets of several columns stand among the variables, and that their columns are no variables.

use super::columns::column_of;
use super::settings::{IdChoice, Settings};
use crate::diagnostic::quoted;
use crate::error::Error;
use crate::read::Columns;
use crate::schema::Kind;
use crate::schema::table_schema::{DeclaredVariable, FileSchema};

/// The names that stand for a column: those of the file, then those of the sets of several columns.
pub(super) fn all_names(columns: &Columns, settings: &Settings) -> Vec<String> {
    let sets = settings.schema.iter().flat_map(|schema| &schema.sets).map(|set| set.header.clone());
    columns.names().iter().cloned().chain(sets).collect()
}

/// Puts each set in the place of the first of its columns, and leaves its columns out.
pub(super) fn in_place<'s>(
    described: Vec<(usize, Option<&'s DeclaredVariable>)>,
    names: &[String],
    schema: &'s FileSchema,
) -> Vec<(usize, Option<&'s DeclaredVariable>)> {
    let mut placed: Vec<(usize, Option<&DeclaredVariable>)> = Vec::with_capacity(described.len());
    for (column, declared) in described {
        let set = names.get(column).and_then(|name| schema.sets.iter().position(|set| has_member(set, name)));
        let (column, declared) = match set {
            // Sets are read behind the columns of the file.
            Some(number) => (names.len() + number, schema.sets.get(number)),
            None => (column, declared),
        };
        if !placed.iter().any(|(known, _)| *known == column) {
            placed.push((column, declared));
        }
    }
    placed
}

fn has_member(set: &DeclaredVariable, name: &str) -> bool {
    set.members.iter().flatten().any(|member| member.variable.header == name.trim())
}

/// What the command line says of columns must not be said of a column of a set, nor turn a set into something else.
///
/// Errors: the name of such a column, and a kind or an id that a set cannot be.
pub(super) fn ensure_apart(columns: &Columns, settings: &Settings) -> Result<(), Error> {
    let names = all_names(columns, settings);
    let id = if let IdChoice::Column(id) = &settings.id { Some(id) } else { None };
    for name in settings.forced.keys().chain(id) {
        ensure_no_member(name, &names, settings)?;
    }
    let is_set = |name: &String| column_of(name, &names).is_ok_and(|column| column >= columns.len());
    let mut kinds = settings.forced.iter().filter(|(_, forced)| forced.kind.is_some_and(|kind| kind != Kind::Set));
    if let Some((name, _)) = kinds.find(|(name, _)| is_set(name)) {
        let message = format!("'{name}' is made of several columns by the schema: it is a set and has no other kind");
        return Err(Error::usage_with(message, format!("leave --kind out for {}", quoted(name))));
    }
    match id.filter(|id| is_set(id)) {
        Some(id) => Err(Error::usage_with(format!("'{id}' is a set: it names no case"), "--id with a column of ids")),
        None => Ok(()),
    }
}

/// A column of a set is no variable of its own.
pub(super) fn ensure_no_member(name: &str, names: &[String], settings: &Settings) -> Result<(), Error> {
    let column = names.get(column_of(name, names)?).map_or(name, String::as_str);
    let mut sets = settings.schema.iter().flat_map(|schema| &schema.sets);
    match sets.find(|set| has_member(set, column)) {
        Some(set) => Err(Error::usage_with(
            format!("'{name}' is a column of the set '{}' and no variable of its own", set.header),
            format!("name the set, {}, or take the column out of \"oneHot\" in the schema", quoted(&set.header)),
        )),
        None => Ok(()),
    }
}
