//! The series at a glance: what a reader wants to know first, in at most fourteen lines.
//!
//! Every number is a statistic as it is printed, so that a count that is masked is masked here, too, and each has its
//! key in the results: `age.mean`, `sites[knee].n`, `best_response.p`, `cells.N_miss`.

use super::context::ReportContext;
use super::last_visit::last_visit;
use super::line::TableVariable;
use super::lines::{open_share, range, shown_level};
use super::number::{MASKED, NOT_ESTIMABLE};
use super::options::TableOptions;
use super::printed::PrintedStatistic;
use super::response::best_rate;
use super::survival::stands_for;
use super::variable::is_yes;
use super::{Depth, GlanceItem, GlanceLine, Table, few};
use crate::analyze::results::{PartOf, Rate, ResultRow, ResultTable, Results, Value};
use crate::analyze::statistic::Statistic;
use crate::analyze::survival::requested;
use crate::analyze::{Options, cells, group, level_key, response_column, treatment};
use crate::schema::response::Response;
use crate::schema::{Kind, Role};
use crate::tally::{Cohort, CohortVariable, Counts, SurvivalCounts};
use crate::words::counted;
use std::cmp::Reverse;

/// The line of the rates: one without its denominators beside it misleads.
const BEST_RESPONSE: &str = "best response";

/// The lines of a cohort; those without an item are left out.
pub(super) fn glance(
    cohort: &Cohort,
    (results, all): (&Results, PartOf<'_>),
    (options, shown): (&Options, &TableOptions),
    context: &ReportContext<'_>,
) -> Vec<GlanceLine> {
    let series = GlanceOf { cohort, all, options, shown };
    let lines = [
        ("cases", series.cases(context.files)),
        ("groups", groups(results, shown)),
        ("age", series.of_role(Role::Age).map_or(Vec::new(), |age| series.age(age))),
        ("sex", series.of_role(Role::Sex).map_or(Vec::new(), |sex| series.levels(sex, ShareText::Percent))),
        ("etiology", series.of_role(Role::Etiology).map_or(Vec::new(), |of| series.levels(of, ShareText::Percent))),
        ("sites", series.of_role(Role::Site).map_or(Vec::new(), |of| series.levels(of, ShareText::Counts))),
        ("treatment", series.treatment()),
        (BEST_RESPONSE, series.best_response()),
        ("outcome", series.outcome()),
        ("deaths", series.deaths()),
        ("follow-up", series.follow_up()),
        ("to check", series.to_check(context.warnings)),
    ];
    let with_items = lines.into_iter().filter(|(_, items)| !items.is_empty());
    with_items.map(|(label, items)| GlanceLine { label, items, needs_all: label == BEST_RESPONSE }).collect()
}

/// The lines as a table, for formats that have nothing but tables.
pub(super) fn table(glance: &[GlanceLine]) -> Table {
    let mut table = Table::new("At a glance", &["item", "value"]);
    for line in glance {
        let items: Vec<String> = line.items.iter().map(GlanceItem::text).collect();
        table.push(Depth::Variable, [line.label.to_owned(), items.join(", ")]);
    }
    table
}

/// The items with the visit that they are of.
fn at_visit(mut items: Vec<GlanceItem>, visit: Option<String>) -> Vec<GlanceItem> {
    if let (Some(first), Some(visit)) = (items.first_mut(), visit) {
        first.before = format!("at {visit}: {}", first.before);
    }
    items
}

/// How a share of cases is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ShareText {
    /// `4/5 (80%)`
    Percent,
    /// `4/5`
    Counts,
}

/// A cohort and its statistics.
#[derive(Clone, Copy)]
struct GlanceOf<'a> {
    cohort: &'a Cohort,
    all: PartOf<'a>,
    options: &'a Options,
    shown: &'a TableOptions,
}

