//! Blocks of cases worked on by several threads; their results are handed over in the order of the files.
//!
//! ```text
//! Feed --(in turn, under a lock)--> block 0 --worker A--> result 0 --.
//!                                   block 1 --worker B--> result 1 --+--> results 0, 1, 2, ... to one taker
//!                                   block 2 --worker A--> result 2 --'
//! ```
//! A worker that is far ahead waits, so that few results are in memory.

use super::case::CaseColumns;
use super::composer::Composer;
use crate::diagnostic::{Findings, Severity};
use crate::error::Error;
use crate::read::{Batch, Block, Columns, Feed, Inputs, SpoolReader};
use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard};

/// Inputs below this size are read by one thread.
const SMALL: u64 = 1 << 20;
/// Results that wait for an earlier one, for each thread.
const AHEAD: u64 = 4;

/// What one thread does with blocks of cases.
pub trait BlockWorker {
    /// The result of a block.
    type Done: Send;
    /// What the thread knows after its last block.
    type Known: Send;

    /// Works on the records of one block, which the result may take with it.
    fn work(&mut self, block: &mut Block) -> Self::Done;

    /// Ends the work.
    fn known(self) -> Self::Known;
}

/// A pass over the cases of the inputs that were counted before.
#[derive(Clone, Copy)]
pub struct CasePass<'p> {
    /// The inputs.
    pub inputs: &'p Inputs,
    /// The columns of the file found by the pass before.
    pub columns: &'p Columns,
    /// The columns of the cases.
    pub cases: &'p CaseColumns<'p>,
    /// The number of threads.
    pub threads: usize,
}

/// What hands out blocks of records in turn.
trait BlockSource: Send {
    /// Fills the batch with the next records; false at the end.
    fn fill(&mut self, batch: &mut Batch) -> Result<bool, Error>;

    /// What was found about the structure of the records.
    fn into_findings(self) -> Findings;
}

impl BlockSource for Feed<'_> {
    fn fill(&mut self, batch: &mut Batch) -> Result<bool, Error> {
        self.next(batch)
    }

    fn into_findings(self) -> Findings {
        Feed::into_findings(self)
    }
}

impl BlockSource for SpoolReader<'_> {
    fn fill(&mut self, batch: &mut Batch) -> Result<bool, Error> {
        Ok(self.next(batch))
    }

    fn into_findings(self) -> Findings {
        Findings::default()
    }
}

/// So many threads as were wished, or else as there are processors; one for a small input.
pub fn threads(inputs: &Inputs, wished: Option<usize>) -> usize {
    let processors = || std::thread::available_parallelism().map_or(1, usize::from);
    wished.unwrap_or_else(|| if inputs.size() < SMALL { 1 } else { processors() }).max(1)
}

impl CasePass<'_> {
    /// Works on all blocks, and hands over their results in the order of the files; what the threads know at the end.
    ///
    /// Errors: inputs that can be read only once, that changed since, or what `take` refuses, which ends the pass.
    pub fn run<W: BlockWorker>(
        self,
        begin: impl Fn() -> W + Sync,
        take: impl FnMut(W::Done) -> Result<(), Error>,
    ) -> Result<Vec<W::Known>, Error> {
        self.inputs.unchanged(|| self.over(Feed::new(self.inputs), begin, take))
    }

    /// The same over records that are read again, in their order there.
    ///
    /// Errors: inputs that changed, a temporary file that cannot be read, or what `take` refuses.
    pub fn run_again<W: BlockWorker>(
        self,
        records: SpoolReader<'_>,
        begin: impl Fn() -> W + Sync,
        take: impl FnMut(W::Done) -> Result<(), Error>,
    ) -> Result<Vec<W::Known>, Error> {
        self.inputs.unchanged(|| self.over(records, begin, take))
    }

    fn over<W: BlockWorker>(
        self,
        source: impl BlockSource,
        begin: impl Fn() -> W + Sync,
        mut take: impl FnMut(W::Done) -> Result<(), Error>,
    ) -> Result<Vec<W::Known>, Error> {
        let turns = Turns::new(source, self.threads);
        let known = if self.threads == 1 {
            let mut worker = self.worker(begin());
            let mut batch = Batch::default();
            while let Some((_, read)) = turns.next(&mut batch) {
                take(read.and_then(|()| worker.work(&mut batch))?)?;
            }
            vec![turns.ended(worker)]
        } else {
            std::thread::scope(|scope| {
                let job = || turns.work(|| self.worker(begin()));
                let workers: Vec<_> = (0..self.threads).map(|_| scope.spawn(job)).collect();
                let taken = turns.take_all(&mut take);
                let known = workers.into_iter().map(|one| one.join().unwrap_or_else(|e| std::panic::resume_unwind(e)));
                let known: Vec<_> = known.collect();
                taken.map(|()| known)
            })?
        };
        let findings = turns.into_findings();
        if findings.count(Severity::Error) > 0 { Err(findings.into()) } else { Ok(known) }
    }

    fn worker<W: BlockWorker>(&self, worker: W) -> CaseReader<'_, W> {
        let rules = self.cases.all().iter().map(|column| (column.rules, column.column));
        let composer = Composer::new(rules, self.columns.names());
        CaseReader { columns: self.columns, composer, notes: Findings::default(), worker }
    }
}

