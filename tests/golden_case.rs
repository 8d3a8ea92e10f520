//! What must follow from the records of the report, from either form of them.

use crate::support::{row, series, summary};
use serde_json::Value;

fn both() -> [Value; 2] {
    [summary(&[&series("cases.csv")]), summary(&[&series("cases.json")])]
}

fn number(summary: &Value, key: &str) -> f64 {
    row(summary, key)["stat"].as_f64().unwrap_or_else(|| panic!("{key} is no number"))
}

/// Equal to nine significant digits, as the oracle is printed.
fn assert_near(summary: &Value, key: &str, expected: f64) {
    let got = number(summary, key);
    assert!((got - expected).abs() <= 5e-10 * expected.abs().max(1.0), "{key}: {got}, expected {expected}");
}

#[test]
fn both_forms_give_the_same_results() {
    let [csv, json] = both();
    assert_eq!(csv["results"], json["results"]);
    assert!(csv["results"].as_array().unwrap().len() > 1000);
}

#[test]
fn ages_are_exact() {
    for summary in both() {
        assert_eq!(row(&summary, "cases")["stat"], 5);
        assert_eq!(row(&summary, "age.mean")["stat"].to_string(), "5.9");
        assert_eq!(row(&summary, "age.mean")["stat_fmt"], "5.9");
        // statistics.md 2.2, R 4.2.2 and SciPy.
        assert_near(&summary, "age.sd", 2.701851217);
        for (key, value) in [("median", 6.0), ("p25", 5.0), ("p75", 6.0), ("min", 2.5), ("max", 10.0)] {
            assert_eq!(number(&summary, &format!("age.{key}")), value, "{key}");
        }
        assert_eq!(row(&summary, "age.median")["method"], "quantile type 7");
    }
}

#[test]
fn counts_are_those_of_the_golden_case() {
    let expected = [
        ("sex[female]", 5, 5),
        ("etiology[juvenile dermatomyositis]", 4, 5),
        ("etiology[idiopathic]", 1, 5),
        ("sites[knee]", 5, 5),
        ("sites[elbow]", 3, 5),
        ("sites[hip]", 3, 5),
        ("sites[forearm]", 2, 5),
        ("sites[thigh]", 2, 5),
        ("sites[buttock]", 1, 5),
        ("calcium_phosphate[normal]", 4, 4),
        ("inflammatory_syndrome[yes]", 3, 4),
        ("ana[positive]", 2, 4),
        ("muscle_enzymes[high]", 3, 5),
        ("emg[myopathic]", 3, 5),
        ("emg[normal]", 1, 5),
        ("eye_examination[normal]", 4, 4),
        ("eye_examination[abnormal]", 0, 4),
    ];
    for summary in both() {
        for (key, n, total) in expected {
            assert_eq!(row(&summary, &format!("{key}.n"))["stat"], n, "{key}");
            assert_eq!(row(&summary, &format!("{key}.N"))["stat"], total, "{key}");
        }
        assert_eq!(row(&summary, "calcium_phosphate.N_miss")["stat"], 1);
        assert_eq!(row(&summary, "imaging.N_miss")["stat"], 1);
        assert_eq!(row(&summary, "sites.n_items")["stat"], 16);
        assert_eq!(row(&summary, "sites.mean")["stat"].to_string(), "3.2");
        assert_eq!(number(&summary, "sites.median"), 3.0);
        assert_near(&summary, "sites.sd", 1.303840481);
        assert_eq!((number(&summary, "sites.min"), number(&summary, "sites.max")), (2.0, 5.0));
    }
}

