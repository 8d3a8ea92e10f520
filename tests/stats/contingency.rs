//! Tests of tables of counts.

use super::{assert_close, number, oracle, ratio};
use calc_series::decimal::{Exact, round_real};
use calc_series::stats::contingency::{
    chi_squared, chi_squared_corrected, fisher_exact, smallest_expected_count, trend,
};
use calc_series::stats::hypothesis::{DegreesOfFreedom, NoTest, TestResult};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;
use proptest::prelude::*;

/// A table written as `3 1/0 5`.
fn table(text: &str) -> Vec<Vec<u64>> {
    text.split('/').map(|row| row.split(' ').map(number).collect()).collect()
}

fn statistic(result: &TestResult) -> f64 {
    result.statistic.unwrap().value
}

/// The double nearest to a fraction of an oracle file.
fn fraction(numerator: &str, denominator: &str) -> f64 {
    Exact::Ratio(ratio(number::<BigInt>(numerator), number::<BigInt>(denominator))).to_f64()
}

#[test]
fn fisher_matches_all_tables_listed() {
    for row in oracle(include_str!("../oracle/fisher.csv"), 23) {
        let table = table(row[0]);
        let found = fisher_exact(&table).unwrap();
        let is_two_by_two = table.len() == 2 && table[0].len() == 2;
        let tolerance = if is_two_by_two { 0.0 } else { 1e-13 };
        assert_close(found.p, fraction(row[1], row[2]), tolerance, row[0]);
        assert_close(found.smallest_p.unwrap().unwrap(), fraction(row[3], row[4]), tolerance, row[0]);
    }
}

/// Computed with R 4.2.2 and SciPy 1.17.1.
#[test]
fn fisher_matches_r() {
    for (text, digits, expected) in [
        ("1 0/1 3", 10, "0.4000000000"),
        ("3 1/0 5", 10, "0.0476190476"),
        ("1 0/0 4", 10, "0.2000000000"),
        ("3 1 0/1 2 2/0 1 4", 11, "0.08995766139"),
        ("4 0 1 2/0 3 2 2", 10, "0.1048951049"),
        // statrs takes tables 1e-4 more likely for equal ones, and gives 0.4957.
        ("14 149/10 73", 4, "0.3753"),
    ] {
        assert_eq!(round_real(fisher_exact(&table(text)).unwrap().p, digits).unwrap(), expected, "{text}");
    }
    let found = fisher_exact(&table("1 0/0 4")).unwrap();
    assert_eq!((found.statistic, found.df, found.p), (None, DegreesOfFreedom::None, 0.2));
    assert_eq!(found.method.to_string(), "Fisher exact test, two-sided by probability");
    assert!(fisher_exact(&table("3 1 0/1 2 2")).unwrap().method.name().starts_with("Fisher-Freeman-Halton exact test"));
}

#[test]
fn large_two_by_two_tables_match_exact_sums() {
    for row in oracle(include_str!("../oracle/fisher_large.csv"), 11) {
        let cells: Vec<u64> = row[..4].iter().map(|cell| number(cell)).collect();
        let found = fisher_exact(&[cells[..2].to_vec(), cells[2..].to_vec()]).unwrap();
        assert_close(found.p, number(row[4]), 1e-11, &format!("{row:?}"));
    }
    // Ten million cases, against chi-squared.
    let millions = table("2500000 2501000/2499000 2500000");
    let (exact, pearson) = (fisher_exact(&millions).unwrap().p, chi_squared_corrected(&millions).unwrap().p);
    assert_close(exact, pearson, 1e-5, "ten million cases");
    assert_eq!(fisher_exact(&table("5000000 0/0 5000000")).unwrap().p, f64::MIN_POSITIVE);
}

#[test]
fn a_table_with_too_many_arrangements_is_refused() {
    // The first column alone has too many fillings; then all columns together.
    assert_eq!(fisher_exact(&vec![vec![200; 6]; 6]), Err(NoTest::TooLarge));
    assert_eq!(fisher_exact(&vec![vec![1500; 4]; 2]), Err(NoTest::TooLarge));
    assert_eq!(fisher_exact(&[vec![u64::MAX, 1], vec![1, 1]]), Err(NoTest::TooLarge));
    assert_eq!(NoTest::TooLarge.to_string(), "too many cases for the exact distribution");
}

