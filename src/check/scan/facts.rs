//! Facts about the whole series that are stated twice, in whatever words: its number of cases, its sexes, its mean age.
//!
//! Two numbers are only ever possible together under a condition: that they are of other cases.
#![expect(clippy::arithmetic_side_effects, reason = "sums of positions in one sentence do not overflow")]

use super::counts::{Count, CountOf, Sentence};
use super::nouns::{is_man, is_sex, is_woman, joins_age, shows_series};
use super::same_fact::{is_of_some, meet};
use super::section::Section;
use super::token::{Kind, Token};
use super::verdict::{Relation, ScanItem, ScanPlace, ScanVerdict};
use crate::check::printed::Figure;

/// Tokens between `age` and its number.
const MOST_BETWEEN: usize = 8;

/// A fact about all cases.
#[derive(Debug, Clone, Copy)]
enum Fact {
    /// The number of cases of the series.
    Cases(u64),
    /// Women and men.
    Sexes(u64, u64),
    MeanAge(Figure),
    MedianAge(Figure),
}

impl Fact {
    /// Whether two facts of one kind agree; none where they are of different kinds, or of other cases.
    fn agrees(self, other: Fact) -> Option<bool> {
        match (self, other) {
            (Fact::Cases(one), Fact::Cases(other)) => is_near(one, other).then_some(one == other),
            (Fact::Sexes(women, men), Fact::Sexes(others, other_men)) => {
                (women.saturating_add(men) == others.saturating_add(other_men)).then_some(women == others)
            }
            (Fact::MeanAge(one), Fact::MeanAge(other)) | (Fact::MedianAge(one), Fact::MedianAge(other)) => {
                Some(meet(one, other))
            }
            _ => None,
        }
    }

    /// True where only an abstract or a conclusion is held against the rest: groups may be described in the same words.
    fn is_of_summary(self) -> bool {
        !matches!(self, Fact::Cases(_))
    }
}

/// True for two numbers that differ by no more than a quarter: a group of the cases mostly differs by more.
fn is_near(one: u64, other: u64) -> bool {
    one.abs_diff(other) <= one.max(other) / 4
}

/// `25 cases`, `14 women and 11 men`, `a mean age of 46.8`.
impl std::fmt::Display for Fact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Fact::Cases(cases) => write!(f, "{cases} cases"),
            Fact::Sexes(women, men) => write!(f, "{women} women and {men} men"),
            Fact::MeanAge(age) => write!(f, "a mean age of {age}"),
            Fact::MedianAge(age) => write!(f, "a median age of {age}"),
        }
    }
}

/// A fact where it is stated.
struct StatedFact {
    fact: Fact,
    place: ScanPlace,
    section: Section,
    /// The number of its section.
    number: usize,
    excerpt: String,
}

/// The facts of a manuscript.
#[derive(Default)]
pub(super) struct Facts {
    stated: Vec<StatedFact>,
    sections: usize,
}

impl Facts {
    /// Begins a section.
    pub fn begin(&mut self) {
        self.sections = self.sections.saturating_add(1);
    }

    /// Keeps what a sentence states of all cases.
    pub fn note(&mut self, sentence: &Sentence<'_>, place: ScanPlace, section: Section, text: &str) {
        let tokens = sentence.tokens;
        let is_of_others =
            sentence.cites || sentence.names_others || section == Section::Literature || place.cell.is_some();
        if is_of_others || tokens.iter().any(is_of_some) {
            return;
        }
        let (start, end) = (tokens.first().map_or(0, |token| token.at), tokens.last().map_or(0, Token::end));
        let excerpt = text.get(start..end).unwrap_or_default();
        let mean = age(tokens, &["mean", "average"]).map(Fact::MeanAge);
        let median = age(tokens, &["median"]).map(Fact::MedianAge);
        let facts = [cases(sentence), sexes(tokens), mean, median];
        self.stated.extend(facts.into_iter().flatten().map(|fact| {
            let (number, excerpt) = (self.sections, excerpt.to_owned());
            StatedFact { fact, place, section, number, excerpt }
        }));
    }

    /// The first fact of each kind that another section states otherwise, where no place there agrees.
    pub fn contradictions(&self) -> Vec<ScanItem> {
        let is_summary = |stated: &StatedFact| matches!(stated.section, Section::Front | Section::Summary);
        let mut items: Vec<ScanItem> = Vec::new();
        for (at, other) in self.stated.iter().enumerate() {
            let same = |one: &&StatedFact| {
                one.number != other.number
                    && (!one.fact.is_of_summary() || is_summary(one) && !is_summary(other))
                    && one.fact.agrees(other.fact).is_some()
            };
            let before: Vec<&StatedFact> = self.stated.iter().take(at).filter(same).collect();
            let Some(first) = before.first() else { continue };
            // What the text states in three ways is of several groups.
            let kinds = self.stated.iter().filter(|stated| stated.fact.agrees(other.fact).is_some());
            let fits = |stated: &StatedFact| {
                [first.fact, other.fact].iter().any(|fact| fact.agrees(stated.fact) == Some(true))
            };
            let is_of_two = kinds.into_iter().all(fits);
            let agrees = before.iter().any(|one| one.fact.agrees(other.fact) == Some(true));
            let is_known = items.iter().any(|item| item.place == other.place);
            if is_of_two && !agrees && !is_known {
                items.push(contradiction(first, other));
            }
        }
        items
    }
}

