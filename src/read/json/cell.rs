//! The text of a cell that is nested in JSON: a list, named items, a laboratory value.

use super::line::{is_line, names_an_agent, write_line};
use super::nested::{DetailNames, JsonValue, Mismatch, NestedMembers, text};
use super::presence::{Presence, presence, tells_presence};
use crate::read::block::ITEM;
use serde_json::value::RawValue;
use std::borrow::Cow;

/// Members that may name an item of a list, beside the column's own name.
const NAMING: [&str; 5] = ["name", "site", "value", "label", "item"];
/// Members of a laboratory value.
const LABORATORY: [&str; 4] = ["value", "status", "unit", "comparator"];
const COMPARATORS: [&str; 6] = ["<", "<=", "≤", ">", ">=", "≥"];

/// What the items of a list have in common.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ItemKind {
    Scalar,
    Named,
    Line,
}

/// Writes an array: each item after one [`ITEM`], or `none` for an empty set and for one of which the patient has nothing.
pub(super) fn write_array<'a>(
    column: &str,
    items: &[&'a RawValue],
    out: &mut String,
    detail: &mut DetailNames<'a>,
) -> Result<(), Mismatch> {
    let start = out.len();
    let is_of_lines = |raw: &&RawValue| matches!(JsonValue::of(raw), Ok(JsonValue::Object(members)) if is_line(&members, names_item(column)));
    let are_lines = items.iter().any(is_of_lines);
    let mut kind = None;
    for (number, raw) in items.iter().enumerate() {
        let before = out.len();
        out.push(ITEM);
        let (own, presence) =
            write_item((column, are_lines), raw, out, detail).map_err(|mismatch| mismatch.within(number))?;
        match presence {
            Presence::Present => {}
            Presence::Absent => out.truncate(before),
            Presence::Unknown => out.push('?'),
        }
        if *kind.get_or_insert(own) != own {
            let remedy = "write all items of the list in one form";
            return Err(
                Mismatch::new(raw.get(), "this item has another form than those before it", remedy).within(number)
            );
        }
    }
    if out.len() == start {
        out.push_str("none");
    }
    Ok(())
}

/// Writes an item of a column; in a list of lines, whatever may be an agent is one.
fn write_item<'a>(
    (column, are_lines): (&str, bool),
    raw: &'a RawValue,
    out: &mut String,
    detail: &mut DetailNames<'a>,
) -> Result<(ItemKind, Presence), Mismatch> {
    match JsonValue::of(raw)? {
        JsonValue::Text(text) if is_number(raw) && !holds_two_numbers(column) => {
            let message = "numbers in a list: measurements, which as items of a cell would be names, or codes";
            Err(Mismatch::new(&text, message, NUMBERS))
        }
        JsonValue::Text(text) if !text.trim().is_empty() => {
            out.push_str(&text);
            Ok((ItemKind::Scalar, Presence::Present))
        }
        JsonValue::Object(members) if are_lines && names_an_agent(&members) => {
            write_line(&members, out, detail)?;
            Ok((ItemKind::Line, presence(&members)))
        }
        JsonValue::Object(members) => {
            write_named(column, raw, &members, out, detail)?;
            Ok((ItemKind::Named, presence(&members)))
        }
        JsonValue::Null | JsonValue::Text(_) => Err(Mismatch::new(
            raw.get(),
            "an item of a list must not be empty",
            "remove it; write an empty list [] if there is none",
        )),
        JsonValue::Array(_) => Err(Mismatch::new(raw.get(), "a list inside a list", "write one list")),
    }
}

/// What to do with rows of tests, visits or events inside a case.
const ROWS: &str = "write the rows to a file of their own, the id of its case in each, and name it beside this one: \
     --table visits=visits.json, --table labs=labs.json or --table events=events.json";
/// What to do with numbers in a list.
const NUMBERS: &str =
    "write one member for each measurement: \"crp@1\": 10, \"crp@2\": 5; codes in quotes: [\"1\", \"3\"]";
/// Names of blood pressure.
const PRESSURES: [&str; 7] = ["bp", "nibp", "rr", "ta", "pa", "blutdruck", "bloeddruk"];
/// Members that only a row of a table has: a measurement or a visit.
const OF_ROWS: [&str; 8] = ["test", "analyte", "parameter", "visit", "timepoint", "unit", "units", "result"];
/// Members that only a row has where a number stands beside them; a site may have a date.
const OF_DATED_ROWS: [&str; 3] = ["date", "time", "month"];
/// Members that a row has, and an item that has a name as well: a fever may be mild.
const OF_UNNAMED_ROWS: [&str; 3] = ["grade", "severity", "day"];

/// True for the name of a blood pressure, which is two numbers: `"BP": [120, 80]`.
fn holds_two_numbers(column: &str) -> bool {
    let lower = column.to_lowercase();
    let is_one = |word: &str| PRESSURES.contains(&word);
    lower.split(|c: char| !c.is_alphanumeric()).any(is_one) || lower.contains("pressure")
}

fn is_number(raw: &RawValue) -> bool {
    raw.get().starts_with(|c: char| c == '-' || c.is_ascii_digit())
}

/// True for the members that name an item of a column.
fn names_item(column: &str) -> impl Fn(&str) -> bool {
    let singular = column.strip_suffix('s').unwrap_or(column).to_owned();
    move |name: &str| NAMING.contains(&name) || name.strip_suffix('s').unwrap_or(name) == singular
}

