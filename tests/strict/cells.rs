//! Cells: the grammar of numbers, units, status, censoring, ages, dates, and what is missing.

use super::{accepted, findings, noted, stat, warned};
use crate::support::row;
use serde_json::{Value, json};

/// A file of one column beside the id.
fn column(header: &str, cells: &[&str]) -> String {
    let rows: Vec<String> = cells.iter().enumerate().map(|(n, cell)| format!("P{},{cell}\n", n + 1)).collect();
    format!("case_id,{header}\n{}", rows.concat())
}

/// The statistics of these keys.
fn stats(summary: &Value, keys: &[&str]) -> Value {
    keys.iter().map(|key| stat(summary, key).clone()).collect()
}

#[test]
fn what_is_no_number_by_the_grammar_is_a_located_warning() {
    for cell in ["0x10", "1_000", "12-15", "5..6", "--5", "1e", "5 6 7"] {
        let line = format!("  cases.csv line 3, case P2, column crp: '{cell}'");
        let summary = warned(column("crp", &["4", cell, "6"]), &[], &["warning[unreadable-cell]: not a number", &line]);
        assert_eq!(stats(&summary, &["crp.N", "crp.N_unreadable", "crp.mean"]), json!([2, 1, 5.0]), "{cell}");
    }
    for cell in ["inf", "Infinity", "-inf", "none", "٣"] {
        let line = format!("  cases.csv line 3, case P2, column crp: '{cell}'");
        let message = "warning[unreadable-cell]: a word in a column of numbers";
        let summary = warned(column("crp", &["4", cell, "6"]), &[], &[message, &line]);
        assert_eq!(stats(&summary, &["crp.N", "crp.N_unreadable", "crp.mean"]), json!([2, 1, 5.0]), "{cell}");
    }
}

#[test]
fn numbers_beyond_exact_reading_are_out_of_range() {
    for cell in ["1234567890123456789", "1e19", "1e-19", "0.1234567890123456789", "99999999999999999999999"] {
        let lines = [
            "warning[number-out-of-range]: a number of more than 18 digits or an exponent beyond 18",
            &format!("  cases.csv line 3, case P2, column crp: '{cell}'"),
            "  help: correct the number, or read the column as text: --kind crp=text",
        ];
        warned(column("crp", &["4", cell]), &[], &lines);
        accepted(column("crp", &["4", cell]), &["--kind", "crp=text"]);
    }
    let summary = accepted(column("crp", &["123456789012345678", "123456789012345680"]), &[]);
    assert_eq!(stat(&summary, "crp.mean"), 123456789012345679.0);
    assert_eq!(stat(&accepted(column("crp", &["1e3", "2.5E3", "+1000", "1.5e+3"]), &[]), "crp.mean"), 1500.0);
}

#[test]
fn thousands_are_not_guessed() {
    let line = "  cases.csv line 3, case P2, column platelets: '429,000'";
    let file = "case_id,platelets\nP1,443000\nP2,\"429,000\"\nP3,396000\n";
    warned(file, &[], &["warning[thousands-separator]: the mark may separate thousands or decimals", line]);
}

#[test]
fn a_value_in_another_unit_is_not_averaged() {
    let lines = [
        "warning[other-unit]: 'mmol/L' follows the number, but the column is in g/dL",
        "  cases.csv line 3, case P2, column hb (g/dL): '6.6 mmol/L'",
    ];
    let summary = warned(column("hb (g/dL)", &["10.7 g/dL", "6.6 mmol/L", "8.4"]), &[], &lines);
    assert_eq!(stats(&summary, &["hb.N", "hb.N_unreadable", "hb.mean"]), json!([2, 1, 9.55]));
    assert_eq!(row(&summary, "hb.mean")["unit"], "g/dL");
    accepted(column("hb (g/dL)", &["10.7 g/dL", "8.4 G/DL"]), &[]);
}

#[test]
fn a_status_beside_a_number_is_kept_apart() {
    let summary = accepted(column("ck", &["192 (high)", "192 H", "34", "30 L", "normal", "elevated"]), &[]);
    let keys = ["ck.N", "ck.N_stated", "ck_stated[high].n", "ck_stated[low].n", "ck_stated[normal].n", "ck.mean"];
    assert_eq!(stats(&summary, &keys), json!([4, 2, 3, 1, 1, 112.0]));
}

#[test]
fn every_stated_word_is_no_value_and_not_missing() {
    let words = ["normal", "negative", "positive", "high", "elevated", "low", "abnormal", "within range"];
    let summary = accepted(column("crp", &[&words[..], &["5", "7"]].concat()), &[]);
    assert_eq!(stats(&summary, &["crp.N", "crp.N_stated", "crp.N_miss", "crp.mean"]), json!([2, 8, 0, 6.0]));
}

