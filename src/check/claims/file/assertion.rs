//! What a claim, a reading or a part asserts.

use super::super::claim::{Assertion, Relation};
use super::super::written::ClaimTable;
use super::{ClaimsReader, printed_for};
use crate::analyze::selector::Selector;
use crate::check::printed::{Printed, PrintedFor, PrintedRange, PrintedUnit, Spread};
use crate::tally::counts::MOST_NAMED;
use toml::Spanned;

/// `age.range` with both ends printed: they are the least and the greatest value of `age`.
fn of_range(selector: Selector, printed: Printed) -> (Selector, Printed) {
    let Some(base) = selector.key.strip_suffix(".range").filter(|_| selector.statistic().is_none()) else {
        return (selector, printed);
    };
    let Printed::Interval(ends) = printed else { return (selector, printed) };
    let selector = Selector { key: base.to_owned(), ..selector };
    (selector, Printed::Interval(PrintedRange { spread: Spread::Range, ..ends }))
}

impl ClaimsReader<'_> {
    /// What a claim, a reading or a part asserts. None where that cannot be read.
    pub(super) fn assertion(&mut self, at: usize, table: &ClaimTable, id: &str) -> Option<Assertion> {
        let of = match (&table.value, &table.count) {
            (Some(key), _) => printed_for(key.get_ref()),
            (None, Some(_)) => PrintedFor::Count,
            (None, None) => PrintedFor::Anything,
        };
        let printed = table.printed.as_ref().map(|text| self.printed(text, of));
        let (printed, unit) = match printed {
            Some(None) => return None,
            Some(Some((printed, unit))) => (Some(printed), unit),
            None => (None, None),
        };
        if !self.fit_together(at, table, id) {
            return None;
        }
        if let Some(groups) = &table.between {
            return self.between(groups, table, printed, id);
        }
        if let Some(file) = &table.table {
            return self.table(file);
        }
        if let Some(text) = &table.value {
            return self.value(at, text, (printed, unit), id);
        }
        if let Some(text) = &table.count {
            if let Some(unit) = unit {
                self.fault(
                    at,
                    format!("{id} counts cases, which have no unit '{unit}'"),
                    "write the number of cases alone",
                );
                return None;
            }
            return self.count(at, text, printed, table, id);
        }
        if let Some(text) = &table.compare {
            return self.compare(text, printed);
        }
        if !table.reading.is_empty() {
            return self.several(&table.reading, table.printed.as_ref(), id).map(Assertion::Readings);
        }
        if !table.part.is_empty() {
            return self.several(&table.part, table.printed.as_ref(), id).map(Assertion::Parts);
        }
        Some(printed.map_or(Assertion::Nothing, Assertion::Figures))
    }

    /// Reports keys of a claim that exclude each other, or that need another one.
    fn fit_together(&mut self, at: usize, table: &ClaimTable, id: &str) -> bool {
        if table.of.is_some() && table.count.is_none() {
            self.fault(
                at,
                format!("{id}: 'of' without 'count'"),
                "count = \"a condition\", of = \"the condition of the denominator\"",
            );
        }
        let kinds = [
            table.value.is_some(),
            table.count.is_some(),
            table.compare.is_some(),
            table.table.is_some(),
            !table.reading.is_empty(),
            !table.part.is_empty(),
        ];
        if kinds.iter().filter(|kind| **kind).count() > 1 {
            let remedy = "use one of value, count, compare, table, [[claim.reading]], [[claim.part]]";
            self.fault(at, format!("{id} has more than one of value, count, compare, table, reading and part"), remedy);
            return false;
        }
        if table.between.is_none() && (table.statistic.is_some() || table.method.is_some()) {
            let remedy = "add between = [\"sex = 'F'\", \"sex = 'M'\"]";
            self.fault(at, format!("{id} has 'statistic' or 'method' without 'between'"), remedy);
            return false;
        }
        true
    }

    fn value(
        &mut self,
        at: usize,
        text: &Spanned<String>,
        (printed, unit): (Option<Printed>, Option<PrintedUnit>),
        id: &str,
    ) -> Option<Assertion> {
        let selector = self.selector(text)?;
        if printed.is_none() {
            self.fault(at, format!("{id} has 'value' without 'printed'"), "printed = \"5.9\"");
        }
        let (selector, printed) = of_range(selector, printed?);
        Some(Assertion::Value { selector, printed, unit })
    }

    fn count(
        &mut self,
        at: usize,
        text: &Spanned<String>,
        printed: Option<Printed>,
        table: &ClaimTable,
        id: &str,
    ) -> Option<Assertion> {
        let (what, of) = (self.keep(text), table.of.as_ref().map(|of| self.keep(of)));
        let named = table.cases.clone();
        if let Some(many) = named.as_ref().map(Vec::len).filter(|many| *many > MOST_NAMED) {
            let message = format!("{id} names {many} cases, but at most {MOST_NAMED} can be checked by name");
            self.fault(
                at,
                message,
                "give their number instead, as in printed = \"25\", or split them by a further condition",
            );
            return None;
        }
        if printed.is_none() && named.is_none() {
            let remedy = "printed = \"4\", or cases = [\"P1\", \"P3\"]";
            self.fault(at, format!("{id} has 'count' without 'printed' or 'cases'"), remedy);
            return None;
        }
        let is_count = |printed: &Printed| match printed {
            Printed::Number(figure) => figure.count().is_some(),
            Printed::Percent(_)
            | Printed::OfN { .. }
            | Printed::CountPercent { .. }
            | Printed::PercentWithInterval { .. }
            | Printed::All
            | Printed::AllBut(_)
            | Printed::None => true,
            _ => false,
        };
        if let Some(printed) = printed.as_ref().filter(|printed| !is_count(printed)) {
            let remedy = "a count is printed as 4, 4 of 5, 80 %, 4 (80 %), all, all but one or none";
            self.fault(at, format!("{id} counts cases, but '{printed}' is not a number of cases"), remedy);
            return None;
        }
        let of = match of {
            Some(None) => return None,
            of => of.flatten(),
        };
        Some(Assertion::Count { what: what?, of, printed, named })
    }

    fn compare(&mut self, text: &Spanned<[String; 3]>, printed: Option<Printed>) -> Option<Assertion> {
        let at = text.span().start;
        let [left, sign, right] = text.get_ref();
        let [left, right] = [left, right].map(|text| self.or_fault(at, Selector::parse(text)));
        if sign == ":" {
            return self.ratio(at, [left, right], printed);
        }
        let relation = Relation::ALL.into_iter().find(|relation| relation.sign() == sign);
        if relation.is_none() {
            self.fault(at, format!("invalid comparison '{sign}'"), "use one of < <= = >= >, and : for a ratio");
        }
        Some(Assertion::Compare { left: left?, relation: relation?, right: right? })
    }

    /// Readings or parts. Without a printed text of its own, each has that of the claim.
    fn several(
        &mut self,
        tables: &[Spanned<ClaimTable>],
        printed: Option<&Spanned<String>>,
        id: &str,
    ) -> Option<Vec<(String, Assertion)>> {
        let mut several = Vec::new();
        for (number, table) in tables.iter().enumerate() {
            let (at, table) = (table.span().start, table.get_ref());
            if !table.reading.is_empty() || !table.part.is_empty() || table.id.is_some() {
                self.fault(
                    at,
                    format!("{id}: a reading or part cannot have an id, readings or parts"),
                    "make them claims of their own",
                );
                return None;
            }
            let name = table.name.clone().unwrap_or_else(|| format!("{}", number.saturating_add(1)));
            let own = ClaimTable {
                printed: table.printed.clone().or_else(|| printed.cloned()),
                value: table.value.clone(),
                count: table.count.clone(),
                of: table.of.clone(),
                cases: table.cases.clone(),
                compare: table.compare.clone(),
                between: table.between.clone(),
                statistic: table.statistic.clone(),
                method: table.method.clone(),
                table: table.table.clone(),
                ..ClaimTable::default()
            };
            several.push((name, self.assertion(at, &own, id)));
        }
        several.into_iter().map(|(name, assertion)| Some((name, assertion?))).collect()
    }
}
