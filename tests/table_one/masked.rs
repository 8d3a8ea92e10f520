//! `--suppress-below`: the same in every format, and nothing beside the tables that tells a masked count.

use crate::support::{file, run, series, stdout, summary};
use serde_json::{Value, json};

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
    assert!(text.contains("masked in cases.csv") && !text.contains("cases kept"), "{text}");
}

#[test]
fn a_limit_below_two_masks_nothing_and_is_refused() {
    let output = run(&["summarize", &series("cases.csv"), "--suppress-below", "1"]);
    assert_eq!(output.status.code(), Some(2));
}

/// Two old women and three men: F's mean must not follow from any other number.
const OLD_WOMEN: &str = "case_id,age,sex\nP1,93,F\nP2,97,F\nP3,50,M\nP4,52,M\nP5,60,M\n";
/// Every statistic of the values that a template can show.
const OF_VALUES: &str = "age={sum} {mean} {sd} {var} {se} {cv} {geometric_mean} {mad} {iqr} {min} {max} {median} {p25} \
    {p75} {p1} {p99} {mean.low} {mean.high} {median.low} {median.high}";

#[test]
fn no_statistic_of_a_deidentified_series_depends_on_how_old_a_case_over_89_is() {
    let of = |text: &str| {
        let (_folder, path) = file("cases.csv", text);
        let options = ["--by", "sex", "--difference", "--smd", "--tests", "--deidentify", "--stat", OF_VALUES];
        summary(&[&[path.to_string_lossy().as_ref()], options.as_slice()].concat())["results"].clone()
    };
    let results = of(OLD_WOMEN);
    assert_eq!(results, of(&OLD_WOMEN.replace("93", "90.5").replace("97", "118")));
    let row = |key: &str| crate::support::row(&json!({ "results": results }), key).clone();
    for key in [
        "age.sum | sex = 'female'",
        "age.mean | sex = 'female'",
        "age.mean",
        "age.sd",
        "age.mean.high",
        "age.difference",
    ] {
        assert!(row(key)["stat"].is_null() && row(key)["reason_code"] == "censored", "{}", row(key));
    }
    assert_eq!(row("age.max | sex = 'female'")["bound"], json!({ "op": ">", "value": 89 }));
    assert_eq!(
        (&row("age.sum | sex = 'male'")["stat"], &row("age.p1 | sex = 'male'")["stat"]),
        (&json!(162.0), &json!(50.04))
    );
}

#[test]
fn a_filter_of_a_deidentified_series_cannot_tell_ages_over_89_apart() {
    let (_folder, path) = file("cases.csv", OLD_WOMEN);
    let object = summary(&[&path.to_string_lossy(), "--deidentify", "--where", "age > 95"]);
    let counts = ["filter_kept", "filter_excluded", "filter_unknown"].map(|name| object["conventions"][name].clone());
    assert_eq!(counts, [json!(0), json!(3), json!(2)]);
}

#[test]
fn what_a_masked_mean_follows_from_is_masked_too() {
    let text = "case_id,age,sex\nP1,40,F\nP2,50,F\nP3,51,M\nP4,52,M\nP5,53,M\nP6,54,M\n";
    let (_folder, path) = file("cases.csv", text);
    let stat = format!("{OF_VALUES} {{p_miss}}");
    let object = summary(&[&path.to_string_lossy(), "--by", "sex", "--suppress-below", "2", "--stat", &stat]);
    for statistic in ["mean", "sum", "sd", "var", "se", "cv", "geometric_mean", "mean.low", "mean.high", "min", "max"] {
        let row = crate::support::row(&object, &format!("age.{statistic} | sex = 'female'"));
        assert_eq!(row["reason_code"], "masked", "{row}");
    }
    assert_eq!(crate::support::row(&object, "age.sum | sex = 'male'")["reason_code"], "masked", "300 less 210 is F's");
}

/// One of ten ages is not reported: neither their number nor their share is shown.
#[test]
fn the_share_of_a_masked_number_not_reported_is_masked() {
    let rows: String = (1..10).map(|n| format!("P{n},{}\n", 20 + n)).collect();
    let (_folder, path) = file("cases.csv", format!("case_id,age\n{rows}P10,\n"));
    let of =
        |below: &str| summary(&[&path.to_string_lossy(), "--suppress-below", below, "--stat", "age={mean} {p_miss}"]);
    let code = |object: &Value, key: &str| crate::support::row(object, key)["reason_code"].clone();
    let masked = of("3");
    assert_eq!([code(&masked, "age.N_miss"), code(&masked, "age.p_miss")], ["masked", "masked"]);
}
