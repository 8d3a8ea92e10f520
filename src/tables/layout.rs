//! The summary as a reader wants it: sections by role, one variable after the other.

use super::number::printed;
use super::{Depth, Report, Table, read_as, response};
use crate::analyze::conventions::conventions;
use crate::analyze::results::{Results, Statistic, Value};
use crate::analyze::{Options, treatment};
use crate::schema::{Role, Variable};
use crate::tally::{Cohort, CohortVariable, Counts};

/// Levels shown in text; the others are folded into one row.
const MOST_LEVELS: usize = 12;
/// Combinations and sequences shown.
const MOST_COMBINATIONS: usize = 3;

const HEADER: [&str; 4] = ["", "n/N (%) or value", "95% CI, %", "not reported"];

/// The sections, with the roles of their variables.
const SECTIONS: [(&str, &[Role]); 7] = [
    ("Cases", &[Role::Age, Role::Sex]),
    ("Etiology", &[Role::Etiology]),
    ("Sites", &[Role::Site]),
    ("Laboratory", &[Role::Lab]),
    ("Treatments and response", &[Role::Treatment]),
    ("Outcome", &[Role::Outcome, Role::Response, Role::FollowUp]),
    ("Other", &[Role::Other, Role::CaseId, Role::DirectIdentifier]),
];

/// The report of a summary.
pub fn report(cohort: &Cohort, results: &Results, options: &Options, files: &[&str], notes: Vec<String>) -> Report {
    let lines = treatment(cohort);
    let mut tables = Vec::new();
    for (title, roles) in SECTIONS {
        let mut table = Table::new(title, &HEADER);
        set_level(&mut table, options);
        for role in roles {
            let of_role = cohort.variables.iter().enumerate().filter(|(_, v)| v.variable.role == *role && !v.is_id);
            for (number, column) in of_role {
                variable_rows(&mut table, column, results, Some(number) == lines);
            }
        }
        if !table.rows.is_empty() {
            tables.push(table);
        }
        if roles.contains(&Role::Treatment)
            && let Some(column) = lines.and_then(|number| cohort.variables.get(number))
        {
            tables.extend(response::tables(column, results));
        }
    }
    let mut footnotes: Vec<String> =
        conventions(options, lines.is_some()).into_iter().map(|c| c.sentence).filter(|s| !s.is_empty()).collect();
    if lines.is_some() {
        footnotes.push(response::ABBREVIATIONS.to_owned());
    }
    if results.iter().any(|row| row.name == "N_stated" && row.value != Value::Count(0)) {
        footnotes.push(
            "Stated without a value: a word such as normal stands in place of a number; counted, not averaged."
                .to_owned(),
        );
    }
    footnotes.extend(not_estimable(results));
    footnotes.extend(notes);
    footnotes.push(read_as::footnote(cohort));
    let cases = if cohort.cases == 1 { "1 case".to_owned() } else { format!("{} cases", cohort.cases) };
    Report { title: format!("Case series: {cases} ({})", files.join(", ")), tables, footnotes }
}

fn set_level(table: &mut Table, options: &Options) {
    let level = crate::decimal::round_real(options.conf_level * 100.0, 1).unwrap_or_default();
    if let Some(heading) = table.header.get_mut(2) {
        *heading = format!("{}% CI, %", level.trim_end_matches(".0"));
    }
}

/// Label, with the unit behind a comma.
pub(super) fn label(variable: &Variable) -> String {
    match &variable.unit {
        Some(unit) => format!("{}, {unit}", variable.shown_label()),
        None => variable.shown_label().to_owned(),
    }
}

