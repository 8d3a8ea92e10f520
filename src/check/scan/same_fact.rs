//! The same sentence with other numbers: the abstract says 36 where the results say 38.

use super::counts::Sentence;
use super::section::Section;
use super::sentence_words;
use super::token::{Kind, Token};
use super::verdict::{Relation, ScanItem, ScanPlace, ScanVerdict};
use crate::check::arithmetic::rounding::RoundingInterval;
use crate::check::printed::Figure;
use std::collections::BTreeMap;

/// Fewest words that make a fact.
const FEWEST_WORDS: usize = 2;

/// One sentence with its numbers.
struct Statement {
    place: ScanPlace,
    section: Section,
    figures: Vec<Figure>,
    /// Its words and the places of its numbers in their order.
    order: Vec<String>,
    excerpt: String,
    /// True at the begin of its passage: a sentence before it may have named some of the cases.
    is_first: bool,
}

/// The sentences of a manuscript by the words they are made of.
#[derive(Default)]
pub(super) struct SameFacts(BTreeMap<String, Vec<Statement>>);

impl SameFacts {
    /// Notes a sentence that states a fact about the cases.
    pub fn note(&mut self, sentence: &Sentence<'_>, place: ScanPlace, section: Section, text: &str) {
        let tokens = sentence.tokens;
        if sentence.cites
            || sentence.names_others
            || section == Section::Literature
            || place.cell.is_some()
            || tokens.iter().any(is_of_some)
        {
            return;
        }
        let figures: Vec<Figure> = tokens.iter().filter_map(Token::figure).collect();
        let (Some(key), false) = (key(tokens), figures.is_empty()) else { return };
        let order = order(tokens);
        let (start, end) = (tokens.first().map_or(0, |token| token.at), tokens.last().map_or(0, Token::end));
        let excerpt = text.get(start..end).unwrap_or_default().to_owned();
        let is_first = text.get(..start).unwrap_or_default().trim_matches(['*', '_', ' ', '\n', '#']).is_empty();
        self.0.entry(key).or_default().push(Statement { place, section, figures, order, excerpt, is_first });
    }

    /// The facts that are stated twice with numbers that do not round to each other; one of the places is the abstract
    /// or the conclusion, so that two groups described in the same words are no contradiction.
    pub fn contradictions(self) -> Vec<ScanItem> {
        let pairs = self.0.into_values().filter_map(|statements| {
            let [one, other]: [Statement; 2] = statements.try_into().ok()?;
            let is_summary = |statement: &Statement| matches!(statement.section, Section::Front | Section::Summary);
            let is_of_both = is_summary(&one) != is_summary(&other);
            (is_of_both && differ(&one, &other)).then(|| contradiction(&one, &other))
        });
        pairs.collect()
    }
}

/// True where a number of one sentence is none of the other. A number more is no contradiction, `50 years in 40 patients`,
/// and the same numbers in another order are one only with the words in the same order.
fn differ(one: &Statement, other: &Statement) -> bool {
    let (fewer, more) = if one.figures.len() <= other.figures.len() { (one, other) } else { (other, one) };
    let mut left = more.figures.clone();
    for figure in &fewer.figures {
        let Some(at) = left.iter().position(|of_more| meet(*figure, *of_more)) else { return true };
        left.remove(at);
    }
    let is_in_order = one.figures.iter().zip(&other.figures).all(|(a, b)| meet(*a, *b));
    left.is_empty() && !is_in_order && one.order == other.order
}

fn contradiction(one: &Statement, other: &Statement) -> ScanItem {
    let list = |figures: &[Figure]| figures.iter().map(Figure::to_string).collect::<Vec<_>>().join(", ");
    let (here, there) = (list(&other.figures), list(&one.figures));
    let sentence = format!("{here} here, but {there} in {}", one.place);
    let (verdict, sentence) = if one.is_first && other.is_first {
        (ScanVerdict::Impossible, sentence)
    } else {
        (ScanVerdict::Conditional, format!("only if they are of other cases: {sentence}"))
    };
    ScanItem { place: other.place, relation: Relation::SameFact, verdict, excerpt: other.excerpt.clone(), sentence }
}

/// True for a word of a sentence about some of the cases, or about one.
pub(super) fn is_of_some(token: &Token<'_>) -> bool {
    token.is_among(&sentence_words::OF_SOME)
}

/// True where two figures can be of one number.
pub(super) fn meet(one: Figure, other: Figure) -> bool {
    if one.decimals() == other.decimals() {
        return one == other;
    }
    RoundingInterval::nearest(one).meets(&RoundingInterval::nearest(other))
}

/// The words and the places of the numbers in their order.
fn order(tokens: &[Token<'_>]) -> Vec<String> {
    let words = tokens.iter().filter_map(|token| match token.kind {
        Kind::Word => Some(token.text.to_lowercase()),
        Kind::Number(_) => Some("#".to_owned()),
        _ => None,
    });
    words.collect()
}

/// The words that say which fact it is, without regard to their order.
fn key(tokens: &[Token<'_>]) -> Option<String> {
    let words = tokens.iter().filter_map(|token| match token.kind {
        Kind::Word if token.is("average") => Some("mean".to_owned()),
        Kind::Word if !token.is_among(&sentence_words::EMPTY) => Some(token.text.to_lowercase()),
        Kind::Percent => Some("%".to_owned()),
        _ => None,
    });
    let mut words: Vec<String> = words.collect();
    words.sort_unstable();
    words.dedup();
    (words.len() >= FEWEST_WORDS).then(|| words.join(" "))
}
