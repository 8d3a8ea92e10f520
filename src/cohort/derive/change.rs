//! A change between two visits, `--change VARIABLE` or `--change VARIABLE=BEFORE:AFTER`.

use super::syntax::{Derived, Expression, Operation, Term};
use crate::error::Error;

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
        let variable = variable.trim();
        let at = |visit: &str| Box::new(Term::Column(format!("{variable}@{}", visit.trim())));
        let expression = Expression::Sum(Term::Two(at(after), Operation::Minus, at(before)));
        Ok(Derived { name: format!("{variable}_change"), expression, is_change: true })
    }
}