/// A worker with what makes cases of the records.
struct CaseReader<'p, W> {
    columns: &'p Columns,
    composer: Composer<'p>,
    notes: Findings,
    worker: W,
}

impl<W: BlockWorker> CaseReader<'_, W> {
    fn work(&mut self, batch: &mut Batch) -> Result<W::Done, Error> {
        batch.decode(self.columns, &mut self.notes)?;
        // The pass before has reported the findings about the cells.
        self.composer.compose(&mut batch.block, |_| {});
        Ok(self.worker.work(&mut batch.block))
    }
}

/// Hands out blocks in turn, and takes their results in the same order.
struct Turns<S, T> {
    /// The number of the next block; none behind the last, and behind one that cannot be read.
    source: Mutex<(S, Option<u64>)>,
    notes: Mutex<Findings>,
    results: Mutex<ResultsInTurn<T>>,
    changed: Condvar,
    ahead: u64,
}

struct ResultsInTurn<T> {
    /// Those that wait for an earlier one, by the number of the block.
    waiting: BTreeMap<u64, Result<T, Error>>,
    /// The number of the next to be taken.
    next: u64,
    /// Threads at work.
    working: usize,
    /// True where no result is wanted any more.
    is_over: bool,
}

impl<S: BlockSource, T> Turns<S, T> {
    fn new(source: S, threads: usize) -> Turns<S, T> {
        let results = ResultsInTurn { waiting: BTreeMap::new(), next: 0, working: threads, is_over: false };
        Turns {
            source: Mutex::new((source, Some(0))),
            notes: Mutex::new(Findings::default()),
            results: Mutex::new(results),
            changed: Condvar::new(),
            ahead: AHEAD.saturating_mul(threads as u64),
        }
    }

    /// Fills the batch with the next block, and gives its number and whether it could be read; `None` after the last.
    fn next(&self, batch: &mut Batch) -> Option<(u64, Result<(), Error>)> {
        let (source, number) = &mut *lock(&self.source);
        let own = (*number)?;
        let read = source.fill(batch);
        *number = own.checked_add(1).filter(|_| matches!(read, Ok(true)));
        match read {
            Ok(more) => more.then_some((own, Ok(()))),
            Err(fault) => Some((own, Err(fault))),
        }
    }

