//! The denominators that a text states: in the sentence, shortly before it, and anywhere.

use super::column_sizes::{ColumnSizes, RowSize};
use super::counts::{Count, CountOf, Sentence};
use super::heads::CellForm;
use super::named::NamedCounts;
use super::near_whole::{NearOrigin, NearWhole};
use super::nearby::Nearby;
use super::sentence_words;
use super::table_words::{is_of_all, is_of_missing, is_of_percents, total_of};
use super::totals::leading_count;
use super::verdict::ScanPlace;
use crate::read::document::{Passage, PassageKind, TableCell};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ops::RangeInclusive;

/// Counts that are remembered from the sentences before.
const REMEMBERED: usize = 30;

/// Rows at the top of a table that may be heads.
const HEAD_ROWS: u32 = 2;

/// Numbers of cases that those left out are taken off.
const MOST_WHOLES: usize = 40;

/// Totals of a table that a cell is held against, in each direction.
const MOST_TOTALS: usize = 4;

/// Rows of cases without a value that are taken off.
const MOST_MISSING: usize = 20;

/// A number of cases or things, and where it is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct StatedWhole {
    pub value: u64,
    pub place: ScanPlace,
    /// True for the numerator of a share.
    pub is_part: bool,
}

/// True for `group A (n = 20)`, `two groups of 25 patients`, `20 patients in group A`.
fn says_group_size(sentence: &Sentence<'_>) -> bool {
    let names_group = sentence.tokens.iter().any(|token| token.is_among(&sentence_words::GROUP_WORDS));
    let is_of_cases = |count: &Count| count.of == CountOf::Cases && !count.is_part;
    let is_share = |count: &Count| sentence.shares.iter().any(|share| share.tokens == count.tokens);
    names_group && sentence.counts.iter().any(|count| is_of_cases(count) && !is_share(count))
}

fn of_count(count: &Count, place: ScanPlace) -> StatedWhole {
    StatedWhole { value: count.value, place, is_part: count.is_part }
}

/// What a text states to be a number of cases or things.
#[derive(Debug, Default)]
pub(super) struct StatedCounts {
    /// The numbers of cases of the whole text, each with its first place.
    anywhere: BTreeMap<u64, ScanPlace>,
    /// The last counts before the sentence.
    before: VecDeque<StatedWhole>,
    /// Other numbers before it.
    nearby: Nearby,
    /// The counts of the text by what they are of.
    named: NamedCounts,
    /// The sizes that the heads of tables state.
    sizes: ColumnSizes,
    /// True where the text says how many are in a group.
    sizes_groups: bool,
    /// The counts of the cells of each table, by row and by column.
    rows: BTreeMap<(u32, u32), Vec<StatedWhole>>,
    columns: BTreeMap<(u32, u32), Vec<StatedWhole>>,
    /// The rows and the columns of totals, by table.
    total_rows: BTreeSet<(u32, u32)>,
    total_columns: BTreeSet<(u32, u32)>,
    /// The columns of percentages, by table.
    percent_columns: BTreeSet<(u32, u32)>,
    /// The rows of cases without a value, by table, and their counts, by table and column.
    missing_rows: BTreeSet<(u32, u32)>,
    missing: BTreeMap<(u32, u32), Vec<u64>>,
    /// The counts in a row of totals, by table, column and row, each with the sum of the counts above it.
    below: BTreeMap<(u32, u32, u32), [StatedWhole; 2]>,
    /// The sum of the counts behind the last total, by table and column.
    sums: BTreeMap<(u32, u32), u64>,
    /// The counts in a column of totals, by table and row.
    at_end: BTreeMap<(u32, u32), Vec<StatedWhole>>,
}

