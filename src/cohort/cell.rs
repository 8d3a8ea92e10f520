//! What the text of one cell means in its column: the only place where a cell is read.
//!
//! A stated word, a missing token and an unreadable text are never the same: `normal` is a statement
//! about the patient, `unknown` is not, and `12-15` is a mistake to be checked.

use super::age;
use super::lines::{Line, LineFault, parse_lines};
use super::quantity::Quantity;
use super::unit::{converted, same_unit};
use super::unreadable::Unreadable;
use crate::read::block::ITEM;
use crate::schema::lexical::{
    Age, Comparator, Date, DurationUnit, Lexeme, Measurement, NumberFormat, classify, duration_unit, flag, last_words,
    missing_token, stated_word, yes_no,
};
use crate::schema::{BareReading, MissingReason, Role, Status, Variable};

/// How the cells of one column are read.
#[derive(Debug, Clone, Copy)]
pub struct CellRules<'a> {
    /// The column.
    pub variable: &'a Variable,
    /// A comma is the decimal mark.
    pub decimal_comma: bool,
    /// Further missing tokens, compared exactly.
    pub extra_missing: &'a [String],
}

impl CellRules<'_> {
    /// The decimal mark of the file.
    pub fn mark(&self) -> u8 {
        if self.decimal_comma { b',' } else { b'.' }
    }
}

/// A word stated instead of a value, or beside one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Stated {
    /// As written in the cell.
    pub word: String,
    /// The status it means; `None` for a remark such as `speckled`.
    pub status: Option<Status>,
}

/// A number, with what is stated beside it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct StatedNumber {
    /// The value in the unit of the column.
    pub value: Quantity,
    /// Such as `high` in `192 (high)`.
    pub stated: Option<Stated>,
}

/// What a cell of a number column contains.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum CellState {
    /// A number.
    Value(StatedNumber),
    /// A bound of the value, such as `>1280`.
    Censored {
        /// The side of the bound on which the value is, and whether the bound itself is included.
        comparator: Comparator,
        /// The bound, in the unit of the column.
        value: Quantity,
        /// What is stated beside it.
        stated: Option<Stated>,
    },
    /// A word in place of a number.
    StatedOnly(Stated),
    /// A text that is not a number of this column.
    Unreadable(Unreadable),
    /// Nothing.
    Missing(MissingReason),
}

/// What a cell of a category or binary column contains.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum LevelState {
    /// A level, after synonyms.
    Level(String),
    /// A text that is not a level of this column.
    Unreadable(Unreadable),
    /// Nothing.
    Missing(MissingReason),
}

/// What a cell of a set column contains.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum SetState {
    /// Its items; an empty set for `none`.
    Items(Items),
    /// Nothing.
    Missing(MissingReason),
}

/// The items of one patient, each once, in the order of the cell.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Items {
    /// The items, after synonyms.
    pub items: Vec<String>,
    /// An item occurs more than once.
    pub repeated: bool,
    /// The cell contains both `;` and `|`.
    pub mixed_delimiters: bool,
    /// The only item contains a comma: perhaps it is a list.
    pub comma_list: bool,
    /// A missing token among the items was left out.
    pub missing_item: bool,
}

/// What a cell of a date column contains.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum DateState {
    /// A date, as precise as given.
    Date(Date),
    /// A text that is not a date.
    Unreadable(Unreadable),
    /// Nothing.
    Missing(MissingReason),
}

/// What a cell of a column of treatment lines contains.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum LinesState {
    /// The lines in order; empty for a patient without treatment.
    Lines(Vec<Line>),
    /// A text that cannot be read as lines.
    Unreadable(LineFault),
    /// Nothing.
    Missing(MissingReason),
}

/// The reason why a text counts as missing in a column; `None` if it does not.
///
/// `--missing` tokens come first, then those of the schema, which replace the built-in ones.
/// A level or synonym the schema declares is never a built-in missing token. An empty cell is
/// always missing.
pub fn missing(text: &str, rules: &CellRules) -> Option<MissingReason> {
    let text = text.trim();
    if rules.extra_missing.iter().any(|token| token.trim() == text) {
        return Some(MissingReason::NotReported);
    }
    let variable = rules.variable;
    if let Some(tokens) = &variable.missing {
        let named = tokens.iter().find(|(token, _)| token.trim() == text).map(|(_, reason)| *reason);
        return named.or_else(|| text.is_empty().then_some(MissingReason::NotReported));
    }
    let declared = variable.synonyms.contains_key(text) || variable.levels.iter().any(|level| level.value == text);
    missing_token(text).filter(|_| text.is_empty() || !declared)
}

