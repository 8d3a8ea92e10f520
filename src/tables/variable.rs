//! All lines of a variable: its name, its statistics, and the cases in which it is not reported.

use super::Depth;
use super::line::{TableLine, TableVariable};
use super::lines::{self, level_lines, open_share, shown_level};
use super::options::{Layout, MissingRow};
use crate::analyze::level_key;
use crate::analyze::like::TwoLevels;
use crate::analyze::results::{PartOf, Value};
use crate::analyze::statistic::Statistic;
use crate::schema::{Kind, Variable};
use crate::tally::CohortVariable;

/// The name of a variable and its lines; one line where only one of its levels is shown.
pub(super) fn all<'a>(
    subject: TableVariable<'a>,
    column: &'a CohortVariable,
    is_treatment: bool,
) -> Vec<TableLine<'a>> {
    let mut all = match only_level(subject) {
        Some(level) => of_one_level(subject, &level),
        None => {
            let all: Vec<_> =
                std::iter::once(heading(subject)).chain(lines::lines(subject, column, is_treatment)).collect();
            if is_of_one_row(subject) { beside_the_name(all) } else { alone(subject, all) }
        }
    };
    if subject.shown.is_like_another() {
        add_not_reported(&mut all, subject);
    }
    all
}

/// The name of the variable with its unit; the cell of a group is the number of cases with the item reported.
fn heading<'a>(subject: TableVariable<'a>) -> TableLine<'a> {
    let name = subject.variable.name.clone();
    let compared = Some((name, None));
    let is_shown = !subject.shown.is_like_another();
    let available = move |part: PartOf<'_>| if is_shown { available(subject, part) } else { String::new() };
    TableLine {
        depth: Depth::Variable,
        is_name: true,
        compared,
        ..TableLine::level(label(subject.variable), available)
    }
}

/// `n = 4`, the cases with the item reported.
fn available(subject: TableVariable<'_>, part: PartOf<'_>) -> String {
    let count = |statistic| match subject.find(part, statistic).map(|row| &row.value) {
        Some(Value::Count(n)) => Some(*n),
        _ => None,
    };
    match (count(Statistic::Observed), count(Statistic::Missing)) {
        (Some(observed), Some(missing)) => format!("n = {}", observed.saturating_sub(missing)),
        _ => String::new(),
    }
}

/// True where no case reports the variable; a tool has its own row for that.
pub(super) fn is_silent(subject: TableVariable<'_>) -> bool {
    let count = |statistic| subject.find(subject.all, statistic).map(|row| &row.value);
    match (count(Statistic::Observed), count(Statistic::Missing)) {
        (Some(Value::Count(observed)), Some(Value::Count(missing))) => {
            *observed > 0 && observed == missing && !subject.shown.is_like_another()
        }
        _ => false,
    }
}

/// Label, with the unit behind a comma unless the label ends with it: `CRP mg/L`.
pub(super) fn label(variable: &Variable) -> String {
    let label = variable.shown_label();
    match &variable.unit {
        Some(unit) if label.strip_suffix(unit.as_str()).is_none_or(|name| !name.ends_with(' ')) => {
            format!("{label}, {unit}")
        }
        _ => label.to_owned(),
    }
}

/// The only level that is shown: the one requested, or the one of two that a tool shows.
pub(super) fn only_level(subject: TableVariable<'_>) -> Option<String> {
    let TableVariable { variable, shown, all, .. } = subject;
    if let Some(level) = shown.value_of(variable) {
        return Some(level.to_owned());
    }
    if let Some(level) = sole_level(subject) {
        return Some(level.to_owned());
    }
    let levels =
        || all.of(&variable.name).filter(|row| row.statistic == Statistic::Cases).filter_map(|row| row.level.clone());
    let is_own = !shown.is_like_another();
    match (shown.two_levels(), variable.kind) {
        (_, Kind::Binary) if is_own && shown.layout == Layout::Journal => levels().find(|level| is_yes(level)),
        (TwoLevels::OnlyYes, Kind::Binary) => levels().find(|level| is_yes(level)),
        (TwoLevels::OnlySecond, Kind::Category | Kind::Binary) => match levels().collect::<Vec<_>>().as_slice() {
            [_, second] => Some(second.clone()),
            _ => None,
        },
        _ => None,
    }
}

/// True for the level of a yes-or-no column that says what its label says.
pub(super) fn is_yes(level: &str) -> bool {
    ["yes", "1", "true"].contains(&level)
}

