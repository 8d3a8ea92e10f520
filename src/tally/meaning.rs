//! What the cells of a column mean, counted by its kind.

use super::counts::Counts;
use super::level::{DateCounts, LevelCounts, TextCounts};
use super::line_book::{LineBook, Patient, Remark};
use super::line_tally::LineTally;
use super::number::NumberCounts;
use super::remark::{of_items, of_unreadable};
use super::set::{ItemBook, SetCounts};
use crate::cohort::Unreadable;
use crate::cohort::cell::{CellRules, Items};
use crate::diagnostic::Finding;
use crate::schema::Kind;

/// What the items and the lines of one column are, by number; all groups of the cases share it.
#[derive(Debug, Default)]
pub(super) struct Book {
    pub items: ItemBook,
    pub lines: LineBook,
}

/// The tally of one column for one group of the cases in one thread, by its kind.
#[derive(Debug)]
pub(super) enum Meaning {
    Number(Box<NumberCounts>),
    Levels(LevelCounts),
    Set(SetCounts),
    Dates(DateCounts),
    Lines(Box<LineTally>),
    Text(TextCounts),
    /// Only the lexical classes are counted, before the kind is known.
    Classes,
}

impl Meaning {
    /// Nothing counted yet.
    pub fn of(kind: Kind) -> Meaning {
        match kind {
            Kind::Number => Meaning::Number(Box::default()),
            Kind::Category | Kind::Binary => Meaning::Levels(LevelCounts::default()),
            Kind::Set => Meaning::Set(SetCounts::default()),
            Kind::Date => Meaning::Dates(DateCounts::default()),
            Kind::Lines => Meaning::Lines(Box::default()),
            Kind::Text => Meaning::Text(TextCounts::default()),
        }
    }

    /// Counts `cells` cells of one text, and gives what must be said of each of them; nothing of
    /// columns that are withheld. `new` gets what must be said of a line not met before.
    pub fn add(
        &mut self,
        text: &str,
        cells: u64,
        rules: &CellRules<'_>,
        book: &mut Book,
        patient: &mut Patient,
        new: impl FnMut(&str, &Remark),
    ) -> Vec<Finding> {
        let found = match self {
            Meaning::Number(counts) => unreadable(counts.add(text, cells, rules), rules),
            Meaning::Levels(counts) => unreadable(counts.add(text, cells, rules), rules),
            Meaning::Dates(counts) => unreadable(counts.add(text, cells, rules), rules),
            Meaning::Set(counts) => about(counts.add(text, cells, rules), rules),
            Meaning::Text(counts) => {
                counts.add(text, cells, rules);
                Vec::new()
            }
            Meaning::Lines(tally) => {
                book.lines.read(text, rules, patient, new);
                tally.count(patient, cells, &mut book.lines);
                Vec::new()
            }
            Meaning::Classes => Vec::new(),
        };
        if rules.variable.is_withheld() { Vec::new() } else { found }
    }

    /// Adds the counts of a group, which stay with it too.
    pub fn absorb(&mut self, group: &Meaning) {
        match (self, group) {
            (Meaning::Number(all), Meaning::Number(group)) => all.merge(NumberCounts::clone(group)),
            (Meaning::Levels(all), Meaning::Levels(group)) => all.merge(group.clone()),
            (Meaning::Set(all), Meaning::Set(group)) => all.merge(group.clone()),
            (Meaning::Dates(all), Meaning::Dates(group)) => all.merge(group.clone()),
            (Meaning::Lines(all), Meaning::Lines(group)) => all.absorb(group),
            (Meaning::Text(all), Meaning::Text(group)) => all.merge(group.clone()),
            // Both are of one column.
            _ => {}
        }
    }

    /// What must be said of a cell with this text, and nothing is counted.
    pub fn problems(&self, text: &str, rules: &CellRules<'_>) -> Vec<Finding> {
        match self {
            _ if rules.variable.is_withheld() => Vec::new(),
            Meaning::Number(_) => unreadable(NumberCounts::default().add(text, 1, rules), rules),
            Meaning::Levels(_) => unreadable(LevelCounts::default().add(text, 1, rules), rules),
            Meaning::Dates(_) => unreadable(DateCounts::default().add(text, 1, rules), rules),
            Meaning::Set(_) => about(SetCounts::default().add(text, 1, rules), rules),
            Meaning::Text(_) | Meaning::Lines(_) | Meaning::Classes => Vec::new(),
        }
    }

    /// The counts by name; none where only classes were counted.
    pub fn into_counts(self, book: &Book) -> Option<Counts> {
        match self {
            Meaning::Number(counts) => Some(Counts::Number(*counts)),
            Meaning::Levels(counts) => Some(Counts::Levels(counts)),
            Meaning::Set(counts) => Some(Counts::Set(counts)),
            Meaning::Dates(counts) => Some(Counts::Dates(counts)),
            Meaning::Text(counts) => Some(Counts::Text(counts)),
            Meaning::Lines(tally) => Some(Counts::Lines(Box::new(tally.into_counts(&book.lines)))),
            Meaning::Classes => None,
        }
    }
}

fn unreadable(why: Option<Unreadable>, rules: &CellRules<'_>) -> Vec<Finding> {
    why.map(|why| of_unreadable(&why, &rules.variable.header)).into_iter().collect()
}

fn about(items: Option<Items>, rules: &CellRules<'_>) -> Vec<Finding> {
    items.map_or(Vec::new(), |items| of_items(&items, &rules.variable.header))
}
