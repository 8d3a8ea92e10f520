//! Binds a test to a column by the kind of the column.

use super::bound::Atom;
use super::fault::{FilterFault, FilterResult};
use super::interval::{Day, ValueInterval, days};
use super::question::{CellQuestion, MeasuredAs, NumericOperand};
use super::range::{NotARange, number_ends, ranges};
use super::syntax::{Constant, FilterName, Literal, Predicate, Span, name_as_written, text_as_written};
use super::usage::{kind_phrase, usage};
use super::vocabulary::{FilterVocabulary, WordKind};
use super::words::WordTest;
use crate::cohort::cell::{level_of_word, missing};
use crate::cohort::column::CaseColumn;
use crate::decimal::Decimal;
use crate::schema::lexical::{Date, yes_no};
use crate::schema::{Kind, Level, Variable, declared_word};
use std::borrow::Cow;

/// A column with its test.
pub(super) struct ColumnTest<'s, 'a> {
    pub column: CaseColumn<'a>,
    pub name: &'s FilterName,
    pub at: Span,
    pub test: &'s Predicate,
}

impl<'a> ColumnTest<'_, 'a> {
    /// The condition, by the kind of the column.
    pub fn atom(&self, negated: bool) -> FilterResult<Atom<'a>> {
        let rules = self.column.rules;
        let negated = negated ^ self.test.is_unequal();
        let question = match self.column.variable().kind {
            Kind::Number => CellQuestion::Number(
                NumericOperand { rules, of: MeasuredAs::Cell, compared_in: None },
                self.ranges("a number", number_ends)?,
            ),
            Kind::Date => CellQuestion::Date(rules, self.ranges("a date such as '2018-03-14' or '2018'", date_ends)?),
            Kind::Category | Kind::Binary | Kind::Text => return self.words(negated),
            Kind::Set => return Err(self.misfit("a case may have several items")),
            Kind::Lines => return Err(self.misfit("a case may have several")),
        };
        Ok(Atom::new(self.column, question, negated))
    }

    fn misfit(&self, why: &str) -> FilterFault {
        let variable = self.column.variable();
        let message = format!("{} is {}: {why}", self.name, kind_phrase(variable.kind));
        let is_pattern = matches!(self.test, Predicate::Like(_));
        let literal = self.test.literals().first().copied().filter(|_| !is_pattern);
        FilterFault::new(message, self.at, Some(usage(variable, literal)))
    }

    /// The ranges of values that satisfy a comparison; `ends` gives the first and last value of a literal.
    pub fn ranges<T: Ord + Copy>(
        &self,
        what: &str,
        ends: fn(&Literal) -> Option<(T, T)>,
    ) -> FilterResult<Vec<ValueInterval<T>>> {
        ranges(self.test, ends).map_err(|wrong| match wrong {
            NotARange::NotOrdered if matches!(self.test, Predicate::Like(_)) => self.misfit("LIKE compares texts"),
            NotARange::NotOrdered => self.misfit("it is not true or false itself"),
            NotARange::Value(literal) => {
                let message = format!("{} is compared with {what}, and not with {literal}", self.subject());
                let number = match &literal.value {
                    Constant::Text(text) if self.column.variable().kind != Kind::Date => {
                        Decimal::parse(text.trim()).ok()
                    }
                    _ => None,
                };
                let remedy = number.map(|number| format!("write numbers without quotes: {number}"));
                FilterFault::new(message, literal.at, remedy.or_else(|| Some(usage(self.column.variable(), None))))
            }
            NotARange::Empty(low, high) => {
                let message = format!("no value is between {low} and {high}");
                FilterFault::new(message, low.at.to(high.at), Some("write the smaller value first".to_owned()))
            }
        })
    }

    /// What the test is about, for messages: the column, or the number of its items or lines.
    fn subject(&self) -> String {
        match self.column.variable().kind {
            Kind::Set | Kind::Lines => format!("the number of {}", self.name),
            _ => self.name.to_string(),
        }
    }

    fn words(&self, negated: bool) -> FilterResult<Atom<'a>> {
        let (column, kind) = (self.column, self.column.variable().kind);
        let test = match self.test {
            Predicate::Like(Literal { value: Constant::Text(pattern), .. }) => WordTest::Like(pattern.clone()),
            Predicate::Like(_) => return Err(self.misfit("LIKE needs a text")),
            Predicate::Holds if says_yes_or_no(column.variable()) => {
                WordTest::OneOf(truth_words(column.variable(), true))
            }
            Predicate::Holds => return Err(self.misfit("it is not true or false itself")),
            Predicate::Compare(operator, _) if !operator.is_equality() => return Err(self.misfit(no_order(kind))),
            Predicate::Between(..) => return Err(self.misfit(no_order(kind))),
            test => return self.levels(&test.literals(), negated),
        };
        Ok(Atom::new(column, CellQuestion::Word(column.rules, test), negated))
    }

    fn levels(&self, literals: &[&Literal], negated: bool) -> FilterResult<Atom<'a>> {
        let column = self.column;
        let mut words: Vec<(String, Span)> = Vec::new();
        let mut truths = Vec::new();
        for literal in literals {
            match truth_of(column.variable(), literal) {
                Some(truth) => truths.extend(truth_words(column.variable(), truth)),
                None => words.push((level_of(column, literal)?, literal.at)),
            }
        }
        let asked: Vec<(&str, Span)> = words.iter().map(|(word, at)| (word.as_str(), *at)).collect();
        let is_text = column.variable().kind == Kind::Text;
        let vocabulary = if is_text { FilterVocabulary::default() } else { vocabulary(column, &asked) };
        let test = WordTest::OneOf(words.into_iter().map(|(word, _)| word).chain(truths).collect());
        Ok(Atom::new(column, CellQuestion::Word(column.rules, test), negated).with(vocabulary))
    }
}

