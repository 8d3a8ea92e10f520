//! Options for the groups and what is compared between them.

use super::input::CHANGE;
use super::words;
use crate::analyze::survival::SURVIVAL;
use crate::analyze::{Comparisons, Test, TestSubject};
use crate::command::request::TableRequest;
use crate::error::Error;
use crate::stats::adjust::Adjustment;
use crate::stats::odds::OddsRatioMethod;
use crate::tally::Settings;

#[derive(clap::Args)]
#[command(next_help_heading = CHANGE)]
#[command(group(clap::ArgGroup::new("contrast").args(["difference", "odds_ratio", "risk_ratio", "rate_ratio"]).multiple(true)))]
#[command(group(clap::ArgGroup::new("tested").args(["by", "change"]).multiple(true)))]
pub struct CompareArgs {
    /// Add a column for each level of this variable; repeat for combinations, or write --by etiology,sex
    #[arg(short = 'g', long, visible_aliases = ["group-by", "group"], value_name = "VARIABLE", help_heading = "Tables")]
    pub by: Vec<String>,
    /// Compare the groups: Fisher's exact test for levels, rank tests for numbers, log-rank for times; test changes within patients: signed ranks, McNemar
    #[arg(long, requires = "tested")]
    tests: bool,
    #[arg(
        long,
        value_name = "NAME=TEST",
        requires = "tested",
        help = words::help::<Test>("Choose the test of a variable or a kind: age=welch, category=chi-squared, survival=log-rank-exact, crp_change=paired-t; implies --tests")
    )]
    test: Vec<String>,
    /// Adjust the p-values between groups for the number of tests; implies --tests
    #[arg(long, value_name = "METHOD", value_parser = words::any::<Adjustment>())]
    adjust: Option<Adjustment>,
    /// Show the difference between two groups with its confidence interval
    #[arg(long, requires = "by")]
    difference: bool,
    /// Show the odds ratio of each level between two groups with its interval: conditional and exact, or of the sample [default: conditional]
    #[arg(
        long,
        value_name = "METHOD",
        requires = "by",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "conditional",
        value_parser = words::any::<OddsRatioMethod>()
    )]
    odds_ratio: Option<OddsRatioMethod>,
    /// Show the risk ratio of each level between two groups with its interval
    #[arg(long, requires = "by")]
    risk_ratio: bool,
    /// Show the ratio of the rates of events of two groups with its exact interval
    #[arg(long, requires = "by", requires = "time")]
    rate_ratio: bool,
    /// Subtract the group of this level, or divide by it [default: the second group; of yes and no, positive and negative, treated and placebo the latter]
    #[arg(long, value_name = "LEVEL", requires = "contrast")]
    reference: Option<String>,
    /// Show standardised mean differences between the groups
    #[arg(long, requires = "by")]
    smd: bool,
}

impl CompareArgs {
    /// Adds the groups and their comparisons.
    ///
    /// Errors: a test that is none.
    pub fn add_to(&self, settings: &mut Settings, tables: &mut TableRequest) -> Result<(), Error> {
        settings.by.clone_from(&self.by);
        tables.options.comparisons = self.comparisons()?;
        Ok(())
    }

    /// The comparisons of the groups, and of the visits of a patient.
    ///
    /// Errors: a test that is none, and an adjustment without groups.
    pub fn comparisons(&self) -> Result<Comparisons, Error> {
        if self.adjust.is_some() && self.by.is_empty() {
            let message = "--adjust is for the p-values between groups, and there is no --by";
            return Err(Error::usage_with(
                message,
                "--by VARIABLE; or leave --adjust out, and report the number of tests",
            ));
        }
        let chosen = |text: &String| {
            let (target, word) = text.rsplit_once('=').unwrap_or(("", text));
            let test: Test = words::parse(word, "--test")?;
            let of_all = match test.subject() {
                TestSubject::Numbers | TestSubject::NumberChanges => "number",
                TestSubject::Levels | TestSubject::LevelChanges => "category",
                TestSubject::Times => SURVIVAL,
            };
            Ok((if target.is_empty() { of_all } else { target }.to_owned(), test))
        };
        Ok(Comparisons {
            tests: self.tests || !self.test.is_empty() || self.adjust.is_some(),
            chosen: self.test.iter().map(chosen).collect::<Result<_, Error>>()?,
            adjustment: self.adjust,
            differences: self.difference,
            reference: self.reference.clone(),
            smd: self.smd,
            odds_ratio: self.odds_ratio,
            risk_ratio: self.risk_ratio,
            rate_ratio: self.rate_ratio,
            ..Comparisons::default()
        })
    }
}
