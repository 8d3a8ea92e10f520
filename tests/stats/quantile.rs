//! Quantiles of values and of intervals.

use super::{assert_close, number, oracle, ratio, thousandths};
use calc_series::decimal::{Decimal, Exact};
use calc_series::stats::quantile::{
    IntervalEnd, Probability, Quantile, QuantileType, interquartile_range, median_absolute_deviation, quantile,
    quantile_of_intervals,
};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Signed;
use proptest::prelude::*;

fn kind(number: u8) -> QuantileType {
    QuantileType::new(number).unwrap()
}

/// Sorted, equal values counted together.
fn counted<T: Ord + Copy>(mut values: Vec<T>) -> Vec<(T, u64)> {
    values.sort_unstable();
    values.chunk_by(|a, b| a == b).map(|equal| (equal[0], equal.len() as u64)).collect()
}

#[test]
fn all_types_match_numpy() {
    for row in oracle(include_str!("../oracle/quantile.csv"), 990) {
        let points = counted(thousandths(row[0]).into_iter().map(|(value, _)| value).collect());
        let p = Probability::new(number(row[2]), number(row[3])).unwrap();
        let found = quantile(points.iter().copied(), p, kind(number(row[1]))).unwrap() / BigInt::from(1000);
        assert_close(Exact::Ratio(found).to_f64(), number(row[4]), 1e-12, &format!("{row:?}"));
    }
}

/// scipy 1.17.1 iqr(), linear and Weibull; R 4.2.2 mad().
#[test]
fn iqr_and_mad_match_scipy_and_r() {
    for (values, linear, weibull, mad) in [
        ("6 5 10 6 2.5", "1.00000", "4.25000", "1.48260"),
        ("5 10 6 2.5", "2.62500", "5.87500", "2.59455"),
        ("0.1 0.2 0.2 3", "0.72500", "2.17500", "0.07413"),
        ("1280 80 160 320 320 40 2560", "680.00000", "1200.00000", "355.82400"),
    ] {
        let points = counted(thousandths(values).into_iter().map(|(value, _)| value).collect());
        let ends: Vec<_> = points.iter().map(|(value, count)| (IntervalEnd::At(*value), *count)).collect();
        let printed = |found: Option<BigRational>| Exact::Ratio(found.unwrap() / BigInt::from(1000)).rounded(5);
        assert_eq!(
            printed(interquartile_range(ends.iter().copied(), ends.iter().copied(), kind(7))),
            linear,
            "{values}"
        );
        assert_eq!(
            printed(interquartile_range(ends.iter().copied(), ends.iter().copied(), kind(6))),
            weibull,
            "{values}"
        );
        assert_eq!(printed(median_absolute_deviation(points)), mad, "{values}");
    }
    assert_eq!(median_absolute_deviation([]), None);
    assert_eq!(interquartile_range([], [], kind(7)), None);
}

/// A quartile that is only bounded leaves no interquartile range; a censored value beyond the
/// quartiles leaves it as it is.
#[test]
fn a_censored_quartile_has_no_iqr() {
    let known: Vec<_> = [1, 2, 3, 4, 5].map(|value| (IntervalEnd::At(value), 1)).to_vec();
    let censored = |low, n: usize| {
        let keep = known[..5 - n].to_vec();
        let add = |end| keep.iter().copied().chain([(end, n as u64)]).collect::<Vec<_>>();
        interquartile_range(add(IntervalEnd::At(low)), add(IntervalEnd::Beyond), kind(7))
    };
    assert_eq!(censored(5, 1), Some(ratio(2, 1)));
    assert_eq!(censored(4, 2), None);
}

/// First and third quartile of the five ages of the report and of its four with
/// dermatomyositis, by type: R 4.2.2.
#[test]
fn quartiles_of_the_ages_of_the_report() {
    let quartiles = |values, number| {
        let of = |p| Exact::Ratio(quantile(thousandths(values), p, kind(number)).unwrap() / BigInt::from(1000));
        [Probability::FIRST_QUARTILE, Probability::MEDIAN, Probability::THIRD_QUARTILE].map(|p| of(p).rounded(6))
    };
    let six_decimals = |value: &str| Exact::from(Decimal::parse(value).unwrap()).rounded(6);
    for (number, five, four) in [
        (2, ["5", "6"], ["3.75", "8"]),
        (3, ["2.5", "6"], ["2.5", "6"]),
        (4, ["3.125", "6"], ["2.5", "6"]),
        (5, ["4.375", "7"], ["3.75", "8"]),
        (6, ["3.75", "8"], ["3.125", "9"]),
        (7, ["5", "6"], ["4.375", "7"]),
        (8, ["4.166667", "7.333333"], ["3.541667", "8.333333"]),
        (9, ["4.21875", "7.25"], ["3.59375", "8.25"]),
    ] {
        let [first, median, third] = quartiles("6 5 10 6 2.5", number);
        assert_eq!([first, third], five.map(six_decimals), "type {number}, five ages");
        if number >= 5 {
            assert_eq!(median, "6.000000");
        }
        let [first, median, third] = quartiles("5 10 6 2.5", number);
        assert_eq!([first, third], four.map(six_decimals), "type {number}, four ages");
        if number >= 5 {
            assert_eq!(median, "5.500000");
        }
    }
    assert_eq!(quartiles("6 5 10 6 2.5", 1), ["5.000000", "6.000000", "6.000000"]);
}

