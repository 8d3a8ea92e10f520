//! One cell of a listing, for readers and for scripts.

use crate::cohort::case::{CaseCell, CaseColumn};
use crate::cohort::cell::{CellState, DateState, LevelState, LinesState, SetState, Stated};
use crate::cohort::lines::Line;
use crate::cohort::quantity::Quantity;
use crate::cohort::range::{Person, against, range_for};
use crate::decimal::Exact;
use crate::schema::lexical::{Comparator, stated_word};
use crate::schema::response::Response;
use crate::schema::{MissingReason, Status, Variable};
use std::borrow::Cow;
use std::fmt::{self, Write};
use std::sync::Arc;

/// Printed for a missing value.
const NOT_REPORTED: &str = "NR";
/// Most decimals of a duration converted to the unit of its column; a longer one is printed as written.
const MOST_DECIMALS: u8 = 2;

/// One cell of a listing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum ListingEntry {
    /// A missing value, with the reason.
    Missing(MissingReason),
    /// A cell that cannot be read, as written.
    Unreadable(String),
    /// A text.
    Text(String),
    /// A level, with the label to show instead, if any.
    Level(String, Option<String>),
    /// A number.
    Number(NumberEntry),
    /// The items of a set; empty if it is known that there are none.
    Items(Vec<Arc<str>>),
    /// Treatment lines; empty for an untreated patient.
    Lines(Vec<LineEntry>),
}

/// A number, or the word stated instead of one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct NumberEntry {
    /// The text for readers: `8.4 L`, `>1280`, `normal (stated)`.
    pub text: String,
    /// The text with all decimals, for a delimited file, where that for readers has fewer.
    pub full: Option<String>,
    /// The value in JSON; none for a word.
    pub value: Option<String>,
    /// The sign of a censored value, such as `>`.
    pub sign: Option<&'static str>,
    /// The status by the reference range, or else as stated.
    pub status: Option<Status>,
    /// True where the reference range added a flag.
    pub flagged: bool,
}

/// What is shown of a treatment line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineText {
    /// Everything.
    Details,
    /// Agents and response.
    Response,
    /// Agents, and the response where there is one: another column has it.
    Agents,
}

/// One treatment line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineEntry {
    /// Its number among the lines of the patient, from 1.
    pub number: usize,
    /// What is shown of it.
    pub line: Arc<ShownLine>,
}

/// What is shown of a treatment line, whatever its number is.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ShownLine {
    /// Its text.
    pub text: String,
    /// The names of the agents.
    pub agents: Vec<String>,
    /// The response in the target domain.
    pub response: Response,
}

impl fmt::Display for LineEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.number, self.line.text)
    }
}

