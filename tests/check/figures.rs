//! Printed numbers compared with records: bounds, causes, intervals; and arithmetic alone.

use super::{audit, audit_of, claim, verdicts};
use crate::support::{file, root, run};
use serde_json::Value;

/// Ages 2, 4, 6, 8, 30 and one not reported; ck 10 to 50 and one not reported.
const CASES: &str = "age,sex,ck,crp\n2,F,10,5\n4,F,20,>200\n6,M,30,7\n8,,40,9\n30,F,50,11\n,F,,13\n";

/// The remark where a case does not report its sex.
const NO_SEX: &str = "not reported in case 4";
/// The remark where a case does not report its age.
const NO_AGE: &str = "not reported in case 6";

/// The verdict on one claim, with all of its remarks.
struct Judged {
    fields: String,
    verdict: String,
    remarks: Vec<String>,
}

/// Judges the claim with these fields.
fn claim_of(fields: &str) -> Judged {
    let audit = audit_of(&format!("[[claim]]\nid = \"a\"\nsays = \"s\"\n{fields}\n"), CASES);
    let claim = claim(&audit, "a");
    let remarks = claim["remarks"].as_array().unwrap().iter().map(|remark| remark.as_str().unwrap().to_owned());
    let verdict = claim["verdict"].as_str().unwrap().to_owned();
    Judged { fields: fields.to_owned(), verdict, remarks: remarks.collect() }
}

/// Judges a printed statistic.
fn value(selector: &str, printed: &str) -> Judged {
    claim_of(&format!("printed = \"{printed}\"\nvalue = \"{selector}\""))
}

/// Judges a printed number of cases.
fn count(condition: &str, printed: &str) -> Judged {
    claim_of(&format!("printed = \"{printed}\"\ncount = \"{condition}\""))
}

impl Judged {
    #[track_caller]
    fn has(self, verdict: &str, remarks: &[&str]) {
        assert_eq!(
            (self.verdict.as_str(), self.remarks),
            (verdict, remarks.iter().map(|r| (*r).to_owned()).collect()),
            "{}",
            self.fields
        );
    }

    #[track_caller]
    fn agrees(self, remarks: &[&str]) {
        self.has("agrees", remarks);
    }

    #[track_caller]
    fn leaves_open(self, remarks: &[&str]) {
        self.has("undetermined", remarks);
    }

    #[track_caller]
    fn contradicts(self, remarks: &[&str]) {
        self.has("contradicts", remarks);
    }
}

#[test]
fn a_count_agrees_is_undetermined_or_contradicts() {
    count("sex = 'F'", "4").agrees(&[NO_SEX]);
    count("sex = 'F'", "four of 6").agrees(&[NO_SEX]);
    count("sex = 'F'", "4 of 5").agrees(&["true of the 5 cases that report it", NO_SEX]);
    count("sex = 'F'", "4 of 6 (67 %)").agrees(&[NO_SEX]);
    count("sex = 'F'", "4 of 6 (66 %)")
        .contradicts(&["truncation gives the printed number; rounding to the nearest does not", NO_SEX]);
    count("sex = 'F'", "4 of 6 (60 %)").contradicts(&[NO_SEX]);
    count("sex = 'F'", "4 of 5 (80 %)").agrees(&["true of the 5 cases that report it", NO_SEX]);
    count("sex = 'F'", "4 of 7").contradicts(&["the printed denominator is 7; the records give 6", NO_SEX]);
    count("sex = 'F'", "5").leaves_open(&[NO_SEX]);
    count("sex = 'F'", "3").contradicts(&[NO_SEX]);
    count("sex = 'F'", "6").contradicts(&[NO_SEX]);
    count("age < 100", "all").leaves_open(&[NO_AGE, "true of the 5 cases that report it"]);
    count("age < 10", "all").contradicts(&[NO_AGE]);
    count("age < 1", "none").agrees(&[NO_AGE]);
    count("age < 3", "none").contradicts(&[NO_AGE]);
    value("sex[F].n", "4").agrees(&[NO_SEX]);
    value("sex[F].n", "5").leaves_open(&[NO_SEX]);
    value("sex[F].n", "3").contradicts(&[NO_SEX]);
}

