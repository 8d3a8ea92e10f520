//! The response tables: by class, by agent, by line number, and the best of each case.

mod notes;

pub(super) use notes::notes;

use super::columns::TableColumns;
use super::line::{TableLine, TableVariable};
use super::lines::range;
use super::number::{MASKED, NOT_ESTIMABLE, quotient};
use super::options::TableOptions;
use super::{Cell, Depth, Table};
use crate::analyze::reason::Reason;
use crate::analyze::results::{PartOf, Rate, ResultTable, Value};
use crate::analyze::statistic::Statistic;
use crate::tally::CohortVariable;
use std::cell::OnceCell;

const HEADER: [&str; 6] = ["", "treated", "eval.", "resp.", "conf.", "compl."];
/// What the headings stand for.
pub const SHORT_HEADINGS: &str = "eval., evaluable; resp., responders; conf., confirmed; compl., complete.";
/// Behind responders who responded only to combinations.
pub const ONLY_COMBINED: &str = "*";
/// What the mark means.
pub const MARKED: &str = "All of these responders responded only to combinations.";
/// Agents shown in text; the others are folded into one row.
const MOST_ROWS: usize = 12;

/// The response tables.
pub(super) struct ResponseTables {
    /// By class, agent and line number, each with its word.
    pub by_level: Vec<(&'static str, Table)>,
    /// The best response of each case.
    pub best: Option<Table>,
    /// True where a number of responders is marked.
    pub is_marked: bool,
}

/// The tables of the treatment column.
pub(super) fn tables(
    column: &CohortVariable,
    columns: &TableColumns<'_>,
    all: PartOf<'_>,
    shown: &TableOptions,
) -> ResponseTables {
    let subject = TableVariable { variable: &column.variable, shown, all, beside: columns.beside() };
    let none_is_stated = all
        .of_table(ResultTable::Best, Statistic::Evaluable)
        .is_some_and(|row| row.value == Value::NotEstimable(Reason::NoResponse));
    if none_is_stated || are_groups_of_responses(columns) {
        return ResponseTables { by_level: Vec::new(), best: None, is_marked: false };
    }
    let target = target(column);
    let (mut tables, mut is_marked) = (Vec::new(), false);
    for (table, by) in
        [(ResultTable::ByClass, "class"), (ResultTable::ByAgent, "agent"), (ResultTable::ByLine, "line number")]
    {
        let title = format!("Response{target} by {by}");
        let printed = if columns.are_groups() {
            let lines = levels(subject, table)
                .into_iter()
                .map(|level| rate_line(subject, level.clone(), table, Some(level), Rate::RespondersEvaluable));
            by_group(subject, columns, &format!("{title}: responders/evaluable"), lines.collect())
        } else {
            by_level(subject, table, &title, &mut is_marked)
        };
        if !printed.rows.is_empty() {
            tables.push((by, printed));
        }
    }
    ResponseTables { by_level: tables, best: best_table(subject, columns, &target), is_marked }
}

/// Of what the responses are: ` of the calcinosis`.
pub(super) fn target(column: &CohortVariable) -> String {
    column.variable.target_domain.as_deref().map_or(String::new(), |domain| format!(" of the {domain}"))
}

/// The table of a column of responses without a treatment column; none where no response is stated.
pub(super) fn column_table(
    column: &CohortVariable,
    columns: &TableColumns<'_>,
    all: PartOf<'_>,
    shown: &TableOptions,
) -> Option<Table> {
    let subject = TableVariable { variable: &column.variable, shown, all, beside: columns.beside() };
    let evaluable =
        all.of_table(ResultTable::Best, Statistic::Evaluable).filter(|_| !are_groups_of_responses(columns))?;
    (evaluable.value != Value::NotEstimable(Reason::NoResponse)).then(|| best_table(subject, columns, ""))?
}

/// True where the groups are formed by the responses: within a group there is nothing to tabulate.
fn are_groups_of_responses(columns: &TableColumns<'_>) -> bool {
    let mut groups = columns.parts().iter().filter(|part| part.group().is_some()).peekable();
    groups.peek().is_some() && groups.all(|group| group.of_table(ResultTable::Best, Statistic::Evaluable).is_none())
}

fn best_table(subject: TableVariable<'_>, columns: &TableColumns<'_>, target: &str) -> Option<Table> {
    subject.all.of_table(ResultTable::Best, Statistic::Treated)?;
    let title = format!("Best response{target} of each case");
    let table = match columns.are_groups() {
        true => by_group(subject, columns, &title, best(subject).into_iter().map(|(_, line)| line).collect()),
        false => best_of_all(subject, &title),
    };
    Some(table)
}

/// The levels of a response table, the most treated first.
fn levels(subject: TableVariable<'_>, of: ResultTable<&'static str>) -> Vec<String> {
    let treated = subject.all.table(of).filter(|row| row.statistic == Statistic::Treated);
    treated.filter_map(|row| row.level.clone()).collect()
}

fn by_group(subject: TableVariable<'_>, columns: &TableColumns<'_>, title: &str, lines: Vec<TableLine<'_>>) -> Table {
    let mut table = columns.table(title);
    lines.iter().for_each(|line| columns.push(&mut table, line, subject));
    columns.without_blank_comparisons(table)
}

fn by_level(subject: TableVariable<'_>, of: ResultTable<&'static str>, title: &str, is_marked: &mut bool) -> Table {
    let heading = rate_heading(subject.shown, "% of eval.");
    let header: Vec<&str> = HEADER.into_iter().chain(heading.as_deref()).collect();
    let mut table = Table::new(title, &header);
    let levels = levels(subject, of);
    let shown = if levels.len() > MOST_ROWS { MOST_ROWS - 1 } else { levels.len() };
    for level in levels.iter().take(shown) {
        let count = |statistic| text(subject, subject.all, &subject.all.key(of, Some(level), statistic, None));
        let is_only_combined = has_only_combined(subject, of, level);
        *is_marked |= is_only_combined;
        let mark = if is_only_combined { ONLY_COMBINED } else { "" };
        let responders = Cell { text: count(Statistic::Responders), mark: mark.to_owned() };
        let rate = heading.as_ref().map(|_| Cell::from(short_rate(subject, of, Some(level))));
        let counts = [
            count(Statistic::Treated).into(),
            count(Statistic::Evaluable).into(),
            responders,
            count(Statistic::Confirmed).into(),
            count(Statistic::Complete).into(),
        ];
        table.push(Depth::Variable, [vec![level.into()], counts.to_vec(), rate.into_iter().collect()].concat());
    }
    if levels.len() > shown {
        table.push(Depth::Variable, [format!("{} others: see --format json", levels.len() - shown)]);
    }
    table
}

/// The counts and the rate of all cases, below the headings of the tables by level.
pub(super) fn row_of_all(
    column: &CohortVariable,
    columns: &TableColumns<'_>,
    all: PartOf<'_>,
    shown: &TableOptions,
) -> Vec<String> {
    let subject = TableVariable { variable: &column.variable, shown, all, beside: columns.beside() };
    let counted =
        [Statistic::Treated, Statistic::Evaluable, Statistic::Responders, Statistic::Confirmed, Statistic::Complete];
    let count = |statistic| text(subject, all, &all.key(ResultTable::Best, None, statistic, None));
    let rate = (!shown.counts_only).then(|| short_rate(subject, ResultTable::Best, None));
    std::iter::once("All cases, best response".to_owned()).chain(counted.map(count)).chain(rate).collect()
}

/// True where some cases respond, all of them only to combinations.
fn has_only_combined(subject: TableVariable<'_>, of: ResultTable<&str>, level: &str) -> bool {
    let count = |statistic| match subject.all.get(&subject.all.key(of, Some(level), statistic, None))?.value {
        Value::Count(n) => Some(n),
        _ => None,
    };
    let combined = count(Statistic::RespondersInCombination).filter(|combined| *combined > 0);
    combined.is_some() && combined == count(Statistic::Responders)
}

/// The rates of all cases, and how many have each best response.
fn best(subject: TableVariable<'_>) -> Vec<(Option<Rate>, TableLine<'_>)> {
    let key = |kind| subject.all.key(ResultTable::Best, None, Statistic::Proportion, Some(kind));
    let rates = Rate::ALL
        .into_iter()
        .filter(move |kind| subject.all.get(&key(*kind)).is_some())
        .map(|kind| (Some(kind), rate_line(subject, kind.word().to_owned(), ResultTable::Best, None, kind)));
    let counted = subject.all.table(ResultTable::BestCategory).filter(|row| row.statistic == Statistic::Cases);
    let categories = counted.filter_map(|row| row.level.clone()).map(|level| {
        let label = format!("best response: {level}");
        let of_category = move |part: PartOf<'_>| {
            let of = |statistic| {
                let key = part.key(ResultTable::BestCategory, Some(&level), statistic, None);
                text(subject, part, &key)
            };
            quotient(&of(Statistic::Cases), &of(Statistic::N))
        };
        (None, TableLine { depth: Depth::Variable, ..TableLine::level(label, of_category) })
    });
    rates.chain(categories).collect()
}

