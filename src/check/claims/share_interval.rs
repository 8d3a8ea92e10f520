//! The interval that is printed beside a share: the intervals in use are tried, and the ones that give it are named.

use super::records::Records;
use super::verdict::{Verdict, VerdictRemark};
use crate::analyze::results::Value;
use crate::analyze::selector::Selector;
use crate::analyze::statistic::Statistic;
use crate::check::arithmetic::rounding::{RoundingInterval, agrees};
use crate::check::arithmetic::{Judgement, proportion};
use crate::check::claims::count::PercentOf;
use crate::check::printed::{Ends, Figure, Printed, Spread};
use crate::decimal::Exact;
use crate::stats::proportion::{Interval, IntervalMethod, interval_wald, raw_interval};
use num_rational::BigRational;

/// The level of an interval that names none.
const CONF_LEVEL: f64 = 0.95;

/// The verdict on the interval of n of so many cases, and why.
pub(super) fn judged(n: u64, of: u64, ends: Ends) -> (Verdict, VerdictRemark) {
    let level = match ends.spread {
        Spread::Confidence(Some(percent)) => percent.exact().to_f64() / 100.0,
        Spread::Confidence(None) | Spread::Unnamed | Spread::Range | Spread::Quartiles => CONF_LEVEL,
    };
    let all: Vec<(&'static str, Interval)> = intervals(n, of, level);
    if all.is_empty() {
        let why = format!("{n} of {of} has no interval of this level");
        return (Verdict::Undetermined, VerdictRemark::NotEstimable(why));
    }
    let is = |end: f64, figure: Figure| {
        let shown = |end: f64| Exact::from_f64(100.0 * end).is_some_and(|end| agrees(&end, figure).is_nearest());
        shown(end) || shown(end.clamp(0.0, 1.0))
    };
    let gives = |(_, interval): &&(&str, Interval)| is(interval.low, ends.low) && is(interval.high, ends.high);
    let fitting: Vec<&'static str> = all.iter().filter(gives).map(|(name, _)| *name).collect();
    match fitting.is_empty() {
        false => (Verdict::Agrees, VerdictRemark::IntervalBy(fitting)),
        true => {
            let percent = |(name, interval): &(&'static str, Interval)| {
                let end = |end: f64| Exact::from_f64(100.0 * end.clamp(0.0, 1.0));
                Some((*name, end(interval.low)?, end(interval.high)?))
            };
            (Verdict::Contradicts, VerdictRemark::Intervals(all.iter().filter_map(percent).collect()))
        }
    }
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

/// What is impossible about an interval whatever the records are: it excludes its own estimate.
pub(super) fn arithmetic(printed: &Printed) -> Option<Judgement> {
    let excludes = |estimate: &BigRational, ends: Ends| {
        RoundingInterval::nearest(ends.low).low > *estimate || RoundingInterval::nearest(ends.high).high < *estimate
    };
    let outside = |estimate: String, ends: Ends| Judgement::inconsistent(format!("{estimate} lies outside of {ends}"));
    match *printed {
        Printed::OfN { n, of, interval: Some(ends), .. } => {
            let share = proportion::percent_of(n, of).filter(|share| excludes(share, ends))?;
            Some(outside(format!("{} %", Exact::Ratio(share).rounded(1)), ends))
        }
        Printed::PercentWithInterval { percent: value, ends } | Printed::WithInterval { value, ends } => {
            let holds_it = matches!(printed, Printed::PercentWithInterval { .. })
                || matches!(ends.spread, Spread::Confidence(_) | Spread::Range);
            let nearest = RoundingInterval::nearest(value);
            let is_outside = excludes(&nearest.low, ends) && excludes(&nearest.high, ends);
            (holds_it && is_outside).then(|| outside(value.to_string(), ends))
        }
        _ => None,
    }
}

/// The interval of a text that prints one of a share.
pub(super) fn of_share(printed: &Printed) -> Option<Ends> {
    match printed {
        Printed::OfN { interval, .. } => *interval,
        Printed::PercentWithInterval { ends, .. } | Printed::PercentInterval(ends) => Some(*ends),
        _ => None,
    }
}

impl Records<'_> {
    /// The cases of a share, and those it is of, in the records.
    pub(super) fn share_of(&self, selector: &Selector) -> Option<(u64, u64)> {
        if let Some((counted, of)) = self.level(selector) {
            return Some(match of {
                PercentOf::All => (counted.n, counted.of),
                PercentOf::Reported => (counted.n, counted.reported),
            });
        }
        let count = |statistic| match &self.find(&selector.sibling(statistic))?.value {
            Value::Count(n) => Some(*n),
            _ => None,
        };
        Some((count(Statistic::Cases)?, count(Statistic::N)?))
    }
}
