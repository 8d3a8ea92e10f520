//! The lines below the name of a variable: their labels and their cells for all cases or for a group.

use super::line::{TableLine, TableVariable};
use super::number::{MASKED, NOT_ESTIMABLE};
use super::printed::PrintedStatistic;
use super::template::Template;
use super::{Depth, few};
use crate::analyze::level_key;
use crate::analyze::reason::Reason;
use crate::analyze::results::{PartOf, ResultRow, ResultTable, Value};
use crate::analyze::statistic::Statistic;
use crate::schema::{Role, Variable};
use crate::tally::{CohortVariable, Counts};
use std::cell::OnceCell;

/// Combinations and sequences shown.
const MOST_COMBINATIONS: usize = 3;

/// The lines of a variable below its name.
pub(super) fn lines<'a>(
    subject: TableVariable<'a>,
    column: &'a CohortVariable,
    is_treatment: bool,
) -> Vec<TableLine<'a>> {
    match &column.counts {
        Counts::Number(_) => number(subject),
        Counts::Levels(_) => levels(subject, "cases"),
        Counts::Set(_) => set(subject),
        Counts::Dates(_) => vec![date(subject).alone()],
        Counts::Lines(_) if is_treatment => treatment(subject),
        Counts::Text(_) | Counts::Lines(_) => {
            let is_withheld = subject.variable.is_withheld();
            let n = move |part: PartOf<'_>| subject.text(part, Statistic::N);
            if subject.shown.is_like_another() {
                let what = if is_withheld { "withheld, cases with a value" } else { "text, cases with a value" };
                return vec![TableLine::level(what, n)];
            }
            let what = if is_withheld { "withheld, in" } else { "text in" };
            let of_cases = move |part: PartOf<'_>| match n(part).as_str() {
                "1" => format!("{what} 1 case"),
                n => format!("{what} {n} cases"),
            };
            vec![TableLine::level("", of_cases).alone()]
        }
    }
}

fn number(subject: TableVariable<'_>) -> Vec<TableLine<'_>> {
    let mut lines: Vec<TableLine<'_>> = Vec::new();
    let listed = few::values(subject, subject.all).is_some();
    if listed {
        lines.push(TableLine::level("", move |part| list_of_few(subject, part)).alone());
    } else if subject.is_counted(Statistic::N) {
        let rows = subject.shown.rows_of(subject.variable);
        lines.extend(rows.into_iter().map(|(label, template)| of_template(subject, label, template)));
    } else {
        lines.push(TableLine::level("values", move |part| subject.text(part, Statistic::N)));
    }
    for (statistic, label) in
        [(Statistic::Censored, "of them censored"), (Statistic::StatedOnly, "stated without a value")]
    {
        if subject.is_counted(statistic) && !listed {
            lines.push(TableLine::level(label, move |part| subject.text(part, statistic)).showing([statistic]));
        }
    }
    lines.extend(statuses(subject));
    lines
}

/// `34, 750, 1950; 2 stated only`
fn list_of_few(subject: TableVariable<'_>, part: PartOf<'_>) -> String {
    let values = few::values(subject, part).unwrap_or_default();
    match subject.find(part, Statistic::StatedOnly).filter(|row| row.value != Value::Count(0)) {
        Some(stated) => format!("{values}; {} stated only", subject.shown.print(stated)),
        None => values,
    }
}

/// The status by reference range and as stated: a line each in the tables of a tool, else one where there are both.
fn statuses(subject: TableVariable<'_>) -> Vec<TableLine<'_>> {
    let met = |table| {
        let levels = levels_met(subject.all, table);
        (!levels.is_empty()).then_some((subject.all.name(table), levels))
    };
    let name = &subject.variable.name;
    let cell = move |part: PartOf<'_>, (name, levels): &(String, Vec<String>)| {
        let of = |level: &String| {
            let text = |statistic| level_text(subject, part, name, level, statistic);
            match text(Statistic::N).as_str() {
                "0" => format!("{level} {NOT_ESTIMABLE}"),
                n => format!("{level} {}/{n}", text(Statistic::Cases)),
            }
        };
        levels.iter().map(of).collect::<Vec<_>>().join(", ")
    };
    match (met(ResultTable::ByRange(name)), met(ResultTable::Stated(name))) {
        (Some(by_range), Some(stated)) if !subject.shown.is_like_another() => {
            let both = move |part: PartOf<'_>| format!("{}; {}", cell(part, &by_range), cell(part, &stated));
            vec![TableLine::level("by range; as stated", both)]
        }
        (by_range, stated) => {
            let by_range = by_range.map(|met| TableLine::level("by reference range", move |part| cell(part, &met)));
            let stated = stated.map(|met| TableLine::level("as stated", move |part| cell(part, &met)));
            by_range.into_iter().chain(stated).collect()
        }
    }
}

/// A line of statistics; its interval is that of the first statistic that has one.
pub(super) fn of_template<'a>(subject: TableVariable<'a>, label: String, template: &'a Template) -> TableLine<'a> {
    let interval = move |part: PartOf<'_>| {
        let limits = template.statistics().find_map(Statistic::limits);
        limits.map(|(low, high)| range(&subject.text(part, low), &subject.text(part, high))).unwrap_or_default()
    };
    let known = OnceCell::new();
    let value = move |part: PartOf<'_>| {
        let shared = subject.shared_decimals(template, part, &known, |statistic| subject.key(statistic));
        subject.fill(template, part, shared)
    };
    let line = TableLine::level(label, value).showing(template.statistics());
    if !subject.shown.intervals.of_means {
        return line;
    }
    let limits: Vec<Statistic> =
        template.statistics().find_map(Statistic::limits).map_or(Vec::new(), |(low, high)| vec![low, high]);
    line.showing(limits).with_interval(interval)
}

