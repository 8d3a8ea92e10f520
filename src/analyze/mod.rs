//! From counts to statistics: one row each, unrounded, every convention named.
//!
//! This folder knows the tallies, the formulas of `stats`, and everything to the left of them;
//! it knows no text but keys. A number becomes text in `tables`.

pub mod conventions;
mod look_alike;
pub mod order;
mod response;
pub mod results;
mod rows;
pub mod statistic;
mod summary;
pub mod tabulate;

use crate::diagnostic::{Finding, Findings, Severity, quoted};
use crate::schema::response::Response;
use crate::schema::{Role, Variable};
use crate::stats::proportion::IntervalMethod;
use crate::stats::quantile::QuantileType;
use crate::tally::lines::LineCounts;
use crate::tally::{Cohort, CohortVariable, Counts};
use results::{Context, Results, Statistic, Value};
use std::collections::BTreeMap;

/// The conventions a user can choose.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Type of the quantiles.
    pub quantile: QuantileType,
    /// Interval of a proportion.
    pub interval: IntervalMethod,
    /// Its confidence level.
    pub conf_level: f64,
}

impl Default for Options {
    fn default() -> Options {
        Options { quantile: QuantileType::default(), interval: IntervalMethod::default(), conf_level: 0.95 }
    }
}

/// All statistics of a cohort, and what must be said of them.
pub fn summarize(cohort: &Cohort, options: &Options) -> (Results, Findings) {
    let mut results = Results::default();
    let mut findings = cohort.findings.clone();
    results.push(Statistic {
        key: "cases".to_owned(),
        context: Context::TotalN,
        group: None,
        variable: None,
        level: None,
        name: "N",
        value: Value::Count(cohort.cases),
        unit: None,
        method: None,
        rate: None,
        conf_level: None,
        decimals: 0,
    });
    let lines = treatment(cohort);
    for (number, variable) in cohort.variables.iter().enumerate() {
        if !variable.is_id {
            one(&mut results, options, variable, Some(number) == lines);
            remarks(variable, Some(number) == lines).into_iter().for_each(|finding| findings.add(finding));
        }
    }
    let counted = lines.and_then(|number| cohort.variables.get(number)).map(|column| &column.counts);
    // Where every line says its own response, the column beside them decides nothing.
    if let Some(Counts::Lines(counts)) = counted
        && counts.best.get(&Response::NotReported).is_some_and(|cases| *cases > 0)
    {
        unknown_responses(cohort).into_iter().for_each(|finding| findings.add(finding));
    }
    (results, findings)
}

/// Words of a response column beside the treatments that are no response: counted as not reported.
fn unknown_responses(cohort: &Cohort) -> Vec<Finding> {
    let column = cohort.variables.iter().find(|v| v.variable.role == Role::Response);
    let Some(CohortVariable { variable, counts: Counts::Levels(counts), .. }) = column else { return Vec::new() };
    let unknown = counts.levels.iter().filter(|(word, _)| Response::parse(word).is_none());
    let finding = |(word, cells): (&String, &u64)| {
        let message = format!("'{word}' ({cells}) is no response; it is counted as not reported");
        let finding = Finding::new("response-unknown-word", Severity::Warning, message).column(&variable.header);
        finding.value(word.as_str()).remedy(format!("one of {}", Response::words()))
    };
    unknown.map(finding).collect()
}

/// The variable whose lines the response tables are made of: the first with the role, else the first of the kind.
pub fn treatment(cohort: &Cohort) -> Option<usize> {
    let is_lines = |v: &CohortVariable| matches!(v.counts, Counts::Lines(_));
    let by_role = cohort.variables.iter().position(|v| is_lines(v) && v.variable.role == Role::Treatment);
    by_role.or_else(|| cohort.variables.iter().position(is_lines))
}

fn one(results: &mut Results, options: &Options, column: &CohortVariable, is_treatment: bool) {
    let variable = &column.variable;
    match &column.counts {
        Counts::Number(counts) => summary::number(results, options, variable, counts, column.ranges.as_ref()),
        Counts::Levels(counts) => tabulate::levels(results, options, variable, counts),
        Counts::Set(counts) => tabulate::items(results, options, variable, counts),
        Counts::Dates(counts) => summary::dates(results, options, variable, counts),
        Counts::Text(counts) => tabulate::texts(results, options, variable, counts),
        Counts::Lines(counts) if is_treatment => response::response(results, options, variable, counts),
        // A second column of lines is counted, not tabulated: its response rows would have the same keys.
        Counts::Lines(counts) => {
            let texts = crate::tally::level::TextCounts {
                present: counts.known() + counts.unreadable,
                missing: counts.missing.clone(),
            };
            tabulate::texts(results, options, variable, &texts);
        }
    }
}

fn remarks(column: &CohortVariable, is_treatment: bool) -> Vec<Finding> {
    let variable = &column.variable;
    match &column.counts {
        Counts::Levels(counts) if counts.beyond == 0 => {
            let mut findings = look_alike::look_alikes(variable, &counts.levels);
            findings.extend(look_alike::comma_lists(variable, &counts.levels));
            findings
        }
        Counts::Set(counts) if counts.beyond == 0 => look_alike::look_alikes(variable, &counts.items),
        Counts::Levels(_) | Counts::Set(_) => {
            let message = "more than 100,000 different levels: the column is counted, not tabulated";
            let header = quoted(&variable.header);
            let remedy = format!("if it names the case: --id {header}; if it is free text: --kind {header}=text");
            vec![Finding::new("too-many-levels", Severity::Warning, message).column(&variable.header).remedy(remedy)]
        }
        Counts::Lines(counts) if is_treatment => of_lines(variable, counts),
        _ => Vec::new(),
    }
}

fn of_lines(variable: &Variable, counts: &LineCounts) -> Vec<Finding> {
    let agents: BTreeMap<String, u64> =
        counts.by_agent.iter().map(|(agent, outcomes)| (agent.clone(), outcomes.treated())).collect();
    let mut findings = look_alike::look_alikes(variable, &agents);
    let without: Vec<&str> =
        agents.keys().filter(|agent| !variable.classes.contains_key(*agent)).map(String::as_str).collect();
    if !without.is_empty() && !agents.is_empty() {
        let message = if variable.classes.is_empty() {
            "no classes of agents are known: the table by class is left out".to_owned()
        } else {
            format!("no class is known for {}: left out of the table by class", without.join(", "))
        };
        let remedy = "name them in \"calcSeries\" of the field in the schema: \"classes\": {\"CLASS\": [\"AGENT\"]}";
        findings.push(Finding::new("classes-missing", Severity::Note, message).column(&variable.header).remedy(remedy));
    }
    if counts.attributed + counts.unattributed > 0 {
        let message = format!(
            "responses stand in a column of their own: read as the best response of the case; given to the agents of {} cases with one line, to no agent of {} cases with several",
            counts.attributed, counts.unattributed
        );
        let remedy = "write the response behind each line: colchicine: none; surgery: improved";
        findings.push(
            Finding::new("response-attribution", Severity::Note, message).column(&variable.header).remedy(remedy),
        );
    }
    findings
}
