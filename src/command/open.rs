//! The inputs of a command and their schema.

use super::at_visits::at_visits;
use super::best_response::with_best_response;
use super::book::{BookTables, book};
use super::cbioportal::cbioportal;
use super::cdisc::cdisc;
use super::derive::{ensure_event_is_named, with_derived};
use super::long::by_case;
use super::number_columns::with_units_and_signs;
use super::numbered_lines::numbered_lines;
use super::package::{PackageTables, package};
use super::phenopackets::{Packets, phenopackets};
use super::redcap::{Export, of_labels, redcap};
pub use super::related::TableFile;
use super::related::{OpenTable, is_of_treatments, open_table, related};
use super::rows_alone::{RowsAlone, rows_alone};
use super::several_sheets::several_sheets;
use crate::cohort::deidentify;
pub use crate::cohort::derive::Derived;
pub use crate::cohort::relate::LongTable;
use crate::cohort::relate::{WithheldNames, withhold_names};
use crate::diagnostic::{Finding, FindingId, Findings};
use crate::error::Error;
use crate::read::{Inputs, ReadOptions, STDIN, name_of, read_text};
use crate::schema::{Role, table_schema};
use crate::tally::{IdChoice, Settings};
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
    /// The one that the input declares itself.
    OfInput {
        /// The name shown.
        name: String,
        /// Its text.
        text: String,
    },
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
    /// Tables whose rows belong to the cases.
    pub tables: Vec<TableFile>,
    /// Further files that are read, and never written to.
    pub also_read: Vec<PathBuf>,
    /// The data dictionary of a REDCap export, where it is stated.
    pub dictionary: Option<PathBuf>,
    /// Most days between the starts of agents that make one treatment line.
    pub line_window: u32,
    /// The derived variables, in order.
    pub derived: Vec<Derived>,
}

impl InputSpec {
    /// The schema for a run that writes one: `schema cases.csv > cases.schema.json` has just made that file, which is
    /// empty.
    pub fn own_schema(&self) -> SchemaChoice {
        let found = self.files.iter().flatten().next().and_then(|first| beside(first));
        let is_empty = |path: PathBuf| std::fs::metadata(path).is_ok_and(|file| file.len() == 0);
        match self.schema {
            SchemaChoice::Beside if found.is_some_and(is_empty) => SchemaChoice::No,
            SchemaChoice::Beside | SchemaChoice::File(_) | SchemaChoice::OfInput { .. } | SchemaChoice::No => {
                self.schema.clone()
            }
        }
    }
}

/// Opened inputs with their schema.
pub struct Opened {
    /// The inputs.
    pub inputs: Inputs,
    /// The settings, including the schema.
    pub settings: Settings,
    /// What is said of the schema, and of what the cases were made of.
    pub notes: Findings,
    /// Name of the schema file; `None` without one.
    pub schema_name: Option<String>,
    /// Paths of all files that are read, including the schema.
    pub paths: Vec<PathBuf>,
    /// The derived variables, in order.
    pub derived: Vec<Derived>,
}

impl Opened {
    /// The inputs as they are read where nobody is to be recognised.
    ///
    /// Errors: those of reading.
    pub fn deidentified(self) -> Result<Opened, Error> {
        let Opened { inputs, mut settings, mut notes, schema_name, paths, derived } = self;
        let WithheldNames { inputs, renamed, of_cells, headers } = withhold_names(inputs)?;
        headers.note().into_iter().for_each(|note| notes.add(note));
        if let Some(schema) = &mut settings.schema {
            schema.rename_columns(&renamed);
            schema.keep_known_units(|header| of_cells.iter().any(|name| name == header));
        }
        let forced = std::mem::take(&mut settings.forced);
        let new = |name: &str| renamed.iter().find(|(old, _)| old == name.trim()).map(|(_, new)| new.clone());
        let name = |name: String| new(&name).unwrap_or(name);
        settings.forced = forced.into_iter().map(|(old, forced)| (name(old), forced)).collect();
        for header in headers.of_persons {
            settings.forced.entry(header).or_default().role = Some(Role::DirectIdentifier);
        }
        for visit in settings.changes.values_mut().flatten() {
            let at_visit = |name: &String| name.rsplit_once('@').map(|(_, visit)| visit.to_owned());
            let is_old = |(old, _): &&(String, String)| at_visit(old).as_ref() == Some(visit);
            if let Some(new) = renamed.iter().find(is_old).and_then(|(_, new)| at_visit(new)) {
                *visit = new;
            }
        }
        settings.deidentify = true;
        Ok(Opened { inputs, settings, notes, schema_name, paths, derived })
    }
}

/// Opens the inputs for an output that identifies nobody, if that is asked for.
///
/// Errors: those of [`open`].
pub fn open_for(input: &InputSpec, is_deidentified: bool) -> Result<Opened, Error> {
    if !is_deidentified {
        return open(input);
    }
    let settings = Settings { derives_from_years: true, ..input.settings.clone() };
    let input = InputSpec { settings, ..input.clone() };
    open(&input).map_err(deidentify::opening)?.deidentified()
}