/// True for an object that is a row of another table, and no item: `{"test": "CRP", "value": 10}`.
fn is_row(members: &NestedMembers<'_>, is_named: bool) -> bool {
    let has_one = |of: &[&str]| members.0.iter().any(|(name, _)| of.contains(&name.to_lowercase().as_str()));
    let is_dated = || {
        has_one(&OF_DATED_ROWS)
            && members.0.iter().any(|(name, value)| is_number(value) && !tells_presence(members, name))
    };
    let is_measured = || members.get("value").is_some_and(is_number);
    members.0.len() > 1 && (has_one(&OF_ROWS) || is_measured() || is_dated() || !is_named && has_one(&OF_UNNAMED_ROWS))
}

/// Writes the item that an object names.
fn write_named<'a>(
    column: &str,
    raw: &RawValue,
    members: &NestedMembers<'a>,
    out: &mut String,
    detail: &mut DetailNames<'a>,
) -> Result<(), Mismatch> {
    let names_item = names_item(column);
    if is_row(members, members.0.iter().any(|(name, _)| names_item(name))) {
        let message = "the items of this list are rows of a table: as items of a cell they would lose their numbers";
        return Err(Mismatch::new(raw.get(), message, ROWS));
    }
    let mut naming = members.0.iter().filter(|(name, _)| names_item(name));
    let (Some((name, value)), None) = (naming.next(), naming.next()) else {
        let singular = column.strip_suffix('s').unwrap_or(column);
        let message = format!("an item needs exactly one of the members {} or {singular}", NAMING.join(", "));
        return Err(Mismatch::new(raw.get(), message, "name the item by one of these members"));
    };
    let remedy = "write the name, or remove the item";
    let named = text(value).map_err(|mismatch| mismatch.within(name))?;
    let item = named
        .ok_or_else(|| Mismatch::new(value.get(), "the name of an item must not be empty", remedy).within(name))?;
    out.push_str(&item);
    let is_detail = |other: &str| other != name && !tells_presence(members, other);
    detail.extend(members.0.iter().map(|(other, _)| other).filter(|other| is_detail(other)).cloned());
    Ok(())
}

/// Units of time, from the longest on.
const TIME_UNITS: [&str; 5] = ["years", "months", "weeks", "days", "hours"];

/// True for an amount of time in several units, or in one of them: `{"years": 5, "months": 6}`.
pub(super) fn is_duration(members: &NestedMembers) -> bool {
    let is_amount = |(name, value): &(Cow<'_, str>, &RawValue)| {
        TIME_UNITS.contains(&&**name) && (is_number(value) || value.get() == "null")
    };
    !members.0.is_empty() && members.0.iter().all(is_amount)
}

/// Writes an amount of time: `5 years 6 months`.
pub(super) fn write_duration(members: &NestedMembers<'_>, out: &mut String) -> Result<(), Mismatch> {
    let mut parts = Vec::new();
    for unit in TIME_UNITS {
        parts.extend(members.text(unit)?.map(|amount| format!("{amount} {unit}")));
    }
    out.push_str(&parts.join(" "));
    Ok(())
}

/// True for an object that is a laboratory value, not a group.
pub(super) fn is_laboratory(members: &NestedMembers) -> bool {
    members.get("value").or(members.get("status")).is_some()
}

/// Writes a laboratory value: `>1280`, `44 mm/h (high)`, or the status alone.
pub(super) fn write_laboratory<'a>(
    members: &NestedMembers<'a>,
    out: &mut String,
    detail: &mut DetailNames<'a>,
) -> Result<(), Mismatch> {
    let value = members.text("value")?;
    let status = bracketless(members, "status")?;
    let unit = bracketless(members, "unit")?;
    let comparator = members.text("comparator")?.filter(|sign| sign != "=");
    if let Some(sign) = &comparator {
        let sits = COMPARATORS.contains(&&**sign)
            && value.as_ref().is_some_and(|v| v.starts_with(|c: char| c.is_ascii_digit()));
        if !sits {
            let remedy = "write one of < <= > >= beside a member `value` that is a number";
            return Err(Mismatch::new(sign, "a comparator needs a number after it", remedy).within("comparator"));
        }
        out.push_str(sign);
    }
    match (&value, &status) {
        (Some(value), _) => {
            out.push_str(value);
            if let Some(unit) = unit {
                out.push(' ');
                out.push_str(&unit);
            }
            if let Some(status) = status {
                out.push_str(" (");
                out.push_str(&status);
                out.push(')');
            }
        }
        (None, Some(status)) => out.push_str(status),
        (None, None) => {}
    }
    detail.extend(members.0.iter().filter(|(name, _)| !LABORATORY.contains(&&**name)).map(|(name, _)| name.clone()));
    Ok(())
}

/// The text of a member that is written beside or inside parentheses.
fn bracketless<'a>(members: &NestedMembers<'a>, name: &str) -> Result<Option<Cow<'a, str>>, Mismatch> {
    match members.text(name)? {
        Some(text) if text.contains(|c: char| matches!(c, '(' | ')') || c.is_control()) => {
            Err(Mismatch::new(&text, "parentheses are not allowed here", "write it without parentheses").within(name))
        }
        text => Ok(text),
    }
}
