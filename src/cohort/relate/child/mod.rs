//! Related tables: the rows of a child table belong to cases of the parent, and become columns of them.
//!
//! ```text
//! treatments.csv  case, agent, dose, start, stop   --> treatment      ordered lines
//! labs.csv        case, test, value, unit, date    --> crp@first, crp@last, crp@peak, ...
//! ```
//!
//! Everything is in memory meanwhile.

mod column;
mod dates;
mod extreme;
mod fields;
mod join;
mod laboratory;
mod pick;
mod sequence;
mod table;
mod treatment;

pub use fields::{TableRole, role_of_headers};
pub use join::relate;
pub use table::ChildTable;
