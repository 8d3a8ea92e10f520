//! Frictionless Table Schema v2: reading it, applying it to columns, writing it.
//!
//! Each key is one row of a list: its name, how it is read and how it is written. What this
//! program adds to the standard is under one key of a field, `calcSeries`, so that other tools can
//! read the file, too; sets of several columns, which are not fields, are under the same key of the
//! schema. A schema with a fault is refused, and all its faults are reported.
//! Source: <https://datapackage.org/standard/table-schema/>.

mod audit;
mod columns;
mod declared;
mod derived;
mod field;
mod file;
mod json;
mod key;
mod maps;
mod range;
mod reader;
mod sets;
mod split;
mod tree;
mod written;

pub use columns::{ensure_members, match_columns};
pub use declared::{DeclaredVariable, FileSchema};
pub use file::{read, write};

#[cfg(test)]
mod tests;
