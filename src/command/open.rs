//! The inputs of a command with the schema that goes with them.

use crate::diagnostic::{Finding, Severity};
use crate::error::Error;
use crate::read::{Inputs, ReadOptions};
use crate::schema::table_schema;
use crate::tally::Settings;
use std::path::{Path, PathBuf};

/// The report's series, embedded so that an installed binary shows something real at once.
pub const EXAMPLE: [(&str, &str); 5] = [
    ("cases.csv", include_str!("../../data/cutaneous-calcinosis-2021/cases.csv")),
    ("cases.json", include_str!("../../data/cutaneous-calcinosis-2021/cases.json")),
    ("cases.schema.json", include_str!("../../data/cutaneous-calcinosis-2021/cases.schema.json")),
    EXAMPLE_CLAIMS,
    ("README.md", include_str!("../../data/cutaneous-calcinosis-2021/README.md")),
];

/// What the report says, to be held against its series.
pub const EXAMPLE_CLAIMS: (&str, &str) =
    ("claims.toml", include_str!("../../data/cutaneous-calcinosis-2021/claims.toml"));

/// Which schema file is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SchemaChoice {
    /// The one beside the first input, if there is one.
    Beside,
    /// This one.
    File(String),
    /// None.
    No,
}

/// What is to be read, and how.
#[derive(Debug, Clone)]
pub struct Reading {
    /// Files; none for the embedded series.
    pub files: Option<Vec<String>>,
    /// How bytes become records.
    pub options: ReadOptions,
    /// How records become a cohort.
    pub settings: Settings,
    /// Which schema file is used.
    pub schema: SchemaChoice,
}

/// Opened inputs, settings with their schema, and what must be said of it.
pub struct Opened {
    /// The inputs.
    pub inputs: Inputs,
    /// How they are read.
    pub settings: Settings,
    /// What must be said of the schema.
    pub notes: Vec<Finding>,
    /// The name of the schema file, where one is used.
    pub schema_name: Option<String>,
    /// Paths of all files that are read, the schema among them.
    pub paths: Vec<String>,
}

/// Opens the inputs and reads the schema that goes with them.
pub fn open(reading: &Reading) -> Result<Opened, Error> {
    let Some(files) = &reading.files else { return open_example(reading) };
    let inputs = Inputs::open(files, &reading.options)?;
    let found = match &reading.schema {
        SchemaChoice::No => None,
        SchemaChoice::File(path) => Some(PathBuf::from(path)),
        SchemaChoice::Beside => files.first().and_then(|first| beside(first)),
    };
    let Some(path) = found else { return Ok(without_schema(inputs, reading)) };
    let text = std::fs::read_to_string(&path).map_err(|fault| Error::io(path.to_string_lossy(), fault))?;
    let name = path.file_name().map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy()).into_owned();
    let chosen = reading.schema == SchemaChoice::Beside;
    let mut opened = with_schema(inputs, reading, &text, name, chosen)?;
    opened.paths.push(path.to_string_lossy().into_owned());
    Ok(opened)
}

fn without_schema(inputs: Inputs, reading: &Reading) -> Opened {
    let paths = reading.files.clone().unwrap_or_default();
    Opened { inputs, settings: reading.settings.clone(), notes: Vec::new(), schema_name: None, paths }
}

fn open_example(reading: &Reading) -> Result<Opened, Error> {
    let [(name, cases), _, (schema_name, schema), ..] = EXAMPLE;
    let inputs = Inputs::embedded(name, cases)?;
    if reading.schema == SchemaChoice::No {
        return Ok(without_schema(inputs, reading));
    }
    with_schema(inputs, reading, schema, schema_name.to_owned(), false)
}

fn with_schema(inputs: Inputs, reading: &Reading, text: &str, name: String, was_found: bool) -> Result<Opened, Error> {
    let schema = table_schema::read(text, &name)?;
    let mut notes = schema.notes.clone();
    if was_found {
        let message = format!("the schema {name} beside the data is used");
        notes.push(
            Finding::new("schema-used", Severity::Note, message)
                .remedy("--no-schema ignores it, --schema FILE names another"),
        );
    }
    let settings = Settings { schema: Some(schema), ..reading.settings.clone() };
    Ok(Opened { settings, notes, schema_name: Some(name), ..without_schema(inputs, reading) })
}

/// `cases.schema.json` beside `cases.csv`, if it is there.
fn beside(path: &str) -> Option<PathBuf> {
    let path = Path::new(path);
    let mut name = path.file_stem()?.to_os_string();
    name.push(".schema.json");
    Some(path.with_file_name(name)).filter(|path| path.is_file())
}
