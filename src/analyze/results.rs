//! The results: one row per statistic, unrounded, in the order of the tables.

mod context;
mod index;
mod names;
mod table;

use super::contrast::Contrast;
use super::method::Method;
use super::reason::Reason;
use super::statistic::Statistic;
use crate::decimal::Exact;
use crate::schema::lexical::Comparator;
pub use context::{Context, Rate};
use index::{Index, Keyed};
pub use names::KeyNames;
use std::sync::{Arc, OnceLock};
pub use table::{ResultTable, TableNames, level_key, needed_counts};

/// The value of a statistic.
///
/// ```
/// use calc_series::Value;
///
/// assert_eq!(Value::Count(5).number(), Some(5.0));
/// assert_eq!(Value::Masked.number(), None);
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Value {
    /// A number of cases, items or lines.
    Count(u64),
    /// A number known exactly.
    Exact(Exact),
    /// A double, computed by a transcendental function.
    Real(f64),
    /// A calendar date or year.
    Date(String),
    /// Known only to lie beyond a bound.
    Censored(Comparator, Exact),
    /// Not estimable, with the reason.
    NotEstimable(Reason),
    /// Masked, so that the table does not reveal a count of few cases.
    Masked,
}

impl Value {
    /// The double nearest to the value; none where there is no number, or none that a double can hold.
    pub fn number(&self) -> Option<f64> {
        let number = match self {
            Value::Count(n) => *n as f64,
            Value::Exact(value) => value.to_f64(),
            Value::Real(value) => *value,
            Value::Date(_) | Value::Censored(..) | Value::NotEstimable(_) | Value::Masked => return None,
        };
        number.is_finite().then_some(number)
    }
}

/// One group of the cases: the level of each grouping variable.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Group {
    /// Grouping variables and levels, in the order of `--by`; no level where it is not reported.
    pub levels: Vec<(String, Option<String>)>,
}

/// One statistic.
///
/// ```
/// # fn main() -> Result<(), calc_series::Error> {
/// # use calc_series::{Inputs, Options, ReadOptions, Settings, read_cohort, summarize};
/// # let inputs = Inputs::open(&["data/cutaneous-calcinosis-2021/cases.csv"], &ReadOptions::default())?;
/// # let cohort = read_cohort(&inputs, &Settings::default())?;
/// let (results, _) = summarize(&cohort, &Options::default());
/// let row = results.get("age.sd").expect("the age has an SD");
/// assert_eq!((row.variable.as_deref(), row.statistic.label()), (Some("age"), "SD"));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ResultRow {
    /// Its selector, unique among the results: `age.mean`, `etiology[idiopathic].p`.
    pub key: String,
    /// The analysis it comes from.
    pub context: Context,
    /// The group of cases; none where it is all of them. Set when it is pushed.
    pub group: Option<Arc<Group>>,
    /// The table that it is in.
    pub table: ResultTable,
    /// What its key begins with: the variable, or the name of the table; none for the number of cases.
    pub variable: Option<String>,
    /// The level, item, agent, class or line.
    pub level: Option<String>,
    /// Which statistic it is.
    pub statistic: Statistic,
    /// The unrounded value.
    pub value: Value,
    /// Unit of the value.
    pub unit: Option<String>,
    /// Convention the value depends on: quantile type, SD divisor, interval.
    pub method: Option<Method>,
    /// Which rate a response row belongs to.
    pub rate: Option<Rate>,
    /// Confidence level of an interval.
    pub conf_level: Option<f64>,
    /// Which group is subtracted from which, of a difference.
    pub contrast: Option<Arc<Contrast>>,
    /// Decimals of the data, which decide how many are printed.
    pub decimals: u8,
}

impl Keyed for ResultRow {
    fn key(&self) -> &str {
        &self.key
    }

    fn variable(&self) -> Option<&str> {
        self.variable.as_deref()
    }
}

