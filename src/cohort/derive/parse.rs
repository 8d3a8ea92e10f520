//! Reads a derived variable by recursive descent; the grammar is in `mod.rs`.

use super::formula::FormulaParser;
use super::syntax::{Derived, Expression, NO, Operation, Rules, Term, TimePoint, YES};
use crate::cohort::filter::Filter;
use crate::decimal::Decimal;
use crate::error::Error;
use crate::schema::Formula;

/// Most parentheses and signs inside one another.
const DEEPEST: usize = 64;
/// Words of a filter that no number has.
const COMPARING: [&str; 4] = ["between", "like", "is", "not"];

impl Derived {
    /// Reads `NAME = EXPRESSION`.
    ///
    /// Errors: a text that is none, with the place of the fault.
    pub fn parse(text: &str) -> Result<Derived, Error> {
        let mut parser = FormulaParser { text, at: 0, depth: 0 };
        let name = parser.name("a name and =")?;
        parser.take("=", "=")?;
        let formula = parser.rest().trim().to_owned();
        Ok(Derived { name, text: formula, expression: parser.whole()?, is_change: false, is_of_schema: false })
    }

    /// Reads what a schema has of it.
    ///
    /// Errors: a text that is no expression, and a change whose variable has another name.
    pub fn of(formula: &Formula) -> Result<Derived, Error> {
        let Formula { name, text, is_change } = formula;
        if !is_change {
            let (name, text) = (name.clone(), text.trim().to_owned());
            let expression = FormulaParser { text: &text, at: 0, depth: 0 }.whole()?;
            return Ok(Derived { name, text, expression, is_change: false, is_of_schema: true });
        }
        let change = Derived::change(text)?;
        if change.name == *name {
            return Ok(Derived { is_of_schema: true, ..change });
        }
        let message = format!("the change '{text}' has the name '{}', and the schema calls it '{name}'", change.name);
        Err(Error::usage_with(message, format!("write \"name\": \"{}\" in the schema", change.name)))
    }

    /// As a schema has it.
    pub fn formula(&self) -> Formula {
        Formula { name: self.name.clone(), text: self.text.clone(), is_change: self.is_change }
    }
}

