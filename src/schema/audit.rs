//! Facts of the whole series and settings of its findings, from the schema.

use super::lexical::Date;
use crate::diagnostic::{FindingId, Severity, SourceLocation};
use crate::words::words;
use std::collections::BTreeMap;

/// The part of a schema about the series and its findings, not about a column.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Audit {
    /// `calcSeries.series`.
    pub series: SeriesFacts,
    /// Location of that object; of the whole schema where there is none.
    pub series_at: SourceLocation,
    /// `calcSeries.severities`: the severity of a finding, by its id.
    pub severities: BTreeMap<FindingId, Severity>,
    /// `calcSeries.accepted`: findings that are known and have a reason.
    pub accepted: Vec<Acceptance>,
}

/// Facts of a series that are not in a column; `None` and empty mean not stated.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SeriesFacts {
    /// Title of the report.
    pub title: Option<String>,
    /// How the report is cited.
    pub citation: Option<String>,
    /// The condition the series is about.
    pub condition: Option<String>,
    /// Prospective, retrospective or both.
    pub design: Option<Design>,
    /// Number of centres.
    pub centres: Option<u64>,
    /// First and last day, month or year of inclusion.
    pub period: Option<Period>,
    /// True where consecutive patients were included.
    pub consecutive: Option<bool>,
    /// True where all eligible patients were included.
    pub complete_inclusion: Option<bool>,
    /// Number of patients screened.
    pub screened: Option<u64>,
    /// Who was included, and who was not.
    pub criteria: Criteria,
    /// Criteria of the diagnosis.
    pub diagnostic_criteria: Option<String>,
    /// Scale of the responses.
    pub response_scale: Option<String>,
    /// Consent of the patients.
    pub consent: Option<String>,
    /// Approval of an ethics committee, or why none was needed.
    pub ethics: Option<String>,
    /// The patients' own perspective.
    pub perspective: Option<String>,
    /// Source of the funding.
    pub funding: Option<String>,
    /// Kind of department or clinic.
    pub setting: Option<String>,
    /// Population served.
    pub catchment: Option<String>,
    /// How patients come to the centre.
    pub referral: Option<String>,
    /// The events an age may refer to; empty for any event.
    pub age_events: Vec<String>,
    /// Laboratory columns that every case is expected to report.
    pub headline_labs: Vec<String>,
    /// Columns for the checks that their names do not identify.
    pub columns: BTreeMap<Purpose, String>,
}

words! {
    /// In which direction the cases were collected.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum Design: "design" {
        /// Collected afterwards.
        Retrospective = "retrospective",
        /// Followed from inclusion on.
        Prospective = "prospective",
        /// Both.
        Ambispective = "ambispective",
    }
}

words! {
    /// What a column is for in a check, beyond its role.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Purpose: "purpose of a column" {
        /// The event the age refers to.
        AgeEvent = "ageEvent",
        /// Certainty of the diagnosis.
        Certainty = "certainty",
        /// Criteria by which the diagnosis was made.
        DiagnosticCriteria = "diagnosticCriteria",
        /// Side of the sites.
        Side = "side",
        /// Weight of the patient.
        Weight = "weight",
        /// Adverse events.
        AdverseEvents = "adverseEvents",
        /// Why the treatment or the follow-up ended.
        StopReason = "stopReason",
        /// Date of birth.
        Birth = "birth",
        /// Date of the first symptoms.
        Onset = "onset",
        /// Date of the diagnosis.
        Diagnosis = "diagnosis",
        /// Date of the last visit.
        LastVisit = "lastVisit",
        /// Date of death.
        Death = "death",
        /// Hemoglobin.
        Hemoglobin = "hemoglobin",
        /// Mean corpuscular volume.
        Mcv = "mcv",
        /// Mean corpuscular hemoglobin.
        Mch = "mch",
        /// Mean corpuscular hemoglobin concentration.
        Mchc = "mchc",
    }
}

/// First and last day, month or year of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// Its beginning.
    pub start: Date,
    /// Its end, included.
    pub end: Date,
}

impl Period {
    /// True for a date inside the period, as far as its precision allows: `2019` is inside a period that ends in June 2019.
    pub fn holds(&self, date: Date) -> bool {
        !is_before(date, self.start) && !is_before(self.end, date)
    }
}

impl std::fmt::Display for Period {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} to {}", self.start, self.end)
    }
}

/// True where one date is certainly before another; a year is not before a month of the same year.
pub fn is_before(one: Date, other: Date) -> bool {
    if one.year != other.year {
        return one.year < other.year;
    }
    match (one.month.zip(other.month), one.day.zip(other.day)) {
        (Some((one, other)), _) if one != other => one < other,
        (Some(_), Some((one, other))) => one < other,
        _ => false,
    }
}

/// Inclusion and exclusion criteria.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Criteria {
    /// Who was included.
    pub inclusion: Vec<String>,
    /// Who was not.
    pub exclusion: Vec<String>,
}

impl Criteria {
    /// True where nothing is said.
    pub fn is_empty(&self) -> bool {
        self.inclusion.is_empty() && self.exclusion.is_empty()
    }
}

/// A finding that is known and explained; it is listed apart and fails no run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acceptance {
    /// The type of the finding; none only where the schema does not say it, and is refused.
    pub id: Option<FindingId>,
    /// The case; every case where none is named.
    pub case: Option<String>,
    /// The column; every column where none is named.
    pub column: Option<String>,
    /// Why it may stand.
    pub reason: String,
    /// Where it is in the schema.
    pub at: SourceLocation,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_different_precision_are_compared_as_far_as_they_go() {
        let date = |text: &str| Date::parse(text).unwrap();
        for (one, other, before) in [
            ("2018", "2019", true),
            ("2019", "2019-06", false),
            ("2019-05", "2019-06-01", true),
            ("2019-06", "2019-06-01", false),
            ("2019-06-01", "2019-06-02", true),
            ("2019-06-02", "2019-06-02", false),
            ("2019-07-01", "2019-06-02", false),
        ] {
            assert_eq!(is_before(date(one), date(other)), before, "{one} {other}");
        }
        let period = Period { start: date("2003"), end: date("2019-06") };
        for (text, held) in
            [("2003", true), ("2019", true), ("2019-06-30", true), ("2019-07", false), ("2002-12", false)]
        {
            assert_eq!(period.holds(date(text)), held, "{text}");
        }
    }
}
