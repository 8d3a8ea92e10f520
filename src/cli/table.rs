//! Options for the content of the tables.

use super::compare::CompareArgs;
use super::conventions::ConventionArgs;
use super::input::pair;
use super::{mistaken, words};
use crate::analyze::{LevelOrder, Options, Percent};
use crate::command::request::{IntervalRequest, TableRequest};
use crate::error::Error;
use crate::tables::options::Overall;
use std::path::PathBuf;

#[derive(clap::Args)]
#[command(next_help_heading = "Tables")]
pub struct TableArgs {
    #[command(flatten)]
    pub compare: CompareArgs,
    /// Position of the column of all cases [default: last]
    #[arg(long, value_name = "POSITION", requires = "by", value_parser = words::any::<Overall>())]
    overall: Option<Overall>,
    /// Show only these variables
    #[arg(long, visible_alias = "columns", value_name = "VARIABLES", value_delimiter = ',')]
    vars: Vec<String>,
    /// Leave out these variables
    #[arg(long, value_name = "VARIABLES", value_delimiter = ',')]
    exclude: Vec<String>,
    /// Statistics of a row, for a variable or a kind: 'age={mean} ({sd})', 'number={median} ({p25}, {p75})'; repeat for more rows
    #[arg(long, value_name = "TEMPLATE")]
    stat: Vec<String>,
    /// Show only this level of a variable, in one row: sex=female
    #[arg(long, value_name = "VARIABLE=LEVEL")]
    value: Vec<String>,
    /// Order of levels: as in the schema, then most frequent first; by frequency; by name (1, 2, 10); or as in the schema, then by name [default: schema]
    #[arg(long, value_name = "ORDER", value_parser = words::any::<LevelOrder>())]
    level_order: Option<LevelOrder>,
    /// Put these levels last: Other,Unknown
    #[arg(long, value_name = "LEVELS", value_delimiter = ',')]
    last: Vec<String>,
    /// Show at most this many levels of a variable and combine the others in one row [default: 12; all with --like; of JSON and the like, results of the most frequent: 1000]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(2..))]
    most_levels: Option<u32>,
    /// Print shares as counts, 4/5, without percentages and intervals
    #[arg(long, conflicts_with_all = ["like", "ci", "ci_mean", "percent"])]
    counts_only: bool,
    /// Show the intervals of means and medians, too
    #[arg(long)]
    ci_mean: bool,
    /// Show no confidence intervals
    #[arg(long, conflicts_with_all = ["ci", "ci_mean"])]
    no_ci: bool,
    /// Whether percentages add up to 100 over a column, a row or the whole table (cell)
    #[arg(long, value_name = "DIRECTION", default_value_t, value_parser = words::any::<Percent>())]
    percent: Percent,
    /// Mask every count from 1 to K - 1, and every number that would reveal it
    #[arg(long, value_name = "K", value_parser = clap::value_parser!(u64).range(2..))]
    suppress_below: Option<u64>,
    /// Hide ages over 89, free text, names, dates (the year is kept) and unknown words of one or two cases, and leave cells out of messages; --derive, too, knows the year of a date only, and times between two dates stay exact. For few cases add --suppress-below
    #[arg(long)]
    deidentify: bool,
    #[command(flatten)]
    conventions: ConventionArgs,
}

impl TableArgs {
    /// The request of this command line.
    pub fn tables(&self) -> Result<TableRequest, Error> {
        let options = Options {
            percent: self.percent,
            last: self.last.clone(),
            vars: self.vars.clone(),
            exclude: self.exclude.clone(),
            comparisons: self.compare.comparisons()?,
            ..Options::default()
        };
        let conventions = self.conventions.tables()?;
        let intervals = IntervalRequest { of_means: self.ci_mean, none: self.no_ci, ..conventions.intervals };
        Ok(TableRequest {
            options,
            intervals,
            counts_only: self.counts_only,
            level_order: self.level_order,
            stats: self.stat.iter().map(|text| text.parse()).collect::<Result<_, Error>>()?,
            value: self.value.iter().map(|text| pair(text, "--value", "VARIABLE=LEVEL")).collect::<Result<_, _>>()?,
            overall: self.overall,
            deidentify: self.deidentify,
            suppress_below: self.suppress_below,
            most_levels: self.most_levels.map(|most| most as usize),
            ..conventions
        })
    }

    /// Refuses variables that are taken for files.
    ///
    /// Errors: see [`mistaken::ensure_no_variable_is_a_file`].
    pub fn ensure_no_variable_is_a_file(&self, files: &[PathBuf]) -> Result<(), Error> {
        let lists = [("--vars", &self.vars), ("--exclude", &self.exclude), ("--by", &self.compare.by)];
        lists.iter().try_for_each(|(option, names)| mistaken::ensure_no_variable_is_a_file(option, names, files))
    }
}
