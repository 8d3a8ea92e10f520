//! Examines the cases in several threads; what depends on the cases before is taken in their order.
//!
//! ```text
//! a block --> rules count, in each thread --------------------------> absorbed at the end --.
//!         '-> findings, ids, fields of its cases --> taken in order of the blocks ---------+--> conclusions
//! ```

use super::alike_ids::{AlikeIds, IdHasher, IdsOfBlock};
use super::case_sink::{CaseFinding, CaseSink, Described};
use super::case_view::{CaseView, Remembered};
use super::column_lookup::ColumnLookup;
use super::identical::{CaseWithNumber, Identical};
use super::item::Conclusions;
use super::near_duplicates::{CasesWithTexts, FieldTexts, NearDuplicates};
use super::rules::Rules;
use super::sink::FindingSink;
use crate::cohort::case::{Case, CaseColumns};
use crate::cohort::filter::{BoundFilter, Truth};
use crate::cohort::in_turn::{BlockWorker, CasePass};
use crate::error::Error;
use crate::read::Block;
use crate::schema::audit::Audit;
use crate::tally::Cohort;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// What each thread begins with.
pub struct Examiner<'a> {
    cohort: &'a Cohort,
    lookup: &'a ColumnLookup<'a>,
    audit: &'a Audit,
    begin: Mutex<(Rules<'a>, Option<BoundFilter<'a>>)>,
}

impl<'a> Examiner<'a> {
    /// The rules for the columns of a cohort, applied to the cases that pass the filter.
    pub fn new(
        cohort: &'a Cohort,
        lookup: &'a ColumnLookup<'a>,
        audit: &'a Audit,
        filter: Option<BoundFilter<'a>>,
    ) -> Examiner<'a> {
        Examiner { cohort, lookup, audit, begin: Mutex::new((Rules::new(cohort, lookup, audit), filter)) }
    }
}

/// The rules that depend on the cases before.
struct InOrder<'a> {
    identical: Identical<'a>,
    alike_ids: AlikeIds<'a>,
    near_duplicates: NearDuplicates<'a>,
}

/// What one thread finds in one block.
struct FoundInBlock {
    thread: usize,
    found: Vec<CaseFinding>,
    numbers: Vec<CaseWithNumber>,
    ids: Option<IdsOfBlock>,
    fields: CasesWithTexts,
}

/// The work of one thread.
struct ExaminerThread<'a, 'e> {
    number: usize,
    columns: &'e CaseColumns<'e>,
    lookup: &'a ColumnLookup<'a>,
    rules: Rules<'a>,
    filter: Option<BoundFilter<'a>>,
    sink: CaseSink<'a>,
    remembered: Remembered,
    identical: &'e Identical<'a>,
    fields: FieldTexts<'a>,
    /// None where there are no ids to compare.
    ids: Option<IdHasher>,
}

impl<'a> BlockWorker for ExaminerThread<'a, '_> {
    type Done = FoundInBlock;
    type Known = (Rules<'a>, Vec<Described>);

    fn work(&mut self, block: &mut Block) -> FoundInBlock {
        let (mut numbers, mut rows) = (Vec::new(), Vec::new());
        for row in 0..block.rows() {
            let case = Case::new(block, row, self.columns);
            if self.filter.as_mut().is_some_and(|filter| filter.judge(&case) != Truth::True) {
                continue;
            }
            let view = CaseView::new(case, self.lookup, &self.remembered);
            self.rules.look(&view, &mut self.sink);
            self.identical.look(&view, &mut numbers);
            self.fields.look(&view);
            if let Some(hasher) = &mut self.ids {
                rows.push((row, hasher.of(&case.id())));
            }
        }
        // The ids are compared in the order of the cases: they go with their block.
        let ids = self.ids.is_some().then(|| IdsOfBlock { block: std::mem::take(block), rows });
        let (found, fields) = (self.sink.take_found(), self.fields.take_found());
        FoundInBlock { thread: self.number, found, numbers, ids, fields }
    }

    fn known(self) -> (Rules<'a>, Vec<Described>) {
        (self.rules, self.sink.into_beyond())
    }
}

/// Examines all cases, and reports on them.
///
/// Errors: inputs that can be read only once, and inputs that changed since they were counted.
pub fn examine(pass: CasePass<'_>, examiner: &Examiner<'_>, sink: &mut FindingSink<'_>) -> Result<Conclusions, Error> {
    let Examiner { cohort, lookup, audit, begin } = examiner;
    let identical = Identical::new(lookup);
    let mut in_order = InOrder {
        identical: identical.clone(),
        alike_ids: AlikeIds::new(lookup),
        near_duplicates: NearDuplicates::new(cohort, lookup, pass.threads),
    };
    let (threads, fields) = (AtomicUsize::new(0), in_order.near_duplicates.fields());
    let has_ids = in_order.alike_ids.is_run();
    let thread = || {
        let (rules, filter) = begin.lock().unwrap_or_else(PoisonError::into_inner).clone();
        ExaminerThread {
            number: threads.fetch_add(1, Ordering::Relaxed),
            columns: pass.cases,
            lookup,
            rules,
            filter,
            sink: CaseSink::new(audit),
            remembered: Remembered::default(),
            identical: &identical,
            fields: fields.clone(),
            ids: has_ids.then(IdHasher::default),
        }
    };
    let of_threads = pass.run(thread, |found| {
        in_order.take(found, pass.cases, sink);
        Ok(())
    })?;
    let mut conclusions = Conclusions::default();
    let (mut rules, _) = begin.lock().unwrap_or_else(PoisonError::into_inner).clone();
    for (counted, beyond) in of_threads {
        sink.count_beyond(beyond);
        rules.absorb(counted);
    }
    rules.conclude(sink, &mut conclusions);
    in_order.near_duplicates.conclude(sink);
    Ok(conclusions)
}

impl InOrder<'_> {
    fn take(&mut self, of: FoundInBlock, columns: &CaseColumns<'_>, sink: &mut FindingSink<'_>) {
        of.found.into_iter().for_each(|found| sink.take_case(found));
        of.numbers.into_iter().for_each(|found| self.identical.take(found, sink));
        if let Some(ids) = &of.ids {
            self.alike_ids.take(ids, columns, sink);
        }
        self.near_duplicates.take(of.thread, of.fields);
    }
}
