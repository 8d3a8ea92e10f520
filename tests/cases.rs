//! The listing of cases: its cells, the choice and order of its rows, and that it streams.

mod long;

use crate::support::{file, run, run_with_input, series, stdout};
use serde_json::Value;
use std::io::{Read, Write};
use std::process::{Command, Stdio};

/// A series with every state a cell can have; `diagnosis` is an etiology, and one column names persons.
const SMALL: &str = "\
id,name,age,sex,diagnosis,hb (g/dL),crp,sites,treatment,seen,notes
C10,Ann,2.5 years,F,lupus,8.4 L,<5,knee;elbow,a + b: partial; c,2018-03-14,first seen by a colleague who wrote it
C2,Bea,91,M,,12-15,normal,none,none,2017,
C1,Cid,28 months,F,other,not done,160 (high),,,,short
C3,Dee,,M,lupus,1.5,>200,knee,\"a: complete (unconfirmed), pain=none\",not applicable,
";

fn listing(options: &[&str]) -> String {
    let (_folder, path) = file("cases.csv", SMALL);
    stdout(&[&["cases", path.to_str().unwrap()], options].concat())
}

/// A listing of cases with a schema beside them.
fn listed(cases: &str, schema: &str, options: &[&str]) -> String {
    let (folder, path) = file("cases.csv", cases);
    std::fs::write(folder.path().join("cases.schema.json"), schema).unwrap();
    stdout(&[&["cases", path.to_str().unwrap()], options].concat())
}

/// The column of a CSV listing.
fn column(text: &str, name: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let at = reader.headers().unwrap().iter().position(|header| header == name).expect("the column");
    reader.records().map(|record| record.unwrap()[at].to_owned()).collect()
}

fn sorted_ids(by: &[&str]) -> Vec<String> {
    let by: Vec<&str> = by.iter().flat_map(|by| ["--sort", by]).collect();
    column(&listing(&[by.as_slice(), &["--format", "csv"]].concat()), "id")
}

#[track_caller]
fn refused(options: &[&str], lines: &[&str]) {
    let (_folder, path) = file("cases.csv", SMALL);
    let output = run(&[&["cases", path.to_str().unwrap()], options].concat());
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(stderr.contains(&lines.join("\n")), "wanted:\n{}\nfound:\n{stderr}", lines.join("\n"));
    assert!(output.stdout.is_empty());
}

#[test]
fn cells_show_values_states_and_flags() {
    let all = listing(&["--columns", "all", "--format", "csv"]);
    assert_eq!(all.lines().next(), Some("id,age,sex,diagnosis,hb,crp,sites,treatment,seen,notes"));
    assert_eq!(column(&all, "age"), ["2.5", "91", "28 months", ""]);
    assert_eq!(column(&all, "hb"), ["8.4 (L)", "'12-15", "not done", "1.5"]);
    assert_eq!(column(&all, "crp"), ["<5", "normal (stated)", "160 (high)", ">200"]);
    assert_eq!(column(&all, "sites"), ["knee; elbow", "none", "", "knee"]);
    assert_eq!(column(&all, "treatment"), ["1 a + b: partial; 2 c: NR", "none", "", "1 a: complete (unconfirmed)"]);
    assert_eq!(column(&all, "seen"), ["2018-03-14", "2017", "", "not applicable"]);
    let details = listing(&["--columns", "treatment", "--format", "csv", "--details"]);
    assert_eq!(column(&details, "treatment")[3], "1 a: complete (unconfirmed), pain=none");
}

#[test]
fn json_is_typed_and_lines_are_its_cases() {
    let object: Value = serde_json::from_str(&listing(&["--columns", "all", "--format", "json"])).unwrap();
    assert_eq!(object["format"], "calc-series.cases/1");
    let cases = object["cases"].as_array().unwrap();
    let first = &cases[0];
    assert_eq!(first["age"], serde_json::json!({"text": "2.5", "value": 2.5}));
    assert_eq!(first["crp"], serde_json::json!({"text": "<5", "value": 5, "op": "<"}));
    assert_eq!(first["sites"], serde_json::json!(["knee", "elbow"]));
    assert_eq!(first["treatment"][0]["agents"], serde_json::json!(["a", "b"]));
    assert_eq!(
        (&first["treatment"][0]["response"], &first["treatment"][1]["response"]),
        (&"partial".into(), &"not reported".into())
    );
    assert_eq!(cases[1]["hb"], serde_json::json!({"unreadable": "12-15"}));
    assert_eq!((&cases[1]["sites"], &cases[1]["diagnosis"]), (&serde_json::json!([]), &Value::Null));
    assert_eq!(cases[1]["crp"], serde_json::json!({"text": "normal (stated)", "value": null, "status": "normal"}));
    assert_eq!(cases[2]["age"]["value"].as_f64(), Some(28.0 / 12.0));
    let lines = listing(&["--columns", "all", "--format", "jsonl"]);
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(&lines, cases);
    assert!(object["notes"].as_array().unwrap().iter().any(|note| note == "4 cases."));
}

