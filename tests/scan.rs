//! Scans of manuscripts: what reconciles raises no alarm, and what does not is found, with its place.

mod denominators;
mod desk;
mod formats;
mod held;
mod own_denominators;
mod planted;
mod reconciles;
mod series;
mod totals;

use crate::support::{run, run_with_input};
use denominators::OF_OTHERS;
use desk::{CHANGED_ONE, POSSIBLE};
use held::{HELD, NO_FAULT};
use own_denominators::{OF_SEVERAL, OWN};
use planted::PLANTED;
use reconciles::RECONCILES;
use serde_json::Value;
use series::{CHANGED, SERIES};
use totals::TOTALS;

/// The scan of a text, and the exit code.
fn scan(text: &str) -> (Value, Option<i32>) {
    let output = run_with_input(&["scan", "-", "--json"], text.as_bytes());
    let stderr = String::from_utf8_lossy(&output.stderr);
    (serde_json::from_slice(&output.stdout).unwrap_or_else(|fault| panic!("{fault}: {stderr}")), output.status.code())
}

fn items<'a>(scan: &'a Value, verdict: &str) -> Vec<&'a Value> {
    scan["items"].as_array().expect("items").iter().filter(|item| item["verdict"] == verdict).collect()
}

#[test]
fn texts_that_reconcile_raise_no_alarm() {
    for (name, text, consistent) in RECONCILES {
        let (scan, code) = scan(text);
        let open: Vec<&Value> = [items(&scan, "impossible"), items(&scan, "conditional")].concat();
        // A mean age in years says nothing about the fractions of a year it was averaged from.
        let alarms: Vec<&&Value> = open.iter().filter(|item| item["relation"] != "mean").collect();
        assert!(alarms.is_empty(), "{name}: {alarms:#?}");
        assert!(items(&scan, "impossible").is_empty() && code == Some(0), "{name}: {scan:#}");
        let found = items(&scan, "consistent").len();
        assert!(found >= consistent, "{name}: {found} found consistent, not {consistent}: {scan:#}");
    }
}

#[test]
fn numbers_of_other_cases_raise_no_alarm() {
    for text in OF_OTHERS.into_iter().chain(OF_SEVERAL) {
        let (scan, code) = scan(text);
        let alarms: Vec<&Value> = [items(&scan, "impossible"), items(&scan, "conditional")].concat();
        assert!(alarms.is_empty() && code == Some(0), "{text}: {alarms:#?}");
    }
}

#[test]
fn numbers_that_only_look_wrong_raise_no_alarm() {
    for text in NO_FAULT {
        let (scan, code) = scan(text);
        assert!(alarms(&scan).is_empty() && code == Some(0), "{text}: {:#?}", alarms(&scan));
    }
}

