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

words! {
    /// Why a column is of its kind, where nobody declared the kind.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum KindReason: "reason" {
        /// It names the case.
        CaseId = "",
        /// It may identify a person.
        Identifier = "direct identifier, withheld",
        /// The header says free text.
        NotesHeader = "the header names free text",
        /// A treatment column with words.
        TreatmentLines = "treatment lines",
        /// Cells contain treatments with a response.
        Responses = "cells contain treatments with a response",
        /// A cell is too long for a level.
        LongCells = "a cell of over 40 characters or with a line end",
        /// A column of anatomical sites.
        Sites = "anatomical sites",
        /// Cells contain several items.
        Lists = "cells contain several items",
        /// Cells of a column of items say what the patient does not have.
        Denials = "cells say what the patient does not have",
        /// The cells are split into items.
        Split = "the cells are split into items",
        /// Cells are yes or no.
        YesNo = "cells are yes or no",
        /// Cells are words.
        Words = "cells are words",
        /// No cell has a value.
        Empty = "no cell has a value",
        /// The header says year or date.
        CalendarHeader = "the header names a year or date",
        /// Cells are dates.
        Dates = "cells are dates",
        /// Numbers under the name of an event are day numbers of a spreadsheet.
        DayNumbers = "numbers under the name of an event, or beside dates, are dates",
        /// Cells are 0 or 1.
        ZeroOne = "cells are 0 or 1",
        /// Numbers under a header of identifiers are names.
        Identifiers = "the header speaks of identifiers, which are not averaged",
        /// Numbers in a column of levels, or beside codes of digits and letters, are codes.
        Codes = "numbers in this column are codes",
        /// Cells are ranges of numbers.
        Bands = "cells are ranges of numbers",
        /// Cells are numbers.
        Numbers = "cells are numbers",
        /// The header says age, and no cell has a value.
        AgeHeader = "an age",
    }
}
