//! Results without what leads to a case: no age over 89, the year of a date.

use super::results::{Results, Statistic, Value};
use crate::cohort::deidentify::last_age;
use crate::decimal::Exact;
use crate::schema::lexical::Comparator;
use crate::schema::{Role, Variable};
use crate::tally::Cohort;
use num_rational::BigRational;

/// Statistics that are an age, not a spread of ages or a number of cases.
const AGES: [&str; 9] =
    ["mean", "mean.low", "mean.high", "median", "median.low", "median.high", "min", "max", "geometric_mean"];

/// What the footnote says.
pub const NOTE: &str =
    "De-identified: ages over 89 are >89, dates are years, messages name no case and no line; words stay as they are.";

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

fn is_age(row: &Statistic) -> bool {
    AGES.contains(&row.name) || super::statistic::percentile(row.name).is_some()
}

fn conceal(row: &mut Statistic, variable: &Variable) {
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
