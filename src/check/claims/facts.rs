//! One fact that several claims state: whether their printed numbers can be the same.

use super::arithmetic::{count, of_numbers, printed};
use super::verdict::ClaimsAudit;
use super::{Assertion, Claim, Claims};
use crate::check::arithmetic::rounding::RoundingInterval;
use crate::check::arithmetic::{Judgement, proportion};
use crate::check::printed::{Figure, Printed, PrintedUnit};
use rustc_hash::FxHashMap;

/// The claims without records: their arithmetic, and whether claims of one fact agree.
pub fn audit(claims: &Claims) -> ClaimsAudit<'_> {
    let mut audit = of_numbers(claims, false);
    let mut contradictions = contradictions(claims);
    for audited in &mut audit.claims {
        audited.arithmetic.extend(contradictions.remove(audited.claim.id.as_str()));
    }
    audit
}

/// The judgement on every claim of a fact that an earlier claim states with another number, by the claim's id.
fn contradictions(claims: &Claims) -> FxHashMap<&str, Judgement> {
    let mut first: FxHashMap<&str, &Claim> = FxHashMap::default();
    let mut found = FxHashMap::default();
    for claim in &claims.claims {
        let Some((fact, own)) = claim.fact.as_deref().zip(printed(&claim.assertion)) else { continue };
        let Some(before) = first.get(fact) else {
            first.insert(fact, claim);
            continue;
        };
        let units = (unit(&claim.assertion), unit(&before.assertion));
        let is_other = |other: &&Printed| match units {
            (own_unit, other_unit) if own_unit == other_unit => differ(own, other),
            (Some(own_unit), Some(other_unit)) => differ_in_units((own, own_unit), (other, other_unit)),
            // The unit of the one may be that of the other.
            (Some(_), None) | (None, Some(_)) | (None, None) => false,
        };
        let Some(other) = printed(&before.assertion).filter(is_other) else { continue };
        let sentence =
            format!("{own} is printed here, {other} in {} (line {}), for the same fact", before.id, before.line);
        found.insert(claim.id.as_str(), Judgement::inconsistent(sentence));
    }
    found
}

fn unit(assertion: &Assertion) -> Option<PrintedUnit> {
    if let Assertion::Value { unit, .. } = assertion { *unit } else { None }
}

/// True where two numbers in two units cannot be the same: `7.4 years` is `88.5 months`.
fn differ_in_units((own, unit): (&Printed, PrintedUnit), (other, of_other): (&Printed, PrintedUnit)) -> bool {
    let (Some(factor), Some(own), Some(other)) = (unit.per(of_other), figure(own), figure(other)) else { return false };
    !RoundingInterval::nearest(own).meets(&RoundingInterval::nearest(other).times(&factor))
}

/// True where two printed texts cannot state the same number.
fn differ(one: &Printed, other: &Printed) -> bool {
    let counts = count(one).zip(count(other)).is_some_and(|(one, other)| one != other);
    let wholes = whole(one).zip(whole(other)).is_some_and(|(one, other)| one != other);
    let figures = figure(one).zip(figure(other)).is_some_and(|(one, other)| !meet(one, other));
    counts || wholes || figures || percents_differ(one, other) || percents_differ(other, one)
}

fn meet(one: Figure, other: Figure) -> bool {
    RoundingInterval::nearest(one).meets(&RoundingInterval::nearest(other))
}

/// A percentage against another one, or against the fraction that the other text prints.
fn percents_differ(one: &Printed, other: &Printed) -> bool {
    let Some(percent) = percent(one) else { return false };
    match *other {
        Printed::OfN { n, of, .. } => !proportion::modes(n, of, percent).is_nearest(),
        _ => self::percent(other).is_some_and(|other| !meet(percent, other)),
    }
}

fn percent(printed: &Printed) -> Option<Figure> {
    match printed {
        Printed::Percent(percent)
        | Printed::CountPercent { percent, .. }
        | Printed::PercentWithInterval { percent, .. } => Some(*percent),
        Printed::OfN { percent, .. } => *percent,
        _ => None,
    }
}

fn whole(printed: &Printed) -> Option<u64> {
    if let Printed::OfN { of, .. } = printed { Some(*of) } else { None }
}

/// The number of a text that is no count of cases.
fn figure(printed: &Printed) -> Option<Figure> {
    match printed {
        Printed::Number(figure) => Some(*figure),
        Printed::MeanSd { mean, .. } | Printed::MeanSe { mean, .. } => Some(*mean),
        Printed::WithInterval { value, .. } | Printed::WithTwoIntervals { value, .. } => Some(*value),
        _ => None,
    }
}
