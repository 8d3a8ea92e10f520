//! No printed numbers make the arithmetic panic or run for long.

use super::{laws, steps};
use calc_series::check::arithmetic::Figure;
use calc_series::check::arithmetic::{debit, grim, proportion, sample, spread};
use calc_series::decimal::Decimal;
use proptest::prelude::*;
use proptest::test_runner::Config;

fn any_figure() -> impl Strategy<Value = Figure> {
    (-99_999_999_i64..=99_999_999, 0_u8..=18).prop_map(|(mantissa, scale)| Figure::new(Decimal::new(mantissa, scale)))
}

proptest! {
    #![proptest_config(Config { cases: 64, ..laws() })]

    /// Any printed numbers get an answer, and soon.
    #[test]
    fn no_figures_panic(figures in prop::array::uniform5(any_figure()), counts in prop::array::uniform3(any::<u64>()), shift in 0_u32..64, per_unit in 1_u32..) {
        let [a, b, c, d, e] = figures;
        let [n, of, missing] = counts.map(|count| count >> shift);
        let granularity = steps(per_unit);
        let range = spread::RangeOfValues { min: a, max: b, n };
        let summary = sample::PrintedSummary { n: n % 70, granularity, min: a, max: b, median: Some(c), mean: Some(d), sd: Some(e) };
        let judgements = [
            grim::judge(a, n, granularity), debit::judge(a, b, n), range.judge_sd(c), range.judge_mean(c), range.judge_median(c),
            range.judge_mean_sd(c, d), range.judge_median_mean(c, d), summary.judge(),
            sample::PrintedSummary { median: None, mean: None, sd: None, ..summary }.judge(),
            proportion::judge(n, of, missing, a), proportion::judge_of(of, a), proportion::judge_counts(&[n, of], missing),
            proportion::judge_percents(&figures), proportion::judge_part(n, of),
        ];
        for judgement in judgements {
            prop_assert!(!judgement.sentence.is_empty());
        }
    }
}
