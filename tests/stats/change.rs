//! Rates, ratios, change within pairs, association, one proportion against a reference.

use super::{assert_close, number, oracle, ratio, thousandths};
use calc_series::decimal::{Decimal, round_real};
use calc_series::stats::association::{kendall, pearson, spearman};
use calc_series::stats::binomial_test::binomial_test;
use calc_series::stats::hypothesis::{NoTest, TestMethod};
use calc_series::stats::means::{Sample, mean_interval};
use calc_series::stats::moments::Moments;
use calc_series::stats::odds::{conditional_odds_ratio, risk_ratio, sample_odds_ratio};
use calc_series::stats::paired::{hodges_lehmann, mcnemar, paired_t, signed_rank};
use calc_series::stats::rate::{Ratio, rate, rate_ratio};
use num_rational::BigRational;
use num_traits::ToPrimitive;

fn exact(text: &str) -> BigRational {
    Decimal::parse(text).unwrap().to_ratio()
}

fn assert_ratio(found: &Ratio, expected: [&str; 3], what: &str) {
    let found = [found.estimate.to_f64().unwrap(), found.low, found.high];
    for (found, expected) in found.into_iter().zip(expected) {
        assert_close(found, number(expected), 1e-9, what);
    }
}

#[test]
fn rates_match_r() {
    for row in oracle(include_str!("../oracle/rate.csv"), 27) {
        let first = (number(row[0]), &exact(row[1]));
        let found = match row[2] {
            "" => rate(first.0, first.1, number(row[4])),
            second => rate_ratio(first, (number(second), &exact(row[3])), number(row[4])),
        };
        assert_ratio(&found.unwrap(), [row[5], row[6], row[7]], &format!("{row:?}"));
    }
    assert_eq!((rate(1, &exact("0"), 0.95), rate(1, &exact("1"), 1.0)), (None, None));
    assert_eq!(rate_ratio((1, &exact("1")), (0, &exact("1")), 0.95), None);
}

#[test]
fn odds_and_risk_ratios_match_scipy_and_r() {
    for row in oracle(include_str!("../oracle/odds.csv"), 10) {
        let (what, cells) = (format!("{row:?}"), [0, 1, 2, 3].map(|at| number::<u64>(row[at])));
        let found = conditional_odds_ratio(cells, 0.95).unwrap();
        for (found, expected) in [found.estimate, found.low, found.high].into_iter().zip(&row[4..7]) {
            match *expected {
                "inf" => assert_eq!(found, f64::INFINITY, "{what}"),
                expected => assert_close(found, number(expected), 1e-9, &what),
            }
        }
        let ratios = [sample_odds_ratio(cells, 0.95), risk_ratio(cells, 0.95)];
        for (found, expected) in ratios.iter().zip([&row[7..10], &row[10..13]]) {
            match (found, expected) {
                (None, ["", "", ""]) => {}
                (Some(found), [estimate, low, high]) => assert_ratio(found, [estimate, low, high], &what),
                other => panic!("{what}: {other:?}"),
            }
        }
    }
    for cells in [[0, 0, 1, 2], [1, 2, 0, 0], [0, 1, 0, 2], [1, 0, 2, 0]] {
        assert_eq!(conditional_odds_ratio(cells, 0.95), None);
    }
    assert_eq!(risk_ratio([1, 2, 0, 3], 0.95), None);
}

/// R 4.2.2 fisher.test prints 6.408309 (0.2117329 to 621.9337505): its search stops within a relative 1e-4 of the root
/// of the lower bound, and of the inverse of the upper one.
#[test]
fn the_conditional_odds_ratio_is_near_what_r_prints() {
    let found = conditional_odds_ratio([3, 1, 1, 3], 0.95).unwrap();
    assert_close(found.estimate, 6.408309, 1e-5, "estimate");
    assert_close(found.low, 0.2117329, 2e-5, "lower bound");
    assert_close(found.high, 621.9337505, 1e-2, "upper bound");
    // P(X = 4) and P(X >= 3) at the bounds: 1, 16, 36, 16, 1 are the ways to each table.
    let share = |odds: f64, from: i32| {
        let terms = [1.0, 16.0, 36.0, 16.0, 1.0].into_iter().zip(0..).map(|(ways, x)| (x, ways * odds.powi(x)));
        let all: f64 = terms.clone().map(|(_, term)| term).sum();
        terms.filter(|(x, _)| *x >= from).map(|(_, term)| term).sum::<f64>() / all
    };
    assert_close(share(found.low, 3), 0.025, 1e-11, "upper tail at the lower bound");
    assert_close(1.0 - share(found.high, 4), 0.025, 1e-9, "lower tail at the upper bound");
}

