//! Documents of every shape, and what is wrong with the others.

#![allow(clippy::arithmetic_side_effects)]

use super::*;
use crate::diagnostic::{Finding, FindingId};
use crate::read::block::ITEM;
use crate::read::source::Source;
use proptest::prelude::*;
use std::io::{self, Read};

/// Rows, lines and notes of a document.
#[derive(Debug, PartialEq)]
struct DocumentRows {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
    lines: Vec<u64>,
    notes: Findings,
}

/// A source that delivers so many bytes at a time.
struct Drip(io::Cursor<Vec<u8>>, usize);

impl Read for Drip {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = buffer.len().min(self.1);
        self.0.read(&mut buffer[..most])
    }
}

fn splitter(text: &[u8], block: usize) -> JsonSplitter {
    let source = Drip(io::Cursor::new(text.to_vec()), block.max(3) - 2);
    JsonSplitter::new(Source::new(Box::new(source), "cases.json".into(), 0)).block_size(block)
}

/// Collects every problem of the document; blocks go on after one that is refused.
fn read_blocks(text: &[u8], block_size: usize) -> Result<DocumentRows, Findings> {
    let mut problems = Findings::default();
    let mut add = |error: Error| match error {
        Error::Refused(findings) => problems.merge(*findings),
        other => panic!("{other}"),
    };
    let (mut raw, mut columns) = (RawCases::default(), Columns::default());
    let mut first = splitter(text, block_size);
    while let Ok(true) = first.next(&mut raw) {
        if let Ok(found) = discover(&raw) {
            columns.extend(found.names().to_vec());
            columns.groups.extend(found.groups);
        }
    }
    let mut table =
        DocumentRows { columns: columns.names().to_vec(), rows: vec![], lines: vec![], notes: Findings::default() };
    let mut cases = 0;
    let (mut splitter, mut block) = (splitter(text, block_size), Block::default());
    loop {
        match splitter.next(&mut raw) {
            Ok(false) => break,
            Ok(true) => {
                assert_eq!(raw.first_row, cases);
                cases += raw.len() as u64;
                match decode(&raw, &columns, &mut block, &mut table.notes) {
                    Ok(new) => {
                        assert!(new.is_empty());
                        for row in 0..raw.len() {
                            let cell = |column| String::from_utf8(block.cell(row, column).text().into_owned()).unwrap();
                            table.rows.push((0..columns.len()).map(cell).collect());
                            table.lines.push(block.line(row));
                        }
                    }
                    Err(error) => add(error),
                }
            }
            Err(error) => add(error),
        }
    }
    table.notes.merge(splitter.take_notes());
    if problems.is_empty() { Ok(table) } else { Err(problems) }
}

fn read(text: &str) -> DocumentRows {
    read_blocks(text.as_bytes(), 1 << 18).unwrap_or_else(|problems| panic!("{problems:?}"))
}

/// The cells of the only case.
fn row(text: &str) -> Vec<(String, String)> {
    let mut table = read(text);
    assert_eq!(table.rows.len(), 1);
    table.columns.into_iter().zip(table.rows.remove(0)).collect()
}

fn cell(member: &str) -> String {
    row(&format!("[{{{member}}}]")).remove(0).1.replace(ITEM, "|")
}

/// Id, line and pointer of every problem.
fn refused(text: &str) -> Vec<(FindingId, u64, String)> {
    let problems = read_blocks(text.as_bytes(), 1 << 18).expect_err(text);
    let located = |f: &Finding| {
        (f.id, f.location.position.line().unwrap(), f.location.position.pointer().unwrap_or_default().to_owned())
    };
    problems.groups().flat_map(|group| &group.first).inspect(|f| assert!(f.remedy.is_some())).map(located).collect()
}

fn ids(text: &str) -> Vec<FindingId> {
    refused(text).into_iter().map(|(id, _, _)| id).collect()
}

