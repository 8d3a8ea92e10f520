//! The table of the time to an event.

use super::columns::TableColumns;
use super::line::{TableLine, TableVariable};
use super::lines::range;
use super::options::TableOptions;
use super::{Depth, Table, own};
use crate::analyze::Options;
use crate::analyze::conventions::percent_of;
use crate::analyze::results::{PartOf, ResultTable};
use crate::analyze::statistic::Statistic;
use crate::analyze::survival::requested;
use crate::tally::{Cohort, CohortVariable};

/// True for the variable of the times where the table of the curve stands for it: a plain median of times to the event
/// and of times to the last visit is a median of neither. Who asks for the variable by name gets it.
pub(super) fn stands_for(cohort: &Cohort, options: &Options, number: usize) -> bool {
    cohort.survival.as_ref().is_some_and(|counts| counts.variable == number) && options.vars.is_empty()
}

/// The table; none where no times to an event were requested.
pub(super) fn table(
    cohort: &Cohort,
    columns: &TableColumns<'_>,
    all: PartOf<'_>,
    shown: (&Options, &TableOptions),
) -> Option<Table> {
    own::table("Survival", columns, |each| each_line(cohort, columns, all, shown, each))
}

/// Takes each line of the table; no line where no times to an event were requested.
pub(super) fn each_line(
    cohort: &Cohort,
    columns: &TableColumns<'_>,
    all: PartOf<'_>,
    (options, shown): (&Options, &TableOptions),
    mut each: impl FnMut(&TableLine<'_>, TableVariable<'_>),
) {
    let Some(counts) = requested(cohort, options) else { return };
    let Some(CohortVariable { variable: time, .. }) = cohort.variables.get(counts.variable) else { return };
    let name = all.name(ResultTable::Survival);
    let variable = own::named(&name);
    let subject = own::subject(&variable, columns, (all, shown));
    let unit = time.unit.as_ref().map_or_else(String::new, |unit| format!(", {unit}"));
    let of_unit = time.unit.as_deref().unwrap_or("units of time");
    let ci = format!("{}% CI", percent_of(options.conf_level));
    let text = move |part: PartOf<'_>, statistic| subject.text(part, statistic);
    let limits = move |part: PartOf<'_>, low, high| range(&text(part, low), &text(part, high));
    let mut lines = vec![
        heading(format!("Time to event by {}", time.shown_label()), name.clone()),
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
    for level in counts.means.iter().map(ToString::to_string) {
        let label = format!("restricted mean to {level} ({ci}){unit}");
        lines.push(TableLine::level(label, move |part| mean_until(subject, part, &level)));
    }
    lines.push(TableLine::level(format!("median follow-up{unit}"), move |part| text(part, Statistic::FollowUp)));
    lines.push(TableLine::level(format!("events per 100 {of_unit} ({ci})"), move |part| {
        let limits = limits(part, Statistic::EventRateLow, Statistic::EventRateHigh);
        format!("{} ({limits})", text(part, Statistic::EventRate))
    }));
    if options.comparisons.rate_ratio && columns.are_groups() {
        lines.push(TableLine::level(format!("rate ratio ({ci})"), move |part| rate_ratio(columns, subject, part)));
    }
    lines.iter().for_each(|line| each(line, subject));
}

/// The name of the curve, beside which stands the test of the groups.
fn heading<'a>(label: String, name: String) -> TableLine<'a> {
    TableLine {
        depth: Depth::Variable,
        is_name: true,
        compared: Some((name, None)),
        ..TableLine::level(label, |_| String::new())
    }
}

/// `17.0 (10.0, 24.0)`
fn mean_until(subject: TableVariable<'_>, part: PartOf<'_>, level: &str) -> String {
    let text = |statistic| at_level(subject, part, level, statistic);
    let limits = range(&text(Statistic::RestrictedMeanLow), &text(Statistic::RestrictedMeanHigh));
    format!("{} ({limits})", text(Statistic::RestrictedMean))
}

/// The ratio in the column of the group whose rate is divided, `reference` in that of the other.
fn rate_ratio(columns: &TableColumns<'_>, subject: TableVariable<'_>, part: PartOf<'_>) -> String {
    let Some(group) = part.group() else { return String::new() };
    let find = |statistic: Statistic| columns.compared_of(&part.name(ResultTable::Survival), statistic);
    let Some(contrast) = find(Statistic::RateRatio).and_then(|row| row.contrast.as_ref()) else { return String::new() };
    let name: Vec<&str> = group.levels.iter().filter_map(|(_, level)| level.as_deref()).collect();
    let text = |statistic| find(statistic).map(|row| subject.shown.print(row)).unwrap_or_default();
    match name.join(", ") {
        name if name == contrast.less => "reference".to_owned(),
        name if name == contrast.of => {
            let limits = range(&text(Statistic::RateRatioLow), &text(Statistic::RateRatioHigh));
            format!("{} ({limits})", text(Statistic::RateRatio))
        }
        _ => String::new(),
    }
}

/// The printed form of a statistic of a time.
fn at_level(subject: TableVariable<'_>, part: PartOf<'_>, level: &str, statistic: Statistic) -> String {
    let row = part.get(&part.key(ResultTable::Survival, Some(level), statistic, None));
    row.map(|row| subject.shown.print(row)).unwrap_or_default()
}

/// `91 (51–99; 11)`
fn at_time(subject: TableVariable<'_>, part: PartOf<'_>, level: &str) -> String {
    let text = |statistic| at_level(subject, part, level, statistic);
    let limits = range(&text(Statistic::ConfLow), &text(Statistic::ConfHigh));
    format!("{} ({limits}; {})", text(Statistic::Proportion), text(Statistic::AtRisk))
}
