//! Intervals from the normal distribution of a score.

use super::Interval;
use crate::stats::distribution::normal_quantile;

/// Wilson score interval for a proportion `x / n`.
/// Formula: (p + z²/2n ± z·sqrt(p(1−p)/n + z²/4n²)) / (1 + z²/n); the lower bound as
/// p² / (1 + z²/n) / upper, which is the same and does not cancel near 0.
/// Units: bounds in [0, 1]. Requires n > 0.
/// Reference: Wilson 1927, doi:10.1080/01621459.1927.10502953.
/// Checked: R 4.2.2 values, tests/oracle/proportion_r.csv; mpmath, proportion.csv
pub(super) fn wilson(x: u64, n: u64, conf_level: f64) -> Interval {
    let (p, n) = (x as f64 / n as f64, n as f64);
    let z = normal_quantile(conf_level);
    let shrinkage = 1.0 + z * z / n;
    let half_width = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    let high = (p + z * z / (2.0 * n) + half_width) / shrinkage;
    Interval { low: p * p / shrinkage / high, high }
}

/// Wilson's interval with continuity correction: that of |p − π| − 1/2n. Where exactly half of
/// the cases are events it is not corrected: R prop.test limits its correction to the distance
/// from p = 1/2, and published tables come from there.
/// Formula: the lower bound is (A − zB) / 2(n + z²) with A = 2x + z² − 1 and
/// B² = z² − 2 − 1/n + 4p(n − x + 1), written as (2x − 1)² / (2n(A + zB)), which is the same and
/// does not cancel; the upper is 1 less the lower of n − x.
/// Units: bounds in [0, 1]. Requires n > 0.
/// Reference: Newcombe 1998, method 4,
/// doi:10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E.
/// Checked: mpmath, tests/oracle/proportion_methods.csv
pub(super) fn wilson_corrected(x: u64, n: u64, conf_level: f64) -> Interval {
    if n - x == x {
        return wilson(x, n, conf_level);
    }
    let z = normal_quantile(conf_level);
    let low = |x: u64| {
        if x == 0 {
            return 0.0;
        }
        let (x, n) = (x as f64, n as f64);
        let root = (z * z - 2.0 - 1.0 / n + 4.0 * x / n * (n - x + 1.0)).sqrt();
        (2.0 * x - 1.0).powi(2) / (2.0 * n * (2.0 * x + z * z - 1.0 + z * root))
    };
    Interval { low: low(x), high: 1.0 - low(n - x) }
}

/// Wald's interval, which may leave [0, 1] and has no width where no case or all cases are events.
/// Formula: p ± z·sqrt(p(1 − p)/n).
/// Units: a proportion. Requires n > 0.
pub(super) fn wald(x: u64, n: u64, conf_level: f64) -> Interval {
    let (p, n) = (x as f64 / n as f64, n as f64);
    let half_width = normal_quantile(conf_level) * (p * (1.0 - p) / n).sqrt();
    Interval { low: p - half_width, high: p + half_width }
}

/// Agresti and Coull's interval: Wald's, once z²/2 events and z²/2 others are added. It may
/// leave [0, 1].
/// Formula: p̃ ± z·sqrt(p̃(1 − p̃)/ñ) with ñ = n + z² and p̃ = (x + z²/2)/ñ.
/// Units: a proportion. Requires n > 0.
/// Reference: Agresti & Coull 1998, doi:10.1080/00031305.1998.10480550.
/// Checked: mpmath, tests/oracle/proportion_methods.csv
pub(super) fn agresti_coull(x: u64, n: u64, conf_level: f64) -> Interval {
    let z = normal_quantile(conf_level);
    let n = n as f64 + z * z;
    let p = (x as f64 + z * z / 2.0) / n;
    let half_width = z * (p * (1.0 - p) / n).sqrt();
    Interval { low: p - half_width, high: p + half_width }
}
