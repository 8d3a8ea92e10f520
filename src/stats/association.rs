//! Association of two numbers of the same cases.

use crate::stats::distribution::{is_conf_level, normal_p, normal_quantile, t_p};
use crate::stats::hypothesis::{DegreesOfFreedom, NoTest, TestMethod, TestResult};
use crate::stats::proportion::Interval;
use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive, Zero};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// A coefficient and its test.
#[derive(Debug, Clone, PartialEq)]
pub struct Association {
    /// The coefficient, in [−1, 1].
    pub coefficient: f64,
    /// Its interval, where there is one.
    pub interval: Option<Interval>,
    /// Its test; p two-sided.
    pub test: TestResult,
}

/// How [`pearson`] makes its interval.
pub const INTERVAL_METHOD: &str = "Fisher z";

/// Most pairs of which all permutations are counted.
const MOST_PERMUTED: usize = 12;
/// Most pairs of the exact distribution of Kendall's tau.
const MOST_KENDALL: usize = 50;
/// Most pairs whose order is compared two by two.
const MOST_COMPARED: usize = 20_000;

/// The correlation of Pearson, with the interval of Fisher's z.
/// Formula: r = Sxy/sqrt(Sxx·Syy), sums exact; t = r·sqrt((n − 2)/(1 − r²)) with n − 2 degrees of freedom; interval
/// tanh(atanh r ± z/sqrt(n − 3)), from 4 pairs on.
/// Errors: [`NoTest::FewPairs`] below 3 pairs, [`NoTest::OneLevel`] when a number does not vary.
/// Reference: Fisher 1921, Metron 1, 3-32. Checked: R 4.2.2 cor.test, tests/oracle/association.csv
pub fn pearson(pairs: &[(i128, i128)], conf_level: f64) -> Result<Association, NoTest> {
    let sums = Sums::of(pairs)?;
    let (coefficient, n) = (sums.correlation()?, pairs.len() as f64);
    let interval = (pairs.len() > 3 && coefficient.abs() < 1.0 && is_conf_level(conf_level)).then(|| {
        let (z, width) = (coefficient.atanh(), normal_quantile(conf_level) / (n - 3.0).sqrt());
        Interval { low: (z - width).tanh(), high: (z + width).tanh() }
    });
    Ok(Association { coefficient, interval, test: t_test(&sums, pairs.len(), TestMethod::Pearson)? })
}

/// The rank correlation of Spearman: Pearson's of the midranks; exact up to 12 pairs, by all permutations.
/// Formula: p is the share of all orders of the second ranks whose Σ r·s is as far from its mean, or farther; beyond, t
/// as in [`pearson`]. Errors: as [`pearson`].
/// Reference: Spearman 1904, doi:10.2307/1412159.
/// Checked: R 4.2.2 cor.test(method = "spearman", exact = TRUE); all orders listed, tests/oracle/association.csv
pub fn spearman(pairs: &[(i128, i128)]) -> Result<Association, NoTest> {
    let ranks = doubled_ranks(pairs);
    let sums = Sums::of(&ranks)?;
    let coefficient = sums.correlation()?;
    if pairs.len() > MOST_PERMUTED {
        return Ok(Association {
            coefficient,
            interval: None,
            test: t_test(&sums, pairs.len(), TestMethod::SpearmanT)?,
        });
    }
    let (first, second): (Vec<i128>, Vec<i128>) = ranks.iter().copied().unzip();
    let n = first.len() as i128;
    let mean = first.iter().sum::<i128>() * second.iter().sum::<i128>();
    let distance = |sum: i128| (sum * n - mean).unsigned_abs();
    let observed = distance(ranks.iter().map(|(first, second)| first * second).sum());
    let (all, extreme) =
        products_of_orders(&first, &second).into_iter().fold((0.0, 0.0), |(all, extreme), (sum, ways)| {
            (all + ways, extreme + if distance(sum) >= observed { ways } else { 0.0 })
        });
    let test = TestResult::of(extreme / all, TestMethod::SpearmanExact).with("rho", coefficient);
    Ok(Association { coefficient, interval: None, test })
}

