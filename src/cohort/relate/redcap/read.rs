//! From the rows of an export to one record a case, and to the tables of its repeating instruments.

use super::declare::declared;
use super::export::{ExportField, FieldColumns, fields};
use super::instrument::{ChildInstrument, child_instruments, composed, instrument_table};
use super::structure::{ExportRow, ExportRows, ExportStructure};
use super::value::{ExportCells, NOT_APPLICABLE, is_ticked};
use crate::cohort::relate::constancy::must_be_constant;
use crate::cohort::relate::rows::KeptRows;
use crate::diagnostic::{ComposedColumn, Finding, FindingId, Findings, NamePart, first_names};
use crate::error::Error;
use crate::read::ComposedTable;
use crate::read::redcap::{Dictionary, FieldType};
use crate::schema::table_schema::DeclaredVariable;
use crate::schema::visit_column;

/// Names that are shown in a note.
const SHOWN: usize = 8;

/// What came of an export.
pub struct Converted {
    /// One record a case.
    pub cases: ComposedTable,
    /// What its columns are.
    pub declared: Vec<DeclaredVariable>,
    /// The repeating instruments whose rows are treatments or measurements.
    pub instruments: Vec<Instrument>,
    /// The name of the column of the record.
    pub id: String,
    /// What is said of it.
    pub notes: Vec<Finding>,
}

/// A repeating instrument as a table of its own.
pub struct Instrument {
    /// Its name.
    pub name: String,
    /// Its rows.
    pub table: ComposedTable,
}

/// A cell of a field at a visit.
struct VisitCell<'r> {
    at: &'r ExportRow,
    text: String,
}

/// A column that is made of a field: its name, and the visit if it is of one.
struct Made<'f, 'd> {
    field: &'f ExportField<'d>,
    declared: DeclaredVariable,
    visit: Option<String>,
    cells: Vec<Vec<VisitCell<'f>>>,
}

/// Reads a raw export.
///
/// Errors: rows that cannot be told apart, and what a patient has once with two values.
pub fn convert(rows: &KeptRows, dictionary: Option<&Dictionary>) -> Result<Converted, Error> {
    let structure = ExportStructure::of(&rows.columns);
    let export = ExportRows::of(rows, &structure)?;
    let (fields, files) = fields(&rows.columns, &structure, dictionary);
    let cells = ExportCells { rows, structure: &structure, dictionary };
    let (tables, left) = child_instruments(&export, &fields);
    let mut refused = unclear_boxes(&cells, &export, &fields);
    let made: Vec<Made<'_, '_>> =
        left.iter().flat_map(|field| columns_of(field, &export, &cells, &mut refused)).collect();
    if !refused.is_empty() {
        return Err(refused.into());
    }
    let id = rows.columns.get(structure.id).cloned().unwrap_or_default();
    let table = |of: &ChildInstrument<'_, '_>| Instrument {
        name: of.name.clone(),
        table: instrument_table(of, &export, &cells, &id),
    };
    let instruments = tables.iter().map(table);
    Ok(Converted {
        cases: cases(&made, &export, &cells, &id),
        declared: std::iter::once(DeclaredVariable::named(&id))
            .chain(made.iter().map(|made| made.declared.clone()))
            .collect(),
        instruments: instruments.collect(),
        notes: notes(rows, &export, dictionary, &fields, &files)
            .into_iter()
            .chain(unknown_codes(&cells, &export, &fields))
            .chain(answers_not_asked_for(&cells, &export, &fields))
            .collect(),
        id,
    })
}

/// The cells of a field, by record, where the field may have one.
fn visit_cells<'f>(
    field: &ExportField<'_>,
    export: &'f ExportRows,
    cells: &ExportCells<'_>,
) -> Vec<Vec<VisitCell<'f>>> {
    let of_record = |record: &'f Vec<ExportRow>| {
        let rows = record.iter().filter(|at| is_of(field, at, record));
        rows.map(|at| VisitCell { at, text: cells.cell(field, at, record) })
            .filter(|cell| !cell.text.is_empty())
            .collect()
    };
    export.records.iter().map(of_record).collect()
}

/// True where a row may hold a field: the row of its instrument, or that of the record where its form does not repeat.
fn is_of(field: &ExportField<'_>, at: &ExportRow, record: &[ExportRow]) -> bool {
    let Some(definition) = field.definition else { return true };
    if !at.instrument.is_empty() {
        return at.instrument == definition.form;
    }
    !record.iter().any(|other| other.event == at.event && other.instrument == definition.form)
}

