//! Manuscripts filled from records: whole outputs, the text around the numbers, every fault with
//! its position, outdated numbers.

mod word;

use crate::support::{file, root, run, run_with_input, series, stdout};
use proptest::prelude::*;
use std::path::Path;
use std::process::Output;

/// The filled draft from standard input.
fn filled(draft: &str, options: &[&str]) -> String {
    let output = run_with_input(&[&["fill", "-", "--example"], options].concat(), draft.as_bytes());
    assert!(output.status.success(), "{draft}\n{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The exit code and standard error for a draft.
fn errors(draft: &str, options: &[&str]) -> (Option<i32>, String) {
    let output = run_with_input(&[&["fill", "-", "--example"], options].concat(), draft.as_bytes());
    assert!(output.stdout.is_empty(), "{}", String::from_utf8_lossy(&output.stdout));
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn the_examples_are_what_their_drafts_give() {
    for (draft, document) in [("abstract.md", "abstract.filled.md"), ("results.tex", "results.filled.tex")] {
        let path = |name: &str| format!("examples/manuscript/{name}");
        let got = stdout(&["fill", &path(draft), &series("cases.csv")]);
        if std::env::var_os("CALC_SERIES_BLESS").is_some() {
            std::fs::write(root().join(path(document)), &got).unwrap();
        }
        let expected = std::fs::read_to_string(root().join(path(document))).unwrap();
        assert!(expected.lines().count() > 8, "{document}");
        assert_eq!(got, expected, "{document}");
        let fresh = stdout(&["fill", &path(draft), "--example", "--check", &path(document)]);
        assert!(fresh.contains(" numbers are stale\n") && fresh.lines().count() == 1, "{fresh}");
    }
}

/// If one number of the filled example is changed, exactly that number is reported.
#[test]
fn a_changed_number_of_the_example_is_the_only_stale_one() {
    let draft = root().join("examples/manuscript/results.tex");
    let document = std::fs::read_to_string(root().join("examples/manuscript/results.filled.tex")).unwrap();
    for (now, stale, line) in [
        ("5.9 $", "6.0 $", 5),
        ("2.7 \\\\", "2.6 \\\\", 5),
        ("2.5--10", "2--10", 6),
        ("5/5 (100\\%)", "4/5 (80\\%)", 7),
        ("& 2 ", "& 3 ", 8),
        ("\\ensuremath{>}1280", "640", 9),
        ("\\textbf{80}", "\\textbf{75}", 10),
    ] {
        assert_eq!(document.matches(now).count(), 1, "{now}");
        let (_folder, path) = file("final.tex", document.replace(now, stale));
        let output = run(&["fill", draft.to_str().unwrap(), "--example", "--check", path.to_str().unwrap()]);
        let text = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(1), "{now}");
        assert!(text.starts_with(&format!("final.tex:{line}:")), "{now}: {text}");
        assert!(text.ends_with("final.tex: 1 of 6 numbers is stale\n"), "{now}: {text}");
    }
}

#[test]
fn placeholders_are_replaced_by_their_numbers() {
    for (draft, expected) in [
        ("{{ age.mean }}", "5.9"),
        ("{{age.mean}}{{cases}}", "5.95"),
        ("{{ sites[hip] | n/N (p%) }}", "3/5 (60%)"),
        ("{{ sites[hip] | {n} in {N} }}", "3 in 5"),
        ("{{ sites[hip] | n of N | words }}", "three of five"),
        ("{{ sites[hip] | n of N (p%) | Words }}", "Three of five (60%)"),
        ("{{ esr.median | words }} {{ crp.N_stated | words }}", "44.0 one"),
        ("{{ age.mean | where age < 10 }}", "4.9"),
        ("{{ age.mean | age < 10 }}", "4.9"),
        ("{{ cases | where etiology = 'juvenile dermatomyositis' | words }}", "four"),
        ("{{ sites[hip] | n/N | where age <= 6 }}", "2/4"),
        ("{{ age.sd | raw }} {{ etiology[idiopathic].p | raw }}", "2.701851217221259 0.2"),
        ("{{ age | p90 }} {{ esr.sum }}", "8.4 167"),
        ("{{ ana_titer.max }} {{ year.min }}", ">1280 2018"),
        ("{{ age | mean (sd) }} {{ age | min–max }}", "5.9 (2.7) 2.5–10.0"),
        ("{{{{ age.mean }} {%\n", "{{ age.mean }} {%\n"),
    ] {
        assert_eq!(filled(draft, &[]), expected, "{draft}");
    }
    assert_eq!(
        filled("{{ ana_titer.max }} {{ sites[hip] | n (p%) }}", &["--draft-format", "markdown"]),
        "\\>1280 3 (60%)"
    );
    let latex =
        filled("{{ ana_titer.max }} {{ sites[hip] | n (p%) }} {{ age | min–max }}", &["--draft-format", "latex"]);
    assert_eq!(latex, "\\ensuremath{>}1280 3 (60\\%) 2.5--10.0");
    assert_eq!(filled("{{ age.mean }} {{ age.p25 }}", &["--digits", "age.mean=2", "--like", "sas"]), "5.90 5.0000000");
}

#[test]
fn a_draft_of_keys_gives_what_get_prints() {
    let list = stdout(&["get", "--example", "--list"]);
    let lines = list.lines().map(|line| line.split_once('\t').unwrap());
    let estimable: Vec<(&str, &str)> = lines.filter(|(_, number)| *number != "NE").collect();
    assert!(estimable.len() > 1_500, "{}", estimable.len());
    let draft: String = estimable.iter().map(|(key, _)| format!("{{{{ {key} }}}}\n")).collect();
    let numbers: String = estimable.iter().map(|(_, number)| format!("{number}\n")).collect();
    assert_eq!(filled(&draft, &[]), numbers);
}

#[test]
fn byte_order_marks_and_line_ends_are_unchanged() {
    let draft = "\u{feff}Âge {{ age.mean }} ans\r\n\r\n\t日本 {{ cases\r\n }}\r\rend \n";
    let expected = "\u{feff}Âge 5.9 ans\r\n\r\n\t日本 5\r\rend \n";
    assert_eq!(filled(draft, &[]), expected);
    // No number becomes stale if an editor changes them.
    let (_folder, path) = file("final.md", "Âge 5.9 ans\n\n\t日本 5\r\rend \n");
    assert_eq!(filled(draft, &["--check", path.to_str().unwrap()]), "final.md: 0 of 2 numbers are stale\n");
}

#[test]
fn every_fault_of_a_draft_is_reported_in_one_run() {
    let draft = std::fs::read_to_string(root().join("tests/golden/fill-faults.md")).unwrap();
    let (code, faults) = errors(&draft, &["--draft-format", "markdown"]);
    assert_eq!(code, Some(2));
    let path = root().join("tests/golden/fill-faults.txt");
    if std::env::var_os("CALC_SERIES_BLESS").is_some() {
        std::fs::write(&path, &faults).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap();
    assert!(expected.lines().count() > 50);
    assert_eq!(faults, expected);
}

/// If the records give no number, nothing is written.
#[test]
fn a_number_that_is_not_estimable_stops_the_run() {
    let (_folder, path) = file("final.md", "as it was");
    let output = path.to_str().unwrap();
    let (code, text) = errors("{{ age.mean }} and {{ crp.sd }}", &["-o", output]);
    assert_eq!(code, Some(1));
    let expected = "warning[not-estimable]: crp.sd is not estimable: one value has no SD; nothing was filled in\n  \
                    standard input:1:20\n    {{ age.mean }} and {{ crp.sd }}\n                       ^^^^^^^^^^^^\n";
    assert!(text.contains(expected), "{text}");
    let (code, _) = errors("{{ age.mean }} and {{ crp | mean (sd) }}", &["-o", output]);
    assert_eq!(code, Some(1));
    let (code, _) = errors("{{ age.men }} and {{ crp.sd }}", &["-o", output]);
    assert_eq!(code, Some(2));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "as it was");
    filled("{{ age.mean }}\n", &["-o", output]);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "5.9\n");
}

#[track_caller]
fn refused(output: &Output, message: &str) {
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(2), &b""[..]), "{stderr}");
    assert!(stderr.contains(message), "wanted: {message}\nfound: {stderr}");
}

