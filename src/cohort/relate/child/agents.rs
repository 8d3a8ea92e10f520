//! The agents of a row of a treatment table, as a line writes them.

use super::fields::Field;
use super::table::KeyedTable;
use crate::cohort::lines::quoted_agent;
use crate::cohort::relate::rows::RowIndex;
use crate::diagnostic::{Finding, FindingId};
use crate::schema::header::read_header;
use crate::schema::items::{Separators, unsplit};
use crate::schema::missing_words::certainly_missing;

/// Both join agents that are given together.
const TOGETHER: [char; 2] = ['+', ';'];

/// The agents of a cell, joined by `+` or `;` if there are several; the detail belongs to the only one, else to the last.
pub(super) fn agents(text: &str, detail: Option<&str>) -> Vec<(String, String)> {
    let names: Vec<&str> = text.split(TOGETHER).map(str::trim).filter(|name| !name.is_empty()).collect();
    let last = names.len().saturating_sub(1);
    let written = |(at, name): (usize, &&str)| match detail.filter(|_| at == last) {
        Some(detail) => (name.to_lowercase(), format!("{} [{detail}]", quoted_agent(name))),
        None => (name.to_lowercase(), quoted_agent(name).into_owned()),
    };
    names.iter().enumerate().map(written).collect()
}

/// Dose, unit, frequency and route in one text, and behind a comma for how long the agent was given.
pub(super) fn detail(table: &KeyedTable<'_>, row: RowIndex) -> Option<String> {
    let mut dose = table.text(row, Field::Dose).to_owned();
    let header = table.fields.get(Field::Dose).and_then(|column| table.table.rows.columns.get(column));
    let unit = header.and_then(|header| read_header(header).unit).filter(|_| !table.text(row, Field::Dose).is_empty());
    if let Some(unit) = unit.filter(|unit| !dose.contains(unit.as_str())) {
        dose = format!("{dose} {unit}");
    }
    let others = [Field::DoseUnit, Field::Frequency, Field::Route].map(|field| table.text(row, field).to_owned());
    let parts: Vec<String> =
        std::iter::once(dose).chain(others).filter(|part| certainly_missing(part).is_none()).collect();
    let dose = parts.iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ");
    let texts = [Some(dose).filter(|text| !text.is_empty()), given_for(table, row)];
    let text = texts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    // Brackets enclose the detail.
    (!text.is_empty()).then(|| text.replace('[', "(").replace(']', ")"))
}

/// For how long the agent of a row was given, with the unit of the header where the cell has none.
fn given_for(table: &KeyedTable<'_>, row: RowIndex) -> Option<String> {
    let text = table.text(row, Field::Duration);
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','));
    let header = table.fields.get(Field::Duration).and_then(|column| table.table.rows.columns.get(column));
    let unit = || header.and_then(|header| read_header(header).unit).unwrap_or_default();
    match text {
        text if text.is_empty() || certainly_missing(text).is_some() => None,
        text if is_number => Some(format!("{text} {}", unit()).trim_end().to_owned()),
        text => Some(text.to_owned()),
    }
}

/// What is said of an agent that may be several: `prednisone and methotrexate`, `prednisone/methotrexate`.
pub(super) fn several_agents(table: &KeyedTable<'_>, row: RowIndex) -> Option<Finding> {
    let text = table.text(row, Field::Agent);
    let is_several = |name: &str| !unsplit(name.trim(), Separators::UNNOTICED).is_empty();
    if !text.split(TOGETHER).any(is_several) {
        return None;
    }
    let finding = Finding::new(FindingId::UnsplitItems, "this may be several agents, and is counted as one");
    let finding = finding.at(table.location(row, Field::Agent)).value(text);
    Some(finding.remedy("write + between agents that were given together, or each in a row of its own"))
}