impl<'a> GlanceOf<'a> {
    /// The variables that are shown, in the order of the file.
    fn variables(self) -> impl Iterator<Item = &'a CohortVariable> {
        let is_shown = move |column: &&CohortVariable| {
            !column.is_id && !column.variable.is_withheld() && self.options.shows(&column.variable)
        };
        self.cohort.variables.iter().filter(is_shown)
    }

    fn all_of_role(self, role: Role) -> impl Iterator<Item = &'a CohortVariable> {
        self.variables().filter(move |column| column.variable.role == role)
    }

    fn of_role(self, role: Role) -> Option<&'a CohortVariable> {
        self.all_of_role(role).next()
    }

    fn subject(self, column: &'a CohortVariable) -> TableVariable<'a> {
        TableVariable { variable: &column.variable, shown: self.shown, all: self.all, beside: &[] }
    }

    fn text(self, key: &str) -> Option<String> {
        self.all.get(key).map(|row| self.shown.print(row))
    }

    /// The number of cases, and where they come from.
    fn cases(self, files: &[String]) -> Vec<GlanceItem> {
        let n = self.text("cases").unwrap_or_default();
        let mut items: Vec<GlanceItem> =
            files.iter().map(|file| GlanceItem { name: file.clone(), ..GlanceItem::default() }).collect();
        match items.first_mut() {
            Some(first) => first.before = format!("{n} in "),
            None => items.push(GlanceItem::of(n)),
        }
        items
    }

    /// Numbers as mean, median and range; bands as levels.
    fn age(self, column: &'a CohortVariable) -> Vec<GlanceItem> {
        match column.counts {
            Counts::Number(_) => self.number(column, true),
            _ => self.levels(column, ShareText::Percent),
        }
    }

    fn follow_up(self) -> Vec<GlanceItem> {
        let columns: Vec<&CohortVariable> = self.all_of_role(Role::FollowUp).collect();
        let last = last_visit(&columns).map(|(column, visit)| at_visit(self.time_of(column), visit));
        last.unwrap_or_default()
    }

    fn time_of(self, column: &'a CohortVariable) -> Vec<GlanceItem> {
        if let Some(counts) = requested(self.cohort, self.options).filter(|counts| {
            self.cohort.variables.get(counts.variable).is_some_and(|times| times.variable == column.variable)
        }) {
            return self.observed(counts, column);
        }
        // Where the curve is left out, the median of the times stays a median of neither events nor last visits.
        let number = |times: &CohortVariable| times.variable == column.variable;
        let number = self.cohort.variables.iter().position(number);
        if number.is_some_and(|number| stands_for(self.cohort, self.options, number)) {
            return Vec::new();
        }
        match column.counts {
            Counts::Number(_) => self.number(column, false),
            _ => Vec::new(),
        }
    }

    /// `5/9 with the event, median follow-up 24 months`: a median of the times themselves is none of the follow-up.
    fn observed(self, counts: &SurvivalCounts, column: &'a CohortVariable) -> Vec<GlanceItem> {
        let text = |statistic| self.all.of_table(ResultTable::Survival, statistic).and_then(|row| self.told(row));
        let unit = column.variable.unit.as_ref().map_or_else(String::new, |unit| format!(" {unit}"));
        let events = text(Statistic::Events).zip(text(Statistic::N));
        let events = events.map(|(events, cases)| format!("{events}/{cases} with the event ({})", counts.event));
        let median = text(Statistic::FollowUp).map(|median| format!("median {median}{unit} (reverse Kaplan-Meier)"));
        [median, events].into_iter().flatten().map(GlanceItem::of).collect()
    }

    /// `mean 5.9 (SD 2.7), median 6, range 2.5–10 years`, or the values where they are few.
    fn number(self, column: &'a CohortVariable, has_mean: bool) -> Vec<GlanceItem> {
        let subject = self.subject(column);
        if !subject.is_counted(Statistic::N) {
            return Vec::new();
        }
        let text = |statistic| self.told(subject.find(self.all, statistic)?);
        let mut items: Vec<GlanceItem> = match few::values(subject, self.all) {
            Some(values) => vec![GlanceItem::of(values)],
            None => {
                let mean = text(Statistic::Mean).filter(|_| has_mean).map(|mean| {
                    text(Statistic::Sd).map_or(format!("mean {mean}"), |sd| format!("mean {mean} (SD {sd})"))
                });
                let median = text(Statistic::MEDIAN).map(|median| format!("median {median}"));
                let ends = text(Statistic::Min).zip(text(Statistic::Max));
                let range = ends.map(|(low, high)| format!("range {}", range(&low, &high)));
                [mean, median, range].into_iter().flatten().map(GlanceItem::of).collect()
            }
        };
        match (items.last_mut(), &column.variable.unit) {
            (Some(last), Some(unit)) => last.behind = format!(" {unit}"),
            (Some(_), None) => {}
            (None, _) => items.push(GlanceItem::of(self.untold(subject))),
        }
        items.extend(self.reported(column));
        items
    }

    /// Why no number is there: masked, or not estimable, with the range of what is known.
    fn untold(self, subject: TableVariable<'_>) -> String {
        let row = |statistic| subject.find(self.all, statistic);
        let is_masked = |statistic| row(statistic).is_some_and(|row: &ResultRow| row.value == Value::Masked);
        if [Statistic::MEDIAN, Statistic::Min, Statistic::Max].into_iter().any(is_masked) {
            return MASKED.to_owned();
        }
        let shown = |statistic| row(statistic).map(|row| self.shown.print(row));
        let ends = shown(Statistic::Min).zip(shown(Statistic::Max));
        let range = ends.map(|(low, high)| format!(", range {}", range(&low, &high))).unwrap_or_default();
        format!("median {NOT_ESTIMABLE}{range}")
    }

    /// `reported in 4 of 5`, where some do not report it.
    fn reported(self, column: &'a CohortVariable) -> Option<GlanceItem> {
        let find = |statistic| self.subject(column).find(self.all, statistic);
        let (n, observed) = (find(Statistic::N)?, find(Statistic::Observed)?);
        let is_open = n.value != observed.value && self.told(n).is_some() && self.told(observed).is_some();
        let (n, observed) = (self.shown.print(n), self.shown.print(observed));
        is_open.then(|| GlanceItem::of(format!("reported in {n} of {observed}")))
    }

    /// The printed form of a statistic; none where it is masked or not estimable.
    fn told(self, row: &ResultRow) -> Option<String> {
        match row.value {
            Value::Masked | Value::NotEstimable(_) => None,
            Value::Count(_) | Value::Exact(_) | Value::Real(_) | Value::Date(_) | Value::Censored(..) => {
                Some(self.shown.print(row))
            }
        }
    }

    /// The levels that some case has, the most frequent first, those that are masked last.
    fn levels(self, column: &'a CohortVariable, share: ShareText) -> Vec<GlanceItem> {
        let variable = &column.variable;
        if !matches!(variable.kind, Kind::Category | Kind::Binary | Kind::Set) {
            return Vec::new();
        }
        let counted = self.all.of(&variable.name).filter(|row| row.statistic == Statistic::Cases);
        let mut counted: Vec<(Option<u64>, &str)> = counted
            .filter(|row| row.value != Value::Count(0))
            .filter_map(|row| Some((count(row), row.level.as_deref()?)))
            .collect();
        counted.sort_by_key(|(n, _)| Reverse(*n));
        let item = |(_, level): (_, &str)| {
            GlanceItem::named(shown_level(variable, level), &self.share(&variable.name, level, share))
        };
        counted.into_iter().map(item).collect()
    }

    /// `4/5 (80%)`
    fn share(self, variable: &str, level: &str, share: ShareText) -> String {
        let row = |statistic| self.all.get(&level_key(variable, Some(level), statistic, None));
        let printed = |statistic| row(statistic).map(|row| self.shown.print_typed(row));
        let text = |statistic| printed(statistic).map(String::from).unwrap_or_default();
        if let Some(bounds) = open_share(self.all, variable, level) {
            return bounds;
        }
        let (n, total) = (text(Statistic::Cases), text(Statistic::N));
        let has_percent = share == ShareText::Percent && !self.shown.counts_only;
        match (printed(Statistic::Cases), printed(Statistic::Proportion)) {
            (Some(PrintedStatistic::Masked), _) => n,
            (_, Some(PrintedStatistic::Number(percent))) if has_percent => format!("{n}/{total} ({percent}%)"),
            _ => format!("{n}/{total}"),
        }
    }

    /// The lines, and the treated cases of each class, else of each agent; treatments that are no lines as levels.
    fn treatment(self) -> Vec<GlanceItem> {
        let lines = treatment(self.cohort).and_then(|number| self.cohort.variables.get(number));
        let Some(column) = lines.filter(|column| self.options.shows(&column.variable)) else {
            return self.of_role(Role::Treatment).map_or(Vec::new(), |of| self.levels(of, ShareText::Counts));
        };
        let count = |statistic, noun| self.subject(column).counted(self.all, statistic, noun);
        let lines = format!("{} in {}", count(Statistic::Lines, "line"), count(Statistic::Treated, "case"));
        let treated = |of: ResultTable<&'static str>| {
            let rows = self.all.table(of).filter(|row| row.statistic == Statistic::Treated);
            rows.filter_map(|row| Some(GlanceItem::named(row.level.as_deref()?, &self.shown.print(row))))
        };
        let classes: Vec<GlanceItem> = treated(ResultTable::ByClass).collect();
        let of_agents = if classes.is_empty() { treated(ResultTable::ByAgent).collect() } else { Vec::new() };
        std::iter::once(GlanceItem::of(lines)).chain(classes).chain(of_agents).collect()
    }

    /// `4/4 evaluable (100%; 51–100%), 4/5 treated (80%; 38–96%)`
    fn best_response(self) -> Vec<GlanceItem> {
        let column = treatment(self.cohort).or_else(|| response_column(self.cohort));
        let column = column.and_then(|number| self.cohort.variables.get(number));
        let Some(column) = column.filter(|column| self.options.shows(&column.variable) && self.has_responses()) else {
            return Vec::new();
        };
        let rates = [
            (Rate::RespondersEvaluable, "evaluable"),
            (Rate::RespondersTreated, "treated"),
            (Rate::RespondersCases, "cases"),
        ];
        let rate = |(kind, of): (Rate, &str)| {
            let key = self.all.key(ResultTable::Best, None, Statistic::Proportion, Some(kind));
            self.all.get(&key).filter(|row| !is_no_rate(row))?;
            let (fraction, percent) = best_rate(self.subject(column), kind);
            let percent = if percent.is_empty() { percent } else { format!(" {percent}") };
            Some(GlanceItem::of(format!("{fraction} {of}{percent}")))
        };
        let died = self.all.key(ResultTable::BestCategory, Some(Response::Died.word()), Statistic::Cases, None);
        let died = self
            .all
            .get(&died)
            .filter(|row| row.value != Value::Count(0))
            .map(|row| format!("died {}", self.shown.print(row)));
        rates.into_iter().filter_map(rate).chain(died.map(GlanceItem::of)).collect()
    }

    /// True where some case has a response.
    fn has_responses(self) -> bool {
        self.all.table(ResultTable::BestCategory).next().is_some()
    }

    /// The levels of the first outcome that has some, those of a death first.
    fn outcome(self) -> Vec<GlanceItem> {
        let of_words = self.all_of_role(Role::Outcome).filter(|column| column.variable.kind == Kind::Category);
        let Some((column, visit)) = last_visit(&of_words.collect::<Vec<_>>()) else { return Vec::new() };
        let (died, others): (Vec<GlanceItem>, Vec<GlanceItem>) =
            self.levels(column, ShareText::Counts).into_iter().partition(|item| is_death(&item.name));
        at_visit(died.into_iter().chain(others).collect(), visit)
    }

    /// A yes-or-no column of deaths.
    fn deaths(self) -> Vec<GlanceItem> {
        let is_of_deaths = |column: &&CohortVariable| {
            column.variable.kind == Kind::Binary && column.variable.names().into_iter().any(is_death)
        };
        let Some(column) = self.variables().find(is_of_deaths) else { return Vec::new() };
        let name = &column.variable.name;
        let levels = self.all.of(name).filter_map(|row| row.level.as_deref());
        let yes = levels.into_iter().find(|level| is_yes(level));
        yes.map(|yes| GlanceItem::of(self.share(name, yes, ShareText::Percent))).into_iter().collect()
    }

    /// The number of warnings, and of cells that say nothing.
    fn to_check(self, warnings: Option<u64>) -> Vec<GlanceItem> {
        let are_counted = cells::are_counted(self.cohort, self.options);
        let known = |key| self.all.get(key).filter(|row| are_counted && row.value != Value::Count(0));
        let is_in_part = self.cohort.variables.iter().any(|column| !column.is_counted);
        let of = if is_in_part { " in the columns that were read" } else { "" };
        let warnings = warnings.filter(|n| *n > 0).map(|n| counted(n, "warning") + of);
        let print = |row| self.shown.print(row);
        let missing = known("cells.N_miss").zip(known("cells.N_obs"));
        let missing = missing.map(|(n, of)| format!("{} of {} cells not reported", print(n), print(of)));
        let unreadable = known("cells.N_unreadable").map(|row| format!("{} unreadable", print(row)));
        [warnings, missing, unreadable].into_iter().flatten().map(GlanceItem::of).collect()
    }
}

/// The groups with their numbers of cases.
fn groups(results: &Results, shown: &TableOptions) -> Vec<GlanceItem> {
    let item = |part: PartOf<'_>| {
        let levels = part.group()?.levels.iter().map(|(name, level)| group::level_name(name, level.as_deref()));
        let name = levels.collect::<Vec<_>>().join(" and ");
        Some(GlanceItem::named(name, &shown.print(part.get("cases")?)))
    };
    results.parts().filter_map(item).collect()
}

/// `1 case`, `5 cases`
fn count(row: &ResultRow) -> Option<u64> {
    match row.value {
        Value::Count(n) => Some(n),
        _ => None,
    }
}

/// True where a rate has neither a value nor bounds: nobody was asked, or no treatment is recorded.
fn is_no_rate(row: &ResultRow) -> bool {
    matches!(&row.value, Value::NotEstimable(reason) if !reason.is_open_response())
}

fn is_death(word: &str) -> bool {
    matches!(Response::parse(word), Some((Response::Died, _)))
}
