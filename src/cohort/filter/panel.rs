//! Several filters judged together: what many of them ask is asked once.
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
use super::tree::{Tree, Truth};
use crate::cohort::column::CaseColumn;
use rustc_hash::FxHashMap;
use std::hash::Hash;

/// Most patterns that are known; fewer where each takes much memory.
const MOST_PATTERNS: usize = 1 << 14;
/// Memory for the patterns, and that for the answers of the cells, in bytes.
const BYTES_OF_PATTERNS: usize = 24 << 20;
const BYTES_OF_ANSWERS: usize = 8 << 20;
/// Most texts that are remembered, of all cells.
const MOST_TEXTS_OF_ALL: usize = 1 << 20;
/// What an entry of a table takes beside its content, in bytes.
const ENTRY: usize = 64;

/// Several filters of the same columns, judged together: a condition that several of them ask is asked once.
///
/// Each thread has its own clone, with patterns of its own; [`Panel::absorb`] joins what they met.
#[derive(Debug, Clone)]
pub struct Panel<'a> {
    filters: Vec<Tree<Place>>,
    cells: Vec<Cells<'a>>,
    patterns: Known<u32>,
    /// The answers of the filters, pattern after pattern.
    remembered: Vec<Truth>,
    current: Current,
    /// The answers of the filters for a case of no known pattern.
    fresh: Vec<Truth>,
    key: Vec<u32>,
}

/// Where a condition stands: among which cells, and as which of their conditions.
#[derive(Debug, Clone, Copy)]
struct Place {
    cells: usize,
    atom: usize,
}

/// Which answers are those of the case at hand.
#[derive(Debug, Clone, Copy)]
enum Current {
    Known(usize),
    Fresh,
}

/// The conditions that ask the same cell, or the same two.
#[derive(Debug, Clone)]
struct Cells<'a> {
    atoms: Vec<Asked<'a>>,
    /// The number of the answers of each text.
    texts: FxHashMap<Box<[u8]>, u32>,
    most_texts: usize,
    numbers: Known<Truth>,
    /// The answers of the conditions, number after number.
    remembered: Vec<Truth>,
    current: Current,
    fresh: Vec<Truth>,
    key: Vec<u8>,
}

/// A condition, its place among all, and the first filter that asks it.
#[derive(Debug, Clone)]
struct Asked<'a> {
    atom: Atom<'a>,
    order: usize,
    filter: usize,
}

/// Sequences by number, in the order of their first meeting, up to a limit.
#[derive(Debug, Clone)]
struct Known<T> {
    numbers: FxHashMap<Box<[T]>, usize>,
    most: usize,
}

impl<T: Copy + Eq + Hash> Known<T> {
    fn at_most(most: usize) -> Known<T> {
        Known { numbers: FxHashMap::default(), most }
    }

    fn number(&self, sequence: &[T]) -> Option<usize> {
        self.numbers.get(sequence).copied()
    }

    /// The number of a new sequence; none where no more are kept.
    fn add(&mut self, sequence: &[T]) -> Option<usize> {
        let number = self.numbers.len();
        (number < self.most).then(|| {
            self.numbers.insert(sequence.into(), number);
            number
        })
    }
}

