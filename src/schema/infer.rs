//! From the header and the lexical classes of all cells to the meaning of a column.
//!
//! The classes of every cell are counted like any tally, so that the decision does not depend
//! on the order of the rows, on how many there are, or on how many different values they hold.

use super::header::HeaderReading;
use super::lexical::{Lexeme, Measurement};
use super::table_schema::DeclaredVariable;
use super::{Kind, Role, Variable};
use crate::diagnostic::{Finding, Severity, SourceLocation, quoted};
use crate::read::ITEM;
use std::collections::BTreeMap;

/// What a cell looks like, as far as the kind of its column depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// No value.
    Missing,
    /// `0` or `1`.
    ZeroOne,
    /// Any other number, with or without unit or status; a titre.
    Number,
    /// Known only to lie beyond a number.
    Censored,
    /// An age such as `2y6m`.
    Age,
    /// A date.
    Date,
    /// Yes or no.
    YesNo,
    /// A word for a laboratory result.
    Stated,
    /// A number that cannot be read as it stands.
    Unreadable,
    /// Several short items.
    List,
    /// Treatment lines with a response.
    Lines,
    /// Text of some length.
    Long,
    /// Anything else.
    Word,
}

impl Class {
    /// The class of a text.
    pub fn of(lexeme: &Lexeme<'_>) -> Class {
        match lexeme {
            Lexeme::Missing(_) => Class::Missing,
            Lexeme::Date(_) => Class::Date,
            Lexeme::YesNo(_) => Class::YesNo,
            Lexeme::Stated(_) => Class::Stated,
            Lexeme::Age(_) => Class::Age,
            Lexeme::Measurement(m) if m.comparator.is_some() => Class::Censored,
            Lexeme::Measurement(m) if is_zero_or_one(m) => Class::ZeroOne,
            Lexeme::Measurement(_) => Class::Number,
            Lexeme::OtherMark { .. } | Lexeme::OutOfRange => Class::Unreadable,
            Lexeme::Lines { responses: true, .. } => Class::Lines,
            Lexeme::Lines { delimiter: Some(_), .. } | Lexeme::List { .. } => Class::List,
            Lexeme::Lines { .. } | Lexeme::Word => Class::Word,
            Lexeme::Long => Class::Long,
        }
    }

    /// The words used in messages.
    pub fn word(self) -> &'static str {
        match self {
            Class::Missing => "missing",
            Class::ZeroOne | Class::Number | Class::Censored => "numbers",
            Class::Age => "ages",
            Class::Date => "dates",
            Class::YesNo => "yes or no",
            Class::Stated => "stated results",
            Class::Unreadable => "unreadable numbers",
            Class::List => "lists",
            Class::Lines => "treatment lines",
            Class::Long => "long texts",
            Class::Word => "words",
        }
    }
}

fn is_zero_or_one(m: &Measurement<'_>) -> bool {
    m.unit.is_none() && m.stated.is_none() && !m.titre && m.value.scale() == 0 && matches!(m.value.mantissa(), 0 | 1)
}

/// How often a class was met, and where first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Met {
    /// Number of cells.
    pub cells: u64,
    /// The first of them by place, with its text; none where it was counted without a look.
    pub first: Option<(SourceLocation, String)>,
}

/// The lexical classes of all cells of one column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evidence {
    classes: BTreeMap<Class, Met>,
    units: BTreeMap<String, u64>,
    delimiters: BTreeMap<char, u64>,
}

impl Evidence {
    /// Notes where a class was met, and adds no count.
    pub fn meet(&mut self, class: Class, location: SourceLocation, text: &str) {
        let met = self.classes.entry(class).or_default();
        if met.first.as_ref().is_none_or(|(first, _)| location.order() < first.order()) {
            met.first = Some((location, text.to_owned()));
        }
    }

