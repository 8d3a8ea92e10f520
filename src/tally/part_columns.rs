//! Columns of two things: `Age/Sex`, `BP`, and those that `--split` or the schema names. Each part is a variable.

use super::forced::forced;
use super::settings::Settings;
use crate::read::Columns;
use crate::schema::decide::Forced;
use crate::schema::decide::part::PartColumn;
use crate::schema::header::combined::{Combined, CombinedPart, combined};
use crate::schema::header::read_header;
use crate::schema::parts::{ColumnPart, Pair, Part};
use crate::schema::split::Split;
use crate::schema::table_schema::DeclaredVariable;

/// The parts of the columns of the file that hold two things, in the order of the columns.
///
/// They are numbered after the columns of the file and the sets of the schema.
pub(super) fn part_columns<'s>(columns: &Columns, settings: &'s Settings) -> Vec<PartColumn<'s>> {
    let mut parts: Vec<PartColumn<'s>> = Vec::new();
    let is_any_split = is_any_split(settings);
    for (column, header) in columns.names().iter().enumerate() {
        // Few headers name two things, and nothing else needs to be looked up for the others.
        if !is_any_split && combined(header).is_none() {
            continue;
        }
        let declared = declared(header, settings);
        let forced = forced(column, columns.names(), settings);
        for mut part in parts_of(header, declared, forced) {
            let is_taken = |name: &str| {
                columns.names().iter().any(|known| known == name) || parts.iter().any(|known| known.name == name)
            };
            if is_taken(&part.name) {
                part.name = format!("{header}: {}", part.name);
            }
            parts.push(part);
        }
    }
    parts
}

/// True where the command line or the schema splits some column.
fn is_any_split(settings: &Settings) -> bool {
    let mut fields = settings.schema.iter().flat_map(|schema| &schema.variables);
    settings.forced.values().any(|forced| forced.split.is_some())
        || fields.any(|field| field.split.is_some() || field.parts.is_some())
}

fn declared<'s>(header: &str, settings: &'s Settings) -> Option<&'s DeclaredVariable> {
    let fields = &settings.schema.as_ref()?.variables;
    let by_name = || {
        let name = read_header(header).name;
        fields.iter().find(|field| field.name == name)
    };
    fields.iter().find(|field| field.header == header.trim()).or_else(by_name)
}

/// The parts of one column; none for a column of one thing, and for one whose role or kind is stated.
fn parts_of<'s>(header: &str, declared: Option<&'s DeclaredVariable>, forced: Forced) -> Vec<PartColumn<'s>> {
    let by_header = combined(header);
    let declares = declared.is_some_and(|declared| declared.role.is_some() || declared.kind.is_some());
    let split = forced.split.or_else(|| declared.and_then(|declared| declared.split));
    let in_schema = declared.and_then(|declared| declared.parts.as_ref());
    let pair = match (split, in_schema) {
        (Some(Split::Parts(pair)), _) => pair,
        (Some(Split::Items(_)), _) => return Vec::new(),
        (None, _) if forced.role.is_some() || forced.kind.is_some() => return Vec::new(),
        (None, Some(parts)) => return parts.iter().filter_map(|part| declared_part(header, part)).collect(),
        (None, None) if declares => return Vec::new(),
        (None, None) => match &by_header {
            Some(Combined::AgeAndSex { .. }) => Pair::AgeAndSex,
            Some(Combined::BloodPressure) => Pair::BloodPressure,
            None => return Vec::new(),
        },
    };
    let of = |part: Part| ColumnPart { part, header: header.to_owned() };
    let named = |(part, name)| PartColumn { name, of: of(part), declared: None };
    names(header, pair, by_header).into_iter().map(named).collect()
}

fn declared_part<'s>(header: &str, declared: &'s DeclaredVariable) -> Option<PartColumn<'s>> {
    let of = ColumnPart { part: declared.part?, header: header.to_owned() };
    Some(PartColumn { name: declared.header.clone(), of, declared: Some(declared) })
}

/// The names of the parts, in the order of the header.
fn names(header: &str, pair: Pair, by_header: Option<Combined>) -> [(Part, String); 2] {
    match (pair, by_header) {
        (Pair::AgeAndSex, Some(Combined::AgeAndSex { age, sex, is_age_first })) => {
            let (age, sex) = ((Part::Age, with_unit(&age)), (Part::Sex, sex.name));
            if is_age_first { [age, sex] } else { [sex, age] }
        }
        (Pair::AgeAndSex, _) => [Part::Age, Part::Sex].map(|part| (part, part.word().to_owned())),
        (Pair::BloodPressure, _) => {
            let reading = read_header(header);
            let (name, unit) = (reading.name, reading.unit.unwrap_or_else(|| "mmHg".to_owned()));
            [Part::Systolic, Part::Diastolic].map(|part| (part, format!("{name} {part} ({unit})")))
        }
    }
}

fn with_unit(part: &CombinedPart) -> String {
    match &part.unit {
        Some(unit) => format!("{} ({unit})", part.name),
        None => part.name.clone(),
    }
}

/// The number of the first part among all columns.
pub(super) fn first_part(columns: &Columns, settings: &Settings) -> usize {
    let sets = settings.schema.iter().map(|schema| schema.sets.len()).sum::<usize>();
    columns.len() + sets
}
