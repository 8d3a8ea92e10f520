//! The checklist of completeness, and what came of each item.

use super::completeness::Fields;
use crate::diagnostic::Severity;

/// One item of the checklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// Its number, such as `C02`.
    pub number: &'static str,
    /// The id of its findings.
    pub id: &'static str,
    /// How much they matter.
    pub severity: Severity,
    /// What it asks for.
    pub asks_for: &'static str,
}

const fn item(number: &'static str, id: &'static str, severity: Severity, asks_for: &'static str) -> Item {
    Item { number, id, severity, asks_for }
}

/// The checklist; the catalogue says which items of CARE, PROCESS, JBI and IHE each stands for.
pub const ITEMS: [Item; 26] = [
    item("C01", "title-incomplete", Severity::Note, "title names the report and the condition"),
    item("C02", "consecutive-not-stated", Severity::Warning, "consecutive inclusion"),
    item("C03", "inclusion-not-complete", Severity::Warning, "complete inclusion, number screened"),
    item("C04", "criteria-not-stated", Severity::Warning, "criteria of inclusion and exclusion"),
    item("C05", "design-not-stated", Severity::Error, "design, centres, period"),
    item("C06", "case-not-dated", Severity::Warning, "each case dated inside the period"),
    item("C07", "age-event-unclear", Severity::Error, "age, with the event it refers to"),
    item("C08", "sex-not-reported", Severity::Error, "sex"),
    item("C09", "direct-identifier", Severity::Error, "no direct identifiers"),
    item("C10", "certainty-not-reported", Severity::Warning, "diagnosis, certainty, criteria"),
    item("C11", "side-not-explicit", Severity::Warning, "sites with their sides"),
    item("C12", "headline-lab-not-reported", Severity::Warning, "headline laboratory results"),
    item("C13", "unit-missing", Severity::Warning, "units of laboratory numbers"),
    item("C14", "drug-line-incomplete", Severity::Warning, "dose, route, frequency, duration"),
    item("C15", "change-without-reason", Severity::Warning, "reasons for changes of treatment"),
    item("C16", "response-not-reported", Severity::Error, "response of each line, on a named scale"),
    item("C17", "not-measured-before-and-after", Severity::Warning, "outcome before and after"),
    item("C18", "follow-up-not-reported", Severity::Error, "length of follow-up"),
    item("C19", "last-status-not-reported", Severity::Warning, "last status, reason if lost"),
    item("C20", "adverse-events-not-reported", Severity::Warning, "adverse events"),
    item("C21", "consent-not-stated", Severity::Warning, "consent, ethics, perspective"),
    item("C22", "setting-not-stated", Severity::Note, "setting, catchment, referral"),
    item("C23", "timeline-missing", Severity::Warning, "a timeline of each case"),
    item("C24", "denominators-not-checked", Severity::Error, "denominators of the report"),
    item("C25", "weight-not-reported", Severity::Note, "weight where doses are by weight"),
    item("C26", "responses-not-compared", Severity::Error, "one response of a line throughout the report"),
];

fn item_of(id: &str) -> Option<&'static Item> {
    ITEMS.iter().find(|item| item.id == id)
}

/// The severity of an id where nothing else is said of it; none for findings outside the checklist.
pub fn severity_of(id: &str) -> Option<Severity> {
    item_of(id).map(|item| item.severity)
}

/// What came of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Everything it asks for is there.
    Satisfied,
    /// Something is missing.
    NotSatisfied,
    /// The series has nothing that it asks about.
    NotApplicable,
    /// It compares a report with its records.
    NotCheckedHere,
}

impl State {
    /// The words used in reports.
    pub fn words(self) -> &'static str {
        match self {
            State::Satisfied => "satisfied",
            State::NotSatisfied => "not satisfied",
            State::NotApplicable => "not applicable",
            State::NotCheckedHere => "not checked here",
        }
    }
}

/// What came of one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemResult {
    /// The item.
    pub item: Item,
    /// What came of it.
    pub state: State,
    /// What was found, in words.
    pub said: String,
}

/// What the rules conclude.
#[derive(Debug, Default)]
pub struct Items {
    /// The items, in any order.
    pub results: Vec<ItemResult>,
    /// How complete each column is.
    pub fields: Fields,
}

impl Items {
    /// Adds the result of the item with these findings.
    pub fn add(&mut self, id: &'static str, state: State, said: impl Into<String>) {
        if let Some(item) = item_of(id) {
            self.results.push(ItemResult { item: *item, state, said: said.into() });
        }
    }

    /// The same where an item is satisfied or not.
    pub fn judge(&mut self, id: &'static str, is_satisfied: bool, said: impl Into<String>) {
        self.add(id, if is_satisfied { State::Satisfied } else { State::NotSatisfied }, said);
    }
}

/// The items in their order, with those that only a report can satisfy.
pub fn in_order(mut results: Vec<ItemResult>) -> Vec<ItemResult> {
    for id in ["denominators-not-checked", "responses-not-compared"] {
        let mut items = Items::default();
        items.add(id, State::NotCheckedHere, "compares the report with its records: calc-series check");
        results.append(&mut items.results);
    }
    results.sort_by_key(|result| result.item.number);
    results
}
