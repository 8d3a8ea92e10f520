//! A validation as a page: the errors first, and what to do about each.

use super::{TO_REPORT, ValidationReport, in_file, not_reporting};
use crate::check::validate::{Accepted, ItemResult};
use crate::diagnostic::{Finding, FindingGroup, Severity, display_width, sanitize};
use crate::words::counted;

/// The page.
///
/// ```text
/// Validation: 5 cases (cases.csv): 2 errors, 1 warning, 0 notes
///
/// Errors
/// error[sex-not-reported] C08: the sex is not reported
///   column sex: P2 (cases.csv:3), P4 (cases.csv:5)
///   help: add the sex of each patient
/// ```
pub fn render(report: &ValidationReport<'_>) -> String {
    let names = sanitize(&report.names().join(", ")).into_owned();
    let mut text = match report.is_refused {
        true => format!("Validation: {names} is refused: {}\n", report.counts()),
        false => format!("Validation: {} ({names}): {}\n", counted(report.validation.cases, "case"), report.counts()),
    };
    if let Some(filter) = &report.validation.filter {
        text.push_str(&format!("{}\n", sanitize(filter)));
    }
    for (severity, heading) in Severity::ALL.into_iter().zip(["Errors", "Warnings", "Notes"]) {
        let groups: Vec<(&FindingGroup, &Finding)> = report.groups(severity).collect();
        let alike = groups.chunk_by(|(_, a), (_, b)| a.id == b.id);
        section(&mut text, heading, alike.map(|groups| of_one_id(severity.word(), groups)).collect());
    }
    let groups: Vec<(&FindingGroup, &Finding)> = report.items_to_report().collect();
    let to_report = groups.chunk_by(|(_, a), (_, b)| a.id == b.id).map(|groups| of_one_id("item", groups));
    section(&mut text, TO_REPORT, to_report.collect());
    section(&mut text, "Accepted", report.validation.accepted.iter().map(accepted).collect());
    if report.is_refused {
        text.push_str("\nNothing else was checked: fix the errors above first.\n");
        return text;
    }
    section(
        &mut text,
        "Checklist (calc-series validate --explain C02 explains an item)",
        items(&report.validation.items),
    );
    section(&mut text, "Completeness", completeness(report));
    section(&mut text, "Scores", report.scores().iter().map(|line| format!("  {line}\n")).collect());
    text
}

fn section(text: &mut String, heading: &str, content: String) {
    if !content.is_empty() {
        text.push_str(&format!("\n{heading}\n{content}"));
    }
}

/// One heading, the places column by column, each remedy once.
fn of_one_id(word: &str, groups: &[(&FindingGroup, &Finding)]) -> String {
    let Some((_, first)) = groups.first() else { return String::new() };
    let all = || groups.iter().flat_map(|(group, _)| &group.first);
    let is_alike = all().all(|finding| finding.message == first.message);
    let number = first.id.item().map_or(String::new(), |item| format!(" {}", item.number));
    let title = first.id.entry().title;
    let heading = if is_alike { first.message.as_str() } else { title };
    let mut text = format!("{word}[{}]{number}: {}\n", first.id, sanitize(heading));
    groups.iter().for_each(|(group, first)| text.push_str(&places(group, first, is_alike)));
    let mut remedies: Vec<&str> = Vec::new();
    for remedy in all().filter_map(|finding| finding.remedy.as_deref()) {
        if !remedies.contains(&remedy) {
            remedies.push(remedy);
        }
    }
    remedies.iter().for_each(|remedy| text.push_str(&format!("  help: {}\n", sanitize(remedy))));
    text
}

/// The places of one column: in one line where nothing but the place is to be said of each.
fn places(group: &FindingGroup, first: &Finding, is_alike: bool) -> String {
    if is_alike && group.first.iter().all(|finding| finding.value.is_none()) {
        return places_in_one_line(group, first);
    }
    let places = group.first.iter().map(|finding| format!("  {}\n", place_with_value(finding, !is_alike)));
    let more = group.total.saturating_sub(group.first.len() as u64);
    let more = if more > 0 { format!("  and {more} more\n") } else { String::new() };
    places.collect::<String>() + &more
}

