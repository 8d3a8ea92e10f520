//! How a table of a package is written.

use super::{DescriptorFault, Resource};
use serde_json::Value;

/// Properties of a dialect that are read only where they have this value: that of CSV as everybody writes it.
const USUAL: [(&str, &[&str]); 6] = [
    ("quoteChar", &["\""]),
    ("doubleQuote", &["true"]),
    ("header", &["true"]),
    ("commentChar", &[""]),
    ("headerJoin", &[" "]),
    ("type", &["delimited", "structured", "spreadsheet"]),
];

/// Reads the dialect of a resource.
///
/// Errors: a property that this program does not read.
pub fn read(dialect: &Value, resource: &mut Resource) -> Result<(), DescriptorFault> {
    let name = &resource.name;
    for (key, usual) in USUAL {
        let Some(value) = dialect.get(key).filter(|value| !value.is_null()) else { continue };
        let written = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        if !usual.contains(&written.as_str()) {
            let message = format!("the table '{name}' has the dialect \"{key}\": {value}, which is not read");
            return Err(DescriptorFault::new(message, "write the table as CSV with a header and double quotes"));
        }
    }
    if let Some(delimiter) = dialect.get("delimiter").and_then(Value::as_str) {
        let [byte] = delimiter.as_bytes() else {
            let message = format!("the delimiter of the table '{name}' is not one character");
            return Err(DescriptorFault::new(message, "write the table as CSV"));
        };
        resource.delimiter = Some(*byte);
    }
    match dialect.get("headerRows").and_then(Value::as_array).map(Vec::as_slice) {
        None => {}
        Some([row]) if row.as_u64().is_some_and(|row| row > 0) => {
            resource.header_row = row.as_u64().filter(|row| *row > 1);
        }
        Some(_) => {
            let message = format!("the table '{name}' has several header rows");
            return Err(DescriptorFault::new(message, "write the column names into one row"));
        }
    }
    comment_rows(dialect, resource)
}

/// Comments above the header are not read anyhow; others would be read as cases.
fn comment_rows(dialect: &Value, resource: &Resource) -> Result<(), DescriptorFault> {
    let header = resource.header_row.unwrap_or(1);
    let rows = match dialect.get("commentRows") {
        None | Some(Value::Null) => &[][..],
        Some(Value::Array(rows)) => rows,
        Some(other) => std::slice::from_ref(other),
    };
    if rows.iter().any(|row| row.as_u64().is_none_or(|row| row >= header)) {
        let message = format!("the table '{}' has comments in rows below its header (commentRows)", resource.name);
        return Err(DescriptorFault::new(message, "remove these rows"));
    }
    Ok(())
}