fn variable_rows(table: &mut Table, column: &CohortVariable, results: &Results, is_treatment: bool) {
    let variable = &column.variable;
    let find = |name: &str| results.get(&format!("{}.{name}", variable.name));
    let text = |name: &str| find(name).map(printed).unwrap_or_default();
    table.push(Depth::Variable, [label(variable), String::new(), String::new(), not_reported(&find)]);
    match &column.counts {
        Counts::Number(_) => number_rows(table, variable, results),
        Counts::Levels(_) => {
            reason_row(table, find("n_levels"));
            level_rows(table, variable, results, "cases");
        }
        Counts::Set(_) => {
            reason_row(table, find("n_levels"));
            level_rows(table, variable, results, "mentions");
            let per_case = format!("{} ({}), range {}", text("mean"), text("sd"), range(&text("min"), &text("max")));
            table.push(Depth::Level, ["items per case, mean (SD)".to_owned(), per_case]);
            table.push(Depth::Level, ["items of all cases".to_owned(), text("n_items")]);
            combination_rows(table, results, &format!("{}_combination", variable.name), "most frequent combinations");
        }
        Counts::Dates(_) => table.push(
            Depth::Level,
            ["range".to_owned(), format!("{} dated: {}", text("N"), range(&text("min"), &text("max")))],
        ),
        Counts::Lines(_) if is_treatment => {
            let value = format!("{} in {} treated cases", text("n_lines"), text("n_treated"));
            table.push(Depth::Level, ["treatment lines".to_owned(), value]);
            if text("n_untreated") != "0" {
                table.push(Depth::Level, ["untreated".to_owned(), text("n_untreated")]);
            }
            if text("n_relapsed") != "0" {
                table.push(Depth::Level, ["cases with a relapse".to_owned(), text("n_relapsed")]);
            }
            combination_rows(table, results, &format!("{}_sequence", variable.name), "most frequent sequences");
        }
        Counts::Text(_) | Counts::Lines(_) => {
            let what = if variable.is_withheld() { "withheld, cases with a value" } else { "text, cases with one" };
            table.push(Depth::Level, [what.to_owned(), text("N")]);
        }
    }
}

/// Cases not reported, and cells that cannot be read.
fn not_reported<'r>(find: &impl Fn(&str) -> Option<&'r Statistic>) -> String {
    let missing = find("N_miss").map(printed).unwrap_or_default();
    let reasons: Vec<String> = ["not done", "not applicable"]
        .iter()
        .filter_map(|reason| find(&format!("N_miss({reason})")).map(|row| format!("{reason} {}", printed(row))))
        .collect();
    let mut text = if reasons.is_empty() { missing } else { format!("{missing} ({})", reasons.join(", ")) };
    if let Some(row) = find("N_unreadable").filter(|row| row.value != Value::Count(0)) {
        text = format!("{text}; {} unreadable", printed(row));
    }
    text
}

fn number_rows(table: &mut Table, variable: &Variable, results: &Results) {
    let find = |name: &str| results.get(&format!("{}.{name}", variable.name));
    let text = |name: &str| find(name).map(printed).unwrap_or_default();
    let mut push = |name: &str, value: String| table.push(Depth::Level, [name.to_owned(), value]);
    if find("N").is_some_and(|row| row.value == Value::Count(0)) {
        push("values", "0".to_owned());
    } else {
        push("mean (SD)", format!("{} ({})", text("mean"), text("sd")));
        push("median (Q1, Q3)", format!("{} ({}, {})", text("median"), text("p25"), text("p75")));
        push("range; values", format!("{}; n = {}", range(&text("min"), &text("max")), text("N")));
    }
    let counted = |name: &str| find(name).filter(|row| row.value != Value::Count(0)).map(printed);
    if let Some(n) = counted("N_censored") {
        push("of them censored", n);
    }
    if let Some(n) = counted("N_stated") {
        push("stated without a value", n);
    }
    for (suffix, name) in [("by_range", "by reference range"), ("stated", "as stated")] {
        let key = format!("{}_{suffix}", variable.name);
        let met = levels_of(results, &key).into_iter().filter(|row| row.n != "0");
        let parts: Vec<String> = met.map(|row| format!("{} {}/{}", row.level, row.n, row.total)).collect();
        if !parts.is_empty() {
            push(name, parts.join(", "));
        }
    }
}

/// One level of a variable: its name, n, N, and p with its interval.
struct LevelRow<'r> {
    level: &'r str,
    n: String,
    total: String,
    p: &'r Statistic,
    interval: String,
}

