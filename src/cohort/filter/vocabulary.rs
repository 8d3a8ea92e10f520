//! The levels a filter names, and those that were met: a level nobody has is a typing error.

use super::fault::FilterFault;
use super::names::did_you_mean;
use super::syntax::{Span, name_as_written, text_as_written};
use std::collections::BTreeSet;

/// Most words that are remembered to be offered.
const MOST: usize = 1 << 14;

/// What sort of word a filter names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sort {
    /// A level of a category, a binary or a set.
    Level,
    /// An agent of a treatment line.
    Agent,
    /// A domain of responses.
    Domain,
}

impl Sort {
    fn word(self) -> &'static str {
        match self {
            Sort::Level => "level",
            Sort::Agent => "agent",
            Sort::Domain => "response domain",
        }
    }

    fn written(self) -> fn(&str) -> String {
        if self == Sort::Domain { name_as_written } else { text_as_written }
    }
}

#[derive(Debug, Clone)]
struct Asked {
    sort: Sort,
    word: String,
    at: Span,
    met: bool,
}

/// The words one condition names of a column, and those its cells have.
#[derive(Debug, Clone, Default)]
pub(super) struct Vocabulary {
    asked: Vec<Asked>,
    known: BTreeSet<(Sort, String)>,
}

impl Vocabulary {
    /// Notes a word the filter names.
    pub fn ask(&mut self, sort: Sort, word: &str, at: Span) {
        let met = self.known.contains(&(sort, word.to_owned()));
        self.asked.push(Asked { sort, word: word.to_owned(), at, met });
    }

    /// True while a word that is named was met nowhere.
    pub fn is_open(&self) -> bool {
        self.asked.iter().any(|asked| !asked.met)
    }

    /// Notes a word the schema declares; comes before [`Vocabulary::ask`].
    pub fn declare(&mut self, sort: Sort, word: &str) {
        self.known.insert((sort, word.to_owned()));
    }

    /// Notes a word a cell has.
    pub fn meet(&mut self, sort: Sort, word: &str) {
        if !self.is_open() {
            return;
        }
        for asked in self.asked.iter_mut().filter(|asked| asked.sort == sort && asked.word == word) {
            asked.met = true;
        }
        let entry = (sort, word.to_owned());
        if self.known.len() < MOST || self.known.last().is_some_and(|last| entry < *last) {
            self.known.insert(entry);
        }
        if self.known.len() > MOST {
            self.known.pop_last();
        }
    }

    /// Adds what another part of the cases has.
    pub fn absorb(&mut self, other: &Vocabulary) {
        other.known.iter().for_each(|(sort, word)| self.meet(*sort, word));
        // A word may have been met and not remembered.
        for (ours, theirs) in self.asked.iter_mut().zip(&other.asked) {
            ours.met |= theirs.met;
        }
    }

    /// Errors: the first word that was met nowhere; words of a column that is withheld are not offered.
    pub fn check(&self, column: &str, is_withheld: bool) -> Result<(), FilterFault> {
        let Some(asked) = self.asked.iter().find(|asked| !asked.met) else { return Ok(()) };
        let (sort, column) = (asked.sort, name_as_written(column));
        let known = self.known.iter().filter(|(known, _)| *known == sort && !is_withheld);
        let known: Vec<&str> = known.map(|(_, word)| word.as_str()).collect();
        let what = format!("the {}s of {column} are", sort.word());
        let remedy = did_you_mean(&asked.word, &what, &known, sort.written());
        let remedy = remedy.or_else(|| (!is_withheld).then(|| format!("no {} of {column} is known", sort.word())));
        let message = format!("{column} has no {} {}", sort.word(), text_as_written(&asked.word));
        Err(FilterFault::new(message, asked.at, remedy))
    }
}
