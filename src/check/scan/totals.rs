//! The totals of a table. What a table shows of its lines decides: where most of its totals add up, or the percentages of a
//! line do, its lines exclude each other and leave nothing out, and a total that differs is impossible. A lone total that
//! differs is possible only where cases are in several lines or in none.

use super::counts::Sentence;
use super::heads::CellForm;
use super::table_words::{self, Overlap, TotalOf};
use super::token::{Kind, Token};
use super::verdict::{Relation, ScanItem, ScanPlace, ScanVerdict};
use crate::check::arithmetic::Consistency;
use crate::check::arithmetic::proportion::{judge_counts, judge_percents};
use crate::check::printed::Figure;
use crate::read::document::{Passage, PassageKind, TableCell};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Totals that must add up before another one is impossible.
const LEAST_AGREEING: usize = 2;

/// A cell that is a count, alone or with its percentage.
#[derive(Debug, Clone)]
struct CountCell {
    value: u64,
    percent: Option<Figure>,
    place: ScanPlace,
    excerpt: String,
    /// Its sentence and byte; none for a dash.
    at: Option<(usize, usize)>,
}

/// A table as its counts and what its labels and heads say.
#[derive(Debug, Default)]
struct Grid {
    /// What the first cell says of the rows.
    overlap: Overlap,
    total_columns: BTreeSet<u32>,
    total_rows: BTreeMap<u32, TotalOf>,
    counts: BTreeMap<(u32, u32), CountCell>,
    /// The columns under each merged head.
    merged: Vec<Range<u32>>,
    /// Rows with anything behind their label.
    filled: BTreeSet<u32>,
}

/// The tables of a manuscript.
#[derive(Debug, Default)]
pub(super) struct Tables(BTreeMap<u32, Grid>);

/// A total and its parts.
struct TotalLine<'g> {
    parts: Vec<&'g CountCell>,
    total: &'g CountCell,
}

impl TotalLine<'_> {
    fn values(&self) -> Vec<u64> {
        self.parts.iter().map(|part| part.value).collect()
    }

    fn sum(&self) -> u64 {
        self.parts.iter().fold(0, |sum, part| sum.saturating_add(part.value))
    }

    /// True where the total lies among its parts, as an average does: `age | 6 | 7 | 6`.
    fn is_average(&self) -> bool {
        let values = self.values();
        let among =
            |total: u64| values.iter().any(|value| *value <= total) && values.iter().any(|value| *value >= total);
        !self.adds_up() && among(self.total.value)
    }

    fn adds_up(&self) -> bool {
        self.sum() == self.total.value
    }

    /// True where the parts show by adding up that they exclude each other: two of them at least are not 0.
    fn shows_partition(&self) -> bool {
        self.adds_up() && self.parts.iter().filter(|part| part.value > 0).count() > 1
    }

    /// True where the percentages of the parts are those of all there is.
    fn has_all_percents(&self) -> bool {
        let percents: Option<Vec<Figure>> = self.parts.iter().map(|part| part.percent).collect();
        percents.is_some_and(|percents| judge_percents(&percents).consistency == Consistency::Consistent)
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

/// The percentage of such a cell, where it has the sign or its head says so.
pub(super) fn percent(sentence: &Sentence<'_>) -> Option<Figure> {
    let [_, _, number, sign, ..] = sentence.tokens else { return None };
    let is_percent = sign.kind == Kind::Percent || sentence.form == CellForm::CountPercent;
    number.figure().filter(|_| is_percent)
}

impl Tables {
    /// Keeps a head, or the label of a row.
    pub fn note_text(&mut self, passage: &Passage, place: ScanPlace) {
        let PassageKind::Cell(TableCell { table, row, column }) = passage.kind else { return };
        let grid = self.0.entry(table).or_default();
        let total = table_words::total_of(&passage.text);
        let columns = passage.columns();
        if row == 1 && columns.len() > 1 {
            grid.merged.push(columns.clone());
        }
        match (row, column) {
            (1, 1) => grid.overlap = table_words::overlap(&passage.text),
            (_, 1) => drop(total.map(|total| grid.total_rows.insert(row, total))),
            _ if table_words::is_of_all(&passage.text) => grid.total_columns.extend(columns),
            (1, _) => {}
            _ => drop(grid.filled.insert(row)),
        }
        if row > 1 && column > 1 && table_words::is_dash(&passage.text) {
            let excerpt = passage.text.clone();
            grid.counts.insert((row, column), CountCell { value: 0, percent: None, place, excerpt, at: None });
        }
    }

    /// Keeps a cell that is a count.
    pub fn note_count(&mut self, passage: &Passage, sentence: &Sentence<'_>, place: ScanPlace, number: usize) {
        let PassageKind::Cell(TableCell { table, row, column }) = passage.kind else { return };
        let is_percent = matches!(sentence.form, CellForm::Percent | CellForm::PercentOf(_));
        let is_count = row > 1 && column > 1 && !is_percent;
        let Some(value) = leading_count(sentence.tokens).filter(|_| is_count) else { return };
        let at = Some((number, sentence.tokens.first().map_or(0, |token| token.at)));
        let cell = CountCell { value, percent: percent(sentence), place, excerpt: passage.text.clone(), at };
        self.0.entry(table).or_default().counts.insert((row, column), cell);
    }

    /// The items of all totals, and the numbers that were held against each other.
    pub fn judge(&self) -> (Vec<ScanItem>, BTreeSet<(usize, usize)>) {
        let (mut items, mut checked) = (Vec::new(), BTreeSet::new());
        for grid in self.0.values() {
            for (row, of) in &grid.total_rows {
                // What is of all cases is a sum only of rows that are known to exclude each other.
                let is_open = *of == TotalOf::Whole && grid.overlap == Overlap::Unknown;
                let overlap = if is_open { Overlap::Several } else { grid.overlap };
                judge(&grid.columns_above(*row, *of), overlap, &mut items, &mut checked);
            }
            for lines in grid.total_columns.iter().map(|column| grid.rows_beside(*column)) {
                judge(&lines, Overlap::Unknown, &mut items, &mut checked);
            }
        }
        (items, checked)
    }
}

impl Grid {
    fn counted_columns(&self) -> BTreeSet<u32> {
        self.counts.keys().map(|(_, column)| *column).collect()
    }

    /// The rows of which a row is the total: those behind the last row without numbers, or total; of subtotals the total
    /// is of them.
    fn rows_of(&self, total: u32, of: TotalOf) -> Vec<u32> {
        let (mut rows, mut is_in_subtotal) = (Vec::new(), false);
        // Rows above the first count are heads.
        let first = self.counts.keys().next().map_or(1, |(row, _)| *row);
        for row in (first..total).rev() {
            match (self.total_rows.get(&row), of) {
                (Some(TotalOf::All | TotalOf::Whole), _) | (Some(TotalOf::Some), TotalOf::Some) => break,
                (Some(TotalOf::Some), TotalOf::All | TotalOf::Whole) => {
                    rows.push(row);
                    is_in_subtotal = true;
                }
                (None, _) if is_in_subtotal => {}
                (None, _) if self.filled.contains(&row) => rows.push(row),
                (None, _) => break,
            }
        }
        rows.reverse();
        rows
    }

    /// Each column of the rows above a row of totals.
    fn columns_above(&self, total: u32, of: TotalOf) -> Vec<TotalLine<'_>> {
        let rows = self.rows_of(total, of);
        let line = |column: u32| {
            let parts = rows.iter().map(|row| self.counts.get(&(*row, column))).collect::<Option<Vec<_>>>()?;
            Some(TotalLine { parts, total: self.counts.get(&(total, column))? }).filter(|line| line.parts.len() > 1)
        };
        self.counted_columns().into_iter().filter_map(line).collect()
    }

    /// Each row of all columns with counts beside a column of totals.
    fn rows_beside(&self, total: u32) -> Vec<TotalLine<'_>> {
        let counted = self.counted_columns();
        // Each column under a merged head has a total of its own.
        if self.merged.iter().any(|columns| counted.range(columns.clone()).count() > 1) {
            return Vec::new();
        }
        let line = |row: u32| {
            let others = counted.iter().filter(|column| !self.total_columns.contains(column));
            let parts = others.map(|column| self.counts.get(&(row, *column))).collect::<Option<Vec<_>>>()?;
            Some(TotalLine { parts, total: self.counts.get(&(row, total))? }).filter(|line| line.parts.len() > 1)
        };
        let rows: BTreeSet<u32> = self.counts.keys().map(|(row, _)| *row).collect();
        rows.into_iter().filter_map(line).collect()
    }
}

