//! The tables of a journal: one Table 1, its notes below, and what the user decides about them.

use crate::support::{file, run, stdout};

const SERIES: &str = "data/cutaneous-calcinosis-2021/cases.csv";

fn markdown(options: &[&str]) -> String {
    stdout(&[&["summarize", SERIES, "--format", "markdown"], options].concat())
}

#[test]
fn a_document_holds_two_tables_unless_others_are_asked_for() {
    let captions = |options: &[&str]| {
        let page = markdown(options);
        page.lines().filter_map(|line| line.strip_prefix("## ")).map(str::to_owned).collect::<Vec<_>>()
    };
    let (cases, responses) =
        ("Table 1. Characteristics of the 5 cases", "Table 2. Response of the calcinosis to treatment");
    assert_eq!(captions(&[]), [cases, responses]);
    assert_eq!(captions(&["--tables", "2"]), [responses]);
    assert_eq!(captions(&["--tables", "1", "--title", "Cases"]), ["Table 1. Cases"]);
    assert!(captions(&["--layout", "sections"]).len() > 5);
    assert_eq!(captions(&["--exclude", "treatment"]), [cases]);
}

#[test]
fn tests_are_named_by_the_marks_of_notes() {
    let page = markdown(&["--by", "etiology", "--tests", "--vars", "age,sites", "--tables", "1"]);
    let row =
        |label: &str| page.lines().find(|line| line.contains(label)).unwrap_or_else(|| panic!("{page}")).to_owned();
    assert!(row("**Age").ends_with("| 1ᵃ,ᵇ |"), "{page}");
    assert!(row("elbow").ends_with("| 1ᵇ,ᶜ |"), "{page}");
    assert!(page.contains("\nᵃ Mann-Whitney test") && page.contains("\nᶜ Fisher exact test."), "{page}");
    let signs = markdown(&["--by", "etiology", "--tests", "--vars", "age,sites", "--tables", "1", "--marks", "*"]);
    assert!(signs.contains("\n\\* Mann-Whitney") && signs.contains("‡ Fisher"), "{signs}");
}

/// Crossed groups stand below the levels of the first, and the spans cover all columns.
#[test]
fn the_heads_of_crossed_groups_cover_all_columns() {
    let text = "id,sex,treated,change\n1,f,yes,1.5\n2,f,no,2\n3,m,yes,3\n4,m,no,10000.25\n5,f,yes,-4\n";
    let (_folder, path) = file("cases.csv", text);
    let options = ["--by", "sex", "--by", "treated", "--format", "html", "--tables", "1"];
    let page = stdout(&[&["summarize", &path.to_string_lossy()] as &[&str], &options].concat());
    let spans = page.split("colspan=\"").skip(1).filter_map(|part| part.split_once('"')?.0.parse::<usize>().ok());
    assert_eq!(spans.take(4).collect::<Vec<_>>(), [1, 2, 2, 1], "{page}");
    assert!(page.contains("10,000.25") && page.contains("−4"), "{page}");
}

#[test]
fn numbers_of_a_row_have_one_precision() {
    let text = "id,group,value\n1,a,1\n2,a,2\n3,b,3\n4,b,5\n5,b,6\n";
    let (_folder, path) = file("cases.csv", text);
    let page = stdout(&["summarize", &path.to_string_lossy(), "--by", "group", "--format", "markdown"]);
    assert!(page.contains("| 1.5 (1.0–2.0) | 5.0 (3.0–6.0) | 3.0 (1.0–6.0) |"), "{page}");
}

#[test]
fn abbreviations_are_written_out_where_the_table_prints_them() {
    let page = markdown(&["--vars", "imaging,sex", "--tables", "1", "--abbreviations", "CT=tomography; no contrast"]);
    let note = page.lines().find(|line| line.starts_with("Abbreviations: ")).expect("abbreviations");
    assert_eq!(note, "Abbreviations: CT, tomography; no contrast; MRI, magnetic resonance imaging.");
    assert!(!markdown(&["--vars", "sex", "--tables", "1"]).contains("Abbreviations"));
}

#[test]
fn a_fragment_is_the_tables_alone() {
    let fragment = |format: &str| stdout(&["summarize", SERIES, "--format", format, "--fragment", "--tables", "1"]);
    let (html, latex) = (fragment("html"), fragment("latex"));
    assert!(html.starts_with("<div ") && html.ends_with("</div>\n") && !html.contains("<style"), "{html}");
    assert!(!latex.contains("\\documentclass") && !latex.contains("\\begin{document}"), "{latex}");
    assert_eq!((latex.matches("\\begingroup").count(), latex.matches("\\endgroup").count()), (1, 1));
}

