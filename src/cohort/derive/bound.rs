//! A derived variable bound to the columns of its cases: gives the text of its cell, case by case.

use super::best::best_response;
use super::between::BoundBetween;
use super::number::{CaseNumber, NumberInUnit, WhyBlank, band_of, known, unit_of, value, written};
use super::precision::Precision;
use super::syntax::{Change, Derived, Expression, NO, Operation, Rules, Term, YES};
use super::turn::TurnColumns;
use super::used::Used;
use super::visits::{VisitColumns, Visits, visit_of};
use crate::cohort::case::Case;
use crate::cohort::column::CaseColumn;
use crate::cohort::filter::{BoundFilter, Filter, Truth};
use crate::decimal::Decimal;
use crate::diagnostic::quoted;
use crate::error::Error;
use crate::schema::{Kind, Role, Variable};
use crate::words::Word;
use std::collections::BTreeSet;

/// A cell of a derived variable.
#[derive(Debug)]
pub struct DerivedCell {
    /// Its text; empty where it is not known.
    pub text: String,
    /// Why it is not known.
    pub why: Option<WhyBlank>,
}

/// A derived variable that gives the cells of its cases.
#[derive(Debug)]
pub struct BoundDerived<'a> {
    formula: BoundFormula<'a>,
    /// What kind of column it is.
    pub kind: Kind,
    /// The unit of its numbers.
    pub unit: Option<String>,
    /// True where it is made of an age, or of a column that may identify a person.
    pub is_identifying: bool,
    /// The columns that it is made of, and those that they are made of, by their names.
    pub made_of: Vec<String>,
    /// The visits of a change, the one before and the one after.
    pub visits: Option<[String; 2]>,
    precision: Precision,
}