#[test]
fn what_an_editor_reads_without_a_frown_is_not_impossible() {
    let mut wrong = Vec::new();
    for text in POSSIBLE {
        let (scan, code) = scan(text);
        let impossible = items(&scan, "impossible");
        if !impossible.is_empty() || code != Some(0) {
            wrong.push(format!("{text}: {impossible:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_fault_is_found_and_its_twin_is_not() {
    let mut missed = Vec::new();
    for (text, from, to, verdict, relation) in HELD.into_iter().chain(CHANGED_ONE).chain(OWN) {
        assert!(text.contains(from), "{text}: {from}");
        let (found, _) = scan(text);
        let is_found = items(&found, verdict).iter().any(|item| item["relation"] == relation);
        let (twin, _) = scan(&text.replacen(from, to, 1));
        if !is_found || alarms(&found).len() != 1 || !alarms(&twin).is_empty() {
            missed.push(format!("{text}: {:#?}\n{:#?}", alarms(&found), alarms(&twin)));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

/// One line of many sentences without a full stop, and of nothing but brackets.
#[test]
fn a_long_line_takes_linear_time() {
    for text in ["5 of 6 (50%) ".repeat(3000), "(".repeat(300_000), "5, ".repeat(20_000)] {
        let start = std::time::Instant::now();
        scan(&text);
        assert!(start.elapsed().as_secs() < 30, "{} bytes", text.len());
    }
}

/// p = 0.000 is a figure of a program, with the statistic beside it and without.
#[test]
fn p_of_zero_has_one_verdict() {
    for text in ["Groups differed, t(28) = 8.4, p = 0.000.", "Groups differed, p = 0.000."] {
        let (scan, code) = scan(text);
        assert_eq!((items(&scan, "impossible").len(), code), (0, Some(0)), "{text}: {scan:#}");
        assert!(!items(&scan, "conditional").is_empty(), "{text}");
    }
    let (scan, _) = scan("Groups differed, t(28) = 2.2, p = 0.000.");
    assert_eq!(items(&scan, "impossible").len(), 1, "{scan:#}");
}

/// `5.9` with five patients needs half-years; a scan says so, and does not call it wrong.
#[test]
fn a_mean_age_that_needs_fractions_of_a_year_is_conditional() {
    let (scan, code) = scan("The mean age of our 5 patients was 5.9 years.\nThey were seen in 2018.\n");
    let conditional = items(&scan, "conditional");
    assert_eq!((conditional.len(), code), (1, Some(0)), "{scan:#}");
    assert_eq!(
        conditional[0]["sentence"],
        "only with ages finer than whole years: no 5 whole numbers have a mean of 5.9: a sum of 29 gives 5.8, a sum of 30 gives 6.0"
    );
    let strict = run_with_input(&["scan", "-", "--strict"], b"The mean age of our 5 patients was 5.9 years.\n");
    assert_eq!(strict.status.code(), Some(1));
}

/// Only one-sided, only truncated, only without the missing: each is named and none is called impossible.
#[test]
fn what_a_convention_would_explain_is_conditional() {
    for (text, relation, sentence) in [
        ("Ages differed, t(28) = 2.20, p = 0.018.", "test", "only if the test is one-sided"),
        ("We saw 51 children. Fever was present in 36 (70%).", "percentage", "only if it was truncated"),
        (
            "Of 50 patients with available data, 7 (14.9%) were positive.",
            "percentage",
            "only if some cases are left out",
        ),
        ("The odds ratio was 2.50 (95% CI 1.10-3.10).", "interval", "exact or profile-likelihood"),
        ("The hazard ratio was 0.65 (95% CI 0.34-1.24, p = 0.01).", "p_value", "only if they are of different tests"),
        ("Relapse was rarer with treatment (20/50 vs 22/48, p = 0.002).", "two_by_two", "only with another test"),
        ("There was no difference (p = 0.000).", "p_value", "p is never 0"),
    ] {
        let (scan, code) = scan(text);
        let conditional = items(&scan, "conditional");
        let is_named = conditional
            .iter()
            .any(|item| item["relation"] == relation && item["sentence"].as_str().expect("a text").contains(sentence));
        assert!(is_named && code == Some(0), "{text}: {scan:#}");
    }
}

/// An abstract that says something else than the results is found; two groups in the same words are not.
#[test]
fn the_same_sentence_with_another_number_is_found() {
    let text = "Abstract\nSurgical excision was performed in 2 patients.\n\nResults\nSurgical excision was performed in 3 \
                patients.\n";
    let (found, code) = scan(text);
    let impossible = items(&found, "impossible");
    assert_eq!((impossible.len(), code), (1, Some(1)), "{found:#}");
    assert_eq!(impossible[0]["relation"], "same_fact");
    assert_eq!(impossible[0]["sentence"], "3 here, but 2 in line 2");
    let (same, code) = scan(&text.replace("in 3", "in two"));
    assert_eq!((items(&same, "impossible").len(), code), (0, Some(0)), "{same:#}");
}

#[test]
fn a_scan_says_where_and_how_many() {
    let text =
        "# Results\nWe saw 50\nchildren, 36 (70%) with fever.\n\n| | All (n = 50) |\n|--|--|\n| Rash | 18 (38%) |\n";
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("draft.md");
    std::fs::write(&path, text).expect("a manuscript");
    let path = path.to_string_lossy();
    let output = run(&["scan", &path]);
    let stdout = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{stdout}");
    assert!(
        stdout.starts_with("Scan of draft.md\n6 numbers, 4 of them held against others: 2 impossible,"),
        "{stdout}"
    );
    assert!(
        stdout.contains("  line 3 \"36 (70%)\"\n      36 of 50 is 72 %, not 70 %; 36 is 70 % of no number of cases"),
        "{stdout}"
    );
    assert!(stdout.contains("  line 7 (table 1, row 2, column 2) \"18 (38%)\"\n"), "{stdout}");
    let markdown = run(&["scan", &path, "--format", "markdown", "--all"]).stdout;
    assert!(String::from_utf8_lossy(&markdown).contains("## impossible\n"));
    let schema: Value = serde_json::from_slice(&run(&["scan", "--output-schema"]).stdout).expect("a schema");
    let json: Value = serde_json::from_slice(&run(&["scan", &path, "--json"]).stdout).expect("JSON");
    jsonschema::validator_for(&schema).expect("a schema").validate(&json).expect("the object follows its schema");
}

#[test]
fn what_is_no_text_is_refused_with_what_to_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let pdf = folder.path().join("paper.pdf");
    std::fs::write(&pdf, b"%PDF-1.7\n\0").expect("a file");
    let output = run(&["scan", &pdf.to_string_lossy()]);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr.contains("pdftotext -layout paper.pdf - | calc-series scan -"), "{stderr}");
    let missing = run(&["scan", "nothing.md"]);
    assert_eq!((missing.status.code(), missing.stdout.len()), (Some(2), 0));
}

#[test]
fn every_planted_error_is_found() {
    for (name, text, relation, printed) in PLANTED {
        let (scan, code) = scan(text);
        let impossible = items(&scan, "impossible");
        let is_found = |item: &&&Value| {
            item["relation"] == relation && item["printed"].as_str().expect("a text").contains(printed)
        };
        assert!(impossible.iter().any(|item| is_found(&item)), "{name}: {scan:#}");
        assert_eq!((impossible.len(), code), (1, Some(1)), "{name}: {scan:#}");
    }
}

/// The totals of a table are judged only where most of them show that its lines exclude each other.
#[test]
fn totals_are_held_against_their_rows_and_columns() {
    let table = "| Cause | Boys | Girls | Total |\n|---|---|---|---|\n| Dermatomyositis | 12 | 18 | 30 |\n| Lupus | 5 (25%) \
                 | 7 (23.3%) | 13 |\n| None | 3 | 5 | 8 |\n| Total | 20 | 30 | 50 |\n";
    let (found, code) = scan(table);
    let totals = |verdict| items(&found, verdict).into_iter().filter(|item| item["relation"] == "total").collect();
    let (impossible, not_checkable): (Vec<&Value>, Vec<&Value>) = (totals("impossible"), totals("not_checkable"));
    let sentences: Vec<&Value> = impossible.iter().map(|item| &item["sentence"]).collect();
    assert_eq!(sentences, ["5 + 7 = 12, not 13: 1 missing", "30 + 13 + 8 = 51, not 50: 1 too many"], "{found:#}");
    assert_eq!((not_checkable.len(), code), (0, Some(1)), "{found:#}");
    let (right, code) = scan(&table.replace("| 13 |", "| 12 |"));
    assert_eq!((items(&right, "impossible").len(), code), (0, Some(0)), "{right:#}");
}

/// The scan of a file with this extension.
fn scan_of(extension: &str, text: &str) -> Value {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(format!("series.{extension}"));
    std::fs::write(&path, text).expect("a manuscript");
    let output = run(&["scan", &path.to_string_lossy(), "--json"]);
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn alarms(scan: &Value) -> Vec<&Value> {
    [items(scan, "impossible"), items(scan, "conditional")].concat()
}

#[test]
fn series_of_ten_specialties_raise_no_alarm() {
    for (name, extension, text) in SERIES {
        let scan = scan_of(extension, text);
        let found = alarms(&scan);
        assert!(found.is_empty(), "{name}: {found:#?}");
        assert!(items(&scan, "consistent").len() >= 9, "{name}: {scan:#}");
        if matches!(extension, "md" | "txt") {
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join("series.docx");
            std::fs::write(&path, formats::docx_of(text)).expect("a manuscript");
            let output = run(&["scan", &path.to_string_lossy()]);
            assert_eq!(output.status.code(), Some(0), "{name}: {}", String::from_utf8_lossy(&output.stdout));
        }
    }
}

#[test]
fn a_changed_number_of_a_series_is_found() {
    for (name, from, to) in CHANGED {
        let (_, extension, text) = SERIES.into_iter().find(|(own, ..)| *own == name).expect("a series");
        assert!(text.contains(from), "{name}: {from}");
        let scan = scan_of(extension, &text.replacen(from, to, 1));
        assert!(!alarms(&scan).is_empty(), "{name}, {to}: {scan:#}");
    }
}

/// Column totals, row totals and percentages are held against each other, and a lone total against its rows.
#[test]
fn a_table_reconciles_in_all_directions_or_the_scan_says_where_not() {
    for (name, table, expected) in TOTALS {
        let (scan, code) = scan(table);
        let all = scan["items"].as_array().expect("items").iter();
        let open: Vec<&Value> = all.filter(|item| item["verdict"] != "consistent").collect();
        assert_eq!(open.len(), expected.len(), "{name}: {scan:#}");
        for (verdict, printed, sentence) in expected {
            let is_it = |item: &&&Value| {
                item["verdict"] == *verdict
                    && item["printed"] == *printed
                    && item["sentence"].as_str().expect("a text").contains(sentence)
            };
            assert!(open.iter().any(|item| is_it(&item)), "{name}, {printed}: {scan:#}");
        }
        let is_impossible = expected.iter().any(|(verdict, ..)| *verdict == "impossible");
        assert_eq!(code, Some(i32::from(is_impossible)), "{name}");
    }
}

/// A whole beside its parts is theirs, whatever else the text counts.
#[test]
fn a_sum_above_the_whole_beside_it_is_found_though_the_sum_is_stated_elsewhere() {
    for text in [
        "We measured 51 patients. We treated 50 children (30 boys and 21 girls).",
        "We measured 51 patients. Boys 30 (60%), girls 21 (40%) of 50 children.",
    ] {
        let (found, code) = scan(text);
        let categories: Vec<&Value> =
            items(&found, "impossible").into_iter().filter(|item| item["relation"] == "categories").collect();
        assert_eq!((categories.len(), code), (1, Some(1)), "{text}: {found:#}");
        assert_eq!(categories[0]["sentence"], "30 + 21 = 51, not 50: 1 too many");
    }
}

/// Numbers of other things beside a total, a difference or a remainder.
#[test]
fn numbers_of_other_things_are_not_held_against_each_other() {
    for text in [
        "Improvement was seen in 6 of 10 (60.0 %) versus 4 of 10 (40.0 %) patients (relative difference 50 %).",
        "Of them, 6 of 10 (60.0 %) versus 4 of 10 (40.0 %) improved, with an inter-rater difference of 5 %.",
        "There were a total of 38 lesions in 25 patients, with a mean of 3 visits per patient.",
        "There were a total of 38 lesions in 25 patients; the mean cost was 120 per patient.",
        "Of 20 patients, half improved; 3 relapsed later, and the remaining 10 were stable.",
        "Of 20 patients, two thirds had pain, 3 had fever and the remaining 4 had neither.",
    ] {
        let (scan, code) = scan(text);
        assert!(items(&scan, "impossible").is_empty() && code == Some(0), "{text}: {scan:#}");
    }
}