    /// Counts cells of one text.
    pub fn count(&mut self, lexeme: &Lexeme<'_>, cells: u64) {
        self.count_class(Class::of(lexeme), cells);
        match lexeme {
            Lexeme::Measurement(Measurement { unit: Some(unit), .. }) => {
                add(&mut self.units, (*unit).to_owned(), cells)
            }
            Lexeme::List { delimiter } | Lexeme::Lines { delimiter: Some(delimiter), .. } => {
                add(&mut self.delimiters, *delimiter, cells);
            }
            _ => {}
        }
    }

    /// Counts cells of a known class.
    pub fn count_class(&mut self, class: Class, cells: u64) {
        let met = self.classes.entry(class).or_default();
        met.cells = met.cells.saturating_add(cells);
    }

    /// Adds the evidence of another part of the column.
    pub fn merge(&mut self, other: Evidence) {
        for (class, theirs) in other.classes {
            self.count_class(class, theirs.cells);
            if let Some((location, text)) = theirs.first {
                self.meet(class, location, &text);
            }
        }
        other.units.into_iter().for_each(|(unit, cells)| add(&mut self.units, unit, cells));
        other.delimiters.into_iter().for_each(|(delimiter, cells)| add(&mut self.delimiters, delimiter, cells));
    }

    /// Cells that carry a unit of their own.
    pub fn with_unit(&self) -> u64 {
        self.units.values().fold(0_u64, |sum, cells| sum.saturating_add(*cells))
    }

    /// Cells of a class.
    pub fn cells(&self, class: Class) -> u64 {
        self.classes.get(&class).map_or(0, |met| met.cells)
    }

    /// The first cell of a class.
    pub fn first(&self, class: Class) -> Option<&(SourceLocation, String)> {
        self.classes.get(&class).and_then(|met| met.first.as_ref())
    }

    fn sum(&self, classes: &[Class]) -> u64 {
        classes.iter().fold(0, |sum, class| sum.saturating_add(self.cells(*class)))
    }

    fn numbers(&self) -> u64 {
        self.sum(&[Class::ZeroOne, Class::Number, Class::Censored, Class::Age, Class::Unreadable])
    }

    fn words(&self) -> u64 {
        self.sum(&[Class::Word, Class::YesNo, Class::Date, Class::List, Class::Lines, Class::Long])
    }

    fn anything(&self) -> bool {
        self.classes.iter().any(|(class, met)| *class != Class::Missing && met.cells > 0)
    }

    /// The unit written in most cells; the first in the alphabet of several.
    fn unit(&self) -> Option<&str> {
        let most = self.units.values().max()?;
        self.units.iter().find(|(_, cells)| *cells == most).map(|(unit, _)| unit.as_str())
    }

    fn delimiter(&self) -> Option<char> {
        let most = self.delimiters.values().max()?;
        self.delimiters.iter().find(|(_, cells)| *cells == most).map(|(delimiter, _)| *delimiter)
    }
}

fn add<K: Ord>(counts: &mut BTreeMap<K, u64>, key: K, cells: u64) {
    let count = counts.entry(key).or_default();
    *count = count.saturating_add(cells);
}

/// What the command line says of one column.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Forced {
    /// `--role COL=ROLE`
    pub role: Option<Role>,
    /// `--kind COL=KIND`
    pub kind: Option<Kind>,
    /// `--show COL`
    pub show: bool,
}