fn contradiction(one: &StatedFact, other: &StatedFact) -> ScanItem {
    let sentence = format!("only if they are of other cases: {} here, but {} in {}", other.fact, one.fact, one.place);
    ScanItem {
        place: other.place,
        relation: Relation::SameFact,
        verdict: ScanVerdict::Conditional,
        excerpt: other.excerpt.clone(),
        sentence,
    }
}

/// `We describe 25 patients`, `our series of 25 patients`.
fn cases(sentence: &Sentence<'_>) -> Option<Fact> {
    let tokens = sentence.tokens;
    let is_series = |count: &&Count| {
        let Some(before) = count.tokens.start.checked_sub(3).and_then(|at| tokens.get(at..count.tokens.start)) else {
            return tokens.first().is_some_and(|token| token.is("we"))
                && count.tokens.start == 2
                && tokens.get(1).is_some_and(shows_series);
        };
        match before {
            [our, series, of] if our.is_one_of(&["our", "this", "present"]) && of.is("of") => {
                series.is_one_of(&["series", "cohort"])
            }
            [_, _, our] if our.is("our") => count.tokens.len() == 2,
            [_, we, verb] => we.is("we") && shows_series(verb),
            _ => false,
        }
    };
    let is_all = |count: &&Count| count.of == CountOf::Cases && !count.is_part && is_series(count);
    sentence.counts.iter().find(is_all).map(|count| Fact::Cases(count.value))
}

/// `14 women and 11 men`, each once, with nothing but a bracket or a comma between.
fn sexes(tokens: &[Token<'_>]) -> Option<Fact> {
    let sexes: Vec<usize> = (0..tokens.len())
        .filter(|at| tokens.get(*at).is_some_and(|token| is_sex(token) || is_man(token.text) || is_woman(token.text)))
        .collect();
    let [one, other] = sexes.as_slice() else { return None };
    let count = |at: usize| tokens.get(at.checked_sub(1)?)?.count();
    let joins = |token: &Token<'_>| token.kind == Kind::Comma || token.is("and");
    let is_joined = tokens.get(one + 1..other.checked_sub(1)?)?.iter().all(joins);
    // `14 women and 11 men died` is of some.
    let ends = tokens.get(other + 1).is_none_or(|token| {
        matches!(token.kind, Kind::Close | Kind::Comma | Kind::Semicolon | Kind::Open)
            || token.is_one_of(&["with", "were"])
    });
    // `treatment failed in 14 women and 11 men` is, too.
    let is_of_some =
        one.checked_sub(2).and_then(|at| tokens.get(at)).is_some_and(|token| token.is_one_of(&["in", "of"]));
    let (first, second) = (count(*one)?, count(*other)?);
    let is = |at: usize, sex: fn(&str) -> bool| tokens.get(at).is_some_and(|token| sex(token.text));
    match (is(*one, is_woman) && is(*other, is_man), is(*one, is_man) && is(*other, is_woman)) {
        _ if !is_joined || !ends || is_of_some => None,
        (true, _) => Some(Fact::Sexes(first, second)),
        (_, true) => Some(Fact::Sexes(second, first)),
        _ => None,
    }
}

/// `a mean age of 46.8 years`, `Mean (SD) age was 48.6 (14.2) years`.
fn age(tokens: &[Token<'_>], names: &[&str]) -> Option<Figure> {
    let is_mean = |token: &Token<'_>| token.is_one_of(names);
    let is_sex_word = |token: &Token<'_>| is_sex(token) || is_man(token.text) || is_woman(token.text);
    let mut means = (0..tokens.len()).filter(|at| tokens.get(*at).is_some_and(is_mean));
    let (mean, None) = (means.next()?, means.next()) else { return None };
    let is_sd = matches!(tokens.get(mean + 1..mean + 4), Some([open, sd, close])
        if open.kind == Kind::Open && sd.is("sd") && close.kind == Kind::Close);
    let age = mean + 1 + 3 * usize::from(is_sd);
    let at =
        (age + 1..age + 1 + MOST_BETWEEN).find(|at| tokens.get(*at).is_some_and(|token| token.figure().is_some()))?;
    let between = tokens.get(age + 1..at)?;
    let is_years = |token: &Token<'_>| token.is_one_of(&["years", "year", "yr", "yrs"]);
    let next = tokens.get(at + 1)?;
    let is_spread = matches!(next.kind, Kind::Open | Kind::PlusMinus)
        && tokens.get(at + 2..).unwrap_or_default().iter().take(4).any(is_years);
    // `the patients with lupus had a mean age of` is of some; `we describe 25 patients with lupus` is not.
    let is_own = tokens.first().is_some_and(|token| token.is("we") || is_mean(token));
    let has_some = tokens.iter().take(mean).enumerate().any(|(at, token)| {
        // `At the last visit` is not when the abstract says.
        token.is_one_of(&["at", "after", "during"])
            || token.is_one_of(&["with", "without"])
                && !tokens.get(at + 1).is_some_and(|next| next.is("a") || is_mean(next))
    });
    let is_age = tokens.get(age)?.is("age") && between.iter().all(joins_age) && (is_years(next) || is_spread);
    let is_of_all = (is_own || !has_some) && !tokens.iter().any(is_sex_word);
    (is_age && is_of_all).then(|| tokens.get(at)?.figure())?
}
