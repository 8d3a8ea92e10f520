//! A result as a JSON object, member by member: the names need no escaping, and hardly any text does.

use super::write;
use crate::analyze::Scores;
use crate::analyze::method::Method;
use crate::analyze::results::{ResultRow, Value};
use crate::decimal::{Decimal, Exact};
use crate::tables::number::printed_with;
use crate::tables::style::Style;
use serde::ser::{Serialize, Serializer};
use std::io;

/// Appends a result as an object. The names are written with what stands around them, in one piece.
pub(super) fn append(bytes: &mut Vec<u8>, row: &ResultRow, style: &Style) -> io::Result<()> {
    bytes.extend_from_slice(b"{\"key\":");
    text(bytes, &row.key)?;
    text_member(bytes, b",\"context\":", Some(row.context.word()))?;
    append_groups(bytes, row.group.as_ref().map(|group| group.levels.as_slice()).unwrap_or_default())?;
    text_member(bytes, b",\"variable\":", row.variable.as_deref())?;
    text_member(bytes, b",\"variable_level\":", row.level.as_deref())?;
    text_member(bytes, b",\"stat_name\":", Some(row.statistic.name()))?;
    text_member(bytes, b",\"stat_label\":", Some(row.statistic.label()))?;
    member(bytes, b",\"stat\":", &number(&row.value))?;
    text_member(bytes, b",\"stat_fmt\":", Some(&printed_with(row, style)))?;
    text_member(bytes, b",\"unit\":", row.unit.as_deref())?;
    text_member(bytes, b",\"method\":", row.method.as_ref().map(Method::to_string).as_deref())?;
    instead_of_a_number(bytes, &row.value)?;
    further(bytes, row)?;
    bytes.push(b'}');
    Ok(())
}

/// Appends the grouping variables with the levels of the group.
fn append_groups(bytes: &mut Vec<u8>, groups: &[(String, Option<String>)]) -> io::Result<()> {
    let Some(((name, level), others)) = groups.split_first() else {
        bytes.extend_from_slice(b",\"group1\":null,\"group1_level\":null");
        return Ok(());
    };
    text_member(bytes, b",\"group1\":", Some(name))?;
    text_member(bytes, b",\"group1_level\":", level.as_deref())?;
    for (number, (name, level)) in (2_usize..).zip(others) {
        text_member(bytes, format!(",\"group{number}\":").as_bytes(), Some(name))?;
        text_member(bytes, format!(",\"group{number}_level\":").as_bytes(), level.as_deref())?;
    }
    Ok(())
}

/// Appends what a value is that is no number.
fn instead_of_a_number(bytes: &mut Vec<u8>, value: &Value) -> io::Result<()> {
    match value {
        Value::Count(_) | Value::Exact(_) | Value::Real(_) => Ok(()),
        Value::Date(date) => text_member(bytes, b",\"date\":", Some(date)),
        Value::Censored(comparator, bound) => {
            let bound = Bound { op: comparator.sign(), value: whole_or_real(bound.to_f64()) };
            member(bytes, b",\"bound\":", &bound)?;
            reason(bytes, "censored", "censored")
        }
        Value::NotEstimable(why) => reason(bytes, &why.to_string(), why.code()),
        Value::Masked => reason(bytes, "masked", "masked"),
    }
}

fn reason(bytes: &mut Vec<u8>, words: &str, code: &str) -> io::Result<()> {
    text_member(bytes, b",\"reason\":", Some(words))?;
    text_member(bytes, b",\"reason_code\":", Some(code))
}

/// Appends the members that few results have.
fn further(bytes: &mut Vec<u8>, row: &ResultRow) -> io::Result<()> {
    if let Some(rate) = row.rate {
        text_member(bytes, b",\"rate\":", Some(rate.word()))?;
    }
    if let Some(level) = row.conf_level {
        member(bytes, b",\"conf.level\":", &level)?;
    }
    // What a difference is: `treated - placebo`.
    if let Some(contrast) = &row.contrast {
        text_member(bytes, b",\"contrast\":", Some(&contrast.to_string()))?;
    }
    match &row.method {
        Some(Method::Trend(scores)) => member(bytes, b",\"scores\":", &TrendScores(scores)),
        _ => Ok(()),
    }
}

/// Appends a member that is a text, or null, behind its name.
fn text_member(bytes: &mut Vec<u8>, name: &[u8], value: Option<&str>) -> io::Result<()> {
    bytes.extend_from_slice(name);
    match value {
        Some(value) => text(bytes, value),
        None => {
            bytes.extend_from_slice(b"null");
            Ok(())
        }
    }
}

fn member<T: Serialize>(bytes: &mut Vec<u8>, name: &[u8], value: &T) -> io::Result<()> {
    bytes.extend_from_slice(name);
    write(bytes, value)
}

/// Appends a text; where nothing has to be escaped, in one piece.
fn text(bytes: &mut Vec<u8>, text: &str) -> io::Result<()> {
    // No way out of the loop: the bytes are looked at many at a time.
    let is_escaped =
        text.bytes().fold(false, |found, byte| found | !matches!(byte, b' '..=b'~') | matches!(byte, b'"' | b'\\'));
    if is_escaped {
        return write(bytes, text);
    }
    bytes.push(b'"');
    bytes.extend_from_slice(text.as_bytes());
    bytes.push(b'"');
    Ok(())
}

/// A number that keeps its kind: a count has no decimal point.
#[derive(serde::Serialize)]
#[serde(untagged)]
enum JsonNumber {
    Count(u64),
    Real(f64),
}

fn number(value: &Value) -> Option<JsonNumber> {
    match value {
        Value::Count(n) => Some(JsonNumber::Count(*n)),
        other => other.number().map(JsonNumber::Real),
    }
}

/// A bound such as 1280 is written as it was read.
fn whole_or_real(value: f64) -> JsonNumber {
    let whole = value as u64;
    if whole as f64 == value { JsonNumber::Count(whole) } else { JsonNumber::Real(value) }
}

#[derive(serde::Serialize)]
struct Bound {
    op: &'static str,
    value: JsonNumber,
}

/// Each level with its score, upwards.
struct TrendScores<'a>(&'a Scores);

impl Serialize for TrendScores<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let number = |score: Decimal| whole_or_real(Exact::from(score).to_f64());
        serializer.collect_map(self.0.iter().map(|(level, score)| (level, number(score))))
    }
}

#[cfg(test)]
mod tests {
    use super::{text, write};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_text_is_written_as_serde_writes_it(value in "\\PC{0,20}|[ -~]{0,40}|[\u{0}-\u{a0}\u{202e}]{0,9}") {
            let (mut fast, mut slow) = (Vec::new(), Vec::new());
            text(&mut fast, &value).unwrap();
            write(&mut slow, value.as_str()).unwrap();
            prop_assert_eq!(fast, slow);
        }
    }
}
