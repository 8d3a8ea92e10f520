//! Units that are stated beside those of the header, and what a file holds inside a cell.

use crate::support::{file, row, run, stdout, summary};
use serde_json::Value;
use std::path::Path;

fn ran(folder: &Path, words: &[&str]) -> (String, String) {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_calc-series"))
        .args(words)
        .current_dir(folder)
        .output()
        .expect("the program runs");
    (String::from_utf8_lossy(&output.stdout).into_owned(), String::from_utf8_lossy(&output.stderr).into_owned())
}

fn mean(summary: &Value, key: &str) -> (f64, String) {
    let row = row(summary, key);
    (row["stat"].as_f64().unwrap_or(f64::NAN), row["unit"].as_str().unwrap_or_default().to_owned())
}

#[test]
fn numbers_below_the_unit_of_a_header_are_converted_into_the_one_that_is_stated() {
    for (header, cells, unit, expected) in [
        ("age (months)", ["30", "42"], "years", 3.0),
        ("crp (mg/dL)", ["3.5", "0.5"], "mg/L", 20.0),
        ("weight (g)", ["3500", "4000"], "kg", 3.75),
        ("duration (weeks)", ["1461", "0"], "days", 5113.5),
        ("Hb (g/L)", ["120", "100"], "g/dL", 11.0),
        ("platelets (/µL)", ["250000", "350000"], "10^9/L", 300.0),
        ("height [cm]", ["150", "170"], "m", 1.6),
        ("Temp (°F)", ["50", "104"], "°C", 25.0),
        ("age (years)", ["2", "4"], "months", 36.0),
        ("weight (kg)", ["3500 g", "4.5"], "kg", 4.0),
        ("weight (g)", ["3.5 kg", "4500"], "kg", 4.0),
    ] {
        let sheet = format!("id,{header}\nA,{}\nB,{}\n", cells[0], cells[1]);
        let (folder, path) = file("cases.csv", sheet);
        let name = header.split([' ', '(']).next().unwrap();
        let option = format!("{header}={unit}");
        let schema = format!(
            r#"{{"fields": [{{"name": "id"}}, {{"name": "{header}", "calcSeries": {{"kind": "number", "unit": "{unit}"}}}}]}}"#
        );
        let plain = format!(
            r#"{{"fields": [{{"name": "id"}}, {{"name": "{header}", "unit": "{unit}", "calcSeries": {{"kind": "number"}}}}]}}"#
        );
        std::fs::write(folder.path().join("s.json"), schema).unwrap();
        std::fs::write(folder.path().join("p.json"), plain).unwrap();
        let path = path.to_string_lossy().into_owned();
        let [s, p] = ["s.json", "p.json"].map(|name| folder.path().join(name).to_string_lossy().into_owned());
        for options in [["--unit", option.as_str()], ["--schema", s.as_str()], ["--schema", p.as_str()]] {
            let all = summary(&[&[path.as_str()], &options[..]].concat());
            let (found, shown) = mean(&all, &format!("{name}.mean"));
            assert!((found - expected).abs() < 1e-9, "{header} {options:?} {found}");
            assert_eq!(shown, unit, "{header} {options:?}");
        }
    }
}

#[test]
fn a_stated_unit_of_another_dimension_is_refused() {
    for (header, unit) in [("crp (mg/L)", "mmol/L"), ("weight (kg)", "cm"), ("duration (weeks)", "kg")] {
        let (_folder, path) = file("cases.csv", format!("id,{header}\nA,3\nB,4\n"));
        let output = run(&["summarize", &path.to_string_lossy(), "--unit", &format!("{header}={unit}")]);
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{header} {errors}");
        assert!(errors.contains("cannot be converted into"), "{errors}");
    }
}

#[test]
fn what_is_converted_is_converted_once_more_when_it_is_read_again() {
    let (folder, _path) = file("cases.csv", "id,crp (mg/dL)\nA,3.5\nB,0.5\n");
    ran(folder.path(), &["convert", "cases.csv", "--unit", "crp (mg/dL)=mg/L", "-o", "frozen.json"]);
    let frozen = folder.path().join("frozen.json").to_string_lossy().into_owned();
    assert_eq!(mean(&summary(&[&frozen]), "crp.mean"), (20.0, "mg/L".to_owned()));
}

