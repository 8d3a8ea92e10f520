//! The repeating instruments of an export whose rows are treatments or measurements.

use super::export::ExportField;
use super::structure::{ExportRow, ExportRows};
use super::value::{ExportCells, NOT_APPLICABLE};
use crate::cohort::relate::child::{TableRole, has_an_order, role_of_headers};
use crate::diagnostic::ComposedColumn;
use crate::read::ComposedTable;

/// The name of the column of the number of a treatment line.
const LINE: &str = "line";

/// A repeating instrument whose rows are treatments or measurements.
pub struct ChildInstrument<'f, 'd> {
    /// Its name.
    pub name: String,
    /// Its fields, each with its name in the table: `start` of `tx_start`.
    fields: Vec<(String, &'f ExportField<'d>)>,
    /// True for treatments whose fields tell no order: that of the instances is theirs.
    is_numbered: bool,
}

/// The repeating instruments that are treatments or measurements with their fields, and the fields of all others.
pub fn child_instruments<'f, 'd>(
    export: &ExportRows,
    fields: &'f [ExportField<'d>],
) -> (Vec<ChildInstrument<'f, 'd>>, Vec<&'f ExportField<'d>>) {
    let mut repeating: Vec<&str> =
        export.records.iter().flatten().map(|row| row.instrument.as_str()).filter(|name| !name.is_empty()).collect();
    repeating.sort_unstable();
    repeating.dedup();
    // A form that repeats at some event only has answers of the case as well.
    let of =
        |form: &str| fields.iter().filter(|field| field.definition.is_some_and(|known| known.form == form)).collect();
    let tables: Vec<ChildInstrument<'f, 'd>> =
        repeating.into_iter().filter_map(|form| instrument(form, of(form))).collect();
    let is_in_table = |field: &&ExportField<'_>| {
        tables.iter().flat_map(|table| &table.fields).any(|(_, other)| other.name == field.name)
    };
    let left = fields.iter().filter(|field| !is_in_table(field)).collect();
    (tables, left)
}

/// An instrument by the names of its fields, else by those behind a prefix that several of them share.
fn instrument<'f, 'd>(form: &str, fields: Vec<&'f ExportField<'d>>) -> Option<ChildInstrument<'f, 'd>> {
    let own: Vec<String> = fields.iter().map(|field| field.name.clone()).collect();
    let prefix = |name: &String| name.split_once('_').map(|(prefix, _)| prefix.to_owned());
    let prefixes = own.iter().filter_map(prefix);
    let shared =
        prefixes.filter(|one| *one == form || own.iter().filter_map(prefix).filter(|other| other == one).count() > 1);
    let without: Vec<Vec<String>> = shared.map(|prefix| without_prefix(&own, &prefix)).collect();
    let of_names = |names: &Vec<String>| {
        let headers: Vec<String> = std::iter::once("record_id".to_owned()).chain(names.iter().cloned()).collect();
        let role = role_of_headers(&headers)?;
        let is_numbered =
            role == TableRole::Treatments && !has_an_order(&headers) && !names.iter().any(|name| name == LINE);
        Some((names.clone(), is_numbered))
    };
    // With the prefixes gone, more of the fields may be known by their names.
    let (names, is_numbered) = without.iter().chain([&own]).find_map(of_names)?;
    Some(ChildInstrument { name: form.to_owned(), fields: names.into_iter().zip(fields).collect(), is_numbered })
}

/// The names without a prefix, where that makes no two of them the same.
fn without_prefix(names: &[String], prefix: &str) -> Vec<String> {
    let short = |name: &String| name.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('_')).map(str::to_owned);
    let is_free = |short: &String| !short.is_empty() && !names.contains(short);
    names.iter().map(|name| short(name).filter(is_free).unwrap_or_else(|| name.clone())).collect()
}

/// A column of a composed table that is made of a field.
pub fn composed(name: &str, field: &ExportField<'_>, cells: &ExportCells<'_>) -> ComposedColumn {
    let source = cells.rows.columns.get(field.columns.first()).cloned().unwrap_or_default();
    ComposedColumn { name: name.to_owned(), source, ..ComposedColumn::default() }
}

/// The rows of an instrument, in the order of events and instances.
pub fn instrument_table(
    of: &ChildInstrument<'_, '_>,
    export: &ExportRows,
    cells: &ExportCells<'_>,
    id: &str,
) -> ComposedTable {
    let named =
        |name: &str| ComposedColumn { name: name.to_owned(), source: name.to_owned(), ..ComposedColumn::default() };
    let others = of.fields.iter().map(|(name, field)| composed(name, field, cells));
    let columns = std::iter::once(named(id)).chain(others).chain(of.is_numbered.then(|| named(LINE)));
    let mut table = ComposedTable::new(columns.collect(), cells.rows.place_tables());
    for record in &export.records {
        let is_of_form = |at: &&ExportRow| {
            at.instrument == of.name
                || (at.instrument.is_empty()
                    && !record.iter().any(|other| other.event == at.event && other.instrument == of.name))
        };
        let mut rows: Vec<&ExportRow> = record.iter().filter(is_of_form).collect();
        rows.sort_by_key(|at| export.visits.iter().position(|visit| *visit == at.visit));
        let mut number = 0_usize;
        for at in rows {
            let texts: Vec<String> = of.fields.iter().map(|(_, field)| cells.cell(field, at, record)).collect();
            if texts.iter().all(|text| text.is_empty() || text == NOT_APPLICABLE) {
                continue;
            }
            number = number.saturating_add(1);
            let line = cells.rows.line(at.row);
            table.push(cells.rows.text(at.row, cells.structure.id), line);
            texts.iter().for_each(|text| table.push(if text == NOT_APPLICABLE { "" } else { text }, line));
            if of.is_numbered {
                table.push(&number.to_string(), line);
            }
            table.end_record();
        }
    }
    table
}
