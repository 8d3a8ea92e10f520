//! The search for a sample against every sample of small numbers.

use super::{as_printed, figure, laws, mean_and_variance, ratio, steps};
use calc_series::check::arithmetic::Consistency::{Consistent, Inconsistent, NotRun};
use calc_series::check::arithmetic::rounding::RoundingInterval;
use calc_series::check::arithmetic::sample::PrintedSummary;
use calc_series::decimal::Exact;
use num_rational::BigRational;
use proptest::prelude::*;

fn summary(n: u64, per_unit: u32, range: [&str; 2], [median, mean, sd]: [Option<&str>; 3]) -> PrintedSummary {
    PrintedSummary {
        n,
        granularity: steps(per_unit),
        min: figure(range[0]),
        max: figure(range[1]),
        median: median.map(figure),
        mean: mean.map(figure),
        sd: sd.map(figure),
    }
}

/// The ages of the built-in series, in half-years: 2.5, 5, 6, 6, 10.
#[test]
fn the_ages_of_the_series_exist_in_half_years() {
    let ages = |per_unit, sd| summary(5, per_unit, ["2.5", "10.0"], [Some("6.0"), Some("5.9"), Some(sd)]).judge();
    assert_eq!(
        ages(2, "2.7").sentence,
        "the sample 2.5, 5, 6, 6, 10 has a range of 2.5 to 10.0, a median of 6.0, a mean of 5.9, an SD of 2.7"
    );
    let other = ages(2, "2.4");
    assert_eq!(other.consistency, Inconsistent);
    assert_eq!(
        other.sentence,
        "no 5 multiples of 1/2 have a range of 2.5 to 10.0, a median of 6.0, a mean of 5.9, an SD of 2.4; every sample was tried"
    );
    assert_eq!(ages(1, "2.7").consistency, Inconsistent);
}

#[test]
fn small_and_large_samples_are_handled() {
    assert_eq!(summary(1, 1, ["4", "4"], [Some("4"), Some("4"), None]).judge().consistency, Consistent);
    assert_eq!(summary(1, 1, ["4", "5"], [None; 3]).judge().consistency, Inconsistent);
    assert_eq!(summary(1, 1, ["4", "4"], [None, None, Some("0")]).judge().consistency, Inconsistent);
    assert_eq!(summary(0, 1, ["4", "4"], [None; 3]).judge().consistency, Inconsistent);
    assert_eq!(summary(65, 1, ["4", "9"], [None; 3]).judge().consistency, NotRun);
    assert_eq!(summary(3, 1, ["4", "9999999"], [None; 3]).judge().consistency, NotRun);
    // 29² · 870 is even, an odd sum of squares: no sample, and too many to try.
    let too_many = summary(30, 1, ["0", "100"], [None, Some("50.000"), Some("29.00000")]).judge();
    assert_eq!((too_many.consistency, too_many.sentence.as_str()), (NotRun, "not run: too many samples to try"));
}

/// Every sample of n whole numbers from 0 to 6, in order.
fn all_samples(n: usize) -> Vec<Vec<i64>> {
    let mut samples = vec![Vec::new()];
    for _ in 0..n {
        let longer = samples.iter().flat_map(|sample: &Vec<i64>| {
            (sample.last().copied().unwrap_or(0)..=6).map(move |value| [sample.as_slice(), &[value]].concat())
        });
        samples = longer.collect();
    }
    samples
}

/// Min, max, median and mean, and the squared SD.
fn described(sample: &[i64]) -> ([BigRational; 4], BigRational) {
    let n = sample.len();
    let (mean, variance) = mean_and_variance(sample, 1);
    ([ratio(sample[0], 1), ratio(sample[n - 1], 1), ratio(sample[(n - 1) / 2] + sample[n / 2], 2), mean], variance)
}

proptest! {
    #![proptest_config(laws())]

    /// The search finds a sample exactly where trying all of them does.
    #[test]
    fn a_sample_is_found_where_there_is_one(
        n in 2_usize..6, low in 0_i64..4, width in 0_i64..4, tenths in (0_i64..60, 0_i64..60, 0_i64..40), asked in any::<[bool; 3]>(),
    ) {
        let tenth = |value: i64| calc_series::check::arithmetic::Figure::new(calc_series::decimal::Decimal::new(value, 1));
        let wanted = PrintedSummary {
            n: n as u64,
            granularity: steps(1),
            min: tenth(low * 10),
            max: tenth((low + width.min(6 - low)) * 10),
            median: asked[0].then(|| tenth(tenths.0 / 5 * 5)),
            mean: asked[1].then(|| tenth(tenths.1)),
            sd: asked[2].then(|| tenth(tenths.2)),
        };
        let found = wanted.sample(RoundingInterval::nearest).expect("little work");
        let fits = |sample: &Vec<i64>| {
            let (numbers, variance) = described(sample);
            let figures = [Some(wanted.min), Some(wanted.max), wanted.median, wanted.mean];
            let printed = figures.iter().zip(numbers).all(|(figure, value)| figure.is_none_or(|f| RoundingInterval::nearest(f).contains_ratio(&value)));
            printed && wanted.sd.is_none_or(|sd| RoundingInterval::nearest(sd).contains(&Exact::Root(variance)))
        };
        prop_assert_eq!(found.is_some(), all_samples(n).iter().any(fits), "{:?}", wanted);
        if let Some(sample) = found {
            prop_assert!(fits(&sample), "{:?}", sample);
        }
    }

    /// What is computed from a true sample is found, whichever way ties went.
    #[test]
    fn a_true_sample_is_found(mut values in prop::collection::vec(0_i64..12, 2..7), per_unit in 1_u32..4, decimals in 1_u32..3, is_even in any::<bool>()) {
        values.sort_unstable();
        let (numbers, variance) = described(&values);
        let [min, max, median, mean] = numbers.map(|value| Exact::Ratio(value / num_bigint::BigInt::from(per_unit)));
        let sd = Exact::Root(variance / num_bigint::BigInt::from(per_unit * per_unit));
        let [min, max, median, mean, sd] = [min, max, median, mean, sd].map(|value| as_printed(&value, decimals, is_even));
        let wanted = PrintedSummary { n: values.len() as u64, granularity: steps(per_unit), min, max, median: Some(median), mean: Some(mean), sd: Some(sd) };
        let said = wanted.judge();
        prop_assert_eq!(said.consistency, Consistent, "{}", said.sentence);
    }
}
