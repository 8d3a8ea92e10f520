//! Bounds on mean, median and SD by hand and by true samples.

use super::{as_printed, figure, laws, mean_and_variance, ratio};
use calc_series::check::arithmetic::Consistency::{self, Consistent, Inconsistent};
use calc_series::check::arithmetic::Judgement;
use calc_series::check::arithmetic::rounding::RoundingInterval;
use calc_series::check::arithmetic::spread::RangeOfValues;
use calc_series::decimal::Exact;
use proptest::prelude::*;

fn range(min: &str, max: &str, n: u64) -> RangeOfValues {
    RangeOfValues { min: figure(min), max: figure(max), n }
}

fn said(judgement: Judgement) -> (Consistency, String) {
    (judgement.consistency, judgement.sentence)
}

/// The ages of the built-in series: 2.5 to 10, mean 5.9, median 6, SD 2.70.
#[test]
fn the_ages_of_the_series_pass() {
    let ages = range("2.5", "10", 5);
    for judgement in [
        ages.judge_sd(figure("2.7")),
        ages.judge_mean_sd(figure("5.9"), figure("2.7")),
        ages.judge_mean(figure("5.9")),
        ages.judge_median(figure("6")),
        ages.judge_median_mean(figure("6"), figure("5.9")),
    ] {
        assert_eq!(judgement.consistency, Consistent, "{}", judgement.sentence);
    }
}

/// From 0.00 to 10.00: with 4 values the SD is at most 5·√(4/3) = 5.77 (two at each end), with 5
/// at most 10·√(6/20) = 5.48, and with 5 at least 10/√8 = 3.54.
#[test]
fn an_sd_outside_its_bounds_is_named() {
    let of = |n, sd| said(range("0.00", "10.00", n).judge_sd(figure(sd)));
    assert_eq!(of(4, "5.77").0, Consistent);
    assert_eq!(of(4, "5.80").0, Inconsistent);
    assert_eq!(of(5, "5.48").0, Consistent);
    assert_eq!(
        of(5, "5.50"),
        (Inconsistent, "5 values from 0.00 to 10.00 have an SD from 3.532 to 5.483, not 5.50".to_owned())
    );
    assert_eq!((of(5, "3.54").0, of(5, "3.50").0), (Consistent, Inconsistent));
    assert_eq!(of(1, "0.00").1, "an SD needs at least 2 cases, but n is 1");
    let near_end = said(range("0.00", "10.00", 5).judge_mean_sd(figure("1.00"), figure("4.00")));
    assert_eq!(
        near_end,
        (
            Inconsistent,
            "5 values from 0.00 to 10.00 with a mean of 1.00 have an SD of at most 3.371, not 4.00".to_owned()
        )
    );
}

#[test]
fn a_mean_or_median_outside_its_bounds_is_named() {
    let ages = range("2.0", "10.0", 5);
    assert_eq!(
        said(ages.judge_mean(figure("9.0"))),
        (Inconsistent, "5 values from 2.0 to 10.0 have a mean from 3.60 to 8.40, not 9.0".to_owned())
    );
    assert_eq!(
        said(ages.judge_median(figure("11"))),
        (Inconsistent, "a median of 11 does not lie between 2.0 and 10.0".to_owned())
    );
    assert_eq!(range("2.0", "4.0", 2).judge_median(figure("3.5")).consistency, Inconsistent);
    // 2, 2, 3, 3, 10 to 2, 3, 3, 10, 10: means from 4.0 to 5.6.
    assert_eq!(ages.judge_median_mean(figure("3.0"), figure("4.0")).consistency, Consistent);
    assert_eq!(ages.judge_median_mean(figure("3.0"), figure("5.6")).consistency, Consistent);
    assert_eq!(
        said(ages.judge_median_mean(figure("3.0"), figure("6.0"))).1,
        "5 values from 2.0 to 10.0 with a median of 3.0 have a mean from 4.00 to 5.60, not 6.0"
    );
    // 2, 2, 4, 10 to 2, 3, 3, 10 and 2, 2, 4, 10: with a median of 3 and 4 values (2+2+4+10)/4 = 4.5.
    let four = range("2.0", "10.0", 4)
        .means_with_median(figure("3.0"), |figure| RoundingInterval::closed(figure.value(), figure.value()));
    assert_eq!(four, Some(RoundingInterval::closed(ratio(18, 4), ratio(18, 4))));
    assert_eq!(range("2.0", "10.0", 0).judge_mean(figure("5")).consistency, Inconsistent);
    assert_eq!(range("2.0", "10.0", 0).judge_median(figure("5")).consistency, Inconsistent);
}

proptest! {
    #![proptest_config(laws())]

    /// What is computed from a true sample passes, in any order of its values.
    #[test]
    fn true_samples_pass(values in prop::collection::vec(-60_i64..60, 1..14), decimals in 0_u32..3, is_even in any::<bool>()) {
        let mut sorted = values.clone();
        sorted.sort_unstable();
        let n = sorted.len();
        let print = |value: Exact| as_printed(&value, decimals, is_even);
        let whole = |value: i64| print(Exact::Ratio(ratio(value, 10)));
        let range = RangeOfValues { min: whole(sorted[0]), max: whole(sorted[n - 1]), n: n as u64 };
        let (mean, variance) = mean_and_variance(&values, 10);
        let mean = print(Exact::Ratio(mean));
        let median = print(Exact::Ratio(ratio(sorted[(n - 1) / 2] + sorted[n / 2], 20)));
        let mut judgements = vec![range.judge_mean(mean), range.judge_median(median), range.judge_median_mean(median, mean)];
        if n > 1 {
            let sd = print(Exact::Root(variance));
            judgements.extend([range.judge_sd(sd), range.judge_mean_sd(mean, sd)]);
        }
        for judgement in judgements {
            prop_assert_eq!(judgement.consistency, Consistent, "{}", judgement.sentence);
        }
    }
}
