//! The meaning of each column: its role, kind, unit, levels and ranges.
//!
//! It comes from a Table Schema file, from the command line, or from the lexical classes of all
//! cells of a column; never from the number of patients or distinct values. This folder uses
//! `read` and the foundations, and knows no cases.

#![deny(clippy::indexing_slicing, clippy::arithmetic_side_effects)]

pub mod audit;
mod cell_reading;
pub mod clinical;
mod column_name;
mod counted_responses;
pub mod decide;
pub mod doubt;
pub mod evidence;
mod harmless;
pub mod header;
pub mod items;
pub mod letters;
pub mod lexical;
pub mod missing_words;
pub mod no_items;
pub mod parts;
pub mod remarks;
pub mod response;
mod role;
pub mod sex;
pub mod split;
pub mod table_schema;
mod titles;
pub mod totals;
pub mod units;

pub use cell_reading::{
    BareReading, BlankReading, CellReading, DateReading, DecimalMark, GroupedReading, MinusReading, ResultWords,
    SexWords, StatedReadings, TitreReading,
};
pub use clinical::is_clinical;
pub use column_name::{VISIT_SIGN, at_any_visit, at_visit, declared_word, only_but_for_case, visit_column};
pub use counted_responses::counted_responses;
pub use harmless::{holds_a_long_number, holds_an_address, is_harmless, may_identify};
pub use role::{Kind, KindReason, Role};

use self::audit::Audit;
use self::items::Separators;
use self::lexical::duration::TimeUnit;
use self::parts::ColumnPart;
use crate::decimal::Decimal;
use crate::words::words;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

words! {
    /// Why a cell has no value.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    #[allow(clippy::enum_variant_names, reason = "each says what was not: reported, done, applicable")]
    pub enum MissingReason: "reason" {
        /// Nothing is stated: empty, `NA`, `unknown`, `not reported`.
        NotReported = "not reported",
        /// The test was not done.
        NotDone = "not done",
        /// The question does not apply to this patient.
        NotApplicable = "not applicable",
    }
}

words! {
    /// A laboratory result relative to its range, or as stated.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum Status: "status" {
        /// Below the range.
        Low = "low",
        /// Within the range.
        Normal = "normal",
        /// Above the range.
        High = "high",
        /// Outside the range, unknown on which side.
        Abnormal = "abnormal",
        /// A qualitative test is negative.
        Negative = "negative",
        /// A qualitative test is positive.
        Positive = "positive",
    }
}

/// One level of a category with the label shown for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// As written in the cells.
    pub value: String,
    /// As shown in tables; `None` for the value itself.
    pub label: Option<String>,
}

/// A reference range `[low, high]` for one sex and one half-open interval of age in years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferenceRange {
    /// The sex it applies to; `None` for every sex.
    pub sex: Option<String>,
    /// `[from, to)` in years; `None` for all ages.
    pub age: Option<(Decimal, Decimal)>,
    /// Values below are low.
    pub low: Option<Decimal>,
    /// Values above are high.
    pub high: Option<Decimal>,
    /// Who says so.
    pub source: String,
}

/// Values outside are findings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plausible {
    /// Values below are implausible.
    pub low: Option<Decimal>,
    /// Values above are implausible.
    pub high: Option<Decimal>,
    /// What such a value may be in fact.
    pub note: Option<String>,
}

/// One of several yes-or-no columns that form a set (one-hot columns, check boxes).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The column of the file, which tells how its cells are read.
    pub variable: Variable,
    /// The item that a patient has where the column says yes.
    pub item: String,
}

/// What is decided about the cells of a column once all are counted; the same decision reads them the same way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision<'v> {
    /// What the column means.
    pub role: Role,
    /// How it is summarised.
    pub kind: Kind,
    /// Unit of the numbers.
    pub unit: Option<&'v str>,
    /// What separates items or lines.
    pub delimiter: Option<char>,
    /// The rest.
    pub reading: &'v CellReading,
}

