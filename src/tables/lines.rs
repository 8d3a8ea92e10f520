//! The lines below the name of a variable: their labels and their cells for all cases or for a group.

use super::Depth;
use super::number::{MASKED, NOT_ESTIMABLE};
use super::options::TableOptions;
use super::template::Template;
use crate::analyze::level_key;
use crate::analyze::reason::Reason;
use crate::analyze::results::{PartOf, ResultRow, Value};
use crate::analyze::statistic::{Digits, Statistic};
use crate::schema::Variable;
use crate::tally::{CohortVariable, Counts};

/// Combinations and sequences shown.
const MOST_COMBINATIONS: usize = 3;

/// Prints a cell for all cases or for a group.
pub(super) type CellText<'a> = Box<dyn Fn(PartOf<'_>) -> String + 'a>;

/// One line of a table: its label, and functions that print its cells for all cases or for a group.
pub(super) struct TableLine<'a> {
    pub depth: Depth,
    pub label: String,
    /// It is the heading of a variable: its only cell is the number of cases with the item reported.
    pub is_name: bool,
    /// n/N (%) or value.
    pub value: CellText<'a>,
    /// Its confidence interval.
    pub interval: CellText<'a>,
    /// The variable, and the level where each has its own comparison of the groups; none without one.
    pub compared: Option<(String, Option<String>)>,
}

impl<'a> TableLine<'a> {
    /// A line below the name of a variable.
    pub fn level(label: impl Into<String>, value: impl Fn(PartOf<'_>) -> String + 'a) -> TableLine<'a> {
        let interval = Box::new(|_: PartOf<'_>| String::new());
        TableLine {
            depth: Depth::Level,
            label: label.into(),
            is_name: false,
            value: Box::new(value),
            interval,
            compared: None,
        }
    }

    /// The same with an interval.
    fn with_interval(mut self, interval: impl Fn(PartOf<'_>) -> String + 'a) -> TableLine<'a> {
        self.interval = Box::new(interval);
        self
    }
}

/// A variable, its statistics of all cases, and how they are printed.
#[derive(Clone, Copy)]
pub(super) struct TableVariable<'a> {
    pub variable: &'a Variable,
    pub shown: &'a TableOptions,
    /// The statistics of all cases, which decide the lines.
    pub all: PartOf<'a>,
}

impl<'a> TableVariable<'a> {
    pub fn find<'r>(&self, part: PartOf<'r>, statistic: Statistic) -> Option<&'r ResultRow> {
        part.get(&format!("{}.{statistic}", self.variable.name))
    }

    /// The printed form of a statistic of the variable; empty where there is none.
    pub fn text(&self, part: PartOf<'_>, statistic: Statistic) -> String {
        self.find(part, statistic).map(|row| self.shown.print(row)).unwrap_or_default()
    }

    /// True where a statistic of all cases is not 0.
    pub fn is_counted(&self, statistic: Statistic) -> bool {
        self.find(self.all, statistic).is_some_and(|row| row.value != Value::Count(0))
    }

    /// A template filled with statistics of the variable.
    fn fill(&self, template: &Template, part: PartOf<'_>) -> String {
        let is_of_values = template.statistics().any(|statistic| statistic.digits() != Digits::Count);
        if is_of_values && self.find(part, Statistic::N).is_some_and(|row| row.value == Value::Count(0)) {
            return NOT_ESTIMABLE.to_owned();
        }
        let rows = template.statistics().filter_map(|statistic| self.find(part, statistic));
        let printed = self.shown.print_together(rows);
        template.fill(|statistic| printed.iter().find(|(name, _)| *name == statistic).map(|(_, text)| text.clone()))
    }
}

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
        Counts::Dates(_) => vec![date(subject)],
        Counts::Lines(_) if is_treatment => treatment(subject),
        Counts::Text(_) | Counts::Lines(_) => {
            let is_withheld = subject.variable.is_withheld();
            let what = if is_withheld { "withheld, cases with a value" } else { "text, cases with a value" };
            vec![TableLine::level(what, move |part| subject.text(part, Statistic::N))]
        }
    }
}

fn number(subject: TableVariable<'_>) -> Vec<TableLine<'_>> {
    let mut lines: Vec<TableLine<'_>> = Vec::new();
    if !subject.is_counted(Statistic::N) {
        lines.push(TableLine::level("values", move |part| subject.text(part, Statistic::N)));
    } else {
        let rows = subject.shown.rows_of(subject.variable);
        lines.extend(rows.into_iter().map(|(label, template)| of_template(subject, label, template)));
    }
    for (statistic, label) in
        [(Statistic::Censored, "of them censored"), (Statistic::StatedOnly, "stated without a value")]
    {
        if subject.is_counted(statistic) {
            lines.push(TableLine::level(label, move |part| subject.text(part, statistic)));
        }
    }
    for (suffix, label) in [("by_range", "by reference range"), ("stated", "as stated")] {
        let name = format!("{}_{suffix}", subject.variable.name);
        let met: Vec<String> = levels_met(subject.all, &name);
        if !met.is_empty() {
            lines.push(TableLine::level(label, move |part| {
                let of = |level: &String| {
                    let text = |statistic| level_text(subject, part, &name, level, statistic);
                    match text(Statistic::N).as_str() {
                        "0" => format!("{level} {NOT_ESTIMABLE}"),
                        n => format!("{level} {}/{n}", text(Statistic::Cases)),
                    }
                };
                met.iter().map(of).collect::<Vec<_>>().join(", ")
            }));
        }
    }
    lines
}

/// A line of statistics; its interval is that of the first statistic that has one.
fn of_template<'a>(subject: TableVariable<'a>, label: String, template: &'a Template) -> TableLine<'a> {
    let interval = move |part: PartOf<'_>| {
        let limits = template.statistics().find_map(Statistic::limits);
        limits.map(|(low, high)| range(&subject.text(part, low), &subject.text(part, high))).unwrap_or_default()
    };
    let line = TableLine::level(label, move |part| subject.fill(template, part));
    if subject.shown.shows_intervals { line.with_interval(interval) } else { line }
}

