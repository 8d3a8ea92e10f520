//! A column of dates.

use super::day::DayOfCase;
use super::used::Used;
use crate::cohort::case::Case;
use crate::cohort::cell::{CellRules, DateState, date};
use crate::cohort::column::CaseColumn;
use crate::error::Error;
use crate::schema::lexical::Date;
use crate::schema::lexical::calendar::day_number;
use crate::schema::{Kind, MissingReason, Variable};

/// Texts that say that there is no date, and not that nobody knows it.
const NOTHING: [&str; 5] = ["", "na", "nan", "null", "none"];

/// A column of dates. One that is withheld is text everywhere else, and is read as dates here.
#[derive(Debug)]
pub(super) struct DateColumn<'a> {
    column: CaseColumn<'a>,
    variable: Box<Variable>,
    seen: SeenDates,
}

/// Which full dates have been seen.
#[derive(Debug, Default, Clone, Copy)]
enum SeenDates {
    #[default]
    None,
    /// One alone, in so many cases.
    One(Date, u64),
    Several,
}

impl<'a> DateColumn<'a> {
    /// The column of this name.
    ///
    /// Errors: a name that is no column, and a column of another kind.
    pub fn bind(name: &str, used: &mut Used<'_, 'a>) -> Result<DateColumn<'a>, Error> {
        let is_withheld = used.find(name)?.variable().is_withheld();
        let column = used.column(name, if is_withheld { Kind::Text } else { Kind::Date })?;
        // A time between two days tells no date: it stays exact where dates are shown by their year.
        let variable = Variable { kind: Kind::Date, is_deidentified: false, ..column.variable().clone() };
        Ok(DateColumn { column, variable: Box::new(variable), seen: SeenDates::None })
    }

    /// Its name in the file.
    pub fn header(&self) -> &str {
        &self.variable.header
    }

    /// Remembers the date of a case.
    pub fn see(&mut self, case: &Case<'_>) {
        if let DayOfCase::Date(date) = self.day(case) {
            self.seen.add(date);
        }
    }

    /// The day of a case.
    pub fn day(&self, case: &Case<'_>) -> DayOfCase {
        let rules = CellRules { variable: &self.variable, ..self.column.rules };
        let text = case.text(self.column.column);
        match date(&text, &rules) {
            DateState::Date(date) if day_number(date).is_some() => DayOfCase::Date(date),
            DateState::Date(_) => DayOfCase::Came,
            DateState::Unreadable(_) => DayOfCase::Unknown,
            DateState::Missing(MissingReason::NotApplicable) => DayOfCase::NotCome,
            DateState::Missing(_) if is_nothing(&text, &rules) => DayOfCase::NotCome,
            // `unknown` in place of the date of an event may be that of one on an unknown day.
            DateState::Missing(_) => DayOfCase::Unknown,
        }
    }

    /// The name of the column, where all of several cases share one date.
    pub fn shared(&self) -> Option<&str> {
        matches!(self.seen, SeenDates::One(_, 2..)).then(|| self.header())
    }
}

fn is_nothing(text: &str, rules: &CellRules<'_>) -> bool {
    let plain: String = text.chars().filter(|c| c.is_alphabetic() || *c == '?').flat_map(char::to_lowercase).collect();
    let is_declared = rules.extra_missing.iter().any(|token| token.trim() == text.trim());
    is_declared || NOTHING.contains(&plain.as_str())
}

impl SeenDates {
    fn add(&mut self, date: Date) {
        *self = match *self {
            SeenDates::None => SeenDates::One(date, 1),
            SeenDates::One(only, cases) if only == date => SeenDates::One(only, cases.saturating_add(1)),
            SeenDates::One(..) | SeenDates::Several => SeenDates::Several,
        };
    }
}
