//! The arithmetic of the claims: whether their printed numbers are possible, without any record.

use super::share_interval;
use super::verdict::{AuditedClaim, ClaimsAudit};
use super::{Assertion, Claim, ClaimTest, Claims, MeasureKind};
use crate::check::arithmetic::average::{PrintedMean, Steps};
use crate::check::arithmetic::p_value::PrintedTest;
use crate::check::arithmetic::sample::PrintedSummary;
use crate::check::arithmetic::spread::RangeOfValues;
use crate::check::arithmetic::two_by_two::PrintedTwoByTwo;
use crate::check::arithmetic::{Judgement, debit, proportion, ratio};
use crate::check::printed::{Figure, Printed, Spread};
use crate::check::scan::{averages, token};

/// The claims with their arithmetic, without an answer from records. What records would show, the steps of a mean and the
/// interval of a share, is only judged where there are none.
pub(super) fn of_numbers(claims: &Claims, has_records: bool) -> ClaimsAudit<'_> {
    let of_claim = |claim| {
        let arithmetic = judgements(&OfClaim { claim, cases: claims.report.cases, has_records });
        AuditedClaim { claim, answer: None, shown: Vec::new(), arithmetic }
    };
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

/// A claim with what is known beside it.
struct OfClaim<'c> {
    claim: &'c Claim,
    /// The number of cases of the report.
    cases: Option<u64>,
    has_records: bool,
}

impl OfClaim<'_> {
    /// The cases that a count or a share is of: without a denominator of its own all of the report.
    fn whole(&self) -> Option<u64> {
        let is_of_all = match &self.claim.assertion {
            Assertion::Count { of, .. } => of.is_none(),
            Assertion::Figures(Printed::Percent(_) | Printed::CountPercent { .. }) => true,
            Assertion::Value { selector, printed: Printed::CountPercent { .. }, .. } => selector.condition.is_none(),
            _ => false,
        };
        self.claim.n.or(self.cases.filter(|_| is_of_all))
    }

    /// The number of values behind a mean or a median: without records, all cases of the report where no condition
    /// selects some.
    fn values(&self) -> Option<u64> {
        let is_of_all = match &self.claim.assertion {
            Assertion::Value { selector, .. } => selector.condition.is_none(),
            _ => false,
        };
        self.claim.n.or(self.cases.filter(|_| is_of_all && !self.has_records))
    }

    /// The steps of the values behind a mean: those of the claim, or without records those that its words say.
    fn steps(&self) -> Option<Steps> {
        if let Some(granularity) = self.claim.granularity {
            return Some(Steps { granularity, is_assumed: false });
        }
        let Assertion::Value { selector, unit, .. } = &self.claim.assertion else { return None };
        let (mut tokens, mut own) = (Vec::new(), Vec::new());
        token::split(&self.claim.says, &mut tokens);
        token::split(selector.base(), &mut own);
        tokens.extend(own);
        // An age without a unit is in years.
        let unit = unit.map_or_else(|| "years".to_owned(), |unit| unit.to_string());
        averages::steps(&tokens, Some(&unit)).filter(|_| !self.has_records)
    }

    fn mean(&self, mean: Figure, sd: Option<Figure>) -> Option<Judgement> {
        let steps = self.steps()?;
        let judgement = PrintedMean { mean, sd, steps }.judge(self.values()?);
        Some(if steps.is_assumed { judgement.unless(&steps.condition("")) } else { judgement })
    }
}

fn judgements(of: &OfClaim<'_>) -> Vec<Judgement> {
    let Some(printed) = printed(&of.claim.assertion) else { return Vec::new() };
    let mut found: Vec<Judgement> = of_printed(printed, of).into_iter().collect();
    found.extend(of_range(printed, of.claim, of.values()));
    found.extend(share_interval::arithmetic(printed, of.has_records));
    if let (Some(test), Some((comparator, p))) = (of.claim.test, figure_of_p(printed)) {
        found.extend(match test {
            ClaimTest::Statistic(test) => Some(PrintedTest { comparator, p, ..test }.judge().judgement),
            ClaimTest::TwoByTwo(first, other) => PrintedTwoByTwo { first, other, comparator, p }.judge(),
        });
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

fn of_printed(printed: &Printed, of: &OfClaim<'_>) -> Option<Judgement> {
    let (claim, n) = (of.claim, of.whole());
    match *printed {
        Printed::OfN { n, of: whole, percent: Some(percent), .. } => Some(proportion::judge(n, whole, 0, percent)),
        Printed::OfN { n, of: whole, percent: None, .. } => (n > whole).then(|| proportion::judge_part(n, whole)),
        Printed::CountPercent { n: cases, percent } => Some(proportion::judge(cases, n?, 0, percent)),
        Printed::Percent(percent) => Some(proportion::judge_of(n?, percent)),
        Printed::MeanSd { mean, sd } if claim.measure() == Some(MeasureKind::Share) => {
            Some(debit::judge(mean, sd, of.values()?))
        }
        Printed::MeanSd { mean, sd } => of.mean(mean, Some(sd)),
        Printed::Number(mean) if claim.measure() == Some(MeasureKind::Mean) => of.mean(mean, None),
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
            Some(RangeOfValues { min: ends.low, max: ends.high, n: of.values()? }.judge_median(value))
        }
        _ => None,
    }
}

/// Compares numbers with the printed range; with few cases, by trying every sample.
fn of_range(printed: &Printed, claim: &Claim, values: Option<u64>) -> Option<Judgement> {
    let (min, max) = claim.range?;
    let n = values?;
    let range = RangeOfValues { min, max, n };
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
