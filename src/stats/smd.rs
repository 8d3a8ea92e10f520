//! Standardised differences between groups: sizes, not tests.

use crate::stats::means::Sample;
use num_traits::{ToPrimitive, Zero};

/// The name of the difference, for tables and results.
pub const METHOD: &str = "standardised mean difference, absolute; of more than two groups the mean over all pairs";

/// The absolute standardised difference of the means of a number.
/// Formula: |m₁ − m₂| / sqrt((s₁² + s₂²)/2); 0 where means are equal and variances are 0.
/// Units: standard deviations, divisor n − 1; of more than two groups the mean over all pairs, as
/// R tableone. None for fewer than two groups, when a group has fewer than two values, and when
/// means differ without any variance.
/// Reference: Austin 2009, doi:10.1002/sim.3697.
/// Checked: exact rationals, tests/stats/smd.rs
pub fn of_numbers(groups: &[&Sample]) -> Option<f64> {
    mean_of_pairs(groups, |first, second| {
        let difference = &first.mean - &second.mean;
        let doubled = first.variance.as_ref()? + second.variance.as_ref()?;
        if difference.is_zero() {
            return Some(0.0);
        }
        if doubled.is_zero() {
            return None;
        }
        let square = &difference * &difference / doubled;
        Some((2.0 * square.to_f64()?).sqrt()).filter(|smd| smd.is_finite())
    })
}

/// The absolute standardised difference of a category, each group given by the counts of its
/// levels, in one order; a binary variable is a category of two levels.
/// Formula: sqrt(δᵀS⁻¹δ), δ the difference of the proportions of all levels but one and S the
/// mean of their multinomial covariance matrices; for two levels |p₁ − p₂| /
/// sqrt((p₁(1 − p₁) + p₂(1 − p₂))/2). Levels without a case are left out.
/// Units: standard deviations, divisor n; of more than two groups the mean over all pairs, as
/// R tableone. None for fewer than two groups, when a group has no case, and when two groups have
/// no level in common: their distance is infinite. (R tableone then prints a number which depends
/// on the order of the levels if there are more than two.)
/// Reference: Yang & Dalton 2012, A unified approach to measuring the effect size between two
/// groups using SAS, SAS Global Forum, paper 335.
/// Checked: NumPy 2.4.6 with the matrix written out, tests/oracle/smd.csv
pub fn of_levels(groups: &[Vec<u64>]) -> Option<f64> {
    mean_of_pairs(&groups.iter().collect::<Vec<_>>(), |first, second| {
        let (p, q) = (proportions(first)?, proportions(second)?);
        let used: Vec<(f64, f64)> = p.into_iter().zip(q).filter(|(p, q)| p + q > 0.0).collect();
        if !used.iter().any(|(p, q)| *p > 0.0 && *q > 0.0) {
            return None;
        }
        Some(squared_distance(used.get(1..)?).max(0.0).sqrt())
    })
}

/// δᵀS⁻¹δ for the levels after the first.
/// Formula: S = D − (ppᵀ + qqᵀ)/2 with D = diag((p + q)/2), inverted after Sherman, Morrison and
/// Woodbury: only a matrix of two rows, 2I − UᵀD⁻¹U with U = [p q], is left to solve.
fn squared_distance(levels: &[(f64, f64)]) -> f64 {
    let weighted =
        |product: fn(f64, f64) -> f64| -> f64 { levels.iter().map(|(p, q)| product(*p, *q) * 2.0 / (p + q)).sum() };
    let (a, b) = (weighted(|p, q| p * (p - q)), weighted(|p, q| q * (p - q)));
    let (pp, pq, qq) = (2.0 - weighted(|p, _| p * p), weighted(|p, q| p * q), 2.0 - weighted(|_, q| q * q));
    weighted(|p, q| (p - q) * (p - q)) + (a * a * qq + 2.0 * a * b * pq + b * b * pp) / (pp * qq - pq * pq)
}

/// The proportions of the levels. None when there is no case.
fn proportions(counts: &[u64]) -> Option<Vec<f64>> {
    let n = counts.iter().map(|count| *count as f64).sum::<f64>();
    (n > 0.0).then(|| counts.iter().map(|count| *count as f64 / n).collect())
}

/// The mean over all pairs of groups. None when a pair has no difference, or there is no pair.
fn mean_of_pairs<T>(groups: &[T], smd: impl Fn(&T, &T) -> Option<f64>) -> Option<f64> {
    let (mut sum, mut pairs) = (0.0, 0.0);
    for (at, first) in groups.iter().enumerate() {
        for second in groups.iter().skip(at + 1) {
            sum += smd(first, second)?;
            pairs += 1.0;
        }
    }
    (pairs > 0.0).then(|| sum / pairs)
}
