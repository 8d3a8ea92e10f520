//! Response to treatment: by agent, by class, by line number, and the best of each case.

mod findings;
mod not_counted;

pub use findings::{column_findings, mapping, may_be_responses, settle_findings};
pub use not_counted::not_counted;

use super::method::Method;
use super::natural::natural;
use super::part::{PartCounts, PartStatistics};
use super::reason::Reason;
use super::results::{Context, Rate, ResultTable, Value};
use super::rows::Rows;
use super::statistic::Statistic;
use super::summary::{missing_rows, moments_and_quantiles};
use super::tabulate::{FrequencyList, most_frequent, per_case};
use crate::schema::Variable;
use crate::schema::response::Response;
use crate::tally::counts::{LevelCounts, LineCounts, Outcomes, flag};
use crate::tally::responses_of;
use std::collections::BTreeMap;

/// The statistics of the treatment column.
pub fn response(part: &mut PartStatistics<'_>, variable: &Variable, of: PartCounts<'_, LineCounts>) {
    let counts = of.counts;
    lines_a_case(part, variable, of);
    table(part, ResultTable::ByAgent, named(&counts.by_agent, &of.all.by_agent), (of.all, true));
    table(part, ResultTable::ByClass, named(&counts.by_class, &of.all.by_class), (of.all, true));
    let by_line =
        of.all.by_line.keys().map(|line| (line.to_string(), counts.by_line.get(line).cloned().unwrap_or_default()));
    table(part, ResultTable::ByLine, by_line.collect(), (of.all, false));
    best(part, of, Base::Treated);
    let frequent = FrequencyList {
        counts: &counts.sequences,
        all: &of.all.sequences,
        between: " > ",
        beyond: of.all.sequences_beyond > 0,
    };
    most_frequent(part, ResultTable::Sequences(&variable.name), &frequent, counts.treated(), Context::Tabulate);
}

/// The statistics of a column of responses without a treatment column: rates of the evaluable and of all cases.
pub fn response_column(part: &mut PartStatistics<'_>, of: PartCounts<'_, LevelCounts>) {
    let (counts, all) = (&responses_of(of.counts), &responses_of(of.all));
    best(part, PartCounts { counts, all }, Base::Cases);
}

/// Whose responses are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Base {
    /// Those of the treated cases.
    Treated,
    /// Those of all cases: no treatment is recorded.
    Cases,
}

/// The outcomes of a part, in the order of all cases: the most treated first.
fn named(counts: &BTreeMap<String, Outcomes>, all: &BTreeMap<String, Outcomes>) -> Vec<(String, Outcomes)> {
    let mut order: Vec<(&String, u64)> = all.iter().map(|(name, outcomes)| (name, outcomes.treated())).collect();
    order.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| natural(a.0, b.0)));
    order.into_iter().map(|(name, _)| (name.clone(), counts.get(name).cloned().unwrap_or_default())).collect()
}

fn lines_a_case(part: &mut PartStatistics<'_>, variable: &Variable, of: PartCounts<'_, LineCounts>) {
    let counts = of.counts;
    let mut rows = Rows::new(part, &variable.name);
    let sizes = per_case(&counts.sizes);
    let lines: u64 = sizes.points().map(|(lines, cases)| u64::try_from(lines).unwrap_or(0) * cases).sum();
    let untreated = counts.sizes.get(&0).copied().unwrap_or(0);
    rows.count(Context::Response, Statistic::Treated, counts.treated());
    rows.count(Context::Response, Statistic::Untreated, untreated);
    rows.count(Context::Response, Statistic::Lines, lines);
    rows.count(Context::Response, Statistic::Relapsed, counts.relapsed);
    moments_and_quantiles(&mut rows, Context::Response, &sizes);
    let missing: u64 = counts.missing.values().sum();
    let observed = counts.known() + counts.unreadable + missing;
    rows.count(Context::Missing, Statistic::Observed, observed);
    rows.count(Context::Missing, Statistic::Unreadable, counts.unreadable);
    missing_rows(&mut rows, &counts.missing, &of.all.missing, observed);
}

