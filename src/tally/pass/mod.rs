//! One pass over all records under one schema, by one thread or several.

mod cell_findings;
mod column;
mod column_counts;
pub mod duplicates;
pub mod first_look;
pub mod groups;
mod ids;
mod judging;
mod limits;
mod one_hot;
mod parts;
pub mod plan;
mod ranges;
mod row_checks;
mod run;

use crate::cohort::filter::{BoundFilter, FilterFault, Panel};
use crate::cohort::range::Demographics;
use crate::diagnostic::{Finding, Findings};
use crate::error::Error;
use crate::read::{Batch, Feed, Inputs};
use crate::schema::infer::Evidence;
use crate::schema::{Kind, Role};
use crate::tally::counts::{ConditionCounts, Counts, FilterCounts, RangeCounts};
use column::{ColumnResult, ColumnTally};
use groups::{GroupKey, Sorted, Sorter};
use ids::Ids;
use one_hot::SetComposer;
use plan::Plan;
use ranges::RangeTally;
use row_checks::RowChecks;
use run::RecordRun;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::{Mutex, MutexGuard};

/// Records that are counted column by column: few enough to stay in the nearest cache for all columns.
const ROWS: usize = 256;

/// All tallies of one thread.
struct Tallies<'a> {
    columns: Vec<ColumnTally<'a>>,
    ranges: Vec<Option<RangeTally<'a>>>,
    /// Which of the columns are also counted by group.
    by_group: Vec<bool>,
    composing: SetComposer<'a>,
    sorter: Sorter<'a>,
    ids: Ids,
    row_checks: RowChecks<'a>,
    id: Option<usize>,
    beside: Option<usize>,
    findings: Findings,
    totals: Vec<Finding>,
    unknown: Vec<String>,
}

impl<'a> Tallies<'a> {
    fn new(plan: &Plan<'a>) -> Tallies<'a> {
        let demographics = Demographics { age: plan.of_role(Role::Age), sex: plan.of_role(Role::Sex) };
        let columns = plan.variables.iter().map(|(v, column)| ColumnTally::new(plan.rules(v), *column, plan.reading()));
        let ranges = plan.variables.iter().map(|(v, column)| {
            let judged = v.kind == Kind::Number && !v.ranges.is_empty();
            judged.then(|| RangeTally::new(plan.rules(v), *column, demographics))
        });
        Tallies {
            columns: columns.collect(),
            ranges: ranges.collect(),
            by_group: (0..plan.variables.len()).map(|index| plan.is_counted_by_group(index)).collect(),
            composing: plan.composing(),
            sorter: plan.sorter(),
            ids: Ids::default(),
            row_checks: RowChecks { names: plan.columns.names(), id: plan.id },
            id: plan.id,
            beside: plan.beside(),
            findings: Findings::default(),
            totals: Vec::new(),
            unknown: Vec::new(),
        }
    }

    fn add(&mut self, batch: &mut Batch) {
        self.composing.compose(&mut batch.block);
        let batch = &*batch;
        let block = &batch.block;
        duplicates::add_rows(&mut self.ids, batch, self.row_checks, &mut self.findings);
        self.totals.extend(self.row_checks.last_row_is_a_total(batch));
        for first in (0..block.rows()).step_by(ROWS) {
            let rows = first..(first + ROWS).min(block.rows());
            let members = self.sorter.sort(block, rows.clone());
            let run = RecordRun { block, rows, id: self.id, beside: self.beside, members };
            let alone = RecordRun { members: None, ..run.clone() };
            let runs = self.by_group.iter().map(|by_group| if *by_group { &run } else { &alone });
            for ((column, range), run) in self.columns.iter_mut().zip(&mut self.ranges).zip(runs) {
                // A column of case IDs is never tabulated.
                if !column.names_the_case() {
                    column.add(run);
                }
                if let Some(range) = range {
                    range.add(run);
                }
            }
        }
    }

    fn finish(mut self) -> (PassCounts, BoundFilters<'a>) {
        self.ids.sort();
        let Sorted { groups: keys, filtered, judged, keep, panel, too_many } = self.sorter.finish();
        let mut groups: Vec<GroupParts> =
            keys.iter().map(|(_, cases)| GroupParts { cases: *cases, ..GroupParts::default() }).collect();
        let mut findings = self.findings;
        findings.merge(self.composing.finish());
        let mut columns = Vec::new();
        for column in self.columns {
            let ColumnResult { counts, groups: of_groups, evidence, findings: found } = column.finish();
            findings.merge(found);
            columns.push((counts, evidence));
            let mut of_groups = of_groups.into_iter();
            groups.iter_mut().for_each(|group| group.columns.push(of_groups.next().flatten()));
        }
        let mut ranges = Vec::new();
        for range in self.ranges {
            let Some((counts, of_groups, found)) = range.map(RangeTally::finish) else {
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
        let parts = PassCounts {
            columns,
            ranges,
            groups,
            filtered,
            judged,
            too_many_groups: too_many,
            ids: vec![self.ids],
            findings,
            totals: self.totals,
            unknown: self.unknown,
        };
        (parts, BoundFilters { keep, panel })
    }
}

/// The filter and the conditions, with the levels that occurred.
#[derive(Default)]
struct BoundFilters<'a> {
    keep: Option<BoundFilter<'a>>,
    panel: Option<Panel<'a>>,
}

impl BoundFilters<'_> {
    fn absorb(&mut self, other: &BoundFilters<'_>) {
        if let (Some(ours), Some(theirs)) = (&mut self.keep, &other.keep) {
            ours.absorb(theirs);
        }
        if let (Some(ours), Some(theirs)) = (&mut self.panel, &other.panel) {
            ours.absorb(theirs);
        }
    }
}

/// The result of a pass.
#[derive(Default)]
pub struct PassResult {
    pub rows: u64,
    pub rows_by_input: Vec<u64>,
    pub parts: PassCounts,
    /// A level that the filter names but no case has.
    pub no_such_level: Option<FilterFault>,
    /// The same for a condition, with its number.
    pub no_such_level_of: Option<(usize, FilterFault)>,
}

/// The counts of one group of cases, by the index of the variable.
#[derive(Default)]
pub struct GroupParts {
    pub cases: u64,
    pub columns: Vec<Option<Counts>>,
    pub ranges: Vec<Option<RangeCounts>>,
}

impl GroupParts {
    /// Takes the counts of one column; they are empty for a group without cases.
    pub fn take_counts(&mut self, index: usize, kind: Kind) -> Counts {
        self.columns.get_mut(index).and_then(Option::take).unwrap_or_else(|| Counts::none(kind))
    }

