//! What a header says: name, unit and role; whom or what it identifies; two things in one column; a quantity.
//!
//! The names are data (`headers.toml`).

pub mod combined;
pub mod identity;
mod people;
pub mod quantity;
mod reading;
#[cfg(test)]
mod tests;
mod vocabulary;

pub use reading::{HeaderReading, read_header};
pub use vocabulary::{is_unit, normalise};
