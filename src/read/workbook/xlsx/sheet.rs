//! The cells of one sheet.

use super::super::MOST_ROWS;
use super::super::cell::write_number;
use super::super::fault::Fault;
use super::super::package::PartXml;
use super::super::row::{CellFault, CellKind, CellRange, RowSink, SheetFacts, SheetRow};
use super::super::xml::XmlToken;
use super::CellContext;
use super::strings::{rich_text, unescaped};
use std::borrow::Cow;

/// Reads a sheet row by row.
pub struct XlsxSheetReader<'p, 'x> {
    xml: PartXml<'p>,
    context: CellContext<'x>,
    facts: SheetFacts,
    row: SheetRow,
    /// The last row that was delivered.
    last: u32,
    cell: CellBuffer,
}

/// A cell while it is read.
#[derive(Default)]
struct CellBuffer {
    column: u32,
    style: usize,
    kind: String,
    value: String,
    /// The value is that of an inline text.
    is_inline: bool,
    has_formula: bool,
    has_value: bool,
}

impl<'p, 'x> XlsxSheetReader<'p, 'x> {
    /// A reader of the part of a sheet.
    pub fn new(xml: PartXml<'p>, context: CellContext<'x>) -> XlsxSheetReader<'p, 'x> {
        let (facts, row, cell) = (SheetFacts::default(), SheetRow::default(), CellBuffer::default());
        XlsxSheetReader { xml, context, facts, row, last: 0, cell }
    }

    /// Delivers the rows to a sink, as long as it takes some; what follows the rows is known only if it takes all.
    pub fn read(mut self, sink: &mut dyn RowSink) -> Result<SheetFacts, Fault> {
        loop {
            let element = match self.xml.next()? {
                XmlToken::Open(element) => element,
                XmlToken::Close(_) | XmlToken::Text(_) => continue,
                XmlToken::End => return Ok(self.facts),
            };
            match element.name() {
                "row" => {
                    let number = element.number("r").unwrap_or(self.last.saturating_add(1));
                    let is_hidden = element.flag("hidden");
                    self.begin_row(number, is_hidden)?;
                    self.cells()?;
                    if sink.row(&self.row)?.is_break() {
                        return Ok(self.facts);
                    }
                }
                "col" if element.flag("hidden") => {
                    let columns = element.number("min").zip(element.number("max"));
                    self.facts.hidden_columns.extend(columns);
                }
                "filterColumn" => self.facts.is_filtered = true,
                "mergeCell" => {
                    let range = element.attribute("ref").and_then(|range| range_of(&range));
                    self.facts.merged.extend(range);
                    if self.facts.merged.len() > 1 << 20 {
                        return Err(Fault::TooLarge("a sheet has more than a million merged cells"));
                    }
                }
                _ => {}
            }
        }
    }

    fn begin_row(&mut self, number: u32, is_hidden: bool) -> Result<(), Fault> {
        if number <= self.last || number > MOST_ROWS {
            return Err(Fault::damaged(format!("row {number} follows row {}", self.last)));
        }
        self.last = number;
        self.row.begin(number, is_hidden);
        Ok(())
    }

    /// The cells of a row, up to its end.
    fn cells(&mut self) -> Result<(), Fault> {
        let mut before = 0_u32;
        loop {
            let next = before.saturating_add(1);
            match self.xml.next()? {
                XmlToken::Open(element) if element.name() == "c" => {
                    let named = element.attribute("r").map(|name| cell_of(&name));
                    let column = match named {
                        None => next,
                        Some(Some((column, row))) if row == self.row.number => column,
                        Some(_) => {
                            return Err(Fault::damaged(format!("a cell in row {} of another row", self.row.number)));
                        }
                    };
                    let style = element.number("s").unwrap_or(0) as usize;
                    let kind = element.attribute("t").unwrap_or(Cow::Borrowed("n"));
                    self.cell.begin(column, style, &kind);
                    before = column;
                    self.cell()?;
                }
                XmlToken::Close(end) if end.is("row") => return Ok(()),
                XmlToken::Open(_) | XmlToken::Close(_) | XmlToken::Text(_) => {}
                XmlToken::End => return Err(self.xml.cut_off()),
            }
        }
    }

