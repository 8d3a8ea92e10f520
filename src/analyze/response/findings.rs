//! What is said of the words for responses, once all of the column is known.

use crate::diagnostic::{Finding, FindingId, Findings, Severity, quoted};
use crate::schema::counted_responses;
use crate::schema::lexical::{fold, yes_no};
use crate::schema::response::Response;
use crate::schema::response::understand::{ResponseContext, Understanding, tells_a_response, understand};
use crate::schema::{Kind, Role};
use crate::tally::counts::{LineCounts, flag};
use crate::tally::{Cohort, CohortVariable, Counts, opening_flags, responses_of};

/// Says of each code what it means in its column, and names the column of responses where the words stand there.
pub fn settle_findings(findings: &mut Findings, column: &CohortVariable, cohort: &Cohort) {
    let Counts::Lines(counts) = &column.counts else { return };
    let responses = counted_responses(cohort.variables.iter().map(|column| &column.variable));
    let responses = responses.and_then(|place| cohort.variables.get(place));
    let beside = responses.filter(|_| counts.attributed + counts.unattributed > 0);
    let header = beside.map_or(&column.variable.header, |responses| &responses.variable.header);
    say_without_treatment(findings, counts, header);
    for (id, settled) in
        [(FindingId::ResponseBeside, unknown as Settle), (FindingId::ResponseNr, nr), (FindingId::ResponseNc, nc)]
    {
        for group in findings.take(id) {
            let mut cells = group.total;
            for found in group.first {
                let Some(settled) = settled(&found, counts) else { continue };
                let words = |v: &CohortVariable| cells_with(v, found.value.as_deref().unwrap_or_default());
                // The cells of a line were counted with it, those of the column beside were not.
                let of_word = if cells > 0 { cells } else { beside.map_or(0, words).max(1) };
                cells = 0;
                findings.add_many(
                    Finding { location: found.location, value: found.value, ..settled }.column(header),
                    of_word,
                );
            }
        }
    }
}

/// Says once, at the first of them, that cases with a response and no treatment are in no rate of the treated.
fn say_without_treatment(findings: &mut Findings, counts: &LineCounts, header: &str) {
    let mut found = findings.take(FindingId::ResponseWithoutTreatment).into_iter().flat_map(|group| group.first);
    let Some(first) = found.next() else { return };
    let message =
        "a response, and no treatment: the case is in no rate of the treated, and its response in none by agent";
    let remedy = "write the treatment; if there was none, write none in its column";
    let finding = Finding::new(FindingId::ResponseWithoutTreatment, message).remedy(remedy);
    let finding = Finding { location: first.location, value: first.value, ..finding }.column(header);
    findings.add_many(finding, counts.without_treatment);
}

/// What is said of the words of a column of responses without a treatment column, each with its cases.
pub fn column_findings(column: &CohortVariable) -> Vec<(Finding, u64)> {
    let Counts::Levels(levels) = &column.counts else { return Vec::new() };
    let counts = responses_of(levels);
    let of_word = |(word, cases): (&String, &u64)| {
        let settled: Settle = match opening_flags(word) {
            0 => return None,
            flag::NR => nr,
            flag::NC => nc,
            _ => unknown,
        };
        let message = format!("'{word}' is not a known response; the rates stay open");
        let met = column.evidence.words().find(|(known, _)| known == word);
        let first = met.and_then(|(_, met)| met.location(column.variable.file_header()));
        let found = Finding::new(FindingId::ResponseBeside, message).value(word);
        let finding = settled(&found, &counts)?.value(word).column(&column.variable.header);
        Some((first.map(|location| finding.clone().at(location)).unwrap_or(finding), *cases))
    };
    levels.levels.iter().filter_map(of_word).collect()
}

/// Codes of RECIST 1.1, which need no word.
const CODES: [&str; 5] = ["cr", "ne", "pd", "pr", "sd"];

/// Yes and no in other languages.
const ANSWERS: [&str; 7] = ["ja", "nao", "nein", "non", "oui", "si", "sim"];

/// What the words of a column of responses are read as, where they are not the words of this program.
///
/// A yes may mean any degree, so that it is a warning.
pub fn mapping(column: &CohortVariable) -> Option<Finding> {
    let Counts::Levels(levels) = &column.counts else { return None };
    let variable = &column.variable;
    if variable.role != Role::Response || variable.is_deidentified || variable.kind != Kind::Category {
        return None;
    }
    let read = |word: &String| {
        if variable.declares(word) || CODES.contains(&fold(word).as_str()) {
            return None;
        }
        let Understanding::Understood(said) = understand(word, ResponseContext::ResponseColumn) else { return None };
        let response = said.response.filter(|response| !response.word().eq_ignore_ascii_case(word.trim()))?;
        Some(format!("'{word}' {response}"))
    };
    let all: Vec<String> = levels.levels.keys().filter_map(read).collect();
    let is_answer = |word: &String| yes_no(word).is_some() || ANSWERS.contains(&fold(word).as_str());
    let answers = || levels.levels.keys().any(is_answer);
    let message = format!("words are read as responses: {}", all.join(", "));
    let severity = if answers() { Severity::Warning } else { Severity::Note };
    let remedy = "if one means another response, name it under \"synonyms\" of the field in the schema";
    (!all.is_empty()).then(|| {
        Finding::new(FindingId::ResponseSynonym, message).severity(severity).column(&variable.header).remedy(remedy)
    })
}

/// The note about an outcome with words that could be responses to a treatment.
pub fn may_be_responses(column: &CohortVariable) -> Option<Finding> {
    let Counts::Levels(levels) = &column.counts else { return None };
    let variable = &column.variable;
    let is_outcome = variable.role == Role::Outcome && variable.kind == Kind::Category;
    if !is_outcome || !levels.levels.keys().any(|word| tells_a_response(word)) {
        return None;
    }
    let message = "these words could be responses to a treatment; they count as outcomes and give no response rates";
    let remedy = format!("if they are responses: --role {}", quoted(&format!("{}=response", variable.header)));
    let finding = Finding::new(FindingId::OutcomeNotResponse, message).column(&variable.header);
    Some(finding.remedy(remedy))
}

type Settle = fn(&Finding, &LineCounts) -> Option<Finding>;

fn unknown(found: &Finding, _: &LineCounts) -> Option<Finding> {
    let remedy = format!("one of {}", Response::words());
    Some(Finding::new(FindingId::ResponseUnknownWord, found.message.as_str()).remedy(remedy))
}

fn nr(_: &Finding, counts: &LineCounts) -> Option<Finding> {
    let open = counts.patients.patients(flag::NR, 0);
    let message =
        format!("NR beside responses (cases: {open}) may be no response or not reported: the rates stay open");
    let remedy = "write none for no response, or leave the cell empty where it is not reported";
    counts.beside_codes.responses.then(|| Finding::new(FindingId::ResponseNr, message).remedy(remedy))
}

fn nc(found: &Finding, counts: &LineCounts) -> Option<Finding> {
    if counts.beside_codes.rated {
        return Some(Finding::new(FindingId::ResponseNc, found.message.as_str()));
    }
    let message = "NC is not a known response without CR, PR, SD or PD beside it: the rates stay open";
    Some(
        Finding::new(FindingId::ResponseNc, message)
            .severity(Severity::Warning)
            .remedy(format!("one of {}", Response::words())),
    )
}

/// The cells of a column with this word.
fn cells_with(column: &CohortVariable, word: &str) -> u64 {
    match &column.counts {
        Counts::Levels(counts) => counts.levels.get(word).copied().unwrap_or(0),
        _ => 0,
    }
}
