//! Numbers between groups.

use super::groups::ComparedGroups;
use super::{VariableComparison, as_tool};
use crate::analyze::method::Method;
use crate::analyze::reason::Reason;
use crate::analyze::test::{Test, automatic_of_numbers, chosen_test};
use crate::schema::Variable;
use crate::schema::lexical::Comparator;
use crate::stats::hypothesis::{NoTest, TestResult};
use crate::stats::means::{Sample, difference_of_means};
use crate::stats::moments::Moments;
use crate::stats::rank::Ranks;
use crate::stats::smd;
use crate::tally::counts::{Distribution, NumberCounts};
use num_integer::Integer;

/// The comparison of a number column.
pub(super) fn compare(
    variable: &Variable,
    groups: &[&NumberCounts],
    compared_groups: &ComparedGroups<'_>,
) -> VariableComparison {
    let options = compared_groups.options;
    let groups: Vec<Distribution> = groups.iter().map(|counts| counts.distribution()).collect();
    let mut compared = VariableComparison {
        variable: Some(variable.name.clone()),
        unit: variable.unit.clone(),
        decimals: variable.decimals.unwrap_or_else(|| groups.iter().map(|group| group.decimals).max().unwrap_or(0)),
        difference_method: Some(Method::MeanDifference),
        ..VariableComparison::default()
    };
    let samples = samples(&groups);
    compared.no_difference = samples.as_ref().err().cloned();
    if options.comparisons.smd {
        let has_zero = options.comparisons.automatic.and_then(|tests| tests.smd).is_none_or(|smd| smd.same_is_zero);
        let spreads = |samples: &&Vec<Sample>| has_zero || samples.iter().any(Sample::has_spread);
        let samples = samples.as_ref().ok().filter(spreads);
        compared.smd = samples.and_then(|samples| smd::of_numbers(&samples.iter().collect::<Vec<_>>()));
    }
    if options.comparisons.differences && compared_groups.contrast.is_some() {
        let between = |samples: &Vec<Sample>| {
            let [one, other] = compared_groups.pair(samples).ok_or(Reason::NoTest(NoTest::Shape))?;
            difference_of_means(one, other, options.conf_level).map_err(Reason::NoTest)
        };
        compared.differences = vec![(None, samples.as_ref().map_err(Clone::clone).and_then(between))];
    }
    if options.comparisons.tests {
        let automatic = options.comparisons.automatic;
        let of_automatic =
            || automatic.map_or(automatic_of_numbers(groups.len()), |tests| tests.of_numbers(groups.len()));
        let test = chosen_test(&options.comparisons.chosen, &variable.name, variable.kind).unwrap_or_else(of_automatic);
        compared.test = Some(result(test, &groups, samples, automatic.is_some()));
    }
    compared
}

fn result(
    test: Test,
    groups: &[Distribution],
    samples: Result<Vec<Sample>, Reason>,
    as_tool: bool,
) -> Result<TestResult, Reason> {
    match test {
        Test::MannWhitney | Test::KruskalWallis => {
            let ranks = ranks(groups)?;
            let result = if as_tool { as_tool::of_ranks(test, &ranks) } else { test.of_ranks(&ranks) };
            result.map_err(Reason::NoTest)
        }
        _ => test.of_means(&samples?).map_err(Reason::NoTest),
    }
}

/// The moments of each group; none where a value is censored.
fn samples(groups: &[Distribution]) -> Result<Vec<Sample>, Reason> {
    if groups.iter().any(|group| group.n_censored() > 0) {
        return Err(Reason::CensoredMean);
    }
    let sample = |group: &Distribution| Sample::of(&Moments::of(group.points(), group.denominator));
    groups.iter().map(|group| sample(group).ok_or(Reason::GroupWithoutValue)).collect()
}

/// The ranks of the values of all groups. Values censored at one limit tie beyond all others; censored at several
/// limits, or amid known values, they have no rank.
fn ranks(groups: &[Distribution]) -> Result<Ranks, Reason> {
    let common = groups.iter().fold(1_i128, |common, group| common.lcm(&group.denominator.max(1)));
    let limit = limit(groups)?;
    let is_above = limit.is_some_and(|(comparator, _)| matches!(comparator, Comparator::Above | Comparator::AtLeast));
    let mut ranked = Vec::new();
    for group in groups {
        let factor = common / group.denominator.max(1);
        let fits = |value: i128| value.checked_mul(factor).is_some();
        if group.extent().is_some_and(|(low, high)| !fits(low) || !fits(high)) {
            return Err(Reason::RanksTooLarge);
        }
        let censored = (if is_above { i128::MAX } else { i128::MIN }, group.n_censored());
        let (below, above) = if is_above { (None, Some(censored)) } else { (Some(censored), None) };
        let known = group.points().map(move |(value, cases)| (value * factor, cases));
        ranked.push(below.into_iter().chain(known).chain(above));
    }
    Ranks::of(ranked).map_err(Reason::NoTest)
}

/// The one limit at which values of any group are censored.
fn limit(groups: &[Distribution]) -> Result<Option<(Comparator, num_rational::BigRational)>, Reason> {
    let over = |value: i128, group: &Distribution| {
        num_rational::BigRational::new(value.into(), group.denominator.max(1).into())
    };
    let mut limits: Vec<(Comparator, num_rational::BigRational)> = Vec::new();
    for group in groups {
        limits.extend(group.censored.iter().map(|(comparator, value, _)| (*comparator, over(*value, group))));
    }
    limits.dedup();
    let Some((comparator, limit)) = limits.first().cloned() else { return Ok(None) };
    if limits.iter().any(|other| *other != (comparator, limit.clone())) {
        return Err(Reason::CensoringLimits);
    }
    let is_above = matches!(comparator, Comparator::Above | Comparator::AtLeast);
    let is_amid = |group: &Distribution| {
        let is_beyond = |(low, high)| if is_above { over(high, group) > limit } else { over(low, group) < limit };
        group.extent().is_some_and(is_beyond)
    };
    if groups.iter().any(is_amid) {
        return Err(Reason::CensoredRank);
    }
    Ok(Some((comparator, limit)))
}
