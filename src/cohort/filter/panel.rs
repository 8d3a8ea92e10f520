//! Several filters judged together: a condition in many of them is judged once.
//!
//! ```text
//! cells of a case -- remembered by text --> answers of all conditions on them, by number
//!                                              |  the numbers of all cells together
//!                                              v
//!                                           pattern -- remembered --> the answer of each filter
//! ```

use super::Filter;
use super::bind::atom;
use super::bound::{Atom, LONGEST_TEXT, MOST_TEXTS, Record, write_pair};
use super::fault::FilterFault;
use super::tree::{ConditionTree, Truth};
use crate::cohort::column::CaseColumn;
use rustc_hash::FxHashMap;
use std::hash::Hash;

/// Most patterns that are remembered; fewer if each takes much memory.
const MOST_PATTERNS: usize = 1 << 14;
/// Memory for the patterns, and for the answers of the cells, in bytes.
const BYTES_OF_PATTERNS: usize = 24 << 20;
const BYTES_OF_ANSWERS: usize = 8 << 20;
/// Most texts that are remembered for all cells together.
const MOST_TEXTS_OF_ALL: usize = 1 << 20;
/// Memory of an entry of a table besides its content, in bytes.
const ENTRY: usize = 64;

/// Several filters on the same columns, judged together: a condition in several of them is judged once.
///
/// Each thread has its own clone, with patterns of its own; [`Panel::absorb`] joins the levels they have found.
#[derive(Debug, Clone)]
pub struct Panel<'a> {
    filters: Vec<ConditionTree<ConditionIndex>>,
    /// The filters as they were written, and the columns: for the place of a fault.
    written: Vec<&'a Filter>,
    columns: Vec<CaseColumn<'a>>,
    cells: Vec<CellGroup<'a>>,
    patterns: Numbering<u32>,
    /// The answers of the filters, pattern after pattern.
    remembered: Vec<Truth>,
    current: Current,
    /// The answers of the filters for a case without a remembered pattern.
    fresh: Vec<Truth>,
    key: Vec<u32>,
}

/// The index of a condition: of its cells, and among the conditions on these.
#[derive(Debug, Clone, Copy)]
struct ConditionIndex {
    cells: usize,
    atom: usize,
}

/// Where the answers of the current case are.
#[derive(Debug, Clone, Copy)]
enum Current {
    Known(usize),
    Fresh,
}

/// The conditions on the same cell, or the same two.
#[derive(Debug, Clone)]
struct CellGroup<'a> {
    atoms: Vec<Atom<'a>>,
    /// The number of the answers of each text.
    texts: FxHashMap<Box<[u8]>, u32>,
    most_texts: usize,
    numbers: Numbering<Truth>,
    /// The answers of the conditions, number after number.
    remembered: Vec<Truth>,
    current: Current,
    fresh: Vec<Truth>,
    key: Vec<u8>,
}

/// Numbers for sequences, in order of first occurrence, up to a limit.
#[derive(Debug, Clone)]
struct Numbering<T> {
    numbers: FxHashMap<Box<[T]>, usize>,
    most: usize,
}

impl<T: Copy + Eq + Hash> Numbering<T> {
    fn at_most(most: usize) -> Numbering<T> {
        Numbering { numbers: FxHashMap::default(), most }
    }

    fn number(&self, sequence: &[T]) -> Option<usize> {
        self.numbers.get(sequence).copied()
    }

    /// The number of a new sequence; `None` beyond the limit.
    fn add(&mut self, sequence: &[T]) -> Option<usize> {
        let number = self.numbers.len();
        (number < self.most).then(|| {
            self.numbers.insert(sequence.into(), number);
            number
        })
    }
}

