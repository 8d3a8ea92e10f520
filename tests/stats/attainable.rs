//! The smallest p that the margins allow: never above p, and attained.

use super::{assert_close, number, oracle};
use calc_series::decimal::{Decimal, Exact};
use calc_series::stats::contingency::{chi_squared, fisher_exact};
use calc_series::stats::hypothesis::{NoTest, TestResult};
use calc_series::stats::means::{Sample, welch_t};
use calc_series::stats::moments::Moments;
use calc_series::stats::rank::{
    Ranks, kruskal_wallis_chi_squared, kruskal_wallis_exact, mann_whitney_exact, mann_whitney_normal,
};
use proptest::prelude::*;

/// The smallest p of an exact test.
fn least(result: &TestResult) -> f64 {
    result.smallest_p.unwrap().unwrap()
}

#[test]
fn ties_are_counted_among_the_arrangements() {
    for row in oracle(include_str!("../oracle/attainable.csv"), 27) {
        let group = |text: &str| super::thousandths(text);
        let ranks = Ranks::of(row[1].split('/').map(group)).unwrap();
        let test = if row[0] == "mann-whitney" { mann_whitney_exact } else { kruskal_wallis_exact };
        let found = test(&ranks).unwrap();
        let fraction = |at: usize| number::<f64>(row[at]) / number::<f64>(row[at + 1]);
        assert_eq!((found.p, least(&found)), (fraction(2), fraction(4)), "{row:?}");
    }
}

/// The smallest p of two-sided tests without ties, computed with R 4.2.2 and SciPy 1.17.1.
#[test]
fn small_groups_cannot_reach_a_twentieth() {
    for (n1, n2, expected) in
        [(2, 2, 2.0 / 6.0), (1, 4, 0.4), (2, 3, 0.2), (3, 3, 0.1), (3, 4, 2.0 / 35.0), (1, 1, 1.0)]
    {
        let ranks = |from: i128, to: i128| (from..to).map(|rank| (rank, 1)).collect::<Vec<_>>();
        let ranks = Ranks::of([ranks(0, n1), ranks(n1, n1 + n2)]).unwrap();
        assert_eq!(least(&mann_whitney_exact(&ranks).unwrap()), expected);
    }
    let fisher = |table: &[Vec<u64>]| least(&fisher_exact(table).unwrap());
    assert_eq!([fisher(&[vec![1, 0], vec![0, 4]]), fisher(&[vec![2, 0], vec![0, 3]])], [0.2, 0.1]);
    assert_eq!(fisher(&[vec![1, 0], vec![1, 3]]), 0.4);
    assert_eq!(fisher(&[vec![5_000_000, 0], vec![0, 5_000_000]]), f64::MIN_POSITIVE);
}

#[test]
fn a_test_by_approximation_has_no_smallest_p() {
    let table = [vec![9, 3], vec![4, 8]];
    let ranks = Ranks::of([vec![(1, 3), (4, 2)], vec![(2, 2), (5, 3)]]).unwrap();
    let sample = |points: [(i128, u64); 2]| Sample::of(&Moments::of(points, 1)).unwrap();
    for result in [
        chi_squared(&table).unwrap(),
        mann_whitney_normal(&ranks, true).unwrap(),
        kruskal_wallis_chi_squared(&ranks).unwrap(),
        welch_t(&sample([(1, 3), (4, 2)]), &sample([(2, 2), (5, 3)])).unwrap(),
    ] {
        assert_eq!(result.smallest_p, None, "{}", result.method);
    }
}

/// All ways to choose `size` of these values, each with the values left.
fn choices(values: &[i128], size: usize) -> Vec<(Vec<i128>, Vec<i128>)> {
    let Some((first, rest)) = values.split_first() else {
        return if size == 0 { vec![(Vec::new(), Vec::new())] } else { Vec::new() };
    };
    let mut all: Vec<_> =
        choices(rest, size).into_iter().map(|(chosen, left)| (chosen, [vec![*first], left].concat())).collect();
    if size > 0 {
        let with = choices(rest, size - 1).into_iter();
        all.extend(with.map(|(chosen, left)| ([vec![*first], chosen].concat(), left)));
    }
    all
}

