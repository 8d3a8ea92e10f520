//! Reads a filter by recursive descent.
//!
//! ```text
//! filter    = and {OR and}          and  = not {AND not}          not = [NOT] (group | condition)
//! group     = "(" filter ")"
//! condition = has "(" name "," text ")" | any_line "(" [name ","] filter ")"
//!           | in_order "(" [name ","] filter "," filter {"," filter} ")" | whole "(" name ")" | side [test]
//! side      = name | n_items "(" name ")" | n_lines "(" name ")" | text | number | TRUE | FALSE
//! test      = sign side | [NOT] IN "(" value {"," value} ")" | [NOT] BETWEEN value AND value
//!           | [NOT] LIKE text | IS [NOT] NULL
//! ```

use super::fault::{FilterFault, FilterResult};
use super::syntax::{
    Constant, FilterCondition, FilterName, Literal, Operand, Operator, Predicate, Side, Span, is_keyword,
};
use super::token::{FilterToken, tokens};
use super::tree::ConditionTree;
use crate::diagnostic::nearest;

/// Length of the longest filter, in bytes.
const LONGEST: usize = 4096;
/// Most levels of parentheses, NOT, any_line() and in_order().
const DEEPEST: usize = 64;

const FUNCTIONS: [&str; 6] = ["has", "any_line", "in_order", "whole", "n_items", "n_lines"];

/// Reads the text of a filter.
pub(super) fn parse(text: &str) -> FilterResult<ConditionTree<FilterCondition>> {
    if text.len() > LONGEST {
        let at = Span { start: LONGEST, end: text.len() };
        return Err(FilterFault::new(
            "the filter is longer than 4 KiB",
            at,
            Some("use IN (...) for a list of values".into()),
        ));
    }
    let mut parser = FilterParser { text, tokens: tokens(text)?, next: 0, depth: 0 };
    let tree = parser.disjunction()?;
    match parser.peek() {
        FilterToken::End => Ok(tree),
        _ => Err(parser.expected("AND, OR or the end of the filter")),
    }
}

struct FilterParser<'t> {
    text: &'t str,
    tokens: Vec<(FilterToken<'t>, Span)>,
    next: usize,
    depth: usize,
}

