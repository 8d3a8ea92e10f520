//! What is found out about a file as a whole: ids that occur twice, columns that are left out, tables on their side.

use super::identify::{identify, left_out, no_case_id};
use super::pass::duplicates;
use super::pass::ids::Ids;
use super::settings::{IdChoice, Settings};
use super::transposed::{patients_in_columns, redcap_rows};
use crate::diagnostic::{Finding, FindingId, Findings, Severity, first_names, quoted};
use crate::error::Error;
use crate::read::{Columns, Inputs};
use crate::schema::evidence::Evidence;
use crate::schema::header::{numbers_a_treatment, read_header};
use crate::schema::{DecimalMark, Kind, Role, Variable};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Most columns that a note lists.
const MOST_NAMES: usize = 12;

/// The inputs after the last pass.
pub struct WholeFile<'a> {
    pub inputs: &'a Inputs,
    pub columns: &'a Columns,
    /// The column of case IDs.
    pub id: Option<usize>,
    /// What the cells of each column of the file look like.
    pub evidence: &'a [Arc<Evidence>],
    pub settings: &'a Settings,
}

impl WholeFile<'_> {
    /// Adds what is found out.
    ///
    /// Errors: failures of the operating system, and a table whose columns are the patients: what is said of the cells
    /// of such a table is of no use.
    pub fn check(&self, variables: &[(Variable, usize)], ids: &[Ids], findings: &mut Findings) -> Result<(), Error> {
        let (names, evidence) = (self.columns.names(), self.evidence);
        if let Some(id) = self.id {
            let before = findings.count(Severity::Error);
            let is_stated = matches!(self.settings.id, IdChoice::Column(_));
            duplicates::find(ids, self.inputs, self.columns, (id, is_stated), findings)?;
            let has_duplicates = findings.count(Severity::Error) > before;
            redcap_rows(names).filter(|_| has_duplicates).into_iter().for_each(|found| findings.add(found));
        } else if self.settings.id == IdChoice::Found {
            findings.add(no_case_id(names, evidence));
        }
        if let Some(found) = patients_in_columns(self.inputs, names, evidence) {
            let mut only = Findings::default();
            only.add(found);
            return Err(only.into());
        }
        if !self.settings.decimal_comma {
            commas_read(variables, self).into_iter().for_each(|note| findings.add(note));
        }
        treatments_in_columns(variables, self.settings).into_iter().for_each(|found| findings.add(found));
        differ_in_capitals(names).into_iter().for_each(|found| findings.add(found));
        left_out(names, evidence, &identify(names, evidence, self.settings), findings);
        Ok(())
    }
}

/// The warnings about columns whose names differ only in capitals: of JSON, they may be one variable.
fn differ_in_capitals(names: &[String]) -> Vec<Finding> {
    let mut alike: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for name in names.iter().filter(|name| !name.trim().is_empty()) {
        alike.entry(name.trim().to_lowercase()).or_default().push(name);
    }
    let warning = |names: Vec<&str>| {
        let [first, _, ..] = names.as_slice() else { return None };
        let shown = first_names(names.get(..MOST_NAMES).unwrap_or(&names), names.len() as u64);
        let message = format!("{shown} differ only in capitals: each is a variable of its own");
        let remedy = format!("if they are one, call all of them {}; if not, rename all but one", quoted(first));
        Some(Finding::new(FindingId::HeaderCase, message).column(*first).remedy(remedy))
    };
    alike.into_values().filter_map(warning).collect()
}

/// The warning that the treatments of a case stand in several columns, and are no lines; none of columns of which
/// something is stated.
fn treatments_in_columns(variables: &[(Variable, usize)], settings: &Settings) -> Option<Finding> {
    let fields = || settings.schema.iter().flat_map(|schema| &schema.variables);
    let is_stated = |header: &str| {
        settings.forced.contains_key(header) || fields().any(|field| field.header == header && field.role.is_some())
    };
    let is_numbered = |variable: &&Variable| {
        variable.role == Role::Other && numbers_a_treatment(&variable.header) && !is_stated(&variable.header)
    };
    let variables = || variables.iter().map(|(variable, _)| variable);
    // `Treatment` beside `Treatment 2` may be the first of them.
    let may_be_first = |variable: &&Variable| read_header(&variable.header).role == Role::Treatment;
    let is_one = |variable: &&Variable| is_numbered(variable) || may_be_first(variable) && !is_stated(&variable.header);
    variables().find(is_numbered)?;
    let columns: Vec<&str> = variables().filter(is_one).map(|of| of.header.as_str()).collect();
    let (first, true) = (columns.first()?, columns.len() > 1) else { return None };
    let shown = first_names(columns.get(..MOST_NAMES).unwrap_or(&columns), columns.len() as u64);
    let message = format!("the treatments of a case stand in {} columns, {shown}: they make no lines", columns.len());
    let remedy = format!(
        "write them into one column called treatment, in their order, each with its response: methotrexate: partial; \
         ivig: complete; to keep the columns: {}",
        columns
            .iter()
            .map(|name| format!("--kind {}", quoted(&format!("{name}=category"))))
            .collect::<Vec<_>>()
            .join(" ")
    );
    Some(Finding::new(FindingId::TreatmentsInColumns, message).column(*first).remedy(remedy))
}

/// The note that the comma is the decimal mark of some columns, where neither an option nor the schema says so.
fn commas_read(variables: &[(Variable, usize)], file: &WholeFile<'_>) -> Option<Finding> {
    let fields = file.settings.schema.iter().flat_map(|schema| &schema.variables);
    let stated: Vec<&str> = fields.filter(|field| field.mark.is_some()).map(|field| field.header.as_str()).collect();
    let has_commas = |column: usize| file.evidence.get(column).is_some_and(|evidence| evidence.has_decimal_commas());
    let is_read = |(variable, column): &&(Variable, usize)| {
        variable.reading.mark == DecimalMark::Comma
            && variable.kind == Kind::Number
            && has_commas(*column)
            && !stated.contains(&variable.header.as_str())
    };
    let names: Vec<&str> = variables.iter().filter(is_read).map(|(variable, _)| variable.name.as_str()).collect();
    let shown = first_names(names.get(..MOST_NAMES).unwrap_or(&names), names.len() as u64);
    let message = format!("the comma is read as the decimal mark in {shown}");
    let remedy = "to say so yourself: --decimal-comma, or \"decimalChar\" in the schema";
    (!names.is_empty()).then(|| Finding::new(FindingId::DecimalCommasRead, message).remedy(remedy))
}
