//! Reference ranges and plausible ranges of a field.

use super::json::Json;
use super::key::{Key, Unknown, key, read_keys};
use super::reader::SchemaReader;
use super::tree::Node;
use crate::decimal::Decimal;
use crate::schema::{Plausible, ReferenceRange};

/// The keys of a plausible range.
pub(super) const PLAUSIBLE: [Key<Plausible>; 3] = [
    key("low", |node, range, reader| range.low = reader.decimal(node), |range| range.low.into()),
    key("high", |node, range, reader| range.high = reader.decimal(node), |range| range.high.into()),
    key("note", |node, range, reader| range.note = reader.text(node), |range| range.note.as_ref().into()),
];

/// The keys of a reference range.
pub(super) const REFERENCE: [Key<ReferenceRange>; 5] = [
    key("sex", |node, range, reader| range.sex = reader.text(node), |range| range.sex.as_ref().into()),
    key(
        "age",
        |node, range, reader| range.age = read_ages(node, reader),
        |range| range.age.map_or(Json::Absent, |(from, to)| Json::list([from, to])),
    ),
    key("low", |node, range, reader| range.low = reader.decimal(node), |range| range.low.into()),
    key("high", |node, range, reader| range.high = reader.decimal(node), |range| range.high.into()),
    key(
        "source",
        |node, range, reader| range.source = reader.text(node).unwrap_or_default(),
        |range| (&range.source).into(),
    ),
];

pub(super) fn read_plausible(node: &Node, reader: &mut SchemaReader) -> Option<Plausible> {
    let mut range = Plausible::default();
    read_keys(node, &PLAUSIBLE, &mut range, reader, ("key of a plausible range", Unknown::Refused))?;
    ensure_bounds(node, range.low, range.high, reader);
    Some(range)
}

pub(super) fn read_ranges(node: &Node, reader: &mut SchemaReader) -> Option<Vec<ReferenceRange>> {
    let mut ranges: Vec<ReferenceRange> = Vec::new();
    for item in reader.list(node)? {
        let Some(range) = read_range(item, reader) else { continue };
        if ranges.iter().any(|known| overlap(known, &range)) {
            let message = "this reference range overlaps with one above: a patient would have two";
            reader.fault(item, message, "ages are half-open, [from, to): let one range end where the next begins");
        }
        ranges.push(range);
    }
    Some(ranges)
}

fn read_range(node: &Node, reader: &mut SchemaReader) -> Option<ReferenceRange> {
    let mut range = ReferenceRange { sex: None, age: None, low: None, high: None, source: String::new() };
    read_keys(node, &REFERENCE, &mut range, reader, ("key of a reference range", Unknown::Refused))?;
    if range.source.trim().is_empty() {
        reader.fault(node, "this reference range has no source", "add \"source\" with the publication or laboratory");
    }
    ensure_bounds(node, range.low, range.high, reader);
    Some(range)
}

fn ensure_bounds(node: &Node, low: Option<Decimal>, high: Option<Decimal>, reader: &mut SchemaReader) {
    match (low, high) {
        (None, None) => reader.fault(node, "this range has neither \"low\" nor \"high\"", "add one of them"),
        (Some(low), Some(high)) if low > high => {
            reader.fault(node, format!("the low end {low} is above the high end {high}"), "exchange the two");
        }
        _ => {}
    }
}

fn read_ages(node: &Node, reader: &mut SchemaReader) -> Option<(Decimal, Decimal)> {
    let ages: Vec<Option<Decimal>> = reader.list(node)?.iter().map(|item| reader.decimal(item)).collect();
    match ages.as_slice() {
        [Some(from), Some(to)] if from < to => Some((*from, *to)),
        _ => {
            let message = "an interval of ages is [from, to) in years, with from below to";
            reader.fault(node, message, "write two numbers, as in [0, 18]");
            None
        }
    }
}

/// True where one patient can fall into both ranges; a range without a sex is for every sex.
fn overlap(a: &ReferenceRange, b: &ReferenceRange) -> bool {
    let sexes = match (&a.sex, &b.sex) {
        (Some(a), Some(b)) => a.to_lowercase() == b.to_lowercase(),
        _ => true,
    };
    let ages = match (a.age, b.age) {
        (Some(a), Some(b)) => a.0 < b.1 && b.0 < a.1,
        _ => true,
    };
    sexes && ages
}