#[test]
fn no_input_is_overwritten_or_read_twice() {
    let (_folder, path) = file("draft.md", "{{ age.mean }}");
    let draft = path.to_str().unwrap();
    refused(&run(&["fill", draft, "--example", "-o", draft]), "is an input and would be overwritten");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "{{ age.mean }}");
    let twice = "standard input can be read only once, but '-' is named twice";
    refused(&run_with_input(&["fill", "-", "-"], b""), twice);
    refused(&run_with_input(&["fill", "-", "--example", "--check", "-"], b""), twice);
    refused(&run(&["fill", "no-such-draft.md", "--example"]), "no-such-draft.md");
    refused(
        &run_with_input(&["fill", "-", "--example"], b"a\n\xe9t\xe9"),
        "standard input:2:1: this byte is not UTF-8",
    );
    refused(&run(&["fill", draft, "--example", "--check", draft, "--format", "html"]), "possible values: text, json");
    refused(
        &run(&["fill", draft, "--example", "--draft-format", "mardown"]),
        "did you mean 'markdown'? Possible values: markdown, latex, docx, text",
    );
    refused(&run(&["fill", draft]), "no input file");
    let cases = std::fs::read(root().join("data/cutaneous-calcinosis-2021/cases.csv")).unwrap();
    assert_eq!(run_with_input(&["fill", draft, "-"], &cases).stdout, b"5.90", "no schema stands beside a pipe");
    // A pipe is read once: of several conditions that do not fit the first is named.
    let (_folder, path) = file("draft.md", "{{ cases | where ag < 1 }} {{ cases | where agge < 1 }}");
    let output = run_with_input(&["fill", path.to_str().unwrap(), "-"], &cases);
    refused(&output, "error[draft-placeholder]: there is no column ag\n  draft.md:1:1\n    ag < 1\n    ^^\n");
}

