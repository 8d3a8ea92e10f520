//! One placeholder: what it asks for, and what replaces it.

use super::part::{PlaceholderPart, Spelling, is_one_number};
use super::{DraftFault, DraftFormat};
use crate::analyze::results::{ResultRow, Results};
use crate::analyze::selector::Selector;
use crate::analyze::statistic::Statistic;
use crate::tables::number::raw;
use crate::tables::options::TableOptions;
use crate::tables::template::Template;
use std::borrow::Cow;
use std::ops::Range;

/// How a placeholder shows its selector.
#[derive(Debug, Clone, PartialEq)]
pub enum NumberForm {
    /// The number as a table prints it.
    Printed,
    /// The number unrounded.
    Raw,
    /// Several statistics, in a pattern.
    Pattern(Template),
}

/// A placeholder.
#[derive(Debug, Clone, PartialEq)]
pub struct Placeholder {
    /// Its position in the draft with its braces, in bytes.
    pub at: Range<usize>,
    /// The position of its selector.
    pub key_at: Range<usize>,
    /// The statistic, or the base of several statistics, and the condition of the cases.
    pub selector: Selector,
    /// How it is shown.
    pub form: NumberForm,
    /// How numbers are written.
    pub spelling: Spelling,
}

impl Placeholder {
    /// Reads the placeholder at `at` from its parts between bars.
    ///
    /// Errors: no selector, an invalid part, two parts of the same kind.
    pub(super) fn parse(
        draft: &str,
        at: Range<usize>,
        parts: &[Range<usize>],
        format: DraftFormat,
    ) -> Result<Placeholder, DraftFault> {
        let mut parts = parts.iter().map(|part| trimmed(draft, part.clone()));
        let key_at = parts.next().filter(|key| !key.is_empty()).ok_or_else(|| {
            let remedy = "write for example {{ age.mean }}, or {{{{ for literal double braces";
            DraftFault::new("no selector in the braces", at.clone(), remedy)
        })?;
        let key = on_one_line(draft, &key_at);
        let selector = Selector { text: key.to_string(), key: key.into_owned(), condition: None };
        let mut placeholder =
            Placeholder { at, key_at, selector, form: NumberForm::Printed, spelling: Spelling::Digits };
        for part_at in parts {
            let part =
                PlaceholderPart::parse(&on_one_line(draft, &part_at), part_at.clone(), &placeholder.selector, format)?;
            placeholder.add(part, part_at)?;
        }
        placeholder.ensure_raw_is_allowed()
    }

    fn add(&mut self, part: PlaceholderPart, at: Range<usize>) -> Result<(), DraftFault> {
        let is_first = match &part {
            PlaceholderPart::Condition(_) => self.selector.condition.is_none(),
            PlaceholderPart::Spelling(_) => self.spelling == Spelling::Digits,
            PlaceholderPart::Pattern(_) | PlaceholderPart::Raw => self.form == NumberForm::Printed,
        };
        if !is_first {
            let remedy = "use at most one pattern or raw, one condition (joined with and), and one of words and Words";
            return Err(DraftFault::new("this part repeats another one", at, remedy));
        }
        match part {
            PlaceholderPart::Condition(keep) => {
                self.selector.text = format!("{} | {}", self.selector.text, keep.text);
                self.selector.condition = Some(keep);
            }
            PlaceholderPart::Spelling(spelling) => self.spelling = spelling,
            PlaceholderPart::Pattern(template) => self.form = NumberForm::Pattern(template),
            PlaceholderPart::Raw => self.form = NumberForm::Raw,
        }
        Ok(())
    }

    fn ensure_raw_is_allowed(self) -> Result<Placeholder, DraftFault> {
        if self.form == NumberForm::Raw && self.spelling != Spelling::Digits {
            let remedy = "remove one of the flags";
            return Err(DraftFault::new("raw cannot be combined with words", self.at, remedy));
        }
        if self.form == NumberForm::Raw && !is_one_number(&self.selector) {
            let remedy = "name the statistic, as in {{ age.mean | raw }}";
            return Err(DraftFault::new("raw needs a statistic", self.key_at, remedy));
        }
        Ok(self)
    }

    /// The statistics in its pattern.
    pub fn statistics(&self) -> Vec<Statistic> {
        match &self.form {
            NumberForm::Pattern(template) => template.statistics().collect(),
            NumberForm::Printed | NumberForm::Raw => Vec::new(),
        }
    }

    /// The statistics it shows. Error: the selector of a statistic that does not exist.
    pub fn rows<'r>(&self, results: &'r Results) -> Result<Vec<&'r ResultRow>, Selector> {
        let row = |selector: Selector| results.get(&selector.full_key()).ok_or(selector);
        match &self.form {
            NumberForm::Pattern(template) => template.statistics().map(|name| row(self.selector.of(name))).collect(),
            NumberForm::Printed | NumberForm::Raw => row(self.selector.clone()).map(|row| vec![row]),
        }
    }

    /// The text that replaces it: the numbers of its statistics, each escaped by `escaped`.
    pub fn fill(&self, rows: &[&ResultRow], shown: &TableOptions, escaped: impl Fn(String) -> String) -> String {
        let spelled = |row: &ResultRow, printed| self.spelling.number(row, printed).map(&escaped);
        let filled = match &self.form {
            NumberForm::Raw => rows.iter().map(|row| escaped(raw(&row.value))).collect(),
            NumberForm::Printed => rows.iter().map(|row| String::from(spelled(row, shown.print_typed(row)))).collect(),
            NumberForm::Pattern(template) => {
                let printed = shown.print_together(rows.iter().copied());
                let both = || rows.iter().zip(&printed);
                template.fill(|name| {
                    both().find(|(row, _)| row.statistic == name).map(|(row, printed)| spelled(row, printed.clone()))
                })
            }
        };
        self.spelling.whole(filled)
    }
}

/// A part without the spaces around it.
fn trimmed(draft: &str, part: Range<usize>) -> Range<usize> {
    let text = draft.get(part.clone()).unwrap_or_default();
    let start = part.start + text.len() - text.trim_start().len();
    start..start + text.trim().len()
}

/// The text of a part on one line: a line end with the spaces around it becomes one space.
fn on_one_line<'t>(draft: &'t str, at: &Range<usize>) -> Cow<'t, str> {
    let text = draft.get(at.clone()).unwrap_or_default();
    if !text.contains(['\n', '\r']) {
        return text.into();
    }
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ").into()
}
