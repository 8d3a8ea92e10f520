//! Rates of events per time under observation.

use crate::decimal::lowest_terms;
use crate::stats::binomial::ln_poisson;
use crate::stats::distribution::is_conf_level;
use crate::stats::gamma;
use crate::stats::proportion::{self, Interval, IntervalMethod};
use crate::stats::root::newton_in_bracket;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive};

/// A rate, or a ratio, with its interval.
#[derive(Debug, Clone, PartialEq)]
pub struct Ratio {
    /// The estimate, exactly.
    pub estimate: BigRational,
    /// Lower bound.
    pub low: f64,
    /// Upper bound; infinite where the data set none.
    pub high: f64,
}

/// How [`rate`] makes its interval.
pub const METHOD: &str = "exact Poisson";

/// The rate of events in a time under observation.
/// Formula: x/T; bounds the α/2 quantile of Gamma(x) and the 1 − α/2 quantile of Gamma(x + 1), over T; 0 below for no event.
/// Units: events per unit of the time. None for a time of 0 or less, and when `conf_level` is outside 0.5 to 1 − 1e-9.
/// Reference: Garwood 1936, doi:10.1093/biomet/28.3-4.437.
/// Checked: R 4.2.2 poisson.test, tests/oracle/rate.csv
pub fn rate(events: u64, time: &BigRational, conf_level: f64) -> Option<Ratio> {
    if !time.is_positive() || !is_conf_level(conf_level) {
        return None;
    }
    let (tail, years) = ((1.0 - conf_level) / 2.0, time.to_f64()?);
    let low = if events == 0 { 0.0 } else { quantile(events as f64, tail) / years };
    let high = quantile(events as f64 + 1.0, 1.0 - tail) / years;
    Some(Ratio { estimate: lowest_terms(time.denom() * events, time.numer().clone()), low, high })
}

/// The quantile of the gamma distribution with a shape of at least 1 and scale 1.
fn quantile(shape: f64, size: f64) -> f64 {
    let furthest = shape + 40.0 * shape.sqrt() + 40.0;
    let above = 1.0 - size;
    newton_in_bracket((0.0, furthest), shape, false, |x| {
        let tail = gamma::upper_tail(shape, x);
        let density = ln_poisson(shape, x).exp() * shape / x;
        if size < 0.5 { (size - (1.0 - tail), -density) } else { (tail - above, -density) }
    })
}

/// How [`rate_ratio`] makes its interval.
pub const RATIO_METHOD: &str = "rate ratio, exact conditional on all events (Clopper-Pearson)";

/// The ratio of two rates, each given as events and time.
/// Formula: (x₁/T₁)/(x₂/T₂); given all events, x₁ is binomial with odds ratio·T₁/T₂, and the bounds are those odds at
/// the bounds of Clopper and Pearson.
/// Units: none. None when the second has no event (the ratio has no upper end), for a time of 0 or less, and when
/// `conf_level` is outside 0.5 to 1 − 1e-9.
/// Reference: Lehmann & Romano 2005, Testing Statistical Hypotheses, 4.5.
/// Checked: R 4.2.2 poisson.test, tests/oracle/rate.csv
pub fn rate_ratio(first: (u64, &BigRational), second: (u64, &BigRational), conf_level: f64) -> Option<Ratio> {
    let ((x1, time1), (x2, time2)) = (first, second);
    if x2 == 0 || !time1.is_positive() || !time2.is_positive() {
        return None;
    }
    let Interval { low, high } =
        proportion::interval(x1, x1.checked_add(x2)?, conf_level, IntervalMethod::ClopperPearson)?;
    let times = (time2 / time1).to_f64()?;
    let odds = |p: f64| p / (1.0 - p) * times;
    let estimate = BigRational::new(BigInt::from(x1), BigInt::from(x2)) * time2 / time1;
    Some(Ratio { estimate, low: odds(low), high: odds(high) })
}
