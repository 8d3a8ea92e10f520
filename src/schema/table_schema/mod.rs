//! Frictionless Table Schema v2: reading it, laying it over columns, writing it.
//!
//! What this program adds to the standard stands under one key of a field, `calcSeries`, so that
//! other tools can read the file too; sets of several columns, which are no field, stand under
//! the same key of the schema. A schema is read whole or refused, with every fault shown.
//! Source: <https://datapackage.org/standard/table-schema/>.

mod audit;
mod columns;
mod field;
mod reading;
mod sets;
mod tree;
mod write;

pub use columns::{ensure_members, match_columns};
pub use write::write;

use super::audit::Audit;
use super::header::read_header;
use super::{Kind, Level, Member, Plausible, Reason, ReferenceRange, Role, Status, Variable};
use crate::diagnostic::Finding;
use crate::error::Error;
use crate::words::words;
use std::collections::BTreeMap;

/// A schema as its file declares it.
#[derive(Debug, Clone, PartialEq)]
pub struct FileSchema {
    /// Name of the file, without its folders.
    pub file: String,
    /// The fields, in the order of the file.
    pub variables: Vec<DeclaredVariable>,
    /// Sets of several columns (`calcSeries.sets` of the schema), in the order of the file.
    pub sets: Vec<DeclaredVariable>,
    /// Missing tokens of every column, those that no field describes included.
    pub missing: Option<BTreeMap<String, Reason>>,
    /// How the columns of the data must match the fields.
    pub fields_match: FieldsMatch,
    /// Names of the fields that name a case.
    pub primary_key: Vec<String>,
    /// What `calcSeries` of the schema says of the series and of its findings.
    pub audit: Audit,
    /// What the schema asks for and this program does not do.
    pub notes: Vec<Finding>,
}

words! {
    /// How the columns of the data must match the fields (`fieldsMatch`).
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
    pub enum FieldsMatch: "fieldsMatch" {
        /// The same columns in the same order.
        #[default]
        Exact = "exact",
        /// The same columns in any order.
        Equal = "equal",
        /// Every field is a column; the data may have more columns.
        Subset = "subset",
        /// Every column is a field; the data may have fewer columns.
        Superset = "superset",
        /// At least one column is a field.
        Partial = "partial",
    }
}

/// One field of a schema: what it declares, and nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeclaredVariable {
    /// Name of the field, a header of the data.
    pub header: String,
    /// The name without a unit in parentheses or brackets.
    pub name: String,
    /// `type` of the standard.
    pub field_type: Option<String>,
    /// `title`.
    pub label: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `calcSeries.role`; case id for the one field of the primary key.
    pub role: Option<Role>,
    /// `calcSeries.kind`, else the kind that follows from the type and the categories.
    pub kind: Option<Kind>,
    /// `calcSeries.unit`.
    pub unit: Option<String>,
    /// `calcSeries.decimals`.
    pub decimals: Option<u8>,
    /// `categories`, or `calcSeries.levels` where the type allows no categories.
    pub levels: Option<Vec<Level>>,
    /// `categoriesOrdered`.
    pub categories_ordered: Option<bool>,
    /// `calcSeries.synonyms`.
    pub synonyms: Option<BTreeMap<String, String>>,
    /// `missingValues` of the field, else those of the schema.
    pub missing: Option<BTreeMap<String, Reason>>,
    /// `calcSeries.delimiter`, or `delimiter` of a list.
    pub delimiter: Option<char>,
    /// `calcSeries.referenceRanges`.
    pub ranges: Option<Vec<ReferenceRange>>,
    /// `calcSeries.plausible`.
    pub plausible: Option<Plausible>,
    /// `calcSeries.stated`.
    pub stated: Option<BTreeMap<String, Status>>,
    /// `calcSeries.classes`, turned around: the class of each agent.
    pub classes: Option<BTreeMap<String, String>>,
    /// `calcSeries.targetDomain`.
    pub target_domain: Option<String>,
    /// `calcSeries.domains`.
    pub domains: Option<Vec<String>>,
    /// `calcSeries.multiline`.
    pub multiline: Option<bool>,
    /// `calcSeries.show`.
    pub shown: Option<bool>,
    /// `oneHot` of a set of several columns.
    pub members: Option<Vec<Member>>,
}

impl DeclaredVariable {
    /// A variable that is known from the schema alone.
    pub fn variable(&self) -> Variable {
        let reading = read_header(&self.header);
        let mut variable = Variable::new(&self.header);
        variable.name = reading.name;
        self.apply(&mut variable);
        variable
    }

    /// Lays what a field declares over a variable; what it does not declare stays as it is.
    pub fn apply(&self, variable: &mut Variable) {
        fn lay<T: Clone>(declared: &Option<T>, value: &mut T) {
            if let Some(declared) = declared {
                value.clone_from(declared);
            }
        }
        fn lay_option<T: Clone>(declared: &Option<T>, value: &mut Option<T>) {
            if declared.is_some() {
                value.clone_from(declared);
            }
        }
        lay_option(&self.label, &mut variable.label);
        lay_option(&self.description, &mut variable.description);
        lay(&self.role, &mut variable.role);
        lay(&self.kind, &mut variable.kind);
        lay_option(&self.unit, &mut variable.unit);
        lay_option(&self.decimals, &mut variable.decimals);
        lay(&self.levels, &mut variable.levels);
        lay(&self.synonyms, &mut variable.synonyms);
        lay_option(&self.missing, &mut variable.missing);
        lay_option(&self.delimiter, &mut variable.delimiter);
        lay(&self.ranges, &mut variable.ranges);
        lay_option(&self.plausible, &mut variable.plausible);
        lay(&self.stated, &mut variable.stated);
        lay(&self.classes, &mut variable.classes);
        lay_option(&self.target_domain, &mut variable.target_domain);
        lay(&self.domains, &mut variable.domains);
        lay(&self.multiline, &mut variable.multiline);
        lay(&self.shown, &mut variable.shown);
        lay(&self.members, &mut variable.members);
        variable.why = why(self, &variable.why);
    }
}

/// Reads a Table Schema; `file` is the name shown in findings.
///
/// Errors: [`Error::Refused`] with every fault, each with its line and JSON pointer.
pub fn read(text: &str, file: &str) -> Result<FileSchema, Error> {
    reading::read(text, file)
}

fn why(declared: &DeclaredVariable, before: &str) -> String {
    let decided = match (declared.role, declared.kind) {
        (Some(_), Some(_)) => return "role and kind from the schema".to_owned(),
        (Some(_), None) => "role from the schema",
        (None, Some(_)) => "kind from the schema",
        (None, None) => return before.to_owned(),
    };
    if before.is_empty() { decided.to_owned() } else { format!("{decided}; {before}") }
}

#[cfg(test)]
mod tests;
