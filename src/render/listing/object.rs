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

use super::{Head, Plain, RowWriter, row_in};
use crate::render::json;
use crate::tables::listing::{LineEntry, ListingColumn, ListingEntry, NumberEntry, RowFormat};
use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use std::io::{self, Write};
use std::rc::Rc;
use std::sync::Arc;

/// The version of the object; it changes when a member changes its meaning.
const FORMAT: &str = "calc-series.cases/1";

/// One object a line.
pub type ListingObjects<'a> = Plain<'a, Objects>;

/// One object a case: the names of the columns with their cells.
pub struct Objects {
    before: &'static str,
    /// The names as JSON, each behind what comes before it.
    names: Vec<String>,
    after: &'static str,
}

impl Objects {
    fn new(columns: &[ListingColumn<'_>], before: &'static str, after: &'static str) -> io::Result<Objects> {
        let name = |(at, column): (usize, &ListingColumn<'_>)| {
            let mut bytes = if at == 0 { b"{".to_vec() } else { b",".to_vec() };
            json::write(&mut bytes, &column.name)?;
            bytes.push(b':');
            Ok(String::from_utf8_lossy(&bytes).into_owned())
        };
        let names = columns.iter().enumerate().map(name).collect::<io::Result<_>>()?;
        Ok(Objects { before, names, after })
    }
}

impl RowFormat for Objects {
    fn cell(&self, _: usize, entry: &ListingEntry) -> String {
        let mut bytes = Vec::new();
        // What is written to memory does not fail.
        let _ = json::write(&mut bytes, &EntryValue(entry));
        String::from_utf8_lossy(&bytes).into_owned()
    }

    fn row(&self, cells: &[Rc<str>], to: &mut String) {
        to.push_str(self.before);
        for (name, cell) in self.names.iter().zip(cells) {
            to.push_str(name);
            to.push_str(cell);
        }
        to.push_str(if cells.is_empty() { "{}" } else { "}" });
        to.push_str(self.after);
    }
}

impl<'a> Plain<'a, Objects> {
    /// Nothing is written before the first case.
    pub fn new(head: Head<'a>, out: &'a mut dyn Write) -> io::Result<ListingObjects<'a>> {
        Ok(Plain { format: Arc::new(Objects::new(head.columns, "", "\n")?), out })
    }
}

/// Before each case of the list.
const BEFORE: &str = ",\n    ";

/// One object: inputs, columns, cases, notes.
pub struct ListingObject<'a> {
    format: Arc<Objects>,
    is_begun: bool,
    out: &'a mut dyn Write,
}

#[derive(Serialize)]
struct ColumnObject<'a> {
    name: &'a str,
    label: &'a str,
    role: &'static str,
    kind: Option<&'static str>,
    unit: Option<&'a str>,
}

impl<'a> ListingObject<'a> {
    /// Writes what comes before the cases.
    pub fn new(head: Head<'a>, out: &'a mut dyn Write) -> io::Result<ListingObject<'a>> {
        let columns: Vec<ColumnObject<'_>> = head.columns.iter().map(column).collect();
        let mut bytes = format!("{{\n  \"format\": \"{FORMAT}\",\n  \"inputs\": ").into_bytes();
        json::write(&mut bytes, head.inputs)?;
        bytes.extend_from_slice(b",\n  \"columns\": ");
        json::write(&mut bytes, &columns)?;
        bytes.extend_from_slice(b",\n  \"cases\": [");
        out.write_all(&bytes)?;
        Ok(ListingObject { format: Arc::new(Objects::new(head.columns, BEFORE, "")?), is_begun: false, out })
    }
}

impl RowWriter for ListingObject<'_> {
    fn row(&mut self, row: Vec<ListingEntry>) -> io::Result<()> {
        let row = row_in(&*self.format, &row);
        self.written(&row)
    }

    fn format(&self) -> Option<Arc<dyn RowFormat>> {
        Some(self.format.clone())
    }

    fn written(&mut self, rows: &str) -> io::Result<()> {
        // The first case has none before it.
        let rows = if self.is_begun { rows } else { rows.strip_prefix(',').unwrap_or(rows) };
        self.is_begun |= !rows.is_empty();
        self.out.write_all(rows.as_bytes())
    }

    fn finish(&mut self, footnotes: &[String]) -> io::Result<()> {
        let mut bytes = if self.is_begun { b"\n  ]".to_vec() } else { b"]".to_vec() };
        bytes.extend_from_slice(b",\n  \"notes\": ");
        json::write(&mut bytes, footnotes)?;
        bytes.extend_from_slice(b"\n}\n");
        self.out.write_all(&bytes)
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

struct EntryValue<'r>(&'r ListingEntry);

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
    text: String,
    agents: &'r [String],
    response: &'static str,
}

impl Serialize for EntryValue<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            ListingEntry::Missing(_) => serializer.serialize_none(),
            ListingEntry::Text(text) | ListingEntry::Level(text, _) => serializer.serialize_str(text),
            ListingEntry::Number(number) => number_object(number).serialize(serializer),
            ListingEntry::Items(items) => serializer.collect_seq(items.iter().map(|item| &**item)),
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
    LineObject { text: line.to_string(), agents: &line.line.agents, response: line.line.response.word() }
}
