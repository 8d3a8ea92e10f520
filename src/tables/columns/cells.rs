//! The cells of the columns beside the values: what is not reported, and what compares the groups.

use crate::analyze::results::{PartOf, ResultRow, Value};
use crate::analyze::statistic::Statistic;
use crate::schema::MissingReason;
use crate::stats::hypothesis::TestMethod;
use crate::tables::line::TableVariable;
use crate::tables::number::printed;
use crate::tables::options::TableOptions;

/// True for a statistic that is not estimable or not shown.
fn has_no_number(row: &ResultRow) -> bool {
    matches!(row.value, Value::NotEstimable(_) | Value::Masked)
}

/// `6.41 (0.21 to 621.94)`; only the first where none of them is a number.
pub(super) fn with_limits(rows: [Option<&ResultRow>; 3], shown: &TableOptions) -> String {
    let [estimate, low, high] = rows.map(|row| row.map(|row| shown.print(row)).unwrap_or_default());
    if rows.into_iter().flatten().all(has_no_number) {
        return estimate;
    }
    format!("{estimate} ({low} to {high})")
}

/// `Fisher-Freeman-Halton exact test; smallest attainable p given these margins 0.2`.
pub(super) fn of_test(test: TestMethod, smallest: Option<&ResultRow>) -> String {
    let name = test.name();
    match smallest.filter(|row| !has_no_number(row)).map(printed) {
        None => name.to_owned(),
        Some(smallest) => format!("{name}; smallest attainable p given these margins {smallest}"),
    }
}

/// Cases not reported, and cells that cannot be read.
pub(super) fn not_reported(subject: TableVariable<'_>, part: PartOf<'_>) -> String {
    let text = |statistic| subject.text(part, statistic);
    let missing = text(Statistic::Missing);
    let of_reason = |reason: MissingReason| {
        let key = format!("{}.{}({})", subject.variable.name, Statistic::Missing, reason.word());
        Some(format!("{} {}", reason.word(), part.get(&key).map(|row| subject.shown.print(row))?))
    };
    let reasons: Vec<String> =
        [MissingReason::NotDone, MissingReason::NotApplicable].into_iter().filter_map(of_reason).collect();
    let mut cell = if reasons.is_empty() { missing } else { format!("{missing} ({})", reasons.join(", ")) };
    let unreadable = subject.find(part, Statistic::Unreadable).filter(|row| row.value != Value::Count(0));
    if let Some(row) = unreadable {
        cell = format!("{cell}; {} unreadable", subject.shown.print(row));
    }
    cell
}
