//! The footnotes of the responses: what is not known of them, deaths, and agents without a class.

use crate::analyze::results::{PartOf, ResultTable, Results, Value};
use crate::analyze::statistic::Statistic;
use crate::schema::Variable;
use crate::schema::response::Response;
use crate::tally::counts::LineCounts;
use crate::tally::{CohortVariable, Counts};

/// The footnotes of the treatment column, or of the column of responses where there is none.
pub fn notes(column: &CohortVariable, results: &Results) -> Vec<String> {
    let all = results.parts().next();
    let of_responses = [open(results), all.and_then(deaths)];
    let of_lines = match &column.counts {
        Counts::Lines(counts) => [unasked(counts), classes(&column.variable, counts)],
        _ => [None, None],
    };
    of_responses.into_iter().chain(of_lines).flatten().collect()
}

fn unasked(counts: &LineCounts) -> Option<String> {
    (!counts.has_answers()).then(|| {
        "No response is read in any case: nothing is known of the responses, and there are no rates.".to_owned()
    })
}

fn open(results: &Results) -> Option<String> {
    let is_open = |value: &Value| matches!(value, Value::NotEstimable(reason) if reason.is_open_response());
    results.iter().any(|row| is_open(&row.value)).then(|| {
        "NE (a to b): bounds, because some responses are not understood, or their treatment line is not stated: the \
         least and the greatest rate they leave possible."
            .to_owned()
    })
}

/// The rate without those who died, where a death is a response of its own.
fn deaths(all: PartOf<'_>) -> Option<String> {
    let count = |table, level, statistic| match all.get(&all.key(table, level, statistic, None))?.value {
        Value::Count(n) => Some(n),
        _ => None,
    };
    let died = count(ResultTable::BestCategory, Some(Response::Died.word()), Statistic::Cases);
    let died = died.filter(|died| *died > 0)?;
    let of_best = |statistic| count(ResultTable::Best, None, statistic);
    let (responders, evaluable) = (of_best(Statistic::Responders)?, of_best(Statistic::Evaluable)?);
    Some(format!(
        "Died, no response stated: {died}; counted as evaluable and no responder. Without deaths: \
         responders/evaluable {responders}/{}.",
        evaluable.saturating_sub(died)
    ))
}

fn classes(variable: &Variable, counts: &LineCounts) -> Option<String> {
    let without: Vec<&str> =
        counts.by_agent.keys().filter(|agent| !variable.classes.contains_key(*agent)).map(String::as_str).collect();
    match (without.is_empty(), variable.classes.is_empty()) {
        (true, _) => None,
        (false, true) => Some("No classes of agents are given: no table by class.".to_owned()),
        (false, false) => Some(format!("No class is given for {}: not in the table by class.", without.join(", "))),
    }
}
