//! The tables of results, and the names under which the keys of each stand.

use super::Rate;
use super::names::escaped;
use crate::analyze::statistic::Statistic;
use crate::tally::{NeededCounts, NeededTable};
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// The table that a statistic is in; tables made of a column name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ResultTable<V = Arc<str>> {
    /// The number of cases.
    Cases,
    /// A variable.
    Own(V),
    /// The words stated instead of values of a number.
    Stated(V),
    /// Values of a number compared with their reference range.
    ByRange(V),
    /// Combinations of the items of a set.
    Combinations(V),
    /// Sequences of the treatments of a case.
    Sequences(V),
    /// Responses by agent.
    ByAgent,
    /// Responses by class of agents.
    ByClass,
    /// Responses by number of the treatment line.
    ByLine,
    /// Rates of the best response of each case.
    Best,
    /// Its categories.
    BestCategory,
    /// Times to an event.
    Survival,
    /// Associations of two numbers.
    Association,
    /// All cells of all variables.
    Cells,
}

impl<V> ResultTable<V> {
    /// The same table of what a function makes of its variable.
    fn map<'s, W>(&'s self, made: impl FnOnce(&'s V) -> W) -> ResultTable<W> {
        match self {
            ResultTable::Cases => ResultTable::Cases,
            ResultTable::Own(of) => ResultTable::Own(made(of)),
            ResultTable::Stated(of) => ResultTable::Stated(made(of)),
            ResultTable::ByRange(of) => ResultTable::ByRange(made(of)),
            ResultTable::Combinations(of) => ResultTable::Combinations(made(of)),
            ResultTable::Sequences(of) => ResultTable::Sequences(made(of)),
            ResultTable::ByAgent => ResultTable::ByAgent,
            ResultTable::ByClass => ResultTable::ByClass,
            ResultTable::ByLine => ResultTable::ByLine,
            ResultTable::Best => ResultTable::Best,
            ResultTable::BestCategory => ResultTable::BestCategory,
            ResultTable::Survival => ResultTable::Survival,
            ResultTable::Association => ResultTable::Association,
            ResultTable::Cells => ResultTable::Cells,
        }
    }
}

impl ResultTable {
    /// The same table, borrowed.
    pub fn borrowed(&self) -> ResultTable<&str> {
        self.map(|of| &**of)
    }
}

impl<'v> ResultTable<&'v str> {
    /// The tables made of the responses.
    const OF_RESPONSES: [ResultTable<&'v str>; 5] =
        [ResultTable::ByAgent, ResultTable::ByClass, ResultTable::ByLine, ResultTable::Best, ResultTable::BestCategory];

    /// The same table, which keeps the name of its variable.
    pub fn owned(self) -> ResultTable {
        self.map(|of| Arc::from(*of))
    }

    /// What its keys begin with where no column has that name.
    pub fn usual_name(self) -> String {
        match self {
            ResultTable::Cases => "cases".to_owned(),
            ResultTable::Own(of) => of.to_owned(),
            ResultTable::Stated(of) => format!("{of}_stated"),
            ResultTable::ByRange(of) => format!("{of}_by_range"),
            ResultTable::Combinations(of) => format!("{of}_combination"),
            ResultTable::Sequences(of) => format!("{of}_sequence"),
            ResultTable::ByAgent => "response_by_agent".to_owned(),
            ResultTable::ByClass => "response_by_class".to_owned(),
            ResultTable::ByLine => "response_by_line".to_owned(),
            ResultTable::Best => "best_response".to_owned(),
            ResultTable::BestCategory => "best_response_category".to_owned(),
            ResultTable::Survival => "survival".to_owned(),
            ResultTable::Association => "association".to_owned(),
            ResultTable::Cells => "cells".to_owned(),
        }
    }

    /// The variable that it is, or is made of; none where it is made of no single column, or of the responses.
    pub fn variable(self) -> Option<&'v str> {
        match self {
            ResultTable::Own(of)
            | ResultTable::Stated(of)
            | ResultTable::ByRange(of)
            | ResultTable::Combinations(of)
            | ResultTable::Sequences(of) => Some(of),
            ResultTable::Cases
            | ResultTable::ByAgent
            | ResultTable::ByClass
            | ResultTable::ByLine
            | ResultTable::Best
            | ResultTable::BestCategory
            | ResultTable::Survival
            | ResultTable::Association
            | ResultTable::Cells => None,
        }
    }
}

/// The names of the columns, which no table made by the program may take.
#[derive(Debug, Clone, Default)]
pub struct TableNames {
    taken: FxHashSet<String>,
}

impl TableNames {
    /// The names of these columns.
    pub fn beside(columns: impl Iterator<Item = String>) -> TableNames {
        TableNames { taken: columns.collect() }
    }

    /// What the keys of a table begin with: its usual name, with a number behind it where a column has that name.
    pub fn name(&self, table: ResultTable<&str>) -> String {
        let usual = table.usual_name();
        if matches!(table, ResultTable::Cases | ResultTable::Own(_)) || !self.taken.contains(&usual) {
            return usual;
        }
        (2_u32..).map(|number| format!("{usual}_{number}")).find(|name| !self.taken.contains(name)).unwrap_or(usual)
    }

    /// The name of a table that is not its usual one.
    pub fn other_name(&self, table: ResultTable<&str>) -> Option<String> {
        Some(self.name(table)).filter(|name| *name != table.usual_name())
    }
}

/// What the keys that begin with this name are computed from: a column of this name, or one that a table of this name
/// is made of (`crp` for `crp_stated`), also where the table has a number behind its usual name.
pub fn needed_counts(name: &str) -> NeededCounts {
    let usual = without_number(name);
    let is_one_of = |tables: &[ResultTable<&str>]| tables.iter().any(|table| table.usual_name() == usual);
    let table = if is_one_of(&ResultTable::OF_RESPONSES) {
        Some(NeededTable::Responses)
    } else if is_one_of(&[ResultTable::Association]) {
        Some(NeededTable::Pairs)
    } else if is_one_of(&[ResultTable::Survival]) {
        Some(NeededTable::Times)
    } else {
        None
    };
    NeededCounts { columns: columns_of(name, usual), table }
}

/// The names of the columns that a name can be about.
fn columns_of(name: &str, usual: &str) -> Vec<String> {
    let made =
        [ResultTable::Stated(""), ResultTable::ByRange(""), ResultTable::Combinations(""), ResultTable::Sequences("")];
    let of = made.into_iter().filter_map(|table| usual.strip_suffix(table.usual_name().as_str()));
    std::iter::once(name).chain(of).map(str::to_owned).collect()
}

/// A name without the number of [`TableNames::name`].
fn without_number(name: &str) -> &str {
    match name.rsplit_once('_') {
        Some((usual, number)) if number.parse::<u32>().is_ok() => usual,
        _ => name,
    }
}

/// The key of a statistic of a level, or of a rate: `etiology[idiopathic].p`, `best_response.p(responders/treated)`.
pub fn level_key(variable: &str, level: Option<&str>, statistic: Statistic, rate: Option<Rate>) -> String {
    let level = level.map(escaped);
    let brackets = level.as_deref().map_or(["", "", ""], |level| ["[", level, "]"]);
    let rate = match rate {
        None | Some(Rate::RespondersEvaluable) => ["", "", ""],
        Some(rate) => ["(", rate.word(), ")"],
    };
    let ([open, level, close], [before, rate, behind]) = (brackets, rate);
    [variable, open, level, close, ".", statistic.name(), before, rate, behind].concat()
}
