//! Standardised differences.

use super::means::sample;
use super::{assert_close, number, oracle};
use calc_series::stats::smd::{of_levels, of_numbers};
use proptest::prelude::*;

fn counts(text: &str) -> Vec<u64> {
    text.split(' ').map(number).collect()
}

#[test]
fn categories_match_the_matrix_formula() {
    for row in oracle(include_str!("../oracle/smd.csv"), 9) {
        let found = of_levels(&[counts(row[0]), counts(row[1])]).unwrap();
        assert!((found - number::<f64>(row[2])).abs() < 1e-12 * found.max(1e-3), "{row:?}: {found}");
    }
}

#[test]
fn numbers_by_hand() {
    // Means 2 and 5, variances 1 and 7: 3 / sqrt(4).
    let groups = [sample("1 2 3"), sample("2 6 7"), sample("2 2 2")];
    assert_eq!(of_numbers(&[&groups[0], &groups[1]]), Some(1.5));
    assert_eq!(of_numbers(&[&groups[1], &groups[0]]), Some(1.5));
    assert_eq!(of_numbers(&[&groups[2], &groups[2]]), Some(0.0));
    let expected = (1.5 + 0.0 + 3.0 / 3.5_f64.sqrt()) / 3.0;
    assert_close(of_numbers(&groups.each_ref()).unwrap(), expected, 1e-15, "the mean of three pairs");
}

#[test]
fn a_missing_result_is_none() {
    let (one, same, other) = (sample("4"), sample("2 2"), sample("3 3 3"));
    assert_eq!((of_numbers(&[&one, &same]), of_numbers(&[&same, &other]), of_numbers(&[&same])), (None, None, None));
    assert_eq!(of_levels(&[vec![1, 2]]), None);
    assert_eq!(of_levels(&[vec![1, 2], vec![0, 0]]), None);
    // No level in common: infinitely far apart.
    assert_eq!(of_levels(&[vec![3, 0], vec![0, 4]]), None);
    assert_eq!(of_levels(&[vec![3, 0, 0], vec![0, 4, 4]]), None);
    assert_eq!(of_levels(&[vec![3, 1], vec![3, 1], vec![0, 0]]), None);
    assert_eq!(of_levels(&[vec![3, 0], vec![4, 0]]), Some(0.0));
}

proptest! {
    #![proptest_config(super::laws())]

    #[test]
    fn the_order_of_levels_and_of_groups_does_not_matter(
        levels in prop::collection::vec((1_u64..30, 1_u64..30), 2..6),
    ) {
        let split = |levels: &[(u64, u64)]| [0, 1].map(|group| {
            levels.iter().map(|level| if group == 0 { level.0 } else { level.1 }).collect::<Vec<_>>()
        });
        let mut turned = levels.clone();
        turned.reverse();
        let ([a, b], turned) = (split(&levels), split(&turned));
        let found = of_levels(&[a.clone(), b.clone()]).unwrap();
        prop_assert!((found - of_levels(&[b, a]).unwrap()).abs() < 1e-7);
        prop_assert!((found - of_levels(&turned).unwrap()).abs() < 1e-7);
    }

    #[test]
    fn a_binary_variable_is_a_category_of_two_levels(a in 1_u64..40, b in 1_u64..40, c in 1_u64..40, d in 1_u64..40) {
        let (p, q) = (a as f64 / (a + b) as f64, c as f64 / (c + d) as f64);
        let expected = (p - q).abs() / ((p * (1.0 - p) + q * (1.0 - q)) / 2.0).sqrt();
        prop_assert!((of_levels(&[vec![a, b], vec![c, d]]).unwrap() - expected).abs() < 1e-9);
    }
}
