//! A table of a report on a sheet, as it is seen.

use super::book::{BookCell, Look, Sheet};
use crate::tables::{Cell, Depth, Row, SpanningHead, Table};
use std::io;

/// Writes a table between its caption and its notes.
///
/// Errors: more rows or columns than a sheet has.
pub fn write(table: &Table, sheet: &mut Sheet<'_>) -> io::Result<()> {
    let caption = table.caption();
    sheet.note(Look::Caption, caption.as_str())?;
    table.spans.iter().try_for_each(|line| spans(line, sheet))?;
    let headings: Vec<(String, &str)> = table.header.iter().map(|heading| (heading.line(), &*heading.mark)).collect();
    let headings = headings.iter().map(|(line, mark)| BookCell::Text(line, mark));
    sheet.line(Look::Heading, Look::Heading, headings)?;
    for (at, row) in table.rows.iter().enumerate() {
        let has_levels = table.rows.get(at + 1).is_some_and(|next| next.depth > Depth::Variable);
        let is_bold = has_levels || table.has_bold_label(row);
        sheet.line(look(row, is_bold), Look::Plain, row.cells.iter().map(cell))?;
    }
    for note in &table.notes {
        let text = if note.mark.is_empty() { note.text.clone() } else { format!("{} {}", note.mark, note.text) };
        sheet.note(Look::Plain, text.as_str())?;
    }
    sheet.skip();
    Ok(())
}

/// A line of heads, each in the middle above its columns.
fn spans(line: &[SpanningHead], sheet: &mut Sheet<'_>) -> io::Result<()> {
    let mut first = 0;
    for span in line {
        if !span.text.is_empty() {
            sheet.over(first, span.columns, Look::Heading, &span.text)?;
        }
        first += span.columns;
    }
    sheet.skip();
    Ok(())
}

fn look(row: &Row, is_bold: bool) -> Look {
    match row.depth {
        Depth::Section => Look::Slanted,
        Depth::Variable if is_bold => Look::Bold,
        Depth::Variable => Look::Plain,
        Depth::Level => Look::Indented(1),
        Depth::Item => Look::Indented(2),
    }
}

fn cell(cell: &Cell) -> BookCell<'_> {
    BookCell::Text(&cell.text, &cell.mark)
}
