//! Every output format: its word, the extensions that ask for it, and what it can show.
//!
//! A new format is a file with its renderers, a row of [`OutputFormat`] and an arm of `renderers`.

use super::audit::{self, AuditOutput};
use super::listing::{Head, RowWriter, delimited, object, tables, text as rows};
use super::manuscript::{self, StaleReport};
use super::scan::{self, ScanOutput};
use super::validation::{self, ValidationReport};
use super::{Summary, ard, csv, docx, figure, html, json, latex, markdown, picture, svg, text, xlsx};
use crate::tables::options::Layout;
use crate::tables::plot::DrawnFigure;
use crate::tally::GroupLimit;
use crate::words::{Word, words};
use std::io::{self, Write};

words! {
    /// The formats of all outputs.
    ///
    /// ```
    /// use calc_series::OutputFormat;
    ///
    /// assert_eq!("markdown".parse(), Ok(OutputFormat::Markdown));
    /// ```
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
    pub enum OutputFormat: "format" {
        /// Text for a terminal.
        #[default]
        Text = "text" [".txt"],
        /// One JSON object.
        Json = "json" [".json"],
        /// One JSON object a line.
        Jsonl = "jsonl" [".jsonl", ".ndjson"],
        /// The tables as one sheet, separated by commas.
        Csv = "csv" [".csv"],
        /// The tables as one sheet, separated by tabs.
        Tsv = "tsv" [".tsv"],
        /// GitHub's Markdown.
        Markdown = "markdown" [".md"],
        /// A page that prints, and pastes into a word processor as tables.
        Html = "html" [".html", ".htm"],
        /// A document that compiles.
        Latex = "latex" [".tex"],
        /// A Word document with real tables.
        Docx = "docx" [".docx"],
        /// A workbook: tables as seen, results as numbers, findings; the queries of a validation.
        Xlsx = "xlsx" [".xlsx"],
        /// Analysis results data of the R package `cards`, as CSV.
        Ard = "ard" [".ard.csv"],
        /// The same, one row a line as JSON.
        ArdLines = "ard-jsonl" [".ard.jsonl", ".ard.ndjson"],
        /// SARIF 2.1.0, for code scanning.
        Sarif = "sarif" [".sarif", ".sarif.json"],
        /// Workflow commands of GitHub, which annotate the lines.
        Github = "github",
        /// A figure that scales.
        Svg = "svg" [".svg"],
        /// A figure in pixels.
        Png = "png" [".png"],
        /// A figure that scales, with its letters as outlines.
        Pdf = "pdf" [".pdf"],
    }
}

words! {
    /// What a command writes.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum Output: "output" {
        /// Tables and numbers.
        Summary = "a summary",
        /// One row a case.
        Listing = "a listing of cases",
        /// Findings about the data.
        Validation = "a validation",
        /// The claims of a report with their verdicts.
        Audit = "an audit",
        /// The numbers of a manuscript held against each other.
        Scan = "a scan",
        /// The outdated numbers of a manuscript.
        StaleNumbers = "outdated numbers",
        /// Marks that are looked at.
        Figure = "a figure",
    }
}

/// What a summary is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SummaryContent {
    /// Statistics, part by part.
    Statistics,
    /// Tables as data, without footnotes.
    Tables,
    /// Tables for reading, with footnotes about all statistics.
    Report,
}

/// What a renderer gives.
type Bytes = io::Result<Vec<u8>>;

/// Begins a listing.
type BeginListing = for<'a> fn(Head<'a>, &'a mut dyn Write) -> io::Result<Box<dyn RowWriter + 'a>>;