#[test]
fn a_percentage_is_of_all_cases_or_of_those_reported_and_a_rounding_error_is_named() {
    count("sex = 'F'", "67 %").agrees(&[NO_SEX]);
    count("sex = 'F'", "66.7 %").agrees(&[NO_SEX]);
    count("sex = 'F'", "66 %")
        .contradicts(&["truncation gives the printed number; rounding to the nearest does not", NO_SEX]);
    count("sex = 'F'", "80 %").agrees(&["the percentage is of the 5 cases that report it", NO_SEX]);
    count("sex = 'F'", "4 (67 %)").agrees(&[NO_SEX]);
    count("sex = 'F'", "50 %").contradicts(&["the percentage fits 8 cases", NO_SEX]);
    value("sex[F].p", "80 %").agrees(&[NO_SEX]);
    value("sex[F].p", "0.8").agrees(&[]);
    value("sex[F].p", "67 %").leaves_open(&["the percentage fits 6 cases", NO_SEX]);
}

#[test]
fn a_number_is_compared_through_its_digits_and_causes_are_named() {
    value("age.mean", "10").agrees(&[]);
    value("age.mean", "10.0").agrees(&[]);
    value("age.median", "6.0").agrees(&[]);
    value("age.sd", "11.4").agrees(&[]);
    value("age.sd", "11.41")
        .leaves_open(&["ceiling gives the printed number; rounding to the nearest does not", NO_AGE]);
    value("age.sd", "10.2").leaves_open(&["the SD with divisor N gives the printed number", NO_AGE]);
    value("age.p25", "3.0").leaves_open(&["quantile type 6 gives the printed number", NO_AGE]);
    value("age | age < 100", "10 ± 11.4").agrees(&[]);
    value("age", "6 (2-30)").agrees(&[]);
    value("age", "6 (4-8)").agrees(&[]);
    value("age", "6 (4-9)").leaves_open(&[NO_AGE]);
    value("age", "2-30").agrees(&[]);
    value("crp.max", ">200").agrees(&[]);
    value("crp.mean", "40").contradicts(&["not estimable from the records: 1 of 6 values is censored"]);
    value("crp.median", "10").agrees(&[]);
}

/// Missing values can explain some numbers, but not every number.
#[test]
fn missing_values_leave_open_what_they_could_explain() {
    value("age.mean", "11")
        .leaves_open(&[NO_AGE, "the mean of the values not reported would have to be 13.00 to 19.00"]);
    value("age.mean", "40")
        .contradicts(&[NO_AGE, "the mean of the values not reported would have to be 187.00 to 193.00"]);
    value("age.median", "7.0").leaves_open(&[NO_AGE]);
    value("age.median", "9.0").contradicts(&[NO_AGE]);
    value("age.min", "1").leaves_open(&[NO_AGE]);
    value("age.min", "3").contradicts(&[NO_AGE]);
    value("age.max", "40").leaves_open(&[NO_AGE]);
    value("age.max", "29").contradicts(&[NO_AGE]);
    value("age.mean | age < 9", "5").agrees(&[]);
    // The age that is not reported may be 8.5.
    value("age.mean | age < 9", "5.5")
        .leaves_open(&[NO_AGE, "the mean of the values not reported would have to be 7.25 to 7.75"]);
    value("age.mean | age < 9", "50")
        .contradicts(&[NO_AGE, "the mean of the values not reported would have to be 227.50 to 232.50"]);
    value("sex[F].p", "0.7").leaves_open(&[NO_SEX]);
    value("sex[F].p", "0.4").contradicts(&[]);
    value("sex[F].n | age < 100", "5").leaves_open(&["not reported in case 4, case 6"]);
}

