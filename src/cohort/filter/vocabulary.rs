//! The levels a filter names, and those that occur: a level that no case has is a typing error.

use super::fault::FilterFault;
use super::names::did_you_mean;
use super::syntax::{Span, name_as_written, text_as_written};
use crate::schema::declared_word;
use std::collections::BTreeSet;

/// Most words that are remembered for suggestions.
const MOST: usize = 1 << 14;

/// The kind of a word in a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum WordKind {
    /// A level of a category, a binary or a set.
    Level,
    /// An agent of a treatment line.
    Agent,
    /// A domain of responses.
    Domain,
}

impl WordKind {
    fn word(self) -> &'static str {
        match self {
            WordKind::Level => "level",
            WordKind::Agent => "agent",
            WordKind::Domain => "response domain",
        }
    }

    fn written(self) -> fn(&str) -> String {
        if self == WordKind::Domain { name_as_written } else { text_as_written }
    }
}

#[derive(Debug, Clone)]
struct NamedWord {
    kind: WordKind,
    word: String,
    at: Span,
    met: bool,
}

/// The words in one condition, and those that occur in the column.
#[derive(Debug, Clone, Default)]
pub(super) struct FilterVocabulary {
    named: Vec<NamedWord>,
    known: BTreeSet<(WordKind, String)>,
}

impl FilterVocabulary {
    /// Notes a word in the filter.
    pub fn ask(&mut self, kind: WordKind, word: &str, at: Span) {
        let met = self.known.contains(&(kind, word.to_owned()));
        self.named.push(NamedWord { kind, word: word.to_owned(), at, met });
    }

    /// True while a word in the filter has not occurred.
    pub fn is_open(&self) -> bool {
        self.named.iter().any(|named| !named.met)
    }

    /// Notes a word that the schema declares; must be called before [`FilterVocabulary::ask`].
    pub fn declare(&mut self, kind: WordKind, word: &str) {
        self.known.insert((kind, word.to_owned()));
    }

    /// Notes a word of a cell.
    pub fn meet(&mut self, kind: WordKind, word: &str) {
        if !self.is_open() {
            return;
        }
        for named in self.named.iter_mut().filter(|named| named.kind == kind && named.word == word) {
            named.met = true;
        }
        let entry = (kind, word.to_owned());
        if self.known.len() < MOST || self.known.last().is_some_and(|last| entry < *last) {
            self.known.insert(entry);
        }
        if self.known.len() > MOST {
            self.known.pop_last();
        }
    }

    /// Adds the words of another part of the cases.
    pub fn absorb(&mut self, other: &FilterVocabulary) {
        other.known.iter().for_each(|(kind, word)| self.meet(*kind, word));
        // A word may have occurred without being remembered.
        for (ours, theirs) in self.named.iter_mut().zip(&other.named) {
            ours.met |= theirs.met;
        }
    }

    /// The words that occur of which one in the filter differs only in capitals, where it does not occur itself.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        let missed = self.named.iter().filter(|named| !named.met);
        missed.filter_map(|named| {
            let known = self.known.iter().filter(|(kind, _)| *kind == named.kind);
            declared_word(&named.word, known.map(|(_, word)| word.as_str()))
        })
    }

    /// Errors: the first word that does not occur; words of a withheld column are not suggested.
    pub fn check(&self, column: &str, is_withheld: bool) -> Result<(), FilterFault> {
        let Some(named) = self.named.iter().find(|named| !named.met) else { return Ok(()) };
        let (kind, column) = (named.kind, name_as_written(column));
        let known = self.known.iter().filter(|(known, _)| *known == kind && !is_withheld);
        let known: Vec<&str> = known.map(|(_, word)| word.as_str()).collect();
        let what = format!("the {}s of {column} are", kind.word());
        let remedy = did_you_mean(&named.word, &what, &known, kind.written());
        let remedy =
            remedy.or_else(|| (!is_withheld).then(|| format!("no {} of {column} occurs in the data", kind.word())));
        let message = format!("{column} has no {} {}", kind.word(), text_as_written(&named.word));
        Err(FilterFault::new(message, named.at, remedy))
    }
}
