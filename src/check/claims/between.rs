//! Numbers that a report prints for two groups of cases: a p, a ratio with its interval, a difference.
//!
//! Each is computed by the method that the claim names, else by every method in use; the ones that give what is
//! printed are named.
#![expect(clippy::arithmetic_side_effects, reason = "fractions of any size do not overflow")]

use super::count::whole;
use super::groups::{BetweenGroups, BetweenOf, BetweenStatistic};
use super::missing;
use super::records::ClaimEvidence;
use super::verdict::{ClaimAnswer, Given, MethodNumber, Verdict, VerdictRemark};
use crate::analyze::Test;
use crate::analyze::selector::Selector;
use crate::check::arithmetic::rounding::agrees;
use crate::check::arithmetic::two_by_two::{TwoByTwoTest, two_by_two};
use crate::check::printed::{Figure, Printed};
use crate::decimal::Exact;
use crate::schema::Kind;
use crate::schema::lexical::Comparator;
use crate::stats::means::{Sample, difference_of_means, student_t, welch_t};
use crate::stats::moments::Moments;
use crate::stats::odds::{conditional_odds_ratio, risk_ratio, sample_odds_ratio};
use crate::stats::proportion::{Difference, difference as difference_of_shares, difference_corrected, difference_wald};
use crate::stats::rank::{Ranks, mann_whitney_exact, mann_whitney_normal};
use crate::tally::NamedFilter;
use crate::tally::counts::Distribution;
use num_integer::Integer;
use num_rational::BigRational;

/// The confidence level of intervals in reports.
const CONF_LEVEL: f64 = 0.95;

/// The answer of the records.
pub(super) fn answer(records: &ClaimEvidence<'_>, between: &BetweenGroups) -> ClaimAnswer {
    let [one, other] = &between.groups;
    if records.counted(one, Some(other)).n > 0 {
        let why = "some cases are in both groups".to_owned();
        return ClaimAnswer::new(Verdict::Undetermined, Given::Nothing, vec![VerdictRemark::NotEstimable(why)]);
    }
    let (computed, is_open) = match &between.of {
        BetweenOf::Cases(what) => of_cases(records, between, what),
        BetweenOf::Values(_) => of_values(records, between),
    };
    let fits = |one: &&MethodNumber| is_printed(one, between);
    let fitting: Vec<&'static str> = computed.iter().filter(fits).map(|one| one.name).collect();
    let has_interval = matches!(between.printed, Printed::WithInterval { .. } | Printed::PercentWithInterval { .. });
    let number =
        |one: &MethodNumber| MethodNumber { interval: one.interval.clone().filter(|_| has_interval), ..one.clone() };
    let numbers = || computed.iter().map(number).collect();
    let (verdict, remark) = match (fitting.is_empty(), computed.is_empty()) {
        (false, _) => (Verdict::Agrees, VerdictRemark::GivenBy(fitting)),
        (true, true) => {
            let why = without_numbers(records, between).unwrap_or_else(|| {
                format!("no {} of these groups can be computed by the method", between.statistic.word())
            });
            (Verdict::Undetermined, VerdictRemark::NotEstimable(why))
        }
        (true, false) if is_open => (Verdict::Undetermined, VerdictRemark::Methods(numbers())),
        (true, false) => (Verdict::Contradicts, VerdictRemark::Methods(numbers())),
    };
    ClaimAnswer::new(verdict, Given::Nothing, vec![remark])
}

/// Why values that are no numbers cannot be compared, and how their shares are.
fn without_numbers(records: &ClaimEvidence<'_>, between: &BetweenGroups) -> Option<String> {
    let BetweenOf::Values(selector) = &between.of else { return None };
    let variable = records.variable(selector).filter(|variable| variable.kind != Kind::Number)?;
    let level = variable.levels.first().map_or("yes", |level| level.value.as_str());
    let level = if variable.kind == Kind::Binary { "yes" } else { level };
    let name = &variable.name;
    Some(format!(
        "{name} is a column of words; its shares are compared with count = \"{name} = '{level}'\" in place of 'value'"
    ))
}

