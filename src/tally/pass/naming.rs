//! Columns whose header may name the case, or number the rows: whether each cell is there once, and whether they count.

use super::ids::{Ids, repeated};
use crate::diagnostic::SourceLocation;
use crate::read::{Block, unnamed_number};
use crate::schema::evidence::Naming;
use crate::schema::header::identity::{IdStrength, Identity, identity, may_number_records};
use crate::schema::totals::{may_name_a_total, names_a_total};
use std::collections::BTreeMap;

/// Most columns whose cells are compared; a sheet has one or two of them.
const MOST_COMPARED: usize = 16;
/// Bits of a number of a row in its key; the others tell its file.
const NUMBER_BITS: u32 = 40;

/// What the cells of a column are compared for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// They may name the case.
    Names,
    /// They may number the rows.
    Numbers,
    /// They may number the rows, under no name: a row of totals has no number.
    UnnamedNumbers,
    /// Nothing: only whether there are any.
    Nothing,
}

/// A column whose header may name the case, or number the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NamingColumn {
    column: usize,
    wanted: Wanted,
}

/// The columns whose header may name the case or number the rows, and those without one.
pub fn naming_columns(names: &[String]) -> Vec<NamingColumn> {
    let mut compared = 0_usize;
    let columns = names.iter().enumerate().filter_map(|(column, name)| {
        let wanted = match identity(name) {
            _ if unnamed_number(name).is_some() => Wanted::UnnamedNumbers,
            Some(Identity::Row) => Wanted::Numbers,
            Some(Identity::Case(IdStrength::Ambiguous)) => Wanted::Names,
            Some(Identity::Person(_)) if may_number_records(name) => Wanted::Names,
            Some(Identity::Case(IdStrength::Certain) | Identity::Person(_) | Identity::Thing) | None => return None,
        };
        compared = compared.saturating_add(1);
        let is_compared = compared <= MOST_COMPARED;
        Some(NamingColumn { column, wanted: if is_compared { wanted } else { Wanted::Nothing } })
    });
    columns.collect()
}

/// The cells of such a column in one thread.
pub struct NamingTally {
    column: usize,
    wanted: Wanted,
    is_unnamed: bool,
    keys: Ids,
    blanks: u64,
    /// The least and the greatest number and the number of cells, by input.
    counted: BTreeMap<u32, (u64, u64, u64)>,
    first: Option<SourceLocation>,
    /// Some cell is the name of a total, and some cell is not.
    met: (bool, bool),
    /// Some cell of a column that may name the case is no number.
    has_texts: bool,
}

impl NamingTally {
    /// A tally without cells.
    pub fn new(of: &NamingColumn) -> NamingTally {
        let NamingColumn { column, wanted } = *of;
        let is_unnamed = wanted == Wanted::UnnamedNumbers;
        NamingTally {
            column,
            wanted,
            is_unnamed,
            keys: Ids::default(),
            blanks: 0,
            counted: BTreeMap::new(),
            first: None,
            met: (false, false),
            has_texts: false,
        }
    }

    /// The column.
    pub fn column(&self) -> usize {
        self.column
    }

    /// Looks at the cells of a block.
    pub fn add(&mut self, block: &Block) {
        for (row, cell) in block.cells(self.column, 0..block.rows()).enumerate() {
            let text = cell.text();
            if text.is_empty() {
                self.blanks += 1;
                continue;
            }
            if self.first.is_none() {
                self.first = Some(block.location(row));
            }
            if self.is_unnamed {
                self.note_a_total(&text);
            }
            match self.wanted {
                Wanted::Names => {
                    self.keys.add(&text);
                    self.note_a_number(number_of(&text), block.input);
                }
                Wanted::Numbers | Wanted::UnnamedNumbers => self.add_number(number_of(&text), block.input),
                Wanted::Nothing => {}
            }
        }
    }

    fn note_a_total(&mut self, text: &[u8]) {
        let is_total = may_name_a_total(text) && names_a_total(&String::from_utf8_lossy(text)).is_some();
        self.met = (self.met.0 || is_total, self.met.1 || !is_total);
    }

    fn add_number(&mut self, number: Option<u64>, input: u32) {
        let Some(number) = number else {
            // Not the numbers of rows, whatever follows.
            (self.wanted, self.keys) = (Wanted::Nothing, Ids::default());
            return;
        };
        self.keys.add_key((u64::from(input) << NUMBER_BITS) | number);
        self.count_number(number, input);
    }

    fn note_a_number(&mut self, number: Option<u64>, input: u32) {
        match number {
            Some(number) => self.count_number(number, input),
            None => self.has_texts = true,
        }
    }

    fn count_number(&mut self, number: u64, input: u32) {
        let (least, greatest, cells) = self.counted.entry(input).or_insert((number, number, 0));
        (*least, *greatest, *cells) = ((*least).min(number), (*greatest).max(number), *cells + 1);
    }
}

