//! Workflow commands of GitHub: one line a finding, shown beside the line of the file it is about.
//! Reference: <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>.

use super::ValidationReport;
use crate::diagnostic::{FilePosition, Finding, FindingGroup, Severity, sanitize};

/// The commands, the errors first; accepted findings are not among them. What a report will have to state is a notice.
///
/// ```text
/// ::error file=data/cases.csv,line=3,title=sex-not-reported::case P2, column sex: the sex is not reported
/// ```
pub fn render(report: &ValidationReport<'_>) -> String {
    let mut text = String::new();
    report.validation.findings.groups().for_each(|group| text.push_str(&commands(report, group, "")));
    report.items_to_report().for_each(|(group, _)| text.push_str(&commands(report, group, "to report: ")));
    text
}

fn commands(report: &ValidationReport<'_>, group: &FindingGroup, before: &str) -> String {
    let of = |finding: &Finding| command(report, finding, &format!("{before}{}", message(finding)));
    let mut text: String = group.first.iter().map(of).collect();
    let more = group.total.saturating_sub(group.first.len() as u64);
    if let Some(last) = group.first.last().filter(|_| more > 0) {
        text.push_str(&command(report, last, &format!("{before}and {more} more like this: {}", last.message)));
    }
    text
}

fn command(report: &ValidationReport<'_>, finding: &Finding, message: &str) -> String {
    let word = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let path = property(report.path(&finding.location));
    let file = if path.is_empty() { String::new() } else { format!("file={path},") };
    let line = match &finding.location.position {
        FilePosition::Line(line) | FilePosition::Json { line, .. } => format!("line={line},"),
        FilePosition::Character { line, character } => format!("line={line},col={character},"),
        FilePosition::Composed(record) => {
            record.line_or_cell().0.map_or_else(String::new, |line| format!("line={line},"))
        }
        FilePosition::Whole | FilePosition::Cell(_) => String::new(),
    };
    format!("::{word} {file}{line}title={}::{}\n", property(finding.id.word()), data(message))
}

/// Cell, case, column and value are in the message: an annotation shows nothing else.
fn message(finding: &Finding) -> String {
    let location = &finding.location;
    let cell = match &location.position {
        FilePosition::Cell(cell) => Some(cell.to_string()),
        FilePosition::Composed(record) => record.line_or_cell().1,
        FilePosition::Whole | FilePosition::Line(_) | FilePosition::Character { .. } | FilePosition::Json { .. } => {
            None
        }
    };
    let column = location.column.as_ref().map(|column| format!("column {column}"));
    let place: Vec<String> = cell.into_iter().chain(location.case_words()).chain(column).collect();
    let place = Some(place.join(", ")).filter(|place| !place.is_empty());
    let value = finding.value.as_ref().map(|value| format!("'{value}'"));
    let said: Vec<String> = place.into_iter().chain(value).chain([finding.message.clone()]).collect();
    match &finding.remedy {
        Some(remedy) => format!("{}\nhelp: {remedy}", said.join(": ")),
        None => said.join(": "),
    }
}

/// A message: only `%` and line ends mean something in it.
fn data(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(|line| sanitize(line).replace('%', "%25")).collect();
    lines.join("%0A")
}

/// A property ends at a comma or a colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{data, property};

    #[test]
    fn nothing_in_a_text_ends_a_command() {
        assert_eq!(data("50 %\n::error::x\r"), "50 %25%0A::error::x\\r");
        assert_eq!(property("a,b:c%"), "a%2Cb%3Ac%25");
    }
}