/// A number of cases, as far as their responses are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CasesWith {
    /// So many.
    Exactly(u64),
    /// Between the two: some responses are open.
    Between(u64, u64),
    /// No response is recorded.
    Unasked,
    /// No treatment is recorded.
    Untold,
}

impl CasesWith {
    fn new(low: u64, high: u64) -> CasesWith {
        if low == high { CasesWith::Exactly(low) } else { CasesWith::Between(low, high) }
    }

    fn value(self) -> Value {
        match self {
            CasesWith::Exactly(n) => Value::Count(n),
            CasesWith::Between(low, high) => Value::NotEstimable(Reason::OpenCount { low, high }),
            CasesWith::Unasked => Value::NotEstimable(Reason::NoResponse),
            CasesWith::Untold => Value::NotEstimable(Reason::NoTreatment),
        }
    }
}

/// Cases by their responses, settled for their column.
struct Judged {
    outcomes: Outcomes,
    is_answered: bool,
    base: Base,
}

impl Judged {
    fn new(outcomes: &Outcomes, all: &LineCounts, base: Base) -> Judged {
        Judged { outcomes: outcomes.settled(all.beside_codes), is_answered: all.has_answers(), base }
    }

    /// All cases whose responses are counted.
    fn all(&self) -> u64 {
        self.outcomes.treated()
    }

    /// The treated cases.
    fn treated(&self) -> CasesWith {
        match self.base {
            Base::Treated => CasesWith::Exactly(self.all()),
            Base::Cases => CasesWith::Untold,
        }
    }

    /// The cases with a response of `flags`; where a response is open, it may be one.
    fn with(&self, flags: u16) -> CasesWith {
        let low = self.outcomes.patients(flags, 0);
        self.between(low, low + self.outcomes.patients(flag::OPEN, flags))
    }

    /// The cases with a line whose response can be judged.
    fn evaluable(&self) -> CasesWith {
        let low = self.outcomes.patients(flag::EVALUABLE, 0);
        let open = self.outcomes.patients(flag::OPEN, flag::EVALUABLE);
        let unjudged = self.outcomes.patients(flag::UNJUDGED, flag::EVALUABLE | flag::OPEN);
        self.between(low, low + open + unjudged)
    }

    /// The least and the greatest share of the cases with a response of `flags`.
    ///
    /// Of the evaluable: the least if all open responses could be judged and none was one; the greatest if all that
    /// may be one are, and no other could be judged.
    fn ends(&self, rate: Rate, flags: u16) -> Reason {
        let patients = |flags, without| self.outcomes.patients(flags, without);
        let (low, open) = (patients(flags, 0), patients(flag::OPEN, flags));
        let of_high = patients(flag::EVALUABLE, 0) + patients(flag::OPEN, flag::EVALUABLE);
        let (least, greatest) = match rate {
            Rate::RespondersEvaluable => (of_high + patients(flag::UNJUDGED, flag::EVALUABLE | flag::OPEN), of_high),
            Rate::RespondersCases | Rate::RespondersTreated | Rate::ConfirmedTreated | Rate::CompleteTreated => {
                (self.all(), self.all())
            }
        };
        Reason::OpenRate { low: (low, least), high: (low + open, greatest) }
    }

    /// The responders none of whose responding lines has the agent or class alone.
    fn only_in_combination(&self) -> CasesWith {
        let low = self.outcomes.patients(flag::RESPONDER, flag::ALONE_RESPONDER | flag::OPEN);
        self.between(low, low + self.outcomes.patients(flag::OPEN, flag::ALONE_RESPONDER))
    }

    fn between(&self, low: u64, high: u64) -> CasesWith {
        if self.is_answered { CasesWith::new(low, high) } else { CasesWith::Unasked }
    }
}

