//! The totals of a table. Only a table most of whose totals add up shows that its lines exclude each other and leave
//! nothing out; elsewhere a sum that differs is not judged.
#![expect(clippy::arithmetic_side_effects, reason = "sums of rows and columns of a table do not overflow")]

use super::token::{Kind, Token};
use super::verdict::{Relation, ScanItem, ScanPlace, ScanVerdict};
use crate::check::arithmetic::proportion::judge_counts;
use crate::read::document::{Passage, PassageKind, TableCell};
use std::collections::{BTreeMap, BTreeSet};

/// Totals that must add up before another one is judged.
const LEAST_AGREEING: usize = 2;

/// A cell that is a count, alone or with its percentage.
#[derive(Debug, Clone)]
struct CountCell {
    value: u64,
    place: ScanPlace,
    excerpt: String,
    /// Its sentence and byte.
    at: (usize, usize),
}

/// A table as its counts and its heads.
#[derive(Debug, Default)]
struct Grid {
    heads: BTreeMap<u32, String>,
    labels: BTreeMap<u32, String>,
    counts: BTreeMap<(u32, u32), CountCell>,
    /// Rows with anything behind their label.
    filled: BTreeSet<u32>,
}

/// The tables of a manuscript.
#[derive(Debug, Default)]
pub(super) struct Tables(BTreeMap<u32, Grid>);

/// A total and its parts.
struct Line<'g> {
    parts: Vec<&'g CountCell>,
    total: &'g CountCell,
}

impl Line<'_> {
    fn values(&self) -> Vec<u64> {
        self.parts.iter().map(|part| part.value).collect()
    }

    /// True where the total lies among its parts, as an average does: `age | 6 | 7 | 6`.
    fn is_average(&self) -> bool {
        let values = self.values();
        let among =
            |total: u64| values.iter().any(|value| *value <= total) && values.iter().any(|value| *value >= total);
        !self.adds_up() && among(self.total.value)
    }

    fn adds_up(&self) -> bool {
        self.values().iter().fold(0_u64, |sum, value| sum.saturating_add(*value)) == self.total.value
    }
}

/// The count at the start of a cell that holds nothing else but its percentage: `18`, `18 (36 %)`.
pub(super) fn leading_count(tokens: &[Token<'_>]) -> Option<u64> {
    let (first, rest) = tokens.split_first()?;
    let is_percentage = match rest {
        [] => true,
        [open, number, close] => open.kind == Kind::Open && number.figure().is_some() && close.kind == Kind::Close,
        [open, number, percent, close] => {
            [open.kind, percent.kind, close.kind] == [Kind::Open, Kind::Percent, Kind::Close]
                && number.figure().is_some()
        }
        _ => false,
    };
    first.count().filter(|_| is_percentage)
}

impl Tables {
    /// Keeps a head, or the label of a row.
    pub fn note_text(&mut self, passage: &Passage) {
        let PassageKind::Cell(TableCell { table, row, column }) = passage.kind else { return };
        let grid = self.0.entry(table).or_default();
        match (row, column) {
            (_, 1) => drop(grid.labels.insert(row, passage.text.clone())),
            (1, _) => drop(grid.heads.insert(column, passage.text.clone())),
            _ => drop(grid.filled.insert(row)),
        }
    }

    /// Keeps a cell that is a count.
    pub fn note_count(&mut self, passage: &Passage, tokens: &[Token<'_>], place: ScanPlace, sentence: usize) {
        let PassageKind::Cell(TableCell { table, row, column }) = passage.kind else { return };
        let Some(value) = leading_count(tokens).filter(|_| row > 1 && column > 1) else { return };
        let at = (sentence, tokens.first().map_or(0, |token| token.at));
        let cell = CountCell { value, place, excerpt: passage.text.clone(), at };
        self.0.entry(table).or_default().counts.insert((row, column), cell);
    }

    /// The items of all totals, and the numbers that were held against each other.
    pub fn judge(&self) -> (Vec<ScanItem>, BTreeSet<(usize, usize)>) {
        let (mut items, mut checked) = (Vec::new(), BTreeSet::new());
        for grid in self.0.values() {
            let totals = grid.labels.iter().filter(|(_, label)| is_total(label)).map(|(row, _)| *row);
            for lines in totals.map(|row| grid.columns_above(row)) {
                judge(&lines, &mut items, &mut checked);
            }
            let totals = grid.heads.iter().filter(|(_, head)| is_total(head)).map(|(column, _)| *column);
            for lines in totals.map(|column| grid.rows_beside(column)) {
                judge(&lines, &mut items, &mut checked);
            }
        }
        (items, checked)
    }
}

/// True for `Total`, `Total, n (%)`, `Total (n = 50)`.
fn is_total(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let is_name =
        words.next().is_some_and(|word| ["total", "totals", "sum"].iter().any(|t| word.eq_ignore_ascii_case(t)));
    is_name && words.all(|word| ["n", "no", "patients", "cases"].iter().any(|known| word.eq_ignore_ascii_case(known)))
}

impl Grid {
    /// Each column of the rows between the last row without numbers, or total, and a row of totals.
    fn columns_above(&self, total: u32) -> Vec<Line<'_>> {
        let is_break =
            |row: u32| !self.filled.contains(&row) || self.labels.get(&row).is_some_and(|label| is_total(label));
        let first = (1..total).rev().find(|row| is_break(*row)).map_or(1, |row| row + 1);
        let line = |column: &u32| {
            let parts = (first..total).map(|row| self.counts.get(&(row, *column))).collect::<Option<Vec<_>>>()?;
            Some(Line { parts, total: self.counts.get(&(total, *column))? }).filter(|line| line.parts.len() > 1)
        };
        self.heads.keys().filter_map(line).collect()
    }

    /// Each row of all columns with counts beside a column of totals.
    fn rows_beside(&self, total: u32) -> Vec<Line<'_>> {
        let counted: BTreeSet<u32> = self.counts.keys().map(|(_, column)| *column).collect();
        let line = |row: &u32| {
            let others = counted.iter().filter(|column| **column != total);
            let parts = others.map(|column| self.counts.get(&(*row, *column))).collect::<Option<Vec<_>>>()?;
            Some(Line { parts, total: self.counts.get(&(*row, total))? }).filter(|line| line.parts.len() > 1)
        };
        self.labels.keys().filter_map(line).collect()
    }
}

fn judge(all: &[Line<'_>], items: &mut Vec<ScanItem>, checked: &mut BTreeSet<(usize, usize)>) {
    let lines: Vec<&Line<'_>> = all.iter().filter(|line| !line.is_average()).collect();
    let agreeing = lines.iter().filter(|line| line.adds_up()).count();
    let is_partition = agreeing >= LEAST_AGREEING && agreeing > lines.len() - agreeing;
    for line in lines {
        let (mut verdict, mut sentence) = super::verdict::of(judge_counts(&line.values(), line.total.value));
        if !line.adds_up() && !is_partition {
            verdict = ScanVerdict::NotCheckable;
            sentence = format!("{sentence}; the table does not show that its lines exclude each other");
        } else {
            checked.extend(line.parts.iter().chain([&line.total]).map(|cell| cell.at));
        }
        let CountCell { place, excerpt, .. } = line.total;
        let excerpt = excerpt.clone();
        items.push(ScanItem { place: *place, relation: Relation::Total, verdict, excerpt, sentence });
    }
}
