//! The interval of a median.

use super::{assert_close, number, oracle};
use calc_series::stats::median_interval::{median_interval, range_coverage};
use proptest::prelude::*;

#[test]
fn ranks_and_coverage_are_exact() {
    for row in oracle(include_str!("../oracle/median_interval.csv"), 144) {
        let found = median_interval(number(row[0]), number(row[1]));
        match row[2] {
            "" => assert_eq!(found, None, "{row:?}"),
            _ => {
                let found = found.unwrap();
                assert_eq!((found.low_rank, found.high_rank), (number(row[2]), number(row[3])), "{row:?}");
                assert_close(found.coverage, number(row[4]), 1e-13, &format!("{row:?}"));
            }
        }
    }
}

/// Coverages as the golden tables print them.
#[test]
fn small_samples_by_hand() {
    for n in [3, 4, 5] {
        assert_eq!(median_interval(n, 0.95), None);
    }
    assert_eq!([3, 4, 5].map(range_coverage), [Some(0.75), Some(0.875), Some(0.9375)]);
    for (n, low, high, coverage) in [
        (6, 1, 6, 0.96875),
        (7, 1, 7, 0.984375),
        (8, 1, 8, 0.9921875),
        (9, 2, 8, 0.9609375),
        (10, 2, 9, 0.978515625),
        (11, 2, 10, 0.98828125),
    ] {
        let found = median_interval(n, 0.95).unwrap();
        assert_eq!((found.low_rank, found.high_rank, found.coverage), (low, high, coverage));
    }
    assert_eq!((range_coverage(0), range_coverage(1), median_interval(0, 0.95)), (None, Some(0.0), None));
    assert_eq!(median_interval(4, 0.875).unwrap().coverage, 0.875);
    assert_eq!((median_interval(9, 1.0), median_interval(9, f64::NAN), median_interval(9, 0.2)), (None, None, None));
}

/// The exact sums end where the tails begin: both agree there.
#[test]
fn ten_million_values_have_an_interval() {
    let found = median_interval(10_000_000, 0.95).unwrap();
    let half_width = 1.959963984540054 * 10_000_000_f64.sqrt() / 2.0;
    assert!((found.low_rank as f64 - (5_000_000.5 - half_width)).abs() < 2.0, "{found:?}");
    assert_eq!(found.low_rank + found.high_rank, 10_000_001);
    assert!(found.coverage >= 0.95 && found.coverage < 0.951);
}

proptest! {
    #![proptest_config(super::laws())]

    #[test]
    fn the_next_narrower_interval_covers_too_little(n in 6_u64..3000, level in 0.5_f64..0.97) {
        let found = median_interval(n, level).unwrap();
        prop_assert!(found.coverage >= level && found.low_rank + found.high_rank == n + 1);
        let step = median_interval(n, found.coverage + 1e-6).map_or(0, |wider| wider.low_rank);
        prop_assert!(step < found.low_rank);
    }
}
