//! What is impossible in a manuscript, and what is possible only under a condition, as SARIF.

use super::super::sarif::{
    Fingerprint, Location, LogicalLocation, Message, Region, Rule, SarifResult, fingerprint_of, log, physical,
};
use super::ScanOutput;
use crate::check::scan::{Relation, ScanItem, ScanVerdict};
use crate::words::Word;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io;

/// The log, on one line.
pub fn render(output: &ScanOutput<'_>) -> io::Result<Vec<u8>> {
    let open: Vec<(&ScanItem, &'static str)> =
        output.scan.items.iter().filter_map(|item| Some((item, level(item.verdict)?))).collect();
    let relations: Vec<Relation> =
        open.iter().map(|(item, _)| item.relation).collect::<BTreeSet<_>>().into_iter().collect();
    let results = open.iter().map(|(item, level)| result(output.path, item, level, &relations)).collect();
    log(relations.iter().map(|relation| rule(*relation)).collect(), results)
}

/// How serious a verdict is. None for what needs no decision.
fn level(verdict: ScanVerdict) -> Option<&'static str> {
    match verdict {
        ScanVerdict::Impossible => Some("error"),
        ScanVerdict::Conditional => Some("warning"),
        ScanVerdict::Consistent | ScanVerdict::NotCheckable => None,
    }
}

fn rule(relation: Relation) -> Rule {
    let message = || Message { text: format!("{}.", about(relation)) };
    let (short_description, full_description, help) = (message(), message(), message());
    Rule { id: relation.as_word(), short_description, full_description, help, properties: None }
}

/// What numbers a relation holds against each other.
fn about(relation: Relation) -> &'static str {
    match relation {
        Relation::Percentage => "A count, its denominator and its percentage",
        Relation::Part => "A part and its whole",
        Relation::Categories => "Categories that exclude each other, and their whole",
        Relation::Total => "A total of a table and the counts it is of",
        Relation::Ratio => "A ratio and the counts it is of",
        Relation::Mean => "A mean with its SD, its range and its number of cases",
        Relation::Median => "A median and its range or quartiles",
        Relation::Interval => "An estimate and its interval",
        Relation::Test => "A test statistic and its p",
        Relation::TwoByTwo => "The p of a two by two table that is printed",
        Relation::PValue => "A p alone",
        Relation::Difference => "A difference of two percentages",
        Relation::Period => "A number of years and the years themselves",
        Relation::SameFact => "The same fact in two places",
    }
}

fn result<'a>(path: &str, item: &ScanItem, level: &'static str, relations: &[Relation]) -> SarifResult<'a> {
    let id = item.relation.as_word();
    let parts = [id, item.excerpt.as_str(), item.sentence.as_str()];
    SarifResult {
        rule_id: id,
        rule_index: relations.iter().position(|relation| *relation == item.relation).unwrap_or(0),
        kind: None,
        level,
        message: Message { text: format!("'{}': {}", item.excerpt, item.sentence) },
        locations: vec![location(path, item)],
        partial_fingerprints: Fingerprint { finding: fingerprint_of(&parts) },
        suppressions: Vec::new(),
        properties: None,
    }
}

/// The line, or the name of the paragraph or cell where the file has no lines.
fn location<'a>(path: &str, item: &ScanItem) -> Location<'a> {
    let region = item.place.line.map(|line| Region { start_line: line, start_column: None });
    let is_named = region.is_none() || item.place.cell.is_some();
    let name = LogicalLocation { name: Cow::Owned(item.place.to_string()), kind: "element" };
    Location {
        physical_location: physical(path, region),
        logical_locations: is_named.then_some(name).into_iter().collect(),
    }
}
