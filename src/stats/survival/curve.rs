//! The estimate of Kaplan and Meier: exact, as long as the fraction stays small.

use super::Observed;
use crate::stats::distribution::{is_conf_level, normal_quantile};
use crate::stats::proportion::Interval;
use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// Bits up to which the fraction is exact. A longer one is kept to as many binary places: an error below 10^-300 a step.
const EXACT_BITS: u64 = 1024;

/// A time at which something was observed.
#[derive(Debug, Clone, PartialEq)]
pub struct CurveTime {
    /// The time, as a numerator over the denominator of all times.
    pub time: i128,
    /// Cases not yet seen with the event, and not last seen, before this time.
    pub at_risk: u64,
    /// Cases with the event at this time.
    pub events: u64,
    /// Cases last seen at this time without the event.
    pub censored: u64,
    /// The estimate from this time on: the share without the event.
    pub survival: BigRational,
    /// Greenwood's sum up to this time; infinite once nobody is left.
    pub greenwood: f64,
}

impl CurveTime {
    /// The standard error of the estimate.
    /// Formula: S·sqrt(Σ d/(n(n − d))). None where the estimate is 0.
    /// Reference: Greenwood 1926, The natural duration of cancer.
    pub fn standard_error(&self) -> Option<f64> {
        let survival = self.survival.to_f64().filter(|survival| *survival > 0.0)?;
        Some(survival * self.greenwood.sqrt())
    }

    /// The log-log interval of the estimate.
    /// Formula: S^exp(±z·σ/ln S), σ² = Σ d/(n(n − d)). Units: in [0, 1].
    /// None where the estimate is 0 or 1, and when `conf_level` is outside 0.5 to 1 − 1e-9.
    /// Reference: Kalbfleisch & Prentice 2002, The Statistical Analysis of Failure Time Data, 1.4.
    /// Checked: R 4.2.2 survival 3.5.3 survfit(conf.type = "log-log"), tests/oracle/survival.csv
    pub fn interval(&self, conf_level: f64) -> Option<Interval> {
        let survival = self.survival.to_f64().filter(|survival| *survival > 0.0 && *survival < 1.0)?;
        if !is_conf_level(conf_level) {
            return None;
        }
        let log = survival.ln();
        let width = normal_quantile(conf_level) * self.greenwood.sqrt() / log.abs();
        Some(Interval { low: (log * width.exp()).exp(), high: (log * (-width).exp()).exp() })
    }
}

/// A time by which a share of the cases has the event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TimeQuantile {
    /// The time, in units of the numerators.
    At(BigRational),
    /// The curve ends above this share.
    NotReached,
}

/// The area under a curve up to a time.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// The restricted mean, in units of the numerators.
    pub mean: BigRational,
    /// Its standard error.
    pub standard_error: f64,
}

/// The share of cases without the event, at each time at which something was observed.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    cases: u64,
    steps: Vec<CurveTime>,
}

/// How the interval of a restricted mean is made.
pub const AREA_METHOD: &str = "area under the curve, normal interval";

impl Area {
    /// The interval of the restricted mean.
    /// Formula: mean ± z·se. Units: those of the numerators.
    /// None without an event up to the time, and when `conf_level` is outside 0.5 to 1 − 1e-9.
    /// Checked: R 4.2.2 survival 3.5.3 print(rmean), tests/oracle/survival.csv
    pub fn interval(&self, conf_level: f64) -> Option<Interval> {
        let mean = self.mean.to_f64().filter(|_| self.standard_error > 0.0 && is_conf_level(conf_level))?;
        let width = normal_quantile(conf_level) * self.standard_error;
        Some(Interval { low: mean - width, high: mean + width })
    }
}

