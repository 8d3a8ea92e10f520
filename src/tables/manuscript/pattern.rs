//! Patterns such as `n/N (p%)`, in which names of statistics are replaced by their numbers.

use super::{DraftFault, DraftFormat};
use crate::analyze::statistic::Statistic;
use crate::error::Error;
use crate::tables::template::Template;
use std::borrow::Cow;
use std::ops::Range;

/// Least length of a word that may be a mistyped name; shorter words are too often just words.
const LEAST_LETTERS: usize = 4;

/// Reads the pattern at `at` in the draft.
///
/// A pattern with braces is a template, `{n}/{N} ({p}%)`, in which all other words are text. In LaTeX
/// braces are markup, and there are no templates.
///
/// Errors: no name of a statistic, a mistyped name, an invalid template.
pub(super) fn pattern(text: &str, at: Range<usize>, format: DraftFormat) -> Result<Template, DraftFault> {
    let is_template = format != DraftFormat::Latex && text.contains(['{', '}']);
    let template = if is_template { Cow::Borrowed(text) } else { of_words(text, &at)?.into() };
    if !is_template && !names(text).any(|word| is_statistic(word.text)) {
        return Err(DraftFault::new(
            format!("'{text}' contains no statistic, and is neither a condition nor a flag"),
            at,
            REMEDY,
        ));
    }
    Template::parse(&template).map_err(|error| fault(&error, at))
}

const REMEDY: &str =
    "write a pattern such as n/N (p%) or mean (sd), a condition that begins with where, or a flag: words, Words, raw";

fn fault(error: &Error, at: Range<usize>) -> DraftFault {
    DraftFault { message: error.to_string(), at, remedy: error.remedy().map(str::to_owned) }
}

/// The pattern as a template.
fn of_words(text: &str, at: &Range<usize>) -> Result<String, DraftFault> {
    let mut template = String::new();
    let mut kept = 0;
    for word in names(text) {
        template.push_str(&as_text(text.get(kept..word.start).unwrap_or_default()));
        kept = word.start + word.text.len();
        if is_statistic(word.text) {
            template.extend(["{", word.text, "}"]);
        } else {
            if let Some(meant) = mistyped(word.text) {
                // A text over several lines was joined, so that its positions differ from those of the draft.
                let is_one_line = text.len() == at.len();
                let at = if is_one_line { at.start + word.start..at.start + kept } else { at.clone() };
                let remedy = format!("did you mean {meant}? If it is text, move it outside the braces");
                return Err(DraftFault::new(format!("'{}' is not a statistic", word.text), at, remedy));
            }
            template.push_str(word.text);
        }
    }
    template.push_str(&as_text(text.get(kept..).unwrap_or_default()));
    Ok(template)
}

/// A literal text in a template.
fn as_text(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

fn is_statistic(word: &str) -> bool {
    Statistic::parse(word).is_some()
}

/// The name of a statistic that differs from a word by one letter.
fn mistyped(word: &str) -> Option<&'static str> {
    let names = Statistic::listed().map(Statistic::name).filter(|name| name.len() >= LEAST_LETTERS);
    let is_near = |name: &&str| !name.eq_ignore_ascii_case(word) && strsim::osa_distance(name, word) == 1;
    names.filter(|_| word.len() >= LEAST_LETTERS).find(is_near)
}

/// A word of a pattern that may be the name of a statistic.
struct PatternWord<'t> {
    text: &'t str,
    start: usize,
}

/// The words of a text: letters, digits and `_`, with points between them. A word after a backslash
/// is a LaTeX command and left out.
fn names(text: &str) -> impl Iterator<Item = PatternWord<'_>> {
    let is_letter = |c: char| c.is_alphanumeric() || c == '_';
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(at..)?;
            let start = at + rest.find(is_letter)?;
            let word = text.get(start..)?.split(|c: char| !is_letter(c) && c != '.').next()?.trim_end_matches('.');
            at = start + word.len();
            if !text.get(..start)?.ends_with('\\') {
                return Some(PatternWord { text: word, start });
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::pattern;
    use crate::tables::manuscript::DraftFormat;
    use crate::tables::printed::PrintedStatistic;
    use proptest::prelude::*;

    fn filled(text: &str, format: DraftFormat) -> Result<String, String> {
        let template = pattern(text, 0..text.len(), format).map_err(|fault| fault.message)?;
        Ok(template.fill(|name| Some(PrintedStatistic::Number(format!("<{name}>")))))
    }

    #[test]
    fn names_of_statistics_are_replaced() {
        for (text, expected) in [
            ("n/N (p%)", "<n>/<N> (<p>%)"),
            ("n of N patients", "<n> of <N> patients"),
            ("mean ± sd; p90.", "<mean> ± <sd>; <p90>."),
            ("conf.low to conf.high", "<conf.low> to <conf.high>"),
            ("Mean mean (SD sd)", "Mean <mean> (SD <sd>)"),
            ("nN n_N min–max", "nN n_N <min>–<max>"),
            ("{n} n of {{N}}", "<n> n of {N}"),
        ] {
            assert_eq!(filled(text, DraftFormat::Markdown).as_deref(), Ok(expected), "{text}");
        }
        for (text, expected) in [
            ("\\textbf{n}/N \\min", "\\textbf{<n>}/<N> \\min"),
            ("mean\\,(sd)", "<mean>\\,(<sd>)"),
            ("{n}/{N}", "{<n>}/{<N>}"),
        ] {
            assert_eq!(filled(text, DraftFormat::Latex).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn a_pattern_needs_a_statistic() {
        for (text, message) in [
            ("mena (sd)", "'mena' is not a statistic"),
            ("years", "'years' contains no statistic, and is neither a condition nor a flag"),
            ("{M}", "in the template '{M}', character 1: no statistic is named 'M'"),
            ("{n", "in the template '{n', character 1: unmatched '{'"),
        ] {
            assert_eq!(filled(text, DraftFormat::Text), Err(message.to_owned()));
        }
        assert_eq!(filled("\\min", DraftFormat::Latex).map_err(|m| m.starts_with("'\\min'")), Err(true));
    }

    proptest! {
        #[test]
        fn other_text_is_unchanged(before in "[ ().,;:/%±{}]{0,8}", after in "[ ().,;:/%±{}]{0,8}") {
            let text = format!("{before}n{after}");
            prop_assert_eq!(filled(&text, DraftFormat::Latex), Ok(format!("{before}<n>{after}")));
        }
    }
}
