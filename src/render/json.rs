//! The summary as one JSON object for scripts; `summary.schema.json` describes it.

use super::Summary;
use crate::analyze::ResultParts;
use crate::analyze::compare::Scores;
use crate::analyze::method::Method;
use crate::analyze::results::{ResultRow, Value};
use crate::decimal::{Decimal, Exact};
use crate::diagnostic::{FilePosition, Finding, FindingGroup};
use crate::tables::number::printed_with;
use crate::tables::style::Style;
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::ser::Formatter;
use std::io::{self, Write};

/// The version of the object; it changes when a member changes its meaning.
pub const FORMAT: &str = "calc-series.summary/2";

/// The JSON Schema of the object.
pub const SCHEMA: &str = include_str!("summary.schema.json");

#[derive(serde::Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

/// A number that keeps its kind: a count has no decimal point.
#[derive(serde::Serialize)]
#[serde(untagged)]
enum Number {
    Count(u64),
    Real(f64),
}

#[derive(serde::Serialize)]
struct Row<'a> {
    key: &'a str,
    context: &'static str,
    group1: Option<&'a str>,
    group1_level: Option<&'a str>,
    #[serde(flatten)]
    further_groups: FurtherGroups<'a>,
    variable: Option<&'a str>,
    variable_level: Option<&'a str>,
    stat_name: &'static str,
    stat_label: &'static str,
    stat: Option<Number>,
    stat_fmt: String,
    unit: Option<&'a str>,
    method: Option<&'a Method>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bound: Option<Bound>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason_code: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rate: Option<&'static str>,
    #[serde(rename = "conf.level", skip_serializing_if = "Option::is_none")]
    conf_level: Option<f64>,
    /// What a difference is: `treated - placebo`.
    #[serde(skip_serializing_if = "Option::is_none")]
    contrast: Option<String>,
    /// The scores of a test for trend.
    #[serde(skip_serializing_if = "Option::is_none")]
    scores: Option<TrendScores<'a>>,
}

/// `group2`, `group2_level` and so on, where groups are crossed.
struct FurtherGroups<'a>(&'a [(String, Option<String>)]);

impl Serialize for FurtherGroups<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (number, (name, level)) in (2_usize..).zip(self.0) {
            map.serialize_entry(&format!("group{number}"), name)?;
            map.serialize_entry(&format!("group{number}_level"), level)?;
        }
        map.end()
    }
}

/// Each level with its score, upwards.
struct TrendScores<'a>(&'a Scores);

impl Serialize for TrendScores<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let number = |score: Decimal| whole_or_real(Exact::from(score).to_f64());
        serializer.collect_map(self.0.iter().map(|(level, score)| (level, number(score))))
    }
}

#[derive(serde::Serialize)]
struct Bound {
    op: &'static str,
    value: Number,
}

#[derive(serde::Serialize)]
struct FindingEntry<'a> {
    id: &'static str,
    severity: &'static str,
    column: Option<&'a str>,
    count: u64,
    message: &'a str,
    remedy: Option<&'a str>,
    first: Vec<LocatedFinding<'a>>,
}

/// One finding of a group: where it is, what was found there and what it means.
#[derive(serde::Serialize)]
pub(super) struct LocatedFinding<'a> {
    file: Option<&'a str>,
    line: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pointer: Option<&'a str>,
    /// A cell of a workbook, such as `Patients!C7`.
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<String>,
    case: Option<&'a str>,
    value: Option<&'a str>,
    message: &'a str,
    /// Written where each finding has a remedy of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remedy: Option<Option<&'a str>>,
}

/// Rows that are written at once.
const ROWS: usize = 1 << 10;