impl Curve {
    /// The estimate of what was observed, sorted upwards in time; equal times are joined.
    /// Formula: S(t) = Π (1 − d/n) over the times up to t; cases last seen at a time are at risk at it.
    /// None when there is no case, and for more than 2^64.
    /// Reference: Kaplan & Meier 1958, doi:10.1080/01621459.1958.10501452.
    /// Checked: R 4.2.2 survival 3.5.3 survfit, tests/oracle/survival.csv
    pub fn of(observed: impl IntoIterator<Item = Observed>) -> Option<Curve> {
        let observed = joined(observed)?;
        let sum = |sum: u64, at: &Observed| sum.checked_add(at.events)?.checked_add(at.censored);
        let cases = observed.iter().try_fold(0, sum).filter(|cases| *cases > 0)?;
        let (mut at_risk, mut survival, mut greenwood) = (cases, BigRational::one(), 0.0);
        let mut steps = Vec::with_capacity(observed.len());
        for Observed { time, events, censored } in observed {
            let left = at_risk - events;
            if events > 0 {
                survival = times_share(&survival, left, at_risk);
                greenwood += events as f64 / (at_risk as f64 * left as f64);
            }
            steps.push(CurveTime { time, at_risk, events, censored, survival: survival.clone(), greenwood });
            at_risk = left - censored;
        }
        Some(Curve { cases, steps })
    }

    /// All cases.
    pub fn cases(&self) -> u64 {
        self.cases
    }

    /// Cases with the event.
    pub fn events(&self) -> u64 {
        self.steps.iter().map(|step| step.events).sum()
    }

    /// The times at which something was observed.
    pub fn steps(&self) -> &[CurveTime] {
        &self.steps
    }

    /// The last of these times.
    pub fn last_time(&self) -> Option<i128> {
        self.steps.last().map(|step| step.time)
    }

    /// Cases not yet seen with the event, and not last seen, before this time.
    pub fn at_risk(&self, time: &BigRational) -> u64 {
        self.steps.iter().find(|step| is_at_least(step.time, time)).map_or(0, |step| step.at_risk)
    }

    /// The step that holds at a time: the last one up to it. None before the first, where the estimate is 1, and
    /// beyond the last time while somebody was still without the event: the curve ends there.
    pub fn at(&self, time: &BigRational) -> SurvivalAt<'_> {
        let up_to = self.steps.iter().rev().find(|step| !is_after(step.time, time));
        match (up_to, self.steps.last()) {
            (Some(step), Some(last)) if is_at_least(last.time, time) || step.survival.is_zero() => {
                SurvivalAt::Step(step)
            }
            (Some(_), _) => SurvivalAt::Beyond,
            (None, _) => SurvivalAt::Start,
        }
    }

    /// The time by which a share of the cases has the event.
    /// Formula: the first time with S ≤ 1 − p. Where the curve stays at 1 − p, the middle of this time and of the next
    /// event, or of the last time, as R survfit.
    /// Units: those of the numerators. Requires 0 < p < 1.
    /// Checked: R 4.2.2 survival 3.5.3 quantile.survfit, tests/oracle/survival.csv
    pub fn quantile(&self, p: &BigRational) -> TimeQuantile {
        let level = BigRational::one() - p;
        let below = |step: &CurveTime| step.survival < level;
        self.crossing(|step| step.survival <= level, |step| step.survival == level, below)
    }

    /// The interval of [`Curve::quantile`]: where the bounds of the log-log interval cross the same share.
    /// Reference: Brookmeyer & Crowley 1982, doi:10.2307/2530286.
    pub fn quantile_interval(&self, p: &BigRational, conf_level: f64) -> (TimeQuantile, TimeQuantile) {
        let level = 1.0 - p.to_f64().unwrap_or(f64::NAN);
        let side = |bound: fn(Interval) -> f64| {
            let is = |holds: fn(&f64, &f64) -> bool| {
                move |step: &CurveTime| step.interval(conf_level).map(bound).is_some_and(|bound| holds(&bound, &level))
            };
            self.crossing(is(f64::le), is(f64::eq), is(f64::lt))
        };
        (side(|interval| interval.low), side(|interval| interval.high))
    }

    fn crossing(
        &self,
        is_reached: impl Fn(&CurveTime) -> bool,
        is_level: impl Fn(&CurveTime) -> bool,
        is_below: impl Fn(&CurveTime) -> bool,
    ) -> TimeQuantile {
        let whole = |time: i128| BigRational::from_integer(time.into());
        let Some(reached) = self.steps.iter().find(|step| is_reached(step)) else { return TimeQuantile::NotReached };
        let first = whole(reached.time);
        if !is_level(reached) {
            return TimeQuantile::At(first);
        }
        let next = self.steps.iter().find(|step| is_below(step)).or(self.steps.last());
        let second = next.map_or_else(|| first.clone(), |step| whole(step.time));
        TimeQuantile::At((first + second) / BigInt::from(2))
    }

    /// The restricted mean: the area under the curve up to a time.
    /// Formula: Σ S(t)·Δt; its standard error is sqrt(Σ A² d/(n(n − d))), A the area from an event to the end.
    /// Units: those of the numerators. None for a time of 0 or less, or beyond the end of the curve.
    /// Checked: R 4.2.2 survival 3.5.3 print(rmean), tests/oracle/survival.csv
    pub fn restricted_mean(&self, until: &BigRational) -> Option<Area> {
        if !until.is_positive() || matches!(self.at(until), SurvivalAt::Beyond) {
            return None;
        }
        let (mut area, mut variance, mut end) = (BigRational::zero(), 0.0, until.clone());
        for step in self.steps.iter().rev().filter(|step| !is_at_least(step.time, until)) {
            let time = BigRational::from_integer(step.time.into());
            area += &step.survival * (&end - &time);
            end = time;
            let left = step.at_risk - step.events;
            if step.events > 0 && left > 0 {
                let square = area.to_f64()?.powi(2);
                variance += square * step.events as f64 / (step.at_risk as f64 * left as f64);
            }
        }
        Some(Area { mean: area + end, standard_error: variance.sqrt() })
    }
}

