//! The odds ratio of a 2 by 2 table, conditional on its margins.

use super::Counts;
use super::hypergeometric::Hypergeometric;
use crate::stats::distribution::is_conf_level;
use crate::stats::root::turning_point;

/// An odds ratio and its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OddsRatio {
    /// The conditional maximum likelihood estimate: 0 or infinite at the ends of what the margins
    /// allow, as R fisher.test; not the ratio ad/bc of the sample.
    pub estimate: f64,
    /// Lower bound, 0 where the estimate is 0.
    pub low: f64,
    /// Upper bound, infinite where the estimate is.
    pub high: f64,
}

/// How [`odds_ratio`] makes its estimate and interval.
pub const ODDS_RATIO_METHOD: &str = "conditional maximum likelihood, exact interval";

/// The odds ratio of a 2 by 2 table and its exact interval.
/// Formula: with x events in the first row of the noncentral hypergeometric distribution given
/// all margins, the estimate makes the mean of X equal to x, the lower bound makes P(X ≥ x) and
/// the upper P(X ≤ x) equal to α/2. (The interval is not the inversion of Fisher's two-sided test:
/// it may hold 1 where p < α.)
/// Units: a ratio of odds, in [0, ∞]. None for another shape than 2 by 2, when a margin is 0, for
/// more than 4·10^12 cases, and when `conf_level` is outside 0.5 to 1 − 1e-9.
/// Reference: Cornfield 1956, Proceedings of the Third Berkeley Symposium 4, 135-148.
/// Checked: SciPy 1.17.1 contingency.odds_ratio and mpmath, tests/oracle/odds_ratio.csv; R 4.2.2
pub fn odds_ratio(table: &[Vec<u64>], conf_level: f64) -> Option<OddsRatio> {
    let cells = Counts::of(table).ok()?.four_cells().filter(|_| is_conf_level(conf_level))?;
    let (distribution, x) = (Hypergeometric::of(cells), cells[0]);
    let size = (1.0 - conf_level) / 2.0;
    // Each condition is false for small odds and true for great ones.
    let solve = |is_beyond: &dyn Fn(f64) -> bool| {
        turning_point(sample_ln_odds_ratio(cells), |ln_odds| is_beyond(ln_odds.clamp(-300.0, 300.0).exp())).exp()
    };
    let (is_least, is_greatest) = (x == distribution.low, x == distribution.high);
    let estimate = match (is_least, is_greatest) {
        (true, _) => 0.0,
        (_, true) => f64::INFINITY,
        _ => solve(&|odds| mean_less(&distribution, x, odds) > 0.0),
    };
    let low = if is_least { 0.0 } else { solve(&|odds| tail(&distribution, x, odds, true) > size) };
    let high = if is_greatest { f64::INFINITY } else { solve(&|odds| tail(&distribution, x, odds, false) < size) };
    Some(OddsRatio { estimate, low, high })
}

/// Where the search begins: ln(ad/bc), with 1/2 added to each cell.
fn sample_ln_odds_ratio(cells: [u64; 4]) -> f64 {
    let [a, b, c, d] = cells.map(|count| count as f64 + 0.5);
    (a / b * (d / c)).ln()
}

/// The mean of X at these odds, less x.
fn mean_less(distribution: &Hypergeometric, x: u64, odds: f64) -> f64 {
    let mode = distribution.mode(odds);
    let ((up, above), (down, below)) = (distribution.sum(mode, odds, true), distribution.sum(mode, odds, false));
    mode as f64 - x as f64 + (above - below) / (up + down - 1.0)
}

/// P(X ≥ x) upwards, P(X ≤ x) downwards, at these odds; what is summed is the side of x away
/// from the mode.
fn tail(distribution: &Hypergeometric, x: u64, odds: f64, upwards: bool) -> f64 {
    let mode = distribution.mode(odds);
    let outer = |x: u64, upwards: bool| {
        let all = distribution.sum(mode, odds, true).0 + distribution.sum(mode, odds, false).0 - 1.0;
        let distance = x as f64 - mode as f64;
        let ln_weight = distribution.ln_probability(x) - distribution.ln_probability(mode) + distance * odds.ln();
        ln_weight.exp() * distribution.sum(x, odds, upwards).0 / all
    };
    match (upwards, x > mode, x < mode) {
        (true, true, _) | (false, _, true) => outer(x, upwards),
        (true, ..) if x == distribution.low => 1.0,
        (true, ..) => 1.0 - outer(x - 1, false),
        (false, ..) if x == distribution.high => 1.0,
        (false, ..) => 1.0 - outer(x + 1, true),
    }
}
