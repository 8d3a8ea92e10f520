//! JSON documents of other standards, told by the members of their first object.

use super::layout::member;
use super::scan::Cursor;
use crate::error::Error;
use crate::read::bytes::HEAD;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Most members that are looked at.
const MOST_MEMBERS: usize = 64;

/// A document of another standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForeignDocument {
    /// The descriptor of a Frictionless data package.
    DataPackage,
    /// A Table Schema without its data.
    TableSchema,
    /// A phenopacket, a cohort or a family of them.
    Phenopacket,
    /// A FHIR resource.
    Fhir,
}

impl ForeignDocument {
    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            ForeignDocument::DataPackage => "a Data Package (datapackage.json)",
            ForeignDocument::TableSchema => "a Table Schema",
            ForeignDocument::Phenopacket => "a phenopacket",
            ForeignDocument::Fhir => "a FHIR resource",
        }
    }

    /// What to do with it where it is not read.
    pub fn remedy(self) -> &'static str {
        match self {
            ForeignDocument::DataPackage => "name its file, alone and without --table or --case",
            ForeignDocument::TableSchema => "name the data file, and this file with --schema",
            ForeignDocument::Phenopacket => "name the file or its folder, alone and without --table or --case",
            ForeignDocument::Fhir => "export the patients as a table: one row a patient",
        }
    }
}

/// The standard of a document that does not hold cases; `head` are its first bytes.
pub fn foreign(head: &[u8]) -> Option<ForeignDocument> {
    let members = first_members(head);
    let has = |name: &str| members.iter().any(|(known, _)| known == name);
    let is_list = |name: &str| members.iter().any(|(known, first)| known == name && *first == b'[');
    let is_object = |name: &str| members.iter().any(|(known, first)| known == name && *first == b'{');
    let has_meta = is_object("metaData") || is_object("meta_data");
    let has_features = is_list("phenotypicFeatures") || is_list("phenotypic_features");
    if has("cases") {
        return None;
    }
    if is_list("resources") && !has("resourceType") {
        return Some(ForeignDocument::DataPackage);
    }
    if is_list("fields") && (has("primaryKey") || has("missingValues") || has("$schema") || members.len() == 1) {
        return Some(ForeignDocument::TableSchema);
    }
    if (has_meta || has_features)
        && (is_object("subject") || is_object("proband") || is_list("members") || has_features)
    {
        return Some(ForeignDocument::Phenopacket);
    }
    has("resourceType").then_some(ForeignDocument::Fhir)
}

/// The standard of a file by its first bytes; none of a file that is no JSON, or a list of cases.
///
/// Errors: a file that cannot be read.
pub fn foreign_document(path: &Path) -> Result<Option<ForeignDocument>, Error> {
    if !path.is_file() {
        return Ok(None);
    }
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(HEAD as u64).read_to_end(&mut head));
    read.map_err(|fault| Error::io_at(path, fault))?;
    let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&head).trim_ascii_start();
    Ok(if text.starts_with(b"{") || text.starts_with(b"[") { foreign(text) } else { None })
}

/// The members of the first object with the first byte of each value, as far as the bytes go.
fn first_members(head: &[u8]) -> Vec<(String, u8)> {
    let mut cursor = Cursor { bytes: head, at: 0, line: 1, last: false };
    if head.starts_with(b"\xEF\xBB\xBF") {
        cursor.advance(3);
    }
    if cursor.peek() == Some(b'[') {
        cursor.take();
    }
    let mut members = Vec::new();
    if cursor.peek() != Some(b'{') {
        return members;
    }
    cursor.take();
    while let (Some(name), true) = (name_ahead(cursor), members.len() < MOST_MEMBERS) {
        members.push(name);
        match member(&mut cursor) {
            Ok(_) if cursor.peek() == Some(b',') => cursor.take(),
            Ok(_) | Err(_) => break,
        }
    }
    members
}

/// The next name and the first byte of its value, which may be cut.
fn name_ahead(mut cursor: Cursor<'_>) -> Option<(String, u8)> {
    (cursor.peek() == Some(b'"')).then_some(())?;
    let name = serde_json::from_slice(cursor.value().ok()?).ok()?;
    (cursor.peek() == Some(b':')).then(|| cursor.take())?;
    Some((name, cursor.peek()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_of_other_standards_are_known() {
        for (text, expected) in [
            (r#"{"name": "x", "resources": [{"path": "cases.csv"}]}"#, Some("a Data Package (datapackage.json)")),
            (r#"{"name": "x", "resources": [{"path": "ca"#, Some("a Data Package (datapackage.json)")),
            (r#"{"fields": [{"name": "id"}]}"#, Some("a Table Schema")),
            (r#"{"id": "1", "subject": {"id": "P1"}, "metaData": {}}"#, Some("a phenopacket")),
            (r#"[{"id": "1", "phenotypicFeatures": []}]"#, Some("a phenopacket")),
            (r#"{"resourceType": "Bundle", "entry": []}"#, Some("a FHIR resource")),
            (r#"{"title": "x", "cases": [{"id": "1"}]}"#, None),
            (r#"[{"id": "1", "subject": "a"}]"#, None),
            (r#"{"id": "1", "fields": ["upper", "lower"]}"#, None),
            ("", None),
            ("{", None),
        ] {
            assert_eq!(foreign(text.as_bytes()).map(ForeignDocument::name), expected, "{text}");
        }
    }
}
