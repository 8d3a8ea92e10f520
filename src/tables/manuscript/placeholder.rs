//! One placeholder: what it asks for, and what takes its place.

use super::part::{Part, Spelling, is_one_number};
use super::{DraftFormat, Fault};
use crate::analyze::results::{ResultRow, Results};
use crate::analyze::selector::Selector;
use crate::analyze::statistic::Statistic;
use crate::tables::number::raw;
use crate::tables::shown::Shown;
use crate::tables::template::Template;
use std::borrow::Cow;
use std::ops::Range;

/// What a placeholder shows of its selector.
#[derive(Debug, Clone, PartialEq)]
pub enum Form {
    /// The number as a table prints it.
    Printed,
    /// The number as it is.
    Raw,
    /// Several statistics of it.
    Pattern(Template),
}

/// A placeholder.
#[derive(Debug, Clone, PartialEq)]
pub struct Placeholder {
    /// Where it stands in the draft with its braces, in bytes.
    pub at: Range<usize>,
    /// Where its selector stands.
    pub key_at: Range<usize>,
    /// Which statistic, or the base of several, of which cases.
    pub selector: Selector,
    /// What is shown of it.
    pub form: Form,
    /// How numbers are written.
    pub spelling: Spelling,
}

impl Placeholder {
    /// Reads the placeholder at `at` from its parts between bars.
    ///
    /// Errors: no selector, a part that is nothing known, two parts of one kind.
    pub(super) fn parse(
        draft: &str,
        at: Range<usize>,
        parts: &[Range<usize>],
        format: DraftFormat,
    ) -> Result<Placeholder, Fault> {
        let mut parts = parts.iter().map(|part| trimmed(draft, part.clone()));
        let key_at = parts.next().filter(|key| !key.is_empty()).ok_or_else(|| {
            let remedy = "for example {{ age.mean }}; {{{{ gives two braces of the text itself";
            Fault::new("no selector stands in the braces", at.clone(), remedy)
        })?;
        let key = on_one_line(draft, &key_at);
        let selector = Selector { text: key.to_string(), key: key.into_owned(), condition: None };
        let mut placeholder = Placeholder { at, key_at, selector, form: Form::Printed, spelling: Spelling::Digits };
        for part_at in parts {
            let part = Part::parse(&on_one_line(draft, &part_at), part_at.clone(), &placeholder.selector, format)?;
            placeholder.add(part, part_at)?;
        }
        placeholder.ensure_it_says_what_to_show()
    }

    fn add(&mut self, part: Part, at: Range<usize>) -> Result<(), Fault> {
        let is_first = match &part {
            Part::Condition(_) => self.selector.condition.is_none(),
            Part::Spelling(_) => self.spelling == Spelling::Digits,
            Part::Pattern(_) | Part::Raw => self.form == Form::Printed,
        };
        if !is_first {
            let remedy = "one pattern or raw, one condition (joined with and), and one of words and Words";
            return Err(Fault::new("this part is one too many", at, remedy));
        }
        match part {
            Part::Condition(keep) => {
                self.selector.text = format!("{} | {}", self.selector.text, keep.text);
                self.selector.condition = Some(keep);
            }
            Part::Spelling(spelling) => self.spelling = spelling,
            Part::Pattern(template) => self.form = Form::Pattern(template),
            Part::Raw => self.form = Form::Raw,
        }
        Ok(())
    }

    fn ensure_it_says_what_to_show(self) -> Result<Placeholder, Fault> {
        if self.form == Form::Raw && self.spelling != Spelling::Digits {
            let remedy = "keep one of the flags";
            return Err(Fault::new("a number as it is has no words", self.at, remedy));
        }
        if self.form == Form::Raw && !is_one_number(&self.selector) {
            let remedy = "name it, as in {{ age.mean | raw }}";
            return Err(Fault::new("raw is of one statistic, and none is named", self.key_at, remedy));
        }
        Ok(self)
    }

    /// The statistics that its pattern names.
    pub fn statistics(&self) -> Vec<Statistic> {
        match &self.form {
            Form::Pattern(template) => template.statistics().collect(),
            Form::Printed | Form::Raw => Vec::new(),
        }
    }

    /// The statistics it shows; else the selector of one that does not exist.
    pub fn rows<'r>(&self, results: &'r Results) -> Result<Vec<&'r ResultRow>, Selector> {
        let row = |selector: Selector| results.get(&selector.full_key()).ok_or(selector);
        match &self.form {
            Form::Pattern(template) => template.statistics().map(|name| row(self.selector.of(name))).collect(),
            Form::Printed | Form::Raw => row(self.selector.clone()).map(|row| vec![row]),
        }
    }

    /// What takes its place: the numbers of its statistics, each made safe by `escaped`.
    pub fn fill(&self, rows: &[&ResultRow], shown: &Shown, escaped: impl Fn(String) -> String) -> String {
        let number = |row: &ResultRow| escaped(self.spelling.number(row, shown.print(row)));
        let filled = match &self.form {
            Form::Raw => rows.iter().map(|row| escaped(raw(&row.value))).collect(),
            Form::Printed => rows.iter().map(|row| number(row)).collect(),
            Form::Pattern(template) => {
                template.fill(|name| rows.iter().find(|row| row.statistic == name).map(|row| number(row)))
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

/// The text of a part; the end of a line with the spaces around it is one space.
fn on_one_line<'t>(draft: &'t str, at: &Range<usize>) -> Cow<'t, str> {
    let text = draft.get(at.clone()).unwrap_or_default();
    if !text.contains(['\n', '\r']) {
        return text.into();
    }
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ").into()
}