/// Writes a summary; only text has lines of at most so many characters.
type SummaryWriter = fn(&Summary<'_>, Option<u16>, &mut dyn Write) -> io::Result<()>;

/// What a format can show, and how.
#[derive(Default)]
struct Renderers {
    summary: Option<SummaryWriter>,
    listing: Option<BeginListing>,
    validation: Option<fn(&ValidationReport<'_>) -> Bytes>,
    audit: Option<fn(&AuditOutput<'_>, Option<u16>) -> Bytes>,
    scan: Option<fn(&ScanOutput<'_>, Option<u16>) -> Bytes>,
    stale_numbers: Option<fn(&StaleReport) -> Bytes>,
    figure: Option<fn(&DrawnFigure, u16) -> Bytes>,
}

/// Those of a format that shows summaries only.
fn of_summaries(summary: SummaryWriter) -> Renderers {
    Renderers { summary: Some(summary), ..Renderers::default() }
}

/// Those of sheets as text.
fn of_delimited<const DELIMITER: u8>() -> Renderers {
    Renderers {
        summary: Some(|summary, _, out| out.write_all(&csv::render(summary.report, DELIMITER)?)),
        listing: Some(|head, out| Ok(Box::new(delimited::Delimited::new(DELIMITER, head, out)?))),
        validation: Some(|report| validation::queries::delimited(report, DELIMITER)),
        ..Renderers::default()
    }
}

fn of_word() -> Renderers {
    Renderers {
        summary: Some(|summary, _, out| out.write_all(&docx::render(summary.report)?)),
        listing: Some(|head, out| Ok(Box::new(tables::WholeListing::new(docx::render, head, out)))),
        validation: Some(docx::validation),
        audit: Some(|output, _| docx::audit(output.report)),
        scan: Some(|output, _| docx::audit(output.report)),
        ..Renderers::default()
    }
}

fn of_workbooks() -> Renderers {
    Renderers {
        summary: Some(|summary, _, out| out.write_all(&xlsx::summary(summary)?)),
        listing: Some(|head, out| Ok(Box::new(xlsx::SheetListing::new(head, out)))),
        validation: Some(xlsx::validation),
        audit: Some(|output, _| xlsx::audit(output.report)),
        scan: Some(|output, _| xlsx::audit(output.report)),
        ..Renderers::default()
    }
}

/// Those of Markdown.
fn of_markdown() -> Renderers {
    Renderers {
        summary: Some(|summary, _, out| out.write_all(markdown::render(summary.report).as_bytes())),
        listing: Some(|head, out| {
            Ok(Box::new(tables::WholeListing::new(|report| Ok(markdown::render(report).into_bytes()), head, out)))
        }),
        validation: Some(|report| Ok(validation::markdown::render(report).into_bytes())),
        audit: Some(|output, _| Ok(audit::markdown(output.report).into_bytes())),
        scan: Some(|output, _| Ok(audit::markdown(output.report).into_bytes())),
        ..Renderers::default()
    }
}

/// Those of a format that shows validations only.
fn of_validations(validation: fn(&ValidationReport<'_>) -> Bytes) -> Renderers {
    Renderers { validation: Some(validation), ..Renderers::default() }
}

/// Those of a format that shows figures only.
fn of_figures(figure: fn(&DrawnFigure, u16) -> Bytes) -> Renderers {
    Renderers { figure: Some(figure), ..Renderers::default() }
}

impl OutputFormat {
    fn renderers(self) -> Renderers {
        match self {
            OutputFormat::Text => Renderers {
                summary: Some(|summary, width, out| out.write_all(text::render(summary.report, width).as_bytes())),
                listing: Some(|head, out| Ok(Box::new(rows::TextListing::new(head, out)))),
                validation: Some(|report| Ok(validation::text::render(report).into_bytes())),
                audit: Some(|output, width| Ok(audit::text(output.report, width).into_bytes())),
                scan: Some(|output, width| Ok(audit::text(output.report, width).into_bytes())),
                stale_numbers: Some(|report| Ok(manuscript::text(report).into_bytes())),
                figure: Some(|figure, _| Ok(figure::text(figure).into_bytes())),
            },
            OutputFormat::Json => Renderers {
                summary: Some(|summary, _, out| json::render(summary, out)),
                listing: Some(|head, out| Ok(Box::new(object::ListingObject::new(head, out)?))),
                validation: Some(validation::json::render),
                audit: Some(|output, _| audit::json(output)),
                scan: Some(|output, _| scan::json(output)),
                stale_numbers: Some(manuscript::object),
                ..Renderers::default()
            },
            OutputFormat::Jsonl => Renderers {
                summary: Some(|summary, _, out| json::lines(summary.results, summary.style, out)),
                listing: Some(|head, out| Ok(Box::new(object::ListingObjects::new(head, out)?))),
                ..Renderers::default()
            },
            OutputFormat::Csv => of_delimited::<b','>(),
            OutputFormat::Tsv => of_delimited::<b'\t'>(),
            OutputFormat::Markdown => of_markdown(),
            OutputFormat::Html => Renderers {
                summary: Some(|summary, _, out| out.write_all(html::render(summary.report).as_bytes())),
                listing: Some(|head, out| {
                    Ok(Box::new(tables::WholeListing::new(|report| Ok(html::render(report).into_bytes()), head, out)))
                }),
                ..Renderers::default()
            },
            OutputFormat::Latex => Renderers {
                summary: Some(|summary, _, out| out.write_all(latex::render(summary.report).as_bytes())),
                listing: Some(|head, out| {
                    Ok(Box::new(tables::WholeListing::new(|report| Ok(latex::render(report).into_bytes()), head, out)))
                }),
                ..Renderers::default()
            },
            OutputFormat::Docx => of_word(),
            OutputFormat::Xlsx => of_workbooks(),
            OutputFormat::Ard => of_summaries(|summary, _, out| ard::csv(summary.results, summary.style, out)),
            OutputFormat::ArdLines => of_summaries(|summary, _, out| ard::lines(summary.results, summary.style, out)),
            OutputFormat::Sarif => Renderers {
                validation: Some(validation::sarif::render),
                scan: Some(|output, _| scan::sarif::render(output)),
                ..Renderers::default()
            },
            OutputFormat::Github => of_validations(|report| Ok(validation::github::render(report).into_bytes())),
            OutputFormat::Svg => of_figures(|figure, _| Ok(svg::render(figure).into_bytes())),
            OutputFormat::Png => of_figures(picture::png),
            OutputFormat::Pdf => of_figures(|figure, _| picture::pdf(figure)),
        }
    }

    /// True where the format can show an output.
    pub fn can_show(self, output: Output) -> bool {
        let renderers = self.renderers();
        match output {
            Output::Summary => renderers.summary.is_some(),
            Output::Listing => renderers.listing.is_some(),
            Output::Validation => renderers.validation.is_some(),
            Output::Audit => renderers.audit.is_some(),
            Output::Scan => renderers.scan.is_some(),
            Output::StaleNumbers => renderers.stale_numbers.is_some(),
            Output::Figure => renderers.figure.is_some(),
        }
    }

    /// Writes a summary in this format; only text has lines of at most `width` characters.
    pub fn summary(self, summary: &Summary<'_>, width: Option<u16>, out: &mut dyn Write) -> io::Result<()> {
        self.renderers().summary.ok_or_else(|| self.cannot_show(Output::Summary))?(summary, width, out)
    }

    /// What a summary in this format is made of.
    pub fn content(self) -> SummaryContent {
        match self {
            OutputFormat::Json | OutputFormat::Jsonl | OutputFormat::Ard | OutputFormat::ArdLines => {
                SummaryContent::Statistics
            }
            OutputFormat::Csv | OutputFormat::Tsv => SummaryContent::Tables,
            OutputFormat::Text
            | OutputFormat::Markdown
            | OutputFormat::Html
            | OutputFormat::Latex
            | OutputFormat::Docx
            | OutputFormat::Xlsx
            | OutputFormat::Sarif
            | OutputFormat::Github
            | OutputFormat::Svg
            | OutputFormat::Png
            | OutputFormat::Pdf => SummaryContent::Report,
        }
    }

    /// The layout of a summary in this format, unless another one is asked for.
    pub fn default_layout(self) -> Layout {
        use OutputFormat::{Docx, Html, Latex, Markdown, Xlsx};
        let is_document = matches!(self, Markdown | Html | Latex | Docx | Xlsx);
        if is_document { Layout::Journal } else { Layout::Sections }
    }

    /// What takes the rows of a listing in this format.
    ///
    /// Delimited formats, lines of JSON, JSON and text keep some rows at a time, the others all of them.
    pub fn listing<'a>(self, head: Head<'a>, out: &'a mut dyn Write) -> io::Result<Box<dyn RowWriter + 'a>> {
        self.renderers().listing.ok_or_else(|| self.cannot_show(Output::Listing))?(head, out)
    }

    /// A validation in this format.
    pub fn validation(self, report: &ValidationReport<'_>) -> io::Result<Vec<u8>> {
        self.renderers().validation.ok_or_else(|| self.cannot_show(Output::Validation))?(report)
    }

    /// An audit in this format; only text has lines of at most `width` characters.
    pub fn audit(self, output: &AuditOutput<'_>, width: Option<u16>) -> io::Result<Vec<u8>> {
        self.renderers().audit.ok_or_else(|| self.cannot_show(Output::Audit))?(output, width)
    }

    /// A scan in this format; only text has lines of at most `width` characters.
    pub fn scan(self, output: &ScanOutput<'_>, width: Option<u16>) -> io::Result<Vec<u8>> {
        self.renderers().scan.ok_or_else(|| self.cannot_show(Output::Scan))?(output, width)
    }

    /// The outdated numbers of a manuscript in this format.
    pub fn stale_numbers(self, report: &StaleReport) -> io::Result<Vec<u8>> {
        self.renderers().stale_numbers.ok_or_else(|| self.cannot_show(Output::StaleNumbers))?(report)
    }

    /// A figure in this format; only png has pixels, so many per inch.
    pub fn figure(self, figure: &DrawnFigure, dpi: u16) -> io::Result<Vec<u8>> {
        self.renderers().figure.ok_or_else(|| self.cannot_show(Output::Figure))?(figure, dpi)
    }

    fn cannot_show(self, output: Output) -> io::Error {
        io::Error::new(io::ErrorKind::Unsupported, format!("{self} cannot show {output}"))
    }

    /// True where a spreadsheet opens the format as text.
    pub fn is_delimited(self) -> bool {
        matches!(self, OutputFormat::Csv | OutputFormat::Tsv)
    }

    /// True where the format is no text.
    pub fn is_binary(self) -> bool {
        matches!(self, OutputFormat::Docx | OutputFormat::Xlsx | OutputFormat::Png | OutputFormat::Pdf)
    }

    /// True where the format names the inputs with their hashes.
    pub fn names_inputs(self) -> bool {
        self == OutputFormat::Json
    }

    /// How many groups a summary in this format may have: data for programs more than a report for reading.
    pub fn group_limit(self) -> GroupLimit {
        match self.content() {
            SummaryContent::Statistics | SummaryContent::Tables => GroupLimit::Data,
            SummaryContent::Report => GroupLimit::Tables,
        }
    }

    /// The same format for a file of this name: analysis results data become lines where the name asks for lines.
    pub fn for_path(self, path: &str) -> OutputFormat {
        match (self, OutputFormat::of_path(path)) {
            (OutputFormat::Ard, Some(OutputFormat::Jsonl | OutputFormat::ArdLines)) => OutputFormat::ArdLines,
            _ => self,
        }
    }
}

impl Output {
    /// The formats that can show it.
    pub fn formats(self) -> Vec<OutputFormat> {
        OutputFormat::ALL.into_iter().filter(|format| format.can_show(self)).collect()
    }

    /// The extensions of those formats, for messages.
    pub fn extensions(self) -> String {
        self.formats().into_iter().flat_map(OutputFormat::endings).copied().collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests;
