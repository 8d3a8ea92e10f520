//! Odds ratio and risk ratio of a 2 by 2 table: rows are groups, the first column is the outcome.

use crate::decimal::lowest_terms;
use crate::stats::contingency::Hypergeometric;
use crate::stats::distribution::{is_conf_level, normal_quantile};
use crate::stats::rate::Ratio;
use crate::words::words;
use num_rational::BigRational;
use num_traits::ToPrimitive;

words! {
    /// Which odds ratio.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
    pub enum OddsRatioMethod: "odds ratio" {
        /// Given both margins, with the exact interval: as R fisher.test.
        #[default]
        Conditional = "conditional",
        /// Of the counts as they are, with Woolf's interval.
        Sample = "sample",
    }
}

impl OddsRatioMethod {
    /// Its name in tables and results.
    pub const fn name(self) -> &'static str {
        match self {
            OddsRatioMethod::Conditional => CONDITIONAL_METHOD,
            OddsRatioMethod::Sample => SAMPLE_METHOD,
        }
    }
}

/// An odds ratio given the margins, with its exact interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ConditionalOddsRatio {
    /// The most likely ratio: 0 or infinite where the first cell is at an end of what its margins allow.
    pub estimate: f64,
    /// Lower bound.
    pub low: f64,
    /// Upper bound; infinite where the data set none.
    pub high: f64,
}

/// How [`conditional_odds_ratio`] is made.
pub const CONDITIONAL_METHOD: &str = "conditional maximum likelihood, exact interval (noncentral hypergeometric)";

/// The conditional odds ratio of a table (a, b; c, d), as R fisher.test.
/// Formula: given the margins the first cell is noncentral hypergeometric with odds ratio ω: ω at which its mean is a;
/// bounds where P(≥ a) and P(≤ a) are α/2.
/// Units: none. None when a margin is 0, and when `conf_level` is outside 0.5 to 1 − 1e-9.
/// Reference: Cornfield 1956; Fisher 1935, doi:10.2307/2342435.
/// Checked: R 4.2.2 fisher.test, tests/oracle/odds.csv
pub fn conditional_odds_ratio(cells: [u64; 4], conf_level: f64) -> Option<ConditionalOddsRatio> {
    has_margins(cells).filter(|_| is_conf_level(conf_level))?;
    let (table, observed, tail) = (Hypergeometric::of(cells), cells[0], (1.0 - conf_level) / 2.0);
    let (is_least, is_greatest) = (observed == table.low, observed == table.high);
    let estimate = match (is_least, is_greatest) {
        // One table only: the data say nothing.
        (true, true) => return None,
        (true, false) => 0.0,
        (false, true) => f64::INFINITY,
        (false, false) => odds_at(|log| table.tilted(observed, log).mean - observed as f64),
    };
    let low = if is_least { 0.0 } else { odds_at(|log| table.tilted(observed, log).at_least - tail) };
    let high = if is_greatest { f64::INFINITY } else { odds_at(|log| tail - table.tilted(observed, log).at_most) };
    Some(ConditionalOddsRatio { estimate, low, high })
}

/// exp of the root of a function that rises with the logarithm of the odds ratio.
fn odds_at(excess: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (-700.0_f64, 700.0_f64);
    while high - low > 1e-14 * low.abs().max(high.abs()).max(1e-300) {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            break;
        }
        if excess(middle) > 0.0 {
            high = middle;
        } else {
            low = middle;
        }
    }
    (low + (high - low) / 2.0).exp()
}

/// How [`sample_odds_ratio`] makes its interval.
pub const SAMPLE_METHOD: &str = "sample odds ratio, Woolf logit interval";

/// The sample odds ratio of a table (a, b; c, d).
/// Formula: ad/(bc); bounds exp(ln OR ± z·sqrt(1/a + 1/b + 1/c + 1/d)).
/// Units: none. None when a cell is 0, and when `conf_level` is outside 0.5 to 1 − 1e-9.
/// Reference: Woolf 1955, doi:10.1111/j.1469-1809.1955.tb01348.x.
/// Checked: R 4.2.2 by the formula, tests/oracle/odds.csv
pub fn sample_odds_ratio(cells: [u64; 4], conf_level: f64) -> Option<Ratio> {
    let [a, b, c, d] = cells;
    let estimate = quotient([a, d], [b, c]).filter(|_| a > 0 && d > 0)?;
    let variance = cells.iter().map(|cell| 1.0 / *cell as f64).sum::<f64>();
    around_log(estimate, variance, conf_level)
}

/// How [`risk_ratio`] makes its interval.
pub const RISK_METHOD: &str = "risk ratio, Katz log interval";

/// The ratio of two risks of a table (a, b; c, d): a of a + b over c of c + d.
/// Formula: (a/(a + b))/(c/(c + d)); bounds exp(ln RR ± z·sqrt(1/a − 1/(a + b) + 1/c − 1/(c + d))).
/// Units: none. None when a or c is 0, and when `conf_level` is outside 0.5 to 1 − 1e-9.
/// Reference: Katz, Baptista, Azen & Pike 1978, doi:10.2307/2530610.
/// Checked: R 4.2.2 by the formula, tests/oracle/odds.csv
pub fn risk_ratio([a, b, c, d]: [u64; 4], conf_level: f64) -> Option<Ratio> {
    let (first, second) = (a.checked_add(b)?, c.checked_add(d)?);
    let estimate = quotient([a, second], [c, first]).filter(|_| a > 0)?;
    let part = |x: u64, n: u64| 1.0 / x as f64 - 1.0 / n as f64;
    around_log(estimate, part(a, first) + part(c, second), conf_level)
}

fn around_log(estimate: BigRational, variance: f64, conf_level: f64) -> Option<Ratio> {
    if !is_conf_level(conf_level) {
        return None;
    }
    let (log, width) = (estimate.to_f64()?.ln(), normal_quantile(conf_level) * variance.sqrt());
    Some(Ratio { estimate, low: (log - width).exp(), high: (log + width).exp() })
}

/// A product over a product. None when the divisor is 0.
fn quotient(above: [u64; 2], below: [u64; 2]) -> Option<BigRational> {
    let product = |[x, y]: [u64; 2]| u128::from(x) * u128::from(y);
    (product(below) > 0).then(|| lowest_terms(product(above).into(), product(below).into()))
}

/// Some for a table without an empty row or column.
fn has_margins([a, b, c, d]: [u64; 4]) -> Option<()> {
    let sum = |x: u64, y: u64| x.checked_add(y).filter(|sum| *sum > 0);
    sum(a, b).and(sum(c, d)).and(sum(a, c)).and(sum(b, d)).map(|_| ())
}
