//! The option `--digits`: how many digits, for which variable and statistic.

use crate::analyze::statistic::{Digits, Statistic};
use crate::diagnostic::quoted;
use crate::error::Error;
use crate::schema::only_but_for_case;
use std::str::FromStr;

/// The greatest number of digits allowed.
const MOST_DIGITS: u32 = 18;

/// A number of digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecimalPlaces {
    /// Digits after the point.
    Decimals(u32),
    /// Significant digits, with zeros at the end.
    Significant(u32),
}

/// The digits of one variable, one statistic, both, or all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DigitsRule {
    /// The variable; none for all.
    pub variable: Option<String>,
    /// The statistic; none for all. `p` includes its interval.
    pub statistic: Option<Statistic>,
    /// How many digits.
    pub places: DecimalPlaces,
}

/// An argument of `--digits`: `1`, `age=1`, `mean=1`, `age.mean=2`, `age=sig3`. A name that is
/// both a column and a statistic is the column; `*.p` is the statistic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DigitsOption {
    target: Option<String>,
    places: DecimalPlaces,
}

impl FromStr for DecimalPlaces {
    type Err = Error;

    fn from_str(text: &str) -> Result<DecimalPlaces, Error> {
        let wrong = || {
            let message = format!("--digits: '{text}' is not a valid number of digits");
            let remedy = format!("decimals: 0 to {MOST_DIGITS}; significant digits: sig1 to sig{MOST_DIGITS}");
            Error::usage_with(message, remedy)
        };
        let number = |digits: &str| digits.parse::<u32>().ok().filter(|_| digits.bytes().all(|b| b.is_ascii_digit()));
        let places = match text.strip_prefix("sig") {
            Some(digits) => number(digits).filter(|digits| *digits > 0).map(DecimalPlaces::Significant),
            None => number(text).map(DecimalPlaces::Decimals),
        };
        let in_range = |places: &DecimalPlaces| {
            let (DecimalPlaces::Decimals(digits) | DecimalPlaces::Significant(digits)) = places;
            *digits <= MOST_DIGITS
        };
        places.filter(in_range).ok_or_else(wrong)
    }
}

impl FromStr for DigitsOption {
    type Err = Error;

    fn from_str(text: &str) -> Result<DigitsOption, Error> {
        let (target, places) = match text.rsplit_once('=') {
            Some((target, places)) => (Some(target.trim().to_owned()), places.trim()),
            None => (None, text.trim()),
        };
        Ok(DigitsOption { target, places: places.parse()? })
    }
}

impl DigitsOption {
    /// The rule, once the names of the variables are known.
    /// Errors: a name that is neither a variable nor a statistic, with the nearest that is; a count.
    pub fn resolve(&self, variables: &[&str]) -> Result<DigitsRule, Error> {
        let rule = |variable: Option<&str>, statistic| DigitsRule {
            variable: variable.map(str::to_owned),
            statistic,
            places: self.places,
        };
        let Some(target) = self.target.as_deref() else { return Ok(rule(None, None)) };
        if variables.contains(&target) {
            return Ok(rule(Some(target), None));
        }
        if let Some(statistic) = with_decimals(target)? {
            return Ok(rule(None, Some(statistic)));
        }
        for (at, _) in target.match_indices('.') {
            let (variable, name) = (target.get(..at).unwrap_or(""), target.get(at + 1..).unwrap_or(""));
            let named = if variable == "*" { Some(variable) } else { named(variable, variables) };
            if let Some(variable) = named {
                let statistic = with_decimals(name)?.ok_or_else(|| unknown(name, "statistic", &statistics()))?;
                return Ok(rule(Some(variable).filter(|v| *v != "*"), Some(statistic)));
            }
        }
        let all = || unknown(target, "column or statistic", &[variables, &statistics()].concat());
        named(target, variables).map(|variable| rule(Some(variable), None)).ok_or_else(all)
    }
}

/// The variable of this name, or the only one that differs from it in capitals.
fn named<'v>(name: &str, variables: &[&'v str]) -> Option<&'v str> {
    let exact = variables.iter().position(|variable| *variable == name);
    let at = exact.or_else(|| only_but_for_case(name, variables.iter().map(|variable| [*variable, *variable])))?;
    variables.get(at).copied()
}

/// The statistic of a name, whose digits can be chosen. None where there is no such statistic.
fn with_decimals(name: &str) -> Result<Option<Statistic>, Error> {
    let statistic = Statistic::parse(name);
    if statistic.is_some_and(|statistic| statistic.digits() == Digits::Count) {
        let message = format!("--digits: {name} is a count: it is always a whole number, without decimals");
        return Err(Error::usage_with(message, format!("the statistics with digits: {}", statistics().join(", "))));
    }
    Ok(statistic)
}

/// The statistics whose digits can be chosen: all but counts.
fn statistics() -> Vec<&'static str> {
    Statistic::listed().filter(|statistic| statistic.digits() != Digits::Count).map(Statistic::name).collect()
}

fn unknown(name: &str, what: &str, known: &[&str]) -> Error {
    let all = || format!("one of {}", known.iter().map(|known| quoted(known)).collect::<Vec<_>>().join(", "));
    Error::unknown(format!("--digits: '{name}' is not a {what}"), name, known, all)
}

#[cfg(test)]
mod tests;
