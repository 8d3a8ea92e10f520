//! Matches the fields of a schema to the columns of the data.

use super::declared::{DeclaredVariable, FieldsMatch, FileSchema};
use crate::diagnostic::{Finding, FindingId, Findings, SourceLocation, nearest};
use crate::error::Error;
use crate::schema::header::read_header;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// The position of the field of each column; `None` for a column without a field.
///
/// A column is matched by its header, else by its name without a unit if that name is unique on both
/// sides and the units do not differ. `ordered` is false for JSON, whose keys have no order and can
/// be absent.
///
/// Errors: [`Error::Refused`] where `fieldsMatch` does not allow the difference, with the value that does.
pub fn match_columns(schema: &FileSchema, headers: &[String], ordered: bool) -> Result<Vec<Option<usize>>, Error> {
    let mut findings = Findings::default();
    let found = pair(schema, headers, &mut findings);
    ensure_sets_are_no_columns(schema, headers, &mut findings);
    if ordered && let Err(Error::Refused(absent)) = ensure_members(schema, headers) {
        findings.merge(*absent);
    }
    let is_member = |header: &str| members(schema).any(|(_, member)| member == header.trim());
    let extra: Vec<&str> = (headers.iter().zip(&found))
        .filter(|(header, field)| field.is_none() && !is_member(header))
        .map(|(header, _)| header.as_str())
        .collect();
    let matched: FxHashSet<usize> = found.iter().flatten().copied().collect();
    let absent: Vec<&str> = (schema.variables.iter().enumerate())
        .filter(|(at, _)| !matched.contains(at))
        .map(|(_, field)| field.header.as_str())
        .collect();
    let (mut more, mut fewer) = match schema.fields_match {
        FieldsMatch::Exact | FieldsMatch::Equal => (false, false),
        FieldsMatch::Subset => (true, false),
        FieldsMatch::Superset => (false, true),
        FieldsMatch::Partial => (true, true),
    };
    // Later JSON cases may have the columns of a set; these are checked once all cases are read.
    let nothing_matches = extra.len() >= headers.len() && (ordered || schema.sets.is_empty());
    if schema.fields_match == FieldsMatch::Partial && nothing_matches {
        (more, fewer) = (false, false);
    }
    let refusal = Refusal { schema, extra: &extra, absent: &absent, fewer: fewer || !ordered };
    if !more {
        extra.iter().for_each(|header| findings.add(refusal.undeclared(header)));
    }
    if !fewer && ordered {
        absent.iter().for_each(|header| findings.add(refusal.missing(header)));
    }
    let in_order = found.iter().flatten().is_sorted();
    if ordered && schema.fields_match == FieldsMatch::Exact && findings.is_empty() && !in_order {
        findings.add(refusal.order(headers, &found));
    }
    if findings.is_empty() { Ok(found) } else { Err(findings.into()) }
}

/// Pairs of a set of the schema and one of its columns.
fn members(schema: &FileSchema) -> impl Iterator<Item = (&str, &str)> {
    let sets = schema.sets.iter().flat_map(|set| set.members.iter().flatten().map(move |member| (set, member)));
    sets.map(|(set, member)| (set.header.as_str(), member.variable.header.as_str()))
}

/// Checks that the data has all columns of the sets of a schema.
///
/// The keys of JSON cases are known only once all cases are read.
///
/// Errors: [`Error::Refused`] with every missing column and the nearest one.
pub fn ensure_members(schema: &FileSchema, headers: &[String]) -> Result<(), Error> {
    let names: Vec<&str> = headers.iter().map(|header| header.trim()).collect();
    let mut findings = Findings::default();
    let known: FxHashSet<&str> = names.iter().copied().collect();
    for (set, member) in members(schema).filter(|(_, member)| !known.contains(member)) {
        let message =
            format!("the data has no column '{member}', which the set '{set}' of the schema {} needs", schema.file);
        let remedy = match nearest(member, &names) {
            Some(near) => format!("did you mean '{near}'? Otherwise remove '{member}' from \"oneHot\""),
            None => format!("remove '{member}' from \"oneHot\"; the columns are: {}", names.join(", ")),
        };
        findings.add(refused(schema, member, message, remedy));
    }
    if findings.is_empty() { Ok(()) } else { Err(findings.into()) }
}

fn ensure_sets_are_no_columns(schema: &FileSchema, headers: &[String], findings: &mut Findings) {
    for set in schema.sets.iter().filter(|set| headers.iter().any(|header| header.trim() == set.header)) {
        let message =
            format!("the set '{}' of the schema {} has the name of a column of the data", set.header, schema.file);
        findings.add(refused(schema, &set.header, message, "give the set another name".to_owned()));
    }
}

