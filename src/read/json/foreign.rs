//! JSON documents of other standards, told by the members of their first object.

use super::layout::member;
use super::scan::Cursor;

/// Most members that are looked at.
const MOST_MEMBERS: usize = 64;

/// A document of another standard: its name, and what to do.
pub type Foreign = (&'static str, &'static str);

/// The standard of a document that does not hold cases; `head` are its first bytes.
pub fn foreign(head: &[u8]) -> Option<Foreign> {
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
        return Some((
            "a Data Package (datapackage.json)",
            "name the data file of its resource instead, and save the \"schema\" of the resource as a file for --schema",
        ));
    }
    if is_list("fields") && (has("primaryKey") || has("missingValues") || has("$schema") || members.len() == 1) {
        return Some(("a Table Schema", "name the data file, and this file with --schema"));
    }
    if (has_meta || has_features)
        && (is_object("subject") || is_object("proband") || is_list("members") || has_features)
    {
        return Some((
            "a phenopacket",
            "write the patients as a table: one row a patient, with its id, age, sex and what was observed",
        ));
    }
    if has("resourceType") {
        return Some(("a FHIR resource", "export the patients as a table: one row a patient"));
    }
    None
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
    use super::foreign;

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
            assert_eq!(foreign(text.as_bytes()).map(|(name, _)| name), expected, "{text}");
        }
    }
}
