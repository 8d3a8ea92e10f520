//! The response tables: by class, by agent, by line number, and the best of each case.

mod notes;

pub(super) use notes::notes;

use super::columns::TableColumns;
use super::lines::{TableLine, TableVariable, range};
use super::options::TableOptions;
use super::{Depth, Table};
use crate::analyze::level_key;
use crate::analyze::reason::Reason;
use crate::analyze::results::{PartOf, Rate, Value};
use crate::analyze::statistic::Statistic;
use crate::tally::CohortVariable;

const HEADER: [&str; 7] = ["", "treated", "eval.", "resp.", "conf.", "compl.", "% of eval. (CI)"];
/// What the headings of the response tables mean.
pub const ABBREVIATIONS: &str = "eval., resp., conf., compl.: cases evaluable, responders, confirmed responders, complete responders. \
    *: all of these responders responded only to combinations.";
/// Agents shown in text; the others are folded into one row.
const MOST_ROWS: usize = 12;

/// The response tables.
pub(super) struct ResponseTables {
    /// By class, agent and line number.
    pub by_level: Vec<Table>,
    /// The best response of each case.
    pub best: Option<Table>,
}

/// The tables of the treatment column.
pub(super) fn tables(
    column: &CohortVariable,
    columns: &TableColumns<'_>,
    all: PartOf<'_>,
    shown: &TableOptions,
) -> ResponseTables {
    let subject = TableVariable { variable: &column.variable, shown, all };
    if all.get("best_response.n_evaluable").is_some_and(|row| row.value == Value::NotEstimable(Reason::NoResponse)) {
        return ResponseTables { by_level: Vec::new(), best: None };
    }
    let target = column.variable.target_domain.as_deref().map_or(String::new(), |domain| format!(" of the {domain}"));
    let mut tables = Vec::new();
    for (name, by) in
        [("response_by_class", "class"), ("response_by_agent", "agent"), ("response_by_line", "line number")]
    {
        let title = format!("Response{target} by {by}");
        let table = if columns.are_groups() {
            let lines = levels(subject, name).into_iter().map(|level| {
                let label = level.clone();
                let of_level =
                    move |part: PartOf<'_>| rate(subject, part, name, Some(&level), Rate::RespondersEvaluable);
                TableLine { depth: Depth::Variable, ..TableLine::level(label, of_level) }
            });
            by_group(subject, columns, &format!("{title}: responders/evaluable"), lines.collect())
        } else {
            by_level(subject, name, &title)
        };
        if !table.rows.is_empty() {
            tables.push(table);
        }
    }
    ResponseTables { by_level: tables, best: best_table(subject, columns, &target) }
}

/// The table of a column of responses without a treatment column; none where no response is stated.
pub(super) fn column_table(
    column: &CohortVariable,
    columns: &TableColumns<'_>,
    all: PartOf<'_>,
    shown: &TableOptions,
) -> Option<Table> {
    let subject = TableVariable { variable: &column.variable, shown, all };
    let evaluable = all.get("best_response.n_evaluable")?;
    (evaluable.value != Value::NotEstimable(Reason::NoResponse)).then(|| best_table(subject, columns, ""))?
}

fn best_table(subject: TableVariable<'_>, columns: &TableColumns<'_>, target: &str) -> Option<Table> {
    subject.all.get("best_response.n_treated")?;
    let title = format!("Best response{target} of each case");
    let table = match columns.are_groups() {
        true => by_group(subject, columns, &title, best(subject).into_iter().map(|(_, line)| line).collect()),
        false => best_of_all(subject, &title),
    };
    Some(table)
}

/// The levels of a response table, the most treated first.
fn levels(subject: TableVariable<'_>, name: &str) -> Vec<String> {
    let treated = subject.all.of(name).filter(|row| row.statistic == Statistic::Treated);
    treated.filter_map(|row| row.level.clone()).collect()
}

fn by_group(subject: TableVariable<'_>, columns: &TableColumns<'_>, title: &str, lines: Vec<TableLine<'_>>) -> Table {
    let mut table = columns.table(title);
    lines.iter().for_each(|line| columns.push(&mut table, line, subject));
    table
}

