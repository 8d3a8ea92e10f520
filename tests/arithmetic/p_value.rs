//! Printed p-values compared with SciPy.

use super::{figure, oracle};
use calc_series::check::arithmetic::Comparator;
use calc_series::check::arithmetic::Consistency::{Consistent, Inconsistent};
use calc_series::check::arithmetic::Printed;
use calc_series::check::arithmetic::p_value::{PJudgement, PrintedTest, TestDistribution};

fn test(distribution: TestDistribution, statistic: &str, p: &str) -> PrintedTest {
    let (comparator, p) = match Printed::parse(p) {
        Ok(Printed::Number(p)) => (None, p),
        Ok(Printed::Censored { comparator, figure }) => (Some(comparator), figure),
        other => panic!("{p}: {other:?}"),
    };
    PrintedTest { distribution, statistic: figure(statistic), comparator, p, is_one_tailed: false }
}

fn judge(distribution: TestDistribution, statistic: &str, p: &str) -> PJudgement {
    test(distribution, statistic, p).judge()
}

#[test]
fn ranges_match_scipy() {
    for row in oracle(include_str!("../oracle/arithmetic_p_value.csv"), 18) {
        let number = |at: usize| row[at].parse::<f64>().unwrap_or(f64::NAN);
        let distribution = match row[0] {
            "t" => TestDistribution::T(number(2)),
            "F" => TestDistribution::F(number(2), number(3)),
            "chi2" => TestDistribution::ChiSquared(number(2) as u64),
            "z" => TestDistribution::Z,
            _ => TestDistribution::R(number(2)),
        };
        let found = test(distribution, row[1], "0.5").range().expect("a possible statistic");
        for (found, expected) in [(found.0, number(4)), (found.1, number(5))] {
            assert!((found - expected).abs() <= 1e-11 * expected, "{row:?}: {found:e}");
        }
    }
}

/// t(28) = 2.20 gives p from 0.03584 to 0.03662.
#[test]
fn a_printed_p_is_judged() {
    let t = TestDistribution::T(28.0);
    for (p, expected) in [
        (".04", Consistent),
        (".036", Consistent),
        (".03", Inconsistent),
        ("<0.05", Consistent),
        ("< .035", Inconsistent),
    ] {
        assert_eq!(judge(t, "2.20", p).judgement.consistency, expected, "{p}");
    }
    assert_eq!(
        judge(t, "2.20", ".03").judgement.sentence,
        "the statistic 2.20 gives p from 0.036 to 0.037, not p = 0.03"
    );
    let half = PrintedTest { is_one_tailed: true, ..test(t, "2.20", ".02") }.judge();
    assert_eq!(half.judgement.consistency, Consistent);
    assert_eq!(
        PrintedTest { comparator: Some(Comparator::Above), ..test(t, "2.20", ".03") }.judge().judgement.consistency,
        Consistent
    );
}

#[test]
fn a_p_on_the_other_side_of_the_level_is_a_decision_error() {
    let t = TestDistribution::T(28.0);
    let errs = |p| judge(t, "2.20", p).is_decision_error;
    assert_eq!([".06", ">0.05", ".03", ".04"].map(errs), [true, true, false, false]);
    let wrong = judge(t, "1.20", "<0.05");
    assert!(wrong.is_decision_error && wrong.judgement.sentence.ends_with("on the other side of 0.05"));
}

#[test]
fn impossible_figures_are_named() {
    let said = |distribution, statistic, p| judge(distribution, statistic, p).judgement;
    let zero = said(TestDistribution::Z, "9.9", "0.000");
    assert_eq!(
        (zero.consistency, zero.sentence.as_str()),
        (Inconsistent, "p = 0.000 is impossible: p is never 0, write p < 0.001")
    );
    assert!(said(TestDistribution::Z, "1.9", "1.2").sentence.contains("between 0 and 1"));
    assert!(said(TestDistribution::R(10.0), "1.2", "0.01").sentence.contains("is impossible"));
    assert!(said(TestDistribution::F(2.0, 5.0), "-3.1", "0.01").sentence.contains("is impossible"));
    assert!(said(TestDistribution::T(0.0), "3.1", "0.01").sentence.contains("is impossible"));
    assert_eq!(said(TestDistribution::F(1.0, 9.0), "0.0", "1.00").consistency, Consistent);
}
