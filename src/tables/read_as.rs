//! The footnote with the role and kind of every column.

use crate::schema::{Kind, Role, Variable};
use crate::tally::{Cohort, CohortVariable};

/// "Read as: case id: case_id; age, number: age (years); site, set by ;: sites; ..."
pub fn footnote(cohort: &Cohort) -> String {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for column in &cohort.variables {
        let meaning = meaning(column);
        match groups.iter_mut().find(|(known, _)| *known == meaning) {
            Some((_, columns)) => columns.push(named(&column.variable)),
            None => groups.push((meaning, vec![named(&column.variable)])),
        }
    }
    let parts: Vec<String> =
        groups.into_iter().map(|(meaning, columns)| format!("{meaning}: {}", columns.join(", "))).collect();
    format!("Read as: {}. `calc-series schema` prints why; --role and --kind override it.", parts.join("; "))
}

/// The name of a column with its unit.
fn named(variable: &Variable) -> String {
    match &variable.unit {
        Some(unit) => format!("{} ({unit})", variable.name),
        None => variable.name.clone(),
    }
}

fn meaning(column: &CohortVariable) -> String {
    let variable = &column.variable;
    if column.is_id {
        return "case id".to_owned();
    }
    let kind = match (variable.kind, variable.delimiter) {
        (Kind::Set | Kind::Lines, Some(delimiter)) => format!("{} separated by '{delimiter}'", variable.kind),
        (kind, None) if !variable.members.is_empty() => format!("{kind} of {} columns", variable.members.len()),
        (kind, _) => kind.word().to_owned(),
    };
    match variable.role {
        _ if variable.is_withheld() => "direct identifier, withheld".to_owned(),
        Role::Other => kind,
        role => format!("{role}, {kind}"),
    }
}
