//! The table of checks: the checklist of completeness (C01 to C26) and the checks beside it.
//!
//! The table is the only place that gives the id and the severity of a check. Each id has its
//! paragraph in `diagnostic/catalogue.toml`, with the items of CARE, PROCESS, JBI and IHE it covers.

use super::fields::Fields;
use crate::diagnostic::{Finding, Severity};
use Severity::{Error, Note, Warning};

/// One item of the checklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// Its number, such as `C02`.
    pub number: &'static str,
    /// The id of its findings.
    pub id: &'static str,
    /// What it asks for.
    pub asks_for: &'static str,
}

/// What a finding of a check is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum About {
    /// What the records get wrong, and how much that matters.
    Records(Severity),
    /// What a report will have to state: a list for its author, and no fault of the records.
    Report,
}

/// One row of the table of checks.
struct CheckRow {
    id: &'static str,
    about: About,
    item: Option<Item>,
}

/// The row of an item of the checklist that a report will have to state.
const fn item(number: &'static str, id: &'static str, asks_for: &'static str) -> CheckRow {
    CheckRow { id, about: About::Report, item: Some(Item { number, id, asks_for }) }
}

/// The row of an item of the checklist that the records themselves get wrong.
const fn fault(number: &'static str, id: &'static str, severity: Severity, asks_for: &'static str) -> CheckRow {
    CheckRow { id, about: About::Records(severity), item: Some(Item { number, id, asks_for }) }
}

/// The row of a check that is not on the checklist.
const fn beside(id: &'static str, severity: Severity) -> CheckRow {
    CheckRow { id, about: About::Records(severity), item: None }
}

impl CheckRow {
    const fn severity(&self) -> Severity {
        match self.about {
            About::Records(severity) => severity,
            About::Report => Note,
        }
    }
}

macro_rules! checks {
    ($($check:ident = $row:expr;)*) => {
        /// A check that `validate` makes; the default severity of each is in the table above it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Check {
            $(#[doc = stringify!($row)] $check,)*
        }

        impl Check {
            /// Every check, in the order of the table.
            const ALL: &[Check] = &[$(Check::$check,)*];

            const fn row(self) -> CheckRow {
                match self {
                    $(Check::$check => $row,)*
                }
            }
        }
    };
}

checks! {
    TitleIncomplete = item("C01", "title-incomplete", "title names the report and the condition");
    ConsecutiveNotStated = item("C02", "consecutive-not-stated", "consecutive inclusion");
    InclusionNotComplete = item("C03", "inclusion-not-complete", "complete inclusion, number screened");
    CriteriaNotStated = item("C04", "criteria-not-stated", "inclusion and exclusion criteria");
    DesignNotStated = item("C05", "design-not-stated", "design, centres, period");
    CaseNotDated = item("C06", "case-not-dated", "each case dated inside the period");
    AgeEventUnclear = item("C07", "age-event-unclear", "age, with the event it refers to");
    SexNotReported = item("C08", "sex-not-reported", "sex");
    DirectIdentifier = fault("C09", "direct-identifier", Error, "no direct identifiers");
    CertaintyNotReported = item("C10", "certainty-not-reported", "diagnosis, certainty, criteria");
    SideNotExplicit = item("C11", "side-not-explicit", "sites with their sides");
    HeadlineLabNotReported = item("C12", "headline-lab-not-reported", "headline laboratory results");
    UnitMissing = fault("C13", "unit-missing", Warning, "units of laboratory numbers");
    DrugLineIncomplete = item("C14", "drug-line-incomplete", "dose, route, frequency, duration");
    ChangeWithoutReason = item("C15", "change-without-reason", "reasons for changes of treatment");
    ResponseNotReported = item("C16", "response-not-reported", "response of each line, on a named scale");
    NotMeasuredBeforeAndAfter = item("C17", "not-measured-before-and-after", "outcome before and after");
    FollowUpNotReported = item("C18", "follow-up-not-reported", "length of follow-up");
    LastStatusNotReported = item("C19", "last-status-not-reported", "last status, reason if lost");
    AdverseEventsNotReported = item("C20", "adverse-events-not-reported", "adverse events");
    ConsentNotStated = item("C21", "consent-not-stated", "consent, ethics, perspective");
    SettingNotStated = item("C22", "setting-not-stated", "setting, catchment, referral");
    TimelineMissing = item("C23", "timeline-missing", "a timeline of each case");
    DenominatorsNotChecked = item("C24", "denominators-not-checked", "denominators of the report");
    WeightNotReported = item("C25", "weight-not-reported", "weight where doses are by weight");
    ResponsesNotCompared = item("C26", "responses-not-compared", "one response of a line throughout the report");
    AcceptanceUnused = beside("acceptance-unused", Warning);
    AgeDisagrees = beside("age-disagrees", Error);
    AlikeCaseIds = beside("alike-case-ids", Warning);
    BiopsySiteNotListed = beside("biopsy-site-not-listed", Note);
    DateOutsidePeriod = beside("date-outside-period", Error);
    DatesOutOfOrder = beside("dates-out-of-order", Error);
    DurationExceedsAge = beside("duration-exceeds-age", Warning);
    FollowUpImplausible = beside("follow-up-implausible", Error);
    IdenticalNumber = beside("identical-number", Warning);
    IdentifierInText = beside("identifier-in-text", Error);
    LineAfterDeath = beside("line-after-death", Error);
    MissingCode = beside("missing-code", Warning);
    NearDuplicateCases = beside("near-duplicate-cases", Warning);
    NearDuplicateCasesNotRun = beside("near-duplicate-cases-not-run", Note);
    RedCellIndices = beside("red-cell-indices", Warning);
    ResponseWithoutTreatment = beside("response-without-treatment", Warning);
    ScaleDiffers = beside("scale-differs", Warning);
}

