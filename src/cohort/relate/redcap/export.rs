//! The fields of an export: which columns each has, and what the dictionary says of it.

use super::structure::ExportStructure;
use crate::read::redcap::{Dictionary, FieldDefinition, FieldType};

/// One field.
#[derive(Debug, Clone)]
pub struct ExportField<'d> {
    /// Its name.
    pub name: String,
    /// Its columns.
    pub columns: FieldColumns,
    /// What the dictionary says of it; none without a dictionary, or of a column that it does not have.
    pub definition: Option<&'d FieldDefinition>,
}

/// The columns of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldColumns {
    /// One column.
    One(usize),
    /// One column for each box, with its code and its label.
    Boxes(Vec<(usize, String, String)>),
}

impl FieldColumns {
    /// The first column.
    pub fn first(&self) -> usize {
        match self {
            FieldColumns::One(column) => *column,
            FieldColumns::Boxes(boxes) => boxes.first().map_or(0, |(column, ..)| *column),
        }
    }
}

/// The fields in the order of their columns, and the names of files, which are not read.
pub fn fields<'d>(
    columns: &[String],
    structure: &ExportStructure,
    dictionary: Option<&'d Dictionary>,
) -> (Vec<ExportField<'d>>, Vec<String>) {
    let (mut fields, mut files): (Vec<ExportField<'d>>, Vec<String>) = (Vec::new(), Vec::new());
    for (at, column) in columns.iter().enumerate() {
        let column = column.trim();
        if at == structure.id || structure.dropped.contains(&at) {
            continue;
        }
        let definition = dictionary.and_then(|dictionary| dictionary.field(column));
        if let Some((name, code)) = column.split_once("___").filter(|_| definition.is_none()) {
            let of_box = dictionary.and_then(|dictionary| dictionary.field(name));
            let written =
                of_box.and_then(|field| field.choices.iter().find(|(code, _)| field.box_column(code) == column));
            let (code, label) = written.cloned().unwrap_or_else(|| (code.to_owned(), code.to_owned()));
            match fields.iter_mut().find(|field| field.name == name) {
                Some(ExportField { columns: FieldColumns::Boxes(boxes), .. }) => boxes.push((at, code, label)),
                Some(_) | None => {
                    let columns = FieldColumns::Boxes(vec![(at, code, label)]);
                    fields.push(ExportField { name: name.to_owned(), columns, definition: of_box });
                }
            }
            continue;
        }
        match definition.map(|definition| definition.field_type) {
            Some(FieldType::File) => files.push(column.to_owned()),
            _ => fields.push(ExportField { name: column.to_owned(), columns: FieldColumns::One(at), definition }),
        }
    }
    (fields, files)
}