#[test]
fn comparisons_parts_names_and_facts_are_claims_too() {
    claim_of("compare = [\"sex[F].n\", \">\", \"sex[M].n\"]").agrees(&[]);
    claim_of("compare = [\"sex[M].n\", \">=\", \"sex[F].n\"]").contradicts(&[]);
    claim_of("compare = [\"age.mean | sex = 'F'\", \"<\", \"age.mean\"]").leaves_open(&[]);
    claim_of("compare = [\"sex[M].n\", \">\", \"cases | age < 3\"]").leaves_open(&[]);
    claim_of("count = \"age < 5\"\ncases = [\"case 1\", \"case 2\"]").agrees(&[]);
    claim_of("count = \"age < 5\"\ncases = [\"case 1\", \"case 6\"]")
        .contradicts(&["not met in case 6; also met in case 2"]);
    claim_of("count = \"age < 5\"\ncases = [\"case 1\", \"case 2\", \"case 6\"]").leaves_open(&["not met in case 6"]);
    let fact = |printed: &str, id: &str| {
        format!(
            "[[claim]]\nid = \"{id}\"\nsays = \"s\"\nfact = \"f\"\nprinted = \"{printed}\"\ncount = \"sex = 'F'\"\n"
        )
    };
    let audit = audit_of(&(fact("4", "a") + &fact("four", "b") + &fact("3", "c")), CASES);
    let remarks = |id: &str| claim(&audit, id)["remarks"].clone();
    assert_eq!(remarks("a"), serde_json::json!([NO_SEX, "printed differently in c"]));
    assert_eq!(remarks("c"), serde_json::json!([NO_SEX, "printed differently in a, b"]));
}

fn arithmetic(claims: &str) -> Vec<(String, Vec<String>)> {
    let (_folder, path) = file("claims.toml", claims);
    let audit = audit(&[path.to_str().unwrap()]);
    results(&audit)
}

fn results(audit: &Value) -> Vec<(String, Vec<String>)> {
    let of = |claim: &Value| {
        let judged = claim["arithmetic"].as_array().unwrap().iter();
        (
            claim["id"].as_str().unwrap().to_owned(),
            judged.map(|one| one["result"].as_str().unwrap().to_owned()).collect(),
        )
    };
    audit["claims"].as_array().unwrap().iter().map(of).collect()
}

/// Published abstracts that reconcile fully: no false alarm.
#[test]
fn the_positive_controls_raise_no_alarm() {
    let path = root().join("tests/check/controls.toml");
    let output = run(&["check", path.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stdout));
    let audit = audit(&[path.to_str().unwrap()]);
    let judged = results(&audit);
    assert!(judged.iter().filter(|(_, found)| found.contains(&"possible".to_owned())).count() >= 15, "{judged:?}");
    let sums = audit["sums"].as_array().unwrap();
    assert!(sums.len() >= 5 && sums.iter().all(|sum| sum["arithmetic"]["result"] == "possible"), "{sums:?}");
}

#[test]
fn arithmetic_alone_finds_impossible_numbers() {
    let impossible = |fields: &str| {
        let claims = format!("[[claim]]\nid = \"a\"\nsays = \"s\"\n{fields}\n");
        let found = arithmetic(&claims);
        found[0].1.contains(&"impossible".to_owned())
    };
    for (fields, is_impossible) in [
        ("printed = \"5.19\"\nn = 28\nmeasure = \"mean\"\ngranularity = \"whole\"", true),
        ("printed = \"5.19\"\nn = 32\nmeasure = \"mean\"\ngranularity = \"whole\"", false),
        ("printed = \"5.9\"\nn = 5\nmeasure = \"mean\"\ngranularity = \"whole\"", true),
        ("printed = \"5.9\"\nn = 5\nmeasure = \"mean\"\ngranularity = \"half\"", false),
        ("printed = \"5.23 ± 2.55\"\nn = 35\ngranularity = \"whole\"", true),
        ("printed = \"5.23 ± 2.55\"\nn = 31\ngranularity = \"whole\"", false),
        ("printed = \"0.36 ± 0.11\"\nn = 20\nmeasure = \"share\"", true),
        ("printed = \"0.80 ± 0.45\"\nn = 5\nmeasure = \"share\"", false),
        ("printed = \"71 %\"\nn = 43", true),
        ("printed = \"4 of 5 (75 %)\"", true),
        ("printed = \"4 of 5 (80 %)\"", false),
        ("printed = \"6 of 5\"", true),
        ("printed = \"15.56 [1.59-152.2]\"\nmeasure = \"ratio\"", false),
        ("printed = \"15.56 [1.59-52.2]\"\nmeasure = \"ratio\"", true),
        ("printed = \"0.04\"\ntest = \"t(28) = 2.20\"", false),
        ("printed = \"0.03\"\ntest = \"t(28) = 2.20\"", true),
        ("printed = \"p < 0.001\"\ntest = \"20/50 vs 36/48\"", false),
        ("printed = \"0.36\"\ntest = \"20/50 vs 36/48\"", true),
        ("printed = \"9 ± 8\"\nn = 10\nrange = \"2-12\"", true),
    ] {
        assert_eq!(impossible(fields), is_impossible, "{fields}");
    }
}