#[test]
fn both_forms_of_the_series_give_the_same_rows() {
    for options in [&[][..], &["--columns", "etiology,symptoms,treatment,hb,ck", "--sort", "age:desc"]] {
        let of = |name: &str| stdout(&[&["cases", &series(name), "--format", "csv"], options].concat());
        let (csv, json) = (of("cases.csv"), of("cases.json"));
        assert_eq!(csv, json);
        assert_eq!(csv.lines().count(), 6);
    }
}

#[test]
fn columns_are_names_roles_and_words() {
    let header = |columns: &[&str]| {
        let options: Vec<&str> = columns.iter().flat_map(|text| ["--columns", text]).collect();
        let text = listing(&[options.as_slice(), &["--format", "csv"]].concat());
        text.lines().next().unwrap().to_owned()
    };
    let small = "id,age,sex,diagnosis,sites,labs,treatment,best_response,seen,notes";
    assert_eq!(header(&[]), small);
    assert_eq!(header(&["default, seen"]), small);
    assert_eq!(header(&["crp,etiology,lab,case-id,crp"]), "crp,diagnosis,labs,id");
    assert_eq!(header(&["hb (g/dL)", "best_response"]), "hb,best_response");
    let best = listing(&["--columns", "best_response", "--format", "csv"]);
    assert_eq!(column(&best, "best_response"), ["partial", "", "", "complete"]);
    let labs = listing(&["--columns", "labs", "--format", "csv"]);
    assert_eq!(column(&labs, "labs")[2..], ["crp 160 (high)", "hb 1.5; crp >200"]);
    assert_eq!(column(&labs, "labs")[1], "hb 12-15 (unreadable); normal (stated): crp");
}

#[test]
fn columns_that_cannot_be_shown_are_refused_with_a_remedy() {
    refused(&["--columns", "agee"], &["error: there is no column 'agee'", "  help: did you mean age?"]);
    refused(&["--sort", "etiolgy"], &["error: there is no column 'etiolgy'", "  help: did you mean etiology?"]);
    refused(&["--columns", "xyzzy"], &["error: there is no column 'xyzzy'", "  help: the columns are: id, age, sex,"]);
    refused(&["--columns", "outcome"], &["error: no column has the role 'outcome'"]);
    refused(&["--sort", "age:down"], &["error: 'down' is not a sort order", "  help: write --sort COLUMN,"]);
    refused(
        &["--sort", "labs"],
        &["error: cannot sort by labs, which are several columns", "  help: name one of them: --sort hb"],
    );
    refused(
        &["--columns", "name"],
        &["error: the column 'name' may identify a person and is withheld", "  help: to show it anyway: --show name"],
    );
    refused(
        &["--deidentify", "--columns", "notes"],
        &["error: the column 'notes' contains text or ids that may identify a person"],
    );
    refused(&["--format", "ard"], &["error: 'ard' is not a valid format (--format)"]);
    refused(
        &["-o", "cases.odt"],
        &["error: no document of this kind is written: 'cases.odt'", "  help: use -o cases.docx"],
    );
    refused(&["-o", "cases.ard.csv"], &["error: ard cannot show a listing of cases: 'cases.ard.csv'"]);
    assert!(listing(&["--columns", "name", "--show", "name"]).contains("Ann"));
}

#[test]
fn withheld_columns_never_appear() {
    for format in ["text", "json", "jsonl", "csv", "tsv", "markdown", "html", "latex"] {
        for columns in ["default", "all"] {
            let text = listing(&["--columns", columns, "--format", format]);
            assert!(!["Ann", "Bea", "Cid", "Dee"].iter().any(|name| text.contains(name)), "{format}: {text}");
        }
    }
}