/// The levels of a table that some case has.
pub(super) fn levels_met<'a>(part: PartOf<'a>, table: ResultTable<&'a str>) -> Vec<String> {
    let some = part.table(table).filter(|row| row.statistic == Statistic::Cases && row.value != Value::Count(0));
    some.filter_map(|row| row.level.clone()).collect()
}

fn level_text(
    subject: TableVariable<'_>,
    part: PartOf<'_>,
    variable: &str,
    level: &str,
    statistic: Statistic,
) -> String {
    let row = part.get(&level_key(variable, Some(level), statistic, None));
    row.map(|row| subject.shown.print(row)).unwrap_or_default()
}

/// The levels of a category, or the items of a set.
pub(super) fn levels<'a>(subject: TableVariable<'a>, noun: &'static str) -> Vec<TableLine<'a>> {
    let variable = subject.variable;
    if let Some(ResultRow { value: Value::NotEstimable(reason), .. }) = subject.find(subject.all, Statistic::Levels) {
        return vec![TableLine::level("levels", move |_| format!("NE: {reason}"))];
    }
    let levels: Vec<String> = subject
        .all
        .of(&variable.name)
        .filter(|row| row.statistic == Statistic::Cases && row.level.is_some())
        .filter_map(|row| row.level.clone())
        .collect();
    let most = subject.shown.most_levels;
    let shown = if levels.len() > most { most.saturating_sub(1) } else { levels.len() };
    let (first, rest) = levels.split_at(shown);
    let mut lines: Vec<TableLine<'a>> = first
        .iter()
        .flat_map(|level| level_lines(subject, &variable.name, level, shown_level(variable, level)))
        .collect();
    if !rest.is_empty() {
        let rest = rest.to_vec();
        lines.push(TableLine::level(format!("{} others", rest.len()), move |part| {
            let count = |level: &String| match part.get(&level_key(&variable.name, Some(level), Statistic::Cases, None))
            {
                Some(ResultRow { value: Value::Count(n), .. }) => Some(*n),
                _ => None,
            };
            // The sum of counts of which one is masked is masked.
            let sum: Option<u64> = rest.iter().map(count).sum();
            format!("{} {noun}", sum.map_or(MASKED.to_owned(), |sum| sum.to_string()))
        }));
    }
    lines
}