impl ListingEntry {
    /// The entry of a cell; `written` is its text in the file.
    pub fn of<'w>(
        cell: CaseCell,
        column: &CaseColumn<'_>,
        person: &Person,
        written: impl Fn() -> Cow<'w, str>,
        lines_as: LineText,
    ) -> ListingEntry {
        match cell {
            CaseCell::Number(state) => number(state, column.variable(), person, written),
            CaseCell::Level(LevelState::Level(level)) => {
                let declared = column.variable().levels.iter().find(|known| known.value == level);
                let label = declared.and_then(|known| known.label.clone());
                ListingEntry::Level(level, label)
            }
            CaseCell::Set(SetState::Items(set)) => ListingEntry::Items(set.items.into_iter().map(Arc::from).collect()),
            CaseCell::Date(DateState::Date(date)) => ListingEntry::Text(date.to_string()),
            CaseCell::Lines(LinesState::Lines(lines)) => {
                let shown = lines.iter().map(|line| Arc::new(ShownLine::of(line, lines_as)));
                ListingEntry::Lines((1..).zip(shown).map(|(number, line)| LineEntry { number, line }).collect())
            }
            CaseCell::Level(LevelState::Missing(reason))
            | CaseCell::Set(SetState::Missing(reason))
            | CaseCell::Date(DateState::Missing(reason))
            | CaseCell::Lines(LinesState::Missing(reason)) => ListingEntry::Missing(reason),
            CaseCell::Level(LevelState::Unreadable(_))
            | CaseCell::Date(DateState::Unreadable(_))
            | CaseCell::Lines(LinesState::Unreadable(_)) => ListingEntry::Unreadable(written().into_owned()),
        }
    }

    /// The parts of the entry for readers; a renderer joins them by `; ` or stacks them.
    pub fn parts(&self) -> Vec<String> {
        match self {
            ListingEntry::Missing(MissingReason::NotReported) => vec![NOT_REPORTED.to_owned()],
            ListingEntry::Missing(reason) => vec![reason.word().to_owned()],
            ListingEntry::Unreadable(text) => vec![format!("{text} (unreadable)")],
            ListingEntry::Text(text) => vec![text.clone()],
            ListingEntry::Level(level, label) => vec![label.as_ref().unwrap_or(level).clone()],
            ListingEntry::Number(number) => vec![number.text.clone()],
            ListingEntry::Items(items) if items.is_empty() => vec!["none".to_owned()],
            ListingEntry::Lines(lines) if lines.is_empty() => vec!["none".to_owned()],
            ListingEntry::Items(items) => items.iter().map(|item| item.to_string()).collect(),
            ListingEntry::Lines(lines) => lines.iter().map(LineEntry::to_string).collect(),
        }
    }

    /// The entry on one line, for readers.
    pub fn joined(&self) -> String {
        match self {
            ListingEntry::Items(items) if !items.is_empty() => joined(items, |text, item| text.push_str(item)),
            ListingEntry::Lines(lines) if !lines.is_empty() => joined(lines, |text, line| {
                // What is written to a string does not fail.
                let _ = write!(text, "{line}");
            }),
            other => other.parts().join("; "),
        }
    }

    /// The entry in a delimited file: empty for a missing value, and a level as in the data.
    pub fn delimited(&self) -> String {
        match self {
            ListingEntry::Missing(MissingReason::NotReported) => String::new(),
            ListingEntry::Unreadable(text) => text.clone(),
            ListingEntry::Level(level, _) => level.clone(),
            ListingEntry::Number(NumberEntry { full: Some(full), .. }) => full.clone(),
            other => other.joined(),
        }
    }

    pub(super) fn status(&self, variable: &Variable) -> Option<Status> {
        match self {
            ListingEntry::Number(number) => number.status,
            ListingEntry::Level(level, _) => status_of(level, variable),
            _ => None,
        }
    }
}

fn joined<T>(parts: &[T], push: impl Fn(&mut String, &T)) -> String {
    let mut text = String::with_capacity(parts.len().saturating_mul(24));
    for (at, part) in parts.iter().enumerate() {
        text.push_str(if at == 0 { "" } else { "; " });
        push(&mut text, part);
    }
    text
}

/// The status that a level states, such as `not raised`. None for a level such as `neurogenic`.
pub(super) fn status_of(level: &str, variable: &Variable) -> Option<Status> {
    variable.stated.get(level).copied().or_else(|| stated_word(level))
}

