//! The association of two numbers: `--associate age,crp`.
//!
//! Keys: `association[age, crp].pearson`, `association[age, crp].p.spearman`, `association[age, crp].N`.

use super::Options;
use super::method::Method;
use super::part::PartStatistics;
use super::reason::Reason;
use super::results::{ResultTable, Value};
use super::rows::Rows;
use super::statistic::Statistic;
use crate::stats::association::{Association, kendall, pearson, spearman};
use crate::stats::hypothesis::NoTest;
pub use crate::tally::ASSOCIATION;
use crate::tally::Cohort;
use crate::tally::counts::{NumberPairs, PairCounts};

/// The pairs of numbers; none where small counts are masked: each pair is a patient.
pub fn requested<'c>(cohort: &'c Cohort, options: &Options) -> &'c [PairCounts] {
    if options.suppress_below.is_some() { &[] } else { &cohort.pairs }
}

/// The footnote where associations are not shown.
pub const LEFT_OUT: &str = "Associations are left out: each pair of numbers is one case.";

/// The name of a pair in keys: `age, crp`.
pub fn pair_name(names: &[String; 2]) -> String {
    names.join(", ")
}

/// Appends the associations of some cases; of all of them without any.
pub(super) fn associations(part: &mut PartStatistics<'_>, cohort: &Cohort, of: Option<&[NumberPairs]>) {
    for (at, counts) in requested(cohort, part.options).iter().enumerate() {
        let pairs = match of {
            None => &counts.all,
            Some(of) => match of.get(at) {
                Some(pairs) => pairs,
                None => continue,
            },
        };
        push(&mut Rows::of(part, ResultTable::Association), &pair_name(&counts.names), pairs);
    }
}

fn push(rows: &mut Rows<'_, '_>, name: &str, pairs: &NumberPairs) {
    let (n, censored) = (pairs.cases(), pairs.censored);
    rows.association(name, Statistic::N, Value::Count(n), None);
    rows.association(name, Statistic::Missing, Value::Count(pairs.incomplete), None);
    let hidden = (censored > 0).then_some(Reason::Censored { censored, values: n + censored });
    let known = pairs.whole().ok_or(Reason::RanksTooLarge);
    let known = hidden.map_or(known, Err);
    let conf_level = rows.options().conf_level;
    let of_pearson = found(&known, |pairs| pearson(pairs, conf_level));
    coefficient(rows, name, (Statistic::Pearson, Statistic::PearsonP), &of_pearson);
    let interval = of_pearson.map(|found| found.interval);
    for (statistic, is_low) in [(Statistic::PearsonLow, true), (Statistic::PearsonHigh, false)] {
        let value = match &interval {
            Err(reason) => Value::NotEstimable(reason.clone()),
            Ok(None) => Value::NotEstimable(Reason::NoAssociationInterval),
            Ok(Some(interval)) => Value::Real(if is_low { interval.low } else { interval.high }),
        };
        rows.association(name, statistic, value, Some(Method::FisherZ));
    }
    coefficient(rows, name, (Statistic::Spearman, Statistic::SpearmanP), &found(&known, spearman));
    coefficient(rows, name, (Statistic::Kendall, Statistic::KendallP), &found(&known, kendall));
}

/// An association of pairs that are known.
fn found(
    known: &Result<Vec<(i128, i128)>, Reason>,
    of: impl Fn(&[(i128, i128)]) -> Result<Association, NoTest>,
) -> Result<Association, Reason> {
    known.as_ref().map_err(Clone::clone).and_then(|pairs| of(pairs).map_err(Reason::NoTest))
}

/// A coefficient and its p.
fn coefficient(
    rows: &mut Rows<'_, '_>,
    name: &str,
    (statistic, p): (Statistic, Statistic),
    found: &Result<Association, Reason>,
) {
    let value = |of: fn(&Association) -> f64| match found {
        Ok(found) => Value::Real(of(found)),
        Err(reason) => Value::NotEstimable(reason.clone()),
    };
    let method = found.as_ref().ok().map(|found| Method::Test(found.test.method));
    rows.association(name, statistic, value(|found| found.coefficient), method.clone());
    rows.association(name, p, value(|found| found.test.p), method);
}
