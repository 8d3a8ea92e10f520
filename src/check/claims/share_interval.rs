//! The interval that is printed beside a share: the intervals in use are tried, and the ones that give it are named.

use super::records::ClaimEvidence;
use super::verdict::{Verdict, VerdictRemark};
use crate::analyze::results::Value;
use crate::analyze::selector::Selector;
use crate::analyze::statistic::Statistic;
use crate::check::arithmetic::proportion::percent_of;
use crate::check::arithmetic::{Consistency, Judgement, interval};
use crate::check::claims::count::PercentOf;
use crate::check::printed::{Figure, Printed, PrintedRange, Spread};
use crate::decimal::Exact;
use crate::stats::proportion::Interval;

/// The verdict on the interval of n of so many cases, and why.
pub(super) fn judged(n: u64, of: u64, ends: PrintedRange) -> (Verdict, VerdictRemark) {
    let (all, fitting) = interval::of_share(n, of, ends);
    if all.is_empty() {
        let why = format!("{n} of {of} has no interval of this level");
        return (Verdict::Undetermined, VerdictRemark::NotEstimable(why));
    }
    if !fitting.is_empty() {
        return (Verdict::Agrees, VerdictRemark::IntervalBy(fitting));
    }
    let percent = |(name, interval): &(&'static str, Interval)| {
        let end = |end: f64| Exact::from_f64(100.0 * end.clamp(0.0, 1.0));
        Some((*name, end(interval.low)?, end(interval.high)?))
    };
    (Verdict::Contradicts, VerdictRemark::Intervals(all.iter().filter_map(percent).collect()))
}

/// Whether a printed interval is possible whatever the records are: it holds its own estimate, and a share of stated
/// cases has it by a method in use.
pub(super) fn arithmetic(printed: &Printed, has_records: bool) -> Option<Judgement> {
    let is_inside = |value: Figure, ends: PrintedRange| {
        let judgement = interval::judge(value, ends.low, ends.high);
        (judgement.consistency == Consistency::Inconsistent).then_some(judgement)
    };
    match *printed {
        // With records the verdict has the interval.
        Printed::OfN { n, of, interval: Some(ends), .. } => {
            let judgement = interval::judge_share(n, of, ends)?;
            let is_outside = percent_of(n, of).is_some_and(|share| interval::excludes(&share, ends));
            (is_outside || !has_records).then_some(judgement)
        }
        Printed::PercentWithInterval { percent: value, ends } => is_inside(value, ends),
        Printed::WithInterval { value, ends } => {
            let holds_it = matches!(ends.spread, Spread::Confidence(_) | Spread::Range);
            is_inside(value, ends).filter(|_| holds_it)
        }
        _ => None,
    }
}

/// The interval of a text that prints one of a share.
pub(super) fn of_share(printed: &Printed) -> Option<PrintedRange> {
    match printed {
        Printed::OfN { interval, .. } => *interval,
        Printed::PercentWithInterval { ends, .. } | Printed::PercentInterval(ends) => Some(*ends),
        _ => None,
    }
}

impl ClaimEvidence<'_> {
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
