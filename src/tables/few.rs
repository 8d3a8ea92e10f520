//! The values of a number that has up to three: a list says more than a mean of two, and takes less room.
//!
//! All of them are statistics: the least, the median of three, the greatest.

use super::line::TableVariable;
use super::printed::PrintedStatistic;
use crate::analyze::method::Method;
use crate::analyze::results::{PartOf, Value};
use crate::analyze::statistic::Statistic;

/// `37, 44, 86`, ascending; none where there are more than three values or other rows were asked for, where values
/// are not to be listed, and where a value between censored ones is not known.
pub(super) fn values(subject: TableVariable<'_>, part: PartOf<'_>) -> Option<String> {
    let TableVariable { variable, shown, .. } = subject;
    let is_listed = shown.condenses && !shown.intervals.of_means && !shown.asks_for_rows(variable);
    let values: &[Statistic] = match subject.find(part, Statistic::N).filter(|_| is_listed)?.value {
        Value::Count(1) => &[Statistic::Min],
        Value::Count(2) => &[Statistic::Min, Statistic::Max],
        Value::Count(3) if is_middle_value(subject, part) => &[Statistic::Min, Statistic::MEDIAN, Statistic::Max],
        _ => return None,
    };
    let rows = values.iter().filter_map(|statistic| subject.find(part, *statistic));
    let printed = shown.print_together(rows);
    let is_known = printed.len() == values.len() && !printed.contains(&PrintedStatistic::NotEstimable);
    let texts: Vec<&str> = printed.iter().map(PrintedStatistic::text).collect();
    let has_commas = texts.iter().any(|text| text.contains(','));
    is_known.then(|| texts.join(if has_commas { "; " } else { shown.style.marks.between() }))
}

/// True where the median of three values is the second of them, as in all types of quantiles but the fourth.
fn is_middle_value(subject: TableVariable<'_>, part: PartOf<'_>) -> bool {
    let method = subject.find(part, Statistic::MEDIAN).and_then(|row| row.method.as_ref());
    matches!(method, Some(Method::Quantile(kind)) if kind.number() != 4)
}
