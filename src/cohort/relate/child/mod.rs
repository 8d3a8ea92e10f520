//! Related tables: the rows of a child table belong to cases of the parent, and become columns of them.
//!
//! ```text
//! treatments.csv  case, agent, dose, start, stop   --> treatment      ordered lines
//! labs.csv        case, test, value, unit, date    --> crp@first, crp@last, crp@peak, ...
//! labs.csv        case, date, CRP (mg/L), ESR      --> the same
//! visits.csv      case, visit, weight, status      --> weight@baseline, weight@month 6, ...
//! events.csv      case, adverse event, grade       --> adverse event: all of a case
//! ```
//!
//! All rows are in memory meanwhile: some 40 bytes a row of five columns, and each distinct text once.

mod agents;
mod column;
mod dates;
mod event_grade;
mod events;
mod extreme;
mod fields;
mod given_days;
mod grouped;
mod join;
mod laboratory;
mod measurement;
mod occasions;
mod pick;
mod sequence;
mod status;
mod table;
mod treatment;

pub use fields::{TableRole, has_an_order, is_wide, names_treatment_duration, role_of_headers};
pub use join::relate;
pub use table::ChildTable;
