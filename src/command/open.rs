//! The inputs of a command and their schema.

use super::long::by_case;
pub use crate::cohort::relate::LongTable;
use crate::diagnostic::{Finding, Severity};
use crate::error::Error;
use crate::read::{Inputs, ReadOptions, STDIN, name_of, read_text};
use crate::schema::table_schema;
use crate::tally::Settings;
use std::path::{Path, PathBuf};

/// The built-in case series, so that an installed binary has something real to show.
pub const EXAMPLE: [(&str, &str); 5] = [
    ("cases.csv", include_str!("../../data/cutaneous-calcinosis-2021/cases.csv")),
    ("cases.json", include_str!("../../data/cutaneous-calcinosis-2021/cases.json")),
    ("cases.schema.json", include_str!("../../data/cutaneous-calcinosis-2021/cases.schema.json")),
    EXAMPLE_CLAIMS,
    ("README.md", include_str!("../../data/cutaneous-calcinosis-2021/README.md")),
];

/// The claims of the report about that series.
pub const EXAMPLE_CLAIMS: (&str, &str) =
    ("claims.toml", include_str!("../../data/cutaneous-calcinosis-2021/claims.toml"));

/// Which schema file to use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SchemaChoice {
    /// `NAME.schema.json` in the folder of the first input `NAME.csv`, if it exists.
    Beside,
    /// The file with this path.
    File(PathBuf),
    /// No schema file.
    No,
}

/// What to read, and how.
#[derive(Debug, Clone)]
pub struct InputSpec {
    /// Paths; `None` for the built-in case series.
    pub files: Option<Vec<PathBuf>>,
    /// How bytes become records.
    pub options: ReadOptions,
    /// How records become a cohort.
    pub settings: Settings,
    /// Which schema file to use.
    pub schema: SchemaChoice,
    /// The columns of case and visit, where the input has a row for each visit.
    pub long: Option<LongTable>,
}

impl InputSpec {
    /// The schema for a run that writes one: `schema cases.csv > cases.schema.json` has just made that file, which is
    /// empty.
    pub fn own_schema(&self) -> SchemaChoice {
        let found = self.files.iter().flatten().next().and_then(|first| beside(first));
        let is_empty = |path: PathBuf| std::fs::metadata(path).is_ok_and(|file| file.len() == 0);
        match self.schema {
            SchemaChoice::Beside if found.is_some_and(is_empty) => SchemaChoice::No,
            SchemaChoice::Beside | SchemaChoice::File(_) | SchemaChoice::No => self.schema.clone(),
        }
    }
}

/// Opened inputs with their schema.
pub struct Opened {
    /// The inputs.
    pub inputs: Inputs,
    /// The settings, including the schema.
    pub settings: Settings,
    /// Notes about the schema.
    pub notes: Vec<Finding>,
    /// Name of the schema file; `None` without one.
    pub schema_name: Option<String>,
    /// Paths of all files that are read, including the schema.
    pub paths: Vec<PathBuf>,
}

/// Opens the inputs and reads their schema.
///
/// Errors: a file that cannot be read, and a schema that is refused.
pub fn open(input: &InputSpec) -> Result<Opened, Error> {
    let mut opened = open_as_it_is(input)?;
    let Some(long) = &input.long else { return Ok(opened) };
    let (inputs, notes) = by_case(opened.inputs, &mut opened.settings, long)?;
    opened.notes.extend(notes);
    Ok(Opened { inputs, ..opened })
}

fn open_as_it_is(input: &InputSpec) -> Result<Opened, Error> {
    let Some(files) = &input.files else { return open_example(input) };
    let schema = if let SchemaChoice::File(path) = &input.schema { Some(path) } else { None };
    ensure_stdin_is_read_once(files.iter().chain(schema))?;
    let inputs = Inputs::open(files, &input.options)?;
    let found = match &input.schema {
        SchemaChoice::No => None,
        SchemaChoice::File(path) => Some(path.clone()),
        SchemaChoice::Beside => files.first().and_then(|first| beside(first)),
    };
    let Some(path) = found.filter(|_| inputs.refused().is_empty()) else { return Ok(without_schema(inputs, input)) };
    let (text, name) = (read_text(&path)?, name_of(&path));
    let chosen = input.schema == SchemaChoice::Beside;
    let mut opened = with_schema(inputs, input, &text, name, chosen)?;
    opened.paths.push(path);
    Ok(opened)
}

/// Refuses a command line that names standard input twice.
pub fn ensure_stdin_is_read_once<'a>(paths: impl IntoIterator<Item = &'a PathBuf>) -> Result<(), Error> {
    if paths.into_iter().filter(|path| path.as_path() == Path::new(STDIN)).count() > 1 {
        let message = "standard input can be read only once, but '-' is named twice";
        return Err(Error::usage_with(message, "replace one of them with a file"));
    }
    Ok(())
}

fn without_schema(inputs: Inputs, input: &InputSpec) -> Opened {
    let paths = input.files.clone().unwrap_or_default();
    Opened { inputs, settings: input.settings.clone(), notes: Vec::new(), schema_name: None, paths }
}

fn open_example(input: &InputSpec) -> Result<Opened, Error> {
    let [(name, cases), _, (schema_name, schema), ..] = EXAMPLE;
    let inputs = Inputs::embedded(name, cases)?;
    if input.schema == SchemaChoice::No {
        return Ok(without_schema(inputs, input));
    }
    with_schema(inputs, input, schema, schema_name.to_owned(), false)
}

fn with_schema(inputs: Inputs, input: &InputSpec, text: &str, name: String, was_found: bool) -> Result<Opened, Error> {
    let schema = table_schema::read(text, &name)?;
    let mut notes = schema.notes.clone();
    if was_found {
        let message = format!("using the schema {name} found next to the data");
        notes.push(
            Finding::new("schema-used", Severity::Note, message)
                .remedy("--no-schema ignores it, --schema FILE uses another"),
        );
    }
    let settings = Settings { schema: Some(schema), ..input.settings.clone() };
    Ok(Opened { settings, notes, schema_name: Some(name), ..without_schema(inputs, input) })
}

/// The path of `cases.schema.json` for `cases.csv`, if it exists.
fn beside(path: &Path) -> Option<PathBuf> {
    let mut name = path.file_stem()?.to_os_string();
    name.push(".schema.json");
    Some(path.with_file_name(name)).filter(|path| path.is_file())
}
