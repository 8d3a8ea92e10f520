//! Response to treatment: by agent, by class, by line number, and the best of each case.

use super::order::natural;
use super::part::{Part, PartCounts};
use super::results::{Context, Rate};
use super::rows::Rows;
use super::statistic::Statistic;
use super::summary::{missing_rows, moments_and_quantiles};
use super::tabulate::{FrequencyList, most_frequent, per_case};
use crate::schema::Variable;
use crate::schema::response::Response;
use crate::tally::counts::{LineCounts, Outcomes, flag};
use std::collections::BTreeMap;

/// The statistics of the treatment column.
pub fn response(part: &mut Part<'_>, variable: &Variable, of: PartCounts<'_, LineCounts>) {
    let counts = of.counts;
    lines_a_case(part, variable, of);
    table(part, "response_by_agent", named(&counts.by_agent, &of.all.by_agent), true);
    table(part, "response_by_class", named(&counts.by_class, &of.all.by_class), true);
    let by_line =
        of.all.by_line.keys().map(|line| (line.to_string(), counts.by_line.get(line).cloned().unwrap_or_default()));
    table(part, "response_by_line", by_line.collect(), false);
    best(part, of);
    let frequent = FrequencyList {
        counts: &counts.sequences,
        all: &of.all.sequences,
        between: " > ",
        beyond: of.all.sequences_beyond > 0,
    };
    most_frequent(part, &format!("{}_sequence", variable.name), &frequent, counts.treated(), Context::Tabulate);
}

/// The outcomes of a part, in the order of all cases: the most treated first.
fn named(counts: &BTreeMap<String, Outcomes>, all: &BTreeMap<String, Outcomes>) -> Vec<(String, Outcomes)> {
    let mut order: Vec<(&String, u64)> = all.iter().map(|(name, outcomes)| (name, outcomes.treated())).collect();
    order.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| natural(a.0, b.0)));
    order.into_iter().map(|(name, _)| (name.clone(), counts.get(name).cloned().unwrap_or_default())).collect()
}

fn lines_a_case(part: &mut Part<'_>, variable: &Variable, of: PartCounts<'_, LineCounts>) {
    let counts = of.counts;
    let mut rows = Rows::new(part, &variable.name);
    let sizes = per_case(&counts.sizes);
    let lines: u64 = sizes.points().map(|(lines, cases)| u64::try_from(lines).unwrap_or(0) * cases).sum();
    let untreated = counts.sizes.get(&0).copied().unwrap_or(0);
    rows.count(Context::Response, Statistic::Treated, counts.treated());
    rows.count(Context::Response, Statistic::Untreated, untreated);
    rows.count(Context::Response, Statistic::Lines, lines);
    rows.count(Context::Response, Statistic::Relapsed, counts.relapsed);
    moments_and_quantiles(&mut rows, Context::Response, &sizes);
    let missing: u64 = counts.missing.values().sum();
    let observed = counts.known() + counts.unreadable + missing;
    rows.count(Context::Missing, Statistic::Observed, observed);
    rows.count(Context::Missing, Statistic::Unreadable, counts.unreadable);
    missing_rows(&mut rows, &counts.missing, &of.all.missing, observed);
}

fn table(part: &mut Part<'_>, name: &str, all: Vec<(String, Outcomes)>, combinations: bool) {
    let mut rows = Rows::new(part, name);
    for (level, outcomes) in all {
        outcome_rows(&mut rows, Some(&level), &outcomes);
        if combinations {
            let only = outcomes.treated() - outcomes.patients(flag::ALONE, 0);
            rows.level_count(Context::Response, Some(&level), Statistic::TreatedInCombination, only);
            let responders = outcomes.patients(flag::RESPONDER, flag::ALONE_RESPONDER);
            rows.level_count(Context::Response, Some(&level), Statistic::RespondersInCombination, responders);
        }
    }
}

/// Counts and rates of the cases in question.
fn outcome_rows(rows: &mut Rows<'_, '_>, level: Option<&str>, outcomes: &Outcomes) {
    let treated = outcomes.treated();
    let evaluable = outcomes.patients(flag::EVALUABLE, 0);
    let responders = outcomes.patients(flag::RESPONDER, 0);
    let confirmed = outcomes.patients(flag::CONFIRMED, 0);
    let complete = outcomes.patients(flag::COMPLETE, 0);
    for (name, n) in [
        (Statistic::Treated, treated),
        (Statistic::Evaluable, evaluable),
        (Statistic::Responders, responders),
        (Statistic::Confirmed, confirmed),
        (Statistic::Complete, complete),
    ] {
        rows.level_count(Context::Response, level, name, n);
    }
    for rate in Rate::ALL {
        let (n, total) = match rate {
            Rate::RespondersEvaluable => (responders, evaluable),
            Rate::RespondersTreated => (responders, treated),
            Rate::ConfirmedTreated => (confirmed, treated),
            Rate::CompleteTreated => (complete, treated),
        };
        rows.proportion(Context::Response, level, n, total, Some(rate));
    }
}

fn best(part: &mut Part<'_>, of: PartCounts<'_, LineCounts>) {
    outcome_rows(&mut Rows::new(part, "best_response"), None, &of.counts.patients);
    let mut rows = Rows::new(part, "best_response_category");
    for response in Response::ALL.into_iter().filter(|response| of.all.best.contains_key(response)) {
        let n = of.counts.best.get(&response).copied().unwrap_or(0);
        rows.proportion(Context::Tabulate, Some(response.word()), n, of.counts.treated(), None);
    }
}
