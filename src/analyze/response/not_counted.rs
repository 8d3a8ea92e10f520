//! Columns of responses and of treatments beside those that are counted.

use crate::diagnostic::{Finding, FindingId, quoted};
use crate::schema::header::{names_the_best_response, numbers_a_treatment};
use crate::schema::{Kind, Role, Variable, counted_responses};
use crate::tally::{Cohort, Counts};

/// The warnings about columns of responses and of treatment lines of which only one is counted; `lines` is the place of the
/// column of the lines that are.
pub fn not_counted(cohort: &Cohort, lines: Option<usize>) -> Vec<Finding> {
    [responses(cohort), lines.and_then(|lines| treatments(cohort, lines))].into_iter().flatten().collect()
}

/// Several columns of responses, none of which is the best one.
fn responses(cohort: &Cohort) -> Option<Finding> {
    let all = || cohort.variables.iter().map(|column| &column.variable);
    let counted = all().nth(counted_responses(all())?)?;
    let is_of_words = |variable: &&Variable| {
        variable.role == Role::Response
            && matches!(variable.kind, Kind::Category | Kind::Binary)
            && !variable.is_withheld()
    };
    let others: Vec<&Variable> =
        all().filter(is_of_words).filter(|variable| variable.header != counted.header).collect();
    let is_best = !counted.made_of.is_empty() || names_the_best_response(&counted.name);
    let message = format!("responses stand in several columns, and only those of {} are counted", counted.header);
    let remedy = "write the input to a file, of which the best response is counted";
    let are_open = !is_best && is_of_words(&counted) && !others.is_empty();
    are_open.then(|| finding(FindingId::FirstOfResponses, message, remedy, (counted, &others)))
}

/// Several columns of treatment lines, as one for each visit.
fn treatments(cohort: &Cohort, lines: usize) -> Option<Finding> {
    let counted = cohort.variables.get(lines).map(|column| &column.variable)?;
    let is_of_lines = |variable: &&Variable| {
        variable.role == Role::Treatment && variable.header != counted.header && !numbers_a_treatment(&variable.header)
    };
    let of_lines = cohort.variables.iter().filter(|column| matches!(column.counts, Counts::Lines(_)));
    let others: Vec<&Variable> = of_lines.map(|column| &column.variable).filter(is_of_lines).collect();
    let message = format!("treatments stand in several columns, and only {} makes treatment lines", counted.header);
    let remedy = "write the treatments of a case into one cell, in their order, each with its response: methotrexate: partial; ivig: complete";
    (!others.is_empty()).then(|| finding(FindingId::FirstOfTreatments, message, remedy, (counted, &others)))
}

fn finding(id: FindingId, message: String, remedy: &str, (counted, others): (&Variable, &[&Variable])) -> Finding {
    let names: Vec<&str> = others.iter().map(|variable| variable.header.as_str()).collect();
    let options = names.iter().map(|name| format!("--role {}", quoted(&format!("{name}=other"))));
    let remedy = format!("{remedy}; to count {} alone: {}", counted.header, options.collect::<Vec<_>>().join(" "));
    Finding::new(id, format!("{message}, not {}", names.join(", "))).column(&counted.header).remedy(remedy)
}
