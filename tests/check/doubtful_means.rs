//! Means of which a value is missing, in the unit of the records and in another; ratios and their mirrors.

use super::{audit_of, claim};

/// The verdict on one claim, and its remarks.
fn judged(cases: &str, printed: &str, value: &str) -> (String, String) {
    let claims = format!("[[claim]]\nid = \"a\"\nsays = \"s\"\nprinted = \"{printed}\"\nvalue = \"{value}\"\n");
    let audit = audit_of(&claims, cases);
    let claim = claim(&audit, "a");
    (claim["verdict"].as_str().unwrap().to_owned(), claim["remarks"].to_string())
}

/// What cannot be below 0, and what is beyond all that was seen, is contradicted.
#[test]
fn a_mean_that_needs_impossible_values_is_contradicted() {
    let cases = "crp (mg/L),fu (months),base_excess (mmol/L),age (years)\n10,12,2,5\n20,24,1,6\n30,,3,7\n,36,,\n";
    for (printed, value, verdict) in [
        ("4", "crp.mean", "contradicts"),
        ("5000", "crp.mean", "contradicts"),
        ("30", "crp.mean", "undetermined"),
        ("2 months", "fu.mean", "contradicts"),
        ("30 months", "fu.mean", "undetermined"),
        ("-1", "base_excess.mean", "undetermined"),
        ("2", "age.mean", "contradicts"),
        ("24 months", "age.mean", "contradicts"),
        ("84 months", "age.mean", "undetermined"),
        ("0.4 mg/dL", "crp.mean", "contradicts"),
        ("72 months", "age.mean", "agrees"),
        ("8 ± 40", "age", "contradicts"),
        ("7 ± 2.2", "age", "undetermined"),
        ("7.0 ± 0.1", "age", "contradicts"),
    ] {
        let (found, remarks) = judged(cases, printed, value);
        assert_eq!(found, verdict, "{printed} for {value}: {remarks}");
    }
}

#[test]
fn a_mean_with_its_range_is_one_of_the_readings() {
    let cases = "fu (months)\n7\n8\n9\n36\n";
    assert_eq!(judged(cases, "15 (range 7-36)", "fu").0, "agrees");
    assert_eq!(judged(cases, "8.5 (7-36)", "fu").0, "agrees");
    assert_eq!(judged(cases, "12 (range 7-36)", "fu").0, "contradicts");
}

/// 19 to 5 is 3.8 to 1.
#[test]
fn a_ratio_and_its_mirror_have_one_verdict() {
    let cases = format!("sex\n{}{}", "F\n".repeat(19), "M\n".repeat(5));
    for (printed, one, other) in [("4:1", "F", "M"), ("1:4", "M", "F"), ("3.8:1", "F", "M"), ("1:3.8", "M", "F")] {
        let claims = format!(
            "[[claim]]\nid = \"a\"\nsays = \"s\"\nprinted = \"{printed}\"\ncompare = [\"sex[{one}].n\", \":\", \"sex[{other}].n\"]\n"
        );
        let audit = audit_of(&claims, &cases);
        assert_eq!(claim(&audit, "a")["verdict"], "agrees", "{printed}");
    }
}
