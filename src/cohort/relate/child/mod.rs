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
mod by_content;
mod certain_order;
mod column;
mod dates;
mod event_grade;
mod events;
mod extreme;
mod fields;
mod given_agents;
mod given_days;
mod grouped;
mod join;
mod laboratory;
mod measurement;
mod occasions;
mod pick;
mod row_state;
mod row_words;
mod same_tests;
mod sequence;
mod specimens;
mod status;
mod table;
mod treatment;

/// What the columns that count the rows of a child table are called behind the sign of a visit.
pub const COUNTED: [&str; 2] = [laboratory::MEASUREMENTS, events::EVENTS];

pub use fields::{LineTime, TableRole, has_an_order, is_wide, line_time, names_treatment_duration, role_of_headers};
pub use given_days::{given_days, with_detail};
pub use join::relate;
pub use table::ChildTable;