#[derive(Debug)]
enum BoundFormula<'a> {
    Number(CaseNumber<'a>),
    Band(CaseNumber<'a>, Vec<Decimal>),
    Between(BoundBetween<'a>),
    HasEnded(BoundBetween<'a>),
    Rules { rules: Vec<(BoundFilter<'a>, String, String)>, otherwise: Option<String>, unknown: Option<String> },
    Difference(CaseNumber<'a>, Box<VisitColumns<'a>>),
    Turn(TurnColumns<'a>, Box<VisitColumns<'a>>),
    Best(Vec<CaseColumn<'a>>),
}

impl Derived {
    /// Binds it to the columns.
    ///
    /// Errors: a name that is no column, a column of another kind, numbers of two units added, a filter that does not fit.
    pub fn bind<'a>(&self, columns: &[CaseColumn<'a>], starts: &'a [Option<i64>]) -> Result<BoundDerived<'a>, Error> {
        let mut used = Used::of(columns);
        let (formula, kind, unit) = match &self.expression {
            Expression::Sum(Term::Cut(of, ends)) => {
                let NumberInUnit { number, .. } = used.number(of)?;
                (BoundFormula::Band(number, ends.clone()), Kind::Category, None)
            }
            Expression::Sum(term) => {
                let NumberInUnit { number, unit } = used.number(term)?;
                (BoundFormula::Number(number), Kind::Number, unit)
            }
            Expression::Between(between) => {
                let time = BoundBetween::bind(between, &mut used, starts)?;
                (BoundFormula::Between(time), Kind::Number, Some(between.unit.as_word().to_owned()))
            }
            Expression::HasEnded(between) => {
                (BoundFormula::HasEnded(BoundBetween::bind(between, &mut used, starts)?), Kind::Binary, None)
            }
            Expression::Rules(rules) => (used.rules(rules)?, Kind::Category, None),
            Expression::Comparison(rules) => (used.rules(rules)?, Kind::Binary, None),
            Expression::Change(change) => used.change(change)?,
            Expression::Best(names) => (used.best(names)?, Kind::Category, None),
        };
        let identifies = |variable: &Variable| variable.role == Role::Age || variable.is_withheld();
        let visits = match &formula {
            BoundFormula::Difference(_, of) | BoundFormula::Turn(_, of) => {
                Some([&of.before, &of.after].map(|column| visit_of(column).to_owned()))
            }
            BoundFormula::Number(_)
            | BoundFormula::Band(..)
            | BoundFormula::Between(_)
            | BoundFormula::HasEnded(_)
            | BoundFormula::Rules { .. }
            | BoundFormula::Best(_) => None,
        };
        let is_identifying = used.met.iter().any(|column| identifies(column.variable()));
        let all = |column: &CaseColumn<'_>| {
            let variable = column.variable();
            std::iter::once(variable.name.clone()).chain(variable.made_of.iter().cloned()).collect::<Vec<_>>()
        };
        let made_of: BTreeSet<String> = used.met.iter().flat_map(all).collect();
        let (made_of, precision) = (made_of.into_iter().collect(), Precision::default());
        Ok(BoundDerived { formula, kind, unit, is_identifying, made_of, visits, precision })
    }
}

impl<'a> Used<'_, 'a> {
    /// The change of a variable: a difference of numbers, or what became of something that is there or not.
    fn change(&mut self, change: &Change) -> Result<(BoundFormula<'a>, Kind, Option<String>), Error> {
        let visits = Visits(self.columns).of_change(change)?;
        let [before, after] = [visits.before, visits.after];
        let visits = Box::new(visits);
        self.met.extend([before, after]);
        let is_of_levels = |kind: Kind| matches!(kind, Kind::Binary | Kind::Category);
        match (before.variable().kind, after.variable().kind) {
            (Kind::Number, Kind::Number) => {
                let [before, after] = [before, after].map(NumberInUnit::of);
                // The change is one of the value before.
                let after = after.converted_to(&before.unit);
                let unit = unit_of(Operation::Minus, [&after, &before])?;
                let [before, after] = [before, after].map(|of| Box::new(of.number));
                Ok((
                    BoundFormula::Difference(CaseNumber::Two(after, Operation::Minus, before), visits),
                    Kind::Number,
                    unit,
                ))
            }
            (one, other) if is_of_levels(one) && is_of_levels(other) => {
                Ok((BoundFormula::Turn(TurnColumns::new([before, after]), visits), Kind::Category, None))
            }
            (one, other) => {
                let column = if one == Kind::Number { after } else { before };
                let kind = if one == Kind::Number { other } else { one };
                let header = &column.variable().header;
                let message = format!("'{header}' is a {kind} column: a change is of numbers, or of yes and no");
                let option = quoted(&format!("{header}=number"));
                Err(Error::usage_with(message, format!("if it holds numbers: --kind {option}")))
            }
        }
    }

    /// A number, and its unit.
    fn number(&mut self, term: &Term) -> Result<NumberInUnit<'a>, Error> {
        Ok(match term {
            Term::Number(number) => NumberInUnit { number: CaseNumber::Constant(number.to_ratio()), unit: None },
            Term::Column(name) => NumberInUnit::of(self.column(name, Kind::Number)?),
            Term::Negative(of) => {
                let NumberInUnit { number, unit } = self.number(of)?;
                NumberInUnit { number: CaseNumber::Negative(Box::new(number)), unit }
            }
            Term::Two(left, operation, right) => {
                let (left, right) = (self.number(left)?, self.number(right)?);
                // Both in the unit of the left one, where they measure the same: g and kg make a ratio without a unit.
                let right = match operation {
                    Operation::Plus | Operation::Minus | Operation::Over => right.converted_to(&left.unit),
                    Operation::Times => right,
                };
                let unit = unit_of(*operation, [&left, &right])?;
                let [left, right] = [left, right].map(|of| Box::new(of.number));
                NumberInUnit { number: CaseNumber::Two(left, *operation, right), unit }
            }
            Term::Cut(..) => {
                let message = "a band is not a number: use cut() alone";
                return Err(Error::usage_with(message, "write --derive 'band = cut(age, 5, 10)'"));
            }
        })
    }

    /// Columns of responses: words, or yes and no.
    fn best(&mut self, names: &[String]) -> Result<BoundFormula<'a>, Error> {
        let column = |name: &String| match self.find(name) {
            Ok(column) if column.variable().kind == Kind::Binary => {
                self.met.push(column);
                Ok(column)
            }
            _ => self.column(name, Kind::Category),
        };
        Ok(BoundFormula::Best(names.iter().map(column).collect::<Result<_, Error>>()?))
    }

    fn rules(&mut self, rules: &Rules) -> Result<BoundFormula<'a>, Error> {
        let columns = self.columns;
        let bind = |(filter, text, level): &(Filter, String, String)| {
            let bound = filter.bind(columns).map_err(|fault| fault.into_error(text))?;
            Ok((bound, text.clone(), level.clone()))
        };
        let bound = rules.rules.iter().map(bind).collect::<Result<Vec<_>, Error>>()?;
        self.met.extend(bound.iter().flat_map(|(filter, _, _)| filter.columns()));
        Ok(BoundFormula::Rules { rules: bound, otherwise: rules.otherwise.clone(), unknown: rules.unknown.clone() })
    }
}

