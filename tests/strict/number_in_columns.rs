//! A unit, or a sign, in a column of its own is a part of the number beside it.

use super::{Ran, findings, noted, run, run_files, run_in, stat, warned};
use serde_json::Value;

fn results(ran: &Ran) -> Value {
    serde_json::from_str::<Value>(&ran.stdout).unwrap_or_else(|_| panic!("{}", ran.stderr))["results"].clone()
}

/// The results of the same cells in one column.
fn as_one(header: &str, cells: &[&str]) -> Value {
    let rows: String = cells.iter().enumerate().map(|(at, cell)| format!("P{at},{cell}\n")).collect();
    results(&run(format!("case_id,{header}\n{rows}"), &["--format", "json"]))
}

#[test]
fn number_and_unit_are_one_cell_in_seven_languages() {
    let rows = [("3", "months"), ("45", "years"), ("60", "years")];
    for (number, unit) in [
        ("Age", "Age unit"),
        ("Age", "Unit"),
        ("AGE", "AGEU"),
        ("age_value", "age_unit"),
        ("Alter", "Einheit"),
        ("Alter", "Alterseinheit"),
        ("Âge", "Unité"),
        ("Edad", "Unidad"),
        ("Età", "Unità di misura"),
        ("Idade", "Unidade"),
        ("Leeftijd", "Eenheid"),
        ("Age at onset", "Age unit"),
        ("Follow-up", "FU unit (mo/y)"),
        ("Follow-up", "Follow-up (unit)"),
        ("Duration of symptoms", "Duration unit"),
        ("Dauer", "Dauer Einheit"),
    ] {
        let body: String =
            rows.iter().enumerate().map(|(at, (value, unit))| format!("P{at},{value},{unit}\n")).collect();
        let apart = run(format!("case_id,{number},{unit}\n{body}"), &["--format", "json"]);
        assert!(apart.stderr.contains("note[number-in-columns]"), "{unit}: {}", apart.stderr);
        assert_eq!(results(&apart), as_one(number, &["3 months", "45 years", "60 years"]), "{unit}");
    }
}

#[test]
fn letters_are_units_in_a_column_of_them() {
    for (number, unit, cells) in [
        ("Age", "Age unit", ["5,Y", "3,M"]),
        ("Alter", "Einheit", ["5,J", "3,M"]),
        ("age", "age_unit", ["5,a", "3,m"]),
        ("Age", "Unit", ["5,(yr)", "3,(mo)"]),
    ] {
        let summary = noted(format!("case_id,{number},{unit}\nP0,{}\nP1,{}\n", cells[0], cells[1]), &[], &[]);
        assert_eq!(summary["results"], as_one(number, &["5 years", "3 months"]), "{unit}");
    }
}

#[test]
fn units_of_tests_convert_and_signs_are_bounds() {
    let crp = "case_id,CRP,CRP unit\nP0,12,mg/L\nP1,1.2,mg/dL\nP2,30,mg/L\n";
    assert_eq!(noted(crp, &[], &[])["results"], as_one("CRP", &["12 mg/L", "1.2 mg/dL", "30 mg/L"]));
    for text in [
        "case_id,CRP op,CRP\nP0,<,5\nP1,,12\nP2,,30\n",
        "case_id,Sign,CRP\nP0,<,5\nP1,=,12\nP2,,30\n",
        "case_id,CRP,<\nP0,5,<\nP1,12,\nP2,30,\n",
        "case_id,CRP,CRP qualifier\nP0,5,LT\nP1,12,\nP2,30,\n",
    ] {
        assert_eq!(noted(text, &[], &[])["results"], as_one("CRP", &["<5", "12", "30"]), "{text}");
    }
    let both = "case_id,CRP sign,CRP,CRP unit\nP0,<,5,mg/L\nP1,,12,mg/L\nP2,,30,mg/L\n";
    assert_eq!(noted(both, &[], &[])["results"], as_one("CRP", &["<5 mg/L", "12 mg/L", "30 mg/L"]));
}

