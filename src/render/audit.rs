//! An audit as text, Markdown or JSON.

use super::grid::wrapped;
use super::json::write;
use super::markdown::escaped;
use crate::analyze::results::ResultRow;
use crate::check::arithmetic::{Consistency, Judgement};
use crate::check::claims::{AuditedClaim, ClaimAnswer, Claims, ClaimsAudit, Given, Verdict};
use crate::diagnostic::sanitize;
use crate::tables::audit::{AuditReport, ClaimEntry, sentence};
use crate::tables::number::{printed, raw};
use crate::tally::counts::NamedCases;
use serde_json::{Value, json};
use std::io;

/// The version of the object; it changes when a member changes its meaning.
pub const FORMAT: &str = "calc-series.audit/1";

/// The JSON Schema of the object.
pub const SCHEMA: &str = include_str!("audit.schema.json");

/// The JSON Schema of a claims file, as it is in JSON.
pub const CLAIMS_SCHEMA: &str = include_str!("claims.schema.json");

/// What an audit is rendered from.
pub struct AuditOutput<'a> {
    /// The claims.
    pub claims: &'a Claims,
    /// What became of them.
    pub audit: &'a ClaimsAudit<'a>,
    /// The same as text.
    pub report: &'a AuditReport,
    /// The names of the records.
    pub inputs: &'a [String],
}

/// The audit as text, in lines of at most `width` characters.
pub(super) fn text(report: &AuditReport, width: Option<u16>) -> String {
    let mut text = paragraph(&report.title, "", width) + &paragraph(&report.tally, "", width);
    for section in &report.sections {
        text.push_str(&format!("\n{}\n", sanitize(&section.heading).to_uppercase()));
        for entry in &section.entries {
            text.push_str(&paragraph(&heading(entry), "  ", width));
            let lines = std::iter::once(&entry.given).chain(&entry.remarks).filter(|line| !line.is_empty());
            lines.for_each(|line| text.push_str(&paragraph(line, "      ", width)));
        }
    }
    text.push('\n');
    report.footnotes.iter().for_each(|note| text.push_str(&paragraph(note, "", width)));
    text
}

/// `K25 (L12) what it says`
fn heading(entry: &ClaimEntry) -> String {
    let place = if entry.place.is_empty() { String::new() } else { format!(" ({})", entry.place) };
    format!("{}{place} {}", entry.id, entry.says)
}

/// A paragraph with an indent; later lines are two deeper.
fn paragraph(text: &str, indent: &str, width: Option<u16>) -> String {
    wrapped(text, indent, &format!("{indent}  "), width)
}

/// The audit as Markdown.
pub(super) fn markdown(report: &AuditReport) -> String {
    let mut text = format!("# {}\n\n{}\n", escaped(&report.title), escaped(&report.tally));
    for section in &report.sections {
        text.push_str(&format!("\n## {}\n\n", escaped(&section.heading)));
        for entry in &section.entries {
            let given = if entry.given.is_empty() { String::new() } else { format!(": {}", escaped(&entry.given)) };
            text.push_str(&format!("- **{}**{given}\n", escaped(&heading(entry))));
            entry.remarks.iter().for_each(|remark| text.push_str(&format!("  - {}\n", escaped(remark))));
        }
    }
    report.footnotes.iter().for_each(|note| text.push_str(&format!("\n{}\n", escaped(note))));
    text
}

/// The audit as one JSON object.
pub(super) fn json(output: &AuditOutput<'_>) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    write(&mut bytes, &object(output))?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn object(output: &AuditOutput<'_>) -> Value {
    let AuditOutput { claims, audit, inputs, .. } = output;
    let answers = || audit.stated().filter_map(|audited| audited.answer.as_ref());
    let tally: serde_json::Map<String, Value> = Verdict::ALL
        .iter()
        .map(|verdict| (key(*verdict), answers().filter(|answer| answer.verdict == *verdict).count().into()))
        .collect();
    let sum = |(sum, judged): &(&crate::check::claims::Sum, Judgement)| json!({ "total": sum.total, "parts": sum.parts, "line": sum.line, "arithmetic": arithmetic(judged) });
    json!({
        "format": FORMAT,
        "tool": { "name": "calc-series", "version": env!("CARGO_PKG_VERSION") },
        "claims_file": claims.file,
        "report": { "title": claims.report.title, "citation": claims.report.citation },
        "inputs": inputs,
        "tally": if inputs.is_empty() { Value::Null } else { Value::Object(tally) },
        "drafts": audit.drafts().count(),
        "claims": audit.claims.iter().map(claim).collect::<Vec<_>>(),
        "sums": audit.sums.iter().map(sum).collect::<Vec<_>>(),
        "notes": output.report.footnotes,
    })
}

/// A verdict as a name in JSON: `not_countable`.
fn key(verdict: Verdict) -> String {
    verdict.word().replace(' ', "_")
}

fn claim(audited: &AuditedClaim<'_>) -> Value {
    let claim = audited.claim;
    let mut object = json!({
        "id": claim.id,
        "place": claim.place,
        "says": claim.says,
        "fact": claim.fact,
        "note": claim.note,
        "line": claim.line,
        "draft": claim.is_draft,
        "printed": claim.printed,
    });
    if let (Some(object), Some(Value::Object(answer))) = (object.as_object_mut(), audited.answer.as_ref().map(answer)) {
        object.extend(answer);
    }
    let shown = audited.shown.iter().map(|beside| {
        json!({ "selector": beside.text, "value": value(&beside.row), "cases": beside.cases.as_ref().map(named) })
    });
    if let Some(object) = object.as_object_mut() {
        object.insert("shows".to_owned(), shown.collect());
        object.insert("arithmetic".to_owned(), audited.arithmetic.iter().map(arithmetic).collect());
    }
    object
}

fn answer(answer: &ClaimAnswer) -> Value {
    let given = match &answer.given {
        Given::Cases(counted) => json!({
            "n": counted.n,
            "N": counted.of,
            "unknown": counted.unknown,
            "bounds": [counted.n, counted.n.saturating_add(counted.unknown)],
            "cases": counted.holding.as_ref().map(named),
            "cases_unknown": counted.silent.as_ref().map(named),
        }),
        Given::Values(rows) => json!({ "values": rows.iter().map(value).collect::<Vec<_>>() }),
        Given::Compared(left, right) => json!({ "values": [value(left), value(right)] }),
        Given::Nothing => Value::Null,
    };
    let part = |(name, part): &(String, ClaimAnswer)| {
        let mut object = self::answer(part);
        if let Some(object) = object.as_object_mut() {
            object.insert("name".to_owned(), name.as_str().into());
        }
        object
    };
    json!({
        "verdict": key(answer.verdict),
        "given": given,
        "remarks": answer.remarks.iter().map(sentence).collect::<Vec<_>>(),
        "parts": answer.parts.iter().map(part).collect::<Vec<_>>(),
    })
}

fn value(row: &ResultRow) -> Value {
    json!({ "key": row.key, "stat_fmt": printed(row), "raw": raw(&row.value), "method": row.method })
}

fn named(cases: &NamedCases) -> Value {
    json!({ "n": cases.cases, "first": cases.ids().collect::<Vec<_>>() })
}

fn arithmetic(judged: &Judgement) -> Value {
    let word = match judged.consistency {
        Consistency::Consistent => "possible",
        Consistency::Inconsistent => "impossible",
        Consistency::NotInformative => "not informative",
        Consistency::NotRun => "not run",
    };
    json!({ "result": word, "sentence": judged.sentence, "cause": judged.cause.map(|cause| cause.word()) })
}
