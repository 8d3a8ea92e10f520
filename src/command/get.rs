//! Single numbers: read, count, analyse, find.

use super::asked::Asked;
use super::open::Reading;
use super::output::Outcome;
use super::selected::{Selected, select};
use crate::analyze::results::{ResultRow, Value};
use crate::analyze::selector::{Selector, Wanted};
use crate::diagnostic::{Finding, Findings, Severity};
use crate::error::Error;
use crate::tables::number::raw;
use crate::tables::template::Template;

/// What was asked for.
pub struct Request {
    /// What is read.
    pub reading: Reading,
    /// By which conventions.
    pub asked: Asked,
    /// The statistics, in the order of the lines.
    pub selectors: Vec<Selector>,
    /// What a line shows.
    pub form: Form,
    /// Every selector is printed too, with its number.
    pub list: bool,
    /// Warnings fail the run.
    pub strict: bool,
}

/// What a line shows of a selector.
pub enum Form {
    /// The number as a table prints it.
    Printed,
    /// The number as it is.
    Raw,
    /// Several statistics of it.
    Pattern(Template),
}

/// Runs the command.
pub fn run(request: Request) -> Result<Outcome, Error> {
    let mut wanted = Wanted::default();
    request.selectors.iter().for_each(|selector| wanted.add(selector, ""));
    if let Form::Pattern(pattern) = &request.form {
        pattern.statistics().for_each(|name| wanted.add_statistic(name));
    }
    let Selected { results, shown, mut findings, .. } = select(request.reading, &request.asked, wanted)?;
    let text = |row: &ResultRow| match request.form {
        Form::Raw => raw(&row.value),
        Form::Printed | Form::Pattern(_) => shown.print(row),
    };
    let mut lines = Vec::new();
    let mut missing = Findings::default();
    for selector in &request.selectors {
        let rows = match &request.form {
            Form::Pattern(pattern) => {
                let rows: Vec<_> = pattern.statistics().map(|name| selector.of(name).find(&results)).collect();
                let rows = rows.into_iter().collect::<Result<Vec<_>, Error>>()?;
                let printed = |statistic| rows.iter().find(|row| row.statistic == statistic).map(|row| text(row));
                lines.push(pattern.fill(printed));
                rows
            }
            Form::Printed | Form::Raw => {
                let row = selector.find(&results)?;
                lines.push(text(row));
                vec![row]
            }
        };
        rows.into_iter().filter_map(not_estimable).for_each(|finding| missing.add(finding));
    }
    if request.list {
        lines.extend(results.iter().map(|row| format!("{}\t{}", row.key, text(row))));
    }
    let failed = !missing.is_empty() || (request.strict && findings.count(Severity::Warning) > 0);
    findings.merge(missing);
    let stdout = lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect::<String>().into_bytes();
    Ok(Outcome { stdout, findings, failed, ..Outcome::default() })
}

/// Why there is no number.
fn not_estimable(row: &ResultRow) -> Option<Finding> {
    let Value::NotEstimable(reason) = &row.value else { return None };
    Some(Finding::new("not-estimable", Severity::Warning, format!("{} is not estimable: {reason}", row.key)))
}
