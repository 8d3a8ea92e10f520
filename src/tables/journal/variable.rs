//! The lines of a variable in a journal's table: one kind of summary, named in the label.

use crate::analyze::results::{PartOf, ResultTable, Value};
use crate::analyze::statistic::Statistic;
use crate::schema::{Kind, MissingReason};
use crate::tables::line::{TableLine, TableVariable};
use crate::tables::number::MASKED;
use crate::tables::{Depth, few, lines, variable};
use crate::tally::{CohortVariable, Counts};

/// The lines of a variable; none of a text, which is no summary.
pub(super) fn lines<'a>(
    subject: TableVariable<'a>,
    column: &'a CohortVariable,
    is_treatment: bool,
) -> Vec<TableLine<'a>> {
    if subject.shown.is_like_another() {
        return variable::all(subject, column, is_treatment);
    }
    let label = variable::label(subject.variable);
    if let Some(level) = variable::only_level(subject) {
        let mut all = variable::of_one_level(subject, &level);
        if let [line] = all.as_mut_slice() {
            // What is true of a case needs no yes.
            let is_plain = subject.variable.kind == Kind::Binary && variable::is_yes(&level);
            let label = if is_plain { label } else { std::mem::take(&mut line.label) };
            line.label = format!("{label}, {}", statistic_of_levels(subject));
        }
        return all;
    }
    match &column.counts {
        Counts::Number(_) => number(subject, label),
        Counts::Levels(_) => levels(subject, label, "cases"),
        Counts::Set(_) => levels(subject, label, "mentions"),
        Counts::Dates(_) => one_row(subject, &format!("{label}, range"), lines::lines(subject, column, false)),
        Counts::Lines(_) if is_treatment => one_row(subject, &label, lines::treatment_cases(subject)),
        Counts::Text(_) | Counts::Lines(_) => Vec::new(),
    }
}

/// What the notes of a label say: cells that are not understood, and why some say nothing.
pub(super) fn notes(subject: TableVariable<'_>) -> Vec<String> {
    if subject.shown.is_like_another() {
        return Vec::new();
    }
    let of_reason = |reason: MissingReason| {
        let key = format!("{}.{}({})", subject.variable.name, Statistic::Missing, reason.word());
        let row = subject.all.get(&key).filter(|row| row.value != Value::Count(0))?;
        Some(format!("{} in {}", reason.word(), subject.shown.print(row)))
    };
    let unreadable = subject.find(subject.all, Statistic::Unreadable).and_then(|row| match row.value {
        Value::Count(0) => None,
        Value::Count(1) => Some("1 cell is not understood".to_owned()),
        _ => Some(format!("{} cells are not understood", subject.shown.print(row))),
    });
    let reasons = [MissingReason::NotDone, MissingReason::NotApplicable].into_iter().filter_map(of_reason);
    let all: Vec<String> = unreadable.into_iter().chain(reasons).collect();
    let sentence = all.join(", ");
    let mut letters = sentence.chars();
    let begun = letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>());
    begun.map(|sentence| format!("{sentence}.")).into_iter().collect()
}

/// `n/N (%)`, or `n/N (%; CI)` where the interval stands in the cell.
fn statistic_of_levels(subject: TableVariable<'_>) -> String {
    let rows = subject.shown.rows_of(subject.variable);
    let [(label, template)] = rows.as_slice() else { return String::new() };
    let has_interval = subject.shown.intervals.of_role(subject.variable.role) && !is_grouped(subject);
    match label.strip_suffix(')').filter(|_| has_interval && template.ends_with_share()) {
        Some(label) => format!("{label}; CI)"),
        None => label.clone(),
    }
}

/// True where the columns are groups.
fn is_grouped(subject: TableVariable<'_>) -> bool {
    subject.beside.iter().any(|part| part.group().is_some())
}

/// The value of a cell with its interval: `2/5 (40%; 12–77%)`, `5.9 (2.7), CI 2.6–9.2`.
pub(super) fn with_interval(line: &TableLine<'_>, value: &str, interval: &str) -> String {
    // A share that is no number has no `%`.
    match value.strip_suffix("%)").filter(|_| line.ends_with_share) {
        _ if interval.is_empty() => value.to_owned(),
        Some(share) => format!("{share}%; {interval})"),
        None => format!("{value}, CI {interval}"),
    }
}