/// The levels of a variable that some case has.
fn levels_met(part: PartOf<'_>, variable: &str) -> Vec<String> {
    let some = part.of(variable).filter(|row| row.statistic == Statistic::Cases && row.value != Value::Count(0));
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
fn levels<'a>(subject: TableVariable<'a>, noun: &'static str) -> Vec<TableLine<'a>> {
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
        let value = move |part: PartOf<'_>| {
            let (name, level) = &in_value;
            let is_share = template.statistics().any(|statistic| statistic == Statistic::Proportion);
            if let Some(bounds) = open_share(part, name, level).filter(|_| is_share) {
                return bounds;
            }
            template.fill(|statistic| {
                let row = part.get(&level_key(name, Some(level), statistic, None));
                let row = row.or_else(|| subject.find(part, statistic));
                row.map(|row| subject.shown.print(row))
            })
        };
        let interval = move |part: PartOf<'_>| {
            let (name, level) = &in_interval;
            let text = |statistic| level_text(subject, part, name, level, statistic);
            percents(&range(&text(Statistic::ConfLow), &text(Statistic::ConfHigh)))
        };
        let line = TableLine::level(label, value).with_interval(interval);
        TableLine { compared: Some((name, Some(level))), ..line }
    };
    rows.into_iter().map(line).collect()
}

/// The bounds of a share that blank cells leave open.
fn open_share(part: PartOf<'_>, name: &str, level: &str) -> Option<String> {
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
    lines.push(TableLine::level("items per case, mean (SD)", move |part| {
        let text = |statistic| subject.text(part, statistic);
        format!(
            "{} ({}), range {}",
            text(Statistic::Mean),
            text(Statistic::Sd),
            range(&text(Statistic::Min), &text(Statistic::Max))
        )
    }));
    lines.push(TableLine::level("items of all cases", move |part| subject.text(part, Statistic::Items)));
    lines.extend(most_frequent(subject, "combination", "most frequent combinations"));
    lines
}

fn date(subject: TableVariable<'_>) -> TableLine<'_> {
    TableLine::level("range", move |part| {
        let text = |statistic| subject.text(part, statistic);
        format!("{} dated: {}", text(Statistic::N), range(&text(Statistic::Min), &text(Statistic::Max)))
    })
}

fn treatment(subject: TableVariable<'_>) -> Vec<TableLine<'_>> {
    let mut lines = vec![TableLine::level("treatment lines", move |part| {
        format!("{} in {} treated cases", subject.text(part, Statistic::Lines), subject.text(part, Statistic::Treated))
    })];
    for (statistic, label) in [(Statistic::Untreated, "untreated"), (Statistic::Relapsed, "cases with a relapse")] {
        if subject.is_counted(statistic) {
            lines.push(TableLine::level(label, move |part| subject.text(part, statistic)));
        }
    }
    lines.extend(most_frequent(subject, "sequence", "most frequent sequences"));
    lines
}

/// Combinations or sequences that several cases have; none where every case differs.
fn most_frequent<'a>(subject: TableVariable<'a>, suffix: &str, title: &str) -> Vec<TableLine<'a>> {
    let name = format!("{}_{suffix}", subject.variable.name);
    let several = subject.all.of(&name).filter(|row| row.statistic == Statistic::Cases && row.value != Value::Count(1));
    let repeated: Vec<String> = several.filter_map(|row| row.level.clone()).take(MOST_COMBINATIONS).collect();
    if repeated.is_empty() {
        return Vec::new();
    }
    let different = subject.all.get(&format!("{name}.n_combinations")).map(|row| subject.shown.print(row));
    let title = format!("{title} (of {})", different.unwrap_or_default());
    let mut lines = vec![TableLine::level(title, |_| String::new())];
    for level in repeated {
        lines.extend(
            level_lines(subject, &name, &level, format!("\u{a0}\u{a0}{level}"))
                .into_iter()
                .map(|line| TableLine { compared: None, ..line }),
        );
    }
    lines
}

/// `2.5–10`, or the one value where both ends are the same; `-0.9 to 11.9` below 0, where a dash could be a sign.
pub(super) fn range(low: &str, high: &str) -> String {
    match (low == high, low.starts_with('-')) {
        (true, _) => low.to_owned(),
        (false, true) => format!("{low} to {high}"),
        (false, false) => format!("{low}–{high}"),
    }
}

/// `57–100%`; a word stays as it is.
fn percents(interval: &str) -> String {
    if interval.ends_with(|c: char| c.is_ascii_digit()) { format!("{interval}%") } else { interval.to_owned() }
}