impl FormulaParser<'_> {
    /// The expression up to the end: numbers, dates or rules, else a comparison, which is a filter.
    fn whole(&mut self) -> Result<Expression, Error> {
        let start = self.at;
        let found = self.expression().and_then(|expression| {
            self.skip_spaces();
            if self.at < self.text.len() { Err(self.expected("the end")) } else { Ok(expression) }
        });
        let Err(fault) = found else { return found };
        self.comparison(start).unwrap_or(Err(fault))
    }

    /// The comparison that begins here; none where the text is rather another expression.
    fn comparison(&self, start: usize) -> Option<Result<Expression, Error>> {
        let text = self.text.get(start..).unwrap_or_default().trim();
        let compares = |word: &str| COMPARING.iter().any(|known| word.eq_ignore_ascii_case(known));
        let is_meant = text.contains(['<', '>', '=']) || text.split_whitespace().any(compares);
        let is_rules = text.split_whitespace().next().is_some_and(|word| word.eq_ignore_ascii_case("when"));
        let level = |answer: bool| if answer { YES } else { NO }.to_owned();
        match Filter::parse(text) {
            _ if is_rules => None,
            Ok(filter) => Some(Ok(Expression::Comparison(Rules {
                rules: vec![(filter, text.to_owned(), level(true))],
                otherwise: Some(level(false)),
                unknown: None,
            }))),
            Err(fault) => is_meant.then(|| Err(fault.into_error(text).within("--derive"))),
        }
    }

    fn expression(&mut self) -> Result<Expression, Error> {
        if self.word().eq_ignore_ascii_case("when") {
            return Ok(Expression::Rules(self.rules()?));
        }
        if let Some(columns) = self.best()? {
            return Ok(Expression::Best(columns));
        }
        if let Some(start) = self.start_of_time()? {
            if !self.took_word("to") {
                return Err(self.expected("'to' and a later day, such as 'line 1 to next line'"));
            }
            return Ok(Expression::Between(self.between(start)?));
        }
        match self.sum()? {
            Term::Column(start) if self.took_word("to") => {
                Ok(Expression::Between(self.between(TimePoint::Column(start))?))
            }
            term => Ok(Expression::Sum(term)),
        }
    }

    /// The columns of `best(name, name)`; none where something else is next.
    fn best(&mut self) -> Result<Option<Vec<String>>, Error> {
        let start = self.at;
        if !(self.took_word("best") && self.took("(")) {
            self.at = start;
            return Ok(None);
        }
        let mut columns = vec![self.name("a column of responses")?];
        while self.took(",") {
            columns.push(self.name("a column of responses")?);
        }
        self.take(")", "a comma and a column, or a closing parenthesis")?;
        Ok(Some(columns))
    }

    fn rules(&mut self) -> Result<Rules, Error> {
        let (mut rules, mut otherwise, mut unknown) = (Vec::new(), None, None);
        while self.took_word("when") {
            let start = self.at;
            let end = self.before_then().ok_or_else(|| self.expected("then and a text behind the filter"))?;
            let text = self.text.get(start..end).unwrap_or_default().trim().to_owned();
            let filter = Filter::parse(&text).map_err(|fault| fault.into_error(&text).within("--derive"))?;
            self.at = end;
            self.took_word("then");
            rules.push((filter, text, self.level()?));
        }
        if self.took_word("else") {
            otherwise = Some(self.level()?);
        }
        if self.took_word("unknown") {
            unknown = Some(self.level()?);
        }
        Ok(Rules { rules, otherwise, unknown })
    }

    /// Where the next `then` outside quotes begins.
    fn before_then(&self) -> Option<usize> {
        let (mut quote, mut before) = (None, ' ');
        for (at, c) in self.rest().char_indices() {
            match quote {
                Some(open) if open == c => quote = None,
                Some(_) => {}
                None if matches!(c, '\'' | '"') => quote = Some(c),
                None => {
                    let rest = self.rest().get(at..).unwrap_or_default();
                    let is_word = rest.get(..4).is_some_and(|word| word.eq_ignore_ascii_case("then"));
                    let ends = rest.chars().nth(4).is_none_or(|c| c.is_whitespace() || c == '\'');
                    if is_word && ends && (before.is_whitespace() || matches!(before, ')' | '\'')) {
                        return Some(self.at.saturating_add(at));
                    }
                }
            }
            before = c;
        }
        None
    }

    fn level(&mut self) -> Result<String, Error> {
        match self.quoted('\'')? {
            Some(level) if !level.trim().is_empty() => Ok(level.trim().to_owned()),
            _ => Err(self.expected("a text in single quotes, such as 'dystrophic'")),
        }
    }

    fn sum(&mut self) -> Result<Term, Error> {
        let mut left = self.product()?;
        loop {
            let operation = match () {
                () if self.took("+") => Operation::Plus,
                () if self.took("-") => Operation::Minus,
                () => return Ok(left),
            };
            left = Term::Two(Box::new(left), operation, Box::new(self.product()?));
        }
    }

    fn product(&mut self) -> Result<Term, Error> {
        let mut left = self.factor()?;
        loop {
            let operation = match () {
                () if self.took("*") => Operation::Times,
                () if self.took("/") => Operation::Over,
                () => return Ok(left),
            };
            left = Term::Two(Box::new(left), operation, Box::new(self.factor()?));
        }
    }

    fn factor(&mut self) -> Result<Term, Error> {
        if self.depth >= DEEPEST {
            return Err(self.fault(format!("more than {DEEPEST} levels deep"), "use fewer parentheses"));
        }
        self.depth = self.depth.saturating_add(1);
        let factor = self.inner_factor();
        self.depth = self.depth.saturating_sub(1);
        factor
    }

    fn inner_factor(&mut self) -> Result<Term, Error> {
        if self.took("(") {
            let inner = self.sum()?;
            self.take(")", "a closing parenthesis")?;
            return Ok(inner);
        }
        if self.took("-") {
            return Ok(Term::Negative(Box::new(self.factor()?)));
        }
        if self.rest().starts_with(|c: char| c.is_ascii_digit()) {
            return self.number().map(Term::Number);
        }
        let name = self.name("a column, a number or a parenthesis")?;
        if name.eq_ignore_ascii_case("cut") && self.took("(") {
            return self.cut();
        }
        Ok(Term::Column(name))
    }

    fn cut(&mut self) -> Result<Term, Error> {
        let of = self.sum()?;
        let mut ends = Vec::new();
        while self.took(",") {
            let is_negative = self.took("-");
            let number = self.number()?;
            let end = if is_negative { Decimal::parse(&format!("-{number}")).unwrap_or(number) } else { number };
            if ends.last().is_some_and(|last| *last >= end) {
                return Err(self.fault("the ends of bands rise".to_owned(), "write them in order: cut(age, 5, 10, 18)"));
            }
            ends.push(end);
        }
        self.take(")", "a comma and a number, or a closing parenthesis")?;
        if ends.is_empty() {
            return Err(self.expected("the ends of the bands: cut(age, 5, 10, 18)"));
        }
        Ok(Term::Cut(Box::new(of), ends))
    }
}