impl<'t> FilterParser<'t> {
    fn peek(&self) -> &FilterToken<'t> {
        self.tokens.get(self.next).map_or(&FilterToken::End, |(token, _)| token)
    }

    fn peek_second(&self) -> &FilterToken<'t> {
        self.tokens.get(self.next.saturating_add(1)).map_or(&FilterToken::End, |(token, _)| token)
    }

    fn at(&self) -> Span {
        self.tokens.get(self.next).map_or(Span { start: self.text.len(), end: self.text.len() }, |(_, at)| *at)
    }

    /// The span of the token before.
    fn before(&self) -> Span {
        let before = self.next.checked_sub(1).and_then(|before| self.tokens.get(before));
        before.map_or_else(Span::default, |(_, at)| *at)
    }

    fn skip(&mut self) {
        self.next = self.next.saturating_add(1);
    }

    fn next_is_keyword(&self, keyword: &str) -> bool {
        matches!(self.peek(), FilterToken::Word(word) if word.eq_ignore_ascii_case(keyword))
    }

    /// Skips a keyword if it is next.
    fn took(&mut self, keyword: &str) -> bool {
        let is_next = self.next_is_keyword(keyword);
        if is_next {
            self.skip();
        }
        is_next
    }

    fn take(&mut self, wanted: &FilterToken<'_>, what: &str) -> FilterResult<()> {
        if self.peek() != wanted {
            return Err(self.expected(what));
        }
        self.skip();
        Ok(())
    }

    fn expected(&self, what: &str) -> FilterFault {
        let at = self.at();
        let found = self.text.get(at.start..at.end).filter(|found| !found.is_empty());
        let found = found.map_or_else(|| "the end of the filter".to_owned(), |found| format!("`{found}`"));
        let remedy = "write a filter like age < 10 AND (sex = 'female' OR age IS NULL)";
        FilterFault::new(format!("expected {what}, found {found}"), at, Some(remedy.to_owned()))
    }

    /// Reads a part one level deeper.
    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> FilterResult<T>) -> FilterResult<T> {
        if self.depth >= DEEPEST {
            let message = format!("the filter is more than {DEEPEST} levels deep");
            return Err(FilterFault::new(message, self.before(), Some("use fewer parentheses".into())));
        }
        self.depth = self.depth.saturating_add(1);
        let read = read(self);
        self.depth = self.depth.saturating_sub(1);
        read
    }

    fn disjunction(&mut self) -> FilterResult<ConditionTree<FilterCondition>> {
        let mut parts = vec![self.conjunction()?];
        while self.took("OR") {
            parts.push(self.conjunction()?);
        }
        Ok(ConditionTree::any(parts))
    }

    fn conjunction(&mut self) -> FilterResult<ConditionTree<FilterCondition>> {
        let mut parts = vec![self.negation()?];
        while self.took("AND") {
            parts.push(self.negation()?);
        }
        Ok(ConditionTree::all(parts))
    }

    fn negation(&mut self) -> FilterResult<ConditionTree<FilterCondition>> {
        if self.took("NOT") {
            return Ok(ConditionTree::Not(Box::new(self.deeper(Self::negation)?)));
        }
        if *self.peek() != FilterToken::Open {
            return Ok(ConditionTree::Leaf(self.condition()?));
        }
        self.skip();
        let inner = self.deeper(Self::disjunction)?;
        self.take(&FilterToken::Close, "AND, OR or a closing parenthesis")?;
        Ok(inner)
    }

    fn condition(&mut self) -> FilterResult<FilterCondition> {
        let start = self.at();
        if let (FilterToken::Word(word), FilterToken::Open) = (self.peek(), self.peek_second()) {
            match word.to_ascii_lowercase().as_str() {
                "has" => return self.has(),
                "any_line" => return self.any_line(start),
                "in_order" => return self.in_order(start),
                "whole" => return self.whole(),
                _ => {}
            }
        }
        let left = self.side("a condition")?;
        if let FilterToken::Compare(operator) = *self.peek() {
            self.skip();
            let right = self.side("a value")?;
            return self.comparison(left, operator, right, start);
        }
        let Side::Operand(operand) = left else { return Err(self.expected("a comparison such as <")) };
        let (negated, test) = self.test(&operand)?;
        Ok(FilterCondition::Test { operand, negated, test, at: start.to(self.before()) })
    }

    fn has(&mut self) -> FilterResult<FilterCondition> {
        let column = self.open("a set column")?;
        self.take(&FilterToken::Comma, "a comma and an item such as 'knee'")?;
        let item = self.literal()?;
        self.take(&FilterToken::Close, "a closing parenthesis")?;
        Ok(FilterCondition::Has { column, item })
    }

    fn any_line(&mut self, start: Span) -> FilterResult<FilterCondition> {
        self.skip();
        self.skip();
        let column = if *self.peek_second() == FilterToken::Comma {
            let column = self.name("a column of treatment lines")?;
            self.skip();
            Some(column)
        } else {
            None
        };
        let condition = Box::new(self.deeper(Self::disjunction)?);
        self.take(&FilterToken::Close, "AND, OR or a closing parenthesis")?;
        Ok(FilterCondition::AnyLine { column, condition, at: start.to(self.before()) })
    }

    /// A column name stays the first condition until the columns are known.
    fn in_order(&mut self, start: Span) -> FilterResult<FilterCondition> {
        self.skip();
        self.skip();
        let mut conditions = vec![self.deeper(Self::disjunction)?];
        while *self.peek() == FilterToken::Comma {
            self.skip();
            conditions.push(self.deeper(Self::disjunction)?);
        }
        self.take(&FilterToken::Close, "AND, OR, a comma or a closing parenthesis")?;
        Ok(FilterCondition::InOrder { conditions, at: start.to(self.before()) })
    }

    fn whole(&mut self) -> FilterResult<FilterCondition> {
        let column = self.open("a column of numbers")?;
        self.take(&FilterToken::Close, "a closing parenthesis")?;
        Ok(FilterCondition::Whole { column })
    }

    /// The name after a function and its parenthesis.
    fn open(&mut self, what: &str) -> FilterResult<FilterName> {
        self.skip();
        self.skip();
        self.name(what)
    }

    fn name(&mut self, what: &str) -> FilterResult<FilterName> {
        let text = match self.peek() {
            FilterToken::Word(word) if !is_keyword(word) => (*word).to_owned(),
            FilterToken::Name(name) => name.clone(),
            _ => return Err(self.expected(what)),
        };
        self.skip();
        Ok(FilterName { text, at: self.before() })
    }

    fn side(&mut self, what: &str) -> FilterResult<Side> {
        let is_literal = matches!(self.peek(), FilterToken::Number(_) | FilterToken::Text(_));
        if is_literal || ["TRUE", "FALSE", "NULL"].into_iter().any(|word| self.next_is_keyword(word)) {
            return self.literal().map(Side::Literal);
        }
        if let (FilterToken::Word(word), FilterToken::Open) = (self.peek(), self.peek_second())
            && !is_keyword(word)
        {
            return self.function(&word.to_ascii_lowercase()).map(Side::Operand);
        }
        Ok(Side::Operand(Operand::Name(self.name(what)?)))
    }

    fn function(&mut self, word: &str) -> FilterResult<Operand> {
        let at = self.at();
        let operand = match word {
            "n_items" => Operand::Items(self.open("a set column")?),
            "n_lines" => Operand::Lines(self.open("a column of treatment lines")?),
            "has" | "any_line" | "in_order" | "whole" => {
                let message = format!("{word}() is true or false and cannot be compared");
                return Err(FilterFault::new(message, at, Some("join conditions with AND, OR and NOT".into())));
            }
            _ => {
                let remedy = nearest(word, &FUNCTIONS).map_or_else(
                    || format!("the functions are {}", FUNCTIONS.join(", ")),
                    |near| format!("did you mean {near}()?"),
                );
                return Err(FilterFault::new(format!("there is no function {word}()"), at, Some(remedy)));
            }
        };
        self.take(&FilterToken::Close, "a closing parenthesis")?;
        Ok(operand)
    }

    fn literal(&mut self) -> FilterResult<Literal> {
        let value = match self.peek() {
            FilterToken::Number(number) => Constant::Number(*number),
            FilterToken::Text(text) => Constant::Text(text.clone()),
            FilterToken::Word(word) if word.eq_ignore_ascii_case("true") => Constant::Boolean(true),
            FilterToken::Word(word) if word.eq_ignore_ascii_case("false") => Constant::Boolean(false),
            FilterToken::Word(word) if word.eq_ignore_ascii_case("null") => {
                let remedy = "to find missing values, write IS NULL after the column";
                return Err(FilterFault::new("nothing can be compared with NULL", self.at(), Some(remedy.into())));
            }
            FilterToken::Word(word) if !is_keyword(word) => {
                let remedy = format!("write text in single quotes: '{word}'");
                return Err(FilterFault { remedy: Some(remedy), ..self.expected("a number or a text") });
            }
            _ => return Err(self.expected("a number or a text")),
        };
        self.skip();
        Ok(Literal { value, at: self.before() })
    }

    /// Puts the column first: `10 > age` becomes `age < 10`.
    fn comparison(&self, left: Side, operator: Operator, right: Side, start: Span) -> FilterResult<FilterCondition> {
        let at = start.to(self.before());
        let (operand, operator, side) = match (left, right) {
            (Side::Operand(operand), side) => (operand, operator, side),
            (side, Side::Operand(operand)) => (operand, operator.exchanged(), side),
            _ => {
                let remedy = "compare a column with a value; write a name with spaces in double quotes";
                return Err(FilterFault::new("two values are compared, but no column", at, Some(remedy.into())));
            }
        };
        Ok(FilterCondition::Test { operand, negated: false, test: Predicate::Compare(operator, side), at })
    }

    /// The test after an operand, other than a comparison sign.
    fn test(&mut self, operand: &Operand) -> FilterResult<(bool, Predicate)> {
        if self.took("IS") {
            let negated = self.took("NOT");
            if !self.took("NULL") {
                return Err(self.expected(if negated { "NULL" } else { "NULL or NOT NULL" }));
            }
            return Ok((negated, Predicate::IsNull));
        }
        let negated = self.took("NOT");
        let test = if self.took("IN") {
            Predicate::In(self.list()?)
        } else if self.took("BETWEEN") {
            let low = self.literal()?;
            if !self.took("AND") {
                return Err(self.expected("AND and the upper end"));
            }
            Predicate::Between(low, self.literal()?)
        } else if self.took("LIKE") {
            Predicate::Like(self.literal()?)
        } else if negated {
            return Err(self.expected("IN, BETWEEN or LIKE"));
        } else if matches!(operand, Operand::Name(_)) {
            Predicate::Holds
        } else {
            return Err(self.expected("a comparison such as >="));
        };
        Ok((negated, test))
    }

    fn list(&mut self) -> FilterResult<Vec<Literal>> {
        self.take(&FilterToken::Open, "an opening parenthesis")?;
        let mut list = vec![self.literal()?];
        while *self.peek() == FilterToken::Comma {
            self.skip();
            list.push(self.literal()?);
        }
        self.take(&FilterToken::Close, "a comma or a closing parenthesis")?;
        Ok(list)
    }
}
