//! Intervals and tests of means.

use super::{assert_close, number, oracle, ratio, thousandths};
use calc_series::decimal::round_real;
use calc_series::stats::hypothesis::{DegreesOfFreedom, NoTest, TestResult};
use calc_series::stats::means::{Sample, difference_of_means, mean_interval, one_way_anova, student_t, welch_t};
use calc_series::stats::moments::Moments;
use proptest::prelude::*;

/// The sample of these values.
pub fn sample(values: &str) -> Sample {
    Sample::of(&Moments::of(thousandths(values), 1000)).unwrap()
}

fn statistic(result: &TestResult) -> f64 {
    result.statistic.unwrap().value
}

fn one_df(result: &TestResult) -> f64 {
    match result.df {
        DegreesOfFreedom::One(df) => df,
        other => panic!("{other:?}"),
    }
}

/// t intervals of the ages of the report: R 4.2.2.
#[test]
fn intervals_of_the_ages_of_the_report() {
    for (values, low, high) in
        [("6 5 10 6 2.5", "2.545208615", "9.254791385"), ("5 10 6 2.5", "0.911718463", "10.838281537")]
    {
        let found = mean_interval(&sample(values), 0.95).unwrap();
        assert_eq!(round_real(found.low, 9).unwrap(), low);
        assert_eq!(round_real(found.high, 9).unwrap(), high);
    }
    assert_eq!(mean_interval(&sample("5"), 0.95), None);
    assert_eq!(mean_interval(&sample("5 6"), 1.0), None);
    let same = mean_interval(&sample("5 5"), 0.95).unwrap();
    assert_eq!((same.low, same.high), (5.0, 5.0));
}

#[test]
fn two_samples_match_scipy_and_statsmodels() {
    for row in oracle(include_str!("../oracle/means.csv"), 55) {
        let (a, b) = (sample(row[0]), sample(row[1]));
        let (welch, student, anova) =
            (welch_t(&a, &b).unwrap(), student_t(&a, &b).unwrap(), one_way_anova(&[&a, &b]).unwrap());
        let interval = difference_of_means(&a, &b, 0.95).unwrap();
        let found = [
            statistic(&welch),
            one_df(&welch),
            welch.p,
            statistic(&student),
            student.p,
            statistic(&anova),
            anova.p,
            interval.low,
            interval.high,
        ];
        // SciPy subtracts doubles: values above a thousand that differ by tenths cost it digits.
        let tolerance = if row[1].starts_with("1000.1") { 1e-6 } else { 1e-10 };
        for (at, found) in found.into_iter().enumerate() {
            assert_close(found, number(row[2 + at]), tolerance, &format!("column {at} of {row:?}"));
        }
    }
}

#[test]
fn three_samples_match_scipy() {
    for row in oracle(include_str!("../oracle/anova.csv"), 21) {
        let groups = [sample(row[0]), sample(row[1]), sample(row[2])];
        let found = one_way_anova(&groups.each_ref()).unwrap();
        assert_close(statistic(&found), number(row[3]), 1e-10, row[0]);
        assert_close(found.p, number(row[4]), 1e-10, row[0]);
    }
}

#[test]
fn a_missing_result_has_a_reason() {
    let (one, two, same) = (sample("4"), sample("1 2"), sample("3 3"));
    assert_eq!(Sample::of(&Moments::default()), None);
    assert_eq!((welch_t(&one, &two), welch_t(&same, &same)), (Err(NoTest::OneValue), Err(NoTest::NoVariance)));
    assert_eq!((student_t(&one, &one), student_t(&same, &one)), (Err(NoTest::OneValue), Err(NoTest::NoVariance)));
    assert_eq!(one_way_anova(&[&two]), Err(NoTest::OneGroup));
    assert_eq!(one_way_anova(&[&one, &one]), Err(NoTest::OneValue));
    assert_eq!(one_way_anova(&[&same, &one]), Err(NoTest::NoVariance));
    assert_eq!(difference_of_means(&one, &two, 0.95), Err(NoTest::OneValue));
    // Student's test pools: one value is enough beside two.
    assert!(student_t(&one, &two).is_ok());
    // A tail that no double holds is still above 0.
    let far = Sample { n: 10_000_000, mean: ratio(1, 1), variance: Some(ratio(1, 1)) };
    let farther = Sample { mean: ratio(2, 1), ..far.clone() };
    assert_eq!(welch_t(&far, &farther).unwrap().p, f64::MIN_POSITIVE);
}

/// A published table is enough: n, mean and variance.
#[test]
fn ten_million_values_by_group() {
    let first = Sample { n: 5_000_000, mean: ratio(500_000, 10_000), variance: Some(ratio(4, 1)) };
    let second = Sample { n: 5_000_000, mean: ratio(500_020, 10_000), variance: Some(ratio(4, 1)) };
    let found = welch_t(&first, &second).unwrap();
    assert_close(statistic(&found), -(2.5_f64.sqrt()), 1e-15, "t");
    assert_close(found.p, 0.113846298006, 1e-6, "two-sided normal p of sqrt(2.5), from which t hardly differs");
}

fn values() -> impl Strategy<Value = Sample> {
    let points = prop::collection::vec((-999_i128..999, 1_u64..5), 2..6);
    points.prop_filter_map("no variance", |points| {
        Sample::of(&Moments::of(points.iter().copied(), 10))
            .filter(|sample| sample.variance.as_ref() > Some(&ratio(0, 1)))
    })
}

proptest! {
    #![proptest_config(super::laws())]

    #[test]
    fn swapping_groups_keeps_p_and_turns_t(a in values(), b in values()) {
        for test in [welch_t, student_t] {
            let (found, swapped) = (test(&a, &b).unwrap(), test(&b, &a).unwrap());
            prop_assert_eq!(found.p, swapped.p);
            prop_assert_eq!(statistic(&found), -statistic(&swapped));
            prop_assert!(found.p > 0.0 && found.p <= 1.0);
        }
    }

    #[test]
    fn anova_of_two_groups_is_student(a in values(), b in values()) {
        let (f, t) = (one_way_anova(&[&a, &b]).unwrap(), student_t(&a, &b).unwrap());
        prop_assert!((statistic(&f) - statistic(&t).powi(2)).abs() <= 1e-12 * statistic(&f));
        prop_assert!((f.p - t.p).abs() <= 1e-12 * f.p.max(1e-300));
    }

    #[test]
    fn an_interval_contains_the_difference_and_0_when_p_is_large(a in values(), b in values()) {
        let interval = difference_of_means(&a, &b, 0.95).unwrap();
        prop_assert!(interval.low <= interval.estimate && interval.estimate <= interval.high);
        let p = welch_t(&a, &b).unwrap().p;
        prop_assert!((p - 0.05).abs() < 1e-9 || (p > 0.05) == (interval.low < 0.0 && 0.0 < interval.high));
    }
}
