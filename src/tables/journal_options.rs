//! What the user decides about the tables of a journal.

use crate::error::Error;
use crate::words::words;
use std::str::FromStr;

words! {
    /// A table of a document.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
    pub enum JournalTable: "table" {
        /// The characteristics of the cases.
        Cases = "1",
        /// The response to treatment.
        Responses = "2",
        /// The cases, one row each.
        Listing = "3",
    }
}

/// What the user decides about the tables of a journal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JournalOptions {
    /// The title of Table 1; none for the program's own.
    pub title: Option<String>,
    /// Abbreviations written out in the notes, beside those that are known.
    pub abbreviations: Vec<Abbreviation>,
    /// What marks the notes.
    pub marks: NoteMarks,
    /// The tables that are shown; empty for all there are.
    pub tables: Vec<JournalTable>,
}

words! {
    /// What marks the notes below a table.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
    pub enum NoteMarks: "kind of marks" {
        /// Letters: a, b, c.
        #[default]
        Letters = "a",
        /// Signs: *, †, ‡.
        Signs = "*",
    }
}

/// The signs in their order; each is doubled when all are used.
/// Source: the order of the AMA Manual of Style up to its ninth edition.
const SIGNS: [&str; 7] = ["*", "†", "‡", "§", "‖", "¶", "#"];

impl NoteMarks {
    /// The mark of a note: `a` to `z`, then `aa`; or `*` to `#`, then `**`.
    pub(super) fn mark(self, number: usize) -> String {
        let (signs, sign): (usize, String) = match self {
            NoteMarks::Letters => {
                let letter = u8::try_from(number % 26).map_or('a', |letter| char::from(b'a' + letter));
                (26, letter.to_string())
            }
            NoteMarks::Signs => (SIGNS.len(), SIGNS.get(number % SIGNS.len()).copied().unwrap_or("*").to_owned()),
        };
        sign.repeat(number / signs + 1)
    }
}

/// An argument of `--abbreviations`: `JDM=juvenile dermatomyositis`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Abbreviation {
    /// The abbreviation.
    pub short: String,
    /// What it stands for.
    pub long: String,
}

impl FromStr for Abbreviation {
    type Err = Error;

    /// Errors: a text without `=`, or with nothing before or behind it.
    fn from_str(text: &str) -> Result<Abbreviation, Error> {
        let parts = text.split_once('=').map(|(short, long)| (short.trim(), long.trim()));
        match parts.filter(|(short, long)| !short.is_empty() && !long.is_empty()) {
            Some((short, long)) => Ok(Abbreviation { short: short.to_owned(), long: long.to_owned() }),
            None => Err(Error::usage_with(
                format!("--abbreviations: '{text}' is not an abbreviation and its meaning"),
                "write SHORT=LONG, such as --abbreviations \"CK=creatine kinase\"",
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Abbreviation, NoteMarks};

    #[test]
    fn marks_go_on_behind_the_last_one() {
        let of = |marks: NoteMarks| [0, 1, 6, 7, 25, 26, 27].map(|number| marks.mark(number));
        assert_eq!(of(NoteMarks::Letters), ["a", "b", "g", "h", "z", "aa", "bb"]);
        assert_eq!(of(NoteMarks::Signs), ["*", "†", "#", "**", "‖‖‖‖", "¶¶¶¶", "####"]);
    }

    #[test]
    fn an_abbreviation_needs_its_meaning() {
        let of = |text: &str| text.parse::<Abbreviation>().map(|of| (of.short, of.long));
        assert_eq!(of("CK = creatine kinase").unwrap(), ("CK".to_owned(), "creatine kinase".to_owned()));
        assert!(["CK", "CK=", "=creatine kinase", ""].iter().all(|text| of(text).is_err()));
    }
}
