//! The header of a CSV input: found, split into names, and refused where it is not a header.

use super::above::{above_header, cbioportal, is_data};
use super::delimiter;
use super::dialect::Dialect;
use super::first_record::{FirstRecord, line_after};
use super::no_header::{ADD_HEADER, NoHeader};
use super::options_of::encoding_options;
use super::sample::records;
use crate::diagnostic::{Finding, FindingId, SourceLocation};
use crate::read::options::ReadOptions;
use crate::read::unnamed::unnamed;
use std::borrow::Cow;
use std::collections::HashMap;

/// How much of a text is looked at for its delimiter and for what stands above the header.
const SAMPLE: usize = 1 << 16;

/// The header and where the data begin.
pub struct Header {
    /// Delimiter, columns and the line of the first record.
    pub dialect: Dialect,
    /// Bytes before the first record.
    pub length: usize,
    /// What is wrong with the header, so that nobody knows what the columns are.
    pub problems: Vec<Finding>,
    /// What stands above the header: the names are known, and the records can be checked.
    pub above: Vec<Finding>,
}

/// Reads the header from the first bytes of an input; `whole` is true if they are all of it.
///
/// Errors: [`NoHeader`].
pub fn read_header(head: &[u8], whole: bool, options: &ReadOptions) -> Result<Header, NoHeader> {
    let bom = if head.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let text = head.get(bom..).unwrap_or_default();
    let (declared, skipped) = separator_line(text);
    let begin = match options.header_row {
        Some(row) => Begin { at: start_of_line(text, row, whole, options.longest_row)?, line: row },
        None => Begin { at: skipped, line: if skipped > 0 { 2 } else { 1 } }.behind_cbioportal(text),
    };
    let search = HeaderSearch { text, whole, options, delimiter: options.delimiter.or(declared) };
    let mut header = search.from(begin, options.header_row.is_none())?;
    header.length = bom.wrapping_add(header.length);
    Ok(header)
}

/// Where the header is looked for.
#[derive(Clone, Copy)]
struct Begin {
    /// Position of the first byte.
    at: usize,
    /// Its physical line.
    line: u64,
}

impl Begin {
    /// Behind lines of delimiters alone, as spreadsheets leave them above a table.
    fn behind_blank_rows(self, text: &[u8]) -> Begin {
        let rest = text.get(self.at..).unwrap_or_default();
        let is_empty = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b',' | b';' | b'|' | b'"');
        let length = rest.iter().position(|byte| !is_empty(byte)).unwrap_or(rest.len());
        let blank = rest.get(..length).unwrap_or_default();
        let rows = blank.iter().rposition(|byte| matches!(byte, b'\n' | b'\r')).map_or(0, |end| end.wrapping_add(1));
        Begin { at: self.at.wrapping_add(rows), line: line_after(rest, rows, self.line) }
    }

    fn behind_cbioportal(self, text: &[u8]) -> Begin {
        let rest = text.get(self.at..).unwrap_or_default();
        let sample = String::from_utf8_lossy(rest.get(..rest.len().min(SAMPLE)).unwrap_or_default());
        match cbioportal(&sample) {
            // The lossy text has the length of the bytes only where all of them are text.
            Some((length, lines)) if matches!(sample, Cow::Borrowed(_)) => {
                Begin { at: self.at.wrapping_add(length), line: self.line.wrapping_add(lines) }
            }
            Some(_) | None => self,
        }
    }
}

/// The position of the first byte of a physical line.
fn start_of_line(text: &[u8], wanted: u64, whole: bool, longest: usize) -> Result<usize, NoHeader> {
    let (mut at, mut line) = (0_usize, 1_u64);
    while line < wanted {
        let rest = text.get(at..).unwrap_or_default();
        let Some(end) = memchr::memchr2(b'\n', b'\r', rest) else {
            if !whole && text.len() < longest {
                return Err(NoHeader::Cut);
            }
            let message = format!("the file has no line {wanted}, where the column names should be");
            let remedy = "give the line of the column names: --header-row N";
            return Err(Finding::new(FindingId::NoHeader, message).remedy(remedy).into());
        };
        let is_crlf = rest.get(end..).is_some_and(|rest| rest.starts_with(b"\r\n"));
        at = at.wrapping_add(end).wrapping_add(if is_crlf { 2 } else { 1 });
        line = line.wrapping_add(1);
    }
    Ok(at)
}

