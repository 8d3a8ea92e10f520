//! Treatments in several columns, which become one column of treatment lines.
//!
//! ```text
//! Treatment 1 | Response 1 | Treatment 2 | Response 2      treatment
//! MTX         | none       | IVIG        | CR         -->  MTX: none; IVIG: CR
//! MTX         | PR         |             |            -->  MTX: PR
//!             |            | IVIG        | CR         -->  cannot be read: the first line is not there
//! unknown     |            | IVIG        | CR         -->  a first line of nobody knows what; IVIG: CR
//! ```

use super::rows::{KeptRows, RowIndex};
use crate::cohort::cell::is_line_by_itself;
use crate::cohort::lines::{agents_of, is_not_given, is_untreated};
use crate::diagnostic::ComposedColumn;
use crate::error::Error;
use crate::read::block::ITEM;
use crate::read::{ComposedTable, Inputs};
use crate::schema::Role;
use crate::schema::header::{NumberedThing, numbered_header, read_header};
use crate::schema::missing_words::{certainly_missing, says_nothing_more};
use crate::schema::response::understand::{ResponseContext, Said, Understanding, understand};
use std::collections::BTreeMap;

/// Name of the column that they become.
pub const LINES_COLUMN: &str = "treatment";

/// The columns of one treatment line, by their places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineColumns {
    /// The column of its treatment.
    pub treatment: usize,
    /// The column of its response.
    pub response: Option<usize>,
}

/// The columns of each treatment line, from the first, where the headers number them as one series without a gap;
/// no answer where a column names the treatments by itself, or something is stated of one of them.
pub fn line_columns(headers: &[String], is_stated: impl Fn(&str) -> bool) -> Option<Vec<LineColumns>> {
    let treatments = series(headers, NumberedThing::Treatment)?;
    let responses = series(headers, NumberedThing::Response).unwrap_or_default();
    let names_all = |header: &String| {
        header.trim().eq_ignore_ascii_case(LINES_COLUMN)
            || numbered_header(header).is_none() && read_header(header).role == Role::Treatment
    };
    let has_all_numbers = (1..).zip(treatments.keys()).all(|(number, known): (u8, &u8)| number == *known);
    let is_one_series = treatments.len() > 1 && has_all_numbers && !headers.iter().any(names_all);
    let have_treatments = responses.keys().all(|number| treatments.contains_key(number));
    let mut used = treatments.values().chain(responses.values()).filter_map(|at| headers.get(*at));
    if !is_one_series || !have_treatments || used.any(|header| is_stated(header)) {
        return None;
    }
    let line = |(number, treatment): (&u8, &usize)| LineColumns {
        treatment: *treatment,
        response: responses.get(number).copied(),
    };
    Some(treatments.iter().map(line).collect())
}

/// The columns that number one thing, by their numbers; no answer where the headers give it two names, or a number twice.
fn series(headers: &[String], of: NumberedThing) -> Option<BTreeMap<u8, usize>> {
    let mut numbered = headers.iter().enumerate().filter_map(|(at, header)| Some((at, numbered_header(header)?)));
    let mut found = BTreeMap::new();
    let mut name: Option<String> = None;
    numbered.by_ref().filter(|(_, header)| header.of == of).try_for_each(|(at, header)| {
        let is_same = name.get_or_insert_with(|| header.name.clone()) == &header.name;
        (is_same && found.insert(header.number, at).is_none()).then_some(())
    })?;
    Some(found)
}

/// The inputs with one column of treatment lines in the place of the first of these columns; cells that are one of the
/// `missing` texts tell nothing.
///
/// Errors: those of reading.
pub fn in_one_column(inputs: Inputs, lines: &[LineColumns], missing: &[String]) -> Result<Inputs, Error> {
    let rows = KeptRows::read(&inputs)?;
    let cells = LineCells { rows: &rows, lines, missing };
    let used: Vec<usize> = lines.iter().flat_map(|line| [Some(line.treatment), line.response]).flatten().collect();
    let first = used.iter().min().copied();
    let kept: Vec<usize> =
        (0..rows.columns.len()).filter(|column| Some(*column) == first || !used.contains(column)).collect();
    let columns: Vec<ComposedColumn> = kept.iter().map(|at| named(&rows, *at, Some(*at) == first)).collect();
    let positions: Vec<u32> = inputs.positions().collect();
    let mut tables: Vec<ComposedTable> =
        positions.iter().map(|_| ComposedTable::new(columns.clone(), rows.place_tables())).collect();
    for row in rows.rows() {
        let at = positions.iter().position(|position| Some(*position) == rows.position(row));
        let Some(table) = at.and_then(|at| tables.get_mut(at)) else { continue };
        for column in &kept {
            let place = rows.place(row, Some(*column));
            match Some(*column) == first {
                true => table.push_from(&cells.joined(row), place),
                false => table.push_from(rows.text(row, *column), place),
            }
        }
        table.end_record();
    }
    Ok(inputs.composed_each(tables))
}

