//! Findings for standard error: what, where, the value, and what to do.

use super::colour::Colour;
use crate::diagnostic::{
    Finding, FindingGroup, FindingId, Findings, Severity, bounded, first_names, sanitize, shortened,
};
use std::borrow::Cow;

/// Places shown of an error; of warnings and notes, three.
const PLACES_OF_ERRORS: usize = 20;
const PLACES: usize = 3;
/// Columns shown of a finding: a sheet may have thousands with the same fault.
const COLUMNS: usize = 20;

/// The findings as text.
///
/// ```text
/// warning[other-unit]: the unit is 'mg/L', the column's is 'g/dL'
///   cases.csv line 4, case P3, column hb: '84 mg/L'
///   and 2 more in column hb
///   help: convert the value, or ...
/// ```
///
/// Only those that are `at_least` so severe.
pub fn render(findings: &Findings, at_least: Severity, colour: Colour) -> String {
    let severity = |group: &FindingGroup| group.first.first().map(|finding| finding.severity);
    // Errors are the least of the enum.
    let is_shown = |group: &&FindingGroup| severity(group).is_some_and(|severity| severity <= at_least);
    let groups: Vec<&FindingGroup> = findings.groups().filter(is_shown).collect();
    let kind = |group: &FindingGroup| group.first.first().map(|finding| (finding.severity, finding.id));
    groups.chunk_by(|a, b| kind(a) == kind(b)).map(|groups| of_one_kind(groups, colour)).collect()
}

/// `warning[other-unit]`
fn heading(finding: &Finding, colour: Colour) -> String {
    colour.severity(finding.severity, &format!("{}[{}]", finding.severity.word(), finding.id))
}

/// Findings of one id in several columns.
fn of_one_kind(groups: &[&FindingGroup], colour: Colour) -> String {
    let mut shown: Vec<&[&FindingGroup]> = groups.chunk_by(|a, b| are_one_note(a, b)).collect();
    let hidden = shown.split_off(shown.len().min(COLUMNS));
    let mut text: String = shown.into_iter().map(|groups| one_or_several(groups, colour)).collect();
    if let Some(first) = hidden.first().and_then(|groups| groups.first()?.first.first()) {
        let columns: usize = hidden.iter().map(|groups| groups.len()).sum();
        let heading = heading(first, colour);
        text.push_str(&format!("{heading}: and in {columns} more columns; validate --format json has them all\n"));
    }
    text
}

/// Notes of one sentence about several columns are said once.
fn are_one_note(one: &FindingGroup, other: &FindingGroup) -> bool {
    let (Some(one), Some(other)) = (one.first.first(), other.first.first()) else { return false };
    one.severity == Severity::Note
        && !names_patients(one.id)
        && (one.id, &one.message, &one.remedy) == (other.id, &other.message, &other.remedy)
}

/// True for a finding whose cases are the message: who has no pair, of each variable.
fn names_patients(id: FindingId) -> bool {
    id == FindingId::ChangeWithoutPair
}

fn one_or_several(groups: &[&FindingGroup], colour: Colour) -> String {
    let [first, _, ..] = groups else { return groups.iter().map(|one| group(one, colour)).collect() };
    let Some(finding) = first.first.first() else { return String::new() };
    let names = groups.iter().filter_map(|group| group.first.first()?.location.column.as_deref());
    let names: Vec<String> = names.map(|name| safe(name).into_owned()).collect();
    let shown = first_names(names.get(..COLUMNS).unwrap_or(&names), names.len() as u64);
    let cells: u64 = groups.iter().map(|group| group.total).fold(0, u64::saturating_add);
    let heading = format!("{}: {}\n", heading(finding, colour), sanitize(&finding.message));
    let help = help(finding, colour);
    format!("{heading}  columns {shown}: {cells} cells\n{help}")
}

/// What a finding means, for whoever asks for it.
pub fn explanation(id: FindingId) -> String {
    let of = id.item().map_or_else(String::new, |item| format!(" ({}; {})", item.number, item.guidelines));
    let entry = id.entry();
    format!("{id}{of}: {}\n\n{}\n", entry.title, entry.text)
}

/// A text that stays on its line and is safe to print.
pub fn line(text: &str) -> String {
    sanitize(text).into_owned()
}

/// Names of files, one a line.
pub fn names(names: &[String]) -> String {
    names.iter().map(|name| format!("{}\n", sanitize(name))).collect()
}

fn group(group: &FindingGroup, colour: Colour) -> String {
    let mut text = String::new();
    let Some(first) = group.first.first() else { return text };
    let is_named = first.severity == Severity::Error || names_patients(first.id);
    let most = if is_named { PLACES_OF_ERRORS } else { PLACES };
    let shown: Vec<&Finding> = group.first.iter().take(most).collect();
    let more = group.total.saturating_sub(shown.len() as u64);
    let mut left = shown.len();
    // One heading, and one help, for all places with one message.
    for alike in shown.chunk_by(|a, b| a.message == b.message && a.remedy == b.remedy) {
        let Some(one) = alike.first() else { continue };
        text.push_str(&format!("{}: {}\n", heading(one, colour), sanitize(&one.message)));
        for finding in alike {
            text.extend(location(finding).map(|location| format!("  {location}\n")));
            let excerpt = finding.excerpt.iter().flat_map(|excerpt| excerpt.lines());
            text.extend(excerpt.map(|line| format!("    {}\n", sanitize(line))));
        }
        left = left.saturating_sub(alike.len());
        if left == 0 && more > 0 {
            text.push_str(&format!("  and {more} more{}\n", in_column(one)));
        }
        text.push_str(&help(one, colour));
    }
    text
}

/// A cell or a name, short enough and safe to print.
fn safe(text: &str) -> Cow<'_, str> {
    match shortened(text) {
        Cow::Borrowed(text) => sanitize(text),
        Cow::Owned(text) => Cow::Owned(sanitize(&text).into_owned()),
    }
}

/// What to do. The name of a column is whole, so that an option with it can be pasted.
fn help(finding: &Finding, colour: Colour) -> String {
    let Some(remedy) = &finding.remedy else { return String::new() };
    let names_column = finding.location.column.as_ref().is_some_and(|column| remedy.contains(column.as_str()));
    let remedy = if names_column { Cow::Borrowed(remedy.as_str()) } else { bounded(remedy) };
    format!("  {}: {}\n", colour.help(), sanitize(&remedy))
}

fn in_column(finding: &Finding) -> String {
    finding.location.column.as_deref().map_or(String::new(), |column| format!(" in column {}", safe(column)))
}

/// `cases.csv line 4, case P3, column hb: '84 mg/L'`
fn location(finding: &Finding) -> Option<String> {
    let location = &finding.location;
    let in_file = format!("{}{}", location.file.as_deref().unwrap_or_default(), location.position);
    let in_file = Some(in_file.trim_start()).filter(|text| !text.is_empty()).map(|text| safe(text).into_owned());
    let case = location.case_words().map(|case| sanitize(&case).into_owned());
    let column = location.column.as_ref().map(|column| format!("column {}", safe(column)));
    let parts: Vec<String> = in_file.into_iter().chain(case).chain(column).collect();
    let value = finding.value.as_ref().map(|value| format!("'{}'", sanitize(value)));
    match (parts.is_empty(), value) {
        (true, None) => None,
        (true, Some(value)) => Some(value),
        (false, None) => Some(parts.join(", ")),
        (false, Some(value)) => Some(format!("{}: {value}", parts.join(", "))),
    }
}