/// Without records a claims file is judged as a scan judges a text: means by the cases of the report, shares by their
/// intervals.
#[test]
fn without_records_claims_are_judged_as_a_scan_judges_a_text() {
    let judged = |fields: &str| {
        let claims = format!("[report]\ncases = 7\n\n[[claim]]\nid = \"a\"\nsays = {fields}\n");
        let (_folder, path) = file("claims.toml", claims);
        let output = run(&["check", path.to_str().unwrap(), "--json"]);
        let audit: Value = serde_json::from_slice(&output.stdout).unwrap();
        let arithmetic = audit["claims"][0]["arithmetic"].as_array().unwrap().clone();
        let found = arithmetic.iter().map(|one| format!("{}: {}", one["result"], one["sentence"])).collect::<Vec<_>>();
        (output.status.code(), found.join("\n"))
    };
    for (fields, code, sentence) in [
        (
            "\"mean number of lesions\"\nvalue = \"lesions.mean\"\nprinted = \"3.47\"",
            1,
            "no 7 whole numbers have a mean of 3.47",
        ),
        ("\"mean number of lesions\"\nvalue = \"lesions.mean\"\nprinted = \"3.43\"", 0, "have a mean of 3.43"),
        ("\"mean number of lesions\"\nvalue = \"lesions\"\nprinted = \"3.43 ± 1.50\"", 1, "3.43"),
        (
            "\"mean age\"\nvalue = \"age.mean\"\nprinted = \"5.8 years\"",
            0,
            "finer than whole years: no 7 whole numbers",
        ),
        ("\"mean ESR\"\nvalue = \"esr.mean\"\nprinted = \"5.93\"", 0, ""),
        ("\"pain\"\nprinted = \"13/18 (72%; 95% CI 47-90%)\"", 0, "Clopper and Pearson"),
        ("\"pain\"\nprinted = \"13/18 (72%; 95% CI 30-95%)\"", 1, "no interval in use of 13 of 18 is"),
        ("\"pain\"\nprinted = \"13/18 (72%; 95% CI 75-95%)\"", 1, "lies outside of"),
        (
            "\"pain\"\nprinted = \"p = 0.0015\"\ntest = \"20/50 vs 36/48\"",
            1,
            "p of 20 of 50 and 36 of 48 is not 0.0015",
        ),
    ] {
        let (exit, found) = judged(fields);
        assert_eq!(exit, Some(code), "{fields}: {found}");
        assert!(found.contains(sentence) && found.is_empty() == sentence.is_empty(), "{fields}: {found}");
    }
}

#[test]
fn counts_of_parts_must_add_up_to_the_whole() {
    let count = |id: &str, printed: &str| format!("[[claim]]\nid = \"{id}\"\nsays = \"s\"\nprinted = \"{printed}\"\n");
    let claims = count("all", "78") + &count("a", "30") + &count("b", "24") + &count("c", "23");
    let sum = "[[sum]]\ntotal = \"all\"\nparts = [\"a\", \"b\", \"c\"]\n";
    let (_folder, path) = file("claims.toml", claims + sum);
    let output = run(&["check", path.to_str().unwrap()]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains("30 + 24 + 23 = 77"), "{text}");
}

