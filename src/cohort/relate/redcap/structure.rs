//! The columns of an export that are no fields, and what each row is.

use crate::cohort::relate::rows::{KeptRows, RowIndex};
use crate::diagnostic::{Finding, FindingId, Findings};
use crate::error::Error;
use rustc_hash::FxHashMap;

const EVENT: &str = "redcap_event_name";
const INSTRUMENT: &str = "redcap_repeat_instrument";
const INSTANCE: &str = "redcap_repeat_instance";
/// Columns of the export itself beside these.
const OTHERS: [&str; 4] =
    ["redcap_data_access_group", "redcap_survey_identifier", "redcap_survey_timestamp", "redcap_survey_queue_link"];
/// Ends of the names of columns of a form as a whole.
const COMPLETE: &str = "_complete";
const TIMESTAMP: &str = "_timestamp";
/// Headers of an export with labels.
const LABEL_HEADERS: [&str; 4] = ["Event Name", "Repeat Instrument", "Repeat Instance", "Complete?"];

/// True for the header of a raw export that says so itself.
pub fn is_export(headers: &[String]) -> bool {
    headers.iter().any(|name| [EVENT, INSTRUMENT, INSTANCE].contains(&name.trim()) || OTHERS.contains(&name.trim()))
}

/// True for a header with the state of some form, as an export has it.
pub fn has_forms(headers: &[String]) -> bool {
    headers.iter().any(|name| name.ends_with(COMPLETE))
}

/// True for the header of an export with labels in place of names and codes.
pub fn is_label_export(headers: &[String]) -> bool {
    let marks = headers.iter().filter(|name| LABEL_HEADERS.contains(&name.trim()) || name.contains("(choice="));
    marks.count() > 1
}

/// The columns of an export.
#[derive(Debug, Clone, Default)]
pub struct ExportStructure {
    /// The column of the record.
    pub id: usize,
    event: Option<usize>,
    instrument: Option<usize>,
    instance: Option<usize>,
    /// The column of the state of each form, by the name of the form.
    pub complete: FxHashMap<String, usize>,
    /// Columns that are no fields.
    pub dropped: Vec<usize>,
}

impl ExportStructure {
    /// The structure of an export with these columns; the first one is the record.
    pub fn of(columns: &[String]) -> ExportStructure {
        let find = |wanted: &str| columns.iter().position(|name| name.trim() == wanted);
        let mut structure = ExportStructure {
            event: find(EVENT),
            instrument: find(INSTRUMENT),
            instance: find(INSTANCE),
            ..ExportStructure::default()
        };
        for (at, name) in columns.iter().enumerate().skip(1) {
            let name = name.trim();
            if let Some(form) = name.strip_suffix(COMPLETE) {
                structure.complete.insert(form.to_owned(), at);
            }
            let is_timestamp = name
                .strip_suffix(TIMESTAMP)
                .is_some_and(|form| columns.iter().any(|other| other.trim() == format!("{form}{COMPLETE}")));
            let is_own = [EVENT, INSTRUMENT, INSTANCE].contains(&name) || OTHERS.contains(&name);
            if is_own || is_timestamp || name.ends_with(COMPLETE) {
                structure.dropped.push(at);
            }
        }
        structure
    }
}

/// One row of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportRow {
    /// Its row.
    pub row: RowIndex,
    /// Its event as it is written; empty without events.
    pub event: String,
    /// Its repeating instrument; empty for the row of the record.
    pub instrument: String,
    /// What tells it apart from the other rows of the record: the event and the instance.
    pub visit: String,
}

/// The rows of an export by record.
pub struct ExportRows {
    /// The rows of each record, in the order of the records in the file.
    pub records: Vec<Vec<ExportRow>>,
    /// The visits in order: by their event, then by their instance.
    pub visits: Vec<String>,
}

impl ExportRows {
    /// The rows of an export.
    ///
    /// Errors: rows of no record, and two rows of one record, event, instrument and instance.
    pub fn of(rows: &KeptRows, structure: &ExportStructure) -> Result<ExportRows, Error> {
        let text =
            |row, column: Option<usize>| column.map_or_else(String::new, |column| rows.text(row, column).to_owned());
        let arms: Vec<String> = rows.rows().map(|row| text(row, structure.event)).collect();
        let has_one_arm = arms.iter().all(|event| event.is_empty() || event.ends_with("_arm_1"));
        let (mut numbers, mut seen, mut refused) = (FxHashMap::default(), FxHashMap::default(), Findings::default());
        let (mut records, mut events) = (Vec::new(), Vec::<String>::new());
        let mut visits: Vec<(usize, u64, String)> = Vec::new();
        for (row, event) in rows.rows().zip(arms) {
            let (id, instrument, instance) =
                (text(row, Some(structure.id)), text(row, structure.instrument), text(row, structure.instance));
            if id.is_empty() {
                let finding = Finding::new(FindingId::RowWithoutCase, "a row without its record");
                refused.add(finding.at(rows.location(row, structure.id)).remedy("export the project again"));
                continue;
            }
            let label = if has_one_arm { event.trim_end_matches("_arm_1") } else { &event };
            let visit = [label, &instance]
                .iter()
                .filter(|part| !part.is_empty())
                .copied()
                .map(str::to_owned)
                .collect::<Vec<_>>()
                .join("_");
            if let Some(first) = seen.insert((id.clone(), instrument.clone(), visit.clone()), row) {
                let before = rows.location(first, structure.id).position;
                let message = format!("two rows of one record, event, instrument and instance, the first at{before}");
                let finding = Finding::new(FindingId::DuplicateVisit, message).at(rows.location(row, structure.id));
                refused.add(finding.value(id).remedy("export the project again"));
                continue;
            }
            let place = events.iter().position(|known| *known == event).unwrap_or_else(|| {
                events.push(event.clone());
                events.len().saturating_sub(1)
            });
            if !visits.iter().any(|(.., known)| *known == visit) {
                visits.push((place, instance.parse().unwrap_or(0), visit.clone()));
            }
            let number = *numbers.entry(id).or_insert_with(|| {
                records.push(Vec::<ExportRow>::new());
                records.len().saturating_sub(1)
            });
            if let Some(record) = records.get_mut(number) {
                record.push(ExportRow { row, event, instrument, visit });
            }
        }
        visits.sort();
        let visits = visits.into_iter().map(|(.., visit)| visit).collect();
        if refused.is_empty() { Ok(ExportRows { records, visits }) } else { Err(refused.into()) }
    }
}