/// What the shares of two groups give, and whether cases that do not report could change it.
fn of_cases(records: &ClaimEvidence<'_>, between: &BetweenGroups, what: &NamedFilter) -> (Vec<MethodNumber>, bool) {
    let counts = between.groups.each_ref().map(|group| records.counted(what, Some(group)));
    let [first, other] = counts.each_ref().map(|counted| (counted.n, counted.reported));
    let is_open = counts.iter().any(|counted| {
        [counted.unknown, counted.of_unknown, counted.doubtful, counted.of_doubtful].iter().any(|cases| *cases > 0)
    });
    let cells = [first.0, first.1.saturating_sub(first.0), other.0, other.1.saturating_sub(other.0)];
    let real = |name, value: f64, low: f64, high: f64| {
        let interval = Exact::from_f64(low).zip(Exact::from_f64(high));
        Some(MethodNumber { name, value: Exact::from_f64(value)?, interval })
    };
    let computed = match between.statistic {
        BetweenStatistic::P => two_by_two(first, other)
            .into_iter()
            .filter(|(test, _)| between.method.is_none_or(|method| is_method(*test, method)))
            .filter_map(|(test, p)| {
                Some(MethodNumber { name: test.name(), value: Exact::from_f64(p)?, interval: None })
            })
            .collect(),
        BetweenStatistic::OddsRatio => {
            let sample = sample_odds_ratio(cells, CONF_LEVEL).map(|ratio| MethodNumber {
                name: "the sample odds ratio with Woolf's interval",
                value: Exact::Ratio(ratio.estimate),
                interval: Exact::from_f64(ratio.low).zip(Exact::from_f64(ratio.high)),
            });
            let conditional = conditional_odds_ratio(cells, CONF_LEVEL).and_then(|ratio| {
                real("the conditional odds ratio with its exact interval", ratio.estimate, ratio.low, ratio.high)
            });
            sample.into_iter().chain(conditional).collect()
        }
        BetweenStatistic::RiskRatio => {
            let ratio = risk_ratio(cells, CONF_LEVEL);
            let of = ratio.map(|ratio| MethodNumber {
                name: "the risk ratio with Katz' interval",
                value: Exact::Ratio(ratio.estimate),
                interval: Exact::from_f64(ratio.low).zip(Exact::from_f64(ratio.high)),
            });
            of.into_iter().collect()
        }
        BetweenStatistic::Difference => {
            let points = difference_of_shares_in(100, first, other);
            // Only a difference of a point or less can be printed in points as well.
            let is_small = points.iter().all(|one| one.value.to_f64().abs() <= 1.0);
            match (may_be_proportion(&between.printed), is_small) {
                (false, _) => points,
                (true, false) => difference_of_shares_in(1, first, other),
                (true, true) => points.into_iter().chain(difference_of_shares_in(1, first, other)).collect(),
            }
        }
    };
    (computed, is_open)
}

/// True for a difference that may be one of proportions, which are below 1: `0.33 (-0.04 to 0.70)`.
fn may_be_proportion(printed: &Printed) -> bool {
    let (Printed::Number(figure) | Printed::WithInterval { value: figure, .. } | Printed::Censored { figure, .. }) =
        printed
    else {
        return false;
    };
    let one = whole(1);
    figure.decimals() > 0 && figure.value() <= one && figure.value() >= -one
}

/// The difference of two shares of 100, in percentage points, or of 1, as proportions, with the intervals in use.
fn difference_of_shares_in(scale: u32, first: (u64, u64), other: (u64, u64)) -> Vec<MethodNumber> {
    let share = |(n, of): (u64, u64)| (of > 0).then(|| BigRational::new(n.into(), of.into()));
    let Some((one, two)) = share(first).zip(share(other)) else { return Vec::new() };
    let value = Exact::Ratio((one - two) * whole(u64::from(scale)));
    let of = |(name, ends): (&'static str, Option<Difference>)| {
        let scaled = |end: f64| Exact::from_f64(f64::from(scale) * end);
        let interval = ends.and_then(|ends| scaled(ends.low).zip(scaled(ends.high)));
        MethodNumber { name, value: value.clone(), interval }
    };
    [
        ("the difference with Newcombe's interval", difference_of_shares(first, other, CONF_LEVEL)),
        ("the same with Wald's interval", difference_wald(first, other, CONF_LEVEL)),
        ("the same with Wald's corrected interval", difference_corrected(first, other, CONF_LEVEL)),
    ]
    .map(of)
    .into()
}

fn is_method(test: TwoByTwoTest, method: Test) -> bool {
    match test {
        TwoByTwoTest::ChiSquared => method == Test::ChiSquared,
        TwoByTwoTest::ChiSquaredCorrected => method == Test::ChiSquaredCorrected,
        TwoByTwoTest::Fisher => method == Test::Fisher,
    }
}