/// The label of a level, where the schema gives it one.
pub(super) fn shown_level(variable: &Variable, level: &str) -> String {
    let declared = variable.levels.iter().find(|known| known.value == level);
    declared.and_then(|known| known.label.as_deref()).unwrap_or(level).to_owned()
}

/// One line a template: cases with the level.
pub(super) fn level_lines<'a>(
    subject: TableVariable<'a>,
    name: &str,
    level: &str,
    label: String,
) -> Vec<TableLine<'a>> {
    let rows = subject.shown.rows_of(subject.variable);
    let several = rows.len() > 1;
    let line = |(of_row, template): (String, &'a Template)| {
        let (name, level) = (name.to_owned(), level.to_owned());
        let label = if several { format!("{label}: {of_row}") } else { label.clone() };
        let (in_value, in_interval) = ((name.clone(), level.clone()), (name.clone(), level.clone()));
        let known = OnceCell::new();
        let value = move |part: PartOf<'_>| {
            let (name, level) = &in_value;
            let key = |statistic| level_key(name, Some(level), statistic, None);
            let shared = subject.shared_decimals(template, part, &known, key);
            let is_share = template.statistics().any(|statistic| statistic == Statistic::Proportion);
            if let Some(bounds) = open_share(part, name, level).filter(|_| is_share) {
                return bounds;
            }
            template.fill(|statistic| {
                let row = part.get(&key(statistic)).or_else(|| subject.find(part, statistic));
                row.map(|row| subject.shown.print_in(row, shared))
            })
        };
        let interval = move |part: PartOf<'_>| {
            let (name, level) = &in_interval;
            let limit = |statistic| part.get(&level_key(name, Some(level), statistic, None));
            let printed = |statistic| limit(statistic).map(|row| subject.shown.print_typed(row));
            percents(printed(Statistic::ConfLow).as_ref(), printed(Statistic::ConfHigh).as_ref())
        };
        let line = TableLine::level(label, value).showing(template.statistics());
        let ends_with_share = template.ends_with_share();
        let line = TableLine { compared: Some((name, Some(level))), ends_with_share, ..line };
        let has_interval = subject.shown.intervals.of_role(subject.variable.role);
        if has_interval { line.showing([Statistic::ConfLow]).with_interval(interval) } else { line }
    };
    rows.into_iter().map(line).collect()
}

/// The bounds of a share that blank cells leave open.
pub(super) fn open_share(part: PartOf<'_>, name: &str, level: &str) -> Option<String> {
    let share = part.get(&level_key(name, Some(level), Statistic::Proportion, None))?;
    match &share.value {
        Value::NotEstimable(Reason::OneAnswer { low, high }) => {
            Some(format!("NE ({}/{} to {}/{})", low.0, low.1, high.0, high.1))
        }
        _ => None,
    }
}

fn set(subject: TableVariable<'_>) -> Vec<TableLine<'_>> {
    let mut lines = levels(subject, "mentions");
    let items = move |part: PartOf<'_>| {
        let text = |statistic| subject.text(part, statistic);
        format!(
            "{} ({}), range {}",
            text(Statistic::Mean),
            text(Statistic::Sd),
            range(&text(Statistic::Min), &text(Statistic::Max))
        )
    };
    let all_items = move |part: PartOf<'_>| subject.text(part, Statistic::Items);
    let is_apart = subject.shown.is_like_another();
    let of_both = move |part: PartOf<'_>| {
        if is_apart { items(part) } else { format!("{}; {} in all", items(part), all_items(part)) }
    };
    // How many symptoms or images a case has is a number of the records, not of the patients.
    if is_apart || subject.variable.role == Role::Site {
        lines.push(TableLine::level("items per case, mean (SD)", of_both).showing([Statistic::Mean, Statistic::Sd]));
    }
    if is_apart {
        lines.push(TableLine::level("items of all cases", all_items));
    }
    lines.extend(most_frequent(subject, ResultTable::Combinations(&subject.variable.name), "combinations"));
    lines
}

