//! The smallest p that a test can give.

use calc_series::stats::contingency::{fisher_exact, smallest_fisher_p, smallest_fisher_p_of_sizes};
use calc_series::stats::rank::{
    Ranks, kruskal_wallis_exact, mann_whitney_exact, smallest_kruskal_wallis_p, smallest_mann_whitney_p,
};

/// Computed with R 4.2.2 and SciPy 1.17.1.
#[test]
fn small_groups_cannot_reach_a_twentieth() {
    assert_eq!(smallest_fisher_p_of_sizes(&[1, 4], 2), Some(0.2));
    assert_eq!(smallest_fisher_p_of_sizes(&[2, 3], 2), Some(0.1));
    assert_eq!(smallest_fisher_p(&[vec![1, 0], vec![1, 3]]), Ok(0.4));
    for (n1, n2, expected) in
        [(2, 2, 2.0 / 6.0), (1, 4, 0.4), (2, 3, 0.2), (3, 3, 0.1), (3, 4, 2.0 / 35.0), (4, 4, 2.0 / 70.0), (1, 1, 1.0)]
    {
        assert_eq!(smallest_mann_whitney_p(n1, n2), Some(expected));
    }
    assert_eq!((smallest_mann_whitney_p(0, 4), smallest_mann_whitney_p(u64::MAX, 4)), (None, None));
}

#[test]
fn a_missing_result_is_none() {
    assert_eq!(smallest_fisher_p_of_sizes(&[5, 0], 2), None);
    assert_eq!(smallest_fisher_p_of_sizes(&[5, 5], 1), None);
    assert_eq!(smallest_fisher_p_of_sizes(&[10, 10, 10], 2), None);
    assert_eq!(smallest_fisher_p_of_sizes(&[u64::MAX, 5], 2), None);
    assert_eq!(smallest_kruskal_wallis_p(&[5, 0]), None);
    assert_eq!(smallest_kruskal_wallis_p(&[1; 9]), None);
    // Millions of cases leave more than no p.
    let p = smallest_fisher_p_of_sizes(&[5_000_000, 5_000_000], 2).unwrap();
    assert!(p > 0.0 && p < 1e-300);
    let one_of_many = smallest_fisher_p_of_sizes(&[1, 9_999_999], 2).unwrap();
    assert!((one_of_many - 1e-7).abs() < 1e-15);
}

/// All ways to spread a group over levels.
fn spread(size: u64, levels: usize) -> Vec<Vec<u64>> {
    match levels {
        1 => vec![vec![size]],
        _ => (0..=size)
            .flat_map(|first| {
                spread(size - first, levels - 1).into_iter().map(move |rest| [vec![first], rest].concat())
            })
            .collect(),
    }
}

#[test]
fn no_outcome_of_groups_of_these_sizes_has_a_smaller_fisher_p() {
    for (sizes, levels) in [
        (vec![1, 4], 2),
        (vec![2, 3], 3),
        (vec![3, 3], 2),
        (vec![3, 3], 3),
        (vec![2, 2, 2], 2),
        (vec![1, 2, 3], 3),
        (vec![1, 1, 2, 3], 2),
        (vec![2, 4, 1], 2),
    ] {
        let mut tables = vec![Vec::new()];
        for size in &sizes {
            let rows = spread(*size, levels);
            tables = tables
                .iter()
                .flat_map(|table: &Vec<Vec<u64>>| rows.iter().map(|row| [table.clone(), vec![row.clone()]].concat()))
                .collect();
        }
        let least = tables.iter().filter_map(|table| fisher_exact(table).ok()).map(|test| test.p).fold(1.0, f64::min);
        let found = smallest_fisher_p_of_sizes(&sizes, levels).unwrap();
        assert!((found - least).abs() < 1e-13, "{sizes:?} with {levels} levels: {found}, listed {least}");
        let of_margins = tables.iter().filter_map(|table| smallest_fisher_p(table).ok()).fold(1.0, f64::min);
        assert!((of_margins - least).abs() < 1e-13);
    }
}

/// All arrangements of the ranks 1 to N into groups of these sizes.
fn arrangements(sizes: &[u64], ranks: &[i128]) -> Vec<Vec<Vec<(i128, u64)>>> {
    let Some((&size, rest)) = sizes.split_first() else { return vec![Vec::new()] };
    let choices = (0_u32..1 << ranks.len()).filter(|bits| u64::from(bits.count_ones()) == size);
    choices
        .flat_map(|bits| {
            let is_chosen = |at: usize| bits >> at & 1 == 1;
            let (chosen, left): (Vec<_>, Vec<_>) = (0..ranks.len()).partition(|at| is_chosen(*at));
            let group: Vec<_> = chosen.iter().map(|at| (ranks[*at], 1)).collect();
            let left: Vec<_> = left.iter().map(|at| ranks[*at]).collect();
            arrangements(rest, &left).into_iter().map(move |groups| [vec![group.clone()], groups].concat())
        })
        .collect()
}

#[test]
fn no_arrangement_has_a_smaller_rank_p() {
    for sizes in [vec![2, 2], vec![1, 4], vec![3, 3], vec![2, 2, 2], vec![1, 2, 3], vec![1, 1, 4]] {
        let ranks: Vec<i128> = (1..=sizes.iter().sum::<u64>().into()).collect();
        let mut least = 1.0_f64;
        for groups in arrangements(&sizes, &ranks) {
            let ranks = Ranks::of(groups.iter().cloned()).unwrap();
            least = least.min(kruskal_wallis_exact(&ranks).unwrap().p);
            if let [n1, n2] = sizes[..] {
                let found = mann_whitney_exact(&ranks).unwrap().p;
                assert!(found >= smallest_mann_whitney_p(n1, n2).unwrap());
            }
        }
        assert_eq!(smallest_kruskal_wallis_p(&sizes), Some(least), "{sizes:?}");
    }
}
