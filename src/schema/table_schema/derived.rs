//! Derived variables of a schema: no columns of the data, and therefore not among its fields.
//!
//! ```json
//! "calcSeries": {"derived": [
//!   {"name": "followup", "formula": "onset to last_seen in months completed", "calcSeries": {"role": "follow-up"}},
//!   {"name": "score_change", "change": "score=baseline:month_6"}
//! ]}
//! ```

use super::declared::{DeclaredDerived, FileSchema};
use super::field::{FIELD, read_field};
use super::json::Json;
use super::key::{Key, Unknown, key, read_keys, write_keys};
use super::reader::SchemaReader;
use super::tree::Node;
use crate::schema::Formula;

/// The keys of a derived variable beside those of a field.
const DERIVED: [Key<Formula>; 2] = [
    key(
        "formula",
        |node, formula, reader| formula.text = reader.text(node).unwrap_or_default(),
        |formula| Some(&formula.text).filter(|_| !formula.is_change).into(),
    ),
    key(
        "change",
        |node, formula, reader| {
            formula.text = reader.text(node).unwrap_or_default();
            formula.is_change = true;
        },
        |formula| Some(&formula.text).filter(|_| formula.is_change).into(),
    ),
];

/// Reads the list of derived variables.
pub(super) fn read_derived(node: &Node, file: &mut FileSchema, reader: &mut SchemaReader) {
    for node in reader.list(node).unwrap_or_default() {
        reader.field = None;
        let Some(field) = read_field(node, reader) else { continue };
        let mut formula = Formula { name: field.header.clone(), ..Formula::default() };
        read_keys(node, &DERIVED, &mut formula, reader, ("derived variable", Unknown::Ignored));
        if formula.text.trim().is_empty() {
            let remedy = "add \"formula\": \"onset to last_seen in months completed\", or \"change\": \"score\"";
            reader.fault(node, "this derived variable has no \"formula\"", remedy);
        }
        if file.derived.iter().any(|known| known.field.header == field.header) {
            reader.fault(node, format!("two derived variables '{}'", field.header), "keep one of the two");
        }
        file.derived.push(DeclaredDerived { formula, field });
    }
    reader.field = None;
}

/// The list as it is written.
pub(super) fn written(file: &FileSchema) -> Json {
    Json::list(file.derived.iter().map(|one| {
        let of_formula = write_keys(&DERIVED, &one.formula);
        write_keys(&FIELD, &one.field).with_behind_first(of_formula)
    }))
}