/// Weights that no double holds are scaled down.
#[test]
fn many_cases_in_a_larger_table() {
    let found = fisher_exact(&table("400 350 3/380 420 1")).unwrap().p;
    assert_close(found, 0.028031683561755092, 1e-11, "all tables listed, as fractions");
    let turned = fisher_exact(&table("400 380/350 420/3 1")).unwrap().p;
    assert_close(turned, found, 1e-10, "turned");
}

/// The scores 1 to k of the columns of a table.
fn ranks(table: &[Vec<u64>]) -> Vec<f64> {
    (1..=table[0].len()).map(|rank| rank as f64).collect()
}

#[test]
fn trend_matches_r_with_any_scores() {
    for row in oracle(include_str!("../oracle/trend.csv"), 8) {
        let numbers = |text: &str| text.split(' ').map(number::<u64>).collect::<Vec<_>>();
        let (events, cases) = (numbers(row[0]), numbers(row[1]));
        let others: Vec<u64> = cases.iter().zip(&events).map(|(cases, events)| cases - events).collect();
        let scores: Vec<f64> = row[2].split(' ').map(number).collect();
        let found = trend(&[events.clone(), others.clone()], &scores).unwrap();
        assert!((statistic(&found) - number::<f64>(row[3])).abs() < 1e-12 * number::<f64>(row[3]).max(1e-3), "{row:?}");
        assert_close(found.p, number(row[4]), 1e-9, &format!("{row:?}"));
        assert_close(trend(&[others, events], &scores).unwrap().p, found.p, 1e-12, "the outcomes turned");
    }
    let table = [vec![2, 3, 0], vec![4, 1, 0]];
    assert_eq!(trend(&table, &[5.0, 5.0, 7.0]), Err(NoTest::OneScore));
}

#[test]
fn chi_squared_and_trend_match_scipy() {
    for row in oracle(include_str!("../oracle/contingency.csv"), 23) {
        let table = table(row[0]);
        let found = chi_squared(&table).unwrap();
        assert_eq!(found.df, DegreesOfFreedom::One(number(row[2])));
        assert!((statistic(&found) - number::<f64>(row[1])).abs() < 1e-12 * statistic(&found).max(1e-3), "{row:?}");
        assert_close(found.p, number(row[3]), 1e-11, row[0]);
        assert_close(smallest_expected_count(&table).unwrap(), number(row[8]), 1e-15, row[0]);
        match row[4] {
            "" => assert_eq!(chi_squared_corrected(&table), Err(NoTest::Shape)),
            x2 => {
                let corrected = chi_squared_corrected(&table).unwrap();
                assert!((statistic(&corrected) - number::<f64>(x2)).abs() < 1e-12, "{row:?}: {corrected:?}");
                assert_close(corrected.p, number(row[5]), 1e-7, row[0]);
            }
        }
        match row[6] {
            "" => assert_eq!(trend(&table, &ranks(&table)), Err(NoTest::Shape)),
            x2 => {
                let found = trend(&table, &ranks(&table)).unwrap();
                assert!((statistic(&found) - number::<f64>(x2)).abs() < 1e-12, "{row:?}: {found:?}");
                assert_close(found.p, number(row[7]), 1e-7, row[0]);
            }
        }
    }
}

#[test]
fn empty_rows_and_columns_change_nothing() {
    let (full, padded) = (table("3 1/0 5"), table("3 0 1/0 0 0/0 0 5"));
    assert_eq!((fisher_exact(&padded), chi_squared(&padded)), (fisher_exact(&full), chi_squared(&full)));
    assert_eq!(fisher_exact(&[vec![3, 1], vec![0, 5, 0]]), fisher_exact(&full));
    let of_ranks = |table: &[Vec<u64>]| trend(table, &[1.0, 2.0]);
    for test in [fisher_exact, chi_squared, chi_squared_corrected, of_ranks] {
        assert_eq!(test(&table("3 1/0 0")), Err(NoTest::OneGroup));
        assert_eq!(test(&table("3 0/4 0")), Err(NoTest::OneLevel));
        assert_eq!(test(&[]), Err(NoTest::OneGroup));
    }
    let (near, far) = (table("5 1/1 6"), table("5 0 1/1 0 6/0 0 0"));
    let (near, far) = (of_ranks(&near).unwrap(), trend(&far, &[1.0, 2.0, 3.0]).unwrap());
    assert_close(statistic(&near), statistic(&far), 1e-14, "two scores have one direction, however far");
}

