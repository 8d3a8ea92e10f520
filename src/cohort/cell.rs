//! What the text of one cell means in its column: the only place where a cell is read.
//!
//! A stated word, a missing token and an unreadable text are never the same: `normal` is a statement
//! about the patient, `unknown` is not, and `12-15` is a mistake to be checked.

mod beside;
mod date;
mod level;
mod line;
mod number;
mod rules;
mod sedimentation;
mod set;
mod split;
mod state;
mod written_lines;

pub use date::date;
pub use level::{binary, level, level_of_word};
pub use line::{line, lines};
pub use number::number;
pub use rules::{CellRules, declared_missing, missing};
pub use set::items;
pub use split::UnsplitItems;
#[cfg(test)]
pub use state::StatedNumber;
pub use state::{CellState, DateState, Items, LevelState, LinesState, SetState, Stated};
pub use written_lines::{is_line_by_itself, never_given, written_lines};

#[cfg(test)]
mod tests;
