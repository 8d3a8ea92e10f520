//! The cells of one sheet.

use super::super::cell::write_number;
use super::super::compound::u16_at;
use super::super::fault::Fault;
use super::super::row::{CellFault, CellKind, CellRange, RowSink, SheetFacts, SheetRow};
use super::globals::Globals;
use super::record::{BiffRecords, XlsRecord};
use super::text::TextReader;
use std::collections::BTreeSet;

/// Most cells of a sheet.
const MOST_CELLS: usize = 1 << 24;

/// A cell in the order of the file.
struct XlsCell {
    row: u16,
    column: u16,
    style: u16,
    value: XlsValue,
}

enum XlsValue {
    Number(f64),
    Shared(u32),
    Text(Box<str>),
    Flag(bool),
    Error(u8),
}

/// Reads the records of a sheet.
pub struct XlsSheetReader<'s> {
    globals: &'s Globals,
    cells: Vec<XlsCell>,
    hidden: BTreeSet<u16>,
    facts: SheetFacts,
    /// The formula whose text is in the next record of texts.
    pending: Option<(u16, u16, u16)>,
}

impl<'s> XlsSheetReader<'s> {
    /// A reader of sheets with these globals.
    pub fn new(globals: &'s Globals) -> XlsSheetReader<'s> {
        let (facts, hidden) = (SheetFacts::default(), BTreeSet::new());
        XlsSheetReader { globals, cells: Vec::new(), hidden, facts, pending: None }
    }

    /// Reads the sheet at a position of the stream, and delivers its rows.
    pub fn read(mut self, stream: &[u8], at: usize, sink: &mut dyn RowSink) -> Result<SheetFacts, Fault> {
        let mut records = BiffRecords::new(stream, at);
        let mut open = 0_u32;
        while let Some(record) = records.next()? {
            match record.kind {
                // A chart inside the sheet has a beginning and an end of its own.
                0x0809 => open = open.saturating_add(1),
                0x000A if open < 2 => break,
                0x000A => open = open.saturating_sub(1),
                _ if open == 1 => self.record(&record).ok_or_else(|| Fault::damaged("a record is too short"))??,
                _ => {}
            }
            if self.cells.len() > MOST_CELLS {
                return Err(Fault::TooLarge("a sheet has more than 16,777,216 cells"));
            }
        }
        self.cells.sort_by_key(|cell| (cell.row, cell.column));
        self.deliver(sink)
    }

    /// Takes one record; none where it is too short.
    fn record(&mut self, record: &XlsRecord<'_>) -> Option<Result<(), Fault>> {
        let data = record.data();
        let short = |at: usize| u16_at(data, at);
        match record.kind {
            0x0203 => self.add(data, XlsValue::Number(f64::from_le_bytes(data.get(6..14)?.try_into().ok()?)))?,
            0x027E => self.add(data, XlsValue::Number(rk(data.get(6..10)?)?))?,
            0x00FD => self.add(data, XlsValue::Shared(u32::from_le_bytes(data.get(6..10)?.try_into().ok()?)))?,
            0x0204 | 0x00D6 => match TextReader::new(record, 6).rich_text() {
                Ok(text) => self.add(data, XlsValue::Text(text.into()))?,
                Err(fault) => return Some(Err(fault)),
            },
            0x0205 => {
                let (value, is_error) = (*data.get(6)?, *data.get(7)? != 0);
                self.add(data, if is_error { XlsValue::Error(value) } else { XlsValue::Flag(value != 0) })?;
            }
            0x00BD => self.several(data)?,
            0x0006 => self.formula(data)?,
            0x0207 => {
                if let Some((row, column, style)) = self.pending.take() {
                    match TextReader::new(record, 0).rich_text() {
                        Ok(text) => self.cells.push(XlsCell { row, column, style, value: XlsValue::Text(text.into()) }),
                        Err(fault) => return Some(Err(fault)),
                    }
                }
            }
            0x0208 if short(12)? & 0x20 != 0 => drop(self.hidden.insert(short(0)?)),
            0x007D if short(8)? & 1 != 0 => {
                let columns = (number(short(0)?), number(short(2)?));
                self.facts.hidden_columns.push(columns);
            }
            0x00E5 => self.merged(data)?,
            0x009B => self.facts.is_filtered = true,
            0x001C => self.facts.has_comments = true,
            _ => {}
        }
        Some(Ok(()))
    }

    fn add(&mut self, data: &[u8], value: XlsValue) -> Option<()> {
        let (row, column, style) = (u16_at(data, 0)?, u16_at(data, 2)?, u16_at(data, 4)?);
        self.cells.push(XlsCell { row, column, style, value });
        Some(())
    }

    /// Several numbers in one row.
    fn several(&mut self, data: &[u8]) -> Option<()> {
        let (row, first) = (u16_at(data, 0)?, u16_at(data, 2)?);
        let cells = data.get(4..data.len().checked_sub(2)?)?;
        for (column, cell) in (first..).zip(cells.chunks_exact(6)) {
            let value = XlsValue::Number(rk(cell.get(2..6)?)?);
            self.cells.push(XlsCell { row, column, style: u16_at(cell, 0)?, value });
        }
        Some(())
    }

    /// A formula, by its last result.
    fn formula(&mut self, data: &[u8]) -> Option<()> {
        let result = data.get(6..14)?;
        if result.get(6..8)? != [0xFF, 0xFF] {
            return self.add(data, XlsValue::Number(f64::from_le_bytes(result.try_into().ok()?)));
        }
        let value = *result.get(2)?;
        match result.first()? {
            0 => self.pending = Some((u16_at(data, 0)?, u16_at(data, 2)?, u16_at(data, 4)?)),
            1 => self.add(data, XlsValue::Flag(value != 0))?,
            2 => self.add(data, XlsValue::Error(value))?,
            // An empty text.
            _ => {}
        }
        Some(())
    }

    fn merged(&mut self, data: &[u8]) -> Option<()> {
        for range in data.get(2..)?.chunks_exact(8) {
            let at = |at: usize| u16_at(range, at).map(number);
            self.facts.merged.push(CellRange { top: at(0)?, bottom: at(2)?, left: at(4)?, right: at(6)? });
        }
        Some(())
    }

    fn deliver(self, sink: &mut dyn RowSink) -> Result<SheetFacts, Fault> {
        let mut row = SheetRow::default();
        for cells in self.cells.chunk_by(|a, b| a.row == b.row) {
            let Some(first) = cells.first() else { continue };
            row.begin(number(first.row), self.hidden.contains(&first.row));
            for cell in cells {
                let column = number(cell.column);
                let (format, is_coloured) =
                    self.globals.styles.get(usize::from(cell.style)).cloned().unwrap_or_default();
                row.is_coloured |= is_coloured;
                match &cell.value {
                    XlsValue::Number(value) => write_number(&mut row, column, *value, &format, self.globals.is_1904)?,
                    XlsValue::Shared(index) => match self.globals.strings.get(*index as usize) {
                        Some(text) => row.push(column, CellKind::Text, text)?,
                        None => row.push(column, CellKind::Faulty(CellFault::NoText), "")?,
                    },
                    XlsValue::Text(text) => row.push(column, CellKind::Text, text)?,
                    XlsValue::Flag(flag) => row.push(column, CellKind::Data, if *flag { "TRUE" } else { "FALSE" })?,
                    XlsValue::Error(code) => row.push(column, CellKind::Faulty(CellFault::Error), error(*code))?,
                }
            }
            if sink.row(&row)?.is_break() {
                break;
            }
        }
        Ok(self.facts)
    }
}

/// A row or column from 1.
fn number(from_0: u16) -> u32 {
    u32::from(from_0).saturating_add(1)
}

/// A number in 30 bits ([MS-XLS] 2.5.217): a whole one or the first half of a float, perhaps in hundredths.
fn rk(bytes: &[u8]) -> Option<f64> {
    let raw = u32::from_le_bytes(bytes.try_into().ok()?);
    let value = match raw & 2 {
        0 => f64::from_bits(u64::from(raw & !3) << 32),
        _ => f64::from((raw as i32) >> 2),
    };
    Some(if raw & 1 != 0 { value / 100.0 } else { value })
}

/// The text of an error ([MS-XLS] 2.5.10).
fn error(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        _ => "#ERROR!",
    }
}

#[cfg(test)]
mod tests {
    use super::rk;

    #[test]
    fn numbers_in_30_bits_are_whole_or_halves_of_floats_or_hundredths() {
        assert_eq!(rk(&[0x02 | (5 << 2), 0, 0, 0]), Some(5.0));
        assert_eq!(rk(&[0x03 | (0x3F << 2), 0x03, 0, 0]), Some(2.55));
        assert_eq!(rk(&[0xFE, 0xFF, 0xFF, 0xFF]), Some(-1.0));
        assert_eq!(rk(&1.5_f64.to_bits().to_le_bytes()[4..]), Some(1.5));
        assert_eq!(rk(&[0]), None);
    }
}
