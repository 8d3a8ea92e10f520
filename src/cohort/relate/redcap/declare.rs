//! What the dictionary says of a field, as the declaration of a column.

use super::entry_unit::{entered_in_another_unit, unit_of_note};
use super::export::{ExportField, FieldColumns};
use super::value::missing_choice;
use crate::decimal::Decimal;
use crate::read::redcap::{FieldDefinition, FieldType};
use crate::schema::header::read_header;
use crate::schema::table_schema::DeclaredVariable;
use crate::schema::{DecimalMark, Kind, Level, Plausible, Role};

/// The declaration of a field.
pub fn declared(field: &ExportField<'_>) -> DeclaredVariable {
    let mut declared = DeclaredVariable::named(&field.name);
    if matches!(field.columns, FieldColumns::Boxes(_)) {
        declared.kind = Some(Kind::Set);
        declared.role =
            Some(role(&field.name, field.definition)).filter(|role| may_be_items(*role)).or(Some(Role::Other));
    }
    let Some(definition) = field.definition else { return declared };
    declared.label = Some(definition.label.clone()).filter(|label| !label.is_empty());
    if declared.role.is_none() {
        declared.role = Some(role(&field.name, Some(definition))).filter(|role| *role != Role::Other);
    }
    if definition.is_identifier {
        declared.role = Some(Role::DirectIdentifier);
    }
    of_type(&mut declared, definition);
    if entered_in_another_unit(&field.name, definition).is_none() {
        declared.unit = unit_of_note(definition).map(str::to_owned);
    }
    if declared.kind == Some(Kind::Number) {
        let limit = |text: &str| Decimal::parse(&text.replace(',', ".")).ok();
        let (low, high) = (limit(&definition.limits.0), limit(&definition.limits.1));
        declared.plausible = low.or(high).map(|_| Plausible { low, high, note: None });
    }
    declared
}

fn of_type(declared: &mut DeclaredVariable, definition: &FieldDefinition) {
    match definition.field_type {
        FieldType::Notes => declared.kind = Some(Kind::Text),
        FieldType::YesNo => declared.kind = Some(Kind::Binary),
        FieldType::Calculated | FieldType::Slider | FieldType::Number => declared.kind = Some(Kind::Number),
        FieldType::CommaNumber => (declared.kind, declared.mark) = (Some(Kind::Number), Some(DecimalMark::Comma)),
        FieldType::Date => declared.kind = Some(Kind::Date),
        FieldType::Choice => {
            // Codes of the sex have their own words, which the program knows.
            if declared.role != Some(Role::Sex) {
                declared.kind = Some(Kind::Category);
                declared.levels = Some(levels(definition));
            }
        }
        FieldType::Boxes => declared.levels = Some(levels(definition)),
        FieldType::Text | FieldType::Descriptive | FieldType::File => {}
    }
}

/// The labels, each once, in their order; those that tell nothing are no levels.
fn levels(definition: &FieldDefinition) -> Vec<Level> {
    let mut levels: Vec<Level> = Vec::new();
    for (_, label) in definition.choices.iter().filter(|(_, label)| missing_choice(label).is_none()) {
        if !levels.iter().any(|level| level.value == *label) {
            levels.push(Level { value: label.clone(), label: None });
        }
    }
    levels
}

/// The role by the name of a field, else by its question; a question does not name the case.
fn role(name: &str, definition: Option<&FieldDefinition>) -> Role {
    match read_header(name).role {
        Role::Other => {
            let asked = definition.map_or(Role::Other, |definition| read_header(&definition.label).role);
            if asked == Role::CaseId { Role::Other } else { asked }
        }
        role => role,
    }
}

fn may_be_items(role: Role) -> bool {
    matches!(role, Role::Site | Role::DirectIdentifier)
}
