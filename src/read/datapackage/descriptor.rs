//! The resources of a descriptor.

use super::inside::{inside, object_or_file};
use super::{DescriptorFault, ForeignKey, Resource, dialect};
use serde_json::Value;
use std::path::Path;

/// The tables that a descriptor names; what is wrong with it is added to `faults`.
pub fn resources(text: &str, folder: &Path, faults: &mut Vec<DescriptorFault>) -> Vec<Resource> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let package: Value = match serde_json::from_str(text) {
        Ok(package) => package,
        Err(fault) => {
            faults.push(DescriptorFault::new(format!("the file is not valid JSON: {fault}"), "correct it"));
            return Vec::new();
        }
    };
    let list = package.get("resources").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    if list.is_empty() {
        faults.push(DescriptorFault::new("the package has no \"resources\"", "name the files of its tables"));
    }
    let read = |(number, value): (usize, &Value)| resource(value, number, folder);
    let mut resources: Vec<Resource> = Vec::new();
    for found in list.iter().enumerate().map(read) {
        match found {
            Ok(found) if resources.iter().any(|known| known.name == found.name) => {
                let message = format!("two resources have the name '{}'", found.name);
                faults.push(DescriptorFault::new(message, "give each its own"));
            }
            Ok(found) => resources.push(found),
            Err(fault) => faults.push(fault),
        }
    }
    resources
}

fn resource(value: &Value, number: usize, folder: &Path) -> Result<Resource, DescriptorFault> {
    let text = |key: &str| value.get(key).and_then(Value::as_str);
    let name = text("name").map_or_else(|| format!("/resources/{number}"), str::to_owned);
    if value.get("data").is_some_and(|data| !data.is_null()) {
        let message = format!("the table '{name}' is inside the package (\"data\")");
        return Err(DescriptorFault::new(message, "write it to a file, and name its \"path\""));
    }
    let written = match value.get("path") {
        Some(Value::String(path)) => path.as_str(),
        Some(Value::Array(parts)) if parts.len() == 1 => parts.first().and_then(Value::as_str).unwrap_or_default(),
        Some(Value::Array(_)) => {
            let message = format!("the table '{name}' is in several files");
            return Err(DescriptorFault::new(message, "put the rows of all of them into one"));
        }
        Some(_) | None => {
            return Err(DescriptorFault::new(format!("the table '{name}' has no \"path\""), "name its file"));
        }
    };
    let path = inside(folder, written)?;
    let encoding = text("encoding").filter(|label| !is_utf8(label)).map(str::to_owned);
    let mut resource = Resource { name, path, encoding, ..Resource::default() };
    if let Some(value) = value.get("dialect") {
        dialect::read(&object_or_file(value, folder)?, &mut resource)?;
    }
    if let Some(schema) = value.get("schema") {
        let schema = object_or_file(schema, folder)?;
        resource.fields = fields(&schema);
        resource.foreign_keys = foreign_keys(&schema);
        resource.schema = Some(schema.to_string());
    }
    Ok(resource)
}

fn is_utf8(label: &str) -> bool {
    matches!(label.to_lowercase().as_str(), "utf-8" | "utf8")
}

fn fields(schema: &Value) -> Vec<String> {
    let list = schema.get("fields").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    list.iter().filter_map(|field| field.get("name").and_then(Value::as_str)).map(str::to_owned).collect()
}

fn foreign_keys(schema: &Value) -> Vec<ForeignKey> {
    let list = schema.get("foreignKeys").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let key = |key: &Value| {
        let reference = key.get("reference")?;
        Some(ForeignKey {
            fields: names(key.get("fields")?),
            resource: reference.get("resource").and_then(Value::as_str).unwrap_or_default().to_owned(),
            other_fields: names(reference.get("fields")?),
        })
    };
    list.iter().filter_map(key).collect()
}

/// One name, or a list of them.
fn names(value: &Value) -> Vec<String> {
    match value {
        Value::String(name) => vec![name.clone()],
        Value::Array(list) => list.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => Vec::new(),
    }
}
