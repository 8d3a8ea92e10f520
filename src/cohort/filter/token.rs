//! Cuts the text of a filter into words, names, texts, numbers and signs.

use super::fault::FilterFault;
use super::syntax::{Operator, Span, begins_name, continues_name, name_as_written, text_as_written};
use crate::decimal::{Decimal, NumberFault};
use crate::schema::lexical::Date;

/// A token of a filter.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum FilterToken<'t> {
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
const SIGNS: [(&str, FilterToken<'static>); 10] = [
    ("(", FilterToken::Open),
    (")", FilterToken::Close),
    (",", FilterToken::Comma),
    ("<>", FilterToken::Compare(Operator::NotEqual)),
    ("!=", FilterToken::Compare(Operator::NotEqual)),
    ("<=", FilterToken::Compare(Operator::AtMost)),
    (">=", FilterToken::Compare(Operator::AtLeast)),
    ("<", FilterToken::Compare(Operator::Below)),
    (">", FilterToken::Compare(Operator::Above)),
    ("=", FilterToken::Compare(Operator::Equal)),
];

/// Signs of other languages, and what to write instead; checked before [`SIGNS`].
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

/// What is wrong with the start of a text, its length in bytes, and the remedy.
type TokenFault = (String, usize, Option<String>);

/// All tokens of a filter with their spans; the last is [`FilterToken::End`].
pub(super) fn tokens(text: &str) -> Result<Vec<(FilterToken<'_>, Span)>, FilterFault> {
    let position = |rest: &str| text.len().saturating_sub(rest.len());
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let start = position(rest);
        let (token, behind) = token(first, rest).map_err(|(message, length, remedy)| {
            FilterFault::new(message, Span { start, end: start.saturating_add(length) }, remedy)
        })?;
        tokens.push((token, Span { start, end: position(behind) }));
        rest = behind.trim_start();
    }
    tokens.push((FilterToken::End, Span { start: text.len(), end: text.len() }));
    Ok(tokens)
}

/// The first token of a text that starts with this character, and what follows.
fn token(first: char, rest: &str) -> Result<(FilterToken<'_>, &str), TokenFault> {
    let unclosed = |message: &str, remedy: &str| (message.to_owned(), rest.len(), Some(remedy.to_owned()));
    if first == '\'' {
        let (text, behind) = quoted(rest, '\'').ok_or_else(|| {
            unclosed("unclosed text", "close it with a single quote; write '' for a quote inside the text")
        })?;
        return Ok((FilterToken::Text(text), behind));
    }
    if first == '"' {
        let (name, behind) = quoted(rest, '"')
            .ok_or_else(|| unclosed("unclosed name", "close it with a double quote; write text in single quotes"))?;
        return Ok((FilterToken::Name(name), behind));
    }
    if begins_name(first) {
        let (word, behind) = cut(rest, rest.find(|c| !continues_name(c)));
        return Ok((FilterToken::Word(word), behind));
    }
    if begins_number(rest) {
        return number(rest);
    }
    if let Some((sign, ours)) = FOREIGN.iter().find(|(sign, _)| rest.starts_with(sign)) {
        return Err((format!("{sign} has no meaning in a filter"), sign.len(), Some(format!("write {ours}"))));
    }
    let sign = SIGNS.iter().find_map(|(sign, token)| Some((token.clone(), rest.strip_prefix(sign)?)));
    sign.ok_or_else(|| {
        let remedy =
            "write text in single quotes, and names with characters other than letters, digits and _ in double quotes";
        ("this character has no meaning in a filter".to_owned(), first.len_utf8(), Some(remedy.to_owned()))
    })
}

/// The text before a position and from it on; all of the text without a position.
fn cut(text: &str, at: Option<usize>) -> (&str, &str) {
    at.and_then(|at| text.split_at_checked(at)).unwrap_or((text, ""))
}

/// The content of the quotes a text starts with, doubled quotes made single, and what follows.
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

/// A number with everything attached to it, so that `5y` and `2018-03-14` are one fault and not two tokens.
fn number(rest: &str) -> Result<(FilterToken<'_>, &str), TokenFault> {
    let mut sign_may_follow = true;
    let end = rest.find(|c: char| {
        let belongs = continues_name(c) || c == '.' || (sign_may_follow && is_sign(c));
        sign_may_follow = c.is_ascii_digit() || matches!(c, 'e' | 'E');
        !belongs
    });
    let (word, behind) = cut(rest, end);
    let wrong = |message: &str, remedy: String| (format!("{word} {message}"), word.len(), Some(remedy));
    match Decimal::parse(word) {
        // As a cell that is written so.
        Ok(number) => Ok((FilterToken::Number(number.without_binary_noise().unwrap_or(number)), behind)),
        Err(NumberFault::OutOfRange) => Err(wrong("is out of range", "write a number of at most 18 digits".to_owned())),
        Err(NumberFault::NotANumber) if Date::parse(word).is_some() => {
            Err(wrong("is not a number", format!("write a date in single quotes: {}", text_as_written(word))))
        }
        Err(NumberFault::NotANumber) if word.contains(char::is_alphabetic) => Err(wrong(
            "is not a number",
            format!("write a column name like this in double quotes: {}", name_as_written(word)),
        )),
        Err(NumberFault::NotANumber) => {
            Err(wrong("is not a number", "write digits, with a point before the decimals".to_owned()))
        }
    }
}