/// One column with its meaning; or several columns that form one set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// The header without a unit in parentheses or brackets; used in keys.
    pub name: String,
    /// The header as written in the file.
    pub header: String,
    /// Shown instead of the name.
    pub label: Option<String>,
    /// A sentence about the column, from the schema.
    pub description: Option<String>,
    /// What it means.
    pub role: Role,
    /// How it is summarised.
    pub kind: Kind,
    /// Unit of the numbers.
    pub unit: Option<String>,
    /// The unit that numbers without one may have, where some cells carry one: advice, never a reading.
    pub likely_unit: Option<String>,
    /// Decimals shown; `None` for those of the data.
    pub decimals: Option<u8>,
    /// Levels in the order of the tables.
    pub levels: Vec<Level>,
    /// True where the schema states that the levels are ordered, from the least to the greatest.
    pub is_ordered: bool,
    /// The score of each level in a test for trend; empty where the schema gives none.
    pub scores: BTreeMap<String, Decimal>,
    /// Other spellings, each with the level it means.
    pub synonyms: BTreeMap<String, String>,
    /// Missing tokens that replace the built-in ones, with their reason.
    pub missing: Option<BTreeMap<String, MissingReason>>,
    /// The delimiter between the items of a set or the lines of a treatment cell.
    pub delimiter: Option<char>,
    /// Reference ranges of a lab.
    pub ranges: Vec<ReferenceRange>,
    /// Plausible range.
    pub plausible: Option<Plausible>,
    /// Words stated instead of or next to a value, with the status they mean.
    pub stated: BTreeMap<String, Status>,
    /// Class of each agent.
    pub classes: BTreeMap<String, String>,
    /// Words of the column of responses beside the lines, each with the word it means.
    pub response_synonyms: BTreeMap<String, String>,
    /// The domain of the responses in the lines.
    pub target_domain: Option<String>,
    /// Other domains for which the lines may give a response.
    pub domains: Vec<String>,
    /// True where cells may contain lines that look like records.
    pub multiline: bool,
    /// True where a direct identifier is shown nevertheless.
    pub shown: bool,
    /// Why the cells give this kind; `None` where the command line or the schema decided it.
    pub kind_reason: Option<KindReason>,
    /// The columns that form this set, in the order of its items; empty for a column of the file.
    pub members: Vec<Member>,
    /// Which part of a column it is, where the cells of the column hold two things.
    pub part: Option<ColumnPart>,
    /// True where an age over 89 is known only to be over 89, a date is known only by its year, and a word only if
    /// it identifies nobody.
    pub is_deidentified: bool,
    /// True where the header speaks of an age, be it that of the patient or of another person.
    pub is_of_ages: bool,
    /// The words of a de-identified column that several cases have; `None` until they are counted.
    pub harmless: Option<Arc<BTreeSet<String>>>,
    /// Levels and agents of its cells that a filter names in other capitals, as the cells have them.
    pub spellings: Vec<String>,
    /// The columns that a derived variable is made of, by their names; empty for a column of the file.
    pub made_of: Vec<String>,
    /// What is decided about its cells beside that.
    pub reading: CellReading,
    /// Which of that the schema or the command line states.
    pub stated_readings: StatedReadings,
    /// How the role and the kind were decided.
    pub why: String,
}

impl Variable {
    /// The lowest and the highest plausible value: those of the schema; for an age 0 to 120 years.
    pub fn plausible_limits(&self) -> (Option<Decimal>, Option<Decimal>) {
        match &self.plausible {
            Some(plausible) => (plausible.low, plausible.high),
            None if self.role == Role::Age => {
                let unit = self.unit.as_deref().and_then(TimeUnit::of_word).unwrap_or(TimeUnit::Years);
                (Some(Decimal::from_int(0)), Some(unit.in_years(120)))
            }
            None => (None, None),
        }
    }

