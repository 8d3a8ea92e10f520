//! What the words of a row say of it: whether what it names took place, and how its result stands to its number.

use super::fields::{ChildFields, Field, TableRole};
use crate::cohort::relate::rows::{KeptRows, RowIndex};
use crate::cohort::relate::texts::{DistinctTexts, TextColumn};
use crate::schema::lexical::{Comparator, fold};
use crate::schema::missing_words::certainly_missing;

/// The words of `row_words.toml`.
mod vocabulary {
    use crate::cohort::relate::child::row_words::{ResultSign, RowState};
    use crate::vocabulary::{WordMap, Words};
    include!(concat!(env!("OUT_DIR"), "/row_words.rs"));
}

/// Whether what a row names took place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowState {
    /// It did, as far as the row says.
    TookPlace,
    /// It did not.
    DidNot,
    /// The row says nothing of it.
    NotSaid,
    /// A word that is not known.
    Other,
}

/// What each row says of it; a column of which no cell says that something did not take place tells nothing.
#[derive(Default)]
pub struct RowStates {
    /// By the number of the text.
    by_text: Vec<RowState>,
    /// Its column.
    column: Option<usize>,
}

impl RowStates {
    /// Reads the column of the states of a table; yes and no count where the rows are what was given or happened.
    pub fn of(rows: &KeptRows, fields: &ChildFields, role: TableRole) -> RowStates {
        let are_answers = matches!(role, TableRole::Treatments | TableRole::Events);
        let column = fields.get(Field::State);
        let texts = column.and_then(|column| rows.column(column)).map(TextColumn::texts);
        let by_text: Vec<RowState> =
            texts.into_iter().flat_map(DistinctTexts::iter).map(|text| state(text, are_answers)).collect();
        let tells = by_text.contains(&RowState::DidNot);
        RowStates { column: column.filter(|_| tells), by_text }
    }

    /// The state of a row; that it took place where no column tells it.
    pub fn get(&self, rows: &KeptRows, row: RowIndex) -> RowState {
        let Some(column) = self.column else { return RowState::TookPlace };
        let number = rows.text_number(row, column);
        number.and_then(|number| self.by_text.get(number as usize)).copied().unwrap_or(RowState::NotSaid)
    }

    /// The column of the states, where it tells something.
    pub fn column(&self) -> Option<usize> {
        self.column
    }
}

fn state(text: &str, are_answers: bool) -> RowState {
    let folded = fold(text);
    let answer = || vocabulary::ANSWERS.get(&folded).filter(|_| are_answers);
    match vocabulary::STATES.get(&folded).or_else(answer) {
        Some(known) => known,
        None if text.is_empty() || certainly_missing(text).is_some() => RowState::NotSaid,
        None => RowState::Other,
    }
}

/// What stands in a column of signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResultSign {
    /// The result is less than the number.
    Below,
    /// It is the number or less.
    AtMost,
    /// It is more.
    Above,
    /// It is the number or more.
    AtLeast,
    /// It is the number.
    Equal,
}

impl ResultSign {
    /// The sign that a text is.
    pub fn of(text: &str) -> Option<ResultSign> {
        let text = text.trim();
        vocabulary::SIGNS.get(text).or_else(|| vocabulary::SIGNS.get(&fold(text)))
    }

    /// The comparator; none of an exact result.
    pub fn comparator(self) -> Option<Comparator> {
        match self {
            ResultSign::Below => Some(Comparator::Below),
            ResultSign::AtMost => Some(Comparator::AtMost),
            ResultSign::Above => Some(Comparator::Above),
            ResultSign::AtLeast => Some(Comparator::AtLeast),
            ResultSign::Equal => None,
        }
    }
}
