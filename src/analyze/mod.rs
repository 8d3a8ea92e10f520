//! From counts to statistics: one row each, unrounded, with the convention it depends on.
//!
//! This folder applies the formulas of `stats` to the counts of `tally`. It formats nothing: a
//! number becomes text in `tables`.

mod against;
pub mod association;
pub mod cells;
mod change;
pub mod compare;
mod contrast;
pub mod convention;
pub mod conventions;
pub mod deidentify;
mod denominator;
pub mod disclosure;
pub mod group;
pub mod like;
mod look_alike;
pub mod method;
pub mod natural;
mod on_request;
mod options;
pub mod order;
mod part;
mod parts;
pub mod percentile;
mod quantile;
pub mod reason;
mod renamed;
mod response;
pub mod results;
mod rows;
mod scores;
pub mod selector;
pub mod statistic;
mod summary;
pub mod survival;
pub mod tabulate;
mod test;

use crate::diagnostic::{Finding, FindingId, Findings, quoted};
use crate::error::Error;
use crate::schema::Role;
use crate::schema::counted_responses;
use crate::tally::counts::LineCounts;
use crate::tally::counts::RangeCounts;
use crate::tally::counts::TextCounts;
use crate::tally::{Cohort, CohortVariable, Counts};
use part::{PartCounts, PartStatistics};
use results::{Context, KeyNames, ResultRow, ResultTable, Results, TableNames, Value};
use statistic::Statistic;
use std::collections::BTreeMap;
use std::convert::Infallible;

pub use contrast::Contrast;
pub use denominator::Denominator;
pub use options::{Comparisons, LevelOrder, Options, Percent, ShareAgainst};
pub use parts::{ComputedParts, ResultParts};
pub use results::level_key;
pub use scores::Scores;
pub use test::{Test, TestStatistics, TestSubject};

/// All statistics of a cohort, followed by those of its groups, and the findings about them.
pub fn summarize(cohort: &Cohort, options: &Options) -> (Results, Findings) {
    let names = KeyNames::of(cohort.variables.iter().map(|column| &column.variable));
    let mut results = Results::named(names, table_names(cohort));
    let Ok(()) = each_part(&mut results, cohort, options, |_, _| Ok::<_, Infallible>(()));
    (results, findings(cohort, options))
}

/// The statistics of all cases together, without those of groups.
pub fn of_all_cases(cohort: &Cohort, options: &Options) -> Results {
    let names = KeyNames::of(cohort.variables.iter().map(|column| &column.variable));
    let mut results = Results::named(names, table_names(cohort));
    // The first part is all cases.
    let _ = each_part(&mut results, cohort, options, |_, until| match until {
        Until::Part => Err(()),
        Until::Variable => Ok(()),
    });
    results
}

/// The names of the columns, which no table takes.
///
/// A column of levels may be named as the rates of the best responses are: it has no statistic of such a key.
fn table_names(cohort: &Cohort) -> TableNames {
    let best = ResultTable::Best.usual_name();
    let is_taken =
        |column: &&CohortVariable| column.variable.name != best || !matches!(column.counts, Counts::Levels(_));
    TableNames::beside(cohort.variables.iter().filter(is_taken).map(|column| column.variable.name.clone()))
}

/// How far the statistics are appended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Until {
    /// The end of a variable.
    Variable,
    /// The end of a part.
    Part,
}

