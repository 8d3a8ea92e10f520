//! From the header and the lexical classes of all cells to the meaning of a column.
//!
//! The classes of every cell are counted like any tally, so that the decision does not depend
//! on the order of the rows, on how many there are, or on how many different values they hold.

use super::header::HeaderReading;
use super::lexical::{Lexeme, Measurement};
use super::table_schema::DeclaredVariable;
use super::{Kind, KindReason, Role, Variable};
use crate::diagnostic::SourceLocation;
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
    /// A number that cannot be read as written.
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

/// How often a class occurs, and its first cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Met {
    /// Number of cells.
    pub cells: u64,
    /// Location and text of the first cell; `None` where only the count is known.
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
    /// Records a cell of a class as its first, if it is, and counts nothing.
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

    /// Cells with their own unit.
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

    pub(super) fn sum(&self, classes: &[Class]) -> u64 {
        classes.iter().fold(0, |sum, class| sum.saturating_add(self.cells(*class)))
    }

    pub(super) fn numbers(&self) -> u64 {
        self.sum(&[Class::ZeroOne, Class::Number, Class::Censored, Class::Age, Class::Unreadable])
    }

    fn words(&self) -> u64 {
        self.sum(&[Class::Word, Class::YesNo, Class::Date, Class::List, Class::Lines, Class::Long])
    }

    fn anything(&self) -> bool {
        self.classes.iter().any(|(class, met)| *class != Class::Missing && met.cells > 0)
    }

    /// The unit of most cells; the first in the alphabet of several.
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

/// Options of the command line for one column.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Forced {
    /// `--role COL=ROLE`
    pub role: Option<Role>,
    /// `--kind COL=KIND`
    pub kind: Option<Kind>,
    /// `--show COL`
    pub show: bool,
}

/// The variable of one column: the command line decides, then the schema, then header and cells.
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
    let is_identifier_shown = forced.show && variable.role == Role::DirectIdentifier;
    let role = if is_identifier_shown { Role::Other } else { variable.role };
    let (kind, why) = match (forced.kind, declared.and_then(|d| d.kind)) {
        (Some(kind), _) => (kind, format!("--kind {header}={kind}")),
        (None, Some(kind)) => (kind, String::new()),
        (None, None) => {
            let (kind, reason) = kind_of(role, &reading, evidence);
            variable.kind_reason = Some(reason);
            (kind, reason.to_string())
        }
    };
    variable.kind = kind;
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

/// Roles whose columns have levels: a long cell is a long level, and a number is a code.
const TABULATED: [Role; 5] = [Role::Sex, Role::Etiology, Role::Site, Role::Response, Role::Outcome];

fn kind_of(role: Role, header: &HeaderReading, cells: &Evidence) -> (Kind, KindReason) {
    let because = |kind, reason| (kind, reason);
    match role {
        Role::CaseId => return because(Kind::Text, KindReason::CaseId),
        Role::DirectIdentifier => return because(Kind::Text, KindReason::Identifier),
        _ if header.is_notes => return because(Kind::Text, KindReason::NotesHeader),
        _ => {}
    }
    let numbers = cells.numbers();
    let (lines, words) = (cells.cells(Class::Lines), cells.words());
    if role == Role::Treatment && words > 0 && cells.cells(Class::YesNo) < words && words >= numbers {
        return because(Kind::Lines, KindReason::TreatmentLines);
    }
    if lines > 0 && lines.saturating_mul(2) >= words.saturating_add(numbers) {
        return because(Kind::Lines, KindReason::Responses);
    }
    if cells.cells(Class::Long) > 0 && !TABULATED.contains(&role) {
        return because(Kind::Text, KindReason::LongCells);
    }
    if role == Role::Site && words > 0 && words >= numbers {
        return because(Kind::Set, KindReason::Sites);
    }
    if cells.cells(Class::List) > 0 && words >= numbers {
        return because(Kind::Set, KindReason::Lists);
    }
    if let Some(kind) = calendar_or_number(role, header, cells, numbers, words) {
        return kind;
    }
    if cells.cells(Class::YesNo) > 0
        && words == cells.cells(Class::YesNo)
        && cells.cells(Class::Stated) == 0
        && numbers == 0
    {
        return because(Kind::Binary, KindReason::YesNo);
    }
    because(Kind::Category, if cells.anything() { KindReason::Words } else { KindReason::Empty })
}

fn calendar_or_number(
    role: Role,
    header: &HeaderReading,
    cells: &Evidence,
    numbers: u64,
    words: u64,
) -> Option<(Kind, KindReason)> {
    let because = |kind, reason| Some((kind, reason));
    let dates = cells.cells(Class::Date);
    let calendar = header.is_year || header.is_date;
    if calendar && numbers.saturating_add(dates) > 0 {
        return because(Kind::Date, KindReason::CalendarHeader);
    }
    if dates > 0 && dates >= numbers && dates.saturating_mul(2) >= words {
        return because(Kind::Date, KindReason::Dates);
    }
    if numbers > 0 && numbers >= words {
        if cells.cells(Class::ZeroOne) == numbers && words == 0 && cells.cells(Class::Stated) == 0 && role != Role::Age
        {
            return because(Kind::Binary, KindReason::ZeroOne);
        }
        if TABULATED.contains(&role) {
            return because(Kind::Category, KindReason::Codes);
        }
        return because(Kind::Number, KindReason::Numbers);
    }
    if role == Role::Age && !cells.anything() {
        return because(Kind::Number, KindReason::AgeHeader);
    }
    None
}
