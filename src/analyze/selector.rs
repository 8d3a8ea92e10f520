//! Selectors: the key of a statistic, and a filter of the cases if it is not of all.
//!
//! ```text
//! sites[knee].p | age < 10 and etiology = 'idiopathic'
//! `-----------'   `------------------------------------'
//!      key              condition, in the language of --where
//! ```

use super::results::{ResultRow, Results};
use super::statistic::Statistic;
use crate::cohort::filter::{Filter, FilterFault};
use crate::diagnostic::{nearest, quoted};
use crate::error::Error;
use crate::tally::{Condition, NamedFilter};
use rustc_hash::FxHashMap;

/// Names listed where none is near.
const LISTED: usize = 12;

/// The key of a statistic with the condition of its cases.
#[derive(Debug, Clone, PartialEq)]
pub struct Selector {
    /// As it was written.
    pub text: String,
    /// `sites[knee].p`; without a statistic (`sites[knee]`) it is the base of several.
    pub key: String,
    /// The condition of its cases; none where it is all of them.
    pub condition: Option<NamedFilter>,
}

impl Selector {
    /// Reads a selector.
    ///
    /// Errors: no text; a condition that is no filter, with the place of the fault.
    pub fn parse(text: &str) -> Result<Selector, Error> {
        let of = |key: &str, condition| Selector { text: text.to_owned(), key: key.trim().to_owned(), condition };
        let mut fault: Option<(FilterFault, &str)> = None;
        for at in bars(text) {
            let (key, condition) = (text.get(..at).unwrap_or(""), text.get(at + 1..).unwrap_or("").trim());
            match Filter::parse(condition) {
                Ok(filter) => return not_empty(of(key, Some(NamedFilter { text: condition.to_owned(), filter }))),
                Err(found) => fault = fault.or(Some((found, condition))),
            }
        }
        match fault {
            Some((fault, condition)) => Err(fault.into_error(condition)),
            None => not_empty(of(text, None)),
        }
    }

    /// The key as the results have it, its condition in the normal form.
    pub fn full_key(&self) -> String {
        self.with(&self.key)
    }

    /// The key of a statistic of this base, or of what stands beside it.
    pub fn with(&self, key: &str) -> String {
        self.condition.as_ref().map_or_else(|| key.to_owned(), |keep| format!("{key} | {}", keep.filter))
    }

    /// The key of another statistic of the same variable and level: `sites[knee].N` for `sites[knee].p`.
    pub fn sibling(&self, statistic: Statistic) -> String {
        self.with(&format!("{}.{statistic}", self.base()))
    }

    /// The same of a statistic, where this is a base or names another.
    pub fn of(&self, statistic: Statistic) -> Selector {
        Selector { key: format!("{}.{statistic}", self.base()), ..self.clone() }
    }

    /// What stands before the name of the statistic: `sites[knee]`.
    pub fn base(&self) -> &str {
        split_key(&self.key).0
    }

    /// The variable and the level: `sites` and `knee`.
    pub fn variable_and_level(&self) -> (String, Option<String>) {
        let Some((variable, level)) = self.base().split_once('[') else { return (self.base().to_owned(), None) };
        let mut plain = String::new();
        let mut escaped = false;
        for character in level.strip_suffix(']').unwrap_or(level).chars() {
            escaped = character == '\\' && !escaped;
            if !escaped {
                plain.push(character);
            }
        }
        (variable.to_owned(), Some(plain))
    }

    /// The name of the statistic: `p`, without a rate in parentheses; none in a base.
    pub fn statistic(&self) -> Option<Statistic> {
        let name = split_key(&self.key).1?;
        Statistic::parse(name.split('(').next().unwrap_or(name))
    }

    /// The statistic.
    ///
    /// Errors: a key that is none, with the nearest one, else some of the variable.
    pub fn find<'r>(&self, results: &'r Results) -> Result<&'r ResultRow, Error> {
        results.get(&self.full_key()).ok_or_else(|| self.unknown(results))
    }

    /// What to write in place of a key that does not exist.
    fn unknown(&self, results: &Results) -> Error {
        let message = format!("there is no statistic '{}'", self.key);
        let keys: Vec<&str> = results.of_all_cases().map(|row| row.key.as_str()).collect();
        let variable = self.base().split('[').next().unwrap_or("");
        let of_variable: Vec<&str> = keys.iter().copied().filter(|key| key.starts_with(variable)).collect();
        let known = if of_variable.is_empty() { &keys } else { &of_variable };
        // The statistic is hardly ever what was mistyped.
        let name = self.key.get(self.base().len()..).filter(|name| !name.is_empty());
        let of_name: Vec<&str> = known.iter().copied().filter(|key| name.is_some_and(|n| key.ends_with(n))).collect();
        let near = nearest(&self.key, &of_name).or_else(|| nearest(&self.key, known));
        let remedy = match near {
            Some(near) => format!("did you mean {}?", quoted(near)),
            None if of_variable.is_empty() => "calc-series get FILE --list prints every selector".to_owned(),
            None => format!("for example {}", of_variable.iter().take(LISTED).copied().collect::<Vec<_>>().join(", ")),
        };
        Error::usage_with(message, remedy)
    }
}

/// The conditions that selectors ask of the cases, each once, and the statistics that are computed only for them.
#[derive(Debug, Clone, Default)]
pub struct SelectorRequest {
    /// The conditions, with the keys that are wanted of their cases.
    pub conditions: Vec<Condition>,
    /// Statistics beside those of every run.
    pub on_request: Vec<Statistic>,
    /// The place of each condition by its normal form.
    places: FxHashMap<String, usize>,
}

