//! A workbook that is being written, row by row: text is never a formula, and every run gives the same bytes.

use crate::diagnostic::{display_width, sanitize};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, FormatScript, IgnoreError};
use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};
use std::borrow::Cow;
use std::io;

/// A sheet has no more rows.
const MOST_ROWS: u32 = 1 << 20;
/// A sheet has no more columns.
const MOST_COLUMNS: u16 = 1 << 14;
/// A cell holds no more units of UTF-16.
const LONGEST_CELL: usize = 32_767;
/// No column is wider.
const WIDEST: usize = 60;
/// Characters that a folded line leaves blank at most, about.
const ROOM: usize = 8;
/// Height of a line, and the most of a row, in points.
const LINE: f64 = 15.0;
const HIGHEST: f64 = 409.0;
/// Paper of A4.
const A4: u8 = 9;
/// What a spreadsheet takes for the beginning of a formula once somebody edits the cell.
const FORMULA: [char; 4] = ['=', '+', '-', '@'];

/// Above the rows of a sheet that shows single patients.
pub const PATIENT_LEVEL: &str = "contains patient-level data";

/// How a cell looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Look {
    /// As the sheet is.
    #[default]
    Plain,
    /// Above a table.
    Caption,
    /// The heading of a column, with a line below.
    Heading,
    /// A warning, or the heading of several rows.
    Slanted,
    /// A variable above its levels.
    Bold,
    /// Indented so far.
    Indented(u8),
}

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum BookCell<'a> {
    /// Text, and the raised mark of a footnote behind it.
    Text(&'a str, &'a str),
    /// A number, and what is shown behind it.
    Number(f64, &'static str),
}

impl<'a> From<&'a str> for BookCell<'a> {
    fn from(text: &'a str) -> BookCell<'a> {
        BookCell::Text(text, "")
    }
}

/// The workbook so far.
pub struct BookWriter {
    workbook: Workbook,
}

impl BookWriter {
    /// A workbook without sheets. No author, no path and no clock are in it.
    ///
    /// Errors: a date that the format does not know.
    pub fn new(title: &str) -> io::Result<BookWriter> {
        let mut workbook = Workbook::new();
        let any_day = ExcelDateTime::from_ymd(2000, 1, 1).map_err(fault)?;
        workbook.set_properties(&DocProperties::new().set_title(sanitize(title)).set_creation_datetime(&any_day));
        Ok(BookWriter { workbook })
    }

    /// Appends a sheet of this name, which is one of the program's.
    ///
    /// Errors: a name that is used or that sheets cannot have.
    pub fn sheet(&mut self, name: &str) -> io::Result<Sheet<'_>> {
        let worksheet = self.workbook.add_worksheet();
        worksheet.set_name(name).map_err(fault)?;
        worksheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
        Ok(Sheet { worksheet, row: 0, widths: Vec::new() })
    }

    /// The file.
    ///
    /// Errors: an archive that cannot be written.
    pub fn packed(mut self) -> io::Result<Vec<u8>> {
        self.workbook.save_to_buffer().map_err(fault)
    }
}

/// A sheet, and the row that is written next.
pub struct Sheet<'b> {
    worksheet: &'b mut Worksheet,
    row: u32,
    widths: Vec<usize>,
}

