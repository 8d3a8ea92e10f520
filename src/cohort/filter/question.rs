//! Bound conditions: the question about one cell, or about two.

use super::interval::{Day, NumericValue, ValueInterval, compare, days, known, point, whole, within};
use super::line_test::{LineTest, answer};
use super::syntax::Operator;
use super::tree::{ConditionTree, Truth};
use super::vocabulary::{FilterVocabulary, WordKind};
use super::words::WordTest;
use crate::cohort::cell::{
    CellRules, CellState, DateState, LevelState, SetState, binary, date, items, level, line, missing, number,
    written_lines,
};
use crate::cohort::lines::{Line, is_untreated};
use crate::cohort::unit::converted;
use crate::schema::Kind;
use std::ops::Bound;

/// A question.
#[derive(Debug, Clone)]
pub(super) enum CellQuestion<'a> {
    /// A number in one of these ranges.
    Number(NumericOperand<'a>, Vec<ValueInterval<NumericValue>>),
    /// Two numbers compared.
    Numbers(NumericOperand<'a>, Operator, NumericOperand<'a>),
    /// A date in one of these ranges.
    Date(CellRules<'a>, Vec<ValueInterval<Day>>),
    /// A level or a text.
    Word(CellRules<'a>, WordTest),
    /// An item of a set.
    Has(CellRules<'a>, String),
    /// Treatment lines in order, one for each condition.
    Lines(CellRules<'a>, Vec<ConditionTree<LineTest>>),
    /// A whole number.
    Whole(CellRules<'a>),
    /// Whether nothing is reported.
    IsNull(CellRules<'a>),
}

/// A number that can be read from a cell.
#[derive(Debug, Clone, Copy)]
pub(super) struct NumericOperand<'a> {
    pub rules: CellRules<'a>,
    pub of: MeasuredAs,
    /// The unit in which it is compared, where that is another one than its own.
    pub compared_in: Option<&'a str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MeasuredAs {
    /// The cell itself.
    Cell,
    /// The number of items of a set.
    Items,
    /// The number of treatment lines.
    Lines,
}

impl NumericOperand<'_> {
    /// An end of an interval in the unit in which it is compared; none where that has too many digits.
    fn in_its_unit(&self, end: Bound<NumericValue>) -> Option<Bound<NumericValue>> {
        let (Some(to), Some(from)) = (self.compared_in, &self.rules.variable.unit) else { return Some(end) };
        let in_unit = |value: NumericValue| converted(value.0, from, to).map(NumericValue);
        Some(match end {
            Bound::Included(value) => Bound::Included(in_unit(value)?),
            Bound::Excluded(value) => Bound::Excluded(in_unit(value)?),
            Bound::Unbounded => Bound::Unbounded,
        })
    }

    /// The interval of the number; `None` if the cell does not tell.
    fn interval(&self, text: &str) -> Option<ValueInterval<NumericValue>> {
        match self.of {
            MeasuredAs::Cell => {
                let (low, high) = known(&number(text, &self.rules))?;
                Some((self.in_its_unit(low)?, self.in_its_unit(high)?))
            }
            MeasuredAs::Items => match items(text, &self.rules) {
                SetState::Items(set) => Some(whole(set.items.len())),
                SetState::Missing(_) => None,
            },
            MeasuredAs::Lines => {
                let lines: Option<Vec<Line>> = lines(text, &self.rules)?.into_iter().collect();
                Some(whole(lines?.len()))
            }
        }
    }
}

impl CellQuestion<'_> {
    /// The answer of a cell, and of a second one when two numbers are compared; notes the words that occur in `met`.
    pub fn answer(&self, text: &str, second: &str, met: &mut FilterVocabulary) -> Truth {
        match self {
            CellQuestion::Number(measure, ranges) => {
                measure.interval(text).map_or(Truth::Unknown, |known| within(known, ranges))
            }
            CellQuestion::Numbers(left, operator, right) => match (left.interval(text), right.interval(second)) {
                (Some(left), Some(right)) => compare(left, *operator, right),
                _ => Truth::Unknown,
            },
            CellQuestion::Date(rules, ranges) => match date(text, rules) {
                DateState::Date(date) => {
                    let (first, last) = days(date);
                    within((point(first).0, point(last).1), ranges)
                }
                DateState::Unreadable(_) | DateState::Missing(_) => Truth::Unknown,
            },
            CellQuestion::Word(rules, test) => word(text, rules).map_or(Truth::Unknown, |word| {
                met.meet(WordKind::Level, &word);
                test.holds(&word).into()
            }),
            CellQuestion::Has(rules, item) => match items(text, rules) {
                SetState::Items(set) => {
                    set.items.iter().for_each(|item| met.meet(WordKind::Level, item));
                    set.items.contains(item).into()
                }
                SetState::Missing(_) => Truth::Unknown,
            },
            CellQuestion::Lines(rules, conditions) => {
                lines(text, rules).map_or(Truth::Unknown, |lines| answer(&lines, conditions, rules, met))
            }
            CellQuestion::Whole(rules) => match number(text, rules) {
                CellState::Value(number) => number.value.is_whole().into(),
                _ => Truth::Unknown,
            },
            CellQuestion::IsNull(rules) => is_null(text, rules).into(),
        }
    }

    /// Which of the cells leave the answer open; for two numbers both if neither is missing.
    pub fn silent(&self, text: &str, second: &str) -> (bool, bool) {
        match self {
            CellQuestion::Numbers(left, _, right) => {
                match (left.interval(text).is_none(), right.interval(second).is_none()) {
                    (false, false) => (true, true),
                    silent => silent,
                }
            }
            _ => (true, false),
        }
    }
}

/// The level or text of a cell; `None` if it has none.
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
        // This includes a set with only missing items.
        Kind::Set => matches!(items(text, rules), SetState::Missing(_)),
        _ => missing(text, rules).is_some(),
    }
}

/// The lines of a cell in order, `None` for each that cannot be read; `None` if nothing is reported.
fn lines(text: &str, rules: &CellRules<'_>) -> Option<Vec<Option<Line>>> {
    if missing(text, rules).is_some() {
        return None;
    }
    if is_untreated(text) {
        return Some(Vec::new());
    }
    Some(written_lines(text, rules).iter().map(|segment| line(segment, rules).ok()).collect())
}
