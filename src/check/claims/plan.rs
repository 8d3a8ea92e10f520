//! What a claims file needs of the records: conditions and statistics, each once.

use super::number::figures;
use super::{Asked, Claims};
use crate::analyze::selector::{Selector, Wanted};
use crate::analyze::statistic::Statistic;
use crate::cohort::filter::{Filter, name_as_written, text_as_written};
use crate::tally::NamedFilter;

/// What is wanted of the records.
pub fn plan(claims: &Claims) -> Wanted {
    let mut wanted = Wanted::default();
    for claim in &claims.claims {
        let origin = format!("{} line {}, claim {}", claims.file, claim.line, claim.id);
        of_asked(&mut wanted, &claim.asked, &origin);
        claim.shows.iter().for_each(|selector| wanted.add(selector, &origin));
    }
    wanted
}

fn of_asked(wanted: &mut Wanted, asked: &Asked, origin: &str) {
    match asked {
        Asked::Value { selector, printed } => {
            wanted.add(selector, origin);
            // What is printed may be of several statistics, beside the one that is selected or in its place.
            let sets = figures(printed, selector.statistic());
            sets.into_iter().flatten().for_each(|(name, _)| wanted.add(&selector.of(name), origin));
            for keep in evidence(selector) {
                wanted.add_optional(&keep, origin);
            }
        }
        Asked::Count { what, of, .. } => {
            wanted.add_condition(&both(what, of.as_ref()), Vec::new(), origin);
            if let Some(of) = of {
                if let Some(without) = without(what, of) {
                    wanted.add_condition(&without, Vec::new(), origin);
                }
                wanted.add_condition(of, Vec::new(), origin);
            }
        }
        Asked::Compare { left, right, .. } => {
            [left, right].into_iter().for_each(|selector| wanted.add(selector, origin));
        }
        Asked::Readings(several) | Asked::Parts(several) => {
            several.iter().for_each(|(_, asked)| of_asked(wanted, asked, origin));
        }
        Asked::Figures(_) | Asked::Nothing => {}
    }
}

/// The condition of the cases that satisfy both.
pub(super) fn both(what: &NamedFilter, of: Option<&NamedFilter>) -> NamedFilter {
    let Some(of) = of else { return what.clone() };
    // Written out, so that a fault can be shown in its place; too long a text has none to show.
    let text = format!("({}) AND ({})", of.text, what.text);
    let filter = Filter::parse(&text).unwrap_or_else(|_| of.filter.and(&what.filter));
    NamedFilter { text, filter }
}

/// The condition of the cases of the second that do not satisfy the first; none where its text
/// would go beyond the limits of the language.
pub(super) fn without(what: &NamedFilter, of: &NamedFilter) -> Option<NamedFilter> {
    let text = format!("NOT ({})", what.text);
    let filter = Filter::parse(&text).ok()?;
    Some(both(&NamedFilter { text, filter }, Some(of)))
}

/// Conditions that name the cases behind a statistic, as far as they fit its column.
fn evidence(selector: &Selector) -> Vec<NamedFilter> {
    let of_level = [Evidence::Equal, Evidence::Has].into_iter();
    let all = of_level.chain([Evidence::NotReported, Evidence::NotWhole]);
    all.filter_map(|which| which.of(selector)).collect()
}

/// Which cases a condition names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Evidence {
    /// Those with the level.
    Equal,
    /// Those with the item.
    Has,
    /// Those in which the variable is not reported.
    NotReported,
    /// Those whose number is no whole one.
    NotWhole,
}

impl Evidence {
    /// The condition; none where the selector is of something else.
    pub fn of(self, selector: &Selector) -> Option<NamedFilter> {
        let (variable, level) = selector.variable_and_level();
        let name = name_as_written(&variable);
        let level = level.as_deref().map(text_as_written);
        let text = match self {
            Evidence::Equal => format!("{name} = {}", level?),
            Evidence::Has => format!("has({name}, {})", level?),
            Evidence::NotReported => format!("{name} IS NULL"),
            Evidence::NotWhole if selector.statistic() == Some(Statistic::Mean) => format!("NOT whole({name})"),
            Evidence::NotWhole => return None,
        };
        let filter = Filter::parse(&text).ok()?;
        let keep = NamedFilter { text, filter };
        Some(both(&keep, selector.condition.as_ref()))
    }
}
