//! Numbers for two groups, ratios of two numbers, whole tables.

use super::{audit, audit_of, claim, verdicts};
use crate::support::run;
use serde_json::Value;

/// Ten cases: lesions in 4 of 5 girls and 1 of 5 boys; the ages of the girls are 2 to 10, those of the boys 1 to 9.
const CASES: &str =
    "age,sex,lesion\n2,F,yes\n4,F,yes\n6,F,yes\n8,F,yes\n10,F,no\n1,M,yes\n3,M,no\n5,M,no\n7,M,no\n9,M,no\n";
const GROUPS: &str = "between = [\"sex = 'F'\", \"sex = 'M'\"]";

/// The verdict and the remarks of a claim with these fields.
fn judged(fields: &str, cases: &str) -> (String, String) {
    let audit = audit_of(&format!("[[claim]]\nid = \"a\"\nsays = \"s\"\n{fields}\n"), cases);
    let claim = claim(&audit, "a");
    let remarks: Vec<&str> =
        claim["remarks"].as_array().expect("remarks").iter().map(|remark| remark.as_str().expect("a text")).collect();
    (claim["verdict"].as_str().expect("a verdict").to_owned(), remarks.join("; "))
}

fn between(what: &str, statistic: &str, printed: &str) -> (String, String) {
    judged(&format!("{what}\n{GROUPS}\nprinted = \"{printed}\"\n{statistic}"), CASES)
}

/// R 4.2.2: fisher.test(matrix(c(4,1,1,4),2)) p = 0.2063, odds ratio 10.91; its interval by bisection 0.4547 to 979.0; chisq.test p = 0.05778
/// without correction, 0.2059 with it. Woolf: OR 16, exp(ln 16 ± 1.96 sqrt(2.5)): 0.7215 to 354.8. Katz: RR 4, 0.6566 to 24.37.
#[test]
fn numbers_for_two_shares_are_given_by_the_methods_that_are_named() {
    let lesion = "count = \"lesion = 'yes'\"";
    for (statistic, printed, by) in [
        ("", "p = 0.06", "given by Pearson's chi-squared test"),
        ("", "p = 0.206", "given by the same with Yates' correction and by Fisher's exact test"),
        ("method = \"fisher\"", "p = 0.21", "given by Fisher's exact test"),
        ("", "p > 0.2", "given by the same with Yates' correction and by Fisher's exact test"),
        ("statistic = \"odds ratio\"", "16.0", "given by the sample odds ratio with Woolf's interval"),
        ("statistic = \"odds ratio\"", "16.0 (0.72-354.8)", "given by the sample odds ratio with Woolf's interval"),
        ("statistic = \"odds ratio\"", "10.9 (95% CI 0.45 to 979)", "given by the conditional odds ratio"),
        ("statistic = \"risk ratio\"", "4.0 (95% CI, 0.66-24.4)", "given by the risk ratio with Katz' interval"),
        ("statistic = \"difference\"", "60 %", "given by the difference with Newcombe's interval"),
        // As a proportion.
        ("statistic = \"difference\"", "0.60", "given by the difference with Newcombe's interval"),
        ("statistic = \"difference\"", "0.60 (0.10 to 1.00)", "given by the same with Wald's interval"),
    ] {
        let (verdict, remarks) = between(lesion, statistic, printed);
        assert!(verdict == "agrees" && remarks.starts_with(by), "{statistic} {printed}: {verdict}, {remarks}");
    }
    let (verdict, remarks) = between(lesion, "method = \"fisher\"", "p = 0.03");
    assert_eq!((verdict.as_str(), remarks.as_str()), ("contradicts", "Fisher's exact test gives 0.206"));
    // An interval that no method gives is told with what each gives.
    let (verdict, remarks) = between(lesion, "statistic = \"odds ratio\"", "16.0 (0.72-35.4)");
    let own = "the sample odds ratio with Woolf's interval gives 16.0 (0.722 to 355)";
    assert!(verdict == "contradicts" && remarks.starts_with(own), "{verdict}: {remarks}");
    // Words have no mean: the remedy is the claim of their shares.
    let (verdict, remarks) = between("value = \"lesion\"", "", "p = 0.21");
    assert!(verdict == "undetermined" && remarks.contains(lesion), "{verdict}: {remarks}");
    // A case whose sex is not reported leaves it open.
    let more = format!("{CASES}5,,yes\n");
    let fields = format!("{lesion}\n{GROUPS}\nprinted = \"p = 0.03\"");
    assert_eq!(judged(&fields, &more).0, "undetermined");
}