impl BoundDerived<'_> {
    /// The cell of a case.
    pub fn cell(&mut self, case: &Case<'_>) -> DerivedCell {
        match self.text(case) {
            Ok(text) => {
                if let BoundFormula::Number(of) | BoundFormula::Difference(of, _) = &self.formula
                    && of.is_quotient_or_product()
                {
                    self.precision.add(&text, of.digits_of_parts(case));
                }
                let why = text.is_empty().then_some(WhyBlank::Unknown);
                DerivedCell { text, why }
            }
            Err(why) => DerivedCell { text: String::new(), why: Some(why) },
        }
    }

    fn text(&mut self, case: &Case<'_>) -> Result<String, WhyBlank> {
        match &mut self.formula {
            BoundFormula::Difference(_, visits) | BoundFormula::Turn(_, visits) if visits.is_one_measurement(case) => {
                Err(WhyBlank::MeasuredOnce)
            }
            BoundFormula::Number(of) | BoundFormula::Difference(of, _) => value(of, case).map(|value| written(&value)),
            BoundFormula::Band(of, ends) => known(of, case).and_then(|known| band_of(&known, ends)),
            BoundFormula::Between(time) => time.elapsed(case).map(|value| written(&value)).ok_or(WhyBlank::Unknown),
            BoundFormula::HasEnded(time) => {
                let ended = time.has_ended(case).ok_or(WhyBlank::Unknown)?;
                Ok(if ended { YES } else { NO }.to_owned())
            }
            BoundFormula::Turn(columns, _) => Ok(columns.text(case)),
            BoundFormula::Best(columns) => Ok(best_response(columns, case)),
            BoundFormula::Rules { rules, otherwise, unknown } => {
                let level = first_that_holds(rules, otherwise, unknown, case);
                Ok(level.cloned().unwrap_or_default())
            }
        }
    }

    /// How many decimals its numbers are printed with, once all cases are read; none for all that they have.
    pub fn decimals(&self) -> Option<u8> {
        match &self.formula {
            BoundFormula::Number(_) | BoundFormula::Difference(..) => self.precision.decimals(),
            BoundFormula::Between(time) => time.decimals(),
            BoundFormula::HasEnded(_)
            | BoundFormula::Band(..)
            | BoundFormula::Rules { .. }
            | BoundFormula::Best(_)
            | BoundFormula::Turn(..) => None,
        }
    }

    /// True for a time between two dates.
    pub fn is_time(&self) -> bool {
        matches!(self.formula, BoundFormula::Between(_))
    }

    /// True for a case whose event lies after the last visit.
    pub fn is_after_last_visit(&self, case: &Case<'_>) -> bool {
        if let BoundFormula::Between(time) = &self.formula { time.is_after_last_visit(case) } else { false }
    }

    /// The column of a time from or to a date that all cases share: such a time tells their other date. None where fewer
    /// than two cases have been seen.
    pub fn shared_date(&self) -> Option<&str> {
        match &self.formula {
            BoundFormula::Between(time) => time.shared_date(),
            BoundFormula::HasEnded(_)
            | BoundFormula::Number(_)
            | BoundFormula::Difference(..)
            | BoundFormula::Turn(..)
            | BoundFormula::Band(..)
            | BoundFormula::Rules { .. }
            | BoundFormula::Best(_) => None,
        }
    }

    /// Checks, after all cases, that every level that a rule names exists, and that every level of a change is understood.
    ///
    /// Errors: one that does not, and one that is not.
    pub fn check_levels(&self) -> Result<(), Error> {
        match &self.formula {
            BoundFormula::Rules { rules, .. } => {
                let check = |(filter, text, _): &(BoundFilter<'_>, String, String)| {
                    filter.check_levels().map_err(|fault| fault.into_error(text))
                };
                rules.iter().try_for_each(check)
            }
            BoundFormula::Turn(columns, _) => columns.check_levels(),
            BoundFormula::Number(_)
            | BoundFormula::Difference(..)
            | BoundFormula::Band(..)
            | BoundFormula::Between(_)
            | BoundFormula::HasEnded(_)
            | BoundFormula::Best(_) => Ok(()),
        }
    }
}

fn first_that_holds<'l>(
    rules: &'l mut [(BoundFilter<'_>, String, String)],
    otherwise: &'l Option<String>,
    unknown: &'l Option<String>,
    case: &Case<'_>,
) -> Option<&'l String> {
    // Every rule is judged, so that whether a level occurs does not depend on the rules before.
    let mut found = None;
    for (filter, _, level) in rules {
        let truth = filter.judge(case);
        found = found.or(match truth {
            Truth::True => Some(Some(&*level)),
            Truth::False => None,
            Truth::Unknown => Some(unknown.as_ref()),
        });
    }
    found.unwrap_or(otherwise.as_ref())
}
