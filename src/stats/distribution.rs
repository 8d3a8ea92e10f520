//! Tails and quantiles of the distributions behind tests and intervals.
//!
//! Each p is two-sided or of the upper tail, computed as a tail and never as 1 − p, so that
//! small ones keep their digits.

use crate::stats::beta;
use crate::stats::gamma;
use crate::stats::kept::{Question, kept};
use statrs::distribution::{ContinuousCDF, Normal, StudentsT};
use std::cell::RefCell;

/// Levels for which the quantiles behind intervals are tested.
pub(super) fn is_conf_level(conf_level: f64) -> bool {
    (0.5..=1.0 - 1e-9).contains(&conf_level)
}

/// The standard normal quantile of a two-sided interval, 1.96 at 0.95.
pub(super) fn normal_quantile(conf_level: f64) -> f64 {
    Normal::standard().inverse_cdf(0.5 + conf_level / 2.0)
}

/// P(|Z| ≥ |z|), by the chi-squared distribution with 1 degree of freedom: the normal tail of
/// statrs has 10 digits.
pub(crate) fn normal_p(z: f64) -> f64 {
    chi_squared_p(z * z, 1)
}

/// P(X² ≥ x) with `df` degrees of freedom, at least 1.
/// Formula: the tail of the gamma distribution with shape df/2 above x/2.
pub(crate) fn chi_squared_p(x: f64, df: u64) -> f64 {
    match x {
        x if x.is_infinite() => 0.0,
        x if x > 0.0 => gamma::upper_tail(df as f64 / 2.0, x / 2.0),
        _ => 1.0,
    }
}

/// P(|T| ≥ |t|) with `df` degrees of freedom.
/// Formula: the tail of Beta(df/2, 1/2) below df/(df + t²).
pub(crate) fn t_p(t: f64, df: f64) -> f64 {
    let square = t * t;
    if square.is_infinite() {
        return 0.0;
    }
    beta::tails(df / 2.0, 0.5, df / (df + square), square / (df + square)).0
}

/// P(F ≥ f) with `numerator` and `denominator` degrees of freedom.
/// Formula: the tail of Beta(d₂/2, d₁/2) below d₂/(d₂ + d₁f).
pub(crate) fn f_p(f: f64, numerator: f64, denominator: f64) -> f64 {
    let explained = numerator * f;
    if explained.is_infinite() {
        return 0.0;
    }
    let sum = denominator + explained;
    beta::tails(denominator / 2.0, numerator / 2.0, denominator / sum, explained / sum).0
}

/// From here on the expansion below has all digits of a double.
const EXPANSION_DF: f64 = 1000.0;

/// The quantile of Student's t of a two-sided interval.
/// Formula: from statrs, and from 1000 degrees of freedom on by the expansion of Fisher and
/// Cornish in powers of 1/df (Abramowitz & Stegun 26.7.5), where the beta function of statrs
/// no longer converges. None when df < 1 or not a number.
/// Checked: mpmath at 40 digits, tests/oracle/tails.csv
pub(super) fn t_quantile(conf_level: f64, df: f64) -> Option<f64> {
    if df.is_nan() || df < 1.0 || !is_conf_level(conf_level) {
        return None;
    }
    thread_local!(static QUANTILES: RefCell<Vec<(Question, Option<f64>)>> = const { RefCell::new(Vec::new()) });
    kept(&QUANTILES, (conf_level.to_bits(), df.to_bits()), || new_t_quantile(conf_level, df))
}

fn new_t_quantile(conf_level: f64, df: f64) -> Option<f64> {
    if df < EXPANSION_DF {
        return Some(StudentsT::new(0.0, 1.0, df).ok()?.inverse_cdf(0.5 + conf_level / 2.0));
    }
    let z = normal_quantile(conf_level);
    let square = z * z;
    let power = |coefficients: &[f64]| coefficients.iter().fold(0.0, |sum, coefficient| sum * square + coefficient);
    let terms = [
        power(&[1.0, 1.0]) / 4.0,
        power(&[5.0, 16.0, 3.0]) / 96.0,
        power(&[3.0, 19.0, 17.0, -15.0]) / 384.0,
        power(&[79.0, 776.0, 1482.0, -1920.0, -945.0]) / 92160.0,
    ];
    Some(z * (1.0 + terms.iter().rev().fold(0.0, |sum, term| (sum + term) / df)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tail or quantile that a row of the oracle names.
    fn found(function: &str, argument: f64, df: f64, second_df: f64) -> f64 {
        match function {
            "t_p" => t_p(argument, df),
            "t_quantile" => t_quantile(argument, df).unwrap(),
            "f_p" => f_p(argument, df, second_df),
            "chi_squared_p" => chi_squared_p(argument, df as u64),
            "normal_p" => normal_p(argument),
            _ => panic!("no function {function}"),
        }
    }

    #[test]
    fn tails_and_quantiles_match_mpmath() {
        let rows: Vec<_> = include_str!("../../tests/oracle/tails.csv").lines().skip(2).collect();
        assert_eq!(rows.len(), 232);
        for row in rows {
            let cells: Vec<_> = row.split(',').collect();
            let number = |at: usize| cells[at].parse::<f64>().unwrap_or(f64::NAN);
            let (found, expected) = (found(cells[0], number(1), number(2), number(3)), number(4));
            assert!((found - expected).abs() <= 1e-12 * expected, "{row}: {found:e}");
        }
    }

    #[test]
    fn statistics_beyond_all_doubles_leave_no_tail() {
        assert_eq!((t_p(f64::MAX, 5.0), f_p(f64::MAX, 7.0, 5.0), normal_p(f64::MAX)), (0.0, 0.0, 0.0));
        assert_eq!((t_p(0.0, 5.0), f_p(0.0, 7.0, 5.0), chi_squared_p(0.0, 3)), (1.0, 1.0, 1.0));
        assert_eq!((t_quantile(0.95, 0.5), t_quantile(1.0, 5.0), t_quantile(0.95, f64::NAN)), (None, None, None));
    }
}
