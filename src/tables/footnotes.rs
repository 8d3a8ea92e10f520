//! The footnotes below the tables: those that what is printed needs.

use super::context::ReportContext;
use super::options::TableOptions;
use super::response::ResponseTables;
use super::{columns, read_as, response};
use crate::analyze::convention::{Convention, Explains};
use crate::analyze::conventions::conventions;
use crate::analyze::reason::Reason;
use crate::analyze::results::{ResultRow, Results, Value};
use crate::analyze::statistic::{Digits, Statistic};
use crate::analyze::{Options, compare, response_column, treatment};
use crate::tally::Cohort;
use rustc_hash::FxHashSet;
use std::collections::BTreeSet;

/// What the tables print, as far as footnotes explain it.
#[derive(Debug, Default)]
pub(super) struct PrintedContent {
    statistics: BTreeSet<(String, Statistic)>,
    /// Tables of responses.
    pub responses: bool,
    /// A mark in one of them.
    pub marks: bool,
    /// Headings in short in one of them.
    pub short_headings: bool,
}

impl PrintedContent {
    /// Notes statistics of a variable.
    pub fn note(&mut self, variable: &str, statistics: &[Statistic]) {
        self.statistics.extend(statistics.iter().map(|statistic| (variable.to_owned(), *statistic)));
    }

    /// Notes the tables of responses; those of groups have no headings of their own.
    pub fn note_responses(&mut self, tables: &ResponseTables, is_grouped: bool) {
        self.responses |= !tables.by_level.is_empty();
        self.marks |= tables.is_marked;
        self.short_headings |= !tables.by_level.is_empty() && !is_grouped;
    }

    fn any(&self, is_meant: impl Fn(Statistic) -> bool) -> bool {
        self.statistics.iter().any(|(_, statistic)| is_meant(*statistic))
    }

    /// True where the footnote of a convention is needed.
    fn needs(&self, explains: Explains, shown: &TableOptions) -> bool {
        match explains {
            Explains::Everything => true,
            Explains::Shares => self.any(|s| s == Statistic::Cases),
            Explains::Quantiles => {
                let is_quantile = |s| matches!(s, Statistic::Percentile(_) | Statistic::InterquartileRange);
                self.any(|s| is_quantile(s) || s == Statistic::MedianDeviation)
            }
            Explains::Deviations => self.any(|s| {
                use Statistic::{CoefficientOfVariation, Sd, StandardError, Variance};
                matches!(s, Sd | StandardError | Variance | CoefficientOfVariation)
            }),
            Explains::ShareIntervals => {
                self.any(|s| s == Statistic::ConfLow) || (self.responses && shown.intervals.of_outcomes)
            }
            Explains::MeanIntervals => self.any(|s| matches!(s, Statistic::MeanLow | Statistic::MedianLow)),
            Explains::Rounded => self.any(|s| s.digits() != Digits::Count) || (self.responses && !shown.counts_only),
            Explains::Responses => self.responses,
        }
    }

    /// True where this statistic of a variable is printed.
    pub fn holds(&self, row: &ResultRow) -> bool {
        let variable = row.variable.as_ref();
        variable.is_some_and(|variable| self.statistics.contains(&(variable.clone(), row.statistic)))
    }
}

/// The footnotes of the tables.
pub(super) fn footnotes(
    cohort: &Cohort,
    results: &Results,
    (options, shown): (&Options, &TableOptions),
    printed: &PrintedContent,
    context: &ReportContext<'_>,
) -> Vec<String> {
    let mut footnotes = sentences(cohort, (options, shown), printed, &Explains::ALL);
    footnotes.extend(columns::footnotes(cohort, options, shown));
    if printed.short_headings {
        footnotes.push(response::SHORT_HEADINGS.to_owned());
    }
    if printed.marks {
        footnotes.push(format!("{}: {}", response::ONLY_COMBINED, response::MARKED));
    }
    footnotes.extend(of_responses(cohort, results, options));
    footnotes.extend(of_stated(printed));
    footnotes.extend(compare::notes(cohort, options, results, |row| printed.holds(row)));
    footnotes.extend(not_estimable(results, printed));
    footnotes.extend(context.notes.iter().cloned());
    footnotes.extend(read_as::footnote(cohort, context.schema));
    footnotes
}

