//! The words of a sentence, and how near each is to a number.
#![expect(clippy::arithmetic_side_effects, reason = "sums of positions in one sentence do not overflow")]

use super::words::words;
use crate::check::scan::token::{Kind, Token};

/// What a sentence says.
pub(super) struct Hearing {
    /// The words, each with its token.
    pub words: Vec<(String, usize)>,
    /// Two words that follow each other as one: `sub epidermal` is `subepidermal` elsewhere.
    pub joined: Vec<(String, usize)>,
    /// The number of the clause of each token.
    clauses: Vec<usize>,
}

/// How much less a word of another clause counts.
const OTHER_CLAUSE: f64 = 0.45;
/// Tokens at which a word counts half.
const HALF: f64 = 12.0;

impl Hearing {
    pub fn of(sentence: &[Token<'_>]) -> Hearing {
        let (mut heard, mut clauses, mut clause) = (Vec::new(), Vec::new(), 0);
        for (at, token) in sentence.iter().enumerate() {
            let divides = matches!(token.kind, Kind::Comma | Kind::Semicolon | Kind::Colon)
                || token.is_one_of(&["and", "while", "whereas", "but", "then"]);
            clause += usize::from(divides);
            clauses.push(clause);
            heard.extend(words(token.text).into_iter().map(|word| (word, at)));
        }
        let pairs = heard.windows(2).filter_map(|pair| match pair {
            [(one, at), (other, next)] if next - at == 1 => Some((format!("{one}{other}"), *at)),
            _ => None,
        });
        let joined = pairs.collect();
        Hearing { words: heard, joined, clauses }
    }

    /// Hears the label of the row and the head of the column of a cell, as if they stood beside each number.
    pub fn hear(&mut self, label: &str) {
        self.words.extend(words(label).into_iter().map(|word| (word, 0)));
    }

    /// How much a word counts for a number, by their tokens: 1 beside it, less with each word and clause between.
    #[expect(clippy::cast_precision_loss, reason = "a sentence has few tokens")]
    pub fn weight(&self, word: usize, number: usize) -> f64 {
        let clause = |at: usize| self.clauses.get(at).copied().unwrap_or_default();
        let clauses = clause(word).abs_diff(clause(number)).min(4) as i32;
        OTHER_CLAUSE.powi(clauses) / (1.0 + word.abs_diff(number) as f64 / HALF)
    }

    /// The greatest weight of a word that a test holds of. None where it holds of none.
    pub fn best(&self, number: usize, holds: impl Fn(&str) -> bool) -> Option<f64> {
        let weights = self.words.iter().filter(|(word, _)| holds(word)).map(|(_, at)| self.weight(*at, number));
        weights.max_by(f64::total_cmp)
    }
}
