//! A printed number of cases against the cases that satisfy a condition.
//!
//! A count agrees where it equals the one that the records give; it is undetermined where the
//! cases that do not say leave it possible, and contradicts beyond them.

use super::verdict::{Counted, Remark, Verdict};
use crate::check::arithmetic::proportion;
use crate::check::arithmetic::rounding::{Interval, Modes};
use crate::check::printed::{Figure, Printed};
use num_bigint::BigInt;
use num_rational::BigRational;

/// What a percentage is of, where cases do not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PercentOf {
    /// Of all of them.
    All,
    /// Of those that say.
    Reported,
}

/// The verdict on a printed count; none for a printed text that is no count.
pub(super) fn verdict(printed: &Printed, counted: &Counted, of: PercentOf) -> Option<(Verdict, Vec<Remark>)> {
    let Counted { n, of: all, reported, unknown, .. } = *counted;
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
        Printed::OfN { n: printed, of: denominator, percent } => {
            let (of_denominator, remark) = self::denominator(*denominator, counted);
            remarks.extend(remark);
            let modes = percent.map(|percent| proportion::modes(*printed, *denominator, percent));
            let slip = modes.filter(|modes| !modes.is_nearest());
            remarks.extend(slip.filter(|modes| !modes.is_empty()).map(Remark::Rounding));
            let of_percent = if slip.is_some() { Verdict::Contradicts } else { Verdict::Agrees };
            worst(worst(within(*printed, counted), of_denominator), of_percent)
        }
        _ => return None,
    };
    if let Some(silent) = counted.silent.clone().filter(|silent| silent.cases > 0) {
        remarks.push(Remark::NotReported(silent));
    }
    if *printed == Printed::All && found == Verdict::Undetermined && reported > 0 {
        remarks.push(Remark::OfReported(reported));
    }
    Some((found, remarks))
}

/// The verdict on a printed denominator: all cases that it is of, or those that say; open between
/// them, as the report may know of some that do not say here.
fn denominator(printed: u64, counted: &Counted) -> (Verdict, Option<Remark>) {
    let all = counted.of;
    if printed == all {
        return (Verdict::Agrees, None);
    }
    if printed == counted.reported {
        return (Verdict::Agrees, Some(Remark::OfReported(printed)));
    }
    let is_open = printed > counted.reported && printed <= all.saturating_add(counted.of_unknown);
    let verdict = if is_open { Verdict::Undetermined } else { Verdict::Contradicts };
    (verdict, Some(Remark::Denominator(printed, all)))
}

/// The verdict on a number, of which the records give one that may be larger by the cases that do not say.
pub(super) fn within(printed: u64, counted: &Counted) -> Verdict {
    let most = counted.n.saturating_add(counted.unknown);
    match printed {
        _ if printed == counted.n => Verdict::Agrees,
        _ if printed > counted.n && printed <= most => Verdict::Undetermined,
        _ => Verdict::Contradicts,
    }
}

/// Of two verdicts on one claim the one that weighs more.
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

fn percent(figure: Figure, counted: &Counted, of: PercentOf, remarks: &mut Vec<Remark>) -> Verdict {
    let Counted { n, reported, .. } = *counted;
    let base = if of == PercentOf::All { counted.of } else { reported };
    let modes = proportion::modes(n, base, figure);
    if modes.is_nearest() {
        return Verdict::Agrees;
    }
    remarks.extend(cause(figure, n, base, modes, counted, of));
    if may_be(counted, &Interval::nearest(figure)) { Verdict::Undetermined } else { Verdict::Contradicts }
}

/// True where the cases that do not say leave it open that a percentage lies here.
fn may_be(counted: &Counted, percents: &Interval) -> bool {
    let Counted { n, of, reported, unknown, of_unknown, .. } = *counted;
    let share = |n: u64, of: u64| proportion::percent_of(n, of);
    // At least: none of those that do not say. At most: all of them, beside those known not to.
    let (most, fails) = (n.saturating_add(unknown), reported.saturating_sub(n));
    let ends = share(n, of.saturating_add(of_unknown)).zip(share(most, most.saturating_add(fails)));
    unknown > 0 && ends.is_some_and(|(low, high)| Interval::closed(low, high).meets(percents))
}

/// The same of a share in [0, 1].
pub(super) fn share_may_be(counted: &Counted, figure: Figure) -> bool {
    may_be(counted, &Interval::nearest(figure).times(&whole(100)))
}

/// What is known to make a percentage come out differently.
fn cause(figure: Figure, n: u64, base: u64, modes: Modes, counted: &Counted, of: PercentOf) -> Option<Remark> {
    if !modes.is_empty() {
        return Some(Remark::Rounding(modes));
    }
    let other = if of == PercentOf::All { counted.reported } else { counted.of };
    if other != base && proportion::modes(n, other, figure).is_nearest() {
        return Some(if of == PercentOf::All { Remark::DropsMissing(other) } else { Remark::OfOthers(other, other) });
    }
    let others = proportion::denominators(n, &Interval::nearest(figure))?;
    others.most.filter(|_| n > 0).map(|most| Remark::OfOthers(others.least, most))
}

/// A count as a fraction.
pub(super) fn whole(n: u64) -> BigRational {
    BigRational::from_integer(BigInt::from(n))
}