/// Opens the inputs and reads their schema.
///
/// Errors: a file that cannot be read, and a schema that is refused.
pub fn open(input: &InputSpec) -> Result<Opened, Error> {
    let found = match of_package(input)? {
        None => of_sheets(input)?,
        found => found,
    };
    let Some((input, notes)) = found else { return derived(open_with_tables(input)?, input) };
    let mut opened = open_with_tables(&input)?;
    opened.notes.extend(notes);
    derived(opened, &input)
}

/// The inputs with their derived variables.
fn derived(opened: Opened, input: &InputSpec) -> Result<Opened, Error> {
    let Opened { inputs, mut settings, mut notes, schema_name, paths, .. } = opened;
    at_visits(&inputs, &mut settings);
    let is_asked = |name: &str| input.derived.iter().any(|asked| asked.name == name);
    let of_schema = settings.schema.iter().flat_map(|schema| &schema.derived);
    let of_schema = of_schema.filter(|one| !is_asked(&one.formula.name)).map(|one| {
        Derived::of(&one.formula).map_err(|fault| fault.within(&format!("calcSeries.derived of {}", one.formula.name)))
    });
    let derived: Vec<Derived> = of_schema.chain(input.derived.iter().cloned().map(Ok)).collect::<Result<_, Error>>()?;
    ensure_event_is_named(&settings, &derived)?;
    let inputs = with_best_response(inputs, &mut settings, &derived, &mut notes)?;
    let inputs = with_derived(inputs, &mut settings, &derived, &mut notes)?;
    Ok(Opened { inputs, settings, notes, schema_name, paths, derived })
}

/// What to read of a data package, and what is said of it.
fn of_package(input: &InputSpec) -> Result<Option<(InputSpec, Vec<Finding>)>, Error> {
    let is_stated = input.long.is_some() || !input.tables.is_empty();
    let Some([path]) = input.files.as_deref().filter(|_| !is_stated) else { return Ok(None) };
    let Some(PackageTables { cases, id, tables, note, path }) = package(path)? else { return Ok(None) };
    let of_cases = cases.schema.map(|text| SchemaChoice::OfInput { name: name_of(&path), text });
    let schema = match &input.schema {
        SchemaChoice::Beside => of_cases.unwrap_or(SchemaChoice::No),
        SchemaChoice::File(_) | SchemaChoice::OfInput { .. } | SchemaChoice::No => input.schema.clone(),
    };
    let stated = input.options.clone();
    let options = ReadOptions {
        delimiter: stated.delimiter.or(cases.delimiter),
        encoding: stated.encoding.or(cases.encoding),
        header_row: stated.header_row.or(cases.header_row),
        ..stated
    };
    let mut settings = input.settings.clone();
    if let (IdChoice::Found, Some(id)) = (&settings.id, id) {
        settings.id = IdChoice::Column(id);
    }
    let files = Some(vec![cases.path]);
    Ok(Some((
        InputSpec { files, options, settings, schema, tables, also_read: vec![path], ..input.clone() },
        vec![note],
    )))
}

/// The inputs with one record a case.
fn open_with_tables(input: &InputSpec) -> Result<Opened, Error> {
    let (mut opened, mut tables) = match of_phenopackets(input)? {
        Some(found) => found,
        None => (open_as_it_is(input)?, Vec::new()),
    };
    if let Some(long) = &input.long {
        opened = joined(opened)?;
        let (inputs, notes) = by_case(opened.inputs, &mut opened.settings, long)?;
        opened.notes.merge(notes);
        return Ok(Opened { inputs, ..opened });
    }
    if tables.is_empty() {
        (opened, tables) = of_redcap(opened, input)?;
    }
    if tables.is_empty() && input.tables.is_empty() {
        (opened, tables) = of_rows(opened, input)?;
    }
    opened.notes.extend(cbioportal(&opened.inputs, &mut opened.settings)?);
    opened.notes.extend(cdisc(&opened.inputs, &mut opened.settings)?);
    opened = joined(opened)?;
    for table in &input.tables {
        let (inputs, notes) = with_units_and_signs(open_table(table)?, &mut opened.settings)?;
        opened.notes.merge(notes);
        tables.push((table.clone(), inputs));
    }
    if !tables.iter().any(is_of_treatments) {
        let (inputs, notes) = numbered_lines(opened.inputs, &mut opened.settings)?;
        opened.notes.merge(notes);
        opened = Opened { inputs, ..opened };
    }
    if tables.is_empty() {
        return Ok(opened);
    }
    let (inputs, notes) = related(opened.inputs, &mut opened.settings, tables, input.line_window)?;
    opened.notes.merge(notes);
    opened.paths.extend(input.tables.iter().map(|table| table.path.clone()));
    Ok(Opened { inputs, ..opened })
}

