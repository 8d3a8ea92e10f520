//! GRIMMER and the search behind it against exact fractions and every sample.

use super::{as_printed, figure, laws, mean_and_variance, oracle, steps};
use calc_series::check::arithmetic::Consistency::{Consistent, Inconsistent, NotRun};
use calc_series::check::arithmetic::granularity::Granularity;
use calc_series::check::arithmetic::grimmer::MeanSd;
use calc_series::check::arithmetic::rounding::{RoundingInterval, RoundingMode};
use calc_series::check::arithmetic::{Judgement, TooMuchWork, integers};
use calc_series::decimal::Exact;
use num_bigint::BigInt;
use proptest::prelude::*;
use proptest::test_runner::Config;

fn printed(mean: &str, sd: &str, n: u64, per_unit: u32) -> MeanSd {
    MeanSd { mean: figure(mean), sd: figure(sd), n, granularity: steps(per_unit) }
}

fn judge(mean: &str, sd: &str, n: u64) -> Judgement {
    printed(mean, sd, n, 1).judge()
}

/// The first rows are published examples and the false alarms of other implementations.
#[test]
fn pairs_match_exact_fractions_and_every_sample() {
    for row in oracle(include_str!("../oracle/arithmetic_grimmer.csv"), 233) {
        let [n, per_unit] = [row[2], row[3]].map(|text| text.parse().expect("a number"));
        let summary = printed(row[0], row[1], n, u32::try_from(per_unit).expect("small"));
        let pairs = summary.pairs(RoundingInterval::nearest, usize::MAX).expect("little work");
        let found: Vec<String> = pairs.iter().map(|pair| format!("{}:{}", pair.sum, pair.squares)).collect();
        assert_eq!(found.join(" "), row[4], "{row:?}");
        for pair in pairs {
            assert_eq!(pair.sample.is_some(), n <= integers::MOST_NUMBERS);
            if let Some(sample) = pair.sample {
                assert_eq!(sample.iter().sum::<BigInt>(), pair.sum, "{row:?}");
                assert_eq!(sample.iter().map(|value| value * value).sum::<BigInt>(), pair.squares, "{row:?}");
            }
        }
    }
}

/// Pairs that agree in parity, of which no whole numbers exist: 67, 51 and 11 with 2, 3 and 4
/// numbers, none with more. Counted by trying every sample in Python.
#[test]
fn parity_is_not_enough_for_few_numbers() {
    let missing = |n: u64| {
        let pairs = (0..n).flat_map(|sum| (0..80_u64).map(move |squares| (sum, squares)));
        let possible = pairs.filter(|(sum, squares)| (sum + squares).is_multiple_of(2) && n * squares >= sum * sum);
        possible.filter(|(t, q)| integers::with_sums(n, &(*t).into(), &(*q).into()) == Ok(None)).count()
    };
    assert_eq!([2, 3, 4, 5, 6, 7].map(missing), [67, 51, 11, 0, 0, 0]);
}

#[test]
fn a_judgement_states_what_would_be_possible() {
    let odd = judge("5.23", "2.55", 35);
    assert_eq!(odd.consistency, Inconsistent);
    assert_eq!(
        odd.sentence,
        "no 35 whole numbers with a mean of 5.23 have an SD of 2.55: with a sum of 183 the nearest SDs are 2.54 and 2.56; ceiling instead of rounding would explain it"
    );
    assert_eq!(
        judge("4.00", "1.41", 3).sentence,
        "no 3 whole numbers with a mean of 4.00 have an SD of 1.41: with a sum of 12 the nearest SDs are 1.00 and 1.73"
    );
    assert_eq!(
        judge("4.00", "2.65", 3).sentence,
        "3 whole numbers such as 2, 3, 7 have a mean of 4.00 and an SD of 2.65"
    );
    assert_eq!(
        judge("5.23", "2.55", 31).sentence,
        "31 whole numbers with a sum of 162 have a mean of 5.23 and an SD of 2.55"
    );
    assert!(judge("5.19", "2.55", 28).sentence.starts_with("no 28 whole numbers have a mean of 5.19"));
    assert_eq!(judge("5.00", "0.0", 1).sentence, "an SD needs at least 2 cases, but n is 1");
    assert_eq!(judge("5.00", "0.00", 3).consistency, Consistent);
}

