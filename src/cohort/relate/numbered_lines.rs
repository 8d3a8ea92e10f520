//! Treatments in several columns, which become one column of treatment lines.
//!
//! ```text
//! Treatment 1 | Response 1 | Treatment 2 | Response 2      treatment
//! MTX         | none       | IVIG        | CR         -->  MTX: none; IVIG: CR
//! MTX         | PR         |             |            -->  MTX: PR
//!             |            | IVIG        | CR         -->  cannot be read: the first line is not there
//! unknown     |            | IVIG        | CR         -->  a first line of nobody knows what; IVIG: CR
//! ```

use super::line_times::LineTimeColumns;
use super::recomposed::recomposed;
use super::rows::{KeptRows, RowIndex};
use crate::cohort::cell::is_line_by_itself;
use crate::cohort::lines::{agents_of, is_not_given, is_untreated};
use crate::diagnostic::Findings;
use crate::error::Error;
use crate::read::Inputs;
use crate::read::block::ITEM;
use crate::schema::Role;
use crate::schema::header::{NumberedHeader, NumberedThing, later_header, normalise, numbered_header, read_header};
use crate::schema::missing_words::{certainly_missing, says_nothing_more};
use crate::schema::response::understand::{ResponseContext, Said, Understanding, understand};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Name of the column that they become.
pub const LINES_COLUMN: &str = "treatment";

/// The columns of one treatment line, by their places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineColumns {
    /// The column of its treatment.
    pub treatment: usize,
    /// The column of its response.
    pub response: Option<usize>,
    /// The columns of when it was given.
    pub time: LineTimeColumns,
}

/// The columns of each treatment line, from the first, where the headers number them as one series without a gap;
/// no answer where a column names the treatments by itself, or something is stated of one of them.
///
/// `Treatment` before `Treatment 2` or `Rescue therapy` is the first of them, as `Response` before `Response to rescue`.
pub fn line_columns(headers: &[String], is_stated: impl Fn(&str) -> bool) -> Option<Vec<LineColumns>> {
    let treatments = treatments(headers)?;
    let responses = responses(headers, &treatments)?;
    let has_all_numbers = (1..).zip(treatments.keys()).all(|(number, known): (u8, &u8)| number == *known);
    let have_treatments = responses.keys().all(|number| treatments.contains_key(number));
    let mut used = treatments.values().chain(responses.values()).filter_map(|at| headers.get(*at));
    if treatments.len() < 2 || !has_all_numbers || !have_treatments || used.any(|header| is_stated(header)) {
        return None;
    }
    let line = |(number, treatment): (&u8, &usize)| LineColumns {
        treatment: *treatment,
        response: responses.get(number).copied(),
        time: LineTimeColumns::of(headers, *number),
    };
    Some(treatments.iter().map(line).collect())
}

/// The columns of treatments by the numbers of their lines; no answer where a header names all of them.
fn treatments(headers: &[String]) -> Option<BTreeMap<u8, usize>> {
    let mut lines = series(headers, NumberedThing::Treatment)?;
    let is_of_all = |header: &String| {
        header.trim().eq_ignore_ascii_case(LINES_COLUMN) || read_header(header).role == Role::Treatment
    };
    let unnumbered = unnumbered(headers, is_of_all);
    match (unnumbered.as_slice(), lines.contains_key(&1)) {
        ([], _) => {}
        ([one], false) => drop(lines.insert(1, *one)),
        _ => return None,
    }
    match later(headers, NumberedThing::Treatment).as_slice() {
        [] => {}
        [one] => drop(lines.insert(behind(&lines), *one)),
        _ => return None,
    }
    Some(lines)
}

/// The columns of the responses by the numbers of the lines.
fn responses(headers: &[String], treatments: &BTreeMap<u8, usize>) -> Option<BTreeMap<u8, usize>> {
    let mut lines = series(headers, NumberedThing::Response)?;
    match (later(headers, NumberedThing::Response).as_slice(), later(headers, NumberedThing::Treatment).as_slice()) {
        ([], _) => {}
        ([one], [_]) => drop(lines.insert(*treatments.keys().next_back()?, *one)),
        _ => return None,
    }
    let is_of_one =
        |header: &String| read_header(header).role == Role::Response && !normalise(header).contains("overall");
    match unnumbered(headers, is_of_one).as_slice() {
        // One response of a patient with several lines belongs to none of them.
        [one] if !lines.is_empty() && !lines.contains_key(&1) => drop(lines.insert(1, *one)),
        [_, _, ..] if !lines.is_empty() => return None,
        _ => {}
    }
    Some(lines)
}

