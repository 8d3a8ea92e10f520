//! The arithmetic of a report: whether printed numbers can stand together, without any record.
//!
//! Printed digits are strings of evidence: each figure stands for the interval of the values
//! that round to it, and the answers are found in exact integers and fractions.

pub mod rounding;