#[test]
fn a_draft_without_placeholders_or_with_them_in_code_is_remarked_on() {
    let output = run_with_input(&["fill", "-", "--example", "--strict"], b"plain");
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(1), &b"plain"[..]));
    assert!(stderr.contains("warning[draft-without-placeholders]: standard input has no placeholder"), "{stderr}");
    let draft = b"{{ cases }}\n~~~\n{{ cases }}\n";
    let output = run_with_input(&["fill", "-", "--example", "--draft-format", "markdown"], draft);
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.stdout, b"5\n~~~\n{{ cases }}\n");
    assert!(
        stderr.contains("note[draft-code]: two braces in fenced code are left unchanged\n  standard input:3:1\n"),
        "{stderr}"
    );
}

#[test]
fn a_stale_number_is_an_object_for_scripts() {
    let (_folder, draft) = file("draft.md", "Age {{ age.mean | where age < 10 }}\nand {{ cases | words }} girls.\n");
    let (_other, document) = file("final.md", "Age 5.0\nwith five ladies.\n");
    let output =
        run(&["fill", draft.to_str().unwrap(), "--example", "--check", document.to_str().unwrap(), "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let object: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&object["format"], &object["placeholders"]), (&"calc-series.fill/1".into(), &2.into()));
    let stale = serde_json::json!([{
        "selector": "age.mean | age < 10",
        "in_draft": {"line": 1, "character": 5},
        "in_document": {"line": 1, "character": 5},
        "stands": "5.0",
        "now": "4.9"
    }]);
    assert_eq!((&object["stale"], &object["edited"]), (&stale, &serde_json::json!({"line": 2, "character": 1})));
    let lost = serde_json::json!([{"selector": "cases", "in_draft": {"line": 2, "character": 5}, "now": "five"}]);
    assert_eq!(object["lost"], lost);
}

/// Ten thousand placeholders and a thousand conditions of a long draft cost one reading of a pipe.
#[test]
fn a_long_draft_costs_one_reading() {
    let cases = std::fs::read(root().join("data/cutaneous-calcinosis-2021/cases.csv")).unwrap();
    let words = "lorem ipsum dolor sit amet ".repeat(4);
    let sentence = |n: usize| match n % 10 {
        0 => format!("{words}{{{{ cases | where age < {}.{} }}}} ", n / 1000, n / 10 % 100),
        _ => format!("{words}{{{{ sites[knee] | n/N (p%) }}}} "),
    };
    let draft: String = (0..10_000).map(sentence).collect();
    assert!(draft.len() > 1 << 20);
    let (folder, path) = file("draft.md", &draft);
    let (draft, document) = (path.to_str().unwrap(), folder.path().join("final.md"));
    let document = document.to_str().unwrap();
    let output = run_with_input(&["fill", draft, "-", "-o", document], &cases);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = std::fs::read_to_string(document).unwrap();
    assert_eq!(text.matches("5/5 (100%)").count(), 9_000);
    // Half of them are changed, and every third sentence is written anew.
    let edited = text.replace("lorem ipsum dolor sit amet 5/5 (100%)", "lorem 4/5 (80%)").replace(" 0 ", " 1 ");
    std::fs::write(document, edited).unwrap();
    let output = run_with_input(&["fill", draft, "-", "--check", document], &cases);
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.lines().last().unwrap().contains(" of 10000 numbers are stale"), "{text}");
}

/// Braces that are never closed, in one line and in many, are no more work than their number.
#[test]
fn a_long_draft_of_faults_is_refused_in_time() {
    for draft in ["{{ a ".repeat(100_000), "{{ age.mena }} ".repeat(20_000), "{{ a | where b = '".repeat(3_000)] {
        let (code, text) = errors(&draft, &[]);
        assert_eq!(code, Some(2));
        assert!(text.contains(" more\n") && text.lines().count() < 120, "{text}");
    }
}

fn bytes_of(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn bytes_outside_the_braces_are_those_of_the_draft(texts in prop::collection::vec("[a-zé日%#$&| <>\r\n{.]{0,20}[a-z\n]", 2..9)) {
        for ending in ["md", "tex", "txt"] {
            let (folder, path) = file(&format!("draft.{ending}"), texts.join("{{ age.mean }}"));
            let document = folder.path().join(format!("final.{ending}"));
            // Two braces side by side would be ours.
            prop_assume!(!texts.iter().any(|text| text.contains("{{")));
            let output = run(&["fill", path.to_str().unwrap(), "--example", "-o", document.to_str().unwrap()]);
            prop_assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            prop_assert_eq!(bytes_of(&document), texts.join("5.9").into_bytes());
        }
    }
}
