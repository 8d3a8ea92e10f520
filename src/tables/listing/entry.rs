//! What one cell of a listing says, for readers and for scripts.

use crate::cohort::case::{CaseCell, CaseColumn};
use crate::cohort::cell::{CellState, DateState, LevelState, LinesState, SetState, Stated};
use crate::cohort::lines::Line;
use crate::cohort::quantity::Quantity;
use crate::cohort::range::{Person, against, range_for};
use crate::schema::lexical::{Comparator, stated_word};
use crate::schema::response::Response;
use crate::schema::{Reason, Status, Variable};
use num_traits::ToPrimitive;
use std::borrow::Cow;

/// What is printed where nothing is reported.
const NOT_REPORTED: &str = "NR";
/// Most decimals of a duration in another unit than its column; a longer one stands as it is written.
const MOST_DECIMALS: u8 = 2;

/// One cell of a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// Nothing is known, and why.
    Missing(Reason),
    /// Something that cannot be read, as it stands.
    Unreadable(String),
    /// A text.
    Text(String),
    /// A level, with the label shown in its place.
    Level(String, Option<String>),
    /// A number.
    Number(NumberEntry),
    /// Several items; none where it is known that there are none.
    Items(Vec<String>),
    /// Treatment lines; none for a patient without treatment.
    Lines(Vec<LineEntry>),
}

/// A number, or the word stated in its place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NumberEntry {
    /// As a reader sees it: `8.4 L`, `>1280`, `normal (stated)`.
    pub text: String,
    /// The value as JSON writes it; none for a word.
    pub value: Option<String>,
    /// `>` of a value that is censored.
    pub sign: Option<&'static str>,
    /// Against the reference range, else as stated.
    pub status: Option<Status>,
    /// True where the reference range gave a flag.
    pub flagged: bool,
}

/// One treatment line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineEntry {
    /// With its number before it.
    pub text: String,
    /// The names of the agents.
    pub agents: Vec<String>,
    /// In the target domain.
    pub response: Response,
}

impl Entry {
    /// What a cell says; `written` is its text as it stands.
    pub fn of<'w>(
        cell: CaseCell,
        column: &CaseColumn<'_>,
        person: &Person,
        written: impl Fn() -> Cow<'w, str>,
        details: bool,
    ) -> Entry {
        match cell {
            CaseCell::Number(state) => number(state, column.variable(), person, written),
            CaseCell::Level(LevelState::Level(level)) => {
                let declared = column.variable().levels.iter().find(|known| known.value == level);
                let label = declared.and_then(|known| known.label.clone());
                Entry::Level(level, label)
            }
            CaseCell::Set(SetState::Items(set)) => Entry::Items(set.items),
            CaseCell::Date(DateState::Date(date)) => Entry::Text(date.to_string()),
            CaseCell::Lines(LinesState::Lines(lines)) => {
                Entry::Lines(lines.iter().enumerate().map(|(at, line)| line_entry(at, line, details)).collect())
            }
            CaseCell::Level(LevelState::Missing(reason))
            | CaseCell::Set(SetState::Missing(reason))
            | CaseCell::Date(DateState::Missing(reason))
            | CaseCell::Lines(LinesState::Missing(reason)) => Entry::Missing(reason),
            CaseCell::Level(LevelState::Unreadable(_))
            | CaseCell::Date(DateState::Unreadable(_))
            | CaseCell::Lines(LinesState::Unreadable(_)) => Entry::Unreadable(written().into_owned()),
        }
    }

    /// The parts of the entry for a reader; a renderer joins them by `; ` or puts one below the other.
    pub fn parts(&self) -> Vec<String> {
        match self {
            Entry::Missing(Reason::NotReported) => vec![NOT_REPORTED.to_owned()],
            Entry::Missing(reason) => vec![reason.word().to_owned()],
            Entry::Unreadable(text) => vec![format!("{text} (unreadable)")],
            Entry::Text(text) => vec![text.clone()],
            Entry::Level(level, label) => vec![label.as_ref().unwrap_or(level).clone()],
            Entry::Number(number) => vec![number.text.clone()],
            Entry::Items(items) if items.is_empty() => vec!["none".to_owned()],
            Entry::Lines(lines) if lines.is_empty() => vec!["none".to_owned()],
            Entry::Items(items) => items.clone(),
            Entry::Lines(lines) => lines.iter().map(|line| line.text.clone()).collect(),
        }
    }

    /// The entry on one line, for a reader.
    pub fn joined(&self) -> String {
        self.parts().join("; ")
    }

    /// The entry of a delimited file: empty where nothing is reported, a level as the data have it.
    pub fn delimited(&self) -> String {
        match self {
            Entry::Missing(Reason::NotReported) => String::new(),
            Entry::Unreadable(text) => text.clone(),
            Entry::Level(level, _) => level.clone(),
            other => other.joined(),
        }
    }

    fn status(&self, variable: &Variable) -> Option<Status> {
        match self {
            Entry::Number(number) => number.status,
            Entry::Level(level, _) => status_of(level, variable),
            _ => None,
        }
    }
}