/// The levels of a variable; the rows of a level follow each other in the results.
fn levels_of<'r>(results: &'r Results, variable: &str) -> Vec<LevelRow<'r>> {
    let rows: Vec<&Statistic> = results.of(variable).filter(|row| row.level.is_some() && row.rate.is_none()).collect();
    let levels = rows.chunk_by(|a, b| a.level == b.level).filter_map(|rows| {
        let of = |name: &str| rows.iter().copied().find(|row| row.name == name);
        let interval = range(&printed(of("conf.low")?), &printed(of("conf.high")?));
        let (n, total) = (printed(of("n")?), printed(of("N")?));
        Some(LevelRow { level: rows.first()?.level.as_deref()?, n, total, p: of("p")?, interval })
    });
    levels.collect()
}

impl LevelRow<'_> {
    /// `4/5 (80%)`
    fn value(&self) -> String {
        format!("{}/{} ({})", self.n, self.total, percent(self.p))
    }
}

/// The levels of a variable; beyond twelve they are folded, in text only. `noun` is what a count of them counts.
fn level_rows(table: &mut Table, variable: &Variable, results: &Results, noun: &str) {
    let levels = levels_of(results, &variable.name);
    let shown = if levels.len() > MOST_LEVELS { MOST_LEVELS - 1 } else { levels.len() };
    let (first, rest) = levels.split_at(shown);
    for row in first {
        let named =
            variable.levels.iter().find(|level| level.value == row.level).and_then(|level| level.label.as_deref());
        table.push(Depth::Level, [named.unwrap_or(row.level).to_owned(), row.value(), row.interval.clone()]);
    }
    if !rest.is_empty() {
        let count: u64 = rest.iter().filter_map(|row| row.n.parse::<u64>().ok()).sum();
        table.push(Depth::Level, [format!("{} others", rest.len()), format!("{count} {noun}")]);
    }
}

fn combination_rows(table: &mut Table, results: &Results, name: &str, title: &str) {
    // Where every case differs, a list of the first few says nothing.
    let repeated: Vec<LevelRow<'_>> =
        levels_of(results, name).into_iter().filter(|row| row.n != "1").take(MOST_COMBINATIONS).collect();
    if repeated.is_empty() {
        return;
    }
    let different = results.get(&format!("{name}.n_combinations")).map(printed).unwrap_or_default();
    table.push(Depth::Level, [format!("{title} (of {different})")]);
    for row in repeated {
        table.push(Depth::Level, [format!("\u{a0}\u{a0}{}", row.level), row.value(), row.interval]);
    }
}

fn reason_row(table: &mut Table, row: Option<&Statistic>) {
    if let Some(Statistic { value: Value::NotEstimable(reason), .. }) = row {
        table.push(Depth::Level, ["levels".to_owned(), format!("NE: {reason}")]);
    }
}

/// `80%`, or `NE`.
fn percent(p: &Statistic) -> String {
    if matches!(p.value, Value::NotEstimable(_)) { printed(p) } else { format!("{}%", printed(p)) }
}

/// `2.5–10`, or the one value where both ends are the same.
pub(super) fn range(low: &str, high: &str) -> String {
    if low == high { low.to_owned() } else { format!("{low}–{high}") }
}

/// One footnote a reason why statistics are not estimable.
fn not_estimable(results: &Results) -> Vec<String> {
    let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
    for row in results.iter().filter(|row| matches!(row.name, "mean" | "sd" | "median" | "p25" | "p75" | "min" | "max"))
    {
        let (Value::NotEstimable(reason), Some(variable)) = (&row.value, &row.variable) else { continue };
        if reason == "no value" || reason == "no date" {
            continue;
        }
        match reasons.iter_mut().find(|(known, _)| known == reason) {
            Some((_, variables)) if variables.contains(&variable.as_str()) => {}
            Some((_, variables)) => variables.push(variable),
            None => reasons.push((reason, vec![variable])),
        }
    }
    reasons
        .into_iter()
        .map(|(reason, variables)| format!("NE, not estimable: {reason} ({}).", variables.join(", ")))
        .collect()
}
