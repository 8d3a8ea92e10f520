//! A printed number of cases against the cases that satisfy a condition.
//!
//! A count agrees if it equals that of the records, is undetermined if the cases that do not report
//! could explain it, and contradicts otherwise.

use super::doubt::doubted;
use super::verdict::{CaseCount, Verdict, VerdictRemark};
use crate::check::arithmetic::proportion;
use crate::check::arithmetic::rounding::{Modes, RoundingInterval};
use crate::check::printed::{Figure, Printed};
use crate::tally::counts::NamedCases;
use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;

/// The denominator of a percentage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PercentOf {
    /// All cases.
    All,
    /// The cases that report.
    Reported,
}

/// The verdict on a printed count; undetermined where cells that were not understood could make it true. None for a
/// printed text that is not a count.
pub(super) fn verdict(printed: &Printed, counted: &CaseCount, of: PercentOf) -> Option<(Verdict, Vec<VerdictRemark>)> {
    let (verdict, mut remarks) = certain(printed, counted, of)?;
    let alone = |counted: &CaseCount| Some(certain(printed, counted, of)?.0);
    if verdict == Verdict::Contradicts
        && let Some(doubt) = doubted(counted, alone)
    {
        remarks.push(doubt);
        return Some((Verdict::Undetermined, remarks));
    }
    Some((verdict, remarks))
}

/// The verdict if every cell is understood.
fn certain(printed: &Printed, counted: &CaseCount, of: PercentOf) -> Option<(Verdict, Vec<VerdictRemark>)> {
    let CaseCount { n, of: all, reported, unknown, .. } = *counted;
    let mut remarks = Vec::new();
    let found = match printed {
        Printed::Number(figure) => within(figure.count()?, counted),
        Printed::All if n == all && all > 0 => Verdict::Agrees,
        Printed::All if n == reported && unknown > 0 => Verdict::Undetermined,
        Printed::All => Verdict::Contradicts,
        Printed::None => within(0, counted),
        Printed::AllBut(left_out) => all.checked_sub(*left_out).map_or(Verdict::Contradicts, |n| within(n, counted)),
        Printed::Percent(figure) | Printed::PercentWithInterval { percent: figure, .. } => {
            percent(*figure, counted, of, &mut remarks)
        }
        Printed::CountPercent { n: printed, percent: figure } => {
            worst(within(*printed, counted), percent(*figure, counted, of, &mut remarks))
        }
        Printed::OfN { n: printed, of: denominator, percent: None, .. }
            if is_in_lowest_terms(*printed, *denominator, counted, of) =>
        {
            remarks.push(VerdictRemark::InLowestTerms(n, if of == PercentOf::All { all } else { reported }));
            Verdict::Agrees
        }
        Printed::OfN { n: printed, of: denominator, percent, .. } => {
            let (of_denominator, remark) = self::denominator(*printed, *denominator, counted);
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

/// True for a fraction in lowest terms that is the share of the records: `2/3` for 14 of 21.
fn is_in_lowest_terms(n: u64, denominator: u64, counted: &CaseCount, of: PercentOf) -> bool {
    let base = if of == PercentOf::All { counted.of } else { counted.reported };
    let cross = |a: u64, b: u64| u128::from(a).saturating_mul(u128::from(b));
    n > 0 && denominator < base && n.gcd(&denominator) == 1 && cross(n, base) == cross(counted.n, denominator)
}

/// The verdict on the printed denominator of so many cases. It agrees if it is the number of all cases, or of those
/// that report if as many of them are printed; in between it is undetermined, as the author of the report may have
/// known more cases.
fn denominator(n: u64, printed: u64, counted: &CaseCount) -> (Verdict, Option<VerdictRemark>) {
    let all = counted.of;
    if printed == all {
        return (Verdict::Agrees, None);
    }
    if printed == counted.reported {
        // Of the cases that report it is known how many there are.
        let is_theirs = n == counted.n;
        let remark = is_theirs.then_some(VerdictRemark::OfReported(printed));
        return (if is_theirs { Verdict::Agrees } else { Verdict::Contradicts }, remark);
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
    let is_of_reported = of == PercentOf::All && reported != base && reported > 0;
    if is_of_reported && proportion::modes(n, reported, figure).is_nearest() {
        // As a table prints it, of the cases that report it.
        remarks.push(VerdictRemark::DropsMissing(reported));
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

/// Whether the named cases are those that satisfy the condition. The ids of only the first of these
/// are known; a claim never names more.
pub(super) fn names(counted: &CaseCount, named: &[String]) -> (Verdict, Option<VerdictRemark>) {
    let (holding, silent) = (counted.holding.clone().unwrap_or_default(), counted.silent.clone().unwrap_or_default());
    let is_among = |cases: &NamedCases, id: &String| cases.ids().any(|known| known == id);
    let wrong = named.iter().filter(|id| !is_among(&holding, id) && holding.is_complete());
    let wrong: Vec<String> = wrong.cloned().collect();
    let first: Vec<_> = holding.first.iter().filter(|(_, id)| !named.contains(id)).cloned().collect();
    let beyond = holding.cases.saturating_sub(holding.first.len() as u64);
    let missed = NamedCases { cases: beyond.saturating_add(first.len() as u64), first };
    if wrong.is_empty() && missed.cases == 0 {
        return (Verdict::Agrees, None);
    }
    let may_hold = |id: &String| is_among(&silent, id) || !silent.is_complete();
    let is_open = missed.cases == 0 && wrong.iter().all(may_hold);
    let verdict = if is_open { Verdict::Undetermined } else { Verdict::Contradicts };
    (verdict, Some(VerdictRemark::Named(wrong, missed)))
}
