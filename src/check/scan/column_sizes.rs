//! The number of cases of each column of a table, as its heads state it, and of a row, as its label does.

use super::counts::{Count, CountOf, Sentence};
use super::nouns::is_case;
use super::table_words::is_beside;
use super::token::Kind;
use crate::read::document::{Passage, PassageKind, TableCell};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

/// The sizes of all tables.
#[derive(Debug, Default)]
pub(super) struct ColumnSizes {
    /// By table and column; a table may be divided into parts with heads of their own.
    of_columns: BTreeMap<(u32, u32), Vec<u64>>,
    /// Those that labels of rows state, by table and row: `Smokers (n = 40)`.
    of_rows: BTreeMap<(u32, u32), u64>,
    /// The rows whose cells are numbers of cases: `No. of patients`.
    size_rows: BTreeSet<(u32, u32)>,
}

/// The denominators that a cell of a column can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RowSize {
    /// The row is of all cases of its column.
    Whole,
    /// The row leaves some out: the denominator is one of these.
    Between(u64, u64),
    /// The row is of fewer cases, and it is not known how many are in the column.
    Unknown,
}

impl ColumnSizes {
    /// Keeps the label of a row of numbers of cases.
    pub fn learn_label(&mut self, passage: &Passage) {
        let PassageKind::Cell(TableCell { table, row, column: 1 }) = passage.kind else { return };
        let mut words = passage.text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).peekable();
        let is_named = words.peek().is_some() && words.all(is_beside);
        if row > 1 && is_named && !passage.text.contains('%') {
            self.size_rows.insert((table, row));
        }
    }

    /// Keeps the size that a head or a label states, or a cell of a row of sizes.
    pub fn learn(&mut self, passage: &Passage, sentence: &Sentence<'_>) {
        let PassageKind::Cell(TableCell { table, row, column }) = passage.kind else { return };
        let is_size = |count: &&Count| count.of == CountOf::Cases && !count.is_part;
        let alone = match sentence.tokens {
            [number] if column > 1 && self.size_rows.contains(&(table, row)) => number.count(),
            _ => None,
        };
        let is_text = sentence.tokens.first().is_some_and(|token| token.figure().is_none() || is_case_count(sentence));
        let mut stated = sentence.counts.iter().filter(is_size).map(|count| count.value);
        let of_head = stated.next().filter(|_| is_text && stated.next().is_none());
        let Some(size) = alone.or(of_head).filter(|size| *size > 0) else { return };
        if column == 1 {
            self.of_rows.insert((table, row), size);
        } else {
            for column in passage.columns() {
                self.of_columns.entry((table, column)).or_default().push(size);
            }
        }
    }

    /// The sizes that the heads of a column state, the nearest last.
    pub fn of_column(&self, cell: TableCell) -> &[u64] {
        self.of_columns.get(&(cell.table, cell.column)).map_or(&[], Vec::as_slice)
    }

    /// The sizes of all columns of the table of a cell.
    pub fn in_table(&self, cell: TableCell) -> impl Iterator<Item = u64> {
        self.of_columns.range((cell.table, 0)..=(cell.table, u32::MAX)).flat_map(|(_, sizes)| sizes.iter().copied())
    }

    /// True for the size of another column of the table, which is not that of this column.
    pub fn is_of_another(&self, cell: TableCell, size: u64) -> bool {
        !self.of_column(cell).contains(&size) && self.in_table(cell).any(|other| other == size)
    }

    /// The number of cases that the label of the row of a cell states.
    pub fn of_row(&self, cell: TableCell) -> Option<u64> {
        self.of_rows.get(&(cell.table, cell.row)).copied()
    }

    /// What the label of a row leaves of the cases of a column.
    pub fn left_in_row(&self, cell: TableCell, totals: &BTreeSet<(u32, u32)>) -> RowSize {
        let (Some(row), Some(own)) = (self.of_row(cell), self.of_column(cell).last()) else { return RowSize::Whole };
        let columns = || self.of_columns.range((cell.table, 0)..=(cell.table, u32::MAX));
        let last = |(column, sizes): (&(u32, u32), &Vec<u64>)| Some((*column, *sizes.last()?));
        let total = columns().filter_map(last).find(|(column, _)| totals.contains(column)).map(|(_, size)| size);
        let sizes: Vec<u64> =
            columns().filter_map(last).filter(|(column, _)| !totals.contains(column)).map(|(_, size)| size).collect();
        let sum = sizes.iter().fold(0_u64, |sum, size| sum.saturating_add(*size));
        match total.unwrap_or(sum).checked_sub(row) {
            Some(missing) if sizes.len() > 1 || total.is_some() => {
                RowSize::Between(own.saturating_sub(missing).max(1), *own)
            }
            _ if sizes.len() > 1 => RowSize::Unknown,
            Some(_) | None => RowSize::Whole,
        }
    }

    /// The sum of the columns of a table, with what is added, that lies in a range.
    pub fn sum_in(&self, totals: &BTreeSet<(u32, u32)>, range: &RangeInclusive<u64>) -> Option<Vec<u64>> {
        let mut of_tables: BTreeMap<u32, Vec<u64>> = BTreeMap::new();
        for (column, sizes) in self.of_columns.iter().filter(|(column, _)| !totals.contains(column)) {
            of_tables.entry(column.0).or_default().extend(sizes.last());
        }
        let sum = |sizes: &Vec<u64>| sizes.iter().fold(0_u64, |sum, size| sum.saturating_add(*size));
        of_tables.into_values().find(|sizes| sizes.len() > 1 && range.contains(&sum(sizes)))
    }
}

/// True for `24 patients`, which is a head all the same.
fn is_case_count(sentence: &Sentence<'_>) -> bool {
    let [_, rest @ ..] = sentence.tokens else { return false };
    !rest.is_empty() && rest.iter().all(|token| token.kind == Kind::Word) && rest.iter().any(is_case)
}
