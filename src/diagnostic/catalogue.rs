//! The catalogue of finding ids, each with the paragraph that explains it.

/// The entries of `catalogue.toml`, in alphabetical order of their ids.
mod entries {
    use super::CatalogueEntry;
    include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));
}

use entries::ENTRIES;

/// One entry of `catalogue.toml`.
#[derive(Debug, PartialEq, Eq)]
pub struct CatalogueEntry {
    /// What the finding is, in one line.
    pub title: &'static str,
    /// Why it matters and what to do.
    pub text: &'static str,
    /// Its number in the checklist of completeness, such as `C02`; none for other findings.
    pub item: Option<&'static str>,
    /// The items of published guidelines it corresponds to.
    pub guidelines: Option<&'static str>,
}

/// The entry of a finding id; `None` for an unknown id.
pub fn explain(id: &str) -> Option<&'static CatalogueEntry> {
    let place = ENTRIES.binary_search_by(|(known, _)| (*known).cmp(id)).ok()?;
    ENTRIES.get(place).map(|(_, entry)| entry)
}

/// Every id, in alphabetical order.
pub fn ids() -> Vec<&'static str> {
    ENTRIES.iter().map(|(id, _)| *id).collect()
}

/// The id that a word names: an id, or a number of the checklist such as `C02`, in capitals or not.
pub fn canonical(word: &str) -> Option<&'static str> {
    let word = word.trim();
    let is_item = |entry: &CatalogueEntry| entry.item.is_some_and(|item| item.eq_ignore_ascii_case(word));
    let named = ENTRIES.iter().find(|(id, entry)| id.eq_ignore_ascii_case(word) || is_item(entry));
    named.map(|(id, _)| *id)
}