impl Sheet<'_> {
    /// Leaves a row blank.
    pub fn skip(&mut self) {
        self.row = self.row.saturating_add(1);
    }

    /// Writes one text that may be longer than its column.
    ///
    /// Errors: a sheet that is full.
    pub fn note<'a>(&mut self, look: Look, cell: impl Into<BookCell<'a>>) -> io::Result<()> {
        self.write(0, cell.into(), format(look))?;
        self.skip();
        Ok(())
    }

    /// Writes the headings of the columns; they stay in sight and are repeated on every page.
    ///
    /// Errors: a sheet that is full, or more columns than it has.
    pub fn heading<'a>(&mut self, headings: impl IntoIterator<Item = &'a str>) -> io::Result<()> {
        self.worksheet.set_repeat_rows(self.row, self.row).map_err(fault)?;
        self.worksheet.set_freeze_panes(self.row.saturating_add(1), 0).map_err(fault)?;
        self.line(Look::Heading, Look::Heading, headings.into_iter().map(BookCell::from))
    }

    /// Writes a row; its first cell may look otherwise.
    ///
    /// Errors: a sheet that is full, or more columns than it has.
    pub fn line<'a>(
        &mut self,
        first: Look,
        others: Look,
        cells: impl IntoIterator<Item = BookCell<'a>>,
    ) -> io::Result<()> {
        let looks = std::iter::once(first).chain(std::iter::repeat(others));
        let mut lines = 1;
        for (column, (cell, look)) in cells.into_iter().zip(looks).enumerate() {
            let width = width(&cell);
            self.widen(column, width);
            lines = width.div_ceil(WIDEST - ROOM).max(lines);
            self.write(column, cell, format(look).set_text_wrap())?;
        }
        if lines > 1 {
            // Not every program makes room for folded text.
            let height = LINE * lines as f64;
            self.worksheet.set_row_height(self.row, height.min(HIGHEST)).map_err(fault)?;
        }
        self.skip();
        Ok(())
    }

    /// Writes a text over several columns of the row, from `first`.
    ///
    /// Errors: a sheet that is full, or more columns than it has.
    pub fn over(&mut self, first: usize, columns: usize, look: Look, text: &str) -> io::Result<()> {
        let last = column_of(first.saturating_add(columns).saturating_sub(1))?;
        let format = format(look).set_align(FormatAlign::Center).set_text_wrap();
        let (row, first, text) = (self.free_row()?, column_of(first)?, safe(text));
        // One cell cannot be merged.
        let written = if first == last {
            self.worksheet.write_with_format(row, first, text.as_ref(), &format)
        } else {
            self.worksheet.merge_range(row, first, row, last, &text, &format)
        };
        written.map_err(fault).map(|_| ())
    }

    /// Lets a spreadsheet filter the rows from `first` on.
    ///
    /// Errors: more columns than a sheet has.
    pub fn filtered(&mut self, first: u32) -> io::Result<()> {
        let last = column_of(self.widths.len().saturating_sub(1))?;
        let end = self.row.saturating_sub(1).max(first);
        self.worksheet.autofilter(first, 0, end, last).map_err(fault).map(|_| ())
    }

    /// The number of the next row, from 0.
    pub fn next_row(&self) -> u32 {
        self.row
    }

    /// Makes every column as wide as its cells, and lets no spreadsheet complain of a count that is written as text.
    ///
    /// Errors: more columns than a sheet has.
    pub fn finished(self) -> io::Result<()> {
        for (column, width) in self.widths.iter().enumerate() {
            self.worksheet.set_column_width(column_of(column)?, *width as f64 + 2.0).map_err(fault)?;
        }
        let last = column_of(self.widths.len().saturating_sub(1))?;
        self.worksheet
            .ignore_error_range(0, 0, self.row, last, IgnoreError::NumberStoredAsText)
            .map_err(fault)
            .map(|_| ())
    }

    /// Makes a column at least so wide.
    pub fn widen(&mut self, column: usize, width: usize) {
        if self.widths.len() <= column {
            self.widths.resize(column + 1, 4);
        }
        if let Some(known) = self.widths.get_mut(column) {
            *known = width.min(WIDEST).max(*known);
        }
    }

    fn free_row(&self) -> io::Result<u32> {
        let message = "a sheet of a workbook has at most 1,048,576 rows: use csv";
        if self.row < MOST_ROWS { Ok(self.row) } else { Err(io::Error::new(io::ErrorKind::Unsupported, message)) }
    }

    fn write(&mut self, column: usize, cell: BookCell<'_>, format: Format) -> io::Result<()> {
        let (row, column) = (self.free_row()?, column_of(column)?);
        let written = match cell {
            BookCell::Number(number, behind) => {
                let behind = if behind.is_empty() { "General".to_owned() } else { format!("General\"{behind}\"") };
                self.worksheet.write_number_with_format(row, column, number, &format.set_num_format(behind))
            }
            BookCell::Text("", "") => self.worksheet.write_blank(row, column, &format),
            BookCell::Text(text, "") => {
                let format = if text.starts_with(FORMULA) { format.set_quote_prefix() } else { format };
                self.worksheet.write_string_with_format(row, column, safe(text), &format)
            }
            BookCell::Text(text, mark) => {
                let raised = Format::new().set_font_script(FormatScript::Superscript);
                let (text, mark) = (safe(text), safe(mark));
                let parts = [(&format, &*text), (&raised, &*mark)];
                let parts = parts.into_iter().filter(|(_, part)| !part.is_empty()).collect::<Vec<_>>();
                self.worksheet.write_rich_string_with_format(row, column, &parts, &format)
            }
        };
        written.map_err(fault).map(|_| ())
    }
}