/// The whole object, with a line end behind it: one line a member, one line a result or finding.
pub fn render(summary: &Summary<'_>, out: &mut dyn Write) -> io::Result<()> {
    let tool = Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") };
    let conventions: serde_json::Map<String, serde_json::Value> =
        summary.conventions.iter().map(|c| (c.name.to_owned(), value_of(&c.value))).collect();
    let mut bytes = b"{".to_vec();
    member(&mut bytes, "\n", "format", &FORMAT)?;
    member(&mut bytes, ",\n", "tool", &tool)?;
    member(&mut bytes, ",\n", "inputs", summary.inputs)?;
    member(&mut bytes, ",\n", "conventions", &conventions)?;
    member(&mut bytes, ",\n", "cases", &summary.cases)?;
    bytes.extend_from_slice(b",\n  \"results\": [");
    let mut before = "\n    ";
    each_rows(summary.results, |rows| {
        for statistic_row in rows {
            bytes.extend_from_slice(before.as_bytes());
            write(&mut bytes, &row(statistic_row, summary.style))?;
            before = ",\n    ";
        }
        out.write_all(&bytes)?;
        bytes.clear();
        Ok(())
    })?;
    bytes.extend_from_slice(end_of_list(before));
    list(&mut bytes, "findings", summary.findings.groups().filter_map(finding))?;
    bytes.extend_from_slice(b"\n}\n");
    out.write_all(&bytes)
}

/// One result a line, with the members it has in the object; conventions and findings stand in the object only.
pub fn lines(results: &dyn ResultParts, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let mut bytes = Vec::new();
    each_rows(results, |rows| {
        rows.iter().map(|result| row(result, style)).try_for_each(|row| line(&mut bytes, &row))?;
        out.write_all(&bytes)?;
        bytes.clear();
        Ok(())
    })
}

/// Calls `write` with some rows after the others.
fn each_rows(results: &dyn ResultParts, mut write: impl FnMut(&[ResultRow]) -> io::Result<()>) -> io::Result<()> {
    results.each_part(&mut |part| part.chunks(ROWS).try_for_each(&mut write))
}

/// Appends an object and a line end.
pub(super) fn line<T: Serialize>(bytes: &mut Vec<u8>, value: &T) -> io::Result<()> {
    write(bytes, value)?;
    bytes.push(b'\n');
    Ok(())
}

/// Appends a member of the object.
pub(super) fn member<T: Serialize + ?Sized>(
    bytes: &mut Vec<u8>,
    before: &str,
    name: &str,
    value: &T,
) -> io::Result<()> {
    bytes.extend_from_slice(format!("{before}  \"{name}\": ").as_bytes());
    write(bytes, value)
}

/// Appends a member that is a list, one item a line.
pub(super) fn list<T: Serialize>(bytes: &mut Vec<u8>, name: &str, items: impl Iterator<Item = T>) -> io::Result<()> {
    bytes.extend_from_slice(format!(",\n  \"{name}\": [").as_bytes());
    let mut before = "\n    ";
    for item in items {
        bytes.extend_from_slice(before.as_bytes());
        write(bytes, &item)?;
        before = ",\n    ";
    }
    bytes.extend_from_slice(end_of_list(before));
    Ok(())
}

/// The end of a list, by what would stand before its next item: `[]` where there is none.
fn end_of_list(before: &str) -> &'static [u8] {
    if before.starts_with(',') { b"\n  ]" } else { b"]" }
}

/// Appends a value as JSON.
pub(super) fn write<T: Serialize + ?Sized>(bytes: &mut Vec<u8>, value: &T) -> io::Result<()> {
    Ok(value.serialize(&mut serde_json::Serializer::with_formatter(bytes, Guarded))?)
}

/// A convention that is a number is written as a number.
fn value_of(text: &str) -> serde_json::Value {
    serde_json::from_str(text).ok().filter(serde_json::Value::is_number).unwrap_or_else(|| text.into())
}

/// A bound such as 1280 is written as it was read.
fn whole_or_real(value: f64) -> Number {
    let whole = value as u64;
    if whole as f64 == value { Number::Count(whole) } else { Number::Real(value) }
}

