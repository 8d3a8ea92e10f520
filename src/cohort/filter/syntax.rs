//! The syntax tree of a filter, and how it is written as text.

use super::tree::ConditionTree;
use crate::decimal::Decimal;
use std::fmt;
use std::ops::Range;

/// Keywords; a column with such a name is written in double quotes.
pub(super) const KEYWORDS: [&str; 10] = ["AND", "OR", "NOT", "IN", "BETWEEN", "IS", "NULL", "LIKE", "TRUE", "FALSE"];

/// The position of a part of the filter, in bytes; all spans are equal, so that filters are compared without them.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Span {
    pub start: usize,
    pub end: usize,
}

impl PartialEq for Span {
    fn eq(&self, _: &Span) -> bool {
        true
    }
}

impl Span {
    /// From the start of one part to the end of another.
    pub fn to(self, end: Span) -> Span {
        Span { start: self.start, end: end.end }
    }
}

impl From<Span> for Range<usize> {
    fn from(at: Span) -> Range<usize> {
        at.start..at.end
    }
}

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Equal,
    NotEqual,
    Below,
    AtMost,
    Above,
    AtLeast,
}

impl Operator {
    pub fn sign(self) -> &'static str {
        match self {
            Operator::Equal => "=",
            Operator::NotEqual => "<>",
            Operator::Below => "<",
            Operator::AtMost => "<=",
            Operator::Above => ">",
            Operator::AtLeast => ">=",
        }
    }

    /// The operator with its sides exchanged: `10 > age` is `age < 10`.
    pub fn exchanged(self) -> Operator {
        match self {
            Operator::Below => Operator::Above,
            Operator::AtMost => Operator::AtLeast,
            Operator::Above => Operator::Below,
            Operator::AtLeast => Operator::AtMost,
            same => same,
        }
    }

    /// True for `=` and `<>`, which need no order.
    pub fn is_equality(self) -> bool {
        matches!(self, Operator::Equal | Operator::NotEqual)
    }
}

/// The name of a column, or of a field of a treatment line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct FilterName {
    pub text: String,
    pub at: Span,
}

/// A value in the filter.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Literal {
    pub value: Constant,
    pub at: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Constant {
    Number(Decimal),
    Text(String),
    Boolean(bool),
}

/// What is compared.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Operand {
    Name(FilterName),
    /// `n_items(sites)`
    Items(FilterName),
    /// `n_lines(treatment)`
    Lines(FilterName),
}

