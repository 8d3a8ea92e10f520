//! Adjusted p-values.

use super::assert_close;
use calc_series::stats::adjust::{Adjustment, adjusted};
use proptest::prelude::*;

/// Computed with statsmodels 0.15.0 multipletests (`holm`, `simes-hochberg`, `bonferroni`, `fdr_bh`).
#[test]
fn p_values_match_statsmodels() {
    let ps = [0.01, 0.04, 0.03, 0.005, 0.55, 0.04, 1.0, 0.0001];
    for (adjustment, expected) in [
        (Adjustment::Holm, [0.06, 0.16, 0.15, 0.035, 1.0, 0.16, 1.0, 0.0008]),
        (Adjustment::Hochberg, [0.06, 0.12, 0.12, 0.035, 1.0, 0.12, 1.0, 0.0008]),
        (Adjustment::Bonferroni, [0.08, 0.32, 0.24, 0.04, 1.0, 0.32, 1.0, 0.0008]),
        (
            Adjustment::BenjaminiHochberg,
            [0.02666666666666667, 0.16 / 3.0, 0.16 / 3.0, 0.02, 0.6285714285714287, 0.16 / 3.0, 1.0, 0.0008],
        ),
    ] {
        let found = adjusted(&ps.map(Some), adjustment);
        assert_eq!(found.len(), expected.len());
        for (found, expected) in found.into_iter().zip(expected) {
            assert_close(found.unwrap(), expected, 1e-12, adjustment.word());
        }
    }
}

#[test]
fn a_missing_p_stays_missing_and_does_not_count() {
    for adjustment in Adjustment::ALL {
        let (with, without) = (
            adjusted(&[Some(0.02), None, Some(0.01), None], adjustment),
            adjusted(&[Some(0.02), Some(0.01)], adjustment),
        );
        assert_eq!(with, [without[0], None, without[1], None]);
        assert_eq!(adjusted(&[Some(0.03)], adjustment), [Some(0.03)]);
        assert_eq!((adjusted(&[], adjustment), adjusted(&[None], adjustment)), (vec![], vec![None]));
        assert_eq!(adjustment.word().parse(), Ok(adjustment));
    }
    let unknown = "tukey".parse::<Adjustment>().unwrap_err();
    assert_eq!(unknown.remedy(), "possible values: holm, hochberg, bonferroni, bh");
    assert_eq!(Adjustment::Holm.name(), "Holm");
}

proptest! {
    #![proptest_config(super::laws())]

    #[test]
    fn no_adjustment_shrinks_a_p_and_order_is_kept(ps in prop::collection::vec(0.0_f64..=1.0, 1..20)) {
        let all = ps.iter().copied().map(Some).collect::<Vec<_>>();
        let by = |adjustment| adjusted(&all, adjustment).into_iter().map(Option::unwrap).collect::<Vec<f64>>();
        let [holm, hochberg, bonferroni, bh] = Adjustment::ALL.map(by);
        for at in 0..ps.len() {
            prop_assert!(ps[at] <= bh[at] * (1.0 + 1e-15) && bh[at] <= hochberg[at] * (1.0 + 1e-15));
            prop_assert!(hochberg[at] <= holm[at] && holm[at] <= bonferroni[at] && bonferroni[at] <= 1.0);
            for other in 0..ps.len() {
                prop_assert!(ps[at] > ps[other] || holm[at] <= holm[other] && bh[at] <= bh[other]);
            }
        }
    }
}
