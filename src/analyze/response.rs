//! Response to treatment: by agent, by class, by line number, and the best of each case.

use super::Options;
use super::order::natural;
use super::results::{Context, Rate, Results};
use super::rows::Rows;
use super::summary::{missing_rows, moments_and_quantiles};
use super::tabulate::{most_frequent, per_case};
use crate::schema::Variable;
use crate::schema::response::Response;
use crate::tally::lines::{LineCounts, Outcomes, flag};

/// The statistics of the treatment column.
pub fn response(results: &mut Results, options: &Options, variable: &Variable, counts: &LineCounts) {
    lines_a_case(results, options, variable, counts);
    let named = |all: &std::collections::BTreeMap<String, Outcomes>| {
        let mut named: Vec<(String, Outcomes)> =
            all.iter().map(|(name, outcomes)| (name.clone(), outcomes.clone())).collect();
        named.sort_by(|a, b| b.1.treated().cmp(&a.1.treated()).then_with(|| natural(&a.0, &b.0)));
        named
    };
    table(results, options, "response_by_agent", named(&counts.by_agent), true);
    table(results, options, "response_by_class", named(&counts.by_class), true);
    let by_line = counts.by_line.iter().map(|(line, outcomes)| (line.to_string(), outcomes.clone()));
    table(results, options, "response_by_line", by_line.collect(), false);
    best(results, options, counts);
    let sequences = counts.sequences.iter().map(|(lines, n)| (lines.join(" > "), *n)).collect();
    let name = format!("{}_sequence", variable.name);
    most_frequent(results, options, &name, sequences, counts.treated(), counts.sequences_beyond > 0, Context::Tabulate);
}

fn lines_a_case(results: &mut Results, options: &Options, variable: &Variable, counts: &LineCounts) {
    let mut rows = Rows::new(results, options, &variable.name);
    let sizes = per_case(&counts.sizes);
    let lines: u64 = sizes.points.iter().map(|(lines, cases)| u64::try_from(*lines).unwrap_or(0) * cases).sum();
    let untreated = counts.sizes.get(&0).copied().unwrap_or(0);
    rows.count(Context::Response, "n_treated", counts.treated());
    rows.count(Context::Response, "n_untreated", untreated);
    rows.count(Context::Response, "n_lines", lines);
    rows.count(Context::Response, "n_relapsed", counts.relapsed);
    moments_and_quantiles(&mut rows, Context::Response, options, &sizes);
    let missing: u64 = counts.missing.values().sum();
    rows.count(Context::Missing, "N_obs", counts.known() + counts.unreadable + missing);
    rows.count(Context::Missing, "N_unreadable", counts.unreadable);
    missing_rows(&mut rows, &counts.missing);
}

fn table(results: &mut Results, options: &Options, name: &str, all: Vec<(String, Outcomes)>, combinations: bool) {
    let mut rows = Rows::new(results, options, name);
    for (level, outcomes) in all {
        outcome_rows(&mut rows, Some(&level), &outcomes);
        if combinations {
            let only = outcomes.treated() - outcomes.patients(flag::ALONE, 0);
            rows.level_count(Context::Response, Some(&level), "n_combination", only);
            let responders = outcomes.patients(flag::RESPONDER, flag::ALONE_RESPONDER);
            rows.level_count(Context::Response, Some(&level), "n_responders_combination", responders);
        }
    }
}

/// Counts and rates of the cases in question.
fn outcome_rows(rows: &mut Rows<'_>, level: Option<&str>, outcomes: &Outcomes) {
    let treated = outcomes.treated();
    let evaluable = outcomes.patients(flag::EVALUABLE, 0);
    let responders = outcomes.patients(flag::RESPONDER, 0);
    let confirmed = outcomes.patients(flag::CONFIRMED, 0);
    let complete = outcomes.patients(flag::COMPLETE, 0);
    for (name, n) in [
        ("n_treated", treated),
        ("n_evaluable", evaluable),
        ("n_responders", responders),
        ("n_confirmed", confirmed),
        ("n_complete", complete),
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

fn best(results: &mut Results, options: &Options, counts: &LineCounts) {
    outcome_rows(&mut Rows::new(results, options, "best_response"), None, &counts.patients);
    let mut rows = Rows::new(results, options, "best_response_category");
    for response in Response::ALL {
        if let Some(n) = counts.best.get(&response) {
            rows.proportion(Context::Tabulate, Some(response.word()), *n, counts.treated(), None);
        }
    }
}