/// Appends the statistics of all cases, of each group and each condition, and the comparisons; after each of these
/// parts, and after each of their variables, `done` may take them out.
///
/// Errors: those of `done`.
fn each_part<E>(
    results: &mut Results,
    cohort: &Cohort,
    options: &Options,
    mut done: impl FnMut(&mut Results, Until) -> Result<(), E>,
) -> Result<(), E> {
    let source = ResponseSource::of(cohort);
    let mut all = PartStatistics::all(results, options);
    all.push(cases(cohort.cases));
    for (number, column) in shown(cohort, options) {
        let counts = (&column.counts, &column.ranges);
        one(&mut all, (number, column), counts, source);
        done(all.results(), Until::Variable)?;
    }
    survival::survival(&mut all, cohort, None);
    association::associations(&mut all, cohort, None);
    cells::cells(&mut all, cohort, options);
    done(results, Until::Part)?;
    each_group(results, cohort, options, |number| !cohort.is_constant_in_groups(number), &mut done)?;
    for condition in &cohort.conditions {
        let Some(judged) = &condition.judged else { continue };
        let mut part = PartStatistics::condition(results, options, &condition.text);
        part.push(cases(judged.holds.cases));
        for (number, column) in shown(cohort, options) {
            if let Some(Some((counts, ranges))) = condition.columns.get(number) {
                one(&mut part, (number, column), (counts, ranges), source);
                done(part.results(), Until::Variable)?;
            }
        }
        if let Some(times) = &condition.times {
            survival::survival(&mut part, cohort, Some(times));
        }
        association::associations(&mut part, cohort, Some(&condition.pairs));
        done(results, Until::Part)?;
    }
    compare::compare(results, cohort, options);
    done(results, Until::Part)
}

/// Appends the statistics of some variables in each group.
fn each_group<E>(
    results: &mut Results,
    cohort: &Cohort,
    options: &Options,
    is_wanted: impl Fn(usize) -> bool,
    mut done: impl FnMut(&mut Results, Until) -> Result<(), E>,
) -> Result<(), E> {
    let (source, by) = (ResponseSource::of(cohort), group::by(cohort));
    for (group, counted) in group::ordered(cohort, options) {
        let mut part = PartStatistics::group(results, options, &by, group);
        part.push(cases(counted.cases));
        for (number, column) in shown(cohort, options).filter(|(number, _)| is_wanted(*number)) {
            if let Some((counts, ranges)) = counted.columns.get(number) {
                one(&mut part, (number, column), (counts, ranges), source);
                done(part.results(), Until::Variable)?;
            }
        }
        survival::survival(&mut part, cohort, Some(&counted.times));
        association::associations(&mut part, cohort, Some(&counted.pairs));
        done(results, Until::Part)?;
    }
    Ok(())
}

/// The counts of the variables that form the groups. No table prints them, but a reader knows them: all cases of a
/// group have its level.
fn told_by_groups(cohort: &Cohort, options: &Options) -> Results {
    let mut told = Results::beside(table_names(cohort));
    let is_told = |number| cohort.is_constant_in_groups(number);
    let Ok(()) = each_group(&mut told, cohort, options, is_told, |_, _| Ok::<_, Infallible>(()));
    told
}

/// The variables with statistics: those that are asked for, without the one that names the case.
fn shown<'c>(cohort: &'c Cohort, options: &Options) -> impl Iterator<Item = (usize, &'c CohortVariable)> {
    let is_shown = |column: &CohortVariable| !column.is_id && column.is_counted && options.shows(&column.variable);
    cohort.variables.iter().enumerate().filter(move |(_, column)| is_shown(column))
}

fn cases(n: u64) -> ResultRow {
    ResultRow {
        key: "cases".to_owned(),
        context: Context::TotalN,
        group: None,
        table: ResultTable::Cases,
        variable: None,
        level: None,
        statistic: Statistic::N,
        value: Value::Count(n),
        unit: None,
        method: None,
        rate: None,
        conf_level: None,
        contrast: None,
        decimals: 0,
    }
}

/// The findings about a cohort: those of reading it, and those that its counts show.
pub fn findings(cohort: &Cohort, options: &Options) -> Findings {
    let lines = treatment(cohort);
    let mut findings = cohort.findings.clone();
    for (number, variable) in shown(cohort, options) {
        remarks(variable, Some(number) == lines).into_iter().for_each(|finding| findings.add(finding));
        not_listed(variable, options.most_levels).into_iter().for_each(|finding| findings.add(finding));
    }
    renamed::renamed(cohort, options).into_iter().for_each(|finding| findings.add(finding));
    let are_all_counted = cohort.variables.iter().all(|column| column.is_counted);
    if are_all_counted && !has_answers(cohort) {
        let others = shown(cohort, options).filter_map(|(_, column)| response::may_be_responses(column));
        others.for_each(|finding| findings.add(finding));
    }
    response::not_counted(cohort, lines).into_iter().for_each(|finding| findings.add(finding));
    if let Some(column) = lines.and_then(|number| cohort.variables.get(number)) {
        response::settle_findings(&mut findings, column, cohort);
    }
    let alone = response_column(cohort).and_then(|number| cohort.variables.get(number));
    if let Some(column) = alone.filter(|column| options.shows(&column.variable)) {
        response::column_findings(column).into_iter().for_each(|(finding, cases)| findings.add_many(finding, cases));
    }
    findings
}

