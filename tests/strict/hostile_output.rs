//! The hostile set through every command and every format: nothing of it reaches a terminal, a script or a page raw.

use super::{Ran, run_in};
use serde_json::json;
use std::path::Path;

/// C0, escape sequences, DEL, C1, bidirectional and invisible marks, line ends and tabs: each before a letter.
const HOSTILE: [&str; 3] = [
    "\u{1}a\u{7}b\u{8}c\u{b}d\u{c}e\u{1b}[31mf\u{1b}]0;g\u{7}\u{7f}h\u{80}i\u{85}j\u{9b}2Jk\u{9d}l\u{9f}m",
    "\u{202a}a\u{202e}b\u{2066}c\u{2069}d\u{200f}e\u{61c}f\u{feff}g\u{200b}h\u{2060}i\u{206a}j\u{fff9}k",
    "a\nb\rc\r\nd\u{2028}e\u{2029}f\tg\th",
];

const FORMATS: [&str; 12] =
    ["text", "json", "jsonl", "csv", "tsv", "markdown", "html", "latex", "ard", "ard-jsonl", "sarif", "github"];

fn is_raw(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// Fails where something of the set is printed; a line end ends a line, and a tab stands where the format has tabs.
#[track_caller]
fn nothing_raw(ran: &Ran, command: &[&str]) {
    let has_tabs = command.contains(&"tsv") || command.contains(&"--list");
    for (what, text) in [("standard output", &ran.stdout), ("standard error", &ran.stderr)] {
        let raw = |c: &char| is_raw(*c) && *c != '\n' && !(*c == '\t' && has_tabs);
        let found = text.char_indices().find(|(_, c)| raw(c));
        let Some((at, c)) = found else { continue };
        let from = text[..at].char_indices().rev().nth(40).map_or(0, |(at, _)| at);
        panic!("{command:?}: {what} has {c:?} behind {:?}", &text[from..at]);
    }
    assert!(matches!(ran.code, Some(0..=2)), "{command:?} ended with {:?}: {}", ran.code, ran.stderr);
}

fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

/// Cases with the text in every place that a table has: headers, ids, levels, items, agents, words, units, free text.
fn csv(bad: &str) -> String {
    let header = [
        "case_id",
        "age",
        "sex",
        &format!("dx {bad}"),
        "sites",
        "treatment",
        &format!("crp ({bad})"),
        "outcome",
        "remark",
    ];
    let row = |n: u32| {
        let word = if n.is_multiple_of(2) { bad } else { "plain" };
        [
            format!("P{n}{bad}"),
            format!("{}", 20 + n),
            if n.is_multiple_of(3) { "F" } else { "M" }.to_owned(),
            format!("d{word}"),
            format!("knee;s{word}"),
            format!("t{word} [5 m{bad}]: improved, p{word}=none; u: w{word}"),
            if n == 3 { format!("5{bad}") } else { format!("{n} mg/L") },
            if n == 4 { format!("x{bad}") } else { "alive".to_owned() },
            format!("{} {bad} {}", "long remark ".repeat(12), "end"),
        ]
    };
    let line = |cells: &[String]| cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",") + "\n";
    let mut text = line(&header.map(str::to_owned));
    (1..=8).for_each(|n| text.push_str(&line(&row(n))));
    text
}

fn json_cases(bad: &str) -> String {
    let case = |n: u32| {
        json!({
            "case_id": format!("P{n}{bad}"), "age": 20 + n, format!("dx {bad}"): format!("d{bad}{}", n % 2),
            "sites": [format!("s{bad}"), "knee"], "group": {format!("m{bad}"): bad}, "crp": if n == 3 { json!(bad) } else { json!(n) },
            "treatment": [{"agents": [format!("t{bad}")], "response": format!("w{bad}")}],
        })
    };
    json!((1..=8).map(case).collect::<Vec<_>>()).to_string()
}

