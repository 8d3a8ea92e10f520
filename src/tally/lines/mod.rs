//! Counting treatment lines: each distinct line is read once and then known by its number.

pub mod by_number;
mod outcome;
pub mod response_column;
pub mod said;
mod sequences;
pub mod table;
pub mod tally;
