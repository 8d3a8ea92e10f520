//! Options for reading files of cases; every command that reads cases has them.

use super::os_text::{rsplit_at, split_at};
use super::words;
use crate::command::open::{Derived, InputSpec, LongTable, SchemaChoice, TableFile};
use crate::error::Error;
use crate::read::ReadOptions;
use crate::schema::decide::Forced;
use crate::schema::lexical::calendar::DateOrder;
use crate::schema::split::{Split, UnknownSplit};
use crate::schema::{Kind, Role};
use crate::tally::{IdChoice, NamedFilter, Settings};
use clap::Args;
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// The heading of the options for time, change and association.
pub const CHANGE: &str = "Time, change and association";

// Files of cases, and the options for reading them. A comment, as clap takes a docstring for what the command does.
#[derive(Args)]
pub struct InputArgs {
    /// Files of cases, CSV, JSON or a workbook (xlsx, xls, ods); - is standard input. Several files with the same columns form one cohort
    #[arg(value_name = "FILE", help_heading = None)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    options: InputOptions,
}

// The input of a command that prints no table, and whether its warnings count.
#[derive(clap::Args)]
pub struct StrictInputArgs {
    /// Exit with code 1 if there is a warning
    #[arg(long)]
    pub strict: bool,
    #[command(flatten)]
    pub input: InputArgs,
}

impl InputArgs {
    /// The files.
    pub fn files(&self) -> &[PathBuf] {
        &self.files
    }

    /// The input to read.
    ///
    /// Errors: see [`InputOptions::input`].
    pub fn input(&self) -> Result<InputSpec, Error> {
        self.options.input(&self.files)
    }
}

