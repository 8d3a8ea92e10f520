//! Levels that look like one another, like a missing-value code, or like a list.

use crate::decimal::Decimal;
use crate::diagnostic::{Finding, FindingId, SourceLocation, quoted};
use crate::schema::header::holds_one;
use crate::schema::items::{Separator, Separators, split, unsplit};
use crate::schema::lexical::{
    Sign, answer, fold, is_answer_word, is_doubtful, looks_missing, one_result, remark_of, sign, without_twins,
};
use crate::schema::missing_words::{is_ditto, is_missing_beside_answers};
use crate::schema::no_items::{Asked, says_none};
use crate::schema::response::understand::is_dead;
use crate::schema::split::Split;
use crate::schema::{Kind, Role, Variable};
use crate::tally::CohortVariable;
use std::collections::{BTreeMap, BTreeSet};

/// The words of `alike.toml`.
mod vocabulary {
    use crate::vocabulary::{WordMap, Words};
    include!(concat!(env!("OUT_DIR"), "/alike.rs"));
}

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
    let of = |level: &str| same(level, has_answers, variable.reading.asked);
    let bare: BTreeSet<String> =
        levels.keys().filter(|level| before_brackets(level).is_none()).map(|l| of(l)).collect();
    let is_missing = |level: &str| {
        let is_item = variable.kind == Kind::Set;
        looks_missing(level) || is_item && is_ditto(level) || has_results && is_missing_beside_answers(level)
    };
    for (level, cases) in levels.iter().filter(|(level, _)| !declared(level)) {
        // `fever (3 d)` is fever, where `fever` is a level of its own.
        let name = before_brackets(level).map(of).filter(|name| bare.contains(name));
        alike.entry(name.unwrap_or_else(|| of(level))).or_default().push((level, *cases));
        if is_missing(level) {
            findings.push(like_missing(column, level, *cases));
        }
    }
    for mut group in alike.into_values().filter(|group| group.len() > 1) {
        // No cell need hold the level of all words for no adverse event.
        let is_folded = |level: &str| variable.reading.asked == Asked::Events && level == "none";
        let rank = |level: &str| (!is_folded(level), before_brackets(level).is_some());
        group.sort_by(|a, b| rank(a.0).cmp(&rank(b.0)).then_with(|| b.1.cmp(&a.1)).then_with(|| a.0.cmp(b.0)));
        let last = group.last().map(|(level, _)| level.as_str()).unwrap_or_default();
        findings.push(placed(like_one_another(variable, &group), column, last).column(&variable.header));
    }
    findings
}

/// What may join the items of a level, beside a comma; `fever with chills` may be one thing.
const JOINTS: Separators =
    Separators::UNNOTICED.without(Separators::of(&[Separator::With, Separator::En, Separator::Comma]));