/// One column of the case, or one a visit.
fn columns_of<'f, 'd>(
    field: &'f ExportField<'d>,
    export: &'f ExportRows,
    cells: &ExportCells<'_>,
    refused: &mut Findings,
) -> Vec<Made<'f, 'd>> {
    let found = visit_cells(field, export, cells);
    let answers = |record: &[VisitCell<'f>]| {
        record
            .iter()
            .filter(|cell| cell.text != NOT_APPLICABLE)
            .map(|cell| (cell.at.visit.clone(), cell.text.clone()))
            .collect::<Vec<_>>()
    };
    let visited = |visit: &str| found.iter().any(|record| answers(record).iter().any(|(at, _)| at == visit));
    let visits: Vec<&String> = export.visits.iter().filter(|visit| visited(visit)).collect();
    let differs = |record: &&Vec<VisitCell<'f>>| {
        let answers = answers(record);
        answers.iter().any(|(_, text)| Some(text) != answers.first().map(|(_, first)| first))
    };
    let differing = found.iter().find(differs);
    let declared = declared(field);
    if let Some(record) = differing.filter(|_| must_be_constant(&field.name, None)) {
        refused.add(not_constant(field, record, cells));
        return Vec::new();
    }
    let at = |visit: &str| {
        found
            .iter()
            .map(|record| {
                record
                    .iter()
                    .filter(|cell| cell.at.visit == visit)
                    .map(|cell| VisitCell { at: cell.at, text: cell.text.clone() })
                    .collect()
            })
            .collect()
    };
    if differing.is_none() || visits.len() < 2 {
        return vec![Made { field, declared, visit: None, cells: found }];
    }
    let column = |visit: &&String| Made {
        field,
        declared: declared.at_visit(visit),
        visit: Some((*visit).clone()),
        cells: at(visit),
    };
    visits.iter().map(column).collect()
}

fn not_constant(field: &ExportField<'_>, record: &[VisitCell<'_>], cells: &ExportCells<'_>) -> Finding {
    let first = record.first().map_or("", |cell| cell.text.as_str());
    let other = record.iter().find(|cell| cell.text != first);
    let message = "a patient has one value in this field, and this one has two";
    let finding = Finding::new(FindingId::NotConstant, message).remedy("correct one of them in the project");
    match other {
        Some(other) => finding
            .at(cells.rows.location(other.at.row, field.columns.first()))
            .value(format!("{first}, {}", other.text)),
        None => finding,
    }
}

fn cases(made: &[Made<'_, '_>], export: &ExportRows, cells: &ExportCells<'_>, id: &str) -> ComposedTable {
    let own = ComposedColumn { name: id.to_owned(), source: id.to_owned(), ..ComposedColumn::default() };
    let others = made.iter().map(|made| {
        let name = &made.field.name;
        let Some(visit) = &made.visit else { return composed(name, made.field, cells) };
        let of_visit = |record: &&Vec<ExportRow>| record.iter().any(|at| at.visit == *visit);
        let cases = export.records.iter().filter(of_visit).count();
        let parts = vec![NamePart::Column(name.clone()), NamePart::word(visit, cases)];
        ComposedColumn { parts, ..composed(&visit_column(name, visit), made.field, cells) }
    });
    let mut table = ComposedTable::new(std::iter::once(own).chain(others).collect(), cells.rows.place_tables());
    for (number, record) in export.records.iter().enumerate() {
        let first = record.first().map(|at| at.row);
        let name = first.map_or_else(String::new, |row| cells.rows.text(row, cells.structure.id).to_owned());
        table.push(&name, first.map_or(0, |row| cells.rows.line(row)));
        for made in made {
            let of_record = made.cells.get(number).map(Vec::as_slice).unwrap_or_default();
            // An answer counts before a question that was not asked at another visit.
            let answer = of_record.iter().find(|cell| cell.text != NOT_APPLICABLE).or_else(|| of_record.first());
            table.push(
                answer.map_or("", |cell| &cell.text),
                answer.or(None).map_or(0, |cell| cells.rows.line(cell.at.row)),
            );
        }
        table.end_record();
    }
    table
}