#[test]
fn a_language_has_its_marks_and_a_list_keeps_its_numbers_apart() {
    let page = markdown(&["--vars", "age,hb,platelets", "--tables", "1", "--language", "de"]);
    assert!(page.contains("6,0 (2,5–10,0)") && page.contains("396.000; 429.000; 443.000"), "{page}");
}

/// Percentages of a row are whole, or have one decimal, in all columns: of 104 cases in one group and 4 in the other.
#[test]
fn responses_of_groups_have_one_precision_and_only_the_notes_they_need() {
    let case = |number: usize| {
        let (group, response) =
            (if number < 104 { "a" } else { "b" }, if number.is_multiple_of(3) { "none" } else { "partial" });
        format!("P{number},{group},colchicine: {response}\n")
    };
    let text: String = std::iter::once("id,group,treatment\n".to_owned()).chain((0..108).map(case)).collect();
    let (_folder, path) = file("cases.csv", &text);
    let options = ["--by", "group", "--tables", "2", "--format", "markdown"];
    let page = stdout(&[&["summarize", &path.to_string_lossy()] as &[&str], &options].concat());
    let row = page.lines().find(|line| line.contains("colchicine")).unwrap_or_else(|| panic!("{page}"));
    assert!(row.ends_with("| 69/104 (66%) | 3/4 (75%) | 72/108 (67%) |"), "{page}");
    assert!(!page.contains("CI") && !page.contains("resp.") && page.contains("\nResponders: complete"), "{page}");
}

/// Kaplan-Meier of the arms of `aml` in Table 1: the figures of R, as in `tests/survival.rs`, with their test and method.
#[test]
fn times_to_an_event_are_rows_of_table_1() {
    let event = ["--time", "time", "--event", "relapse = 'yes'", "--times", "12", "--by", "arm", "--tests"];
    let options = ["--tables", "1", "--format", "markdown"];
    let page = stdout(&[&["summarize", "tests/files/aml.csv"] as &[&str], &event, &options].concat());
    let rows = page.split("| *Outcome* |").nth(1).and_then(|rest| rest.split("\n| *Other").next()).unwrap_or_default();
    let rows: Vec<&str> = rows.lines().skip(1).map(|row| row.trim_start_matches("| ").trim_end_matches(" |")).collect();
    let level = "&nbsp;&nbsp;";
    let expected = [
        "**Time to event by time** |  |  |  | 0.065ᵃ".to_owned(),
        format!("{level}events/cases | 7/11 | 11/12 | 18/23 | "),
        format!("{level}median (95% CI) | 31 (13–NE) | 23 (5–33) | 27 (13–34) | "),
        format!("{level}quartiles | 18, 48 | 8, 33 | 12, 43 | "),
        format!("{level}without event at 12, % (95% CI; at risk) | 91 (51–99; 10) | 58 (27–80; 8) | 74 (51–87; 18) | "),
        format!("{level}median follow-up | 103 | NE | 161 | "),
        format!(
            "{level}events per 100 units of time (95% CI) | 1.65 (0.67–3.41) | 4.31 (2.15–7.72) | 2.65 (1.57–4.20) | "
        ),
    ];
    assert_eq!(rows, expected, "{page}");
    assert!(page.contains("\nᵃ log-rank test") && page.contains("Kaplan-Meier; "), "{page}");
}

#[test]
fn a_bound_has_the_sign_of_print() {
    assert!(markdown(&["--vars", "followup", "--tables", "1"]).contains("| ≥30 |"));
}

#[test]
fn table_3_lists_the_cases() {
    let page = markdown(&["--tables", "3"]);
    assert!(page.contains("## Table 3. The cases"), "{page}");
    let rows: Vec<&str> = page.lines().filter(|line| line.starts_with("| **P")).collect();
    assert_eq!(rows.len(), 5, "{page}");
    assert!(rows[2].contains("juvenile dermatomyositis"), "{page}");
    assert_eq!(
        markdown(&["--tables", "3", "--where", "age < 6"]).lines().filter(|line| line.starts_with("| **P")).count(),
        2
    );
    // Beside others it comes last, whatever the order in which they are named.
    let all = markdown(&["--tables", "3,1"]);
    assert!(all.find("Table 1.").unwrap() < all.find("Table 3.").unwrap(), "{all}");
    let masked = markdown(&["--tables", "3", "--deidentify"]);
    assert!(masked.contains("| **P1** | 10 |"), "{masked}");
    let refused = run(&["summarize", SERIES, "--format", "markdown", "--tables", "3", "--suppress-below", "3"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("write --tables 1,2"));
}