impl Check {
    /// The id of its findings.
    pub fn id(self) -> &'static str {
        self.row().id
    }

    /// A finding of this check, with its severity.
    pub fn finding(self, message: impl Into<String>) -> Finding {
        Finding::new(self.id(), self.row().severity(), message)
    }
}

/// The severity that the checklist gives an id, whichever part of the program finds it. None for
/// an id that is not on the checklist.
pub fn item_severity(id: &str) -> Option<Severity> {
    let rows = Check::ALL.iter().map(|check| check.row());
    rows.filter(|row| row.item.is_some()).find(|row| row.id == id).map(|row| row.severity())
}

/// True for the id of what a report will have to state.
pub fn is_to_report(id: &str) -> bool {
    Check::ALL.iter().map(|check| check.row()).any(|row| row.id == id && row.about == About::Report)
}

/// Whether an item of the checklist is satisfied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemState {
    /// Everything it asks for is there.
    Satisfied,
    /// Something is missing.
    NotSatisfied,
    /// The series has nothing it applies to.
    NotApplicable,
    /// It needs the report, which `validate` does not read.
    NotCheckedHere,
}

impl ItemState {
    /// The words used in reports.
    pub fn words(self) -> &'static str {
        match self {
            ItemState::Satisfied => "satisfied",
            ItemState::NotSatisfied => "not satisfied",
            ItemState::NotApplicable => "not applicable",
            ItemState::NotCheckedHere => "not checked here",
        }
    }
}

/// The result of one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemResult {
    /// The item.
    pub item: Item,
    /// Whether it is satisfied.
    pub state: ItemState,
    /// What was found, in words.
    pub found: String,
}

/// What the rules conclude after the last case.
#[derive(Debug, Default)]
pub struct Conclusions {
    /// The results of the items, in any order.
    pub results: Vec<ItemResult>,
    /// How complete each column is.
    pub fields: Fields,
}

impl Conclusions {
    /// Adds the result of an item; a check that is not on the checklist adds nothing.
    pub fn add(&mut self, check: Check, state: ItemState, found: impl Into<String>) {
        if let Some(item) = check.row().item {
            self.results.push(ItemResult { item, state, found: found.into() });
        }
    }

    /// Adds the result of an item that applies.
    pub fn judge(&mut self, check: Check, is_satisfied: bool, found: impl Into<String>) {
        let state = if is_satisfied { ItemState::Satisfied } else { ItemState::NotSatisfied };
        self.add(check, state, found);
    }
}

/// The items by number, completed by those that need the report.
pub fn in_order(mut conclusions: Conclusions) -> Vec<ItemResult> {
    for check in [Check::DenominatorsNotChecked, Check::ResponsesNotCompared] {
        conclusions.add(check, ItemState::NotCheckedHere, "compares the report with its records: calc-series check");
    }
    conclusions.results.sort_by_key(|result| result.item.number);
    conclusions.results
}
