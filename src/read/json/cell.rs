//! The text of a cell that is nested in JSON: a list, named items, a laboratory value.

use super::line::write_line;
use super::nested::{DetailNames, JsonValue, Mismatch, NestedMembers, text};
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

/// Writes an array: each item after one [`ITEM`], or `none` for an empty set.
pub(super) fn write_array<'a>(
    column: &str,
    items: &[&'a RawValue],
    out: &mut String,
    detail: &mut DetailNames<'a>,
) -> Result<(), Mismatch> {
    if items.is_empty() {
        out.push_str("none");
    }
    let mut kind = None;
    for (number, raw) in items.iter().enumerate() {
        out.push(ITEM);
        let own = write_item(column, raw, out, detail).map_err(|mismatch| mismatch.within(number))?;
        if *kind.get_or_insert(own) != own {
            let remedy = "write all items of the list in one form";
            return Err(
                Mismatch::new(raw.get(), "this item has another form than those before it", remedy).within(number)
            );
        }
    }
    Ok(())
}

fn write_item<'a>(
    column: &str,
    raw: &'a RawValue,
    out: &mut String,
    detail: &mut DetailNames<'a>,
) -> Result<ItemKind, Mismatch> {
    match JsonValue::of(raw)? {
        JsonValue::Text(text) if !text.trim().is_empty() => {
            out.push_str(&text);
            Ok(ItemKind::Scalar)
        }
        JsonValue::Object(members) if members.get("agents").or(members.get("agent")).is_some() => {
            write_line(&members, out, detail)?;
            Ok(ItemKind::Line)
        }
        JsonValue::Object(members) => {
            write_named(column, raw, &members, out, detail)?;
            Ok(ItemKind::Named)
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
/// Members that only a row of a table has: a measurement or a visit.
const OF_ROWS: [&str; 8] = ["test", "analyte", "parameter", "visit", "timepoint", "unit", "units", "result"];
/// Members that only a row has where a number stands beside them; a site may have a date.
const OF_DATED_ROWS: [&str; 3] = ["date", "time", "month"];
/// Members that a row has, and an item that has a name as well: a fever may be mild.
const OF_UNNAMED_ROWS: [&str; 3] = ["grade", "severity", "day"];

/// True for an object that is a row of another table, and no item: `{"test": "CRP", "value": 10}`.
fn is_row(members: &NestedMembers<'_>, is_named: bool) -> bool {
    let is_number = |raw: &RawValue| raw.get().starts_with(|c: char| c == '-' || c.is_ascii_digit());
    let has_one = |of: &[&str]| members.0.iter().any(|(name, _)| of.contains(&name.to_lowercase().as_str()));
    let is_dated = || has_one(&OF_DATED_ROWS) && members.0.iter().any(|(_, value)| is_number(value));
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
    let singular = column.strip_suffix('s').unwrap_or(column);
    let names_item = |name: &str| NAMING.contains(&name) || name.strip_suffix('s').unwrap_or(name) == singular;
    if is_row(members, members.0.iter().any(|(name, _)| names_item(name))) {
        let message = "the items of this list are rows of a table: as items of a cell they would lose their numbers";
        return Err(Mismatch::new(raw.get(), message, ROWS));
    }
    let mut naming = members.0.iter().filter(|(name, _)| names_item(name));
    let (Some((name, value)), None) = (naming.next(), naming.next()) else {
        let message = format!("an item needs exactly one of the members {} or {singular}", NAMING.join(", "));
        return Err(Mismatch::new(raw.get(), message, "name the item by one of these members"));
    };
    let remedy = "write the name, or remove the item";
    let named = text(value).map_err(|mismatch| mismatch.within(name))?;
    let item = named
        .ok_or_else(|| Mismatch::new(value.get(), "the name of an item must not be empty", remedy).within(name))?;
    out.push_str(&item);
    detail.extend(members.0.iter().filter(|(other, _)| other != name).map(|(other, _)| other.clone()));
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
