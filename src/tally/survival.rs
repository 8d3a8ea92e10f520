//! Times to an event: the pairs of a time and whether the event came, counted as conditions of the pass.
//!
//! The times of the cases with the event and of those without it are two tallies of one column, so that adding, merging,
//! threads and the order of rows are those of any other number.

use super::cohort::{Cohort, CohortCondition, CohortVariable};
use super::counts::{Counts, EventTimes, NamedCases, NumberCounts, SurvivalCounts};
use super::needs::{NeededCounts, NeededTable};
use super::settings::{Condition, NamedFilter, Settings, SurvivalRequest};
use crate::cohort::filter::{name_as_written, text_as_written};
use crate::diagnostic::{CaseName, Finding, FindingId, Findings, SourceLocation, quoted};
use crate::error::Error;
use crate::schema::{BareReading, Kind, at_any_visit};
use std::collections::BTreeSet;

/// The name of the table of the times.
pub const SURVIVAL: &str = "survival";
/// The conditions of all cases: the event, no event, a time below 0.
const OF_ALL: usize = 3;

/// Reads a cohort; where times to an event are requested, with them.
///
/// Groups are known only after a pass: their times take a second one.
///
/// Errors: those of `read`; a time that is no number; cases whose time or event is not known, by name.
pub(super) fn with_survival(
    settings: &Settings,
    read: impl Fn(&Settings) -> Result<Cohort, Error>,
) -> Result<Cohort, Error> {
    let Some(asked) = &settings.survival else { return read(settings) };
    let [event, no_event] = asked.answers(None)?;
    let before = format!("{} < 0", name_as_written(&asked.time));
    let negative = Condition { needs: Vec::new(), ..asked.condition(&before, "--time")? };
    let mut conditions = settings.conditions.clone();
    conditions.extend([event, no_event, negative]);
    let needs = |condition: &Condition| condition.needs.iter().any(|need| need.table == Some(NeededTable::Times));
    for condition in settings.conditions.iter().filter(|condition| needs(condition)) {
        conditions.extend(asked.answers(Some(&format!("({})", condition.keep.text)))?);
    }
    let mut cohort = read(&Settings { conditions, ..settings.clone() })?;
    let mut judged = cohort.conditions.split_off(settings.conditions.len());
    let of_conditions = judged.split_off(OF_ALL.min(judged.len()));
    let variable = asked.variable(&cohort)?;
    asked.ensure_all_are_known(&cohort, variable, &judged)?;
    let mut of_conditions = of_conditions.chunks(2);
    for (condition, asked) in cohort.conditions.iter_mut().zip(&settings.conditions).filter(|(_, asked)| needs(asked)) {
        condition.times = of_conditions.next().map(|judged| times(judged, variable)).filter(|_| !asked.is_optional);
    }
    let all = times(&judged, variable);
    cohort.survival = Some(SurvivalCounts {
        variable,
        event: asked.event.filter.to_string(),
        at: asked.at.clone(),
        means: asked.means.clone(),
        all,
    });
    add_groups(&mut cohort, asked, settings, variable, read)?;
    Ok(cohort)
}

/// Adds the times of each group.
fn add_groups(
    cohort: &mut Cohort,
    asked: &SurvivalRequest,
    settings: &Settings,
    variable: usize,
    read: impl Fn(&Settings) -> Result<Cohort, Error>,
) -> Result<(), Error> {
    let Some(grouping) = &mut cohort.grouping else { return Ok(()) };
    let mut conditions = Vec::new();
    for group in grouping.groups.iter().filter(|group| group.cases > 0) {
        conditions.extend(asked.answers(Some(&group.condition(&grouping.by, &cohort.variables)))?);
    }
    let by_group = read(&Settings { by: Vec::new(), conditions, ..settings.clone() })?;
    let mut judged = by_group.conditions.chunks(2);
    for group in grouping.groups.iter_mut().filter(|group| group.cases > 0) {
        group.times = judged.next().map(|judged| times(judged, variable)).unwrap_or_default();
    }
    Ok(())
}

impl SurvivalRequest {
    /// The conditions of the cases with the event, and of those without it; of a group only.
    fn answers(&self, group: Option<&str>) -> Result<[Condition; 2], Error> {
        let event = format!("({})", self.event.text);
        let of_group = |text: String| group.map_or(text.clone(), |group| format!("{text} AND {group}"));
        let no_event = of_group(format!("NOT {event}"));
        Ok([self.condition(&of_group(event), "--event")?, self.condition(&no_event, "--event")?])
    }

    /// A condition whose cases have their times counted.
    fn condition(&self, text: &str, origin: &str) -> Result<Condition, Error> {
        let keep = NamedFilter::parse(text)?;
        let needs = vec![NeededCounts::of_column(&self.time)];
        Ok(Condition { keep, needs, origins: vec![origin.to_owned()], is_optional: false })
    }

    /// The index of the variable of the times.
    fn variable(&self, cohort: &Cohort) -> Result<usize, Error> {
        let is_named = |name: &str| name.eq_ignore_ascii_case(&self.time);
        let mut columns = cohort.variables.iter().map(|column| &column.variable);
        let found = columns.position(|variable| is_named(&variable.name) || is_named(&variable.header));
        let number = found.and_then(|at| cohort.variables.get(at)).map(|column| &column.variable);
        match (found, number) {
            (Some(at), Some(variable)) if variable.kind == Kind::Number => Ok(at),
            (_, other) => {
                let kind = other
                    .map_or_else(|| "no column of the cases".to_owned(), |other| format!("a {} column", other.kind));
                let message = format!("'{}' is {kind}: a time is a number (--time)", self.time);
                let kind = quoted(&format!("{}=number", self.time));
                Err(Error::usage_with(
                    message,
                    format!("name a column of durations; if it holds numbers: --kind {kind}"),
                ))
            }
        }
    }

