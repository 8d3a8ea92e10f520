//! The table of tests and associations that were asked for: changes within patients, shares against a reference,
//! associations of two numbers.

use super::columns::TableColumns;
use super::line::{TableLine, TableVariable};
use super::lines::range;
use super::options::TableOptions;
use super::variable::label;
use super::{Depth, Table, own};
use crate::analyze::association::{ASSOCIATION, pair_name, requested};
use crate::analyze::conventions::percent_of;
use crate::analyze::method::Method;
use crate::analyze::results::{PartOf, ResultRow, ResultTable, Value};
use crate::analyze::statistic::Statistic;
use crate::analyze::{Options, ShareAgainst, TestStatistics, level_key};
use crate::stats::hypothesis::TestMethod;
use crate::tally::{Cohort, CohortVariable};

/// The table; none where nothing of it was asked for.
pub(super) fn table(
    cohort: &Cohort,
    columns: &TableColumns<'_>,
    all: PartOf<'_>,
    shown: (&Options, &TableOptions),
) -> Option<Table> {
    own::table("Tests and associations", columns, |each| each_line(cohort, columns, all, shown, each))
}

/// Takes each line of the table.
pub(super) fn each_line(
    cohort: &Cohort,
    columns: &TableColumns<'_>,
    all: PartOf<'_>,
    (options, shown): (&Options, &TableOptions),
    mut each: impl FnMut(&TableLine<'_>, TableVariable<'_>),
) {
    let variable = own::named(ASSOCIATION);
    let subject = own::subject(&variable, columns, (all, shown));
    let mut lines: Vec<TableLine<'_>> = Vec::new();
    for (name, test) in &options.paired_tests {
        let column = cohort.variables.iter().find(|column| column.variable.name == *name);
        if let (Some(column), Some(statistics)) = (column, test.statistics()) {
            lines.extend(of_change(column, statistics, subject));
        }
    }
    for against in &options.against {
        lines.extend(of_share(cohort, against, subject));
    }
    let ci = format!("{}% CI", percent_of(options.conf_level));
    for pair in requested(cohort, options) {
        lines.extend(of_pair(cohort, &pair.names, &ci, subject));
    }
    lines.iter().for_each(|line| each(line, subject));
}

/// The p of the change of a variable within patients.
fn of_change<'a>(
    column: &CohortVariable,
    TestStatistics { p, smallest, .. }: TestStatistics,
    subject: TableVariable<'a>,
) -> Option<TableLine<'a>> {
    let find = {
        let name = column.variable.name.clone();
        move |part: PartOf<'_>, statistic| printed(subject, part, &level_key(&name, None, statistic, None))
    };
    let method = subject.all.get(&level_key(&column.variable.name, None, p, None))?.method.as_ref();
    let method = method.map_or_else(String::new, |method| format!(", {method}"));
    let line = TableLine::level(format!("{}{method}", label(&column.variable)), move |part| {
        let smallest = smallest.map(|smallest| find(part, smallest)).filter(|text| !text.is_empty());
        let smallest = smallest.map_or_else(String::new, |p| format!("; smallest attainable {p}"));
        format!("p {}{smallest}", find(part, p))
    });
    Some(TableLine { depth: Depth::Variable, ..line })
}

/// The tests of a share against a reference: `4/5, p 0.007; greater 0.0067, less >0.99`.
fn of_share<'a>(cohort: &Cohort, against: &ShareAgainst, subject: TableVariable<'a>) -> [TableLine<'a>; 1] {
    let ShareAgainst { variable, level, rate, reference } = against.clone();
    let column = cohort.variables.iter().find(|column| column.variable.name == variable);
    let name = column.map_or_else(|| variable.replace('_', " "), |column| label(&column.variable));
    let of_level = level.as_ref().map_or_else(String::new, |level| format!(", {level}"));
    let of_rate = rate.map_or_else(String::new, |rate| format!(", {}", rate.word()));
    let line = TableLine::level(format!("{name}{of_level}{of_rate}, against {reference}"), move |part| {
        let key = |statistic| level_key(&variable, level.as_deref(), statistic, rate);
        let text = |statistic| printed(subject, part, &key(statistic));
        let all = [Statistic::AgainstP, Statistic::AgainstGreater, Statistic::AgainstLess];
        if let Some(reason) = one_reason(part, all.map(key)) {
            return format!("{}/{}, {reason}", text(Statistic::Cases), text(Statistic::N));
        }
        format!(
            "{}/{}, p {}; greater {}, less {}",
            text(Statistic::Cases),
            text(Statistic::N),
            text(Statistic::AgainstP),
            text(Statistic::AgainstGreater),
            text(Statistic::AgainstLess)
        )
    });
    [TableLine { depth: Depth::Variable, ..line }]
}

