//! Conditions for the cases behind a claim: which cases a statistic or a count is based on.

use crate::analyze::selector::Selector;
use crate::analyze::statistic::Statistic;
use crate::cohort::filter::{Filter, name_as_written, text_as_written};
use crate::tally::NamedFilter;

/// The condition of the cases that satisfy `what` and, if given, `of`.
pub(super) fn both(what: &NamedFilter, of: Option<&NamedFilter>) -> NamedFilter {
    let Some(of) = of else { return what.clone() };
    // Parsed from text, so that an error can point into it. A text above the length limit is combined without one.
    let text = format!("({}) AND ({})", of.text, what.text);
    let filter = Filter::parse(&text).unwrap_or_else(|_| of.filter.and(&what.filter));
    NamedFilter { text, filter }
}

/// The condition of the cases that satisfy `of` and not `what`. None where its text would exceed
/// the limits of the filter language.
pub(super) fn without(what: &NamedFilter, of: &NamedFilter) -> Option<NamedFilter> {
    let text = format!("NOT ({})", what.text);
    let filter = Filter::parse(&text).ok()?;
    Some(both(&NamedFilter { text, filter }, Some(of)))
}

/// The conditions of the cases behind a statistic.
pub(super) fn conditions(selector: &Selector) -> Vec<NamedFilter> {
    let of_level = [EvidenceCondition::Equal, EvidenceCondition::Has].into_iter();
    let all = of_level.chain([EvidenceCondition::NotReported, EvidenceCondition::NotWhole]);
    all.filter_map(|which| which.of(selector)).collect()
}

/// Which of the cases behind a statistic a condition selects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EvidenceCondition {
    /// The cases with the level.
    Equal,
    /// The cases with the item of a set.
    Has,
    /// The cases that do not report the variable.
    NotReported,
    /// The cases whose value is not a whole number.
    NotWhole,
}

impl EvidenceCondition {
    /// The condition for a selector. None where the selector has no such cases.
    pub fn of(self, selector: &Selector) -> Option<NamedFilter> {
        let (variable, level) = selector.variable_and_level();
        let name = name_as_written(&variable);
        let level = level.as_deref().map(text_as_written);
        let text = match self {
            EvidenceCondition::Equal => format!("{name} = {}", level?),
            EvidenceCondition::Has => format!("has({name}, {})", level?),
            EvidenceCondition::NotReported => format!("{name} IS NULL"),
            EvidenceCondition::NotWhole if selector.statistic() == Some(Statistic::Mean) => {
                format!("NOT whole({name})")
            }
            EvidenceCondition::NotWhole => return None,
        };
        let filter = Filter::parse(&text).ok()?;
        let keep = NamedFilter { text, filter };
        Some(both(&keep, selector.condition.as_ref()))
    }
}
