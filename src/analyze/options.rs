//! The conventions a user can choose, and what is analysed.

use super::compare::Comparisons;
use crate::schema::Variable;
use crate::stats::proportion::IntervalMethod;
use crate::stats::quantile::QuantileType;
use std::fmt;
use std::str::FromStr;

/// Which cases a percentage of a level is taken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Denominator {
    /// Those in which the item is reported.
    #[default]
    Reported,
    /// All of them: what is not reported counts as not having the level.
    All,
    /// Those in which it is reported, with the bounds that the others leave: from n / `N_obs`, if none of them has the
    /// level, to (n + `N_miss`) / `N_obs`, if all of them have it.
    Bounds,
}

/// In which direction percentages add to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Percent {
    /// Of the cases of a column.
    #[default]
    Column,
    /// Of the cases with the level, over the groups.
    Row,
    /// Of the cases of all groups.
    Cell,
}

/// The order of levels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LevelOrder {
    /// As the schema lists them, then the most frequent first.
    #[default]
    Schema,
    /// The most frequent first.
    Frequency,
    /// By name, numbers in it as numbers.
    Natural,
}

/// A choice that has a word on the command line.
trait Worded: Copy + 'static {
    const ALL: [(Self, &'static str); 3];
}

impl Worded for Denominator {
    const ALL: [(Denominator, &'static str); 3] =
        [(Denominator::Reported, "reported"), (Denominator::All, "all"), (Denominator::Bounds, "bounds")];
}

impl Worded for Percent {
    const ALL: [(Percent, &'static str); 3] =
        [(Percent::Column, "column"), (Percent::Row, "row"), (Percent::Cell, "cell")];
}

impl Worded for LevelOrder {
    const ALL: [(LevelOrder, &'static str); 3] =
        [(LevelOrder::Schema, "schema"), (LevelOrder::Frequency, "frequency"), (LevelOrder::Natural, "natural")];
}

fn parse<T: Worded>(text: &str) -> Result<T, String> {
    let found = T::ALL.into_iter().find(|(_, word)| *word == text).map(|(choice, _)| choice);
    found.ok_or_else(|| format!("'{text}' is not one of {}", T::ALL.map(|(_, word)| word).join(", ")))
}

fn word<T: Worded + PartialEq>(choice: T) -> &'static str {
    T::ALL.into_iter().find(|(known, _)| *known == choice).map_or("", |(_, word)| word)
}

macro_rules! from_and_to_word {
    ($choice:ty) => {
        impl FromStr for $choice {
            type Err = String;

            fn from_str(text: &str) -> Result<$choice, String> {
                parse(text)
            }
        }

        impl fmt::Display for $choice {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(word(*self))
            }
        }
    };
}

from_and_to_word!(Denominator);
from_and_to_word!(Percent);
from_and_to_word!(LevelOrder);

/// The conventions a user can choose, and what is analysed.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Type of the quantiles.
    pub quantile: QuantileType,
    /// Interval of a proportion.
    pub interval: IntervalMethod,
    /// Its confidence level.
    pub conf_level: f64,
    /// Denominator of a percentage.
    pub denominator: Denominator,
    /// Direction of percentages by group.
    pub percent: Percent,
    /// Order of levels.
    pub level_order: LevelOrder,
    /// Levels that come last, in this order.
    pub last: Vec<String>,
    /// Names of the variables that are shown; all where there is none.
    pub vars: Vec<String>,
    /// Names of the variables that are not shown.
    pub exclude: Vec<String>,
    /// What is compared between the groups.
    pub comparisons: Comparisons,
    /// Statistics that are computed only where a template names them.
    pub on_request: Vec<&'static str>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            quantile: QuantileType::default(),
            interval: IntervalMethod::default(),
            conf_level: 0.95,
            denominator: Denominator::default(),
            percent: Percent::default(),
            level_order: LevelOrder::default(),
            last: Vec::new(),
            vars: Vec::new(),
            exclude: Vec::new(),
            comparisons: Comparisons::default(),
            on_request: Vec::new(),
        }
    }
}

impl Options {
    /// True for a variable that is analysed.
    pub fn shows(&self, variable: &Variable) -> bool {
        let named = |names: &[String]| names.iter().any(|name| *name == variable.name || *name == variable.header);
        (self.vars.is_empty() || named(&self.vars)) && !named(&self.exclude)
    }
}
