//! A validation in its formats: a page for people, objects for scripts, annotations for continuous integration.

pub(super) mod github;
pub(super) mod json;
pub(super) mod markdown;
pub(super) mod queries;
pub(super) mod sarif;
pub(super) mod sections;
pub(super) mod text;

use crate::check::validate::{FieldCompleteness, Validation};
use crate::decimal::Exact;
use crate::diagnostic::{FilePosition, Finding, FindingGroup, FindingId, Severity, SourceLocation, first_names};
use crate::words::counted;

/// The heading of what a report will have to state.
const TO_REPORT: &str = "To report: what readers will look for and the records do not tell";

/// One file of a run: its name in messages, and its path for tools that open it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Its name, without folders.
    pub name: String,
    /// Its path from where the program was started.
    pub path: String,
}

/// What is rendered.
#[derive(Debug, Clone, Copy)]
pub struct ValidationReport<'a> {
    /// What was found.
    pub validation: &'a Validation,
    /// The inputs in their order, then the schema.
    pub files: &'a [SourceFile],
    /// How many of them are inputs.
    pub inputs: usize,
    /// True where the input was refused, and only its errors are known.
    pub is_refused: bool,
}

impl ValidationReport<'_> {
    /// The names of the inputs.
    fn names(&self) -> Vec<&str> {
        self.files.iter().take(self.inputs).map(|file| file.name.as_str()).collect()
    }

    /// The path of the file of a finding; that of the first input if it names none.
    fn path<'a>(&'a self, location: &'a SourceLocation) -> &'a str {
        let wanted = location.file.as_deref();
        let of_input = self.files.get(location.input as usize).filter(|file| Some(file.name.as_str()) == wanted);
        let named = of_input.or_else(|| self.files.iter().find(|file| Some(file.name.as_str()) == wanted));
        let path = named.or(self.files.first().filter(|_| wanted.is_none())).map(|file| file.path.as_str());
        path.or(wanted).unwrap_or_default()
    }

    /// The groups of a severity, each with its first finding.
    fn groups(&self, severity: Severity) -> impl Iterator<Item = (&FindingGroup, &Finding)> {
        let with_first = self.validation.findings.groups().filter_map(|group| Some((group, group.first.first()?)));
        with_first.filter(move |(_, first)| first.severity == severity)
    }

    /// What a report will have to state, each group with its first finding.
    fn items_to_report(&self) -> impl Iterator<Item = (&FindingGroup, &Finding)> {
        self.validation.to_report.groups().filter_map(|group| Some((group, group.first.first()?)))
    }

    /// `2 errors, 1 warning, 0 notes; 12 items to report; 1 accepted`
    pub(super) fn counts(&self) -> String {
        let count = |severity: Severity| counted(self.validation.findings.count(severity), severity.word());
        let mut ids: Vec<FindingId> = self.items_to_report().map(|(_, first)| first.id).collect();
        ids.dedup();
        let to_report = match ids.len() {
            0 => String::new(),
            items => format!("; {} to report", counted(items, "item")),
        };
        let accepted = match self.validation.accepted.len() {
            0 => String::new(),
            accepted => format!("; {accepted} accepted"),
        };
        format!("{}{to_report}{accepted}", Severity::ALL.map(count).join(", "))
    }

    /// The sentences on the two scores.
    pub(super) fn scores(&self) -> Vec<String> {
        let (satisfied, applicable) = self.validation.items_satisfied();
        let (reported, cells) = self.validation.fields.cells();
        let columns = self.validation.fields.list.len();
        let (cases, columns) = (counted(self.validation.cases, "case"), counted(columns, "column"));
        vec![
            format!("Items satisfied: {satisfied} of {applicable} that apply and can be checked in the records"),
            format!(
                "Cells reported: {} of {cells}{} ({cases} times {columns} without the case id)",
                reported,
                percent(reported, cells, 1).map_or(String::new(), |percent| format!(", {percent} %"))
            ),
            "Neither is a score of quality: what is missing, and why, is what counts.".to_owned(),
        ]
    }
}

/// `cases.csv:3` or `cases.xlsx Patients!C7`.
fn in_file(location: &SourceLocation) -> Option<String> {
    let file = location.file.as_deref()?;
    Some(match &location.position {
        FilePosition::Whole => file.to_owned(),
        FilePosition::Line(line) | FilePosition::Character { line, .. } | FilePosition::Json { line, .. } => {
            format!("{file}:{line}")
        }
        FilePosition::Cell(cell) => format!("{file} {cell}"),
        FilePosition::Composed(record) => match record.line_or_cell() {
            (Some(line), _) => format!("{file}:{line}"),
            (None, cell) => format!("{file} {}", cell.unwrap_or_default()),
        },
    })
}

/// n of N as a percentage; no answer where N is 0.
fn percent(n: u64, of: u64, decimals: u32) -> Option<String> {
    let hundredfold = num_bigint::BigInt::from(n) * 100;
    Exact::ratio(hundredfold, of.into()).map(|percent| percent.rounded(decimals))
}

/// Cases that do not report a column; beyond the first of them their number.
fn not_reporting(field: &FieldCompleteness) -> String {
    first_names(&field.first, field.missing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_are_exact() {
        assert_eq!(percent(1, 8, 1).as_deref(), Some("12.5"));
        assert_eq!(percent(1, 3, 1).as_deref(), Some("33.3"));
        assert_eq!(percent(0, 0, 1), None);
    }
}