/// The meaning of one column: the command line decides, then the schema, then header and cells.
pub fn infer(header: &str, evidence: &Evidence, declared: Option<&DeclaredVariable>, forced: Forced) -> Variable {
    let reading = super::header::read_header(header);
    let mut variable = Variable::new(header);
    variable.name.clone_from(&reading.name);
    variable.unit.clone_from(&reading.unit);
    variable.role = reading.role;
    variable.why.clone_from(&reading.why);
    if let Some(declared) = declared {
        declared.apply(&mut variable);
    }
    if let Some(role) = forced.role {
        variable.role = role;
        variable.why = format!("--role {header}={role}");
    }
    let (kind, why) = match (forced.kind, declared.and_then(|d| d.kind)) {
        (Some(kind), _) => (kind, format!("--kind {header}={kind}")),
        (None, Some(kind)) => (kind, String::new()),
        (None, None) if forced.show && variable.role == Role::DirectIdentifier => {
            kind_of(Role::Other, &reading, evidence)
        }
        (None, None) => kind_of(variable.role, &reading, evidence),
    };
    variable.kind = kind;
    variable.kind_is_given = forced.kind.or(declared.and_then(|d| d.kind)).is_some();
    let reasons: Vec<String> = [variable.why, why].into_iter().filter(|why| !why.is_empty()).collect();
    variable.why = reasons.join("; ");
    variable.shown |= forced.show;
    if kind == Kind::Number && variable.unit.is_none() {
        // An age without a unit is in years.
        let assumed = (variable.role == Role::Age).then(|| "years".to_owned());
        variable.unit = evidence.unit().map(str::to_owned).or(assumed);
    }
    if matches!(kind, Kind::Set | Kind::Lines) && variable.delimiter.is_none() && variable.members.is_empty() {
        variable.delimiter = Some(evidence.delimiter().filter(|d| *d != ITEM).unwrap_or(';'));
    }
    variable
}

/// Roles of levels: a long cell is a long level, and a number is a code.
const TABULATED: [Role; 5] = [Role::Sex, Role::Etiology, Role::Site, Role::Response, Role::Outcome];

fn kind_of(role: Role, header: &HeaderReading, cells: &Evidence) -> (Kind, String) {
    let because = |kind, why: &str| (kind, why.to_owned());
    match role {
        Role::CaseId => return because(Kind::Text, ""),
        Role::DirectIdentifier => return because(Kind::Text, "direct identifier, withheld"),
        _ if header.is_notes => return because(Kind::Text, "the header says free text"),
        _ => {}
    }
    let numbers = cells.numbers();
    let (lines, words) = (cells.cells(Class::Lines), cells.words());
    if role == Role::Treatment && words > 0 && cells.cells(Class::YesNo) < words && words >= numbers {
        return because(Kind::Lines, "treatment lines");
    }
    if lines > 0 && lines.saturating_mul(2) >= words.saturating_add(numbers) {
        return because(Kind::Lines, "cells name treatments with a response");
    }
    if cells.cells(Class::Long) > 0 && !TABULATED.contains(&role) {
        return because(Kind::Text, "a cell of over 40 characters or with a line end");
    }
    if role == Role::Site && words > 0 && words >= numbers {
        return because(Kind::Set, "anatomical sites, several a case or one");
    }
    if cells.cells(Class::List) > 0 && words >= numbers {
        return because(Kind::Set, "cells hold several items");
    }
    if let Some(kind) = calendar_or_number(role, header, cells, numbers, words) {
        return kind;
    }
    if cells.cells(Class::YesNo) > 0
        && words == cells.cells(Class::YesNo)
        && cells.cells(Class::Stated) == 0
        && numbers == 0
    {
        return because(Kind::Binary, "cells are yes or no");
    }
    because(Kind::Category, if cells.anything() { "cells are words" } else { "no cell holds a value" })
}

fn calendar_or_number(
    role: Role,
    header: &HeaderReading,
    cells: &Evidence,
    numbers: u64,
    words: u64,
) -> Option<(Kind, String)> {
    let because = |kind, why: &str| Some((kind, why.to_owned()));
    let dates = cells.cells(Class::Date);
    let calendar = header.is_year || header.is_date;
    if calendar && numbers.saturating_add(dates) > 0 {
        return because(Kind::Date, "the header says year or date");
    }
    if dates > 0 && dates >= numbers && dates.saturating_mul(2) >= words {
        return because(Kind::Date, "cells are dates");
    }
    if numbers > 0 && numbers >= words {
        if cells.cells(Class::ZeroOne) == numbers && words == 0 && cells.cells(Class::Stated) == 0 && role != Role::Age
        {
            return because(Kind::Binary, "cells are 0 or 1");
        }
        if TABULATED.contains(&role) {
            return because(Kind::Category, "numbers in this column are codes");
        }
        return because(Kind::Number, "cells are numbers");
    }
    if role == Role::Age && !cells.anything() {
        return because(Kind::Number, "an age");
    }
    None
}

