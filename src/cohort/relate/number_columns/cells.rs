//! The cells of a number, its sign and its unit as one.

use super::{HowMany, NumberColumns, is_of_time};
use crate::cohort::relate::rows::{KeptRows, RowIndex};
use crate::schema::header::companion::{Companion, sign_of};
use crate::schema::header::quantity::j_is_years;
use crate::schema::lexical::duration::TimeUnit;
use crate::schema::missing_words::{certainly_missing, says_nothing_more};
use crate::schema::units::unit;
use std::borrow::Cow;

/// The cells of such columns.
pub struct JoinedCells<'r> {
    rows: &'r KeptRows,
    of: NumberColumns,
    is_of_time: bool,
    is_j_a_year: bool,
}

impl<'r> JoinedCells<'r> {
    pub fn new(rows: &'r KeptRows, of: &NumberColumns) -> JoinedCells<'r> {
        let header = rows.columns.get(of.number).map_or("", String::as_str);
        JoinedCells { rows, of: *of, is_of_time: is_of_time(header), is_j_a_year: j_is_years(header) }
    }

    pub fn number(&self) -> usize {
        self.of.number
    }

    /// The cell of a row: a number with its sign and its unit; a word or a blank cell stands as it is.
    pub fn joined(&self, row: RowIndex) -> Cow<'r, str> {
        let number = self.rows.text(row, self.of.number);
        if !begins_number(number) {
            return Cow::Borrowed(number);
        }
        let text = |column: Option<usize>| column.map_or("", |column| self.rows.text(row, column));
        let with_sign = with_sign(number, text(self.of.sign));
        match text(self.of.unit) {
            unit if !says(unit) => with_sign,
            unit => Cow::Owned(self.with_unit(&with_sign, unit)),
        }
    }

    fn with_unit(&self, number: &str, unit: &str) -> String {
        let unit = unit.trim_matches(['(', ')', '[', ']', ' ']);
        let has_unit = number.contains(char::is_alphabetic);
        let is_same = || number.to_lowercase().ends_with(&unit.to_lowercase());
        match self.known(unit) {
            _ if !self.of.is_certain => unread(number, "unit", unit),
            Some(_) if has_unit && is_same() => number.to_owned(),
            Some(known) if !has_unit => format!("{number} {known}"),
            _ => unread(number, "unit", unit),
        }
    }

    /// The unit as it stands behind the number; in its own column `M` is no man, and a month of an age.
    fn known<'u>(&self, text: &'u str) -> Option<Cow<'u, str>> {
        let is_letter = text.chars().count() == 1;
        let letter = || match text.to_lowercase().as_str() {
            "y" | "a" => Some(TimeUnit::Years),
            "j" if self.is_j_a_year => Some(TimeUnit::Years),
            "m" => Some(TimeUnit::Months),
            "w" => Some(TimeUnit::Weeks),
            "d" => Some(TimeUnit::Days),
            "h" => Some(TimeUnit::Hours),
            _ => None,
        };
        match self.is_of_time {
            true if is_letter => letter().map(|unit| Cow::Borrowed(unit.word())),
            true => TimeUnit::of_word(text).map(|unit| Cow::Borrowed(unit.word())),
            false => is_unit(text).then_some(Cow::Borrowed(text)),
        }
    }
}

/// A cell that is no number for anybody, with what makes it none.
fn unread(number: &str, what: &str, text: &str) -> String {
    format!("{number} {what}? {text}")
}

/// The number with its sign before it.
fn with_sign<'t>(number: &'t str, text: &str) -> Cow<'t, str> {
    let has_sign = number.starts_with(['<', '>', '≤', '≥', '=']);
    match sign_of(text) {
        _ if text.trim().is_empty() || certainly_missing(text).is_some() => Cow::Borrowed(number),
        Some(sign) if has_sign && number.starts_with(sign) => Cow::Borrowed(number),
        Some("") => Cow::Borrowed(number),
        Some(sign) if !has_sign => Cow::Owned(format!("{sign}{number}")),
        Some(_) | None => Cow::Owned(unread(number, "sign", text)),
    }
}

/// How many of the words of a column are what it is to tell.
pub fn what_is_said(rows: &KeptRows, column: usize, tells: Companion) -> HowMany {
    let texts = || rows.column(column).into_iter().flat_map(|texts| texts.texts().iter());
    let is_known = |text: &str| match tells {
        Companion::Unit | Companion::UnitByLetter => is_unit(text.trim_matches(['(', ')', '[', ']', ' '])),
        Companion::Sign => sign_of(text).is_some_and(|sign| !sign.is_empty()),
    };
    let tells_it = |text: &&str| match tells {
        Companion::Unit | Companion::UnitByLetter => says(text),
        Companion::Sign => !text.is_empty() && certainly_missing(text).is_none() && sign_of(text) != Some(""),
    };
    let (mut known, mut others, mut letters) = (false, false, false);
    for text in texts().filter(tells_it) {
        match (is_known(text), text.chars().count() == 1 && tells != Companion::Sign) {
            (true, false) => known = true,
            (true, true) => letters = true,
            (false, _) => others = true,
        }
    }
    match (known, letters, others) {
        (true, _, false) | (false, true, false) => HowMany::All,
        (true, _, true) => HowMany::Some,
        // The wards A to D have letters of units among them.
        (false, _, _) => HowMany::None,
    }
}

/// True for a text that is not blank and stands for no missing value.
pub fn says(text: &str) -> bool {
    !says_nothing_more(text) && certainly_missing(text).is_none()
}

/// True for a unit of time as it stands alone in a cell.
pub fn is_time_word(text: &str) -> bool {
    let text = text.trim_matches(['(', ')', '[', ']', ' ']);
    TimeUnit::of_word(text).is_some() || matches!(text.to_lowercase().as_str(), "m" | "a" | "j")
}

fn is_unit(text: &str) -> bool {
    is_time_word(text) || unit(text).is_some()
}

/// True for a text that begins with a number, with or without a sign before it.
fn begins_number(text: &str) -> bool {
    let rest = text.trim_start_matches(['<', '>', '≤', '≥', '=', '~', '+', '-', '−', ' ']);
    rest.trim_start_matches(['.', ',']).starts_with(|c: char| c.is_ascii_digit())
}

/// True for a number without letters; a day of the calendar has two points or hyphens.
pub fn is_plain_number(text: &str) -> bool {
    let is_of_number = |c: char| c.is_ascii_digit() || "<>≤≥= .,\u{a0}'+-−".contains(c);
    let has_one = |sign: char| text.chars().skip(1).filter(|c| *c == sign).count() < 2;
    begins_number(text) && text.chars().all(is_of_number) && has_one('.') && has_one('-')
}