#[test]
fn three_layouts_hold_the_same_cases() {
    let lines = "\u{FEFF}{\"id\":\"P1\",\"age\":46.050}\n\n{\"age\":null,\"id\":\"P2\"}\r\n{\"id\":\"P3\",\"ok\":true}";
    let array = "[{\"id\":\"P1\",\"age\":46.050},\n{\"age\":null,\"id\":\"P2\"}\n\n,{\"id\":\"P3\",\"ok\":true}]\n";
    let cases = "{\"title\":{\"a\":[1]},\"cases\":[{\"id\":\"P1\",\"age\":46.050},{\"age\":null,\"id\":\"P2\"},{\"id\":\"P3\",\"ok\":true}],\"n\":3}";
    let spread = "{\n \"id\":\"P1\",\"age\":46.050}\n{\"age\":null,\n\"id\":\"P2\"\n}\n\n{\"id\":\"P3\",\"ok\":true}\n";
    let expected = [["P1", "46.050", ""], ["P2", "", ""], ["P3", "", "true"]];
    for (text, lines) in [(lines, [1, 3, 4]), (array, [1, 2, 4]), (cases, [1, 1, 1]), (spread, [1, 3, 7])] {
        let table = read(text);
        assert_eq!(table.columns, ["id", "age", "ok"]);
        assert_eq!(table.rows, expected, "{text}");
        assert_eq!(table.lines, lines, "{text}");
    }
    let notes = read(cases).notes;
    let note = &notes.groups().next().unwrap().first[0];
    assert_eq!((note.id, note.value.as_deref()), (FindingId::JsonMembersIgnored, Some("n, title")));
    assert_eq!(row("{\"id\":\"P1\"}"), [("id".into(), "P1".into())]);
}

#[test]
fn every_line_end_counts_once() {
    let table = read("{\"a\":1}\r\n\r{\"a\":2}\n\r\n  {\"a\":3}\n{\n\r\"a\":4}\n{\"a\":5}");
    assert_eq!(table.lines, [1, 3, 5, 6, 9]);
}