/// All statistics of a run, in the order of the tables: those of all cases, then those of each group.
///
/// ```
/// # fn main() -> Result<(), calc_series::Error> {
/// # use calc_series::{Inputs, Options, ReadOptions, Settings, printed, read_cohort, summarize};
/// # let inputs = Inputs::open(&["data/cutaneous-calcinosis-2021/cases.csv"], &ReadOptions::default())?;
/// # let cohort = read_cohort(&inputs, &Settings::default())?;
/// let (results, _) = summarize(&cohort, &Options::default());
/// assert_eq!(results.get("sites[knee].n").map(printed), Some("5".to_owned()));
/// assert!(results.iter().count() > 1000);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Default)]
pub struct Results {
    rows: Vec<ResultRow>,
    /// Made when the first statistic is looked up; formats for programs look up none.
    index: OnceLock<Index>,
    parts: Vec<PartStart>,
    /// The names of variables and levels as a user may write them.
    names: Arc<KeyNames>,
    /// The names of the tables.
    tables: Arc<TableNames>,
}

impl PartialEq for Results {
    fn eq(&self, other: &Results) -> bool {
        (&self.rows, &self.parts) == (&other.rows, &other.parts)
    }
}

/// Where the rows of all cases, or of one group, begin.
#[derive(Debug, Clone, Default, PartialEq)]
struct PartStart {
    group: Option<Arc<Group>>,
    /// The end of its keys.
    condition: String,
    /// True where it compares the groups.
    is_comparison: bool,
    /// Position of its first row.
    first: usize,
}

impl Results {
    /// No statistics yet, of variables with these names.
    pub fn named(names: KeyNames, tables: TableNames) -> Results {
        Results { names: Arc::new(names), ..Results::beside(tables) }
    }

    /// No statistics yet, in tables with these names; keys are looked up as they stand.
    pub(super) fn beside(tables: TableNames) -> Results {
        Results { tables: Arc::new(tables), ..Results::default() }
    }

    /// No statistics, with the names of these.
    fn emptied(&self) -> Results {
        Results { names: self.names.clone(), tables: self.tables.clone(), ..Results::default() }
    }

    /// The names of the tables.
    pub fn tables(&self) -> &TableNames {
        &self.tables
    }

    /// Begins the statistics of a part of the cases: all of them, or a group. Their keys end with `condition`.
    pub fn begin(&mut self, group: Option<Arc<Group>>, condition: &str) {
        self.start(group, condition, false);
    }

    /// Begins the comparisons of the groups.
    pub fn begin_comparison(&mut self) {
        self.start(None, "", true);
    }

    fn start(&mut self, group: Option<Arc<Group>>, condition: &str, is_comparison: bool) {
        let (first, condition) = (self.rows.len(), condition.to_owned());
        self.parts.push(PartStart { group, condition, is_comparison, first });
    }

    /// Appends a statistic to the part that was begun last.
    pub fn push(&mut self, mut statistic: ResultRow) {
        if self.parts.is_empty() {
            self.begin(None, "");
        }
        if let Some(part) = self.parts.last() {
            statistic.key.push_str(&part.condition);
            statistic.group.clone_from(&part.group);
        }
        self.index.take();
        self.rows.push(statistic);
    }

    /// Number of statistics.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Takes all statistics out; those appended next belong to the part that was begun last.
    pub(super) fn take(&mut self) -> Results {
        let last = self.parts.last().map(|part| PartStart { first: 0, ..part.clone() });
        let rest = Results { parts: last.into_iter().collect(), ..self.emptied() };
        std::mem::replace(self, rest)
    }

    /// Changes statistics in place; their keys stay.
    pub fn each(&mut self, change: impl FnMut(&mut ResultRow)) {
        self.rows.iter_mut().for_each(change);
    }

