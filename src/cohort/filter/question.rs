//! What a condition asks of one cell, or of two, once it is bound to columns.

use super::interval::{Day, Interval, Value, compare, days, known, point, whole, within};
use super::line_test::{LineTest, answer};
use super::syntax::Operator;
use super::tree::{Tree, Truth};
use super::vocabulary::{Sort, Vocabulary};
use super::words::WordTest;
use crate::cohort::cell::{
    CellRules, CellState, DateState, LevelState, SetState, binary, date, items, level, missing, number,
};
use crate::cohort::lines::{Line, is_untreated, parse_line, segments};
use crate::read::ITEM;
use crate::schema::Kind;

/// What is asked.
#[derive(Debug, Clone)]
pub(super) enum Question<'a> {
    /// A number in one of these ranges.
    Number(Measure<'a>, Vec<Interval<Value>>),
    /// Two numbers compared.
    Numbers(Measure<'a>, Operator, Measure<'a>),
    /// A date in one of these ranges.
    Date(CellRules<'a>, Vec<Interval<Day>>),
    /// A level or a text.
    Word(CellRules<'a>, WordTest),
    /// An item of a set.
    Has(CellRules<'a>, String),
    /// Treatment lines in order, one for each condition.
    Lines(CellRules<'a>, Vec<Tree<LineTest>>),
    /// A whole number.
    Whole(CellRules<'a>),
    /// Nothing reported.
    IsNull(CellRules<'a>),
}

/// A number that can be read from a cell.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measure<'a> {
    pub rules: CellRules<'a>,
    pub of: Measured,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measured {
    /// The cell itself.
    Cell,
    /// The number of items of a set.
    Items,
    /// The number of treatment lines.
    Lines,
}

impl Measure<'_> {
    /// Where the number lies; no answer where the cell does not say.
    fn interval(&self, text: &str) -> Option<Interval<Value>> {
        match self.of {
            Measured::Cell => known(&number(text, &self.rules)),
            Measured::Items => match items(text, &self.rules) {
                SetState::Items(set) => Some(whole(set.items.len())),
                SetState::Missing(_) => None,
            },
            Measured::Lines => {
                let lines: Option<Vec<Line>> = lines(text, &self.rules)?.into_iter().collect();
                Some(whole(lines?.len()))
            }
        }
    }
}

impl Question<'_> {
    /// The answer of a cell, and for two numbers of a second one. The words it has are met.
    pub fn answer(&self, text: &str, second: &str, met: &mut Vocabulary) -> Truth {
        match self {
            Question::Number(measure, ranges) => {
                measure.interval(text).map_or(Truth::Unknown, |known| within(known, ranges))
            }
            Question::Numbers(left, operator, right) => match (left.interval(text), right.interval(second)) {
                (Some(left), Some(right)) => compare(left, *operator, right),
                _ => Truth::Unknown,
            },
            Question::Date(rules, ranges) => match date(text, rules) {
                DateState::Date(date) => {
                    let (first, last) = days(date);
                    within((point(first).0, point(last).1), ranges)
                }
                DateState::Unreadable(_) | DateState::Missing(_) => Truth::Unknown,
            },
            Question::Word(rules, test) => word(text, rules).map_or(Truth::Unknown, |word| {
                met.meet(Sort::Level, &word);
                test.holds(&word).into()
            }),
            Question::Has(rules, item) => match items(text, rules) {
                SetState::Items(set) => {
                    set.items.iter().for_each(|item| met.meet(Sort::Level, item));
                    set.items.contains(item).into()
                }
                SetState::Missing(_) => Truth::Unknown,
            },
            Question::Lines(rules, conditions) => {
                lines(text, rules).map_or(Truth::Unknown, |lines| answer(&lines, conditions, rules, met))
            }
            Question::Whole(rules) => match number(text, rules) {
                CellState::Value(number) => number.value.is_whole().into(),
                _ => Truth::Unknown,
            },
            Question::IsNull(rules) => is_null(text, rules).into(),
        }
    }

    /// For two numbers: which of the cells do not say; both where each says too little.
    pub fn silent(&self, text: &str, second: &str) -> (bool, bool) {
        match self {
            Question::Numbers(left, _, right) => {
                match (left.interval(text).is_none(), right.interval(second).is_none()) {
                    (false, false) => (true, true),
                    silent => silent,
                }
            }
            _ => (true, false),
        }
    }
}

/// The level or text of a cell; no answer where it has none.
fn word(text: &str, rules: &CellRules<'_>) -> Option<String> {
    let state = match rules.variable.kind {
        Kind::Binary => binary(text, rules),
        Kind::Category => level(text, rules),
        _ => return missing(text, rules).is_none().then(|| text.trim().to_owned()),
    };
    match state {
        LevelState::Level(level) => Some(level),
        LevelState::Unreadable(_) | LevelState::Missing(_) => None,
    }
}

fn is_null(text: &str, rules: &CellRules<'_>) -> bool {
    match rules.variable.kind {
        // Also a set of which every item is missing.
        Kind::Set => matches!(items(text, rules), SetState::Missing(_)),
        _ => missing(text, rules).is_some(),
    }
}

/// The lines of a cell, in order, each none where it cannot be read; no answer where nothing is reported.
fn lines(text: &str, rules: &CellRules<'_>) -> Option<Vec<Option<Line>>> {
    if missing(text, rules).is_some() {
        return None;
    }
    if is_untreated(text) {
        return Some(Vec::new());
    }
    let delimiter = if text.contains(ITEM) { ITEM } else { rules.variable.delimiter.unwrap_or(';') };
    // A list that came as a list begins with the separator of its items.
    let segments = segments(text.strip_prefix(ITEM).unwrap_or(text), delimiter);
    Some(segments.map(|segment| parse_line(segment, rules.variable.target_domain.as_deref()).ok()).collect())
}
