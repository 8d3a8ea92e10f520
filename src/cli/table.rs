//! The options that say what the tables show, and by which conventions.

use super::conventions::ConventionArgs;
use super::reading::pair;
use super::words;
use crate::analyze::compare::{Comparisons, Test};
use crate::analyze::{LevelOrder, Options, Percent};
use crate::command::asked::Asked;
use crate::error::Error;
use crate::stats::adjust::Adjustment;
use crate::tables::shown::Overall;

#[derive(clap::Args)]
#[command(next_help_heading = "What the tables show")]
pub struct TableArgs {
    /// A column for each level of this variable; several: --by etiology --by sex, or --by etiology,sex
    #[arg(long, value_name = "VARIABLE")]
    pub by: Vec<String>,
    /// Where the column of all cases stands: first, last (if not given) or no
    #[arg(long, value_name = "POSITION", requires = "by", value_parser = words::any::<Overall>())]
    overall: Option<Overall>,
    /// Only these variables
    #[arg(long, value_name = "VARIABLES", value_delimiter = ',')]
    vars: Vec<String>,
    /// All but these variables
    #[arg(long, value_name = "VARIABLES", value_delimiter = ',')]
    exclude: Vec<String>,
    /// Statistics of a row, for a variable or a kind: 'age={mean} ({sd})', 'number={median} ({p25}, {p75})'; several for several rows
    #[arg(long, value_name = "TEMPLATE")]
    stat: Vec<String>,
    /// Show one level of a variable, in one row: sex=female
    #[arg(long, value_name = "VARIABLE=LEVEL")]
    value: Vec<String>,
    /// Order of levels: schema (then the most frequent first; if not given), frequency, natural (1, 2, 10), schema-natural
    #[arg(long, value_name = "ORDER", value_parser = words::any::<LevelOrder>())]
    level_order: Option<LevelOrder>,
    /// Levels that come last: Other,Unknown
    #[arg(long, value_name = "LEVELS", value_delimiter = ',')]
    last: Vec<String>,
    /// Levels of a variable shown in tables; 12 if not given, with --like all. The others are folded into one row
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(2..))]
    most_levels: Option<u32>,
    /// Percentages add to 100 over a column, a row, or the whole table (cell)
    #[arg(long, value_name = "DIRECTION", default_value_t, value_parser = words::any::<Percent>())]
    percent: Percent,
    /// Mask every count of 1 to K - 1 cases, and whatever would tell it
    #[arg(long, value_name = "K", value_parser = clap::value_parser!(u64).range(2..))]
    suppress_below: Option<u64>,
    /// Show no single age over 89 and the year of dates only, and leave case, line and value out of messages. Few cases need --suppress-below too
    #[arg(long)]
    deidentify: bool,
    /// Test the groups against each other: Fisher's exact test of levels, rank tests of numbers. Never without being asked
    #[arg(long, requires = "by")]
    tests: bool,
    /// The test of a variable or a kind: age=welch, number=anova, category=chi-squared; it asks for --tests too
    #[arg(long, value_name = "NAME=TEST", requires = "by")]
    test: Vec<String>,
    /// Adjust p for the number of tests: holm, hochberg, bonferroni or bh
    #[arg(long, value_name = "METHOD", requires = "by", value_parser = words::any::<Adjustment>())]
    adjust: Option<Adjustment>,
    /// Differences between two groups, with their intervals
    #[arg(long, requires = "by")]
    difference: bool,
    /// Standardised mean differences between the groups
    #[arg(long, requires = "by")]
    smd: bool,
    #[command(flatten)]
    conventions: ConventionArgs,
}

impl TableArgs {
    /// What was asked for.
    pub fn asked(&self) -> Result<Asked, Error> {
        let options = Options {
            percent: self.percent,
            last: self.last.clone(),
            vars: self.vars.clone(),
            exclude: self.exclude.clone(),
            comparisons: self.comparisons()?,
            ..Options::default()
        };
        Ok(Asked {
            options,
            level_order: self.level_order,
            stats: self.stat.iter().map(|text| text.parse()).collect::<Result<_, Error>>()?,
            value: self.value.iter().map(|text| pair(text, "--value", "VARIABLE=LEVEL")).collect::<Result<_, _>>()?,
            overall: self.overall,
            deidentify: self.deidentify,
            suppress_below: self.suppress_below,
            most_levels: self.most_levels.map(|most| most as usize),
            ..self.conventions.asked()?
        })
    }

    fn comparisons(&self) -> Result<Comparisons, Error> {
        let chosen = |text: &String| {
            let (target, word) = text.rsplit_once('=').unwrap_or(("", text));
            let test: Test = words::parse(word, "--test")?;
            let target = if target.is_empty() && test.is_of_numbers() { "number" } else { target };
            Ok((if target.is_empty() { "category" } else { target }.to_owned(), test))
        };
        Ok(Comparisons {
            tests: self.tests || !self.test.is_empty() || self.adjust.is_some(),
            chosen: self.test.iter().map(chosen).collect::<Result<_, Error>>()?,
            adjustment: self.adjust,
            differences: self.difference,
            smd: self.smd,
            ..Comparisons::default()
        })
    }
}