fn heading<'a>(subject: TableVariable<'a>, label: String) -> TableLine<'a> {
    let compared = Some((subject.variable.name.clone(), None));
    TableLine { depth: Depth::Variable, is_name: true, compared, ..TableLine::level(label, |_| String::new()) }
}

fn levels<'a>(subject: TableVariable<'a>, label: String, noun: &'static str) -> Vec<TableLine<'a>> {
    let statistic = statistic_of_levels(subject);
    let label = if statistic.is_empty() { label } else { format!("{label}, {statistic}") };
    std::iter::once(heading(subject, label)).chain(lines::levels(subject, noun)).collect()
}

/// The first of these lines in the row of the name; no line of few cases is lost.
fn one_row<'a>(subject: TableVariable<'a>, label: &str, below: Vec<TableLine<'a>>) -> Vec<TableLine<'a>> {
    let mut below = below.into_iter();
    let Some(first) = below.next() else { return Vec::new() };
    let compared = Some((subject.variable.name.clone(), None));
    let both = TableLine { depth: Depth::Variable, label: label.to_owned(), compared, ..first };
    std::iter::once(both).chain(below).collect()
}

/// A number: its statistic beside the name, and the words that stand in the place of a value.
fn number<'a>(subject: TableVariable<'a>, label: String) -> Vec<TableLine<'a>> {
    let mut rows = number_rows(subject);
    let mut all = match rows.len() {
        1 => {
            let statistic = rows.first().map(|line| line.label.clone()).filter(|label| !label.is_empty());
            let label = statistic.map_or(label.clone(), |statistic| format!("{label}, {statistic}"));
            one_row(subject, &label, rows)
        }
        _ => {
            rows.insert(0, heading(subject, label));
            rows
        }
    };
    if subject.is_counted(Statistic::StatedOnly) {
        all.extend(stated(subject));
    }
    all
}

fn number_rows(subject: TableVariable<'_>) -> Vec<TableLine<'_>> {
    if few::values(subject, subject.all).is_some() {
        let list = move |part: PartOf<'_>| few::values(subject, part).unwrap_or_default();
        return vec![TableLine::level("values", list)];
    }
    if !subject.is_counted(Statistic::N) {
        return Vec::new();
    }
    let rows = subject.shown.rows_of(subject.variable).into_iter();
    let rows = rows.map(|(label, template)| lines::of_template(subject, label, template));
    rows.map(|line| with_n(subject, line)).collect()
}

/// The line with `[n = 4]` in the cells of parts in which some cases have no value; no line ends within it.
fn with_n<'a>(subject: TableVariable<'a>, line: TableLine<'a>) -> TableLine<'a> {
    let TableLine { value, .. } = line;
    let with = move |part: PartOf<'_>| {
        let text = value(part);
        let count = |statistic| subject.find(part, statistic).map(|row| &row.value);
        match (count(Statistic::N), count(Statistic::Observed)) {
            (n, observed) if n == observed => text,
            (Some(Value::Count(0)), _) => text,
            _ if text == MASKED => text,
            _ => format!("{text} [n\u{a0}=\u{a0}{}]", subject.text(part, Statistic::N)),
        }
    };
    TableLine { value: Box::new(with), ..line }
}

/// The words stated instead of a value or beside it, a line each: `high, as stated`.
fn stated(subject: TableVariable<'_>) -> Vec<TableLine<'_>> {
    let table = ResultTable::Stated(subject.variable.name.as_str());
    let line = |level: String| {
        let label = format!("{level}, as stated, n/N");
        TableLine::level(label, move |part: PartOf<'_>| {
            let of = |statistic| {
                let row = part.get(&part.key(table, Some(&level), statistic, None));
                row.map(|row| subject.shown.print(row)).unwrap_or_default()
            };
            match of(Statistic::N).as_str() {
                "" | "0" => "–".to_owned(),
                n => format!("{}/{n}", of(Statistic::Cases)),
            }
        })
    };
    lines::levels_met(subject.all, table).into_iter().map(line).collect()
}