// Options for reading files of cases; the files themselves are named elsewhere.
#[derive(Args)]
#[command(next_help_heading = "Input")]
pub struct InputOptions {
    /// Read the built-in case series instead of a file
    #[arg(long)]
    pub example: bool,
    /// Schema file [default: NAME.schema.json in the folder of NAME.csv, if it exists]
    #[arg(long, value_name = "FILE", conflicts_with = "no_schema")]
    schema: Option<PathBuf>,
    /// Do not use a schema file
    #[arg(long)]
    no_schema: bool,
    #[arg(long, value_name = "COLUMN=KIND", help = words::help::<Kind>("Set how a column is summarised"))]
    kind: Vec<String>,
    #[arg(long, value_name = "COLUMN=ROLE", help = words::help::<Role>("Set what a column means"))]
    role: Vec<String>,
    #[arg(long, value_name = "[COLUMN=]ORDER", help = words::help::<DateOrder>("Day or month first in dates such as 03/04/2018, of one column or of all"))]
    date_order: Vec<String>,
    /// Set the unit in which the numbers of a column are shown; those without one are in that of the header, else in this
    #[arg(long, value_name = "COLUMN=UNIT")]
    unit: Vec<String>,
    /// Split the cells of a column into items at these separators: , ; | / & + and with then numbers line-end (several with spaces between them), or into two columns: age/sex, systolic/diastolic; none for cells of one thing each
    #[arg(long, value_name = "COLUMN=SEPARATORS")]
    split: Vec<String>,
    /// Column with the case ID [default: detected]
    #[arg(long, value_name = "COLUMN", overrides_with_all = ["id", "no_id"])]
    id: Option<String>,
    /// Column with the case ID when each row is a visit; columns that change between visits get one column for each visit: crp@month_6
    #[arg(long = "case", value_name = "COLUMN", requires = "visit", conflicts_with_all = ["id", "no_id"])]
    long_case: Option<String>,
    /// Column that identifies the visit
    #[arg(long, value_name = "COLUMN", requires = "long_case")]
    visit: Option<String>,
    /// Table with several rows per case: treatments (agent, dose, start, stop or line, response), labs (test, value, unit, date), visits (visit or date, a column for each value) or events (adverse event, grade); BOOK.xlsx!SHEET names a sheet
    #[arg(long, value_name = "NAME=FILE", conflicts_with_all = ["long_case", "example"])]
    table: Vec<OsString>,
    /// Data dictionary of a REDCap export [default: the only one in its folder]
    #[arg(long, value_name = "FILE", conflicts_with_all = ["long_case", "example"])]
    dictionary: Option<PathBuf>,
    /// Most days between the starts of agents that make one treatment line, where a table tells lines by days
    #[arg(long, value_name = "DAYS", default_value_t = 0, hide_default_value = true, value_parser = clap::value_parser!(u32).range(0..=36525))]
    line_window: u32,
    /// Run without a case-ID column; duplicate cases are not detected
    #[arg(long, overrides_with = "id")]
    no_id: bool,
    /// Show a column although it may identify a person
    #[arg(long, value_name = "COLUMN")]
    show: Vec<String>,
    /// Read blank cells of this column as "no"
    #[arg(long, value_name = "COLUMN")]
    blank_is_no: Vec<String>,
    /// Also treat this word as "not reported"
    #[arg(long, value_name = "TOKEN", allow_hyphen_values = true)]
    missing: Vec<String>,
    /// Character between cells: ',', ';', '|' or tab [default: detected]
    #[arg(long, value_name = "CHAR", overrides_with = "delimiter")]
    delimiter: Option<String>,
    /// Line of the column names, where something stands above them [default: the first line]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..), overrides_with = "header_row")]
    header_row: Option<u64>,
    /// Sheet of a workbook with the cases; repeat it for sheets with the same columns, which are read as one cohort [default: the only one that reads as a table]
    #[arg(long, value_name = "NAME")]
    sheet: Vec<String>,
    /// Last row of a workbook to read, where notes stand below the cases
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    last_row: Option<u64>,
    /// Read numbers with a decimal comma: 2,5
    #[arg(long)]
    decimal_comma: bool,
    /// Encoding of the files, such as windows-1252 or utf-16 [default: utf-8]
    #[arg(long, value_name = "NAME", overrides_with = "encoding")]
    encoding: Option<String>,
    /// Accept quoted cells of this column that contain lines which look like records
    #[arg(long, value_name = "COLUMN")]
    multiline: Vec<String>,
    /// Use only the cases for which this is true: "age < 10 and etiology = 'idiopathic'"; also IN, BETWEEN, LIKE, IS NULL, has(sites, 'knee'), any_line(agent = 'methotrexate' and route = 'oral'), in_order(agent = 'methotrexate', responder), whole(age)
    #[arg(long = "where", visible_alias = "filter", value_name = "FILTER")]
    keep: Option<String>,
    /// Add a variable computed from other cells of the case; it can be used everywhere: 'change = crp@last - crp@first', 'age = birth to onset in years completed', 't = onset to death or last_seen in days' (and t_event), 'next = line 1 to next line or last_seen in days', 'band = cut(age, 5, 10, 18)', 'young = age < 6', "size = when age < 5 then 'small' else 'large' unknown 'age not known'"
    #[arg(long, value_name = "NAME = EXPRESSION", help_heading = CHANGE)]
    derive: Vec<String>,
    /// Add the change of a variable between visits, one a patient: of the first visit to the last, or crp=baseline:month_6. It is the variable crp_change: a difference of numbers; of yes and no what was gained and lost. --tests tests it
    #[arg(long, value_name = "VARIABLES", value_delimiter = ',', help_heading = CHANGE)]
    change: Vec<String>,
    /// Number of threads; the output does not depend on it [default: number of processors]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

impl InputOptions {
    /// The input to read from these files.
    ///
    /// Errors: no file, a file together with `--example`, and a value that is not valid.
    pub fn input(&self, files: &[PathBuf]) -> Result<InputSpec, Error> {
        match (files.first(), self.example) {
            (None, false) => {
                let remedy = "name a file after the command, or use --example for the built-in case series";
                return Err(Error::usage_with("no input file", remedy));
            }
            (Some(file), true) => {
                let message = format!("--example cannot be combined with a file: '{}'", file.display());
                return Err(Error::usage_with(message, "remove one of them"));
            }
            _ => {}
        }
        let options = ReadOptions {
            delimiter: self.delimiter.as_deref().map(delimiter).transpose()?,
            encoding: self.encoding.clone(),
            multiline: self.multiline.clone(),
            header_row: self.header_row,
            sheet: self.sheet.first().cloned(),
            more_sheets: self.sheet.iter().skip(1).cloned().collect(),
            last_row: self.last_row,
            ..ReadOptions::default()
        };
        let settings = Settings {
            decimal_comma: self.decimal_comma,
            missing: self.missing.clone(),
            forced: self.forced()?,
            date_order: self.date_order_of_all()?,
            id: self.id_choice(),
            keep: self.keep.as_deref().map(NamedFilter::parse).transpose()?,
            threads: self.threads.map(usize::from),
            ..Settings::default()
        };
        let schema = match (&self.schema, self.no_schema) {
            (Some(file), _) => SchemaChoice::File(file.clone()),
            (None, true) => SchemaChoice::No,
            (None, false) => SchemaChoice::Beside,
        };
        let files = if self.example { None } else { Some(files.to_vec()) };
        let long = self.long_case.clone().zip(self.visit.clone()).map(|(case, visit)| LongTable { case, visit });
        let tables = self.table.iter().map(|text| self.table_file(text)).collect::<Result<_, _>>()?;
        Ok(InputSpec {
            files,
            options,
            settings,
            schema,
            long,
            tables,
            also_read: Vec::new(),
            dictionary: self.dictionary.clone(),
            line_window: self.line_window,
            derived: self.derived()?,
        })
    }

