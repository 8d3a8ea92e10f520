//! Treatment lines while they are counted: each distinct line is read once and has a number.

pub mod by_number;
mod outcome;
mod sequences;
pub mod table;
pub mod tally;
