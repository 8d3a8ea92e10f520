//! Units of laboratory numbers (C13).

use super::case_sink::{CaseSink, CellFinding};
use super::case_view::CaseView;
use super::column_lookup::ColumnLookup;
use super::item::{Conclusions, ItemState};
use super::rule::ValidationRule;
use super::sink::FindingSink;
use crate::cohort::case::CaseColumn;
use crate::cohort::unit::carries_unit;
use crate::diagnostic::FindingId;
use crate::schema::header::{normalise, read_header};

const UNIT: FindingId = FindingId::UnitMissing;

/// Words in the names of quantities without a unit.
const WITHOUT_UNIT: [&str; 7] = ["titer", "titre", "ratio", "index", "score", "grade", "stage"];

/// Examines the units of the laboratory numbers.
#[derive(Clone)]
pub struct UnitRules<'a> {
    /// Columns without any unit, each with the number of its values.
    bare: Vec<(CaseColumn<'a>, u64)>,
    /// Columns in which some cells have their own unit: the others should have one too.
    by_cell: Vec<CaseColumn<'a>>,
    columns: u64,
    values: u64,
    without: u64,
}

impl<'a> UnitRules<'a> {
    /// For the laboratory numbers of a cohort.
    pub fn new(lookup: &ColumnLookup<'a>) -> UnitRules<'a> {
        let (mut bare, mut by_cell, mut columns) = (Vec::new(), Vec::new(), 0_u64);
        for column in lookup.number_labs() {
            columns = columns.saturating_add(1);
            let evidence = lookup.counted(&column).map(|counted| &counted.evidence);
            let in_header = read_header(&column.variable().header).unit.is_some();
            if !in_header && evidence.is_some_and(|evidence| evidence.with_unit() > 0) {
                by_cell.push(column);
            } else if column.variable().unit.is_none() && !is_without_unit(&column.variable().name) {
                bare.push((column, 0));
            }
        }
        UnitRules { bare, by_cell, columns, values: 0, without: 0 }
    }
}

fn is_without_unit(name: &str) -> bool {
    normalise(name).split(' ').any(|word| WITHOUT_UNIT.contains(&word))
}

impl ValidationRule for UnitRules<'_> {
    fn look(&mut self, case: &CaseView<'_>, sink: &mut CaseSink<'_>) {
        for (column, values) in self.bare.iter_mut().filter(|(column, _)| case.is_number(column)) {
            *values = values.saturating_add(1);
            self.values = self.values.saturating_add(1);
            self.without = self.without.saturating_add(1);
            // Reported once, at the first value: the fault is that of the column.
            if *values == 1 {
                let finding = || missing(column, "a column of numbers without a unit", case);
                sink.once_of_case(UNIT, (case, &column.variable().header), finding);
            }
        }
        for column in self.by_cell.iter().filter(|column| case.is_number(column)) {
            self.values = self.values.saturating_add(1);
            let text = case.case.text(column.column);
            if !carries_unit(&text, column.rules.decimal_comma) {
                self.without = self.without.saturating_add(1);
                let finding = || missing(column, "a number without a unit", case);
                sink.of_case(UNIT, (case, &column.variable().header), finding);
            }
        }
    }

    fn absorb(&mut self, other: Self) {
        let counts = self.bare.iter_mut().zip(other.bare);
        counts.for_each(|((_, ours), (_, theirs))| *ours = ours.saturating_add(theirs));
        self.values = self.values.saturating_add(other.values);
        self.without = self.without.saturating_add(other.without);
    }

    fn conclude(self, _: &mut FindingSink<'_>, conclusions: &mut Conclusions) {
        if self.columns == 0 {
            conclusions.add(UNIT, ItemState::NotApplicable, "no laboratory column with numbers");
            return;
        }
        let by_column = self.columns.saturating_sub(self.by_cell.len() as u64).saturating_sub(self.bare.len() as u64);
        let found = match (self.by_cell.is_empty() && self.bare.is_empty(), self.without) {
            (true, _) => format!("{} columns, each with a unit in the header or the schema", self.columns),
            (false, 0) => format!("{by_column} columns with a unit; in the others every value has its own"),
            (false, without) => {
                format!("{by_column} columns with a unit; in the others {without} of {} values have none", self.values)
            }
        };
        conclusions.judge(UNIT, self.without == 0, found);
    }
}

fn missing(column: &CaseColumn<'_>, message: &str, case: &CaseView<'_>) -> CellFinding {
    let value = case.case.text(column.column).into_owned();
    let (name, unit) = (&column.variable().name, column.variable().unit.as_deref());
    let example = unit.map_or("hb (g/dL)".to_owned(), |unit| format!("{name} ({unit})"));
    let remedy = format!("write the unit into the header, as in {example}, into the cell, or into the schema");
    CellFinding::new(message).value(value).remedy(remedy)
}
