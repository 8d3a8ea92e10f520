//! The table of the time to an event.

use super::columns::TableColumns;
use super::line::{TableLine, TableVariable};
use super::lines::range;
use super::options::TableOptions;
use super::{Depth, Table};
use crate::analyze::conventions::percent_of;
use crate::analyze::results::PartOf;
use crate::analyze::statistic::Statistic;
use crate::analyze::survival::{SURVIVAL, requested};
use crate::analyze::{Options, level_key};
use crate::schema::{Kind, Variable};
use crate::tally::Cohort;

/// The table; none where no times to an event were requested.
pub(super) fn table(
    cohort: &Cohort,
    columns: &TableColumns<'_>,
    all: PartOf<'_>,
    shown: (&Options, &TableOptions),
) -> Option<Table> {
    let mut table = columns.table("Survival");
    each_line(cohort, columns, all, shown, |line, subject| columns.push(&mut table, line, subject))?;
    Some(columns.without_blank_intervals(columns.without_blank_comparisons(table)))
}

/// Takes each line of the table; none where there is no table.
pub(super) fn each_line(
    cohort: &Cohort,
    columns: &TableColumns<'_>,
    all: PartOf<'_>,
    (options, shown): (&Options, &TableOptions),
    mut each: impl FnMut(&TableLine<'_>, TableVariable<'_>),
) -> Option<()> {
    let counts = requested(cohort, options)?;
    let time = &cohort.variables.get(counts.variable)?.variable;
    let variable = Variable { kind: Kind::Text, ..Variable::new(SURVIVAL) };
    let subject = TableVariable { variable: &variable, shown, all, beside: columns.beside() };
    let unit = time.unit.as_ref().map_or_else(String::new, |unit| format!(", {unit}"));
    let of_unit = time.unit.as_deref().unwrap_or("units of time");
    let ci = format!("{}% CI", percent_of(options.conf_level));
    let text = move |part: PartOf<'_>, statistic| subject.text(part, statistic);
    let limits = move |part: PartOf<'_>, low, high| range(&text(part, low), &text(part, high));
    let mut lines = vec![
        heading(format!("Time to event by {}", time.shown_label())),
        TableLine::level("events/cases", move |part| {
            format!("{}/{}", text(part, Statistic::Events), text(part, Statistic::N))
        }),
        TableLine::level(format!("median ({ci}){unit}"), move |part| {
            let limits = limits(part, Statistic::MedianLow, Statistic::MedianHigh);
            format!("{} ({limits})", text(part, Statistic::MEDIAN))
        }),
        TableLine::level(format!("quartiles{unit}"), move |part| {
            format!("{}, {}", text(part, Statistic::P25), text(part, Statistic::P75))
        }),
    ];
    for level in counts.at.iter().map(ToString::to_string) {
        let label = format!("without event at {level}, % ({ci}; at risk)");
        lines.push(TableLine::level(label, move |part| at_time(subject, part, &level)));
    }
    lines.push(TableLine::level(format!("median follow-up{unit}"), move |part| text(part, Statistic::FollowUp)));
    lines.push(TableLine::level(format!("events per 100 {of_unit} ({ci})"), move |part| {
        let limits = limits(part, Statistic::EventRateLow, Statistic::EventRateHigh);
        format!("{} ({limits})", text(part, Statistic::EventRate))
    }));
    lines.iter().for_each(|line| each(line, subject));
    Some(())
}

/// The name of the curve, beside which stands the test of the groups.
fn heading<'a>(label: String) -> TableLine<'a> {
    TableLine {
        depth: Depth::Variable,
        is_name: true,
        compared: Some((SURVIVAL.to_owned(), None)),
        ..TableLine::level(label, |_| String::new())
    }
}

/// `91 (51–99; 11)`
fn at_time(subject: TableVariable<'_>, part: PartOf<'_>, level: &str) -> String {
    let text = |statistic| {
        let row = part.get(&level_key(SURVIVAL, Some(level), statistic, None));
        row.map(|row| subject.shown.print(row)).unwrap_or_default()
    };
    let limits = range(&text(Statistic::ConfLow), &text(Statistic::ConfHigh));
    format!("{} ({limits}; {})", text(Statistic::Proportion), text(Statistic::AtRisk))
}