/// The number behind the last one.
fn behind(lines: &BTreeMap<u8, usize>) -> u8 {
    lines.keys().next_back().map_or(1, |last| last.saturating_add(1))
}

fn unnumbered(headers: &[String], is_it: impl Fn(&String) -> bool) -> Vec<usize> {
    let is_one = |header: &String| is_it(header) && number(header, headers).is_none() && later_header(header).is_none();
    headers.iter().enumerate().filter(|(_, header)| is_one(header)).map(|(at, _)| at).collect()
}

fn later(headers: &[String], of: NumberedThing) -> Vec<usize> {
    let is_one = |header: &String| later_header(header) == Some(of) && number(header, headers).is_none();
    headers.iter().enumerate().filter(|(_, header)| is_one(header)).map(|(at, _)| at).collect()
}

/// The number of a header; `Response.1` beside `Response` is the second one, as some programs name a repeated header.
fn number(header: &str, headers: &[String]) -> Option<NumberedHeader> {
    let numbered = numbered_header(header)?;
    let is_repeated = header.rsplit_once('.').is_some_and(|(stem, digits)| {
        digits.parse() == Ok(numbered.number) && headers.iter().any(|other| other.trim() == stem.trim())
    });
    let number = numbered.number.saturating_add(u8::from(is_repeated));
    Some(NumberedHeader { number, ..numbered })
}

/// The columns that number one thing, by their numbers; no answer where the headers give a number twice, or treatments two
/// names.
fn series(headers: &[String], of: NumberedThing) -> Option<BTreeMap<u8, usize>> {
    let mut numbered = headers.iter().enumerate().filter_map(|(at, header)| Some((at, number(header, headers)?)));
    let mut found = BTreeMap::new();
    let mut name: Option<String> = None;
    numbered.by_ref().filter(|(_, header)| header.of == of).try_for_each(|(at, header)| {
        let is_same = of == NumberedThing::Response || name.get_or_insert_with(|| header.name.clone()) == &header.name;
        (is_same && found.insert(header.number, at).is_none()).then_some(())
    })?;
    Some(found)
}

/// The inputs with one column of treatment lines in the place of the first of these columns, or as they are where the
/// first one holds several lines itself, and what was found about their structure; cells that are one of the `missing`
/// texts tell nothing.
///
/// Errors: those of reading.
pub fn in_one_column(
    inputs: Inputs,
    lines: &[LineColumns],
    missing: &[String],
) -> Result<Result<(Inputs, Findings), Inputs>, Error> {
    let rows = KeptRows::read(&inputs)?;
    if lines.first().is_some_and(|first| holds_lines(&rows, first.treatment)) {
        return Ok(Err(inputs));
    }
    let cells = LineCells { rows: &rows, lines, missing };
    let used: Vec<usize> = lines.iter().flat_map(|line| [Some(line.treatment), line.response]).flatten().collect();
    let first = used.iter().min().copied();
    let kept: Vec<usize> =
        (0..rows.columns.len()).filter(|column| Some(*column) == first || !used.contains(column)).collect();
    let columns: Vec<(usize, Option<&str>)> =
        kept.iter().map(|at| (*at, (Some(*at) == first).then_some(LINES_COLUMN))).collect();
    let text = |row, column| match Some(column) == first {
        true => Cow::Owned(cells.joined(row)),
        false => Cow::Borrowed(rows.text(row, column)),
    };
    Ok(Ok((recomposed(inputs, &rows, &columns, text), rows.findings.clone())))
}

/// True for a column without a number in its name in which a cell holds several lines.
fn holds_lines(rows: &KeptRows, column: usize) -> bool {
    let is_numbered = rows.columns.get(column).is_some_and(|header| numbered_header(header).is_some());
    let is_several =
        |text: &str| text.contains([';', '|', ITEM, '→']) || text.contains("->") || text.contains(" then ");
    !is_numbered && rows.column(column).is_some_and(|texts| texts.texts().iter().any(is_several))
}

