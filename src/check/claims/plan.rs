//! What the claims need from the records: conditions and statistics, each once.

use super::evidence::{both, conditions, without};
use super::number::{figures, share_figures};
use super::{Assertion, BetweenGroups, BetweenOf, Claims};
use crate::analyze::selector::SelectorRequest;
use crate::tally::NamedFilter;

/// The statistics and conditions that the claims need.
pub fn plan(claims: &Claims) -> SelectorRequest {
    let mut wanted = SelectorRequest::default();
    for claim in &claims.claims {
        let origin = claim.origin(&claims.file);
        add_assertion(&mut wanted, &claim.assertion, &origin);
        claim.shows.iter().for_each(|selector| wanted.add(selector, &origin));
    }
    wanted
}

fn add_assertion(wanted: &mut SelectorRequest, assertion: &Assertion, origin: &str) {
    match assertion {
        Assertion::Value { selector, printed, .. } => {
            wanted.add(selector, origin);
            // A printed text may contain several statistics: `6 (5-10)` is a median with its range or quartiles.
            let sets = figures(printed, selector.statistic());
            let named = sets.into_iter().flatten().chain(share_figures(printed));
            named.for_each(|named| wanted.add(&selector.of(named.statistic), origin));
            for keep in conditions(selector) {
                wanted.add_optional(&keep, origin);
            }
        }
        Assertion::Count { what, of, .. } => add_count(wanted, what, of.as_ref(), origin),
        Assertion::Between(between) => add_between(wanted, between, origin),
        Assertion::Compare { left, right, .. } | Assertion::Ratio { left, right, .. } => {
            [left, right].into_iter().for_each(|selector| wanted.add(selector, origin));
        }
        Assertion::Readings(several) | Assertion::Parts(several) => {
            several.iter().for_each(|(_, assertion)| add_assertion(wanted, assertion, origin));
        }
        Assertion::Figures(_) | Assertion::Nothing => {}
    }
}

/// The cases that satisfy a condition, among all or among some.
fn add_count(wanted: &mut SelectorRequest, what: &NamedFilter, of: Option<&NamedFilter>, origin: &str) {
    wanted.add_condition(&both(what, of), None, origin);
    if let Some(of) = of {
        if let Some(without) = without(what, of) {
            wanted.add_condition(&without, None, origin);
        }
        wanted.add_condition(of, None, origin);
    }
}

/// The cases or the values of two groups.
fn add_between(wanted: &mut SelectorRequest, between: &BetweenGroups, origin: &str) {
    let [one, other] = &between.groups;
    // Whether a case is in both groups.
    add_count(wanted, one, Some(other), origin);
    for group in &between.groups {
        match (&between.of, between.of.mean_in(group)) {
            (BetweenOf::Cases(what), _) => add_count(wanted, what, Some(group), origin),
            (BetweenOf::Values(_), Some(mean)) => wanted.add(&mean, origin),
            (BetweenOf::Values(_), None) => {}
        }
    }
}
