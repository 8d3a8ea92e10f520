//! A part of a placeholder after a bar: a pattern, a condition or a flag.

use super::parts::WHERE;
use super::pattern::pattern;
use super::{DraftFault, DraftFormat};
use crate::analyze::results::ResultRow;
use crate::analyze::selector::Selector;
use crate::analyze::statistic::Digits;
use crate::cohort::filter::Filter;
use crate::diagnostic::nearest;
use crate::tables::printed::PrintedStatistic;
use crate::tables::template::Template;
use crate::tally::NamedFilter;
use std::ops::Range;

/// The numbers written in words, from zero.
const WORDS: [&str; 11] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/// The flags.
const FLAGS: [&str; 3] = ["words", "Words", "raw"];

/// How whole numbers from zero to ten are written; percentages and p-values always have digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Spelling {
    /// `3`
    #[default]
    Digits,
    /// `three`
    Words,
    /// `Three`, where a sentence begins; of several numbers only the first.
    Capital,
}

impl Spelling {
    /// The printed form of a statistic.
    pub(super) fn number(self, row: &ResultRow, printed: PrintedStatistic) -> PrintedStatistic {
        let is_share = matches!(row.statistic.digits(), Digits::Percent | Digits::P);
        if self == Spelling::Digits || is_share {
            return printed;
        }
        let word = printed.text().parse::<usize>().ok().and_then(|number| WORDS.get(number));
        word.map_or(printed, |word| PrintedStatistic::Word((*word).to_owned()))
    }

    /// Capitalises the filled-in text if needed.
    pub(super) fn whole(self, filled: String) -> String {
        let first = filled.chars().next().filter(|c| self == Spelling::Capital && c.is_alphabetic());
        match first {
            Some(first) => first.to_uppercase().chain(filled.chars().skip(1)).collect(),
            None => filled,
        }
    }
}

/// True for a number word that [`Spelling`] writes, in any case.
pub(super) fn is_number_word(word: &str) -> bool {
    WORDS.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// A part of a placeholder after a bar.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum PlaceholderPart {
    Pattern(Template),
    Condition(NamedFilter),
    Spelling(Spelling),
    Raw,
}

impl PlaceholderPart {
    /// Reads a part of a placeholder with this selector.
    ///
    /// A flag is one of three words. A part that begins with `where` is a condition; so is a valid
    /// filter, unless the selector needs a pattern and the filter can be read as one. Everything else
    /// is a pattern.
    pub fn parse(
        text: &str,
        at: Range<usize>,
        selector: &Selector,
        format: DraftFormat,
    ) -> Result<PlaceholderPart, DraftFault> {
        let [words, capital, raw] = FLAGS;
        match text {
            "" => return Err(DraftFault::new("nothing follows this bar", at.start..at.start + 1, EMPTY)),
            flag if flag == words => return Ok(PlaceholderPart::Spelling(Spelling::Words)),
            flag if flag == capital => return Ok(PlaceholderPart::Spelling(Spelling::Capital)),
            flag if flag == raw => return Ok(PlaceholderPart::Raw),
            _ => {}
        }
        let (word, after) = text.split_at_checked(WHERE.len()).unwrap_or((text, ""));
        if word.eq_ignore_ascii_case(WHERE) && after.starts_with(char::is_whitespace) {
            let condition = after.trim_start();
            return keep(condition, at.end - condition.len()..at.end).map(PlaceholderPart::Condition);
        }
        let is_one_number = is_one_number(selector);
        // A word alone is more often a mistyped flag than a condition.
        if !text.chars().all(|c| c.is_alphanumeric() || c == '_')
            && let Ok(filter) = Filter::parse(text)
            && (is_one_number || pattern(text, at.clone(), format).is_err())
        {
            return Ok(PlaceholderPart::Condition(NamedFilter { text: text.to_owned(), filter }));
        }
        if is_one_number {
            let message =
                format!("'{text}' is neither a flag nor a condition, and {} is already one number", selector.key);
            let remedy = match nearest(text, &FLAGS) {
                Some(flag) => format!("did you mean {flag}?"),
                None => {
                    format!("for a pattern, use a selector without a statistic: {{{{ {} | {text} }}}}", selector.base())
                }
            };
            return Err(DraftFault::new(message, at, remedy));
        }
        pattern(text, at, format).map(PlaceholderPart::Pattern)
    }
}

const EMPTY: &str =
    "write a pattern such as n/N (p%), a condition such as where age < 10, or a flag: words, Words, raw";

/// True where a selector gives one number and needs no pattern.
pub(super) fn is_one_number(selector: &Selector) -> bool {
    selector.key == "cases" || selector.statistic().is_some()
}

fn keep(text: &str, at: Range<usize>) -> Result<NamedFilter, DraftFault> {
    match Filter::parse(text) {
        Ok(filter) => Ok(NamedFilter { text: text.to_owned(), filter }),
        Err(fault) => {
            let at = at.start + fault.at.start..at.start + fault.at.end;
            Err(DraftFault { message: fault.message, at, remedy: fault.remedy })
        }
    }
}
