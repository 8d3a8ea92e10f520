//! Means and standard deviations.

use super::{assert_close, oracle, ratio, thousandths};
use calc_series::decimal::Exact;
use calc_series::stats::moments::{Moments, geometric_mean};
use num_bigint::BigInt;
use num_rational::BigRational;
use proptest::prelude::*;

/// The values of a NIST set and their common denominator.
fn nist_values(set: &str) -> (Vec<(i128, u64)>, i128) {
    match set {
        "NumAcc1" => (vec![(10_000_001, 1), (10_000_003, 1), (10_000_002, 1)], 1),
        "NumAcc2" => (vec![(12, 1), (11, 500), (13, 500)], 10),
        "NumAcc3" => (vec![(10_000_002, 1), (10_000_001, 500), (10_000_003, 500)], 10),
        "NumAcc4" => (vec![(100_000_002, 1), (100_000_001, 500), (100_000_003, 500)], 10),
        _ => panic!("no values for {set}"),
    }
}

#[test]
fn nist_certified_values_match_to_every_digit() {
    for row in oracle(include_str!("../oracle/nist.csv"), 4) {
        let (points, denominator) = nist_values(row[0]);
        let moments = Moments::of(points.iter().copied(), denominator);
        let decimals = |text: &str| text.split_once('.').map_or(0, |(_, decimals)| decimals.len() as u32);
        assert_eq!(moments.n().to_string(), row[1], "{row:?}");
        let (mean, sd) = (Exact::Ratio(moments.mean().unwrap()), moments.sd().unwrap());
        assert_eq!(mean.rounded(decimals(row[2])), row[2], "{row:?}");
        assert_eq!(sd.rounded(decimals(row[3])), row[3], "{row:?}");
        assert!(mean.has_at_most(decimals(row[2])) && sd.has_at_most(decimals(row[3])), "{row:?}");
        assert_eq!((mean.to_f64().to_string(), sd.to_f64().to_string()), (row[2].to_owned(), row[3].to_owned()));
    }
}

/// Means and standard deviations of the five ages of the report, and of its four with dermatomyositis: R 4.2.2.
#[test]
fn ages_of_the_report() {
    let five = Moments::of(thousandths("6 5 10 6 2.5"), 1000);
    assert_eq!(five.sum(), ratio(59, 2));
    assert_eq!(five.mean(), Some(ratio(59, 10)));
    assert_eq!(five.sd().unwrap().rounded(9), "2.701851217");
    let four = Moments::of(thousandths("5 10 6 2.5"), 1000);
    assert_eq!(four.mean(), Some(ratio(47, 8)));
    assert_eq!(Exact::Ratio(four.mean().unwrap()).rounded(1), "5.9");
    assert_eq!(four.sd().unwrap().rounded(9), "3.119161212");
}

/// NumPy 2.4.6 std(), scipy 1.17.1 sem() and variation(ddof = 1), mpmath 1.4.1 at 50 digits for
/// the geometric mean; R 4.2.2 agrees on it to 12 digits.
#[test]
fn spread_and_geometric_mean_match_scipy() {
    for (values, expected) in [
        ("6 5 10 6 2.5", [2.4166091947189146, 1.208304597359457, 0.45794088427478974, 5.3782687846628506]),
        ("5 10 6 2.5", [2.7012728481217887, 1.5595806060177417, 0.5309210573677419, 5.233175696960528]),
        ("0.1 0.2 0.2 3", [1.2275483697190916, 0.708725381700604, 1.61994372960138, 0.33097509196468731]),
        ("1280 80 160 320 320 40 2560", [861.3610492371113, 351.64917582321, 1.3682003940721186, 289.83157256445013]),
    ] {
        let points = thousandths(values);
        let moments = Moments::of(points.iter().copied(), 1000);
        let root = |value: Option<Exact>| value.unwrap().to_f64();
        let geometric = geometric_mean(points.iter().copied(), 1000).unwrap();
        let found = [root(moments.population_sd()), root(moments.se()), root(moments.cv()), geometric];
        for (found, expected) in found.into_iter().zip(expected) {
            assert_close(found, expected, 1e-14, values);
        }
    }
    let five = Moments::of(thousandths("6 5 10 6 2.5"), 1000);
    assert_eq!(five.se().unwrap().rounded(9), "1.208304597");
    assert_eq!(five.cv().unwrap().rounded(9), "0.457940884");
    assert_eq!(five.population_sd().unwrap().rounded(9), "2.416609195");
}

