//! The records as the claims ask them: statistics, values, and the cases of conditions.

use super::count::PercentOf;
use super::plan::{Evidence, both, without};
use super::verdict::Counted;
use crate::analyze::Options;
use crate::analyze::results::{ResultRow, Results, Value};
use crate::analyze::selector::Selector;
use crate::analyze::statistic::Statistic;
use crate::schema::Variable;
use crate::tally::counts::Distribution;
use crate::tally::counts::{ConditionCounts, NamedCases};
use crate::tally::{Cohort, CohortCondition, CohortVariable, Counts, NamedFilter};
use rustc_hash::FxHashMap;

/// What the claims are held against.
pub(super) struct Records<'a> {
    cohort: &'a Cohort,
    /// The statistics.
    pub results: &'a Results,
    /// The conventions of the results.
    pub options: &'a Options,
    /// The conditions by their normal form.
    conditions: FxHashMap<&'a str, &'a CohortCondition>,
}

impl<'a> Records<'a> {
    /// The counts of a run with its statistics.
    pub fn new(cohort: &'a Cohort, results: &'a Results, options: &'a Options) -> Records<'a> {
        let conditions = cohort.conditions.iter().map(|condition| (condition.text.as_str(), condition));
        Records { cohort, results, options, conditions: conditions.collect() }
    }

    /// A statistic by its key.
    pub fn find(&self, key: &str) -> Option<&ResultRow> {
        self.results.get(key)
    }

    fn column(&self, selector: &Selector) -> Option<(usize, &CohortVariable)> {
        let (name, _) = selector.variable_and_level();
        self.cohort.variables.iter().enumerate().find(|(_, column)| column.variable.name == name)
    }

    /// The variable of a selector; none for a derived one.
    pub fn variable(&self, selector: &Selector) -> Option<&Variable> {
        self.column(selector).map(|(_, column)| &column.variable)
    }

    /// The values of a number column, of the cases of the selector.
    pub fn distribution(&self, selector: &Selector) -> Option<Distribution> {
        let (place, column) = self.column(selector)?;
        let counts = match &selector.condition {
            None => &column.counts,
            Some(keep) => &self.condition(keep)?.columns.get(place)?.as_ref()?.0,
        };
        if let Counts::Number(counts) = counts { Some(counts.distribution()) } else { None }
    }

    fn condition(&self, keep: &NamedFilter) -> Option<&CohortCondition> {
        self.conditions.get(keep.filter.to_string().as_str()).copied()
    }

    /// The cases of a condition; none where it was optional and fits no column.
    pub fn judged(&self, keep: &NamedFilter) -> Option<&ConditionCounts> {
        self.condition(keep)?.judged.as_ref()
    }

    /// The cases that stand behind a selector, as far as they are known by name.
    pub fn evidence(&self, which: Evidence, selector: &Selector) -> Option<&ConditionCounts> {
        which.of(selector).and_then(|keep| self.judged(&keep))
    }

    /// The cases that do not say whether they satisfy the condition of a selector.
    pub fn outside(&self, selector: &Selector) -> Option<NamedCases> {
        self.judged(selector.condition.as_ref()?).map(|judged| judged.unknown.clone())
    }

    /// The cases in which the variable of a selector is not reported.
    pub fn silent(&self, selector: &Selector) -> Option<NamedCases> {
        self.evidence(Evidence::NotReported, selector).map(|judged| judged.holds.clone())
    }

    /// The cases of a condition, among all or among some of them.
    pub fn counted(&self, what: &NamedFilter, of: Option<&NamedFilter>) -> Counted {
        let none = ConditionCounts::default();
        let found = self.judged(&both(what, of)).unwrap_or(&none);
        let among = of.and_then(|of| self.judged(of));
        let all = among.map_or(self.cohort.cases, |among| among.holds.cases);
        let fails = match of {
            None => Some(found.fails),
            Some(of) => without(what, of).and_then(|without| self.judged(&without)).map(|not| not.holds.cases),
        };
        let fails = fails.unwrap_or_else(|| all.saturating_sub(found.holds.cases).saturating_sub(found.unknown.cases));
        Counted {
            n: found.holds.cases,
            of: all,
            reported: found.holds.cases.saturating_add(fails),
            unknown: found.unknown.cases,
            of_unknown: among.map_or(0, |among| among.unknown.cases),
            holding: Some(found.holds.clone()),
            silent: Some(found.unknown.clone()),
            among: among.map(|among| among.holds.clone()),
        }
    }

    /// The cases with a level, and what a percentage of them is of.
    pub fn level(&self, selector: &Selector) -> Option<(Counted, PercentOf)> {
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
                Counted { n, of, reported: evaluable, unknown: of.saturating_sub(evaluable), ..Counted::default() },
                PercentOf::All,
            ));
        }
        // A rate names its denominator, and is compared as a share.
        if ![Statistic::Cases, Statistic::Proportion].contains(&statistic) || selector.key.ends_with(')') {
            return None;
        }
        let (n, reported) = (count(&selector.sibling(Statistic::Cases))?, count(&selector.sibling(Statistic::N))?);
        let all = count(&selector.with("cases"))?;
        // Cases that do not say whether they satisfy the condition may belong to it.
        let beside = self.outside(selector).map_or(0, |cases| cases.cases);
        let holding = self.evidence(Evidence::Has, selector).or_else(|| self.evidence(Evidence::Equal, selector));
        let counted = Counted {
            n,
            of: all.max(reported),
            reported,
            unknown: all.saturating_sub(reported).saturating_add(beside),
            of_unknown: beside,
            holding: holding.map(|judged| judged.holds.clone()),
            silent: holding.map(|judged| judged.unknown.clone()),
            among: None,
        };
        Some((counted, PercentOf::Reported))
    }
}
