//! What stands above the header: titles, an unnamed band, the four lines of cBioPortal.

use super::sample::SampleRecord;
use crate::decimal::Decimal;
use crate::diagnostic::{Finding, FindingId, SourceLocation};
use crate::words::counted;

/// How many records are looked at for the header.
const SEARCHED: usize = 20;
/// Lines above the header of a clinical file of cBioPortal: names, descriptions, types, priorities.
const CBIOPORTAL: usize = 4;

/// What stands above the header.
#[derive(Debug)]
pub struct AboveHeader {
    /// The refusal, with the remedy.
    pub finding: Finding,
    /// The index of the record that is likely the header; none where nothing looks like one.
    pub header: Option<usize>,
}

/// What stands above the header, if the first record is not the header.
///
/// `usual` is the width that most records have.
pub fn above_header(records: &[SampleRecord], usual: usize) -> Option<AboveHeader> {
    let first = records.first()?;
    let used: Vec<usize> =
        (0..usual).filter(|column| records.iter().skip(1).any(|record| record.has(*column))).collect();
    let named = |record: &SampleRecord| used.iter().filter(|column| record.has(**column)).count();
    let likely = || {
        let mut candidates = records.iter().enumerate().take(SEARCHED).skip(1);
        let fits = |record: &SampleRecord| {
            record.cells.len() == usual && looks_like_names(record) && named(record) > named(first).max(1)
        };
        let (at, found) = candidates.find(|(_, record)| fits(record))?;
        // Of a band and the header below it, the header names more columns.
        let better = candidates.find(|(_, record)| fits(record) && named(record) > named(found));
        Some(better.map_or(at, |(at, _)| at))
    };
    let filled = first.filled();
    let is_alone = (first.cells.len() == 1 && usual > 1) || (filled == 1 && first.cells.len() > 2);
    let is_narrow = filled <= 2 && usual >= first.cells.len().saturating_add(2);
    let is_band = used.len() >= named(first).saturating_add(2);
    let header = likely();
    let is_above = (is_alone && records.len() > 2) || ((is_narrow || is_band) && header.is_some());
    is_above.then(|| AboveHeader { finding: finding(records, (header, &used), usual), header })
}

fn finding(records: &[SampleRecord], (header, used): (Option<usize>, &[usize]), usual: usize) -> Finding {
    let first = records.first();
    let filled = first.map_or(0, SampleRecord::filled);
    let cells = counted(filled, "cell");
    let message = format!("the first row has {cells}, most rows have {usual}: there are lines above the header");
    let named = header.and_then(|at| records.get(at));
    let remedy = match named {
        Some(record) => match used.iter().find(|column| !record.has(**column)) {
            None => format!("if the column names are on line {0}: --header-row {0}", record.line),
            Some(column) => format!(
                "if the column names are on line {0}: name column {1} there as well, then --header-row {0}",
                record.line,
                column.saturating_add(1)
            ),
        },
        None => "name the line of the column names: --header-row N".to_owned(),
    };
    Finding::new(FindingId::Preamble, message)
        .at(SourceLocation::line(first.map_or(1, |record| record.line)))
        .value(first.and_then(|first| first.cells.iter().find(|cell| !cell.is_empty())).cloned().unwrap_or_default())
        .remedy(remedy)
}

/// True for a record of words of which none stands twice, as column names are.
fn looks_like_names(record: &SampleRecord) -> bool {
    let filled = || record.cells.iter().filter(|cell| !cell.is_empty());
    let is_twice = |cell: &String| filled().filter(|other| *other == cell).nth(1).is_some();
    filled().count() > 1 && !filled().any(|cell| is_data(cell) || is_twice(cell))
}

/// True for a number or a date, which no column is called.
pub fn is_data(cell: &str) -> bool {
    let number = cell.trim_start_matches(['<', '>', '=', '≤', '≥']).replace(',', ".");
    Decimal::parse(&number).is_ok() || looks_like_a_date(cell)
}

fn looks_like_a_date(cell: &str) -> bool {
    let parts: Vec<&str> = cell.split(['-', '/', '.']).collect();
    parts.len() == 3 && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
}

