//! The catalogue of finding ids, each with the paragraph that explains it.

use serde::Deserialize;
use std::collections::BTreeMap;

const CATALOGUE: &str = include_str!("catalogue.toml");

/// One entry of `catalogue.toml`.
#[derive(Debug, Clone, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// What the finding is, in one line.
    pub title: String,
    /// Why it matters and what to do.
    pub text: String,
}

/// The entry of a finding id; `None` for an id that the catalogue does not hold.
pub fn explain(id: &str) -> Option<Entry> {
    let mut entries: BTreeMap<String, Entry> = toml::from_str(CATALOGUE).ok()?;
    entries.remove(id)
}
