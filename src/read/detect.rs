//! What a file really is, whatever its name says: JSON, CSV and its delimiter, or something refused.

use crate::diagnostic::{Finding, Severity};

/// What the first bytes of an input show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Delimited text.
    Csv,
    /// A JSON document or JSON lines.
    Json,
}

/// Formats that are refused by name: first bytes, what it is, what to do.
const OTHER_FORMATS: [(&[u8], &str, &str); 12] = [
    (
        b"PK\x03\x04",
        "a zip archive or a workbook (xlsx, ods)",
        "open it in the spreadsheet program and save the sheet as \"CSV UTF-8\"",
    ),
    (
        b"\xD0\xCF\x11\xE0",
        "an old workbook (xls)",
        "open it in the spreadsheet program and save the sheet as \"CSV UTF-8\"",
    ),
    (b"\x1F\x8B", "gzip data", "unpack it first: gunzip -c FILE | calc-series summarize -"),
    (b"BZh", "bzip2 data", "unpack it first: bunzip2 -c FILE | calc-series summarize -"),
    (b"\xFD7zXZ", "xz data", "unpack it first: xz -dc FILE | calc-series summarize -"),
    (b"\x28\xB5\x2F\xFD", "zstd data", "unpack it first: zstd -dc FILE | calc-series summarize -"),
    (b"%PDF", "a PDF", "export the table behind it as CSV"),
    (b"{\\rtf", "an RTF document", "save the table in it as CSV"),
    (b"SQLite format 3", "an SQLite database", "export the table as CSV"),
    (b"$FL2", "an SPSS file", "export it as CSV"),
    (b"<stata_dta>", "a Stata file", "export it as CSV"),
    (b"PAR1", "a Parquet file", "export it as CSV"),
];

/// What the first bytes of an input are; an error finding where they are neither CSV nor JSON.
pub fn form(head: &[u8]) -> Result<Form, Box<Finding>> {
    let refused =
        |id, message: String, remedy: &str| Err(Box::new(Finding::new(id, Severity::Error, message).remedy(remedy)));
    if head.is_empty() {
        return refused("empty-file", "the file is empty".into(), "write a header row and one row a case");
    }
    for (magic, name, remedy) in OTHER_FORMATS {
        if head.starts_with(magic) {
            return refused("other-format", format!("the file is {name}, not CSV or JSON"), remedy);
        }
    }
    if head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF") {
        return refused("not-utf8", "the file is UTF-16 text".into(), "--encoding utf-16");
    }
    if head.contains(&0) {
        let remedy = "if it is UTF-16 text without a mark, --encoding utf-16le; else export it as CSV";
        return refused("other-format", "the file holds zero bytes and is no text".into(), remedy);
    }
    let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    match text.first() {
        None => {
            refused("empty-file", "the file holds only white space".into(), "write a header row and one row a case")
        }
        Some(b'<') => {
            refused("other-format", "the file is HTML or XML, not CSV or JSON".into(), "export the table as CSV")
        }
        Some(b'{' | b'[') => Ok(Form::Json),
        Some(_) => Ok(Form::Csv),
    }
}

/// The first record of a text and the number of cells in each record, split at `delimiter`.
pub struct Shape {
    /// Cells of the first record.
    pub header: usize,
    /// The width that most of the following records have; 0 where there are none.
    pub usual: usize,
    /// How many of them have another width.
    pub others: usize,
    /// How many of them there are.
    pub records: usize,
}

/// The shape of the first records of a text.
pub fn shape(head: &str, delimiter: u8) -> Shape {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(head.as_bytes());
    let widths: Vec<usize> = reader.byte_records().map_while(Result::ok).map(|record| record.len()).take(200).collect();
    let (first, rest) = widths.split_first().map_or((0, widths.as_slice()), |(first, rest)| (*first, rest));
    let count = |wanted: usize| rest.iter().filter(|w| **w == wanted).count();
    let usual = rest.iter().copied().max_by_key(|w| (count(*w), *w)).unwrap_or(0);
    Shape { header: first, usual, others: rest.len().saturating_sub(count(usual)), records: rest.len() }
}

/// The delimiters that are tried, with the words for them.
pub const DELIMITERS: [(u8, &str); 4] = [(b',', "comma"), (b';', "semicolon"), (b'\t', "tab"), (b'|', "bar")];

/// The delimiter under which the header and the records have one width above 1.
///
/// Where several do, the one with the widest header is taken if no other reaches half of it;
/// where none does, the only one that splits the header at all; else it is refused.
pub fn delimiter(head: &str) -> Result<u8, Box<Finding>> {
    let shapes: Vec<(u8, Shape)> = DELIMITERS.iter().map(|(d, _)| (*d, shape(head, *d))).collect();
    let constant: Vec<&(u8, Shape)> = shapes
        .iter()
        .filter(|(_, s)| s.header > 1 && s.others == 0 && (s.records == 0 || s.usual == s.header))
        .collect();
    let splitting: Vec<&(u8, Shape)> = shapes.iter().filter(|(_, s)| s.header > 1 || s.usual > 1).collect();
    let candidates = if constant.is_empty() { splitting } else { constant };
    match candidates.as_slice() {
        [] => Ok(b','),
        [only] => Ok(only.0),
        several => {
            let widest = several.iter().map(|(_, s)| s.header).max().unwrap_or(0);
            let rivals: Vec<&&(u8, Shape)> =
                several.iter().filter(|(_, s)| s.header.saturating_mul(2) > widest).collect();
            match rivals.as_slice() {
                [only] => Ok(only.0),
                _ => Err(Box::new(unclear(several))),
            }
        }
    }
}

fn unclear(shapes: &[&(u8, Shape)]) -> Finding {
    let name = |d: u8| DELIMITERS.iter().find(|(known, _)| *known == d).map_or("?", |(_, name)| name);
    let seen: Vec<String> = shapes.iter().map(|(d, s)| format!("{} gives {} columns", name(*d), s.header)).collect();
    Finding::new("delimiter-unclear", Severity::Error, format!("more than one delimiter fits: {}", seen.join(", ")))
        .remedy("say which: --delimiter ';' (or ',', '|', tab)")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_bytes_say() {
        assert_eq!(form(b"id,age\n"), Ok(Form::Csv));
        assert_eq!(form(b"\xEF\xBB\xBF \n[{"), Ok(Form::Json));
        for (bytes, id) in [
            (&b"PK\x03\x04.."[..], "other-format"),
            (b"", "empty-file"),
            (b" \r\n", "empty-file"),
            (b"\xFF\xFEi\0d\0", "not-utf8"),
        ] {
            assert_eq!(form(bytes).unwrap_err().id, id);
        }
    }

    #[test]
    fn the_delimiter_is_the_one_of_constant_width() {
        assert_eq!(delimiter("id;age;sites\nP1;2,5;elbow|knee\nP2;3,5;hip\n"), Ok(b';'));
        assert_eq!(delimiter("id,age,sites\nP1,2.5,elbow;knee\nP2,3,hip;knee\n"), Ok(b','));
        assert_eq!(delimiter("id\tage\n"), Ok(b'\t'));
        assert_eq!(delimiter("id\nP1\n"), Ok(b','));
        assert_eq!(delimiter("a,b;c\n1,2;3\n").unwrap_err().id, "delimiter-unclear");
    }
}
