//! The log-rank test of groups.

use super::Observed;
use crate::stats::distribution::chi_squared_p;
use crate::stats::hypothesis::{DegreesOfFreedom, NoTest, TestMethod, TestResult};
use crate::stats::permutation::{Tails, sums_of_choices};
use std::collections::BTreeMap;

/// Cases at risk and events, over all groups and in each.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Risk {
    at_risk: Vec<u64>,
    events: Vec<u64>,
}

impl Risk {
    fn all(&self) -> (u64, u64) {
        (self.at_risk.iter().sum(), self.events.iter().sum())
    }
}

/// The log-rank test of two groups or more, each observed at times sorted upwards.
/// Formula: (O − E)ᵀV⁻¹(O − E) over all groups but one, E = Σ d·nᵢ/n and V the hypergeometric covariances
/// d(n − d)/(n − 1)·(nᵢ/n)(δᵢⱼ − nⱼ/n), as R survdiff; groups without an expected event are left out.
/// Units: p of the upper tail of chi-squared.
/// Errors: [`NoTest::OneGroup`], [`NoTest::NoEvent`] when there is none while two groups are at risk.
/// Reference: Mantel 1966, Cancer Chemotherapy Reports 50, 163-170.
/// Checked: R 4.2.2 survival 3.5.3 survdiff, tests/oracle/log_rank.csv
pub fn log_rank(groups: &[Vec<Observed>]) -> Result<TestResult, NoTest> {
    let risks = risks(groups)?;
    let expected = expected(&risks, groups.len());
    let kept: Vec<usize> = (0..groups.len()).filter(|group| expected[*group] > 0.0).collect();
    let [first @ .., _] = kept.as_slice() else { return Err(NoTest::NoEvent) };
    if first.is_empty() {
        return Err(NoTest::NoEvent);
    }
    let excess: Vec<f64> = first
        .iter()
        .map(|group| risks.values().map(|risk| risk.events[*group] as f64).sum::<f64>() - expected[*group])
        .collect();
    let chi_squared = quadratic(covariance(&risks, first), excess).ok_or(NoTest::NoEvent)?;
    let df = first.len() as u64;
    let result = TestResult::of(chi_squared_p(chi_squared, df), TestMethod::LogRank).with("X²", chi_squared);
    Ok(result.over(DegreesOfFreedom::One(df as f64)))
}

/// The log-rank test of two groups by all arrangements of the cases into groups of these sizes.
/// Formula: O − E of the first group is the sum of the scores δ − Σ d/n of its cases, which arrangements
/// exchange; p is the share of those that are as far from 0, or farther, compared as integers.
/// Units: p two-sided.
/// Errors: as [`log_rank`], [`NoTest::Shape`] for other than two groups, [`NoTest::TooLarge`] beyond five million
/// steps of counting.
/// Checked: all arrangements listed, tests/stats/survival.rs
pub fn log_rank_permutation(groups: &[Vec<Observed>]) -> Result<TestResult, NoTest> {
    let [first, second] = groups else { return Err(NoTest::Shape) };
    log_rank(groups)?;
    let scores = scores(&risks(groups)?, groups)?;
    let score = |time: i128, event: bool| scores.get(&(time, event)).copied().ok_or(NoTest::TooLarge);
    let (mut runs, mut observed, mut size) = (BTreeMap::<i128, u64>::new(), 0_i128, 0);
    for (is_first, at) in first.iter().map(|at| (true, at)).chain(second.iter().map(|at| (false, at))) {
        for (count, event) in [(at.events, true), (at.censored, false)].into_iter().filter(|(count, _)| *count > 0) {
            let score = score(at.time, event)?;
            *runs.entry(score).or_default() += count;
            if is_first {
                observed += score * i128::from(count);
                size += count;
            }
        }
    }
    let runs: Vec<(u64, i128)> = runs.into_iter().map(|(score, count)| (count, score)).collect();
    let distribution = sums_of_choices(&runs, size)?;
    let tails = Tails::of(distribution.iter().map(|(sum, ways)| (sum.unsigned_abs(), *ways)), observed.unsigned_abs());
    Ok(TestResult::of(tails.p, TestMethod::LogRankExact).at_least(Ok(tails.smallest)))
}