impl<'a> Panel<'a> {
    /// Binds the filters to the columns, like [`Filter::bind`].
    ///
    /// Errors: the number of each filter that does not fit, from 0, with its fault.
    pub fn bind(filters: &[&'a Filter], columns: &[CaseColumn<'a>]) -> Result<Panel<'a>, Vec<(usize, FilterFault)>> {
        Panel::bind_at_most(filters, columns, MOST_PATTERNS)
    }

    /// The same with at most so many patterns.
    pub(super) fn bind_at_most(
        filters: &[&'a Filter],
        columns: &[CaseColumn<'a>],
        most: usize,
    ) -> Result<Panel<'a>, Vec<(usize, FilterFault)>> {
        let mut binder = PanelBinder { columns, ..PanelBinder::default() };
        let (mut trees, mut faults) = (Vec::with_capacity(filters.len()), Vec::new());
        for (number, filter) in filters.iter().enumerate() {
            match binder.filter(filter) {
                Ok(tree) => trees.push(tree),
                Err(fault) => faults.push((number, fault)),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let (written, filters) = (filters.to_vec(), trees);
        let groups = binder.cells.len().max(1);
        let (texts, bytes) = (share(MOST_TEXTS_OF_ALL, groups), share(BYTES_OF_ANSWERS, groups));
        let cells = binder.cells.into_iter().map(|atoms| CellGroup::new(atoms, texts, bytes, most)).collect();
        let each = filters.len().saturating_add(groups.saturating_mul(size_of::<u32>())).saturating_add(ENTRY);
        Ok(Panel {
            fresh: vec![Truth::Unknown; filters.len()],
            filters,
            written,
            columns: columns.to_vec(),
            cells,
            patterns: Numbering::at_most(most.min(share(BYTES_OF_PATTERNS, each))),
            remembered: Vec::new(),
            current: Current::Fresh,
            key: Vec::new(),
        })
    }

    /// The columns that the filters ask.
    pub fn columns(&self) -> impl Iterator<Item = CaseColumn<'a>> {
        self.cells.iter().flat_map(|cells| &cells.atoms).flat_map(Atom::columns)
    }

    /// Judges a case; returns the number of the pattern of its answers, from 0 in order of first occurrence.
    ///
    /// `None` for a new pattern beyond the limit of those remembered (16,384, and
    /// fewer if they take more than 24 MiB); its answers are available all the same.
    pub fn judge(&mut self, record: &impl Record) -> Option<usize> {
        self.key.clear();
        for cells in &mut self.cells {
            if let Some(number) = cells.judge(record) {
                self.key.push(number);
            }
        }
        // There is no key without the number of each cell.
        let has_key = self.key.len() == self.cells.len();
        let known = if has_key { self.patterns.number(&self.key) } else { None };
        let number = known.or_else(|| {
            self.judge_filters();
            let number = if has_key { self.patterns.add(&self.key) } else { None };
            if number.is_some() {
                self.remembered.extend_from_slice(&self.fresh);
            }
            number
        });
        self.current = number.map_or(Current::Fresh, Current::Known);
        number
    }

    fn judge_filters(&mut self) {
        let cells = &self.cells;
        let mut answer =
            |index: &ConditionIndex| cells.get(index.cells).map_or(Truth::Unknown, |cells| cells.answer(index.atom));
        self.fresh.clear();
        self.fresh.extend(self.filters.iter().map(|filter| filter.truth(&mut answer)));
    }

    /// The answer of each filter for the case that was judged last; unknown before the first.
    pub fn answers(&self) -> &[Truth] {
        match self.current {
            Current::Known(number) => self.of_pattern(number),
            Current::Fresh => &self.fresh,
        }
    }

    /// Number of patterns that are known.
    #[cfg(test)]
    pub(super) fn patterns(&self) -> usize {
        self.patterns.numbers.len()
    }

    /// The answer of each filter in a pattern; empty for an unknown pattern.
    pub fn of_pattern(&self, number: usize) -> &[Truth] {
        part(&self.remembered, self.filters.len(), number)
    }

    /// Adds the levels that another clone has found in its part of the cases; its patterns are not added.
    pub fn absorb(&mut self, other: &Panel<'_>) {
        for (ours, theirs) in self.cells.iter_mut().zip(&other.cells) {
            for (ours, theirs) in ours.atoms.iter_mut().zip(&theirs.atoms) {
                ours.vocabulary.absorb(&theirs.vocabulary);
            }
        }
    }

    /// After all cases were judged: the words of the cells that the filters name in other capitals, each with the header of
    /// its column.
    pub fn spellings(&self) -> impl Iterator<Item = (&'a str, String)> {
        self.cells.iter().flat_map(|cells| &cells.atoms).flat_map(Atom::spellings)
    }

    /// After all cases were judged: the filters with a level, agent or domain that is neither declared in the schema nor in
    /// any case, each by its number with its first fault.
    pub fn level_faults(&self) -> Vec<(usize, FilterFault)> {
        let each = self.filters.iter().zip(&self.written).enumerate();
        each.filter_map(|(number, (tree, written))| Some((number, self.level_fault(tree, written)?))).collect()
    }

    /// A condition that several filters share is bound once; its fault has its place in the filter that is asked.
    fn level_fault(&self, tree: &ConditionTree<ConditionIndex>, written: &Filter) -> Option<FilterFault> {
        let mut shared = Vec::new();
        tree.each(&mut |index| {
            shared.extend(self.cells.get(index.cells).and_then(|cells| cells.atoms.get(index.atom)))
        });
        if shared.iter().all(|atom| atom.check_levels().is_ok()) {
            return None;
        }
        let mut alone = written.bind(&self.columns).ok()?;
        alone.atoms.iter_mut().zip(shared).for_each(|(own, shared)| own.vocabulary.absorb(&shared.vocabulary));
        alone.check_levels().err()
    }

    /// Number of conditions on each cell, or on two.
    #[cfg(test)]
    pub(super) fn conditions(&self) -> Vec<usize> {
        self.cells.iter().map(|cells| cells.atoms.len()).collect()
    }
}

impl<'a> CellGroup<'a> {
    fn new(atoms: Vec<Atom<'a>>, most_texts: usize, bytes: usize, most: usize) -> CellGroup<'a> {
        // Each is kept twice: in the table and in order of the numbers. More of them than patterns are of no use.
        let each = atoms.len().saturating_mul(2).saturating_add(ENTRY);
        CellGroup {
            fresh: Vec::with_capacity(atoms.len()),
            atoms,
            texts: FxHashMap::default(),
            most_texts: most_texts.min(MOST_TEXTS),
            numbers: Numbering::at_most(most.min(share(bytes, each))),
            remembered: Vec::new(),
            current: Current::Fresh,
            key: Vec::new(),
        }
    }

    /// The number of the answers of a case; `None` beyond the limit.
    fn judge(&mut self, record: &impl Record) -> Option<u32> {
        let (column, second) = self.atoms.first().map(|atom| (atom.column, atom.second))?;
        let first = record.text(column.column);
        let Some(second) = second else { return self.of_texts(&first, &first, b"") };
        let second = record.text(second.column);
        let mut key = std::mem::take(&mut self.key);
        write_pair(&mut key, &first, &second);
        let number = self.of_texts(&key, &first, &second);
        self.key = key;
        number
    }

    fn of_texts(&mut self, key: &[u8], first: &[u8], second: &[u8]) -> Option<u32> {
        if let Some(number) = self.texts.get(key).copied() {
            self.current = Current::Known(number as usize);
            return Some(number);
        }
        let (text, more) = (String::from_utf8_lossy(first), String::from_utf8_lossy(second));
        self.fresh.clear();
        self.fresh.extend(self.atoms.iter_mut().map(|atom| atom.answer(&text, &more)));
        let number = self.numbers.number(&self.fresh).or_else(|| {
            let number = self.numbers.add(&self.fresh)?;
            self.remembered.extend_from_slice(&self.fresh);
            Some(number)
        });
        self.current = number.map_or(Current::Fresh, Current::Known);
        let number = u32::try_from(number?).ok()?;
        if self.texts.len() < self.most_texts && key.len() <= LONGEST_TEXT {
            self.texts.insert(key.into(), number);
        }
        Some(number)
    }

    /// The answer of one condition for the current case.
    fn answer(&self, atom: usize) -> Truth {
        let answers = match self.current {
            Current::Known(number) => part(&self.remembered, self.atoms.len(), number),
            Current::Fresh => &self.fresh,
        };
        answers.get(atom).copied().unwrap_or(Truth::Unknown)
    }
}

/// Binds the conditions of several filters, each once.
#[derive(Default)]
struct PanelBinder<'c, 'a> {
    columns: &'c [CaseColumn<'a>],
    /// The index of each condition by its normal form: equal forms are bound once.
    indices: FxHashMap<String, ConditionIndex>,
    /// The cells by their columns.
    by_columns: FxHashMap<(usize, Option<usize>), usize>,
    cells: Vec<Vec<Atom<'a>>>,
}

impl PanelBinder<'_, '_> {
    fn filter(&mut self, filter: &Filter) -> Result<ConditionTree<ConditionIndex>, FilterFault> {
        filter.0.try_map(&mut |condition| {
            let form = condition.to_string();
            if let Some(index) = self.indices.get(&form) {
                return Ok(*index);
            }
            let atom = atom(condition, self.columns)?;
            let columns = (atom.column.column, atom.second.map(|second| second.column));
            let cells = *self.by_columns.entry(columns).or_insert(self.cells.len());
            if cells == self.cells.len() {
                self.cells.push(Vec::new());
            }
            let index = ConditionIndex { cells, atom: self.cells.get(cells).map_or(0, Vec::len) };
            if let Some(cells) = self.cells.get_mut(cells) {
                cells.push(atom);
            }
            self.indices.insert(form, index);
            Ok(index)
        })
    }
}

/// How many times `each` goes into `all`, but at least once.
fn share(all: usize, each: usize) -> usize {
    all.checked_div(each).unwrap_or(all).max(1)
}

/// The part with a number, if all parts have the same length.
fn part(parts: &[Truth], length: usize, number: usize) -> &[Truth] {
    let from = number.saturating_mul(length);
    parts.get(from..from.saturating_add(length)).unwrap_or_default()
}
