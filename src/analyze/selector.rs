//! Selectors: the key of a statistic, and a filter where it is not of all cases.
//!
//! ```text
//! sites[knee].p | age < 10 and etiology = 'idiopathic'
//! `-----------'   `------------------------------------'
//!      key              condition, in the language of --where
//! ```

use super::results::{Rate, ResultRow, ResultTable, Results, needed_counts};
use super::statistic::Statistic;
use crate::cohort::filter::{Filter, FilterFault};
use crate::diagnostic::{is_printed_as, nearest, quoted};
use crate::error::Error;
use crate::schema::declared_word;
use crate::tally::{Condition, NamedFilter, NeededCounts};
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
    /// Errors: an empty text; an invalid condition, with the position of the fault.
    pub fn parse(text: &str) -> Result<Selector, Error> {
        let of = |key: &str, condition| Selector { text: text.to_owned(), key: canonical(key.trim()), condition };
        let mut fault: Option<(FilterFault, &str)> = None;
        for at in bars(text) {
            let (key, condition) = (text.get(..at).unwrap_or(""), text.get(at + 1..).unwrap_or("").trim());
            match Filter::parse(condition) {
                Ok(filter) => return not_empty(of(key, Some(NamedFilter { text: condition.to_owned(), filter }))),
                Err(found) => fault = fault.or(Some((found, condition))),
            }
        }
        match fault {
            // The name of a column may contain a bar: `a|b.mean`.
            Some((fault, condition)) if !ends_with_statistic(text) => Err(fault.into_error(condition)),
            _ => not_empty(of(text, None)),
        }
    }

    /// The key as the results have it, its condition in the normal form.
    pub fn full_key(&self) -> String {
        self.with(&self.key)
    }

    /// Another key with the condition of this selector.
    pub fn with(&self, key: &str) -> String {
        self.condition.as_ref().map_or_else(|| key.to_owned(), |keep| format!("{key} | {}", keep.filter))
    }

    /// The key of another statistic of the same variable and level: `sites[knee].N` for `sites[knee].p`.
    pub fn sibling(&self, statistic: Statistic) -> String {
        self.with(&self.key_of(statistic))
    }

    /// The selector of another statistic of the same variable and level.
    pub fn of(&self, statistic: Statistic) -> Selector {
        Selector { key: self.key_of(statistic), ..self.clone() }
    }

    fn key_of(&self, statistic: Statistic) -> String {
        format!("{}.{statistic}{}", self.base(), self.rate())
    }

    /// The rate behind the statistic, with its parentheses: `(responders/treated)`; else empty.
    fn rate(&self) -> &str {
        let name = split_key(&self.key).1.unwrap_or_default();
        let behind = name.find('(').and_then(|at| name.get(at..)).unwrap_or_default();
        let is_rate = Rate::ALL.iter().any(|rate| behind.trim_matches(['(', ')']) == rate.word());
        if is_rate { behind } else { "" }
    }

    /// The key without the name of the statistic: `sites[knee]`.
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

    /// What its statistic is computed from; nothing for the number of cases.
    pub fn needs(&self) -> Option<NeededCounts> {
        let name = self.base().split('[').next().unwrap_or_default();
        (self.key != ResultTable::Cases.usual_name()).then(|| needed_counts(name))
    }

    /// The name of the statistic: `p`, without a rate in parentheses; none in a base.
    pub fn statistic(&self) -> Option<Statistic> {
        let name = split_key(&self.key).1?;
        Statistic::parse(name.split('(').next().unwrap_or(name))
    }

    /// All statistics of the variable or level, where the selector names no statistic: `age`, `sites[knee]`, with the
    /// capitals of the results or others.
    ///
    /// None where the selector is the key of a statistic, or of nothing.
    pub fn all_of_variable<'r>(&self, results: &'r Results) -> Option<Vec<&'r ResultRow>> {
        if self.statistic().is_some() || results.get(&self.full_key()).is_some() {
            return None;
        }
        let (variable, level) = self.variable_and_level();
        let condition = self.with("");
        let is_of_cases = |row: &ResultRow| match self.condition {
            Some(_) => row.key.ends_with(&condition),
            None => row.group.is_none(),
        };
        let is_named = |row: &ResultRow| row.variable.as_ref().is_some_and(|name| are_alike(name, &variable));
        let mut rows: Vec<&ResultRow> = results.iter().filter(|row| is_of_cases(row) && is_named(row)).collect();
        if let Some(level) = level {
            let known: Vec<&str> = rows.iter().filter_map(|row| row.level.as_deref()).collect();
            let meant = declared_word(&level, known.iter().copied());
            rows.retain(|row| row.level.is_some() && row.level.as_deref() == meant);
        }
        Some(rows).filter(|rows| !rows.is_empty())
    }

    /// The statistic.
    ///
    /// Errors: an unknown key, with the nearest one, else some keys of the variable.
    pub fn find<'r>(&self, results: &'r Results) -> Result<&'r ResultRow, Error> {
        let key = self.full_key();
        let printed = || results.of_all_cases().find(|row| is_printed_as(&row.key, &key));
        // A key with a line end or a control character is printed with escapes: what is printed is read back.
        let found = results.get(&key).or_else(|| if key.contains('\\') { printed() } else { None });
        found.ok_or_else(|| self.unknown(results))
    }

    /// The mean and the median of a variable that is named without a statistic.
    fn averages_of(&self, keys: &[&str]) -> Option<String> {
        let named = |statistic: Statistic| format!("{}.{}", self.key, statistic.name());
        let (mean, median) = (named(Statistic::Mean), named(Statistic::MEDIAN));
        let is_known = |key: &String| keys.contains(&key.as_str());
        (is_known(&mean) && is_known(&median))
            .then(|| format!("did you mean {} or {}?", quoted(&mean), quoted(&median)))
    }

    /// The error of an unknown key, with a suggestion.
    fn unknown(&self, results: &Results) -> Error {
        let message = format!("there is no statistic '{}'", self.key);
        let compared = results.iter().filter(|row| row.statistic.compares_groups());
        let keys: Vec<&str> = results.of_all_cases().chain(compared).map(|row| row.key.as_str()).collect();
        let variable = self.base().split('[').next().unwrap_or("");
        let of_variable: Vec<&str> = keys.iter().copied().filter(|key| key.starts_with(variable)).collect();
        let known = if of_variable.is_empty() { &keys } else { &of_variable };
        // Keys of the same statistic first: it is rarely the part that was mistyped.
        let is_comparison = self.statistic().is_some_and(Statistic::compares_groups);
        let name = self.key.get(self.base().len()..).filter(|name| !name.is_empty());
        let of_name: Vec<&str> = known.iter().copied().filter(|key| name.is_some_and(|n| key.ends_with(n))).collect();
        if let Some(remedy) = self.averages_of(&keys) {
            return Error::usage_with(message, remedy);
        }
        let near = nearest(&self.key, &of_name).or_else(|| nearest(&self.key, known));
        let remedy = match near {
            _ if is_comparison && results.comparison().is_none() => {
                "it is of groups that are compared: add --by VARIABLE, and --tests, --difference, --odds-ratio or what else \
                 shall be compared".to_owned()
            }
            Some(near) => format!("did you mean {}?", quoted(near)),
            None if of_variable.is_empty() => "calc-series get FILE --list prints every selector".to_owned(),
            None => format!("for example {}", of_variable.iter().take(LISTED).copied().collect::<Vec<_>>().join(", ")),
        };
        Error::usage_with(message, remedy)
    }
}