/// What must be said of a column whose cells are of several classes, or were read in one of several ways.
///
/// Nothing is said of a kind that was given, nor of a column that is withheld.
pub fn remarks(variable: &Variable, evidence: &Evidence) -> Vec<Finding> {
    if variable.kind_is_given || variable.is_withheld() {
        return Vec::new();
    }
    let remark = match variable.kind {
        Kind::Category | Kind::Set => mixed(variable, evidence),
        Kind::Text => long_cell(variable, evidence),
        Kind::Binary if evidence.cells(Class::ZeroOne) > 0 => Some(zero_one(&variable.header)),
        Kind::Number => unit_assumed(variable, evidence),
        _ => None,
    };
    remark.into_iter().collect()
}

fn mixed(variable: &Variable, evidence: &Evidence) -> Option<Finding> {
    let (class, cells, (location, text)) = minority(evidence)?;
    let counted = if variable.kind == Kind::Set { "items" } else { "levels" };
    let message =
        format!("{cells} of the cells are {}, the others are not; they are counted as {counted}", class.word());
    let kind = |kind: Kind| quoted(&format!("{}={kind}", variable.header));
    let remedy = format!(
        "correct the cells, or say what the column is: --kind {} or --kind {}",
        kind(Kind::Number),
        kind(variable.kind)
    );
    let finding = Finding::new("mixed-column", Severity::Warning, message).at(location).value(text);
    Some(finding.column(&variable.header).remedy(remedy))
}

fn long_cell(variable: &Variable, evidence: &Evidence) -> Option<Finding> {
    let (location, text) = evidence.first(Class::Long)?;
    let shorts = evidence.sum(&[Class::Word, Class::Number, Class::ZeroOne, Class::List]);
    if shorts == 0 || variable.why.contains("header says free text") {
        return None;
    }
    let value: String = text.chars().take(60).collect();
    let message = "long cells make this column text: counted, not tabulated";
    let remedy = format!("to tabulate it all the same: --kind {}", quoted(&format!("{}=category", variable.header)));
    let finding = Finding::new("long-cell-as-text", Severity::Note, message).at(location.clone()).value(value);
    Some(finding.column(&variable.header).remedy(remedy))
}

fn zero_one(header: &str) -> Finding {
    let kind = quoted(&format!("{header}=number"));
    let remedy = format!("--kind {kind} if they are measurements; a schema can label the levels");
    let message = "0 and 1 are read as two levels, not as numbers";
    Finding::new("zero-one-binary", Severity::Note, message).column(header).remedy(remedy)
}

/// Some cells carry the unit that the others are taken to be in.
fn unit_assumed(variable: &Variable, evidence: &Evidence) -> Option<Finding> {
    let with_unit = evidence.with_unit();
    let unit = variable.unit.as_ref()?;
    let without = evidence.numbers().saturating_sub(with_unit);
    if with_unit == 0 || without == 0 || variable.header.contains(unit.as_str()) {
        return None;
    }
    let message = format!("{with_unit} cells carry a unit; the {without} without one are taken to be in {unit}");
    let remedy = format!("write the unit behind the column name: {} ({unit})", variable.name);
    Some(Finding::new("unit-assumed", Severity::Note, message).column(&variable.header).remedy(remedy))
}

/// The class that makes a column of words or lists a mixed one: numbers or dates among them.
fn minority(evidence: &Evidence) -> Option<(Class, u64, (SourceLocation, String))> {
    let classes = [Class::Number, Class::ZeroOne, Class::Censored, Class::Date, Class::Age, Class::Unreadable];
    let cells = evidence.sum(&classes);
    if cells == 0 || evidence.sum(&[Class::Word, Class::YesNo, Class::Stated, Class::List]) == 0 {
        return None;
    }
    let firsts = classes.iter().filter_map(|class| evidence.first(*class).map(|first| (*class, first.clone())));
    let (class, first) = firsts.min_by_key(|(_, (location, _))| location.order())?;
    Some((class, cells, first))
}