/// True where the response of some case is recorded, in a line or in a column of responses.
fn has_answers(cohort: &Cohort) -> bool {
    let is_answered = |column: &CohortVariable| match &column.counts {
        Counts::Lines(counts) => counts.has_answers(),
        Counts::Number(_) | Counts::Levels(_) | Counts::Set(_) | Counts::Dates(_) | Counts::Text(_) => false,
    };
    let lines = treatment(cohort).and_then(|number| cohort.variables.get(number));
    lines.is_some_and(is_answered) || response_column(cohort).is_some()
}

/// Which column the responses are counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ResponseSource {
    /// The treatment lines of this variable, with those of a column beside them.
    Lines(usize),
    /// This variable alone: no column holds treatment lines.
    Column(usize),
}

impl ResponseSource {
    fn of(cohort: &Cohort) -> Option<ResponseSource> {
        treatment(cohort).map(ResponseSource::Lines).or_else(|| response_column(cohort).map(ResponseSource::Column))
    }
}

/// The variable of the responses of each case, where no column holds treatment lines.
pub fn response_column(cohort: &Cohort) -> Option<usize> {
    if treatment(cohort).is_some() {
        return None;
    }
    let counted = counted_responses(cohort.variables.iter().map(|column| &column.variable))?;
    let column = cohort.variables.get(counted)?;
    (matches!(column.counts, Counts::Levels(_)) && !column.is_id).then_some(counted)
}

/// The variable whose lines the response tables are made of: the first with the role, else the first of the kind.
pub fn treatment(cohort: &Cohort) -> Option<usize> {
    let is_lines = |v: &CohortVariable| matches!(v.counts, Counts::Lines(_));
    let by_role = cohort.variables.iter().position(|v| is_lines(v) && v.variable.role == Role::Treatment);
    by_role.or_else(|| cohort.variables.iter().position(is_lines))
}

/// The statistics of one variable in a part of the cases.
fn one(
    part: &mut PartStatistics<'_>,
    (number, column): (usize, &CohortVariable),
    of: (&Counts, &Option<RangeCounts>),
    source: Option<ResponseSource>,
) {
    let variable = &column.variable;
    let is_treatment = source == Some(ResponseSource::Lines(number));
    match (of.0, &column.counts) {
        (Counts::Number(counts), Counts::Number(all)) => {
            let ranges = PartCounts { counts: of.1, all: &column.ranges };
            summary::number(part, variable, PartCounts { counts, all }, ranges);
        }
        (Counts::Levels(counts), Counts::Levels(all)) => {
            tabulate::levels(part, column, PartCounts { counts, all });
            if source == Some(ResponseSource::Column(number)) {
                response::response_column(part, PartCounts { counts, all });
            }
        }
        (Counts::Set(counts), Counts::Set(all)) => tabulate::items(part, variable, PartCounts { counts, all }),
        (Counts::Dates(counts), Counts::Dates(all)) => summary::dates(part, variable, PartCounts { counts, all }),
        (Counts::Text(counts), Counts::Text(all)) => tabulate::texts(part, variable, PartCounts { counts, all }),
        (Counts::Lines(counts), Counts::Lines(all)) if is_treatment => {
            response::response(part, variable, PartCounts { counts: &**counts, all: &**all });
        }
        // A second column of lines is only counted: its response rows would have the same keys.
        (Counts::Lines(counts), Counts::Lines(all)) => {
            let (counts, all) = (&as_texts(counts), &as_texts(all));
            tabulate::texts(part, variable, PartCounts { counts, all });
        }
        // The counts of a part always have the kind of the column.
        _ => {}
    }
}

fn as_texts(lines: &LineCounts) -> TextCounts {
    TextCounts { present: lines.known() + lines.unreadable, missing: lines.missing.clone() }
}

