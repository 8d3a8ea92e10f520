//! Whether the patient has an item of a list: `{"name": "cough", "present": false}`.

use super::nested::NestedMembers;

/// Members that are true of what the patient has, of what was given, and of what happened.
const OF_PRESENT: [&str; 11] = [
    "present",
    "observed",
    "occurred",
    "experienced",
    "reported",
    "given",
    "administered",
    "received",
    "taken",
    "answer",
    "status",
];
/// Members that are true of what the patient has not.
const OF_ABSENT: [&str; 7] = ["excluded", "absent", "negated", "denied", "refuted", "not_present", "ruled_out"];
const YES: [&str; 6] = ["true", "yes", "y", "1", "present", "positive"];
const NO: [&str; 14] = [
    "false",
    "no",
    "n",
    "0",
    "absent",
    "negative",
    "not present",
    "excluded",
    "denied",
    "ruled out",
    "refuted",
    "not given",
    "planned",
    "never",
];

/// What is written where nobody knows; null and a blank are the empty text.
const UNKNOWN: [&str; 6] = ["", "?", "unknown", "not known", "n/a", "na"];

/// Whether the patient has an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    Present,
    Absent,
    /// A member that is there to tell it does not.
    Unknown,
}

/// What one member says of an item; none of a member that tells something else, such as a date.
fn said(members: &NestedMembers<'_>, name: &str) -> Option<Presence> {
    let lower = name.to_lowercase();
    let is_of_absent = OF_ABSENT.contains(&lower.as_str());
    if !is_of_absent && !OF_PRESENT.contains(&lower.as_str()) {
        return None;
    }
    let text = members.text(name).ok()?.map_or_else(String::new, |text| text.trim().to_lowercase());
    let is = |words: &[&str]| words.contains(&text.as_str());
    match (is(&YES), is(&NO), is(&UNKNOWN)) {
        (true, ..) if is_of_absent => Some(Presence::Absent),
        (_, true, _) if !is_of_absent => Some(Presence::Absent),
        (true, ..) | (_, true, _) => Some(Presence::Present),
        (.., true) if lower != "status" => Some(Presence::Unknown),
        _ => None,
    }
}

/// What the members of an item say of it; present where none of them tells.
pub(super) fn presence(members: &NestedMembers<'_>) -> Presence {
    let all: Vec<Presence> = members.0.iter().filter_map(|(name, _)| said(members, name)).collect();
    let says = |one: Presence| all.contains(&one).then_some(one);
    says(Presence::Absent).or_else(|| says(Presence::Unknown)).unwrap_or(Presence::Present)
}

/// True for a member that tells it.
pub(super) fn tells_presence(members: &NestedMembers<'_>, name: &str) -> bool {
    said(members, name).is_some()
}