    /// The derived variables, then the changes, which may be of one of them.
    fn derived(&self) -> Result<Vec<Derived>, Error> {
        let derived = self.derive.iter().map(|text| Derived::parse(text));
        derived.chain(self.change.iter().map(|text| Derived::change(text))).collect()
    }

    /// `labs=labs.csv`, or `labs=series.xlsx!Labs` for a sheet.
    fn table_file(&self, text: &OsStr) -> Result<TableFile, Error> {
        let named = split_at(text, "=").filter(|(name, file)| !name.is_empty() && !file.is_empty());
        let Some((name, file)) = named.and_then(|(name, file)| Some((name.to_str()?, file))) else {
            let text = text.display();
            let message = format!("'{text}' is not a valid value (--table)");
            let remedy = format!(
                "write --table NAME=FILE; in place of --table '{text}': --table treatments=lines.csv, for example"
            );
            return Err(Error::usage_with(message, remedy));
        };
        let sheet = rsplit_at(file, "!").filter(|(path, _)| !Path::new(file).exists() && Path::new(path).exists());
        let sheet = sheet.and_then(|(path, sheet)| Some((path, sheet.to_str()?)));
        let (path, sheet) = sheet.map_or((file, None), |(path, sheet)| (path, Some(sheet.to_owned())));
        Ok(TableFile { sheet, encoding: self.encoding.clone(), ..TableFile::new(name, Path::new(path)) })
    }

    fn id_choice(&self) -> IdChoice {
        match (&self.id, self.no_id) {
            (Some(column), _) => IdChoice::Column(column.clone()),
            (None, true) => IdChoice::No,
            (None, false) => IdChoice::Found,
        }
    }

    /// The order of the dates of every column for which none is stated.
    fn date_order_of_all(&self) -> Result<Option<DateOrder>, Error> {
        let of_all = self.date_order.iter().rfind(|text| !text.contains('='));
        of_all.map(|order| words::parse(order, "--date-order")).transpose()
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
        for text in self.date_order.iter().filter(|text| text.contains('=')) {
            let (column, order) = pair(text, "--date-order", "COLUMN=ORDER")?;
            let order: DateOrder = words::parse(&order, "--date-order")?;
            forced.entry(column).or_default().date_order = Some(order);
        }
        for text in &self.unit {
            let (column, unit) = pair(text, "--unit", "COLUMN=UNIT")?;
            forced.entry(column).or_default().unit = Some(valid_unit(&unit)?);
        }
        for text in &self.split {
            let (column, split) = pair(text, "--split", "COLUMN=SEPARATORS")?;
            let split = Split::parse(&split).map_err(|UnknownSplit(word)| {
                let message = format!("'{word}' is not a separator (--split)");
                Error::usage_with(message, format!("possible values: {}", Split::words()))
            })?;
            forced.entry(column).or_default().split = Some(split);
        }
        for column in &self.show {
            forced.entry(column.clone()).or_default().show = true;
        }
        for column in &self.blank_is_no {
            forced.entry(column.clone()).or_default().blank_is_no = true;
        }
        Ok(forced)
    }
}

pub(super) fn pair(text: &str, option: &str, form: &str) -> Result<(String, String), Error> {
    // A column name may contain '='; a kind or role does not, and a level hardly ever.
    match text.rsplit_once('=') {
        Some((column, word)) if !column.is_empty() => Ok((column.to_owned(), word.to_owned())),
        _ => Err(Error::usage_with(
            format!("'{text}' is not a valid value ({option})"),
            format!("write {option} {form}"),
        )),
    }
}

/// A unit may be any text, but a number is none.
fn valid_unit(text: &str) -> Result<String, Error> {
    let text = text.trim();
    let is_sign = |c: char| c.is_alphabetic() || matches!(c, '%' | '‰' | '°');
    if text.contains(is_sign) && !text.contains(char::is_control) {
        return Ok(text.to_owned());
    }
    Err(Error::usage_with(
        format!("'{text}' is not a valid unit (--unit)"),
        "write a unit such as years, mg/dL, 10^9/L or %",
    ))
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
                format!("'{text}' is not a valid delimiter (--delimiter)"),
                "possible values: ',', ';', '|', tab, or another single punctuation character",
            )),
        },
    }
}
