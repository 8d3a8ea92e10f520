//! The cell of a field in a row: codes as labels, boxes as a list, a question that was not asked as such.

use super::entry_unit::entered_in_another_unit;
use super::export::{ExportField, FieldColumns};
use super::structure::{ExportRow, ExportStructure};
use crate::cohort::relate::rows::{KeptRows, RowIndex};
use crate::read::ITEM;
use crate::read::redcap::{Dictionary, FieldAnswer, FieldDefinition, FieldType, LogicOperand};
use crate::schema::MissingReason;
use crate::schema::missing_words::{certainly_missing, tells_no_answer};
use std::borrow::Cow;

/// What a cell holds where its question was not asked.
pub const NOT_APPLICABLE: &str = "not applicable";

/// What a cell holds where no box of a form that was filled in is ticked.
const NO_BOX: &str = "none";

/// Why a choice with this label tells nothing; none where it is an answer. `NR` may be no response.
pub fn missing_choice(label: &str) -> Option<MissingReason> {
    let label = label.trim().to_lowercase();
    let is_no_answer = tells_no_answer(&label);
    let reason = certainly_missing(&label).filter(|_| label != "nr" && !label.is_empty());
    reason.or(is_no_answer.then_some(MissingReason::NotReported))
}

/// Whether a box is ticked; no answer for a text that says neither.
pub fn is_ticked(text: &str) -> Option<bool> {
    match text {
        "1" | "Checked" => Some(true),
        "0" | "Unchecked" | "" => Some(false),
        _ => None,
    }
}

/// Most questions that were asked because of the answer to another one.
const DEEPEST: usize = 8;

/// A row, and the record it belongs to.
type RecordRow<'r> = (&'r ExportRow, &'r [ExportRow]);

/// Reads the cells of an export.
#[derive(Clone, Copy)]
pub struct ExportCells<'e> {
    /// The rows of the export.
    pub rows: &'e KeptRows,
    /// Its columns that are no fields.
    pub structure: &'e ExportStructure,
    /// Its dictionary.
    pub dictionary: Option<&'e Dictionary>,
}

