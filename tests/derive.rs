//! `--derive` on the built binary.

use crate::support::{file, row, run, series, stdout, summary};
use serde_json::Value;

const CASES: &str = "id,birth_date,onset,last_seen,ca,p,crp@baseline,crp@month_6,outcome\n\
    P1,2010-03-14,2016-03-13,2019-01-01,2.4,1.5,12,4,alive\n\
    P2,2012-02-29,2013-02-28,2020-02-28,2.2,1.2,30,,died\n\
    P3,2009-07-01,2018,2021-05-05,,1.1,8,9,alive\n\
    P4,,2017-05-05,2018-05-05,2.6,1.4,high,3,alive\n";

/// The derived cells of the cases as the listing prints them.
fn listed(derived: &[&str]) -> Vec<Vec<String>> {
    let (_folder, path) = file("cases.csv", CASES);
    let path = path.to_string_lossy().into_owned();
    let names: Vec<&str> = derived.iter().filter_map(|text| text.split('=').next()).map(str::trim).collect();
    let options: Vec<&str> = derived.iter().flat_map(|text| ["--derive", text]).collect();
    let columns = names.join(",");
    let printed = stdout(&[&["cases", &path, "--format", "csv", "--columns", &columns], &options[..]].concat());
    let rows = printed.lines().skip(1).take(4);
    rows.map(|row| row.split(',').rev().take(names.len()).map(str::to_owned).collect::<Vec<_>>())
        .map(|mut row| {
            row.reverse();
            row
        })
        .collect()
}

#[test]
fn dates_numbers_bands_and_rules_are_derived_and_unknown_stays_unknown() {
    let found = listed(&[
        "age_onset = birth_date to onset in years completed",
        "followup = onset to last_seen in days",
        "change = crp@last - crp@first",
        "percent = change / crp@baseline * 100",
        "product = ca * p",
        "band = cut(age_onset, 3, 5)",
        "size = when ca > 2.3 then 'high' else 'low' unknown 'unverified'",
    ]);
    let expected = [
        ["5", "1024", "-8", "-66.666666666667", "3.6", ">=5", "high"],
        ["0", "2556", "", "", "2.64", "<3", "low"],
        ["", "", "1", "12.5", "", "", "unverified"],
        ["", "365", "", "", "3.64", "", "high"],
    ];
    for (case, (found, expected)) in found.iter().zip(expected).enumerate() {
        assert_eq!(found, &expected, "P{}", case + 1);
    }
}

/// Tables, groups, filters, selectors, times to an event: a derived variable is a variable.
#[test]
fn a_derived_variable_takes_part_in_everything() {
    let (_folder, path) = file("cases.csv", CASES);
    let path = path.to_string_lossy().into_owned();
    let derived = [
        "--derive",
        "followup = onset to last_seen in years",
        "--derive",
        "size = when ca > 2.3 then 'high' else 'low'",
    ];
    let all = summary(&[&[path.as_str(), "--by", "size"], &derived[..]].concat());
    assert_eq!(row(&all, "size[high].n")["stat"], 2);
    assert_eq!(row(&all, "size.N_miss")["stat"], 1);
    assert_eq!(row(&all, "followup.N | size = 'high'")["stat"], 2);
    assert_eq!(row(&all, "followup.mean | size = 'low'")["unit"], "years");
    let kept = ["--where", "followup IS NOT NULL", "--time", "followup", "--event", "outcome = 'died'"];
    let found = stdout(&[&["get", &path, "survival.N", "survival.n_events", "--raw"], &derived[..], &kept].concat());
    assert_eq!(found, "3\n1\n");
}

/// The classes of calcinosis by their rules: P5, whose calcium and phosphate are not reported, is dystrophic by etiology
/// only.
#[test]
fn the_classes_of_the_series_follow_from_rules() {
    let rules = "class = when calcium_phosphate = 'abnormal' then 'metastatic' \
                 when calcium_phosphate = 'normal' and etiology <> 'idiopathic' then 'dystrophic' \
                 when calcium_phosphate = 'normal' then 'idiopathic' unknown 'unverified'";
    let all = summary(&[&series("cases.csv"), "--derive", rules]);
    let counts =
        ["dystrophic", "idiopathic", "unverified"].map(|class| row(&all, &format!("class[{class}].n"))["stat"].clone());
    assert_eq!(counts, [3, 1, 1].map(Value::from));
    let of_p5 = run(&[
        "cases",
        &series("cases.csv"),
        "--derive",
        rules,
        "--columns",
        "case_id,class",
        "--where",
        "class = 'unverified'",
        "--format",
        "csv",
    ]);
    assert!(String::from_utf8(of_p5.stdout).unwrap().contains("P5"));
}

/// `-9` as a missing code is not the change of -9.
#[test]
fn a_number_that_looks_like_a_missing_token_stays_a_number() {
    let (_folder, path) = file("cases.csv", "id,a,b\nP1,10,1\nP2,5,-9\nP3,1.5,4\nP4,3,7\n");
    let path = path.to_string_lossy().into_owned();
    let found = stdout(&["get", &path, "d.N", "d.min", "d.N_miss", "--raw", "--missing=-9", "--derive", "d = b - a"]);
    let numbers: Vec<f64> = found.lines().map(|line| line.parse().unwrap()).collect();
    assert_eq!(numbers, [3.0, -9.0, 1.0]);
}

#[test]
fn what_does_not_fit_is_refused_with_what_to_write() {
    let (_folder, path) = file("cases.csv", CASES);
    let path = path.to_string_lossy().into_owned();
    for (derived, message) in [
        ("ca = p + 1", "there is a column 'ca' already"),
        ("x = ca + nosuch", "there is no column 'nosuch'"),
        ("x = ca to p", "'ca' is a number column, and a date column is needed"),
        ("x = ca + outcome", "'outcome' is a"),
        ("x = when outcome = 'nobody' then 'a'", "no level 'nobody'"),
        ("x = ca +", "expected a column, a number or a parenthesis"),
        ("x = cut(ca, 2) + 1", "a band is not a number"),
    ] {
        let refused = run(&["summarize", &path, "--derive", derived]);
        let stderr = String::from_utf8(refused.stderr).unwrap();
        assert!(refused.status.code() == Some(2) && stderr.contains(message), "{derived}: {stderr}");
    }
}

/// An age by another name would show who is over 89.
#[test]
fn what_is_made_of_an_age_or_a_birth_date_is_not_shown_without_identity() {
    let (_folder, path) = file("cases.csv", CASES);
    let path = path.to_string_lossy().into_owned();
    for derived in
        ["x = birth_date to last_seen in years completed", "y = when age > 89 then 'old' else 'young'", "z = age * 2"]
    {
        let input = if derived.contains("birth") { path.clone() } else { series("cases.csv") };
        for command in ["summarize", "cases"] {
            let refused = run(&[command, &input, "--deidentify", "--derive", derived]);
            let stderr = String::from_utf8(refused.stderr).unwrap();
            assert!(
                refused.status.code() == Some(2) && stderr.contains("--deidentify cannot show it"),
                "{derived}: {stderr}"
            );
        }
    }
    let shown = run(&["summarize", &path, "--deidentify", "--derive", "x = ca * p"]);
    assert_eq!(shown.status.code(), Some(0));
}
