//! GRIM against published examples and exact fractions.

use super::{as_printed, figure, laws, mean_and_variance, oracle, ratio, steps};
use calc_series::check::arithmetic::Consistency::{Consistent, Inconsistent, NotInformative};
use calc_series::check::arithmetic::granularity::Granularity;
use calc_series::check::arithmetic::grim::{judge, power, sums};
use calc_series::check::arithmetic::rounding::{RoundingInterval, RoundingMode};
use calc_series::decimal::Exact;
use proptest::prelude::*;

/// The first rows are the examples of `scrutiny` 0.6.1, with its set `pigs1`, and the mean age of
/// the built-in series.
#[test]
fn sums_match_exact_fractions() {
    for row in oracle(include_str!("../oracle/arithmetic_grim.csv"), 142) {
        let (mean, n) = (figure(row[0]), row[1].parse().expect("n"));
        let found = sums(&RoundingInterval::nearest(mean), n, steps(row[2].parse().expect("steps")));
        let found = found.map(|(first, last)| (first.to_string(), last.to_string()));
        let expected = (!row[3].is_empty()).then(|| (row[3].to_owned(), row[4].to_owned()));
        assert_eq!(found, expected, "{row:?}");
    }
}

#[test]
fn a_judgement_states_what_would_be_possible() {
    let said = |mean, n, per_unit| judge(figure(mean), n, steps(per_unit));
    let whole = said("5.9", 5, 1);
    assert_eq!(whole.consistency, Inconsistent);
    assert_eq!(whole.sentence, "no 5 whole numbers have a mean of 5.9: a sum of 29 gives 5.8, a sum of 30 gives 6.0");
    let halves = said("5.9", 5, 2);
    assert_eq!(halves.consistency, NotInformative);
    assert_eq!(said("5.90", 5, 2).sentence, "5 multiples of 1/2 with a sum of 29.5 have a mean of 5.90");
    assert_eq!(said("5.90", 5, 12).sentence, "5 multiples of 1/12 with a sum of 29.5 have a mean of 5.90");
    let cut = said("2.66", 3, 1);
    assert_eq!((cut.consistency, cut.cause), (Inconsistent, Some(RoundingMode::Truncation)));
    assert_eq!(
        cut.sentence,
        "no 3 whole numbers have a mean of 2.66: a sum of 7 gives 2.33, a sum of 8 gives 2.67; truncation instead of rounding would explain it"
    );
    assert_eq!(said("5.19", 0, 1).consistency, Inconsistent);
    assert_eq!(said("5.00", 25, 1).consistency, Consistent);
    assert_eq!(said("5.2", 10, 1).sentence, "10 whole numbers can have any mean with 1 decimals");
}

/// 30/43 = 69.77 %, 31/43 = 72.09 %.
#[test]
fn a_percentage_is_judged_as_a_mean_of_ones() {
    let percent = figure("71").of_percent().expect("few decimals");
    let said = judge(percent, 43, Granularity::WHOLE);
    assert_eq!(
        said.sentence,
        "no 43 whole numbers have a mean of 0.71: a sum of 30 gives 0.70, a sum of 31 gives 0.72"
    );
}

#[test]
fn power_is_the_share_of_impossible_figures() {
    assert_eq!(power(28, Granularity::WHOLE, 2), ratio(72, 100));
    assert_eq!(power(16, steps(2), 2), ratio(68, 100));
    assert_eq!(power(100, Granularity::WHOLE, 2), ratio(0, 1));
    // Of the 100 figures 0.00 to 0.99, those which 28 numbers cannot have.
    let impossible = (0..100).filter(|hundredths| {
        sums(&RoundingMode::HalfUp.interval(figure(&format!("0.{hundredths:02}"))), 28, Granularity::WHOLE).is_none()
    });
    assert_eq!(impossible.count(), 72);
}

proptest! {
    #![proptest_config(laws())]

    /// The mean of a true sample passes, in any order of its values.
    #[test]
    fn a_true_mean_passes(
        values in prop::collection::vec(-500_i64..500, 1..40), per_unit in 1_u32..13, decimals in 0_u32..4, is_even in any::<bool>(),
    ) {
        let mean = as_printed(&Exact::Ratio(mean_and_variance(&values, per_unit).0), decimals, is_even);
        let said = judge(mean, values.len() as u64, steps(per_unit));
        prop_assert!(matches!(said.consistency, Consistent | NotInformative), "{}", said.sentence);
    }
}
