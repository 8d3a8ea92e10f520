//! Findings about single cells.

use crate::cohort::Unreadable;
use crate::cohort::cell::{CellState, Items, Stated};
use crate::cohort::one_hot::Partly;
use crate::cohort::row::CaseRow;
use crate::diagnostic::{Finding, FindingId, Findings, Severity, quoted};
use crate::schema::response::in_agent::UnclearAgent;
use crate::tally::lines::table::LineIssue;

/// Adds a finding at a record, for a number of cells.
pub fn report(findings: &mut Findings, finding: Finding, here: CaseRow<'_>, cells: u64) {
    let column = finding.location.column.clone().unwrap_or_default();
    findings.add_many(finding.at(here.location(&column)), cells);
}

/// The finding about a cell with this text that cannot be read.
pub fn of_unreadable(why: &Unreadable, header: &str, text: &str) -> Finding {
    Finding::new(why.id(), why.message()).column(header).remedy(why.remedy(header, text))
}

/// The finding about a number that was written with the digits of binary arithmetic; `None` for every other cell.
pub fn of_noise(text: &str, state: &CellState, header: &str) -> Option<Finding> {
    let CellState::Value(number) = state else { return None };
    let written =
        text.chars().skip_while(|c| !c.is_ascii_digit()).take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    let digits: String = written.filter(char::is_ascii_digit).collect();
    let significant = digits.trim_start_matches('0').len();
    let value = number.value.decimal().filter(|_| significant > 15)?;
    let is_cut = significant > value.mantissa().unsigned_abs().to_string().len();
    let remedy = "export the numbers rounded to the digits that were measured";
    let message = format!("read as {value}: the extra digits come from binary arithmetic");
    is_cut.then(|| Finding::new(FindingId::BinaryNoise, message).column(header).remedy(remedy))
}

/// The finding about a number beside which something is left aside; `None` for every other cell.
pub fn of_remark(state: &CellState, header: &str) -> Option<Finding> {
    let stated = match state {
        CellState::Value(number) => number.stated.as_ref(),
        CellState::Censored { stated, .. } => stated.as_ref(),
        CellState::StatedOnly(_) | CellState::Unreadable(_) | CellState::Missing(_) => None,
    };
    let Stated { word, .. } = stated.filter(|stated| stated.status.is_none())?;
    let remedy = format!("if it tells the status of the result, list '{word}' under \"stated\" in the schema");
    let message = format!("'{word}' beside the number is ignored");
    Some(Finding::new(FindingId::RemarkAside, message).column(header).remedy(remedy))
}

/// The finding about a case with some columns of a set not reported.
pub fn of_partly(partly: &Partly, header: &str, columns: usize) -> Finding {
    let silent = format!("not reported in {} of the {columns} columns of this set", partly.silent.len());
    let message = match partly.counted {
        true => format!("{silent}; the others are counted"),
        false => format!("{silent}, and none of the others is yes: the case counts as not reported"),
    };
    let remedy = "write 0 or no where the patient does not have the item";
    Finding::new(FindingId::SetPartlyReported, message).column(header).remedy(remedy)
}

/// The findings about a cell of a set.
pub fn of_items(items: &Items, header: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut add = |id, message: &str, remedy: &str| {
        found.push(Finding::new(id, message).column(header).remedy(remedy));
    };
    if items.mixed_delimiters {
        let remedy = "use the same delimiter in the whole column";
        add(
            FindingId::MixedDelimiters,
            "this cell contains both ; and |, but only one of them separates items",
            remedy,
        );
    }
    if items.repeated {
        add(
            FindingId::RepeatedItem,
            "an item is repeated in this cell; the patient is counted once",
            "remove the repetition",
        );
    }
    if items.denied_item {
        let remedy = "write only what the patient has, and none where it is nothing; if it is an item, name it under \"levels\" of the field in the schema";
        add(FindingId::DeniedItem, "items that the patient does not have are not counted", remedy);
    }
    if items.doubted_item {
        let remedy = "write the item without the mark where the patient has it, and leave it out where not; if it is an item, name it under \"levels\" of the field in the schema";
        add(FindingId::DoubtedItem, "an item in doubt is counted as one of its own, and not with the item", remedy);
    }
    if items.missing_item {
        let remedy = "leave the cell empty where the set is not known";
        add(FindingId::LookAlikeMissing, "a missing-value word among the items is ignored", remedy);
    }
    found
}

