//! The order of groups, the direction of a difference, and trends over an order that means something.

use crate::support::{file, row, run, stdout, summary};
use serde_json::Value;

/// Cases of these groups and values: `id,arm,y`.
fn sheet(header: &str, rows: &[(&str, &str, usize)]) -> (tempfile::TempDir, String) {
    let cells = rows.iter().flat_map(|(arm, y, times)| std::iter::repeat_n((*arm, *y), *times));
    let rows: String = cells.enumerate().map(|(n, (arm, y))| format!("{n},{arm},{y}\n")).collect();
    let (folder, path) = file("cases.csv", format!("case_id,{header}\n{rows}"));
    let path = path.to_string_lossy().into_owned();
    (folder, path)
}

/// The levels of the groups, in the order of the results.
fn groups(object: &Value) -> Vec<String> {
    let rows = object["results"].as_array().expect("results");
    let counts = rows.iter().filter(|row| row["context"] == "total_n" && row["group1"].is_string());
    counts.map(|row| row["group1_level"].as_str().unwrap_or("not reported").to_owned()).collect()
}

#[test]
fn groups_stand_in_natural_order_whatever_their_counts() {
    for levels in [["1", "2", "10"], ["I", "II", "IX"], ["<5", "5-10", ">10"], ["0.25", "0.5", "1"], ["a", "b", "c"]] {
        for counts in [[3, 2, 1], [1, 2, 3], [1, 3, 1]] {
            let rows: Vec<(&str, &str, usize)> = levels.iter().zip(counts).map(|(l, n)| (*l, "x", n)).collect();
            let (_folder, path) = sheet("arm,y", &rows);
            for order in ["schema", "frequency", "natural"] {
                let object = summary(&[&path, "--by", "arm", "--kind", "arm=category", "--level-order", order]);
                assert_eq!(groups(&object), levels, "{counts:?}");
            }
        }
    }
}

#[test]
fn two_more_patients_do_not_turn_a_difference() {
    let of = |first: usize, second: usize| {
        let rows = [("a", "yes", first), ("a", "no", 1), ("b", "yes", 1), ("b", "no", second)];
        let (_folder, path) = sheet("arm,y", &rows);
        let object = summary(&[&path, "--by", "arm", "--difference"]);
        let row = row(&object, "y[yes].p.difference").clone();
        (row["stat"].as_f64().expect("a number") > 0.0, row["contrast"].clone())
    };
    assert_eq!(of(2, 3), (true, "a - b".into()));
    assert_eq!(of(3, 2), (true, "a - b".into()));
    assert_eq!(of(5, 3), of(3, 5));
}

