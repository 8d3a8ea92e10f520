//! What figures of counts are drawn from: the results as the tables print them, masked where these are.

use crate::analyze::Options;
use crate::analyze::reason::Reason;
use crate::analyze::results::{PartOf, ResultRow, Results, Value};
use crate::schema::Variable;
use crate::tables::options::TableOptions;
use crate::tally::Cohort;

/// The results of a cohort, and how they are printed.
pub struct CountedFigure<'a> {
    /// The cohort, for its variables.
    pub cohort: &'a Cohort,
    /// The results; masked where few cases are to be hidden.
    pub results: &'a Results,
    /// The conventions.
    pub options: &'a Options,
    /// How numbers are printed.
    pub shown: &'a TableOptions,
    /// Further notes.
    pub notes: Vec<String>,
}

impl<'a> CountedFigure<'a> {
    /// The groups, or all cases where there are none.
    pub fn parts(&self) -> Vec<PartOf<'a>> {
        let parts: Vec<PartOf<'a>> = self.results.parts().collect();
        let is_grouped = parts.len() > 1;
        parts.into_iter().filter(|part| part.group().is_some() == is_grouped).collect()
    }

    /// The label of a level.
    pub fn level(&self, variable: &Variable, level: &str) -> String {
        let declared = variable.levels.iter().find(|known| known.value == level);
        declared.and_then(|known| known.label.clone()).unwrap_or_else(|| level.to_owned())
    }
}

/// What a panel shows, behind the group it is of.
pub fn heading(what: &str, part: PartOf<'_>) -> String {
    let Some(group) = part.group() else { return what.to_owned() };
    let levels = group.levels.iter().map(|(_, level)| level.as_deref().unwrap_or("group not reported"));
    format!("{}: {what}", levels.collect::<Vec<_>>().join(", "))
}

/// The number of a statistic; none where it is masked or not estimable.
pub fn number(row: &ResultRow) -> Option<f64> {
    row.value.number()
}

/// The count of a statistic; none where it is masked or not known.
pub fn count(row: Option<&ResultRow>) -> Option<u64> {
    match row.map(|row| &row.value) {
        Some(Value::Count(count)) => Some(*count),
        _ => None,
    }
}

/// A count in words; where responses are open, between which it lies.
pub fn told(subject: &CountedFigure<'_>, row: &ResultRow) -> String {
    match &row.value {
        Value::NotEstimable(Reason::OpenCount { low, high }) => format!("{low} to {high}, as some responses are open"),
        Value::NotEstimable(Reason::NoResponse) => "not known, as no response is stated".to_owned(),
        _ => subject.shown.print(row),
    }
}
