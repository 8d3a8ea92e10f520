//! The same sentence with other numbers: the abstract says 36 where the results say 38.

use super::counts::Sentence;
use super::section::Section;
use super::token::{Kind, Token};
use super::verdict::{Relation, ScanItem, ScanPlace, ScanVerdict};
use crate::check::arithmetic::rounding::RoundingInterval;
use crate::check::printed::Figure;
use std::collections::BTreeMap;

/// Words that say nothing about which fact it is.
const EMPTY: [&str; 46] = [
    "the",
    "a",
    "an",
    "our",
    "this",
    "these",
    "of",
    "in",
    "at",
    "to",
    "was",
    "were",
    "is",
    "are",
    "had",
    "has",
    "and",
    "all",
    "patients",
    "patient",
    "cases",
    "case",
    "children",
    "subjects",
    "participants",
    "study",
    "series",
    "years",
    "year",
    "there",
    "with",
    "for",
    "on",
    "by",
    "from",
    "overall",
    "respectively",
    "only",
    "we",
    "their",
    "it",
    "they",
    "old",
    "that",
    "been",
    "been",
];

/// Words of a sentence about some of the cases, or about one.
const OF_SOME: [&str; 26] = [
    "group",
    "groups",
    "arm",
    "among",
    "amongst",
    "subgroup",
    "he",
    "she",
    "his",
    "her",
    "who",
    "whose",
    "whom",
    "respectively",
    "former",
    "latter",
    "first",
    "second",
    "third",
    "other",
    "others",
    "remaining",
    "table",
    "figure",
    "fig",
    "example",
];

/// Fewest words that make a fact.
const FEWEST_WORDS: usize = 2;

/// One sentence with its numbers.
struct Statement {
    place: ScanPlace,
    section: Section,
    figures: Vec<Figure>,
    excerpt: String,
}

/// The sentences of a manuscript by the words they are made of.
#[derive(Default)]
pub(super) struct SameFacts(BTreeMap<String, Vec<Statement>>);

impl SameFacts {
    /// Notes a sentence that states a fact about the cases.
    pub fn note(&mut self, sentence: &Sentence<'_>, place: ScanPlace, section: Section, text: &str) {
        let tokens = sentence.tokens;
        if sentence.cites || place.cell.is_some() || tokens.iter().any(|token| token.is_one_of(&OF_SOME)) {
            return;
        }
        let figures: Vec<Figure> = tokens.iter().filter_map(Token::figure).collect();
        let (Some(key), false) = (key(tokens), figures.is_empty()) else { return };
        let (start, end) = (tokens.first().map_or(0, |token| token.at), tokens.last().map_or(0, Token::end));
        let excerpt = text.get(start..end).unwrap_or_default().to_owned();
        self.0.entry(key).or_default().push(Statement { place, section, figures, excerpt });
    }

    /// The facts that are stated twice with numbers that do not round to each other; one of the places is the abstract
    /// or the conclusion, so that two groups described in the same words are no contradiction.
    pub fn contradictions(self) -> Vec<ScanItem> {
        let pairs = self.0.into_values().filter_map(|statements| {
            let [one, other]: [Statement; 2] = statements.try_into().ok()?;
            let is_summary = |statement: &Statement| matches!(statement.section, Section::Front | Section::Summary);
            let is_of_both = is_summary(&one) != is_summary(&other);
            let differs = one.figures.iter().zip(&other.figures).any(|(a, b)| !meet(*a, *b));
            (is_of_both && (differs || one.figures.len() != other.figures.len())).then(|| contradiction(&one, &other))
        });
        pairs.collect()
    }
}

fn contradiction(one: &Statement, other: &Statement) -> ScanItem {
    let list = |figures: &[Figure]| figures.iter().map(Figure::to_string).collect::<Vec<_>>().join(", ");
    let (here, there) = (list(&other.figures), list(&one.figures));
    ScanItem {
        place: other.place,
        relation: Relation::SameFact,
        verdict: ScanVerdict::Impossible,
        excerpt: other.excerpt.clone(),
        sentence: format!("{here} here, but {there} in {}", one.place),
    }
}

/// True where two figures can be of one number.
fn meet(one: Figure, other: Figure) -> bool {
    if one.decimals() == other.decimals() {
        return one == other;
    }
    RoundingInterval::nearest(one).meets(&RoundingInterval::nearest(other))
}

/// The words that say which fact it is, in their order.
fn key(tokens: &[Token<'_>]) -> Option<String> {
    let words = tokens.iter().filter_map(|token| match token.kind {
        Kind::Word if token.is("average") => Some("mean".to_owned()),
        Kind::Word if !token.is_one_of(&EMPTY) => Some(token.text.to_lowercase()),
        Kind::Percent => Some("%".to_owned()),
        _ => None,
    });
    let mut words: Vec<String> = words.collect();
    words.sort_unstable();
    words.dedup();
    (words.len() >= FEWEST_WORDS).then(|| words.join(" "))
}
