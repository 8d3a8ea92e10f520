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

use super::fault::{FilterFault, Fitted};
use super::syntax::{Condition, Constant, Literal, Name, Operand, Operator, Side, Span, Test, is_keyword};
use super::token::{Token, tokens};
use super::tree::Tree;
use crate::diagnostic::nearest;

/// A longer filter is refused, in bytes.
const LONGEST: usize = 4096;
/// Parentheses, NOT, any_line() and in_order() inside each other.
const DEEPEST: usize = 64;

const FUNCTIONS: [&str; 6] = ["has", "any_line", "in_order", "whole", "n_items", "n_lines"];

/// Reads the text of a filter.
pub(super) fn parse(text: &str) -> Fitted<Tree<Condition>> {
    if text.len() > LONGEST {
        let at = Span { start: LONGEST, end: text.len() };
        return Err(FilterFault::new(
            "the filter is longer than 4 KiB",
            at,
            Some("use IN (...) for many values".into()),
        ));
    }
    let mut parser = Parser { text, tokens: tokens(text)?, next: 0, depth: 0 };
    let tree = parser.disjunction()?;
    match parser.peek() {
        Token::End => Ok(tree),
        _ => Err(parser.expected("AND, OR or the end of the filter")),
    }
}

struct Parser<'t> {
    text: &'t str,
    tokens: Vec<(Token<'t>, Span)>,
    next: usize,
    depth: usize,
}

