//! Which variables, levels, statistics and digits a table shows, and the intervals beside them.

use crate::support::{file, row, run, series, stdout, summary};

fn table(arguments: &[&str]) -> String {
    let input = series("cases.csv");
    stdout(&[&["summarize", &input], arguments].concat())
}

#[test]
fn variables_are_chosen_by_name_or_header() {
    let text = table(&["--vars", "age,sex"]);
    assert!(text.contains("Age, years") && text.contains("Sex") && !text.contains("Laboratory"), "{text}");
    let text = table(&["--exclude", "treatment,age"]);
    assert!(!text.contains("Age, years") && !text.contains("Response") && text.contains("Laboratory"), "{text}");
}

#[test]
fn templates_name_any_statistic() {
    let text =
        table(&["--vars", "age", "--stat", "age={median} [{min}, {max}]", "--stat", "age={p10} to {p90}; CV {cv}%"]);
    assert!(text.contains("6.0 [2.5, 10.0]"), "{text}");
    assert!(text.contains("3.5 to 8.4; CV 46%"), "{text}");
    let text = table(&["--vars", "sex", "--stat", "category={n} ({p})"]);
    assert!(text.contains("5 (100)"), "{text}");
}

#[test]
fn digits_follow_the_most_specific_rule() {
    let text = table(&["--vars", "age", "--digits", "age=0", "--digits", "age.mean=3"]);
    assert!(text.contains("5.900 (3)"), "{text}");
    let text = table(&["--vars", "sex", "--digits", "p=2"]);
    assert!(text.contains("5/5 (100.00%)"), "{text}");
}

#[test]
fn one_level_stands_in_one_row() {
    let text = table(&["--vars", "sex,sites", "--value", "sex=female", "--value", "sites=elbow"]);
    assert!(text.contains("Sex, female") && text.contains("Sites of calcinosis, elbow"), "{text}");
    assert!(!text.contains("male  ") || !text.contains("  male"), "{text}");
}

#[test]
fn denominators_are_named() {
    let reported = table(&["--vars", "calcium_phosphate"]);
    assert!(reported.contains("4/4 (100%)"), "{reported}");
    let all = table(&["--vars", "calcium_phosphate", "--denominator", "all"]);
    assert!(all.contains("4/5 (80%)") && all.contains("N is all cases"), "{all}");
    let bounds = table(&["--vars", "calcium_phosphate", "--denominator", "bounds"]);
    assert!(bounds.contains("4/4 (100%) [80–100%]") && bounds.contains("the bounds are of all cases"), "{bounds}");
}

#[test]
fn five_values_have_no_interval_of_the_median() {
    let object = summary(&[&series("cases.csv")]);
    let low = row(&object, "age.median.low");
    assert_eq!(low["reason"], "not available at n = 5 (range covers 93.75 %)");
    let mean = row(&object, "age.mean.low")["stat"].as_f64().expect("a number");
    assert!((mean - 2.545208615).abs() < 1e-8, "{mean}");
    let high = row(&object, "age.mean.high")["stat"].as_f64().expect("a number");
    assert!((high - 9.254791385).abs() < 1e-8, "{high}");
}

#[test]
fn every_interval_of_a_proportion_can_be_asked_for() {
    for (method, low, high) in [
        ("wilson", 0.375535, 0.963776),
        ("wilson-cc", 0.298791, 0.989470),
        ("clopper-pearson", 0.283582, 0.994949),
        ("jeffreys", 0.371374, 0.977487),
        ("agresti-coull", 0.359631, 0.979679),
        ("mid-p", 0.334440, 0.989998),
    ] {
        let object = summary(&[&series("cases.csv"), "--ci", method]);
        let end = |name: &str| {
            row(&object, &format!("etiology[juvenile dermatomyositis].conf.{name}"))["stat"].as_f64().expect("a number")
        };
        assert!((end("low") - low).abs() < 1e-6 && (end("high") - high).abs() < 1e-6, "{method}");
    }
}

#[test]
fn levels_are_ordered_as_asked_and_the_last_come_last() {
    let place =
        |text: &str, level: &str| text.find(&format!("\n  {level} ")).unwrap_or_else(|| panic!("{level} in {text}"));
    let natural = table(&["--vars", "sites", "--level-order", "natural"]);
    assert!(place(&natural, "buttock") < place(&natural, "knee"), "{natural}");
    let last = table(&["--vars", "sites", "--last", "knee"]);
    assert!(place(&last, "buttock") < place(&last, "knee"), "{last}");
}

