//! From tables to bytes: the only folder that escapes text. It computes nothing.
//!
//! A format is one file here, one line of [`FORMATS`] and one arm of [`render`].

mod ard;
pub mod audit;
mod csv;
pub mod findings;
mod grid;
mod html;
pub mod json;
mod latex;
pub mod listing;
pub mod manuscript;
mod markdown;
mod text;
pub mod validation;

use crate::analyze::conventions::Convention;
use crate::analyze::results::Results;
use crate::diagnostic::{Findings, nearest};
use crate::tables::Report;
use std::fmt;
use std::io;
use std::str::FromStr;

/// The formats a summary can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OutputFormat {
    /// Tables for a terminal.
    #[default]
    Text,
    /// One object for scripts.
    Json,
    /// One statistic a line, as in the object.
    Jsonl,
    /// The tables as one sheet, separated by commas.
    Csv,
    /// The tables as one sheet, separated by tabs.
    Tsv,
    /// Tables of GitHub's Markdown.
    Markdown,
    /// A page that prints, and pastes into a word processor as tables.
    Html,
    /// A document that compiles.
    Latex,
    /// Analysis results data of the R package `cards`, as CSV.
    Ard,
    /// The same, one row a line as JSON.
    ArdLines,
}

/// Every format with its name and the endings of file names that ask for it.
const FORMATS: [(OutputFormat, &str, &[&str]); 10] = [
    (OutputFormat::Text, "text", &[".txt"]),
    (OutputFormat::Json, "json", &[".json"]),
    (OutputFormat::Jsonl, "jsonl", &[".jsonl", ".ndjson"]),
    (OutputFormat::Csv, "csv", &[".csv"]),
    (OutputFormat::Tsv, "tsv", &[".tsv"]),
    (OutputFormat::Markdown, "markdown", &[".md"]),
    (OutputFormat::Html, "html", &[".html", ".htm"]),
    (OutputFormat::Latex, "latex", &[".tex"]),
    (OutputFormat::Ard, "ard", &[".ard.csv"]),
    (OutputFormat::ArdLines, "ard-jsonl", &[".ard.jsonl", ".ard.ndjson"]),
];

/// What is rendered: the results of a run and the tables made of them.
#[derive(Debug, Clone, Copy)]
pub struct Summary<'a> {
    /// Tables and footnotes.
    pub report: &'a Report,
    /// The statistics.
    pub results: &'a Results,
    /// The files of the cohort.
    pub inputs: &'a [json::InputEntry],
    /// What the numbers depend on.
    pub conventions: &'a [Convention],
    /// Number of cases; none where it is masked.
    pub cases: Option<u64>,
    /// What the reader must know of the data.
    pub findings: &'a Findings,
}

/// A summary in a format; only text has lines of at most `width` characters.
pub fn render(format: OutputFormat, summary: &Summary<'_>, width: Option<u16>) -> io::Result<Vec<u8>> {
    Ok(match format {
        OutputFormat::Text => text::render(summary.report, width).into_bytes(),
        OutputFormat::Json => json::render(summary)?,
        OutputFormat::Jsonl => json::lines(summary.results)?,
        OutputFormat::Csv => csv::render(summary.report, b',')?,
        OutputFormat::Tsv => csv::render(summary.report, b'\t')?,
        OutputFormat::Markdown => markdown::render(summary.report).into_bytes(),
        OutputFormat::Html => html::render(summary.report).into_bytes(),
        OutputFormat::Latex => latex::render(summary.report).into_bytes(),
        OutputFormat::Ard => ard::csv(summary.results)?,
        OutputFormat::ArdLines => ard::lines(summary.results)?,
    })
}

impl OutputFormat {
    /// Every format.
    pub fn all() -> impl Iterator<Item = OutputFormat> {
        FORMATS.iter().map(|(format, ..)| *format)
    }

    /// True where the inputs stand in the format with their hashes.
    pub fn names_inputs(self) -> bool {
        self == OutputFormat::Json
    }

