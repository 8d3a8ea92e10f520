//! What becomes of something that is there or not, between two visits.

use super::change::Turn;
use crate::cohort::case::{Case, CaseCell};
use crate::cohort::cell::LevelState;
use crate::cohort::column::CaseColumn;
use crate::error::Error;
use crate::schema::Status;
use crate::schema::lexical::{one_result, yes_no};

/// The columns of two visits that tell whether something is there.
#[derive(Debug)]
pub(super) struct TurnColumns<'a> {
    before: CaseColumn<'a>,
    after: CaseColumn<'a>,
    /// The first level that tells neither, and its column.
    unclear: Option<(String, String)>,
}

impl<'a> TurnColumns<'a> {
    /// The columns of the visit before and after.
    pub fn new([before, after]: [CaseColumn<'a>; 2]) -> TurnColumns<'a> {
        TurnColumns { before, after, unclear: None }
    }
}

impl TurnColumns<'_> {
    /// The turn of a case; empty where one of the visits tells nothing.
    pub fn text(&mut self, case: &Case<'_>) -> String {
        let mut known = [None, None];
        for (known, column) in known.iter_mut().zip([self.before, self.after]) {
            let CaseCell::Level(LevelState::Level(level)) = case.cell(&column) else { continue };
            *known = is_there(&level);
            if known.is_none() && self.unclear.is_none() {
                self.unclear = Some((level, column.variable().header.clone()));
            }
        }
        match known {
            [Some(before), Some(after)] => Turn::of(before, after).word().to_owned(),
            _ => String::new(),
        }
    }

    /// Errors: a level that tells neither.
    pub fn check_levels(&self) -> Result<(), Error> {
        let Some((level, header)) = &self.unclear else { return Ok(()) };
        let message = format!("a level of '{header}' is neither yes nor no: its change is not known");
        let remedy =
            format!("write yes or no in place of '{level}', or numbers: the change of numbers is a difference");
        Err(Error::usage_with(message, remedy))
    }
}

/// Whether a level tells that something is there.
fn is_there(level: &str) -> Option<bool> {
    let of_result = || match one_result(level)? {
        Status::Positive | Status::Abnormal => Some(true),
        Status::Negative | Status::Normal => Some(false),
        Status::Low | Status::High => None,
    };
    let of_number = match level.trim() {
        "1" => Some(true),
        "0" => Some(false),
        _ => None,
    };
    of_number.or_else(|| yes_no(level)).or_else(of_result)
}