fn date(subject: TableVariable<'_>) -> TableLine<'_> {
    TableLine::level("range", move |part| {
        let text = |statistic| subject.text(part, statistic);
        format!("{} dated: {}", text(Statistic::N), range(&text(Statistic::Min), &text(Statistic::Max)))
    })
}

fn treatment(subject: TableVariable<'_>) -> Vec<TableLine<'_>> {
    let mut lines = treatment_cases(subject);
    lines.extend(most_frequent(subject, ResultTable::Sequences(&subject.variable.name), "sequences"));
    lines
}

/// The lines, and the cases with and without one.
pub(super) fn treatment_cases(subject: TableVariable<'_>) -> Vec<TableLine<'_>> {
    let mut lines = vec![
        TableLine::level("treatment lines", move |part| {
            let lines = subject.counted(part, Statistic::Lines, "line");
            format!("{lines} in {}", subject.counted(part, Statistic::Treated, "treated case"))
        })
        .alone(),
    ];
    for (statistic, label) in [(Statistic::Untreated, "untreated"), (Statistic::Relapsed, "cases with a relapse")] {
        if subject.is_counted(statistic) {
            lines.push(TableLine::level(label, move |part| subject.text(part, statistic)));
        }
    }
    lines
}

/// Combinations or sequences that several cases have; none where every case differs.
fn most_frequent<'a>(subject: TableVariable<'a>, of: ResultTable<&'a str>, title: &str) -> Vec<TableLine<'a>> {
    let name = subject.all.name(of);
    let several = subject.all.table(of).filter(|row| row.statistic == Statistic::Cases && row.value != Value::Count(1));
    let repeated: Vec<String> = several.filter_map(|row| row.level.clone()).take(MOST_COMBINATIONS).collect();
    if repeated.is_empty() {
        return Vec::new();
    }
    let different = subject.all.of_table(of, Statistic::Combinations).map(|row| subject.shown.print(row));
    let different = different.unwrap_or_default();
    let of_level = |level: &String, label: String| {
        let lines = level_lines(subject, &name, level, label).into_iter();
        lines.map(|line| TableLine { compared: None, ..line }).collect::<Vec<_>>()
    };
    if let [level] = repeated.as_slice() {
        return of_level(level, format!("{title}, of {different}: {level}"));
    }
    let heading = TableLine::level(format!("{title}, of {different}:"), |_| String::new());
    let below = repeated.iter().flat_map(|level| of_level(level, level.clone()));
    let below = below.map(|line| TableLine { depth: Depth::Item, ..line });
    std::iter::once(heading).chain(below).collect()
}

/// `2.5–10`, or the one value where both ends are the same; `-0.9 to 11.9` below 0, where a dash could be a sign.
pub(super) fn range(low: &str, high: &str) -> String {
    match (low == high, low.starts_with(['-', '\u{2212}'])) {
        (true, _) => low.to_owned(),
        (false, true) => format!("{low} to {high}"),
        (false, false) => format!("{low}–{high}"),
    }
}

/// `57–100%`; a word has no `%`.
fn percents(low: Option<&PrintedStatistic>, high: Option<&PrintedStatistic>) -> String {
    let text = |limit: Option<&PrintedStatistic>| limit.map(|limit| limit.text().to_owned()).unwrap_or_default();
    let interval = range(&text(low), &text(high));
    if high.is_some_and(PrintedStatistic::is_number) { format!("{interval}%") } else { interval }
}
