//! An age or a sex that is stated twice: in a column of both, and in a column of its own.

use super::plan::Plan;
use super::run::RecordRun;
use crate::cohort::cell::{CellRules, CellState, LevelState, level, number};
use crate::cohort::column::CaseColumn;
use crate::diagnostic::{Finding, FindingId, Findings};
use crate::read::excerpt;
use crate::schema::header::normalise;
use crate::schema::parts::Part;
use crate::schema::sex::differ;
use crate::schema::{Kind, Role, Variable};
use num_rational::BigRational;
use num_traits::Signed;
use rustc_hash::FxHashMap;

/// Parts of a column, each with the column that states the same.
pub struct Agreement<'a> {
    pairs: Vec<(CaseColumn<'a>, CaseColumn<'a>)>,
    /// Whether two texts of a pair contradict each other.
    known: FxHashMap<(usize, Vec<u8>, Vec<u8>), bool>,
}

/// Most pairs of texts that are remembered.
const REMEMBERED: usize = 1 << 12;

impl<'a> Agreement<'a> {
    /// The pairs of a plan.
    pub fn new(plan: &Plan<'a>) -> Agreement<'a> {
        let columns = plan.case_columns();
        let whole = || columns.iter().filter(|column| column.variable().part.is_none());
        let pairs = columns.iter().filter(|column| column.variable().part.is_some());
        let pairs = pairs.flat_map(|part| {
            whole().filter(|other| states_the_same(part.variable(), other.variable())).map(|other| (*part, *other))
        });
        Agreement { pairs: pairs.collect(), known: FxHashMap::default() }
    }

    /// Reports the records in which they differ.
    pub fn check(&mut self, run: &RecordRun<'_>, findings: &mut Findings) {
        for (number, (part, other)) in self.pairs.iter().enumerate() {
            for row in run.rows.clone() {
                let key = (number, run.text(row, part.column), run.text(row, other.column));
                let is_known = self.known.get(&key).copied();
                let is_contradiction =
                    is_known.unwrap_or_else(|| disagree([&key.1, &key.2], [&part.rules, &other.rules]));
                if is_contradiction {
                    findings.add(finding(part.variable(), other.variable(), [&key.1, &key.2], run, row));
                }
                if is_known.is_none() && self.known.len() < REMEMBERED {
                    self.known.insert(key, is_contradiction);
                }
            }
        }
    }
}

/// True for the sex of both, and for an age of the same name.
fn states_the_same(part: &Variable, other: &Variable) -> bool {
    let of = |variable: &Variable| normalise(&crate::schema::header::read_header(&variable.header).name);
    match part.part.as_ref().map(|of| of.part) {
        Some(Part::Sex) => other.role == Role::Sex && matches!(other.kind, Kind::Category | Kind::Binary),
        Some(Part::Age) => {
            let name = of(part);
            let name = name.rsplit(' ').next().unwrap_or_default();
            other.role == Role::Age && other.kind == Kind::Number && of(other) == name && other.unit == part.unit
        }
        Some(Part::Systolic | Part::Diastolic) | None => false,
    }
}

/// True for two sexes, and for ages that are a year (or a month, in columns of months) or more apart.
fn disagree(texts: [&[u8]; 2], [part, other]: [&CellRules<'_>; 2]) -> bool {
    let [first, second] = texts.map(String::from_utf8_lossy);
    let (first, second) = (first.as_ref(), second.as_ref());
    if part.variable.role == Role::Sex {
        return match (level(first, part), level(second, other)) {
            (LevelState::Level(_), LevelState::Level(_)) => differ(first, second),
            _ => false,
        };
    }
    match (number(first, part), number(second, other)) {
        (CellState::Value(first), CellState::Value(second)) => {
            let apart: BigRational = first.value.to_ratio() - second.value.to_ratio();
            apart.abs() >= BigRational::from_integer(1.into())
        }
        _ => false,
    }
}

fn finding(part: &Variable, other: &Variable, texts: [&[u8]; 2], run: &RecordRun<'_>, row: usize) -> Finding {
    let [first, second] = texts.map(excerpt);
    let message = format!("the {} is '{first}' here, and '{second}' in the column '{}'", role(part), other.header);
    let finding = Finding::new(FindingId::PartsDisagree, message);
    finding.at(run.here(row).location(part.file_header())).value(first).remedy("correct one of the two cells")
}

fn role(part: &Variable) -> &'static str {
    part.part.as_ref().map_or("value", |of| of.part.word())
}