/// What a list of selectors needs: their conditions, each once, and the statistics computed only on request.
#[derive(Debug, Clone, Default)]
pub struct SelectorRequest {
    /// The conditions, each with what the statistics of its cases are computed from.
    pub conditions: Vec<Condition>,
    /// Statistics that are computed only on request.
    pub on_request: Vec<Statistic>,
    /// The index of each condition, by its normal form.
    indices: FxHashMap<String, usize>,
}

impl SelectorRequest {
    /// Adds what a selector needs; `origin` is where it was written, for errors.
    pub fn add(&mut self, selector: &Selector, origin: &str) {
        if let Some(statistic) = selector.statistic() {
            self.add_statistic(statistic);
        }
        if let Some(keep) = &selector.condition {
            self.add_condition(keep, selector.needs(), origin);
        }
    }

    /// Adds a condition that is ignored where it does not fit the columns.
    pub fn add_optional(&mut self, keep: &NamedFilter, origin: &str) {
        self.index_of(keep, origin, true);
    }

    /// Adds a statistic.
    pub fn add_statistic(&mut self, statistic: Statistic) {
        if statistic.is_on_request() && !self.on_request.contains(&statistic) {
            self.on_request.push(statistic);
        }
    }

    /// Adds a condition, with what the statistics of its cases are computed from.
    pub fn add_condition(&mut self, keep: &NamedFilter, needs: Option<NeededCounts>, origin: &str) {
        let index = self.index_of(keep, origin, false);
        if let Some(condition) = self.conditions.get_mut(index) {
            let further = needs.filter(|need| !condition.needs.contains(need));
            condition.needs.extend(further);
            condition.is_optional = false;
        }
    }