/// The number of a row as programs write it.
fn number_of(text: &[u8]) -> Option<u64> {
    let is_plain = text == b"0" || text.first().is_some_and(|first| *first != b'0');
    let digits = std::str::from_utf8(text).ok().filter(|text| text.bytes().all(|b| b.is_ascii_digit()))?;
    digits.parse().ok().filter(|number| is_plain && *number < 1 << NUMBER_BITS)
}

/// What the cells of a column are, from the tallies of all threads.
pub fn naming(threads: Vec<NamingTally>) -> Naming {
    let is_compared = threads.iter().all(|tally| tally.wanted != Wanted::Nothing);
    let has_numbers = threads.iter().any(|tally| !tally.counted.is_empty());
    let may_be_blank = threads.iter().all(|tally| tally.wanted == Wanted::UnnamedNumbers);
    let blanks: u64 = threads.iter().map(|tally| tally.blanks).sum();
    let are_totals = threads.iter().any(|tally| tally.met.0) && !threads.iter().any(|tally| tally.met.1);
    let has_texts = threads.iter().any(|tally| tally.has_texts);
    let (mut first, mut counted, mut keys) = (None, BTreeMap::new(), Vec::new());
    for mut tally in threads {
        first = match (first, tally.first) {
            (Some(ours), Some(theirs)) => Some(earlier(ours, theirs)),
            (ours, theirs) => ours.or(theirs),
        };
        for (input, theirs) in tally.counted {
            let (least, greatest, cells) = counted.entry(input).or_insert((theirs.0, theirs.1, 0));
            (*least, *greatest, *cells) = (theirs.0.min(*least), theirs.1.max(*greatest), *cells + theirs.2);
        }
        tally.keys.sort();
        keys.push(tally.keys);
    }
    let are_apart = is_compared && first.is_some() && repeated(&keys, 1).rows == 0;
    let are_unique = are_apart && blanks == 0;
    let is_count = |(least, greatest, cells): &(u64, u64, u64)| *least <= 1 && greatest - least == cells - 1;
    let are_numbered = are_apart && has_numbers && !has_texts && counted.values().all(is_count);
    let count_rows = are_numbered && (blanks == 0 || may_be_blank);
    Naming { are_unique, are_numbered, count_rows, are_totals, first }
}

fn earlier(one: SourceLocation, other: SourceLocation) -> SourceLocation {
    if other.order() < one.order() { other } else { one }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(cells: &[&str], header: &str) -> (bool, bool) {
        let names = [header.to_owned()];
        let columns = naming_columns(&names);
        let mut threads: Vec<NamingTally> = columns.iter().chain(&columns).map(NamingTally::new).collect();
        for (number, cell) in cells.iter().enumerate() {
            let mut block = Block { width: 1, ..Block::default() };
            block.push_cell(cell);
            threads[number % 2].add(&block);
        }
        let naming = naming(threads);
        (naming.are_unique, naming.count_rows)
    }

    #[test]
    fn rows_are_counted_from_0_or_1_in_any_order() {
        for cells in [&["1", "2", "3"][..], &["2", "0", "1"], &["1"]] {
            assert_eq!(of(cells, "row"), (true, true), "{cells:?}");
        }
        for cells in
            [&["1", "2", "4"][..], &["1", "1", "2"], &["2", "3"], &["1", "", "2"], &["01", "2"], &["a", "1"], &[]]
        {
            assert!(!of(cells, "row").1, "{cells:?}");
        }
    }

    #[test]
    fn a_row_of_totals_has_no_number_in_a_column_without_a_name() {
        let unnamed = format!("{}1", crate::read::ITEM);
        assert_eq!(of(&["1", "2", ""], &unnamed), (false, true));
        assert_eq!(of(&["", "1", "2"], &unnamed), (false, true));
        assert_eq!(of(&["1", "3", ""], &unnamed), (false, false));
    }

    #[test]
    fn numbers_from_1_on_are_those_of_the_cases_though_a_row_below_has_none() {
        let are_numbered = |cells: &[&str]| {
            let names = ["Case".to_owned()];
            let mut tally = NamingTally::new(&naming_columns(&names)[0]);
            let mut block = Block { width: 1, ..Block::default() };
            cells.iter().for_each(|cell| block.push_cell(cell));
            tally.add(&block);
            naming(vec![tally]).are_numbered
        };
        assert!(are_numbered(&["1", "2", "3", ""]));
        for cells in [&["1", "2", "2", ""][..], &["a", "b", ""], &["3", "9", ""], &["", ""]] {
            assert!(!are_numbered(cells), "{cells:?}");
        }
    }

    #[test]
    fn names_are_unique_where_each_row_has_one_of_its_own() {
        assert_eq!(of(&["a", "b", "c"], "Author"), (true, false));
        for cells in [&["a", "b", "a"][..], &["a", ""], &[]] {
            assert!(!of(cells, "Author").0, "{cells:?}");
        }
        assert!(naming_columns(&["age".into(), "Pt #".into()]).is_empty());
    }
}
