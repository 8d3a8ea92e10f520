//! From several rows a case to one: rows are ordered and told apart, and become the columns of their case.
//!
//! Everything is in memory meanwhile, each distinct text of a column once.

mod backwards;
mod child;
mod constancy;
mod derived;
mod line_times;
mod long;
mod names;
mod number_columns;
mod numbered_lines;
pub mod phenopackets;
mod recomposed;
pub mod redcap;
mod row_numbers;
mod rows;
mod texts;

pub use child::{COUNTED, ChildTable, TableRole, is_wide, names_treatment_duration, relate, role_of_headers};
pub use derived::with_column;
pub use long::{LongTable, widen};
pub use names::{WithheldNames, withhold_names};
pub use number_columns::{NumberColumns, joined_example, number_columns, with_joined_numbers};
pub use numbered_lines::{LINES_COLUMN, LineColumns, in_one_column, line_columns};
pub use rows::KeptRows;
