//! The column of a member inside a group.

use std::borrow::Cow;

/// What a group holds of the name of a person.
const PARTS_OF_A_NAME: [&str; 10] =
    ["first", "last", "given", "family", "middle", "full", "initials", "forename", "surname", "maiden"];

/// The column of a member of a group: its own name, but for a part of a name, which only the group tells to be one.
///
/// `{"name": {"first": …}}` and `{"patient": {"given": …}}` are `patient_name_first` and `patient_given_name`, which are withheld.
pub(super) fn column_of_member<'a>(group: &str, name: Cow<'a, str>) -> Cow<'a, str> {
    let (group, lower) = (group.to_lowercase(), name.to_lowercase());
    let is_of_name = group.split(['_', ' ', '-']).any(|word| matches!(word, "name" | "names"));
    match (is_of_name, PARTS_OF_A_NAME.contains(&lower.as_str())) {
        _ if lower.contains("name") => name,
        (true, _) => Cow::Owned(format!("patient_name_{name}")),
        (false, true) => Cow::Owned(format!("{group}_{name}_name")),
        (false, false) => name,
    }
}
