//! The footnote with the role and kind of every column.

use crate::schema::lexical::calendar::DateOrder;
use crate::schema::lexical::duration::TimeUnit;
use crate::schema::{Kind, Role, Variable};
use crate::tally::{Cohort, CohortVariable};

/// `Read as, guessed: case id: case_id; age, number: age (years); site, set by ;: sites; ...`, without the columns
/// whose kind a schema or an option says.
pub fn footnote(cohort: &Cohort, schema: Option<&str>) -> Option<String> {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    let is_guessed = |column: &&CohortVariable| column.is_counted && column.variable.kind_reason.is_some();
    for column in cohort.variables.iter().filter(is_guessed) {
        let meaning = meaning(column);
        match groups.iter_mut().find(|(known, _)| *known == meaning) {
            Some((_, columns)) => columns.push(named(&column.variable)),
            None => groups.push((meaning, vec![named(&column.variable)])),
        }
    }
    let parts: Vec<String> =
        groups.into_iter().map(|(meaning, columns)| format!("{meaning}: {}", columns.join(", "))).collect();
    let schema = schema.map(|name| format!("Schema: {name}."));
    let guessed = (!parts.is_empty()).then(|| {
        format!(
            "Read as, guessed: {}. `calc-series schema` prints why; --role and --kind override it.",
            parts.join("; ")
        )
    });
    let year = Some(year_in_days(cohort)).filter(|year| !year.is_empty());
    let all: Vec<String> =
        schema.into_iter().chain(year).chain(by_calendar(cohort)).chain(rounded(cohort)).chain(guessed).collect();
    (!all.is_empty()).then(|| all.join(" "))
}

/// How exact years and months between two dates were counted.
fn by_calendar(cohort: &Cohort) -> Option<String> {
    let columns = || cohort.variables.iter().map(|column| &column.variable);
    // A birth date that is withheld has no kind.
    let is_date = |name: &String| columns().any(|of| of.name == *name && (of.kind == Kind::Date || of.is_withheld()));
    let is_between = |variable: &&Variable| {
        let unit = variable.unit.as_deref().and_then(TimeUnit::of_word);
        matches!(unit, Some(TimeUnit::Years | TimeUnit::Months))
            && is_rounded(variable)
            && variable.made_of.iter().all(is_date)
    };
    let names: Vec<&str> = columns().filter(is_between).map(|variable| variable.name.as_str()).collect();
    let rule = "Between two dates the calendar counts, completed months and the days of the running one as a part of it, \
                12 months a year";
    (!names.is_empty()).then(|| format!("{rule}: {}.", names.join(", ")))
}

/// True for a derived number that is shown with fewer decimals than it may have.
fn is_rounded(variable: &&Variable) -> bool {
    let is_shown = variable.kind == Kind::Number && !variable.is_withheld();
    is_shown && !variable.made_of.is_empty() && variable.decimals.is_some()
}

/// The derived numbers that are printed with fewer decimals than they have.
fn rounded(cohort: &Cohort) -> Option<String> {
    let columns = cohort.variables.iter().map(|column| &column.variable);
    let names: Vec<&str> = columns.filter(is_rounded).map(|variable| variable.name.as_str()).collect();
    let rule = "Computed exactly, printed with the digits that what they are made of allows";
    (!names.is_empty()).then(|| format!("{rule}: {}.", names.join(", ")))
}

/// The length of a year, where days or weeks were converted to months or years, or the other way round.
fn year_in_days(cohort: &Cohort) -> String {
    let is_converted = |column: &&CohortVariable| {
        let unit = column.variable.unit.as_deref().and_then(TimeUnit::of_word);
        column.variable.kind == Kind::Number
            && !column.variable.is_withheld()
            && unit.is_some_and(|unit| column.evidence.counts_days_a_year(&column.variable.reading, unit))
    };
    let columns: Vec<&str> =
        cohort.variables.iter().filter(is_converted).map(|column| column.variable.name.as_str()).collect();
    match columns.is_empty() {
        true => String::new(),
        false => {
            format!("A year has 365.25 days and 12 months where durations were converted: {}.", columns.join(", "))
        }
    }
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
    let split = variable.reading.split.filter(|separators| !separators.is_empty());
    let kind = match (variable.kind, variable.delimiter) {
        (Kind::Set | Kind::Lines, _) if split.is_some() => {
            format!("{} split at {}", variable.kind, split.unwrap_or_default())
        }
        (Kind::Set | Kind::Lines, Some(delimiter)) => format!("{} separated by '{delimiter}'", variable.kind),
        (Kind::Date, _) => match variable.reading.dates.order.known() {
            Some(DateOrder::DayFirst) => "date with the day first".to_owned(),
            Some(DateOrder::MonthFirst) => "date with the month first".to_owned(),
            None => Kind::Date.word().to_owned(),
        },
        (kind, None) if !variable.members.is_empty() => format!("{kind} of {} columns", variable.members.len()),
        (kind, _) => kind.word().to_owned(),
    };
    match variable.role {
        _ if variable.is_withheld() => "direct identifier, withheld".to_owned(),
        Role::Other => kind,
        role => format!("{role}, {kind}"),
    }
}