impl Operand {
    /// The name of its column.
    pub fn name(&self) -> &FilterName {
        match self {
            Operand::Name(name) | Operand::Items(name) | Operand::Lines(name) => name,
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Side {
    Literal(Literal),
    Operand(Operand),
}

/// The test of an operand.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Predicate {
    Compare(Operator, Side),
    In(Vec<Literal>),
    Between(Literal, Literal),
    Like(Literal),
    IsNull,
    /// None: the operand is itself true or false.
    Holds,
}

impl Predicate {
    /// True for `<>`, which is bound as a negated `=`.
    pub fn is_unequal(&self) -> bool {
        matches!(self, Predicate::Compare(Operator::NotEqual, _))
    }

    /// Its literals, in order.
    pub fn literals(&self) -> Vec<&Literal> {
        match self {
            Predicate::Compare(_, Side::Literal(literal)) | Predicate::Like(literal) => vec![literal],
            Predicate::In(list) => list.iter().collect(),
            Predicate::Between(low, high) => vec![low, high],
            Predicate::Compare(_, Side::Operand(_)) | Predicate::IsNull | Predicate::Holds => Vec::new(),
        }
    }
}

/// One condition of a filter.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum FilterCondition {
    /// `has(sites, 'knee')`
    Has { column: FilterName, item: Literal },
    /// `any_line(agent = 'methotrexate')`, of one column where there are several.
    AnyLine { column: Option<FilterName>, condition: Box<ConditionTree<FilterCondition>>, at: Span },
    /// `in_order(agent = 'methotrexate', agent = 'colchicine')`; the first may be the name of a column.
    InOrder { conditions: Vec<ConditionTree<FilterCondition>>, at: Span },
    /// `whole(age)`
    Whole { column: FilterName },
    /// `age NOT BETWEEN 5 AND 10`
    Test { operand: Operand, negated: bool, test: Predicate, at: Span },
}

impl FilterCondition {
    /// The names of its columns; of the fields of treatment lines none.
    pub fn columns(&self) -> Vec<&str> {
        match self {
            FilterCondition::Has { column, .. } | FilterCondition::Whole { column } => vec![&column.text],
            FilterCondition::AnyLine { .. } | FilterCondition::InOrder { .. } => Vec::new(),
            FilterCondition::Test { operand, test, .. } => {
                let second = match test {
                    Predicate::Compare(_, Side::Operand(other)) => Some(other.name().text.as_str()),
                    Predicate::Compare(_, Side::Literal(_))
                    | Predicate::In(_)
                    | Predicate::Between(..)
                    | Predicate::Like(_)
                    | Predicate::IsNull
                    | Predicate::Holds => None,
                };
                std::iter::once(operand.name().text.as_str()).chain(second).collect()
            }
        }
    }
}

/// True for a name that needs no quotes.
fn is_plain(name: &str) -> bool {
    name.starts_with(begins_name) && name.chars().all(continues_name) && !is_keyword(name)
}

/// True for a keyword, in upper or lower case.
pub(super) fn is_keyword(word: &str) -> bool {
    KEYWORDS.iter().any(|keyword| keyword.eq_ignore_ascii_case(word))
}

pub(super) fn begins_name(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

pub(super) fn continues_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '@')
}

/// A name as written in a filter: quoted if it is a keyword or not a plain word.
pub fn name_as_written(name: &str) -> String {
    if is_plain(name) { name.to_owned() } else { format!("\"{}\"", name.replace('"', "\"\"")) }
}

/// A text as written in a filter.
pub fn text_as_written(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

impl fmt::Display for FilterName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&name_as_written(&self.text))
    }
}

impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.value {
            Constant::Number(number) => number.fmt(f),
            Constant::Text(text) => f.write_str(&text_as_written(text)),
            Constant::Boolean(truth) => truth.fmt(f),
        }
    }
}

impl fmt::Display for Operand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Operand::Name(name) => name.fmt(f),
            Operand::Items(name) => write!(f, "n_items({name})"),
            Operand::Lines(name) => write!(f, "n_lines({name})"),
        }
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Side::Literal(literal) => literal.fmt(f),
            Side::Operand(operand) => operand.fmt(f),
        }
    }
}

impl fmt::Display for FilterCondition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FilterCondition::Has { column, item } => write!(f, "has({column}, {item})"),
            FilterCondition::AnyLine { column: Some(column), condition, .. } => {
                write!(f, "any_line({column}, {condition})")
            }
            FilterCondition::AnyLine { column: None, condition, .. } => write!(f, "any_line({condition})"),
            FilterCondition::InOrder { conditions, .. } => {
                let conditions: Vec<String> = conditions.iter().map(ConditionTree::to_string).collect();
                write!(f, "in_order({})", conditions.join(", "))
            }
            FilterCondition::Whole { column } => write!(f, "whole({column})"),
            FilterCondition::Test { operand, negated, test, .. } => {
                let not = if *negated { "NOT " } else { "" };
                match test {
                    Predicate::Holds => operand.fmt(f),
                    Predicate::Compare(operator, side) => write!(f, "{operand} {} {side}", operator.sign()),
                    Predicate::Between(low, high) => write!(f, "{operand} {not}BETWEEN {low} AND {high}"),
                    Predicate::Like(pattern) => write!(f, "{operand} {not}LIKE {pattern}"),
                    Predicate::IsNull => write!(f, "{operand} IS {not}NULL"),
                    Predicate::In(list) => {
                        let list: Vec<String> = list.iter().map(Literal::to_string).collect();
                        write!(f, "{operand} {not}IN ({})", list.join(", "))
                    }
                }
            }
        }
    }
}
