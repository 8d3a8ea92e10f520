//! The time elements of phenopackets.

use super::value::{class, member, text};
use serde_json::Value;

/// When something was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PacketTime {
    /// An age as an ISO 8601 duration: `P2Y6M`.
    Age(String),
    /// An age that is known as a range, or as completed weeks of gestation: as it is written.
    Range(String),
    /// A stage such as `Congenital onset`.
    Stage(String),
    /// A day, `YYYY-MM-DD`.
    Day(String),
}

/// The time in a member of a record.
pub fn time(value: &Value, name: &str) -> Option<PacketTime> {
    let time = member(value, name)?;
    if let Some(age) = member(time, "age").and_then(|age| duration(age).or_else(|| age.as_str().map(str::to_owned))) {
        return Some(PacketTime::Age(age));
    }
    if let Some(range) = member(time, "ageRange") {
        return Some(between(range));
    }
    if let Some(weeks) = member(time, "gestationalAge").and_then(|age| text(age, "weeks")) {
        return Some(PacketTime::Range(format!("{weeks} weeks of gestation")));
    }
    if let Some(stage) = class(time, "ontologyClass") {
        return Some(PacketTime::Stage(stage));
    }
    let instant =
        text(time, "timestamp").or_else(|| member(time, "interval").and_then(|interval| text(interval, "start")));
    instant.map(|instant| PacketTime::Day(day(&instant)))
}

/// The time in the members of the first version: that of an age, of a range of ages, and of a stage.
pub fn time_of_version_1(value: &Value, [age, range, stage]: [&str; 3]) -> Option<PacketTime> {
    let of_age = || member(value, age).and_then(duration).map(PacketTime::Age);
    let of_range = || member(value, range).map(between);
    of_age().or_else(of_range).or_else(|| class(value, stage).map(PacketTime::Stage))
}

/// An age as an ISO 8601 duration.
fn duration(age: &Value) -> Option<String> {
    ["iso8601duration", "iso8601Duration", "age"].iter().find_map(|name| text(age, name))
}

fn between(range: &Value) -> PacketTime {
    let of = |end: &str| member(range, end).and_then(duration).unwrap_or_default();
    PacketTime::Range(format!("{} to {}", of("start"), of("end")))
}

/// The day of a timestamp.
pub fn day(instant: &str) -> String {
    instant.split('T').next().unwrap_or(instant).to_owned()
}