    /// Refuses cases whose time is not known, below 0 or known only to lie beyond a bound, and those of whom nobody
    /// knows whether they have the event: without them the curve is that of other patients.
    fn ensure_all_are_known(&self, cohort: &Cohort, variable: usize, judged: &[CohortCondition]) -> Result<(), Error> {
        let [event, _, negative] = judged else { return Ok(()) };
        let time = cohort.variables.get(variable).map_or(self.time.as_str(), |column| &column.variable.header);
        let unknown = "the time to the event or to the last visit is not known: no curve without this case";
        let below = "a time below 0: the event or the last visit lies before the start";
        let open = format!("it is not known whether the case has the event: {}", self.event.text);
        let none = NamedCases::default();
        let [before, unknown_time] =
            negative.judged.as_ref().map_or([&none, &none], |judged| [&judged.holds, &judged.unknown]);
        let unknown_event = event.judged.as_ref().map_or(&none, |judged| &judged.unknown);
        let leave_out = leave_out(cohort, &[before, unknown_time, unknown_event]);
        let state_unit = cohort.variables.get(variable).and_then(unit_remedy).unwrap_or_default();
        let of_time = format!("{state_unit}{leave_out}");
        let name = if cohort.id.is_some() { CaseName::Id } else { CaseName::Numbered };
        let mut findings = Findings::default();
        add(&mut findings, (unknown_time, name), (FindingId::FollowUpUnknown, unknown), Some(time), &of_time);
        add(&mut findings, (before, name), (FindingId::FollowUpNegative, below), Some(time), &leave_out);
        add(&mut findings, (unknown_event, name), (FindingId::EventUnknown, &open), None, &leave_out);
        let bounds = censored(cohort, variable);
        if bounds > 0 {
            let message = "times known only to lie beyond a bound: a case that was followed so long and had no event \
                           yet has this time as a number, and no event";
            let finding = Finding::new(FindingId::FollowUpBound, message).column(time);
            findings.add_many(finding.remedy("write 30 for >=30"), bounds);
        }
        if findings.is_empty() { Ok(()) } else { Err(findings.into()) }
    }
}

/// How the numbers without a unit get one, where they are not read because other cells have one.
fn unit_remedy(column: &CohortVariable) -> Option<String> {
    let variable = &column.variable;
    let unit = variable.likely_unit.as_ref().or(variable.unit.as_ref())?;
    let is_open = variable.reading.bare != BareReading::Values && column.evidence.has_bare_numbers();
    let option = quoted(&format!("{}={unit}", at_any_visit(&variable.header)));
    is_open.then(|| format!("if the numbers without a unit are {unit}: --unit {option}; else "))
}

/// Times known only to lie beyond a bound, of the cases that are kept.
fn censored(cohort: &Cohort, variable: usize) -> u64 {
    match cohort.variables.get(variable).map(|column| &column.counts) {
        Some(Counts::Number(counts)) => counts.distribution().n_censored(),
        Some(Counts::Levels(_) | Counts::Set(_) | Counts::Dates(_) | Counts::Text(_) | Counts::Lines(_)) | None => 0,
    }
}

/// Adds a finding a case; the first of them are named.
fn add(
    findings: &mut Findings,
    (cases, name): (&NamedCases, fn(String) -> CaseName),
    (id, message): (FindingId, &str),
    column: Option<&str>,
    remedy: &str,
) {
    let mut last = None;
    for (row, case) in &cases.first {
        let location = SourceLocation { case: Some(name(case.clone())), row: *row, ..SourceLocation::default() };
        let finding = Finding::new(id, message).at(location).remedy(remedy);
        let finding = column.into_iter().fold(finding, |finding, column| finding.column(column));
        findings.add(finding.clone());
        last = Some(finding);
    }
    if let Some(last) = last {
        findings.count_cells(&last, cases.cases.saturating_sub(cases.first.len() as u64));
    }
}

/// How to go on without some cases, where all of them are known by their id.
fn leave_out(cohort: &Cohort, cases: &[&NamedCases]) -> String {
    let complete = "complete the records";
    let id = cohort.id.and_then(|id| cohort.columns.names().get(id));
    let Some(id) = id.filter(|_| cases.iter().all(|cases| cases.is_complete())) else {
        return format!("{complete}, or leave these cases out with --where");
    };
    let ids: BTreeSet<String> = cases.iter().flat_map(|cases| cases.ids()).map(text_as_written).collect();
    let ids: Vec<String> = ids.into_iter().collect();
    let filter = format!("NOT {} IN ({})", name_as_written(id), ids.join(", "));
    format!("{complete}, or say that these cases are left out: --where {}", quoted(&filter))
}

/// The times of the cases with the event, and of those without it.
fn times(judged: &[CohortCondition], variable: usize) -> EventTimes {
    let of = |at: usize| match judged.get(at).and_then(|judged| judged.columns.get(variable)) {
        Some(Some((Counts::Number(counts), _))) => counts.clone(),
        _ => NumberCounts::default(),
    };
    EventTimes { events: of(0), last_visits: of(1) }
}