impl<'a> Panel<'a> {
    /// Finds the columns that the filters name, as [`Filter::bind`].
    ///
    /// Errors: the number of the first filter that does not fit, from 0, with its fault.
    pub fn bind(filters: &[&Filter], columns: &[CaseColumn<'a>]) -> Result<Panel<'a>, (usize, FilterFault)> {
        Panel::bind_at_most(filters, columns, MOST_PATTERNS)
    }

    /// The same with at most so many patterns.
    pub(super) fn bind_at_most(
        filters: &[&Filter],
        columns: &[CaseColumn<'a>],
        most: usize,
    ) -> Result<Panel<'a>, (usize, FilterFault)> {
        let mut binder = Binder { columns, ..Binder::default() };
        let each = filters.iter().enumerate();
        let trees = each.map(|(number, filter)| binder.filter(number, filter).map_err(|fault| (number, fault)));
        let filters: Vec<Tree<Place>> = trees.collect::<Result<_, _>>()?;
        let groups = binder.cells.len().max(1);
        let (texts, bytes) = (share(MOST_TEXTS_OF_ALL, groups), share(BYTES_OF_ANSWERS, groups));
        let cells = binder.cells.into_iter().map(|atoms| Cells::new(atoms, texts, bytes, most)).collect();
        let each = filters.len().saturating_add(groups.saturating_mul(size_of::<u32>())).saturating_add(ENTRY);
        Ok(Panel {
            fresh: vec![Truth::Unknown; filters.len()],
            filters,
            cells,
            patterns: Known::at_most(most.min(share(BYTES_OF_PATTERNS, each))),
            remembered: Vec::new(),
            current: Current::Fresh,
            key: Vec::new(),
        })
    }

    /// Judges a case: the number of the pattern of its answers, from 0 in order of first meeting.
    ///
    /// None for a pattern that is not known, once as many are known as are remembered (16,384, and
    /// fewer where they take more than 24 MiB); its answers are worked out all the same.
    pub fn judge(&mut self, record: &impl Record) -> Option<usize> {
        self.key.clear();
        for cells in &mut self.cells {
            if let Some(number) = cells.judge(record) {
                self.key.push(number);
            }
        }
        // Without the number of one of the cells there is no key.
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
            |place: &Place| cells.get(place.cells).map_or(Truth::Unknown, |cells| cells.answer(place.atom));
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
    pub fn patterns(&self) -> usize {
        self.patterns.numbers.len()
    }

    /// The answer of each filter in a pattern; none for a number that no pattern has.
    pub fn of_pattern(&self, number: usize) -> &[Truth] {
        part(&self.remembered, self.filters.len(), number)
    }

    /// Adds the levels that another clone has met in its part of the cases; its patterns are not added.
    pub fn absorb(&mut self, other: &Panel<'_>) {
        for (ours, theirs) in self.cells.iter_mut().zip(&other.cells) {
            for (ours, theirs) in ours.atoms.iter_mut().zip(&theirs.atoms) {
                ours.atom.vocabulary.absorb(&theirs.atom.vocabulary);
            }
        }
    }

    /// After all cases were judged: whether every level, agent and domain the filters name exists.
    ///
    /// Errors: the number of the first filter that names one that neither the schema declares nor any
    /// case has, with its fault.
    pub fn check_levels(&self) -> Result<(), (usize, FilterFault)> {
        let asked = self.cells.iter().flat_map(|cells| &cells.atoms);
        let faults = asked.filter_map(|asked| Some((asked, asked.atom.check_levels().err()?)));
        let first = faults.min_by_key(|(asked, _)| asked.order);
        first.map_or(Ok(()), |(asked, fault)| Err((asked.filter, fault)))
    }

    /// Number of filters.
    pub fn len(&self) -> usize {
        self.filters.len()
    }

    /// True without any filter.
    pub fn is_empty(&self) -> bool {
        self.filters.is_empty()
    }

    /// Number of conditions on each cell, or on two.
    #[cfg(test)]
    pub(super) fn conditions(&self) -> Vec<usize> {
        self.cells.iter().map(|cells| cells.atoms.len()).collect()
    }
}

impl<'a> Cells<'a> {
    fn new(atoms: Vec<Asked<'a>>, most_texts: usize, bytes: usize, most: usize) -> Cells<'a> {
        // Once in the table and once in the order of the numbers; more of them than patterns are of no use.
        let each = atoms.len().saturating_mul(2).saturating_add(ENTRY);
        Cells {
            fresh: Vec::with_capacity(atoms.len()),
            atoms,
            texts: FxHashMap::default(),
            most_texts: most_texts.min(MOST_TEXTS),
            numbers: Known::at_most(most.min(share(bytes, each))),
            remembered: Vec::new(),
            current: Current::Fresh,
            key: Vec::new(),
        }
    }

    /// The number of the answers of a case; none where no more are kept.
    fn judge(&mut self, record: &impl Record) -> Option<u32> {
        let (column, second) = self.atoms.first().map(|asked| (asked.atom.column, asked.atom.second))?;
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
        self.fresh.extend(self.atoms.iter_mut().map(|asked| asked.atom.answer(&text, &more)));
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

    /// The answer of one condition for the case at hand.
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
struct Binder<'c, 'a> {
    columns: &'c [CaseColumn<'a>],
    /// The place of a condition by its normal form: two of one form are bound alike.
    places: FxHashMap<String, Place>,
    /// The cells by their columns.
    by_columns: FxHashMap<(usize, Option<usize>), usize>,
    cells: Vec<Vec<Asked<'a>>>,
}

impl Binder<'_, '_> {
    fn filter(&mut self, number: usize, filter: &Filter) -> Result<Tree<Place>, FilterFault> {
        filter.0.try_map(&mut |condition| {
            let form = condition.to_string();
            if let Some(place) = self.places.get(&form) {
                return Ok(*place);
            }
            let atom = atom(condition, self.columns)?;
            let columns = (atom.column.column, atom.second.map(|second| second.column));
            let cells = *self.by_columns.entry(columns).or_insert(self.cells.len());
            if cells == self.cells.len() {
                self.cells.push(Vec::new());
            }
            let asked = Asked { atom, order: self.places.len(), filter: number };
            let place = Place { cells, atom: self.cells.get(cells).map_or(0, Vec::len) };
            if let Some(cells) = self.cells.get_mut(cells) {
                cells.push(asked);
            }
            self.places.insert(form, place);
            Ok(place)
        })
    }
}

/// How often `each` goes into `all`: at least once.
fn share(all: usize, each: usize) -> usize {
    all.checked_div(each).unwrap_or(all).max(1)
}

/// The part of a number, where every part is as long.
fn part(parts: &[Truth], length: usize, number: usize) -> &[Truth] {
    let from = number.saturating_mul(length);
    parts.get(from..from.saturating_add(length)).unwrap_or_default()
}
