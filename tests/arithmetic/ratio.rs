//! Ratios compared with their intervals.

use super::{figure, laws};
use calc_series::check::arithmetic::Consistency::{Consistent, Inconsistent, NotInformative};
use calc_series::check::arithmetic::Figure;
use calc_series::check::arithmetic::ratio::{judge, middle};
use calc_series::decimal::{Decimal, round_real};
use proptest::prelude::*;

/// Published odds ratios of a cohort with juvenile dermatomyositis; the roots by mpmath.
#[test]
fn published_odds_ratios_lie_in_the_middle() {
    for (estimate, low, high, root) in [("15.56", "1.59", "152.2", "15.5563"), ("4.01", "1.08", "14.87", "4.0074")] {
        let said = judge(figure(estimate), figure(low), figure(high));
        assert_eq!(said.consistency, Consistent, "{}", said.sentence);
        assert_eq!(middle(figure(low), figure(high)).map(|root| root.rounded(4)).as_deref(), Some(root));
    }
}

#[test]
fn a_judgement_gives_the_middle() {
    let said = |estimate, low, high| judge(figure(estimate), figure(low), figure(high));
    let off = said("5.01", "1.08", "14.87");
    assert_eq!(off.consistency, Inconsistent);
    assert_eq!(
        off.sentence,
        "the middle of 1.08 to 14.87 on the log scale is 4.007, not 5.01; only an exact or profile-likelihood interval can be this asymmetric"
    );
    assert_eq!(said("0.9", "1.1", "2.0").sentence, "0.9 does not lie between 1.1 and 2.0");
    assert_eq!(said("0.5", "0", "2.0").consistency, NotInformative);
    // 0.04 may be 0.0350 to 0.0450, so that the middle may be anywhere from 1.87 to 2.15.
    assert_eq!(said("2.1", "0.04", "100").consistency, Consistent);
    assert_eq!(said("2.3", "0.04", "100").consistency, Inconsistent);
}

proptest! {
    #![proptest_config(laws())]

    /// exp(b ± 1.96·se), rounded, is symmetric on the log scale.
    #[test]
    fn a_true_wald_interval_passes(b in -2.0_f64..4.0, se in 0.01_f64..2.0, decimals in 1_u32..4) {
        let [estimate, low, high] = [b, b - 1.96 * se, b + 1.96 * se].map(|log| figure(&round_real(log.exp(), decimals).expect("finite")));
        let said = judge(estimate, low, high);
        prop_assert_ne!(said.consistency, Inconsistent, "{}", said.sentence);
    }

    #[test]
    fn no_figures_panic(parts in prop::array::uniform3((-9999_i64..99_999, 0_u8..18))) {
        let [estimate, low, high] = parts.map(|(mantissa, scale)| Figure::new(Decimal::new(mantissa, scale)));
        prop_assert!(!judge(estimate, low, high).sentence.is_empty());
    }
}
