//! The options that say how files are read; every command that reads cases has them.

use super::words;
use crate::command::open::{Reading, SchemaChoice};
use crate::error::Error;
use crate::read::ReadOptions;
use crate::schema::infer::Forced;
use crate::schema::{Kind, Role};
use crate::tally::{IdChoice, Keep, Settings};
use clap::Args;
use std::collections::BTreeMap;

/// Files of cases, and how they are read.
#[derive(Args)]
pub struct ReadingArgs {
    /// Files of cases, CSV or JSON; '-' is standard input. Several files of the same columns are one cohort
    #[arg(value_name = "FILE", help_heading = None)]
    files: Vec<String>,
    #[command(flatten)]
    options: ReadingOptions,
}

impl ReadingArgs {
    /// What these options ask for.
    pub fn reading(&self) -> Result<Reading, Error> {
        self.options.reading(&self.files)
    }
}

/// How files of cases are read, wherever they are named.
#[derive(Args)]
#[command(next_help_heading = "How the cases are read")]
pub struct ReadingOptions {
    /// Read the embedded series of the report instead of a file
    #[arg(long)]
    pub example: bool,
    /// Schema file; without it, NAME.schema.json beside NAME.csv is used
    #[arg(long, value_name = "FILE", conflicts_with = "no_schema")]
    schema: Option<String>,
    /// Use no schema file
    #[arg(long)]
    no_schema: bool,
    /// Decide how a column is summarised: number, category, set, binary, date, lines, text
    #[arg(long, value_name = "COLUMN=KIND")]
    kind: Vec<String>,
    /// Decide what a column means: case-id, age, sex, etiology, site, lab, treatment, response, outcome, follow-up, direct-identifier, other
    #[arg(long, value_name = "COLUMN=ROLE")]
    role: Vec<String>,
    /// The column that names the case
    #[arg(long, value_name = "COLUMN", conflicts_with = "no_id")]
    id: Option<String>,
    /// Accept that no column names the case: duplicates are not looked for
    #[arg(long)]
    no_id: bool,
    /// Show a column that may name a person
    #[arg(long, value_name = "COLUMN")]
    show: Vec<String>,
    /// A further word that means "not reported"
    #[arg(long, value_name = "TOKEN", allow_hyphen_values = true)]
    missing: Vec<String>,
    /// What separates cells: ',', ';', '|' or tab; found if not given
    #[arg(long, value_name = "CHAR")]
    delimiter: Option<String>,
    /// Numbers are written with a decimal comma: 2,5
    #[arg(long)]
    decimal_comma: bool,
    /// Encoding of the files, such as windows-1252 or utf-16; UTF-8 if not given
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// A column whose quoted cells may hold lines that look like records
    #[arg(long, value_name = "COLUMN")]
    multiline: Vec<String>,
    /// Only the cases of which this is true: "age < 10 and etiology = 'idiopathic'"; also IN, BETWEEN, LIKE, IS NULL, has(sites, 'knee'), any_line(agent = 'methotrexate' and route = 'oral'), in_order(agent = 'methotrexate', responder), whole(age)
    #[arg(long = "where", value_name = "FILTER")]
    keep: Option<String>,
    /// Threads; as many as processors if not given. The output does not depend on it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

impl ReadingOptions {
    /// What these options ask for of these files.
    ///
    /// Errors: no file, or files beside the embedded series.
    pub fn reading(&self, files: &[String]) -> Result<Reading, Error> {
        match (files.first(), self.example) {
            (None, false) => {
                let remedy = "name it behind the command: cases.csv; or take --example, the embedded series";
                return Err(Error::usage_with("name a file of cases", remedy));
            }
            (Some(file), true) => {
                let message = format!("--example is read instead of a file, and '{file}' is named too");
                return Err(Error::usage_with(message, "leave out one of them"));
            }
            _ => {}
        }
        let options = ReadOptions {
            delimiter: self.delimiter.as_deref().map(delimiter).transpose()?,
            encoding: self.encoding.clone(),
            multiline: self.multiline.clone(),
            ..ReadOptions::default()
        };
        let settings = Settings {
            decimal_comma: self.decimal_comma,
            missing: self.missing.clone(),
            forced: self.forced()?,
            id: self.id_choice(),
            by: Vec::new(),
            keep: self.keep.as_deref().map(Keep::parse).transpose()?,
            conditions: Vec::new(),
            schema: None,
            threads: self.threads.map(usize::from),
        };
        let schema = match (&self.schema, self.no_schema) {
            (Some(file), _) => SchemaChoice::File(file.clone()),
            (None, true) => SchemaChoice::No,
            (None, false) => SchemaChoice::Beside,
        };
        let files = if self.example { None } else { Some(files.to_vec()) };
        Ok(Reading { files, options, settings, schema })
    }

    fn id_choice(&self) -> IdChoice {
        match (&self.id, self.no_id) {
            (Some(column), _) => IdChoice::Column(column.clone()),
            (None, true) => IdChoice::No,
            (None, false) => IdChoice::Found,
        }
    }

    fn forced(&self) -> Result<BTreeMap<String, Forced>, Error> {
        let mut forced: BTreeMap<String, Forced> = BTreeMap::new();
        for text in &self.kind {
            let (column, kind) = pair(text, "--kind", "COLUMN=KIND")?;
            let kind: Kind = words::parse(&kind, "--kind")?;
            forced.entry(column).or_default().kind = Some(kind);
        }
        for text in &self.role {
            let (column, role) = pair(text, "--role", "COLUMN=ROLE")?;
            let role: Role = words::parse(&role, "--role")?;
            forced.entry(column).or_default().role = Some(role);
        }
        for column in &self.show {
            forced.entry(column.clone()).or_default().show = true;
        }
        Ok(forced)
    }
}

pub(super) fn pair(text: &str, option: &str, form: &str) -> Result<(String, String), Error> {
    // A column name may hold '='; a kind or role does not, and a level hardly ever.
    match text.rsplit_once('=') {
        Some((column, word)) if !column.is_empty() => Ok((column.to_owned(), word.to_owned())),
        _ => Err(Error::usage_with(format!("'{text}' is not {form}"), format!("write {option} {form}"))),
    }
}

fn delimiter(text: &str) -> Result<u8, Error> {
    match text {
        "tab" | "\\t" | "\t" => Ok(b'\t'),
        _ => match text.as_bytes() {
            [byte]
                if byte.is_ascii() && !byte.is_ascii_alphanumeric() && !matches!(byte, b'"' | b'\n' | b'\r' | b' ') =>
            {
                Ok(*byte)
            }
            _ => Err(Error::usage_with(
                format!("'{text}' cannot separate cells"),
                "--delimiter ',' or ';' or '|' or tab",
            )),
        },
    }
}
