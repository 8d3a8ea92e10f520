//! Findings about words, signs and blank cells that say something only together with the others of their column.

use crate::diagnostic::{Finding, FindingId, SourceLocation, quoted};
use crate::schema::decide::words::{level_words, sex_reading};
use crate::schema::evidence::{Class, Evidence};
use crate::schema::lexical::{Sign, answer, mark, one_result, result_with_remark, sign};
use crate::schema::response::understand::is_nr;
use crate::schema::sex::SexRemark;
use crate::schema::{BlankReading, Kind, MinusReading, ResultWords, Role, Status, Variable};
use crate::words::{counted, for_number};
use std::collections::BTreeMap;

/// The findings; none about what the schema or the command line states.
pub(super) fn remarks(variable: &Variable, cells: &Evidence) -> Vec<Finding> {
    let stated = variable.stated_readings;
    let of_sex = if stated.sex { Vec::new() } else { of_sex(variable, cells) };
    let of_minus = negative(variable, cells).filter(|_| !stated.minus);
    let of_blanks = one_answer(variable, cells).filter(|_| !stated.blank);
    let rest = [
        of_minus,
        of_blanks,
        failed_formula(variable, cells),
        no_agent(variable, cells),
        unclear_nr(variable, cells),
        marks(variable, cells),
        remark_of_result(variable, cells),
    ];
    of_sex.into_iter().chain(rest.into_iter().flatten()).map(|finding| finding.column(&variable.header)).collect()
}

fn of_sex(variable: &Variable, cells: &Evidence) -> Vec<Finding> {
    if variable.role != Role::Sex || !matches!(variable.kind, Kind::Category | Kind::Binary) {
        return Vec::new();
    }
    if !cells.keeps_words() {
        let message = "too many different words for the sex, or too long ones: letters stay as they are written";
        return vec![Finding::new(FindingId::SexLetters, message).remedy("write one word for each sex")];
    }
    let remarks = sex_reading(variable, cells).remarks;
    let of = |(remark, words): (SexRemark, Vec<String>)| -> Vec<Finding> {
        match remark {
            // Each is shown with its place, and not in the message, which a de-identified run keeps.
            SexRemark::OtherWords => {
                words.chunks(1).filter_map(|word| sex_remark(remark, word, variable, cells)).collect()
            }
            _ => sex_remark(remark, &words, variable, cells).into_iter().collect(),
        }
    };
    remarks.into_iter().flat_map(of).collect()
}

fn sex_remark(remark: SexRemark, words: &[String], variable: &Variable, cells: &Evidence) -> Option<Finding> {
    let named: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
    let named = named.join(", ");
    let itself = words.iter().map(|word| (word.as_str(), word.as_str()));
    let meant = |of_m: &'static str| {
        words.iter().map(move |word| (word.as_str(), if word.to_lowercase().starts_with('h') { "male" } else { of_m }))
    };
    let (message, remedy) = match remark {
        SexRemark::HAndM => (
            format!("{named} stay as they are written: M is male, or female beside H in Spanish and Portuguese"),
            format!("if M is female: {}", synonyms(meant("female"))),
        ),
        SexRemark::OnlyM => (
            format!("{named} stays as it is written: the column does not show whether M is male or female"),
            format!("if M is male: {}", synonyms(meant("male"))),
        ),
        SexRemark::OtherLetters => (
            format!("{named} stay as they are written: these letters together have no certain meaning"),
            format!("correct the cells, or state what each means; to keep them: {}", synonyms(itself)),
        ),
        // Of 0 and 1 a note on their kind speaks already.
        SexRemark::Codes if variable.kind == Kind::Binary => return None,
        SexRemark::Codes => (
            format!("the codes {named} for the sex stay as they are written"),
            "a schema can label the levels".to_owned(),
        ),
        SexRemark::TruthValues => {
            ("an answer yes or no for the sex stays as it is".to_owned(), "a schema can label the levels".to_owned())
        }
        SexRemark::OtherWords => (
            "no known word for the sex: it stays a level as it is written".to_owned(),
            "correct the cells, or add the words to \"synonyms\" in the schema".to_owned(),
        ),
    };
    let id = if remark.is_warning() { FindingId::SexLetters } else { FindingId::SexAsWritten };
    let finding = Finding::new(id, message).remedy(remedy);
    Some(match first_of(variable, cells, |word| words.iter().any(|of| of == word)) {
        Some((location, word)) => finding.at(location).value(word),
        None => finding,
    })
}

/// A piece of a schema that says which level each word means.
fn synonyms<'w>(meant: impl Iterator<Item = (&'w str, &'w str)>) -> String {
    let meant: BTreeMap<&str, &str> = meant.collect();
    format!("add to \"calcSeries\" of the field in the schema: \"synonyms\": {}", serde_json::json!(meant))
}

/// The first cell of a column with one of some words.
fn first_of<'e>(
    variable: &Variable,
    cells: &'e Evidence,
    is_meant: impl Fn(&str) -> bool,
) -> Option<(SourceLocation, &'e str)> {
    let met = cells.words().filter(|(word, _)| is_meant(word));
    let met = met.filter_map(|(word, met)| Some((met.location(variable.file_header())?, word)));
    met.min_by_key(|(location, _)| location.order())
}