fn row<'r>(statistic_row: &'r ResultRow, style: &Style) -> Row<'r> {
    let groups = statistic_row.group.as_ref().map(|group| group.levels.as_slice()).unwrap_or_default();
    let first_group = groups.first();
    let (mut bound, mut date) = (None, None);
    match &statistic_row.value {
        Value::Censored(comparator, value) => {
            bound = Some(Bound { op: comparator.sign(), value: whole_or_real(Exact::to_f64(value)) });
        }
        Value::Date(text) => date = Some(text.as_str()),
        Value::NotEstimable(_) | Value::Masked | Value::Count(_) | Value::Exact(_) | Value::Real(_) => {}
    }
    let (reason, reason_code) = match &statistic_row.value {
        Value::NotEstimable(reason) => (Some(reason.to_string()), Some(reason.code())),
        Value::Censored(..) => (Some("censored".to_owned()), Some("censored")),
        Value::Masked => (Some("masked".to_owned()), Some("masked")),
        Value::Count(_) | Value::Exact(_) | Value::Real(_) | Value::Date(_) => (None, None),
    };
    let stat = match &statistic_row.value {
        Value::Count(n) => Some(Number::Count(*n)),
        other => other.number().map(Number::Real),
    };
    Row {
        key: &statistic_row.key,
        context: statistic_row.context.word(),
        group1: first_group.map(|(name, _)| name.as_str()),
        group1_level: first_group.and_then(|(_, level)| level.as_deref()),
        further_groups: FurtherGroups(groups.get(1..).unwrap_or_default()),
        variable: statistic_row.variable.as_deref(),
        variable_level: statistic_row.level.as_deref(),
        stat_name: statistic_row.statistic.name(),
        stat_label: statistic_row.statistic.label(),
        stat,
        stat_fmt: printed_with(statistic_row, style),
        unit: statistic_row.unit.as_deref(),
        method: statistic_row.method.as_ref(),
        bound,
        date,
        reason,
        reason_code,
        rate: statistic_row.rate.map(|rate| rate.word()),
        conf_level: statistic_row.conf_level,
        contrast: statistic_row.contrast.as_ref().map(|contrast| contrast.to_string()),
        scores: match &statistic_row.method {
            Some(Method::Trend(scores)) => Some(TrendScores(scores)),
            _ => None,
        },
    }
}

fn finding(group: &FindingGroup) -> Option<FindingEntry<'_>> {
    let first = group.first.first()?;
    Some(FindingEntry {
        id: first.id,
        severity: first.severity.word(),
        column: first.location.column.as_deref(),
        count: group.total,
        message: &first.message,
        remedy: first.remedy.as_deref(),
        first: group.first.iter().map(located).collect(),
    })
}

/// A finding with its location, without its remedy.
pub(super) fn located(finding: &Finding) -> LocatedFinding<'_> {
    let location = &finding.location;
    let (line, pointer, cell) = match &location.position {
        FilePosition::Whole => (None, None, None),
        FilePosition::Line(line) | FilePosition::Character { line, .. } => (Some(*line), None, None),
        FilePosition::Json { line, pointer } => (Some(*line), Some(pointer.as_str()), None),
        FilePosition::Cell(cell) => (None, None, Some(cell.to_string())),
        FilePosition::Composed(record) => {
            let (line, cell) = record.line_or_cell();
            (line, None, cell)
        }
    };
    LocatedFinding {
        file: location.file.as_deref(),
        line,
        pointer,
        cell,
        case: location.case.as_deref(),
        value: finding.value.as_deref(),
        message: &finding.message,
        remedy: None,
    }
}

/// JSON that also escapes DEL, C1 controls and bidirectional marks, which JSON allows raw and a
/// terminal obeys.
struct Guarded;

impl Formatter for Guarded {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        // Nearly every text is ASCII, which is looked at many bytes at a time.
        if fragment.is_ascii() && !fragment.as_bytes().contains(&0x7F) {
            return writer.write_all(fragment.as_bytes());
        }
        let mut rest = fragment;
        while let Some((at, c)) = rest.char_indices().find(|(_, c)| must_be_escaped(*c)) {
            writer.write_all(rest.get(..at).unwrap_or_default().as_bytes())?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = rest.get(at + c.len_utf8()..).unwrap_or_default();
        }
        writer.write_all(rest.as_bytes())
    }
}

fn must_be_escaped(c: char) -> bool {
    !c.is_ascii() && crate::diagnostic::is_unsafe(c) || c == '\u{7f}'
}
