//! Reads a derived variable by recursive descent; the grammar is in `mod.rs`.

use super::syntax::{Derived, Expression, Operation, Rules, Term, TimeBetween};
use crate::cohort::filter::Filter;
use crate::decimal::Decimal;
use crate::diagnostic::excerpt;
use crate::error::Error;
use crate::schema::Formula;
use crate::schema::lexical::duration::TimeUnit;
use crate::words::Word;

/// Most parentheses and signs inside one another.
const DEEPEST: usize = 64;
/// Words of a filter that no number has.
const COMPARING: [&str; 4] = ["between", "like", "is", "not"];
/// The levels of a comparison.
const YES: &str = "yes";
const NO: &str = "no";
/// What to write, in every error.
const EXAMPLE: &str = "write --derive 'change = crp@month_6 - crp@baseline', 'age = birth to onset in years completed', \
     'band = cut(age, 5, 10)', 'young = age < 5' or \"size = when age < 5 then 'small' else 'large'\"";

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

struct FormulaParser<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
}

impl<'t> FormulaParser<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip(&mut self, bytes: usize) {
        self.at = self.at.saturating_add(bytes);
    }

    fn skip_spaces(&mut self) {
        self.skip(self.rest().len().saturating_sub(self.rest().trim_start().len()));
    }

    fn fault(&self, message: String, remedy: &str) -> Error {
        let end = self.rest().chars().next().map_or(self.at, |c| self.at.saturating_add(c.len_utf8()));
        Error::Usage {
            message,
            origin: Some("--derive".to_owned()),
            excerpt: Some(excerpt(self.text, self.at..end)),
            remedy: Some(remedy.to_owned()),
        }
    }

    fn expected(&mut self, what: &str) -> Error {
        self.skip_spaces();
        let found = self.rest().split_whitespace().next().map_or("the end".to_owned(), |found| format!("`{found}`"));
        self.fault(format!("expected {what}, found {found}"), EXAMPLE)
    }

    /// Skips a sign if it is next.
    fn took(&mut self, sign: &str) -> bool {
        self.skip_spaces();
        let is_next = self.rest().starts_with(sign);
        if is_next {
            self.skip(sign.len());
        }
        is_next
    }

    fn take(&mut self, sign: &str, what: &str) -> Result<(), Error> {
        if self.took(sign) { Ok(()) } else { Err(self.expected(what)) }
    }

    /// The plain word that is next; empty where there is none.
    fn word(&mut self) -> &'t str {
        self.skip_spaces();
        let is_first = |c: char| c.is_alphabetic() || c == '_';
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '@' | '.');
        let rest = self.rest();
        if !rest.starts_with(is_first) {
            return "";
        }
        rest.get(..rest.find(|c| !is_part(c)).unwrap_or(rest.len())).unwrap_or_default()
    }

    fn took_word(&mut self, word: &str) -> bool {
        let is_next = self.word().eq_ignore_ascii_case(word);
        if is_next {
            self.skip(word.len());
        }
        is_next
    }

    /// A name: a plain word, or any text in double quotes.
    fn name(&mut self, what: &str) -> Result<String, Error> {
        if let Some(name) = self.quoted('"')? {
            return Ok(name);
        }
        let word = self.word();
        if word.is_empty() {
            return Err(self.expected(what));
        }
        self.skip(word.len());
        Ok(word.to_owned())
    }

    /// A text in these quotes, a doubled one inside meaning one; none where no quote is next.
    fn quoted(&mut self, quote: char) -> Result<Option<String>, Error> {
        self.skip_spaces();
        let Some(body) = self.rest().strip_prefix(quote) else { return Ok(None) };
        let (mut text, mut characters) = (String::new(), body.char_indices().peekable());
        while let Some((at, c)) = characters.next() {
            if c == quote && characters.next_if(|(_, next)| *next == quote).is_none() {
                self.skip(at.saturating_add(quote.len_utf8().saturating_mul(2)));
                return Ok(Some(text));
            }
            text.push(c);
        }
        Err(self.fault(format!("a text without its closing {quote}"), EXAMPLE))
    }

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
        let term = self.sum()?;
        match term {
            Term::Column(start) if self.took_word("to") => Ok(Expression::Between(self.between(start)?)),
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

    fn between(&mut self, start: String) -> Result<TimeBetween, Error> {
        let end = self.name("the column of the later date")?;
        let unit = if self.took_word("in") { self.unit()? } else { TimeUnit::Years };
        let is_completed = self.took_word("completed");
        if !is_completed {
            self.took_word("exact");
        }
        Ok(TimeBetween { start, end, unit, is_completed })
    }

    fn unit(&mut self) -> Result<TimeUnit, Error> {
        let word = self.word();
        let units = [TimeUnit::Years, TimeUnit::Months, TimeUnit::Weeks, TimeUnit::Days];
        let found = units.into_iter().find(|unit| unit.as_word().eq_ignore_ascii_case(word));
        let unit = found.ok_or_else(|| self.expected("years, months, weeks or days"))?;
        self.skip(word.len());
        Ok(unit)
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

    fn number(&mut self) -> Result<Decimal, Error> {
        self.skip_spaces();
        let rest = self.rest();
        let length = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let number = rest.get(..length).and_then(|text| Decimal::parse(text).ok());
        let number = number.ok_or_else(|| self.expected("a number"))?;
        self.skip(length);
        Ok(number)
    }
}
