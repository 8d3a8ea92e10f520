//! Numbers whose unit, or sign, stands in a column of its own: number, unit and sign are one cell.
//!
//! ```text
//! Age | Age unit        Age             CRP op | CRP        CRP
//! 30  | months   -->    30 months       <      | 5    -->   <5
//! ```

mod cells;

use super::recomposed::recomposed;
use super::rows::KeptRows;
use crate::read::Inputs;
use crate::schema::Role;
use crate::schema::header::companion::{Companion, CompanionHeader, companion, name_of_numbers};
use crate::schema::header::identity::identity;
use crate::schema::header::{HeaderQuantity, normalise, quantity, read_header};
use cells::{JoinedCells, is_plain_number, is_time_word, says, what_is_said};
use std::borrow::Cow;

/// A column of numbers with those that belong to it, by their places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberColumns {
    /// The numbers.
    pub number: usize,
    /// Their units.
    pub unit: Option<usize>,
    /// Their signs.
    pub sign: Option<usize>,
    /// False where the other columns may belong to another one as well.
    pub is_certain: bool,
    /// False where some cells of the other columns are no unit, or no sign.
    pub are_known: bool,
}

/// The columns of numbers whose units or signs stand in columns of their own, of which nothing is stated.
pub fn number_columns(rows: &KeptRows, is_stated: impl Fn(&str) -> bool) -> Vec<NumberColumns> {
    let table = ColumnsWithTexts::new(rows, is_stated);
    let mut all: Vec<NumberColumns> = Vec::new();
    for beside in &table.companions {
        let numbers = table.numbers_of(beside);
        for number in &numbers {
            let found = all.iter_mut().find(|known| known.number == *number);
            let is_certain = numbers.len() == 1;
            match found {
                Some(known) => known.add(beside, is_certain),
                None => {
                    let mut new =
                        NumberColumns { number: *number, unit: None, sign: None, is_certain: true, are_known: true };
                    new.add(beside, is_certain);
                    all.push(new);
                }
            }
        }
    }
    all
}

/// The inputs with number, unit and sign in one column.
pub fn with_joined_numbers(inputs: Inputs, rows: &KeptRows, joined: &[NumberColumns]) -> Inputs {
    let is_beside = |column: usize| joined.iter().any(|of| [of.unit, of.sign].contains(&Some(column)));
    let kept: Vec<(usize, Option<&str>)> =
        (0..rows.columns.len()).filter(|column| !is_beside(*column)).map(|column| (column, None)).collect();
    let cells: Vec<JoinedCells<'_>> = joined.iter().map(|of| JoinedCells::new(rows, of)).collect();
    recomposed(inputs, rows, &kept, |row, column| match cells.iter().find(|cells| cells.number() == column) {
        Some(cells) => cells.joined(row),
        None => Cow::Borrowed(rows.text(row, column)),
    })
}

/// The first cell of such columns in which all of them say something, as it is read.
pub fn joined_example(rows: &KeptRows, of: &NumberColumns) -> Option<String> {
    let cells = JoinedCells::new(rows, of);
    let texts = rows.rows().map(|row| (rows.text(row, of.number), cells.joined(row)));
    texts.filter(|(number, joined)| number != joined).map(|(_, joined)| joined.into_owned()).next()
}

impl NumberColumns {
    /// Adds a column; of two for one thing nobody knows which is meant.
    fn add(&mut self, beside: &BesideNumbers, is_certain: bool) {
        let place = match beside.header.tells {
            Companion::Unit | Companion::UnitByLetter => &mut self.unit,
            Companion::Sign => &mut self.sign,
        };
        self.is_certain &= is_certain && place.is_none();
        self.are_known &= beside.said == HowMany::All;
        place.get_or_insert(beside.column);
    }
}

/// How many of the words of a column are units, or signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum HowMany {
    All,
    Some,
    None,
}

/// A column that may belong to numbers.
struct BesideNumbers {
    column: usize,
    header: CompanionHeader,
    said: HowMany,
}

/// The columns of the inputs as far as they tell which belong together.
struct ColumnsWithTexts<'r> {
    rows: &'r KeptRows,
    companions: Vec<BesideNumbers>,
    /// The columns of plain numbers.
    numbers: Vec<usize>,
}

