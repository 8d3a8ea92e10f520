//! Levels that look like one another, like a missing-value code, or like a list.

use crate::decimal::Decimal;
use crate::diagnostic::{Finding, FindingId, SourceLocation, quoted};
use crate::schema::lexical::{
    Sign, answer, fold, is_answer_word, is_doubtful, looks_missing, one_result, remark_of, sign, without_twins,
};
use crate::schema::missing_words::{is_ditto, is_missing_beside_answers};
use crate::schema::no_items::{Asked, says_none};
use crate::schema::response::understand::is_dead;
use crate::schema::{Kind, Variable};
use crate::tally::CohortVariable;
use std::collections::BTreeMap;

/// A column of more levels than this is not compared: the findings would be too many to act on.
const MOST: usize = 5_000;

/// The findings about the levels of a column.
pub fn look_alikes(column: &CohortVariable, levels: &BTreeMap<String, u64>) -> Vec<Finding> {
    let variable = &column.variable;
    let declared = |level: &str| variable.levels.iter().any(|known| known.value == level);
    if levels.len() > MOST || variable.is_withheld() {
        return Vec::new();
    }
    let mut alike: BTreeMap<String, Vec<(&String, u64)>> = BTreeMap::new();
    let mut findings = Vec::new();
    let has_answers = levels.keys().any(|level| is_answer_word(level));
    let has_results = has_answers || levels.keys().any(|level| one_result(level).is_some());
    let is_missing = |level: &str| {
        let is_item = variable.kind == Kind::Set;
        looks_missing(level) || is_item && is_ditto(level) || has_results && is_missing_beside_answers(level)
    };
    for (level, cases) in levels.iter().filter(|(level, _)| !declared(level)) {
        alike.entry(same(level, has_answers, variable.reading.asked)).or_default().push((level, *cases));
        if is_missing(level) {
            findings.push(like_missing(column, level, *cases));
        }
    }
    for mut group in alike.into_values().filter(|group| group.len() > 1) {
        // No cell need hold the level of all words for no adverse event.
        let is_folded = |level: &str| variable.reading.asked == Asked::Events && level == "none";
        group.sort_by(|a, b| {
            let folded_first = is_folded(b.0).cmp(&is_folded(a.0));
            folded_first.then_with(|| b.1.cmp(&a.1)).then_with(|| a.0.cmp(b.0))
        });
        findings.push(like_one_another(variable, &group));
    }
    findings
}

/// Levels with commas that seem to be lists, because a part is a level of its own.
///
/// A column of sites, symptoms or treatments is looked at cell by cell. A comma inside a level is common (`pain, unspecified`); a list is recognised by its parts.
pub fn comma_lists(column: &CohortVariable, levels: &BTreeMap<String, u64>) -> Option<Finding> {
    let variable = &column.variable;
    let is_known = variable.holds_items() || variable.reading.split.is_some();
    if levels.len() > MOST || variable.is_withheld() || is_known {
        return None;
    }
    let declared = |level: &str| variable.levels.iter().any(|known| known.value == level);
    let parts = |level: &str| level.split(", ").map(fold).collect::<Vec<_>>();
    let mut met: BTreeMap<String, u64> = BTreeMap::new();
    levels.keys().flat_map(|level| parts(level)).for_each(|part| *met.entry(part).or_default() += 1);
    let is_list = |level: &str| {
        let parts = parts(level);
        parts.len() > 1 && parts.iter().any(|part| met.get(part).is_some_and(|n| *n > 1))
    };
    let lists: Vec<&String> = levels.keys().filter(|level| !declared(level) && is_list(level)).collect();
    let first = lists.first()?;
    let cells: u64 = lists.iter().filter_map(|level| levels.get(*level)).sum();
    let message = format!("{cells} of the cells contain commas, each read as one level: '{first}'");
    let of = |split: &str| quoted(&format!("{}={split}", variable.header));
    let remedy = format!("if these are lists: --split {}; if not: --split {}", of(","), of("none"));
    let finding = placed(Finding::new(FindingId::CommaList, message), column, first);
    Some(finding.column(&variable.header).remedy(remedy))
}

/// The finding at the first cell with a level, where that is known.
fn placed(finding: Finding, column: &CohortVariable, level: &str) -> Finding {
    match first_cell(column, level) {
        Some(location) => finding.at(location),
        None => finding,
    }
}

fn first_cell(column: &CohortVariable, level: &str) -> Option<SourceLocation> {
    let (_, met) = column.evidence.words().find(|(word, _)| *word == level)?;
    met.location(column.variable.file_header())
}

/// A form that all spellings of one level share: codes by their value, signs by their meaning, `Y` and `yes (skin)` by
/// their answer where a word of the column is one; the words for none of a thing, and those for a death.
fn same(level: &str, has_answers: bool, asked: Asked) -> String {
    if let Some(answer) = answer(level).filter(|_| has_answers) {
        return if answer { "yes" } else { "no" }.to_owned();
    }
    if says_none(level, asked) && !is_doubtful(level) {
        return "no".to_owned();
    }
    if is_dead(level) {
        return "died".to_owned();
    }
    if let Ok(code) = Decimal::parse(level.trim())
        && !level.trim().starts_with('+')
    {
        return code.normalised().to_string();
    }
    match sign(level) {
        Some(Sign::Equivocal) => "±".to_owned(),
        Some(Sign::Plus) if has_answers && level.trim() == "+" => "yes".to_owned(),
        // `(+)` is weaker than `+`.
        Some(Sign::Plus) => level.split_whitespace().collect(),
        Some(Sign::Minus) | None => fold(&without_twins(level)),
    }
}

fn like_one_another(variable: &Variable, group: &[(&String, u64)]) -> Finding {
    let names: Vec<String> = group.iter().map(|(level, cases)| format!("'{level}' ({cases})")).collect();
    let message = format!("similar levels are counted separately: {}", names.join(", "));
    // `yes, low grade` is not `yes, high grade`: what stands behind an answer is not merged away.
    let is_answered = group.iter().all(|(level, _)| answer(level).is_some());
    let mut meant: BTreeMap<String, &String> = BTreeMap::new();
    let mut others = Vec::new();
    for (level, _) in group {
        let remark = if is_answered { remark_of(level) } else { String::new() };
        match meant.get(&remark) {
            Some(meant) => others.push(format!("{}: {}", json(level), json(meant))),
            None => drop(meant.insert(remark, level)),
        }
    }
    let snippet = format!("\"synonyms\": {{{}}}", others.join(", "));
    let remedy = match (others.is_empty(), meant.len() > 1) {
        (false, false) => format!("correct the cells, or add to \"calcSeries\" of the field in the schema: {snippet}"),
        (false, true) => {
            format!("{REMARKS_APART}; the others: add to \"calcSeries\" of the field in the schema: {snippet}")
        }
        (true, _) => REMARKS_APART.to_owned(),
    };
    Finding::new(FindingId::LookAlikeLevels, message).column(&variable.header).remedy(remedy)
}

/// What to do about answers with different remarks.
const REMARKS_APART: &str = "write what stands behind an answer into a column of its own, or correct the cells";

fn like_missing(column: &CohortVariable, level: &str, cases: u64) -> Finding {
    let message = format!("'{level}' ({cases}) looks like a missing-value code but is counted as a level");
    placed(Finding::new(FindingId::LookAlikeMissing, message), column, level)
        .column(&column.variable.header)
        .value(level)
        .remedy(format!("if it means not reported: --missing={}", quoted(level)))
}

fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
