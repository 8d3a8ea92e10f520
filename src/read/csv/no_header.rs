//! Why a text has no header.

use crate::diagnostic::Finding;

/// What to do where there is none.
pub const ADD_HEADER: &str = "add a first row such as case_id,age,sex,etiology";

/// Why there is no header in the first bytes of an input.
#[derive(Debug)]
pub enum NoHeader {
    /// It goes on behind them.
    Cut,
    /// Problems that leave the number of columns unknown, so that the records cannot be checked.
    Refused(Vec<Finding>),
}

impl From<Finding> for NoHeader {
    fn from(finding: Finding) -> NoHeader {
        NoHeader::Refused(vec![finding])
    }
}
