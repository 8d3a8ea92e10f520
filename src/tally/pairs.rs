//! Pairs of numbers of the same case: a second pass over the cases, which looks at both cells together.

use super::cohort::Cohort;
use super::counts::{NumberPairs, PairCounts};
use super::needs::NeededTable;
use super::settings::{Condition, NamedFilter, Settings};
use crate::cohort::case::{Case, CaseCell};
use crate::cohort::cell::CellState;
use crate::cohort::column::CaseColumn;
use crate::cohort::filter::{BoundFilter, Truth};
use crate::cohort::stream::{each_case, ensure_can_be_read_twice};
use crate::error::Error;
use crate::read::Inputs;
use crate::schema::Kind;
use num_rational::BigRational;

/// The name of the table of associations.
pub const ASSOCIATION: &str = "association";

/// The cohort with the pairs of numbers that are requested, of all cases, of each group and of each condition that
/// needs them.
///
/// Errors: a name that is no column of numbers, and inputs that can be read only once.
pub(super) fn with_pairs(inputs: &Inputs, settings: &Settings, mut cohort: Cohort) -> Result<Cohort, Error> {
    if settings.pairs.is_empty() {
        return Ok(cohort);
    }
    ensure_can_be_read_twice(inputs)?;
    let parts = parts(settings, &cohort)?;
    let counted = counted(inputs, settings, &cohort, &parts)?;
    let mut counted = counted.into_iter();
    let mut next = || counted.next().unwrap_or_default();
    let names = settings.pairs.iter().map(|pair| names(pair, &cohort)).collect::<Result<Vec<_>, Error>>()?;
    let all = next();
    cohort.pairs = names.into_iter().zip(all).map(|(names, all)| PairCounts { names, all }).collect();
    let groups = cohort.grouping.iter_mut().flat_map(|grouping| &mut grouping.groups);
    groups.for_each(|group| group.pairs = next());
    let needed = cohort.conditions.iter_mut().zip(&settings.conditions).filter(|(_, asked)| needs(asked));
    needed.for_each(|(condition, _)| condition.pairs = next());
    Ok(cohort)
}

fn needs(condition: &Condition) -> bool {
    condition.needs.iter().any(|need| need.table == Some(NeededTable::Pairs))
}

/// The filters of all parts of the cases: of all of them, of each group, of each condition that needs pairs.
fn parts(settings: &Settings, cohort: &Cohort) -> Result<Vec<Option<NamedFilter>>, Error> {
    let mut parts = vec![None];
    if let Some(grouping) = &cohort.grouping {
        for group in &grouping.groups {
            parts.push(Some(NamedFilter::parse(&group.condition(&grouping.by, &cohort.variables))?));
        }
    }
    let needed = settings.conditions.iter().filter(|condition| needs(condition));
    parts.extend(needed.map(|condition| Some(condition.keep.clone())));
    Ok(parts)
}

/// The pairs of each part.
fn counted(
    inputs: &Inputs,
    settings: &Settings,
    cohort: &Cohort,
    parts: &[Option<NamedFilter>],
) -> Result<Vec<Vec<NumberPairs>>, Error> {
    let cases = cohort.case_columns(settings);
    let columns = cohort.columns_of_variables(settings);
    let of = |pair: &[String; 2]| Ok([column(&pair[0], &columns)?, column(&pair[1], &columns)?]);
    let pairs = settings.pairs.iter().map(of).collect::<Result<Vec<_>, Error>>()?;
    let mut keep = settings.keep.as_ref().map(|keep| keep.bind(&columns)).transpose()?;
    let bind = |part: &Option<NamedFilter>| part.as_ref().map(|part| part.bind(&columns)).transpose();
    let mut filters = parts.iter().map(bind).collect::<Result<Vec<Option<BoundFilter<'_>>>, Error>>()?;
    let mut found = vec![vec![NumberPairs::default(); pairs.len()]; parts.len()];
    each_case(inputs, &cohort.columns, &cases, |case| {
        if keep.as_mut().is_some_and(|keep| keep.judge(case) != Truth::True) {
            return Ok(());
        }
        let states: Vec<PairState> = pairs.iter().map(|pair| state(case, pair)).collect();
        for (filter, found) in filters.iter_mut().zip(&mut found) {
            if filter.as_mut().is_none_or(|filter| filter.judge(case) == Truth::True) {
                found.iter_mut().zip(&states).for_each(|(found, state)| add(found, state));
            }
        }
        Ok(())
    })?;
    Ok(found)
}

/// What is known of a pair.
enum PairState {
    Known([BigRational; 2]),
    Censored,
    Unknown,
}

fn state(case: &Case<'_>, pair: &[CaseColumn<'_>; 2]) -> PairState {
    match pair.map(|column| case.cell(&column)) {
        [CaseCell::Number(CellState::Value(one)), CaseCell::Number(CellState::Value(other))] => {
            PairState::Known([one.value.to_ratio(), other.value.to_ratio()])
        }
        [one, other] => {
            let is_known =
                |cell: &CaseCell| matches!(cell, CaseCell::Number(CellState::Value(_) | CellState::Censored { .. }));
            if is_known(&one) && is_known(&other) { PairState::Censored } else { PairState::Unknown }
        }
    }
}

fn add(found: &mut NumberPairs, state: &PairState) {
    match state {
        PairState::Known(pair) => found.add(pair.clone()),
        PairState::Censored => found.censored = found.censored.saturating_add(1),
        PairState::Unknown => found.incomplete = found.incomplete.saturating_add(1),
    }
}

/// The names of the two variables of a pair.
fn names(pair: &[String; 2], cohort: &Cohort) -> Result<[String; 2], Error> {
    let variables: Vec<_> = cohort.variables.iter().map(|column| &column.variable).collect();
    let name = |name: &String| {
        let found = variables.iter().find(|variable| is_named(name, &variable.name, &variable.header));
        found.map(|variable| variable.name.clone()).ok_or_else(|| unknown(name, &[]))
    };
    Ok([name(&pair[0])?, name(&pair[1])?])
}

fn is_named(asked: &str, name: &str, header: &str) -> bool {
    asked.eq_ignore_ascii_case(name) || asked.eq_ignore_ascii_case(header)
}

/// The column of numbers with this name.
fn column<'a>(name: &str, columns: &[CaseColumn<'a>]) -> Result<CaseColumn<'a>, Error> {
    let found = columns.iter().find(|column| is_named(name, &column.variable().name, &column.variable().header));
    let known: Vec<&str> = columns.iter().map(|column| column.variable().name.as_str()).collect();
    let column = found.copied().ok_or_else(|| unknown(name, &known))?;
    let variable = column.variable();
    if variable.kind == Kind::Number {
        return Ok(column);
    }
    let message = format!("'{name}' is a {} column: an association is of two numbers (--associate)", variable.kind);
    let option = crate::diagnostic::quoted(&format!("{}=number", variable.header));
    Err(Error::usage_with(message, format!("if it holds numbers: --kind {option}")))
}

fn unknown(name: &str, known: &[&str]) -> Error {
    let all = || format!("the columns are: {}", known.join(", "));
    Error::unknown(format!("there is no column '{name}' (--associate)"), name, known, all)
}
