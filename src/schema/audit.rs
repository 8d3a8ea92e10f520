//! What a schema says of the series as a whole, and how its findings are to be taken.

use super::lexical::Date;
use crate::diagnostic::{Severity, SourceLocation};
use crate::words::words;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

/// The part of a schema that is about the series and its findings, not about a column.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Audit {
    /// `calcSeries.series`.
    pub series: SeriesFacts,
    /// Where it stands; the schema itself where there is no such object.
    pub series_at: SourceLocation,
    /// `calcSeries.severities`: the severity of a finding, by its id.
    pub severities: BTreeMap<String, Severity>,
    /// `calcSeries.accepted`: findings that are known and explained.
    pub accepted: Vec<Acceptance>,
}

/// Facts of a series that stand in no column; what is none is not stated.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SeriesFacts {
    /// Title of the report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// How the report is cited.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub citation: Option<String>,
    /// The condition the series is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    /// Prospective, retrospective or both.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub design: Option<Design>,
    /// Number of centres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub centres: Option<u64>,
    /// First and last day, month or year of inclusion.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// True where consecutive patients were included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consecutive: Option<bool>,
    /// True where all eligible patients were included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub complete_inclusion: Option<bool>,
    /// Number of patients screened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub screened: Option<u64>,
    /// Who was included, and who was not.
    #[serde(skip_serializing_if = "Criteria::is_empty")]
    pub criteria: Criteria,
    /// The criteria by which the diagnosis was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub diagnostic_criteria: Option<String>,
    /// The scale by which a response is judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_scale: Option<String>,
    /// Consent of the patients.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consent: Option<String>,
    /// Approval of an ethics committee, or why none was needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ethics: Option<String>,
    /// The patients' own perspective.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub perspective: Option<String>,
    /// Who paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub funding: Option<String>,
    /// Kind of department or clinic.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub setting: Option<String>,
    /// The population that is served.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub catchment: Option<String>,
    /// How patients come to the centre.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub referral: Option<String>,
    /// The events an age of the series may refer to; any event where none is named.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub age_events: Vec<String>,
    /// The laboratory columns that every case is expected to say something of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub headline_labs: Vec<String>,
    /// Columns that the checks look for, where their names do not tell.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub columns: BTreeMap<Purpose, String>,
}

words! {
    /// In which direction the cases were collected.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum Design: "design" {
        /// Looked up afterwards.
        Retrospective = "retrospective",
        /// Followed from inclusion on.
        Prospective = "prospective",
        /// Both.
        Ambispective = "ambispective",
    }
}

words! {
    /// What a column is for in a check, beyond its role.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
    #[serde(rename_all = "camelCase")]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Period {
    /// Its beginning.
    #[serde(serialize_with = "as_text")]
    pub start: Date,
    /// Its end, included.
    #[serde(serialize_with = "as_text")]
    pub end: Date,
}

impl Period {
    /// True for a date inside, as far as its precision tells: `2019` is inside a period that ends in June 2019.
    pub fn holds(&self, date: Date) -> bool {
        !is_before(date, self.start) && !is_before(self.end, date)
    }
}

impl std::fmt::Display for Period {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} to {}", self.start, self.end)
    }
}

/// True where one date is certainly before another; a year alone is not before a month of it.
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

fn as_text<S: Serializer>(date: &Date, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(date)
}

/// Inclusion and exclusion criteria.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Criteria {
    /// Who was included.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub inclusion: Vec<String>,
    /// Who was not.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub exclusion: Vec<String>,
}

impl Criteria {
    /// True where nothing is said.
    pub fn is_empty(&self) -> bool {
        self.inclusion.is_empty() && self.exclusion.is_empty()
    }
}

/// A finding that is known and explained; it is listed apart and fails no run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Acceptance {
    /// Id of the finding.
    pub id: String,
    /// The case; every case where none is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    /// The column; every column where none is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// Why it may stand.
    pub reason: String,
    /// Where it stands in the schema.
    #[serde(skip)]
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

    #[test]
    fn words_are_those_that_are_written() {
        for purpose in Purpose::ALL {
            assert_eq!(serde_json::to_value(purpose).unwrap(), purpose.word());
        }
        for design in Design::ALL {
            assert_eq!(serde_json::to_value(design).unwrap(), design.word());
        }
    }
}