/// Of yes and no, positive and negative, treated and placebo it is the first less the second.
#[test]
fn what_is_absent_is_subtracted_and_every_difference_says_so() {
    for (present, absent) in
        [("yes", "no"), ("positive", "negative"), ("treated", "placebo"), ("1", "0"), ("fever", "no fever")]
    {
        for counts in [(3, 4), (4, 3)] {
            let rows = [(present, "1.5", 2), (present, "2.5", counts.0), (absent, "1", 2), (absent, "2", counts.1)];
            let (_folder, path) = sheet("arm,y", &rows);
            let arguments = [&path, "--by", "arm", "--difference", "--kind", "arm=category"];
            let object = summary(&arguments);
            let difference = row(&object, "y.difference");
            let contrast = format!("{present} - {absent}");
            assert!(difference["stat"].as_f64().expect("a number") > 0.0, "{difference}");
            assert_eq!(difference["contrast"], contrast);
            assert_eq!(row(&object, "y.difference.low")["contrast"], contrast);
            let text = stdout(&[&["summarize"], &arguments[..]].concat());
            assert!(text.contains(&format!("difference {contrast} (95% CI)")), "{text}");
            assert!(text.contains(&format!("Differences are {contrast}: Welch")), "{text}");
            let ard = stdout(&[&["summarize"], &arguments[..], &["--format", "ard-jsonl"]].concat());
            assert!(ard.lines().any(|line| line.contains(r#""stat_name":"contrast""#) && line.contains(&contrast)));
        }
    }
}

#[test]
fn a_reference_is_the_group_that_is_subtracted() {
    let (_folder, path) = sheet("arm,y", &[("old", "1", 2), ("new", "2", 2), ("old", "4", 1), ("new", "6", 1)]);
    let of = |more: &[&str]| {
        let object = summary(&[&[path.as_str(), "--by", "arm", "--difference"], more].concat());
        row(&object, "y.difference")["contrast"].as_str().expect("a contrast").to_owned()
    };
    assert_eq!(of(&[]), "new - old");
    assert_eq!(of(&["--reference", "new"]), "old - new");
    assert_eq!(of(&["--reference", "old"]), "new - old");
    let output = run(&["summarize", &path, "--by", "arm", "--difference", "--reference", "olt"]);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr.contains("--reference: 'olt' is not the level of one of the two groups"), "{stderr}");
    assert!(stderr.contains("did you mean old?"), "{stderr}");
}

/// A group that the schema declares and no case has is a column, and no third group of a difference.
#[test]
fn an_empty_group_is_not_compared() {
    let (folder, path) = sheet("arm,y", &[("a", "1", 2), ("b", "2", 2), ("a", "4", 1), ("b", "6", 1)]);
    let schema =
        r#"{"fields": [{"name": "arm", "type": "string", "categories": ["a", "b", "c"]}], "fieldsMatch": "subset"}"#;
    std::fs::write(folder.path().join("cases.schema.json"), schema).expect("a schema");
    let object = summary(&[&path, "--by", "arm", "--difference", "--tests"]);
    assert_eq!(row(&object, "y.difference")["contrast"], "a - b");
    assert!(row(&object, "y.p.value")["stat"].is_number());
}

/// `prop.trend.test(c(0,3,5), c(3,8,5))` of R 4.2.2: p = 0.0040571.
const DOSES: [(&str, &str, usize); 4] = [("2", "yes", 3), ("2", "no", 5), ("3", "yes", 5), ("1", "no", 3)];

#[test]
fn a_trend_over_doses_is_that_of_r() {
    let (_folder, path) = sheet("dose,y", &DOSES);
    let object = summary(&[&path, "--by", "dose", "--kind", "dose=category", "--test", "y=trend"]);
    let found = row(&object, "y.p.value");
    assert!((found["stat"].as_f64().expect("a number") - 0.0040571360323713).abs() < 1e-12, "{found}");
    assert_eq!(found["method"], "Cochran-Armitage test for trend, scores by rank: 1 = 1, 2 = 2, 3 = 3");
    assert_eq!(found["scores"], serde_json::json!({"1": 1, "2": 2, "3": 3}));
    let text = stdout(&["summarize", &path, "--by", "dose", "--kind", "dose=category", "--test", "y=trend"]);
    assert!(text.contains("scores by rank: 1 = 1, 2 = 2, 3 = 3"), "{text}");
    // Another place of a group in the table is no other order.
    let last = ["--by", "dose", "--kind", "dose=category", "--test", "y=trend", "--last", "1"];
    assert_eq!(row(&summary(&[&[path.as_str()], &last[..]].concat()), "y.p.value")["stat"], found["stat"]);
}

/// The same table turned: an ordered variable between two groups.
#[test]
fn a_trend_of_an_ordered_variable_between_two_groups_is_the_same() {
    let (_folder, path) = sheet("dose,y", &DOSES);
    let object = summary(&[&path, "--by", "y", "--kind", "dose=category", "--test", "dose=trend"]);
    let found = row(&object, "dose.p.value");
    assert!((found["stat"].as_f64().expect("a number") - 0.0040571360323713).abs() < 1e-12, "{found}");
    assert_eq!(found["scores"], serde_json::json!({"1": 1, "2": 2, "3": 3}));
}

/// The scores 1, 2, 10: `prop.trend.test(c(0,3,5), c(3,8,5), c(1,2,10))` of R 4.2.2.
#[test]
fn the_schema_gives_scores() {
    let (folder, path) = sheet("risk,y", &[("mid", "yes", 3), ("mid", "no", 5), ("high", "yes", 5), ("low", "no", 3)]);
    let schema = |field: &str| {
        let text = format!(r#"{{"fields": [{field}], "fieldsMatch": "subset"}}"#);
        std::fs::write(folder.path().join("cases.schema.json"), text).expect("a schema");
    };
    schema(
        r#"{"name": "risk", "type": "string", "categories": ["low", "mid", "high"],
            "calcSeries": {"scores": {"low": 1, "mid": 2, "high": 10}}}"#,
    );
    let object = summary(&[&path, "--by", "risk", "--test", "y=trend"]);
    let found = row(&object, "y.p.value");
    assert!((found["stat"].as_f64().expect("a number") - 0.0052614403379201).abs() < 1e-12, "{found}");
    assert_eq!(found["method"], "Cochran-Armitage test for trend, scores of the schema: low = 1, mid = 2, high = 10");
    // Scores and order survive in the schema that is written.
    let written = stdout(&["schema", &path]);
    assert!(written.contains(r#""scores""#) && written.contains("10"), "{written}");
}

/// The remedy, pasted into a schema, runs.
#[test]
fn a_trend_without_an_order_is_refused_with_a_remedy() {
    for header in ["race,y", "center,y", "cell_type,y"] {
        let (folder, path) = sheet(header, &DOSES);
        let by = header.split(',').next().expect("a name");
        let kind = format!("{by}=category");
        for (group, tested) in [(by, "y=trend".to_owned()), ("y", format!("{by}=trend"))] {
            let arguments = ["summarize", &path, "--by", group, "--kind", &kind, "--test", &tested];
            let output = run(&arguments);
            let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.code(), Some(2), "{stderr}");
            assert!(stderr.contains(&format!("nobody states one for the levels of '{by}'")), "{stderr}");
            let field = stderr.split("in the schema: ").nth(1).and_then(|rest| rest.split("; else").next());
            let schema = format!(r#"{{"fields": [{}], "fieldsMatch": "subset"}}"#, field.expect("a field"));
            let file = folder.path().join("cases.schema.json");
            std::fs::write(&file, &schema).expect("a schema");
            let object = summary(&[&[path.as_str()], &arguments[2..]].concat());
            let key = format!("{}.p.value", tested.trim_end_matches("=trend"));
            assert!((row(&object, &key)["stat"].as_f64().expect("a number") - 0.0040571360323713).abs() < 1e-12);
            std::fs::remove_file(&file).expect("removed");
        }
    }
}

/// A list of levels is an order of rows; only `categoriesOrdered` says that it means something.
#[test]
fn listed_levels_are_no_order() {
    let (folder, path) = sheet("race,y", &DOSES);
    let schema =
        r#"{"fields": [{"name": "race", "type": "string", "categories": ["1", "2", "3"]}], "fieldsMatch": "subset"}"#;
    std::fs::write(folder.path().join("cases.schema.json"), schema).expect("a schema");
    assert_eq!(run(&["summarize", &path, "--by", "race", "--test", "y=trend"]).status.code(), Some(2));
}

#[test]
fn of_several_variables_those_without_an_order_have_no_trend() {
    let (_folder, path) = sheet("stage,y", &[("I", "a", 3), ("II", "b", 2), ("IV", "b", 3), ("II", "c", 3)]);
    let object = summary(&[&path, "--by", "stage", "--test", "category=trend"]);
    assert_eq!(row(&object, "y.p.value")["reason_code"], "wrong-shape");
    let (_folder, path) = sheet("arm,y", &[("A", "a", 3), ("B", "b", 2), ("A", "b", 3), ("B", "c", 3)]);
    let object = summary(&[&path, "--by", "arm", "--test", "category=trend"]);
    assert_eq!(row(&object, "y.p.value")["reason_code"], "no-order");
}

#[test]
fn values_without_spread_have_no_difference_for_want_of_spread() {
    let (_folder, path) = sheet("arm,y", &[("a", "5", 2), ("b", "6", 2)]);
    let object = summary(&[&path, "--by", "arm", "--difference"]);
    let found = row(&object, "y.difference");
    assert_eq!((&found["reason_code"], found["stat"].is_null()), (&"no-spread".into(), true), "{found}");
    assert_eq!(found["reason"], "no value differs from the mean of its group");
    let (_folder, path) = sheet("arm,y", &[("a", "5", 1), ("b", "6", 2)]);
    let object = summary(&[&path, "--by", "arm", "--difference"]);
    assert_eq!(row(&object, "y.difference")["reason"], "a group has fewer than two values");
}

/// 0, 0, 0 against 1, 1, 2, 3: no arrangement of these values is less likely than the observed one.
#[test]
fn no_p_is_below_the_smallest_that_the_margins_allow() {
    let rows = [("a", "0", 3), ("b", "1", 2), ("b", "2", 1), ("b", "3", 1)];
    let (_folder, path) = sheet("arm,y", &rows);
    let object = summary(&[&path, "--by", "arm", "--tests"]);
    for key in ["y.p.value", "y.p.min"] {
        assert!((row(&object, key)["stat"].as_f64().expect("a number") - 1.0 / 35.0).abs() < 1e-12, "{key}");
    }
    let text = stdout(&["summarize", &path, "--by", "arm", "--tests"]);
    assert!(text.contains("smallest attainable p given these margins 0.029"), "{text}");
    let object = summary(&[&path, "--by", "arm", "--test", "y=welch"]);
    let rows = object["results"].as_array().expect("results");
    assert!(!rows.iter().any(|row| row["stat_name"] == "p.min"), "none beside a p that is not exact");
}