/// What the lines of a table show.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ShownTotals {
    /// They exclude each other and leave nothing out.
    Partition,
    /// They may: nothing speaks against it.
    Perhaps,
    /// They overlap, or it is not known.
    Nothing,
}

fn judge(all: &[TotalLine<'_>], overlap: Overlap, items: &mut Vec<ScanItem>, checked: &mut BTreeSet<(usize, usize)>) {
    let lines: Vec<&TotalLine<'_>> = all.iter().filter(|line| !line.is_average()).collect();
    let agreeing = lines.iter().filter(|line| line.shows_partition()).count();
    let failing = lines.iter().filter(|line| !line.adds_up()).count();
    let overlap = if agreeing > 0 { Overlap::Unknown } else { overlap };
    let shown = match (agreeing, failing) {
        (agreeing, failing) if agreeing >= LEAST_AGREEING && agreeing > failing => ShownTotals::Partition,
        (0, 1) => ShownTotals::Perhaps,
        (agreeing, failing) if agreeing > 0 && agreeing >= failing => ShownTotals::Perhaps,
        _ => ShownTotals::Nothing,
    };
    for line in lines {
        let judgement = judge_counts(&line.values(), line.total.value);
        let (verdict, sentence) = match shown {
            _ if line.adds_up() || line.has_all_percents() => super::verdict::of(judgement),
            ShownTotals::Partition => super::verdict::of(judgement),
            ShownTotals::Perhaps => alone(line, overlap, &judgement.sentence),
            ShownTotals::Nothing => overlapping(&judgement.sentence),
        };
        if verdict != ScanVerdict::NotCheckable {
            checked.extend(line.parts.iter().chain([&line.total]).filter_map(|cell| cell.at));
        }
        let CountCell { place, excerpt, .. } = line.total;
        let excerpt = excerpt.clone();
        items.push(ScanItem { place: *place, relation: Relation::Total, verdict, excerpt, sentence });
    }
}

/// A total that differs, without others that show what the lines are.
fn alone(line: &TotalLine<'_>, overlap: Overlap, sentence: &str) -> (ScanVerdict, String) {
    let is_too_many = line.sum() > line.total.value;
    match (overlap, is_too_many) {
        (Overlap::Several, _) => overlapping(sentence),
        (Overlap::One, true) => (ScanVerdict::Impossible, sentence.to_owned()),
        (Overlap::Unknown, true) => {
            (ScanVerdict::Conditional, format!("only if a case can be in several lines: {sentence}"))
        }
        (Overlap::One | Overlap::Unknown, false) => {
            (ScanVerdict::Conditional, format!("only if others are left out: {sentence}"))
        }
    }
}

fn overlapping(sentence: &str) -> (ScanVerdict, String) {
    let sentence = format!("{sentence}; the table does not show that its lines exclude each other");
    (ScanVerdict::NotCheckable, sentence)
}
