//! The response tables: by class, by agent, by line number, and the best of each case.

use super::layout::{percent, range};
use super::number::printed;
use super::{Depth, Table};
use crate::analyze::results::{Rate, Results, Statistic};
use crate::tally::CohortVariable;

const HEADER: [&str; 7] =
    ["", "treated", "evaluable", "responders", "confirmed", "complete", "responders/evaluable (CI)"];
/// Agents shown in text; the others are folded into one row.
const MOST_ROWS: usize = 12;

/// The tables of the treatment column.
pub fn tables(column: &CohortVariable, results: &Results) -> Vec<Table> {
    let target = column.variable.target_domain.as_deref().map_or(String::new(), |domain| format!(" of the {domain}"));
    let mut tables = Vec::new();
    for (name, by) in
        [("response_by_class", "class"), ("response_by_agent", "agent"), ("response_by_line", "line number")]
    {
        let title = format!("Response{target} by {by}");
        let table = by_level(results, name, &title);
        if !table.rows.is_empty() {
            tables.push(table);
        }
    }
    if results.get("best_response.n_treated").is_some() {
        tables.push(best(results, &target));
    }
    tables
}

fn by_level(results: &Results, name: &str, title: &str) -> Table {
    let mut table = Table::new(title, &HEADER);
    let levels: Vec<&str> =
        results.of(name).filter(|s| s.name == "n_treated").filter_map(|s| s.level.as_deref()).collect();
    let shown = if levels.len() > MOST_ROWS { MOST_ROWS - 1 } else { levels.len() };
    for level in levels.iter().take(shown) {
        let of = |name_of: &str| {
            results
                .of(name)
                .find(|s| s.level.as_deref() == Some(level) && s.name == name_of)
                .map(printed)
                .unwrap_or_default()
        };
        let only = of("n_responders_combination");
        let mark =
            if !only.is_empty() && only != "0" && only == of("n_responders") { " (combination only)" } else { "" };
        let responders = format!("{}{mark}", of("n_responders"));
        let rate = rate(results, name, Some(level), Rate::RespondersEvaluable);
        table.push(
            Depth::Level,
            [
                (*level).to_owned(),
                of("n_treated"),
                of("n_evaluable"),
                responders,
                of("n_confirmed"),
                of("n_complete"),
                rate,
            ],
        );
    }
    if levels.len() > shown {
        table.push(Depth::Level, [format!("{} others: see --format json", levels.len() - shown)]);
    }
    table
}

fn best(results: &Results, target: &str) -> Table {
    let mut table = Table::new(&format!("Best response{target} of each case"), &["", "n/N (%; CI)"]);
    for kind in Rate::ALL {
        table.push(Depth::Level, [kind.word().to_owned(), rate(results, "best_response", None, kind)]);
    }
    for n in results.of("best_response_category").filter(|s| s.name == "n") {
        let level = n.level.clone().unwrap_or_default();
        let total = results
            .of("best_response_category")
            .find(|s| s.level == n.level && s.name == "N")
            .map(printed)
            .unwrap_or_default();
        table.push(Depth::Level, [format!("best: {level}"), format!("{}/{total}", printed(n))]);
    }
    table
}

/// `2/3 (67%; 21–94%)`, or `0/0 (NE)`.
fn rate(results: &Results, variable: &str, level: Option<&str>, kind: Rate) -> String {
    let find = |name: &str| {
        results.of(variable).find(|s| s.level.as_deref() == level && s.name == name && s.rate == Some(kind))
    };
    let text = |row: Option<&Statistic>| row.map(printed).unwrap_or_default();
    let (n, total) = (text(find("n")), text(find("N")));
    if total == "0" {
        return "none evaluable".to_owned();
    }
    let percent = find("p").map(percent).unwrap_or_default();
    format!("{n}/{total} ({percent}; {}%)", range(&text(find("conf.low")), &text(find("conf.high"))))
}