/// All arrangements of values into groups of these sizes.
fn arrangements(values: &[i128], sizes: &[usize]) -> Vec<Vec<Vec<i128>>> {
    let Some((size, rest)) = sizes.split_first() else { return vec![Vec::new()] };
    choices(values, *size)
        .into_iter()
        .flat_map(|(chosen, left)| {
            arrangements(&left, rest).into_iter().map(move |groups| [vec![chosen.clone()], groups].concat())
        })
        .collect()
}

type RankTest = fn(&Ranks) -> Result<TestResult, NoTest>;

fn ranks(groups: &[Vec<i128>]) -> Result<Ranks, NoTest> {
    Ranks::of(groups.iter().map(|group| {
        let mut points: Vec<(i128, u64)> = group.iter().map(|value| (*value, 1)).collect();
        points.sort_unstable();
        points
    }))
}

/// All tables of two or three rows with these margins.
fn tables(rows: &[u64], columns: &[u64]) -> Vec<Vec<Vec<u64>>> {
    let Some((first, rest)) = rows.split_first() else {
        return if columns.iter().all(|left| *left == 0) { vec![Vec::new()] } else { Vec::new() };
    };
    let mut fillings = vec![(Vec::new(), *first)];
    for column in columns {
        let fill = |(row, left): &(Vec<u64>, u64)| {
            let (row, left) = (row.clone(), *left);
            (0..=left.min(*column))
                .map(move |cell| ([row.clone(), vec![cell]].concat(), left - cell))
                .collect::<Vec<_>>()
        };
        fillings = fillings.iter().flat_map(fill).collect();
    }
    let filled = fillings.into_iter().filter(|(_, left)| *left == 0);
    let below = |row: Vec<u64>| {
        let left: Vec<u64> = columns.iter().zip(&row).map(|(column, cell)| column - cell).collect();
        tables(rest, &left).into_iter().map(move |others| [vec![row.clone()], others].concat()).collect::<Vec<_>>()
    };
    filled.flat_map(|(row, _)| below(row)).collect()
}

proptest! {
    #![proptest_config(super::laws())]

    #[test]
    fn no_arrangement_of_the_values_has_a_smaller_p_and_one_has_it(
        groups in prop::collection::vec(prop::collection::vec(0_i128..4, 1..4), 2..4)
    ) {
        let values: Vec<i128> = groups.concat();
        let sizes: Vec<usize> = groups.iter().map(Vec::len).collect();
        if let Ok(observed) = ranks(&groups) {
            let tests: &[RankTest] =
                if sizes.len() == 2 { &[mann_whitney_exact, kruskal_wallis_exact] } else { &[kruskal_wallis_exact] };
            for test in tests {
                let found = test(&observed).unwrap();
                prop_assert!(found.p >= least(&found));
                let all = arrangements(&values, &sizes);
                let listed = all.iter().map(|groups| test(&ranks(groups).unwrap()).unwrap().p).fold(1.0, f64::min);
                prop_assert!((least(&found) - listed).abs() < 1e-13, "{} against {}", least(&found), listed);
            }
        }
    }

    #[test]
    fn no_table_of_the_margins_has_a_smaller_p_and_one_has_it(
        table in prop::collection::vec(prop::collection::vec(0_u64..4, 2..4), 2..4)
    ) {
        let width = table.iter().map(Vec::len).min().unwrap();
        let table: Vec<Vec<u64>> = table.iter().map(|row| row[..width].to_vec()).collect();
        if let Ok(found) = fisher_exact(&table) {
            prop_assert!(found.p >= least(&found));
            let rows: Vec<u64> = table.iter().map(|row| row.iter().sum()).collect();
            let columns: Vec<u64> = (0..width).map(|at| table.iter().map(|row| row[at]).sum()).collect();
            let listed = tables(&rows, &columns).iter().map(|table| fisher_exact(table).unwrap().p).fold(1.0, f64::min);
            assert_close(least(&found), listed, 1e-12, "the least p of all tables");
        }
    }
}

/// The numbers of the issue: the values 0, 0, 0 against 1, 1, 2, 3 printed 0.029 and a smallest p of 0.057.
#[test]
fn tied_values_may_be_as_unlikely_as_can_be() {
    let found = mann_whitney_exact(&ranks(&[vec![0; 3], vec![1, 1, 2, 3]]).unwrap()).unwrap();
    assert_eq!((found.p, least(&found)), (1.0 / 35.0, 1.0 / 35.0));
    assert_eq!(Exact::from(Decimal::parse("0.029").unwrap()).rounded(3), Exact::from_f64(found.p).unwrap().rounded(3));
}
