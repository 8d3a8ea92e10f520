//! The meaning of each column: its role, kind, unit, levels and ranges.
//!
//! A schema comes from a Table Schema file, from the command line, or from the lexical
//! classes of all cells of a column; never from how many patients or distinct values
//! there are. This folder knows `read` and the foundations, and no case.

#![deny(clippy::indexing_slicing, clippy::arithmetic_side_effects)]

pub mod audit;
pub mod header;
pub mod infer;
pub mod lexical;
pub mod response;
mod role;
pub mod table_schema;

pub use role::{Kind, Role};

use self::audit::Audit;
use crate::decimal::Decimal;
use crate::words::words;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

words! {
    /// Why a cell holds no value.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum Reason: "reason" {
        /// Silence: empty, `NA`, `unknown`, `not reported`.
        NotReported = "not reported",
        /// The test was not done.
        NotDone = "not done",
        /// The question does not apply to this patient.
        NotApplicable = "not applicable",
    }
}

words! {
    /// Where a laboratory result stands against its range, or what is stated of it.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum Status: "status" {
        /// Below the range.
        Low = "low",
        /// Within the range.
        Normal = "normal",
        /// Above the range.
        High = "high",
        /// Outside the range, the side not said.
        Abnormal = "abnormal",
        /// A qualitative test is negative.
        Negative = "negative",
        /// A qualitative test is positive.
        Positive = "positive",
    }
}

/// One level of a category with the label shown for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// As it stands in the cells.
    pub value: String,
    /// As it is shown; the value where none is given.
    pub label: Option<String>,
}

/// A reference range `[low, high]` for one sex and one half-open interval of age in years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferenceRange {
    /// The sex level it holds for; both where none is given.
    pub sex: Option<String>,
    /// `[from, to)` in years; all ages where none is given.
    pub age: Option<(Decimal, Decimal)>,
    /// Values below are low.
    pub low: Option<Decimal>,
    /// Values above are high.
    pub high: Option<Decimal>,
    /// Who says so.
    pub source: String,
}

/// Values outside are findings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plausible {
    /// Values below are implausible.
    pub low: Option<Decimal>,
    /// Values above are implausible.
    pub high: Option<Decimal>,
    /// What such a value may be instead.
    pub note: Option<String>,
}

/// One of several columns that say yes or no and are one set together (one-hot columns, check boxes).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The column as it stands in the file: how its cells are read.
    pub variable: Variable,
    /// The item that a patient has where the column says yes.
    pub item: String,
}

/// One column, with its meaning; or several columns that are one set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// The column name without a unit in parentheses or brackets; what keys are made of.
    pub name: String,
    /// The header as it stands in the file.
    pub header: String,
    /// Shown instead of the name.
    pub label: Option<String>,
    /// A sentence about the column, from the schema.
    pub description: Option<String>,
    /// What it means.
    pub role: Role,
    /// How it is summarised.
    pub kind: Kind,
    /// Unit of the numbers.
    pub unit: Option<String>,
    /// Decimals shown; the data's own where none is given.
    pub decimals: Option<u8>,
    /// Levels in the order of the tables.
    pub levels: Vec<Level>,
    /// Other spellings, each with the level it means.
    pub synonyms: BTreeMap<String, String>,
    /// Missing tokens that replace the built-in ones, with their reason.
    pub missing: Option<BTreeMap<String, Reason>>,
    /// What separates the items of a set or the lines of a treatment cell.
    pub delimiter: Option<char>,
    /// Reference ranges of a lab.
    pub ranges: Vec<ReferenceRange>,
    /// Plausible range.
    pub plausible: Option<Plausible>,
    /// Words stated instead of or beside a value, with the status they mean.
    pub stated: BTreeMap<String, Status>,
    /// Class of each agent.
    pub classes: BTreeMap<String, String>,
    /// The domain whose response the lines carry.
    pub target_domain: Option<String>,
    /// Further domains that the lines may tell a response of.
    pub domains: Vec<String>,
    /// True where cells may span lines that look like records.
    pub multiline: bool,
    /// True where a direct identifier is shown all the same.
    pub shown: bool,
    /// True where the command line or the schema decided the kind.
    pub kind_is_given: bool,
    /// The columns that are this set, in the order of its items; none for a column of the file.
    pub members: Vec<Member>,
    /// True where an age over 89 is known only to be over 89, and a date is known only by its year.
    pub is_deidentified: bool,
    /// How the role and the kind were decided.
    pub why: String,
}

impl Variable {
    /// The least and the greatest plausible value: those of the schema, of an age 0 to 120 years.
    pub fn plausible_limits(&self) -> (Option<Decimal>, Option<Decimal>) {
        match &self.plausible {
            Some(plausible) => (plausible.low, plausible.high),
            None if self.role == Role::Age => {
                let is_months = self.unit.as_deref().is_some_and(|unit| unit.starts_with("month"));
                (Some(Decimal::from_int(0)), Some(Decimal::from_int(if is_months { 1440 } else { 120 })))
            }
            None => (None, None),
        }
    }

    /// A column of no known meaning.
    pub fn new(header: &str) -> Variable {
        Variable {
            name: header.to_owned(),
            header: header.to_owned(),
            label: None,
            description: None,
            role: Role::Other,
            kind: Kind::Category,
            unit: None,
            decimals: None,
            levels: Vec::new(),
            synonyms: BTreeMap::new(),
            missing: None,
            delimiter: None,
            ranges: Vec::new(),
            plausible: None,
            stated: BTreeMap::new(),
            classes: BTreeMap::new(),
            target_domain: None,
            domains: Vec::new(),
            multiline: false,
            shown: false,
            kind_is_given: false,
            members: Vec::new(),
            is_deidentified: false,
            why: String::new(),
        }
    }

    /// The label shown in tables.
    pub fn shown_label(&self) -> &str {
        self.label.as_deref().unwrap_or(&self.name)
    }

    /// True where only counts of a column may be shown.
    pub fn is_withheld(&self) -> bool {
        self.role == Role::DirectIdentifier && !self.shown
    }
}

/// All columns of the inputs, in the order of the tables.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Schema {
    /// One variable a column.
    pub variables: Vec<Variable>,
    /// What is said of the series as a whole, and of its findings.
    pub audit: Audit,
}

impl Schema {
    /// The first variable of a role.
    pub fn by_role(&self, role: Role) -> Option<&Variable> {
        self.variables.iter().find(|v| v.role == role)
    }
}