/// The score of a case by its time and whether it has the event, as integers over one denominator.
fn scores(risks: &BTreeMap<i128, Risk>, groups: &[Vec<Observed>]) -> Result<BTreeMap<(i128, bool), i128>, NoTest> {
    // Sums of the scores of 2^36 cases then stay within 128 bits.
    const MOST: i128 = 1 << 90;
    let denominator = risks.values().try_fold(1_i128, |denominator, risk| {
        let at_risk = i128::from(risk.all().0);
        let common = num_integer::gcd(denominator, at_risk);
        (denominator / common).checked_mul(at_risk).filter(|denominator| *denominator <= MOST)
    });
    let denominator = denominator.ok_or(NoTest::TooLarge)?;
    let (mut hazard, mut scores) = (0_i128, BTreeMap::new());
    let mut times: Vec<i128> = groups.iter().flatten().map(|at| at.time).collect();
    times.sort_unstable();
    times.dedup();
    for time in times {
        if let Some((at_risk, events)) = risks.get(&time).map(Risk::all).filter(|(_, events)| *events > 0) {
            hazard =
                hazard.checked_add(denominator / i128::from(at_risk) * i128::from(events)).ok_or(NoTest::TooLarge)?;
        }
        scores.insert((time, true), denominator - hazard);
        scores.insert((time, false), -hazard);
    }
    Ok(scores)
}

/// Who was at risk, and who had the event, at each time with an event.
fn risks(groups: &[Vec<Observed>]) -> Result<BTreeMap<i128, Risk>, NoTest> {
    let cases = |group: &[Observed]| group.iter().map(|at| at.events + at.censored).sum::<u64>();
    if groups.iter().filter(|group| cases(group) > 0).count() < 2 {
        return Err(NoTest::OneGroup);
    }
    let none = || Risk { at_risk: vec![0; groups.len()], events: vec![0; groups.len()] };
    let mut risks: BTreeMap<i128, Risk> = BTreeMap::new();
    for (number, group) in groups.iter().enumerate() {
        for at in group.iter().filter(|at| at.events > 0) {
            risks.entry(at.time).or_insert_with(none).events[number] += at.events;
        }
    }
    for (number, group) in groups.iter().enumerate() {
        let (mut later, mut left) = (group.iter().peekable(), cases(group));
        for (time, risk) in &mut risks {
            while let Some(at) = later.next_if(|at| at.time < *time) {
                left -= at.events + at.censored;
            }
            risk.at_risk[number] = left;
        }
    }
    Ok(risks)
}

/// Expected events in each group.
fn expected(risks: &BTreeMap<i128, Risk>, groups: usize) -> Vec<f64> {
    let share = |risk: &Risk, group: usize| {
        let (at_risk, events) = risk.all();
        events as f64 * risk.at_risk[group] as f64 / at_risk as f64
    };
    (0..groups).map(|group| risks.values().map(|risk| share(risk, group)).sum()).collect()
}

/// The covariances of the events of some groups.
fn covariance(risks: &BTreeMap<i128, Risk>, groups: &[usize]) -> Vec<Vec<f64>> {
    let mut sums = vec![vec![0.0; groups.len()]; groups.len()];
    for risk in risks.values() {
        let (at_risk, events) = risk.all();
        if at_risk < 2 {
            continue;
        }
        let (n, d) = (at_risk as f64, events as f64);
        let spread = d * (n - d) / (n - 1.0);
        for (row, i) in groups.iter().enumerate() {
            for (column, j) in groups.iter().enumerate() {
                let same = if i == j { 1.0 } else { 0.0 };
                sums[row][column] += spread * risk.at_risk[*i] as f64 / n * (same - risk.at_risk[*j] as f64 / n);
            }
        }
    }
    sums
}

/// xᵀM⁻¹x of a symmetric positive definite matrix, by the decomposition of Cholesky: |L⁻¹x|². None where it is not one.
fn quadratic(mut matrix: Vec<Vec<f64>>, mut x: Vec<f64>) -> Option<f64> {
    for column in 0..x.len() {
        let largest = matrix[column][column];
        let pivot = (largest > 1e-12).then(|| largest.sqrt())?;
        let factors: Vec<f64> = matrix[column].iter().map(|value| value / pivot).collect();
        x[column] /= pivot;
        for row in column + 1..x.len() {
            x[row] -= factors[row] * x[column];
            matrix[row].iter_mut().zip(&factors).for_each(|(value, factor)| *value -= factors[row] * factor);
        }
    }
    Some(x.iter().map(|value| value * value).sum())
}
