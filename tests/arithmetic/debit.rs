//! DEBIT by hand and by every count.

use super::{as_printed, figure, laws, mean_and_variance};
use calc_series::check::arithmetic::Consistency::{Consistent, Inconsistent};
use calc_series::check::arithmetic::debit::{counts, judge, sd};
use calc_series::check::arithmetic::rounding::RoundingInterval;
use calc_series::decimal::Exact;
use num_bigint::BigInt;
use proptest::prelude::*;

/// Published examples; the SDs by exact fractions: √(4·1/20) and √(7·13/380).
#[test]
fn published_examples_are_judged() {
    for (mean, sd_text, n, expected) in
        [("0.36", "0.11", 20, vec![]), ("0.80", "0.45", 5, vec![4]), ("0.35", "0.49", 20, vec![7])]
    {
        let found = counts(figure(mean), figure(sd_text), n, RoundingInterval::nearest).expect("little work");
        assert_eq!(found, expected.into_iter().map(BigInt::from).collect::<Vec<_>>(), "{mean}");
    }
    let root = |count: i64, n| sd(&BigInt::from(count), n).map(|sd| sd.rounded(7));
    assert_eq!(root(4, 5).as_deref(), Some("0.4472136"));
    assert_eq!(root(7, 20).as_deref(), Some("0.4893605"));
    assert_eq!((root(0, 1), root(6, 5)), (None, None));
}

#[test]
fn a_judgement_states_what_would_be_possible() {
    let wrong = judge(figure("0.36"), figure("0.11"), 20);
    assert_eq!(wrong.consistency, Inconsistent);
    assert_eq!(
        wrong.sentence,
        "no count of 20 has a mean of 0.36 and an SD of 0.11: 7 of 20 has 0.35 and 0.49, 8 of 20 has 0.40 and 0.50"
    );
    assert_eq!(judge(figure("0.80"), figure("0.45"), 5).sentence, "4 of 5 has a mean of 0.80 and an SD of 0.45");
    assert_eq!(judge(figure("0.80"), figure("0.45"), 1).consistency, Inconsistent);
    assert!(judge(figure("8.0"), figure("0.45"), 5).sentence.contains("between 0 and 1"));
}

proptest! {
    #![proptest_config(laws())]

    #[test]
    fn true_zeros_and_ones_pass(values in prop::collection::vec(0_i64..2, 2..40), decimals in 1_u32..4, is_even in any::<bool>()) {
        let (mean, variance) = mean_and_variance(&values, 1);
        let [mean, sd] = [Exact::Ratio(mean), Exact::Root(variance)].map(|value| as_printed(&value, decimals, is_even));
        let said = judge(mean, sd, values.len() as u64);
        prop_assert_eq!(said.consistency, Consistent, "{}", said.sentence);
    }
}
