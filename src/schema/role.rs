//! What a column means, and how it is stored and summarised.

use crate::words::words;
use serde::{Deserialize, Serialize};

words! {
    /// What a column means in a case series.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum Role: "role" {
        /// Names the case; unique, never tabulated.
        CaseId = "case-id",
        /// Age of the patient.
        Age = "age",
        /// Sex of the patient.
        Sex = "sex",
        /// Cause or diagnosis.
        Etiology = "etiology",
        /// Anatomical sites.
        Site = "site",
        /// A laboratory or other test.
        Lab = "lab",
        /// Treatment lines, or agents.
        Treatment = "treatment",
        /// Response to treatment, one word a patient.
        Response = "response",
        /// State at the last visit.
        Outcome = "outcome",
        /// Duration of follow-up.
        FollowUp = "follow-up",
        /// Names a person; withheld.
        DirectIdentifier = "direct-identifier",
        /// None of these.
        Other = "other",
    }
}

words! {
    /// How a column is stored and summarised.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum Kind: "kind" {
        /// Numbers: mean, SD, quantiles.
        Number = "number",
        /// One level a patient: counts.
        Category = "category",
        /// Several levels a patient: patients with each.
        Set = "set",
        /// Yes or no.
        Binary = "binary",
        /// Calendar dates or years: a range, never a mean.
        Date = "date",
        /// Treatment lines with their responses.
        Lines = "lines",
        /// Free text: counted, not tabulated.
        Text = "text",
    }
}
