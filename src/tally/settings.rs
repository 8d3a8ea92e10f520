//! How a cohort is read: the options of the command line and a schema file.

use super::needs::NeededCounts;
use crate::cohort::column::CaseColumn;
use crate::cohort::derive::event_of;
use crate::cohort::filter::{BoundFilter, Filter, name_as_written};
use crate::decimal::Decimal;
use crate::error::Error;
use crate::schema::Variable;
use crate::schema::decide::Forced;
use crate::schema::lexical::calendar::DateOrder;
use crate::schema::table_schema::FileSchema;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Which column contains the case ID.
///
/// ```
/// use calc_series::{IdChoice, Settings};
///
/// let mut settings = Settings::default();
/// settings.id = IdChoice::Column("patient".to_owned());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum IdChoice {
    /// The first column whose header is a name for IDs.
    #[default]
    Found,
    /// This column.
    Column(String),
    /// None: rows are numbered.
    No,
}

/// How a cohort is read.
///
/// ```
/// # fn main() -> Result<(), calc_series::Error> {
/// # use calc_series::{Inputs, Options, ReadOptions, Settings, read_cohort, summarize};
/// # let inputs = Inputs::open(&["data/cutaneous-calcinosis-2021/cases.csv"], &ReadOptions::default())?;
/// let mut settings = Settings::default();
/// settings.by = vec!["etiology".to_owned()];
/// let cohort = read_cohort(&inputs, &settings)?;
/// let (results, _) = summarize(&cohort, &Options::default());
/// assert!(results.get("age.mean | etiology = 'idiopathic'").is_some());
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Settings {
    /// True if a comma is the decimal mark.
    pub decimal_comma: bool,
    /// Further missing tokens.
    pub missing: Vec<String>,
    /// Roles and kinds set by the command line, by column name.
    pub forced: BTreeMap<String, Forced>,
    /// Day or month first in the dates of all columns; `forced` may state it for one.
    pub(crate) date_order: Option<DateOrder>,
    /// Which column contains the case ID.
    pub id: IdChoice,
    /// The variables whose levels form the groups, by name.
    pub by: Vec<String>,
    /// How many groups there may be.
    pub groups: GroupLimit,
    /// The filter of the cases; without one all are kept.
    pub keep: Option<NamedFilter>,
    /// Conditions judged for each case that is kept.
    pub conditions: Vec<Condition>,
    /// True where a condition may name a level or an agent that no case has; it then holds of none.
    pub(crate) allows_absent: bool,
    /// The times to an event, if they are requested.
    pub(crate) survival: Option<SurvivalRequest>,
    /// Derived columns that are changes between visits, with the visit before and the one after.
    pub(crate) changes: BTreeMap<String, [String; 2]>,
    /// The pairs of variables whose association is requested, by name.
    pub(crate) pairs: Vec<[String; 2]>,
    /// Derived columns that tell an age, a person or a date.
    pub(crate) of_identity: Vec<OfIdentity>,
    /// The number of the first day of treatment of each case, where a table of treatments has it.
    pub(crate) treatment_starts: Arc<[Option<i64>]>,
    /// True where what is derived may know no date but its year.
    pub(crate) derives_from_years: bool,
    /// Columns that describe the table and no patient, by the standard that the table follows.
    pub(crate) of_table: Vec<String>,
    /// The schema file, if any.
    pub schema: Option<FileSchema>,
    /// True where no age over 89 and no date but its year may be counted.
    pub(crate) deidentify: bool,
    /// The names of the only variables of which something is shown; `None` for all. Of large inputs, the cells of
    /// others are then not counted.
    pub(crate) asked: Option<Vec<String>>,
    /// The words that several cases have, by column, once all are counted.
    pub(crate) harmless: Option<BTreeMap<String, Arc<BTreeSet<String>>>>,
    /// Number of threads; `None` for as many as processors.
    pub threads: Option<usize>,
}

impl Settings {
    /// The same for a pass over all cases that only learns what the columns are.
    pub(crate) fn without_requests(&self) -> Settings {
        let mut plain = self.clone();
        (plain.by, plain.keep, plain.conditions) = (Vec::new(), None, Vec::new());
        (plain.survival, plain.pairs) = (None, Vec::new());
        plain
    }

    /// The words of a column that several cases have; none before they are counted. The items of several columns are
    /// headers, no words of cells.
    pub(crate) fn harmless_of(&self, variable: &Variable) -> Option<Arc<BTreeSet<String>>> {
        let known = self.harmless.as_ref().filter(|_| variable.members.is_empty())?;
        Some(known.get(&variable.header).cloned().unwrap_or_default())
    }
}

/// How many groups the cases may form.
///
/// ```
/// use calc_series::{GroupLimit, Settings};
///
/// let mut settings = Settings::default();
/// settings.groups = GroupLimit::Data;
/// assert_eq!(settings.groups.most(), 10_000);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum GroupLimit {
    /// As many as a table for reading can have: nobody reads one with more than 200 columns.
    #[default]
    Tables,
    /// As many as data for programs can have: 10,000.
    Data,
}

impl GroupLimit {
    /// The number.
    pub const fn most(self) -> usize {
        match self {
            GroupLimit::Tables => 200,
            GroupLimit::Data => 10_000,
        }
    }
}

/// A derived column that tells an age, a person or a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OfIdentity {
    /// Its name.
    pub name: String,
    /// The column with one date for all cases, from or to which it counts; none where it is made of an age or of a column
    /// that may identify a person.
    pub shared_date: Option<String>,
}

/// Which times to which event.
#[derive(Debug, Clone)]
pub struct SurvivalRequest {
    /// The column of the time to the event, or to the last visit without it.
    pub time: String,
    /// Who has the event.
    pub event: NamedFilter,
    /// True where it is the event of a derived time, `onset to death or last_seen`, and was not named.
    pub is_event_of_time: bool,
    /// The times at which the share without the event is wanted.
    pub at: Vec<Decimal>,
    /// The times up to which the restricted mean is wanted.
    pub means: Vec<Decimal>,
}

/// A filter together with its text.
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
    /// Errors: a text that is not a filter, with the position of the fault.
    pub fn parse(text: &str) -> Result<NamedFilter, Error> {
        let filter = Filter::parse(text).map_err(|fault| fault.into_error(text))?;
        Ok(NamedFilter { text: text.to_owned(), filter })
    }

    /// The cases with the event of a derived time, `onset to death or last_seen`.
    ///
    /// Errors: none but a name that no filter can have.
    pub fn of_event_of(time: &str) -> Result<NamedFilter, Error> {
        NamedFilter::parse(&format!("{} = 'yes'", name_as_written(&event_of(time))))
    }

    /// Binds the filter to some columns.
    ///
    /// Errors: a filter that does not fit them.
    pub fn bind<'a>(&self, columns: &[CaseColumn<'a>]) -> Result<BoundFilter<'a>, Error> {
        self.filter.bind(columns).map_err(|fault| fault.into_error(&self.text))
    }
}

/// A condition, and the statistics that are needed of the cases that satisfy it.
#[derive(Debug, Clone)]
pub struct Condition {
    /// What it asks.
    pub keep: NamedFilter,
    /// What the statistics of its cases are computed from; empty if they are only counted.
    pub needs: Vec<NeededCounts>,
    /// For errors: the file and line of each place it comes from. Empty for the command line.
    pub origins: Vec<String>,
    /// It is skipped if it does not fit the columns: it was not asked for, and serves only to name cases to look at.
    pub is_optional: bool,
}
