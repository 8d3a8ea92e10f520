//! What messages tell of columns that may identify patients.

use super::settings::{IdChoice, Settings};
use crate::diagnostic::{Finding, FindingId, Findings, Severity, quoted};
use crate::schema::Variable;
use crate::schema::decide::{Forced, decide};
use crate::schema::evidence::Evidence;
use std::cell::LazyCell;

/// The warning that the values of a column are withheld.
pub(super) fn withheld(variable: &Variable) -> Finding {
    let header = &variable.header;
    let remedy = match variable.is_deidentified {
        true => "remove the column from files you share".to_owned(),
        false => format!("remove the column from files you share; to show it anyway: --show {}", quoted(header)),
    };
    let message = "this column may identify patients: its values are withheld and only counts are shown";
    Finding::new(FindingId::DirectIdentifier, message).severity(Severity::Warning).column(header).remedy(remedy)
}

/// Removes the values of withheld columns from findings, and excerpts of rows with such columns.
pub(super) fn conceal(findings: &mut Findings, names: &[String], settings: &Settings) {
    // Most runs have no such excerpt.
    let is_any_withheld = LazyCell::new(|| names.iter().any(|name| is_withheld(name, settings)));
    findings.each(|finding| {
        let is_concealed = finding.value.is_some()
            && match &finding.location.column {
                Some(column) => is_withheld(column, settings),
                None => *is_any_withheld,
            };
        if is_concealed {
            finding.value = None;
        }
    });
}

/// True for a column that is withheld, judged by its header and the settings alone.
fn is_withheld(header: &str, settings: &Settings) -> bool {
    let plain = crate::schema::header::read_header(header).name;
    let of = |name: &str| name == header || name == plain;
    let forced = settings.forced.iter().filter(|(name, _)| of(name)).map(|(_, forced)| forced);
    let forced = forced.fold(Forced::default(), |a, b| Forced {
        role: a.role.or(b.role),
        show: a.show || b.show,
        split: a.split.or(b.split),
        deidentify: settings.deidentify,
        ..a
    });
    let is_id = matches!(&settings.id, IdChoice::Column(id) if of(id));
    let declared = settings
        .schema
        .as_ref()
        .and_then(|schema| schema.variables.iter().chain(&schema.sets).find(|field| field.header == header));
    !is_id && decide(header, &Evidence::default(), declared, &forced).is_withheld()
}