/// Every table with these margins and its weight.
fn weights(rows: &[u64], columns: &[u64]) -> Vec<BigInt> {
    let Some((&column, rest)) = columns.split_first() else {
        return if rows.iter().all(|left| *left == 0) { vec![BigInt::from(1)] } else { Vec::new() };
    };
    let factorial = |n: u64| (1..=n).map(BigInt::from).product::<BigInt>();
    let mut found = Vec::new();
    let mut fillings = vec![Vec::new()];
    for left in rows {
        fillings =
            fillings.iter().flat_map(|start: &Vec<u64>| (0..=*left).map(|x| [&start[..], &[x]].concat())).collect();
    }
    for filling in fillings.iter().filter(|filling| filling.iter().sum::<u64>() == column) {
        let left: Vec<u64> = rows.iter().zip(filling).map(|(row, taken)| row - taken).collect();
        let weight = factorial(column) / filling.iter().map(|x| factorial(*x)).product::<BigInt>();
        found.extend(weights(&left, rest).into_iter().map(|of_rest| of_rest * &weight));
    }
    found
}

fn small_table() -> impl Strategy<Value = Vec<Vec<u64>>> {
    (2_usize..4, 2_usize..5)
        .prop_flat_map(|(rows, columns)| prop::collection::vec(prop::collection::vec(0_u64..4, columns), rows))
}

fn transposed(table: &[Vec<u64>]) -> Vec<Vec<u64>> {
    (0..table[0].len()).map(|at| table.iter().map(|row| row[at]).collect()).collect()
}

proptest! {
    #![proptest_config(super::laws())]

    #[test]
    fn the_network_equals_all_tables_listed(table in small_table()) {
        let Ok(found) = fisher_exact(&table) else { return Ok(()) };
        let columns = transposed(&table);
        let sums = |lines: &[Vec<u64>]| lines.iter().map(|line| line.iter().sum()).collect::<Vec<u64>>();
        let factorial = |n: u64| (1..=n).map(BigInt::from).product::<BigInt>();
        let of_column = |column: &Vec<u64>| {
            factorial(column.iter().sum()) / column.iter().map(|x| factorial(*x)).product::<BigInt>()
        };
        let observed: BigInt = columns.iter().map(of_column).product();
        let all = weights(&sums(&table), &sums(&columns));
        let sum = |weights: &mut dyn Iterator<Item = &BigInt>| weights.fold(BigInt::zero(), |sum, weight| sum + weight);
        let extreme = sum(&mut all.iter().filter(|weight| **weight <= observed));
        let expected = Exact::Ratio(BigRational::new(extreme, sum(&mut all.iter()))).to_f64();
        prop_assert!((found.p - expected).abs() <= 1e-13 * expected, "{:?}: {} not {}", table, found.p, expected);
    }

    #[test]
    fn rows_and_columns_may_change_places(table in small_table()) {
        let mut turned = table.clone();
        turned.reverse();
        for row in &mut turned {
            row.rotate_left(1);
        }
        for test in [fisher_exact, chi_squared] {
            if let Ok(found) = test(&table) {
                prop_assert!(found.p > 0.0 && found.p <= 1.0);
                for other in [turned.clone(), transposed(&table)] {
                    let p = test(&other).unwrap().p;
                    prop_assert!((p - found.p).abs() <= 1e-12 * p, "{:?}: {} and {}", table, found.p, p);
                }
            }
        }
    }

    #[test]
    fn logarithms_agree_with_integers(a in 0_u64..2000, b in 0_u64..2000, c in 0_u64..2000, d in 1_u64..2000) {
        // Around 1000 cases both ways take turns: neither must show.
        let fit = |count: u64| count / 8;
        let (small, cells) = ([fit(a), fit(b), fit(c), fit(d) + 1], [a, b, c, d]);
        for [a, b, c, d] in [small, cells] {
            let Ok(found) = fisher_exact(&[vec![a, b], vec![c, d]]) else { continue };
            let mirrored = fisher_exact(&[vec![d, c], vec![b, a]]).unwrap();
            prop_assert!((found.p - mirrored.p).abs() <= 1e-11 * found.p);
        }
    }
}