#[test]
fn a_quantile_needs_a_value_and_a_convention() {
    assert_eq!(quantile([], Probability::MEDIAN, kind(7)), None);
    assert_eq!(quantile([(3, 0)], Probability::MEDIAN, kind(7)), None);
    assert_eq!(quantile_of_intervals([], [], Probability::MEDIAN, kind(7)), Quantile::None);
    assert_eq!((QuantileType::new(0), QuantileType::new(10)), (None, None));
    assert_eq!(QuantileType::default().to_string(), "quantile type 7");
    assert_eq!((Probability::new(5, 4), Probability::new(0, 0)), (None, None));
}

#[test]
fn large_counts_are_not_expanded() {
    let points = [(i128::MIN, u64::MAX), (0, 1), (i128::MAX, u64::MAX)];
    assert_eq!(quantile(points.iter().copied(), Probability::MEDIAN, kind(7)), Some(ratio(0, 1)));
    for number in 1..=9 {
        assert_eq!(
            quantile(points.iter().copied(), Probability::FIRST_QUARTILE, kind(number)),
            Some(ratio(i128::MIN, 1))
        );
    }
}

/// The four titres 80, 160, 480 and `>1280`, and limits below.
#[test]
fn censored_titres() {
    let lows =
        [(IntervalEnd::At(80), 1), (IntervalEnd::At(160), 1), (IntervalEnd::At(480), 1), (IntervalEnd::At(1280), 1)];
    let highs =
        [(IntervalEnd::At(80), 1), (IntervalEnd::At(160), 1), (IntervalEnd::At(480), 1), (IntervalEnd::Beyond, 1)];
    let of = |p, number| quantile_of_intervals(lows, highs, p, kind(number));
    let exact = |value| Quantile::Exact(ratio(value, 1));
    assert_eq!(of(Probability::MEDIAN, 7), exact(320));
    assert_eq!(of(Probability::FIRST_QUARTILE, 7), exact(140));
    assert_eq!(of(Probability::THIRD_QUARTILE, 7), Quantile::Above(ratio(680, 1)));
    assert_eq!(of(Probability::new(1, 1).unwrap(), 7), Quantile::Above(ratio(1280, 1)));
    // Type 4 puts its third quartile on the third value, with weight 0 on the infinite one.
    assert_eq!(of(Probability::THIRD_QUARTILE, 4), exact(480));
    assert_eq!(of(Probability::THIRD_QUARTILE, 2), Quantile::Above(ratio(880, 1)));

    let lows = [(IntervalEnd::Below, 3), (IntervalEnd::At(9), 2)];
    let highs = [(IntervalEnd::At(5), 3), (IntervalEnd::At(9), 2)];
    assert_eq!(quantile_of_intervals(lows, highs, Probability::MEDIAN, kind(7)), Quantile::Below(ratio(5, 1)));
    assert_eq!(quantile_of_intervals(lows, highs, Probability::THIRD_QUARTILE, kind(7)), exact(9));

    let both =
        quantile_of_intervals([(IntervalEnd::Below, 2)], [(IntervalEnd::Beyond, 2)], Probability::MEDIAN, kind(7));
    assert_eq!(both, Quantile::Undetermined { low: None, high: None });
    let years =
        quantile_of_intervals([(IntervalEnd::At(1), 1)], [(IntervalEnd::At(4), 1)], Probability::MEDIAN, kind(7));
    assert_eq!(years, Quantile::Undetermined { low: Some(ratio(1, 1)), high: Some(ratio(4, 1)) });
    // Limits on both sides of the middle leave the median known.
    let (lows, highs) = (
        [(IntervalEnd::Below, 1), (IntervalEnd::At(5), 1), (IntervalEnd::At(7), 1)],
        [(IntervalEnd::At(3), 1), (IntervalEnd::At(5), 1), (IntervalEnd::Beyond, 1)],
    );
    assert_eq!(quantile_of_intervals(lows, highs, Probability::MEDIAN, kind(7)), exact(5));
}

fn values(limit: i128) -> impl Strategy<Value = Vec<i128>> {
    prop::collection::vec(-limit..limit, 1..20)
}

fn probability() -> impl Strategy<Value = Probability> {
    (1_u32..=24).prop_flat_map(|over| (0..=over).prop_map(move |part| Probability::new(part, over).unwrap()))
}

