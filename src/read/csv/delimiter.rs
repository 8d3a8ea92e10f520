//! The delimiter of a CSV input, found by the widths of its first records.

use super::first_records::FirstRecords;
use super::sample::SampleRecord;
use super::scan::RECORD_END;
use crate::diagnostic::{Finding, FindingId};

/// How many records are looked at.
const SHAPED: usize = 200;
/// Most titles and blank rows above the header.
const MOST_TITLES: usize = 12;

/// The first record of a text and the number of cells in each record, split at `delimiter`.
pub struct RecordWidths {
    /// Cells of the first record.
    pub header: usize,
    /// The width that most of the following records have; 0 where there are none.
    pub usual: usize,
    /// How many of them have another width.
    pub others: usize,
    /// How many of them there are.
    pub records: usize,
    /// All have that width but some of the first, which may be titles.
    pub is_settled: bool,
}

/// The shape of the first records of a text.
pub fn shape(head: &str, delimiter: u8) -> RecordWidths {
    let widths = widths(head, delimiter);
    let (first, rest) = widths.split_first().map_or((0, widths.as_slice()), |(first, rest)| (*first, rest));
    let count = |wanted: usize| rest.iter().filter(|w| **w == wanted).count();
    let usual = rest.iter().copied().max_by_key(|w| (count(*w), *w)).unwrap_or(0);
    let titles = widths.iter().rposition(|width| *width != usual).map_or(0, |last| last.saturating_add(1));
    let is_settled = usual > 1 && titles <= MOST_TITLES && widths.len() > titles.saturating_add(1);
    let others = rest.len().saturating_sub(count(usual));
    RecordWidths { header: first, usual, others, records: rest.len(), is_settled }
}

/// The number of cells of each of the first records, without blank lines.
fn widths(head: &str, delimiter: u8) -> Vec<usize> {
    let FirstRecords { bytes, ends, .. } = FirstRecords::of(head, delimiter, SHAPED);
    let mut start = 0;
    let records = ends.split_inclusive(|end| end & RECORD_END != 0).filter(|record| {
        let end = record.last().map_or(start, |end| (end & !RECORD_END) as usize);
        let is_blank = matches!(bytes.get(start..end), Some(b"" | b"\r"));
        start = end.wrapping_add(1);
        !is_blank
    });
    records.map(<[u32]>::len).take(SHAPED).collect()
}

/// The delimiters that may be meant, with the words for them.
pub const DELIMITERS: [(u8, &str); 4] = [(b',', "comma"), (b';', "semicolon"), (b'\t', "tab"), (b'|', "bar")];

/// The delimiter under which the header and the records have one width above 1.
///
/// Where several do, the one with the widest header is taken if no other reaches half of it;
/// where none does, the only one under which all records below some titles have one width, else the only one that splits
/// the header at all; else it is refused.
pub fn delimiter(head: &str) -> Result<u8, Box<Finding>> {
    // What stands nowhere splits nothing.
    let tried = DELIMITERS.iter().filter(|(d, _)| memchr::memchr(*d, head.as_bytes()).is_some());
    let shapes: Vec<(u8, RecordWidths)> = tried.map(|(d, _)| (*d, shape(head, *d))).collect();
    let constant: Vec<&(u8, RecordWidths)> = shapes
        .iter()
        .filter(|(_, s)| s.header > 1 && s.others == 0 && (s.records == 0 || s.usual == s.header))
        .collect();
    let splitting: Vec<&(u8, RecordWidths)> = shapes.iter().filter(|(_, s)| s.header > 1 || s.usual > 1).collect();
    let settled: Vec<&(u8, RecordWidths)> = shapes.iter().filter(|(_, s)| s.is_settled).collect();
    let candidates = match (constant.is_empty(), settled.len()) {
        (false, _) => constant,
        (true, 1) => settled,
        (true, _) => splitting,
    };
    match candidates.as_slice() {
        [] => Ok(b','),
        [only] => Ok(only.0),
        several => {
            let widest = several.iter().map(|(_, s)| s.header).max().unwrap_or(0);
            let rivals: Vec<&&(u8, RecordWidths)> =
                several.iter().filter(|(_, s)| s.header.saturating_mul(2) > widest).collect();
            match rivals.as_slice() {
                [only] => Ok(only.0),
                _ => Err(Box::new(unclear(several, head.contains(char::REPLACEMENT_CHARACTER)))),
            }
        }
    }
}

/// The refusal of a delimiter that is named and does not split the header, where another one does.
pub fn mistaken(head: &str, named: u8) -> Option<Finding> {
    if shape(head, named).header > 1 {
        return None;
    }
    let fits = |shape: &RecordWidths| shape.header > 1 && shape.others == 0 && matches!(shape.usual, 0 | 2..);
    let (right, name) = DELIMITERS.into_iter().find(|(other, _)| *other != named && fits(&shape(head, *other)))?;
    let message = format!("the header is not split by '{}': a {name} separates its cells", char::from(named));
    Some(Finding::new(FindingId::DelimiterMistaken, message).remedy(option(right)))
}

