//! The text of a filter as it may be shown.

use super::syntax::text_as_written;
use super::token::{FilterToken, tokens};

/// The filter with `instead` in place of every text of which it is not known that it may be shown.
pub fn with_known_texts(filter: &str, instead: &str, is_known: impl Fn(&str) -> bool) -> String {
    let Ok(tokens) = tokens(filter) else { return instead.to_owned() };
    let (mut shown, mut from) = (String::new(), 0);
    for (token, span) in tokens {
        match token {
            FilterToken::Text(text) if !is_known(&text) => {
                shown.push_str(filter.get(from..span.start).unwrap_or_default());
                shown.push_str(&text_as_written(instead));
                from = span.end;
            }
            FilterToken::Text(_)
            | FilterToken::Word(_)
            | FilterToken::Name(_)
            | FilterToken::Number(_)
            | FilterToken::Compare(_)
            | FilterToken::Open
            | FilterToken::Close
            | FilterToken::Comma
            | FilterToken::End => {}
        }
    }
    shown + filter.get(from..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::with_known_texts;

    #[test]
    fn only_known_texts_are_shown() {
        let shown = |filter| with_known_texts(filter, "withheld", |text| text == "north");
        assert_eq!(shown("age < 10 and ward = 'north'"), "age < 10 and ward = 'north'");
        assert_eq!(
            shown("\"ward 'x'\" IN ('north', 'O''Neill') or id <> 'P3'"),
            "\"ward 'x'\" IN ('north', 'withheld') or id <> 'withheld'"
        );
        assert_eq!(shown("ward = 'unclosed"), "withheld");
    }
}