/// `  column sex: P2 (cases.csv:3), P4 (cases.csv:5)`
fn places_in_one_line(group: &FindingGroup, first: &Finding) -> String {
    let place = |finding: &Finding| match (&finding.location.case, location(finding)) {
        (Some(case), Some(location)) => Some(format!("{} ({location})", sanitize(case.as_str()))),
        (Some(case), None) => Some(sanitize(case.as_str()).into_owned()),
        (None, location) => location,
    };
    let mut places: Vec<String> = group.first.iter().filter_map(place).collect();
    let more = group.total.saturating_sub(group.first.len() as u64);
    if more > 0 {
        places.push(format!("and {more} more"));
    }
    let column = first.location.column.as_ref().map(|column| format!("column {}", sanitize(column)));
    let parts: Vec<String> =
        column.into_iter().chain(Some(places.join(", ")).filter(|list| !list.is_empty())).collect();
    if parts.is_empty() { String::new() } else { format!("  {}\n", parts.join(": ")) }
}

/// `cases.csv:3, case P2, column ldh: '192 (high)': what is said of it`
fn place_with_value(finding: &Finding, with_message: bool) -> String {
    let place = &finding.location;
    let case = place.case_words().map(|case| sanitize(&case).into_owned());
    let column = place.column.as_ref().map(|column| format!("column {}", sanitize(column)));
    let place: Vec<String> = location(finding).into_iter().chain(case).chain(column).collect();
    let value = finding.value.as_ref().map(|value| format!("'{}'", sanitize(value)));
    let message = with_message.then(|| sanitize(&finding.message).into_owned());
    let place = Some(place.join(", ")).filter(|place| !place.is_empty());
    place.into_iter().chain(value).chain(message).collect::<Vec<_>>().join(": ")
}

fn location(finding: &Finding) -> Option<String> {
    in_file(&finding.location).map(|location| sanitize(&location).into_owned())
}

fn accepted(accepted: &Accepted) -> String {
    let Accepted { finding, cells, reason } = accepted;
    let times = if *cells > 1 { format!(" ({cells} times)") } else { String::new() };
    format!(
        "{}[{}]: {}{times}\n  {}\n  accepted: {}\n",
        finding.severity.word(),
        finding.id,
        sanitize(&finding.message),
        place_with_value(finding, false),
        sanitize(reason)
    )
}

fn items(items: &[ItemResult]) -> String {
    let width = |of: fn(&ItemResult) -> usize| items.iter().map(of).max().unwrap_or(0);
    let (states, asked) = (width(|r| r.state.words().len()), width(|r| r.item.asks_for.len()));
    let line = |result: &ItemResult| {
        let (item, state) = (&result.item, result.state.words());
        format!("  {} {state:states$}  {:asked$}  {}\n", item.number, item.asks_for, sanitize(&result.found))
    };
    items.iter().map(line).collect()
}

/// The complete columns in one line, the others one a line.
fn completeness(report: &ValidationReport<'_>) -> String {
    let (complete, others): (Vec<_>, Vec<_>) =
        report.validation.fields.list.iter().partition(|field| field.missing == 0);
    let names: Vec<String> = complete.iter().map(|field| sanitize(&field.column).into_owned()).collect();
    let mut text = String::new();
    if !names.is_empty() {
        text.push_str(&format!("  reported for every case: {}\n", names.join(", ")));
    }
    let columns: Vec<String> = others.iter().map(|field| sanitize(&field.column).into_owned()).collect();
    let width = columns.iter().map(|column| display_width(column)).max().unwrap_or(0);
    for (field, column) in others.iter().zip(&columns) {
        let of = field.reported.saturating_add(field.missing);
        let ids = sanitize(&not_reporting(field)).into_owned();
        let gap = " ".repeat(width.saturating_sub(display_width(column)) + 2);
        text.push_str(&format!("  {column}{gap}{}/{of}  not {ids}\n", field.reported));
    }
    text
}
