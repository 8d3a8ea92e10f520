//! An estimate and its interval: whether it lies inside, and for a share whether an interval in use gives the ends.

use super::proportion::percent_of;
use super::rounding::{RoundingInterval, agrees};
use super::{Consistency, Judgement};
use crate::check::printed::{Figure, PrintedRange, Spread};
use crate::decimal::Exact;
use crate::stats::proportion::{Interval, IntervalMethod, interval_wald, raw_interval};
use num_rational::BigRational;

/// The level of an interval that names none.
const CONF_LEVEL: f64 = 0.95;

/// Whether an estimate lies between the ends of its interval, each read as what rounds to it.
pub fn judge(value: Figure, low: Figure, high: Figure) -> Judgement {
    if low.value() > high.value() {
        return Judgement::inconsistent(format!("the lower end {low} is above the upper end {high}"));
    }
    if !is_below(value, low) && !is_below(high, value) {
        return Judgement::new(Consistency::Consistent, format!("{value} lies between {low} and {high}"));
    }
    Judgement::inconsistent(format!("{value} does not lie between {low} and {high}"))
}

/// True where one number is certainly below another: of figures with as many decimals the smaller one never rounds to the
/// greater.
pub fn is_below(one: Figure, other: Figure) -> bool {
    if one.decimals() == other.decimals() {
        return one.value() < other.value();
    }
    RoundingInterval::nearest(one).high < RoundingInterval::nearest(other).low
}

/// The intervals of n of N cases at the level of printed ends, by each method in use, with the names of those that give
/// the ends. No intervals where there are no cases, or none of this level.
pub fn of_share(n: u64, of: u64, ends: PrintedRange) -> (Vec<(&'static str, Interval)>, Vec<&'static str>) {
    let level = match ends.spread {
        Spread::Confidence(Some(percent)) => percent.exact().to_f64() / 100.0,
        Spread::Confidence(None) | Spread::Unnamed | Spread::Range | Spread::Quartiles => CONF_LEVEL,
    };
    let all = intervals(n, of, level);
    let is = |end: f64, figure: Figure| {
        let shown = |end: f64| Exact::from_f64(100.0 * end).is_some_and(|end| agrees(&end, figure).is_nearest());
        shown(end) || shown(end.clamp(0.0, 1.0))
    };
    let gives = |(_, interval): &&(&str, Interval)| is(interval.low, ends.low) && is(interval.high, ends.high);
    let fitting = all.iter().filter(gives).map(|(name, _)| *name).collect();
    (all, fitting)
}

/// Whether n of N cases have the interval, which is in percent, by a method in use. None where N is 0.
pub fn judge_share(n: u64, of: u64, ends: PrintedRange) -> Option<Judgement> {
    let share = percent_of(n, of)?;
    if excludes(&share, ends) {
        let shown = Exact::Ratio(share).rounded(1);
        return Some(Judgement::inconsistent(format!("{shown} % lies outside of {ends}")));
    }
    let (all, fitting) = of_share(n, of, ends);
    if !fitting.is_empty() {
        let sentence = format!("{n} of {of} have it by {}", fitting.join(", "));
        return Some(Judgement::new(Consistency::Consistent, sentence));
    }
    let decimals = u32::from(ends.low.decimals().max(ends.high.decimals()));
    let end = |end: f64| Exact::from_f64(100.0 * end.clamp(0.0, 1.0)).map(|end| end.rounded(decimals));
    let shown = |(name, interval): &(&str, Interval)| {
        Some(format!("{name}: {} to {}", end(interval.low)?, end(interval.high)?))
    };
    let given: Vec<String> = all.iter().filter_map(shown).collect();
    (!given.is_empty())
        .then(|| Judgement::inconsistent(format!("no interval in use of {n} of {of} is {ends} ({})", given.join(", "))))
}

/// True where an estimate lies outside of printed ends.
pub fn excludes(estimate: &BigRational, ends: PrintedRange) -> bool {
    RoundingInterval::nearest(ends.low).low > *estimate || RoundingInterval::nearest(ends.high).high < *estimate
}

/// The intervals in use.
fn intervals(n: u64, of: u64, level: f64) -> Vec<(&'static str, Interval)> {
    use IntervalMethod::{AgrestiCoull, ClopperPearson, Jeffreys, MidP, Wilson, WilsonCorrected};
    let by = |(name, method)| Some((name, raw_interval(n, of, level, method)?));
    let known = [
        ("Wilson's interval", Wilson),
        ("the interval of Clopper and Pearson", ClopperPearson),
        ("the interval of Agresti and Coull", AgrestiCoull),
        ("Jeffreys' interval", Jeffreys),
        ("Wilson's corrected interval", WilsonCorrected),
        ("the mid-P interval", MidP),
    ];
    let simple = interval_wald(n, of, level).map(|interval| ("Wald's interval", interval));
    known.into_iter().filter_map(by).chain(simple).collect()
}
