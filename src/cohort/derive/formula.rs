//! The signs, words, names and numbers of a formula.

use crate::decimal::Decimal;
use crate::diagnostic::excerpt;
use crate::error::Error;

/// What to write, in every error.
const EXAMPLE: &str = "write --derive 'change = crp@month_6 - crp@baseline', 'age = birth to onset in years completed', \
     't = onset to death or last_seen in days', \
     'band = cut(age, 5, 10)', 'young = age < 5' or \"size = when age < 5 then 'small' else 'large'\"";

/// A formula that is read, and how far it has been read.
pub(super) struct FormulaParser<'t> {
    pub text: &'t str,
    pub at: usize,
    pub depth: usize,
}

impl<'t> FormulaParser<'t> {
    pub fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub fn skip(&mut self, bytes: usize) {
        self.at = self.at.saturating_add(bytes);
    }

    pub fn skip_spaces(&mut self) {
        self.skip(self.rest().len().saturating_sub(self.rest().trim_start().len()));
    }

    pub fn fault(&self, message: String, remedy: &str) -> Error {
        let end = self.rest().chars().next().map_or(self.at, |c| self.at.saturating_add(c.len_utf8()));
        Error::Usage {
            message,
            origin: Some("--derive".to_owned()),
            excerpt: Some(excerpt(self.text, self.at..end)),
            remedy: Some(remedy.to_owned()),
        }
    }

    pub fn expected(&mut self, what: &str) -> Error {
        self.skip_spaces();
        let found = self.rest().split_whitespace().next().map_or("the end".to_owned(), |found| format!("`{found}`"));
        self.fault(format!("expected {what}, found {found}"), EXAMPLE)
    }

    /// Skips a sign if it is next.
    pub fn took(&mut self, sign: &str) -> bool {
        self.skip_spaces();
        let is_next = self.rest().starts_with(sign);
        if is_next {
            self.skip(sign.len());
        }
        is_next
    }

    pub fn take(&mut self, sign: &str, what: &str) -> Result<(), Error> {
        if self.took(sign) { Ok(()) } else { Err(self.expected(what)) }
    }

    /// The plain word that is next; empty where there is none.
    pub fn word(&mut self) -> &'t str {
        self.skip_spaces();
        let is_first = |c: char| c.is_alphabetic() || c == '_';
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '@' | '.');
        let rest = self.rest();
        if !rest.starts_with(is_first) {
            return "";
        }
        rest.get(..rest.find(|c| !is_part(c)).unwrap_or(rest.len())).unwrap_or_default()
    }

    pub fn took_word(&mut self, word: &str) -> bool {
        let is_next = self.word().eq_ignore_ascii_case(word);
        if is_next {
            self.skip(word.len());
        }
        is_next
    }

    /// A name: a plain word, or any text in double quotes.
    pub fn name(&mut self, what: &str) -> Result<String, Error> {
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
    pub fn quoted(&mut self, quote: char) -> Result<Option<String>, Error> {
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

    /// A number without a sign.
    pub fn number(&mut self) -> Result<Decimal, Error> {
        self.skip_spaces();
        let rest = self.rest();
        let length = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let number = rest.get(..length).and_then(|text| Decimal::parse(text).ok());
        let number = number.ok_or_else(|| self.expected("a number"))?;
        self.skip(length);
        Ok(number)
    }
}
