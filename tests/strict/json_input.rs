//! JSON: refusals with pointer and line, and numbers that keep their literal.

use super::{Ran, findings, run_files, says, stat};
use serde_json::Value;

fn run(content: &str, options: &[&str]) -> Ran {
    run_files(&[("cases.json", content.as_bytes())], options)
}

#[track_caller]
fn refused(content: &str, lines: &[&str]) {
    let ran = run(content, &[]);
    says(&ran, 2, lines);
    assert_eq!(ran.stdout, "");
}

#[track_caller]
fn read(content: &str) -> Value {
    let ran = run(content, &["--format", "json"]);
    says(&ran, 0, &[]);
    serde_json::from_str(&ran.stdout).expect("JSON")
}

#[test]
fn the_three_layouts_are_one_cohort() {
    let (one, two) = (r#"{"case_id":"P1","age":6}"#, r#"{"case_id":"P2","age":5}"#);
    let layouts = [
        format!("[{one},\n{two}]"),
        format!("{{\"cases\": [{one}, {two}]}}"),
        format!("{one}\n{two}\n"),
        format!("{one}\r\n\r\n{two}"),
        format!("\u{feff}[{one},{two}]\n"),
    ];
    for layout in layouts {
        let summary = read(&layout);
        assert_eq!((&summary["cases"], stat(&summary, "age.mean")), (&2.into(), &5.5.into()), "{layout}");
    }
}

#[test]
fn a_duplicate_key_is_refused() {
    let message = "error[json-duplicate-key]: two members of an object have this name";
    refused(
        "[{\"case_id\":\"P1\",\n \"age\":6, \"age\":7}]",
        &[message, "  cases.json line 1, /0/age, column age: 'age'"],
    );
    let lines = "{\"case_id\":\"P1\",\"age\":6}\n{\"case_id\":\"P2\",\"age\":6,\"age\":6}\n";
    refused(lines, &[message, "  cases.json line 2, /age, column age: 'age'"]);
    refused("{\"case_id\":\"P1\",\"ck\":{\"value\":1,\"value\":2}}\n", &[message, "  cases.json line 1, /ck/value"]);
}

#[test]
fn names_that_differ_only_in_capitals_are_warned_about() {
    let json = r#"[{"case_id":1,"Age":30},{"case_id":2,"age":40},{"case_id":3,"AGE":22}]"#;
    let csv = "case_id,Age,age,AGE\n1,30,,\n2,,40,\n3,,,22\n";
    for (name, text) in [("cases.json", json), ("cases.csv", csv)] {
        let ran = run_files(&[(name, text.as_bytes())], &[]);
        says(&ran, 0, &["warning[header-case]: Age, age, AGE differ only in capitals: each is a variable of its own"]);
        says(&ran, 0, &["  help: if they are one, call all of them Age; if not, rename all but one"]);
    }
    assert!(!run(r#"[{"case_id":1,"Age":30,"stage":2}]"#, &[]).stderr.contains("header-case"));
}

#[test]
fn words_that_are_no_json_are_refused() {
    for word in ["NaN", "Infinity", "-Infinity", "None"] {
        let content = format!("[{{\"case_id\":\"P1\",\n\"age\":{word}}}]");
        let ran = run(&content, &[]);
        says(&ran, 2, &["error[json-syntax]: "]);
        says(&ran, 2, &["  help: write null where there is no value"]);
        let value = word.trim_start_matches('-');
        says(&ran, 2, &[&format!("  cases.json line 2, /0, column age: '{value}'")]);
    }
    for damaged in
        ["[{\"case_id\":\"P1\",}]", "[{\"case_id\":\"P1\"},]", "[{\"case_id\":\"P1\"}", "[{'case_id':1}]", "{\"a\":01}"]
    {
        refused(damaged, &["error[json-syntax]"]);
    }
}

#[test]
fn cases_without_anything_in_them_are_skipped_with_one_note() {
    let blank = r#"{"case_id":null,"age":""}"#;
    for text in [
        format!(r#"[{{"case_id":"P1","age":5}},{{}},{blank},{{"case_id":"P2","age":6}}]"#),
        format!("{{\"case_id\":\"P1\",\"age\":5}}\n{{}}\n{blank}\n{{\"case_id\":\"P2\",\"age\":6}}\n"),
    ] {
        let ran = run(&text, &["--format", "json", "--strict"]);
        says(&ran, 0, &["note[blank-rows]: 2 cases without anything in any cell: skipped"]);
        let summary: Value = serde_json::from_str(&ran.stdout).expect("JSON");
        assert_eq!((stat(&summary, "age.mean"), &summary["cases"]), (&5.5.into(), &2.into()), "{text}");
    }
}

#[test]
fn wrong_types_are_refused_with_pointer_and_line() {
    refused(
        "{\"case_id\":\"P1\"}\n7\n",
        &["error[json-type]: expected a case object, `{`", "  cases.json line 2: '7'"],
    );
    refused(
        "[{\"case_id\":\"P1\"},\n3]",
        &["error[json-type]: expected a case object, `{`", "  cases.json line 2, /1: '3'"],
    );
    let nested = "{\"cases\":[{\"case_id\":\"P1\"},\n{\"case_id\":\"P2\",\"sites\":[\"a\",[\"b\"]]}]}";
    refused(
        nested,
        &["error[json-type]: a list inside a list", "  cases.json line 2, /cases/1/sites/1, column sites: '[\"b\"]'"],
    );
    refused(
        "{\"cases\":{\"case_id\":\"P1\"}}",
        &["error[json-type]: the member `cases` of the document must be an array"],
    );
    refused("[]", &["error[no-cases]: the document has no cases", "  cases.json line 1"]);
    refused("[{}]", &["error[no-cases]: the file has a header but no cases", "  cases.json"]);
    refused("[{}]", &["note[blank-rows]: 1 case without anything in any cell: skipped", "  cases.json line 1"]);
}

#[test]
fn excess_depth_is_refused() {
    let deep = |levels| format!("[{{\"case_id\":\"P1\",\n\"x\":{}1{}}}]", "[".repeat(levels), "]".repeat(levels));
    refused(&deep(40), &["error[json-depth]: more than 32 brackets are nested", "  cases.json line "]);
    refused(&deep(100_000), &["error[json-depth]: more than 32 brackets are nested", "  cases.json line "]);
    let groups = "{\"case_id\":\"P1\",\"a\":{\"b\":{\"c\":{\"d\":{\"e\":{\"f\":1}}}}}}\n";
    refused(groups, &["error[json-depth]: groups nest at most 4 deep"]);
}

#[test]
fn numbers_keep_their_literal() {
    let summary = read(
        "{\"case_id\":\"P1\",\"stage\":46.050}\n{\"case_id\":\"P2\",\"stage\":\"x\"}\n{\"case_id\":\"P3\",\"stage\":\"y\"}\n",
    );
    assert_eq!(stat(&summary, "stage[46.050].n"), 1);
    let large = read("{\"case_id\":\"P1\",\"crp\":0.10000000000003}\n{\"case_id\":\"P2\",\"crp\":0.1}\n");
    assert_eq!(stat(&large, "crp.mean"), 0.100_000_000_000_015);
    let ran = run("{\"case_id\":\"P1\",\"crp\":12345678901234567890}\n{\"case_id\":\"P2\",\"crp\":1}\n", &[]);
    says(&ran, 0, &["warning[number-out-of-range]"]);
}

#[test]
fn types_that_do_not_fit_their_column_are_warned_of() {
    let content = "{\"case_id\":\"P1\",\"crp\":6}\n{\"case_id\":\"P2\",\"crp\":true}\n{\"case_id\":\"P3\",\"crp\":7}\n";
    let line = "  cases.json line 2, case P2, column crp: 'true'";
    says(&run(content, &[]), 0, &["warning[unreadable-cell]: a word in a column of numbers", line]);
    let lists = "{\"case_id\":\"P1\",\"x\":[\"a\",\"b\"]}\n{\"case_id\":\"P2\",\"x\":6}\n";
    assert!(findings(&read(lists)).contains(&"mixed-column"));
}

#[test]
fn all_problems_are_shown_whatever_the_size_of_a_block() {
    let good: String = (0..8000).map(|n| format!("{{\"case_id\":\"P{n}\",\"age\":6,\"sex\":\"F\"}}\n")).collect();
    let bad = "{\"case_id\":\"Q\",\"age\":6,\"age\":7}\n";
    let content = format!("{bad}{good}{good}{bad}{{\"case_id\":\"R\",\"age\":[[1]]}}\n");
    let ran = run(&content, &["--threads", "2"]);
    says(
        &ran,
        2,
        &["  cases.json line 1, /age, column age: 'age'", "  cases.json line 16002, /age, column age: 'age'"],
    );
    says(&ran, 2, &["error[json-type]: a list inside a list", "  cases.json line 16003, /age/0, column age: '[1]'"]);
}

#[test]
fn ids_of_json_cases_are_unique_and_not_blank() {
    let twice = "[{\"case_id\":\"P1\"},\n{\"case_id\":\"P1\"}]";
    let message = "error[duplicate-case-id]: duplicate case ID, first on line 1";
    refused(twice, &[message, "  cases.json line 2, case P1, column case_id: 'P1'"]);
    for blank in ["\"\"", "null", "\" \""] {
        let content = format!("[{{\"case_id\":\"P1\",\"age\":5}},\n{{\"case_id\":{blank},\"age\":4}}]");
        let message = "error[blank-case-id]: no case ID in this row";
        refused(&content, &[message, "  cases.json line 2, case 2, column case_id"]);
    }
}

#[test]
fn bytes_of_another_encoding_are_refused() {
    let file: [(&str, &[u8]); 1] = [("cases.json", b"[{\"case_id\":\"P1\",\n\"sex\":\"\xe9\"}]")];
    let ran = run_files(&file, &[]);
    says(&ran, 2, &["error[not-utf8]: this byte is not UTF-8 text", "  cases.json line 2, /0: '0xE9'"]);
    says(&run_files(&file, &["--encoding", "windows-1252"]), 0, &[]);
}

#[test]
fn a_list_among_single_levels_is_shown_with_semicolons() {
    let text = r#"[{"case_id":"P1","stage":["II","N1"]},{"case_id":"P2","stage":"II"},{"case_id":"P3","stage":"III"}]"#;
    let ran = run(text, &["--format", "json"]);
    let few = "warning[few-lists]: cells with several items: 1, with one: 2; each cell is counted as one level";
    says(&ran, 0, &[few, "  cases.json line 1, case P1, column stage: 'II; N1'"]);
    let summary: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert_eq!(stat(&summary, "stage[II; N1].n"), 1);
}

/// What a patient does not have is no item, and of what nobody knows it is loud.
#[test]
fn an_item_that_is_denied_is_not_counted() {
    for (yes, no) in [
        (r#""present":true"#, r#""present":false"#),
        (r#""present":"yes""#, r#""present":"no""#),
        (r#""observed":1"#, r#""observed":0"#),
        (r#""status":"present""#, r#""status":"absent""#),
        (r#""excluded":false"#, r#""excluded":true"#),
        (r#""negated":false"#, r#""negated":true"#),
        (r#""absent":false"#, r#""absent":true"#),
    ] {
        let summary = read(&format!(
            r#"[{{"id":1,"symptoms":[{{"name":"fever",{yes}}},{{"name":"cough",{no}}}]}},{{"id":2,"symptoms":[{{"name":"fever",{no}}}]}}]"#
        ));
        assert_eq!(
            (stat(&summary, "symptoms[fever].n"), stat(&summary, "symptoms[fever].N")),
            (&1.into(), &2.into()),
            "{yes}"
        );
        assert!(!summary.to_string().contains("cough"), "{no}");
    }
    let ran = run(r#"[{"id":1,"symptoms":[{"name":"fever","present":null}]}]"#, &[]);
    says(&ran, 0, &["warning[doubted-item]"]);
    // What such a member holds may be something else.
    let summary = read(r#"[{"id":1,"symptoms":[{"name":"fever","reported":"2020-01-01","status":"resolved"}]}]"#);
    assert_eq!(stat(&summary, "symptoms[fever].n"), 1);
    for list in [r#"["fever","no cough"]"#, r#"["fever","cough: no"]"#, r#"["fever","cough (-)"]"#] {
        let ran = run(
            &format!(r#"[{{"id":1,"symptoms":{list}}},{{"id":2,"symptoms":["no fever"]}}]"#),
            &["--format", "json"],
        );
        says(&ran, 0, &["warning[denied-item]"]);
        let summary: Value = serde_json::from_str(&ran.stdout).unwrap();
        assert_eq!(
            (stat(&summary, "symptoms[fever].n"), stat(&summary, "symptoms[fever].N")),
            (&1.into(), &2.into()),
            "{list}"
        );
        assert!(!ran.stdout.contains("\"symptoms[no"), "{list}");
    }
}

/// Numbers are no names of items; a duration is one; a document of columns is read or refused.
#[test]
fn lists_of_numbers_durations_and_frames_keep_their_meaning() {
    refused(
        r#"[{"id":1,"crp":[10,5]},{"id":2,"crp":[8,2]}]"#,
        &[
            "error[json-type]: numbers in a list: measurements, which as items of a cell would be names, or codes",
            "  cases.json line 1, /0/crp/0, column crp: '10'",
        ],
    );
    let summary = read(r#"[{"id":1,"age":{"years":5,"months":6}},{"id":2,"age":{"years":7,"months":null}}]"#);
    assert_eq!((stat(&summary, "age.min"), stat(&summary, "age.max")), (&5.5.into(), &7.0.into()));
    refused(
        r#"{"id":[1,2,3],"drug":["A","B","A"],"n":3}"#,
        &[
            "error[json-type]: the members of the document are lists of different lengths, or lists and single values: they are neither a case nor columns",
            "  cases.json line 1: 'n is no list'",
        ],
    );
    let summary = read(r#"{"columns":["id","age"],"index":[0,1],"data":[["A",5],["B",7]]}"#);
    assert_eq!((&summary["cases"], stat(&summary, "age.mean")), (&2.into(), &6.0.into()));
}

/// What was given with a response is a line of treatment, whatever names it; what was planned is none.
#[test]
fn treatments_of_a_list_keep_their_responses() {
    for name in ["name", "drug", "agent", "medication"] {
        let summary = read(&format!(
            r#"[{{"id":1,"treatments":[{{"{name}":"MTX","response":"PR"}},{{"{name}":"RTX","response":"CR"}},{{"{name}":"IVIG","status":"planned"}}]}}]"#
        ));
        assert_eq!(stat(&summary, "response_by_agent[RTX].n_complete"), 1, "{name}");
        assert!(!summary.to_string().contains("IVIG"), "{name}");
    }
}