impl StatedCounts {
    /// Keeps the numbers of cases of a sentence for all of the text.
    pub fn learn(&mut self, passage: &Passage, sentence: &Sentence<'_>, place: ScanPlace) {
        self.sizes.learn(passage, sentence);
        if !sentence.cites {
            let cases = sentence.counts.iter().filter(|count| count.of == CountOf::Cases);
            cases.for_each(|count| self.learn_number(count.value, place));
            self.named.learn(sentence);
            self.sizes_groups |= says_group_size(sentence);
        }
        let is_percent = matches!(sentence.form, CellForm::Percent | CellForm::PercentOf(_));
        if let (Some(cell), Some(value), false) = (place.cell, leading_count(sentence.tokens), is_percent) {
            let whole = StatedWhole { value, place, is_part: sentence.tokens.len() > 1 };
            self.learn_total(cell, StatedWhole { is_part: false, ..whole });
            if self.missing_rows.contains(&(cell.table, cell.row)) {
                self.missing.entry((cell.table, cell.column)).or_default().push(value);
            }
            self.rows.entry((cell.table, cell.row)).or_default().push(whole);
            // A column holds many counts of parts; only those alone in their cell are wholes.
            if sentence.tokens.len() == 1 {
                self.columns.entry((cell.table, cell.column)).or_default().push(whole);
            }
        }
    }

    /// Keeps which rows and columns of a table are totals.
    pub fn learn_label(&mut self, passage: &Passage) {
        self.sizes.learn_label(passage);
        let PassageKind::Cell(TableCell { table, row, column }) = passage.kind else { return };
        if column == 1 && row > 1 && is_of_missing(&passage.text) {
            self.missing_rows.insert((table, row));
        } else if column == 1 && row > 1 && total_of(&passage.text).is_some() {
            self.total_rows.insert((table, row));
        } else if column > 1 && is_of_all(&passage.text) {
            self.total_columns.extend(passage.columns().map(|column| (table, column)));
        } else if row <= HEAD_ROWS && is_of_percents(&passage.text) {
            self.percent_columns.insert((table, column));
        }
    }

    /// Keeps the count of a cell in a row or a column of totals.
    fn learn_total(&mut self, TableCell { table, row, column }: TableCell, whole: StatedWhole) {
        if self.total_rows.contains(&(table, row)) {
            let sum = self.sums.remove(&(table, column)).unwrap_or_default();
            self.below.insert((table, column, row), [whole, StatedWhole { value: sum, ..whole }]);
        } else {
            let sum = self.sums.entry((table, column)).or_default();
            *sum = sum.saturating_add(whole.value);
        }
        if row > 1 && self.total_columns.contains(&(table, column)) {
            self.at_end.entry((table, row)).or_default().push(whole);
        }
    }

    /// The totals that a cell may be a share of: those of its column, of its row, and of the table.
    fn totals_of(&self, place: ScanPlace) -> Vec<StatedWhole> {
        let Some(TableCell { table, row, column }) = place.cell else { return Vec::new() };
        let below = |column: u32, from: u32| {
            let totals = self.below.range((table, column, from)..=(table, column, u32::MAX));
            totals.flat_map(|(_, wholes)| *wholes).take(MOST_TOTALS)
        };
        let own = below(column, row.saturating_add(1));
        // A percentage stands in a column of its own, right of its count.
        let is_percent = self.percent_columns.contains(&(table, column));
        let left = is_percent.then(|| below(column.saturating_sub(1), row)).into_iter().flatten();
        let beside = self.at_end.get(&(table, row)).into_iter().flatten().take(MOST_TOTALS).copied();
        let ends = self.total_columns.range((table, 0)..=(table, u32::MAX)).take(MOST_TOTALS);
        let of_table = ends.flat_map(|(_, column)| below(*column, row));
        own.chain(left).chain(beside).chain(of_table).collect()
    }

    /// The counts in the row and the column of a cell, and the sum of its row without the totals.
    fn beside(&self, place: ScanPlace) -> Vec<StatedWhole> {
        let Some(cell) = place.cell else { return Vec::new() };
        let row = self.rows.get(&(cell.table, cell.row)).map(Vec::as_slice).unwrap_or_default();
        let column = self.columns.get(&(cell.table, cell.column)).map(Vec::as_slice).unwrap_or_default();
        let is_total = |whole: &&StatedWhole| {
            whole.place.cell.is_some_and(|of| self.total_columns.contains(&(of.table, of.column)))
        };
        let parts = row.iter().filter(|whole| !is_total(whole));
        let sum = parts.fold(0_u64, |sum, whole| sum.saturating_add(whole.value));
        let totals = self.totals_of(place).into_iter();
        totals
            .chain(row.iter().chain(column).copied())
            .chain([StatedWhole { value: sum, place, is_part: false }])
            .collect()
    }

