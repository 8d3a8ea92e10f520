//! The tallies: how often each value occurs, in one pass over the records, on all cores.
//!
//! ```text
//! Feed (one lock) --> Batch --> Tallies of a thread --.
//!                 --> Batch --> Tallies of a thread --+--> merge --> Cohort
//! ```
//!
//! A tally has `add` and `merge`. Merging adds integers: it is exact and associative, and an
//! empty tally is its identity, so that neither the number of threads nor the order of the rows
//! can change a result.
//!
//! | module | what it contains | uses |
//! |---|---|---|
//! | `counts` | the counts of each kind of column, and the tables in which they are kept | |
//! | `lines` | treatment lines while they are counted | `counts` |
//! | `pass` | one pass over all records, column by column | `counts`, `lines` |
//! | `settings`, `cohort` | what is asked, and what comes out | `counts` |
//! | `pairs` | two numbers of the same case, from a second look at the cases | `settings`, `cohort` |
//! | `survival` | times to an event, from conditions of the same pass | `settings`, `cohort` |
//! | `read_cohort` | the passes until the meaning of every column is certain | all of these |
//!
//! What makes it fast: each distinct text is interpreted once (`counts/texts.rs`, `pass/parts.rs`), short
//! numbers are counted in arrays (`counts/dense.rs`), and groups are counted side by side (`counts/strata.rs`).
//! This folder uses `read`, `schema`, `cohort` and the foundations.

mod asked;
mod cohort;
mod columns;
mod conditions;
pub mod counts;
mod forced;
mod grouping;
mod harmless;
mod header_limits;
mod identify;
mod lines;
mod meanings;
mod names_in_cells;
mod needs;
mod pairs;
mod part_columns;
mod pass;
mod read_cohort;
mod same_columns;
mod set_columns;
mod settings;
mod survival;
#[cfg(test)]
mod tests;
mod transposed;
mod whole_file;
mod withheld;

pub use cohort::{Cohort, CohortCondition, CohortGroup, CohortVariable};
pub use counts::{Counts, EventTimes, SurvivalCounts};
pub use lines::response_column::{certain_response, opening_flags, responses_of};
pub use lines::said::{CaseResponses, ResponsesBeside};
pub use needs::{NeededCounts, NeededTable};
pub use pairs::ASSOCIATION;
pub use read_cohort::read_cohort;
pub(crate) use settings::OfIdentity;
pub use settings::{Condition, GroupLimit, IdChoice, NamedFilter, Settings, SurvivalRequest};
pub use survival::SURVIVAL;
