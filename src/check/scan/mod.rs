//! The numbers of a manuscript held against each other, without any record and without claims.
//!
//! A passage is split into tokens and sentences; each relation has its file, which finds the numbers it is about and
//! judges them by `check::arithmetic`. Nothing is guessed about what is counted: what the text does not state is not
//! checkable, and impossible is only what none of the stated denominators gives.

mod ages;
mod arms;
pub(in crate::check) mod averages;
mod captions;
mod categories;
mod column_sizes;
mod complements;
mod counts;
mod dates;
mod differences;
mod estimates;
mod exclusive;
mod facts;
mod flow;
mod fractions;
mod groups;
mod heads;
mod intervals;
mod listed;
mod lists;
mod named;
mod near_whole;
mod nearby;
mod noun_words;
pub(in crate::check) mod nouns;
mod numerals;
mod of_group;
mod of_whom;
mod own_whole;
mod p_values;
mod per_case;
mod periods;
mod remaining;
mod respectively;
mod same_fact;
mod section;
mod sentence_words;
mod sex_ratio;
mod share;
mod shares;
mod stated;
mod table_words;
pub(in crate::check) mod token;
mod totals;
mod verdict;

pub use verdict::{Relation, Scan, ScanItem, ScanPlace, ScanVerdict};

use crate::read::document::{Document, Passage, PassageKind};
use arms::Arms;
use counts::{Count, CountOf, Sentence};
use facts::Facts;
use heads::Heads;
use same_fact::SameFacts;
use section::Section;
use stated::StatedCounts;
use std::collections::BTreeSet;
use std::ops::Range;
use token::{Kind, Token};
use totals::Tables;

/// Tokens of a sentence: what is longer is a list, and is read in parts so that it takes no more than linear time.
const LONGEST: usize = 600;

/// What a check of a sentence may know.
struct Context<'a> {
    sentence: &'a Sentence<'a>,
    stated: &'a StatedCounts,
    place: ScanPlace,
    section: Section,
    /// The number of cases that the sentence before states.
    whole_before: Option<u64>,
    /// The same, where it states no other number of cases.
    only_before: Option<u64>,
    /// True where the text says that its tests are one-sided.
    is_one_sided: bool,
    /// True where the text names a test for two by two tables.
    names_test: bool,
    /// True where the text says that it adjusts estimates.
    adjusts: bool,
}

impl Context<'_> {
    /// Where a denominator is stated, if not in this place.
    fn elsewhere(&self, place: ScanPlace) -> String {
        if place == self.place { String::new() } else { format!(" (stated in {place})") }
    }
}

/// Numbers of a sentence that were held against each other.
struct ComparedNumbers {
    /// Their tokens.
    tokens: Range<usize>,
    relation: Relation,
    verdict: ScanVerdict,
    sentence: String,
}