#[test]
fn names_that_are_not_there_are_errors_with_the_nearest() {
    for (arguments, message) in [
        (["--vars", "agee"], "did you mean age?"),
        (["--value", "sex=femal"], "did you mean female?"),
        (["--value", "age=6"], "has no levels"),
        (["--stat", "age={men}"], "did you mean {mean}?"),
        (["--digits", "agee=1"], "age"),
        (["--percent", "rows"], "column, row, cell"),
        (["--ci", "wald"], "wilson"),
    ] {
        let output = run(&[&["summarize", &series("cases.csv")], arguments.as_slice()].concat());
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {stderr}");
        assert!(stderr.contains(message), "{arguments:?}: {stderr}");
    }
}

#[test]
fn without_identity_no_age_is_over_89_and_a_date_is_a_year() {
    let text = "case_id,age,seen,crp\nA1,91,2018-03-14,x\nA2,60,2017-01-02,5\nA3,101,,7\n";
    let (_folder, path) = file("cases.csv", text);
    let path = path.to_string_lossy().into_owned();
    let output = run(&["summarize", &path, "--deidentify", "--kind", "crp=number", "--format", "json"]);
    let object: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let printed = |key: &str| row(&object, key)["stat_fmt"].as_str().expect("a text").to_owned();
    assert_eq!([printed("age.max"), printed("age.median"), printed("age.mean")], [">89", ">89", "NE"]);
    assert_eq!([printed("seen.min"), printed("seen.max")], ["2017", "2018"]);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(stderr.contains("crp") && !stderr.contains("A1") && !stderr.contains("line 2"), "{stderr}");
    assert_eq!(object["findings"][0]["first"][0]["case"], serde_json::Value::Null);
}

#[test]
fn without_identity_a_refusal_names_no_case_and_ages_are_no_levels() {
    let (_folder, path) = file("cases.csv", "case_id,age,sex\nA1,91,F\nA2,5\nA1,6,F\n");
    for command in ["summarize", "cases"] {
        let output = run(&[command, &path.to_string_lossy(), "--deidentify"]);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr.contains("ragged-row") && !stderr.contains("A1") && !stderr.contains("A2"), "{stderr}");
    }
    let (_folder, path) = file("cases.csv", "case_id,age,sex\nA1,91,F\nA2,5,M\n");
    let path = path.to_string_lossy().into_owned();
    let refused = run(&["summarize", &path, "--deidentify", "--kind", "age=category"]);
    let stderr = String::from_utf8_lossy(&refused.stderr);
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr.contains("those over 89 would be printed") && stderr.contains("--exclude age"), "{stderr}");
    stdout(&["summarize", &path, "--deidentify", "--kind", "age=category", "--exclude", "age"]);
}

#[test]
fn of_more_than_a_thousand_levels_the_most_frequent_have_results_and_all_are_counted() {
    let rows = (0..1500).map(|row| format!("P{row},code {row}\nQ{row},code {}\n", row % 40));
    let (_folder, path) = file("diagnoses.csv", format!("id,diagnosis\n{}", rows.collect::<String>()));
    let path = path.to_str().unwrap();
    let results = |more: &[&str]| {
        let output = run(&[&["summarize", path, "--format", "json"], more].concat());
        let summary: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let rows = summary["results"].as_array().unwrap();
        let listed = rows.iter().filter(|row| row["stat_name"] == "n" && row["variable"] == "diagnosis").count();
        let all = rows.iter().find(|row| row["key"] == "diagnosis.n_levels").map(|row| row["stat"].as_u64().unwrap());
        (listed, all, String::from_utf8(output.stderr).unwrap())
    };
    let (listed, all, said) = results(&[]);
    assert_eq!((listed, all), (1000, Some(1500)));
    assert!(said.contains("of 1500 different levels, the 1000 most frequent have results"), "{said}");
    // The remedy, pasted.
    let remedy = said.split("for results of all: ").nth(1).unwrap().lines().next().unwrap();
    let (listed, all, said) = results(&remedy.split(' ').collect::<Vec<_>>());
    assert_eq!((listed, all, said.contains("most frequent have results")), (1500, None, false));
    assert_eq!(results(&["--most-levels", "5"]).0, 1000);
    // A mask must know all counts.
    assert_eq!(results(&["--suppress-below", "2"]).1, None);
    assert_eq!(stdout(&["get", path, "diagnosis[code 1499].n"]), "1\n");
}
