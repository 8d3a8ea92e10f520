//! The cases: what each cell of a column means.
//!
//! `schema` tells what a text looks like; this folder tells what it means in its column,
//! with its unit, its missing tokens and its words. It knows `read`, `schema` and the
//! foundations.

#![deny(clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod age;
pub mod bare_number;
pub mod by_part;
pub mod case;
pub mod cell;
pub mod cell_parts;
pub mod column;
pub mod composer;
pub mod deidentify;
pub mod derive;
pub mod digit_limits;
pub mod filter;
pub mod in_turn;
pub mod known_cells;
pub mod lines;
pub mod one_hot;
pub mod quantity;
pub mod range;
pub mod relate;
pub mod row;
pub mod stream;
pub mod unit;
mod unreadable;
pub mod visit_order;

pub use unreadable::{DateFault, MarkFault, Unreadable};