    fn merge(&mut self, other: GroupParts) {
        self.cases += other.cases;
        for (ours, theirs) in self.columns.iter_mut().zip(other.columns) {
            merge_met(ours, theirs, Counts::merge);
        }
        for (ours, theirs) in self.ranges.iter_mut().zip(other.ranges) {
            merge_met(ours, theirs, RangeCounts::merge);
        }
    }
}

/// Merges counts that one of two threads may not have.
fn merge_met<T>(ours: &mut Option<T>, theirs: Option<T>, merge: impl FnOnce(&mut T, T)) {
    match (ours, theirs) {
        (Some(ours), Some(theirs)) => merge(ours, theirs),
        (ours @ None, theirs) => *ours = theirs,
        (Some(_), None) => {}
    }
}

/// The merged counts of all threads.
#[derive(Default)]
pub struct PassCounts {
    pub columns: Vec<(Option<Counts>, Evidence)>,
    pub ranges: Vec<Option<RangeCounts>>,
    pub groups: BTreeMap<GroupKey, GroupParts>,
    pub filtered: FilterCounts,
    /// The counts of each condition.
    pub judged: BTreeMap<usize, ConditionCounts>,
    /// There are more groups in one thread than there may be.
    pub too_many_groups: bool,
    pub ids: Vec<Ids>,
    pub findings: Findings,
    /// Last rows of blocks that are totals if the input ends there.
    pub totals: Vec<Finding>,
    /// Members of JSON cases that are not columns yet.
    pub unknown: Vec<String>,
}

impl PassCounts {
    fn merge(&mut self, other: PassCounts) {
        for ((ours, our_evidence), (theirs, evidence)) in self.columns.iter_mut().zip(other.columns) {
            our_evidence.merge(evidence);
            merge_met(ours, theirs, Counts::merge);
        }
        for (ours, theirs) in self.ranges.iter_mut().zip(other.ranges) {
            merge_met(ours, theirs, RangeCounts::merge);
        }
        for (key, theirs) in other.groups {
            match self.groups.entry(key) {
                Entry::Vacant(entry) => drop(entry.insert(theirs)),
                Entry::Occupied(mut entry) => entry.get_mut().merge(theirs),
            }
        }
        self.filtered.merge(other.filtered);
        self.judged.values_mut().zip(other.judged.values()).for_each(|(ours, theirs)| ours.merge(theirs));
        self.too_many_groups |= other.too_many_groups;
        self.ids.extend(other.ids);
        self.findings.merge(other.findings);
        self.totals.extend(other.totals);
        add_names(&mut self.unknown, other.unknown);
    }
}

fn add_names(ours: &mut Vec<String>, theirs: Vec<String>) {
    for name in theirs {
        if !ours.contains(&name) {
            ours.push(name);
        }
    }
}

/// Reads all inputs once.
pub fn pass(inputs: &Inputs, plan: &Plan<'_>) -> Result<PassResult, Error> {
    let feed = Mutex::new(Feed::new(inputs));
    let (parts, asked) = if plan.threads <= 1 {
        work(&feed, plan)?
    } else {
        std::thread::scope(|scope| {
            let workers: Vec<_> = (0..plan.threads).map(|_| scope.spawn(|| work(&feed, plan))).collect();
            let mut all = workers.into_iter().map(|worker| match worker.join() {
                Ok(parts) => parts,
                Err(panic) => std::panic::resume_unwind(panic),
            });
            let (mut parts, mut asked) =
                all.next().unwrap_or_else(|| Ok(<(PassCounts, BoundFilters<'_>)>::default()))?;
            for other in all {
                let (other, also) = other?;
                parts.merge(other);
                asked.absorb(&also);
            }
            Ok::<_, Error>((parts, asked))
        })?
    };
    let feed = feed.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    let rows = feed.rows();
    let rows_by_input = feed.rows_by_input().to_vec();
    let no_such_level = asked.keep.and_then(|keep| keep.check_levels().err());
    let number =
        |index: usize| plan.conditions.as_ref().and_then(|put| put.groups.get(index)).map(|(number, _)| *number);
    let no_such_level_of = asked.panel.and_then(|panel| panel.check_levels().err());
    let no_such_level_of = no_such_level_of.map(|(index, fault)| (number(index).unwrap_or(index), fault));
    let mut passed = PassResult { rows, rows_by_input, parts, no_such_level, no_such_level_of };
    passed.parts.findings.merge(feed.into_findings());
    let last_rows: Vec<u64> = passed
        .rows_by_input
        .iter()
        .scan(0_u64, |rows, more| {
            *rows = rows.saturating_add(*more);
            Some(*rows)
        })
        .collect();
    for total in std::mem::take(&mut passed.parts.totals) {
        if last_rows.contains(&total.location.row) {
            passed.parts.findings.add(total);
        }
    }
    Ok(passed)
}

fn work<'a>(feed: &Mutex<Feed<'_>>, plan: &Plan<'a>) -> Result<(PassCounts, BoundFilters<'a>), Error> {
    let mut tallies = Tallies::new(plan);
    let mut batch = Batch::default();
    loop {
        let more = lock(feed).next(&mut batch);
        // Refused cases do not end the pass: all problems are shown in one run.
        let Some(more) = refused_into(more, &mut tallies.findings)? else { continue };
        if !more {
            return Ok(tallies.finish());
        }
        let decoded = batch.decode(plan.columns, &mut tallies.findings);
        let Some(unknown) = refused_into(decoded, &mut tallies.findings)? else { continue };
        add_names(&mut tallies.unknown, unknown);
        tallies.add(&mut batch);
    }
}

/// Adds the findings of a refusal to the others, and returns `None`; passes on all other errors.
pub fn refused_into<T>(done: Result<T, Error>, findings: &mut Findings) -> Result<Option<T>, Error> {
    match done {
        Ok(done) => Ok(Some(done)),
        Err(Error::Refused(refused)) => {
            findings.merge(*refused);
            Ok(None)
        }
        Err(other) => Err(other),
    }
}

fn lock<'f, 'i>(feed: &'f Mutex<Feed<'i>>) -> MutexGuard<'f, Feed<'i>> {
    // If a thread has panicked, the run ends anyway.
    feed.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