/// The heading of rates, with their interval where it is shown; none where rates are counts only.
pub(super) fn rate_heading(shown: &TableOptions, percent: &str) -> Option<String> {
    let interval = if shown.intervals.of_outcomes { " (CI)" } else { "" };
    (!shown.counts_only).then(|| format!("{percent}{interval}"))
}

fn best_of_all(subject: TableVariable<'_>, title: &str) -> Table {
    let shown = subject.shown;
    let heading = match (shown.counts_only, shown.intervals.of_outcomes) {
        (true, _) => "n/N",
        (false, true) => "n/N (%; CI)",
        (false, false) => "n/N (%)",
    };
    let mut table = Table::new(title, &["", heading]);
    for (kind, line) in best(subject) {
        let value = kind.map_or_else(|| (line.value)(subject.all), |kind| rate_with_interval(subject, kind));
        table.push(line.depth, [line.label.clone(), value]);
    }
    table
}

fn text(subject: TableVariable<'_>, part: PartOf<'_>, key: &str) -> String {
    let Some(row) = part.get(key) else { return String::new() };
    match &row.value {
        Value::NotEstimable(Reason::OpenCount { low, high }) => format!("{low} to {high}"),
        Value::NotEstimable(Reason::OpenRate { low, high }) => {
            format!("NE ({}/{} to {}/{})", low.0, low.1, high.0, high.1)
        }
        _ => subject.shown.print(row),
    }
}

