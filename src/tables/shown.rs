//! What the tables show, and how numbers are printed.

use super::number::printed_with;
use super::stat_rules::StatRules;
use super::style::Style;
use super::template::Template;
use crate::analyze::results::Statistic;
use crate::analyze::{Denominator, Options};
use crate::schema::{Kind, Variable};
use std::fmt;
use std::str::FromStr;

/// Where the column of all cases stands beside those of the groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Overall {
    /// Before them.
    First,
    /// Behind them.
    #[default]
    Last,
    /// Nowhere.
    No,
}

impl Overall {
    const ALL: [Overall; 3] = [Overall::First, Overall::Last, Overall::No];

    /// Its word on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Overall::First => "first",
            Overall::Last => "last",
            Overall::No => "no",
        }
    }
}

impl FromStr for Overall {
    type Err = String;

    fn from_str(text: &str) -> Result<Overall, String> {
        let found = Overall::ALL.into_iter().find(|overall| overall.word() == text);
        found.ok_or_else(|| format!("'{text}' is not one of first, last, no"))
    }
}

impl fmt::Display for Overall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// A row of a variable or of a level: what it is called, and its template.
#[derive(Debug, Clone, PartialEq)]
pub struct StatRow {
    /// None where the template names itself.
    label: Option<&'static str>,
    template: Template,
}

impl StatRow {
    /// A row of a template that is known to be one.
    pub fn new(label: Option<&'static str>, template: &str) -> Option<StatRow> {
        Template::parse(template).ok().map(|template| StatRow { label, template })
    }
}

/// What the tables show, and how numbers are printed.
#[derive(Debug, Clone)]
pub struct Shown {
    /// Rounding and digits.
    pub style: Style,
    /// Rows that were asked for.
    pub stats: StatRules,
    /// Rows of a number column where none were asked for.
    pub number: Vec<StatRow>,
    /// Rows of a level where none were asked for.
    pub level: Vec<StatRow>,
    /// The one level shown of a variable, by its name.
    pub value: Vec<(String, String)>,
    /// Where the column of all cases stands.
    pub overall: Overall,
    /// Levels shown; the others are folded into one line.
    pub most_levels: usize,
    /// Confidence intervals have a column.
    pub shows_intervals: bool,
}

impl Shown {
    /// What is shown where nothing else is asked for.
    pub fn new(options: &Options) -> Shown {
        let level = match options.denominator {
            Denominator::Bounds => "{n}/{N} ({p}%) [{bound.low}–{bound.high}%]",
            Denominator::Reported | Denominator::All => "{n}/{N} ({p}%)",
        };
        let number = [
            (Some("mean (SD)"), "{mean} ({sd})"),
            (Some("median (Q1, Q3)"), "{median} ({p25}, {p75})"),
            (Some("range; values"), "{min}–{max}; n = {N}"),
        ];
        Shown {
            style: Style::default(),
            stats: StatRules::default(),
            number: number.into_iter().filter_map(|(label, template)| StatRow::new(label, template)).collect(),
            level: StatRow::new(None, level).into_iter().collect(),
            value: Vec::new(),
            overall: Overall::default(),
            most_levels: 12,
            shows_intervals: true,
        }
    }

    /// The printed form of a statistic.
    pub fn print(&self, row: &Statistic) -> String {
        printed_with(row, &self.style)
    }

    /// The rows of a variable, or of each of its levels.
    pub(super) fn rows_of(&self, variable: &Variable) -> Vec<(String, &Template)> {
        if let Some(asked) = self.stats.templates_for(&variable.name, variable.kind) {
            return asked.iter().map(|template| (template.label(), template)).collect();
        }
        let rows = if variable.kind == Kind::Number { &self.number } else { &self.level };
        let label = |row: &StatRow| row.label.map_or_else(|| row.template.label(), str::to_owned);
        rows.iter().map(|row| (label(row), &row.template)).collect()
    }

    /// The one level that is shown of a variable.
    pub(super) fn value_of(&self, variable: &Variable) -> Option<&str> {
        self.value.iter().find(|(name, _)| *name == variable.name).map(|(_, level)| level.as_str())
    }
}