#[test]
fn responses_are_those_of_the_golden_case() {
    // treated, evaluable, responders, confirmed, complete
    let expected = [
        ("response_by_class[glucocorticoid]", [4, 3, 2, 2, 1]),
        ("response_by_class[methotrexate]", [2, 1, 1, 1, 1]),
        ("response_by_class[bisphosphonate]", [2, 2, 1, 0, 0]),
        ("response_by_class[calcium-channel blocker]", [1, 1, 1, 1, 0]),
        ("response_by_class[colchicine]", [1, 0, 0, 0, 0]),
        ("response_by_class[surgery]", [2, 1, 1, 1, 0]),
        ("response_by_agent[surgical excision]", [2, 1, 1, 1, 0]),
        ("response_by_agent[diltiazem]", [1, 1, 1, 1, 0]),
        ("response_by_line[1]", [5, 2, 1, 1, 0]),
        ("response_by_line[2]", [3, 1, 1, 1, 1]),
        ("response_by_line[3]", [2, 1, 1, 0, 0]),
        ("response_by_line[4]", [1, 1, 0, 0, 0]),
        ("response_by_line[5]", [1, 1, 1, 1, 0]),
        ("best_response", [5, 4, 4, 3, 1]),
    ];
    let names = ["n_treated", "n_evaluable", "n_responders", "n_confirmed", "n_complete"];
    for summary in both() {
        for (key, counts) in expected {
            for (name, count) in names.iter().zip(counts) {
                assert_eq!(row(&summary, &format!("{key}.{name}"))["stat"], count, "{key}.{name}");
            }
        }
        // Both responders to glucocorticoids responded in combination lines only.
        assert_eq!(row(&summary, "response_by_class[glucocorticoid].n_responders_combination")["stat"], 2);
        assert_eq!(row(&summary, "treatment.n_relapsed")["stat"], 1);
        assert_eq!(row(&summary, "treatment.n_lines")["stat"], 12);
    }
}

#[test]
fn response_rates_carry_their_wilson_intervals() {
    let expected = [
        ("best_response", "", 1.0, 0.510109, 1.0),
        ("best_response", "(responders/treated)", 0.8, 0.375535, 0.963776),
        ("best_response", "(confirmed/treated)", 0.6, 0.230724, 0.882379),
        ("best_response", "(complete/treated)", 0.2, 0.036224, 0.624465),
        ("response_by_class[glucocorticoid]", "", 2.0 / 3.0, 0.207660, 0.938508),
        ("response_by_class[glucocorticoid]", "(responders/treated)", 0.5, 0.150039, 0.849961),
    ];
    for summary in both() {
        for (key, rate, p, low, high) in expected {
            for (name, value) in [("p", p), ("conf.low", low), ("conf.high", high)] {
                let got = number(&summary, &format!("{key}.{name}{rate}"));
                assert!((got - value).abs() < 5e-7, "{key}.{name}{rate}: {got}, expected {value}");
            }
        }
        let row = row(&summary, "response_by_class[colchicine].p");
        assert_eq!((&row["stat"], &row["reason"]), (&Value::Null, &Value::from("no case in the denominator")));
    }
}

#[test]
fn findings_say_where_the_report_disagrees_with_itself() {
    let summary = summary(&[&series("cases.csv")]);
    let findings = summary["findings"].as_array().unwrap();
    let place = |id: &str, column: &str| {
        let found = findings.iter().find(|f| f["id"] == id && f["column"] == column);
        let first = &found.unwrap_or_else(|| panic!("no {id} in {column}"))["first"][0];
        (
            first["case"].as_str().unwrap().to_owned(),
            first["line"].as_u64().unwrap(),
            first["value"].as_str().unwrap().to_owned(),
        )
    };
    assert_eq!(place("status-disagrees", "ldh"), ("P2".into(), 3, "192 (high)".into()));
    assert_eq!(place("status-disagrees", "platelets"), ("P2".into(), 3, "443000 (thrombocytosis)".into()));
    assert_eq!(place("value-implausible", "mchc"), ("P3".into(), 4, "20 (hypochromic)".into()));
}

#[test]
fn censored_values_have_bounds_and_no_mean() {
    for summary in both() {
        let mean = row(&summary, "ana_titer.mean");
        assert_eq!((&mean["stat"], &mean["reason"]), (&Value::Null, &Value::from("1 of 1 values is censored")));
        let p75 = row(&summary, "ana_titer.p75");
        assert_eq!((&p75["stat"], &p75["reason"]), (&Value::Null, &Value::from("censored")));
        assert_eq!(p75["bound"], serde_json::json!({"op": ">", "value": 1280}));
        assert_eq!(p75["method"], "quantile type 7");
    }
}
