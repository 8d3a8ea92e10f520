//! A document whose members are columns, as programs write data frames: `{"id": ["A", "B"], "crp": [5, 6]}`.

use super::members::read_members;
use super::scan::{Halt, container_end, is_space};
use serde_json::value::RawValue;
use std::fmt::Write;

/// What the members of the only object of a document are.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum ByColumn {
    /// Those of a case, or of a document of cases.
    No,
    /// Not known before more of the document is read.
    NotYet,
    /// Columns of one length: the cases, as an array of objects.
    Cases(Vec<u8>),
    /// Lists of several lengths, or a value beside lists: the first that does not fit.
    Uneven(String),
    /// One list of objects, which is not named `cases`.
    OtherName(String),
}

/// Looks at a document that begins here; `is_whole` where no more bytes follow.
pub(super) fn by_column(bytes: &[u8], is_whole: bool) -> ByColumn {
    let Some(start) = begins_with_a_list(bytes) else { return ByColumn::No };
    let end = match container_end(bytes, start) {
        Ok(end) => end,
        Err(Halt::More) if !is_whole => return ByColumn::NotYet,
        Err(Halt::More | Halt::Wrong(..)) => return ByColumn::No,
    };
    let is_alone = bytes.get(end..).unwrap_or_default().iter().all(is_space);
    match (is_alone, is_whole) {
        (false, _) => ByColumn::No,
        (true, false) => ByColumn::NotYet,
        (true, true) => {
            let object = bytes.get(start..end).and_then(|object| std::str::from_utf8(object).ok());
            object.map_or(ByColumn::No, of_document)
        }
    }
}

/// Where the object begins, if its first member is a list, and not that of the cases: these are read as they come.
fn begins_with_a_list(bytes: &[u8]) -> Option<usize> {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut signs = text.iter().filter(|byte| !is_space(byte));
    let is_object = signs.next() == Some(&b'{') && signs.next() == Some(&b'"');
    let start = bytes.iter().position(|byte| *byte == b'{')?;
    let name = bytes.iter().skip(start).position(|byte| *byte == b':')?;
    let value = bytes.iter().skip(start.saturating_add(name).saturating_add(1)).find(|byte| !is_space(byte));
    let is_of_cases = bytes.get(start..start.saturating_add(name))?.ends_with(b"\"cases\"");
    (is_object && value == Some(&b'[') && !is_of_cases).then_some(start)
}

/// What the only object of a document is.
fn of_document(object: &str) -> ByColumn {
    if let Some(cases) = frame(object) {
        return cases;
    }
    if let Some(name) = scalar_beside_ids(object) {
        return ByColumn::Uneven(format!("{name} is no list"));
    }
    columns(object).map_or(ByColumn::No, |columns| of_columns(&columns))
}

/// The members of a data frame that is written in parts: the names of its columns, its rows, and their names.
const FRAME: [&str; 5] = ["columns", "data", "index", "index_names", "column_names"];

/// The cases of `{"columns": ["id", "age"], "index": [0, 1], "data": [["A", 5], ["B", 7]]}`.
fn frame(object: &str) -> Option<ByColumn> {
    let (mut names, mut rows, mut is_one) = (None, None, true);
    let read = read_members(object, |name, value| match &*name {
        "columns" => names = serde_json::from_str::<Vec<String>>(value.get()).ok(),
        "data" => rows = serde_json::from_str::<Vec<Vec<&RawValue>>>(value.get()).ok(),
        other => is_one &= FRAME.contains(&other),
    });
    read.ok()?;
    let (Some(names), Some(rows), true) = (names, rows, is_one) else { return None };
    if let Some(row) = rows.iter().find(|row| row.len() != names.len()) {
        return Some(ByColumn::Uneven(format!("columns has {} items, a row of data has {}", names.len(), row.len())));
    }
    let cells = |at: usize| rows.iter().filter_map(|row| row.get(at).copied()).collect::<Vec<_>>();
    let columns: Vec<JsonColumn<'_>> = names.into_iter().enumerate().map(|(at, name)| (name, cells(at))).collect();
    Some(ByColumn::Cases(self::rows(&columns, rows.len()).into_bytes()))
}

/// The first member that is no list, where the one that names the case is a list of several: a case has one ID.
fn scalar_beside_ids(object: &str) -> Option<String> {
    let (mut has_ids, mut scalar) = (false, None);
    read_members(object, |name, value| match serde_json::from_str::<Vec<&RawValue>>(value.get()) {
        Ok(cells) => has_ids |= cells.len() > 1 && names_case(&name),
        Err(_) => scalar = scalar.take().or(Some(name.into_owned())),
    })
    .ok()?;
    scalar.filter(|_| has_ids)
}

