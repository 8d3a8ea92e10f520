//! What all sheets share: their names, the texts, the formats.

use super::super::book::SheetEntry;
use super::super::compound::{u16_at, u32_at};
use super::super::fault::Fault;
use super::super::number_format::{CellFormat, built_in, of_code};
use super::record::{BiffRecords, XlsRecord};
use super::text::TextReader;
use rustc_hash::FxHashMap;

/// What the records before the sheets tell.
#[derive(Debug, Default)]
pub struct Globals {
    /// The sheets of cells, each with the position of its first record.
    pub sheets: Vec<(SheetEntry, usize)>,
    /// The texts that cells share.
    pub strings: Vec<String>,
    /// The format of each style, and whether it colours.
    pub styles: Vec<(CellFormat, bool)>,
    /// Days are counted from 1904.
    pub is_1904: bool,
    codes: FxHashMap<u16, CellFormat>,
    formats: Vec<(u16, bool)>,
}

impl Globals {
    /// Reads the records before the sheets.
    pub fn read(stream: &[u8]) -> Result<Globals, Fault> {
        let (mut globals, mut records) = (Globals::default(), BiffRecords::new(stream, 0));
        while let Some(record) = records.next()? {
            let data = record.data();
            match record.kind {
                // The beginning: the version.
                0x0809 if u16_at(data, 0) != Some(0x0600) => return Err(OLDER),
                0x002F if u16_at(data, 0) != Some(0) || data.len() > 4 => return Err(Fault::Protected),
                0x0022 => globals.is_1904 = u16_at(data, 0) == Some(1),
                0x041E => {
                    let code = TextReader::new(&record, 2).rich_text()?;
                    globals.codes.insert(u16_at(data, 0).unwrap_or(0), of_code(&code));
                }
                0x00E0 => {
                    let fill = u32_at(data, 14).unwrap_or(0) >> 26;
                    globals.formats.push((u16_at(data, 2).unwrap_or(0), fill != 0));
                }
                0x0085 => globals.sheet(&record)?,
                0x00FC => globals.strings = strings(&record)?,
                0x000A => break,
                _ => {}
            }
        }
        let format = |number: u16| globals.codes.get(&number).cloned().unwrap_or_else(|| built_in(number.into()));
        globals.styles = globals.formats.iter().map(|(number, fill)| (format(*number), *fill)).collect();
        Ok(globals)
    }

    fn sheet(&mut self, record: &XlsRecord<'_>) -> Result<(), Fault> {
        let mut text = TextReader::new(record, 0);
        let position = text.long()? as usize;
        let (state, kind) = (text.byte()?, text.byte()?);
        let length = text.byte()?;
        let flags = text.byte()?;
        let name = text.characters(length.into(), flags)?;
        // Charts and macros are sheets without cells.
        if kind == 0 {
            self.sheets.push((SheetEntry { name, is_hidden: state & 3 != 0 }, position));
        }
        Ok(())
    }
}

const OLDER: Fault = Fault::Unread(
    "a workbook of Excel 95 or older",
    "open it in the spreadsheet program and save it as \"Excel Workbook (.xlsx)\"",
);

fn strings(record: &XlsRecord<'_>) -> Result<Vec<String>, Fault> {
    let mut text = TextReader::new(record, 4);
    let number = text.long()?;
    let mut strings = Vec::new();
    for _ in 0..number {
        strings.push(text.rich_text()?);
    }
    Ok(strings)
}