#[test]
fn rows_are_sorted_by_value_with_the_missing_last() {
    assert_eq!(sorted_ids(&[]), ["C10", "C2", "C1", "C3"]);
    assert_eq!(sorted_ids(&["id"]), ["C1", "C2", "C3", "C10"]);
    assert_eq!(sorted_ids(&["age"]), ["C1", "C10", "C2", "C3"]);
    assert_eq!(sorted_ids(&["age:desc"]), ["C2", "C10", "C1", "C3"]);
    assert_eq!(sorted_ids(&["crp"]), ["C10", "C1", "C3", "C2"]);
    assert_eq!(sorted_ids(&["diagnosis", "id"]), ["C3", "C10", "C1", "C2"]);
    assert_eq!(sorted_ids(&["sex:desc", "age:asc"]), ["C2", "C3", "C1", "C10"]);
}

#[test]
fn a_listing_without_identity_leads_to_nobody() {
    let (_folder, path) = file("cases.csv", SMALL);
    let options = ["cases", path.to_str().unwrap(), "--deidentify", "--columns", "all", "--format", "csv"];
    let output = run(&options);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(column(&text, "id"), ["P1", "P2", "P3", "P4"]);
    // In the order of what is shown, not of the file: 2.5, >89, 28 months, not reported.
    assert_eq!(column(&text, "age"), ["", "2.5", "28 months", ">89"]);
    assert_eq!(column(&text, "seen"), ["not applicable", "2018", "", "2017"]);
    assert!(!text.contains("notes") && !text.contains("C10"));
    assert_eq!(column(&text, "hb"), ["1.5", "8.4 (L)", "not done", "withheld"]);
    let numbered = stdout(&[&options[..], &["--no-id"]].concat());
    assert!(column(&numbered, "age") == column(&text, "age") && !numbered.contains("C10"));
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(stderr.contains("warning[unreadable-cell]"), "{stderr}");
    assert!(!stderr.contains("C2") && !stderr.contains("line 3") && !stderr.contains("12-15"), "{stderr}");
    let sorted = stdout(&[&options[..], &["--sort", "id:desc"]].concat());
    assert_eq!(column(&sorted, "id"), ["P4", "P3", "P2", "P1"]);
}

/// Whoever knows the order of the file, such as that of admission, learns nothing of who is who.
#[test]
fn a_listing_without_identity_does_not_tell_the_order_of_the_file() {
    let (header, rows) = SMALL.split_once('\n').unwrap();
    let mut rows: Vec<&str> = rows.lines().collect();
    let mut listed = std::collections::BTreeSet::new();
    for _ in 0..rows.len() {
        rows.rotate_left(1);
        for rows in [rows.clone(), rows.iter().rev().copied().collect()] {
            let (_folder, path) = file("cases.csv", format!("{header}\n{}\n", rows.join("\n")));
            for format in ["text", "json", "jsonl", "csv", "tsv", "markdown", "html", "latex"] {
                let options = ["cases", path.to_str().unwrap(), "--deidentify", "--columns", "all", "--format", format];
                listed.insert((format, stdout(&options)));
            }
        }
    }
    assert_eq!(listed.len(), 8, "one listing a format");
}

#[test]
fn cells_are_harmless_wherever_they_go() {
    let text = "id,age,sex,change,etiology\n=1+1,5,F,-1.5,@cmd\nP2,6,M,2,a*b <i>\u{1b}[31m\n";
    let (_folder, path) = file("cases.csv", text);
    let of = |format: &str| stdout(&["cases", path.to_str().unwrap(), "--columns", "all", "--format", format]);
    assert!(of("csv").contains("'=1+1,5,female,-1.5,'@cmd"));
    assert!(of("html").contains("&lt;i&gt;"));
    assert!(of("markdown").contains("a\\*b \\<i\\>"));
    for format in ["text", "json", "jsonl", "csv", "tsv", "markdown", "html", "latex"] {
        assert!(!of(format).contains('\u{1b}'), "{format}");
    }
}

#[test]
fn no_line_is_longer_than_the_width() {
    for width in ["80", "100", "120"] {
        let text = stdout(&["cases", "--example", "--width", width]);
        let longest = text.lines().map(|line| line.chars().count()).max().unwrap();
        assert!(longest <= width.parse().unwrap(), "{width}: {longest}");
        assert!(["P1", "P2", "P3", "P4", "P5"].iter().all(|id| text.lines().any(|line| line.starts_with(id))));
    }
    let piped = stdout(&["cases", "--example"]);
    assert_eq!(piped.lines().filter(|line| line.starts_with('P')).count(), 5, "one line per case in a pipe");
}