/// The inputs with units and signs beside their numbers.
fn joined(mut opened: Opened) -> Result<Opened, Error> {
    let (inputs, notes) = with_units_and_signs(opened.inputs, &mut opened.settings)?;
    opened.notes.merge(notes);
    Ok(Opened { inputs, ..opened })
}

/// Phenopackets with one record a case, and the tables of their treatments and measurements.
fn of_phenopackets(input: &InputSpec) -> Result<Option<(Opened, Vec<OpenTable>)>, Error> {
    let is_stated = input.long.is_some() || !input.tables.is_empty();
    let Some([path]) = input.files.as_deref().filter(|_| !is_stated) else { return Ok(None) };
    let Some(Packets { inputs, tables, declared, notes, paths }) = phenopackets(path)? else { return Ok(None) };
    let mut opened = with_its_schema(inputs, input)?;
    let mut schema = opened.settings.schema.take().unwrap_or_default();
    schema.add_columns(declared);
    opened.settings.schema = Some(schema);
    opened.notes.extend(notes);
    opened.paths.extend(paths);
    Ok(Some((opened, tables)))
}

/// The inputs with one record a case where they are a REDCap export, and the tables of its instruments.
fn of_redcap(mut opened: Opened, input: &InputSpec) -> Result<(Opened, Vec<OpenTable>), Error> {
    let Some(path) = input.files.iter().flatten().next() else { return Ok((opened, Vec::new())) };
    opened.notes.extend(of_labels(&opened.inputs)?);
    let dictionary = input.dictionary.as_ref();
    match redcap(opened.inputs, path, &input.options, dictionary, &mut opened.settings)? {
        Err(inputs) => Ok((Opened { inputs, ..opened }, Vec::new())),
        Ok(Export { inputs, tables, notes, dictionary }) => {
            opened.notes.extend(notes);
            opened.paths.extend(dictionary);
            Ok((Opened { inputs, ..opened }, tables))
        }
    }
}

/// The inputs with one record a case where they are rows alone, and the table of the rows.
fn of_rows(mut opened: Opened, input: &InputSpec) -> Result<(Opened, Vec<OpenTable>), Error> {
    let path = input.files.iter().flatten().next().filter(|_| input.options.more_sheets.is_empty());
    let Some(path) = path else { return Ok((opened, Vec::new())) };
    match rows_alone(opened.inputs, path, &input.options, &mut opened.settings)? {
        Err(inputs) => Ok((Opened { inputs, ..opened }, Vec::new())),
        Ok(RowsAlone { inputs, table, warning }) => {
            opened.notes.add(warning);
            Ok((Opened { inputs, ..opened }, vec![table]))
        }
    }
}

/// What to read of a workbook whose sheets are related tables, and what is said of it.
fn of_sheets(input: &InputSpec) -> Result<Option<(InputSpec, Vec<Finding>)>, Error> {
    let is_stated = input.options.sheet.is_some() || input.long.is_some();
    let Some([path]) = input.files.as_deref().filter(|_| !is_stated) else { return Ok(None) };
    let Some(BookTables { cases, tables, notes }) = book(path, &input.tables)? else { return Ok(None) };
    let options = ReadOptions { sheet: Some(cases), ..input.options.clone() };
    Ok(Some((InputSpec { options, tables, ..input.clone() }, notes)))
}

fn open_as_it_is(input: &InputSpec) -> Result<Opened, Error> {
    let Some(files) = &input.files else { return open_example(input) };
    let schema = if let SchemaChoice::File(path) = &input.schema { Some(path) } else { None };
    let tables = input.tables.iter().map(|table| &table.path);
    ensure_stdin_is_read_once(
        files.iter().chain(schema).chain(tables.filter(|path| path.as_path() == Path::new(STDIN))),
    )?;
    if input.options.more_sheets.is_empty() {
        return with_its_schema(Inputs::open(files, &input.options)?, input);
    }
    let mut settings = input.settings.clone();
    let (inputs, notes) = several_sheets(files, &input.options, &mut settings)?;
    let mut opened = with_its_schema(inputs, &InputSpec { settings, ..input.clone() })?;
    opened.notes.merge(notes);
    Ok(opened)
}

/// The inputs with the schema that is named, found or declared.
fn with_its_schema(inputs: Inputs, input: &InputSpec) -> Result<Opened, Error> {
    let files = input.files.as_deref().unwrap_or_default();
    let found = match &input.schema {
        SchemaChoice::OfInput { name, text } => return with_schema(inputs, input, text, name.clone(), false),
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
    let paths = input.files.iter().flatten().chain(&input.also_read).cloned().collect();
    Opened {
        inputs,
        settings: input.settings.clone(),
        notes: Findings::default(),
        schema_name: None,
        paths,
        derived: Vec::new(),
    }
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
    let mut notes: Findings = schema.notes.iter().cloned().collect();
    if was_found {
        let message = format!("using the schema {name} found next to the data");
        notes.add(
            Finding::new(FindingId::SchemaUsed, message).remedy("--no-schema ignores it, --schema FILE uses another"),
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