/// R 4.2.2: t.test(c(2,4,6,8,10), c(1,3,5,7,9)) p = 0.6305, difference 1, -3.612 to 5.612; wilcox.test exact p = 0.6905.
#[test]
fn numbers_for_two_means_are_given_by_the_methods_that_are_named() {
    let age = "value = \"age\"";
    for (statistic, printed, by) in [
        ("", "p = 0.631", "given by Welch's t test and by Student's t test"),
        ("method = \"mann-whitney\"", "p = 0.69", "given by the exact Mann-Whitney test"),
        ("statistic = \"difference\"", "1.0 (95% CI -3.6 to 5.6)", "given by the difference of the means"),
    ] {
        let (verdict, remarks) = between(age, statistic, printed);
        assert!(verdict == "agrees" && remarks.starts_with(by), "{statistic} {printed}: {verdict}, {remarks}");
    }
    let (verdict, remarks) = between(age, "method = \"welch\"", "p < 0.05");
    assert_eq!((verdict.as_str(), remarks.as_str()), ("contradicts", "Welch's t test gives 0.631"));
}

/// R 4.2.2: t.test(c(2,4,6,8,10)): 2.07 to 9.93.
#[test]
fn ends_without_a_name_may_be_the_interval_of_the_mean() {
    for (printed, verdict) in [
        ("6.0 (2.1-9.9)", "agrees"),
        ("6.0 (2.1, 9.9)", "agrees"),
        ("6 (2-10)", "agrees"),
        ("6.0 (2.5-9.9)", "contradicts"),
    ] {
        let fields = format!("value = \"age | sex = 'F'\"\nprinted = \"{printed}\"");
        assert_eq!(judged(&fields, CASES).0, verdict, "{printed}");
    }
}

#[test]
fn a_ratio_of_two_numbers_is_rounded_on_its_longer_side() {
    let cases = "id,sex\n1,F\n2,F\n3,F\n4,F\n5,M\n6,M\n7,M\n";
    let ratio = |printed: &str, cases: &str| {
        let compare = "compare = [\"sex[F].n\", \":\", \"sex[M].n\"]";
        judged(&format!("{compare}\nprinted = \"{printed}\""), cases).0
    };
    for (printed, verdict) in
        [("1.3:1", "agrees"), ("4:3", "agrees"), ("1:0.75", "agrees"), ("1.33 : 1", "agrees"), ("1.5:1", "contradicts")]
    {
        assert_eq!(ratio(printed, cases), verdict, "{printed}");
    }
    assert_eq!(ratio("1.7:1", &format!("{cases}8,\n")), "undetermined");
}

