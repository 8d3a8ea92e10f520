//! REDCap projects: their data dictionary, and the logic in it.
//!
//! Source: the help texts of REDCap on the data dictionary and on branching logic, and its exports.

mod dictionary;
mod logic;

pub use dictionary::{Dictionary, FieldDefinition, FieldType, is_dictionary};
pub use logic::{FieldAnswer, LogicOperand};