/// The cells of the lines of each patient.
struct LineCells<'r> {
    rows: &'r KeptRows,
    lines: &'r [LineColumns],
    missing: &'r [String],
}

impl LineCells<'_> {
    /// The lines of a patient as one cell.
    fn joined(&self, row: RowIndex) -> String {
        let is_given = |line: &LineColumns| {
            let treatment = self.treatment(row, line);
            !says_nothing_more(treatment) && !is_untreated(treatment) || self.states(self.response(row, line))
        };
        let Some(last) = self.lines.iter().rposition(is_given) else { return self.without_lines(row) };
        let given = self.lines.get(..=last).unwrap_or(self.lines);
        match given {
            // A patient of whose treatment nothing is known has no line.
            [line] if !self.states(self.treatment(row, line)) && !self.states(self.response(row, line)) => {
                self.treatment(row, line).to_owned()
            }
            given => {
                let first = given.iter().filter_map(|line| line.time.first_day(self.rows, row)).min();
                given.iter().map(|line| self.segment(row, line, first)).collect::<Vec<_>>().join("; ")
            }
        }
    }

    /// The cell of a patient without any line: what the first column says that says something.
    fn without_lines(&self, row: RowIndex) -> String {
        let mut texts = self.lines.iter().map(|line| self.treatment(row, line));
        texts.find(|text| !text.is_empty()).unwrap_or_default().to_owned()
    }

    /// One line as it is written in a cell. What stands in one cell is one line, whatever separates its words. A blank
    /// treatment names no agent, so the line cannot be read.
    fn segment(&self, row: RowIndex, line: &LineColumns, first: Option<i64>) -> String {
        let timed = |treatment: &str| line.time.with_time(treatment, (self.rows, row), first);
        let treatment = in_one_line(self.treatment(row, line));
        let response = as_of_a_line(&in_one_line(self.response(row, line)));
        let has_own = agents_of(&treatment).len() < treatment.len();
        match () {
            () if says_nothing_more(&treatment) || is_untreated(&treatment) => {
                let name =
                    self.rows.columns.get(line.treatment).map_or("", String::as_str).replace(['[', ']', '"'], "");
                let what = if treatment.is_empty() { "blank" } else { &treatment };
                format!("[{name}: {what}]: {response}")
            }
            () if response.is_empty() && is_not_given(&treatment) => treatment,
            // Nobody knows what was given.
            () if !self.states(&treatment) => {
                let word = if treatment.contains(char::is_alphanumeric) { &treatment } else { "unknown" };
                format!("? ({word}): {response}")
            }
            () if has_own && response.is_empty() => treatment,
            () if has_own => format!("{treatment}, {response}"),
            // `PD` behind another line may be its response.
            () if response.is_empty() && is_line_by_itself(&treatment) => timed(&treatment),
            () => format!("{}: {response}", timed(&treatment)),
        }
    }

    fn treatment(&self, row: RowIndex, line: &LineColumns) -> &str {
        self.rows.text(row, line.treatment)
    }

    fn response(&self, row: RowIndex, line: &LineColumns) -> &str {
        line.response.map_or("", |column| self.rows.text(row, column))
    }

    /// True for a text that says something.
    fn states(&self, text: &str) -> bool {
        !says_nothing_more(text) && certainly_missing(text).is_none() && !self.missing.iter().any(|token| token == text)
    }
}

/// A response of a column of responses, as it is understood behind a treatment: `keine` is none there, and no agent.
fn as_of_a_line(text: &str) -> String {
    let is_understood = understand(text, ResponseContext::TreatmentLine) != Understanding::NotUnderstood;
    match understand(text, ResponseContext::ResponseColumn) {
        Understanding::Understood(Said { response: Some(response), .. }) if !is_understood => {
            response.word().to_owned()
        }
        Understanding::Understood(_) | Understanding::Ambiguous(_) | Understanding::NotUnderstood => text.to_owned(),
    }
}

fn in_one_line(text: &str) -> String {
    let text = text.trim_start_matches(ITEM).trim();
    text.replace(ITEM, ", ").replace([';', '|'], ",")
}