/// The concordance of Kendall, tau-b: exact up to 12 pairs, without ties up to 50, then by the normal distribution.
/// Formula: (C − D)/sqrt((N₀ − T₁)(N₀ − T₂)), N₀ = n(n − 1)/2 and T the pairs tied in one number; exact p is twice
/// the smaller tail of all orders; with ties the share of all orders whose C − D is as far from 0, or farther; normal:
/// z = (C − D)/sqrt(var), var corrected for ties.
/// Errors: as [`pearson`], and [`NoTest::TooLarge`] beyond 20,000 pairs.
/// Reference: Kendall 1938, doi:10.1093/biomet/30.1-2.81; 1970, Rank Correlation Methods, 4.
/// Checked: R 4.2.2 cor.test(method = "kendall"), tests/oracle/association.csv; with ties all orders listed, tests/stats
pub fn kendall(pairs: &[(i128, i128)]) -> Result<Association, NoTest> {
    Sums::of(pairs)?.correlation()?;
    if pairs.len() > MOST_COMPARED {
        return Err(NoTest::TooLarge);
    }
    let (score, n) = (concordance(pairs), pairs.len() as i64);
    let ties = [runs(pairs.iter().map(|pair| pair.0)), runs(pairs.iter().map(|pair| pair.1))];
    let tied = |runs: &[i64]| runs.iter().map(|t| t * (t - 1) / 2).sum::<i64>();
    let (all, tied_pairs) = (n * (n - 1) / 2, [tied(&ties[0]), tied(&ties[1])]);
    let coefficient = score as f64 / ((all - tied_pairs[0]) as f64).sqrt() / ((all - tied_pairs[1]) as f64).sqrt();
    let has_ties = tied_pairs != [0, 0];
    let test = if !has_ties && pairs.len() <= MOST_KENDALL {
        TestResult::of(kendall_exact_p(pairs.len(), score), TestMethod::KendallExact)
    } else if pairs.len() <= MOST_PERMUTED {
        TestResult::of(kendall_permuted_p(pairs, score), TestMethod::KendallExact)
    } else {
        TestResult::of(normal_p(score as f64 / kendall_variance(n as f64, &ties).sqrt()), TestMethod::KendallNormal)
    };
    Ok(Association { coefficient, interval: None, test: test.with("tau", coefficient) })
}

/// Sums of squares and products about the means, times n².
struct Sums {
    xx: BigInt,
    yy: BigInt,
    xy: BigInt,
}

impl Sums {
    fn of(pairs: &[(i128, i128)]) -> Result<Sums, NoTest> {
        if pairs.len() < 3 {
            return Err(NoTest::FewPairs);
        }
        let n = BigInt::from(pairs.len());
        let sum = |of: fn(&(i128, i128)) -> i128| pairs.iter().map(|pair| BigInt::from(of(pair))).sum::<BigInt>();
        let (x, y) = (sum(|pair| pair.0), sum(|pair| pair.1));
        let product = |of: fn(&(i128, i128)) -> (i128, i128)| {
            pairs.iter().map(|pair| BigInt::from(of(pair).0) * of(pair).1).sum::<BigInt>()
        };
        let (xx, yy, xy) = (product(|(x, _)| (*x, *x)), product(|(_, y)| (*y, *y)), product(|pair| *pair));
        Ok(Sums { xx: &n * xx - &x * &x, yy: &n * yy - &y * &y, xy: n * xy - x * y })
    }

    fn correlation(&self) -> Result<f64, NoTest> {
        if self.xx.is_zero() || self.yy.is_zero() {
            return Err(NoTest::OneLevel);
        }
        let square = num_rational::BigRational::new(&self.xy * &self.xy, &self.xx * &self.yy);
        let size = square.to_f64().ok_or(NoTest::TooLarge)?.sqrt();
        Ok(if self.xy.is_negative() { -size } else { size })
    }

    /// r²/(1 − r²), from exact sums, so that a correlation near 1 keeps its digits. None where it is 1.
    fn explained(&self) -> Option<f64> {
        let (square, all) = (&self.xy * &self.xy, &self.xx * &self.yy);
        let rest = all - &square;
        (!rest.is_zero()).then(|| num_rational::BigRational::new(square, rest).to_f64()).flatten()
    }
}

fn t_test(sums: &Sums, n: usize, method: TestMethod) -> Result<TestResult, NoTest> {
    let df = (n - 2) as f64;
    let size = sums.explained().map_or(f64::INFINITY, |explained| (explained * df).sqrt());
    let t = if sums.xy.is_negative() { -size } else { size };
    let result = TestResult::of(t_p(t, df), method).over(DegreesOfFreedom::One(df));
    Ok(if t.is_finite() { result.with("t", t) } else { result })
}

/// The doubled midranks of both numbers.
fn doubled_ranks(pairs: &[(i128, i128)]) -> Vec<(i128, i128)> {
    let of = |values: Vec<i128>| {
        let mut sorted = values.clone();
        sorted.sort_unstable();
        let rank = move |value: &i128| {
            let below = sorted.partition_point(|other| other < value);
            (below + sorted.partition_point(|other| other <= value) + 1) as i128
        };
        values.iter().map(rank).collect::<Vec<_>>()
    };
    let first = of(pairs.iter().map(|pair| pair.0).collect());
    first.into_iter().zip(of(pairs.iter().map(|pair| pair.1).collect())).collect()
}