    /// The format that the ending of a file name asks for; the longest ending decides.
    pub fn of_path(path: &str) -> Option<OutputFormat> {
        let path = path.to_lowercase();
        let known = FORMATS.iter().flat_map(|(format, _, endings)| endings.iter().map(|ending| (*ending, *format)));
        known
            .filter(|(ending, _)| path.ends_with(ending))
            .max_by_key(|(ending, _)| ending.len())
            .map(|(_, format)| format)
    }

    /// All known endings, for messages.
    pub fn endings() -> String {
        FORMATS.iter().flat_map(|(_, _, endings)| endings.iter().copied()).collect::<Vec<_>>().join(", ")
    }

    /// The same format for a file of this name: analysis results data become lines where the name asks for lines.
    pub fn for_path(self, path: &str) -> OutputFormat {
        match (self, OutputFormat::of_path(path)) {
            (OutputFormat::Ard, Some(OutputFormat::Jsonl | OutputFormat::ArdLines)) => OutputFormat::ArdLines,
            _ => self,
        }
    }
}

impl FromStr for OutputFormat {
    type Err = String;

    fn from_str(text: &str) -> Result<OutputFormat, String> {
        if let Some((format, ..)) = FORMATS.iter().find(|(_, name, _)| *name == text) {
            return Ok(*format);
        }
        let names: Vec<&str> = FORMATS.iter().map(|(_, name, _)| *name).collect();
        let near = meant(text, &names).map_or(String::new(), |name| format!("did you mean {name}? "));
        Err(format!("no format of this name; {near}One of {}", names.join(", ")))
    }
}

/// The name meant by a word that is none: that of its ending (`md`), else the most similar one.
fn meant(text: &str, names: &[&'static str]) -> Option<&'static str> {
    let text = text.to_lowercase();
    let has_ending = |endings: &[&str]| endings.iter().any(|ending| ending.strip_prefix('.') == Some(&text));
    let by_ending = FORMATS.iter().find(|(_, _, endings)| has_ending(endings)).map(|(_, name, _)| *name);
    by_ending.or_else(|| nearest(&text, names))
}

impl fmt::Display for OutputFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = FORMATS.iter().find(|(format, ..)| format == self).map(|(_, name, _)| *name);
        f.write_str(name.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::{FORMATS, OutputFormat};

    #[test]
    fn names_read_back_and_endings_ask_for_their_format() {
        for (format, name, endings) in FORMATS {
            assert_eq!(format.to_string(), name);
            assert_eq!(name.parse(), Ok(format));
            for ending in endings {
                assert_eq!(OutputFormat::of_path(&format!("a.b/Table1{ending}")), Some(format));
                assert_eq!(OutputFormat::of_path(&format!("TABLE1{}", ending.to_uppercase())), Some(format));
                assert!(OutputFormat::endings().contains(ending));
            }
        }
        for path in ["table", "table.docx", "csv", "tex", "table.csv/x", ""] {
            assert_eq!(OutputFormat::of_path(path), None, "{path}");
        }
    }

    #[test]
    fn ard_becomes_lines_where_the_name_of_the_file_asks_for_lines() {
        assert_eq!(OutputFormat::Ard.for_path("a.jsonl"), OutputFormat::ArdLines);
        assert_eq!(OutputFormat::Ard.for_path("a.ard.jsonl"), OutputFormat::ArdLines);
        assert_eq!(OutputFormat::Ard.for_path("a.csv"), OutputFormat::Ard);
        assert_eq!(OutputFormat::Html.for_path("a.jsonl"), OutputFormat::Html);
    }

    #[test]
    fn a_wrong_name_is_answered_with_the_nearest_one() {
        for (wrong, right) in [("md", "markdown"), ("tex", "latex"), ("jsn", "json"), ("HTML", "html"), ("txt", "text")]
        {
            let said = wrong.parse::<OutputFormat>().unwrap_err();
            assert!(said.contains(&format!("did you mean {right}?")), "{wrong}: {said}");
        }
        let said = "docx".parse::<OutputFormat>().unwrap_err();
        assert!(!said.contains("did you mean") && said.contains("text, json, jsonl, csv"), "{said}");
    }
}