/// The footnotes of a document whose tables have notes of their own: how numbers were made and cells read.
pub(super) fn of_document(
    cohort: &Cohort,
    (options, shown): (&Options, &TableOptions),
    printed: &PrintedContent,
    context: &ReportContext<'_>,
) -> Vec<String> {
    let mut footnotes =
        sentences(cohort, (options, shown), printed, &[Explains::Quantiles, Explains::Deviations, Explains::Rounded]);
    footnotes.extend(read_as::footnote(cohort, context.schema));
    footnotes
}

/// The sentences of the conventions that explain some of these and are needed.
pub(super) fn sentences(
    cohort: &Cohort,
    (options, shown): (&Options, &TableOptions),
    printed: &PrintedContent,
    explained: &[Explains],
) -> Vec<String> {
    let conventions = conventions(cohort, options).into_iter();
    let needed = conventions
        .filter(|convention| explained.contains(&convention.explains) && printed.needs(convention.explains, shown));
    needed.filter_map(sentence).collect()
}

/// The footnotes of the responses.
pub(super) fn of_responses(cohort: &Cohort, results: &Results, options: &Options) -> Vec<String> {
    let treated = treatment(cohort).and_then(|number| cohort.variables.get(number));
    let alone = response_column(cohort).and_then(|number| cohort.variables.get(number));
    let column = treated.or(alone).filter(|column| options.shows(&column.variable));
    column.map_or(Vec::new(), |column| response::notes(column, results))
}

fn of_stated(printed: &PrintedContent) -> Option<String> {
    printed
        .any(|statistic| statistic == Statistic::StatedOnly)
        .then(|| "Stated without a value: a word such as normal instead of a number; counted, not averaged.".to_owned())
}

/// The footnotes of a run without tables: what was kept, and what was left out.
pub(super) fn of_all_numbers(cohort: &Cohort, options: &Options, context: &ReportContext<'_>) -> Vec<String> {
    let conventions = conventions(cohort, options).into_iter();
    let needed = conventions.filter(|convention| convention.explains == Explains::Everything);
    needed.filter_map(sentence).chain(context.notes.iter().cloned()).collect()
}

fn sentence(convention: Convention) -> Option<String> {
    Some(convention.sentence).filter(|sentence| !sentence.is_empty())
}

/// One footnote for each reason why statistics that are printed are not estimable; of a variable only the first of
/// its kind, which is that of all cases.
pub(super) fn not_estimable(results: &Results, printed: &PrintedContent) -> Vec<String> {
    let mut reasons: Vec<(&Reason, Vec<&str>)> = Vec::new();
    let mut known = FxHashSet::default();
    let is_open = |row: &ResultRow| {
        row.statistic == Statistic::Proportion && matches!(row.value, Value::NotEstimable(Reason::OneAnswer { .. }))
    };
    for row in results.iter().filter(|row| {
        is_open(row)
            || matches!(row.statistic, Statistic::PValue | Statistic::Smd | Statistic::Difference)
            || (row.level.is_none() && printed.holds(row))
    }) {
        let (Value::NotEstimable(reason), Some(variable)) = (&row.value, &row.variable) else { continue };
        if matches!(reason, Reason::NoValue | Reason::NoDate) {
            continue;
        }
        if !known.insert((std::mem::discriminant(reason), variable.as_str())) {
            continue;
        }
        match reasons.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, variables)) => variables.push(variable),
            None => reasons.push((reason, vec![variable])),
        }
    }
    reasons
        .into_iter()
        .map(|(reason, variables)| format!("NE, not estimable: {reason} ({}).", variables.join(", ")))
        .collect()
}
