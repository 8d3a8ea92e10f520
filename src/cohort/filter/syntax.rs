//! A filter as it was written, and how it is written back.

use super::tree::Tree;
use crate::decimal::Decimal;
use std::fmt;
use std::ops::Range;

/// Words with a meaning of their own; a column of such a name stands in double quotes.
pub(super) const KEYWORDS: [&str; 10] = ["AND", "OR", "NOT", "IN", "BETWEEN", "IS", "NULL", "LIKE", "TRUE", "FALSE"];

/// Where a part of the filter stands, in bytes; two filters that differ only in it are equal.
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
    /// From the beginning of one part to the end of another.
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

/// The name of a column, or of what a treatment line says.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Name {
    pub text: String,
    pub at: Span,
}

/// A value that is written out.
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
    Name(Name),
    /// `n_items(sites)`
    Items(Name),
    /// `n_lines(treatment)`
    Lines(Name),
}

impl Operand {
    /// The column it is of.
    pub fn name(&self) -> &Name {
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

/// What is asked of an operand.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Test {
    Compare(Operator, Side),
    In(Vec<Literal>),
    Between(Literal, Literal),
    Like(Literal),
    IsNull,
    /// Nothing: the operand is true or false itself.
    Holds,
}

impl Test {
    /// True for `<>`, which is bound as `=` and negated.
    pub fn is_unequal(&self) -> bool {
        matches!(self, Test::Compare(Operator::NotEqual, _))
    }

    /// The values that are written out, in order.
    pub fn literals(&self) -> Vec<&Literal> {
        match self {
            Test::Compare(_, Side::Literal(literal)) | Test::Like(literal) => vec![literal],
            Test::In(list) => list.iter().collect(),
            Test::Between(low, high) => vec![low, high],
            Test::Compare(_, Side::Operand(_)) | Test::IsNull | Test::Holds => Vec::new(),
        }
    }
}

/// One condition of a filter.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Condition {
    /// `has(sites, 'knee')`
    Has { column: Name, item: Literal },
    /// `any_line(agent = 'methotrexate')`, of one column where there are several.
    AnyLine { column: Option<Name>, condition: Box<Tree<Condition>>, at: Span },
    /// `in_order(agent = 'methotrexate', agent = 'colchicine')`; the first may be the name of a column.
    InOrder { conditions: Vec<Tree<Condition>>, at: Span },
    /// `whole(age)`
    Whole { column: Name },
    /// `age NOT BETWEEN 5 AND 10`
    Test { operand: Operand, negated: bool, test: Test, at: Span },
}

/// True for a name that needs no quotes.
fn is_plain(name: &str) -> bool {
    name.starts_with(begins_name) && name.chars().all(continues_name) && !is_keyword(name)
}

/// True for a word with a meaning of its own, in capitals or not.
pub(super) fn is_keyword(word: &str) -> bool {
    KEYWORDS.iter().any(|keyword| keyword.eq_ignore_ascii_case(word))
}

pub(super) fn begins_name(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

pub(super) fn continues_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// A name as a filter holds it: quoted where it is no plain word, or has a meaning of its own.
pub fn name_as_written(name: &str) -> String {
    if is_plain(name) { name.to_owned() } else { format!("\"{}\"", name.replace('"', "\"\"")) }
}

/// A text as a filter holds it.
pub fn text_as_written(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

impl fmt::Display for Name {
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

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Condition::Has { column, item } => write!(f, "has({column}, {item})"),
            Condition::AnyLine { column: Some(column), condition, .. } => write!(f, "any_line({column}, {condition})"),
            Condition::AnyLine { column: None, condition, .. } => write!(f, "any_line({condition})"),
            Condition::InOrder { conditions, .. } => {
                let conditions: Vec<String> = conditions.iter().map(Tree::to_string).collect();
                write!(f, "in_order({})", conditions.join(", "))
            }
            Condition::Whole { column } => write!(f, "whole({column})"),
            Condition::Test { operand, negated, test, .. } => {
                let not = if *negated { "NOT " } else { "" };
                match test {
                    Test::Holds => operand.fmt(f),
                    Test::Compare(operator, side) => write!(f, "{operand} {} {side}", operator.sign()),
                    Test::Between(low, high) => write!(f, "{operand} {not}BETWEEN {low} AND {high}"),
                    Test::Like(pattern) => write!(f, "{operand} {not}LIKE {pattern}"),
                    Test::IsNull => write!(f, "{operand} IS {not}NULL"),
                    Test::In(list) => {
                        let list: Vec<String> = list.iter().map(Literal::to_string).collect();
                        write!(f, "{operand} {not}IN ({})", list.join(", "))
                    }
                }
            }
        }
    }
}
