//! A printed number of cases against the cases that satisfy a condition.
//!
//! A count agrees if it equals that of the records, is undetermined if the cases that do not report
//! could explain it, and contradicts otherwise.

use super::verdict::{CaseCount, Verdict, VerdictRemark};
use crate::check::arithmetic::proportion;
use crate::check::arithmetic::rounding::{Modes, RoundingInterval};
use crate::check::printed::{Figure, Printed};
use num_bigint::BigInt;
use num_rational::BigRational;

/// The denominator of a percentage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PercentOf {
    /// All cases.
    All,
    /// The cases that report.
    Reported,
}

/// The verdict on a printed count. None for a printed text that is not a count.
pub(super) fn verdict(printed: &Printed, counted: &CaseCount, of: PercentOf) -> Option<(Verdict, Vec<VerdictRemark>)> {
    let CaseCount { n, of: all, reported, unknown, .. } = *counted;
    let mut remarks = Vec::new();
    let found = match printed {
        Printed::Number(figure) => within(figure.count()?, counted),
        Printed::All if n == all && all > 0 => Verdict::Agrees,
        Printed::All if n == reported && unknown > 0 => Verdict::Undetermined,
        Printed::All => Verdict::Contradicts,
        Printed::None => within(0, counted),
        Printed::Percent(figure) => percent(*figure, counted, of, &mut remarks),
        Printed::CountPercent { n: printed, percent: figure } => {
            worst(within(*printed, counted), percent(*figure, counted, of, &mut remarks))
        }
        Printed::OfN { n: printed, of: denominator, percent, .. } => {
            let (of_denominator, remark) = self::denominator(*denominator, counted);
            remarks.extend(remark);
            let modes = percent.map(|percent| proportion::modes(*printed, *denominator, percent));
            let slip = modes.filter(|modes| !modes.is_nearest());
            remarks.extend(slip.filter(|modes| !modes.is_empty()).map(VerdictRemark::Rounding));
            let of_percent = if slip.is_some() { Verdict::Contradicts } else { Verdict::Agrees };
            worst(worst(within(*printed, counted), of_denominator), of_percent)
        }
        _ => return None,
    };
    if let Some(silent) = counted.silent.clone().filter(|silent| silent.cases > 0) {
        remarks.push(VerdictRemark::NotReported(silent));
    }
    if *printed == Printed::All && found == Verdict::Undetermined && reported > 0 {
        remarks.push(VerdictRemark::OfReported(reported));
    }
    Some((found, remarks))
}

/// The verdict on a printed denominator. It agrees if it is the number of all cases or of those that
/// report; in between it is undetermined, as the author of the report may have known more cases.
fn denominator(printed: u64, counted: &CaseCount) -> (Verdict, Option<VerdictRemark>) {
    let all = counted.of;
    if printed == all {
        return (Verdict::Agrees, None);
    }
    if printed == counted.reported {
        return (Verdict::Agrees, Some(VerdictRemark::OfReported(printed)));
    }
    let is_open = printed > counted.reported && printed <= all.saturating_add(counted.of_unknown);
    let verdict = if is_open { Verdict::Undetermined } else { Verdict::Contradicts };
    (verdict, Some(VerdictRemark::Denominator(printed, all)))
}

/// The verdict on a number of cases. The true number may be larger by the cases that do not report.
pub(super) fn within(printed: u64, counted: &CaseCount) -> Verdict {
    let most = counted.n.saturating_add(counted.unknown);
    match printed {
        _ if printed == counted.n => Verdict::Agrees,
        _ if printed > counted.n && printed <= most => Verdict::Undetermined,
        _ => Verdict::Contradicts,
    }
}

/// The more serious of two verdicts.
pub(super) fn worst(one: Verdict, other: Verdict) -> Verdict {
    let weight = |verdict: Verdict| match verdict {
        Verdict::Contradicts => 4,
        Verdict::Ambiguous => 3,
        Verdict::Undetermined => 2,
        Verdict::NotCountable => 1,
        Verdict::Agrees => 0,
    };
    if weight(other) > weight(one) { other } else { one }
}

fn percent(figure: Figure, counted: &CaseCount, of: PercentOf, remarks: &mut Vec<VerdictRemark>) -> Verdict {
    let CaseCount { n, reported, .. } = *counted;
    let base = if of == PercentOf::All { counted.of } else { reported };
    let modes = proportion::modes(n, base, figure);
    if modes.is_nearest() {
        return Verdict::Agrees;
    }
    remarks.extend(cause(figure, n, base, modes, counted, of));
    if may_be(counted, &RoundingInterval::nearest(figure)) { Verdict::Undetermined } else { Verdict::Contradicts }
}

/// True where the cases that do not report could give a percentage in this interval.
fn may_be(counted: &CaseCount, percents: &RoundingInterval) -> bool {
    let CaseCount { n, of, reported, unknown, of_unknown, .. } = *counted;
    let share = |n: u64, of: u64| proportion::percent_of(n, of);
    // Lowest: no case that does not report satisfies the condition. Highest: all of them do.
    let (most, fails) = (n.saturating_add(unknown), reported.saturating_sub(n));
    let ends = share(n, of.saturating_add(of_unknown)).zip(share(most, most.saturating_add(fails)));
    unknown > 0 && ends.is_some_and(|(low, high)| RoundingInterval::closed(low, high).meets(percents))
}

/// The same for a proportion in [0, 1].
pub(super) fn share_may_be(counted: &CaseCount, figure: Figure) -> bool {
    may_be(counted, &RoundingInterval::nearest(figure).times(&whole(100)))
}

/// A known reason for a different percentage.
fn cause(figure: Figure, n: u64, base: u64, modes: Modes, counted: &CaseCount, of: PercentOf) -> Option<VerdictRemark> {
    if !modes.is_empty() {
        return Some(VerdictRemark::Rounding(modes));
    }
    let other = if of == PercentOf::All { counted.reported } else { counted.of };
    if other != base && proportion::modes(n, other, figure).is_nearest() {
        return Some(if of == PercentOf::All {
            VerdictRemark::DropsMissing(other)
        } else {
            VerdictRemark::OfOthers(other, other)
        });
    }
    let others = proportion::denominators(n, &RoundingInterval::nearest(figure))?;
    others.most.filter(|_| n > 0).map(|most| VerdictRemark::OfOthers(others.least, most))
}

/// A count as a fraction.
pub(super) fn whole(n: u64) -> BigRational {
    BigRational::from_integer(BigInt::from(n))
}
