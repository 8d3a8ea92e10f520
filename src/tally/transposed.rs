//! Tables that stand on their side, and exports with several rows a patient.

use crate::diagnostic::{Finding, FindingId, SourceLocation, first_names};
use crate::read::Inputs;
use crate::schema::Role;
use crate::schema::evidence::Evidence;
use crate::schema::header::patients::{PatientHeader, names_one_patient};
use crate::schema::header::read_header;
use std::sync::Arc;

/// Most columns beside the patients and their items, such as the unit and the normal range.
const MOST_OTHERS: usize = 2;
/// Columns by which an export of REDCap tells its rows apart.
const REDCAP: [&str; 3] = ["redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance"];

/// The refusal of a table whose columns are the patients.
pub fn patients_in_columns(inputs: &Inputs, names: &[String], evidence: &[Arc<Evidence>]) -> Option<Finding> {
    let (_, rest) = names.split_first()?;
    let (mut patients, mut others) = (Vec::new(), 0_usize);
    for name in rest {
        match names_one_patient(name) {
            Some(header) => patients.push((name.as_str(), header)),
            None => others = others.saturating_add(1),
        }
        if others > MOST_OTHERS {
            return None;
        }
    }
    if patients.len() < 2 || others > MOST_OTHERS.min(patients.len().saturating_sub(1)) {
        return None;
    }
    let are_words = patients.iter().all(|(_, header)| *header == PatientHeader::Word);
    if !are_words && !holds_items(evidence.first()?) {
        return None;
    }
    let shown: Vec<&str> = patients.iter().map(|(name, _)| *name).take(3).collect();
    let shown = first_names(&shown, patients.len() as u64);
    let message = format!("the columns are the patients ({shown}); each patient must be a row");
    let remedy = "turn the table: copy it in the spreadsheet program, and paste it with \"Transpose\"";
    let finding = Finding::new(FindingId::PatientsInColumns, message).remedy(remedy);
    let place = inputs.headers_by_input().next().map(|(input, file, _)| SourceLocation::input(input, file));
    Some(finding.at(place.unwrap_or_default()))
}

/// True for a column whose cells are names of columns: age, sex.
fn holds_items(evidence: &Evidence) -> bool {
    evidence.words().any(|(word, _)| matches!(read_header(word).role, Role::Age | Role::Sex))
}

/// The refusal of an export of REDCap with several rows a patient, beside the ids that occur twice.
pub fn redcap_rows(names: &[String]) -> Option<Finding> {
    let column = names.iter().find(|name| REDCAP.contains(&name.as_str()))?;
    let message = "this is a REDCap export with one row for each event or repeated instrument, not for each patient";
    let remedy = "put the rows of all exports of the project into one file, and name it alone";
    Some(Finding::new(FindingId::OtherFormat, message).column(column).remedy(remedy))
}
