//! A draft of the claims of a manuscript: each printed number, its place, and what it may refer to.
//!
//! ```text
//! sentence --numbers--> printed texts --rank--> the candidates whose words it shares, best first
//!                                        ^
//! schema, levels, agents --candidates----'
//! ```
//!
//! Candidates are ranked by words and never by value: a claim that was chosen because it agrees proves nothing. No
//! number of the records is looked at here.

mod candidates;
mod field;
mod hearing;
mod numbers;
mod rank;
mod words;

use super::scan::nouns::cites;
use super::scan::token::{Kind, Token};
use super::scan::{each_passage, place_of};
use crate::read::document::{Document, Passage, PassageKind, TableCell};
pub use candidates::{Candidate, Candidates};
use hearing::Hearing;
use numbers::{PrintedNumber, numbers};
use rank::Ranking;
use std::collections::BTreeMap;

/// Words of a sentence that are repeated in a draft.
const FIRST_WORDS: usize = 5;
/// Candidates that are listed for a number.
const MOST_CANDIDATES: usize = 5;

/// The drafts of the claims of a manuscript.
#[derive(Debug, Clone, Default)]
pub struct ClaimsDraft {
    /// The name of the manuscript.
    pub manuscript: String,
    /// One draft for each number, in the order of the text.
    pub claims: Vec<DraftClaim>,
}

/// The draft of a claim.
#[derive(Debug, Clone)]
pub struct DraftClaim {
    /// Where it is printed: `line 12`.
    pub place: String,
    /// The first words of its sentence.
    pub first_words: String,
    /// What is printed.
    pub printed: String,
    /// What it may refer to, by the words that the sentence shares with it, the best first.
    pub candidates: Vec<Candidate>,
    /// True where the sentence also speaks of other people's patients.
    pub cites: bool,
}

/// Drafts a claim for each number of a manuscript.
pub fn draft(document: &Document, candidates: &Candidates) -> ClaimsDraft {
    let mut ranking = Ranking::new(candidates);
    let mut claims = Vec::new();
    let labels = Labels::of(document);
    each_passage(document, |_, passage, tokens| {
        for sentence in tokens.split(|token| token.kind == Kind::Stop) {
            let found = numbers(&passage.text, sentence);
            if !found.is_empty() {
                let mut hearing = Hearing::of(sentence);
                labels.beside(passage).for_each(|label| hearing.hear(label));
                let drafted = found.into_iter().map(|one| claim(passage, sentence, &hearing, one, &mut ranking));
                claims.extend(drafted);
            }
        }
    });
    ClaimsDraft { manuscript: document.name.clone(), claims }
}

/// The labels of the rows and the heads of the columns of every table.
#[derive(Debug, Default)]
struct Labels<'d> {
    rows: BTreeMap<(u32, u32), &'d str>,
    columns: BTreeMap<(u32, u32), &'d str>,
}

impl<'d> Labels<'d> {
    fn of(document: &'d Document) -> Labels<'d> {
        let mut labels = Labels::default();
        for passage in &document.passages {
            let PassageKind::Cell(TableCell { table, row, column }) = passage.kind else { continue };
            if column == 1 && row > 1 {
                labels.rows.insert((table, row), &passage.text);
            } else if row == 1 {
                labels.columns.insert((table, column), &passage.text);
            }
        }
        labels
    }

    /// What names a cell; nothing of other passages, and of the labels themselves.
    fn beside(&self, passage: &Passage) -> impl Iterator<Item = &'d str> {
        let place = match passage.kind {
            PassageKind::Cell(cell) if cell.row > 1 && cell.column > 1 => Some(cell),
            PassageKind::Cell(_) | PassageKind::Heading | PassageKind::Paragraph => None,
        };
        let row = place.and_then(|cell| self.rows.get(&(cell.table, cell.row)).copied());
        let column = place.and_then(|cell| self.columns.get(&(cell.table, cell.column)).copied());
        row.into_iter().chain(column)
    }
}

fn claim(
    passage: &Passage,
    sentence: &[Token<'_>],
    hearing: &Hearing,
    number: PrintedNumber,
    ranking: &mut Ranking<'_>,
) -> DraftClaim {
    let mut candidates = ranking.of(hearing, &number);
    candidates.truncate(MOST_CANDIDATES);
    let at = sentence.get(number.at..).unwrap_or_default();
    DraftClaim {
        place: place_of(passage, at).to_string(),
        first_words: first_words(&passage.text, sentence),
        printed: number.printed,
        candidates,
        cites: cites(sentence),
    }
}

/// The first words of a sentence, and no more of it.
fn first_words(text: &str, sentence: &[Token<'_>]) -> String {
    let (start, end) = (sentence.first().map_or(0, |token| token.at), sentence.last().map_or(0, Token::end));
    let sentence = text.get(start..end).unwrap_or_default();
    let words: Vec<&str> = sentence.split_whitespace().take(FIRST_WORDS).collect();
    let suffix = if sentence.split_whitespace().nth(FIRST_WORDS).is_some() { " ..." } else { "" };
    format!("{}{suffix}", words.join(" "))
}
