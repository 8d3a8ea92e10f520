//! Clinical files of cBioPortal: what the four lines above the header state becomes a schema.

use crate::diagnostic::{Finding, FindingId};
use crate::error::Error;
use crate::read::{Inputs, StatedColumn};
use crate::schema::table_schema::DeclaredVariable;
use crate::schema::{Kind, Level};
use crate::tally::Settings;

/// The values of the columns of status, each with its label. Source: the file formats of cBioPortal.
const STATUSES: [(&str, [(&str, &str); 2]); 4] = [
    ("OS_STATUS", [("0:LIVING", "living"), ("1:DECEASED", "deceased")]),
    ("DFS_STATUS", [("0:DiseaseFree", "disease free"), ("1:Recurred/Progressed", "recurred or progressed")]),
    ("PFS_STATUS", [("0:CENSORED", "censored"), ("1:PROGRESSION", "progression")]),
    (
        "DSS_STATUS",
        [("0:ALIVE OR DEAD TUMOR FREE", "alive or dead, tumor free"), ("1:DEAD WITH TUMOR", "dead with tumor")],
    ),
];

/// Declares the columns of a clinical file of cBioPortal; nothing of another input.
///
/// Errors: an input that cannot be read.
pub fn cbioportal(inputs: &Inputs, settings: &mut Settings) -> Result<Vec<Finding>, Error> {
    let stated = inputs.stated_columns()?;
    if stated.is_empty() {
        return Ok(Vec::new());
    }
    settings.schema.get_or_insert_default().add_columns(stated.iter().map(declared).collect());
    let message = "a clinical file of cBioPortal: labels, descriptions and types of its columns are above the header";
    Ok(vec![Finding::new(FindingId::CbioportalTable, message)])
}

fn declared(column: &StatedColumn) -> DeclaredVariable {
    let mut declared = DeclaredVariable::named(&column.name);
    let text = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    (declared.label, declared.description) = (text(&column.label), text(&column.description));
    declared.kind = column.is_number.then_some(Kind::Number);
    let values = STATUSES.iter().find(|(name, _)| *name == column.name);
    declared.levels = values.map(|(_, values)| {
        let level =
            |(value, label): &(&str, &str)| Level { value: (*value).to_owned(), label: Some((*label).to_owned()) };
        values.iter().map(level).collect()
    });
    declared
}