fn by_level(subject: TableVariable<'_>, name: &str, title: &str) -> Table {
    let mut table = Table::new(title, &HEADER);
    let levels = levels(subject, name);
    let shown = if levels.len() > MOST_ROWS { MOST_ROWS - 1 } else { levels.len() };
    for level in levels.iter().take(shown) {
        let of = |statistic| text(subject, subject.all, &level_key(name, Some(level), statistic, None));
        let only = of(Statistic::RespondersInCombination);
        let mark =
            if only != "0" && only.parse::<u64>().is_ok() && only == of(Statistic::Responders) { "*" } else { "" };
        let responders = format!("{}{mark}", of(Statistic::Responders));
        let rate = short_rate(subject, name, level);
        let counts = [
            of(Statistic::Treated),
            of(Statistic::Evaluable),
            responders,
            of(Statistic::Confirmed),
            of(Statistic::Complete),
        ];
        table.push(Depth::Variable, [vec![level.clone()], counts.to_vec(), vec![rate]].concat());
    }
    if levels.len() > shown {
        table.push(Depth::Variable, [format!("{} others: see --format json", levels.len() - shown)]);
    }
    table
}

/// The rates of all cases, and how many have each best response.
fn best(subject: TableVariable<'_>) -> Vec<(Option<Rate>, TableLine<'_>)> {
    let key = |kind| level_key("best_response", None, Statistic::Proportion, Some(kind));
    let rates = Rate::ALL.into_iter().filter(move |kind| subject.all.get(&key(*kind)).is_some()).map(|kind| {
        let of_kind = move |part: PartOf<'_>| rate(subject, part, "best_response", None, kind);
        (Some(kind), TableLine { depth: Depth::Variable, ..TableLine::level(kind.word(), of_kind) })
    });
    let counted = subject.all.of("best_response_category").filter(|row| row.statistic == Statistic::Cases);
    let categories = counted.filter_map(|row| row.level.clone()).map(|level| {
        let label = format!("best response: {level}");
        let of_category = move |part: PartOf<'_>| {
            let of = |statistic| {
                let key = level_key("best_response_category", Some(&level), statistic, None);
                text(subject, part, &key)
            };
            format!("{}/{}", of(Statistic::Cases), of(Statistic::N))
        };
        (None, TableLine { depth: Depth::Variable, ..TableLine::level(label, of_category) })
    });
    rates.chain(categories).collect()
}

fn best_of_all(subject: TableVariable<'_>, title: &str) -> Table {
    let mut table = Table::new(title, &["", "n/N (%; CI)"]);
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
    variable: &'t str,
    level: Option<&'t str>,
    kind: Rate,
) -> impl Fn(Statistic) -> String + 't {
    move |statistic| text(subject, part, &level_key(variable, level, statistic, Some(kind)))
}

/// `2/3 (67%)`
fn rate(subject: TableVariable<'_>, part: PartOf<'_>, variable: &str, level: Option<&str>, kind: Rate) -> String {
    let of = of_rate(subject, part, variable, level, kind);
    if let Some(bounds) = open_rate(part, subject, &level_key(variable, level, Statistic::Proportion, Some(kind))) {
        return bounds;
    }
    match of(Statistic::N).as_str() {
        "0" => "0/0".to_owned(),
        total => format!("{}/{total} ({}%)", of(Statistic::Cases), of(Statistic::Proportion)),
    }
}

/// `67 (21–94)`, for a table that has n and N in other columns.
fn short_rate(subject: TableVariable<'_>, variable: &str, level: &str) -> String {
    let kind = Rate::RespondersEvaluable;
    let of = of_rate(subject, subject.all, variable, Some(level), kind);
    let key = level_key(variable, Some(level), Statistic::Proportion, Some(kind));
    if let Some(bounds) = open_rate(subject.all, subject, &key) {
        return bounds;
    }
    match of(Statistic::N).as_str() {
        "0" => "NE".to_owned(),
        _ => format!("{} ({})", of(Statistic::Proportion), range(&of(Statistic::ConfLow), &of(Statistic::ConfHigh))),
    }
}

/// `2/3 (67%; 21–94%)`
fn rate_with_interval(subject: TableVariable<'_>, kind: Rate) -> String {
    let of = of_rate(subject, subject.all, "best_response", None, kind);
    let key = level_key("best_response", None, Statistic::Proportion, Some(kind));
    if let Some(bounds) = open_rate(subject.all, subject, &key) {
        return bounds;
    }
    match of(Statistic::N).as_str() {
        "0" => "NE, none in the denominator".to_owned(),
        total => {
            format!(
                "{}/{total} ({}%; {}%)",
                of(Statistic::Cases),
                of(Statistic::Proportion),
                range(&of(Statistic::ConfLow), &of(Statistic::ConfHigh))
            )
        }
    }
}
