//! Cuts the text of a filter into words, names, texts, numbers and signs.

use super::fault::FilterFault;
use super::syntax::{Operator, Span, begins_name, continues_name, name_as_written, text_as_written};
use crate::decimal::{Decimal, NumberFault};
use crate::schema::lexical::Date;

/// A part of a filter that cannot be taken apart.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token<'t> {
    /// A keyword, a function or a plain name.
    Word(&'t str),
    /// A name in double quotes.
    Name(String),
    /// A text in single quotes.
    Text(String),
    Number(Decimal),
    Compare(Operator),
    Open,
    Close,
    Comma,
    End,
}

/// Signs, the longer ones first.
const SIGNS: [(&str, Token<'static>); 10] = [
    ("(", Token::Open),
    (")", Token::Close),
    (",", Token::Comma),
    ("<>", Token::Compare(Operator::NotEqual)),
    ("!=", Token::Compare(Operator::NotEqual)),
    ("<=", Token::Compare(Operator::AtMost)),
    (">=", Token::Compare(Operator::AtLeast)),
    ("<", Token::Compare(Operator::Below)),
    (">", Token::Compare(Operator::Above)),
    ("=", Token::Compare(Operator::Equal)),
];

/// Signs of other languages, and what is written here; looked at before [`SIGNS`].
const FOREIGN: [(&str, &str); 15] = [
    ("==", "="),
    ("=~", "LIKE"),
    ("~", "LIKE"),
    ("&&", "AND"),
    ("&", "AND"),
    ("||", "OR"),
    ("|", "OR"),
    ("≤", "<="),
    ("≥", ">="),
    ("≠", "<>"),
    ("‘", "a straight single quote: '"),
    ("’", "a straight single quote: '"),
    ("“", "a straight double quote: \""),
    ("”", "a straight double quote: \""),
    ("`", "names in double quotes: \""),
];

/// What is wrong with the beginning of a text, how many bytes of it, and the remedy.
type Wrong = (String, usize, Option<String>);

/// All parts of a filter with their places; the last is [`Token::End`].
pub(super) fn tokens(text: &str) -> Result<Vec<(Token<'_>, Span)>, FilterFault> {
    let place = |rest: &str| text.len().saturating_sub(rest.len());
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let start = place(rest);
        let (token, behind) = token(first, rest).map_err(|(message, length, remedy)| {
            FilterFault::new(message, Span { start, end: start.saturating_add(length) }, remedy)
        })?;
        tokens.push((token, Span { start, end: place(behind) }));
        rest = behind.trim_start();
    }
    tokens.push((Token::End, Span { start: text.len(), end: text.len() }));
    Ok(tokens)
}

/// The first part of a text that begins with this character, and what follows.
fn token(first: char, rest: &str) -> Result<(Token<'_>, &str), Wrong> {
    let unclosed = |message: &str, remedy: &str| (message.to_owned(), rest.len(), Some(remedy.to_owned()));
    if first == '\'' {
        let (text, behind) = quoted(rest, '\'').ok_or_else(|| {
            unclosed("this text has no end", "close it with a single quote; write '' for a quote inside it")
        })?;
        return Ok((Token::Text(text), behind));
    }
    if first == '"' {
        let (name, behind) = quoted(rest, '"').ok_or_else(|| {
            unclosed("this name has no end", "close it with a double quote; texts stand in single quotes")
        })?;
        return Ok((Token::Name(name), behind));
    }
    if begins_name(first) {
        let (word, behind) = cut(rest, rest.find(|c| !continues_name(c)));
        return Ok((Token::Word(word), behind));
    }
    if begins_number(rest) {
        return number(rest);
    }
    if let Some((sign, ours)) = FOREIGN.iter().find(|(sign, _)| rest.starts_with(sign)) {
        return Err((format!("{sign} has no meaning in a filter"), sign.len(), Some(format!("write {ours}"))));
    }
    let sign = SIGNS.iter().find_map(|(sign, token)| Some((token.clone(), rest.strip_prefix(sign)?)));
    sign.ok_or_else(|| {
        let remedy = "names with other signs than letters, digits and _ stand in double quotes, texts in single quotes";
        ("this sign has no meaning in a filter".to_owned(), first.len_utf8(), Some(remedy.to_owned()))
    })
}

/// The text before a position, and the text from it on; all of it where there is none.
fn cut(text: &str, at: Option<usize>) -> (&str, &str) {
    at.and_then(|at| text.split_at_checked(at)).unwrap_or((text, ""))
}

/// What stands in the quotes a text begins with, doubled ones single, and what follows.
fn quoted(text: &str, quote: char) -> Option<(String, &str)> {
    let mut content = String::new();
    let mut rest = text.strip_prefix(quote)?;
    loop {
        let (before, behind) = rest.split_once(quote)?;
        content.push_str(before);
        match behind.strip_prefix(quote) {
            Some(more) => rest = more,
            None => return Some((content, behind)),
        }
        content.push(quote);
    }
}

fn is_sign(c: char) -> bool {
    matches!(c, '+' | '-' | '\u{2212}')
}

fn begins_number(text: &str) -> bool {
    let digits = text.strip_prefix(is_sign).unwrap_or(text);
    digits.strip_prefix('.').unwrap_or(digits).starts_with(|c: char| c.is_ascii_digit())
}

/// A number with all that is stuck to it, so that `5y` and `2018-03-14` are one fault and not two words.
fn number(rest: &str) -> Result<(Token<'_>, &str), Wrong> {
    let mut sign_may_follow = true;
    let end = rest.find(|c: char| {
        let belongs = continues_name(c) || c == '.' || (sign_may_follow && is_sign(c));
        sign_may_follow = c.is_ascii_digit() || matches!(c, 'e' | 'E');
        !belongs
    });
    let (word, behind) = cut(rest, end);
    let wrong = |message: &str, remedy: String| (format!("{word} {message}"), word.len(), Some(remedy));
    match Decimal::parse(word) {
        Ok(number) => Ok((Token::Number(number), behind)),
        Err(NumberFault::OutOfRange) => Err(wrong("is out of range", "write a number of at most 18 digits".to_owned())),
        Err(NumberFault::NotANumber) if Date::parse(word).is_some() => {
            Err(wrong("is no number", format!("write a date in single quotes: {}", text_as_written(word))))
        }
        Err(NumberFault::NotANumber) if word.contains(char::is_alphabetic) => Err(wrong(
            "is no number",
            format!("a column of this name stands in double quotes: {}", name_as_written(word)),
        )),
        Err(NumberFault::NotANumber) => {
            Err(wrong("is no number", "write digits, with a point before decimals".to_owned()))
        }
    }
}