#[test]
fn a_table_of_ten_million_cases_has_an_odds_ratio() {
    let cells = [2_500_000, 2_600_000, 2_450_000, 2_450_000];
    let (conditional, sample) = (conditional_odds_ratio(cells, 0.95).unwrap(), sample_odds_ratio(cells, 0.95).unwrap());
    assert_close(conditional.estimate, sample.estimate.to_f64().unwrap(), 1e-6, "estimate");
    assert_close(conditional.low, sample.low, 1e-5, "low");
    assert_close(conditional.high, sample.high, 1e-5, "high");
}

#[test]
fn binomial_tests_match_r() {
    for row in oracle(include_str!("../oracle/binomial_test.csv"), 11) {
        let found = binomial_test(number(row[0]), number(row[1]), &exact(row[2])).unwrap();
        for (found, expected) in [found.two_sided, found.at_least, found.at_most].into_iter().zip(&row[3..]) {
            assert_close(found, number(expected), 1e-9, &format!("{row:?}"));
        }
    }
    for (x, n, reference) in [(0, 0, "0.5"), (2, 1, "0.5"), (1, 2, "0"), (1, 2, "1"), (1, 2, "-0.5")] {
        assert_eq!(binomial_test(x, n, &exact(reference)), None);
    }
    assert_close(mcnemar(2, 9).unwrap().p, 0.0654296875, 1e-15, "2 of 11");
    assert_eq!(mcnemar(0, 0), Err(NoTest::NoChange));
}

#[test]
fn signed_ranks_match_r() {
    for row in oracle(include_str!("../oracle/signed_rank.csv"), 22) {
        let (what, differences) = (format!("{row:?}"), thousandths(row[0]));
        let found = signed_rank(&differences).unwrap();
        assert_eq!(found.method, TestMethod::SignedRankExact);
        assert_eq!(found.statistic.unwrap().value, number::<f64>(row[1]), "{what}");
        assert_close(found.p, number(row[2]), 1e-13, &what);
        let middle = hodges_lehmann(&differences, 0.95).unwrap();
        let thousand = |value: &str| exact(value) * BigRational::from_integer(1000.into());
        let bounds = [Some(middle.estimate), middle.low, middle.high].map(Option::unwrap);
        assert_eq!(bounds, [row[3], row[4], row[5]].map(thousand), "{what}");
    }
}

/// Ties and zeros: every sign of the midranks listed.
#[test]
fn signed_ranks_with_ties_match_all_signs_listed() {
    let found = signed_rank(&[(-1, 1), (0, 1), (2, 1), (3, 2), (5, 1)]).unwrap();
    assert_eq!((found.statistic.unwrap().value, found.p), (14.0, 0.125));
    assert_eq!(found.smallest_p, Some(Ok(0.0625)));
    assert_eq!(signed_rank(&[(0, 4)]), Err(NoTest::NoChange));
    let middle = hodges_lehmann(&[(1, 2), (4, 1)], 0.95).unwrap();
    assert_eq!((middle.estimate, middle.low, middle.high), (ratio(7, 4), None, None));
    assert_eq!(hodges_lehmann(&[(1, 401)], 0.95), None);
}

#[test]
fn many_pairs_go_by_the_normal_distribution() {
    let few = signed_rank(&(1..=400).map(|size| (if size % 3 == 0 { -size } else { size }, 1)).collect::<Vec<_>>());
    let many = signed_rank(&(1..=401).map(|size| (if size % 3 == 0 { -size } else { size }, 1)).collect::<Vec<_>>());
    let (few, many) = (few.unwrap(), many.unwrap());
    assert_eq!((few.method, many.method), (TestMethod::SignedRankExact, TestMethod::SignedRankNormal));
    assert!(few.p > 0.0 && (few.p / many.p - 1.0).abs() < 0.5, "{few:?} {many:?}");
}

