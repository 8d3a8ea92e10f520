//! A filter bound to the columns of its cases: judges one case after another.

use super::fault::{FilterFault, Fitted};
use super::question::Question;
use super::tree::{Tree, Truth};
use super::vocabulary::Vocabulary;
use crate::cohort::column::CaseColumn;
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// Most texts whose answer is remembered, a condition; others are worked out each time.
pub(super) const MOST_TEXTS: usize = 1 << 14;
/// Longer texts, in bytes, are not remembered.
pub(super) const LONGEST_TEXT: usize = 512;

/// One case, cell by cell.
pub trait Record {
    /// The trimmed text of a cell, without the quotes of the file.
    fn text(&self, column: usize) -> Cow<'_, [u8]>;
}

/// A filter that judges cases. Each thread has its own clone; [`Bound::absorb`] joins them.
#[derive(Debug, Clone)]
pub struct Bound<'a> {
    pub(super) tree: Tree<usize>,
    pub(super) atoms: Vec<Atom<'a>>,
}

/// One condition, with what it asks of which cells and the answers it has given.
#[derive(Debug, Clone)]
pub(super) struct Atom<'a> {
    question: Question<'a>,
    negated: bool,
    pub column: CaseColumn<'a>,
    /// The second cell, where two are compared.
    pub second: Option<CaseColumn<'a>>,
    pub vocabulary: Vocabulary,
    answers: FxHashMap<Box<[u8]>, Truth>,
    /// The key of two cells, kept for its memory.
    key: Vec<u8>,
}

impl<'a> Bound<'a> {
    /// Whether a case is kept; unknown where it does not say.
    pub fn judge(&mut self, record: &impl Record) -> Truth {
        let Bound { tree, atoms } = self;
        // Whether a level exists must not depend on the other conditions.
        for atom in atoms.iter_mut().filter(|atom| atom.vocabulary.is_open()) {
            atom.judge(record);
        }
        tree.truth(&mut |number| atoms.get_mut(*number).map_or(Truth::Unknown, |atom| atom.judge(record)))
    }

    /// The names of the variables that keep a case from being judged, each once, in the order of the
    /// filter; none for a case that is not unknown.
    pub fn unknown_columns(&mut self, record: &impl Record) -> Vec<&'a str> {
        let Bound { tree, atoms } = self;
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

    /// Adds the levels that another clone has met in its part of the cases.
    pub fn absorb(&mut self, other: &Bound<'_>) {
        for (ours, theirs) in self.atoms.iter_mut().zip(&other.atoms) {
            ours.vocabulary.absorb(&theirs.vocabulary);
        }
    }

    /// After all cases were judged: whether every level, agent and domain the filter names exists.
    ///
    /// Errors: one that neither the schema declares nor any case has, with the most similar one.
    pub fn check_levels(&self) -> Result<(), FilterFault> {
        self.atoms.iter().try_for_each(Atom::check_levels)
    }
}

impl<'a> Atom<'a> {
    pub fn new(column: CaseColumn<'a>, question: Question<'a>, negated: bool) -> Atom<'a> {
        Atom {
            question,
            negated,
            column,
            second: None,
            vocabulary: Vocabulary::default(),
            answers: FxHashMap::default(),
            key: Vec::new(),
        }
    }

    /// With a second cell to compare.
    pub fn and(self, second: CaseColumn<'a>) -> Atom<'a> {
        Atom { second: Some(second), ..self }
    }

    /// With the words it names.
    pub fn with(self, vocabulary: Vocabulary) -> Atom<'a> {
        Atom { vocabulary, ..self }
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

    /// Works out the answer of a cell, and for two numbers of a second one. The words it has are met.
    pub fn answer(&mut self, text: &str, second: &str) -> Truth {
        let truth = self.question.answer(text, second, &mut self.vocabulary);
        if self.negated { !truth } else { truth }
    }

    /// Errors: a word it names that neither the schema declares nor any case has.
    pub fn check_levels(&self) -> Fitted<()> {
        let variable = self.column.variable();
        self.vocabulary.check(&variable.name, variable.is_withheld())
    }

    /// The names of the columns that do not say, in an unknown case.
    fn silent(&self, record: &impl Record) -> impl Iterator<Item = &'a str> {
        let second = self.second.map(|second| record.text(second.column)).unwrap_or_default();
        let first = record.text(self.column.column);
        let silent = self.question.silent(&String::from_utf8_lossy(&first), &String::from_utf8_lossy(&second));
        let first = silent.0.then_some(self.column.variable());
        let second = self.second.filter(|_| silent.1).map(|second| second.variable());
        first.into_iter().chain(second).map(|variable| variable.name.as_str())
    }
}

/// Writes the key of two texts: with its length in front, no two pairs have one key.
pub(super) fn write_pair(key: &mut Vec<u8>, first: &[u8], second: &[u8]) {
    key.clear();
    key.extend_from_slice(&first.len().to_le_bytes());
    key.extend_from_slice(first);
    key.extend_from_slice(second);
}
