//! Derived variables: a column that is a function of other cells of the same case, `--derive 'NAME = EXPRESSION'`.
//!
//! ```text
//! derived    = name "=" expression
//! expression = rules | best | name "to" name ["in" unit] ["completed" | "exact"] | sum | filter
//! best       = "best" "(" name {"," name} ")"
//! rules      = "when" filter "then" text {"when" filter "then" text} ["else" text] ["unknown" text]
//! sum        = product {("+" | "-") product}      product = factor {("*" | "/") factor}
//! factor     = number | name | "-" factor | "(" sum ")" | cut "(" sum "," number {"," number} ")"
//! ```
//!
//! `best` gives the best of several responses: `best("response month 3", "response month 12")`.
//!
//! A filter is a comparison, with the levels yes and no: `young = age < 6`.
//!
//! Unknown in, unknown out: where a cell that is asked has no value, the derived cell is not reported.

mod best;
mod bound;
mod change;
mod number;
mod parse;
mod precision;
mod syntax;
#[cfg(test)]
mod tests;
mod turn;
mod visits;

pub use bound::{BoundDerived, DerivedCell};
pub use change::Turn;
pub use number::WhyBlank;
pub use syntax::Derived;
pub use visits::{VisitColumns, visit_of};
