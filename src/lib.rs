//! calc-series: from the records of a clinical case series to the tables of its report.

pub mod analyze;
pub mod cohort;
pub mod decimal;
pub mod diagnostic;
pub mod error;
pub mod read;
pub mod schema;
pub mod stats;
pub mod tally;
