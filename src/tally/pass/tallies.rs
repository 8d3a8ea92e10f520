//! All tallies of one thread.

use super::agreement::Agreement;
use super::bound_filters::BoundFilters;
use super::column::ColumnTally;
use super::duplicates;
use super::groups::{Sorted, Sorter};
use super::ids::Ids;
use super::last_row::LastRow;
use super::last_totals::LastTotals;
use super::naming::{NamingTally, naming_columns};
use super::one_hot::SetComposer;
use super::pass_counts::{GroupParts, PassCounts};
use super::places::FirstPlaces;
use super::plan::Plan;
use super::ranges::RangeTally;
use super::row_checks::RowChecks;
use super::run::RecordRun;
use crate::cohort::cell::CellRules;
use crate::cohort::range::Demographics;
use crate::diagnostic::Findings;
use crate::read::Batch;
use crate::schema::evidence::Evidence;
use crate::schema::{Kind, Role};
use std::sync::Arc;

/// Records that are counted column by column: few enough to stay in the nearest cache for all columns.
const ROWS: usize = 256;

/// All tallies of one thread.
pub struct Tallies<'a> {
    columns: Vec<ColumnTally<'a>>,
    /// `None` for nearly every column of a wide file.
    ranges: Vec<Option<Box<RangeTally<'a>>>>,
    /// Which of the columns are counted, and which of them also by group.
    counted: Vec<bool>,
    by_group: Vec<bool>,
    composing: SetComposer<'a>,
    sorter: Sorter<'a>,
    agreement: Agreement<'a>,
    places: FirstPlaces,
    ids: Ids,
    row_checks: RowChecks<'a>,
    /// Columns whose header may name the case or number the rows.
    pub naming: Vec<NamingTally>,
    id: Option<usize>,
    beside: Option<usize>,
    pub findings: Findings,
    totals: LastTotals,
    last_row: Option<LastRow>,
    /// Members of JSON cases that are not columns yet.
    pub unknown: Vec<String>,
}

impl<'a> Tallies<'a> {
    /// Tallies without records.
    pub fn new(plan: &Plan<'a>) -> Tallies<'a> {
        let demographics = Demographics { age: plan.of_role(Role::Age), sex: plan.of_role(Role::Sex) };
        let columns = plan.variables.iter().map(|(v, column)| ColumnTally::new(plan.rules(v), *column));
        // A column of case IDs is never tabulated.
        let is_counted = |(index, tally): (usize, &ColumnTally<'_>)| plan.is_counted(index) && !tally.names_the_case();
        let columns: Vec<ColumnTally<'a>> = columns.collect();
        let ranges = plan.variables.iter().enumerate().map(|(index, (v, column))| {
            let judged = v.kind == Kind::Number && !v.ranges.is_empty() && plan.is_counted(index);
            judged.then(|| Box::new(RangeTally::new(plan.rules(v), *column, demographics)))
        });
        Tallies {
            counted: columns.iter().enumerate().map(is_counted).collect(),
            columns,
            ranges: ranges.collect(),
            by_group: (0..plan.variables.len()).map(|index| plan.is_counted_by_group(index)).collect(),
            composing: plan.composing(),
            sorter: plan.sorter(),
            agreement: Agreement::new(plan),
            places: FirstPlaces::default(),
            ids: Ids::default(),
            row_checks: RowChecks { names: plan.columns.names(), id: plan.id, first: plan.first_column() },
            naming: naming_columns(plan.columns.names()).iter().map(NamingTally::new).collect(),
            id: plan.id,
            beside: plan.beside(),
            findings: Findings::default(),
            totals: LastTotals::default(),
            last_row: None,
            unknown: Vec::new(),
        }
    }

    /// Counts the records of a batch.
    pub fn add(&mut self, batch: &mut Batch) {
        self.composing.compose(&mut batch.block);
        let batch = &*batch;
        let block = &batch.block;
        duplicates::add_rows(&mut self.ids, batch, self.row_checks, &mut self.findings, &mut self.totals);
        self.last_row = LastRow::of(block, self.id).or(self.last_row.take());
        self.naming.iter_mut().for_each(|tally| tally.add(block));
        for first in (0..block.rows()).step_by(ROWS) {
            let rows = first..(first + ROWS).min(block.rows());
            let members = self.sorter.sort(block, rows.clone());
            let run = RecordRun { block, rows, id: self.id, beside: self.beside, members };
            self.places.begin(&run);
            self.agreement.check(&run, &mut self.findings);
            let alone = RecordRun { members: None, ..run.clone() };
            let runs = self.by_group.iter().map(|by_group| if *by_group { &run } else { &alone });
            let columns = self.columns.iter_mut().zip(&self.counted);
            for (((column, is_counted), range), run) in columns.zip(&mut self.ranges).zip(runs) {
                if *is_counted {
                    column.add(run, &mut self.places);
                }
                if let Some(range) = range {
                    range.add(run);
                }
            }
        }
    }

    /// Notes the names of members that are not columns yet.
    pub fn add_unknown(&mut self, names: Vec<String>) {
        for name in names {
            if !self.unknown.contains(&name) {
                self.unknown.push(name);
            }
        }
    }

    /// What the cells of each column look like in this thread.
    pub fn evidence(&mut self) -> Vec<Arc<Evidence>> {
        let places = &self.places;
        self.columns.iter_mut().map(|column| Arc::new(column.evidence(places))).collect()
    }

    /// True for a variable of which some cells were understood as the plan assumes.
    pub fn is_interpreted(&self, index: usize) -> bool {
        self.columns.get(index).is_some_and(ColumnTally::is_interpreted)
    }

    /// The counts of this thread, with the columns read by these rules.
    pub fn finish(mut self, rules: &[CellRules<'_>]) -> (PassCounts, BoundFilters<'a>) {
        self.ids.sort();
        let Sorted { groups: keys, filtered, judged, keep, panel, too_many } = self.sorter.finish();
        let mut groups: Vec<GroupParts> =
            keys.iter().map(|(_, cases)| GroupParts { cases: *cases, ..GroupParts::default() }).collect();
        let mut findings = self.findings;
        findings.merge(self.composing.finish());
        let mut columns = Vec::new();
        for (column, rules) in self.columns.into_iter().zip(rules) {
            let column = column.finish(*rules, &self.places);
            findings.merge(column.findings);
            columns.push(Some(column.counts));
            let mut of_groups = column.groups.into_iter();
            groups.iter_mut().for_each(|group| group.columns.push(of_groups.next()));
        }
        let mut ranges = Vec::new();
        for range in self.ranges {
            let Some((counts, of_groups, found)) = range.map(|range| range.finish()) else {
                ranges.push(None);
                groups.iter_mut().for_each(|group| group.ranges.push(None));
                continue;
            };
            findings.merge(found);
            ranges.push(Some(counts));
            let mut of_groups = of_groups.into_iter();
            groups.iter_mut().for_each(|group| group.ranges.push(of_groups.next()));
        }
        let groups = keys.into_iter().map(|(key, _)| key).zip(groups).collect();
        let counts = PassCounts {
            columns,
            ranges,
            groups,
            filtered,
            judged,
            too_many_groups: too_many,
            ids: vec![self.ids],
            findings,
            totals: self.totals,
            last_row: self.last_row,
        };
        (counts, BoundFilters { keep, panel })
    }
}