/// A table as a paper prints it: every cell is judged, and the claim agrees where all do.
#[test]
fn every_cell_of_a_table_is_judged() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("a file");
        path.to_string_lossy().into_owned()
    };
    let cases = write("cases.csv", CASES);
    let claims = write("claims.toml", "[[claim]]\nid = \"T\"\nsays = \"table 2\"\ntable = \"table2.csv\"\n");
    let table = ",,sex = 'F',sex = 'M'\nage.mean,5.5,6.0,5.0\nDemographics,,,\nlesion[yes].n,5 (50 %),4 (80 %),1/5\n";
    write("table2.csv", table);
    let found = audit(&[&claims, &cases, "--no-id"]);
    let parts = claim(&found, "T")["parts"].as_array().expect("parts").clone();
    let verdict = |part: &Value| (part["name"].clone(), part["verdict"].clone());
    assert_eq!((parts.len(), verdicts(&found)["T"].as_str()), (6, "agrees"), "{parts:#?}");
    assert_eq!(verdict(&parts[1]), ("row 2, column 3 age.mean | sex = 'F'".into(), "agrees".into()));
    write("table2.csv", &table.replace("5.0\n", "5.2\n"));
    let found = audit(&[&claims, &cases, "--no-id"]);
    assert_eq!(verdicts(&found)["T"], "contradicts");
    write("table2.csv", "a,b\n");
    let output = run(&["check", &claims, &cases]);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code() == Some(2) && stderr.contains("table2.csv: it has no cell"), "{stderr}");
    std::fs::remove_file(folder.path().join("table2.csv")).expect("a file");
    assert_eq!(run(&["check", &claims, &cases]).status.code(), Some(2));
}

/// What was not understood is not known: it never contradicts a claim.
#[test]
fn cells_that_are_not_understood_leave_a_claim_open() {
    let cases = "id,age,lesion\n1,2,yes\n2,4,no\n3,x!,?\n";
    for fields in ["value = \"age.mean\"\nprinted = \"4.0\"", "count = \"age > 3\"\nprinted = \"2\""] {
        assert_eq!(judged(fields, cases).0, "undetermined", "{fields}");
    }
}

/// Newcombe by hand: Wilson of 4/5 is 0.3755 to 0.9638, of 1/5 0.0362 to 0.6245: 0.6 less sqrt(0.4245² + 0.4245²), and plus
/// sqrt(0.1638² + 0.1638²). Wald: 0.6 ± 1.96 sqrt(2 × 0.8 × 0.2 / 5).
#[test]
fn a_difference_has_the_intervals_in_use() {
    let lesion = "count = \"lesion = 'yes'\"";
    for printed in ["60 (0 to 83)", "60.0 (10.4 to 109.6)"] {
        let printed = printed.replace("109.6", "100");
        let (verdict, remarks) = between(lesion, "statistic = \"difference\"", &printed);
        assert_eq!(verdict, "agrees", "{printed}: {remarks}");
    }
    assert_eq!(between(lesion, "statistic = \"difference\"", "60 (5 to 83)").0, "contradicts");
}

#[test]
fn what_two_groups_cannot_answer_is_refused_or_left_open() {
    let lesion = "count = \"lesion = 'yes'\"";
    for (fields, said) in [
        (format!("{lesion}\nof = \"age < 5\"\n{GROUPS}\nprinted = \"p = 0.04\""), "has 'between' with 'of' or 'cases'"),
        (format!("{lesion}\n{GROUPS}\nprinted = \"4 of 5\""), "prints no number of two groups"),
        (
            format!("{lesion}\n{GROUPS}\nstatistic = \"odds ratio\"\nmethod = \"welch\"\nprinted = \"3.0\""),
            "has a 'method', which only a p has",
        ),
        (format!("{lesion}\nstatistic = \"odds ratio\"\nprinted = \"5\""), "without 'between'"),
    ] {
        let (_folder, claims) =
            crate::support::file("claims.toml", format!("[[claim]]\nid = \"a\"\nsays = \"s\"\n{fields}\n"));
        let (_cases, cases) = crate::support::file("cases.csv", CASES);
        let output = run(&["check", &claims.to_string_lossy(), &cases.to_string_lossy()]);
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(2) && stderr.contains(said), "{fields}: {stderr}");
    }
    let overlapping = "between = [\"age > 2\", \"age > 4\"]";
    let (verdict, remarks) = judged(&format!("{lesion}\n{overlapping}\nprinted = \"p = 1\""), CASES);
    assert!(verdict == "undetermined" && remarks.contains("some cases are in both groups"), "{verdict}: {remarks}");
}
