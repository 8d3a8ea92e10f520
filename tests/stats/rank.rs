//! Rank tests.

use super::{assert_close, number, oracle, thousandths};
use calc_series::decimal::round_real;
use calc_series::stats::hypothesis::{DegreesOfFreedom, NoTest, TestMethod, TestResult};
use calc_series::stats::rank::{
    Ranks, kruskal_wallis, kruskal_wallis_chi_squared, kruskal_wallis_exact, mann_whitney, mann_whitney_exact,
    mann_whitney_normal,
};
use proptest::prelude::*;
use std::time::{Duration, Instant};

/// The ranks of groups written as `1 2/3 4`.
fn ranks(groups: &str) -> Ranks {
    let groups: Vec<_> = groups.split('/').map(thousandths).collect();
    Ranks::of(groups).unwrap()
}

fn statistic(result: &TestResult) -> f64 {
    result.statistic.unwrap().value
}

#[test]
fn mann_whitney_matches_scipy_and_all_choices_listed() {
    for row in oracle(include_str!("../oracle/mann_whitney.csv"), 15) {
        let ranks = ranks(&format!("{}/{}", row[0], row[1]));
        let exact = mann_whitney_exact(&ranks).unwrap();
        assert_eq!(statistic(&exact), number::<f64>(row[2]), "{row:?}");
        assert_eq!(exact.p, number::<f64>(row[3]) / number::<f64>(row[4]), "{row:?}");
        assert_close(mann_whitney_normal(&ranks, true).unwrap().p, number(row[5]), 1e-9, &format!("{row:?}"));
        assert_close(mann_whitney_normal(&ranks, false).unwrap().p, number(row[6]), 1e-9, &format!("{row:?}"));
    }
}

/// Computed with R 4.2.2 and its exactRankTests.
#[test]
fn mann_whitney_matches_r() {
    for (groups, w, digits, p) in [
        ("2.5 5 10/6.5 8 12 14", 2.0, 10, "0.2285714286"),
        ("1 2 2 3 5/2 4 5 5 6 7", 5.0, 11, "0.08874458874"),
        ("10 6/6 5", 3.5, 7, "0.6666667"),
        ("1 2 3 4/5 6 7 8 9", 0.0, 6, "0.015873"),
    ] {
        let found = mann_whitney(&ranks(groups)).unwrap();
        assert_eq!((statistic(&found), round_real(found.p, digits).unwrap().as_str()), (w, p), "{groups}");
        assert_eq!(found.method.to_string(), "Mann-Whitney test, exact permutation of midranks");
    }
    let ties = ranks("1 2 2 3 5/2 4 5 5 6 7");
    assert!(ties.has_ties() && !ranks("1 2/3").has_ties());
    assert_eq!(ties.sizes(), [5, 6]);
    let normal = |continuity| round_real(mann_whitney_normal(&ties, continuity).unwrap().p, 11).unwrap();
    assert_eq!((normal(true).as_str(), normal(false).as_str()), ("0.07724878165", "0.06290380351"));
    assert_eq!(round_real(mann_whitney_normal(&ranks("10 6/6 5"), true).unwrap().p, 7).unwrap(), "0.4142162");
}

#[test]
fn kruskal_wallis_matches_scipy_and_all_arrangements_listed() {
    for row in oracle(include_str!("../oracle/kruskal_wallis.csv"), 9) {
        let ranks = ranks(row[0]);
        let (approximate, exact) = (kruskal_wallis_chi_squared(&ranks).unwrap(), kruskal_wallis_exact(&ranks).unwrap());
        assert_close(statistic(&approximate), number(row[1]), 1e-12, row[0]);
        assert_close(approximate.p, number(row[2]), 1e-11, row[0]);
        assert_eq!(exact.p, number::<f64>(row[3]) / number::<f64>(row[4]), "{row:?}");
        assert_eq!(statistic(&exact), statistic(&approximate));
    }
}

/// Computed with R 4.2.2.
#[test]
fn kruskal_wallis_matches_r() {
    let ranks = ranks("2.5 5 6/6 7 9/10 11 13");
    let approximate = kruskal_wallis_chi_squared(&ranks).unwrap();
    assert_eq!(round_real(statistic(&approximate), 10).unwrap(), "6.8795518207");
    assert_eq!(round_real(approximate.p, 10).unwrap(), "0.0320718715");
    assert_eq!(approximate.df, DegreesOfFreedom::One(2.0));
    let exact = kruskal_wallis(&ranks).unwrap();
    assert_eq!((exact.p, exact.method.name()), (12.0 / 1680.0, "Kruskal-Wallis test, exact permutation of midranks"));
}