#[test]
fn visits_of_a_long_table_and_of_a_related_one_keep_the_unit_of_their_header() {
    let rows = "id,visit,weight (g)\nA,baseline,3000\nA,month_6,4000\nB,baseline,2000\nB,month_6,5000\n";
    let (folder, path) = file("visits.csv", rows);
    let path = path.to_string_lossy().into_owned();
    let long = ["--case", "id", "--visit", "visit", "--unit", "weight (g)=kg"];
    let all = summary(&[&[path.as_str()], &long[..], &["--change", "weight"]].concat());
    assert_eq!(mean(&all, "weight@baseline.mean"), (2.5, "kg".to_owned()));
    assert_eq!(mean(&all, "weight_change.mean"), (2.0, "kg".to_owned()));
    let patients = folder.path().join("patients.csv");
    std::fs::write(&patients, "id,age\nA,4\nB,5\n").unwrap();
    let table = format!("visits={path}");
    let related = [&patients.to_string_lossy(), "--table", table.as_str(), "--unit", "weight (g)=kg"];
    assert_eq!(mean(&summary(&related), "weight@month_6.mean"), (4.5, "kg".to_owned()));
}

#[test]
fn differences_are_made_in_one_unit() {
    let (_folder, path) = file(
        "cases.csv",
        "id,crp_baseline (mg/L),crp_month_6 (mg/dL),onset (years),dx (months),w@baseline (kg),w@month_6 (g),n@V1_kg,n@V2\n\
         A,3,0.4,3,40,3,4000,4,5\nB,4,0.5,4,50,4,4500,5,6\n",
    );
    let path = path.to_string_lossy().into_owned();
    let derived = |text: &str| {
        let name = text.split('=').next().unwrap().trim();
        let all = summary(&[&path, "--derive", text]);
        mean(&all, &format!("{name}.mean"))
    };
    assert_eq!(derived("d = crp_month_6 - crp_baseline"), (0.1, "mg/dL".to_owned()));
    assert_eq!(derived("d = crp_baseline - crp_month_6"), (-1.0, "mg/L".to_owned()));
    assert_eq!(derived("d = dx - onset"), (3.0, "months".to_owned()));
    assert_eq!(derived("d = dx + onset"), (87.0, "months".to_owned()));
    let all = summary(&[&path, "--change", "w"]);
    assert_eq!(mean(&all, "w_change.mean"), (0.75, "kg".to_owned()));
    assert_eq!(mean(&all, "w@month_6.mean"), (4250.0, "g".to_owned()));
    let output = run(&["summarize", &path, "--derive", "d = crp_baseline - onset"]);
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(errors.contains("mg/L and years"), "{errors}");
    let output = run(&["summarize", &path, "--derive", "d = n@V2 - n@V1"]);
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(errors.contains("if it is in kg too: --unit"), "{errors}");
    assert_eq!(mean(&summary(&[&path, "--derive", "d = n@V2 - n@V1", "--unit", "n@V2=kg"]), "d.mean").0, 1.0);
}

#[test]
fn the_remedy_for_a_visit_without_a_unit_works_where_rows_are_visits() {
    let rows = "id,visit,weight,h (kg)\nA,baseline,5,3\nA,month_6,6,3\nB,baseline,6,4\nB,month_6,7,4\n";
    let (_folder, path) = file("visits.csv", rows);
    let path = path.to_string_lossy().into_owned();
    let asked = [path.as_str(), "--case", "id", "--visit", "visit", "--derive", "d = weight@baseline - h"];
    let errors = String::from_utf8_lossy(&run(&[&["summarize"], &asked[..]].concat()).stderr).into_owned();
    assert!(errors.contains("weight@baseline=kg"), "{errors}");
    assert_eq!(mean(&summary(&[&asked[..], &["--unit", "weight@baseline=kg"]].concat()), "d.mean").0, 2.0);
}

