//! Confidence intervals for a proportion.

use super::{assert_close, number, oracle};
use IntervalMethod::{AgrestiCoull, ClopperPearson, Jeffreys, MidP, Wilson, WilsonCorrected};
use calc_series::decimal::round_real;
use calc_series::stats::binomial::{PointWeight, Tail, probability_of_tail};
use calc_series::stats::proportion::{
    Difference, Interval, IntervalMethod, difference, difference_corrected, interval, raw_interval,
};
use proptest::prelude::*;
use statrs::distribution::{Beta, Binomial, ContinuousCDF, DiscreteCDF};

#[test]
fn six_decimals_match_r() {
    for row in oracle(include_str!("../oracle/proportion_r.csv"), 15) {
        for (method, low, high) in [(Wilson, row[2], row[3]), (ClopperPearson, row[4], row[5])] {
            let found = interval(number(row[0]), number(row[1]), 0.95, method).unwrap();
            for (bound, expected) in [(found.low, low), (found.high, high)] {
                // The ends 0 and 1 are exact, and written so.
                let decimals = if expected.len() == 1 { 0 } else { expected.len() - 2 };
                assert_eq!(round_real(bound, decimals as u32).unwrap(), expected, "{row:?}");
                assert_eq!(expected.len() == 1, bound == 0.0 || bound == 1.0, "{row:?}");
            }
        }
    }
}

#[test]
fn every_small_proportion_matches_mpmath() {
    for row in oracle(include_str!("../oracle/proportion.csv"), 675) {
        for (method, low, high) in [(Wilson, row[3], row[4]), (ClopperPearson, row[5], row[6])] {
            let found = interval(number(row[0]), number(row[1]), number(row[2]), method).unwrap();
            assert_close(found.low, number(low), 1e-12, &format!("{method} low of {row:?}"));
            assert_close(found.high, number(high), 1e-12, &format!("{method} high of {row:?}"));
        }
    }
}

#[test]
fn clopper_pearson_is_accurate_for_millions_of_cases() {
    for row in oracle(include_str!("../oracle/proportion_large.csv"), 126) {
        let found = interval(number(row[0]), number(row[1]), number(row[2]), ClopperPearson).unwrap();
        assert_close(found.low, number(row[3]), 1e-12, &format!("low of {row:?}"));
        assert_close(found.high, number(row[4]), 1e-12, &format!("high of {row:?}"));
    }
}

#[test]
fn the_other_methods_match_mpmath() {
    for row in oracle(include_str!("../oracle/proportion_methods.csv"), 118) {
        for (at, method) in [WilsonCorrected, Jeffreys, AgrestiCoull, MidP].into_iter().enumerate() {
            let found = raw_interval(number(row[0]), number(row[1]), number(row[2]), method).unwrap();
            assert_close(found.low, number(row[3 + 2 * at]), 1e-11, &format!("{method} low of {row:?}"));
            assert_close(found.high, number(row[4 + 2 * at]), 1e-11, &format!("{method} high of {row:?}"));
        }
    }
}

/// Six decimals computed with R 4.2.2 and SciPy 1.17.1: Jeffreys and Agresti-Coull as their formulas give them.
#[test]
fn raw_intervals_match_r() {
    for (x, n, method, low, high) in [
        (0, 5, Jeffreys, "0.000093", "0.379377"),
        (4, 5, Jeffreys, "0.371374", "0.977487"),
        (1, 1, Jeffreys, "0.146746", "0.999614"),
        (9, 17, Jeffreys, "0.303326", "0.746380"),
        (0, 5, AgrestiCoull, "-0.054572", "0.489055"),
        (2, 2, AgrestiCoull, "0.290227", "1.052153"),
        (64, 78, AgrestiCoull, "0.719709", "0.891228"),
        (0, 5, MidP, "0", "0.450720"),
        (3, 4, MidP, "0.242287", "0.987498"),
        (1, 2, MidP, "0.025000", "0.975000"),
        (64, 78, MidP, "0.723570", "0.894028"),
        (0, 5, WilsonCorrected, "0", "0.537056"),
        (4, 5, WilsonCorrected, "0.298791", "0.989470"),
    ] {
        let found = raw_interval(x, n, 0.95, method).unwrap();
        let rounded = |bound: f64| if bound == 0.0 { "0".to_owned() } else { round_real(bound, 6).unwrap() };
        assert_eq!((rounded(found.low), rounded(found.high)), (low.to_owned(), high.to_owned()), "{x}/{n} {method}");
    }
    assert_eq!(interval(0, 5, 0.95, AgrestiCoull).unwrap().low, 0.0);
    assert_eq!(interval(5, 5, 0.95, Jeffreys).unwrap().high, 1.0);
    // R prop.test does not correct where exactly half are events.
    assert_eq!(interval(2, 4, 0.95, WilsonCorrected), interval(2, 4, 0.95, Wilson));
}