/// What the values of two groups give, and whether values that are not known could change it.
fn of_values(records: &ClaimEvidence<'_>, between: &BetweenGroups) -> (Vec<MethodNumber>, bool) {
    let selectors: Vec<Selector> = between.groups.iter().filter_map(|group| between.of.mean_in(group)).collect();
    let is_open = selectors.iter().any(|selector| {
        missing::values(selector, records) > 0 || records.outside(selector).is_some_and(|cases| cases.cases > 0)
    });
    let found: Vec<Distribution> = selectors.iter().filter_map(|selector| records.distribution(selector)).collect();
    let computed = match (found.as_slice(), between.statistic) {
        ([first, other], BetweenStatistic::P) => p_of_values(first, other, between.method),
        ([first, other], BetweenStatistic::Difference) => difference(first, other).into_iter().collect(),
        (_, BetweenStatistic::P | BetweenStatistic::Difference)
        | (_, BetweenStatistic::OddsRatio | BetweenStatistic::RiskRatio) => Vec::new(),
    };
    (computed, is_open)
}

fn sample(distribution: &Distribution) -> Option<Sample> {
    Sample::of(&Moments::of(distribution.points(), distribution.denominator))
}

fn difference(first: &Distribution, other: &Distribution) -> Option<MethodNumber> {
    let (first, other) = (sample(first)?, sample(other)?);
    let value = Exact::Ratio(&first.mean - &other.mean);
    let interval = difference_of_means(&first, &other, CONF_LEVEL).ok();
    let interval = interval.and_then(|ends| Exact::from_f64(ends.low).zip(Exact::from_f64(ends.high)));
    Some(MethodNumber { name: "the difference of the means with Welch's interval", value, interval })
}

fn p_of_values(first: &Distribution, other: &Distribution, method: Option<Test>) -> Vec<MethodNumber> {
    let samples = sample(first).zip(sample(other));
    let of_means = |test: fn(&Sample, &Sample) -> Result<_, _>| {
        samples.as_ref().and_then(|(first, other)| test(first, other).ok())
    };
    let ranks = ranks(first, other);
    let ranks = ranks.as_ref();
    let tests = [
        ("Welch's t test", Test::Welch, of_means(welch_t)),
        ("Student's t test", Test::StudentT, of_means(student_t)),
        ("the exact Mann-Whitney test", Test::MannWhitney, ranks.and_then(|ranks| mann_whitney_exact(ranks).ok())),
        (
            "the Mann-Whitney test by the normal distribution",
            Test::MannWhitney,
            ranks.and_then(|ranks| mann_whitney_normal(ranks, false).ok()),
        ),
        (
            "the same with continuity correction",
            Test::MannWhitney,
            ranks.and_then(|ranks| mann_whitney_normal(ranks, true).ok()),
        ),
    ];
    let wanted = tests.into_iter().filter(|(_, test, _)| method.is_none_or(|method| method == *test));
    let of = |(name, _, result): (&'static str, Test, Option<crate::stats::hypothesis::TestResult>)| {
        Some(MethodNumber { name, value: Exact::from_f64(result?.p)?, interval: None })
    };
    wanted.filter_map(of).collect()
}

/// The ranks of the values of both groups, over one denominator. None where there are none, or too many.
fn ranks(first: &Distribution, other: &Distribution) -> Option<Ranks> {
    let common = first.denominator.max(1).lcm(&other.denominator.max(1));
    let scaled = |distribution: &Distribution| -> Option<Vec<(i128, u64)>> {
        let factor = common.checked_div(distribution.denominator.max(1))?;
        distribution.points().map(|(value, count)| Some((value.checked_mul(factor)?, count))).collect()
    };
    Ranks::of([scaled(first)?, scaled(other)?]).ok()
}

/// True where a number is printed as it is, with its interval if that is printed, too.
fn is_printed(one: &MethodNumber, between: &BetweenGroups) -> bool {
    let is = |value: &Exact, figure: Figure| agrees(value, figure).is_nearest();
    match between.printed {
        Printed::Number(figure) | Printed::Percent(figure) => is(&one.value, figure),
        Printed::Censored { comparator, figure } => lies(&one.value, comparator, figure),
        Printed::WithInterval { value, ends } | Printed::PercentWithInterval { percent: value, ends } => {
            let ends = one.interval.as_ref().is_some_and(|(least, most)| is(least, ends.low) && is(most, ends.high));
            is(&one.value, value) && ends
        }
        _ => false,
    }
}

fn lies(value: &Exact, comparator: Comparator, bound: Figure) -> bool {
    let (value, bound) = (value.to_f64(), bound.exact().to_f64());
    match comparator {
        Comparator::Below => value < bound,
        Comparator::AtMost => value <= bound,
        Comparator::Above => value > bound,
        Comparator::AtLeast => value >= bound,
    }
}