/// Boxes that are neither ticked nor not.
fn unclear_boxes(cells: &ExportCells<'_>, export: &ExportRows, fields: &[ExportField<'_>]) -> Findings {
    let mut found = Findings::default();
    for field in fields {
        let FieldColumns::Boxes(boxes) = &field.columns else { continue };
        for at in export.records.iter().flatten() {
            for (column, ..) in boxes {
                let text = cells.rows.text(at.row, *column);
                if is_ticked(text).is_none() {
                    let message = "a check box is 1 where it is ticked, else 0";
                    let finding = Finding::new(FindingId::RedcapBox, message);
                    let finding = finding.at(cells.rows.location(at.row, *column)).value(text);
                    found.add(finding.remedy("export the raw data of the project again, or write 0 or 1"));
                }
            }
        }
    }
    found
}

/// Codes that the dictionary does not have: they stay as they are.
fn unknown_codes(cells: &ExportCells<'_>, export: &ExportRows, fields: &[ExportField<'_>]) -> Vec<Finding> {
    let mut found = Findings::default();
    for field in fields {
        let Some(definition) = field.definition.filter(|known| known.field_type == FieldType::Choice) else { continue };
        let column = field.columns.first();
        for at in export.records.iter().flatten() {
            let code = cells.rows.text(at.row, column);
            if code.is_empty() || definition.choices.iter().any(|(known, _)| known == code) {
                continue;
            }
            let message = "the dictionary has no choice of this code: the code itself is shown";
            let finding = Finding::new(FindingId::RedcapCode, message).at(cells.rows.location(at.row, column));
            let remedy = "use the dictionary of the same version of the project, or correct the code";
            found.add(finding.value(code).remedy(remedy));
        }
    }
    found.groups().flat_map(|group| group.first.iter().cloned()).collect()
}

/// Answers to questions that the branching logic does not ask: they are counted.
fn answers_not_asked_for(cells: &ExportCells<'_>, export: &ExportRows, fields: &[ExportField<'_>]) -> Vec<Finding> {
    let mut found = Findings::default();
    for field in fields {
        let Some(definition) = field.definition.filter(|known| known.logic.is_some()) else { continue };
        for record in &export.records {
            for at in record.iter().filter(|at| is_of(field, at, record)) {
                let answer = cells.answer_of(field, at);
                if answer.is_empty() || !cells.was_not_asked(field, at, record) {
                    continue;
                }
                let message =
                    format!("an answer to '{}', which is not asked of this record: it is counted", definition.name);
                let finding = Finding::new(FindingId::RedcapNotAsked, message);
                let finding = finding.at(cells.rows.location(at.row, field.columns.first())).value(answer);
                found.add(finding.remedy("remove the answer, or correct the answer that its question depends on"));
            }
        }
    }
    found.groups().flat_map(|group| group.first.iter().cloned()).collect()
}

fn notes(
    rows: &KeptRows,
    export: &ExportRows,
    dictionary: Option<&Dictionary>,
    fields: &[ExportField<'_>],
    files: &[String],
) -> Vec<Finding> {
    let note = |message: String| Finding::new(FindingId::RedcapExport, message);
    let count = rows.rows().count();
    let mut message = format!("a REDCap export: {count} rows are {} records", export.records.len());
    if !files.is_empty() {
        message.push_str(&format!("; files are not read: {}", named(files)));
    }
    let mut notes = vec![note(message)];
    let Some(_) = dictionary else {
        let message = "without the data dictionary of the REDCap project, codes have no labels, and units, identifiers and questions that were not asked are not known";
        let remedy = "download the dictionary (Project Setup, Data Dictionary), and save it beside the export, or name it: --dictionary FILE";
        notes.push(Finding::new(FindingId::RedcapDictionary, message).remedy(remedy));
        return notes;
    };
    let unknown: Vec<String> =
        fields.iter().filter(|field| field.definition.is_none()).map(|field| field.name.clone()).collect();
    if !unknown.is_empty() {
        notes.push(note(format!("columns that the dictionary does not have, read without it: {}", named(&unknown))));
    }
    let unread: Vec<String> = fields
        .iter()
        .filter(|field| field.definition.is_some_and(|known| matches!(known.logic, Some(Err(_)))))
        .map(|field| field.name.clone())
        .collect();
    if !unread.is_empty() {
        let message = format!(
            "the branching logic of some fields has functions, so that a blank in them counts as not reported: {}",
            named(&unread)
        );
        notes.push(note(message));
    }
    notes
}

fn named(names: &[String]) -> String {
    let shown: Vec<&str> = names.iter().map(String::as_str).take(SHOWN).collect();
    first_names(&shown, names.len() as u64)
}
