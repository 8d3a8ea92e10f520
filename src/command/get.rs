//! Single numbers: read, count, analyse, look up.

use super::open::InputSpec;
use super::output::Outcome;
use super::request::TableRequest;
use super::selected::{Selected, select};
use crate::analyze::results::{ResultRow, Value};
use crate::analyze::selector::{Selector, SelectorRequest};
use crate::diagnostic::{Finding, FindingId, Findings, Severity};
use crate::error::Error;
use crate::render::findings::line;
use crate::tables::number::raw;
use crate::tables::template::Template;

/// What the user requested.
pub struct GetRequest {
    /// The input.
    pub input: InputSpec,
    /// The conventions.
    pub tables: TableRequest,
    /// The statistics, one line each.
    pub selectors: Vec<Selector>,
    /// Content of a line.
    pub form: LineForm,
    /// True to print every selector with its number, too.
    pub list: bool,
    /// True where a warning makes the run fail.
    pub strict: bool,
}

/// What a line shows for a selector.
pub enum LineForm {
    /// The number as a table prints it.
    Printed,
    /// The unrounded number.
    Raw,
    /// Several statistics.
    Pattern(Template),
}

/// Runs the command; a statistic that is not estimable makes the run fail.
///
/// Errors: input that is refused, and selectors that name nothing.
pub fn run(request: GetRequest) -> Result<Outcome, Error> {
    let selected = read(&request, asked(&request))?;
    let is_in_part = selected.cohort.variables.iter().any(|column| !column.is_counted);
    match answer(&request, selected) {
        // The error names what there is: for that, all is read.
        Err(_) if is_in_part => answer(&request, read(&request, None)?),
        answered => answered,
    }
}

/// The names of the variables that the selectors are of; `None` where all are needed.
fn asked(request: &GetRequest) -> Option<Vec<String>> {
    let of_variables = request.selectors.iter().filter(|selector| selector.key != "cases");
    let names = of_variables.map(|selector| selector.variable_and_level().0);
    let needs_all = request.list
        || request.strict
        || request.tables.withholds()
        || !request.input.settings.by.is_empty()
        || !request.tables.against.is_empty();
    (!needs_all).then(|| names.collect())
}

fn read(request: &GetRequest, asked: Option<Vec<String>>) -> Result<Selected, Error> {
    let mut wanted = SelectorRequest::default();
    request.selectors.iter().for_each(|selector| wanted.add(selector, ""));
    if let LineForm::Pattern(pattern) = &request.form {
        pattern.statistics().for_each(|name| wanted.add_statistic(name));
    }
    select(request.input.clone(), &request.tables, wanted, asked)
}

fn answer(request: &GetRequest, selected: Selected) -> Result<Outcome, Error> {
    let Selected { results, shown, mut findings, .. } = selected;
    let text = |row: &ResultRow| match request.form {
        LineForm::Raw => line(&raw(&row.value)),
        LineForm::Printed | LineForm::Pattern(_) => line(&shown.print(row)),
    };
    let listed = |row: &ResultRow| format!("{}\t{}", line(&row.key), text(row));
    let mut lines = Vec::new();
    let mut missing = Findings::default();
    for selector in &request.selectors {
        let rows = match &request.form {
            LineForm::Pattern(pattern) => {
                let rows: Vec<_> = pattern.statistics().map(|name| selector.of(name).find(&results)).collect();
                let rows = rows.into_iter().collect::<Result<Vec<_>, Error>>()?;
                let printed = shown.print_together(rows.iter().copied());
                let find = |statistic| rows.iter().zip(&printed).find(|(row, _)| row.statistic == statistic);
                lines.push(pattern.fill(|statistic| find(statistic).map(|(_, printed)| printed.clone())));
                rows
            }
            LineForm::Printed | LineForm::Raw => match selector.all_of_variable(&results) {
                Some(rows) => {
                    lines.extend(rows.into_iter().map(listed));
                    continue;
                }
                None => {
                    let row = selector.find(&results)?;
                    lines.push(text(row));
                    vec![row]
                }
            },
        };
        rows.into_iter().filter_map(not_estimable).for_each(|finding| missing.add(finding));
    }
    if request.list {
        lines.extend(results.iter().map(listed));
    }
    let failed = !missing.is_empty() || (request.strict && findings.count(Severity::Warning) > 0);
    findings.merge(missing);
    let stdout = lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect::<String>().into_bytes();
    Ok(Outcome { stdout, findings, failed, ..Outcome::default() })
}

/// The finding for a statistic without a value; `None` where it has one.
fn not_estimable(row: &ResultRow) -> Option<Finding> {
    let Value::NotEstimable(reason) = &row.value else { return None };
    Some(Finding::new(FindingId::NotEstimable, format!("{} is not estimable: {reason}", row.key)))
}
