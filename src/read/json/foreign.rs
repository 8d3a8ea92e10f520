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
    let members = FirstMembers::of(head);
    if members.has("cases") {
        return None;
    }
    if members.is_list("resources") && !members.has("resourceType") {
        return Some(ForeignDocument::DataPackage);
    }
    let is_schema = || ["primaryKey", "missingValues", "$schema"].iter().any(|name| members.has(name));
    if members.is_list("fields") && (is_schema() || members.found.len() == 1) {
        return Some(ForeignDocument::TableSchema);
    }
    if members.are_of_phenopackets() {
        return Some(ForeignDocument::Phenopacket);
    }
    members.has("resourceType").then_some(ForeignDocument::Fhir)
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

/// The members of the first object of some bytes, as far as they go.
struct FirstMembers<'h> {
    /// The name of each with the bytes from its value on.
    found: Vec<(String, &'h [u8])>,
}

/// Lists of a phenopacket beside that of the features.
const LISTS: [&str; 5] = ["diseases", "measurements", "interpretations", "medicalActions", "medical_actions"];

impl<'h> FirstMembers<'h> {
    fn of(head: &'h [u8]) -> FirstMembers<'h> {
        let mut cursor = Cursor { bytes: head, at: 0, line: 1, last: false };
        if head.starts_with(b"\xEF\xBB\xBF") {
            cursor.advance(3);
        }
        if cursor.peek() == Some(b'[') {
            cursor.take();
        }
        let mut found = Vec::new();
        if cursor.peek() != Some(b'{') {
            return FirstMembers { found };
        }
        cursor.take();
        while let (Some((name, at)), true) = (name_ahead(cursor), found.len() < MOST_MEMBERS) {
            found.push((name, head.get(at..).unwrap_or_default()));
            match member(&mut cursor) {
                Ok(_) if cursor.peek() == Some(b',') => cursor.take(),
                Ok(_) | Err(_) => break,
            }
        }
        FirstMembers { found }
    }

    fn get(&self, name: &str) -> Option<&'h [u8]> {
        self.found.iter().find(|(known, _)| known == name).map(|(_, value)| *value)
    }

    fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    fn is_list(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| value.starts_with(b"["))
    }

    fn is_object(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| value.starts_with(b"{"))
    }

    /// A phenopacket, a family with its proband or a cohort with its members; what they state of themselves may be left out.
    fn are_of_phenopackets(&self) -> bool {
        let has_meta = self.is_object("metaData") || self.is_object("meta_data");
        let has_parts = ["subject", "proband"].iter().any(|name| self.is_object(name)) || self.is_list("members");
        let inside = |name: &str| self.get(name).map(FirstMembers::of);
        let is_family = || inside("proband").is_some_and(|proband| proband.is_of_patient());
        let is_cohort = || inside("members").is_some_and(|first| first.is_of_patient() || first.are_of_phenopackets());
        let is_packet = || self.is_object("subject") && LISTS.iter().any(|name| self.is_list(name));
        self.has_features() || (has_meta && has_parts) || is_packet() || is_family() || is_cohort()
    }

    fn has_features(&self) -> bool {
        self.is_list("phenotypicFeatures") || self.is_list("phenotypic_features")
    }

    /// A phenopacket inside another message.
    fn is_of_patient(&self) -> bool {
        self.has_features() || self.get("subject").is_some_and(|subject| FirstMembers::of(subject).has("id"))
    }
}

/// The next name, and where its value begins, which may be cut.
fn name_ahead(mut cursor: Cursor<'_>) -> Option<(String, usize)> {
    (cursor.peek() == Some(b'"')).then_some(())?;
    let name = serde_json::from_slice(cursor.value().ok()?).ok()?;
    (cursor.peek() == Some(b':')).then(|| cursor.take())?;
    cursor.peek()?;
    Some((name, cursor.at))
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
            (r#"{"id": "1", "subject": {"id": "P1"}, "diseases": []}"#, Some("a phenopacket")),
            (r#"{"id": "F", "proband": {"id": "1", "subject": {"id": "P1"}}}"#, Some("a phenopacket")),
            (r#"{"id": "F", "proband": {"id": "1", "phenotypic_features": []}}"#, Some("a phenopacket")),
            (r#"{"id": "C", "members": [ {"id": "1", "subject": {"id": "P1"}}, {"id"#, Some("a phenopacket")),
            (r#"[{"id": "C", "members": [{"proband": {"subject": {"id": "P1"}}}]}]"#, Some("a phenopacket")),
            (r#"{"id": "C", "members": [{"id": "1", "subject": "a"}]}"#, None),
            (r#"{"id": "F", "proband": {"id": "1", "age": 5}}"#, None),
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