/// The bytes and lines above the header of a clinical file of cBioPortal; none where the text is no such file.
pub fn cbioportal(text: &str) -> Option<(usize, u64)> {
    let lines: Vec<&str> = text.split_inclusive('\n').take(CBIOPORTAL.saturating_add(1)).collect();
    let above = lines.get(..CBIOPORTAL)?;
    let is_type = |cell: &str| matches!(cell.trim(), "STRING" | "NUMBER" | "BOOLEAN");
    let types = above.get(2)?.trim_start_matches('#');
    let is_meta = above.iter().all(|line| line.starts_with('#')) && types.split('\t').all(is_type);
    let has_header = lines.get(CBIOPORTAL).is_some_and(|line| !line.starts_with('#'));
    let length = above.iter().map(|line| line.len()).fold(0, usize::wrapping_add);
    (is_meta && has_header).then_some((length, CBIOPORTAL as u64))
}

/// What the lines above the header of a clinical file of cBioPortal state of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedColumn {
    /// Its name.
    pub name: String,
    /// Its name for people.
    pub label: String,
    /// What it holds.
    pub description: String,
    /// It holds numbers.
    pub is_number: bool,
}

/// What is stated of the columns of a clinical file of cBioPortal; nothing of a text that is none.
pub fn cbioportal_columns(text: &str) -> Vec<StatedColumn> {
    if cbioportal(text).is_none() {
        return Vec::new();
    }
    let cells = |line: &str| {
        let line = line.trim_start_matches('#').trim_end_matches(['\r', '\n']);
        line.split('\t').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>()
    };
    let mut lines = text.lines().map(cells);
    let mut next = || lines.next().unwrap_or_default();
    let (labels, descriptions, types, _, names) = (next(), next(), next(), next(), next());
    let of = |cells: &[String], at: usize| cells.get(at).cloned().unwrap_or_default();
    let stated = |(at, name): (usize, &String)| StatedColumn {
        name: name.clone(),
        label: of(&labels, at),
        description: of(&descriptions, at),
        is_number: types.get(at).is_some_and(|word| word == "NUMBER"),
    };
    names.iter().enumerate().map(stated).collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample::records;
    use super::{above_header, cbioportal, cbioportal_columns};

    /// The line of the header below what stands above it; 0 where nothing looks like one.
    fn line(text: &str, usual: usize) -> Option<u64> {
        let records = records(text, b',', 1);
        above_header(&records, usual).map(|above| above.header.map_or(0, |at| records[at].line))
    }

    #[test]
    fn titles_and_bands_stand_above_the_header() {
        let data = "P1,6,F,9\nP2,5,F,8\n";
        let names = "case_id,age,sex,crp\n";
        for (above, expected) in [
            ("Table 1\n", 2),
            ("Table 1\n\nof 5 cases\n\n", 5),
            ("Table 1,,,\n", 2),
            ("Table 1: age, sex\n", 2),
            (",Patient,,Labs\n", 2),
            ("Table 1\n,Patient,,Labs\n", 3),
            ("# from the registry\n", 2),
        ] {
            assert_eq!(line(&format!("{above}{names}{data}"), 4), Some(expected), "{above}");
        }
    }

    #[test]
    fn a_header_is_no_band() {
        for (text, usual) in [
            ("case_id,age,sex\nP1,6,F\nP2,5,M\n", 3),
            (",age,sex\n1,6,F\n2,5,M\n", 3),
            (",age,sex,\nP1,old,F,\nP2,young,M,\n", 4),
            ("case_id,age,,\nP1,6,,\nP2,5,,\n", 4),
            ("case_id,sex,a,b\nP1,F,x,y\nP2,F,z,w\n", 4),
            ("id\nP1\nP2\n", 1),
        ] {
            assert_eq!(line(text, usual), None, "{text}");
        }
        assert_eq!(line("Table 1\nP1,6,F\nP2,5,M\nP3,5,M\n", 3), Some(0));
    }

    #[test]
    fn the_lines_of_cbioportal_are_known() {
        let head = "#Patient\tAge\n#id of the patient\tage\n#STRING\tNUMBER\n#1\t1\n";
        assert_eq!(cbioportal(&format!("{head}PATIENT_ID\tAGE\nP1\t5\n")), Some((head.len(), 4)));
        assert_eq!(cbioportal("#\tage\n#a\t5\n#b\t6\n#c\t7\n#d\t8\n"), None);
        assert_eq!(cbioportal("id\tage\n"), None);
        let columns = cbioportal_columns(&format!("{head}PATIENT_ID\tAGE\r\nP1\t5\n"));
        let all: Vec<_> = columns.iter().map(|of| (&*of.name, &*of.label, &*of.description, of.is_number)).collect();
        assert_eq!(all, [("PATIENT_ID", "Patient", "id of the patient", false), ("AGE", "Age", "age", true)]);
        assert!(cbioportal_columns("PATIENT_ID\tAGE\n").is_empty());
    }
}