fn remarks(column: &CohortVariable, is_treatment: bool) -> Vec<Finding> {
    let variable = &column.variable;
    match &column.counts {
        Counts::Levels(counts) if counts.beyond == 0 => {
            let mut findings = look_alike::look_alikes(column, &counts.levels);
            findings.extend(look_alike::lists_in_levels(column, &counts.levels));
            findings.extend(response::mapping(column));
            findings
        }
        Counts::Set(counts) if counts.beyond == 0 => look_alike::look_alikes(column, &counts.items),
        Counts::Levels(_) | Counts::Set(_) => {
            let message = "more than 100,000 different levels: the column is counted, not tabulated";
            let header = quoted(&variable.header);
            let remedy = format!("if it names the case: --id {header}; if it is free text: --kind {header}=text");
            vec![Finding::new(FindingId::TooManyLevels, message).column(&variable.header).remedy(remedy)]
        }
        Counts::Lines(counts) if is_treatment => of_lines(column, counts),
        _ => Vec::new(),
    }
}

/// The note about a variable of which not all levels have results.
fn not_listed(column: &CohortVariable, most: usize) -> Option<Finding> {
    let levels = levels_met(column);
    let message = format!("of {levels} different levels, the {most} most frequent have results");
    let remedy = format!("for results of all: --most-levels {levels}");
    let finding = Finding::new(FindingId::LevelsNotListed, message).column(&column.variable.header);
    (levels > most).then(|| finding.remedy(remedy))
}

/// The number of different levels or items of a column; 0 where they were too many to be named.
fn levels_met(column: &CohortVariable) -> usize {
    match &column.counts {
        Counts::Levels(counts) if counts.beyond == 0 => counts.levels.len(),
        Counts::Set(counts) if counts.beyond == 0 => counts.items.len(),
        Counts::Levels(_) | Counts::Set(_) | Counts::Number(_) => 0,
        Counts::Dates(_) | Counts::Text(_) | Counts::Lines(_) => 0,
    }
}

/// Most levels that have a share in each group, over all groups and variables: a gigabyte of results.
const MOST_SHARES_OF_GROUPS: usize = 1_000_000;
/// Variables that a remedy names.
const FEW_ROWS: usize = 3;

/// Refuses groups and levels whose shares are more than any program reads.
///
/// Errors: more than a million shares of levels in groups.
pub fn ensure_few_shares(cohort: &Cohort, options: &Options) -> Result<(), Error> {
    let groups = cohort.grouping.as_ref().map_or(0, |grouping| grouping.groups.len());
    let shares = |column: &CohortVariable| groups.saturating_mul(levels_met(column).min(options.most_levels));
    let all = shown(cohort, options).map(|(_, column)| shares(column)).fold(0, usize::saturating_add);
    if all <= MOST_SHARES_OF_GROUPS {
        return Ok(());
    }
    let message = format!("{groups} groups have {all} shares of levels, more than {MOST_SHARES_OF_GROUPS}");
    let few = shown(cohort, options).filter(|(_, column)| shares(column) <= MOST_SHARES_OF_GROUPS / FEW_ROWS);
    let names: Vec<&str> = few.take(FEW_ROWS).map(|(_, column)| column.variable.header.as_str()).collect();
    Err(Error::usage_with(message, format!("name the rows that are wanted: --vars {}", quoted(&names.join(",")))))
}

fn of_lines(column: &CohortVariable, counts: &LineCounts) -> Vec<Finding> {
    let variable = &column.variable;
    let agents: BTreeMap<String, u64> =
        counts.by_agent.iter().map(|(agent, outcomes)| (agent.clone(), outcomes.treated())).collect();
    let mut findings = look_alike::look_alikes(column, &agents);
    if counts.attributed + counts.unattributed > 0 {
        let of_several = match counts.unattributed {
            0 => String::new(),
            cases => format!(
                "; in {cases} with several, the records do not tell to which line it belongs: the rates by line and agent are bounds"
            ),
        };
        let message = format!(
            "responses are in a separate column: read as the best response of each case; attributed to the agents of \
             the cases with one line ({}){of_several}",
            counts.attributed
        );
        let remedy = "write the response after each line: colchicine: none; surgery: improved";
        findings.push(Finding::new(FindingId::ResponseAttribution, message).column(&variable.header).remedy(remedy));
    }
    findings
}
