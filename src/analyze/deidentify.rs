//! Results without what leads to a case: no age over 89, the year of a date.

use super::Options;
use super::results::{ResultRow, Results, Value};
use super::statistic::Statistic;
use crate::cohort::deidentify::last_age;
use crate::decimal::Exact;
use crate::diagnostic::quoted;
use crate::error::Error;
use crate::schema::lexical::Comparator;
use crate::schema::{Kind, Role, Variable};
use crate::tally::Cohort;
use num_rational::BigRational;

/// Statistics that are an age, not a spread of ages or a number of cases.
const AGES: [Statistic; 9] = [
    Statistic::Mean,
    Statistic::MeanLow,
    Statistic::MeanHigh,
    Statistic::MEDIAN,
    Statistic::MedianLow,
    Statistic::MedianHigh,
    Statistic::Min,
    Statistic::Max,
    Statistic::GeometricMean,
];

/// What the footnote says.
pub const NOTE: &str = "De-identified: an age over 89 is printed as >89 and a date as its year; words stay as they are. Means, SDs and \
    quartiles are computed from the true values: of few cases they may tell them, and --suppress-below masks them.";

/// Refuses ages that are levels: each would be printed.
pub fn ensure_ages_are_numbers(cohort: &Cohort, options: &Options) -> Result<(), Error> {
    let is_grouping = |place: usize| cohort.grouping.as_ref().is_some_and(|grouping| grouping.by.contains(&place));
    let ages = cohort.variables.iter().enumerate().filter(|(_, column)| column.variable.role == Role::Age);
    let mut printed = ages.filter(|(place, column)| options.shows(&column.variable) || is_grouping(*place));
    match printed.find(|(_, column)| column.variable.kind != Kind::Number) {
        None => Ok(()),
        Some((_, column)) => {
            let name = &column.variable.header;
            let message =
                format!("'{name}' is a {} column of ages: those over 89 would be printed", column.variable.kind);
            let (kind, name) = (quoted(&format!("{name}=number")), quoted(name));
            Err(Error::usage_with(message, format!("--kind {kind}, or leave it out: --exclude {name}")))
        }
    }
}

/// Shows every age over 89 as `>89`, and of a date the year.
pub fn deidentify(results: &mut Results, cohort: &Cohort) {
    results.each(|row| {
        if let Value::Date(date) = &mut row.value {
            date.truncate(4);
        }
        let variable =
            cohort.variables.iter().map(|column| &column.variable).find(|v| Some(&v.name) == row.variable.as_ref());
        if let Some(variable) = variable.filter(|variable| variable.role == Role::Age && is_age(row)) {
            conceal(row, variable);
        }
    });
}

fn is_age(row: &ResultRow) -> bool {
    AGES.contains(&row.statistic) || matches!(row.statistic, Statistic::Percentile(_))
}

fn conceal(row: &mut ResultRow, variable: &Variable) {
    let last = last_age(variable);
    let is_over = match &row.value {
        Value::Exact(Exact::Ratio(age)) => *age > last,
        Value::Exact(age @ Exact::Root(_)) => is_above(age.to_f64(), &last),
        Value::Real(age) => is_above(*age, &last),
        Value::Censored(Comparator::Above | Comparator::AtLeast, Exact::Ratio(age)) => *age > last,
        _ => false,
    };
    if is_over {
        row.value = Value::Censored(Comparator::Above, Exact::Ratio(last));
    }
}

fn is_above(age: f64, last: &BigRational) -> bool {
    BigRational::from_float(age).is_some_and(|age| age > *last)
}