fn no_order(kind: Kind) -> &'static str {
    if kind == Kind::Category { "its levels have no order" } else { "it has no order" }
}

/// True for a binary column of yes and no, unlike one with levels such as `f` and `m`.
fn says_yes_or_no(variable: &Variable) -> bool {
    let levels = &variable.levels;
    let is_binary = variable.kind == Kind::Binary;
    is_binary && (levels.is_empty() || levels.iter().any(|level| truth_word(&level.value).is_some()))
}

fn truth_word(word: &str) -> Option<bool> {
    match word {
        "1" => Some(true),
        "0" => Some(false),
        word => yes_no(word),
    }
}

/// The levels of a binary column that mean yes, or no.
fn truth_words(variable: &Variable, truth: bool) -> Vec<String> {
    let declared = variable.levels.iter().map(|level| level.value.as_str());
    let declared = declared.filter(|level| truth_word(level) == Some(truth));
    (if truth { ["yes", "1"] } else { ["no", "0"] }).into_iter().chain(declared).map(str::to_owned).collect()
}

/// The truth a literal means in a column of yes and no; `None` for another level.
fn truth_of(variable: &Variable, literal: &Literal) -> Option<bool> {
    if !says_yes_or_no(variable) {
        return None;
    }
    match &literal.value {
        Constant::Boolean(truth) => Some(*truth),
        Constant::Number(number) => truth_word(&number.normalised().to_string()),
        Constant::Text(text) => truth_word(variable.synonyms.get(text.trim()).map_or(text.trim(), String::as_str)),
    }
}

/// The level of a literal, read as a cell of the column is: `female` for `'F'`.
pub(super) fn level_of(column: CaseColumn<'_>, literal: &Literal) -> FilterResult<String> {
    let variable = column.variable();
    let name = name_as_written(&variable.name);
    let Constant::Text(text) = &literal.value else {
        let message = format!("{name} is {}: {literal} is not a text", kind_phrase(variable.kind));
        let remedy = match variable.kind {
            Kind::Binary => usage(variable, None),
            _ => format!("write text in single quotes: {}", text_as_written(&literal.to_string())),
        };
        return Err(FilterFault::new(message, literal.at, Some(remedy)));
    };
    let text = text.trim();
    if missing(text, &column.rules).is_some() {
        let message = format!("{literal} means that {name} is not reported");
        return Err(FilterFault::new(message, literal.at, Some(format!("write {name} IS NULL"))));
    }
    let declared = variable.levels.iter().map(|level| level.value.as_str());
    let declared = declared.chain(variable.synonyms.keys().chain(&variable.spellings).map(String::as_str));
    let of_label = || labelled(variable, text).unwrap_or(text);
    let text = if variable.declares(text) { text } else { declared_word(text, declared).unwrap_or_else(of_label) };
    Ok(level_of_word(text, variable).map_or_else(|_| text.to_owned(), Cow::into_owned))
}

/// The only level that is shown as this text: `1:DECEASED` for `deceased`.
fn labelled<'v>(variable: &'v Variable, text: &str) -> Option<&'v str> {
    let folded = text.to_lowercase();
    let is_shown = |level: &&Level| level.label.as_ref().is_some_and(|label| label.to_lowercase() == folded);
    let mut levels = variable.levels.iter().filter(is_shown);
    levels.next().filter(|_| levels.next().is_none()).map(|level| level.value.as_str())
}

/// The words a condition names, and the levels that the schema declares.
pub(super) fn vocabulary(column: CaseColumn<'_>, asked: &[(&str, Span)]) -> FilterVocabulary {
    let mut vocabulary = FilterVocabulary::default();
    let variable = column.variable();
    variable.levels.iter().for_each(|level| vocabulary.declare(WordKind::Level, &level.value));
    variable.synonyms.values().for_each(|level| vocabulary.declare(WordKind::Level, level));
    asked.iter().for_each(|(word, at)| vocabulary.ask(WordKind::Level, word, *at));
    vocabulary
}

/// The first and last day of a date: `= '2018'` is the whole year, `> '2018'` is after its last day.
fn date_ends(literal: &Literal) -> Option<(Day, Day)> {
    let date = match &literal.value {
        Constant::Text(text) => Date::parse(text.trim()),
        Constant::Number(number) => Date::parse(&number.to_string()),
        Constant::Boolean(_) => None,
    };
    date.map(days)
}
