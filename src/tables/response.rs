//! The response tables: by class, by agent, by line number, and the best of each case.

use super::layout::range;
use super::number::printed;
use super::{Depth, Table};
use crate::analyze::results::{Rate, Results};
use crate::tally::CohortVariable;

const HEADER: [&str; 7] = ["", "treated", "eval.", "resp.", "conf.", "compl.", "% of eval. (CI)"];
/// What the headings of the response tables stand for.
pub const ABBREVIATIONS: &str = "eval., resp., conf., compl.: cases evaluable, responders, confirmed responders, complete responders. \
    *: all of these responders responded only in lines that held something else too.";
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
        let mark = if only != "0" && only == of("n_responders") { "*" } else { "" };
        let responders = format!("{}{mark}", of("n_responders"));
        let rate = rate(results, name, Some(level), Rate::RespondersEvaluable, true);
        let cells = [
            (*level).to_owned(),
            of("n_treated"),
            of("n_evaluable"),
            responders,
            of("n_confirmed"),
            of("n_complete"),
            rate,
        ];
        table.push(Depth::Variable, cells);
    }
    if levels.len() > shown {
        table.push(Depth::Variable, [format!("{} others: see --format json", levels.len() - shown)]);
    }
    table
}

fn best(results: &Results, target: &str) -> Table {
    let mut table = Table::new(&format!("Best response{target} of each case"), &["", "n/N (%; CI)"]);
    for kind in Rate::ALL {
        table.push(Depth::Variable, [kind.word().to_owned(), rate(results, "best_response", None, kind, false)]);
    }
    for n in results.of("best_response_category").filter(|s| s.name == "n") {
        let level = n.level.clone().unwrap_or_default();
        let total = results
            .of("best_response_category")
            .find(|s| s.level == n.level && s.name == "N")
            .map(printed)
            .unwrap_or_default();
        table.push(Depth::Variable, [format!("best response: {level}"), format!("{}/{total}", printed(n))]);
    }
    table
}

/// `2/3 (67%; 21–94%)`, or `67 (21–94)` where n and N stand beside it.
fn rate(results: &Results, variable: &str, level: Option<&str>, kind: Rate, short: bool) -> String {
    let find = |name: &str| {
        results.of(variable).find(|s| s.level.as_deref() == level && s.name == name && s.rate == Some(kind))
    };
    let text = |name: &str| find(name).map(printed).unwrap_or_default();
    let interval = range(&text("conf.low"), &text("conf.high"));
    match (text("N").as_str(), short) {
        ("0", true) => "NE".to_owned(),
        ("0", false) => "NE, none in the denominator".to_owned(),
        (_, true) => format!("{} ({interval})", text("p")),
        (total, false) => format!("{}/{total} ({}%; {interval}%)", text("n"), text("p")),
    }
}