    /// How the cells of this column are read.
    pub fn decision(&self) -> Decision<'_> {
        Decision {
            role: self.role,
            kind: self.kind,
            unit: self.unit.as_deref(),
            delimiter: self.delimiter,
            reading: &self.reading,
        }
    }

    /// A column of unknown meaning.
    pub fn new(header: &str) -> Variable {
        Variable {
            name: header.to_owned(),
            header: header.to_owned(),
            label: None,
            description: None,
            role: Role::Other,
            kind: Kind::Category,
            unit: None,
            likely_unit: None,
            decimals: None,
            levels: Vec::new(),
            is_ordered: false,
            scores: BTreeMap::new(),
            synonyms: BTreeMap::new(),
            missing: None,
            delimiter: None,
            ranges: Vec::new(),
            plausible: None,
            stated: BTreeMap::new(),
            classes: BTreeMap::new(),
            response_synonyms: BTreeMap::new(),
            target_domain: None,
            domains: Vec::new(),
            multiline: false,
            shown: false,
            kind_reason: None,
            members: Vec::new(),
            part: None,
            is_deidentified: false,
            is_of_ages: false,
            harmless: None,
            spellings: Vec::new(),
            made_of: Vec::new(),
            reading: CellReading::default(),
            stated_readings: StatedReadings::default(),
            why: String::new(),
        }
    }

    /// The name and the header.
    pub fn names(&self) -> [&str; 2] {
        [&self.name, &self.header]
    }

    /// The header of the column of the file in which its cells stand.
    pub fn file_header(&self) -> &str {
        self.part.as_ref().map_or(&self.header, |of| &of.header)
    }

    /// True where each cell may hold several things: sites, symptoms, treatments.
    pub fn holds_items(&self) -> bool {
        let is_one_by_one = self.reading.split == Some(Separators::NONE);
        let is_several = || header::holds_several(&self.name);
        !is_one_by_one
            && (matches!(self.role, Role::Site | Role::Treatment) || (self.role == Role::Other && is_several()))
    }

    /// True for a level that the schema names, and for a word for one.
    pub fn declares(&self, word: &str) -> bool {
        self.synonyms.contains_key(word) || self.levels.iter().any(|level| level.value == word)
    }

    /// True where the header declares all codes of the column: `fever (1=yes, 2=no)`.
    pub fn has_codes_of_its_header(&self) -> bool {
        self.kind_reason == Some(KindReason::Codes) && !self.levels.is_empty()
    }

    /// True for a domain of responses that the schema names.
    pub fn names_domain(&self, name: &str) -> bool {
        self.target_domain.as_deref() == Some(name) || self.domains.iter().any(|domain| domain == name)
    }

    /// The label shown in tables.
    pub fn shown_label(&self) -> &str {
        self.label.as_deref().unwrap_or(&self.name)
    }

    /// True where only counts of a column may be shown. Who de-identifies shows no identifier.
    pub fn is_withheld(&self) -> bool {
        self.role == Role::DirectIdentifier && (!self.shown || self.is_deidentified)
    }

    /// True where cells hold words, which may be anything, names of persons among them. The items of several columns
    /// are headers.
    pub fn has_words_of_cells(&self) -> bool {
        self.members.is_empty() && matches!(self.kind, Kind::Category | Kind::Set | Kind::Lines)
    }
}

/// A variable that is a function of other cells of the same case, as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Formula {
    /// The name of the variable.
    pub name: String,
    /// What it is: `onset to last_seen in months completed`; of a change its visits: `score=baseline:month_6`.
    pub text: String,
    /// True for a change between two visits.
    pub is_change: bool,
}

/// All columns of the inputs, in the order of the tables.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Schema {
    /// One variable a column.
    pub variables: Vec<Variable>,
    /// The header of the column that names the case, where another one could name it too.
    pub id: Option<String>,
    /// Facts of the series and settings of its findings.
    pub audit: Audit,
    /// The variables that are derived from others, in order.
    pub derived: Vec<Formula>,
}

impl Schema {
    /// The first variable of a role.
    pub fn by_role(&self, role: Role) -> Option<&Variable> {
        self.variables.iter().find(|v| v.role == role)
    }
}
