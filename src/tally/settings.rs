//! How a cohort is to be read: what the command line and a schema file say.

use crate::cohort::filter::Filter;
use crate::error::Error;
use crate::schema::infer::Forced;
use crate::schema::table_schema::FileSchema;
use std::collections::BTreeMap;

/// Which column names the case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum IdChoice {
    /// The first column whose header is one.
    #[default]
    Found,
    /// This column.
    Column(String),
    /// None: rows are numbered, and that is accepted.
    No,
}

/// How a cohort is to be read.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// A comma is the decimal mark.
    pub decimal_comma: bool,
    /// Further missing tokens.
    pub missing: Vec<String>,
    /// What the command line says of columns, by name.
    pub forced: BTreeMap<String, Forced>,
    /// Which column names the case.
    pub id: IdChoice,
    /// The variables whose levels are the groups, by name.
    pub by: Vec<String>,
    /// The cases that are kept; all of them where there is no filter.
    pub keep: Option<NamedFilter>,
    /// Conditions put to each case of these.
    pub conditions: Vec<Condition>,
    /// What a schema file says.
    pub schema: Option<FileSchema>,
    /// True where no age over 89 and no date but its year may be counted.
    pub deidentify: bool,
    /// Threads; as many as processors where none is given.
    pub threads: Option<usize>,
}

/// A filter of the cases, as it was written.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedFilter {
    /// Its text.
    pub text: String,
    /// What it asks.
    pub filter: Filter,
}

impl NamedFilter {
    /// Reads a filter.
    ///
    /// Errors: what is no filter, with the place of the fault.
    pub fn parse(text: &str) -> Result<NamedFilter, Error> {
        let filter = Filter::parse(text).map_err(|fault| fault.into_error(text))?;
        Ok(NamedFilter { text: text.to_owned(), filter })
    }
}

/// A condition, and what is counted of the cases that satisfy it.
#[derive(Debug, Clone)]
pub struct Condition {
    /// What it asks.
    pub keep: NamedFilter,
    /// The keys of the statistics that are wanted of its cases; none where they are only counted.
    pub keys: Vec<String>,
    /// Where it was written, for errors: a file with its line. Empty for the command line.
    pub origin: String,
    /// It is put only where it fits the columns: nobody asked for it, and it may name cases to look at.
    pub is_optional: bool,
}