/// 0, 1 and 1: mean 0.667, SD 0.577.
#[test]
fn a_truncated_mean_and_sd_are_recognised() {
    let cut = judge("0.66", "0.57", 3);
    assert_eq!((cut.consistency, cut.cause), (Inconsistent, Some(RoundingMode::Truncation)));
    assert!(cut.sentence.ends_with("truncation instead of rounding would explain it"), "{}", cut.sentence);
}

/// 29.5 years over five patients: 6, 5, 10, 6 and 2.5 have a mean of 5.9 and an SD of 2.70.
#[test]
fn the_ages_of_the_series_are_possible_in_half_years_only() {
    assert_eq!(printed("5.9", "2.7", 5, 2).judge().consistency, Consistent);
    assert_eq!(printed("5.9", "2.7", 5, 1).judge().consistency, Inconsistent);
}

#[test]
fn too_much_work_is_reported_and_not_done() {
    assert_eq!(judge("123456", "99999", 1_000_000_000).consistency, Consistent);
    let huge = integers::with_sums(4, &BigInt::from(1), &BigInt::from(u64::MAX));
    assert_eq!(huge, Err(TooMuchWork));
    assert_eq!(integers::with_sums(8, &BigInt::from(1), &BigInt::from(1)), Err(TooMuchWork));
    assert_eq!(judge("500000", "0.0000", 1_000_000).consistency, NotRun);
}

proptest! {
    #![proptest_config(laws())]

    /// The mean and SD of a true sample pass, whichever way ties went.
    #[test]
    fn a_true_mean_and_sd_pass(
        values in prop::collection::vec(-60_i64..60, 2..25), per_unit in 1_u32..13, decimals in 1_u32..4,
        is_even in any::<bool>(),
    ) {
        let (mean, variance) = mean_and_variance(&values, per_unit);
        let [mean, sd] = [Exact::Ratio(mean), Exact::Root(variance)].map(|value| as_printed(&value, decimals, is_even));
        let summary = MeanSd { mean, sd, n: values.len() as u64, granularity: steps(per_unit) };
        let said = summary.judge();
        prop_assert_eq!(said.consistency, Consistent, "{}", said.sentence);
    }

    /// What a search finds has the sums, and it finds whatever exists.
    #[test]
    fn a_sample_is_found_again(values in prop::collection::vec(-150_i64..150, 1..8)) {
        let sum = BigInt::from(values.iter().sum::<i64>());
        let squares = BigInt::from(values.iter().map(|value| value * value).sum::<i64>());
        let found = integers::with_sums(values.len() as u64, &sum, &squares).expect("little work").expect("it exists");
        prop_assert!(found.is_sorted());
        prop_assert_eq!(found.iter().sum::<BigInt>(), sum);
        prop_assert_eq!(found.iter().map(|value| value * value).sum::<BigInt>(), squares);
    }
}

proptest! {
    #![proptest_config(Config { cases: 32, ..laws() })]

    #[test]
    fn no_figures_panic(mean in -99_999_i64..99_999, sd in 0_i64..9_999, n in any::<u64>(), decimals in 0_u8..18) {
        let of = |mantissa| calc_series::check::arithmetic::Figure::new(calc_series::decimal::Decimal::new(mantissa, decimals));
        let summary = MeanSd { mean: of(mean), sd: of(sd), n: n >> (n % 64), granularity: Granularity::WHOLE };
        prop_assert!(!summary.judge().sentence.is_empty());
    }
}
