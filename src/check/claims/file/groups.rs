//! Claims about two groups, ratios, and whole tables.

use super::super::claim::Assertion;
use super::super::groups::{BetweenGroups, BetweenOf, BetweenStatistic};
use super::super::table::cells;
use super::super::written::ClaimTable;
use super::{ClaimsReader, printed_for};
use crate::analyze::Test;
use crate::analyze::selector::Selector;
use crate::check::printed::Printed;
use crate::words::Word;
use toml::Spanned;

/// How a number for two groups is claimed.
const FORM: &str =
    "value = \"age\" or count = \"a condition\", between = [\"sex = 'F'\", \"sex = 'M'\"], printed = \"p = 0.03\"";

impl ClaimsReader<'_> {
    /// A number that is printed for two groups.
    pub(super) fn between(
        &mut self,
        groups: &Spanned<[String; 2]>,
        table: &ClaimTable,
        printed: Option<Printed>,
        id: &str,
    ) -> Option<Assertion> {
        let at = groups.span().start;
        if table.of.is_some() || table.cases.is_some() {
            let remedy = "put the condition of 'of' into both groups";
            self.fault(at, format!("{id} has 'between' with 'of' or 'cases'"), remedy);
            return None;
        }
        let [first, other] = groups.get_ref().each_ref().map(|text| self.or_fault(at, condition(text)));
        let of = match (&table.value, &table.count) {
            (Some(value), None) => self.variable(value).map(BetweenOf::Values),
            (None, Some(count)) => self.keep(count).map(BetweenOf::Cases),
            (Some(_), Some(_)) | (None, None) => {
                self.fault(at, format!("{id} has 'between' without one of value and count"), FORM);
                None
            }
        };
        let statistic = self.word::<BetweenStatistic>(&table.statistic);
        let method = self.word::<Test>(&table.method);
        if printed.is_none() {
            self.fault(at, format!("{id} has 'between' without 'printed'"), FORM);
        }
        if printed.as_ref().is_some_and(|printed| !is_one_number(printed)) {
            self.fault(at, format!("{id} prints no number of two groups"), FORM);
            return None;
        }
        let statistic = statistic.unwrap_or(BetweenStatistic::P);
        if method.is_some() && statistic != BetweenStatistic::P {
            self.fault(at, format!("{id} has a 'method', which only a p has"), "leave out 'method'");
            return None;
        }
        let (of, groups, printed) = (of?, [first?, other?], printed?);
        Some(Assertion::Between(Box::new(BetweenGroups { of, groups, statistic, method, printed })))
    }

    /// The value of a word; an unknown one is a fault.
    fn word<W: Word>(&mut self, text: &Option<Spanned<String>>) -> Option<W> {
        let text = text.as_ref()?;
        let found = W::exact(text.get_ref().trim());
        found.map_err(|unknown| self.fault(text.span().start, unknown.to_string(), unknown.remedy())).ok()
    }

    /// The variable whose values are compared.
    fn variable(&mut self, text: &Spanned<String>) -> Option<Selector> {
        let selector = self.selector(text)?;
        if selector.condition.is_some() {
            let at = text.span().start;
            self.fault(at, "the groups are the conditions of their values", "value = \"age\", without a bar");
            return None;
        }
        Some(selector)
    }

    /// The ratio of two numbers.
    pub(super) fn ratio(
        &mut self,
        at: usize,
        [left, right]: [Option<Selector>; 2],
        printed: Option<Printed>,
    ) -> Option<Assertion> {
        let sides = match printed {
            Some(Printed::Ratio { first, second }) => Some((first, second)),
            // `1 to 1.4`.
            Some(Printed::Interval(ends)) if !ends.low.is_negative() && ends.low.count() != Some(0) => {
                Some((ends.low, ends.high))
            }
            _ => None,
        };
        let Some(sides) = sides else {
            let (message, remedy) = no_ratio(printed.as_ref());
            self.fault(at, message, remedy);
            return None;
        };
        let printed = sides;
        Some(Assertion::Ratio { left: left?, right: right?, printed })
    }

    /// A whole table, whose cells are the parts of the claim.
    pub(super) fn table(&mut self, file: &Spanned<String>) -> Option<Assertion> {
        let at = file.span().start;
        let read = (self.tables)(file.get_ref());
        let text = self.or_fault(at, read)?;
        let found = match cells(&text) {
            Ok(found) => found,
            Err(fault) => {
                let remedy = "a CSV file: conditions in its first row, selectors in its first column";
                self.fault(at, format!("{}: {fault}", file.get_ref()), remedy);
                return None;
            }
        };
        let parts = found.into_iter().map(|cell| {
            let selector = self.or_fault(at, Selector::parse(&cell.selector));
            let printed = Printed::parse_for(&cell.printed, printed_for(&cell.selector)).map_err(|fault| {
                self.fault(at, format!("{} {}: {}", file.get_ref(), cell.place, fault.message), fault.remedy);
            });
            let (printed, unit) = printed.ok()?;
            let name = format!("{} {}", cell.place, cell.selector);
            Some((name, Assertion::Value { selector: selector?, printed, unit }))
        });
        let parts: Vec<Option<(String, Assertion)>> = parts.collect();
        parts.into_iter().collect::<Option<_>>().map(Assertion::Parts)
    }
}

/// The fault of a ratio that is not printed as one, and how it is written.
fn no_ratio(printed: Option<&Printed>) -> (String, String) {
    let written = match printed {
        None => return ("a ratio without 'printed'".to_owned(), "printed = \"1.3:1\"".to_owned()),
        Some(Printed::Number(figure)) => format!("{figure}:1"),
        Some(Printed::OfN { n, of, .. }) => format!("{n}:{of}"),
        Some(_) => "1.3:1".to_owned(),
    };
    ("'printed' is no ratio of two numbers".to_owned(), format!("printed = \"{written}\""))
}

/// True for a number, a bound of it, and a number with its interval.
fn is_one_number(printed: &Printed) -> bool {
    matches!(
        printed,
        Printed::Number(_)
            | Printed::Percent(_)
            | Printed::Censored { .. }
            | Printed::WithInterval { .. }
            | Printed::PercentWithInterval { .. }
    )
}

fn condition(text: &str) -> Result<crate::tally::NamedFilter, crate::error::Error> {
    crate::tally::NamedFilter::parse(text)
}
