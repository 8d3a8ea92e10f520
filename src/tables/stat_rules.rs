//! The option `--stat`: templates for variables and kinds of variables.

use super::template::Template;
use crate::analyze::statistic::Statistic;
use crate::error::Error;
use crate::schema::{Kind, only_but_for_case};
use std::collections::BTreeMap;
use std::str::FromStr;

/// An argument of `--stat`: `age={mean} ({sd})`, `number={median} ({p25}, {p75})`, or a template
/// alone, which applies to numbers. A name that is both a column and a kind means the column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatOption {
    target: Option<String>,
    template: Template,
}

impl StatOption {
    /// True where it is for the variable of this name.
    pub fn is_of(&self, name: &str) -> bool {
        self.target.as_deref() == Some(name)
    }
}

impl FromStr for StatOption {
    type Err = Error;

    fn from_str(text: &str) -> Result<StatOption, Error> {
        let names = text.split('{').next().unwrap_or("");
        let (target, template) = match names.split_once('=') {
            Some((target, _)) => (Some(target.trim().to_owned()), text.get(target.len() + 1..).unwrap_or("")),
            None => (None, text),
        };
        Ok(StatOption { target, template: Template::parse(template.trim()).map_err(|fault| fault.within("--stat"))? })
    }
}

/// The requested rows, by variable and by kind.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StatRules {
    variables: BTreeMap<String, Vec<Template>>,
    kinds: BTreeMap<Kind, Vec<Template>>,
}

impl StatRules {
    /// The rules, once the variables and their kinds are known. Several templates of one target
    /// are several rows, in order.
    /// Errors: a target that is neither a variable nor a kind with templates, with the nearest
    /// that is; a statistic that variables of that kind do not have.
    pub fn resolve(options: &[StatOption], variables: &[(&str, Kind)]) -> Result<StatRules, Error> {
        let mut rules = StatRules::default();
        for StatOption { target, template } in options {
            let target = target.as_deref().unwrap_or(Kind::Number.word());
            let names = || variables.iter().map(|(name, _)| [*name, *name]);
            let exact = variables.iter().position(|(name, _)| *name == target);
            let by_case = || only_but_for_case(target, names()).filter(|_| target.parse::<Kind>().is_err());
            if let Some((name, kind)) = exact.or_else(by_case).and_then(|at| variables.get(at)) {
                ensure_has(name, *kind, template)?;
                rules.variables.entry((*name).to_owned()).or_default().push(template.clone());
            } else {
                let kind = kind_of(target, variables)?;
                ensure_has(kind.word(), kind, template)?;
                rules.kinds.entry(kind).or_default().push(template.clone());
            }
        }
        Ok(rules)
    }

    /// The templates of a variable: its own, else those of its kind; a binary variable falls back to
    /// those of a category. None where nothing was requested.
    pub fn templates_for(&self, variable: &str, kind: Kind) -> Option<&[Template]> {
        let of_kind = |kind| self.kinds.get(&kind);
        let fallback = || of_kind(Kind::Category).filter(|_| kind == Kind::Binary);
        self.variables.get(variable).or_else(|| of_kind(kind)).or_else(fallback).map(Vec::as_slice)
    }

    /// Every template.
    pub(super) fn templates_mut(&mut self) -> impl Iterator<Item = &mut Template> {
        self.variables.values_mut().chain(self.kinds.values_mut()).flatten()
    }

    /// Every statistic that some template names.
    pub fn statistics(&self) -> impl Iterator<Item = Statistic> {
        self.variables.values().chain(self.kinds.values()).flatten().flat_map(Template::statistics)
    }
}

/// The kinds whose variables have rows to choose.
const KINDS: [Kind; 5] = [Kind::Number, Kind::Category, Kind::Binary, Kind::Set, Kind::Date];

fn kind_of(word: &str, variables: &[(&str, Kind)]) -> Result<Kind, Error> {
    let found = KINDS.into_iter().find(|kind| kind.word() == word);
    found.ok_or_else(|| {
        let words: Vec<&str> = variables.iter().map(|(name, _)| *name).chain(KINDS.map(Kind::word)).collect();
        let message = format!("--stat: '{word}' is neither a column nor a kind");
        Error::unknown(message, word, &words, || format!("one of {}", words.join(", ")))
    })
}

/// Refuses a template with a statistic that variables of a kind do not have.
fn ensure_has(target: &str, kind: Kind, template: &Template) -> Result<(), Error> {
    let Some(missing) = template.statistics().find(|statistic| !statistic.is_of(kind)) else { return Ok(()) };
    let what = if target == kind.word() { String::new() } else { format!(", a {kind},") };
    let of_kind = Statistic::listed().filter(|statistic| statistic.is_of(kind));
    let names: Vec<String> = of_kind.map(|statistic| format!("{{{statistic}}}")).collect();
    let message = format!("--stat: {target}{what} has no statistic '{missing}'");
    Err(Error::usage_with(message, format!("it has {}", names.join(", "))))
}

#[cfg(test)]
mod tests;
