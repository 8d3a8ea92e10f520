//! Numbers as they stand in a manuscript, and what is said of one that was filled before.

mod word;

pub use word::filled_document;

use super::json;
use crate::diagnostic::sanitize;
use crate::tables::manuscript::{DraftFormat, Position};
use serde::Serialize;
use std::io;

/// The version of the object; it changes when a member changes its meaning.
const FORMAT: &str = "calc-series.fill/1";

/// A printed number in which nothing is markup: `>1280` is `\>1280` in Markdown.
pub fn number(printed: &str, format: DraftFormat) -> String {
    let mut safe = String::with_capacity(printed.len());
    for c in printed.chars() {
        match (format, c) {
            (DraftFormat::Markdown, '<' | '>') => safe.extend(['\\', c]),
            // In a sentence and in a formula alike.
            (DraftFormat::Latex, '<' | '>') => safe.push_str(&format!("\\ensuremath{{{c}}}")),
            (_, c) => safe.push(c),
        }
    }
    safe
}

/// What takes the place of a placeholder, its words and signs among them: in LaTeX a percent sign
/// is no comment, and a dash is that of a range. All else is the author's.
pub fn filled(text: &str, format: DraftFormat) -> String {
    if format != DraftFormat::Latex {
        return text.to_owned();
    }
    let mut safe = String::with_capacity(text.len());
    let mut is_protected = false;
    for c in text.chars() {
        match c {
            '%' if !is_protected => safe.push_str("\\%"),
            '–' => safe.push_str("--"),
            c => safe.push(c),
        }
        is_protected = c == '\\' && !is_protected;
    }
    safe
}

/// A filled manuscript held against the records.
#[derive(Debug, Clone, Serialize)]
pub struct StaleReport {
    /// Name of the draft.
    pub draft: String,
    /// Name of the filled manuscript.
    pub document: String,
    /// How many placeholders the draft has.
    pub placeholders: usize,
    /// The numbers that the records do not give any more.
    pub stale: Vec<StaleNumber>,
    /// Where the text first differs from that of the draft.
    pub edited: Option<Position>,
    /// The numbers whose place was not found.
    pub lost: Vec<LostNumber>,
}

/// A number that the records do not give any more.
#[derive(Debug, Clone, Serialize)]
pub struct StaleNumber {
    /// Its selector, with the condition.
    pub selector: String,
    /// Where its placeholder is in the draft.
    pub in_draft: Position,
    /// Where it is in the manuscript.
    pub in_document: Position,
    /// The text there.
    pub stands: String,
    /// What the records give.
    pub now: String,
}

/// A number whose place was not found, because the text around it was edited.
#[derive(Debug, Clone, Serialize)]
pub struct LostNumber {
    /// Its selector, with the condition.
    pub selector: String,
    /// Where its placeholder is in the draft.
    pub in_draft: Position,
    /// What the records give.
    pub now: String,
}

#[derive(Serialize)]
struct StaleObject<'a> {
    format: &'static str,
    #[serde(flatten)]
    report: &'a StaleReport,
}

/// The comparison as one JSON object.
pub fn object(report: &StaleReport) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    json::write(&mut bytes, &StaleObject { format: FORMAT, report })?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// The comparison as text.
///
/// ```text
/// final.md:5:23: '6.1' is printed here, the records give '5.9'
///   draft.md:5:23: age.mean
/// final.md: 1 of 14 numbers is stale
/// ```
pub fn text(report: &StaleReport) -> String {
    let (draft, document) = (sanitize(&report.draft), sanitize(&report.document));
    let mut text = String::new();
    for number in &report.stale {
        let (stands, now) = (sanitize(&number.stands), sanitize(&number.now));
        text.push_str(&format!(
            "{document}:{}: '{stands}' is printed here, the records give '{now}'\n",
            number.in_document
        ));
        text.push_str(&format!("  {draft}:{}: {}\n", number.in_draft, sanitize(&number.selector)));
    }
    if let Some(position) = report.edited {
        text.push_str(&format!("{document}:{position}: the text differs from the draft here\n"));
    }
    for number in &report.lost {
        let (now, selector) = (sanitize(&number.now), sanitize(&number.selector));
        text.push_str(&format!("{draft}:{}: '{now}' was not looked for: {selector}\n", number.in_draft));
        text.push_str(&format!("  the text around it was edited in {document}\n"));
    }
    text.push_str(&format!("{document}: {}\n", outcome(report)));
    text
}

fn outcome(report: &StaleReport) -> String {
    let is_are = |n: usize| if n == 1 { "is" } else { "are" };
    let (stale, lost) = (report.stale.len(), report.lost.len());
    let numbers = if report.placeholders == 1 { "number" } else { "numbers" };
    let mut outcome = format!("{stale} of {} {numbers} {} stale", report.placeholders, is_are(stale));
    if lost > 0 {
        outcome.push_str(&format!(", {lost} {} not looked for", if lost == 1 { "was" } else { "were" }));
    }
    outcome
}

#[cfg(test)]
mod tests {
    use super::{DraftFormat, filled, number};

    #[test]
    fn a_number_is_no_markup() {
        for (text, markdown, latex) in [
            (">1280", "\\>1280", "\\ensuremath{>}1280"),
            ("<0.001", "\\<0.001", "\\ensuremath{<}0.001"),
            (">=30", "\\>=30", "\\ensuremath{>}=30"),
            ("5.9", "5.9", "5.9"),
        ] {
            assert_eq!(number(text, DraftFormat::Markdown), markdown);
            assert_eq!(number(text, DraftFormat::Latex), latex);
            assert_eq!(number(text, DraftFormat::Text), text);
        }
    }

    #[test]
    fn the_words_of_a_pattern_are_the_authors() {
        for (text, latex) in [
            ("3/5 (60%)", "3/5 (60\\%)"),
            ("3 (60\\%) \\\\% $\\pm$ {\\bf 2}", "3 (60\\%) \\\\\\% $\\pm$ {\\bf 2}"),
            ("2.5–10", "2.5--10"),
        ] {
            assert_eq!(filled(text, DraftFormat::Latex), latex);
            assert_eq!(filled(text, DraftFormat::Markdown), text);
        }
    }
}