#[test]
fn json_of_columns_is_read_and_uneven_lists_are_refused() {
    let (_folder, path) =
        file("cases.json", r#"{"id": ["A", "B", "C"], "crp": [5, 6, 7], "sites": [["x"], ["x", "y"], []]}"#);
    let all = summary(&[&path.to_string_lossy()]);
    assert_eq!(mean(&all, "crp.mean").0, 6.0);
    assert_eq!(row(&all, "crp.N")["stat"], 3);
    for (text, expected) in [
        (r#"{"id": ["A", "B"], "crp": [5]}"#, "lists of different lengths"),
        (r#"{"patients": [{"id": 1, "age": 5}]}"#, "call the member cases"),
    ] {
        let (_folder, path) = file("cases.json", text);
        let output = run(&["summarize", &path.to_string_lossy()]);
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(2) && errors.contains(expected), "{errors}");
    }
}

#[test]
fn rows_inside_a_case_are_never_a_set_of_numbers() {
    for member in [
        r#""labs": [{"test": "CRP", "value": 10, "unit": "mg/L", "date": "2020-01-01"}]"#,
        r#""visits": [{"visit": "V1", "crp": 5}]"#,
        r#""follow_up": [{"date": "2020-01-01", "crp": 5}]"#,
        r#""lab_results": [{"name": "CRP", "value": 5}]"#,
        r#""adverse_events": [{"event": "rash", "grade": 2}]"#,
    ] {
        let (_folder, path) = file("cases.json", format!(r#"[{{"id": "A", {member}}}]"#));
        let output = run(&["summarize", &path.to_string_lossy()]);
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(2) && errors.contains("--table visits=visits.json"), "{member} {errors}");
    }
    // What has a name is an item, whatever else is said of it.
    let (_folder, path) = file("cases.json", r#"[{"id": "A", "sites": [{"name": "knee", "side": "left"}]}]"#);
    assert_eq!(row(&summary(&[&path.to_string_lossy()]), "sites[knee].n")["stat"], 1);
}

#[test]
fn a_choice_that_tells_nothing_is_not_reported() {
    let dictionary = "field_name,form_name,section_header,field_type,field_label,select_choices_or_calculations,field_note,\
        text_validation_type_or_show_slider_number,text_validation_min,text_validation_max,identifier,branching_logic\n\
        record_id,demo,,text,Record,,,,,,,\n\
        smk,demo,,radio,Smoker,\"0, No | 1, Yes | 9, Unknown | -88, Not applicable | -77, Refused\",,,,,,\n\
        sy,demo,,checkbox,Symptoms,\"1, Fever | 2, Rash | 88, Unknown\",,,,,,\n";
    let data = "record_id,smk,sy___1,sy___2,sy___88,demo_complete\n1,0,1,0,0,2\n2,1,0,1,0,2\n3,9,0,0,1,2\n4,-88,1,0,1,2\n5,-77,0,0,1,2\n";
    let (folder, path) = file("data.csv", data);
    let dict = folder.path().join("dict.csv");
    std::fs::write(&dict, dictionary).unwrap();
    let all = summary(&[&path.to_string_lossy(), "--dictionary", &dict.to_string_lossy()]);
    let stat = |key: &str| row(&all, key)["stat"].as_f64();
    assert_eq!(stat("smk[Yes].N"), Some(2.0));
    assert_eq!(stat("smk.N_miss"), Some(3.0));
    assert_eq!(stat("sy[Fever].N"), Some(3.0));
}

#[test]
fn a_name_in_parts_is_withheld() {
    for text in [
        r#"[{"id": "A", "name": {"first": "Xenia", "last": "Yvo"}, "age": 5}, {"id": "B", "name": {"first": "Xenia2", "last": "Yvo"}, "age": 6}]"#,
        r#"[{"id": "A", "patient": {"given": "Xenia", "family": "Yvo", "sex": "F"}, "age": 5}, {"id": "B", "patient": {"given": "Zoe", "family": "Yvo", "sex": "F"}, "age": 6}]"#,
    ] {
        let (_folder, path) = file("cases.json", text);
        let printed = stdout(&["cases", &path.to_string_lossy(), "--columns", "all"]);
        assert!(!["Xenia", "Yvo", "Zoe"].iter().any(|name| printed.contains(name)), "{printed}");
    }
}

/// What is refused, on standard error.
fn refused(name: &str, content: impl AsRef<[u8]>, options: &[&str]) -> String {
    let (_folder, path) = file(name, content);
    let output = run(&[&["summarize", &path.to_string_lossy()], options].concat());
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{errors}");
    errors
}

#[test]
fn a_file_of_one_column_that_holds_several_is_refused_with_its_delimiter() {
    for (text, expected) in [
        ("\"id,age,sex\"\n\"1,5,F\"\n\"2,6,M\"\n", "remove the quotes around the whole lines"),
        ("\"id;age;sex\"\n\"1;5;F\"\n\"2;6;M\"\n", "remove the quotes around the whole lines"),
        ("id:age:crp\n1:5:10\n2:6:11\n", "--delimiter ':'"),
        ("id age crp\n1 5 10\n2 6 11\n", "separate the cells by commas"),
    ] {
        assert!(refused("cases.csv", text, &[]).contains(expected), "{text}");
    }
    // One column is one where nobody knows better.
    for text in ["sex\nF\nM\n", "first name\nA B\nC\n"] {
        let (_folder, path) = file("cases.csv", text);
        assert!(run(&["summarize", &path.to_string_lossy(), "--no-id"]).status.success(), "{text}");
    }
}

#[test]
fn the_change_between_visits_without_an_order_says_from_which_to_which() {
    let sheet = |visits: [&str; 3]| {
        let names: Vec<String> = visits.iter().map(|visit| format!("score@{visit}")).collect();
        format!("id,{}\nA,1,2,3\nB,2,3,4\n", names.join(","))
    };
    let of = |visits| refused("cases.csv", sheet(visits), &["--change", "score"]);
    assert!(
        of(["relapse", "flare", "x1 y2"]).contains("--change score=relapse:flare is the change from relapse to flare")
    );
    assert!(of(["EOT", "baseline", "flare"]).contains("the earlier one first: --change score=baseline:EOT"));
}

#[test]
fn utf_16_without_a_mark_is_named_by_its_first_bytes() {
    let bytes: Vec<u8> = "id,age\n1,5\n2,6\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert!(refused("cases.csv", &bytes, &[]).contains("--encoding utf-16be"));
    let (_folder, path) = file("cases.csv", &bytes);
    assert_eq!(mean(&summary(&[&path.to_string_lossy(), "--encoding", "utf-16be"]), "age.mean").0, 5.5);
}

#[test]
fn units_in_the_results_of_tests_are_read_and_no_remedy_deletes_them() {
    let patients = "id,age\nA,1\nB,2\nC,3\n";
    let rows = "id,date,test,result\nA,2020-01-01,CRP,10 mg/L\nA,2020-02-01,CRP,1.2 mg/dL\nB,2020-01-01,CRP,0.5 mg/dL\n\
                B,2020-02-01,CRP,3 mg/L\nC,2020-01-01,CRP,5 mg/L\nC,2020-02-01,CRP,3\n";
    let (folder, path) = file("patients.csv", patients);
    std::fs::write(folder.path().join("labs.csv"), rows).unwrap();
    let table = format!("labs={}", folder.path().join("labs.csv").display());
    let output =
        run(&["cases", &path.to_string_lossy(), "--table", &table, "--format", "csv", "--columns", "CRP@peak"]);
    let (printed, said) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(printed.lines().nth(1) == Some("1.2"), "{printed} {said}");
    assert!(!said.contains("--missing="), "{said}");
    assert!(said.contains("write the unit of each result"), "{said}");
}

#[test]
fn fractions_among_percentages_are_warned_of() {
    for (header, cells, is_warned) in [
        ("Sat (%)", ["98", "97", "0.95", "96"], true),
        ("HbA1c (%)", ["6.5", "0.071", "8", "7"], true),
        // A small share of the skin is common.
        ("BSA affected (%)", ["0.1", "20", "0.3", "40"], false),
        ("Eosinophils (%)", ["0.5", "3.2", "12", "1.1"], false),
        ("BSA affected (%)", ["2", "20", "3", "40"], false),
    ] {
        let rows: Vec<String> = cells.iter().enumerate().map(|(at, cell)| format!("P{at},{cell}\n")).collect();
        let (_folder, path) = file("cases.csv", format!("id,{header}\n{}", rows.concat()));
        let output = run(&["summarize", &path.to_string_lossy()]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(said.contains("[two-scales]"), is_warned, "{header} {cells:?} {said}");
    }
}

#[test]
fn where_the_curve_is_masked_no_plain_median_of_its_times_is_shown() {
    let rows: String =
        (1..=24).map(|n| format!("P{n},{},{}\n", n + 3, if n % 2 == 0 { "yes" } else { "no" })).collect();
    let (_folder, path) = file("cases.csv", format!("id,fu,relapse\n{rows}"));
    let path = path.to_string_lossy().into_owned();
    let printed = stdout(&["summarize", &path, "--time", "fu", "--event", "relapse = 'yes'", "--suppress-below", "5"]);
    assert!(printed.contains("Survival is left out") && !printed.contains("15.5"), "{printed}");
}

#[test]
fn the_worst_grade_of_each_case_is_known_however_grades_are_written() {
    for (rows, expected) in [
        ("A,rash,G2\nA,pain,G3\nB,rash,4\n", ["3", "4"]),
        ("A,leak,3a\nA,fever,IIIb\nB,leak,2\n", ["3b", "2"]),
        ("A,rash,leicht\nA,pain,schwer\nB,rash,leicht\n", ["schwer", "leicht"]),
        ("A,rash,1\nA,pain,2\nB,rash,\n", ["2", "\"\""]),
        ("A,rash,5\nA,pain,unknown\nB,rash,1\n", ["5", "1"]),
    ] {
        let (folder, path) = file("patients.csv", "id,age\nA,1\nB,2\n");
        std::fs::write(folder.path().join("ev.csv"), format!("id,event,grade\n{rows}")).unwrap();
        let table = format!("events={}", folder.path().join("ev.csv").display());
        let listed =
            ["cases", &path.to_string_lossy(), "--table", &table, "--format", "csv", "--columns", "grade@worst"];
        let printed = stdout(&listed);
        assert_eq!(printed.lines().skip(1).collect::<Vec<_>>(), expected, "{rows}");
    }
}

#[test]
fn the_first_and_the_last_of_a_measurement_name_nobody_and_a_mild_fever_is_a_fever() {
    let (_folder, path) =
        file("cases.json", r#"[{"id":"A","crp":{"first":10,"last":5}},{"id":"B","crp":{"first":3,"last":2}}]"#);
    let printed = stdout(&["cases", &path.to_string_lossy(), "--columns", "all", "--format", "csv"]);
    assert!(printed.contains("A,10,5") && !printed.contains("name"), "{printed}");
    let symptoms = r#"[{"id":"A","symptoms":[{"name":"fever","severity":"mild"}]},{"id":"B","symptoms":[]}]"#;
    let (_folder, path) = file("cases.json", symptoms);
    assert!(stdout(&["summarize", &path.to_string_lossy()]).contains("fever"));
}

/// Who fills in a form sees the note, so that its unit is that of the numbers; the column is shown in that of its name.
#[test]
fn the_note_of_a_field_is_the_unit_in_which_it_was_entered() {
    let dictionary = "field_name,form_name,section_header,field_type,field_label,select_choices_or_calculations,field_note,\
        text_validation_type_or_show_slider_number,text_validation_min,text_validation_max,identifier,branching_logic\n\
        record_id,demo,,text,Record,,,,,,,\n\
        age_months,demo,,text,Age,,years,number,,,,\n\
        crp,demo,,text,CRP,,mg/L,number,,,,\n\
        height_cm,demo,,text,Height,,cm,number,,,,\n";
    let data = "record_id,age_months,crp,height_cm,demo_complete\n1,3.5,10,110,2\n2,4,20,120,2\n";
    let (folder, path) = file("data.csv", data);
    let dict = folder.path().join("dict.csv");
    std::fs::write(&dict, dictionary).unwrap();
    let all = summary(&[&path.to_string_lossy(), "--dictionary", &dict.to_string_lossy()]);
    let of = |key: &str| (row(&all, key)["stat"].as_f64(), row(&all, key)["unit"].as_str());
    assert_eq!(of("age_months.mean"), (Some(45.0), Some("months")));
    assert_eq!(of("crp.mean"), (Some(15.0), Some("mg/L")));
    assert_eq!(of("height_cm.mean"), (Some(115.0), Some("cm")));
}
