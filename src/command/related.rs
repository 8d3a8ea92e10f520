//! Related tables: what the columns of each table mean is decided by itself, and then their rows become columns of the
//! cases.

use crate::cohort::relate::{ChildTable, KeptRows, TableRole, is_wide, relate, role_of_headers};
use crate::cohort::stream::ensure_can_be_read_twice;
use crate::diagnostic::Findings;
use crate::error::Error;
use crate::read::{Inputs, ReadOptions};
use crate::schema::Variable;
use crate::schema::header::identity::{IdStrength, Identity, identity};
use crate::schema::header::read_header;
use crate::schema::only_but_for_case;
use crate::schema::table_schema::{self, DeclaredVariable, FileSchema};
use crate::tally::{Cohort, IdChoice, Settings, read_cohort};
use std::path::{Path, PathBuf};

/// Bytes of the largest tables that are related: they are in memory meanwhile.
const LARGEST: u64 = 512 << 20;

/// A table whose rows belong to cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableFile {
    /// Its name.
    pub name: String,
    /// Its file.
    pub path: PathBuf,
    /// Its sheet, where the file is a workbook and the sheet is stated.
    pub sheet: Option<String>,
    /// What stands between its cells, where that is stated.
    pub delimiter: Option<u8>,
    /// The label of its encoding, where it is stated.
    pub encoding: Option<String>,
    /// The line of its column names, where it is stated.
    pub header_row: Option<u64>,
    /// The column of the case, where it is stated.
    pub case: Option<String>,
    /// Its Table Schema as text, where it has one.
    pub schema: Option<String>,
    /// The sheet of the cases, where both were found in one workbook.
    pub cases: Option<String>,
}

impl TableFile {
    /// A table of which nothing is stated but its file.
    pub fn new(name: &str, path: &Path) -> TableFile {
        let (name, path) = (name.to_owned(), path.to_owned());
        TableFile {
            name,
            path,
            sheet: None,
            delimiter: None,
            encoding: None,
            header_row: None,
            case: None,
            schema: None,
            cases: None,
        }
    }
}

/// A table with its file, open.
pub type OpenTable = (TableFile, Inputs);

/// Relates the tables to the cases of the inputs; starts at most `window` days apart make one treatment line.
///
/// Errors: tables that are too large or refused as they are, and those of [`relate`].
pub fn related(
    inputs: Inputs,
    settings: &mut Settings,
    tables: Vec<OpenTable>,
    window: u32,
) -> Result<(Inputs, Findings), Error> {
    ensure_can_be_read_twice(&inputs)?;
    let opened = || tables.iter().map(|(_, inputs)| inputs);
    ensure_fit_into_memory(opened().chain([&inputs]))?;
    let of_cases = as_it_is(settings, &inputs);
    let cohort = read_cohort(&inputs, &of_cases)?;
    let id = cohort.id.ok_or_else(without_id)?;
    let kept = KeptRows::read(&inputs)?;
    let children =
        tables.iter().map(|(table, inputs)| child(table, inputs, settings)).collect::<Result<Vec<_>, _>>()?;
    // What is stated of the columns of a child table has been used.
    let of_children = opened().flat_map(|inputs| as_it_is(settings, inputs).forced.into_keys());
    let used: Vec<String> = of_children.filter(|name| !of_cases.forced.contains_key(name)).collect();
    let related = relate(&kept, id, children, i64::from(window), &settings.missing)?;
    settings.treatment_starts = related.starts.into();
    // A new column may be called as the one that it comes from.
    let is_made = |name: &String| related.declared.iter().any(|made| made.header == name.trim());
    settings.forced.retain(|name, _| !used.contains(name) || is_made(name));
    let mut schema = settings.schema.take().unwrap_or_else(|| in_order(&cohort));
    schema.add_columns(related.declared);
    settings.schema = Some(schema);
    if let Some(header) = kept.columns.get(id) {
        settings.id = IdChoice::Column(header.clone());
    }
    let of_tables = tables.into_iter().map(|(_, inputs)| inputs);
    Ok((inputs.composed(related.table).with(of_tables), related.notes))
}

/// Opens a table.
///
/// Errors: a file that is refused.
pub fn open_table(table: &TableFile) -> Result<Inputs, Error> {
    let mut options = ReadOptions { sheet: table.sheet.clone(), is_related: true, ..ReadOptions::default() };
    (options.delimiter, options.header_row) = (table.delimiter, table.header_row);
    options.encoding.clone_from(&table.encoding);
    let inputs = Inputs::open(&[&table.path], &options)?;
    if inputs.refused().is_empty() { Ok(inputs) } else { Err(inputs.refused().clone().into()) }
}

