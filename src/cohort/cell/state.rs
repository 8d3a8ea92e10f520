//! What a cell contains, by the kind of its column.

use crate::cohort::Unreadable;
use crate::cohort::lines::{Line, LineFault};
use crate::cohort::quantity::Quantity;
use crate::schema::lexical::{Comparator, Date};
use crate::schema::{MissingReason, Status};
use std::sync::Arc;

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
    /// A missing token among the items was left out.
    pub missing_item: bool,
    /// An item that the patient does not have, such as `no cough`, was left out.
    pub denied_item: bool,
    /// An item is in doubt, such as `knee?`: it is one of its own.
    pub doubted_item: bool,
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
    Lines(Vec<Arc<Line>>),
    /// A text that cannot be read as lines.
    Unreadable(LineFault),
    /// Nothing.
    Missing(MissingReason),
}
