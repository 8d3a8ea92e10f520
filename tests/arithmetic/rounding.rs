//! Printed digits and the values they can represent.

use super::{figure, laws, ratio};
use calc_series::check::arithmetic::rounding::{RoundingInterval, RoundingMode, agrees};
use calc_series::decimal::{Exact, Rounding};
use num_traits::Signed;
use proptest::prelude::*;

fn modes(value: (i64, i64), text: &str) -> String {
    agrees(&Exact::Ratio(ratio(value.0, value.1)), figure(text)).to_string()
}

/// The percentages of `statistics.md` 3, R1: by hand.
#[test]
fn the_modes_that_make_a_percentage_are_named() {
    let all = "half-up, half-down, half-even";
    assert_eq!(modes((200, 7), "28.5"), "truncation");
    assert_eq!(modes((200, 7), "28.6"), format!("{all}, ceiling"));
    assert_eq!(modes((100, 7), "14.3"), format!("{all}, ceiling"));
    assert_eq!(modes((100, 7), "14.2"), "truncation");
    assert_eq!(modes((100, 8), "12"), "half-down, half-even, truncation");
    assert_eq!(modes((100, 8), "13"), "half-up, ceiling");
    assert_eq!(modes((80, 1), "80"), format!("{all}, truncation, ceiling"));
    assert_eq!(modes((80, 1), "79"), "");
}

/// Below 0 ties away from zero and truncation are mirrored; the ceiling is not.
#[test]
fn negative_values_round_as_their_magnitude() {
    assert_eq!(modes((-5, 2), "-3"), "half-up");
    assert_eq!(modes((-5, 2), "-2"), "half-down, half-even, truncation, ceiling");
    assert_eq!(modes((-29, 10), "-2"), "truncation, ceiling");
    assert_eq!(modes((-1, 2), "0"), "half-down, half-even, truncation, ceiling");
    assert_eq!(modes((9, 10), "0"), "truncation");
}

/// √2 = 1.41421..., and √(9/4) = 1.5 is a tie.
#[test]
fn roots_are_compared_by_their_squares() {
    let root = |n: i64, d: i64, text| agrees(&Exact::Root(ratio(n, d)), figure(text)).to_string();
    assert_eq!(root(2, 1, "1.414"), "half-up, half-down, half-even, truncation");
    assert_eq!(root(2, 1, "1.415"), "ceiling");
    assert_eq!(root(9, 4, "2"), "half-up, half-even, ceiling");
    assert_eq!(root(9, 4, "1"), "half-down, truncation");
    assert_eq!(root(2, 1, "-1"), "");
}

#[test]
fn whole_numbers_of_an_interval_respect_its_ends() {
    let ends = |mode: RoundingMode, text| mode.interval(figure(text)).times(&ratio(2, 1)).integers();
    assert_eq!(ends(RoundingMode::HalfUp, "3"), Some((5.into(), 6.into())));
    assert_eq!(ends(RoundingMode::HalfDown, "3"), Some((6.into(), 7.into())));
    assert_eq!(RoundingInterval::nearest(figure("3.2")).integers(), None);
    assert_eq!(RoundingMode::Truncation.interval(figure("3")).integers(), Some((3.into(), 3.into())));
}

fn value_and_decimals() -> impl Strategy<Value = (i64, i64, u32)> {
    (-100_000_i64..100_000, prop::sample::select(vec![1_i64, 2, 3, 4, 5, 7, 8, 20, 160]), 0_u32..4)
}

proptest! {
    #![proptest_config(laws())]

    /// What the program prints half-up and half-even is recognised as such.
    #[test]
    fn a_rounded_value_agrees_with_its_own_mode((n, d, decimals) in value_and_decimals(), square in any::<bool>()) {
        let ratio = ratio(n, d);
        let value = if square { Exact::Root(ratio.abs()) } else { Exact::Ratio(ratio) };
        for (rounding, mode) in [(Rounding::HalfUp, RoundingMode::HalfUp), (Rounding::HalfEven, RoundingMode::HalfEven)] {
            let printed = figure(&value.rounded_by(decimals, rounding));
            prop_assert!(agrees(&value, printed).contains(mode), "{:?} {}", value, printed);
            prop_assert!(RoundingInterval::nearest(printed).contains(&value));
        }
    }

    /// Each mode prints every value in exactly one way: the intervals neither overlap nor leave a gap.
    #[test]
    fn each_mode_prints_a_value_in_one_way((n, d, decimals) in value_and_decimals()) {
        let value = ratio(n, d);
        let mantissa = (&value * num_traits::pow(num_bigint::BigInt::from(10), decimals as usize)).floor().to_integer();
        for mode in RoundingMode::ALL {
            let near = (-2..=2).map(|more| &mantissa + more).map(|m| i64::try_from(&m).expect("small"));
            let printed = near.map(|m| calc_series::decimal::Decimal::new(m, decimals as u8));
            let count = printed.filter(|p| mode.interval(calc_series::check::arithmetic::Figure::new(*p)).contains_ratio(&value)).count();
            prop_assert_eq!(count, 1, "{:?} {}", mode, value);
        }
    }
}