#[test]
fn strictness_is_that_of_a_summary() {
    let (_folder, ragged) = file("cases.csv", "id,age\nP1,6\nP2\n");
    let (_other, empty) = file("cases.csv", "id,age\n");
    for (path, line) in [(&ragged, "error[ragged-row]"), (&empty, "error[no-cases]")] {
        let output = run(&["cases", path.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8(output.stderr).unwrap().contains(line));
        assert!(output.stdout.is_empty());
    }
    let (_warned, path) = file("cases.csv", SMALL);
    assert_eq!(run(&["cases", path.to_str().unwrap(), "--strict"]).status.code(), Some(1));
}

#[test]
fn a_file_is_whole_or_untouched() {
    let (folder, path) = file("cases.csv", SMALL);
    let out = folder.path().join("listing.md");
    std::fs::write(&out, "before").unwrap();
    let options = ["cases", path.to_str().unwrap(), "-o", out.to_str().unwrap()];
    assert_eq!(run(&[&options[..], &["--columns", "nothing"]].concat()).status.code(), Some(2));
    assert_eq!(std::fs::read_to_string(&out).unwrap(), "before");
    assert_eq!(stdout(&options), "");
    assert_eq!(std::fs::read_to_string(&out).unwrap(), listing(&["--format", "markdown"]));
    let (csv, html) = (folder.path().join("a.csv"), folder.path().join("none/a.html"));
    let several = ["-o", csv.to_str().unwrap(), "-o", html.to_str().unwrap()];
    assert_eq!(run(&[&options[..2], &several].concat()).status.code(), Some(2), "no such folder");
    assert!(!csv.exists(), "none of several files is written where one cannot be");
    let both = stdout(&[&options[..2], &["-o", csv.to_str().unwrap(), "-o", "-", "--format", "jsonl"]].concat());
    assert_eq!(both, listing(&["--format", "jsonl"]));
    assert_eq!(std::fs::read_to_string(&csv).unwrap(), listing(&["--format", "csv"]));
    let over_input = run(&["cases", path.to_str().unwrap(), "-o", path.to_str().unwrap()]);
    assert_eq!(over_input.status.code(), Some(2));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), SMALL);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 3, "no file is left behind");
}

/// Many cases: more than are kept at a time.
fn many(cases: usize) -> String {
    let row = |number: usize| format!("P{number},{},knee;elbow,a + b: none; c: complete\n", number % 90);
    "id,age,sites,treatment\n".to_owned() + &(1..=cases).map(row).collect::<String>()
}

#[test]
fn a_closed_pipe_is_a_quiet_success() {
    let (_folder, path) = file("cases.csv", many(30_000));
    for format in ["text", "csv", "jsonl", "json"] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_calc-series"))
            .args(["cases", path.to_str().unwrap(), "--format", format])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = [0; 64];
        child.stdout.take().unwrap().read_exact(&mut first).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""), "{format}");
    }
}

#[test]
fn long_listings_are_the_rows_of_short_ones() {
    let (_folder, path) = file("cases.csv", many(2_500));
    let path = path.to_str().unwrap();
    let text = stdout(&["cases", path, "--width", "80"]);
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with('P')).collect();
    assert_eq!(rows.len(), 2_500);
    assert_eq!(text.matches('─').count(), text.lines().find(|line| line.starts_with('─')).unwrap().chars().count());
    assert!(rows[2_499].starts_with("P2500"));
    let csv = stdout(&["cases", path, "--format", "csv"]);
    assert_eq!(csv.lines().count(), 2_501);
    let one_thread = stdout(&["cases", path, "--format", "csv", "--threads", "1"]);
    assert_eq!(csv, one_thread);
    let piped = run_with_input(&["cases", "-", "--format", "csv"], many(2_500).as_bytes());
    assert_eq!(String::from_utf8(piped.stdout).unwrap(), csv);
}

#[test]
fn a_pipe_that_is_too_long_is_refused_with_a_remedy() {
    let long = many(900_000);
    assert!(long.len() > 33 << 20);
    let mut child = Command::new(env!("CARGO_BIN_EXE_calc-series"))
        .args(["cases", "-"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The program stops reading before the end.
    let _ = child.stdin.take().unwrap().write_all(long.as_bytes());
    let output = child.wait_with_output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(stderr.contains("a listing reads the cases twice"), "{stderr}");
}
