//! The formulas, and nothing else.
//!
//! Pure functions over (value, count) slices and over counts. This folder knows the exact
//! numbers of `decimal` and no other folder: no cell, no schema, no label, no printed digit.
//! What has an exact answer is computed exactly; a statistic that does not exist is `None`,
//! and the caller gives the reason.

pub mod binomial;
pub mod moments;
pub mod proportion;
pub mod quantile;
