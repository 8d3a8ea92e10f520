//! A listing for scripts: one object a case, alone on its line or in one object for all.
//!
//! | a column of | is |
//! |---|---|
//! | numbers | `{"text": ">1280", "value": 1280, "op": ">", "status": "high"}`; no `op` where it is exact |
//! | a set, labs | a list of texts; `[]` where it is known that there are none |
//! | treatment lines | a list of `{"text", "agents", "response"}` |
//! | anything else | a text |
//!
//! Nothing reported is `null`; a cell that cannot be read is `{"unreadable": "12-15"}`.

use super::{Head, RowWriter};
use crate::render::json;
use crate::tables::listing::{LineEntry, ListingColumn, ListingEntry, NumberEntry};
use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use std::io::{self, Write};

/// The version of the object; it changes when a member changes its meaning.
const FORMAT: &str = "calc-series.cases/1";

/// One object a line.
pub struct Lines<'a> {
    columns: &'a [ListingColumn<'a>],
    buffer: Vec<u8>,
    out: &'a mut dyn Write,
}

impl<'a> Lines<'a> {
    /// Nothing is written before the first case.
    pub fn new(head: Head<'a>, out: &'a mut dyn Write) -> Lines<'a> {
        Lines { columns: head.columns, buffer: Vec::new(), out }
    }
}

impl RowWriter for Lines<'_> {
    fn row(&mut self, row: Vec<ListingEntry>) -> io::Result<()> {
        self.buffer.clear();
        json::write(&mut self.buffer, &CaseObject { columns: self.columns, row: &row })?;
        self.buffer.push(b'\n');
        self.out.write_all(&self.buffer)
    }

    fn finish(&mut self, _: &[String]) -> io::Result<()> {
        Ok(())
    }
}

/// One object: inputs, columns, cases, notes.
pub struct Object<'a> {
    lines: Lines<'a>,
    before: &'static str,
}

#[derive(Serialize)]
struct ColumnObject<'a> {
    name: &'a str,
    label: &'a str,
    role: &'static str,
    kind: Option<&'static str>,
    unit: Option<&'a str>,
}

impl<'a> Object<'a> {
    /// Writes what comes before the cases.
    pub fn new(head: Head<'a>, out: &'a mut dyn Write) -> io::Result<Object<'a>> {
        let columns: Vec<ColumnObject<'_>> = head.columns.iter().map(column).collect();
        let mut bytes = format!("{{\n  \"format\": \"{FORMAT}\",\n  \"inputs\": ").into_bytes();
        json::write(&mut bytes, head.inputs)?;
        bytes.extend_from_slice(b",\n  \"columns\": ");
        json::write(&mut bytes, &columns)?;
        bytes.extend_from_slice(b",\n  \"cases\": [");
        out.write_all(&bytes)?;
        Ok(Object { lines: Lines::new(head, out), before: "\n    " })
    }
}

impl RowWriter for Object<'_> {
    fn row(&mut self, row: Vec<ListingEntry>) -> io::Result<()> {
        self.lines.buffer.clear();
        self.lines.buffer.extend_from_slice(self.before.as_bytes());
        self.before = ",\n    ";
        json::write(&mut self.lines.buffer, &CaseObject { columns: self.lines.columns, row: &row })?;
        self.lines.out.write_all(&self.lines.buffer)
    }

    fn finish(&mut self, footnotes: &[String]) -> io::Result<()> {
        let mut bytes = if self.before.starts_with(',') { b"\n  ]".to_vec() } else { b"]".to_vec() };
        bytes.extend_from_slice(b",\n  \"notes\": ");
        json::write(&mut bytes, footnotes)?;
        bytes.extend_from_slice(b"\n}\n");
        self.lines.out.write_all(&bytes)
    }
}

fn column<'c>(column: &'c ListingColumn<'_>) -> ColumnObject<'c> {
    let variable = column.variable();
    ColumnObject {
        name: &column.name,
        label: variable.map_or(&column.heading, |variable| variable.shown_label()),
        role: column.role().word(),
        kind: variable.map(|variable| variable.kind.word()),
        unit: variable.and_then(|variable| variable.unit.as_deref()),
    }
}

/// One case: the names of the columns with their cells.
struct CaseObject<'r> {
    columns: &'r [ListingColumn<'r>],
    row: &'r [ListingEntry],
}

impl Serialize for CaseObject<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(Some(self.row.len()))?;
        for (column, entry) in self.columns.iter().zip(self.row) {
            object.serialize_entry(&column.name, &Value(entry))?;
        }
        object.end()
    }
}

struct Value<'r>(&'r ListingEntry);

#[derive(Serialize)]
struct NumberObject<'r> {
    text: &'r str,
    value: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    op: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
}

#[derive(Serialize)]
struct LineObject<'r> {
    text: &'r str,
    agents: &'r [String],
    response: &'static str,
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            ListingEntry::Missing(_) => serializer.serialize_none(),
            ListingEntry::Text(text) | ListingEntry::Level(text, _) => serializer.serialize_str(text),
            ListingEntry::Number(number) => number_object(number).serialize(serializer),
            ListingEntry::Items(items) => items.serialize(serializer),
            ListingEntry::Lines(lines) => {
                let mut list = serializer.serialize_seq(Some(lines.len()))?;
                lines.iter().try_for_each(|line| list.serialize_element(&line_object(line)))?;
                list.end()
            }
            ListingEntry::Unreadable(text) => {
                let mut object = serializer.serialize_map(Some(1))?;
                object.serialize_entry("unreadable", text)?;
                object.end()
            }
        }
    }
}

fn number_object(number: &NumberEntry) -> NumberObject<'_> {
    NumberObject {
        text: &number.text,
        value: number.value.clone().and_then(|value| RawValue::from_string(value).ok()),
        op: number.sign,
        status: number.status.map(|status| status.word()),
    }
}

fn line_object(line: &LineEntry) -> LineObject<'_> {
    LineObject { text: &line.text, agents: &line.agents, response: line.response.word() }
}
