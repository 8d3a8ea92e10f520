//! Looks up in the records what the claims need: statistics, values, and the cases of conditions.

use super::count::PercentOf;
use super::doubt;
use super::evidence::{EvidenceCondition, both, without};
use super::verdict::CaseCount;
use crate::analyze::Options;
use crate::analyze::results::{ResultRow, Results, Value};
use crate::analyze::selector::Selector;
use crate::analyze::statistic::Statistic;
use crate::schema::{Variable, only_but_for_case};
use crate::tally::counts::Distribution;
use crate::tally::counts::{ConditionCounts, NamedCases};
use crate::tally::{Cohort, CohortCondition, CohortVariable, Counts, NamedFilter};
use rustc_hash::FxHashMap;

/// The results of the records that the claims are compared with.
pub(super) struct ClaimEvidence<'a> {
    cohort: &'a Cohort,
    /// The statistics.
    pub results: &'a Results,
    /// The conventions of the results.
    pub options: &'a Options,
    /// The conditions by their normalised text.
    conditions: FxHashMap<&'a str, &'a CohortCondition>,
}

impl<'a> ClaimEvidence<'a> {
    /// The counts and the statistics of a run.
    pub fn new(cohort: &'a Cohort, results: &'a Results, options: &'a Options) -> ClaimEvidence<'a> {
        let conditions = cohort.conditions.iter().map(|condition| (condition.text.as_str(), condition));
        ClaimEvidence { cohort, results, options, conditions: conditions.collect() }
    }

    /// A statistic by its key.
    pub fn find(&self, key: &str) -> Option<&ResultRow> {
        self.results.get(key)
    }

    fn column(&self, selector: &Selector) -> Option<(usize, &CohortVariable)> {
        let (name, _) = selector.variable_and_level();
        let variables = &self.cohort.variables;
        let at = variables.iter().position(|column| column.variable.name == name);
        let at = at.or_else(|| only_but_for_case(&name, variables.iter().map(|column| column.variable.names())))?;
        Some((at, variables.get(at)?))
    }

    /// The variable of a selector. None for a derived variable.
    pub fn variable(&self, selector: &Selector) -> Option<&Variable> {
        self.column(selector).map(|(_, column)| &column.variable)
    }

    /// The values of a number column in the cases of the selector.
    pub fn distribution(&self, selector: &Selector) -> Option<Distribution> {
        let (index, column) = self.column(selector)?;
        let counts = match &selector.condition {
            None => &column.counts,
            Some(keep) => &self.condition(keep)?.columns.get(index)?.as_ref()?.0,
        };
        if let Counts::Number(counts) = counts { Some(counts.distribution()) } else { None }
    }

    /// The cases with a cell that was not understood in a column of a condition.
    fn doubtful_in(&self, keep: &NamedFilter) -> u64 {
        let names = keep.filter.columns();
        let is_named = |column: &&CohortVariable| {
            let own = column.variable.names();
            own.into_iter().any(|own| names.iter().any(|name| name.eq_ignore_ascii_case(own)))
        };
        let columns = self.cohort.variables.iter().filter(is_named);
        columns.fold(0, |sum, column| sum.saturating_add(doubt::cases(&column.variable, &column.counts)))
    }

    /// The same of the column of a level, which may itself be one of those cells.
    fn doubtful_of(&self, selector: &Selector) -> u64 {
        self.column(selector).map_or(0, |(_, column)| doubt::cases(&column.variable, &column.counts))
    }

    fn condition(&self, keep: &NamedFilter) -> Option<&CohortCondition> {
        self.conditions.get(keep.filter.to_string().as_str()).copied()
    }

    /// The cases of a condition. None where it was optional and fits no column.
    pub fn judged(&self, keep: &NamedFilter) -> Option<&ConditionCounts> {
        self.condition(keep)?.judged.as_ref()
    }

    /// The cases behind a selector, where they were looked up.
    pub fn evidence(&self, which: EvidenceCondition, selector: &Selector) -> Option<&ConditionCounts> {
        which.of(selector).and_then(|keep| self.judged(&keep))
    }

    /// The cases that do not report whether they satisfy the condition of a selector.
    pub fn outside(&self, selector: &Selector) -> Option<NamedCases> {
        self.judged(selector.condition.as_ref()?).map(|judged| judged.unknown.clone())
    }

    /// The cases that do not report the variable of a selector.
    pub fn silent(&self, selector: &Selector) -> Option<NamedCases> {
        self.evidence(EvidenceCondition::NotReported, selector).map(|judged| judged.holds.clone())
    }

    /// The cases of a condition, among all cases or among those of another condition.
    pub fn counted(&self, what: &NamedFilter, of: Option<&NamedFilter>) -> CaseCount {
        let none = ConditionCounts::default();
        let found = self.judged(&both(what, of)).unwrap_or(&none);
        let among = of.and_then(|of| self.judged(of));
        let all = among.map_or(self.cohort.cases, |among| among.holds.cases);
        let fails = match of {
            None => Some(found.fails),
            Some(of) => without(what, of).and_then(|without| self.judged(&without)).map(|not| not.holds.cases),
        };
        let fails = fails.unwrap_or_else(|| all.saturating_sub(found.holds.cases).saturating_sub(found.unknown.cases));
        CaseCount {
            n: found.holds.cases,
            of: all,
            reported: found.holds.cases.saturating_add(fails),
            unknown: found.unknown.cases,
            of_unknown: among.map_or(0, |among| among.unknown.cases),
            doubtful: self.doubtful_in(what),
            of_doubtful: of.map_or(0, |of| self.doubtful_in(of)),
            holding: Some(found.holds.clone()),
            silent: Some(found.unknown.clone()),
            among: among.map(|among| among.holds.clone()),
        }
    }

    /// The cases with a level, and the denominator of their percentage.
    pub fn level(&self, selector: &Selector) -> Option<(CaseCount, PercentOf)> {
        if selector.key == "cases" {
            let keep = selector.condition.as_ref()?;
            return Some((self.counted(keep, None), PercentOf::All));
        }
        let statistic = selector.statistic()?;
        let count = |key: &str| match &self.find(key)?.value {
            Value::Count(n) => Some(*n),
            _ => None,
        };
        let responders = [Statistic::Responders, Statistic::Confirmed, Statistic::Complete].contains(&statistic);
        if responders {
            let (of, evaluable) =
                (count(&selector.sibling(Statistic::Treated))?, count(&selector.sibling(Statistic::Evaluable))?);
            let n = count(&selector.full_key())?;
            return Some((
                CaseCount { n, of, reported: evaluable, unknown: of.saturating_sub(evaluable), ..CaseCount::default() },
                PercentOf::All,
            ));
        }
        // A rate has its own denominator and is compared as a proportion.
        if ![Statistic::Cases, Statistic::Proportion].contains(&statistic) || selector.key.ends_with(')') {
            return None;
        }
        let (n, reported) = (count(&selector.sibling(Statistic::Cases))?, count(&selector.sibling(Statistic::N))?);
        let all = count(&selector.with("cases"))?;
        // Cases that do not report whether they satisfy the condition may belong to it.
        let beside = self.outside(selector).map_or(0, |cases| cases.cases);
        let holding = self
            .evidence(EvidenceCondition::Has, selector)
            .or_else(|| self.evidence(EvidenceCondition::Equal, selector));
        let counted = CaseCount {
            n,
            of: all.max(reported),
            reported,
            unknown: all.saturating_sub(reported).saturating_add(beside),
            of_unknown: beside,
            doubtful: self.doubtful_of(selector),
            of_doubtful: selector.condition.as_ref().map_or(0, |keep| self.doubtful_in(keep)),
            holding: holding.map(|judged| judged.holds.clone()),
            silent: holding.map(|judged| judged.unknown.clone()),
            among: None,
        };
        Some((counted, PercentOf::Reported))
    }
}
