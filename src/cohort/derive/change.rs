//! A change between two visits, `--change VARIABLE` or `--change VARIABLE=BEFORE:AFTER`.

use super::syntax::{Change, Derived, Expression};
use crate::error::Error;
use crate::words::words;

words! {
    /// What became of something that is there or not, between two visits.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum Turn: "turn" {
        /// Not there before, there after.
        Gained = "gained",
        /// There before, not there after.
        Lost = "lost",
        /// There at both visits.
        Kept = "at both",
        /// At none of the two visits.
        Absent = "at neither",
    }
}

impl Turn {
    /// The turn of a patient who has it before, and after.
    pub fn of(before: bool, after: bool) -> Turn {
        match (before, after) {
            (false, true) => Turn::Gained,
            (true, false) => Turn::Lost,
            (true, true) => Turn::Kept,
            (false, false) => Turn::Absent,
        }
    }
}

impl Derived {
    /// The change of a variable from its first visit to its last, or between two visits that are named: `crp_change`.
    ///
    /// Errors: a text that is neither.
    pub fn change(text: &str) -> Result<Derived, Error> {
        let (variable, visits) = text.split_once('=').unwrap_or((text, "first:last"));
        let is_blank = |text: &str| text.trim().is_empty();
        let visits = visits.split_once(':').filter(|(before, after)| !is_blank(before) && !is_blank(after));
        let (Some((before, after)), false) = (visits, is_blank(variable)) else {
            let message = format!("'{text}' is not a valid change (--change)");
            let remedy = "write --change crp for the first visit to the last, or --change crp=baseline:month_6";
            return Err(Error::usage_with(message, remedy));
        };
        let plain = |text: &str| text.trim().to_owned();
        let change = Change { variable: plain(variable), before: plain(before), after: plain(after) };
        let name = format!("{}_change", change.variable);
        Ok(Derived {
            name,
            text: plain(text),
            expression: Expression::Change(change),
            is_change: true,
            is_of_schema: false,
        })
    }
}