pub(super) fn number<'w>(
    state: CellState,
    variable: &Variable,
    person: &Person,
    written: impl Fn() -> Cow<'w, str>,
) -> ListingEntry {
    let (comparator, value, stated) = match state {
        CellState::Value(number) => (None, number.value, number.stated),
        CellState::Censored { comparator, value, stated } => (Some(comparator), value, stated),
        CellState::StatedOnly(stated) => {
            let text = format!("{} (stated)", stated.word);
            return ListingEntry::Number(NumberEntry { text, status: stated.status, ..NumberEntry::default() });
        }
        CellState::Unreadable(_) => return ListingEntry::Unreadable(written().into_owned()),
        CellState::Missing(reason) => return ListingEntry::Missing(reason),
    };
    let by_range = range_for(&variable.ranges, person).and_then(|range| against(comparator, value, range));
    let sign = comparator.map(Comparator::sign);
    let (text, number) = value_texts(value);
    let rounded = text.as_ref().and_then(|_| shown_decimals(variable, &value));
    // Only a titre contains a colon: 1:80.
    let titre = if written().contains(':') { "1:" } else { "" };
    let text = text.map(|text| format!("{}{titre}{text}", sign.unwrap_or_default()));
    // A remark beside the number is free text.
    let has_remark = stated.as_ref().is_some_and(|stated| stated.status.is_none());
    let is_shown = !variable.is_deidentified || !has_remark;
    let text = text.unwrap_or_else(|| if is_shown { written().into_owned() } else { number.clone() });
    let flag = match by_range {
        Some(Status::High) => " H",
        Some(Status::Low) => " L",
        _ => "",
    };
    let word = stated.as_ref().filter(|stated| !agrees_with_range(by_range, stated));
    let word = word.map_or(String::new(), |stated| format!(" ({})", stated.word));
    let with_remarks = |text: String| format!("{text}{flag}{word}");
    let full = rounded.is_some().then(|| with_remarks(text.clone()));
    ListingEntry::Number(NumberEntry {
        text: with_remarks(rounded.unwrap_or(text)),
        full,
        value: Some(number),
        sign,
        status: by_range.or(stated.and_then(|stated| stated.status)),
        flagged: !flag.is_empty(),
    })
}

/// True where the status by the range agrees with the stated one, which then need not be repeated.
fn agrees_with_range(by_range: Option<Status>, stated: &Stated) -> bool {
    match (by_range, stated.status) {
        (Some(by_range), Some(Status::Abnormal)) => by_range != Status::Normal,
        (Some(by_range), Some(stated)) => by_range == stated,
        _ => false,
    }
}

/// A value for readers, if it is a short decimal in its unit, and for scripts.
fn value_texts(value: Quantity) -> (Option<String>, String) {
    let decimal = value.decimal().or_else(|| {
        let scale = value.scale.saturating_add(MOST_DECIMALS);
        let numerator = value.over(1, scale)?;
        Some(Quantity { numerator, parts: 1, scale }.decimal()?.normalised())
    });
    match decimal {
        Some(decimal) => (Some(decimal.to_string()), decimal.to_string()),
        None => (None, Exact::Ratio(value.to_ratio()).shortest()),
    }
}

/// A derived number with more decimals than it is printed with.
fn shown_decimals(variable: &Variable, value: &Quantity) -> Option<String> {
    let decimals = variable.decimals.filter(|_| !variable.made_of.is_empty()).map(u32::from)?;
    let exact = Exact::Ratio(value.to_ratio());
    (!exact.has_at_most(decimals)).then(|| exact.rounded(decimals))
}

impl ShownLine {
    /// What is shown of a line.
    pub fn of(line: &Line, lines_as: LineText) -> ShownLine {
        let agents: Vec<String> = line.agents.iter().map(|agent| agent.name.clone()).collect();
        let (names, response) = (agents.join(" + "), line.target.to_string());
        let text = match lines_as {
            LineText::Details => line.to_string(),
            LineText::Agents if response.is_empty() => names,
            LineText::Response if response.is_empty() => format!("{names}: {NOT_REPORTED}"),
            LineText::Agents | LineText::Response => format!("{names}: {response}"),
        };
        ShownLine { text, agents, response: line.response() }
    }
}

/// The best response of the lines that an entry shows. Missing where no line reports one.
pub(super) fn best_response(lines: &ListingEntry) -> ListingEntry {
    let ListingEntry::Lines(lines) = lines else { return ListingEntry::Missing(MissingReason::NotReported) };
    let best = lines.iter().map(|entry| entry.line.response).min_by_key(|response| (response.rank(), *response));
    match best.filter(|best| *best != Response::NotReported) {
        Some(best) => ListingEntry::Level(best.word().to_owned(), None),
        None => ListingEntry::Missing(MissingReason::NotReported),
    }
}

/// The marks in the rows that need a footnote.
#[derive(Debug, Clone, Default)]
pub(super) struct RowMarks {
    not_reported: bool,
    flags: bool,
    stated: bool,
    unreadable: bool,
}

