//! Where a result is against the reference limits of its own row, or what its row says of it.

use super::fields::Field;
use super::table::KeyedTable;
use crate::cohort::cell::{CellRules, CellState, number};
use crate::cohort::quantity::Quantity;
use crate::cohort::range::against_limits;
use crate::cohort::relate::rows::RowIndex;
use crate::diagnostic::{Finding, FindingId};
use crate::schema::lexical::{Comparator, flag};
use crate::schema::{Kind, Role, Status, Variable};

/// What a row tells of its result.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StatusOfRow {
    /// Where the result is.
    pub status: Option<Status>,
    /// The flag and what the limits give, where they differ.
    pub contradicted: Option<(Status, Status)>,
}

/// The flags that laboratories export and nobody writes into a cell (HL7 version 2, table 0078).
fn flag_of_laboratory(text: &str) -> Option<Status> {
    match text {
        "N" => Some(Status::Normal),
        "HH" => Some(Status::High),
        "LL" => Some(Status::Low),
        _ => None,
    }
}

/// Reads the status of results.
pub struct RowStatus<'t> {
    table: &'t KeyedTable<'t>,
    extra_missing: &'t [String],
    /// Results and limits without their unit, which is that of the row.
    bare: Variable,
}

impl<'t> RowStatus<'t> {
    /// A reader for a table; none where it has neither limits nor flags.
    pub fn of(table: &'t KeyedTable<'t>, extra_missing: &'t [String]) -> Option<RowStatus<'t>> {
        let fields = [Field::Low, Field::High, Field::Range, Field::Flag];
        fields.iter().any(|field| table.fields.get(*field).is_some()).then(|| {
            let mut bare = Variable { kind: Kind::Number, role: Role::Lab, ..Variable::new("result") };
            bare.reading.mark = table.variable(Field::Value).map_or(bare.reading.mark, |value| value.reading.mark);
            RowStatus { table, extra_missing, bare }
        })
    }

    /// The status of a result by the flag of its row, else by its limits; none where its own cell states one.
    pub fn status(&self, row: RowIndex, value: &str) -> StatusOfRow {
        let Some((comparator, quantity)) = self.number(value) else { return StatusOfRow::default() };
        let by_limits = self.by_limits(row, comparator, quantity).or_else(|| self.by_range(row, value));
        let text = self.table.text(row, Field::Flag);
        let stated = flag_of_laboratory(text).or_else(|| flag(text));
        let stated = stated.filter(|status| matches!(status, Status::Low | Status::Normal | Status::High));
        let contradicted = stated.zip(by_limits).filter(|(stated, limits)| stated != limits);
        StatusOfRow { status: stated.or(by_limits), contradicted }
    }

    /// The warning about a row whose flag its limits contradict.
    pub fn contradiction(&self, row: RowIndex, (stated, limits): (Status, Status)) -> Finding {
        let message = format!("the row states {stated}, and by its limits the result is {limits}");
        let finding = Finding::new(FindingId::StatusDisagrees, message);
        let finding = finding.at(self.table.location(row, Field::Flag)).value(self.table.text(row, Field::Value));
        finding.remedy("correct the limits or the flag; until then the flag counts")
    }

    fn number(&self, text: &str) -> Option<(Option<Comparator>, Quantity)> {
        match number(text, &CellRules::new(&self.bare, self.extra_missing)) {
            CellState::Value(found) if found.stated.is_none() => Some((None, found.value)),
            CellState::Censored { comparator, value, stated: None } => Some((Some(comparator), value)),
            CellState::Value(_)
            | CellState::Censored { .. }
            | CellState::StatedOnly(_)
            | CellState::Missing(_)
            | CellState::Unreadable(_) => None,
        }
    }

    /// A lower limit of 0 is none, since nothing is below it.
    fn by_limits(&self, row: RowIndex, comparator: Option<Comparator>, value: Quantity) -> Option<Status> {
        let limit = |field| self.number(self.table.text(row, field)).filter(|(side, _)| side.is_none());
        let low = limit(Field::Low).map(|(_, low)| low).filter(|low| low.numerator != 0);
        let high = limit(Field::High).map(|(_, high)| high);
        let are_in_order = low.zip(high).is_none_or(|(low, high)| low.compare(high).is_le());
        let is_known = are_in_order && (high.is_some() || low.is_some());
        is_known.then(|| against_limits(comparator, value, (low, high))).flatten()
    }

    /// By limits in one cell: `60-300`.
    fn by_range(&self, row: RowIndex, value: &str) -> Option<Status> {
        let range = self.table.text(row, Field::Range);
        let range = range.trim_matches(['(', ')', '[', ']', ' ']);
        let text = format!("{value} ({range})");
        match number(&text, &CellRules::new(&self.bare, self.extra_missing)) {
            CellState::Value(found) if !range.is_empty() => found.stated?.status,
            CellState::Censored { stated, .. } if !range.is_empty() => stated?.status,
            CellState::Value(_)
            | CellState::Censored { .. }
            | CellState::StatedOnly(_)
            | CellState::Missing(_)
            | CellState::Unreadable(_) => None,
        }
    }
}
