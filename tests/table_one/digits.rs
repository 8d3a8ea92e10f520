//! Digits: `stat_fmt` is what a table prints, a row has one precision, a p is never 0.

use crate::support::{file, row, stdout, summary};

const SHEET: &str = "case_id,arm,y,crp,z\n1,a,51.9,4,yes\n2,a,43.0,5,yes\n3,a,74.9,9,no\n4,b,10.5,7,no\n5,b,11.0,8,no\n\
    6,b,60.0,1,no\n7,b,62.0,2,no\n";

/// The path of a sheet, with the folder that holds it.
fn sheet(text: &str) -> (tempfile::TempDir, String) {
    let (folder, path) = file("cases.csv", text);
    let path = path.to_string_lossy().into_owned();
    (folder, path)
}

/// Every printed form of an output, by key.
fn stat_fmt(object: &serde_json::Value, key: &str) -> String {
    row(object, key)["stat_fmt"].as_str().expect("a text").to_owned()
}

#[test]
fn the_statistics_of_a_cell_have_one_precision() {
    let (_folder, path) = sheet(SHEET);
    let text = stdout(&["summarize", &path, "--by", "arm", "--vars", "y", "--format", "csv"]);
    // The quartiles of arm a are 47.45 and 63.4, its median 51.9.
    assert!(text.contains("51.90 (47.45, 63.40)"), "{text}");
    assert!(text.contains("35.50 (10.88, 60.50)"), "{text}");
    // Minimum and maximum stand in another row, and need no more digits than the data.
    assert!(text.contains("43.0–74.9; n = 3"), "{text}");
    let ages = "case_id,age\n1,6\n2,5\n3,30 months\n4,10\n";
    let (_folder, path) = sheet(ages);
    let text = stdout(&["summarize", &path, "--vars", "age"]);
    assert!(text.contains("2.5–10.0; n = 4"), "{text}");
}

/// In JSON, lines of JSON and ARD alike, for kept results and for those computed while they are written.
#[test]
fn stat_fmt_is_what_is_printed() {
    let (_folder, path) = sheet(SHEET);
    let object = summary(&[&path, "--by", "arm"]);
    assert_eq!(stat_fmt(&object, "y.median | arm = 'a'"), "51.90");
    assert_eq!(stat_fmt(&object, "y.median"), "51.9");
    assert_eq!(stat_fmt(&summary(&[&path]), "crp.median"), "5.0");
    let digits = ["--digits", "y=0", "--digits", "crp.mean=3", "--by", "arm"];
    let object = summary(&[&[path.as_str()], &digits[..]].concat());
    let shown = ["y.median | arm = 'a'", "y.mean", "crp.mean", "crp.sd"].map(|key| stat_fmt(&object, key));
    assert_eq!(shown, ["52", "45", "5.143", "3.0"]);
    for (format, place) in
        [("jsonl", "\"stat_fmt\":\"5.143\""), ("ard-jsonl", "\"stat_fmt\":\"5.143\""), ("ard", ",5.143,3,")]
    {
        let text = stdout(&[&["summarize", path.as_str()], &digits[..], &["--format", format]].concat());
        assert!(text.contains(place), "{format}: {text}");
    }
    let like = summary(&[&path, "--like", "tableone-r"]);
    assert_eq!(stat_fmt(&like, "y.mean"), "44.76");
    assert_eq!(stat_fmt(&like, "z[yes].p"), "28.6");
    let like = stdout(&["summarize", &path, "--like", "gtsummary", "--format", "ard-jsonl"]);
    let mean = like.lines().find(|line| line.contains("\"variable\":\"y\"") && line.contains("\"stat_name\":\"mean\""));
    assert!(mean.is_some_and(|line| line.contains("\"stat_fmt\":\"45\"")), "{mean:?}");
}

#[test]
fn digits_for_all_leave_a_p_alone() {
    let (_folder, path) = sheet(SHEET);
    let object = |digits: &str| summary(&[&path, "--by", "arm", "--tests", "--digits", digits]);
    let shown = |digits| ["y.p.value", "z.p.value", "z.p.min", "y.mean"].map(|key| stat_fmt(&object(digits), key));
    assert_eq!(shown("0"), ["0.63", "0.14", "0.14", "45"]);
    assert_eq!(shown("z=0"), ["0.63", "0.14", "0.14", "44.76"]);
    assert_eq!(shown("p.value=1"), ["0.6", "0.1", "0.14", "44.76"]);
    assert_eq!(shown("y.p.value=0")[0], "1");
    assert_eq!(shown("z.p.value=0")[1], "<0.5");
}

/// No case of a group has a value: there is no share of none.
#[test]
fn a_status_of_no_case_is_not_estimable() {
    let (folder, path) = sheet("case_id,arm,crp\n1,a,9\n2,a,3\n3,b,NA\n4,b,\n");
    let schema = r#"{"fields": [{"name": "crp", "type": "number", "calcSeries": {"role": "lab", "referenceRanges":
        [{"low": 0, "high": 5, "source": "the laboratory"}]}}], "fieldsMatch": "subset"}"#;
    std::fs::write(folder.path().join("cases.schema.json"), schema).expect("a schema");
    let text = stdout(&["summarize", &path, "--by", "arm", "--vars", "crp", "--format", "csv"]);
    assert!(text.contains("high 1/2") && text.contains("high NE"), "{text}");
    assert!(!text.contains("0/0"), "{text}");
}