impl RowMarks {
    /// Adds the marks of other rows.
    pub fn absorb(&mut self, other: &RowMarks) {
        self.not_reported |= other.not_reported;
        self.flags |= other.flags;
        self.stated |= other.stated;
        self.unreadable |= other.unreadable;
    }

    /// Notes the marks of an entry.
    pub fn note(&mut self, entry: &ListingEntry) {
        match entry {
            ListingEntry::Missing(reason) => self.not_reported |= *reason == MissingReason::NotReported,
            ListingEntry::Unreadable(_) => self.unreadable = true,
            ListingEntry::Number(number) => {
                self.flags |= number.flagged;
                self.stated |= number.value.is_none();
            }
            ListingEntry::Lines(lines) => {
                self.not_reported |= lines.iter().any(|entry| entry.line.text.ends_with(NOT_REPORTED))
            }
            ListingEntry::Text(_) | ListingEntry::Level(..) | ListingEntry::Items(_) => {}
        }
    }

    /// One sentence per mark.
    pub fn footnotes(&self) -> Vec<String> {
        let all = [
            (self.not_reported, "NR: not reported."),
            (self.flags, "H, L: above or below the reference range for the age and sex of the patient."),
            (self.stated, "(stated): the records have a word instead of a value."),
            (self.unreadable, "(unreadable): the cell has content that does not fit its column."),
        ];
        all.into_iter().filter(|(is_used, _)| *is_used).map(|(_, sentence)| sentence.to_owned()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cohort::cell::{self, CellRules};
    use crate::decimal::Decimal;
    use crate::schema::{Kind, ReferenceRange, Role};

    fn lab(ranges: Vec<ReferenceRange>) -> Variable {
        Variable { role: Role::Lab, kind: Kind::Number, ranges, ..Variable::new("hb") }
    }

    fn range(low: i64, high: i64) -> ReferenceRange {
        let bound = |value| Some(Decimal::from_int(value));
        ReferenceRange { sex: None, age: None, low: bound(low), high: bound(high), source: "a book".to_owned() }
    }

    fn text(cell: &str, variable: &Variable) -> String {
        let rules = CellRules { variable, decimal_comma: false, extra_missing: &[] };
        let column = CaseColumn { column: 0, rules };
        let state = CaseCell::Number(cell::number(cell, &rules));
        ListingEntry::of(state, &column, &Person::default(), || cell.into(), LineText::Response).joined()
    }

    #[test]
    fn a_flag_marks_abnormal_values_and_a_stated_word_stays_if_it_adds_information() {
        let judged = lab(vec![range(11, 15)]);
        for (cell, expected) in [
            ("8.40", "8.40 L"),
            ("8.4 (low)", "8.4 L"),
            ("8.4 (abnormal)", "8.4 L"),
            ("8.4 (high)", "8.4 L (high)"),
            ("12 (high)", "12 (high)"),
            ("12 (normal)", "12"),
            (">15", ">15 H"),
            (">12", ">12"),
            ("<11 (speckled)", "<11 L (speckled)"),
            ("normal", "normal (stated)"),
            ("12-15", "12-15 (unreadable)"),
            ("1:80", "1:80 H"),
            (">1:80 (speckled)", ">1:80 H (speckled)"),
            ("", "NR"),
            ("not done", "not done"),
        ] {
            assert_eq!(text(cell, &judged), expected, "{cell}");
        }
        assert_eq!(text("8.4 (low)", &lab(Vec::new())), "8.4 (low)");
    }

    #[test]
    fn a_duration_in_another_unit_is_a_short_decimal_or_unchanged() {
        let age = Variable { role: Role::Age, kind: Kind::Number, ..Variable::new("age") };
        for (cell, expected) in
            [("30 months", "2.5"), ("2y3m", "2.25"), ("28 months", "28 months"), (">30 months", ">2.5")]
        {
            assert_eq!(text(cell, &age), expected, "{cell}");
        }
    }
}