/// The checks of a sentence.
const CHECKS: [fn(&Context<'_>, &mut Vec<ComparedNumbers>); 19] = [
    shares::check,
    of_whom::check,
    categories::check,
    complements::check,
    averages::check,
    intervals::check,
    p_values::check,
    periods::check,
    ages::check,
    remaining::check,
    differences::check,
    per_case::check,
    lists::check,
    exclusive::check,
    fractions::check,
    flow::check,
    estimates::check,
    sex_ratio::check,
    listed::check,
];

/// Holds the numbers of a manuscript against each other.
pub fn scan(document: &Document) -> Scan {
    let mut text = KnownOfText::default();
    each_sentence(document, |step| match step {
        ScanStep::Section(_) => {}
        ScanStep::Cell(passage) => text.stated.learn_label(passage),
        ScanStep::Sentence(passage, sentence) => text.learn(passage, &sentence),
    });
    let mut scanner = Scanner::new(text);
    each_sentence(document, |step| match step {
        ScanStep::Section(section) => scanner.begin(section),
        ScanStep::Cell(passage) => {
            scanner.tables.note_text(passage, place_of(passage, &[]));
            scanner.arms.note_text(passage);
        }
        ScanStep::Sentence(passage, sentence) => scanner.sentence(passage, &sentence),
    });
    scanner.end()
}

/// What a manuscript consists of, in its order.
enum ScanStep<'a> {
    Section(Section),
    /// A cell of a table, before its sentences.
    Cell(&'a Passage),
    Sentence(&'a Passage, Sentence<'a>),
}

/// The passages but for those of the references, in tokens; a heading with the section it begins.
pub(in crate::check) fn each_passage(
    document: &Document,
    mut take: impl FnMut(Option<Section>, &Passage, &[Token<'_>]),
) {
    let mut tokens = Vec::new();
    let mut section = Section::Front;
    for passage in &document.passages {
        let is_heading = passage.kind == PassageKind::Heading;
        if is_heading {
            section = Section::of(&passage.text).unwrap_or(section.after_heading());
        }
        if section != Section::References {
            token::split(&passage.text, &mut tokens);
            take(is_heading.then_some(section), passage, &tokens);
        }
    }
}

fn each_sentence(document: &Document, mut take: impl FnMut(ScanStep<'_>)) {
    let mut heads = Heads::of(document);
    each_passage(document, |begins, passage, tokens| {
        if let Some(section) = begins {
            take(ScanStep::Section(section));
        }
        let form = heads.form(passage);
        if matches!(passage.kind, PassageKind::Cell(_)) {
            take(ScanStep::Cell(passage));
        }
        let sentences = tokens.split(|token| token.kind == Kind::Stop).flat_map(parts);
        for sentence in sentences {
            if sentence.iter().any(tells) {
                take(ScanStep::Sentence(passage, Sentence::new(sentence, form)));
            }
        }
    });
}

/// A sentence, or the parts of one that is too long: cut behind a comma or semicolon, so that no fraction is cut.
fn parts<'s, 't>(mut sentence: &'s [Token<'t>]) -> Vec<&'s [Token<'t>]> {
    let mut parts = Vec::new();
    while sentence.len() > LONGEST {
        let ends = |token: &Token<'_>| matches!(token.kind, Kind::Comma | Kind::Semicolon);
        let window = sentence.get(..LONGEST).unwrap_or_default();
        let end = window.iter().rposition(ends).filter(|end| *end > 0).unwrap_or(LONGEST);
        let (part, rest) = sentence.split_at_checked(end).unwrap_or((sentence, &[]));
        parts.push(part);
        sentence = rest;
    }
    parts.push(sentence);
    parts
}

/// True for a number, and for a word about the estimates and tests of all the text.
fn tells(token: &Token<'_>) -> bool {
    is_number(token) || names_a_test(token) || nouns::adjusts(token)
}

fn is_number(token: &Token<'_>) -> bool {
    matches!(token.kind, Kind::Number(_) | Kind::Pair(..))
}

/// Words by which a text names its tests of two by two tables.
fn names_a_test(token: &Token<'_>) -> bool {
    token.is_one_of(&["fisher", "fisher's", "fisher’s", "chi-square", "chi-squared", "chi2", "χ2", "χ²"])
        || is_one_sided(token)
}

fn is_one_sided(token: &Token<'_>) -> bool {
    token.is_one_of(&["one-sided", "one-tailed", "1-sided", "1-tailed"])
}

pub(in crate::check) fn place_of(passage: &Passage, tokens: &[Token<'_>]) -> ScanPlace {
    let line = passage.line_at(tokens.first().map_or(0, |token| token.at));
    let cell = if let PassageKind::Cell(cell) = passage.kind { Some(cell) } else { None };
    ScanPlace { passage: passage.number, line, cell }
}

/// What is learnt from the whole text before any sentence is judged.
#[derive(Default)]
struct KnownOfText {
    stated: StatedCounts,
    numbers: u64,
    is_one_sided: bool,
    names_test: bool,
    adjusts: bool,
}

impl KnownOfText {
    fn learn(&mut self, passage: &Passage, sentence: &Sentence<'_>) {
        let tokens = sentence.tokens;
        self.is_one_sided |= tokens.iter().any(is_one_sided);
        self.names_test |= tokens.iter().any(|token| names_a_test(token) && !is_one_sided(token));
        self.adjusts |= tokens.iter().any(nouns::adjusts);
        let numbers = tokens.iter().filter(|token| is_number(token)).count();
        self.numbers = self.numbers.saturating_add(numbers as u64);
        self.stated.learn(passage, sentence, place_of(passage, tokens));
    }
}

/// The number of cases of a sentence; of one with both sexes, neither of them.
fn whole_of(sentence: &Sentence<'_>) -> Option<u64> {
    let is_man = |token: &Token<'_>| nouns::is_man(token.text);
    let is_woman = |token: &Token<'_>| nouns::is_woman(token.text);
    let has_both = sentence.tokens.iter().any(is_man) && sentence.tokens.iter().any(is_woman);
    let is_sex = |count: &&Count| {
        let tokens = sentence.tokens.get(count.tokens.clone()).unwrap_or_default();
        has_both && tokens.iter().any(|token| is_man(token) || is_woman(token))
    };
    let mut cases = sentence.counts.iter().filter(|count| count.of == CountOf::Cases);
    cases.find(|count| !is_sex(count)).map(|count| count.value)
}

/// True for a sentence with one number of cases.
fn counts_once(sentence: &Sentence<'_>) -> bool {
    sentence.counts.iter().filter(|count| count.of == CountOf::Cases).count() == 1
}

/// Judges the sentences in their order.
struct Scanner {
    text: KnownOfText,
    section: Section,
    whole_before: Option<u64>,
    only_before: Option<u64>,
    /// The last passage with a sentence about other people's patients.
    cited: u32,
    sentences: SameFacts,
    facts: Facts,
    tables: Tables,
    arms: Arms,
    items: Vec<ScanItem>,
    /// The numbers that were held against others, by passage and byte.
    checked: BTreeSet<(usize, usize)>,
    passages: usize,
}

impl Scanner {
    fn new(text: KnownOfText) -> Scanner {
        Scanner {
            text,
            section: Section::Front,
            whole_before: None,
            only_before: None,
            cited: 0,
            sentences: SameFacts::default(),
            facts: Facts::default(),
            tables: Tables::default(),
            arms: Arms::default(),
            items: Vec::new(),
            checked: BTreeSet::new(),
            passages: 0,
        }
    }

    fn begin(&mut self, section: Section) {
        self.section = section;
        self.facts.begin();
        self.whole_before = None;
        self.only_before = None;
        self.text.stated.begin_section();
    }

    fn sentence(&mut self, passage: &Passage, sentence: &Sentence<'_>) {
        let tokens = sentence.tokens;
        if !tokens.iter().any(is_number) {
            return;
        }
        let place = place_of(passage, tokens);
        self.passages = self.passages.saturating_add(1);
        let context = Context {
            sentence,
            stated: &self.text.stated,
            place,
            section: self.section,
            whole_before: self.whole_before,
            only_before: self.only_before,
            is_one_sided: self.text.is_one_sided,
            names_test: self.text.names_test,
            adjusts: self.text.adjusts,
        };
        let mut found = Vec::new();
        CHECKS.iter().for_each(|check| check(&context, &mut found));
        if sentence.cites || sentence.names_others {
            self.cited = passage.number;
        }
        // What follows a sentence about other people's patients in its paragraph may be about them, too.
        if self.cited != passage.number {
            self.sentences.note(sentence, place, self.section, &passage.text);
            self.facts.note(sentence, place, self.section, &passage.text);
        }
        self.arms.note(passage, sentence, place);
        self.tables.note_count(passage, sentence, place, self.passages);
        found.sort_by_key(|found| found.tokens.start);
        for found in found {
            self.add(passage, tokens, found);
        }
        self.whole_before = whole_of(sentence);
        self.only_before = self.whole_before.filter(|_| counts_once(sentence));
        self.text.stated.remember(sentence, place);
    }

    fn add(&mut self, passage: &Passage, tokens: &[Token<'_>], found: ComparedNumbers) {
        let ComparedNumbers { tokens: range, relation, verdict, sentence } = found;
        let part = tokens.get(range).unwrap_or_default();
        if verdict != ScanVerdict::NotCheckable {
            self.checked.extend(part.iter().filter(|token| is_number(token)).map(|token| (self.passages, token.at)));
        }
        let (start, end) = (part.first().map_or(0, |token| token.at), part.last().map_or(0, Token::end));
        let excerpt = passage.text.get(start..end).unwrap_or_default().to_owned();
        self.items.push(ScanItem { place: place_of(passage, part), relation, verdict, excerpt, sentence });
    }

    fn end(mut self) -> Scan {
        let same = self.sentences.contradictions();
        let is_new = |item: &ScanItem| same.iter().all(|known: &ScanItem| known.place != item.place);
        self.items.extend(self.facts.contradictions().into_iter().filter(is_new));
        self.items.extend(same);
        self.items.extend(self.arms.judge(self.text.names_test, self.text.adjusts));
        let (totals, checked) = self.tables.judge();
        self.items.extend(totals);
        self.checked.extend(checked);
        self.items.sort_by_key(|item| item.place);
        Scan { items: self.items, numbers: self.text.numbers, checked: self.checked.len() as u64 }
    }
}