#[test]
fn censored_values_have_a_bound_and_leave_no_mean() {
    let summary = accepted(column("ferritin", &["<5", "<=6", "≥300", ">1280", "200"]), &[]);
    assert_eq!(stats(&summary, &["ferritin.N", "ferritin.N_censored", "ferritin.median"]), json!([5, 4, 200.0]));
    assert_eq!(stat(&summary, "ferritin.mean"), &Value::Null);
    assert_eq!(row(&summary, "ferritin.mean")["reason"], "4 of 5 values are censored");
    assert_eq!(row(&summary, "ferritin.max")["bound"], json!({"op": ">", "value": 1280}));
    assert_eq!(row(&summary, "ferritin.min")["bound"], json!({"op": "<", "value": 5}));
}

#[test]
fn titres_are_their_dilution() {
    let summary = accepted(column("ana titer", &["1:80", "1:320", "160"]), &[]);
    assert_eq!(stats(&summary, &["ana titer.N", "ana titer.median"]), json!([3, 160.0]));
}

#[test]
fn missing_tokens_have_their_reasons() {
    let cells =
        ["", "NA", "n/a", "NR", "null", ".", "--", "?", "Unknown", "not reported", "not done", "Not applicable", "5"];
    let summary = accepted(column("crp", &cells), &[]);
    let keys =
        ["crp.N", "crp.N_miss", "crp.N_miss(not reported)", "crp.N_miss(not done)", "crp.N_miss(not applicable)"];
    assert_eq!(stats(&summary, &keys), json!([1, 12, 10, 1, 1]));
    let file = column("score", &["-99", "5", "7"]);
    assert_eq!(stat(&warned(&file, &[], &["warning[missing-code-likely]"]), "score.N"), 3);
    let keys = ["score.N", "score.N_miss", "score.mean"];
    assert_eq!(stats(&accepted(&file, &["--missing=-99"]), &keys), json!([2, 1, 6.0]));
}

#[test]
fn ages_are_exact_and_implausible_ones_are_findings() {
    let summary = accepted(column("age", &["2.5", "30 months", "2y6m", "P2Y6M", "2 years 6 months"]), &[]);
    assert_eq!(stats(&summary, &["age.N", "age.mean", "age.sd", "age.min"]), json!([5, 2.5, 0.0, 2.5]));
    let negative = ["warning[negative-age]: an age below 0", "  cases.csv line 3, case P2, column age: '-9'"];
    warned(column("age", &["6", "-9"]), &[], &negative);
    accepted(column("age", &["6", "-9"]), &["--missing", "-9"]);
    let old = ["warning[age-implausible]: an age above 120 years", "  cases.csv line 3, case P2, column age: '121'"];
    warned(column("age", &["6", "121", "120"]), &[], &old);
    warned(column("age_months", &["72", "1441"]), &[], &["warning[age-implausible]: an age above 120 years"]);
    let impossible =
        ["warning[impossible-age]: an age above 150 years", "  cases.csv line 3, case P2, column age: '999'"];
    let summary = warned(column("age", &["6", "999"]), &[], &impossible);
    assert_eq!(stats(&summary, &["age.N", "age.N_unreadable"]), json!([1, 1]));
    accepted(column("age_months", &["72", "1440"]), &[]);
}

#[test]
fn dates_have_a_range_but_no_mean() {
    let summary = accepted(column("visit date", &["2018", "2018-03", "2018-03-14", ""]), &[]);
    assert_eq!(row(&summary, "visit date.min")["date"], "2018");
    assert_eq!(row(&summary, "visit date.max")["date"], "2018-03-14");
    for (cell, message) in [
        (
            "14/03/2018",
            "date-order-unclear]: day or month first? Other dates of this column were converted by a spreadsheet, perhaps in the wrong order",
        ),
        ("2018-02-30", "date-unreadable]: a day that the calendar does not have"),
        ("2018-13", "date-unreadable]: not a date"),
    ] {
        let lines =
            [&format!("warning[{message}"), &format!("  cases.csv line 3, case P2, column visit date: '{cell}'")];
        let summary = warned(column("visit date", &["2018-03-14", cell]), &[], &lines.map(String::as_str));
        assert_eq!(stat(&summary, "visit date.N_unreadable"), 1);
    }
    assert!(row(&accepted(column("onset_year", &["2018", "2019"]), &[]), "onset_year.min")["date"] == "2018");
}

