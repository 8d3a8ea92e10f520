//! One name of a test for what was examined in several ways: in serum and in urine, on the left and on the right.

use super::fields::Field;
use super::table::KeyedTable;
use crate::cohort::relate::rows::RowIndex;
use crate::diagnostic::{Finding, FindingId, Findings, SourceLocation, first_names};
use crate::schema::lexical::fold;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// Names that are shown.
const SHOWN: usize = 8;
/// The columns that tell what was examined, and where.
const FIELDS: [Field; 2] = [Field::Specimen, Field::Position];

/// The texts of a row by number: of its test, and of each of [`FIELDS`].
pub type RowKey = [Option<u32>; 3];

/// What tests are called behind whom their specimen stands, where they have several.
#[derive(Default)]
pub struct Specimens {
    by_row: FxHashMap<RowKey, String>,
    /// The tests that are told apart.
    split: BTreeSet<String>,
}

impl Specimens {
    /// Looks at all rows; `names` are those of the tests, by the number of their text.
    pub fn of(table: &KeyedTable<'_>, names: &[String], said: &mut Findings) -> Specimens {
        let fields: Vec<Field> = FIELDS.into_iter().filter(|field| is_one(table, *field)).collect();
        let name = |row| table.text_number(row, Field::Test).and_then(|number| names.get(number as usize));
        let mut found: BTreeMap<(&str, usize), BTreeSet<String>> = BTreeMap::new();
        let mut first: BTreeMap<RowKey, RowIndex> = BTreeMap::new();
        for (_, row) in table.rows().filter(|_| !fields.is_empty()) {
            first.entry(row_key(table, row)).or_insert(row);
        }
        for row in first.values() {
            for (at, field) in fields.iter().enumerate().filter(|(_, field)| !table.text(*row, **field).is_empty()) {
                found
                    .entry((name(*row).map_or("", String::as_str), at))
                    .or_default()
                    .insert(fold(table.text(*row, *field)));
            }
        }
        let mut specimens = Specimens::default();
        for (key, row) in first {
            let Some(name) = name(row) else { continue };
            let mut label = String::new();
            for (at, field) in fields.iter().enumerate() {
                if found.get(&(name.as_str(), at)).is_none_or(|all| all.len() < 2) {
                    continue;
                }
                specimens.split.insert(name.clone());
                match table.text(row, *field) {
                    "" => said.add(not_stated(table, (row, *field))),
                    text => label.push_str(&format!(" {}", fold(text))),
                }
            }
            specimens.by_row.insert(key, label);
        }
        said.extend(specimens.note(table));
        specimens
    }

    /// What stands behind the name of the test of a row, with a space before it; nothing where the test has one specimen.
    pub fn label(&self, table: &KeyedTable<'_>, row: RowIndex) -> &str {
        if self.split.is_empty() { "" } else { self.by_row.get(&row_key(table, row)).map_or("", String::as_str) }
    }

    /// The names of the tests with what was examined: those of all rows, of which few differ.
    pub fn names(&self, table: &KeyedTable<'_>, names: &[String]) -> BTreeMap<RowKey, String> {
        let mut all = BTreeMap::new();
        for (_, row) in table.rows() {
            let name = table.text_number(row, Field::Test).and_then(|number| names.get(number as usize));
            if let Some(name) = name.filter(|name| !name.is_empty()) {
                all.entry(row_key(table, row)).or_insert_with(|| format!("{name}{}", self.label(table, row)));
            }
        }
        all
    }

    /// The note that names the tests that are told apart.
    fn note(&self, table: &KeyedTable<'_>) -> Option<Finding> {
        let columns = FIELDS.iter().filter(|field| is_one(table, **field)).filter_map(|field| table.fields.get(*field));
        let columns = columns.filter_map(|column| table.table.rows.columns.get(column));
        let columns: Vec<String> = columns.map(|name| format!("'{name}'")).collect();
        let names: Vec<&str> = self.split.iter().map(String::as_str).take(SHOWN).collect();
        let names = (!names.is_empty()).then(|| first_names(&names, self.split.len() as u64))?;
        let message =
            format!("table '{}': one variable for each of {}: {names}", table.table.name, columns.join(" and "));
        Some(Finding::new(FindingId::RelatedTable, message).at(SourceLocation::file(table.table.file.clone())))
    }
}

/// True for a column of words; one with digits numbers the samples.
fn is_one(table: &KeyedTable<'_>, field: Field) -> bool {
    table.fields.get(field).is_some() && !table.texts(field).any(|text| text.contains(|c: char| c.is_ascii_digit()))
}

/// The texts of a row that tell its test and what was examined.
pub fn row_key(table: &KeyedTable<'_>, row: RowIndex) -> RowKey {
    let [specimen, position] = FIELDS;
    [Field::Test, specimen, position].map(|field| table.text_number(row, field))
}

fn not_stated(table: &KeyedTable<'_>, (row, field): (RowIndex, Field)) -> Finding {
    let message = "the other rows of this test say what was examined, and this one does not: it is counted apart";
    let finding = Finding::new(FindingId::SpecimenUnknown, message).at(table.location(row, field));
    finding.value(table.text(row, Field::Test)).remedy("fill the cell in")
}

/// The warnings about tests that were measured by several methods and are one variable all the same.
pub fn several_methods(table: &KeyedTable<'_>, names: &[String]) -> Vec<Finding> {
    if !is_one(table, Field::Method) {
        return Vec::new();
    }
    let mut first: BTreeMap<[Option<u32>; 2], RowIndex> = BTreeMap::new();
    for (_, row) in table.rows().filter(|(_, row)| !table.text(*row, Field::Method).is_empty()) {
        first.entry([Field::Test, Field::Method].map(|field| table.text_number(row, field))).or_insert(row);
    }
    let mut found: BTreeMap<&str, BTreeMap<String, RowIndex>> = BTreeMap::new();
    for row in first.into_values() {
        let name = table.text_number(row, Field::Test).and_then(|number| names.get(number as usize));
        let methods = found.entry(name.map_or("", String::as_str)).or_default();
        let known = methods.entry(fold(table.text(row, Field::Method))).or_insert(row);
        *known = row.min(*known);
    }
    let finding = |(test, methods): (&str, BTreeMap<String, RowIndex>)| {
        let second = methods.values().copied().max().filter(|_| methods.len() > 1)?;
        let known: Vec<&str> = methods.keys().map(String::as_str).take(SHOWN).collect();
        let message = format!(
            "the results of '{test}' are of several: {}; they are one variable",
            first_names(&known, methods.len() as u64)
        );
        let finding = Finding::new(FindingId::MethodsPooled, message).at(table.location(second, Field::Method));
        let finding = finding.value(table.text(second, Field::Method));
        Some(finding.remedy("if they are different tests, call this column specimen; else remove it"))
    };
    found.into_iter().filter_map(finding).collect()
}