/// Σ of products over all orders of the second numbers, and in how many orders each comes about: place by place, from
/// each set of numbers already placed.
fn products_of_orders(first: &[i128], second: &[i128]) -> BTreeMap<i128, f64> {
    let mut of_sets: Vec<BTreeMap<i128, f64>> = vec![BTreeMap::new(); 1 << second.len()];
    of_sets[0].insert(0, 1.0);
    for set in 0..of_sets.len() {
        let sums = std::mem::take(&mut of_sets[set]);
        let Some(next) = first.get(set.count_ones() as usize) else { return sums };
        for (place, value) in second.iter().enumerate().filter(|(place, _)| set & (1 << place) == 0) {
            for (sum, ways) in &sums {
                *of_sets[set | 1 << place].entry(sum + next * value).or_default() += ways;
            }
        }
    }
    BTreeMap::new()
}

/// Concordant less discordant pairs of pairs.
fn concordance(pairs: &[(i128, i128)]) -> i64 {
    let sign = |ordering: Ordering| ordering as i64;
    let of_pair = |place: usize| {
        let (x, y) = pairs[place];
        pairs[..place].iter().map(|other| sign(x.cmp(&other.0)) * sign(y.cmp(&other.1))).sum::<i64>()
    };
    (0..pairs.len()).map(of_pair).sum()
}

/// How many values are equal, for each value.
fn runs(values: impl Iterator<Item = i128>) -> Vec<i64> {
    let mut counts: BTreeMap<i128, i64> = BTreeMap::new();
    values.for_each(|value| *counts.entry(value).or_default() += 1);
    counts.into_values().collect()
}

/// Twice the smaller tail of the number of inversions of all orders of n.
fn kendall_exact_p(n: usize, score: i64) -> f64 {
    let mut shares = vec![1.0];
    for length in 2..=n {
        let mut next = vec![0.0; shares.len() + length - 1];
        for (inversions, share) in shares.iter().enumerate() {
            next[inversions..inversions + length].iter_mut().for_each(|sum| *sum += share / length as f64);
        }
        shares = next;
    }
    let discordant = ((n * (n - 1) / 2) as i64 - score) / 2;
    let place = usize::try_from(discordant).unwrap_or(0);
    let (at_most, at_least): (f64, f64) = (shares.iter().take(place + 1).sum(), shares.iter().skip(place).sum());
    (2.0 * at_most.min(at_least)).min(1.0)
}

/// The share of all orders of the second numbers whose C − D is as far from 0 as this one, or farther: group by group of
/// equal first numbers, from each set of numbers already placed.
fn kendall_permuted_p(pairs: &[(i128, i128)], score: i64) -> f64 {
    let second: Vec<i128> = pairs.iter().map(|pair| pair.1).collect();
    let mut of_sets: BTreeMap<usize, BTreeMap<i64, f64>> = BTreeMap::from([(0, BTreeMap::from([(0, 1.0)]))]);
    let everything = (1_usize << second.len()) - 1;
    for group in runs(pairs.iter().map(|pair| pair.0)) {
        let mut next: BTreeMap<usize, BTreeMap<i64, f64>> = BTreeMap::new();
        for (placed, scores) in &of_sets {
            let free = everything & !placed;
            // All subsets of the free ones.
            let mut chosen = free;
            while chosen > 0 {
                if i64::from(chosen.count_ones()) == group {
                    let more = score_of(&second, *placed, chosen);
                    let target = next.entry(placed | chosen).or_default();
                    scores.iter().for_each(|(sum, ways)| *target.entry(sum + more).or_default() += ways);
                }
                chosen = (chosen - 1) & free;
            }
        }
        of_sets = next;
    }
    let scores = of_sets.remove(&everything).unwrap_or_default();
    let all: f64 = scores.values().sum();
    let extreme: f64 = scores.iter().filter(|(sum, _)| sum.abs() >= score.abs()).map(|(_, ways)| ways).sum();
    extreme / all
}

/// What the numbers of a set add to C − D above those placed before.
fn score_of(values: &[i128], placed: usize, chosen: usize) -> i64 {
    let members =
        |set: usize| values.iter().enumerate().filter(move |(at, _)| set & (1 << at) != 0).map(|(_, value)| value);
    members(chosen).map(|one| members(placed).map(|before| one.cmp(before) as i64).sum::<i64>()).sum()
}

/// The variance of C − D, corrected for ties.
fn kendall_variance(n: f64, ties: &[Vec<i64>; 2]) -> f64 {
    let sum = |runs: &Vec<i64>, of: fn(f64) -> f64| runs.iter().map(|t| of(*t as f64)).sum::<f64>();
    let both = |of: fn(f64) -> f64| (sum(&ties[0], of), sum(&ties[1], of));
    let (third1, third2) = both(|t| t * (t - 1.0) * (2.0 * t + 5.0));
    let (triple1, triple2) = both(|t| t * (t - 1.0) * (t - 2.0));
    let (pair1, pair2) = both(|t| t * (t - 1.0));
    (n * (n - 1.0) * (2.0 * n + 5.0) - third1 - third2) / 18.0
        + triple1 * triple2 / (9.0 * n * (n - 1.0) * (n - 2.0))
        + pair1 * pair2 / (2.0 * n * (n - 1.0))
}
