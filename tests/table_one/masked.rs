//! `--suppress-below`: the same in every format, and nothing beside the tables that tells a masked count.

use crate::support::{run, series, stdout, summary};
use serde_json::Value;

/// Every masked row is `null` with its reason, in all formats; no count of 1 to K - 1 is left.
#[test]
fn few_cases_are_masked_in_every_format() {
    let input = series("cases.csv");
    let object = summary(&[&input, "--suppress-below", "3", "--by", "etiology"]);
    let rows = object["results"].as_array().expect("results");
    let masked = rows.iter().filter(|row| row["reason"] == "masked").count();
    assert!(masked > 100, "{masked}");
    for row in rows {
        let is_count =
            row["stat_name"].as_str().is_some_and(|name| name == "n" || name == "N" || name.starts_with("N_"));
        if let (true, Some(n)) = (is_count, row["stat"].as_u64()) {
            assert!(n == 0 || n >= 3, "{row}");
        }
        assert_eq!(row["reason"] == "masked", row["stat_fmt"] == "masked", "{row}");
    }
    for format in ["text", "csv", "markdown", "html", "latex", "ard"] {
        let text =
            stdout(&["summarize", &input, "--suppress-below", "3", "--vars", "etiology,crp", "--format", format]);
        assert!(text.contains("masked"), "{format}");
        assert!(!text.contains("1/5") && !text.contains("4/5"), "{format}: {text}");
    }
}

/// One of five is idiopathic: with the total, the four others would tell it.
#[test]
fn a_count_that_a_total_would_tell_is_masked_too() {
    let object = summary(&[&series("cases.csv"), "--suppress-below", "2"]);
    let n = |level: &str| crate::support::row(&object, &format!("etiology[{level}].n"))["stat"].clone();
    assert_eq!([n("idiopathic"), n("juvenile dermatomyositis")], [Value::Null, Value::Null]);
    assert_eq!(crate::support::row(&object, "sex[female].n")["stat"], 5);
    assert_eq!(crate::support::row(&object, "sex[male].n")["stat"], 0, "zeros are shown");
}

#[test]
fn nothing_beside_the_tables_tells_of_few_cases() {
    let object = summary(&[&series("cases.csv"), "--suppress-below", "5", "--where", "age > 2.5"]);
    assert!(object["cases"].is_null() && object["inputs"][0]["cases"].is_null(), "4 of 5 cases");
    assert_eq!(object["findings"], Value::Array(Vec::new()), "a finding tells of one cell");
    assert_eq!(object["conventions"]["suppress_below"], 5);
    assert!(object["conventions"].get("filter_kept").is_none());
    let text = stdout(&["summarize", &series("cases.csv"), "--suppress-below", "5", "--where", "age > 2.5"]);
    assert!(text.contains("number of cases masked") && !text.contains("cases kept"), "{text}");
}

#[test]
fn a_limit_below_two_masks_nothing_and_is_refused() {
    let output = run(&["summarize", &series("cases.csv"), "--suppress-below", "1"]);
    assert_eq!(output.status.code(), Some(2));
}