    /// One cell, up to its end.
    fn cell(&mut self) -> Result<(), Fault> {
        let mut is_value = false;
        loop {
            match self.xml.next()? {
                XmlToken::Open(element) => match element.name() {
                    "v" => (is_value, self.cell.has_value) = (true, true),
                    "f" => self.cell.has_formula = true,
                    "is" => {
                        self.cell.value.clear();
                        rich_text(&mut self.xml, &mut self.cell.value)?;
                        self.cell.is_inline = true;
                    }
                    _ => {}
                },
                XmlToken::Text(text) if is_value && !self.cell.is_inline => self.cell.value.push_str(&text),
                XmlToken::Text(_) => {}
                XmlToken::Close(end) if end.is("c") => return self.push_cell(),
                XmlToken::Close(_) => is_value = false,
                XmlToken::End => return Err(self.xml.cut_off()),
            }
        }
    }

    /// Adds the cell to the row.
    fn push_cell(&mut self) -> Result<(), Fault> {
        let style = self.context.styles.get(self.cell.style);
        let CellBuffer { column, kind, value, has_formula, has_value, .. } = &self.cell;
        self.row.is_coloured |= style.is_coloured;
        let no_text = CellKind::Faulty(CellFault::NoText);
        match kind.as_str() {
            "str" | "inlineStr" => self.row.push(*column, CellKind::Text, &unescaped(value)),
            _ if *has_formula && (!has_value || value.is_empty()) => {
                self.row.push(*column, CellKind::Faulty(CellFault::NoResult), "")
            }
            _ if value.is_empty() => Ok(()),
            "s" => match value.trim().parse().ok().and_then(|index| self.context.strings.get(index)) {
                Some(text) => self.row.push(*column, CellKind::Text, text),
                None => self.row.push(*column, no_text, value),
            },
            "b" => self.row.push(
                *column,
                CellKind::Data,
                if matches!(value.trim(), "1" | "true") { "TRUE" } else { "FALSE" },
            ),
            "e" => self.row.push(*column, CellKind::Faulty(CellFault::Error), value),
            // A date in the words of ISO 8601.
            "d" => self.row.push(*column, CellKind::Data, value.trim_end_matches("T00:00:00")),
            "n" => match value.trim().parse::<f64>() {
                Ok(number) if number.is_finite() => {
                    write_number(&mut self.row, *column, number, &style.format, self.context.is_1904)
                }
                _ => self.row.push(*column, no_text, value),
            },
            other => Err(Fault::damaged(format!("a cell of the unknown type {other}"))),
        }
    }
}

impl CellBuffer {
    fn begin(&mut self, column: u32, style: usize, kind: &str) {
        self.kind.clear();
        self.kind.push_str(kind);
        self.value.clear();
        (self.column, self.style) = (column, style);
        (self.is_inline, self.has_formula, self.has_value) = (false, false, false);
    }
}

/// Column and row of `C7`.
fn cell_of(name: &str) -> Option<(u32, u32)> {
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, digits) = name.split_at_checked(letters)?;
    let mut column = 0_u32;
    for letter in letters.bytes() {
        let number = u32::from(letter.to_ascii_uppercase().saturating_sub(b'A')).saturating_add(1);
        column = column.saturating_mul(26).saturating_add(number);
    }
    digits.parse().ok().filter(|_| column > 0).map(|row| (column, row))
}

/// `A1:C1`.
fn range_of(range: &str) -> Option<CellRange> {
    let (first, last) = range.split_once(':').unwrap_or((range, range));
    let ((left, top), (right, bottom)) = (cell_of(first)?, cell_of(last)?);
    Some(CellRange { top, left, bottom, right })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_and_ranges_are_known_by_their_names() {
        assert_eq!(
            [cell_of("C7"), cell_of("AA10"), cell_of("7"), cell_of("C")],
            [Some((3, 7)), Some((27, 10)), None, None]
        );
        assert_eq!(range_of("A1:C2"), Some(CellRange { top: 1, left: 1, bottom: 2, right: 3 }));
    }
}