#[test]
fn a_statistic_that_does_not_exist_is_none() {
    let (none, one, two) = (Moments::of([], 1), Moments::of([(7, 1)], 1), Moments::of([(7, 2)], 1));
    assert_eq!((none.n(), none.mean(), none.variance(), none.sd()), (0, None, None, None));
    assert_eq!((one.n(), one.mean(), one.variance(), one.sd()), (1, Some(ratio(7, 1)), None, None));
    assert_eq!(two.sd().unwrap().rounded(3), "0.000");
    assert_eq!((none.population_sd(), none.se(), one.se(), one.cv()), (None, None, None, None));
    assert_eq!(one.population_sd().unwrap().rounded(1), "0.0");
    assert_eq!(Moments::of([(-7, 1), (7, 1)], 1).cv(), None);
    assert_eq!(Moments::of([(-3, 1), (-1, 1)], 1).cv().unwrap().rounded(4), "0.7071");
    assert_eq!((geometric_mean([], 1), geometric_mean([(5, 1)], 0), geometric_mean([(0, 1)], 1)), (None, None, None));
    assert_eq!((geometric_mean([(-2, 2)], 1), geometric_mean([(0, 0)], 1)), (None, None));
    assert_eq!(Moments::of([(7, 2)], 0), Moments::default());
    assert_eq!(Moments::of([(7, 0)], 10).mean(), None);
}

#[test]
fn sums_beyond_128_bits_stay_exact() {
    let points = [(i128::MAX, u64::MAX), (i128::MIN, u64::MAX), (i128::MAX, 1), (i128::MIN + 1, 1), (3, 1)];
    let moments = Moments::of(points.iter().copied(), 1);
    let n: BigInt = BigInt::from(u64::MAX) * 2 + 3;
    assert_eq!(moments.mean(), Some(ratio(BigInt::from(3) - BigInt::from(u64::MAX), n.clone())));
    assert_eq!(moments.n(), u64::MAX);
    let squares: BigInt =
        BigInt::from(i128::MAX).pow(2) * (BigInt::from(u64::MAX) + 2) + BigInt::from(i128::MIN).pow(2) * u64::MAX + 9;
    let sum: BigInt = BigInt::from(3) - BigInt::from(u64::MAX);
    assert_eq!(moments.variance(), Some(ratio(squares * &n - &sum * &sum, &n * (&n - 1))));
}

/// 18 digits: the sum of their squares passes 128 bits.
#[test]
fn squares_of_long_values_stay_exact() {
    let values: Vec<i128> = (0..2000).map(|at| 999_999_999_999_999_999 - at * at * 1_000_003).collect();
    let moments = Moments::of(values.iter().map(|value| (-*value, 3)), 1);
    let whole = |value: &i128| BigInt::from(*value);
    let (n, sum) = (BigInt::from(6000), values.iter().map(whole).sum::<BigInt>() * 3);
    let squares = values.iter().map(|value| whole(value).pow(2)).sum::<BigInt>() * 3;
    assert_eq!(moments.variance(), Some(ratio(squares * &n - &sum * &sum, &n * (&n - 1))));
    let widest = Moments::of([(i128::from(u64::MAX), u64::MAX), (-i128::from(u64::MAX), u64::MAX)], 1);
    assert_eq!(widest.population_sd().unwrap(), Exact::Root(ratio(BigInt::from(u64::MAX).pow(2), 1)));
}

fn points(len: std::ops::Range<usize>) -> impl Strategy<Value = Vec<(i128, u64)>> {
    prop::collection::vec((-999_i128..999, 1_u64..5), len)
}

proptest! {
    #![proptest_config(super::laws())]

    #[test]
    fn variance_is_the_mean_squared_distance(points in points(2..9)) {
        let moments = Moments::of(points.iter().copied(), 7);
        let mean = moments.mean().unwrap();
        let squares = points.iter().map(|(x, count)| (ratio(*x, 7) - &mean).pow(2) * BigInt::from(*count));
        let sum_of_squares = squares.sum::<BigRational>();
        prop_assert_eq!(moments.variance().unwrap(), sum_of_squares / BigInt::from(moments.n() - 1));
    }

    #[test]
    fn the_geometric_mean_of_counted_values_is_that_of_all(points in points(1..9)) {
        let points: Vec<_> = points.into_iter().map(|(value, count)| (value.abs() + 1, count)).collect();
        let each: Vec<_> = points.iter().flat_map(|(value, count)| (0..*count).map(|_| (*value, 1))).collect();
        let (counted, all) = (geometric_mean(points.iter().copied(), 10).unwrap(), geometric_mean(each.iter().copied(), 10).unwrap());
        assert_close(counted, all, 1e-13, &format!("{points:?}"));
    }
}