/// R 4.2.2: t.test(extra ~ group, data = sleep, paired = TRUE).
#[test]
fn the_paired_t_test_of_sleep() {
    let differences = thousandths("-1.2 -2.4 -1.3 -1.3 0 -1 -1.8 -0.8 -4.6 -1.4");
    let sample = Sample::of(&Moments::of(differences, 1000)).unwrap();
    let found = paired_t(&sample).unwrap();
    assert_eq!(round_real(found.p, 8).unwrap(), "0.00283289");
    let interval = mean_interval(&sample, 0.95).unwrap();
    assert_eq!([interval.low, interval.high].map(|bound| round_real(bound, 7).unwrap()), ["-2.4598858", "-0.7001142"]);
    assert_eq!(sample.mean, ratio(-158, 100));
    let one = |values: &[(i128, u64)]| paired_t(&Sample::of(&Moments::of(values.iter().copied(), 1)).unwrap());
    assert_eq!((one(&[(3, 1)]), one(&[(3, 2)])), (Err(NoTest::OnePair), Err(NoTest::NoVariance)));
}

#[test]
fn associations_match_r() {
    for row in oracle(include_str!("../oracle/association.csv"), 21) {
        let what = format!("{row:?}");
        let list = |text: &str| text.split(' ').map(number::<i128>).collect::<Vec<_>>();
        let pairs: Vec<(i128, i128)> = list(row[0]).into_iter().zip(list(row[1])).collect();
        let found = pearson(&pairs, 0.95).unwrap();
        let interval = found.interval.unwrap();
        for (found, expected) in
            [found.coefficient, interval.low, interval.high, found.test.p].into_iter().zip(&row[2..6])
        {
            assert_close(found, number(expected), 1e-11, &what);
        }
        let (rho, tau) = (spearman(&pairs).unwrap(), kendall(&pairs).unwrap());
        assert_close(rho.coefficient, number(row[6]), 1e-12, &what);
        if !row[7].is_empty() {
            assert_close(rho.test.p, number(row[7]), 1e-12, &what);
        }
        assert_close(tau.coefficient, number(row[8]), 1e-12, &what);
        // R has the normal approximation where there are ties: the exact p is held against all orders below.
        let has_ties = |of: fn(&(i128, i128)) -> i128| {
            pairs.iter().map(of).collect::<std::collections::BTreeSet<i128>>().len() < pairs.len()
        };
        if pairs.len() > 12 || !(has_ties(|pair| pair.0) || has_ties(|pair| pair.1)) {
            assert_close(tau.test.p, number(row[9]), 1e-11, &what);
        }
    }
    assert_eq!(pearson(&[(1, 2), (2, 3)], 0.95), Err(NoTest::FewPairs));
    assert_eq!(kendall(&[(1, 2), (1, 3), (1, 4)]), Err(NoTest::OneLevel));
    let line = pearson(&[(1, 2), (2, 4), (3, 6), (4, 8)], 0.95).unwrap();
    assert_eq!((line.coefficient, line.interval, line.test.p), (1.0, None, f64::MIN_POSITIVE));
}

/// Kendall's p of few pairs with ties against all orders, listed one by one.
#[test]
fn kendall_with_ties_is_exact_where_pairs_are_few() {
    for pairs in [
        &[(1, 1), (2, 2), (2, 3)][..],
        &[(1, 2), (1, 3), (2, 3), (3, 1), (3, 5), (4, 5)],
        &[(5, 1), (4, 1), (4, 2), (3, 2), (2, 7), (1, 7), (1, 9)],
    ] {
        let score = |order: &[i128]| -> i64 {
            let pair = |a: usize, b: usize| pairs[a].0.cmp(&pairs[b].0) as i64 * order[a].cmp(&order[b]) as i64;
            (0..order.len()).flat_map(|b| (0..b).map(move |a| (a, b))).map(|(a, b)| pair(a, b)).sum()
        };
        let own: Vec<i128> = pairs.iter().map(|pair| pair.1).collect();
        let (observed, mut all, mut extreme) = (score(&own).abs(), 0_u32, 0_u32);
        each_order(&mut own.clone(), 0, &mut |order| {
            all += 1;
            extreme += u32::from(score(order).abs() >= observed);
        });
        let found = kendall(pairs).unwrap();
        assert_close(found.test.p, f64::from(extreme) / f64::from(all), 1e-12, &format!("{pairs:?}"));
        assert_eq!(found.test.method, TestMethod::KendallExact);
    }
    let three = kendall(&[(1, 1), (2, 2), (2, 3)]).unwrap();
    assert_close(three.test.p, 2.0 / 3.0, 1e-12, "three pairs");
}

fn each_order(values: &mut Vec<i128>, from: usize, look: &mut impl FnMut(&[i128])) {
    if from == values.len() {
        return look(values);
    }
    for at in from..values.len() {
        values.swap(from, at);
        each_order(values, from + 1, look);
        values.swap(from, at);
    }
}