/// The characters of a cell.
fn width(cell: &BookCell<'_>) -> usize {
    match cell {
        BookCell::Text(text, mark) => display_width(text) + display_width(mark),
        BookCell::Number(..) => 10,
    }
}

fn format(look: Look) -> Format {
    let plain = Format::new().set_align(FormatAlign::Top);
    match look {
        Look::Plain => plain,
        Look::Caption | Look::Bold => plain.set_bold(),
        Look::Heading => plain.set_bold().set_border_bottom(FormatBorder::Thin),
        Look::Slanted => plain.set_italic(),
        Look::Indented(steps) => plain.set_align(FormatAlign::Left).set_indent(steps),
    }
}

fn column_of(column: usize) -> io::Result<u16> {
    let known = u16::try_from(column).ok().filter(|column| *column < MOST_COLUMNS);
    let message = "a sheet of a workbook has at most 16,384 columns: use csv";
    known.ok_or_else(|| io::Error::new(io::ErrorKind::Unsupported, message))
}

fn fault(fault: XlsxError) -> io::Error {
    match fault {
        XlsxError::IoError(fault) => fault,
        other => io::Error::other(other.to_string()),
    }
}

/// A text that a cell can hold: without control characters, and with a word about what was cut off.
fn safe(text: &str) -> Cow<'_, str> {
    let clean = sanitize(text);
    let units = |text: &str| text.chars().map(char::len_utf16).sum::<usize>();
    if clean.len() <= LONGEST_CELL || units(&clean) <= LONGEST_CELL {
        return clean;
    }
    let behind = format!(" … (cut here: the text has {} characters, and a cell holds 32,767)", clean.chars().count());
    let (mut room, mut kept) = (LONGEST_CELL.saturating_sub(units(&behind)), String::new());
    for c in clean.chars() {
        let Some(left) = room.checked_sub(c.len_utf16()) else { break };
        room = left;
        kept.push(c);
    }
    Cow::Owned(kept + &behind)
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_CELL, safe};

    #[test]
    fn a_text_that_no_cell_holds_is_cut_and_says_so() {
        for text in ["é".repeat(40_000), "𝛼".repeat(20_000), "\u{0}".repeat(10_000)] {
            let cut = safe(&text);
            assert!(cut.encode_utf16().count() <= LONGEST_CELL);
            assert!(cut.encode_utf16().count() > LONGEST_CELL - 9, "no more is cut than must be");
            assert!(cut.contains("… (cut here: the text has "));
        }
        let longest = "é".repeat(LONGEST_CELL);
        assert_eq!(safe(&longest), longest);
        assert_eq!(safe("a\nb\u{1}"), "a\\nb\\u{1}");
    }
}