/// Levels that seem to be lists, because a part is a level of its own, or a part of another one.
///
/// A column of sites, symptoms or treatments is looked at cell by cell. A comma or an `and` inside a level is common
/// (`pain, unspecified`); a list is recognised by its parts.
pub fn lists_in_levels(column: &CohortVariable, levels: &BTreeMap<String, u64>) -> Option<Finding> {
    let variable = &column.variable;
    let is_known = variable.holds_items() || variable.reading.split.is_some();
    if levels.len() > MOST || variable.is_withheld() || is_known {
        return None;
    }
    let declared = |level: &str| variable.levels.iter().any(|known| known.value == level);
    // `II/III` is a stage, `PR, then PD` a response.
    let is_open = matches!(variable.role, Role::Other | Role::Etiology) && !holds_one(&variable.name);
    let joints = |level: &str| if is_open { unsplit(level, JOINTS) } else { Separators::NONE };
    let cut: Vec<(&String, Separators, Vec<String>)> =
        levels.keys().map(|level| (level, joints(level), parts(level, joints(level)))).collect();
    let mut met: BTreeMap<&str, u64> = BTreeMap::new();
    cut.iter().flat_map(|(_, _, parts)| parts).for_each(|part| *met.entry(part).or_default() += 1);
    let recurs = |part: &String| met.get(part.as_str()).is_some_and(|times| *times > 1);
    // `8/9/10` and `1/2` are no items.
    let may_be_item = |part: &&String, joints: Separators| joints.is_empty() || part.contains(char::is_alphabetic);
    let is_list = |(level, joints, parts): &&(&String, Separators, Vec<String>)| {
        let mut items = parts.iter().filter(|part| may_be_item(part, *joints));
        parts.len() > 1 && items.any(recurs) && !declared(level)
    };
    let lists: Vec<_> = cut.iter().filter(is_list).collect();
    let (first, ..) = lists.first()?;
    let comma = Separators::of(&[Separator::Comma]);
    let of_level = |(level, joints, _): &&(&String, Separators, Vec<String>)| {
        joints.with(if level.contains(", ") { comma } else { Separators::NONE })
    };
    let all = lists.iter().map(of_level).fold(Separators::NONE, Separators::with);
    let cells: u64 = lists.iter().filter_map(|(level, ..)| levels.get(*level)).sum();
    let what = match all.each().map(|joint| format!("'{joint}'")).collect::<Vec<_>>() {
        _ if all == comma => "commas".to_owned(),
        joints => joints.join(", "),
    };
    let message = format!("{cells} of the cells contain {what}, each read as one level: '{first}'");
    let of = |split: Separators| quoted(&format!("{}={}", variable.header, Split::Items(split)));
    let remedy = format!("if these are lists: --split {}; if not: --split {}", of(all), of(Separators::NONE));
    let finding = placed(Finding::new(FindingId::CommaList, message), column, first);
    Some(finding.column(&variable.header).remedy(remedy))
}

/// The parts of a level, cut at commas and joints, in one form for all capitals.
fn parts(level: &str, joints: Separators) -> Vec<String> {
    if joints.is_empty() {
        return level.split(", ").map(fold).collect();
    }
    split(level, joints.with(Separators::of(&[Separator::Comma]))).into_iter().map(fold).collect()
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

/// The name before a remark in brackets: `fever` of `fever (3 d)`; what is in doubt has none.
fn before_brackets(level: &str) -> Option<&str> {
    let level = level.trim();
    let (open, close) = [('(', ')'), ('[', ']')].into_iter().find(|(_, close)| level.ends_with(*close))?;
    let (name, remark) = level.strip_suffix(close)?.split_once(open)?;
    let is_name = name.contains(char::is_alphabetic) && !remark.contains('?') && answer(level).is_none();
    is_name.then(|| name.trim_end())
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
    let form = match sign(level) {
        Some(Sign::Equivocal) => "±".to_owned(),
        // `(+)` is weaker than `+`.
        Some(Sign::Plus) => level.split_whitespace().collect(),
        Some(Sign::Minus) | None => fold(&without_twins(level)),
    };
    first_alike(form)
}

/// One word for all words of a meaning: `left` and `L`, `moderate` and `mod`.
fn first_alike(form: String) -> String {
    // An answer and a word for none have come to these two already.
    match vocabulary::ALIKE.get(&form) {
        Some(meaning) if vocabulary::ALIKE.get("yes") == Some(meaning) => "yes".to_owned(),
        Some(meaning) if vocabulary::ALIKE.get("no") == Some(meaning) => "no".to_owned(),
        Some(meaning) => format!("meaning {meaning}"),
        None => form,
    }
}

fn like_one_another(variable: &Variable, group: &[(&String, u64)]) -> Finding {
    let names: Vec<String> = group.iter().map(|(level, cases)| format!("'{level}' ({cases})")).collect();
    let message = format!("similar levels are counted separately: {}", names.join(", "));
    // `yes, low grade` is not `yes, high grade`: what stands behind an answer is not merged away.
    let is_answered = group.iter().all(|(level, _)| answer(level).is_some());
    let has_remark = !is_answered && group.iter().any(|(level, _)| before_brackets(level).is_some());
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
        (false, false) if has_remark => {
            format!("if they are one: add to \"calcSeries\" of the field in the schema: {snippet}")
        }
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
