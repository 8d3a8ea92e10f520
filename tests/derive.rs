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

/// A tenth birthday is ten years: in bands, filters and survival as it is printed.
#[test]
fn anniversaries_are_whole_numbers_everywhere() {
    let cases = "id,birth,seen,ev\n1,2010-03-15,2020-03-15,1\n2,2009-05-01,2019-05-01,0\n\
        3,2010-06-01,2020-05-31,1\n4,2015-01-01,2020-01-01,0\n";
    let (_folder, path) = file("cases.csv", cases);
    let path = path.to_string_lossy().into_owned();
    let age = ["--derive", "a = birth to seen in years"];
    let band = ["--derive", "b = cut(a, 5, 10)"];
    let keys = ["b[>=10].n", "b[5 to <10].n", "cases | a >= 10", "cases | a = 5", "a.max"];
    let found = stdout(&[&["get", &path], &age[..], &band, &keys].concat());
    assert_eq!(found, "2\n2\n2\n1\n10.000\n");
    let time = ["--time", "a", "--event", "ev = '1'", "--times", "5,10"];
    let keys = ["survival[5].n_risk", "survival[10].n_risk", "survival[10].p"];
    let found = stdout(&[&["get", &path], &age[..], &time, &keys].concat());
    assert_eq!(found, "4\n2\n33\n");
    let page = stdout(&[&["summarize", &path], &age[..]].concat());
    assert!(page.contains("Between two dates the calendar counts"), "{page}");
    let listed = stdout(&[&["cases", &path, "--columns", "id,a,b", "--format", "csv"], &age[..], &band].concat());
    assert!(listed.contains("3,9.997"), "{listed}");
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

/// A comparison is yes or no, and unknown where it is.
#[test]
fn a_comparison_is_a_variable() {
    let found = listed(&[
        "age_onset = birth_date to onset in years completed",
        "young = age_onset < 5",
        "both = young = 'yes' and outcome = 'died'",
        "known = ca IS NOT NULL",
        "either = (ca > 2.3 or p < 1.2)",
    ]);
    let expected = [
        ["5", "no", "no", "yes", "yes"],
        ["0", "yes", "yes", "yes", "no"],
        ["", "", "no", "no", "yes"],
        ["", "", "no", "yes", "yes"],
    ];
    for (case, (found, expected)) in found.iter().zip(expected).enumerate() {
        assert_eq!(found, &expected, "P{}", case + 1);
    }
    let (_folder, path) = file("cases.csv", CASES);
    let json = summary(&[&path.to_string_lossy(), "--derive", "high = ca > 2.3"]);
    assert_eq!(
        (row(&json, "high[yes].n")["stat"].clone(), row(&json, "high[yes].N")["stat"].clone()),
        (2.into(), 3.into())
    );
}

/// Several files with the same columns have their derived column each, and places stay those of the files.
#[test]
fn several_files_have_derived_variables() {
    let folder = tempfile::tempdir().expect("a folder");
    let [one, two] = ["one.csv", "two.csv"].map(|name| folder.path().join(name).to_string_lossy().into_owned());
    std::fs::write(&one, "id,a,b@x,b@y\nP1,1,2,3\nP2,2,2,\n").expect("a file");
    std::fs::write(&two, "id,a,b@x,b@y\nP3,3,5,9\nP4,4,6,6\nP5,x,1,2\n").expect("a file");
    let output = run(&["summarize", &one, &two, "--derive", "c = a * 2", "--change", "b=x:y", "--format", "json"]);
    let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(row(&json, "c.N")["stat"], 4);
    assert_eq!(row(&json, "c.mean")["stat"], 5.0);
    assert_eq!(row(&json, "b_change.N")["stat"], 4);
    let inputs = json["inputs"].as_array().expect("inputs");
    assert_eq!(inputs.iter().map(|input| input["cases"].clone()).collect::<Vec<_>>(), [2, 3].map(Value::from));
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(stderr.contains("one.csv line 3, case P2"), "{stderr}");
    assert!(stderr.contains("two.csv line 4, case P5"), "{stderr}");
}

/// The schema has what was derived, with what is declared of it, and reading it gives the same.
#[test]
fn a_schema_keeps_what_was_derived() {
    let (folder, path) = file("cases.csv", CASES);
    let path = path.to_string_lossy().into_owned();
    let derived = [
        "--derive",
        "followup = onset to last_seen in months completed",
        "--derive",
        "size = when ca > 2.3 then 'high' else 'low' unknown 'unverified'",
        "--derive",
        "high = ca > 2.3",
        "--change",
        "crp=baseline:month_6",
        "--role",
        "followup=follow-up",
    ];
    let written = stdout(&[&["schema", &path], &derived[..]].concat());
    let schema = folder.path().join("cases.schema.json");
    std::fs::write(&schema, &written).expect("a file");
    let json: Value = serde_json::from_str(&written).expect("JSON");
    let of_schema = json["calcSeries"]["derived"].as_array().expect("a list");
    let names: Vec<&Value> = of_schema.iter().map(|one| &one["name"]).collect();
    assert_eq!(names, ["followup", "size", "high", "crp_change"]);
    assert_eq!(of_schema[3]["change"], "crp=baseline:month_6");
    assert!(json["fields"].as_array().expect("fields").iter().all(|field| field["name"] != "followup"));
    let without_why = |text: &str| text.lines().filter(|line| !line.contains("\"why\"")).collect::<Vec<_>>().join("\n");
    assert_eq!(without_why(&stdout(&["schema", &path])), without_why(&written));
    let results = |arguments: &[&str]| summary(arguments)["results"].clone();
    let by_options = results(&[&[path.as_str(), "--no-schema"], &derived[..]].concat());
    assert_eq!(results(&[&path]), by_options);
    // An option of the same name replaces what the schema has.
    let replaced = stdout(&["get", &path, "--derive", "high = ca > 100", "high[yes].n"]);
    assert_eq!(replaced, "0\n");
}

#[test]
fn a_faulty_formula_of_a_schema_is_refused_with_its_name() {
    let (folder, path) = file("cases.csv", CASES);
    let schema = folder.path().join("s.json");
    let fields: String =
        CASES.lines().next().unwrap_or_default().split(',').map(|name| format!("{{\"name\": \"{name}\"}},")).collect();
    for (derived, said) in [
        (r#"{"name": "x", "formula": "ca +"}"#, "expected a column"),
        (r#"{"name": "x"}"#, "has no \"formula\""),
        (r#"{"name": "x", "change": "crp"}"#, "write \"name\": \"crp_change\""),
        (r#"{"name": "x", "formula": "ca"}, {"name": "x", "formula": "p"}"#, "two derived variables 'x'"),
    ] {
        let text =
            format!("{{\"fields\": [{}], \"calcSeries\": {{\"derived\": [{derived}]}}}}", fields.trim_end_matches(','));
        std::fs::write(&schema, text).expect("a file");
        let refused = run(&["summarize", &path.to_string_lossy(), "--schema", &schema.to_string_lossy()]);
        let stderr = String::from_utf8_lossy(&refused.stderr);
        assert!(refused.status.code() == Some(2) && stderr.contains(said), "{derived}: {stderr}");
    }
}

/// A difference of two concentrations may lie below 0; a time below 0 is named.
#[test]
fn differences_and_times_below_zero_are_kept_and_named() {
    let text = "id,onset,seen,crp at baseline (mg/L),crp at 6 months (mg/L)\nP1,2019-10-10,2018-10-10,22,25\n\
                P2,2019-01-01,2019-12-31,30,12\nP3,2019-01-02,2019-01-01,8,9\n";
    let (_folder, path) = file("cases.csv", text);
    let path = path.to_string_lossy().into_owned();
    let derived = [
        "--derive",
        "drop = \"crp at baseline\" - \"crp at 6 months\"",
        "--derive",
        "followup = onset to seen in months completed",
    ];
    let output = run(&[&["get", &path, "drop.N", "drop.min", "followup.min", "followup.max"], &derived[..]].concat());
    assert_eq!(String::from_utf8_lossy(&output.stdout), "3\n-3\n-12\n11\n");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(stderr.contains("warning[time-backwards]") && stderr.contains("case P1"), "{stderr}");
    let refused =
        run(&[&["summarize", &path, "--time", "followup", "--event", "crp_high = 'yes'"], &derived[..]].concat());
    assert_eq!(refused.status.code(), Some(2));
    let event = ["--derive", "high = \"crp at baseline\" > 20", "--time", "followup", "--event", "high = 'yes'"];
    let refused = run(&[&["summarize", &path], &derived[..], &event].concat());
    let stderr = String::from_utf8_lossy(&refused.stderr);
    assert!(
        stderr.contains("error[follow-up-negative]") && stderr.contains("case P1") && stderr.contains("case P3"),
        "{stderr}"
    );
}

/// The five classes of calcinosis by their rules in order; a rule whose question is not answered leaves it unverified,
/// and where only the disease is known the class says so.
#[test]
fn the_five_classes_follow_from_rules_of_a_schema() {
    let printed = stdout(&["cases", "examples/classes.csv", "--columns", "id,class", "--format", "csv"]);
    let found: Vec<&str> =
        printed.lines().skip(1).take(9).filter_map(|line| line.split_once(',')).map(|(_, class)| class).collect();
    let expected = [
        "calciphylaxis",
        "iatrogenic",
        "metastatic",
        "metastatic",
        "dystrophic",
        "idiopathic",
        "\"dystrophic, unverified\"",
        "unverified",
        "idiopathic",
    ];
    assert_eq!(found, expected);
    let quiet = run(&["summarize", "examples/classes.csv"]);
    assert!(!String::from_utf8_lossy(&quiet.stderr).contains("comma-list"), "a level of a rule is no list");
    // The report's series: P5, whose calcium and phosphate are not reported, by the etiology only.
    let rules = "class = when calcium_phosphate IS NULL and etiology <> 'idiopathic' then 'dystrophic, unverified' \
                 when calcium_phosphate = 'abnormal' then 'metastatic' \
                 when calcium_phosphate = 'normal' and etiology <> 'idiopathic' then 'dystrophic' \
                 when calcium_phosphate = 'normal' then 'idiopathic' unknown 'unverified'";
    let options = ["--derive", rules, "--columns", "case_id,class", "--format", "csv"];
    let printed = stdout(&[&["cases", &series("cases.csv")], &options[..]].concat());
    let classes: Vec<&str> =
        printed.lines().skip(1).take(5).filter_map(|line| line.split_once(',')).map(|(_, class)| class).collect();
    assert_eq!(classes, ["idiopathic", "dystrophic", "dystrophic", "dystrophic", "\"dystrophic, unverified\""]);
}

fn derived_cells(cases: &str, derived: &str) -> (Vec<String>, String) {
    let (_folder, path) = file("cases.csv", cases);
    let name = derived.split('=').next().unwrap_or_default().trim();
    let output = run(&["cases", &path.to_string_lossy(), "--derive", derived, "--columns", name, "--format", "csv"]);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let cells = text(&output.stdout).lines().skip(1).map(|cell| cell.trim_matches('"').to_owned()).collect();
    (cells, text(&output.stderr))
}

/// Two columns of one dimension are compared in one unit; what measures different things, or nobody knows what, is refused.
#[test]
fn columns_are_compared_in_one_unit() {
    for (cases, derived, expected) in [
        ("id,dur1 (months),dur2 (years)\n1,6,1\n2,24,2.5\n3,24,2\n", "s = dur2 > dur1", ["yes", "yes", "no"]),
        ("id,age,onset_age (months)\n1,2,30\n2,3,30\n3,2.5,30\n", "s = age >= onset_age", ["no", "yes", "yes"]),
        ("id,wt (kg),wt2 (g)\n1,60,50000\n2,0.5,700\n3,1,1000\n", "s = wt2 > wt", ["no", "yes", "no"]),
        ("id,wt (kg),wt2 (g)\n1,60,30000\n2,1,750\n3,1,1000\n", "s = wt2 / wt", ["0.50", "0.75", "1.00"]),
    ] {
        let (found, said) = derived_cells(cases, derived);
        let plain: Vec<String> =
            found.iter().map(|cell| cell.trim_end_matches('0').trim_end_matches('.').to_owned()).collect();
        let expected = expected.map(|cell| cell.trim_end_matches('0').trim_end_matches('.').to_owned());
        assert_eq!(plain, expected, "{derived}: {said}");
    }
    for (cases, part) in [
        ("id,crp (mg/L),wt (kg)\n1,2,30\n2,4,30\n", "crp is in mg/L, and wt is in kg"),
        ("id,crp (mg/L),wt\n1,2,30\n2,4,30\n", "--unit wt=mg/L"),
    ] {
        let (_, said) = derived_cells(cases, "s = crp > wt");
        assert!(said.contains("numbers of two units are compared") && said.contains(part), "{said}");
    }
    let (_folder, path) = file("cases.csv", "id,age,onset_age (months)\n1,2,30\n2,3,30\n");
    assert_eq!(stdout(&["get", &path.to_string_lossy(), "cases | age > onset_age"]), "1\n");
}

#[test]
fn a_bound_is_in_the_band_that_holds_all_beyond_it() {
    let (found, said) = derived_cells("id,crp\n1,<5\n2,>10\n3,>=10\n4,<=5\n5,>5\n6,7\n7,5\n", "cc = cut(crp, 5, 10)");
    assert_eq!(found, ["<5", ">=10", ">=10", "", "", "5 to <10", "5 to <10"], "{said}");
    assert!(said.contains("note[several-bands]") && said.contains("case 4") && said.contains("case 5"), "{said}");
}

#[test]
fn a_division_by_0_is_said_with_its_case() {
    let (found, said) = derived_cells("id,a,b\nP1,5,0\nP2,6,3\n", "q = a / b");
    assert_eq!(found, ["", "2"]);
    assert!(said.contains("note[divided-by-zero]") && said.contains("case P1"), "{said}");
}

#[test]
fn a_visit_needs_no_quotes_in_a_condition() {
    let (found, said) =
        derived_cells("id,score@baseline,score@month_6\n1,16,3\n2,9,10\n", "severe = score@baseline >= 15");
    assert_eq!(found, ["yes", "no"], "{said}");
    let (_folder, path) = file("cases.csv", "id,score@baseline,score@month_6\n1,16,3\n2,9,10\n");
    assert_eq!(stdout(&["get", &path.to_string_lossy(), "cases | score@month_6 < score@baseline"]), "1\n");
}

/// The value stays exact; what is printed has the digits of what it is made of.
#[test]
fn a_quotient_is_printed_with_the_digits_of_its_parts() {
    let (_folder, path) = file("cases.csv", "case_id,a,b\nP1,10,3\nP2,11,7\nP3,12.5,9\nP4,20,8\n");
    let path = path.to_str().unwrap();
    let derive = ["--derive", "ratio = a / b"];
    let printed = stdout(&[&["summarize", path][..], &derive].concat());
    assert!(printed.contains("Computed exactly, printed with the digits that what they are made of allows: ratio."));
    assert!(printed.contains("1.389–3.333") && !printed.contains("3.3333"), "{printed}");
    let listed = stdout(&[&["cases", path][..], &derive].concat());
    assert!(listed.contains(" 3.33\n") && !listed.contains("3.333"), "{listed}");
    let json = stdout(&[&["summarize", path, "--format", "json"][..], &derive].concat());
    assert!(json.contains("\"stat\":3.333333333333,\"stat_fmt\":\"3.333\""), "{json}");
}