/// What stands in the place of a rate: its bounds where some responses are open, or why there is none.
fn open_rate(part: PartOf<'_>, subject: TableVariable<'_>, key: &str) -> Option<String> {
    match &part.get(key)?.value {
        Value::NotEstimable(reason) if reason.is_open_response() => Some(text(subject, part, key)),
        Value::NotEstimable(Reason::NoTreatment) => Some(format!("NE, {}", Reason::NoTreatment)),
        _ => None,
    }
}

/// The printed statistics of a rate.
fn of_rate<'t>(
    subject: TableVariable<'t>,
    part: PartOf<'t>,
    table: ResultTable<&'t str>,
    level: Option<&'t str>,
    kind: Rate,
) -> impl Fn(Statistic) -> String + 't {
    move |statistic| text(subject, part, &part.key(table, level, statistic, Some(kind)))
}

/// True where the denominator of a rate is 0.
fn has_no_case(part: PartOf<'_>, table: ResultTable<&str>, level: Option<&str>, kind: Rate) -> bool {
    let total = part.get(&part.key(table, level, Statistic::N, Some(kind)));
    total.is_some_and(|row| row.value == Value::Count(0))
}

/// The line of a rate, `2/3 (67%)` in each part.
fn rate_line<'a>(
    subject: TableVariable<'a>,
    label: String,
    table: ResultTable<&'static str>,
    level: Option<String>,
    kind: Rate,
) -> TableLine<'a> {
    let known = OnceCell::new();
    let value = move |part: PartOf<'_>| {
        let level = level.as_deref();
        let key = part.key(table, level, Statistic::Proportion, Some(kind));
        if let Some(bounds) = open_rate(part, subject, &key) {
            return bounds;
        }
        let of = of_rate(subject, part, table, level, kind);
        let percent = || -> String {
            let shared = subject.decimals_beside(part, &known, |part| part.get(&key).into_iter().collect());
            part.get(&key).map(|row| subject.shown.print_in(row, shared).into()).unwrap_or_default()
        };
        if has_no_case(part, table, level, kind) {
            return "0/0".to_owned();
        }
        let fraction = quotient(&of(Statistic::Cases), &of(Statistic::N));
        match percent() {
            percent if subject.shown.counts_only || percent == MASKED => fraction,
            percent => format!("{fraction} ({percent}%)"),
        }
    };
    TableLine { depth: Depth::Variable, ..TableLine::level(label, value) }
}

/// `67 (21–94)`, for a table that has n and N in other columns.
fn short_rate(subject: TableVariable<'_>, table: ResultTable<&str>, level: Option<&str>) -> String {
    let kind = Rate::RespondersEvaluable;
    let of = of_rate(subject, subject.all, table, level, kind);
    let key = subject.all.key(table, level, Statistic::Proportion, Some(kind));
    if let Some(bounds) = open_rate(subject.all, subject, &key) {
        return bounds;
    }
    match subject.shown.intervals.of_outcomes {
        _ if has_no_case(subject.all, table, level, kind) => NOT_ESTIMABLE.to_owned(),
        _ if of(Statistic::Proportion) == MASKED => MASKED.to_owned(),
        false => of(Statistic::Proportion),
        true => format!("{} ({})", of(Statistic::Proportion), range(&of(Statistic::ConfLow), &of(Statistic::ConfHigh))),
    }
}

/// `2/3 (67%; 21–94%)`
fn rate_with_interval(subject: TableVariable<'_>, kind: Rate) -> String {
    let (fraction, percent) = best_rate(subject, kind);
    if percent.is_empty() { fraction } else { format!("{fraction} {percent}") }
}

/// `2/3`, and `(67%; 21–94%)` as far as it is shown.
pub(super) fn best_rate(subject: TableVariable<'_>, kind: Rate) -> (String, String) {
    let of = of_rate(subject, subject.all, ResultTable::Best, None, kind);
    let key = subject.all.key(ResultTable::Best, None, Statistic::Proportion, Some(kind));
    if let Some(bounds) = open_rate(subject.all, subject, &key) {
        return (bounds, String::new());
    }
    let (n, total, percent) = (of(Statistic::Cases), of(Statistic::N), of(Statistic::Proportion));
    if has_no_case(subject.all, ResultTable::Best, None, kind) {
        return ("NE, none in the denominator".to_owned(), String::new());
    }
    let percent = match (subject.shown.counts_only, subject.shown.intervals.of_outcomes) {
        (true, _) => String::new(),
        _ if percent == MASKED => String::new(),
        (false, false) => format!("({percent}%)"),
        (false, true) => format!("({percent}%; {}%)", range(&of(Statistic::ConfLow), &of(Statistic::ConfHigh))),
    };
    (quotient(&n, &total), percent)
}