pub(super) fn ensure_fit_into_memory<'i>(mut inputs: impl Iterator<Item = &'i Inputs>) -> Result<(), Error> {
    let size = inputs.try_fold(0_u64, |sum, inputs| sum.checked_add(inputs.size())).unwrap_or(u64::MAX);
    if size <= LARGEST {
        return Ok(());
    }
    let message = format!("related tables are kept in memory, and these have more than {} MiB", LARGEST >> 20);
    Err(Error::usage_with(message, "leave out the columns and rows that are not needed"))
}

fn without_id() -> Error {
    Error::usage_with("the rows of a table belong to cases, and no column names the cases", "name it: --id COLUMN")
}

/// The settings for one table by itself: what is said of columns that it does not have is for later.
fn as_it_is(settings: &Settings, inputs: &Inputs) -> Settings {
    let columns: Vec<&String> = inputs.headers().flat_map(|(_, columns)| columns).collect();
    let has = |name: &str| {
        let names = columns.iter().map(|column| [column.trim(), column.as_str()]);
        columns.iter().any(|column| read_header(column).name == name) || only_but_for_case(name, names).is_some()
    };
    let forced = settings.forced.iter().filter(|(name, _)| columns.is_empty() || has(name));
    let forced = forced.map(|(name, forced)| (name.clone(), forced.clone())).collect();
    let mut schema = settings.schema.clone();
    if let Some(schema) = &mut schema {
        schema.keep_columns(|header| columns.is_empty() || columns.iter().any(|column| column.trim() == header.trim()));
    }
    Settings { forced, schema, ..settings.without_requests() }
}

/// A schema that says nothing of the columns of the cases but their order.
fn in_order(cohort: &Cohort) -> FileSchema {
    let mut schema = FileSchema::default();
    let headers = cohort.variables.iter().map(|column| column.variable.file_header().to_owned());
    schema.add_columns(headers.map(|header| DeclaredVariable::named(&header)).collect());
    schema
}

/// A table with what is decided of its columns.
fn child(table: &TableFile, inputs: &Inputs, settings: &Settings) -> Result<ChildTable, Error> {
    let schema = table.schema.as_ref().map(|text| table_schema::read(text, &table.name)).transpose()?;
    let of_table = Settings { schema, ..settings.clone() };
    let own = Settings { id: IdChoice::No, ..as_it_is(&of_table, inputs) };
    let cohort = read_cohort(inputs, &own)?;
    let rows = KeptRows::read(inputs)?;
    let role = role(&table.name, &rows.columns);
    let variables = rows.columns.iter().map(|name| decided(&cohort, name)).collect();
    let field = |name: &String| {
        let fields = own.schema.iter().flat_map(|schema| &schema.variables);
        let field = fields.into_iter().find(|field| field.header.trim() == name.trim()).cloned();
        field.unwrap_or_else(|| DeclaredVariable::named(name))
    };
    let fields = rows.columns.iter().map(field).collect();
    let sheet = table.sheet.as_ref().map_or_else(String::new, |sheet| format!("!{sheet}"));
    let path = format!("{}{sheet}", table.path.display());
    let file = inputs.names().next().unwrap_or_default().into();
    Ok(ChildTable {
        name: table.name.clone(),
        role,
        case: table.case.clone(),
        file,
        rows,
        variables,
        fields,
        path,
        cases: table.cases.clone(),
    })
}

fn decided(cohort: &Cohort, header: &str) -> Variable {
    let found = cohort.variables.iter().find(|column| column.variable.header.trim() == header.trim());
    found.map_or_else(|| Variable::new(header), |column| column.variable.clone())
}

/// True for a table that names the treatments of the cases.
pub(super) fn is_of_treatments((table, inputs): &OpenTable) -> bool {
    let columns = inputs.headers().next().map_or_else(Vec::new, |(_, columns)| columns.to_vec());
    role(&table.name, &columns) == TableRole::Treatments
}

/// What the rows of a table are: its name says it, or its columns do; else they are visits, days or cases.
fn role(name: &str, columns: &[String]) -> TableRole {
    match role_of_name(name).or_else(|| role_of_headers(columns)) {
        Some(TableRole::Labs) if is_wide(columns) => TableRole::Visits,
        known => known.unwrap_or(TableRole::Visits),
    }
}

/// What the rows of a table of this name are.
pub(super) fn role_of_name(name: &str) -> Option<TableRole> {
    name.to_lowercase().parse().ok()
}

/// The first column that names the cases for certain, else the only one that may name them.
pub(super) fn id_column(headers: &[String]) -> Option<usize> {
    let of = |wanted| {
        let named = headers.iter().enumerate().filter(move |(_, name)| identity(name) == Some(Identity::Case(wanted)));
        named.map(|(column, _)| column)
    };
    let mut others = of(IdStrength::Ambiguous);
    let only = others.next().filter(|_| others.next().is_none());
    of(IdStrength::Certain).next().or(only)
}
