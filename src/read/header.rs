//! The header of a CSV input: found, split, and refused where it is none.

use super::block::{line_ends, trim};
use super::csv::{Dialect, excerpt};
use super::detect;
use super::scan::scan;
use crate::decimal::Decimal;
use crate::diagnostic::{Finding, Severity};
use std::collections::HashMap;

/// The header and where the data begin.
pub struct Header {
    /// Delimiter, columns and the line of the first record.
    pub dialect: Dialect,
    /// Bytes before the first record.
    pub length: usize,
}

/// Reads the header from the first bytes of an input; `whole` says that they are all of it.
pub fn read_header(
    head: &[u8],
    whole: bool,
    delimiter: Option<u8>,
    multiline: &[String],
) -> Result<Header, Vec<Finding>> {
    let bom = if head.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let text = head.get(bom..).unwrap_or_default();
    let (declared, skipped) = separator_line(text);
    let text = text.get(skipped..).unwrap_or_default();
    let lines_before = if skipped > 0 { 1 } else { 0 };
    let sample = String::from_utf8_lossy(text.get(..text.len().min(1 << 16)).unwrap_or_default());
    // The last line of a sample is cut.
    let sample =
        if whole && text.len() <= 1 << 16 { &*sample } else { sample.rsplit_once('\n').map_or(&*sample, |(s, _)| s) };
    let delimiter = match delimiter.or(declared) {
        Some(delimiter) => delimiter,
        None => detect::delimiter(sample).map_err(|finding| vec![finding.at(line(1))])?,
    };
    let (cells, start, length) = first_record(text, whole, delimiter).map_err(|finding| vec![finding])?;
    let header_line = line_ends(text.get(..start).unwrap_or_default()).wrapping_add(lines_before).wrapping_add(1);
    let problems = problems(&cells, sample, delimiter, header_line);
    if !problems.is_empty() {
        return Err(problems);
    }
    let first_line = line_ends(text.get(..length).unwrap_or_default()).wrapping_add(lines_before).wrapping_add(1);
    let multiline = cells.iter().map(|name| multiline.iter().any(|m| m.eq_ignore_ascii_case(name))).collect();
    let dialect = Dialect { delimiter, columns: cells, first_line, multiline };
    Ok(Header { dialect, length: bom.wrapping_add(skipped).wrapping_add(length) })
}

fn line(number: u64) -> crate::diagnostic::Place {
    crate::diagnostic::Place { line: Some(number), ..Default::default() }
}

/// `sep=;` on the first line, as Excel writes it: the delimiter and the length of the line.
fn separator_line(text: &[u8]) -> (Option<u8>, usize) {
    let first = text.split_inclusive(|b| *b == b'\n').next().unwrap_or_default();
    match first.trim_ascii_end().strip_prefix(b"sep=") {
        Some([delimiter]) => (Some(*delimiter), first.len()),
        Some([]) if first.starts_with(b"sep=\t") => (Some(b'\t'), first.len()),
        _ => (None, 0),
    }
}

/// The cells of the first record that is not blank, where it starts and where the next begins.
fn first_record(text: &[u8], whole: bool, delimiter: u8) -> Result<(Vec<String>, usize, usize), Finding> {
    let start = text.iter().position(|b| !matches!(b, b'\n' | b'\r')).unwrap_or(0);
    let mut bytes = text.get(start..).unwrap_or_default().to_vec();
    if whole {
        bytes.push(b'\n');
    }
    let mut ends = Vec::new();
    let scanned = scan(&bytes, delimiter, whole, &mut ends);
    let last = ends.iter().position(|end| end & super::scan::RECORD_END != 0);
    let Some(last) = last.and_then(|last| ends.get(last)) else {
        let remedy = "close the quote, or remove it";
        return Err(Finding::new("unclosed-quote", Severity::Error, "the header row does not end")
            .at(line(1))
            .value(excerpt(bytes.get(scanned.open_quote.unwrap_or(0)..).unwrap_or_default()))
            .remedy(remedy));
    };
    let end = (last & !super::scan::RECORD_END) as usize;
    let mut reader = csv::ReaderBuilder::new();
    reader.has_headers(false).delimiter(delimiter);
    let mut record = csv::ByteRecord::new();
    let row = bytes.get(..end).unwrap_or_default();
    let read = reader.from_reader(row).read_byte_record(&mut record).unwrap_or(false);
    let cells = record.iter().map(|cell| String::from_utf8_lossy(trim(cell)).into_owned()).collect();
    if !read {
        return Err(Finding::new("no-header", Severity::Error, "the header row is empty").at(line(1)));
    }
    let next = end.wrapping_add(1).min(bytes.len());
    let next =
        if bytes.get(end) == Some(&b'\r') && bytes.get(next) == Some(&b'\n') { next.wrapping_add(1) } else { next };
    Ok((cells, start, start.wrapping_add(next).min(text.len())))
}

fn problems(cells: &[String], sample: &str, delimiter: u8, header_line: u64) -> Vec<Finding> {
    if let Some(finding) = preamble(cells, sample, delimiter, header_line) {
        return vec![finding];
    }
    let mut problems = Vec::new();
    let error = |id, message: String| Finding::new(id, Severity::Error, message).at(line(header_line));
    if let Some(value) = cells.iter().find(|cell| Decimal::parse(cell).is_ok() || looks_like_a_date(cell)) {
        let message = "the first row holds data: a header with a name for each column is missing";
        return vec![
            error("no-header", message.into())
                .value(value.clone())
                .remedy("add a first row such as case_id,age,sex,etiology"),
        ];
    }
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for (number, name) in cells.iter().enumerate() {
        let number = number.wrapping_add(1);
        if name.is_empty() {
            let message = format!("column {number} has no name");
            problems.push(
                error("empty-header", message).remedy("name the column, or remove it with its delimiter in every row"),
            );
        } else if let Some(first) = seen.insert(name, number) {
            let message = format!("columns {first} and {number} have the same name");
            problems.push(
                error("duplicate-header", message)
                    .column(name.clone())
                    .value(name.clone())
                    .remedy("rename one of them"),
            );
        }
    }
    problems
}

/// Lines above the header: the first record is narrower than what most records share.
fn preamble(cells: &[String], sample: &str, delimiter: u8, header_line: u64) -> Option<Finding> {
    let shape = detect::shape(sample, delimiter);
    let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
    let title = (cells.len() == 1 && shape.usual > 1) || (filled == 1 && cells.len() > 2);
    if !title || shape.records < 2 {
        return None;
    }
    let message =
        format!("the first row holds {filled} cell, most rows hold {}: lines stand above the header", shape.usual);
    let remedy = "remove the lines above the header, so that the column names come first";
    Some(
        Finding::new("preamble", Severity::Error, message)
            .at(line(header_line))
            .value(cells.first().cloned().unwrap_or_default())
            .remedy(remedy),
    )
}

fn looks_like_a_date(cell: &str) -> bool {
    let parts: Vec<&str> = cell.split(['-', '/', '.']).collect();
    parts.len() == 3 && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
}