fn claims(bad: &str) -> String {
    let escape = |c: char| if c.is_control() { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() };
    let text = |text: String| format!("\"{}\"", text.chars().map(escape).collect::<String>());
    let claim = |id: &str, value: &str| {
        format!(
            "[[claim]]\nid = {}\nsays = {}\nvalue = {}\nprinted = {}\n",
            text(format!("{id}{bad}")),
            text(format!("the mean {bad}")),
            text(value.to_owned()),
            text(format!("2{bad}"))
        )
    };
    claim("K1", "age.mean") + &claim("K2", "age.sd").replace(&text(format!("2{bad}")), "\"3.5\"")
}

/// Runs a command, and looks at what it prints.
#[track_caller]
fn check(folder: &Path, command: &[&str]) -> Ran {
    let ran = run_in(folder, command);
    nothing_raw(&ran, command);
    ran
}

/// A name that a file can have.
fn file_name(bad: &str) -> String {
    format!("n{}", bad.replace(['\0', '/'], ""))
}

#[cfg(unix)]
#[test]
fn nothing_of_the_hostile_set_is_printed_by_any_command_in_any_format() {
    for bad in HOSTILE {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let name = file_name(bad);
        let (cases, schema, draft) = (format!("{name}.csv"), format!("{name}.schema.json"), format!("{name}.md"));
        std::fs::write(folder.join(&cases), csv(bad)).unwrap();
        std::fs::write(folder.join("cases.json"), json_cases(bad)).unwrap();
        std::fs::write(folder.join("claims.toml"), claims(bad)).unwrap();
        std::fs::write(folder.join(&draft), "{{ age.mean }} {{ age.meen }} {{ 'dx[d].n }}").unwrap();
        std::fs::write(folder.join("good.md"), "mean {{ age.mean }}\n").unwrap();
        std::fs::write(folder.join("old.md"), format!("mean 1{bad}2\n")).unwrap();
        for format in FORMATS {
            check(folder, &["summarize", &cases, "--format", format]);
            check(folder, &["cases", &cases, "--format", format, "--columns", "all", "--details"]);
            check(folder, &["validate", &cases, "--format", format]);
        }
        let by = format!("dx {bad}");
        for format in ["text", "json", "markdown", "github"] {
            check(folder, &["check", "claims.toml", &cases, "--format", format]);
            check(folder, &["fill", "good.md", &cases, "--check", "old.md", "--format", format]);
            check(folder, &["summarize", "cases.json", "--by", &by, "--format", format]);
        }
        check(folder, &["validate", "cases.json"]);
        check(folder, &["cases", "cases.json", "--columns", "all"]);
        check(folder, &["summarize", &cases, "--by", &by, "--like", "gtsummary"]);
        check(folder, &["summarize", &cases, "--suppress-below", "2", "--deidentify"]);
        check(folder, &["summarize", &cases, "--where", &format!("'dx {bad}' = '{bad}'")]);
        check(folder, &["fill", &draft, &cases]);
        check(folder, &["schema", &cases, "-o", &schema]);
        check(folder, &["schema", &cases]);
        check(folder, &["summarize", &cases]);
        check(folder, &["summarize", &cases, "-o", &format!("none{bad}/x.txt")]);
        check(folder, &["example", &name]);
        check(folder, &["example", &name]);
        check(folder, &["get", &cases, "--no-schema", "--list", "--raw"]);
        keys_are_read_back(folder, &cases);
    }
}

/// Every line of the list has one tab, and every key, pasted, gives the number of its line.
#[track_caller]
fn keys_are_read_back(folder: &Path, cases: &str) {
    let list = check(folder, &["get", cases, "--no-schema", "--list"]);
    let lines: Vec<(&str, &str)> = list.stdout.lines().map(|line| line.split_once('\t').expect(line)).collect();
    assert!(lines.len() > 50, "{}", list.stderr);
    let keys: Vec<&str> = lines.iter().map(|(key, _)| *key).collect();
    let command = [&["get", cases, "--no-schema"], keys.as_slice()].concat();
    let found = check(folder, &command);
    let values: Vec<&str> = lines.iter().map(|(_, value)| *value).collect();
    assert_eq!(found.stdout.lines().collect::<Vec<_>>(), values, "{}", found.stderr);
}