impl SelectorRequest {
    /// Adds what a selector needs; `origin` is where it was written, for errors.
    pub fn add(&mut self, selector: &Selector, origin: &str) {
        if let Some(statistic) = selector.statistic() {
            self.add_statistic(statistic);
        }
        if let Some(keep) = &selector.condition {
            let keys = if selector.key == "cases" { Vec::new() } else { vec![selector.key.clone()] };
            self.add_condition(keep, keys, origin);
        }
    }

    /// Adds a condition that names cases to look at, if it fits the columns.
    pub fn add_optional(&mut self, keep: &NamedFilter, origin: &str) {
        self.place_of(keep, origin, true);
    }

    /// Adds a statistic.
    pub fn add_statistic(&mut self, statistic: Statistic) {
        if statistic.is_on_request() && !self.on_request.contains(&statistic) {
            self.on_request.push(statistic);
        }
    }

    /// Adds a condition, of whose cases these keys are wanted.
    pub fn add_condition(&mut self, keep: &NamedFilter, keys: Vec<String>, origin: &str) {
        let place = self.place_of(keep, origin, false);
        if let Some(condition) = self.conditions.get_mut(place) {
            condition.keys.extend(keys);
            condition.is_optional = false;
        }
    }

    fn place_of(&mut self, keep: &NamedFilter, origin: &str, is_optional: bool) -> usize {
        let next = self.conditions.len();
        let place = *self.places.entry(keep.filter.to_string()).or_insert(next);
        if place == next {
            let (keep, origin) = (keep.clone(), origin.to_owned());
            self.conditions.push(Condition { keep, keys: Vec::new(), origin, is_optional });
        }
        place
    }
}

fn not_empty(selector: Selector) -> Result<Selector, Error> {
    if !selector.key.is_empty() {
        return Ok(selector);
    }
    Err(Error::usage_with("a selector without a key", "for example 'age.mean' or 'cases | age < 10'"))
}

/// The bars outside brackets: what may part the key from its condition.
fn bars(text: &str) -> Vec<usize> {
    let mut bars = Vec::new();
    let (mut in_brackets, mut escaped) = (false, false);
    for (at, character) in text.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' if in_brackets => escaped = true,
            '[' => in_brackets = true,
            ']' => in_brackets = false,
            '|' if !in_brackets => bars.push(at),
            _ => {}
        }
    }
    bars
}

/// Base and name of a key; a point inside brackets or parentheses parts nothing.
fn split_key(key: &str) -> (&str, Option<&str>) {
    let behind_level = level_end(key);
    let is_name = |name: &str| Statistic::parse(name.split('(').next().unwrap_or(name)).is_some();
    // A name may hold points itself (`conf.low`), and so may a variable.
    for (at, _) in key.match_indices('.').filter(|(at, _)| *at >= behind_level) {
        if let (Some(base), Some(name)) = (key.get(..at), key.get(at + 1..))
            && is_name(name)
        {
            return (base, Some(name));
        }
    }
    (key, None)
}

/// Where the bracket of the level ends; 0 without one.
fn level_end(key: &str) -> usize {
    let (mut end, mut in_brackets, mut escaped) = (0, false, false);
    for (at, character) in key.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' if in_brackets => escaped = true,
            '[' => in_brackets = true,
            ']' if in_brackets => (in_brackets, end) = (false, at + 1),
            _ => {}
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_taken_apart_at_its_statistic() {
        for (text, base, name) in [
            ("age.mean", "age", Some("mean")),
            ("sites[knee].conf.low", "sites[knee]", Some("conf.low")),
            ("best_response.p(responders/treated)", "best_response", Some("p")),
            ("dose[0.5 mg].n", "dose[0.5 mg]", Some("n")),
            ("level[a\\].p | b].N", "level[a\\].p | b]", Some("N")),
            ("sites[knee]", "sites[knee]", None),
            ("age.p90", "age", Some("p90")),
            ("cases", "cases", None),
        ] {
            let selector = Selector::parse(text).unwrap();
            assert_eq!((selector.base(), selector.statistic().map(Statistic::name)), (base, name), "{text}");
            assert!(selector.condition.is_none(), "{text}");
        }
    }

    #[test]
    fn a_condition_is_brought_into_its_normal_form() {
        let selector = Selector::parse("age.mean|  AGE<10 and etiology='a|b'").unwrap();
        assert_eq!(selector.key, "age.mean");
        assert_eq!(selector.full_key(), "age.mean | AGE < 10 AND etiology = 'a|b'");
        assert_eq!(selector.sibling(Statistic::N), "age.N | AGE < 10 AND etiology = 'a|b'");
        assert!(Selector::parse("age.mean | age <").is_err());
        assert!(Selector::parse(" | age < 1").is_err());
    }

    #[test]
    fn a_condition_that_is_asked_twice_is_put_once() {
        let mut wanted = SelectorRequest::default();
        for text in ["age.mean | age<10", "age.p90 | age < 10", "cases | age < 10", "age.sd"] {
            wanted.add(&Selector::parse(text).unwrap(), "");
        }
        assert_eq!(wanted.conditions.len(), 1);
        assert_eq!(wanted.conditions[0].keys, ["age.mean", "age.p90"]);
        assert_eq!(wanted.on_request, [Statistic::parse("p90").unwrap()]);
    }
}
