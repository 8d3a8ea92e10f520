//! What is printed beside a number: intervals by their method, standard errors, shares in many forms.

use super::{audit_of, claim};

/// Twenty-four cases: 14 women, fever in 8, a weight of 20 to 54.5 kg in steps of 1.5.
fn cases() -> String {
    let row = |n: usize| {
        let (sex, fever) = (if n < 14 { "F" } else { "M" }, if n.is_multiple_of(3) { "yes" } else { "no" });
        format!("P{n},{},{sex},{fever},{}\n", [2, 5, 7, 9, 13, 10, 8, 6][n % 8], 20.0 + 1.5 * n as f64)
    };
    format!("case_id,age,sex,fever,weight\n{}", (0..24).map(row).collect::<String>())
}

/// The verdict, the remarks and the impossibilities of a claim with these fields.
fn judged(fields: &str, cases: &str) -> (String, String, String) {
    let audit = audit_of(&format!("[[claim]]\nid = \"a\"\nsays = \"s\"\n{fields}\n"), cases);
    let claim = claim(&audit, "a");
    let texts = |key: &str, of: fn(&serde_json::Value) -> &serde_json::Value| {
        let all = claim[key].as_array().map(Vec::as_slice).unwrap_or_default();
        all.iter().map(|one| of(one).as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>().join("; ")
    };
    let verdict = claim["verdict"].as_str().expect("a verdict").to_owned();
    (verdict, texts("remarks", |one| one), texts("arithmetic", |one| &one["sentence"]))
}

fn value(selector: &str, printed: &str) -> String {
    format!("value = \"{selector}\"\nprinted = \"{printed}\"")
}

fn count(condition: &str, printed: &str) -> String {
    format!("count = \"{condition}\"\nprinted = \"{printed}\"")
}

#[track_caller]
fn assert_verdicts(all: &[(String, &str)]) {
    for (fields, verdict) in all {
        let judged = judged(fields, &cases());
        assert_eq!(judged.0, *verdict, "{fields}: {judged:?}");
    }
}

/// R 4.2.2: t.test(20 + 1.5 * 0:23)$conf.int is 32.77 to 41.73; sd / sqrt(24) is 2.17.
#[test]
fn ends_are_what_the_text_calls_them() {
    assert_verdicts(&[
        (value("weight.mean", "37.25 (95% CI 32.77–41.73)"), "agrees"),
        (value("weight.mean", "37.25 (95% CI 20.0–54.5)"), "contradicts"),
        (value("weight.mean", "37.25 (range 20.0–54.5)"), "agrees"),
        (value("weight.mean", "37.25 (range 32.77–41.73)"), "contradicts"),
        (value("weight.mean", "37.25 (90% CI 32.77–41.73)"), "undetermined"),
        (value("weight.median", "37.25 (95% CI 28.63–45.88)"), "contradicts"),
        (value("weight.median", "37.25 (IQR 28.63–45.88)"), "agrees"),
        (value("weight.median", "37.25 (28.63–45.88)"), "agrees"),
        (value("weight.median", "37.25 (IQR 28.63–45.88, range 20.0–54.5)"), "agrees"),
        (value("weight.median", "37.25 (IQR 28.63–45.88, range 20.0–55.5)"), "contradicts"),
        (value("weight.mean", "37.25 (SEM 2.17)"), "agrees"),
        (value("weight.mean", "37.25 (SEM 10.61)"), "contradicts"),
        (value("weight.mean", "37.25 (±10.61)"), "agrees"),
        (value("age.range", "2–13"), "agrees"),
        (value("age.range", "2–14"), "contradicts"),
    ]);
}

#[test]
fn the_interval_of_a_share_is_given_by_a_method_in_use() {
    let woman = "sex = 'F'";
    assert_verdicts(&[
        (count(woman, "14/24 (58%; 39–76%)"), "agrees"),
        (count(woman, "14/24 (58%; 95% CI 39–76)"), "agrees"),
        (count(woman, "58% (95% CI 39–76)"), "agrees"),
        (count(woman, "58% (95% CI 1–99)"), "contradicts"),
        (count(woman, "14/24 (58%; 1–99%)"), "contradicts"),
        (value("sex[F].p", "14/24 (58%; 37–78%)"), "agrees"),
        (value("sex[F].p", "37–78%"), "agrees"),
        (value("sex[F].p", "37–79%"), "contradicts"),
        (value("sex[F].p", "58 (39–76)"), "agrees"),
        (value("sex[F].p", "58 (39–77)"), "contradicts"),
    ]);
    let (_, remarks, _) = judged(&count(woman, "14/24 (58%; 37–78%)"), &cases());
    assert_eq!(remarks, "the interval is given by the interval of Clopper and Pearson");
    let (verdict, _, impossible) = judged(&count(woman, "14/24 (58%; 60–99%)"), &cases());
    assert_eq!(verdict, "contradicts");
    assert!(impossible.contains("58.3 % lies outside of 60 to 99"), "{impossible}");
}

#[test]
fn shares_are_read_as_authors_print_them() {
    let woman = "sex = 'F'";
    assert_verdicts(&[
        (count(woman, "58.3% (n=14)"), "agrees"),
        (count(woman, "(14/24)"), "agrees"),
        (count(woman, "14 (of 24)"), "agrees"),
        (count(woman, "14 (58.3)"), "agrees"),
        (count(woman, "14 (57.3)"), "contradicts"),
        (value("sex[F].n", "14 (58.3)"), "agrees"),
        (count(woman, "7/12"), "agrees"),
        (count(woman, "7/13"), "contradicts"),
        (count("fever = 'no'", "two of three"), "agrees"),
        (count("fever = 'no'", "⅔"), "agrees"),
        (count("fever = 'no'", "four of six"), "contradicts"),
        (count("age > 2", "all but three"), "agrees"),
        (count("age > 2", "all but one"), "contradicts"),
        (count("age > 100", "no patient"), "agrees"),
    ]);
    let (_, remarks, _) = judged(&count(woman, "7/12"), &cases());
    assert_eq!(remarks, "the share of 14 of 24 in lowest terms");
}

/// Six of 18 that report it have fever; 6 do not report it.
#[test]
fn a_share_of_those_that_report_it_has_their_number() {
    let row = |n: usize| format!("P{n},{}\n", ["yes", "no", "no", ""][n % 4]);
    let cases = format!("case_id,fever\n{}", (0..24).map(row).collect::<String>());
    for (printed, verdict) in [("6/18", "agrees"), ("12/18", "contradicts"), ("8/24", "undetermined")] {
        let (found, remarks, _) = judged(&count("fever = 'yes'", printed), &cases);
        assert_eq!(found, verdict, "{printed}: {remarks}");
        assert_eq!(remarks.contains("true of the 18 cases"), printed == "6/18", "{printed}: {remarks}");
    }
}

/// Ratios in whole numbers have the precision of a twentieth.
#[test]
fn a_ratio_in_whole_numbers_fits_its_counts() {
    for (printed, verdict) in [
        ("1:1", "contradicts"),
        ("3:2", "contradicts"),
        ("7:5", "agrees"),
        ("14:10", "agrees"),
        ("1.4:1", "agrees"),
        ("1.4 to 1", "agrees"),
        ("1:0.7", "agrees"),
    ] {
        let fields = format!("compare = [\"sex[F].n\", \":\", \"sex[M].n\"]\nprinted = \"{printed}\"");
        assert_eq!(judged(&fields, &cases()).0, verdict, "{printed}");
    }
}

/// The percentages of a table are of the cases that report it, and the program's own table prints them.
#[test]
fn a_percentage_of_those_that_report_it_agrees() {
    let row = |n: usize| format!("P{n},{}\n", ["yes", "no", "no", ""][n % 4]);
    let cases = format!("case_id,fever\n{}", (0..24).map(row).collect::<String>());
    for printed in ["6/18 (33%)", "6 (33%)", "33%"] {
        let (verdict, remarks, _) = judged(&count("fever = 'yes'", printed), &cases);
        assert_eq!(verdict, "agrees", "{printed}: {remarks}");
        assert!(remarks.contains("of the 18 cases that report it"), "{printed}: {remarks}");
    }
    assert_eq!(judged(&count("fever = 'yes'", "6 (30%)"), &cases).0, "undetermined");
}

/// Cells that were not understood leave open what they could make true.
#[test]
fn doubtful_cells_leave_a_claim_open() {
    let cases = cases()
        .replace("P0,2,F,yes,", "P0,2,F?,maybe,")
        .lines()
        .enumerate()
        .map(|(n, line)| {
            let response = match n {
                0 => "best_response",
                3 => "bettr",
                _ => ["complete", "partial", "none"][n % 3],
            };
            format!("{line},{response}\n")
        })
        .collect::<String>();
    for (fields, verdict) in [
        (count("sex = 'F'", "14"), "undetermined"),
        (count("sex = 'F'", "13"), "agrees"),
        (count("sex = 'F'", "15"), "contradicts"),
        (value("sex[female].p", "58%"), "undetermined"),
        (value("fever[yes].n", "8"), "undetermined"),
        (count("fever = 'yes'", "9"), "contradicts"),
        (count("fever <> 'yes'", "16"), "agrees"),
        (count("fever <> 'yes'", "17"), "undetermined"),
        (count("best_response = 'complete'", "8"), "undetermined"),
        (count("age > 4", "18"), "contradicts"),
    ] {
        let judged = judged(&fields, &cases);
        assert_eq!(judged.0, verdict, "{fields}: {judged:?}");
    }
}

/// A third answer of doubt is no answer, in any language: a claim on the others is open by as many.
#[test]
fn a_leaning_answer_leaves_a_claim_open() {
    for words in
        [["yes", "no", "possible"], ["yes", "no", "unclear"], ["ja", "nein", "vermutlich"], ["sí", "no", "dudoso"]]
    {
        let cases: String = (0..12).map(|n| format!("P{n},{}\n", words[n % 3])).collect();
        let cases = format!("case_id,fever\n{cases}");
        let claim = |n: u64| judged(&count(&format!("fever = '{}'", words[0]), &n.to_string()), &cases).0;
        assert_eq!(
            (claim(4), claim(6), claim(9)),
            ("agrees".into(), "undetermined".into(), "contradicts".into()),
            "{words:?}"
        );
    }
}

/// Two units of one fact, without records.
#[test]
fn one_fact_in_two_units_is_one_number() {
    let claims = |months: &str| {
        let claim = |id: &str, printed: &str| {
            format!(
                "[[claim]]\nid = \"{id}\"\nsays = \"s\"\nfact = \"age\"\nvalue = \"age.mean\"\nprinted = \"{printed}\"\n"
            )
        };
        let (_folder, path) = crate::support::file("claims.toml", claim("a", "7.4 years") + &claim("b", months));
        crate::support::run(&["check", path.to_str().expect("a path")]).status.code()
    };
    assert_eq!((claims("88.5 months"), claims("7.40 years"), claims("98.5 months")), (Some(0), Some(0), Some(1)));
}