/// Every way to put a value where each interval allows; infinite ends reach to 12 and -12.
fn completions(intervals: &[(IntervalEnd, IntervalEnd)]) -> Vec<Vec<i128>> {
    let place = |end| match end {
        IntervalEnd::Below => -12,
        IntervalEnd::At(value) => value,
        IntervalEnd::Beyond => 12,
    };
    intervals.iter().fold(vec![vec![]], |partial, &(low, high)| {
        let extend = |head: &Vec<i128>| {
            let head = head.clone();
            [place(low), (place(low) + place(high)) / 2, place(high)].map(|value| [head.as_slice(), &[value]].concat())
        };
        partial.iter().flat_map(extend).collect()
    })
}

fn value_or_interval() -> impl Strategy<Value = (IntervalEnd, IntervalEnd)> {
    prop_oneof![
        (-5_i128..5).prop_map(|value| (IntervalEnd::At(value), IntervalEnd::At(value))),
        (-5_i128..5).prop_map(|limit| (IntervalEnd::At(limit), IntervalEnd::Beyond)),
        (-5_i128..5).prop_map(|limit| (IntervalEnd::Below, IntervalEnd::At(limit))),
        (-5_i128..5, 1_i128..4).prop_map(|(low, width)| (IntervalEnd::At(low), IntervalEnd::At(low + width))),
    ]
}

proptest! {
    #![proptest_config(super::laws())]

    #[test]
    fn the_mad_is_the_median_of_all_distances(values in values(40), count in 1_u64..3, factor in prop_oneof![Just(1), Just(i128::MAX / 40)]) {
        let points: Vec<_> = counted(values).into_iter().map(|(value, cells)| (value * factor, cells * count)).collect();
        let median = quantile(points.iter().copied(), Probability::MEDIAN, kind(7)).unwrap();
        let distance = |value: i128| (ratio(value, 1) - &median).abs();
        let distances = points.iter().flat_map(|(value, cells)| vec![distance(*value); *cells as usize]);
        let mut distances: Vec<BigRational> = distances.collect();
        distances.sort_unstable();
        let middle = &distances[(distances.len() - 1) / 2] + &distances[distances.len() / 2];
        prop_assert_eq!(median_absolute_deviation(points).unwrap(), middle * ratio(14_826, 20_000));
    }

    #[test]
    fn a_quantile_grows_with_p_between_least_and_greatest(values in values(50), number in 1_u8..=9) {
        let points = counted(values);
        let of = |part| quantile(points.iter().copied(), Probability::new(part, 24).unwrap(), kind(number)).unwrap();
        let along: Vec<BigRational> = (0..=24).map(of).collect();
        prop_assert!(along.is_sorted(), "{:?}", along);
        let (least, greatest) = (ratio(points[0].0, 1), ratio(points[points.len() - 1].0, 1));
        prop_assert!(along[0] >= least && along[24] <= greatest);
        prop_assert_eq!(&along[24], &greatest);
    }

    #[test]
    fn counting_equal_values_changes_nothing(values in values(3), p in probability(), number in 1_u8..=9) {
        let mut single: Vec<_> = values.iter().map(|value| (*value, 1)).collect();
        single.sort_unstable();
        prop_assert_eq!(quantile(counted(values), p, kind(number)), quantile(single.iter().copied(), p, kind(number)));
    }

    #[test]
    fn known_values_are_intervals_of_no_width(values in values(9), p in probability(), number in 1_u8..=9) {
        let ends = counted(values.iter().copied().map(IntervalEnd::At).collect());
        let expected = Quantile::Exact(quantile(counted(values), p, kind(number)).unwrap());
        prop_assert_eq!(quantile_of_intervals(ends.iter().copied(), ends.iter().copied(), p, kind(number)), expected);
    }

    #[test]
    fn the_ends_hold_every_completion_and_are_reached(
        intervals in prop::collection::vec(value_or_interval(), 1..6),
        p in probability(),
        number in 1_u8..=9,
    ) {
        let (lows, highs): (Vec<_>, Vec<_>) = intervals.iter().copied().unzip();
        let found = quantile_of_intervals(counted(lows), counted(highs), p, kind(number));
        let completed = |values| quantile(counted(values), p, kind(number)).unwrap();
        let all: Vec<_> = completions(&intervals).into_iter().map(completed).collect();
        let (least, greatest) = (all.iter().min().unwrap(), all.iter().max().unwrap());
        match found {
            Quantile::None => prop_assert!(false, "there are values"),
            Quantile::Exact(value) => prop_assert_eq!((&value, &value), (least, greatest)),
            Quantile::Above(low) => prop_assert!(low == *least && low < *greatest),
            Quantile::Below(high) => prop_assert!(*least < high && high == *greatest),
            Quantile::Undetermined { low, high } => {
                prop_assert!(least < greatest);
                prop_assert!(low.is_none_or(|low| low == *least) && high.is_none_or(|high| high == *greatest));
            }
        }
    }
}
