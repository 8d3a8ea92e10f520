//! What is said of a sheet that was read: what refuses it, and what the reader must know.

use super::choose::{SampledSheet, letters};
use super::layout::{ColumnNames, SheetLayout};
use super::records::{FaultyCells, RowCount, SecondTable, SheetRecords};
use super::row::{CellFault, CellRange, SheetFacts, SheetRow};
use crate::diagnostic::{
    FilePosition, Finding, FindingId, Findings, Severity, SheetCell, SheetTable, SourceLocation, column_letters,
};
use crate::read::block::excerpt;
use crate::read::unnamed::unnamed_number;
use crate::words::{counted, for_number};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A sheet that was read, with what was found on the way.
pub struct ReadSheet<'s> {
    /// Its name and its columns.
    pub table: &'s Arc<SheetTable>,
    /// Its first rows.
    pub sheet: &'s SampledSheet,
    /// Where its table is.
    pub layout: &'s SheetLayout,
    /// The names of its columns.
    pub names: &'s ColumnNames,
    /// Its records.
    pub records: &'s SheetRecords,
    /// What was found beside the rows.
    pub facts: &'s SheetFacts,
    /// The row of the column names was stated.
    pub is_stated: bool,
    /// Its rows belong to cases of another sheet.
    pub is_related: bool,
}

