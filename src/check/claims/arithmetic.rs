//! The arithmetic of the claims: whether their printed numbers are possible, without any record.

use super::share_interval;
use super::verdict::{AuditedClaim, ClaimsAudit};
use super::{Assertion, Claim, Claims, MeasureKind};
use crate::check::arithmetic::grimmer::MeanSd;
use crate::check::arithmetic::p_value::PrintedTest;
use crate::check::arithmetic::sample::PrintedSummary;
use crate::check::arithmetic::spread::PrintedRange;
use crate::check::arithmetic::{Judgement, debit, grim, proportion, ratio};
use crate::check::printed::{Figure, Printed, Spread};

/// The claims with their arithmetic, without an answer from records.
pub(super) fn of_numbers(claims: &Claims) -> ClaimsAudit<'_> {
    let of_claim =
        |claim| AuditedClaim { claim, answer: None, shown: Vec::new(), arithmetic: judgements(claim, claims) };
    let sums = claims.sums.iter().filter_map(|sum| {
        let find = |id: &String| claims.claims.iter().find(|claim| claim.id == *id);
        let parts: Option<Vec<&Claim>> = sum.parts.iter().map(find).collect();
        Some((sum, adds_up(find(&sum.total)?, &parts?)?))
    });
    ClaimsAudit { claims: claims.claims.iter().map(of_claim).collect(), sums: sums.collect() }
}

/// Whether the parts add up to the total: counts exactly, percentages within rounding.
fn adds_up(total: &Claim, parts: &[&Claim]) -> Option<Judgement> {
    let printed: Vec<&Printed> = parts.iter().filter_map(|part| printed(&part.assertion)).collect();
    if printed.len() != parts.len() {
        return None;
    }
    if let Some(percents) = printed.iter().map(|printed| percent(printed)).collect::<Option<Vec<Figure>>>() {
        return Some(proportion::judge_percents(&percents));
    }
    let counts: Option<Vec<u64>> = printed.iter().map(|printed| count(printed)).collect();
    Some(proportion::judge_counts(&counts?, count(self::printed(&total.assertion)?)?))
}

pub(super) fn count(printed: &Printed) -> Option<u64> {
    match printed {
        Printed::Number(figure) => figure.count(),
        Printed::OfN { n, .. } | Printed::CountPercent { n, .. } => Some(*n),
        Printed::None => Some(0),
        _ => None,
    }
}

fn percent(printed: &Printed) -> Option<Figure> {
    match printed {
        Printed::Percent(figure) => Some(*figure),
        _ => None,
    }
}

/// What a claim prints. None for a claim with readings or parts.
pub(super) fn printed(assertion: &Assertion) -> Option<&Printed> {
    match assertion {
        Assertion::Value { printed, .. } | Assertion::Figures(printed) => Some(printed),
        Assertion::Count { printed, .. } => printed.as_ref(),
        Assertion::Between(between) => Some(&between.printed),
        Assertion::Ratio { .. } => None,
        Assertion::Compare { .. } | Assertion::Readings(_) | Assertion::Parts(_) | Assertion::Nothing => None,
    }
}

fn judgements(claim: &Claim, claims: &Claims) -> Vec<Judgement> {
    let Some(printed) = printed(&claim.assertion) else { return Vec::new() };
    // Without a denominator of its own, a count or a share refers to all cases of the report.
    let is_of_all = matches!(&claim.assertion, Assertion::Count { of: None, .. });
    let is_share = match &claim.assertion {
        Assertion::Figures(Printed::Percent(_) | Printed::CountPercent { .. }) => true,
        Assertion::Value { selector, printed: Printed::CountPercent { .. }, .. } => selector.condition.is_none(),
        _ => false,
    };
    let n = claim.n.or(claims.report.cases.filter(|_| is_of_all || is_share));
    let mut found: Vec<Judgement> = of_printed(printed, n, claim).into_iter().collect();
    found.extend(of_range(printed, claim));
    found.extend(share_interval::arithmetic(printed));
    if let (Some(test), Some(p)) = (claim.test, figure_of_p(printed)) {
        let (comparator, p) = p;
        let test = PrintedTest { comparator, p, ..test };
        found.push(test.judge().judgement);
    }
    found
}

fn figure_of_p(printed: &Printed) -> Option<(Option<crate::schema::lexical::Comparator>, Figure)> {
    match printed {
        Printed::Number(figure) => Some((None, *figure)),
        Printed::Censored { comparator, figure } => Some((Some(*comparator), *figure)),
        _ => None,
    }
}

fn of_printed(printed: &Printed, n: Option<u64>, claim: &Claim) -> Option<Judgement> {
    match *printed {
        Printed::OfN { n, of, percent: Some(percent), .. } => Some(proportion::judge(n, of, 0, percent)),
        Printed::OfN { n, of, percent: None, .. } => (n > of).then(|| proportion::judge_part(n, of)),
        Printed::CountPercent { n: cases, percent } => Some(proportion::judge(cases, n?, 0, percent)),
        Printed::Percent(percent) => Some(proportion::judge_of(n?, percent)),
        Printed::MeanSd { mean, sd } if claim.measure() == Some(MeasureKind::Share) => {
            Some(debit::judge(mean, sd, claim.n?))
        }
        Printed::MeanSd { mean, sd } => Some(MeanSd { mean, sd, n: claim.n?, granularity: claim.granularity? }.judge()),
        Printed::Number(mean) if claim.measure() == Some(MeasureKind::Mean) => {
            Some(grim::judge(mean, claim.n?, claim.granularity?))
        }
        Printed::Number(count) => {
            let (count, n) = (count.count()?, n?);
            (count > n).then(|| proportion::judge_part(count, n))
        }
        Printed::WithInterval { value, ends } if claim.measure() == Some(MeasureKind::Ratio) => {
            Some(ratio::judge(value, ends.low, ends.high))
        }
        Printed::WithInterval { value, ends }
            if claim.measure() == Some(MeasureKind::Median)
                && matches!(ends.spread, Spread::Unnamed | Spread::Range) =>
        {
            Some(PrintedRange { min: ends.low, max: ends.high, n: claim.n? }.judge_median(value))
        }
        _ => None,
    }
}

/// Compares numbers with the printed range; with few cases, by trying every sample.
fn of_range(printed: &Printed, claim: &Claim) -> Option<Judgement> {
    let (min, max) = claim.range?;
    let (n, range) = (claim.n?, PrintedRange { min, max, n: claim.n? });
    if let Some(granularity) = claim.granularity {
        let (mean, sd) = match *printed {
            Printed::MeanSd { mean, sd } => (Some(mean), Some(sd)),
            Printed::Number(mean) if claim.measure() == Some(MeasureKind::Mean) => (Some(mean), None),
            _ => (None, None),
        };
        let median = claim.median.or(match *printed {
            Printed::Number(median) if claim.measure() == Some(MeasureKind::Median) => Some(median),
            _ => None,
        });
        return Some(PrintedSummary { n, granularity, min, max, median, mean, sd }.judge());
    }
    match (printed.clone(), claim.measure()) {
        (Printed::MeanSd { mean, sd }, _) => Some(range.judge_mean_sd(mean, sd)),
        (Printed::Number(median), Some(MeasureKind::Median)) => Some(range.judge_median(median)),
        (Printed::Number(mean), Some(MeasureKind::Mean)) => Some(match claim.median {
            Some(median) => range.judge_median_mean(median, mean),
            None => range.judge_mean(mean),
        }),
        (Printed::Number(sd), Some(MeasureKind::Sd)) => Some(range.judge_sd(sd)),
        _ => None,
    }
}
