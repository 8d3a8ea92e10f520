//! What the keys of a field write.

use super::declared::DeclaredVariable;
use super::json::Json;
use super::reader::reason_of;
use crate::schema::{Kind, MissingReason};
use std::collections::BTreeMap;

/// The delimiter of the standard for lists.
pub(super) const LIST_DELIMITER: char = ';';

pub(super) fn is_list(field: &DeclaredVariable) -> bool {
    field.kind == Some(Kind::Set)
}

/// The standard has no categories for lists and numbers.
pub(super) fn has_categories(field: &DeclaredVariable) -> bool {
    matches!(field.kind, Some(Kind::Category | Kind::Binary))
}

pub(super) fn levels(field: &DeclaredVariable) -> Json {
    let levels = field.levels.iter().flatten();
    labelled(levels.map(|level| (level.value.as_str(), level.label.as_deref())).collect()).unless_empty()
}

/// The delimiter of a list; a control character, which separates the items of JSON lists, is not written.
pub(super) fn list_delimiter(field: &DeclaredVariable) -> Json {
    let delimiter = field.delimiter.filter(|c| *c == '\t' || !c.is_control()).unwrap_or(LIST_DELIMITER);
    Json::Text(delimiter.to_string())
}

/// The missing tokens, all with a label as soon as one of them has a reason that it does not name itself.
pub(super) fn labelled_reasons(tokens: Option<&BTreeMap<String, MissingReason>>) -> Json {
    let Some(tokens) = tokens else { return Json::Absent };
    let needs_label = |(token, reason): (&String, &MissingReason)| {
        reason_of(token) != *reason || *reason != MissingReason::NotReported
    };
    let with_labels = tokens.iter().any(needs_label);
    labelled(tokens.iter().map(|(token, reason)| (token.as_str(), with_labels.then(|| reason.word()))).collect())
}

/// Plain values where none has a label, else objects: the standard allows no mixture.
pub(super) fn labelled(pairs: Vec<(&str, Option<&str>)>) -> Json {
    let plain = pairs.iter().all(|(_, label)| label.is_none());
    let one = |(value, label): (&str, Option<&str>)| match plain {
        true => value.into(),
        false => Json::object([("value".to_owned(), value.into()), ("label".to_owned(), label.into())]),
    };
    Json::List(pairs.into_iter().map(one).collect())
}

pub(super) fn map<T>(map: Option<&BTreeMap<String, T>>, value: impl Fn(&T) -> Json) -> Json {
    Json::object(map.into_iter().flatten().map(|(key, one)| (key.clone(), value(one)))).unless_empty()
}

pub(super) fn agents_of_classes(classes: Option<&BTreeMap<String, String>>) -> Json {
    let mut agents: BTreeMap<&String, Vec<&String>> = BTreeMap::new();
    for (agent, class) in classes.into_iter().flatten() {
        agents.entry(class).or_default().push(agent);
    }
    Json::object(agents.into_iter().map(|(class, agents)| (class.clone(), Json::list(agents)))).unless_empty()
}