/// Separators that no file is read with unless they are named, beside those that are tried.
const OTHER_SEPARATORS: [(char, usize); 2] = [(':', 1), (' ', 2)];

/// The refusal of a text with one column in which each record holds several cells: lines in quotes as a whole, and
/// cells with a colon or blanks between them.
pub fn several_in_one(records: &[SampleRecord]) -> Option<Finding> {
    let lines: Vec<&str> = records.iter().map(|record| record.cells.as_slice()).map(only).collect::<Option<_>>()?;
    let (first, rest) = lines.split_first().filter(|(_, rest)| !rest.is_empty())?;
    let separates = |(sign, least): (char, usize)| {
        let count = |line: &str| line.matches(sign).count();
        count(first) >= least && rest.iter().all(|line| count(line) == count(first))
    };
    let message = |sign: char| {
        let name = if sign == ' ' { "a blank".to_owned() } else { format!("'{sign}'") };
        format!("the file has one column, and each of its lines holds several cells with {name} between them")
    };
    if let Some((sign, _)) = DELIMITERS.iter().find(|(sign, _)| separates((char::from(*sign), 1))) {
        let remedy =
            "remove the quotes around the whole lines: export the file again, or replace them in a text editor";
        return Some(Finding::new(FindingId::DelimiterUnclear, message(char::from(*sign))).remedy(remedy));
    }
    let (sign, _) = OTHER_SEPARATORS.into_iter().find(|separator| separates(*separator))?;
    let remedy = match sign {
        ' ' => "separate the cells by commas or tabs; if it is one column: --delimiter ','".to_owned(),
        other => format!("--delimiter '{other}'; if it is one column: --delimiter ','"),
    };
    Some(Finding::new(FindingId::DelimiterUnclear, message(sign)).remedy(remedy))
}

/// The only cell of a record.
fn only(cells: &[String]) -> Option<&str> {
    match cells {
        [only] => Some(only),
        _ => None,
    }
}

/// The option for a delimiter, as it can be pasted.
fn option(delimiter: u8) -> String {
    match delimiter {
        b'\t' => "--delimiter tab".to_owned(),
        other => format!("--delimiter '{}'", char::from(other)),
    }
}

fn unclear(shapes: &[&(u8, RecordWidths)], is_damaged: bool) -> Finding {
    let name = |d: u8| DELIMITERS.iter().find(|(known, _)| *known == d).map_or("?", |(_, name)| name);
    let seen: Vec<String> = shapes.iter().map(|(d, s)| format!("{} gives {} columns", name(*d), s.header)).collect();
    Finding::new(FindingId::DelimiterUnclear, format!("more than one delimiter fits: {}", seen.join(", "))).remedy(
        match is_damaged {
            true => "the text is not UTF-8 either; choose both: --delimiter ';' --encoding windows-1252",
            false => "choose one: --delimiter ';' (or ',', '|', tab)",
        },
    )
}

#[cfg(test)]
mod tests {
    use super::{delimiter, mistaken};
    use crate::diagnostic::FindingId;

    #[test]
    fn a_delimiter_that_splits_nothing_is_mistaken_where_another_one_does() {
        let remedy = |text, named| mistaken(text, named).and_then(|finding| finding.remedy);
        assert_eq!(remedy("id,age\nP1,6\n", b';').as_deref(), Some("--delimiter ','"));
        assert_eq!(remedy("id\tage\nP1\t6\n", b','), Some("--delimiter tab".to_owned()));
        assert_eq!(remedy("id;a,b\n1;2,3\n", b';'), None);
        assert_eq!(remedy("id\n1\n", b';'), None);
    }

    #[test]
    fn the_delimiter_gives_all_records_one_width() {
        assert_eq!(delimiter("id;age;sites\nP1;2,5;elbow|knee\nP2;3,5;hip\n"), Ok(b';'));
        assert_eq!(delimiter("id,age,sites\nP1,2.5,elbow;knee\nP2,3,hip;knee\n"), Ok(b','));
        assert_eq!(delimiter("id\tage\n"), Ok(b'\t'));
        assert_eq!(delimiter("id\nP1\n"), Ok(b','));
        assert_eq!(delimiter("Table 1: age, sex\nid;age;sex\nP1;2,5;F\nP2;3;M\n"), Ok(b';'));
        assert_eq!(delimiter("a,b;c\n1,2;3\n").unwrap_err().id, FindingId::DelimiterUnclear);
    }
}