/// Reads a cell of a number column.
pub fn number(text: &str, rules: &CellRules) -> CellState {
    let text = text.trim();
    if let Some(reason) = missing(text, rules) {
        return CellState::Missing(reason);
    }
    if let Some(status) = own_status(text, rules.variable).or_else(|| stated_word(text)) {
        return CellState::StatedOnly(Stated { word: text.to_owned(), status: Some(status) });
    }
    let reading = NumberFormat { decimal_comma: rules.decimal_comma, field_delimiter: None };
    match classify(text, reading) {
        Lexeme::Measurement(measurement) => measured(measurement, rules.variable),
        Lexeme::Age(age) => aged(age, rules.variable),
        Lexeme::Date(_) => CellState::Unreadable(Unreadable::Date),
        Lexeme::OutOfRange => CellState::Unreadable(Unreadable::OutOfRange),
        Lexeme::OtherMark { decimal, thousands } => {
            CellState::Unreadable(other_mark(decimal.is_some(), thousands.is_some(), rules.decimal_comma))
        }
        _ if text.contains(|c: char| c.is_ascii_digit()) => CellState::Unreadable(Unreadable::NotANumber),
        _ => CellState::Unreadable(Unreadable::Word),
    }
}

fn other_mark(decimal: bool, thousands: bool, decimal_comma: bool) -> Unreadable {
    match (decimal, thousands) {
        (ambiguous, true) => Unreadable::Thousands { ambiguous, decimal_comma },
        _ if decimal_comma => Unreadable::DecimalPoint,
        _ => Unreadable::DecimalComma,
    }
}

/// The unit of the numbers of a column: the schema's, or years for an age without one.
fn column_unit(variable: &Variable) -> Option<&str> {
    variable.unit.as_deref().or((variable.role == Role::Age).then_some("years"))
}

fn measured(measurement: Measurement, variable: &Variable) -> CellState {
    let value = Quantity::from(measurement.value);
    let expected = || column_unit(variable).map(str::to_owned);
    let other_unit = |found: &str| Unreadable::OtherUnit { found: found.to_owned(), expected: expected() };
    match stated_beside(measurement, variable) {
        Err(found) => CellState::Unreadable(other_unit(found)),
        Ok(Beside { unit: UnitBeside::None, .. }) if variable.reading.bare == BareReading::Unreadable => {
            CellState::Unreadable(Unreadable::UnitMissing { expected: expected().unwrap_or_default() })
        }
        Ok(Beside { unit: UnitBeside::Other(found), stated }) => {
            match column_unit(variable).and_then(|unit| converted(value, found, unit)) {
                Some(value) => known(measurement.comparator, value, stated, variable),
                None => CellState::Unreadable(other_unit(found)),
            }
        }
        Ok(Beside { stated, .. }) => known(measurement.comparator, value, stated, variable),
    }
}

fn aged(age: Age, variable: &Variable) -> CellState {
    let expected = column_unit(variable);
    let Some(unit) = expected.and_then(duration_unit) else {
        let found = if age.years.is_some() { DurationUnit::Years } else { DurationUnit::Months };
        return CellState::Unreadable(Unreadable::duration(found, expected));
    };
    match Quantity::of_age(age, unit) {
        Some(value) => known(age.comparator, value, None, variable),
        None => CellState::Unreadable(Unreadable::OutOfRange),
    }
}

fn known(comparator: Option<Comparator>, value: Quantity, stated: Option<Stated>, variable: &Variable) -> CellState {
    if let Some(why) = age::impossible(variable, comparator, value) {
        return CellState::Unreadable(why);
    }
    if let Some(value) = age::bound(variable, comparator, value) {
        return CellState::Censored { comparator: Comparator::Above, value, stated: None };
    }
    match comparator {
        Some(comparator) => CellState::Censored { comparator, value, stated },
        None => CellState::Value(StatedNumber { value, stated }),
    }
}

/// What follows a number.
struct Beside<'a> {
    unit: UnitBeside<'a>,
    stated: Option<Stated>,
}

/// The unit behind a number.
enum UnitBeside<'a> {
    None,
    OfTheColumn,
    Other(&'a str),
}

/// What is stated after a number. Errors: the text after it, if it is neither a unit nor a remark.
///
/// The column's own unit comes first (`5 L` in litres is not `5, low`), then the words of its
/// schema, then the built-in ones.
fn stated_beside<'a>(measurement: Measurement<'a>, variable: &Variable) -> Result<Beside<'a>, &'a str> {
    let tail = measurement.tail;
    let is_column_unit = |text: &str| column_unit(variable).is_some_and(|unit| same_unit(unit, text));
    if tail.is_empty() || is_column_unit(tail) {
        let unit = if tail.is_empty() { UnitBeside::None } else { UnitBeside::OfTheColumn };
        return Ok(Beside { unit, stated: None });
    }
    let own = last_words(tail).find(|(_, word)| own_status(word, variable).is_some());
    let (unit, word) = match own {
        Some((unit, word)) => (Some(unit).filter(|u| !u.is_empty()), Some(word)),
        None => (measurement.unit, measurement.stated),
    };
    let written = match unit {
        None => UnitBeside::None,
        Some(unit) if is_column_unit(unit) => UnitBeside::OfTheColumn,
        Some(unit) => UnitBeside::Other(unit),
    };
    let Some(word) = word.filter(|word| unit.is_some() || !is_column_unit(word)) else {
        return Ok(Beside { unit: written, stated: None });
    };
    let status = own_status(word, variable).or_else(|| flag(word));
    if status.is_none() && may_be_unit(word) {
        return Err(word);
    }
    Ok(Beside { unit: written, stated: Some(Stated { word: word.to_owned(), status }) })
}