    /// Keeps a number of cases for all of the text.
    pub fn learn_number(&mut self, value: u64, place: ScanPlace) {
        self.anywhere.entry(value).or_insert(place);
    }

    /// Keeps all counts of a sentence for the sentences after it.
    pub fn remember(&mut self, sentence: &Sentence<'_>, place: ScanPlace) {
        self.nearby.remember(sentence, place);
        self.before.extend(sentence.counts.iter().map(|count| of_count(count, place)));
        let surplus = self.before.len().saturating_sub(REMEMBERED);
        self.before.drain(..surplus);
    }

    /// Forgets the counts before a heading.
    pub fn begin_section(&mut self) {
        self.before.clear();
        self.nearby.begin_section();
    }

    /// The nearest number, among those the text states, that lies in a range.
    pub fn find(&self, counts: &[Count], place: ScanPlace, range: &RangeInclusive<u64>) -> Option<StatedWhole> {
        self.find_where(counts, place, range, |_| true)
    }

    /// The same among those that are accepted.
    pub fn find_where(
        &self,
        counts: &[Count],
        place: ScanPlace,
        range: &RangeInclusive<u64>,
        accept: impl Fn(&StatedWhole) -> bool,
    ) -> Option<StatedWhole> {
        let own = counts.iter().map(|count| of_count(count, place));
        let mut near = own.chain(self.before.iter().rev().copied());
        let fits = |whole: &StatedWhole| whole.value > 0 && range.contains(&whole.value) && accept(whole);
        let found = near.find(fits).or_else(|| self.beside(place).into_iter().find(fits));
        found.or_else(|| {
            let range = (*range.start()).max(1)..=*range.end();
            let anywhere = if range.is_empty() { None } else { Some(self.anywhere.range(range)) };
            let whole =
                |(value, place): (&u64, &ScanPlace)| StatedWhole { value: *value, place: *place, is_part: false };
            anywhere.into_iter().flatten().map(whole).find(|whole| accept(whole))
        })
    }

    /// The sizes that the heads of the column of a cell state, or of the column left of one of percentages.
    pub fn sizes_of(&self, place: ScanPlace) -> &[u64] {
        place.cell.map_or(&[], |cell| self.sizes.of_column(self.counted(cell)))
    }

    /// The size of a column of the table of a cell, where it lies in a range.
    pub fn size_in_table(&self, place: ScanPlace, range: &RangeInclusive<u64>) -> Option<StatedWhole> {
        let value = self.sizes.in_table(place.cell?).find(|size| range.contains(size))?;
        Some(StatedWhole { value, place, is_part: false })
    }

    /// What the label of its row leaves of the cases of a column.
    pub fn left_in_row(&self, place: ScanPlace) -> RowSize {
        place.cell.map_or(RowSize::Whole, |cell| self.sizes.left_in_row(self.counted(cell), &self.total_columns))
    }

    /// The cell, or the one left of it where a column of percentages has no head with a size.
    fn counted(&self, cell: TableCell) -> TableCell {
        let is_percent = self.percent_columns.contains(&(cell.table, cell.column));
        let is_unsized = is_percent && self.sizes.of_column(cell).is_empty();
        if is_unsized { TableCell { column: cell.column.saturating_sub(1), ..cell } } else { cell }
    }

    /// False for a whole that is none of a cell whose column has a size: that of another column, and what is more than the
    /// size but for the counts of its row and its column.
    pub fn can_be_of(&self, place: ScanPlace, whole: &StatedWhole) -> bool {
        let own = self.sizes_of(place);
        let (Some(cell), Some(most)) = (place.cell, own.iter().max()) else { return true };
        let is_of_row = |of: TableCell| of.row == cell.row || of.column == cell.column || of.column == 1;
        match whole.place.cell {
            Some(of) if of.table == cell.table => is_of_row(of) && !(of.row <= HEAD_ROWS && of.column != cell.column),
            Some(_) | None => whole.value <= *most && !self.sizes.is_of_another(cell, whole.value),
        }
    }