#[test]
fn scalars_and_lists() {
    assert_eq!(cell(r#""a":"x;y \"q\" \u00e9\n2""#), "x;y \"q\" é\n2");
    assert_eq!(cell(r#""a":-1.50E+3"#), "-1.50E+3");
    assert_eq!(cell(r#""a":[]"#), "none");
    assert_eq!(cell(r#""a":["elbow"]"#), "|elbow");
    assert_eq!(cell(r#""a":["elbow; left","2",true]"#), "|elbow; left|2|true");
    assert_eq!(cell(r#""sites":[{"site":"elbow","side":"R"},{"name":"knee"}]"#), "|elbow|knee");
    assert_eq!(cell(r#""symptoms":[{"symptom":"pain"}]"#), "|pain");
}

#[test]
fn laboratory_values_and_groups() {
    assert_eq!(cell(r#""esr":{"value":44.0,"unit":"mm/h","status":"high","range":[0,20]}"#), "44.0 mm/h (high)");
    assert_eq!(cell(r#""ana":{"comparator":">","value":1280,"pattern":"speckled"}"#), ">1280");
    assert_eq!(cell(r#""ck":{"value":null,"status":"high","unit":"U/L"}"#), "high");
    assert_eq!(cell(r#""ck":{"value":null}"#), "");
    let nested = row(r#"{"id":1,"labs":{"esr":{"value":3},"blood":{"hb":8.4}},"x":{}}"#);
    assert_eq!(nested, [("id", "1"), ("esr", "3"), ("hb", "8.4")].map(|(a, b)| (a.to_owned(), b.to_owned())));
    let table = read("[{\"id\":1,\"labs\":null,\"hb\":null},{\"labs\":{\"ck\":1}}]");
    assert_eq!(table.columns, ["id", "hb", "ck"]);
    assert_eq!(table.rows, [["1", "", ""], ["", "", "1"]]);
}

#[test]
fn treatment_lines() {
    let lines = r#""treatments":[{"agents":["a \"b\"",{"name":"c+d","dose":"1 mg","taper":true,"class":"x"}],"response":"partial","modifiers":["unconfirmed","relapsed"],
        "responses":{"pain":"improved","skin":null}},{"agent":"x","modifiers":"relapsed"},{"agent":"y","responses":{"skin":"stable"}},{"agents":["z"],"dose":3}]"#;
    let written = [
        "",
        "\"a \"\"b\"\"\" + \"c+d\" [1 mg taper]: partial (unconfirmed, relapsed), pain=improved",
        "\"x\": not reported (relapsed)",
        "\"y\": not reported, skin=stable",
        "\"z\"",
    ];
    assert_eq!(cell(lines), written.join("|"));
    let notes = read(&format!("[{{{lines}}}]")).notes;
    let group = notes.about("treatments").next().unwrap();
    assert_eq!((group.total, group.first[0].value.as_deref()), (1, Some("class, dose")));
}

#[test]
fn what_is_said_of_an_agent_stands_in_brackets_behind_it() {
    for (members, expected, ignored) in [
        (r#""route":"IV","dose":"30 mg/day (max; 60)""#, " [30 mg/day (max; 60) IV]", None),
        (r#""taper":false,"target":"knee","duration":8,"frequency":"daily""#, " [daily 8 knee no taper]", None),
        (r#""taper":"slow taper""#, " [slow taper]", None),
        (r#""taper":null,"route":"","route_implied":"oral","taper_implied":true"#, "", Some(4)),
        (r#""dose":"a ) b (","route":"x]","frequency":"\"","duration":"(","target":{"a":1},"taper":[1]"#, "", Some(6)),
        (r#""dose":"\ud800","route":"oral""#, " [oral]", Some(1)),
    ] {
        let text = format!(r#""t":[{{"agents":[{{"name":"x",{members}}}]}}]"#);
        assert_eq!(cell(&text), format!("\u{1f}\"x\"{expected}").replace('\u{1f}', "|"), "{members}");
        let notes = read(&format!("[{{{text}}}]")).notes;
        let value = notes.about("t").next().map(|group| group.first[0].value.clone().unwrap().split(", ").count());
        assert_eq!(value, ignored, "{members}");
    }
}

#[test]
fn detail_is_counted_by_case_whatever_the_block() {
    let text: String = (0..70).map(|i| format!("{{\"id\":{i},\"s\":[{{\"name\":\"a\",\"side\":\"R\"}}]}}\n")).collect();
    let whole = read(&text);
    assert_eq!(whole.notes.about("s").next().unwrap().total, 70);
    assert_eq!(read_blocks(text.as_bytes(), 100).unwrap(), whole);
}

#[test]
fn structural_damage_is_refused_at_its_place() {
    let at = |id, line, pointer: &str| vec![(id, line, pointer.to_owned())];
    assert_eq!(refused("[{\"a\":1},\n{\"a\":NaN}]"), at(FindingId::JsonSyntax, 2, "/1"));
    assert_eq!(refused("{\"a\":1}\n{\"a\":\r\n\n-Infinity}"), at(FindingId::JsonSyntax, 4, ""));
    assert_eq!(refused("{\"cases\":[{\"a\":1},\n]}"), at(FindingId::JsonSyntax, 2, "/cases/1"));
    assert_eq!(refused("[{\"a\":1}\n]\nx"), at(FindingId::JsonSyntax, 3, "/1"));
    assert_eq!(refused("[{\"a\":1,\n}]"), at(FindingId::JsonSyntax, 2, "/0"));
    assert_eq!(
        refused("[{\"a\":1}\n,7,\n{\"a\":2},\"x\"]"),
        [(FindingId::JsonType, 2, "/1".into()), (FindingId::JsonType, 3, "/3".into())]
    );
    assert_eq!(refused("[{\"a\":1}"), at(FindingId::JsonSyntax, 1, "/1"));
    for text in [
        "{\"a\":1",
        "{\"a\":1},\n{\"a\":2}",
        "{\"a\":1}{\"a\":2}",
        "{\n\"a\":1}{\"a\":2}",
        "[{\"a\" 1}]",
        "{'a':1}",
        "{\"a\":01}",
        "{\"a\":[}]}",
        "{\"a\":1,}",
        "[{\"a\":\"\\ud800\"}]",
        "{\"x\":tru,\"cases\":[{\"a\":1}]}",
    ] {
        assert_eq!(ids(text), [FindingId::JsonSyntax], "{text}");
    }
    for text in ["3", "\"x\"", "[3]", "{\"cases\":{}}", "{\"a\":1}\n[2]"] {
        assert_eq!(ids(text), [FindingId::JsonType], "{text}");
    }
    for text in ["", " \n", "[]", "{\"cases\":[]}", "\u{FEFF}"] {
        assert_eq!(ids(text), [FindingId::NoCases], "{text}");
    }
}

#[test]
fn names_twice_are_refused() {
    let at = |line, pointer: &str| vec![(FindingId::JsonDuplicateKey, line, pointer.to_owned())];
    assert_eq!(refused("[{\"a\":1},\n{\"a\":1,\"\\u0061\":2}]"), at(2, "/1/a"));
    assert_eq!(refused("{\"a\":{\"v\":[0,{\"k/\":1,\"k/\":2}]}}"), at(1, "/a/v/1/k~1"));
    assert_eq!(refused("{\"g\":{\"b\":1},\"b\":2}"), at(1, "/b"));
    assert_eq!(refused("{\"g\":{\"b\":1},\"h\":{\"b\":1}}"), at(1, "/h/b"));
    assert_eq!(refused("{\"g\":{\"b\":1},\"g\":{\"c\":1}}"), at(1, "/g"));
    assert_eq!(refused("{\"g\":{\"b\":1},\"g\":5}"), at(1, "/g"));
    assert_eq!(refused("{\"g\":5,\"g\":{\"b\":1}}"), at(1, "/g"));
    assert_eq!(refused("{\"t\":1,\n\"t\":2,\"cases\":[{\"a\":1}],\"t\":3}").len(), 2);
}

#[test]
fn wrong_types_are_refused() {
    let pointer = |member: &str| {
        let problems = refused(&format!("{{\"cases\":[{{\"id\":1,{member}}}]}}"));
        assert_eq!((problems.len(), problems[0].0), (1, FindingId::JsonType), "{member}");
        problems[0].2.trim_start_matches("/cases/0").to_owned()
    };
    assert_eq!(pointer(r#""labs":{"esr":{"value":[1]}}"#), "/labs/esr/value");
    assert_eq!(pointer(r#""ck":{"value":"x","comparator":">"}"#), "/ck/comparator");
    assert_eq!(pointer(r#""ck":{"value":1,"unit":"a(b)"}"#), "/ck/unit");
    assert_eq!(pointer(r#""s":["a",null]"#), "/s/1");
    assert_eq!(pointer(r#""s":["a",""]"#), "/s/1");
    assert_eq!(pointer(r#""s":["a",["b"]]"#), "/s/1");
    assert_eq!(pointer(r#""s":["a",{"name":"b"}]"#), "/s/1");
    assert_eq!(pointer(r#""s":["a\u001fb"]"#), "/s/0");
    assert_eq!(pointer(r#""s":"a\u001fb""#), "/s");
    assert_eq!(pointer(r#""s":[{"side":"R"}]"#), "/s/0");
    assert_eq!(pointer(r#""s":[{"name":"a","site":"b"}]"#), "/s/0");
    assert_eq!(pointer(r#""t":[{"agents":[]}]"#), "/t/0/agents");
    assert_eq!(pointer(r#""t":[{"agents":["a",3,null]}]"#), "/t/0/agents/2");
    assert_eq!(pointer(r#""t":[{"agent":"a","response":"a, b"}]"#), "/t/0/response");
    assert_eq!(pointer(r#""t":[{"agent":"a","responses":{"p":"="}}]"#), "/t/0/responses/p");
    assert_eq!(pointer(r#""t":[{"agent":"a","modifiers":["(x)"]}]"#), "/t/0/modifiers");
}

#[test]
fn depth_and_encoding_are_refused() {
    let nested = |depth: usize| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
    let detail = |depth: usize| format!("{{\"a\":{{\"value\":1,\"d\":{}}}}}", nested(depth));
    assert_eq!(cell(&detail(30)[1..detail(30).len() - 1]), "1");
    for text in [
        detail(31),
        format!("[{}]", detail(31)),
        detail(100_000),
        format!("{{\"a\":1}}\n{}", detail(100_000)),
        nested(100_000),
    ] {
        assert_eq!(ids(&text), [FindingId::JsonDepth], "{}", &text[..40]);
    }
    assert_eq!(ids(r#"{"a":{"b":{"c":{"d":{"e":{"f":1}}}}}}"#), [FindingId::JsonDepth]);
    assert_eq!(row(r#"{"a":{"b":{"c":{"d":{"f":1}}}}}"#), [("f".to_owned(), "1".to_owned())]);
    for bytes in
        [&b"[{\"a\":1},\n{\"a\":\"\xE9\"}]"[..], b"{\"a\":1}\n{\"\xE9\":1}", b"{\"t\":\"\xE9\",\"cases\":[{\"a\":1}]}"]
    {
        let problems = read_blocks(bytes, 1 << 18).unwrap_err();
        assert!(problems.groups().all(|group| group.first[0].id == FindingId::NotUtf8), "{problems:?}");
    }
    assert_eq!(read_blocks(b"\xFF\xFE[\0{\0", 8).unwrap_err().groups().next().unwrap().first[0].id, FindingId::NotUtf8);
}

/// Pieces that make documents which are nearly right.
fn documents() -> impl Strategy<Value = Vec<u8>> {
    let pieces = [
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\n",
        "\r",
        "\r\n",
        " ",
        "\"cases\":[",
        "\"a\"",
        "\"b\":",
        "1.50",
        "null",
        "NaN",
        "\u{FEFF}",
        "{\"a\":1}\n",
        "{\"a\":\"x\"},",
        "{\"b\":[1,2],\"a\":\"\\u00e9\"}\n",
        "{\"l\":[{\"agent\":\"x\",\"response\":\"none\"}]}\n",
        "é",
        "[{\"a\":{\"c\":2}}",
    ];
    let piece = prop_oneof![9 => prop::sample::select(pieces.to_vec()).prop_map(|p| p.as_bytes().to_vec()), 1 => prop::collection::vec(any::<u8>(), 1..3)];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// A document of cases with plain text cells, in one of the layouts.
fn document(rows: &[Vec<String>], layout: usize, gap: &str) -> String {
    let case = |row: &Vec<String>| {
        let members =
            row.iter().enumerate().map(|(i, text)| format!("\"c{i}\":{}", serde_json::to_string(text).unwrap()));
        format!("{{{}}}", members.collect::<Vec<_>>().join(","))
    };
    let cases: Vec<String> = rows.iter().map(case).collect();
    match layout {
        0 => cases.join(&format!("\n{gap}")),
        1 => format!("[{gap}{}]", cases.join(&format!(",{gap}"))),
        _ => format!("{{\"n\":\"}}\",\"cases\"{gap}:[{}]{gap}}}", cases.join(&format!("{gap},"))),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_panic_and_no_block_size_matters(text in documents(), size in 1usize..40) {
        prop_assert_eq!(read_blocks(&text, 1 << 18), read_blocks(&text, size));
    }

    #[test]
    fn text_survives_in_every_layout(
        rows in prop::collection::vec(prop::collection::vec("[ -~é\n\t\"\\\\]{0,12}", 3), 1..12),
        layout in 0usize..3, gap in "[ \n\t\r]{0,3}", size in 1usize..200,
    ) {
        let text = document(&rows, layout, &gap);
        let table = read_blocks(text.as_bytes(), size).unwrap();
        // A case of nothing but spaces is skipped.
        let is_kept = |row: &&Vec<String>| row.iter().any(|cell| cell.chars().any(|c| c != ' '));
        let trimmed: Vec<Vec<String>> = rows.iter().filter(is_kept).map(|row| row.iter().map(|cell| cell.trim().to_owned()).collect()).collect();
        prop_assert_eq!(table.rows, trimmed);
        let mut whole = Findings::default();
        std::mem::swap(&mut whole, &mut read_blocks(text.as_bytes(), 1 << 18).unwrap().notes);
        prop_assert_eq!(table.notes, whole);
    }
}