fn named(rows: &KeptRows, at: usize, is_of_lines: bool) -> ComposedColumn {
    let source = rows.columns.get(at).cloned().unwrap_or_default();
    let name = if is_of_lines { LINES_COLUMN.to_owned() } else { source.clone() };
    ComposedColumn { name, source, table: 0, parts: rows.parts(at).to_vec() }
}

/// The cells of the lines of each patient.
struct LineCells<'r> {
    rows: &'r KeptRows,
    lines: &'r [LineColumns],
    missing: &'r [String],
}

impl LineCells<'_> {
    /// The lines of a patient as one cell.
    fn joined(&self, row: RowIndex) -> String {
        let is_given = |line: &LineColumns| {
            let treatment = self.treatment(row, line);
            !says_nothing_more(treatment) && !is_untreated(treatment) || self.states(self.response(row, line))
        };
        let Some(last) = self.lines.iter().rposition(is_given) else { return self.without_lines(row) };
        let given = self.lines.get(..=last).unwrap_or(self.lines);
        match given {
            // A patient of whose treatment nothing is known has no line.
            [line] if !self.states(self.treatment(row, line)) && !self.states(self.response(row, line)) => {
                self.treatment(row, line).to_owned()
            }
            given => given.iter().map(|line| self.segment(row, line)).collect::<Vec<_>>().join("; "),
        }
    }

    /// The cell of a patient without any line: what the first column says that says something.
    fn without_lines(&self, row: RowIndex) -> String {
        let mut texts = self.lines.iter().map(|line| self.treatment(row, line));
        texts.find(|text| !text.is_empty()).unwrap_or_default().to_owned()
    }

    /// One line as it is written in a cell. What stands in one cell is one line, whatever separates its words. A blank
    /// treatment names no agent, so the line cannot be read.
    fn segment(&self, row: RowIndex, line: &LineColumns) -> String {
        let treatment = in_one_line(self.treatment(row, line));
        let response = as_of_a_line(&in_one_line(self.response(row, line)));
        let has_own = agents_of(&treatment).len() < treatment.len();
        match () {
            () if says_nothing_more(&treatment) || is_untreated(&treatment) => {
                let name =
                    self.rows.columns.get(line.treatment).map_or("", String::as_str).replace(['[', ']', '"'], "");
                let what = if treatment.is_empty() { "blank" } else { &treatment };
                format!("[{name}: {what}]: {response}")
            }
            () if response.is_empty() && is_not_given(&treatment) => treatment,
            // Nobody knows what was given.
            () if !self.states(&treatment) => {
                let word = if treatment.contains(char::is_alphanumeric) { &treatment } else { "unknown" };
                format!("? ({word}): {response}")
            }
            () if has_own && response.is_empty() => treatment,
            () if has_own => format!("{treatment}, {response}"),
            // `PD` behind another line may be its response.
            () if response.is_empty() && is_line_by_itself(&treatment) => treatment,
            () => format!("{treatment}: {response}"),
        }
    }

    fn treatment(&self, row: RowIndex, line: &LineColumns) -> &str {
        self.rows.text(row, line.treatment)
    }

    fn response(&self, row: RowIndex, line: &LineColumns) -> &str {
        line.response.map_or("", |column| self.rows.text(row, column))
    }

    /// True for a text that says something.
    fn states(&self, text: &str) -> bool {
        !says_nothing_more(text) && certainly_missing(text).is_none() && !self.missing.iter().any(|token| token == text)
    }
}

/// A response of a column of responses, as it is understood behind a treatment: `keine` is none there, and no agent.
fn as_of_a_line(text: &str) -> String {
    let is_understood = understand(text, ResponseContext::TreatmentLine) != Understanding::NotUnderstood;
    match understand(text, ResponseContext::ResponseColumn) {
        Understanding::Understood(Said { response: Some(response), .. }) if !is_understood => {
            response.word().to_owned()
        }
        Understanding::Understood(_) | Understanding::Ambiguous(_) | Understanding::NotUnderstood => text.to_owned(),
    }
}

fn in_one_line(text: &str) -> String {
    let text = text.trim_start_matches(ITEM).trim();
    text.replace(ITEM, ", ").replace([';', '|'], ",")
}