    /// True where the text says how many are in any of its groups.
    pub fn sizes_groups(&self) -> bool {
        self.sizes_groups
    }

    /// The counts of the text by what they are of.
    pub fn named(&self) -> &NamedCounts {
        &self.named
    }

    /// A number that the text has nearby and does not state as that of its cases, or a number of cases less those left
    /// out, that lies in a range.
    pub fn near(&self, sentence: &Sentence<'_>, place: ScanPlace, range: &RangeInclusive<u64>) -> Option<NearWhole> {
        let own = self.sizes_of(place);
        let wholes: Vec<u64> = match own {
            [] => self.anywhere.keys().rev().take(MOST_WHOLES).copied().collect(),
            own => own.to_vec(),
        };
        let found = self.nearby.find(sentence, place, range, &wholes);
        found.or_else(|| self.less_missing(place, range, &wholes)).or_else(|| self.sum(sentence, place, range))
    }

    /// The cases of several groups together: `12 boys and 9 girls`, the columns of a table, `two groups of 25`.
    fn sum(&self, sentence: &Sentence<'_>, place: ScanPlace, range: &RangeInclusive<u64>) -> Option<NearWhole> {
        if place.cell.is_some() {
            return None;
        }
        let of_text = self.nearby.together(sentence, range).or_else(|| self.named.sum_in(range));
        let of_table = || {
            let sizes = self.sizes.sum_in(&self.total_columns, range)?;
            let value = sizes.iter().fold(0_u64, |sum, size| sum.saturating_add(*size));
            Some(NearWhole { value, origin: NearOrigin::Sum(sizes) })
        };
        of_text.or_else(of_table)
    }

    /// The cases of the last sentence and those that it leaves out, where it has no other number.
    pub fn left_by_last(&self) -> Option<(u64, u64)> {
        self.nearby.left_by_last()
    }

    /// Numbers of cases that the text has nearby, and that it does not state: those left, and those of several groups.
    pub fn near_values(&self, sentence: &Sentence<'_>, place: ScanPlace) -> Vec<u64> {
        let wholes: Vec<u64> = self.anywhere.keys().rev().take(MOST_WHOLES).copied().collect();
        self.nearby.values(sentence, place, &wholes)
    }

    /// A number of cases less those of its column without a value.
    fn less_missing(&self, place: ScanPlace, range: &RangeInclusive<u64>, wholes: &[u64]) -> Option<NearWhole> {
        let TableCell { table, column, .. } = place.cell?;
        let is_percent = self.percent_columns.contains(&(table, column));
        let column = if is_percent { column.saturating_sub(1) } else { column };
        let totals = self.totals_of(place).into_iter().map(|whole| whole.value).chain(wholes.iter().copied());
        let missing = self.missing.get(&(table, column))?;
        let pairs = totals.flat_map(|whole| missing.iter().take(MOST_MISSING).map(move |out| (whole, *out)));
        let found = pairs.filter_map(|(whole, out)| Some((whole, out, whole.checked_sub(out)?)));
        let mut found = found.filter(|(_, _, rest)| *rest > 1 && range.contains(rest));
        found.next().map(|(whole, out, rest)| NearWhole { value: rest, origin: NearOrigin::Less(whole, out) })
    }

    /// True where the text states a number of cases that is at least this.
    pub fn has_as_many(&self, least: u64) -> bool {
        self.anywhere.range(least..).next().is_some()
    }

    /// What may be a denominator in a sentence: the nearest first, each value once, so many at most.
    pub fn wholes(&self, counts: &[Count], place: ScanPlace, most: usize) -> Vec<StatedWhole> {
        let own = counts.iter().map(|count| of_count(count, place));
        let anywhere =
            self.anywhere.iter().map(|(value, place)| StatedWhole { value: *value, place: *place, is_part: false });
        let all = own.chain(self.totals_of(place)).chain(self.before.iter().rev().copied()).chain(anywhere);
        let mut known = BTreeSet::new();
        all.filter(|whole| whole.value > 0 && known.insert(whole.value)).take(most).collect()
    }
}
