//! The interpreted cells of a column, counted by its kind.

use super::cell_findings::{of_items, of_unreadable};
use crate::cohort::Unreadable;
use crate::cohort::by_part::{ByPart, item_alone};
use crate::cohort::cell::{CellRules, Items};
use crate::diagnostic::Finding;
use crate::schema::Kind;
use crate::tally::counts::Counts;
use crate::tally::counts::NumberCounts;
use crate::tally::counts::{DateCounts, LevelCounts, TextCounts};
use crate::tally::counts::{ItemTable, SetCounts};
use crate::tally::lines::table::{LineIssue, LineTable, Patient};
use crate::tally::lines::tally::LineTally;

/// The items and the lines of one column by number; shared by all groups of cases.
#[derive(Debug, Default)]
pub struct ColumnTables {
    pub items: ItemTable,
    pub lines: LineTable,
    /// The items of cells that mean what their parts mean; none before the first cell.
    by_part: Option<ByPart<String>>,
}

impl ColumnTables {
    /// The items of a cell whose parts are all known, of which nothing is to be said; none for any other cell.
    fn plain_items(&mut self, text: &str, rules: &CellRules<'_>) -> Option<Vec<String>> {
        let by_part = self.by_part.get_or_insert_with(|| ByPart::new(rules));
        let item = |part: &str| item_alone(part, rules).map(|item| (item.clone(), item));
        by_part.of((text.as_bytes(), text.len()), item)
    }
}

/// The counts of one column for one group of cases in one thread, by kind.
#[derive(Debug)]
pub enum ColumnCounts {
    Number(Box<NumberCounts>),
    Levels(LevelCounts),
    Set(SetCounts),
    Dates(DateCounts),
    Lines(Box<LineTally>),
    Text(TextCounts),
}

impl ColumnCounts {
    /// Empty counts.
    pub fn of(kind: Kind) -> ColumnCounts {
        match kind {
            Kind::Number => ColumnCounts::Number(Box::default()),
            Kind::Category | Kind::Binary => ColumnCounts::Levels(LevelCounts::default()),
            Kind::Set => ColumnCounts::Set(SetCounts::default()),
            Kind::Date => ColumnCounts::Dates(DateCounts::default()),
            Kind::Lines => ColumnCounts::Lines(Box::default()),
            Kind::Text => ColumnCounts::Text(TextCounts::default()),
        }
    }

    /// Counts `cells` cells with this text, and returns the findings about each of them; none for withheld columns.
    /// `new` is called with the issue of a treatment line that is read for the first time.
    pub fn add(
        &mut self,
        text: &str,
        cells: u64,
        rules: &CellRules<'_>,
        tables: &mut ColumnTables,
        patient: &mut Patient,
        new: impl FnMut(&str, &LineIssue),
    ) -> Vec<Finding> {
        let found = match self {
            ColumnCounts::Number(counts) => unreadable(counts.add(text, cells, rules), text, rules),
            ColumnCounts::Levels(counts) => unreadable(counts.add(text, cells, rules), text, rules),
            ColumnCounts::Dates(counts) => unreadable(counts.add(text, cells, rules), text, rules),
            ColumnCounts::Set(counts) => match tables.plain_items(text, rules) {
                Some(items) => {
                    counts.add_items(items, cells);
                    Vec::new()
                }
                None => about(counts.add(text, cells, rules), rules),
            },
            ColumnCounts::Text(counts) => {
                counts.add(text, cells, rules);
                Vec::new()
            }
            ColumnCounts::Lines(tally) => {
                tables.lines.read(text, rules, patient, new);
                tally.count(patient, cells, &mut tables.lines);
                Vec::new()
            }
        };
        if rules.variable.is_withheld() { Vec::new() } else { found }
    }

    /// Adds the counts of a group.
    pub fn absorb(&mut self, group: &ColumnCounts) {
        match (self, group) {
            (ColumnCounts::Number(all), ColumnCounts::Number(group)) => all.merge(NumberCounts::clone(group)),
            (ColumnCounts::Levels(all), ColumnCounts::Levels(group)) => all.merge(group.clone()),
            (ColumnCounts::Set(all), ColumnCounts::Set(group)) => all.merge(group.clone()),
            (ColumnCounts::Dates(all), ColumnCounts::Dates(group)) => all.merge(group.clone()),
            (ColumnCounts::Lines(all), ColumnCounts::Lines(group)) => all.absorb(group),
            (ColumnCounts::Text(all), ColumnCounts::Text(group)) => all.merge(group.clone()),
            // Both have the kind of one column.
            _ => {}
        }
    }

    /// The findings about a cell with this text, without counting it.
    pub fn problems(&self, text: &str, rules: &CellRules<'_>) -> Vec<Finding> {
        match self {
            _ if rules.variable.is_withheld() => Vec::new(),
            ColumnCounts::Number(_) => unreadable(NumberCounts::default().add(text, 1, rules), text, rules),
            ColumnCounts::Levels(_) => unreadable(LevelCounts::default().add(text, 1, rules), text, rules),
            ColumnCounts::Dates(_) => unreadable(DateCounts::default().add(text, 1, rules), text, rules),
            ColumnCounts::Set(_) => about(SetCounts::default().add(text, 1, rules), rules),
            ColumnCounts::Text(_) | ColumnCounts::Lines(_) => Vec::new(),
        }
    }

    /// The final counts.
    pub fn into_counts(self, tables: &ColumnTables) -> Counts {
        match self {
            ColumnCounts::Number(mut counts) => {
                counts.settle();
                Counts::Number(*counts)
            }
            ColumnCounts::Levels(counts) => Counts::Levels(counts),
            ColumnCounts::Set(counts) => Counts::Set(counts),
            ColumnCounts::Dates(counts) => Counts::Dates(counts),
            ColumnCounts::Text(counts) => Counts::Text(counts),
            ColumnCounts::Lines(tally) => Counts::Lines(Box::new(tally.into_counts(&tables.lines))),
        }
    }
}

/// The counts of a stratum: those of all cases, or those of one group.
pub fn in_stratum<'m>(
    all: &'m mut ColumnCounts,
    groups: &'m mut [ColumnCounts],
    stratum: usize,
) -> Option<&'m mut ColumnCounts> {
    match stratum.checked_sub(1) {
        None => Some(all),
        Some(group) => groups.get_mut(group),
    }
}

/// The findings about a cell with this text that cannot be read.
pub fn unreadable(why: Option<Unreadable>, text: &str, rules: &CellRules<'_>) -> Vec<Finding> {
    let why = why.filter(|why| is_said(why, rules));
    why.map(|why| of_unreadable(&why, rules.variable.file_header(), text)).into_iter().collect()
}

/// True but for the second part of a cell that does not hold both: of that it is said once.
pub fn is_said(why: &Unreadable, rules: &CellRules<'_>) -> bool {
    !matches!(why, Unreadable::NotAPair(_)) || rules.variable.part.as_ref().is_none_or(|of| of.part.is_first())
}

fn about(items: Option<Items>, rules: &CellRules<'_>) -> Vec<Finding> {
    items.map_or(Vec::new(), |items| of_items(&items, &rules.variable.header))
}
