//! A filter bound to the columns of its cases: judges one case after another.

use super::fault::{FilterFault, FilterResult};
use super::question::CellQuestion;
use super::tree::{ConditionTree, Truth};
use super::vocabulary::FilterVocabulary;
use crate::cohort::column::CaseColumn;
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// Most texts per condition whose answer is remembered; others are judged each time.
pub(super) const MOST_TEXTS: usize = 1 << 14;
/// Length in bytes of the longest text that is remembered.
pub(super) const LONGEST_TEXT: usize = 512;

/// One case, cell by cell.
pub trait Record {
    /// The trimmed text of a cell, without the quotes of the file.
    fn text(&self, column: usize) -> Cow<'_, [u8]>;
}

/// A filter that judges cases. Each thread has its own clone; [`BoundFilter::absorb`] joins them.
#[derive(Debug, Clone)]
pub struct BoundFilter<'a> {
    pub(super) tree: ConditionTree<usize>,
    pub(super) atoms: Vec<Atom<'a>>,
}

/// One condition, with what it asks of which cells and the answers it has given.
#[derive(Debug, Clone)]
pub(super) struct Atom<'a> {
    question: CellQuestion<'a>,
    negated: bool,
    pub column: CaseColumn<'a>,
    /// The second cell, where two are compared.
    pub second: Option<CaseColumn<'a>>,
    pub vocabulary: FilterVocabulary,
    answers: FxHashMap<Box<[u8]>, Truth>,
    /// The key of two cells; a reused buffer.
    key: Vec<u8>,
}

impl<'a> BoundFilter<'a> {
    /// Whether a case is kept; unknown if its cells do not tell.
    pub fn judge(&mut self, record: &impl Record) -> Truth {
        let BoundFilter { tree, atoms } = self;
        // Whether a level occurs must not depend on the other conditions.
        for atom in atoms.iter_mut().filter(|atom| atom.vocabulary.is_open()) {
            atom.judge(record);
        }
        tree.truth(&mut |number| atoms.get_mut(*number).map_or(Truth::Unknown, |atom| atom.judge(record)))
    }

    /// The columns that it asks.
    pub fn columns(&self) -> impl Iterator<Item = CaseColumn<'a>> {
        self.atoms.iter().flat_map(Atom::columns)
    }

    /// The names of the variables that keep a case from being judged, each once, in the order of the
    /// filter; none for a case that is not unknown.
    pub fn unknown_columns(&mut self, record: &impl Record) -> Vec<&'a str> {
        let BoundFilter { tree, atoms } = self;
        let mut unknown = Vec::new();
        let mut judge = |number: &usize| atoms.get_mut(*number).map_or(Truth::Unknown, |atom| atom.judge(record));
        tree.unknown(&mut judge, &mut |number| unknown.push(*number));
        let mut names = Vec::new();
        for name in unknown.into_iter().filter_map(|number| atoms.get(number)).flat_map(|atom| atom.silent(record)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// Adds the levels that another clone has found in its part of the cases.
    pub fn absorb(&mut self, other: &BoundFilter<'_>) {
        for (ours, theirs) in self.atoms.iter_mut().zip(&other.atoms) {
            ours.vocabulary.absorb(&theirs.vocabulary);
        }
    }

    /// After all cases were judged: the words of the cells that it names in other capitals, each with the header of its
    /// column.
    pub fn spellings(&self) -> impl Iterator<Item = (&'a str, String)> {
        self.atoms.iter().flat_map(Atom::spellings)
    }

    /// Checks, after all cases were judged, that every level, agent and domain in the filter exists.
    ///
    /// Errors: one that is neither declared in the schema nor occurs in any case, with the most similar one.
    pub fn check_levels(&self) -> Result<(), FilterFault> {
        self.atoms.iter().try_for_each(Atom::check_levels)
    }
}

impl<'a> Atom<'a> {
    pub fn new(column: CaseColumn<'a>, question: CellQuestion<'a>, negated: bool) -> Atom<'a> {
        Atom {
            question,
            negated,
            column,
            second: None,
            vocabulary: FilterVocabulary::default(),
            answers: FxHashMap::default(),
            key: Vec::new(),
        }
    }

    /// Adds a second cell to compare.
    pub fn and(self, second: CaseColumn<'a>) -> Atom<'a> {
        Atom { second: Some(second), ..self }
    }

    /// Sets the words it names.
    pub fn with(self, vocabulary: FilterVocabulary) -> Atom<'a> {
        Atom { vocabulary, ..self }
    }

    /// The columns that it asks: one, or two that are compared.
    pub fn columns(&self) -> impl Iterator<Item = CaseColumn<'a>> + use<'a> {
        [Some(self.column), self.second].into_iter().flatten()
    }

    fn judge(&mut self, record: &impl Record) -> Truth {
        let first = record.text(self.column.column);
        let Some(second) = self.second else { return self.of_texts(&first, b"") };
        let second = record.text(second.column);
        self.of_texts(&first, &second)
    }

    fn of_texts(&mut self, first: &[u8], second: &[u8]) -> Truth {
        let mut key = std::mem::take(&mut self.key);
        let truth = if self.second.is_none() {
            self.remembered(first, first, second)
        } else {
            write_pair(&mut key, first, second);
            self.remembered(&key, first, second)
        };
        self.key = key;
        truth
    }

    fn remembered(&mut self, key: &[u8], first: &[u8], second: &[u8]) -> Truth {
        if let Some(truth) = self.answers.get(key) {
            return *truth;
        }
        let truth = self.answer(&String::from_utf8_lossy(first), &String::from_utf8_lossy(second));
        if self.answers.len() < MOST_TEXTS && key.len() <= LONGEST_TEXT {
            self.answers.insert(key.into(), truth);
        }
        truth
    }

    /// Judges a cell, and a second one when two are compared; notes the words that occur.
    pub fn answer(&mut self, text: &str, second: &str) -> Truth {
        let truth = self.question.answer(text, second, &mut self.vocabulary);
        if self.negated { !truth } else { truth }
    }

    /// Errors: a word in it that is neither declared in the schema nor occurs in any case.
    pub fn check_levels(&self) -> FilterResult<()> {
        let variable = self.column.variable();
        self.vocabulary.check(&variable.name, variable.is_withheld())
    }

    /// The words of the cells that it names in other capitals, each with the header of its column.
    pub fn spellings(&self) -> impl Iterator<Item = (&'a str, String)> {
        let variable = self.column.variable();
        let words = self.vocabulary.spellings().filter(|_| !variable.is_withheld());
        words.map(|word| (variable.header.as_str(), word.to_owned()))
    }

    /// The names of the columns that leave an unknown case open.
    fn silent(&self, record: &impl Record) -> impl Iterator<Item = &'a str> {
        let second = self.second.map(|second| record.text(second.column)).unwrap_or_default();
        let first = record.text(self.column.column);
        let silent = self.question.silent(&String::from_utf8_lossy(&first), &String::from_utf8_lossy(&second));
        let first = silent.0.then_some(self.column.variable());
        let second = self.second.filter(|_| silent.1).map(|second| second.variable());
        first.into_iter().chain(second).map(|variable| variable.name.as_str())
    }
}

/// Writes the key of two texts, which starts with the length of the first so that different pairs have different
/// keys.
pub(super) fn write_pair(key: &mut Vec<u8>, first: &[u8], second: &[u8]) {
    key.clear();
    key.extend_from_slice(&first.len().to_le_bytes());
    key.extend_from_slice(first);
    key.extend_from_slice(second);
}