/// The status that the schema of a column gives a word; case does not matter.
fn own_status(word: &str, variable: &Variable) -> Option<Status> {
    let same = |own: &str| own.trim() == word || own.trim().to_lowercase() == word.to_lowercase();
    variable.stated.iter().find(|(own, _)| same(own)).map(|(_, status)| *status)
}

/// True for a remark in parentheses that could be a unit, such as `(g/L)` or `(mg)`.
fn may_be_unit(word: &str) -> bool {
    word.contains(|c: char| !c.is_alphabetic() && !c.is_whitespace() && c != '-')
        || word.chars().count() <= 3
        || duration_unit(word).is_some()
}

/// The level of a text, after the synonyms of a column.
fn canonical<'a>(text: &'a str, variable: &'a Variable) -> &'a str {
    variable.synonyms.get(text).map_or(text, String::as_str)
}

/// Reads a cell of a category column.
pub fn level(text: &str, rules: &CellRules) -> LevelState {
    let text = text.trim();
    match missing(text, rules) {
        Some(reason) => LevelState::Missing(reason),
        None => LevelState::Level(canonical(text, rules.variable).to_owned()),
    }
}

/// Reads a cell of a binary column: `yes` and `no` for any of their words; `0` and `1` stay as they are.
///
/// Levels that the schema declares are accepted as well.
pub fn binary(text: &str, rules: &CellRules) -> LevelState {
    let text = text.trim();
    if let Some(reason) = missing(text, rules) {
        return LevelState::Missing(reason);
    }
    let text = canonical(text, rules.variable);
    let declared = rules.variable.levels.iter().any(|level| level.value == text);
    if declared || matches!(text, "0" | "1") {
        return LevelState::Level(text.to_owned());
    }
    match yes_no(text) {
        Some(answer) => LevelState::Level(if answer { "yes" } else { "no" }.to_owned()),
        None => LevelState::Unreadable(Unreadable::NotBinary),
    }
}

/// Reads a cell of a set column: items are trimmed, each is kept once; `none` alone is an empty set.
pub fn items(text: &str, rules: &CellRules) -> SetState {
    let text = text.trim();
    if let Some(reason) = missing(text, rules) {
        return SetState::Missing(reason);
    }
    if text.eq_ignore_ascii_case("none") {
        return SetState::Items(Items::default());
    }
    let delimiter = if text.contains(ITEM) { Some(ITEM) } else { rules.variable.delimiter };
    let mut set = Items { mixed_delimiters: is_mixed(text, delimiter), ..Items::default() };
    for part in parts(text, delimiter) {
        if missing(part, rules).is_some() {
            set.missing_item = true;
            continue;
        }
        let item = canonical(part, rules.variable);
        if set.items.iter().any(|known| known == item) {
            set.repeated = true;
        } else {
            set.items.push(item.to_owned());
        }
    }
    set.comma_list = matches!(set.items.as_slice(), [only] if delimiter != Some(ITEM) && only.contains(", "));
    set_or_missing(set)
}

fn set_or_missing(set: Items) -> SetState {
    if set.items.is_empty() { SetState::Missing(MissingReason::NotReported) } else { SetState::Items(set) }
}

/// The trimmed parts of a text that are not empty.
fn parts(text: &str, delimiter: Option<char>) -> impl Iterator<Item = &str> {
    text.split(move |c| Some(c) == delimiter).map(str::trim).filter(|part| !part.is_empty())
}

fn is_mixed(text: &str, delimiter: Option<char>) -> bool {
    match delimiter {
        Some(';') => text.contains('|'),
        Some('|') => text.contains(';'),
        _ => false,
    }
}

/// Reads a cell of a date column: a valid date written as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
pub fn date(text: &str, rules: &CellRules) -> DateState {
    let text = text.trim();
    if let Some(reason) = missing(text, rules) {
        return DateState::Missing(reason);
    }
    match Date::parse(text) {
        None => DateState::Unreadable(Unreadable::NotADate),
        Some(date) if rules.variable.is_deidentified => DateState::Date(Date { month: None, day: None, ..date }),
        Some(date) => DateState::Date(date),
    }
}

/// Reads a cell of treatment lines; `none` alone is a patient without treatment.
pub fn lines(text: &str, rules: &CellRules) -> LinesState {
    if let Some(reason) = missing(text, rules) {
        return LinesState::Missing(reason);
    }
    let (list, delimiter) = line_list(text, rules);
    let lines = parse_lines(list, delimiter, rules.variable.target_domain.as_deref());
    lines.map_or_else(LinesState::Unreadable, LinesState::Lines)
}

/// The text of the treatment lines of a cell, and their separator.
pub fn line_list<'t>(text: &'t str, rules: &CellRules) -> (&'t str, char) {
    if !text.contains(ITEM) {
        return (text, rules.variable.delimiter.unwrap_or(';'));
    }
    // A list from JSON starts with the separator of its items.
    (text.strip_prefix(ITEM).unwrap_or(text), ITEM)
}

#[cfg(test)]
mod tests;