impl ReadSheet<'_> {
    /// What refuses the sheet.
    pub fn refusals(&self, below: &[SheetRow]) -> Findings {
        let mut found = Findings::default();
        for ((column, fault), cells) in &self.records.faulty {
            self.faulty(*column, *fault, cells, &mut found);
        }
        let merged: Vec<&CellRange> = self.facts.merged.iter().filter(|range| self.is_in_records(range)).collect();
        merged.into_iter().for_each(|range| found.add(self.merged(range)));
        if let Some(first) = below.first().filter(|_| !self.are_left_out(below)) {
            found.add(self.below(first, below.len() as u64));
        }
        if let Some(second) = self.records.second.as_ref().filter(|second| second.rows > 1) {
            found.add(self.second(second));
        }
        found.extend(self.mixed_parts());
        let (outside, column) = &self.records.outside;
        if outside.count > 0 {
            let message = format!("{} with cells in columns that have no name", counted(outside.count, "row"));
            let finding = Finding::new(FindingId::EmptyHeader, message);
            let message = format!("{}, the first of them row {}", finding.message, outside.first);
            let finding = Finding { message, ..finding }.at(self.cell(*column, self.names.header));
            found.add(finding.remedy("name the column in the header, or clear its cells"));
        }
        found
    }

    /// What the reader must know.
    pub fn notes(&self) -> Findings {
        let mut notes = Findings::default();
        self.about_header().into_iter().for_each(|note| notes.add(note));
        self.about_rows().into_iter().for_each(|note| notes.add(note));
        self.about_parts().into_iter().for_each(|warning| notes.add(warning));
        self.about_looks().into_iter().for_each(|note| notes.add(note));
        notes
    }

    /// A finding in a row, in its column if it names one.
    pub fn in_row(&self, finding: Finding, row: u32) -> Finding {
        let column = finding.location.column.clone();
        let finding = finding.at(self.cell(0, row));
        match column {
            Some(column) => finding.column(column),
            None => finding,
        }
    }

    fn cell(&self, column: u32, row: u32) -> SourceLocation {
        SourceLocation::default().at(FilePosition::Cell(SheetCell { table: self.table.clone(), column, row }))
    }

    /// The location of a cell, with the name of its column if it has one.
    fn named_cell(&self, column: u32, row: u32) -> SourceLocation {
        let known = self.table.columns.iter().find(|(_, number)| *number == column).map(|(name, _)| name);
        let location = self.cell(column, row);
        let name = known.filter(|name| unnamed_number(name).is_none());
        SourceLocation { column: name.cloned(), ..location }
    }

    fn faulty(&self, column: u32, fault: CellFault, cells: &FaultyCells, found: &mut Findings) {
        let (id, message, remedy) = match fault {
            CellFault::Error => (FindingId::CellError, "the formula of this cell has no result", CORRECT),
            CellFault::NoResult => (
                FindingId::FormulaWithoutResult,
                "the result of the formula in this cell is not in the file",
                SAVE_ONCE,
            ),
            CellFault::NoDate => {
                (FindingId::CellError, "this cell is formatted as a date, but its number is not a valid date", NO_DATE)
            }
            CellFault::NoText => (FindingId::CellError, "the content of this cell is damaged", "type the cell anew"),
        };
        let finding = |row: u32| Finding::new(id, message).at(self.named_cell(column, row)).remedy(remedy);
        for (row, text) in &cells.first {
            let finding = finding(*row);
            found.add(if text.is_empty() { finding } else { finding.value(excerpt(text.as_bytes())) });
        }
        let rest = cells.count.saturating_sub(cells.first.len() as u64);
        found.count_cells(&finding(0), rest);
    }

    /// True for merged cells of which some belong to a record.
    fn is_in_records(&self, range: &CellRange) -> bool {
        let (first, last) = (self.layout.first, self.layout.last);
        range.bottom > self.names.header && range.top <= self.records.end && range.left <= last && range.right >= first
    }

    fn merged(&self, range: &CellRange) -> Finding {
        let CellRange { top, left, bottom, right } = *range;
        let name = format!("{}{top}:{}{bottom}", column_letters(left), column_letters(right));
        let message = format!("the cells {name} are merged: only the first of them holds the value");
        Finding::new(FindingId::MergedCells, message)
            .at(self.named_cell(left, top))
            .remedy("unmerge them, and write the value into each cell that it is meant for")
    }

    /// True for rows of one cell below the rows of cases of another sheet: they hold no value, whatever they are.
    fn are_left_out(&self, below: &[SheetRow]) -> bool {
        self.is_related && below.iter().all(|row| row.cells().len() < 2)
    }

    /// The warnings about such rows.
    pub fn left_out(&self, below: &[SheetRow]) -> Findings {
        let rows = below.iter().filter(|_| self.are_left_out(below));
        let warning = |row: &SheetRow| {
            let text = row.cells().first().map_or("", |cell| row.text(cell));
            let message = "a row of one cell below the table: left out";
            Finding::new(FindingId::RowsBelowTable, message)
                .severity(Severity::Warning)
                .at(self.cell(0, row.number))
                .value(excerpt(text.as_bytes()))
                .remedy("remove it, or fill its cells in")
        };
        rows.map(warning).collect()
    }

    fn below(&self, first: &SheetRow, rows: u64) -> Finding {
        let last = self.records.end;
        let message = format!("{} below the table with few cells: notes, not cases", counted(rows, "row"));
        let text = first.cells().first().map_or("", |cell| first.text(cell));
        Finding::new(FindingId::RowsBelowTable, message)
            .at(self.cell(0, first.number))
            .value(excerpt(text.as_bytes()))
            .remedy(self.last_row(last))
    }

    /// How to leave out what is below the table; the option is about the sheet of the cases.
    fn last_row(&self, last: u32) -> String {
        match self.is_related {
            true => format!("remove the rows below row {last}, or move them to another sheet"),
            false => format!("if the last case is in row {last}: --last-row {last}"),
        }
    }

    fn second(&self, second: &SecondTable) -> Finding {
        let SecondTable { header, rows, last, name, .. } = second;
        let (rows, begin) = (counted(*rows, "row"), for_number(*rows, "begins", "begin"));
        let message = format!("{rows} below the table {begin} with other column names: another table, not cases");
        Finding::new(FindingId::RowsBelowTable, message)
            .at(self.cell(0, *header))
            .value(excerpt(name.as_bytes()))
            .remedy(self.last_row(*last))
    }

    /// The refusal of a table beside that of the cases which has the same IDs in another order.
    fn mixed_parts(&self) -> Option<Finding> {
        let parts = self.parts();
        let own = self.records.texts(parts.first()?.0.saturating_sub(self.layout.first) as usize);
        let known: BTreeSet<&str> = own.iter().copied().filter(|text| !text.is_empty()).collect();
        let has_letters = known.iter().all(|text| text.contains(char::is_alphabetic));
        let is_mixed = |(first, ..): &&(u32, u32, u32)| {
            let texts = self.records.texts(first.saturating_sub(self.layout.first) as usize);
            let others: BTreeSet<&str> = texts.iter().copied().filter(|text| !text.is_empty()).collect();
            // Numbers that are IDs as well may be scores: all of them must be there, each once.
            let are_ids = others.len() > 1 && if has_letters { others.is_subset(&known) } else { others == known };
            are_ids
                && own.len() == known.len()
                && texts.iter().zip(&own).any(|(other, own)| !other.is_empty() && other != own)
        };
        let (first, last, _) = parts.iter().skip(1).find(is_mixed)?;
        let columns = letters(&[(*first, *last)]);
        let message =
            format!("{columns}, behind a blank column, have the IDs of the cases in another order: another table");
        let finding = Finding::new(FindingId::TablesBeside, message).at(self.cell(*first, self.names.header));
        Some(finding.remedy("put it on a sheet of its own: rows side by side would be of different cases"))
    }

    fn about_header(&self) -> Option<Finding> {
        let header = self.names.header;
        let above = self.sheet.rows.iter().filter(|row| row.number < header).map(|row| row.number);
        let (above, band) = (above.collect::<Vec<_>>(), self.names.band);
        let first = above.first().filter(|_| !self.is_stated || band.is_some())?;
        let row = self.sheet.rows.iter().find(|row| row.number == header);
        let is_own = |name: &str, column: u32| row.and_then(|row| row.text_at(column)) == Some(name);
        let mut named = self.names.names.iter().zip(self.layout.first..);
        let example = named.find(|(name, column)| !name.is_empty() && !is_own(name, *column));
        let example = example.map_or("", |(name, _)| name.as_str());
        let message = match band {
            Some(band) => {
                format!("row {header} has the column names, row {band} words over several of them, as in '{example}'")
            }
            None if above.len() == 1 => format!("row {header} has the column names; row {first} above it is not read"),
            None => {
                let (rows, are) = (counted(above.len(), "row"), for_number(above.len(), "is", "are"));
                format!("row {header} has the column names; {rows} above it {are} not read")
            }
        };
        let note = Finding::new(FindingId::HeaderRowFound, message).at(self.cell(0, header));
        Some(note.remedy("--header-row N reads another one"))
    }

    fn about_rows(&self) -> Vec<Finding> {
        let SheetRecords { blank, hidden, cut, .. } = self.records;
        let note = |id, message: String, rows: &RowCount| Finding::new(id, message).at(self.cell(0, rows.first));
        let mut notes = Vec::new();
        if blank.count > 0 {
            notes.push(note(
                FindingId::BlankRows,
                format!("{} without anything in any cell: skipped", counted(blank.count, "row")),
                blank,
            ));
        }
        if cut.count > 0 {
            notes.push(note(
                FindingId::RowsCut,
                format!("{} below the last one that is read: left out", counted(cut.count, "row")),
                cut,
            ));
        }
        if hidden.count > 0 && self.facts.is_filtered {
            let message = format!("{} hidden by a filter: read all the same", counted(hidden.count, "row"));
            let finding = Finding::new(FindingId::FilteredRows, message).at(self.cell(0, hidden.first));
            notes
                .push(finding.remedy("if they do not belong to the series, delete them, or leave them out by --where"));
        } else if hidden.count > 0 {
            notes.push(note(
                FindingId::HiddenCells,
                format!("{} hidden: read all the same", counted(hidden.count, "row")),
                hidden,
            ));
        }
        notes
    }

    /// The warning about parts of the table between blank columns of which one ends before the others.
    fn about_parts(&self) -> Option<Finding> {
        let parts = self.parts();
        let longest = parts.iter().map(|(.., end)| *end).max()?;
        let (first, last, end) = parts.iter().find(|(.., end)| *end < longest)?;
        let columns = letters(&[(*first, *last)]);
        let message = format!(
            "the cells of {columns}, behind or before a blank column, end in row {end}, the others in row {longest}: perhaps two tables"
        );
        let warning = Finding::new(FindingId::TablesBeside, message)
            .severity(Severity::Warning)
            .at(self.cell(*first, self.names.header));
        Some(warning.remedy("put the second table on a sheet of its own; if it is one table, delete the blank column"))
    }

    /// The parts of the table between blank columns: the first and the last column, and the last row.
    fn parts(&self) -> Vec<(u32, u32, u32)> {
        let columns = (self.layout.first..).zip(&self.names.names).zip(&self.records.ends);
        let mut parts: Vec<(u32, u32, u32)> = Vec::new();
        let mut is_behind_gap = true;
        for ((column, name), end) in columns {
            let is_blank = name.is_empty() && *end <= self.layout.header;
            match parts.last_mut() {
                _ if is_blank => {}
                Some((_, last, of_part)) if !is_behind_gap => (*last, *of_part) = (column, *end.max(of_part)),
                Some(_) | None => parts.push((column, column, *end)),
            }
            is_behind_gap = is_blank;
        }
        parts
    }

    fn about_looks(&self) -> Vec<Finding> {
        let mut notes = Vec::new();
        let inside = |(first, last): &(u32, u32)| (*first.max(&self.layout.first), *last.min(&self.layout.last));
        let hidden = self.facts.hidden_columns.iter().map(inside).filter(|(first, last)| first <= last);
        let hidden: Vec<(u32, u32)> = hidden.collect();
        if let Some((first, _)) = hidden.first() {
            let message = format!("hidden columns: {}; read all the same", letters(&hidden));
            notes.push(Finding::new(FindingId::HiddenCells, message).at(self.cell(*first, self.names.header)));
        }
        let SheetRecords { coloured, .. } = self.records;
        if coloured.count > 0 {
            let message = format!("{} with coloured cells: colours are not read", counted(coloured.count, "row"));
            let note = Finding::new(FindingId::LooksIgnored, message).at(self.cell(0, coloured.first));
            notes.push(note.remedy("if a colour means something, write it into a column of its own"));
        }
        if self.facts.has_comments {
            let note = Finding::new(FindingId::LooksIgnored, "cells have comments: comments are not read");
            let note = note.at(self.cell(0, self.names.header));
            notes.push(note.remedy("if a comment corrects or qualifies a cell, write it into a column of its own"));
        }
        notes
    }
}

const CORRECT: &str = "correct the formula, or clear the cell if the value is not known";
const SAVE_ONCE: &str = "open the file in Excel or LibreOffice and save it once";
const NO_DATE: &str = "correct the date, or the format of the cell";