impl<'t> Parser<'t> {
    fn peek(&self) -> &Token<'t> {
        self.tokens.get(self.next).map_or(&Token::End, |(token, _)| token)
    }

    fn peek_second(&self) -> &Token<'t> {
        self.tokens.get(self.next.saturating_add(1)).map_or(&Token::End, |(token, _)| token)
    }

    fn at(&self) -> Span {
        self.tokens.get(self.next).map_or(Span { start: self.text.len(), end: self.text.len() }, |(_, at)| *at)
    }

    /// The place of the part before.
    fn before(&self) -> Span {
        let before = self.next.checked_sub(1).and_then(|before| self.tokens.get(before));
        before.map_or_else(Span::default, |(_, at)| *at)
    }

    fn skip(&mut self) {
        self.next = self.next.saturating_add(1);
    }

    fn next_is_keyword(&self, keyword: &str) -> bool {
        matches!(self.peek(), Token::Word(word) if word.eq_ignore_ascii_case(keyword))
    }

    /// Takes a keyword where it is next.
    fn took(&mut self, keyword: &str) -> bool {
        let is_next = self.next_is_keyword(keyword);
        if is_next {
            self.skip();
        }
        is_next
    }

    fn take(&mut self, wanted: &Token<'_>, what: &str) -> Fitted<()> {
        if self.peek() != wanted {
            return Err(self.expected(what));
        }
        self.skip();
        Ok(())
    }

    fn expected(&self, what: &str) -> FilterFault {
        let at = self.at();
        let found = self.text.get(at.start..at.end).filter(|found| !found.is_empty());
        let found = found.map_or_else(|| "the filter ends".to_owned(), |found| format!("{found} stands"));
        let remedy = "a filter is written like age < 10 AND (sex = 'female' OR age IS NULL)";
        FilterFault::new(format!("{found} where {what} is expected"), at, Some(remedy.to_owned()))
    }

    /// Reads what stands one level deeper.
    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Fitted<T>) -> Fitted<T> {
        if self.depth >= DEEPEST {
            let message = format!("the filter is more than {DEEPEST} levels deep");
            return Err(FilterFault::new(message, self.before(), Some("use fewer parentheses".into())));
        }
        self.depth = self.depth.saturating_add(1);
        let read = read(self);
        self.depth = self.depth.saturating_sub(1);
        read
    }

    fn disjunction(&mut self) -> Fitted<Tree<Condition>> {
        let mut parts = vec![self.conjunction()?];
        while self.took("OR") {
            parts.push(self.conjunction()?);
        }
        Ok(Tree::any(parts))
    }

    fn conjunction(&mut self) -> Fitted<Tree<Condition>> {
        let mut parts = vec![self.negation()?];
        while self.took("AND") {
            parts.push(self.negation()?);
        }
        Ok(Tree::all(parts))
    }

    fn negation(&mut self) -> Fitted<Tree<Condition>> {
        if self.took("NOT") {
            return Ok(Tree::Not(Box::new(self.deeper(Self::negation)?)));
        }
        if *self.peek() != Token::Open {
            return Ok(Tree::Leaf(self.condition()?));
        }
        self.skip();
        let inner = self.deeper(Self::disjunction)?;
        self.take(&Token::Close, "AND, OR or a closing parenthesis")?;
        Ok(inner)
    }

    fn condition(&mut self) -> Fitted<Condition> {
        let start = self.at();
        if let (Token::Word(word), Token::Open) = (self.peek(), self.peek_second()) {
            match word.to_ascii_lowercase().as_str() {
                "has" => return self.has(),
                "any_line" => return self.any_line(start),
                "in_order" => return self.in_order(start),
                "whole" => return self.whole(),
                _ => {}
            }
        }
        let left = self.side("a condition")?;
        if let Token::Compare(operator) = *self.peek() {
            self.skip();
            let right = self.side("a value")?;
            return self.comparison(left, operator, right, start);
        }
        let Side::Operand(operand) = left else { return Err(self.expected("a comparison such as <")) };
        let (negated, test) = self.test(&operand)?;
        Ok(Condition::Test { operand, negated, test, at: start.to(self.before()) })
    }

    fn has(&mut self) -> Fitted<Condition> {
        let column = self.open("a set column")?;
        self.take(&Token::Comma, "a comma and an item such as 'knee'")?;
        let item = self.literal()?;
        self.take(&Token::Close, "a closing parenthesis")?;
        Ok(Condition::Has { column, item })
    }

    fn any_line(&mut self, start: Span) -> Fitted<Condition> {
        self.skip();
        self.skip();
        let column = if *self.peek_second() == Token::Comma {
            let column = self.name("a column of treatment lines")?;
            self.skip();
            Some(column)
        } else {
            None
        };
        let condition = Box::new(self.deeper(Self::disjunction)?);
        self.take(&Token::Close, "AND, OR or a closing parenthesis")?;
        Ok(Condition::AnyLine { column, condition, at: start.to(self.before()) })
    }

    /// A column that is named stays the first condition until it is known what columns there are.
    fn in_order(&mut self, start: Span) -> Fitted<Condition> {
        self.skip();
        self.skip();
        let mut conditions = vec![self.deeper(Self::disjunction)?];
        while *self.peek() == Token::Comma {
            self.skip();
            conditions.push(self.deeper(Self::disjunction)?);
        }
        self.take(&Token::Close, "AND, OR, a comma or a closing parenthesis")?;
        Ok(Condition::InOrder { conditions, at: start.to(self.before()) })
    }

    fn whole(&mut self) -> Fitted<Condition> {
        let column = self.open("a column of numbers")?;
        self.take(&Token::Close, "a closing parenthesis")?;
        Ok(Condition::Whole { column })
    }

    /// The name behind a function and its parenthesis.
    fn open(&mut self, what: &str) -> Fitted<Name> {
        self.skip();
        self.skip();
        self.name(what)
    }

    fn name(&mut self, what: &str) -> Fitted<Name> {
        let text = match self.peek() {
            Token::Word(word) if !is_keyword(word) => (*word).to_owned(),
            Token::Name(name) => name.clone(),
            _ => return Err(self.expected(what)),
        };
        self.skip();
        Ok(Name { text, at: self.before() })
    }

    fn side(&mut self, what: &str) -> Fitted<Side> {
        let is_literal = matches!(self.peek(), Token::Number(_) | Token::Text(_));
        if is_literal || ["TRUE", "FALSE", "NULL"].into_iter().any(|word| self.next_is_keyword(word)) {
            return self.literal().map(Side::Literal);
        }
        if let (Token::Word(word), Token::Open) = (self.peek(), self.peek_second())
            && !is_keyword(word)
        {
            return self.function(&word.to_ascii_lowercase()).map(Side::Operand);
        }
        Ok(Side::Operand(Operand::Name(self.name(what)?)))
    }

    fn function(&mut self, word: &str) -> Fitted<Operand> {
        let at = self.at();
        let operand = match word {
            "n_items" => Operand::Items(self.open("a set column")?),
            "n_lines" => Operand::Lines(self.open("a column of treatment lines")?),
            "has" | "any_line" | "in_order" | "whole" => {
                let message = format!("{word}() is true or false and is not compared");
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
        self.take(&Token::Close, "a closing parenthesis")?;
        Ok(operand)
    }

    fn literal(&mut self) -> Fitted<Literal> {
        let value = match self.peek() {
            Token::Number(number) => Constant::Number(*number),
            Token::Text(text) => Constant::Text(text.clone()),
            Token::Word(word) if word.eq_ignore_ascii_case("true") => Constant::Boolean(true),
            Token::Word(word) if word.eq_ignore_ascii_case("false") => Constant::Boolean(false),
            Token::Word(word) if word.eq_ignore_ascii_case("null") => {
                let remedy = "to find what is not reported, write IS NULL behind the column";
                return Err(FilterFault::new("nothing can be compared with NULL", self.at(), Some(remedy.into())));
            }
            Token::Word(word) if !is_keyword(word) => {
                let remedy = format!("a text stands in single quotes: '{word}'");
                return Err(FilterFault { remedy: Some(remedy), ..self.expected("a number or a text") });
            }
            _ => return Err(self.expected("a number or a text")),
        };
        self.skip();
        Ok(Literal { value, at: self.before() })
    }

    /// The column stands first: `10 > age` is `age < 10`.
    fn comparison(&self, left: Side, operator: Operator, right: Side, start: Span) -> Fitted<Condition> {
        let at = start.to(self.before());
        let (operand, operator, side) = match (left, right) {
            (Side::Operand(operand), side) => (operand, operator, side),
            (side, Side::Operand(operand)) => (operand, operator.exchanged(), side),
            _ => {
                let remedy = "one side is a column; a name with spaces stands in double quotes";
                return Err(FilterFault::new("two values are compared, and no column", at, Some(remedy.into())));
            }
        };
        Ok(Condition::Test { operand, negated: false, test: Test::Compare(operator, side), at })
    }

    /// What follows an operand other than a sign.
    fn test(&mut self, operand: &Operand) -> Fitted<(bool, Test)> {
        if self.took("IS") {
            let negated = self.took("NOT");
            if !self.took("NULL") {
                return Err(self.expected(if negated { "NULL" } else { "NULL or NOT NULL" }));
            }
            return Ok((negated, Test::IsNull));
        }
        let negated = self.took("NOT");
        let test = if self.took("IN") {
            Test::In(self.list()?)
        } else if self.took("BETWEEN") {
            let low = self.literal()?;
            if !self.took("AND") {
                return Err(self.expected("AND and the upper end"));
            }
            Test::Between(low, self.literal()?)
        } else if self.took("LIKE") {
            Test::Like(self.literal()?)
        } else if negated {
            return Err(self.expected("IN, BETWEEN or LIKE"));
        } else if matches!(operand, Operand::Name(_)) {
            Test::Holds
        } else {
            return Err(self.expected("a comparison such as >="));
        };
        Ok((negated, test))
    }

    fn list(&mut self) -> Fitted<Vec<Literal>> {
        self.take(&Token::Open, "an opening parenthesis")?;
        let mut list = vec![self.literal()?];
        while *self.peek() == Token::Comma {
            self.skip();
            list.push(self.literal()?);
        }
        self.take(&Token::Close, "a comma or a closing parenthesis")?;
        Ok(list)
    }
}
