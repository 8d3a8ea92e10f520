//! The catalogue of finding ids, each with the paragraph that explains it.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

const CATALOGUE: &str = include_str!("catalogue.toml");

/// One entry of `catalogue.toml`.
#[derive(Debug, Clone, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct CatalogueEntry {
    /// What the finding is, in one line.
    pub title: String,
    /// Why it matters and what to do.
    pub text: String,
    /// Its number in the checklist of completeness, such as `C02`; none for other findings.
    pub item: Option<String>,
    /// The items of published guidelines it corresponds to.
    pub guidelines: Option<String>,
}

fn catalogue() -> &'static BTreeMap<String, CatalogueEntry> {
    static ENTRIES: OnceLock<BTreeMap<String, CatalogueEntry>> = OnceLock::new();
    ENTRIES.get_or_init(|| toml::from_str(CATALOGUE).unwrap_or_default())
}

/// The entry of a finding id; `None` for an unknown id.
pub fn explain(id: &str) -> Option<CatalogueEntry> {
    catalogue().get(id).cloned()
}

/// Every id, in alphabetical order.
pub fn ids() -> Vec<String> {
    catalogue().keys().cloned().collect()
}

/// The id that a word names: an id, or a number of the checklist such as `C02`, in capitals or not.
pub fn canonical(word: &str) -> Option<String> {
    let word = word.trim();
    let is_item = |entry: &CatalogueEntry| entry.item.as_deref().is_some_and(|item| item.eq_ignore_ascii_case(word));
    let named = catalogue().iter().find(|(id, entry)| id.eq_ignore_ascii_case(word) || is_item(entry));
    named.map(|(id, _)| id.clone())
}
