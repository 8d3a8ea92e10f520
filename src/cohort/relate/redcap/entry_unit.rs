//! The unit in which the numbers of a field are entered.

use crate::cohort::unit::same_unit;
use crate::read::redcap::FieldDefinition;
use crate::schema::header::{is_unit, read_header};

/// The unit that the note below a field states.
pub fn unit_of_note(definition: &FieldDefinition) -> Option<&str> {
    Some(definition.note.trim_matches(['(', ')', ' '])).filter(|note| !note.is_empty() && is_unit(note))
}

/// The unit in which numbers are entered, where the name of the field states another one: `weight_g` with the note `kg`.
///
/// Who fills in the form sees the note.
pub fn entered_in_another_unit<'d>(name: &str, definition: &'d FieldDefinition) -> Option<&'d str> {
    let of_name = read_header(name).unit?;
    unit_of_note(definition).filter(|note| !same_unit(note, &of_name))
}