/// What a level says of a result, such as `not raised`; nothing for `neurogenic`.
pub(super) fn status_of(level: &str, variable: &Variable) -> Option<Status> {
    variable.stated.get(level).copied().or_else(|| stated_word(level))
}

fn number<'w>(state: CellState, variable: &Variable, person: &Person, written: impl Fn() -> Cow<'w, str>) -> Entry {
    let (comparator, value, stated) = match state {
        CellState::Value(number) => (None, number.value, number.stated),
        CellState::Censored { comparator, value, stated } => (Some(comparator), value, stated),
        CellState::StatedOnly(stated) => {
            let text = format!("{} (stated)", stated.word);
            return Entry::Number(NumberEntry { text, status: stated.status, ..NumberEntry::default() });
        }
        CellState::Unreadable(_) => return Entry::Unreadable(written().into_owned()),
        CellState::Missing(reason) => return Entry::Missing(reason),
    };
    let by_range = range_for(&variable.ranges, person).and_then(|range| against(comparator, value, range));
    let sign = comparator.map(Comparator::sign);
    let (text, number) = value_texts(value);
    // Only a titre holds a colon: 1:80.
    let titre = if written().contains(':') { "1:" } else { "" };
    let text = text.map(|text| format!("{}{titre}{text}", sign.unwrap_or_default()));
    let text = text.unwrap_or_else(|| written().into_owned());
    let flag = match by_range {
        Some(Status::High) => " H",
        Some(Status::Low) => " L",
        _ => "",
    };
    let word = stated.as_ref().filter(|stated| !is_told_by(by_range, stated));
    let word = word.map_or(String::new(), |stated| format!(" ({})", stated.word));
    Entry::Number(NumberEntry {
        text: format!("{text}{flag}{word}"),
        value: Some(number),
        sign,
        status: by_range.or(stated.and_then(|stated| stated.status)),
        flagged: !flag.is_empty(),
    })
}

/// True where the status against the range says what is stated, which then need not be repeated.
fn is_told_by(by_range: Option<Status>, stated: &Stated) -> bool {
    match (by_range, stated.status) {
        (Some(by_range), Some(Status::Abnormal)) => by_range != Status::Normal,
        (Some(by_range), Some(said)) => by_range == said,
        _ => false,
    }
}

/// A value for a reader, where it is a short decimal in its unit, and for a script.
fn value_texts(value: Quantity) -> (Option<String>, String) {
    let decimal = value.decimal().or_else(|| {
        let scale = value.scale.saturating_add(MOST_DECIMALS);
        let numerator = value.over(false, scale)?;
        Some(Quantity { numerator, twelfths: false, scale }.decimal()?.normalised())
    });
    match decimal {
        Some(decimal) => (Some(decimal.to_string()), decimal.to_string()),
        None => (None, value.to_ratio().to_f64().unwrap_or_default().to_string()),
    }
}

fn line_entry(at: usize, line: &Line, details: bool) -> LineEntry {
    let agents: Vec<String> = line.agents.iter().map(|agent| agent.name.clone()).collect();
    let said = if details {
        line.to_string()
    } else {
        let response = line.target.to_string();
        let response = if response.is_empty() { NOT_REPORTED.to_owned() } else { response };
        format!("{}: {response}", agents.join(" + "))
    };
    LineEntry { text: format!("{} {said}", at + 1), agents, response: line.response() }
}

/// The best response of the lines; nothing where there is no line, or none that says one.
pub(super) fn best_response(cell: &CaseCell) -> Entry {
    let CaseCell::Lines(LinesState::Lines(lines)) = cell else { return Entry::Missing(Reason::NotReported) };
    let best = lines.iter().map(Line::response).min_by_key(|response| (response.rank(), *response));
    match best.filter(|best| *best != Response::NotReported) {
        Some(best) => Entry::Level(best.word().to_owned(), None),
        None => Entry::Missing(Reason::NotReported),
    }
}