/// The text in which a header is looked for.
struct HeaderSearch<'t> {
    text: &'t [u8],
    whole: bool,
    options: &'t ReadOptions,
    /// Named by the user or by the file.
    delimiter: Option<u8>,
}

impl HeaderSearch<'_> {
    /// The header at a position, or below it if `may_be_below` and something stands above the header.
    fn from(&self, begin: Begin, may_be_below: bool) -> Result<Header, NoHeader> {
        let begin = begin.behind_blank_rows(self.text);
        let text = self.text.get(begin.at..).unwrap_or_default();
        let sample = text.get(..text.len().min(SAMPLE)).unwrap_or_default();
        let sample = std::str::from_utf8(sample).map_or_else(|_| String::from_utf8_lossy(sample), Cow::Borrowed);
        // The last line of a sample is cut.
        let is_all = self.whole && text.len() <= SAMPLE;
        let sample = if is_all { &*sample } else { sample.rsplit_once('\n').map_or(&*sample, |(s, _)| s) };
        let at_first_line = |finding: Finding| finding.at(SourceLocation::line(begin.line));
        let delimiter = match self.delimiter {
            Some(delimiter) => match delimiter::mistaken(sample, delimiter) {
                Some(finding) => return Err(at_first_line(finding).into()),
                None => delimiter,
            },
            None => delimiter::delimiter(sample).map_err(|finding| at_first_line(*finding))?,
        };
        let record = FirstRecord::read(text, self.whole, delimiter, (begin.line, self.options.longest_row))?;
        let header_line = line_after(text, record.start, begin.line);
        let encoding_options = encoding_options(sample, delimiter);
        let mut problems = record.damage(text, begin.line, &encoding_options);
        if problems.is_empty() {
            let rows = records(sample, delimiter, begin.line);
            if let Some(finding) = delimiter::several_in_one(&rows).filter(|_| self.delimiter.is_none()) {
                return Err(at_first_line(finding).into());
            }
            let above = above_header(&rows, delimiter::shape(sample, delimiter).usual).filter(|_| may_be_below);
            if let Some(above) = above {
                return self.below(begin, above.header.and_then(|at| rows.get(at)).map(|row| row.start), above.finding);
            }
            problems = refusals(&record.cells, header_line, self.options.is_dictionary)?;
        }
        let is_multiline = |name: &String| self.options.multiline.iter().any(|m| m.eq_ignore_ascii_case(name));
        let multiline = record.cells.iter().map(is_multiline).collect();
        let first_line = line_after(text, record.length, begin.line);
        let columns: Vec<String> = record.cells.into_iter().enumerate().map(named).collect();
        let (columns, longest_record) = (columns.into(), self.options.longest_row);
        let dialect = Dialect { delimiter, columns, first_line, multiline, longest_record, encoding_options };
        Ok(Header { dialect, length: begin.at.wrapping_add(record.length), problems, above: Vec::new() })
    }

    /// The header below what stands above it, so that one run shows all problems.
    fn below(&self, begin: Begin, start: Option<usize>, finding: Finding) -> Result<Header, NoHeader> {
        let Some(start) = start.filter(|start| *start > 0) else { return Err(finding.into()) };
        let text = self.text.get(begin.at..).unwrap_or_default();
        let below = Begin { at: begin.at.wrapping_add(start), line: line_after(text, start, begin.line) };
        match self.from(below, false) {
            Ok(mut header) => {
                header.above.push(finding);
                Ok(header)
            }
            Err(NoHeader::Refused(mut problems)) => {
                problems.insert(0, finding);
                Err(NoHeader::Refused(problems))
            }
            Err(NoHeader::Cut) => Err(NoHeader::Cut),
        }
    }
}

/// The name of a column; one of its own where the header has none.
fn named((at, name): (usize, String)) -> String {
    if name.is_empty() { unnamed(at.wrapping_add(1)) } else { name }
}