#[test]
fn json_and_json_lines_say_the_same() {
    let rows = [r#"{"case_id":"P0","age":3,"age_unit":"months"}"#, r#"{"case_id":"P1","age":45,"age_unit":"years"}"#];
    let one = as_one("age", &["3 months", "45 years"]);
    let json = format!("[{}]", rows.join(","));
    for (name, text) in [("cases.json", json), ("cases.jsonl", rows.join("\n"))] {
        assert_eq!(results(&run_files(&[(name, text.as_bytes())], &["--format", "json"])), one, "{name}");
    }
}

#[test]
fn what_is_not_certain_has_no_mean_and_a_warning() {
    let text = "case_id,Age,Follow-up,Unit\nP1,30,4,months\nP2,5,6,years\n";
    let line =
        "warning[number-in-columns]: Unit may tell the units of Age, or of another column: its numbers are not read";
    let summary = warned(text, &[], &[line, "  column Age"]);
    assert!(stat(&summary, "Age.mean").is_null() && stat(&summary, "Follow-up.mean").is_null());
    let codes = "case_id,Age,Age unit\nP1,30,1\nP2,5,2\nP3,7,1\n";
    let line = "warning[number-in-columns]: some cells of Age unit tell no units for Age: the numbers beside them are not read";
    let summary = warned(codes, &[], &[line]);
    assert!(stat(&summary, "Age.mean").is_null());
    let some = "case_id,Age,Age unit\nP1,30,months\nP2,5,foo\nP3,7,years\n";
    let summary = noted(some, &[], &["  cases.csv line 3, case P2, column Age: '5 unit? foo'"]);
    assert_eq!(stat(&summary, "Age.N"), 2);
    assert_eq!(run(text, &["--kind", "Unit=category", "--strict"]).code, Some(0));
}

#[test]
fn other_columns_of_such_names_stay_as_they_are() {
    for text in [
        "case_id,Age,Unit\nP1,30,ICU\nP2,50,Ward 3\n",
        "case_id,Age,Sign\nP1,30,Gottron\nP2,50,none\n",
        "case_id,Age,Flag\nP1,30,H\nP2,50,L\n",
        "case_id,score,score unit\nP1,30,points\nP2,5,points\n",
        "case_id,CRP,Gamma GT\nP1,30,12\nP2,5,15\n",
        "case_id,Men,Menu\nP1,3,a\nP2,5,b\n",
    ] {
        assert!(!findings(&noted(text, &[], &[])).contains(&"number-in-columns"), "{text}");
    }
    // A unit of all rows behind the last of several tests is that of the last.
    let several = "case_id,Hb,CRP,Unit\nP1,12,5,mg/L\nP2,11,7,mg/L\n";
    let summary = noted(several, &[], &["note[number-in-columns]: the units of CRP stand in Unit"]);
    assert_eq!(stat(&summary, "Hb.N"), 2);
}

#[test]
fn listing_filters_schema_and_conversion_know_the_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let text = "case_id,Age,Age unit,sex\nP1,30,months,F\nP2,50,years,M\nP3,,,F\nP4,lost,months,M\n";
    std::fs::write(folder.path().join("cases.csv"), text).unwrap();
    let at = |arguments: &[&str]| run_in(folder.path(), arguments);
    let listed = at(&["cases", "cases.csv", "--where", "Age < 3"]);
    assert!(listed.stdout.contains("P1") && !listed.stdout.contains("P2"), "{}{}", listed.stdout, listed.stderr);
    let first = results(&at(&["summarize", "cases.csv", "--format", "json"]));
    for name in ["out.json", "out.csv"] {
        let converted = at(&["convert", "cases.csv", "-o", name]);
        assert_eq!(converted.code, Some(0), "{}", converted.stderr);
        assert_eq!(results(&at(&["summarize", name, "--format", "json"])), first, "{name}");
    }
    std::fs::write(folder.path().join("cases.schema.json"), at(&["schema", "cases.csv"]).stdout).unwrap();
    let again = at(&["summarize", "cases.csv", "--format", "json"]);
    assert!(again.stderr.contains("schema-used"), "{}", again.stderr);
    assert_eq!(results(&again), first);
    let masked = at(&["cases", "cases.csv", "--deidentify"]);
    assert_eq!(masked.code, Some(0), "{}", masked.stderr);
}

#[test]
fn a_schema_of_the_columns_as_they_stand_is_right() {
    let schema = r#"{"fields":[{"name":"case_id","type":"string"},{"name":"Age","type":"number"},{"name":"Age unit","type":"string"}]}"#;
    let text = "case_id,Age,Age unit\nP0,30,months\nP1,50,years\n";
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("cases.csv"), text).unwrap();
    std::fs::write(folder.path().join("cases.schema.json"), schema).unwrap();
    let summary = run_in(folder.path(), &["summarize", "cases.csv", "--format", "json"]);
    assert_eq!(summary.code, Some(0), "{}", summary.stderr);
    let mean = |results: &Value| {
        let row = results.as_array().unwrap().iter().find(|row| row["key"] == "Age.mean").expect("a mean");
        row["stat"].clone()
    };
    assert_eq!(mean(&results(&summary)), mean(&as_one("Age", &["30 months", "50 years"])));
}
