//! The footnote that says how every column was understood.

use crate::schema::{Kind, Variable};
use crate::tally::{Cohort, CohortVariable};

/// "Read as: age (age, number, years); sites (site, set separated by ;); ..."
pub fn footnote(cohort: &Cohort) -> String {
    let columns: Vec<String> = cohort.variables.iter().map(one).collect();
    format!("Read as: {}. `calc-series schema` prints why; --kind and --role decide otherwise.", columns.join("; "))
}

fn one(column: &CohortVariable) -> String {
    let variable = &column.variable;
    if column.is_id {
        return format!("{} (case id)", variable.header);
    }
    let mut said = vec![variable.role.word().to_owned(), kind(variable)];
    said.extend(variable.unit.clone());
    if variable.is_withheld() {
        said.push("withheld".to_owned());
    }
    format!("{} ({})", variable.header, said.join(", "))
}

fn kind(variable: &Variable) -> String {
    match (variable.kind, variable.delimiter) {
        (Kind::Set | Kind::Lines, Some(delimiter)) => format!("{} separated by {delimiter}", variable.kind),
        (kind, _) => kind.word().to_owned(),
    }
}
