//! One pass over all records, by one thread or several.
//!
//! ```text
//! pass      counts the cells of every column as they are written, and says what they look like
//! Counted   the counts of all threads; the caller now decides what each column means
//! settle    turns what is written into counts of values, levels, items, dates, lines
//! ```

mod agreement;
pub mod bound_filters;
mod cell_findings;
mod column;
mod column_counts;
pub mod duplicates;
pub mod first_look;
pub mod groups;
pub mod ids;
mod interpreted;
mod judging;
mod last_row;
mod last_totals;
mod limits;
mod naming;
mod one_hot;
mod pass_counts;
mod places;
pub mod plan;
mod ranges;
mod row_checks;
mod run;
mod settle;
mod tallies;
mod visits;
mod written;

pub use pass_counts::{GroupParts, PassCounts};

use crate::cohort::cell::CellRules;
use crate::cohort::filter::FilterFault;
use crate::diagnostic::Findings;
use crate::error::Error;
use crate::read::{Batch, Feed, Inputs};
use crate::schema::Variable;
use crate::schema::evidence::{Evidence, Naming};
use bound_filters::Spellings;
use naming::NamingTally;
use plan::Plan;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};
use tallies::Tallies;

/// The cells of all columns, counted as they are written.
pub struct Counted<'a> {
    threads: Vec<Tallies<'a>>,
    /// What the cells of each variable look like.
    pub evidence: Vec<Arc<Evidence>>,
    /// What the cells of columns are whose header may name the case or number the rows, by column of the file.
    pub naming: BTreeMap<usize, Naming>,
    /// Members of JSON cases that are not columns yet.
    pub unknown: Vec<String>,
    rows: u64,
    rows_by_input: Vec<u64>,
    findings: Findings,
}

/// The result of a pass.
#[derive(Default)]
pub struct PassResult {
    pub rows: u64,
    pub rows_by_input: Vec<u64>,
    pub evidence: Vec<Arc<Evidence>>,
    pub parts: PassCounts,
    /// A level that the filter names but no case has.
    pub no_such_level: Option<FilterFault>,
    /// The same for the conditions, each with its number.
    pub no_such_level_of: Vec<(usize, FilterFault)>,
    /// The words of the cells that they name in other capitals.
    pub spellings: Spellings,
}

/// Reads all inputs once.
pub fn pass<'a>(inputs: &Inputs, plan: &Plan<'a>) -> Result<Counted<'a>, Error> {
    let feed = Mutex::new(Feed::new(inputs));
    let all = in_threads(plan.threads, |_| work(&feed, plan));
    let feed = feed.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    let mut counted = Counted {
        threads: Vec::new(),
        evidence: Vec::new(),
        naming: BTreeMap::new(),
        unknown: Vec::new(),
        rows: feed.rows(),
        rows_by_input: feed.rows_by_input().to_vec(),
        findings: feed.into_findings(),
    };
    let mut naming: BTreeMap<usize, Vec<NamingTally>> = BTreeMap::new();
    let mut found: Vec<Arc<Evidence>> = Vec::new();
    for thread in all {
        let (mut tallies, evidence) = thread?;
        for tally in std::mem::take(&mut tallies.naming) {
            naming.entry(tally.column()).or_default().push(tally);
        }
        if found.is_empty() {
            found = evidence;
        } else {
            let merged = found.iter_mut().zip(evidence);
            merged.for_each(|(ours, theirs)| Arc::make_mut(ours).merge(Arc::unwrap_or_clone(theirs)));
        }
        let unknown = std::mem::take(&mut tallies.unknown);
        unknown.into_iter().for_each(|name| add_name(&mut counted.unknown, name));
        counted.threads.push(tallies);
    }
    counted.evidence = found;
    counted.naming = naming.into_iter().map(|(column, tallies)| (column, naming::naming(tallies))).collect();
    Ok(counted)
}

fn add_name(names: &mut Vec<String>, name: String) {
    if !names.contains(&name) {
        names.push(name);
    }
}

/// Runs a job once for each of several threads; the results in the order of the threads.
fn in_threads<T: Send>(threads: usize, job: impl Fn(usize) -> T + Sync) -> Vec<T> {
    if threads <= 1 {
        return vec![job(0)];
    }
    let job = &job;
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|number| scope.spawn(move || job(number))).collect();
        let done =
            workers.into_iter().map(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        done.collect()
    })
}

/// Counts batches until there are no more.
fn work<'a>(feed: &Mutex<Feed<'_>>, plan: &Plan<'a>) -> Result<(Tallies<'a>, Vec<Arc<Evidence>>), Error> {
    let mut tallies = Tallies::new(plan);
    let mut batch = Batch::default();
    loop {
        let more = lock(feed).next(&mut batch);
        // Refused cases do not end the pass: all problems are shown in one run.
        let Some(more) = refused_into(more, &mut tallies.findings)? else { continue };
        if !more {
            let evidence = tallies.evidence();
            return Ok((tallies, evidence));
        }
        let decoded = batch.decode(plan.columns, &mut tallies.findings);
        let Some(unknown) = refused_into(decoded, &mut tallies.findings)? else { continue };
        tallies.add_unknown(unknown);
        tallies.add(&mut batch);
    }
}

impl Counted<'_> {
    /// For each variable, whether some of its cells were understood as the plan assumes.
    pub fn is_interpreted(&self, index: usize) -> bool {
        self.threads.iter().any(|tallies| tallies.is_interpreted(index))
    }

    /// The counts, with the columns read as these variables say.
    pub fn settle(self, variables: &[(Variable, usize)], plan: &Plan<'_>) -> PassResult {
        let rules: Vec<CellRules<'_>> = variables.iter().map(|(variable, _)| plan.rules(variable)).collect();
        let number = self.threads.len();
        let threads: Vec<_> = self.threads.into_iter().map(|tallies| Mutex::new(Some(tallies))).collect();
        let finish =
            |number: usize| threads.get(number).and_then(|thread| lock(thread).take()).map(|t| t.finish(&rules));
        let mut done = in_threads(number, finish).into_iter().flatten();
        let (mut parts, mut filters) = done.next().unwrap_or_default();
        for (other, also) in done {
            parts.merge(other);
            filters.absorb(&also);
        }
        parts.findings.merge(self.findings);
        let totals = std::mem::take(&mut parts.totals);
        totals.report(&self.rows_by_input, &mut parts.findings);
        let last = parts.last_row.take().filter(|_| self.rows_by_input.len() == 1 && plan.keep.is_none());
        let likely = last.and_then(|last| last.finding(variables, &rules, &parts.columns));
        likely.into_iter().for_each(|finding| parts.findings.add(finding));
        let (no_such_level, no_such_level_of) = (filters.no_such_level(), filters.no_such_level_of(plan));
        let (rows, rows_by_input, evidence) = (self.rows, self.rows_by_input, self.evidence);
        let spellings = filters.spellings();
        PassResult { rows, rows_by_input, evidence, parts, no_such_level, no_such_level_of, spellings }
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

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // If a thread has panicked, the run ends anyway.
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
