//! The counts of columns with levels, dates and free text.

use super::maps::{add_all, add_within, cut_to};
use super::names::level_name;
use crate::cohort::Unreadable;
use crate::cohort::cell::{CellRules, DateState, LevelState, binary, date, level, missing};
use crate::schema::lexical::Date;
use crate::schema::{Kind, MissingReason};
use std::collections::BTreeMap;

/// Most levels of a column that are counted by name.
pub const MOST_LEVELS: usize = 100_000;

/// Counts of the cells of a category or binary column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LevelCounts {
    /// Patients with each level.
    pub levels: BTreeMap<String, u64>,
    /// Cells without a level, by reason.
    pub missing: BTreeMap<MissingReason, u64>,
    /// Cells that are not a level of this column.
    pub unreadable: u64,
    /// Cells with levels beyond the limit.
    pub beyond: u64,
}

impl LevelCounts {
    /// Counts `cells` cells with this text; returns the reason if it cannot be read.
    pub fn add(&mut self, text: &str, cells: u64, rules: &CellRules<'_>) -> Option<Unreadable> {
        let state = if rules.variable.kind == Kind::Binary { binary(text, rules) } else { level(text, rules) };
        match state {
            LevelState::Missing(reason) => *self.missing.entry(reason).or_default() += cells,
            LevelState::Level(name) => {
                // A level that the schema declares is asked for by its name.
                let name = if rules.variable.declares(text) { name } else { level_name(&name).into_owned() };
                self.beyond += add_within(&mut self.levels, &name, cells, MOST_LEVELS);
            }
            LevelState::Unreadable(why) => {
                self.unreadable += cells;
                return Some(why);
            }
        }
        None
    }

    /// Adds the counts of another part of the column.
    pub fn merge(&mut self, other: LevelCounts) {
        add_all(&mut self.levels, other.levels);
        add_all(&mut self.missing, other.missing);
        self.unreadable += other.unreadable;
        self.beyond += other.beyond;
        self.beyond += cut_to(&mut self.levels, MOST_LEVELS);
    }
}

/// Counts of the cells of a date column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DateCounts {
    /// Patients with each date.
    pub dates: BTreeMap<Date, u64>,
    /// Cells without a date, by reason.
    pub missing: BTreeMap<MissingReason, u64>,
    /// Cells that are not a date.
    pub unreadable: u64,
}

impl DateCounts {
    /// Counts `cells` cells with this text; returns the reason if it cannot be read.
    pub fn add(&mut self, text: &str, cells: u64, rules: &CellRules<'_>) -> Option<Unreadable> {
        match date(text, rules) {
            DateState::Missing(reason) => *self.missing.entry(reason).or_default() += cells,
            DateState::Date(date) => *self.dates.entry(date).or_default() += cells,
            DateState::Unreadable(why) => {
                self.unreadable += cells;
                return Some(why);
            }
        }
        None
    }

    /// Adds the counts of another part of the column.
    pub fn merge(&mut self, other: DateCounts) {
        add_all(&mut self.dates, other.dates);
        add_all(&mut self.missing, other.missing);
        self.unreadable += other.unreadable;
    }
}

/// Counts of the cells of a text column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TextCounts {
    /// Cells with a text.
    pub present: u64,
    /// Cells without one, by reason.
    pub missing: BTreeMap<MissingReason, u64>,
}

impl TextCounts {
    /// Counts `cells` cells with this text.
    pub fn add(&mut self, text: &str, cells: u64, rules: &CellRules<'_>) {
        match missing(text, rules) {
            Some(reason) => *self.missing.entry(reason).or_default() += cells,
            None => self.present += cells,
        }
    }

    /// Adds the counts of another part of the column.
    pub fn merge(&mut self, other: TextCounts) {
        self.present += other.present;
        add_all(&mut self.missing, other.missing);
    }
}
