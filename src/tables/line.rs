//! One line of a table, and the variable it is about.

use super::Depth;
use super::number::{NOT_ESTIMABLE, RowDecimals};
use super::options::TableOptions;
use super::template::Template;
use crate::analyze::results::{PartOf, ResultRow, Value};
use crate::analyze::statistic::{Digits, Statistic};
use crate::schema::Variable;
use crate::words::counted;
use std::cell::OnceCell;

/// Prints a cell for all cases or for a group.
pub(super) type CellText<'a> = Box<dyn Fn(PartOf<'_>) -> String + 'a>;

/// One line of a table: its label, and functions that print its cells for all cases or for a group.
pub(super) struct TableLine<'a> {
    pub depth: Depth,
    pub label: String,
    /// It is the heading of a variable: its only cell is the number of cases with the item reported.
    pub is_name: bool,
    /// n/N (%) or value.
    pub value: CellText<'a>,
    /// Its confidence interval.
    pub interval: CellText<'a>,
    /// True where the value ends with a share, in whose parentheses the interval is shown if it has no column.
    pub ends_with_share: bool,
    /// The variable, and the level where each has its own comparison of the groups; none without one.
    pub compared: Option<(String, Option<String>)>,
    /// The statistics it shows.
    pub shows: Vec<Statistic>,
    /// True where its cell may stand beside the name of the variable: it needs no label.
    pub is_alone: bool,
}

impl<'a> TableLine<'a> {
    /// A line below the name of a variable.
    pub fn level(label: impl Into<String>, value: impl Fn(PartOf<'_>) -> String + 'a) -> TableLine<'a> {
        let interval = Box::new(|_: PartOf<'_>| String::new());
        TableLine {
            depth: Depth::Level,
            label: label.into(),
            is_name: false,
            value: Box::new(value),
            interval,
            ends_with_share: false,
            compared: None,
            shows: Vec::new(),
            is_alone: false,
        }
    }

    /// The same, which shows these statistics.
    pub fn showing(mut self, statistics: impl IntoIterator<Item = Statistic>) -> TableLine<'a> {
        self.shows.extend(statistics);
        self
    }

    /// The same, whose cell may stand beside the name of the variable.
    pub fn alone(self) -> TableLine<'a> {
        TableLine { is_alone: true, ..self }
    }

    /// The same with an interval.
    pub fn with_interval(mut self, interval: impl Fn(PartOf<'_>) -> String + 'a) -> TableLine<'a> {
        self.interval = Box::new(interval);
        self
    }
}

/// A variable, its statistics of all cases, and how they are printed.
#[derive(Clone, Copy)]
pub(super) struct TableVariable<'a> {
    pub variable: &'a Variable,
    pub shown: &'a TableOptions,
    /// The statistics of all cases, which decide the lines.
    pub all: PartOf<'a>,
    /// The parts of the cases whose numbers share their decimals in a row; none where each cell has its own.
    pub beside: &'a [PartOf<'a>],
}

impl<'a> TableVariable<'a> {
    pub fn find<'r>(&self, part: PartOf<'r>, statistic: Statistic) -> Option<&'r ResultRow> {
        part.get(&self.key(statistic))
    }

    /// The key of a statistic of the variable.
    pub fn key(&self, statistic: Statistic) -> String {
        format!("{}.{statistic}", self.variable.name)
    }

    /// The printed form of a statistic of the variable; empty where there is none.
    pub fn text(&self, part: PartOf<'_>, statistic: Statistic) -> String {
        self.find(part, statistic).map(|row| self.shown.print(row)).unwrap_or_default()
    }

    /// The printed form of a count of the variable with its noun: `12 lines`.
    pub fn counted(&self, part: PartOf<'_>, statistic: Statistic, noun: &str) -> String {
        counted(self.text(part, statistic), noun)
    }

    /// True where a statistic of all cases is not 0.
    pub fn is_counted(&self, statistic: Statistic) -> bool {
        self.find(self.all, statistic).is_some_and(|row| row.value != Value::Count(0))
    }

    /// The decimals that the statistics of a template share, of the variable or of one of its levels; those of a row
    /// are found once and kept in `known`.
    pub fn shared_decimals(
        &self,
        template: &Template,
        part: PartOf<'_>,
        known: &OnceCell<RowDecimals>,
        key: impl Fn(Statistic) -> String,
    ) -> RowDecimals {
        self.decimals_beside(part, known, |part| template.statistics().filter_map(|of| part.get(&key(of))).collect())
    }

    /// The decimals that these numbers share, of a part or of all that stand beside it; found once and kept in `known`.
    pub fn decimals_beside(
        &self,
        part: PartOf<'_>,
        known: &OnceCell<RowDecimals>,
        rows: impl for<'r> Fn(PartOf<'r>) -> Vec<&'r ResultRow>,
    ) -> RowDecimals {
        let of = |parts: &[PartOf<'_>]| {
            let rows: Vec<&ResultRow> = parts.iter().flat_map(|part| rows(*part)).collect();
            self.shown.style.shared_decimals(&rows)
        };
        match self.beside {
            [] => of(&[part]),
            beside => *known.get_or_init(|| of(beside)),
        }
    }

    /// A template filled with statistics of the variable.
    pub fn fill(&self, template: &Template, part: PartOf<'_>, shared: RowDecimals) -> String {
        let is_of_values = template.statistics().any(|statistic| statistic.digits() != Digits::Count);
        if is_of_values && self.find(part, Statistic::N).is_some_and(|row| row.value == Value::Count(0)) {
            return NOT_ESTIMABLE.to_owned();
        }
        template.fill(|statistic| self.find(part, statistic).map(|row| self.shown.print_in(row, shared)))
    }
}
