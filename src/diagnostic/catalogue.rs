//! The catalogue of findings: the closed type of their ids, and what `catalogue.toml` says of each.
//!
//! The catalogue is the only place that gives an id, its severity and its meaning.

use super::Severity;
use std::fmt;

include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));

/// One entry of `catalogue.toml`.
#[derive(Debug, PartialEq, Eq)]
pub struct CatalogueEntry {
    /// What the finding is, in one line.
    pub title: &'static str,
    /// Why it matters and what to do.
    pub text: &'static str,
    /// The severity it has; where it may have several, the usual one comes first.
    severities: &'static [Severity],
    /// False where its message and its remedy name columns and counts only, never the text of a cell.
    pub quotes_cells: bool,
    /// Its item of the checklist of completeness; none for other findings.
    pub item: Option<ChecklistItem>,
}

/// One item of the checklist of completeness.
#[derive(Debug, PartialEq, Eq)]
pub struct ChecklistItem {
    /// Its number, such as `C02`.
    pub number: &'static str,
    /// What it asks for.
    pub asks_for: &'static str,
    /// The items of published guidelines it corresponds to.
    pub guidelines: &'static str,
    /// True for what a report will have to state: a list for its author, and no fault of the records.
    pub is_to_report: bool,
}

impl FindingId {
    /// The id that a word names: an id, or a number of the checklist such as `C02`, in capitals or not.
    pub fn named(word: &str) -> Option<FindingId> {
        let word = word.trim();
        let is_named = |id: &FindingId| {
            id.word().eq_ignore_ascii_case(word) || id.item().is_some_and(|item| item.number.eq_ignore_ascii_case(word))
        };
        FindingId::ALL.iter().copied().find(is_named)
    }

    /// Every id as it is written.
    pub fn words() -> Vec<&'static str> {
        FindingId::ALL.iter().map(|id| id.word()).collect()
    }

    /// Its item of the checklist of completeness.
    pub fn item(self) -> Option<&'static ChecklistItem> {
        self.entry().item.as_ref()
    }

    /// The severity it has unless something else is known.
    pub fn severity(self) -> Severity {
        self.entry().severities.first().copied().unwrap_or(Severity::Error)
    }

    /// True for a severity that the catalogue gives it.
    pub(super) fn may_be(self, severity: Severity) -> bool {
        self.entry().severities.contains(&severity)
    }
}

impl fmt::Display for FindingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
