//! Numbers that a report prints in another unit than the records have.

use super::number::{FigureCheck, NamedFigure, figures};
use super::records::ClaimEvidence;
use super::verdict::{ClaimAnswer, Given, Verdict, VerdictRemark};
use super::{count::worst, missing};
use crate::analyze::results::{ResultRow, Value};
use crate::analyze::selector::Selector;
use crate::check::arithmetic::rounding::RoundingInterval;
use crate::check::printed::{Printed, PrintedUnit};
use crate::error::Error;
use crate::schema::lexical::duration::TimeUnit;
use crate::schema::{Role, Variable};
use num_rational::BigRational;
use num_traits::One;

/// The factor from the unit of the records to a printed one; none where they are the same.
///
/// Errors: records without a unit, or with one that measures something else.
fn factor(
    records: &ClaimEvidence<'_>,
    selector: &Selector,
    printed: PrintedUnit,
) -> Result<Option<(PrintedUnit, BigRational)>, Error> {
    let own = records.variable(selector).and_then(unit_of).ok_or_else(|| {
        let message = format!("{printed} is printed for {}, which has no unit in the records", selector.text);
        Error::usage_with(message, "write the number without its unit, or give the column its unit with --unit")
    })?;
    let factor = printed.per(own).ok_or_else(|| {
        let message = format!("{printed} is printed for {}, which is in {own} in the records", selector.text);
        Error::usage_with(message, format!("write the number in {own}, or select what is meant"))
    })?;
    Ok(Some((own, factor)).filter(|(_, factor)| !factor.is_one()))
}

/// The unit of a column; ages without one are in years.
fn unit_of(variable: &Variable) -> Option<PrintedUnit> {
    let of_age = || (variable.role == Role::Age).then_some(PrintedUnit::of_time(TimeUnit::Years));
    variable.unit.as_deref().map_or_else(of_age, PrintedUnit::of_word)
}

/// The answer to figures in another unit: the numbers of the records are converted, then compared. None where the unit
/// is that of the records.
///
/// Errors: those of `factor`; a selector without a statistic, or a text that prints no number.
pub(super) fn answer(
    records: &ClaimEvidence<'_>,
    selector: &Selector,
    printed: &Printed,
    unit: PrintedUnit,
) -> Result<Option<ClaimAnswer>, Error> {
    let Some((own, factor)) = factor(records, selector, unit)? else { return Ok(None) };
    let sets = match *printed {
        Printed::Number(figure) => {
            let statistic = selector.find(records.results)?.statistic;
            vec![vec![NamedFigure::new(statistic, figure)]]
        }
        _ => figures(printed, selector.statistic()),
    };
    let mut best: Option<ClaimAnswer> = None;
    for set in sets {
        let answer = of_set(records, selector, &set, &factor)?;
        if best.as_ref().is_none_or(|best| worst(best.verdict, answer.verdict) != answer.verdict) {
            best = Some(answer);
        }
    }
    let mut answer = best.ok_or_else(|| {
        let message = format!("'{printed}' {unit} cannot be converted to {own}, the unit of {}", selector.text);
        Error::usage_with(message, format!("write it in {own}"))
    })?;
    answer.remarks.insert(0, VerdictRemark::Converted(unit, own, Box::new(factor)));
    Ok(Some(answer))
}

fn of_set(
    records: &ClaimEvidence<'_>,
    selector: &Selector,
    set: &[NamedFigure],
    factor: &BigRational,
) -> Result<ClaimAnswer, Error> {
    let mut answer = ClaimAnswer::new(Verdict::Agrees, Given::Nothing, Vec::new());
    let mut rows = Vec::new();
    for named in set {
        let selector = selector.of(named.statistic);
        let row = selector.find(records.results)?;
        let (verdict, remarks) = verdict(records, &selector, row, named, factor);
        answer.verdict = worst(answer.verdict, verdict);
        answer.remarks.extend(remarks);
        rows.push(row.clone());
    }
    answer.given = Given::Values(rows);
    Ok(answer)
}

/// Agrees where the converted number is printed so; else as the missing values leave it open, in the unit of the records.
fn verdict(
    records: &ClaimEvidence<'_>,
    selector: &Selector,
    row: &ResultRow,
    named: &NamedFigure,
    factor: &BigRational,
) -> (Verdict, Vec<VerdictRemark>) {
    let figure = named.printed.figure;
    let Some(value) = converted(&row.value, factor).filter(|_| named.printed.comparator.is_none()) else {
        return (Verdict::Undetermined, Vec::new());
    };
    let of_printed = ResultRow { value, ..row.clone() };
    if (FigureCheck { selector, row: &of_printed, figure, is_percent: false }).is_nearest() {
        return (Verdict::Agrees, Vec::new());
    }
    let printed = RoundingInterval::nearest(figure).times(&factor.recip());
    missing::leaves_open_within(selector, row, &printed, None, records)
}

/// A number in another unit. None for what is no number with a unit.
fn converted(value: &Value, factor: &BigRational) -> Option<Value> {
    match value {
        Value::Exact(exact) => Some(Value::Exact(exact.times(factor))),
        Value::Count(_)
        | Value::Real(_)
        | Value::Date(_)
        | Value::Censored(..)
        | Value::NotEstimable(_)
        | Value::Masked => None,
    }
}