/// The warning where a minus is read as negative, with the share of the positive ones in either reading.
fn negative(variable: &Variable, cells: &Evidence) -> Option<Finding> {
    if variable.reading.minus != MinusReading::Negative {
        return None;
    }
    let (location, text) = cells.first(Class::Minus)?;
    let minus = cells.cells(Class::Minus);
    let (mut positive, mut others) = (0_u64, 0_u64);
    for (word, met) in level_words(variable, cells) {
        let is_positive =
            sign(word) == Some(Sign::Plus) || one_result(word) == Some(Status::Positive) || answer(word) == Some(true);
        let count = if is_positive { &mut positive } else { &mut others };
        *count = count.saturating_add(met.cells);
    }
    let known = positive.saturating_add(others);
    let all = known.saturating_add(minus);
    let message = format!(
        "a minus beside a plus is read as negative: positive {positive}/{all}; {positive}/{known} if it means not done"
    );
    let written = cells.words().map(|(word, _)| word).filter(|word| sign(word) == Some(Sign::Minus));
    let tokens: Vec<String> = written.map(|word| format!("--missing={}", quoted(word))).collect();
    let remedy = format!(
        "if it means not done: {}; else add \"minus\": \"negative\" to \"calcSeries\" of the field in the schema",
        tokens.join(" ")
    );
    let finding = Finding::new(FindingId::MinusNegative, message);
    Some(finding.at(location.clone()).value(text.clone()).remedy(remedy))
}

/// The warning about a column of one answer, whose blank cells may mean no.
fn one_answer(variable: &Variable, cells: &Evidence) -> Option<Finding> {
    if variable.reading.blank != BlankReading::Open {
        return None;
    }
    let (location, text) =
        first_of(variable, cells, |word| level_words(variable, cells).any(|(level, _)| level == word))?;
    let blank = cells.blanks().saturating_add(cells.cells(Class::Minus));
    let message = format!("one answer, and blank cells that may mean no or not reported ({blank}): shares stay open");
    let remedy = format!("if a blank cell means no: --blank-is-no {}", quoted(&variable.header));
    let finding = Finding::new(FindingId::OneAnswer, message);
    Some(finding.at(location).value(text).remedy(remedy))
}

/// The note on a tick and a cross, which are yes and no.
fn marks(variable: &Variable, cells: &Evidence) -> Option<Finding> {
    if !variable.reading.has_marks {
        return None;
    }
    let (location, text) = first_of(variable, cells, |word| mark(word) == Some(false))?;
    let finding = Finding::new(FindingId::MarksAsAnswers, "a tick is read as yes, and a cross as no");
    Some(finding.at(location).value(text))
}

/// The note on what stands in brackets behind a result: `pos (Ct 18)`.
fn remark_of_result(variable: &Variable, cells: &Evidence) -> Option<Finding> {
    if variable.reading.results == ResultWords::AsWritten {
        return None;
    }
    let is_remarked = |word: &str| !variable.declares(word) && result_with_remark(word).is_some();
    let (location, text) = first_of(variable, cells, is_remarked)?;
    let message = "what stands in brackets behind a result is left aside";
    let remedy = "write it into a column of its own; to keep it as a level, name it under \"categories\" of the field in the schema";
    Some(Finding::new(FindingId::RemarkAside, message).at(location).value(text).remedy(remedy))
}

/// The warning about failed formulas in a column in which no single cell is unreadable.
fn failed_formula(variable: &Variable, cells: &Evidence) -> Option<Finding> {
    if !matches!(variable.kind, Kind::Set | Kind::Lines | Kind::Text) {
        return None;
    }
    let (location, text) = cells.first(Class::FailedFormula)?;
    let failed = cells.cells(Class::FailedFormula);
    let (failed_cells, hold) = (counted(failed, "cell"), for_number(failed, "holds", "hold"));
    let message = format!("{failed_cells} {hold} a formula that failed in the spreadsheet: counted as not reported");
    let remedy = format!("correct the cells in the spreadsheet; if they mean not reported: --missing={}", quoted(text));
    let finding = Finding::new(FindingId::FailedFormula, message);
    Some(finding.at(location.clone()).value(text.clone()).remedy(remedy))
}

/// The warning about words such as `ND` in a column of treatments, which are no agents.
fn no_agent(variable: &Variable, cells: &Evidence) -> Option<Finding> {
    let (location, text) = cells.first(Class::Absent)?;
    if variable.kind != Kind::Lines || variable.role != Role::Treatment || variable.missing.is_some() {
        return None;
    }
    let absent = cells.cells(Class::Absent);
    let cells = format!("{} {}", counted(absent, "cell"), for_number(absent, "holds", "hold"));
    let message = format!("{cells} a word that may stand for a missing value: counted as not reported");
    let remedy = format!("if it means not reported: --missing={}; if not treated, write none", quoted(text));
    let finding = Finding::new(FindingId::MissingWord, message);
    Some(finding.at(location.clone()).value(text.clone()).remedy(remedy))
}

/// The warning about `NR` in a column of response codes that no role makes one of responses.
fn unclear_nr(variable: &Variable, cells: &Evidence) -> Option<Finding> {
    if !variable.reading.is_nr_response || variable.role == Role::Response {
        return None;
    }
    let is_nr_level = |word: &str| is_nr(word) && !variable.declares(word) && variable.missing.is_none();
    let (location, text) = first_of(variable, cells, is_nr_level)?;
    let message = "NR beside responses such as CR may be no response or not reported: it is counted as a level";
    let remedy = format!(
        "if it means not reported: --missing={}; if these are responses: --role {}",
        quoted(text),
        quoted(&format!("{}=response", variable.header))
    );
    Some(Finding::new(FindingId::NrAsLevel, message).at(location).value(text).remedy(remedy))
}