#[test]
fn without_records_no_verdict_is_given() {
    let audit = audit(&[&crate::support::series("claims.toml")]);
    assert!(audit["tally"].is_null());
    let claims = audit["claims"].as_array().unwrap();
    assert!(claims.len() == 36 && claims.iter().all(|claim| claim.get("verdict").is_none()));
    assert_eq!(verdicts(&super::audit(&["--example"])).len(), 36);
}

/// The verdict on a claim of the same fields against these cases.
fn of_cases(cases: &str, fields: &str) -> String {
    let audit = audit_of(&format!("[[claim]]\nid = \"T\"\nsays = \"x\"\n{fields}\n"), cases);
    claim(&audit, "T")["verdict"].as_str().unwrap().to_owned()
}

#[test]
fn cases_beyond_those_known_by_name_are_never_guessed() {
    let girls: String = (1..=25).map(|number| format!("Q{number},{number},F\n")).collect();
    let cases = format!("case_id,age,sex\n{girls}Z1,3,M\n");
    let first: Vec<String> = (1..=20).map(|number| format!("\"case {number}\"")).collect();
    let named = |ids: &[String]| format!("count = \"sex = 'F'\"\ncases = [{}]", ids.join(", "));
    assert_eq!(of_cases(&cases, &named(&first)), "contradicts", "five are missing");
    assert_eq!(of_cases(&cases, "count = \"sex = 'M'\"\ncases = [\"case 26\"]"), "agrees");
}

#[test]
fn the_cases_of_a_denominator_may_be_unknown_too() {
    let cases = "case_id,treated,resp\nP1,yes,yes\nP2,yes,no\nP3,,yes\nP4,yes,\nP5,no,no\nP6,,\n";
    for (printed, verdict) in [
        ("1 of 3", "agrees"),
        ("1 of 2", "agrees"),
        ("1 of 1", "contradicts"),
        ("all", "contradicts"),
        ("100 %", "contradicts"),
        ("25 %", "undetermined"),
        ("3 of 4", "undetermined"),
    ] {
        let fields = format!("count = \"resp = 'yes'\"\nof = \"treated = 'yes'\"\nprinted = \"{printed}\"");
        assert_eq!(of_cases(cases, &fields), verdict, "{printed}");
    }
    assert_eq!(of_cases(cases, "count = \"resp = 'yes'\"\nprinted = \"3 of 5\""), "undetermined");
}

#[test]
fn statistics_and_comparisons_with_missing_values_are_undetermined() {
    let cases = "case_id,age,sex,crp\nP1,4,F,<5\nP2,6,M,<5\nP3,8,,12\nP4,,F,30\nP5,10,,\n";
    for (fields, verdict) in [
        ("compare = [\"cases | sex = 'M'\", '>', \"cases | sex = 'F'\"]", "undetermined"),
        ("compare = ['sex[M].n', '=', 'sex[F].n']", "undetermined"),
        ("value = \"cases | sex = 'M'\"\nprinted = '2'", "undetermined"),
        ("value = \"cases | sex = 'M'\"\nprinted = '4'", "contradicts"),
        ("value = \"age.mean | sex = 'M'\"\nprinted = '7'", "undetermined"),
        ("value = 'crp.mean'\nprinted = '12'", "undetermined"),
        ("value = 'crp.min'\nprinted = '3'", "undetermined"),
        ("value = 'crp.min'\nprinted = '<10'", "undetermined"),
        ("value = 'age.N'\nprinted = '>3'", "agrees"),
        ("value = 'age.sd'\nprinted = '<5'", "agrees"),
        ("value = 'age.N'\nprinted = '>4'", "contradicts"),
    ] {
        assert_eq!(of_cases(cases, fields), verdict, "{fields}");
    }
}

