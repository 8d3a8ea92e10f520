//! Levels that look like one another, like a missing-value code, or like a list.

use crate::diagnostic::{Finding, Severity, quoted};
use crate::schema::lexical::{fold, looks_missing};
use crate::schema::{Role, Variable};
use std::collections::BTreeMap;

/// A column of more levels than this is not compared: the findings would be too many to act on.
const MOST: usize = 5_000;

/// The findings about the levels of a column.
pub fn look_alikes(variable: &Variable, levels: &BTreeMap<String, u64>) -> Vec<Finding> {
    let declared = |level: &str| variable.levels.iter().any(|known| known.value == level);
    if levels.len() > MOST || variable.is_withheld() {
        return Vec::new();
    }
    let mut alike: BTreeMap<String, Vec<(&String, u64)>> = BTreeMap::new();
    let mut findings = Vec::new();
    for (level, cases) in levels.iter().filter(|(level, _)| !declared(level)) {
        alike.entry(same(variable.role, level)).or_default().push((level, *cases));
        if looks_missing(level) {
            findings.push(like_missing(variable, level, *cases));
        }
    }
    for mut group in alike.into_values().filter(|group| group.len() > 1) {
        group.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        findings.push(like_one_another(variable, &group));
    }
    findings
}

/// Levels with commas that seem to be lists: in a column of sites, or where a part is a level of its own.
///
/// A comma inside a level is common (`pain, unspecified`); a list is recognised by its parts.
pub fn comma_lists(variable: &Variable, levels: &BTreeMap<String, u64>) -> Option<Finding> {
    if levels.len() > MOST || variable.is_withheld() {
        return None;
    }
    let declared = |level: &str| variable.levels.iter().any(|known| known.value == level);
    let parts = |level: &str| level.split(", ").map(fold).collect::<Vec<_>>();
    let mut met: BTreeMap<String, u64> = BTreeMap::new();
    levels.keys().flat_map(|level| parts(level)).for_each(|part| *met.entry(part).or_default() += 1);
    let is_list = |level: &str| {
        let parts = parts(level);
        parts.len() > 1
            && (variable.role == Role::Site || parts.iter().any(|part| met.get(part).is_some_and(|n| *n > 1)))
    };
    let lists: Vec<&String> = levels.keys().filter(|level| !declared(level) && is_list(level)).collect();
    let first = lists.first()?;
    let cells: u64 = lists.iter().filter_map(|level| levels.get(*level)).sum();
    let message = format!("{cells} of the cells contain commas, each read as one level: '{first}'");
    let kind = quoted(&format!("{}=set", variable.header));
    let remedy = format!("if these are lists, separate their items by ; or | (and add --kind {kind})");
    Some(Finding::new("comma-list", Severity::Warning, message).column(&variable.header).remedy(remedy))
}

/// A form that all spellings of one level share.
fn same(role: Role, level: &str) -> String {
    let folded = fold(level);
    match (role, folded.as_str()) {
        (Role::Sex, "female" | "woman" | "women" | "girl" | "w") => "f".to_owned(),
        (Role::Sex, "male" | "man" | "men" | "boy") => "m".to_owned(),
        _ => folded,
    }
}

fn like_one_another(variable: &Variable, group: &[(&String, u64)]) -> Finding {
    let names: Vec<String> = group.iter().map(|(level, cases)| format!("'{level}' ({cases})")).collect();
    let meant = group.first().map_or("", |(level, _)| level.as_str());
    let others = group.iter().skip(1).map(|(level, _)| format!("{}: {}", json(level), json(meant)));
    let snippet = format!("\"synonyms\": {{{}}}", others.collect::<Vec<_>>().join(", "));
    let message = format!("similar levels are counted separately: {}", names.join(", "));
    Finding::new("look-alike-levels", Severity::Warning, message)
        .column(&variable.header)
        .remedy(format!("correct the cells, or add to \"calcSeries\" of the field in the schema: {snippet}"))
}

fn like_missing(variable: &Variable, level: &str, cases: u64) -> Finding {
    let message = format!("'{level}' ({cases}) looks like a missing-value code but is counted as a level");
    Finding::new("look-alike-missing", Severity::Warning, message)
        .column(&variable.header)
        .value(level)
        .remedy(format!("if it means not reported: --missing={}", quoted(level)))
}

fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
