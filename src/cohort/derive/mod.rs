//! Derived variables: a column that is a function of other cells of the same case, `--derive 'NAME = EXPRESSION'`.
//!
//! ```text
//! derived    = name "=" expression
//! expression = rules | best | time | sum | filter
//! time       = day "to" day {"or" day} ["in" unit] ["completed" | "exact"]
//! day        = name | line | "end of" line | "end of response" | ("earliest" | "latest") "(" day {"," day} ")"
//! line       = "line" number | "first line" | "responding line" | "next line"
//! best       = "best" "(" name {"," name} ")"
//! rules      = "when" filter "then" text {"when" filter "then" text} ["else" text] ["unknown" text]
//! sum        = product {("+" | "-") product}      product = factor {("*" | "/") factor}
//! factor     = number | name | "-" factor | "(" sum ")" | cut "(" sum "," number {"," number} ")"
//! ```
//!
//! `best` gives the best of several responses: `best("response month 3", "response month 12")`.
//!
//! `onset to death or last_seen` is the time to the event, or to what stands for it: it has the variable `NAME_event`, too.
//!
//! A filter is a comparison, with the levels yes and no: `young = age < 6`.
//!
//! Unknown in, unknown out: where a cell that is asked has no value, the derived cell is not reported.

mod best;
mod between;
mod bound;
mod change;
mod date_column;
mod day;
mod formula;
mod line_days;
mod number;
mod parse;
mod parse_time;
mod precision;
mod syntax;
#[cfg(test)]
mod tests;
mod turn;
mod used;
mod visits;

pub use bound::{BoundDerived, DerivedCell};
pub use change::Turn;
pub use number::WhyBlank;
pub use syntax::{Derived, event_of};
pub use visits::{VisitColumns, visit_of};