impl ExportCells<'_> {
    /// The cell of a field in a row of a record; empty where nothing is reported.
    pub fn cell(&self, field: &ExportField<'_>, at: &ExportRow, record: &[ExportRow]) -> String {
        if self.answer_of(field, at).is_empty() && self.was_not_asked(field, at, record) {
            return NOT_APPLICABLE.to_owned();
        }
        self.text(field, at)
    }

    fn text(&self, field: &ExportField<'_>, at: &ExportRow) -> String {
        match &field.columns {
            FieldColumns::One(column) => self.one(field, self.rows.text(at.row, *column)),
            FieldColumns::Boxes(boxes) => self.boxes(field, boxes, at.row),
        }
    }

    /// The same, but empty for boxes of which none is ticked: an export has 0 in each of a question that was not asked.
    pub fn answer_of(&self, field: &ExportField<'_>, at: &ExportRow) -> String {
        let text = self.text(field, at);
        let is_blank = text == NO_BOX && matches!(field.columns, FieldColumns::Boxes(_));
        if is_blank { String::new() } else { text }
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
        let is_number = text.starts_with(|c: char| c.is_ascii_digit());
        let unit = entered_in_another_unit(&field.name, definition).filter(|_| answer.is_none() && is_number);
        match answer.filter(|_| definition.field_type == FieldType::Choice).and_then(missing_choice) {
            Some(reason) => reason.word().to_owned(),
            None => answer.unwrap_or(text).to_owned() + &unit.map_or_else(String::new, |unit| format!(" {unit}")),
        }
    }

    /// The ticked boxes; none of a form that is complete is an answer, none of one that was never opened is not.
    fn boxes(&self, field: &ExportField<'_>, boxes: &[(usize, String, String)], row: RowIndex) -> String {
        let texts: Vec<&str> = boxes.iter().map(|(column, ..)| self.rows.text(row, *column)).collect();
        if texts.iter().all(|text| text.is_empty()) {
            return String::new();
        }
        let ticked = boxes.iter().zip(&texts).filter(|(_, text)| is_ticked(text) == Some(true));
        let (no_answers, ticked): (Vec<&str>, Vec<&str>) =
            ticked.map(|((.., label), _)| label.as_str()).partition(|label| missing_choice(label).is_some());
        if let Some(reason) = no_answers.first().filter(|_| ticked.is_empty()).and_then(|label| missing_choice(label)) {
            return reason.word().to_owned();
        }
        let list: String = ticked.into_iter().map(|label| format!("{ITEM}{label}")).collect();
        match list.is_empty() {
            true if self.is_never_opened(field, row) => String::new(),
            true => NO_BOX.to_owned(),
            false => list,
        }
    }

    /// True where the form of a field has the state 0, incomplete, or where nobody knows its form.
    fn is_never_opened(&self, field: &ExportField<'_>, row: RowIndex) -> bool {
        field.definition.is_none_or(|definition| self.is_form_never_opened(definition, row))
    }

    fn is_form_never_opened(&self, definition: &FieldDefinition, row: RowIndex) -> bool {
        let text = self.structure.complete.get(&definition.form).map(|column| self.rows.text(row, *column));
        text.is_none_or(|text| text == "0" || text.is_empty())
    }

    /// True where the branching logic of a field says that its question was not asked.
    pub fn was_not_asked(&self, field: &ExportField<'_>, at: &ExportRow, record: &[ExportRow]) -> bool {
        field.definition.is_some_and(|definition| self.was_asked(definition, (at, record), DEEPEST) == Some(false))
    }

    /// Whether the question of a field was asked; none where its logic cannot be read, or rests on what is not known.
    fn was_asked(&self, of: &FieldDefinition, (at, record): RecordRow<'_>, depth: usize) -> Option<bool> {
        match &of.logic {
            None => Some(true),
            Some(Err(_)) => None,
            Some(Ok(logic)) => {
                let depth = depth.checked_sub(1)?;
                logic.truth(&|operand| self.answer(operand, (at, record), depth))
            }
        }
    }

    /// What a field says in a condition: a blank is known where its own question was not asked.
    fn answer(&self, operand: &LogicOperand, (at, record): RecordRow<'_>, depth: usize) -> FieldAnswer<'_> {
        let LogicOperand::Field { event, name, code } = operand else {
            return FieldAnswer { text: Cow::Borrowed(""), is_known: false };
        };
        let Some(column) = self.column(name, code.as_deref()) else {
            return FieldAnswer { text: Cow::Borrowed(""), is_known: false };
        };
        let row = self.row_of(event.as_deref(), column, (at, record));
        let text = row.map_or("", |row| self.rows.text(row, column));
        let definition = self.dictionary.and_then(|dictionary| dictionary.field(name));
        let is_answered = match (code, definition) {
            _ if text.is_empty() => false,
            (Some(_), Some(definition)) if is_ticked(text) == Some(false) => {
                row.is_some_and(|row| self.has_boxes(definition, row))
            }
            _ => true,
        };
        let was_not_asked = || {
            let of = definition.filter(|definition| definition.logic.is_some());
            of.is_some_and(|definition| self.was_asked(definition, (at, record), depth) == Some(false))
        };
        FieldAnswer { text: Cow::Borrowed(text), is_known: is_answered || was_not_asked() }
    }

    /// True where boxes that are not ticked are an answer: another one is, or the form is complete.
    fn has_boxes(&self, definition: &FieldDefinition, row: RowIndex) -> bool {
        let columns = definition.choices.iter().filter_map(|(code, _)| self.column(&definition.name, Some(code)));
        let mut texts = columns.map(|column| self.rows.text(row, column));
        texts.any(|text| is_ticked(text) == Some(true)) || !self.is_form_never_opened(definition, row)
    }

    fn column(&self, name: &str, code: Option<&str>) -> Option<usize> {
        let header = match (code, self.dictionary.and_then(|dictionary| dictionary.field(name))) {
            (Some(code), Some(field)) => field.box_column(code),
            (Some(code), None) => format!("{name}___{code}"),
            (None, _) => name.to_owned(),
        };
        self.rows.columns.iter().position(|column| column.trim() == header)
    }

    /// The row that holds a field: its own where it has a text, else that of the record at the same event, or the event
    /// that is named.
    fn row_of(&self, event: Option<&str>, column: usize, (at, record): RecordRow<'_>) -> Option<RowIndex> {
        if event.is_none() && !self.rows.text(at.row, column).is_empty() {
            return Some(at.row);
        }
        let wanted = event.unwrap_or(&at.event);
        record.iter().find(|row| row.instrument.is_empty() && row.event == wanted).map(|row| row.row)
    }
}