#[test]
fn sets_count_patients_and_mixed_delimiters_are_warned_of() {
    let summary = accepted(column("sites", &["elbow;knee", "knee", "none", ""]), &[]);
    let keys = ["sites[knee].n", "sites[knee].N", "sites.N_miss", "sites.n_items"];
    assert_eq!(stats(&summary, &keys), json!([2, 3, 1, 3]));
    let summary =
        accepted(column("sites", &["elbow;knee", "knee", "none", ""]).replace(';', "|").replace(',', ";"), &[]);
    assert_eq!(stats(&summary, &keys), json!([2, 3, 1, 3]));
    let mixed = "warning[mixed-delimiters]: this cell contains both ; and |, but only one of them separates items";
    let at = "  cases.csv line 3, case P2, column sites: 'hip;thigh|knee'";
    warned(column("sites", &["elbow;knee", "hip;thigh|knee"]), &[], &[mixed, at]);
    let other = "warning[mixed-delimiters]";
    warned(column("sites", &["elbow;knee", "hip|knee", "a;b"]), &[], &[other]);
    let comma = "warning[unsplit-items]: cells hold several items joined by ','; each is counted as one item";
    let at = "  cases.csv line 3, case P2, column sites: 'hip, knee'";
    warned(column("sites", &["elbow;knee", "\"hip, knee\""]), &[], &[comma, at]);
    let twice = "note[repeated-item]: an item is repeated in this cell; the patient is counted once";
    let summary = noted(column("sites", &["elbow;knee", "hip;hip"]), &[], &[twice]);
    assert_eq!(stat(&summary, "sites[hip].n"), 1);
    let missing = "warning[look-alike-missing]: a missing-value word among the items is ignored";
    warned(
        column("sites", &["elbow;knee", "hip;NA"]),
        &[],
        &[missing, "  cases.csv line 3, case P2, column sites: 'hip;NA'"],
    );
}

#[test]
fn comma_lists_in_a_column_of_words_are_warned_of() {
    // A column of sites is a set even where every case has one; a comma inside an item may hide two.
    let lines = [
        "warning[unsplit-items]: cells hold several items joined by ','; each is counted as one item",
        "  cases.csv line 2, case P1, column sites: 'elbow, knee'",
        "  help: to split them: --split 'sites=,'; if each is one: --split sites=none",
    ];
    let file = column("sites", &["\"elbow, knee\"", "hip"]);
    warned(&file, &[], &lines);
    assert_eq!(stat(&accepted(file.replace("elbow, knee", "elbow; knee"), &[]), "sites[knee].n"), 1);
    let parts = "warning[comma-list]: 2 of the cells contain commas, each read as one level: 'fever, pain'";
    warned(column("course", &["\"fever, pain\"", "\"pain, rash\"", "none"]), &[], &[parts]);
    accepted(column("course", &["\"pain, unspecified\"", "fever"]), &[]);
}

#[test]
fn yes_and_no_are_binary_and_0_and_1_are_noted() {
    let summary = accepted(column("fever", &["yes", "TRUE", "n", "No", "not done"]), &[]);
    assert_eq!(stats(&summary, &["fever[yes].n", "fever[no].n", "fever[yes].N"]), json!([2, 2, 4]));
    let lines = ["note[zero-one-binary]: 0 and 1 are read as two levels, not as numbers", "  column fever"];
    let file = column("fever", &["0", "1", "1"]);
    assert_eq!(stats(&noted(&file, &[], &lines), &["fever[0].n", "fever[1].n"]), json!([1, 2]));
    let summary = accepted(&file, &["--kind", "fever=number"]);
    assert!(!findings(&summary).contains(&"zero-one-binary"));
    assert_eq!(stat(&summary, "fever.N"), 3);
}

#[test]
fn text_is_counted_and_not_tabulated() {
    let long = "a cell of more than forty characters, which is a sentence";
    let file = format!("case_id,finding\nP1,\"{long}\"\nP2,short\nP3,\n");
    let lines = [
        "note[long-cell-as-text]: long cells make this column text: it is counted, not tabulated",
        "  cases.csv line 2, case P1, column finding: 'a cell of more than forty",
    ];
    let summary = noted(&file, &[], &lines);
    assert_eq!(stats(&summary, &["finding.N", "finding.N_miss"]), json!([2, 1]));
    assert_eq!(stat(&accepted(&file, &["--kind", "finding=category"]), "finding[short].n"), 1);
    assert_eq!(stat(&accepted("case_id,notes\nP1,short\nP2,a\n", &[]), "notes.N"), 2);
}

#[test]
fn a_cell_of_two_lines_is_text_however_short() {
    for (text, shown) in [("a word and one\nmore", "a word and one\\nmore"), ("sixteen and more\u{2028}end", "sixteen")]
    {
        let file = format!("case_id,finding\nP1,\"{text}\"\nP2,3\nP3,3\n");
        let place = format!("  cases.csv line 2, case P1, column finding: '{shown}");
        let summary = noted(&file, &[], &[&place]);
        assert_eq!(stats(&summary, &["finding.N", "finding.N_miss"]), json!([3, 0]));
    }
}