/// The associations of two numbers.
fn of_pair<'a>(cohort: &Cohort, names: &[String; 2], ci: &str, subject: TableVariable<'a>) -> Vec<TableLine<'a>> {
    let name = |name: &String| {
        let column = cohort.variables.iter().find(|column| column.variable.name == *name);
        column.map_or_else(|| name.clone(), |column| label(&column.variable))
    };
    let title = format!("{} and {}", name(&names[0]), name(&names[1]));
    let level = pair_name(names);
    let text = move |part: PartOf<'_>, level: &str, statistic| {
        printed(subject, part, &part.key(ResultTable::Association, Some(level), statistic, None))
    };
    let reason = |part: PartOf<'_>, level: &str, all: &[Statistic]| {
        one_reason(part, all.iter().map(|statistic| level_key(ASSOCIATION, Some(level), *statistic, None)))
    };
    let heading = TableLine::level(title, |_| String::new());
    let mut lines = vec![TableLine { depth: Depth::Variable, is_name: true, ..heading }];
    let of_n = level.clone();
    lines.push(TableLine::level("cases with both", move |part| text(part, &of_n, Statistic::N)));
    let of_r = level.clone();
    lines.push(TableLine::level(format!("Pearson's r ({ci}), p"), move |part| {
        let interval = [Statistic::PearsonLow, Statistic::PearsonHigh];
        if let Some(reason) = reason(part, &of_r, &[&[Statistic::Pearson, Statistic::PearsonP][..], &interval].concat())
        {
            return reason;
        }
        let limits = || range(&text(part, &of_r, Statistic::PearsonLow), &text(part, &of_r, Statistic::PearsonHigh));
        let limits = reason(part, &of_r, &interval).unwrap_or_else(limits);
        format!("{} ({limits}), p {}", text(part, &of_r, Statistic::Pearson), text(part, &of_r, Statistic::PearsonP))
    }));
    for (words, statistic, p) in [
        ("Spearman's rho, p", Statistic::Spearman, Statistic::SpearmanP),
        ("Kendall's tau-b, p", Statistic::Kendall, Statistic::KendallP),
    ] {
        let level = level.clone();
        lines.push(TableLine::level(format!("{words}{}", method(subject, &level, p)), move |part| {
            let both = || format!("{}, p {}", text(part, &level, statistic), text(part, &level, p));
            reason(part, &level, &[statistic, p]).unwrap_or_else(both)
        }));
    }
    lines
}

/// How a p of all cases was computed, where there are several ways.
fn method(subject: TableVariable<'_>, level: &str, p: Statistic) -> &'static str {
    let row = subject.all.get(&subject.all.key(ResultTable::Association, Some(level), p, None));
    match row.and_then(|row| row.method.as_ref()) {
        Some(method) if method.is_exact() => " (exact)",
        Some(Method::Test(TestMethod::SpearmanT)) => " (t approximation)",
        Some(Method::Test(TestMethod::KendallNormal)) => " (normal approximation)",
        _ => "",
    }
}

/// `NE: reason` once, where none of the statistics is estimable, all for one reason.
fn one_reason(part: PartOf<'_>, keys: impl IntoIterator<Item = String>) -> Option<String> {
    let rows = keys.into_iter().map(|key| part.get(&key).map(|row| &row.value));
    let values: Vec<&Value> = rows.collect::<Option<_>>()?;
    let first = values.first()?;
    match first {
        Value::NotEstimable(reason) if values.iter().all(|value| value == first) => Some(format!("NE: {reason}")),
        _ => None,
    }
}

fn printed(subject: TableVariable<'_>, part: PartOf<'_>, key: &str) -> String {
    let text = |row: &ResultRow| match &row.value {
        Value::NotEstimable(reason) => format!("NE: {reason}"),
        _ => subject.shown.print(row),
    };
    part.get(key).map(text).unwrap_or_default()
}