fn pair(schema: &FileSchema, headers: &[String], findings: &mut Findings) -> Vec<Option<usize>> {
    // Of two fields with one header the first is taken.
    let by_header: FxHashMap<&str, usize> =
        schema.variables.iter().enumerate().rev().map(|(position, field)| (field.header.as_str(), position)).collect();
    let mut found: Vec<Option<usize>> = headers.iter().map(|header| by_header.get(header.trim()).copied()).collect();
    let taken: FxHashSet<usize> = found.iter().flatten().copied().collect();
    let free = schema.variables.iter().enumerate().filter(|(position, _)| !taken.contains(position));
    let fields = by_name(free.map(|(position, field)| (field.name.clone(), (position, field))));
    let unmatched = headers.iter().enumerate().filter(|(at, _)| found.get(*at) == Some(&None));
    let columns = by_name(unmatched.map(|(at, header)| (read_header(header).name, (at, header))));
    for (name, columns) in &columns {
        let Some([(position, field)]) = fields.get(name).map(Vec::as_slice) else { continue };
        let [(at, header)] = columns.as_slice() else { continue };
        if let Some(finding) = unit_conflict(schema, header, field) {
            findings.add(finding);
        }
        if let Some(slot) = found.get_mut(*at) {
            *slot = Some(*position);
        }
    }
    found
}

/// What shares a name, in the order it came.
fn by_name<T>(named: impl Iterator<Item = (String, T)>) -> BTreeMap<String, Vec<T>> {
    let mut groups: BTreeMap<String, Vec<T>> = BTreeMap::new();
    named.for_each(|(name, item)| groups.entry(name).or_default().push(item));
    groups
}

/// The fault where a header and its field have different units.
fn unit_conflict(schema: &FileSchema, header: &str, field: &DeclaredVariable) -> Option<Finding> {
    let seen = read_header(header).unit?;
    let declared = field.unit.clone().or_else(|| read_header(&field.header).unit)?;
    if seen.to_lowercase() == declared.to_lowercase() {
        return None;
    }
    let message = format!("the unit of the header '{header}' is {seen}, but {declared} in the schema {}", schema.file);
    let remedy = format!("correct the unit of the field '{}' or of the header", field.header);
    Some(refused(schema, header, message, remedy))
}

/// The columns that differ, for the messages of a refusal.
struct Refusal<'a> {
    schema: &'a FileSchema,
    extra: &'a [&'a str],
    absent: &'a [&'a str],
    /// True where absent columns are allowed.
    fewer: bool,
}

impl Refusal<'_> {
    fn undeclared(&self, header: &str) -> Finding {
        let message = format!("the schema {} has no field for the column '{header}'", self.schema.file);
        refused(self.schema, header, message, self.remedy(header, self.absent))
    }

    fn missing(&self, header: &str) -> Finding {
        let message = format!("the data has no column '{header}', which is a field of the schema {}", self.schema.file);
        refused(self.schema, header, message, self.remedy(header, self.extra))
    }

    fn order(&self, headers: &[String], found: &[Option<usize>]) -> Finding {
        let first = found.iter().enumerate().find(|(at, f)| **f != Some(*at)).map_or(0, |(at, _)| at);
        let header = headers.get(first).map_or("", String::as_str);
        let field = self.schema.variables.get(first).map_or("", |v| v.header.as_str());
        let message = format!(
            "the columns are in another order than the fields of the schema {}: '{header}' in place of '{field}'",
            self.schema.file
        );
        refused(self.schema, header, message, format!("add \"fieldsMatch\": \"equal\" to {}", self.schema.file))
    }

    /// The value of `fieldsMatch` that allows the difference.
    fn remedy(&self, header: &str, others: &[&str]) -> String {
        let word = match (self.extra.is_empty(), self.absent.is_empty() || self.fewer) {
            (true, _) => FieldsMatch::Superset,
            (false, true) if !self.allows_fewer() => FieldsMatch::Subset,
            (false, _) => FieldsMatch::Partial,
        };
        let allow = match self.schema.fields_match {
            FieldsMatch::Partial => "use --no-schema, or --schema with the schema of this file".to_owned(),
            _ => format!("add \"fieldsMatch\": \"{}\" to {}", word.word(), self.schema.file),
        };
        match nearest(header, others) {
            Some(near) => format!("if '{near}' is the same column, use one name for both; or {allow}"),
            None => allow,
        }
    }

    /// True where the schema already allows absent columns, which `subset` would not.
    fn allows_fewer(&self) -> bool {
        self.schema.fields_match == FieldsMatch::Superset
    }
}

fn refused(schema: &FileSchema, header: &str, message: String, remedy: String) -> Finding {
    let location = SourceLocation::file(schema.file.as_str());
    Finding::new(FindingId::ColumnsDiffer, message).at(location).column(header).remedy(remedy)
}