/// The finding about a treatment line.
pub fn of_line(issue: &LineIssue, header: &str) -> Finding {
    match issue {
        LineIssue::Fault(fault) => {
            let message = format!("this treatment line cannot be read: {}", fault.message());
            Finding::new(FindingId::LineUnreadable, message).column(header).remedy(fault.remedy())
        }
        LineIssue::UnknownResponse(word) => {
            let message = format!("'{word}' is not a known response; the rates stay open");
            let words = crate::schema::response::Response::words();
            Finding::new(FindingId::ResponseUnknownWord, message).column(header).remedy(format!("use one of {words}"))
        }
        // What these mean depends on the other responses of the column.
        LineIssue::Nr(word) => Finding::new(FindingId::ResponseNr, format!("'{word}' is read as 'not reported'"))
            .severity(Severity::Note)
            .column(header),
        LineIssue::Nc(word) => {
            Finding::new(FindingId::ResponseNc, format!("'{word}' is read as 'stable'")).column(header)
        }
        LineIssue::UnknownBeside(word) => {
            let message = format!("'{word}' is not a known response; the rates stay open");
            Finding::new(FindingId::ResponseBeside, message).column(header)
        }
        LineIssue::Unclear(why) => of_unclear(*why, header),
        // How many cases have one is known at the end.
        LineIssue::WithoutTreatment => {
            Finding::new(FindingId::ResponseWithoutTreatment, "a response, and no treatment").column(header)
        }
        LineIssue::NotGiven => {
            let message = "this was never given, so it is not counted as a treatment";
            let remedy = "leave it out, or write none for a patient without treatment; if it was given, write its name alone; \
                          if it is the name of an agent, put it in double quotes";
            Finding::new(FindingId::AgentNotGiven, message).column(header).remedy(remedy)
        }
        LineIssue::Dose => {
            let message = "an amount, a route or a frequency behind an agent is its dose, and makes no other agent";
            let keep = quoted(&format!("{header}=none"));
            let remedy = format!("if it is part of the name: --split {keep}");
            Finding::new(FindingId::DoseAside, message).column(header).remedy(remedy)
        }
        LineIssue::BareDose => {
            let message = "a number without a unit behind an agent is read as its dose, and makes no other agent";
            let keep = quoted(&format!("{header}=none"));
            let remedy = format!("write the dose with its unit; if the number is part of the name: --split {keep}");
            Finding::new(FindingId::DoseAside, message).severity(Severity::Warning).column(header).remedy(remedy)
        }
        LineIssue::Synonym(word, response) => {
            let message = format!("'{word}' is read as '{}'", response.word());
            Finding::new(FindingId::ResponseSynonym, message).column(header)
        }
    }
}

/// The finding about a text in the place of an agent that is perhaps none, or not only one.
fn of_unclear(why: UnclearAgent, header: &str) -> Finding {
    let (message, remedy) = match why {
        UnclearAgent::Response => (
            "a word for a response stands in the text of an agent: the text is counted as one agent",
            "write the response behind a colon, as in MTX: no response",
        ),
        UnclearAgent::NotGiven => (
            "this may say that nothing was given, or not for certain: it is counted as an agent",
            "write none for a patient without treatment, and leave out what was not given",
        ),
        UnclearAgent::Change => (
            "this may be a change from one agent to another: it is counted as one agent",
            "write a line for each agent, with ; between them",
        ),
        UnclearAgent::NoName => (
            "this names no agent: it is counted as one",
            "name what was given, or write none for a patient without treatment",
        ),
        UnclearAgent::BehindADose => (
            "the words behind the dose may name another agent: the whole text is counted as one agent",
            "write a line for each agent, with ; between them, and a remark to the dose in square brackets, as in MTX [15 mg, by mouth]",
        ),
        UnclearAgent::Beside => {
            let message = "what stands behind the ; may be the response, or another treatment: the rates stay open";
            let remedy = "write the response behind a colon, as in MTX: none; name another treatment in full";
            return Finding::new(FindingId::AgentUnclear, message).column(header).remedy(remedy);
        }
    };
    let message = format!("{message}; where no response is stated beside it, the rates stay open");
    let remedy = format!("{remedy}; if it is the name of an agent, put it in double quotes");
    Finding::new(FindingId::AgentUnclear, message).column(header).remedy(remedy)
}