fn table(
    part: &mut PartStatistics<'_>,
    table: ResultTable<&str>,
    levels: Vec<(String, Outcomes)>,
    (all, combinations): (&LineCounts, bool),
) {
    let mut rows = Rows::of(part, table);
    for (level, outcomes) in levels {
        let judged = Judged::new(&outcomes, all, Base::Treated);
        outcome_rows(&mut rows, Some(&level), &judged);
        if combinations {
            let only = outcomes.treated() - outcomes.patients(flag::ALONE, 0);
            rows.level_count(Context::Response, Some(&level), Statistic::TreatedInCombination, only);
            let responders = (judged.only_in_combination().value(), None);
            rows.level_value(Some(&level), (Statistic::RespondersInCombination, None), responders);
        }
    }
}

/// Counts and rates of the cases in question.
fn outcome_rows(rows: &mut Rows<'_, '_>, level: Option<&str>, judged: &Judged) {
    for (name, n) in [
        (Statistic::Treated, judged.treated()),
        (Statistic::Evaluable, judged.evaluable()),
        (Statistic::Responders, judged.with(flag::RESPONDER)),
        (Statistic::Confirmed, judged.with(flag::CONFIRMED)),
        (Statistic::Complete, judged.with(flag::COMPLETE)),
    ] {
        rows.level_value(level, (name, None), (n.value(), None));
    }
    let treated = judged.treated();
    for rate in Rate::ALL {
        let (flags, total) = match rate {
            Rate::RespondersEvaluable => (flag::RESPONDER, judged.evaluable()),
            Rate::RespondersCases if judged.base == Base::Treated => continue,
            Rate::RespondersCases => (flag::RESPONDER, CasesWith::Exactly(judged.all())),
            Rate::RespondersTreated => (flag::RESPONDER, treated),
            Rate::ConfirmedTreated => (flag::CONFIRMED, treated),
            Rate::CompleteTreated => (flag::COMPLETE, treated),
        };
        match (judged.with(flags), total) {
            (CasesWith::Exactly(n), CasesWith::Exactly(total)) => {
                rows.proportion(Context::Response, level, n, total, Some(rate));
            }
            (CasesWith::Unasked, _) => open_rate(rows, level, rate, (CasesWith::Unasked, total), Reason::NoResponse),
            (n, CasesWith::Untold) => open_rate(rows, level, rate, (n, total), Reason::NoTreatment),
            open => open_rate(rows, level, rate, open, judged.ends(rate, flags)),
        }
    }
}

/// n, N, p and its interval of a rate without a number: a response is open, or none is recorded.
fn open_rate(
    rows: &mut Rows<'_, '_>,
    level: Option<&str>,
    rate: Rate,
    (n, total): (CasesWith, CasesWith),
    reason: Reason,
) {
    let interval = Some(Method::ProportionInterval(rows.options().interval));
    let open = || Value::NotEstimable(reason.clone());
    for (statistic, value, method) in [
        (Statistic::Cases, n.value(), None),
        (Statistic::N, total.value(), None),
        (Statistic::Proportion, open(), None),
        (Statistic::ConfLow, open(), interval.clone()),
        (Statistic::ConfHigh, open(), interval.clone()),
    ] {
        rows.level_value(level, (statistic, Some(rate)), (value, method));
    }
}

/// The level of a best response that is not understood.
pub const NOT_UNDERSTOOD: &str = "not understood";

fn best(part: &mut PartStatistics<'_>, of: PartCounts<'_, LineCounts>, base: Base) {
    let PartCounts { counts, all } = of;
    outcome_rows(&mut Rows::of(part, ResultTable::Best), None, &Judged::new(&counts.patients, all, base));
    if !all.has_answers() {
        return;
    }
    let mut rows = Rows::of(part, ResultTable::BestCategory);
    let (of_part, of_all) = (counts.best_settled(all.beside_codes), all.best_settled(all.beside_codes));
    let levels = Response::ALL.into_iter().map(Some).chain([None]);
    for response in levels.filter(|response| of_all.contains_key(response)) {
        let n = of_part.get(&response).copied().unwrap_or(0);
        let level = response.map_or(NOT_UNDERSTOOD, Response::word);
        rows.proportion(Context::Tabulate, Some(level), n, counts.treated(), None);
    }
}
