//! The column of a member inside a group.

use std::borrow::Cow;

/// What is a part of the name of a person in any group, and what is one in a group that is a person.
const PARTS_OF_A_NAME: [&str; 5] = ["given", "initials", "forename", "surname", "maiden"];
const PARTS_OF_A_PERSON: [&str; 5] = ["first", "last", "family", "middle", "full"];
/// Groups that are a person.
const PERSONS: [&str; 12] = [
    "patient",
    "person",
    "subject",
    "participant",
    "case",
    "contact",
    "mother",
    "father",
    "parent",
    "guardian",
    "physician",
    "doctor",
];

/// The column of a member of a group: its own name, but for a part of a name, which only the group tells to be one.
///
/// `{"name": {"first": …}}` and `{"patient": {"given": …}}` are `patient_name_first` and `patient_given_name`, which are
/// withheld; the first and the last of `{"crp": {"first": …, "last": …}}` are those of a measurement.
pub(super) fn column_of_member<'a>(group: &str, name: Cow<'a, str>) -> Cow<'a, str> {
    let (group, lower) = (group.to_lowercase(), name.to_lowercase());
    let mut words = group.split(['_', ' ', '-']);
    let is_of_name = words.clone().any(|word| matches!(word, "name" | "names"));
    let is_person = words.any(|word| PERSONS.contains(&word));
    let is_part = PARTS_OF_A_NAME.contains(&lower.as_str()) || is_person && PARTS_OF_A_PERSON.contains(&lower.as_str());
    match (is_of_name, is_part) {
        _ if lower.contains("name") => name,
        (true, _) => Cow::Owned(format!("patient_name_{name}")),
        (false, true) => Cow::Owned(format!("{group}_{name}_name")),
        (false, false) => name,
    }
}