/// `sep=;` on the first line, as Excel writes it: the delimiter and the length of the line.
fn separator_line(text: &[u8]) -> (Option<u8>, usize) {
    let end = text.iter().position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(text.len());
    let (first, rest) = text.split_at_checked(end).unwrap_or_default();
    let length = match rest {
        [b'\r', b'\n', ..] => end.wrapping_add(2),
        [] => end,
        _ => end.wrapping_add(1),
    };
    match first.strip_prefix(b"sep=") {
        Some([delimiter]) if delimiter.is_ascii_punctuation() && *delimiter != b'"' || matches!(first, b"sep=\t") => {
            (Some(*delimiter), length)
        }
        _ => (None, 0),
    }
}

/// What is wrong with the names; an error where the row is not a header.
fn refusals(cells: &[String], header_line: u64, is_dictionary: bool) -> Result<Vec<Finding>, NoHeader> {
    let error = |id, message: String| Finding::new(id, message).at(SourceLocation::line(header_line));
    if let Some((name, remedy)) = known_header(cells).filter(|_| !is_dictionary) {
        let message = format!("the file is {name}, not a table of cases");
        return Err(error(FindingId::OtherFormat, message).remedy(remedy).into());
    }
    if numbers_patients(cells) {
        let message = "the columns are the patients, numbered in the first row; each patient must be a row";
        return Err(error(FindingId::PatientsInColumns, message.into()).remedy(TRANSPOSE).into());
    }
    if let Some(value) = cells.iter().find(|cell| is_data(cell)) {
        let message = "the first row has data, not column names";
        return Err(error(FindingId::NoHeader, message.into()).value(value.clone()).remedy(ADD_HEADER).into());
    }
    let mut problems = Vec::new();
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for (number, name) in cells.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
        let number = number.wrapping_add(1);
        if let Some(first) = seen.insert(name, number) {
            let message = format!("columns {first} and {number} have the same name");
            problems.push(
                error(FindingId::DuplicateHeader, message)
                    .column(name.clone())
                    .value(name.clone())
                    .remedy("rename one of them"),
            );
        }
    }
    if !problems.is_empty() {
        // Else the cells tell whether it is blank, or numbers the rows.
        let unnamed = cells.iter().enumerate().filter(|(_, name)| name.is_empty());
        problems.extend(unnamed.map(|(at, _)| {
            error(FindingId::EmptyHeader, format!("column {} has no name", at.wrapping_add(1))).remedy(NAME_THE_COLUMN)
        }));
    }
    Ok(problems)
}

/// What is wrong with the names of a table, whatever its form, in a row of it.
pub fn header_refusals(names: &[String], row: u64) -> Vec<Finding> {
    match refusals(names, row, false) {
        Ok(problems) | Err(NoHeader::Refused(problems)) => problems,
        Err(NoHeader::Cut) => Vec::new(),
    }
}

const NAME_THE_COLUMN: &str = "name the column in the header, or remove it with its delimiter in every row";

/// What to do where the patients are columns.
const TRANSPOSE: &str = "turn the table: copy it in the spreadsheet program, and paste it with \"Transpose\"";

/// True for `item, 1, 2, 3`.
fn numbers_patients(cells: &[String]) -> bool {
    let Some((first, rest)) = cells.split_first() else { return false };
    let counts = rest.iter().enumerate().all(|(at, cell)| *cell == at.wrapping_add(1).to_string());
    rest.len() > 1 && counts && !is_data(first)
}

/// A file that its header tells to be something else, with what to do.
fn known_header(cells: &[String]) -> Option<(&'static str, &'static str)> {
    let first = cells.first()?.to_lowercase();
    let is_dictionary = first == "variable / field name" || (first == "field_name" && has(cells, "form_name"));
    is_dictionary.then_some((
        "a REDCap data dictionary",
        "export the records instead: in REDCap, Data Exports, \"CSV / Microsoft Excel (raw data)\"",
    ))
}

fn has(cells: &[String], name: &str) -> bool {
    cells.iter().any(|cell| cell.eq_ignore_ascii_case(name))
}