    /// The work of one thread.
    fn work<'r, W: BlockWorker<Done = T>>(&self, begin: impl FnOnce() -> CaseReader<'r, W>) -> W::Known {
        // Also where the thread panics: nobody may wait for it.
        let _leaving = Leaving(&self.results, &self.changed);
        let (mut reader, mut batch) = (begin(), Batch::default());
        while let Some((number, read)) = self.next(&mut batch) {
            if !self.put(number, read.and_then(|()| reader.work(&mut batch))) {
                break;
            }
        }
        self.ended(reader)
    }

    fn ended<W: BlockWorker>(&self, reader: CaseReader<'_, W>) -> W::Known {
        lock(&self.notes).merge(reader.notes);
        reader.worker.known()
    }

    /// Puts a result in, once it is not far ahead; false where it is not wanted any more.
    fn put(&self, number: u64, done: Result<T, Error>) -> bool {
        let mut results = lock(&self.results);
        while number > results.next.saturating_add(self.ahead) && !results.is_over {
            results = self.changed.wait(results).unwrap_or_else(std::sync::PoisonError::into_inner);
        }
        results.waiting.insert(number, done);
        self.changed.notify_all();
        !results.is_over
    }

    /// Takes the results in order until there are no more, or one is refused.
    fn take_all(&self, take: &mut impl FnMut(T) -> Result<(), Error>) -> Result<(), Error> {
        let taken = loop {
            match self.next_result() {
                None => break Ok(()),
                Some(done) => {
                    if let Err(fault) = done.and_then(&mut *take) {
                        break Err(fault);
                    }
                }
            }
        };
        lock(&self.results).is_over = true;
        self.changed.notify_all();
        taken
    }

    /// The next result in order; `None` after the last.
    fn next_result(&self) -> Option<Result<T, Error>> {
        let mut results = lock(&self.results);
        loop {
            let next = results.next;
            if let Some(done) = results.waiting.remove(&next) {
                results.next = next.saturating_add(1);
                self.changed.notify_all();
                return Some(done);
            }
            if results.working == 0 || results.is_over {
                return None;
            }
            results = self.changed.wait(results).unwrap_or_else(std::sync::PoisonError::into_inner);
        }
    }

    fn into_findings(self) -> Findings {
        let (source, _) = self.source.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut findings = source.into_findings();
        findings.merge(self.notes.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner));
        findings
    }
}

/// Tells that a thread has ended, however it did.
struct Leaving<'t, T>(&'t Mutex<ResultsInTurn<T>>, &'t Condvar);

impl<T> Drop for Leaving<'_, T> {
    fn drop(&mut self) {
        let mut results = lock(self.0);
        results.working = results.working.saturating_sub(1);
        // Its block has no result, and the others wait for it.
        results.is_over |= std::thread::panicking();
        self.1.notify_all();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // If a thread has panicked, the run ends anyway.
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cohort::case::Case;

    /// Lists the numbers and texts of the cases of each block.
    struct Lister<'c>(&'c CaseColumns<'c>, u64);

    impl BlockWorker for Lister<'_> {
        type Done = Vec<(u64, String)>;
        type Known = u64;

        fn work(&mut self, block: &mut Block) -> Vec<(u64, String)> {
            self.1 = self.1.saturating_add(block.rows() as u64);
            let cases = (0..block.rows()).map(|row| Case::new(block, row, self.0));
            cases.map(|case| (case.number(), case.text(0).into_owned())).collect()
        }

        fn known(self) -> u64 {
            self.1
        }
    }

    fn run(
        text: &'static str,
        threads: usize,
        take: impl FnMut(Vec<(u64, String)>) -> Result<(), Error>,
    ) -> Result<Vec<u64>, Error> {
        let mut inputs = Inputs::embedded("cases.csv", text).unwrap();
        inputs.block_size = 16;
        let (columns, cases) = (Columns::default(), CaseColumns::default());
        let pass = CasePass { inputs: &inputs, columns: &columns, cases: &cases, threads };
        pass.run(|| Lister(&cases, 0), take)
    }

    #[test]
    fn results_come_in_the_order_of_the_file_whatever_the_threads() {
        let text: String = (1..=500).map(|number| format!("P{number},x\n")).collect();
        let text: &'static str = format!("id,a\n{text}").leak();
        for threads in [1, 2, 3, 16] {
            let mut taken = Vec::new();
            let known = run(text, threads, |cases| {
                taken.extend(cases);
                Ok(())
            });
            assert_eq!(taken, (1..=500).map(|number| (number, format!("P{number}"))).collect::<Vec<_>>());
            let known = known.unwrap();
            assert_eq!((known.len(), known.iter().sum::<u64>()), (threads, 500));
        }
    }

    #[test]
    fn what_is_refused_ends_the_pass() {
        let text: String = (1..=500).map(|number| format!("P{number},x\n")).collect();
        let text: &'static str = format!("id,a\n{text}").leak();
        for threads in [1, 4] {
            let mut taken = 0;
            let ended = run(text, threads, |_| {
                taken += 1;
                if taken == 3 { Err(Error::usage("enough")) } else { Ok(()) }
            });
            assert_eq!((ended.is_err(), taken), (true, 3));
        }
    }
}
