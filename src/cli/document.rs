//! Options for the document that a summary becomes: its layout, its tables, and their notes.

use super::words;
use crate::command::summarize::SummaryLayout;
use crate::error::Error;
use crate::tables::journal_options::{JournalOptions, JournalTable, NoteMarks};
use crate::tables::number_marks::Language;
use crate::tables::options::Layout;
use std::path::PathBuf;

#[derive(clap::Args)]
#[command(next_help_heading = "Document")]
pub struct DocumentArgs {
    /// One table as journals print it, or sections with everything [default: journal for docx, html, latex, markdown and xlsx, else sections]
    #[arg(long, value_name = "LAYOUT", conflicts_with = "brief", value_parser = words::any::<Layout>())]
    layout: Option<Layout>,
    /// The tables of a journal: 1 the characteristics of the cases, 2 the responses to treatment, 3 the cases one by one [default: 1, and 2 where there are responses]
    #[arg(long, value_name = "NUMBERS", value_delimiter = ',', value_parser = words::any::<JournalTable>())]
    tables: Vec<JournalTable>,
    /// Title of Table 1
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
    /// Write an abbreviation out below the tables that have it, beside those known: "CK=creatine kinase"; repeat for more
    #[arg(long, value_name = "SHORT=LONG")]
    abbreviations: Vec<String>,
    /// Mark notes by letters (a) or signs (*)
    #[arg(long, value_name = "MARKS", default_value_t, value_parser = words::any::<NoteMarks>())]
    marks: NoteMarks,
    /// Decimal and thousands marks of a language [default: en in tables of journals]
    #[arg(long, value_name = "LANGUAGE", value_parser = words::any::<Language>())]
    pub language: Option<Language>,
    /// Read the options of the table from a file; those on the command line override it
    #[arg(long, value_name = "FILE")]
    pub spec: Option<PathBuf>,
    /// Write the options of the table to a file for --spec
    #[arg(long, value_name = "FILE")]
    pub write_spec: Option<PathBuf>,
    /// Write only the tables, to include in another document: html, latex, markdown
    #[arg(long)]
    fragment: bool,
}

impl DocumentArgs {
    /// How the summary is laid out.
    ///
    /// Errors: an abbreviation without its meaning.
    pub fn document(&self, is_brief: bool) -> Result<SummaryLayout, Error> {
        let journal = JournalOptions {
            title: self.title.clone(),
            abbreviations: self.abbreviations.iter().map(|text| text.parse()).collect::<Result<_, Error>>()?,
            marks: self.marks,
            tables: self.tables.clone(),
        };
        Ok(SummaryLayout { layout: self.layout, journal, is_brief, is_fragment: self.fragment })
    }
}
