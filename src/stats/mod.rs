//! The statistical formulas, and nothing else.
//!
//! Pure functions over (value, count) pairs, sorted, and over counts. This folder knows the exact
//! numbers of `decimal` and no other folder: no cell, no schema, no label, no printed digit.
//! What has an exact answer is computed exactly; a statistic that does not exist is `None`,
//! and the caller gives the reason; a test without a result returns the reason.

pub mod adjust;
pub mod association;
mod beta;
pub mod binomial;
pub mod binomial_test;
pub mod contingency;
pub(crate) mod distribution;
mod gamma;
pub mod hypothesis;
mod kept;
mod lentz;
pub mod means;
pub mod median_interval;
pub mod moments;
pub mod odds;
pub mod paired;
mod permutation;
pub mod proportion;
pub mod quantile;
pub mod rank;
pub mod rate;
mod root;
pub mod smd;
pub mod survival;