/// The labs that are reported: abnormal results first, then values, then words that say nothing is wrong.
pub(super) fn labs<'a>(entries: impl Iterator<Item = (&'a Variable, Entry)>) -> Entry {
    let (mut abnormal, mut others) = (Vec::new(), Vec::new());
    let mut unremarkable: Vec<(String, Vec<&str>)> = Vec::new();
    for (variable, entry) in entries {
        let (status, text) = (entry.status(variable), entry.parts().join(", "));
        let is_word = !matches!(&entry, Entry::Number(NumberEntry { value: Some(_), .. }));
        match status {
            Some(Status::Normal | Status::Negative) if is_word => {
                match unremarkable.iter_mut().find(|(known, _)| *known == text) {
                    Some((_, names)) => names.push(&variable.name),
                    None => unremarkable.push((text, vec![&variable.name])),
                }
            }
            None | Some(Status::Normal | Status::Negative) => others.push(format!("{} {text}", variable.name)),
            Some(_) => abnormal.push(format!("{} {text}", variable.name)),
        }
    }
    let unremarkable = unremarkable.into_iter().map(|(word, names)| format!("{word}: {}", names.join(", ")));
    let items: Vec<String> = abnormal.into_iter().chain(others).chain(unremarkable).collect();
    if items.is_empty() { Entry::Missing(Reason::NotReported) } else { Entry::Items(items) }
}

/// Which marks stand in the rows and need a footnote.
#[derive(Debug, Clone, Default)]
pub(super) struct Marks {
    not_reported: bool,
    flags: bool,
    stated: bool,
    unreadable: bool,
}

impl Marks {
    /// Notes the marks of an entry.
    pub fn note(&mut self, entry: &Entry) {
        match entry {
            Entry::Missing(reason) => self.not_reported |= *reason == Reason::NotReported,
            Entry::Unreadable(_) => self.unreadable = true,
            Entry::Number(number) => {
                self.flags |= number.flagged;
                self.stated |= number.value.is_none();
            }
            Entry::Lines(lines) => self.not_reported |= lines.iter().any(|line| line.text.ends_with(NOT_REPORTED)),
            Entry::Text(_) | Entry::Level(..) | Entry::Items(_) => {}
        }
    }

    /// One sentence a mark.
    pub fn footnotes(&self) -> Vec<String> {
        let all = [
            (self.not_reported, "NR: not reported."),
            (self.flags, "H, L: above or below the reference range for the age and sex of the patient."),
            (self.stated, "(stated): the records have a word in place of a value."),
            (self.unreadable, "(unreadable): something stands in the cell, but nothing its column can hold."),
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
        Entry::of(state, &column, &Person::default(), || cell.into(), false).joined()
    }

    #[test]
    fn a_flag_says_where_a_value_lies_and_what_is_stated_stays_where_it_says_more() {
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
    fn a_duration_in_another_unit_is_a_short_decimal_or_stands_as_it_is() {
        let age = Variable { role: Role::Age, kind: Kind::Number, ..Variable::new("age") };
        for (cell, expected) in
            [("30 months", "2.5"), ("2y3m", "2.25"), ("28 months", "28 months"), (">30 months", ">2.5")]
        {
            assert_eq!(text(cell, &age), expected, "{cell}");
        }
    }

    #[test]
    fn labs_begin_with_what_is_abnormal() {
        let judged = lab(vec![range(11, 15)]);
        let word = |name: &str| Variable { role: Role::Lab, ..Variable::new(name) };
        let (ana, renal, esr) = (word("ana"), word("renal"), word("esr"));
        let number = |cell: &str| {
            let rules = CellRules { variable: &judged, decimal_comma: false, extra_missing: &[] };
            number(cell::number(cell, &rules), &judged, &Person::default(), || cell.into())
        };
        let level = |level: &str| Entry::Level(level.to_owned(), None);
        let entries = vec![
            (&renal, level("normal")),
            (&judged, number("12")),
            (&esr, level("normal")),
            (&ana, level("positive")),
            (&judged, number("20")),
        ];
        let entry = labs(entries.into_iter());
        assert_eq!(entry.joined(), "ana positive; hb 20 H; hb 12; normal: renal, esr");
        assert_eq!(labs(std::iter::empty()), Entry::Missing(Reason::NotReported));
    }
}