/// What holds at a time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SurvivalAt<'a> {
    /// Before the first time: everybody is without the event.
    Start,
    /// From this step on.
    Step(&'a CurveTime),
    /// Nobody was followed so long, and somebody was still without the event.
    Beyond,
}

/// Sorted upwards, equal times joined.
fn joined(observed: impl IntoIterator<Item = Observed>) -> Option<Vec<Observed>> {
    let mut joined: Vec<Observed> = Vec::new();
    for at in observed.into_iter().filter(|at| at.events > 0 || at.censored > 0) {
        match joined.last_mut() {
            Some(last) if last.time == at.time => {
                last.events = last.events.checked_add(at.events)?;
                last.censored = last.censored.checked_add(at.censored)?;
            }
            Some(last) if last.time > at.time => return None,
            _ => joined.push(at),
        }
    }
    Some(joined)
}

/// value · left / at_risk; only small common divisors are looked for, as the value has none left.
fn times_share(value: &BigRational, left: u64, at_risk: u64) -> BigRational {
    if left == 0 {
        return BigRational::zero();
    }
    let common = left.gcd(&at_risk);
    let (left, at_risk) = (left / common, at_risk / common);
    let divisor = |part: &BigInt, by: u64| (part % by).to_u64().unwrap_or(0).gcd(&by);
    let (above, below) = (divisor(value.numer(), at_risk), divisor(value.denom(), left));
    let numerator = value.numer() / above * (left / below);
    let denominator = value.denom() / below * (at_risk / above);
    if denominator.bits() <= EXACT_BITS {
        return BigRational::new_raw(numerator, denominator);
    }
    BigRational::new((numerator << EXACT_BITS) / denominator, BigInt::one() << EXACT_BITS)
}

fn is_after(time: i128, limit: &BigRational) -> bool {
    BigRational::from_integer(time.into()) > *limit
}

fn is_at_least(time: i128, limit: &BigRational) -> bool {
    BigRational::from_integer(time.into()) >= *limit
}