#[test]
fn all_methods_are_accurate_for_millions_of_cases() {
    for method in IntervalMethod::ALL {
        let (Interval { low, high }, wilson) = (
            interval(6_000_000, 10_000_000, 0.95, method).unwrap(),
            interval(6_000_000, 10_000_000, 0.95, Wilson).unwrap(),
        );
        assert!((low - wilson.low).abs() < 2e-7 && (high - wilson.high).abs() < 2e-7, "{method}: {low} to {high}");
    }
}

/// 22.5 % are 23 %, and not 22 % because two doubles are subtracted.
#[test]
fn a_difference_is_rounded_once() {
    for (one, other, expected) in [((1, 2), (11, 40), 0.225), ((3, 5), (1, 2), 0.1), ((2, 2), (27, 40), 0.325)] {
        assert_eq!(difference(one, other, 0.95).unwrap().estimate, expected);
        assert_eq!(difference(other, one, 0.95).unwrap().estimate, -expected);
    }
}

#[test]
fn differences_match_statsmodels() {
    for row in oracle(include_str!("../oracle/difference.csv"), 33) {
        let [x1, n1, x2, n2]: [u64; 4] = std::array::from_fn(|at| number(row[at]));
        let found = difference((x1, n1), (x2, n2), number(row[4])).unwrap();
        assert!((found.low - number::<f64>(row[5])).abs() < 1e-12, "{row:?}: {found:?}");
        assert!((found.high - number::<f64>(row[6])).abs() < 1e-12, "{row:?}: {found:?}");
    }
    let Difference { estimate, low, high } = difference((3, 4), (0, 5), 0.95).unwrap();
    let nine = |value| round_real(value, 9).unwrap();
    assert_eq!((estimate, nine(low), nine(high)), (0.75, "0.124941790".to_owned(), "0.954412739".to_owned()));
    assert_eq!(difference((0, 0), (1, 2), 0.95), None);
}

/// Two independent ways, which take turns at 200 cases.
#[test]
fn the_summed_tail_agrees_with_beta_quantiles() {
    let beta = |a: u64, b: u64, p| Beta::new(a as f64, b as f64).unwrap().inverse_cdf(p);
    for (x, n) in (2_u64..=200).step_by(9).flat_map(|n| (1..n).map(move |x| (x, n))) {
        for tail in [0.2, 0.05, 0.025, 0.005] {
            let low = probability_of_tail(Tail::AtLeast, PointWeight::Whole, x, n, tail).unwrap();
            let high = probability_of_tail(Tail::AtMost, PointWeight::Whole, x, n, tail).unwrap();
            assert_close(beta(x, n - x + 1, tail), low, 1e-10, &format!("low of {x}/{n}"));
            assert_close(beta(x + 1, n - x, 1.0 - tail), high, 1e-10, &format!("high of {x}/{n}"));
        }
    }
}

#[test]
fn an_interval_that_does_not_exist_is_none() {
    for method in IntervalMethod::ALL {
        for (x, n, conf_level) in [
            (0, 0, 0.95),
            (2, 1, 0.95),
            (1, 2, f64::NAN),
            (1, 2, 1.0),
            (1, 2, 0.0),
            (1, 2, -1.0),
            (1, 2, f64::INFINITY),
        ] {
            assert_eq!(interval(x, n, conf_level, method), None, "{x}/{n} at {conf_level}");
        }
    }
    for (x, n, size) in [(0, 5, 0.025), (5, 5, 0.025), (6, 5, 0.025), (1, 5, 0.0), (1, 5, 1.0), (1, 5, f64::NAN)] {
        assert_eq!(probability_of_tail(Tail::AtMost, PointWeight::Whole, x, n, size), None);
    }
}

