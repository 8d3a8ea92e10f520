//! The cell of a field in a row: codes as labels, boxes as a list, a question that was not asked as such.

use super::export::{ExportField, FieldColumns};
use super::structure::{ExportRow, Structure};
use crate::cohort::relate::rows::{KeptRows, RowIndex};
use crate::read::ITEM;
use crate::read::redcap::{Dictionary, FieldType, Logic, Operand};
use std::borrow::Cow;

/// What a cell holds where its question was not asked.
pub const NOT_APPLICABLE: &str = "not applicable";

/// What a cell holds where no box of a form that was filled in is ticked.
const NO_BOX: &str = "none";

/// Whether a box is ticked; no answer for a text that says neither.
pub fn is_ticked(text: &str) -> Option<bool> {
    match text {
        "1" | "Checked" => Some(true),
        "0" | "Unchecked" | "" => Some(false),
        _ => None,
    }
}

/// Reads the cells of an export.
#[derive(Clone, Copy)]
pub struct Cells<'e> {
    /// The rows of the export.
    pub rows: &'e KeptRows,
    /// Its columns that are no fields.
    pub structure: &'e Structure,
    /// Its dictionary.
    pub dictionary: Option<&'e Dictionary>,
}

impl Cells<'_> {
    /// The cell of a field in a row of a record; empty where nothing is reported.
    pub fn cell(&self, field: &ExportField<'_>, at: &ExportRow, record: &[ExportRow]) -> String {
        let text = match &field.columns {
            FieldColumns::One(column) => self.one(field, self.rows.text(at.row, *column)),
            FieldColumns::Boxes(boxes) => self.boxes(field, boxes, at.row),
        };
        // An export has 0 in each box of a question that was not asked.
        let is_blank = text.is_empty() || (text == NO_BOX && matches!(field.columns, FieldColumns::Boxes(_)));
        if is_blank && self.was_not_asked(field, at, record) { NOT_APPLICABLE.to_owned() } else { text }
    }

    fn one(&self, field: &ExportField<'_>, text: &str) -> String {
        let Some(definition) = field.definition else { return text.to_owned() };
        let answer = match (definition.field_type, text) {
            (FieldType::YesNo, "1") => Some("yes"),
            (FieldType::YesNo, "0") => Some("no"),
            (FieldType::Choice, code) => {
                definition.choices.iter().find(|(known, _)| known == code).map(|(_, label)| label.as_str())
            }
            _ => None,
        };
        answer.unwrap_or(text).to_owned()
    }

    /// The ticked boxes; none of a form that is complete is an answer, none of one that was never opened is not.
    fn boxes(&self, field: &ExportField<'_>, boxes: &[(usize, String, String)], row: RowIndex) -> String {
        let texts: Vec<&str> = boxes.iter().map(|(column, ..)| self.rows.text(row, *column)).collect();
        if texts.iter().all(|text| text.is_empty()) {
            return String::new();
        }
        let ticked = boxes.iter().zip(&texts).filter(|(_, text)| is_ticked(text) == Some(true));
        let list: String = ticked.map(|((.., label), _)| format!("{ITEM}{label}")).collect();
        match list.is_empty() {
            true if self.is_never_opened(field, row) => String::new(),
            true => NO_BOX.to_owned(),
            false => list,
        }
    }

    /// True where the form of a field has the state 0, incomplete, or where nobody knows its form.
    fn is_never_opened(&self, field: &ExportField<'_>, row: RowIndex) -> bool {
        let state = field.definition.and_then(|definition| self.structure.complete.get(&definition.form));
        let text = state.map(|column| self.rows.text(row, *column));
        text.is_none_or(|text| text == "0" || text.is_empty())
    }

    /// True where the branching logic of a field, which is known, says that its question was not asked.
    fn was_not_asked(&self, field: &ExportField<'_>, at: &ExportRow, record: &[ExportRow]) -> bool {
        let Some(Some(Ok(logic))) = field.definition.map(|definition| definition.logic.as_ref()) else { return false };
        !logic.holds(&|operand| self.operand(operand, at, record)) && self.is_known(logic)
    }

    /// True where all fields of a condition are columns.
    fn is_known(&self, logic: &Logic) -> bool {
        match logic {
            Logic::All(parts) | Logic::Any(parts) => parts.iter().all(|part| self.is_known(part)),
            Logic::Compare(left, _, right) => [left, right].into_iter().all(|operand| match operand {
                Operand::Value(_) => true,
                Operand::Field { name, code, .. } => self.column(name, code.as_deref()).is_some(),
            }),
        }
    }

    fn column(&self, name: &str, code: Option<&str>) -> Option<usize> {
        let header = match (code, self.dictionary.and_then(|dictionary| dictionary.field(name))) {
            (Some(code), Some(field)) => field.box_column(code),
            (Some(code), None) => format!("{name}___{code}"),
            (None, _) => name.to_owned(),
        };
        self.rows.columns.iter().position(|column| column.trim() == header)
    }

    /// The text of a field in a row, else in the row of the record at the same event.
    fn operand(&self, operand: &Operand, at: &ExportRow, record: &[ExportRow]) -> Cow<'_, str> {
        let Operand::Field { event, name, code } = operand else { return Cow::Borrowed("") };
        let Some(column) = self.column(name, code.as_deref()) else { return Cow::Borrowed("") };
        let own = self.rows.text(at.row, column);
        if event.is_none() && !own.is_empty() {
            return Cow::Borrowed(own);
        }
        let wanted = event.as_deref().unwrap_or(&at.event);
        let base = record.iter().find(|row| row.instrument.is_empty() && row.event == wanted);
        Cow::Borrowed(base.map_or("", |base| self.rows.text(base.row, column)))
    }
}