/// True for `id`, `case_id` and `patientId`.
fn names_case(name: &str) -> bool {
    let lower = name.to_lowercase();
    matches!(lower.as_str(), "id" | "case" | "patient" | "subject" | "case_no" | "patient_no")
        || lower.ends_with("_id")
        || name.ends_with("Id")
        || name.ends_with("ID")
}

/// A column: its name and its cells.
type JsonColumn<'a> = (String, Vec<&'a RawValue>);

/// The members, if all are lists and none of them is that of the cases.
fn columns(object: &str) -> Option<Vec<JsonColumn<'_>>> {
    let mut columns = Vec::new();
    let mut are_lists = true;
    let read = read_members(object, |name, value| match serde_json::from_str::<Vec<&RawValue>>(value.get()) {
        Ok(cells) if name != "cases" => columns.push((name.into_owned(), cells)),
        Ok(_) | Err(_) => are_lists = false,
    });
    (read.is_ok() && are_lists).then_some(columns)
}

fn of_columns(columns: &[JsonColumn<'_>]) -> ByColumn {
    let Some((first, cells)) = columns.first() else { return ByColumn::No };
    let is_object = |cell: &&RawValue| cell.get().starts_with('{');
    if columns.iter().any(|(_, cells)| cells.iter().any(is_object)) {
        let is_only = columns.len() == 1 && cells.iter().all(is_object);
        return if is_only { ByColumn::OtherName(first.clone()) } else { ByColumn::No };
    }
    match columns.iter().find(|(_, other)| other.len() != cells.len()) {
        Some((other, items)) => {
            ByColumn::Uneven(format!("{first} has {} items, {other} has {}", cells.len(), items.len()))
        }
        None => ByColumn::Cases(rows(columns, cells.len()).into_bytes()),
    }
}

/// The cases on one line: an array of objects.
fn rows(columns: &[JsonColumn<'_>], cases: usize) -> String {
    let mut text = String::from("[");
    for case in 0..cases {
        text.push_str(if case == 0 { "{" } else { ",{" });
        for (at, (name, cells)) in columns.iter().enumerate() {
            let cell = cells.get(case).map_or("null", |cell| cell.get());
            let comma = if at == 0 { "" } else { "," };
            // A text can always be written.
            let _ =
                write!(text, "{comma}{}:{}", serde_json::Value::from(name.as_str()), cell.replace(['\n', '\r'], " "));
        }
        text.push('}');
    }
    text.push(']');
    text
}

#[cfg(test)]
mod tests {
    use super::{ByColumn, by_column};

    #[test]
    fn lists_of_one_length_are_columns() {
        let of = |text: &str| by_column(text.as_bytes(), true);
        let cases = r#"[{"id":"A","crp":5},{"id":"B","crp":null}]"#;
        assert_eq!(of(r#" {"id": ["A", "B"], "crp": [5, null]} "#), ByColumn::Cases(cases.into()));
        assert_eq!(of(r#"{"a":[1,2],"b":[1]}"#), ByColumn::Uneven("a has 2 items, b has 1".into()));
        let frame = r#"{"columns":["id","crp"],"index":[0,1],"data":[["A",5],["B",null]]}"#;
        assert_eq!(of(frame), ByColumn::Cases(cases.into()));
        let short = r#"{"columns":["id"],"data":[["A",5]]}"#;
        assert_eq!(of(short), ByColumn::Uneven("columns has 1 items, a row of data has 2".into()));
        assert_eq!(of(r#"{"id":[1,2],"drug":["A","B"],"n":3}"#), ByColumn::Uneven("n is no list".into()));
        assert_eq!(of(r#"{"patients":[{"id":1}]}"#), ByColumn::OtherName("patients".into()));
        for text in [
            r#"{"id":"A","sites":["x","y"]}"#,
            r#"{"sites":["x","y"],"id":"A"}"#,
            r#"{"cases":[{"id":1}]}"#,
            "{\"a\":[1]}\n{\"a\":[2]}",
            r#"[{"a":[1]}]"#,
            r#"{"a":[1]"#,
            r#"{"a":[1],"labs":[{"b":1}]}"#,
            "{}",
            "",
        ] {
            assert_eq!(of(text), ByColumn::No, "{text}");
        }
        assert_eq!(by_column(br#"{"a":[1"#, false), ByColumn::NotYet);
        assert_eq!(by_column(br#"{"cases":[{"id":1},"#, false), ByColumn::No);
        assert_eq!(by_column(br#"{"a":[1]}"#, false), ByColumn::NotYet);
    }
}