#[test]
fn methods_are_named_by_their_words() {
    for method in IntervalMethod::ALL {
        assert_eq!(method.word().parse(), Ok(method));
    }
    assert_eq!(Wilson.name(), "Wilson score, no continuity correction");
    assert_eq!(ClopperPearson.name(), "Clopper-Pearson exact");
    let unknown = "wald".parse::<IntervalMethod>().unwrap_err();
    assert!(IntervalMethod::ALL.iter().all(|method| unknown.remedy().contains(method.word())), "{}", unknown.remedy());
    assert!("".parse::<IntervalMethod>().is_err());
}

fn proportion() -> impl Strategy<Value = (u64, u64)> {
    prop_oneof![1_u64..40, 190_u64..210, 1_u64..=100_000, Just(10_000_000)].prop_flat_map(|n| (0..=n, Just(n)))
}

proptest! {
    #![proptest_config(super::laws())]

    #[test]
    fn an_interval_contains_the_estimate((x, n) in proportion(), level in 0.5_f64..0.999_999_999) {
        for method in IntervalMethod::ALL {
            let Interval { low, high } = interval(x, n, level, method).unwrap();
            let estimate = x as f64 / n as f64;
            prop_assert!(0.0 <= low && low <= estimate, "{} of {}/{}: from {}", method, x, n, low);
            prop_assert!(estimate <= high && high <= 1.0, "{} of {}/{}: to {}", method, x, n, high);
            prop_assert!(low < high && (x > 0 || low == 0.0) && (x < n || high == 1.0));
            // Only Agresti and Coull's has to be clipped.
            prop_assert!(method == AgrestiCoull || (low == 0.0) == (x == 0) && (high == 1.0) == (x == n));
        }
    }

    #[test]
    fn a_difference_contains_its_estimate_and_turns_its_sign(a in proportion(), b in proportion()) {
        let (found, turned) = (difference(a, b, 0.95).unwrap(), difference(b, a, 0.95).unwrap());
        prop_assert!(-1.0 <= found.low && found.low <= found.estimate && found.estimate <= found.high && found.high <= 1.0);
        prop_assert!((found.low + turned.high).abs() < 1e-15 && (found.high + turned.low).abs() < 1e-15);
    }

    #[test]
    fn non_events_have_the_mirrored_interval((x, n) in proportion()) {
        for method in IntervalMethod::ALL {
            let (events, others) = (interval(x, n, 0.95, method).unwrap(), interval(n - x, n, 0.95, method).unwrap());
            prop_assert!((events.low + others.high - 1.0).abs() < 1e-11);
            prop_assert!((events.high + others.low - 1.0).abs() < 1e-11);
        }
    }

    #[test]
    fn each_clopper_pearson_tail_has_half_the_error(n in 2_u64..60, part in 0.0_f64..1.0) {
        let x = 1 + (part * (n - 1) as f64) as u64;
        prop_assume!(x < n);
        let Interval { low, high } = interval(x, n, 0.9, ClopperPearson).unwrap();
        let (at_low, at_high) = (Binomial::new(low, n).unwrap(), Binomial::new(high, n).unwrap());
        prop_assert!((at_low.sf(x - 1) - 0.05).abs() < 1e-9 && (at_high.cdf(x) - 0.05).abs() < 1e-9);
    }
}

#[test]
fn a_corrected_difference_is_that_of_prop_test() {
    for row in oracle(include_str!("../oracle/prop_test.csv"), 10) {
        let count = |at: usize| number::<u64>(row[at]);
        let (first, second) = ((count(0), count(1)), (count(2), count(3)));
        let found = difference_corrected(first, second, number(row[4])).unwrap();
        for (found, expected) in [(found.estimate, row[5]), (found.low, row[6]), (found.high, row[7])] {
            assert!((found - number::<f64>(expected)).abs() < 1e-12, "{row:?}: {found}");
        }
    }
    assert_eq!(difference_corrected((0, 0), (1, 2), 0.95), None);
    assert_eq!(difference_corrected((1, 2), (3, 2), 0.95), None);
}
