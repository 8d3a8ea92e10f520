//! What a column means, and how it is stored and summarised.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// What a column means in a case series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Names the case; unique, never tabulated.
    CaseId,
    /// Age of the patient.
    Age,
    /// Sex of the patient.
    Sex,
    /// Cause or diagnosis.
    Etiology,
    /// Anatomical sites.
    Site,
    /// A laboratory or other test.
    Lab,
    /// Treatment lines, or agents.
    Treatment,
    /// Response to treatment, one word a patient.
    Response,
    /// State at the last visit.
    Outcome,
    /// Duration of follow-up.
    FollowUp,
    /// Names a person; withheld.
    DirectIdentifier,
    /// None of these.
    Other,
}

impl Role {
    /// Every role, in the order of the tables.
    pub const ALL: [Role; 12] = [
        Role::CaseId,
        Role::Age,
        Role::Sex,
        Role::Etiology,
        Role::Site,
        Role::Lab,
        Role::Treatment,
        Role::Response,
        Role::Outcome,
        Role::FollowUp,
        Role::DirectIdentifier,
        Role::Other,
    ];

    /// The word used in schemas and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Role::CaseId => "case-id",
            Role::Age => "age",
            Role::Sex => "sex",
            Role::Etiology => "etiology",
            Role::Site => "site",
            Role::Lab => "lab",
            Role::Treatment => "treatment",
            Role::Response => "response",
            Role::Outcome => "outcome",
            Role::FollowUp => "follow-up",
            Role::DirectIdentifier => "direct-identifier",
            Role::Other => "other",
        }
    }
}

/// How a column is stored and summarised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Numbers: mean, SD, quantiles.
    Number,
    /// One level a patient: counts.
    Category,
    /// Several levels a patient: patients with each.
    Set,
    /// Yes or no.
    Binary,
    /// Calendar dates or years: a range, never a mean.
    Date,
    /// Treatment lines with their responses.
    Lines,
    /// Free text: counted, not tabulated.
    Text,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 7] =
        [Kind::Number, Kind::Category, Kind::Set, Kind::Binary, Kind::Date, Kind::Lines, Kind::Text];

    /// The word used in schemas and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Number => "number",
            Kind::Category => "category",
            Kind::Set => "set",
            Kind::Binary => "binary",
            Kind::Date => "date",
            Kind::Lines => "lines",
            Kind::Text => "text",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Role {
    type Err = String;

    fn from_str(text: &str) -> Result<Role, String> {
        let wanted = text.trim().to_ascii_lowercase().replace([' ', '_'], "-");
        Role::ALL.into_iter().find(|r| r.word() == wanted).ok_or_else(|| {
            let words: Vec<&str> = Role::ALL.iter().map(|r| r.word()).collect();
            format!("'{text}' is not a role; one of {}", words.join(", "))
        })
    }
}

impl FromStr for Kind {
    type Err = String;

    fn from_str(text: &str) -> Result<Kind, String> {
        let wanted = text.trim().to_ascii_lowercase();
        Kind::ALL.into_iter().find(|k| k.word() == wanted).ok_or_else(|| {
            let words: Vec<&str> = Kind::ALL.iter().map(|k| k.word()).collect();
            format!("'{text}' is not a kind; one of {}", words.join(", "))
        })
    }
}