/// The level of a category that all cases with the item have: the others would be rows of zeros.
fn sole_level(subject: TableVariable<'_>) -> Option<&str> {
    let TableVariable { variable, shown, all, .. } = subject;
    let is_one_row = shown.condenses && !shown.asks_for_rows(variable);
    if !is_one_row || !matches!(variable.kind, Kind::Category | Kind::Binary) {
        return None;
    }
    let mut met =
        all.of(&variable.name).filter(|row| row.statistic == Statistic::Cases && row.value != Value::Count(0));
    let level = met.next().filter(|_| met.next().is_none())?.level.as_deref()?;
    let value = |statistic| all.get(&level_key(&variable.name, Some(level), statistic, None)).map(|row| &row.value);
    let is_all = value(Statistic::Cases) == value(Statistic::N);
    (is_all && open_share(all, &variable.name, level).is_none()).then_some(level)
}

/// One level in the row of the variable.
pub(super) fn of_one_level<'a>(subject: TableVariable<'a>, level: &str) -> Vec<TableLine<'a>> {
    let variable = subject.variable;
    let label = format!("{}, {}", variable.shown_label(), shown_level(variable, level));
    let mut lines = level_lines(subject, &variable.name, level, label);
    lines.iter_mut().for_each(|line| line.depth = Depth::Variable);
    lines
}

/// True where a number has one row, which a tool prints in the row of the variable.
fn is_of_one_row(subject: TableVariable<'_>) -> bool {
    let TableVariable { variable, shown, .. } = subject;
    let is_number = variable.kind == Kind::Number && subject.is_counted(Statistic::N);
    is_number && shown.is_like_another() && shown.rows_of(variable).len() == 1
}

/// The lines with the first one merged into the name of the variable.
fn beside_the_name(all: Vec<TableLine<'_>>) -> Vec<TableLine<'_>> {
    let mut lines = all.into_iter();
    let (Some(name), Some(first)) = (lines.next(), lines.next()) else { return Vec::new() };
    let label = format!("{}: {}", name.label, first.label);
    let both = TableLine { depth: Depth::Variable, label, compared: name.compared, ..first };
    std::iter::once(both).chain(lines).collect()
}

/// The lines with the first one, which needs no label, in the row of the name.
fn alone<'a>(subject: TableVariable<'a>, all: Vec<TableLine<'a>>) -> Vec<TableLine<'a>> {
    let is_alone = all.get(1).is_some_and(|line| line.is_alone) && !subject.shown.is_like_another();
    if !is_alone {
        return all;
    }
    let mut lines = all.into_iter();
    let (Some(name), Some(first)) = (lines.next(), lines.next()) else { return Vec::new() };
    let both = TableLine { depth: Depth::Variable, label: name.label, compared: name.compared, ..first };
    std::iter::once(both).chain(lines).collect()
}

/// Adds the row of cases without a value, where the tool has one, and always the row of unreadable cells.
fn add_not_reported<'a>(all: &mut Vec<TableLine<'a>>, subject: TableVariable<'a>) {
    let row = subject.shown.missing_row(subject.variable).filter(|_| subject.is_counted(Statistic::Missing));
    if let Some(MissingRow { row, is_first }) = row {
        let print =
            move |part: PartOf<'_>, statistic| subject.find(part, statistic).map(|row| subject.shown.print_typed(row));
        let line = TableLine::level(row.label(), move |part| row.template.fill(|statistic| print(part, statistic)));
        let place = if *is_first { all.len().min(1) } else { all.len() };
        all.insert(place, line);
    }
    if subject.is_counted(Statistic::Unreadable) {
        all.push(TableLine::level("unreadable", move |part| subject.text(part, Statistic::Unreadable)));
    }
}

#[cfg(test)]
mod tests {
    use super::label;
    use crate::schema::Variable;

    #[test]
    fn a_unit_stands_once_in_a_label() {
        for (name, unit, expected) in [
            ("CRP", Some("mg/L"), "CRP, mg/L"),
            ("CRP mg/L", Some("mg/L"), "CRP mg/L"),
            ("Lung", Some("g"), "Lung, g"),
            ("sex", None, "sex"),
        ] {
            let variable = Variable { unit: unit.map(str::to_owned), ..Variable::new(name) };
            assert_eq!(label(&variable), expected);
        }
    }
}