    /// All statistics in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &ResultRow> {
        self.rows.iter()
    }

    /// All statistics in order, part by part.
    pub(super) fn rows_by_part(&self) -> impl Iterator<Item = &[ResultRow]> {
        let ends = self.parts.iter().skip(1).map(|part| part.first).chain([self.rows.len()]);
        self.parts.iter().zip(ends).filter_map(|(part, end)| self.rows.get(part.first..end))
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::of(&self.rows, self.rows_by_part()))
    }

    /// The same statistics in this order, each changed or left out; a part without any is left out too.
    pub fn rearranged(self, order: &[usize], mut change: impl FnMut(usize, ResultRow) -> Option<ResultRow>) -> Results {
        let mut rearranged = self.emptied();
        let mut rows: Vec<Option<ResultRow>> = self.rows.into_iter().map(Some).collect();
        let mut current = None;
        for at in order {
            let row = rows.get_mut(*at).and_then(Option::take).and_then(|row| change(*at, row));
            let number = self.parts.partition_point(|part| part.first <= *at).saturating_sub(1);
            let (Some(mut row), Some(part)) = (row, self.parts.get(number)) else { continue };
            if current.replace(number) != Some(number) {
                rearranged.start(part.group.clone(), &part.condition, part.is_comparison);
            }
            row.key.truncate(row.key.len().saturating_sub(part.condition.len()));
            rearranged.push(row);
        }
        rearranged
    }

    /// The statistics of all cases, in order.
    pub fn of_all_cases(&self) -> impl Iterator<Item = &ResultRow> {
        let end = self.parts.get(1).map_or(self.rows.len(), |part| part.first);
        self.rows.iter().take(end)
    }

    /// The statistic of a key; a level may be written as a cell of its column is, `sex[F].n` for
    /// `sex[female].n`, and in other capitals where one level is meant.
    pub fn get(&self, key: &str) -> Option<&ResultRow> {
        let place = |key: &str| self.index().place_of(key, &self.rows);
        let levels =
            |variable: &str| self.of(variable).filter_map(|row| Some(row.level.as_deref()?.to_owned())).collect();
        let at = place(key).or_else(|| place(&self.names.key(key, levels)?))?;
        self.rows.get(at)
    }

    /// All statistics of all cases of a variable, in order.
    pub fn of<'a>(&'a self, variable: &'a str) -> impl Iterator<Item = &'a ResultRow> {
        self.in_part(0, ResultTable::Own(variable))
    }

    fn in_part<'a>(&'a self, part: usize, table: ResultTable<&'a str>) -> impl Iterator<Item = &'a ResultRow> {
        let positions = self.index().variables.get(part).and_then(|tables| tables.get(&self.tables.name(table)));
        let rows = positions.into_iter().flatten().filter_map(|at| self.rows.get(*at));
        rows.filter(move |row| row.table.borrowed() == table)
    }

    /// The statistics of all cases, then those of each group.
    pub fn parts(&self) -> impl Iterator<Item = PartOf<'_>> {
        self.numbered_parts().filter(|part| !part.part.is_comparison)
    }

    /// The comparisons of the groups, where they were requested.
    pub fn comparison(&self) -> Option<PartOf<'_>> {
        self.numbered_parts().find(|part| part.part.is_comparison)
    }

    fn numbered_parts(&self) -> impl Iterator<Item = PartOf<'_>> {
        self.parts.iter().enumerate().map(|(number, part)| PartOf { results: self, number, part })
    }
}

/// The statistics of all cases, or of one group.
#[derive(Debug, Clone, Copy)]
pub struct PartOf<'a> {
    results: &'a Results,
    number: usize,
    part: &'a PartStart,
}

impl<'a> PartOf<'a> {
    /// The group; none where it is all cases.
    pub fn group(&self) -> Option<&'a Group> {
        self.part.group.as_deref()
    }

    /// The statistic of a key, which is written without the condition of the group.
    pub fn get(&self, key: &str) -> Option<&'a ResultRow> {
        if self.part.condition.is_empty() {
            return self.results.get(key);
        }
        self.results.get(&format!("{key}{}", self.part.condition))
    }

    /// All statistics of a variable, in order.
    pub fn of(&self, variable: &'a str) -> impl Iterator<Item = &'a ResultRow> + use<'a> {
        self.table(ResultTable::Own(variable))
    }

    /// All statistics of a table, in order.
    pub fn table(&self, table: ResultTable<&'a str>) -> impl Iterator<Item = &'a ResultRow> + use<'a> {
        self.results.in_part(self.number, table)
    }

    /// What the keys of a table begin with.
    pub fn name(&self, table: ResultTable<&str>) -> String {
        self.results.tables.name(table)
    }

    /// The key of a statistic of a table, without the condition of the group.
    pub fn key(
        &self,
        table: ResultTable<&str>,
        level: Option<&str>,
        statistic: Statistic,
        rate: Option<Rate>,
    ) -> String {
        level_key(&self.name(table), level, statistic, rate)
    }

    /// A statistic of a table that is of no level and no rate.
    pub fn of_table(&self, table: ResultTable<&str>, statistic: Statistic) -> Option<&'a ResultRow> {
        self.get(&self.key(table, None, statistic, None))
    }
}