impl<'r> ColumnsWithTexts<'r> {
    fn new(rows: &'r KeptRows, is_stated: impl Fn(&str) -> bool) -> ColumnsWithTexts<'r> {
        let beside = |(column, header): (usize, &String)| {
            let read = companion(header).filter(|_| !is_stated(header))?;
            let said = what_is_said(rows, column, read.tells);
            let has_words = rows.column(column).is_some_and(|texts| texts.texts().iter().any(says));
            let is_named = read.tells == Companion::Unit && !read.of.is_empty() && has_words;
            // Many names end in U.
            let is_one = said == HowMany::All || said == HowMany::Some && read.tells != Companion::UnitByLetter;
            (is_one || is_named).then_some(BesideNumbers { column, header: read, said })
        };
        let companions: Vec<BesideNumbers> = rows.columns.iter().enumerate().filter_map(beside).collect();
        let is_number =
            |column: &usize| !companions.iter().any(|beside| beside.column == *column) && holds_numbers(rows, *column);
        let numbers = (0..rows.columns.len()).filter(is_number).collect();
        ColumnsWithTexts { rows, companions, numbers }
    }

    /// The columns of numbers to which a column may belong.
    fn numbers_of(&self, beside: &BesideNumbers) -> Vec<usize> {
        let named = self.named(beside);
        let is_by_word = beside.header.tells != Companion::UnitByLetter;
        match (named.as_slice(), beside.said) {
            ([], HowMany::All) if is_by_word => self.beside(beside),
            ([], HowMany::Some) if is_by_word && beside.header.of.is_empty() => self.beside(beside),
            ([], _) => Vec::new(),
            // One word for all that is no unit changes no number without a unit of its own; blood units are counted.
            ([one], HowMany::None) if !self.is_of_time(*one) && self.tells_nothing(beside.column) => Vec::new(),
            _ => named,
        }
    }

    /// Those that its header names: by the whole name, by what the name means, by its words.
    fn named(&self, beside: &BesideNumbers) -> Vec<usize> {
        let of = beside.header.of.as_str();
        if of.is_empty() {
            return Vec::new();
        }
        let all = |is_it: &dyn Fn(&str) -> bool| -> Vec<usize> {
            self.numbers.iter().copied().filter(|column| is_it(self.header(*column))).collect()
        };
        let whole = all(&|header| name(header) == of || normalise(header) == of);
        if !whole.is_empty() || beside.header.tells == Companion::UnitByLetter {
            return whole;
        }
        let role = read_header(of).role;
        let is_of_time = matches!(role, Role::Age | Role::FollowUp);
        let of_role = all(&|header| is_of_time && read_header(header).role == role);
        if !of_role.is_empty() {
            return of_role;
        }
        all(&|header| {
            let name = name(header);
            of.split(' ').all(|word| name.split(' ').any(|known| known == word))
        })
    }

    /// Those beside which it stands: a unit behind its numbers, a sign before them.
    fn beside(&self, beside: &BesideNumbers) -> Vec<usize> {
        let is_number = |column: &usize| self.numbers.contains(column);
        let next = beside.column.checked_add(1).filter(is_number);
        let before: Vec<usize> = (0..beside.column).rev().take_while(is_number).collect();
        if beside.header.tells == Companion::Sign {
            return next.into_iter().chain(before.first().copied()).collect();
        }
        let is_of_time = self.words(beside.column).all(is_time_word);
        let fitting: Vec<usize> =
            before.iter().copied().filter(|column| self.is_of_time(*column) == is_of_time).collect();
        match (fitting.as_slice(), before.as_slice()) {
            // A unit of all rows changes no number of the columns further off.
            ([nearest, ..], _) if !is_of_time && self.is_of_one_word(beside.column) => vec![*nearest],
            ([_, ..], _) => fitting,
            ([], [nearest, ..]) => vec![*nearest],
            ([], []) => next.into_iter().collect(),
        }
    }

    fn header(&self, column: usize) -> &str {
        self.rows.columns.get(column).map_or("", String::as_str)
    }

    fn is_of_time(&self, column: usize) -> bool {
        is_of_time(self.header(column))
    }

    fn words(&self, column: usize) -> impl Iterator<Item = &'r str> {
        self.rows.column(column).into_iter().flat_map(|texts| texts.texts().iter()).filter(|text| says(text))
    }

    fn tells_nothing(&self, column: usize) -> bool {
        self.is_of_one_word(column) || self.words(column).all(is_plain_number)
    }

    /// True where every cell of the rows says the same.
    fn is_of_one_word(&self, column: usize) -> bool {
        self.rows.column(column).is_some_and(|texts| texts.texts().iter().count() == 1)
    }
}

/// True for a header of ages or durations.
fn is_of_time(header: &str) -> bool {
    matches!(quantity(header), Some(HeaderQuantity::Age | HeaderQuantity::Duration))
}

/// The words of a header that name its numbers.
fn name(header: &str) -> String {
    name_of_numbers(normalise(&read_header(header).name).split(' '))
}

/// True for a column with a plain number that names nobody and no day.
fn holds_numbers(rows: &KeptRows, column: usize) -> bool {
    let header = rows.columns.get(column).map_or("", String::as_str);
    let reading = read_header(header);
    let is_of_another = reading.role == Role::Sex || reading.is_date || reading.is_year || identity(header).is_some();
    !is_of_another && rows.column(column).is_some_and(|texts| texts.texts().iter().any(is_plain_number))
}