#[test]
fn a_missing_result_has_a_reason() {
    let (one, two): (&[_], &[_]) = (&[(1, 3)], &[(2, 1)]);
    let of = |groups: &[&[(i128, u64)]]| Ranks::of(groups.iter().map(|group| group.iter().copied()));
    assert_eq!(of(&[one]), Err(NoTest::OneGroup));
    assert_eq!(of(&[one, &[], &[(5, 0)]]), Err(NoTest::OneGroup));
    assert_eq!(of(&[one, one]), Err(NoTest::OneLevel));
    assert_eq!(of(&[one, &[(0, u64::MAX)]]), Err(NoTest::TooLarge));
    assert_eq!(of(&[&[(0, u64::MAX), (0, u64::MAX)], one]), Err(NoTest::TooLarge));
    assert_eq!(mann_whitney(&of(&[one, two, two]).unwrap()), Err(NoTest::Shape));
    assert_eq!(of(&[one, &[], two]), of(&[one, two]));
}

/// Counted values are never expanded: ten million rows cost what their distinct values cost.
#[test]
fn ten_million_rows_are_counted_values() {
    let group = |shift: i128| (0..1000).map(|value| (value + shift, 10_000)).collect::<Vec<_>>();
    let (a, b, c) = (group(0), group(0), group(1));
    let start = Instant::now();
    let same = mann_whitney(&Ranks::of([a.clone(), b.clone()]).unwrap()).unwrap();
    assert_eq!(
        (same.p, same.method.name()),
        (1.0, "Mann-Whitney test, normal approximation, tie and continuity corrected")
    );
    let shifted = kruskal_wallis(&Ranks::of([a, b, c]).unwrap()).unwrap();
    assert!(shifted.method == TestMethod::KruskalWallis && shifted.p < 1e-10 && shifted.p > 0.0, "{shifted:?}");
    assert!(start.elapsed() < Duration::from_secs(5));
}

/// An exact test adds up at least the square of the number of distinct values, so that more than
/// 10,000 of them are not kept: the test by the normal distribution is as it was.
#[test]
fn distinct_values_beyond_an_exact_test_are_not_kept() {
    let of = |distinct: i128| Ranks::of([vec![(0, 1)], (1..distinct).map(|value| (value, 1)).collect()]).unwrap();
    let (most, more) = (of(10_000), of(10_001));
    let exact = mann_whitney(&most).unwrap();
    assert_eq!((exact.p, exact.method), (2.0 / 10_000.0, TestMethod::MannWhitneyExact));
    assert_eq!(mann_whitney_exact(&more), Err(NoTest::TooLarge));
    assert_eq!(kruskal_wallis_exact(&more), Err(NoTest::TooLarge));
    assert!(!more.has_ties());
    let [most, more] = [most, more].map(|ranks| mann_whitney_normal(&ranks, true).unwrap().p);
    assert_close(most, more, 1e-3, "one value more");
}

fn groups(number: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Vec<(i128, u64)>>> {
    let points = prop::collection::vec((-4_i128..4, 1_u64..3), 1..4).prop_map(|mut points| {
        points.sort_unstable();
        points
    });
    prop::collection::vec(points, number)
}

fn of(groups: &[Vec<(i128, u64)>]) -> Result<Ranks, NoTest> {
    Ranks::of(groups.iter().cloned())
}

proptest! {
    #![proptest_config(super::laws())]

    #[test]
    fn swapping_groups_keeps_p(groups in groups(2..3)) {
        let swapped = [groups[1].clone(), groups[0].clone()];
        if let (Ok(ranks), Ok(swapped)) = (of(&groups), of(&swapped)) {
            let (found, turned) = (mann_whitney_exact(&ranks).unwrap(), mann_whitney_exact(&swapped).unwrap());
            prop_assert_eq!(found.p, turned.p);
            let [n1, n2] = ranks.sizes() else { panic!("two groups") };
            prop_assert_eq!(statistic(&found) + statistic(&turned), (n1 * n2) as f64);
            for continuity in [true, false] {
                let (found, turned) = (mann_whitney_normal(&ranks, continuity), mann_whitney_normal(&swapped, continuity));
                prop_assert_eq!(found.unwrap().p, turned.unwrap().p);
            }
        }
    }

    #[test]
    fn both_rank_tests_agree_for_two_groups(groups in groups(2..3)) {
        if let Ok(ranks) = of(&groups) {
            let (exact, other) = (mann_whitney_exact(&ranks).unwrap(), kruskal_wallis_exact(&ranks).unwrap());
            prop_assert!((exact.p - other.p).abs() < 1e-12);
            let (normal, other) = (mann_whitney_normal(&ranks, false).unwrap(), kruskal_wallis_chi_squared(&ranks).unwrap());
            prop_assert!((normal.p - other.p).abs() < 1e-9);
        }
    }

    #[test]
    fn the_order_of_groups_and_the_unit_do_not_matter(groups in groups(2..5)) {
        let mut turned = groups.clone();
        turned.reverse();
        for (value, _) in turned.iter_mut().flatten() {
            *value = *value * 7 - 3;
        }
        if let (Ok(ranks), Ok(turned)) = (of(&groups), of(&turned)) {
            let (found, other) = (kruskal_wallis_chi_squared(&ranks).unwrap(), kruskal_wallis_chi_squared(&turned).unwrap());
            prop_assert!((found.p - other.p).abs() < 1e-12 && found.p > 0.0 && found.p <= 1.0);
        }
    }
}