/// What is whole by nature: several ages in years, and neither a laboratory value nor the mean of one value.
#[test]
fn only_ages_in_years_are_held_against_whole_numbers() {
    let remarks = |header: &str, cells: &[&str], printed: &str| {
        let claims =
            format!("[[claim]]\nid = \"a\"\nsays = \"s\"\nprinted = \"{printed}\"\nvalue = \"{header}.mean\"\n");
        let audit = audit_of(
            &claims,
            &format!("{header},x\n{}", cells.iter().map(|cell| format!("{cell},y\n")).collect::<String>()),
        );
        let claim = claim(&audit, "a");
        assert_eq!(claim["verdict"], "agrees", "{claim}");
        claim["remarks"].to_string()
    };
    assert!(remarks("age", &["2.5", "3", "4"], "3.17").contains("no 3 whole numbers have a mean of 3.17"));
    for (header, cells, printed) in [
        ("ck", &["881.3"][..], "881.3"),
        ("ck", &["2.5", "3", "4"][..], "3.17"),
        ("crp", &["2.5", "3", "4"][..], "3.17"),
        ("weight", &["2.5", "3", "4"][..], "3.17"),
        ("age", &["2.5"][..], "2.5"),
    ] {
        let remarks = remarks(header, cells, printed);
        assert!(!remarks.contains("whole number"), "{header}: {remarks}");
    }
}

/// The ages are 2, 4, 6, 8 and 30 years: mean 10, median 6; one is not reported.
#[test]
fn a_number_in_another_unit_is_converted_and_said() {
    let said = "printed in months; the records, in years, were multiplied by 12";
    value("age.median", "6 years").agrees(&[]);
    value("age.median", "72 months").agrees(&[said]);
    value("age", "72 months (24–360 months)").agrees(&[said]);
    let in_days = "printed in days; the records, in years, were multiplied by 1461/4";
    value("age.min", "365 days").leaves_open(&[in_days, NO_AGE]);
    // The least age is 2 years, whatever the missing one is.
    value("age.min", "2190 days").contradicts(&[in_days, NO_AGE]);
    let of = |fields: &str| format!("[[claim]]\nid = \"a\"\nsays = \"s\"\n{fields}\n");
    for (fields, message) in [
        ("printed = \"6 cm\"\nvalue = \"age.median\"", "which is in years in the records"),
        ("printed = \"30 years\"\nvalue = \"ck.median\"", "which has no unit in the records"),
        ("printed = \"2 years\"\ncount = \"sex = 'F'\"", "counts cases, which have no unit 'years'"),
    ] {
        let (_folder, claims) = file("claims.toml", of(fields));
        let (_other, cases) = file("cases.csv", CASES);
        let output = run(&["check", claims.to_str().unwrap(), cases.to_str().unwrap()]);
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{fields}: {stderr}");
        assert!(stderr.contains(message), "{fields}: {stderr}");
    }
}

/// Without records, the claims of one fact are held against each other.
#[test]
fn a_fact_with_two_numbers_is_a_contradiction_without_records() {
    let check = |report: &str, one: &str, other: &str| {
        let claim = |id: &str, printed: &str| {
            format!("[[claim]]\nid = \"{id}\"\nsays = \"s\"\nfact = \"fever\"\nprinted = \"{printed}\"\n")
        };
        let (_folder, path) = file("claims.toml", format!("{report}{}{}", claim("a", one), claim("b", other)));
        let output = run(&["check", path.to_str().unwrap(), "--format", "text"]);
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    for (one, other) in
        [("5 of 50", "6 of 50"), ("5 of 50", "5 of 47"), ("5 of 50", "12 %"), ("5.9", "6.1"), ("10 %", "11.0 %")]
    {
        let (code, text) = check("", one, other);
        assert_eq!(code, Some(1), "{one}, {other}: {text}");
        assert!(text.contains("in a (line 1), for the same fact"), "{one}, {other}: {text}");
    }
    for (one, other) in
        [("5 of 50", "10 %"), ("5 of 50", "5"), ("5.9", "5.88"), ("five", "5 patients"), ("80 %", "80.4 %")]
    {
        let (code, text) = check("", one, other);
        assert_eq!(code, Some(0), "{one}, {other}: {text}");
    }
    let of_cases = "[report]\ncases = 50\n";
    assert_eq!(check(of_cases, "7 (14 %)", "14 %").0, Some(0));
    let (code, text) = check(of_cases, "7 (13.7 %)", "7 (13.7 %)");
    assert_eq!(code, Some(1), "{text}");
}