    fn index_of(&mut self, keep: &NamedFilter, origin: &str, is_optional: bool) -> usize {
        let next = self.conditions.len();
        let index = *self.indices.entry(keep.filter.to_string()).or_insert(next);
        if index == next {
            self.conditions.push(Condition { keep: keep.clone(), needs: Vec::new(), origins: Vec::new(), is_optional });
        }
        if let Some(condition) = self.conditions.get_mut(index)
            && condition.origins.last().is_none_or(|last| last != origin)
        {
            condition.origins.push(origin.to_owned());
        }
        index
    }
}

fn not_empty(selector: Selector) -> Result<Selector, Error> {
    if !selector.key.is_empty() {
        return Ok(selector);
    }
    Err(Error::usage_with("a selector without a key", "for example 'age.mean' or 'cases | age < 10'"))
}

/// True where two names differ at most in their capitals.
fn are_alike(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

/// True where a text ends like a key.
fn ends_with_statistic(text: &str) -> bool {
    let name = split_key(text.trim()).1.unwrap_or_default();
    Statistic::parse(name.split('(').next().unwrap_or(name)).is_some()
}

/// The positions of the bars outside brackets, which can separate the key from its condition.
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

/// A key as results have it: another name of a statistic, such as `p50` for the median, becomes its own.
fn canonical(key: &str) -> String {
    let (base, Some(written)) = split_key(key) else { return key.to_owned() };
    let (name, rate) = written.split_at(written.find('(').unwrap_or(written.len()));
    // A key does not name the default rate.
    let is_default = rate.trim_matches(['(', ')']) == Rate::RespondersEvaluable.word();
    let rate = if is_default { "" } else { rate };
    Statistic::parse(name).map_or_else(|| key.to_owned(), |statistic| format!("{base}.{statistic}{rate}"))
}

/// Splits a key at the point before its statistic, not inside brackets or parentheses.
fn split_key(key: &str) -> (&str, Option<&str>) {
    let behind_level = level_end(key);
    let is_name = |name: &str| Statistic::parse(name.split('(').next().unwrap_or(name)).is_some();
    // The name of a statistic (`conf.low`) and that of a variable can contain points.
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
    use crate::tally::NeededTable;

    #[test]
    fn the_median_has_one_key() {
        for (written, key) in
            [("age.p50", "age.median"), ("age.p25", "age.p25"), ("p50", "p50"), ("a.p50.n", "a.p50.n")]
        {
            assert_eq!(Selector::parse(written).unwrap().key, key);
        }
        assert_eq!(Selector::parse("age.p50 | age < 10").unwrap().full_key(), "age.median | age < 10");
        assert_eq!(Selector::parse("r.p(responders/treated)").unwrap().key, "r.p(responders/treated)");
    }

    #[test]
    fn a_key_is_split_before_its_statistic() {
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
    fn the_condition_of_a_key_has_its_normal_form() {
        let selector = Selector::parse("age.mean|  AGE<10 and etiology='a|b'").unwrap();
        assert_eq!(selector.key, "age.mean");
        assert_eq!(selector.full_key(), "age.mean | AGE < 10 AND etiology = 'a|b'");
        assert_eq!(selector.sibling(Statistic::N), "age.N | AGE < 10 AND etiology = 'a|b'");
        assert!(Selector::parse("age.mean | age <").is_err());
        assert!(Selector::parse(" | age < 1").is_err());
    }

    #[test]
    fn a_key_says_what_it_is_computed_from() {
        for (text, columns, table) in [
            ("age.mean", &["age"] as &[&str], None),
            ("sites[a.b].p", &["sites"], None),
            ("crp_stated[high].n", &["crp_stated", "crp"], None),
            ("crp_by_range_2[high].n", &["crp_by_range_2", "crp"], None),
            ("best_response.p(responders/treated)", &["best_response"], Some(NeededTable::Responses)),
            ("response_by_agent[MTX].p", &["response_by_agent"], Some(NeededTable::Responses)),
            ("association[age, crp].r", &["association"], Some(NeededTable::Pairs)),
            ("survival_2.median", &["survival_2"], Some(NeededTable::Times)),
            ("survivors.n", &["survivors"], None),
        ] {
            let columns = columns.iter().map(|name| (*name).to_owned()).collect();
            assert_eq!(Selector::parse(text).unwrap().needs(), Some(NeededCounts { columns, table }), "{text}");
        }
        assert_eq!(Selector::parse("cases | age < 10").unwrap().needs(), None);
    }

    #[test]
    fn a_repeated_condition_is_added_once() {
        let mut wanted = SelectorRequest::default();
        for text in ["age.mean | age<10", "age.p90 | age < 10", "cases | age < 10", "age.sd"] {
            wanted.add(&Selector::parse(text).unwrap(), "");
        }
        assert_eq!(wanted.conditions.len(), 1);
        assert_eq!(wanted.conditions[0].needs, [NeededCounts::of_column("age")]);
        assert_eq!(wanted.on_request, [Statistic::parse("p90").unwrap()]);
    }
}
