//! A data package: which of its tables has the cases, and which their rows.

use super::related::{TableFile, id_column};
use crate::cohort::relate::role_of_headers;
use crate::diagnostic::{Finding, FindingId};
use crate::error::Error;
use crate::read::{Resource, data_package};
use std::path::{Path, PathBuf};

/// The tables of a package by what they are.
pub struct PackageTables {
    /// The table of the cases.
    pub cases: Resource,
    /// The column of the cases to which the others refer.
    pub id: Option<String>,
    /// The tables of their rows.
    pub tables: Vec<TableFile>,
    /// What is said of it.
    pub note: Finding,
    /// The descriptor.
    pub path: PathBuf,
}

/// The tables of a data package; none where the file is none.
///
/// Errors: those of [`data_package`], and tables of which none is known to hold the cases.
pub fn package(path: &Path) -> Result<Option<PackageTables>, Error> {
    let Some(resources) = data_package(path)? else { return Ok(None) };
    let Some(cases) = cases(&resources) else {
        let names: Vec<&str> = resources.iter().map(|resource| resource.name.as_str()).collect();
        let message = format!("of the tables {} of the package, it is not clear which has the cases", names.join(", "));
        let remedy = "give the others a foreign key to it, or name its file and the others with --table";
        return Err(Error::usage_with(message, remedy));
    };
    let (mut tables, mut unread, mut id) = (Vec::new(), Vec::new(), None);
    for resource in resources.iter().filter(|resource| resource.name != cases.name) {
        let key = resource.foreign_keys.iter().find(|key| key.resource == cases.name);
        match (key.map(|key| (key.fields.as_slice(), key.other_fields.as_slice())), role_of_headers(&resource.fields)) {
            (Some(([own], [other])), _) => {
                id = Some(other.clone());
                tables.push(table(resource, Some(own.clone())));
            }
            (None, Some(_)) => tables.push(table(resource, None)),
            (None, None) if has_id_of(resource, cases) => tables.push(table(resource, None)),
            (Some(_), _) | (None, None) => unread.push(resource.name.as_str()),
        }
    }
    let names: Vec<&str> = tables.iter().map(|table| table.name.as_str()).collect();
    let rows = if names.is_empty() { String::new() } else { format!(", {} their rows", names.join(", ")) };
    let others = if unread.is_empty() { String::new() } else { format!("; not read: {}", unread.join(", ")) };
    let message = format!("the table '{}' of the data package has the cases{rows}{others}", cases.name);
    let note = Finding::new(FindingId::DataPackage, message);
    Ok(Some(PackageTables { cases: cases.clone(), id, tables, note, path: path.to_owned() }))
}

/// The only table, the one to which others refer, or the only one that is neither treatments nor measurements.
fn cases(resources: &[Resource]) -> Option<&Resource> {
    if let [only] = resources {
        return Some(only);
    }
    let is_referred_to = |resource: &&Resource| {
        let keys = resources.iter().filter(|other| other.name != resource.name).flat_map(|other| &other.foreign_keys);
        keys.into_iter().any(|key| key.resource == resource.name)
    };
    let mut found = resources.iter().filter(is_referred_to);
    match (found.next(), found.next()) {
        (Some(only), None) => return Some(only),
        (Some(_), Some(_)) => return None,
        (None, _) => {}
    }
    let mut others = resources.iter().filter(|resource| role_of_headers(&resource.fields).is_none());
    let (first, None) = (others.next()?, others.next()) else { return None };
    Some(first)
}

/// True for a table with a column that is called as that of the case IDs.
fn has_id_of(resource: &Resource, cases: &Resource) -> bool {
    let id = id_column(&cases.fields).and_then(|column| cases.fields.get(column));
    id.is_some_and(|id| resource.fields.contains(id))
}

fn table(resource: &Resource, case: Option<String>) -> TableFile {
    TableFile {
        delimiter: resource.delimiter,
        encoding: resource.encoding.clone(),
        header_row: resource.header_row,
        case,
        schema: resource.schema.clone(),
        ..TableFile::new(&resource.name, &resource.path)
    }
}
