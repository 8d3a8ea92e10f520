//! Levels that look like one another, or like a missing token.

use crate::diagnostic::{Finding, Severity, quoted};
use crate::schema::lexical::{fold, looks_missing};
use crate::schema::{Role, Variable};
use std::collections::BTreeMap;

/// A column of more levels than this is not compared: no one could act on the findings.
const MOST: usize = 5_000;

/// What must be said of the levels of a column.
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

/// What two spellings of one level have in common.
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
    let message = format!("these levels look alike and are counted apart: {}", names.join(", "));
    Finding::new("look-alike-levels", Severity::Warning, message)
        .column(&variable.header)
        .remedy(format!("correct the cells, or put into \"calcSeries\" of the field in the schema: {snippet}"))
}

fn like_missing(variable: &Variable, level: &str, cases: u64) -> Finding {
    let message = format!("'{level}' ({cases}) looks like a missing token and is counted as a level");
    Finding::new("look-alike-missing", Severity::Warning, message)
        .column(&variable.header)
        .value(level)
        .remedy(format!("if it says that nothing is known: --missing={}", quoted(level)))
}

fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
