//! The rows of a listing, written by several threads in the order of the cases, or in that of their sort keys.

use crate::cohort::case::{Case, CaseColumns};
use crate::cohort::filter::{BoundFilter, Truth};
use crate::cohort::in_turn::{BlockWorker, CasePass};
use crate::error::Error;
use crate::read::{Block, PackedRecords, RecordSpool};
use crate::render::listing::RowWriter;
use crate::tables::listing::{KeyMaker, Listing, ListingEntry, RowFormat, RowMaker, SortKey, SortTable};
use std::io;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// What each thread begins with.
pub struct Lister<'a> {
    begin: Mutex<(Listing<'a>, Option<BoundFilter<'a>>)>,
    columns: &'a CaseColumns<'a>,
    /// How rows are written, once that is known.
    format: OnceLock<Arc<dyn RowFormat>>,
}

impl<'a> Lister<'a> {
    /// The rows of the cases that pass the filter; `format` is none where the first rows decide how they are written.
    pub fn new(
        listing: &Listing<'a>,
        columns: &'a CaseColumns<'a>,
        filter: Option<BoundFilter<'a>>,
        format: Option<Arc<dyn RowFormat>>,
    ) -> Lister<'a> {
        let format = format.map_or_else(OnceLock::new, OnceLock::from);
        Lister { begin: Mutex::new((listing.clone(), filter)), columns, format }
    }

    fn begin(&self) -> (Listing<'a>, Option<BoundFilter<'a>>) {
        self.begin.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What one thread does.
    pub fn thread(&self) -> ListerThread<'a, '_> {
        let (listing, filter) = self.begin();
        ListerThread { listing, filter, columns: self.columns, format: &self.format, maker: None }
    }

    /// Gives the rows of the next block to the writer.
    pub fn take(&self, rows: RowsOfBlock, to: &mut dyn RowWriter) -> io::Result<()> {
        match rows {
            RowsOfBlock::Written(rows) => to.written(&rows)?,
            RowsOfBlock::Entries(rows) => rows.into_iter().try_for_each(|row| to.row(row))?,
        }
        if self.format.get().is_none()
            && let Some(format) = to.format()
        {
            // Only this thread sets it.
            let _ = self.format.set(format);
        }
        Ok(())
    }
}

/// The rows of one block.
pub enum RowsOfBlock {
    /// As they stand in the output.
    Written(String),
    /// Where the writer has to know them first.
    Entries(Vec<Vec<ListingEntry>>),
}

/// The work of one thread.
pub struct ListerThread<'a, 'l> {
    listing: Listing<'a>,
    filter: Option<BoundFilter<'a>>,
    columns: &'a CaseColumns<'a>,
    format: &'l OnceLock<Arc<dyn RowFormat>>,
    maker: Option<RowMaker<'a>>,
}

impl<'a> BlockWorker for ListerThread<'a, '_> {
    type Done = RowsOfBlock;
    type Known = Listing<'a>;

    fn work(&mut self, block: &mut Block) -> RowsOfBlock {
        let ListerThread { listing, filter, columns, format, maker } = self;
        let cases = kept(block, columns, filter);
        let Some(format) = format.get() else {
            return RowsOfBlock::Entries(cases.map(|case| listing.row(&case)).collect());
        };
        let maker = maker.get_or_insert_with(|| RowMaker::new(listing.without_rows(), format.clone()));
        let mut rows = String::new();
        cases.for_each(|case| maker.write(&case, &mut rows));
        RowsOfBlock::Written(rows)
    }

    fn known(mut self) -> Listing<'a> {
        if let Some(maker) = self.maker {
            self.listing.absorb(&maker.into_listing());
        }
        self.listing
    }
}

/// The cases of a block that pass the filter.
fn kept<'b>(
    block: &'b Block,
    columns: &'b CaseColumns<'b>,
    filter: &'b mut Option<BoundFilter<'_>>,
) -> impl Iterator<Item = Case<'b>> {
    let cases = (0..block.rows()).map(move |row| Case::new(block, row, columns));
    cases.filter(move |case| filter.as_mut().is_none_or(|filter| filter.judge(case) == Truth::True))
}

/// Makes the sort keys of the cases, and puts their records aside.
struct SorterThread<'a> {
    maker: KeyMaker<'a>,
    filter: Option<BoundFilter<'a>>,
    columns: &'a CaseColumns<'a>,
}

impl BlockWorker for SorterThread<'_> {
    type Done = (Vec<SortKey>, PackedRecords);
    type Known = ();

    fn work(&mut self, block: &mut Block) -> (Vec<SortKey>, PackedRecords) {
        let (mut keys, mut records) = (Vec::new(), PackedRecords::of(block));
        for row in 0..block.rows() {
            let case = Case::new(block, row, self.columns);
            if self.filter.as_mut().is_none_or(|filter| filter.judge(&case) == Truth::True) {
                self.maker.write(&case, &mut keys);
                records.push(block, row);
            }
        }
        (keys, records)
    }

    fn known(self) {}
}

/// Writes the rows in the order of their sort keys: the keys are in memory, and where the records are.
///
/// Errors: inputs that changed, a temporary file that cannot be written, failed writes.
pub fn sorted<'a>(
    pass: CasePass<'_>,
    lister: &Lister<'a>,
    take: impl FnMut(RowsOfBlock) -> Result<(), Error>,
) -> Result<Vec<Listing<'a>>, Error> {
    let (listing, _) = lister.begin();
    let descending = listing.descending();
    let mut keys = SortTable::new(descending.len());
    let mut spool = RecordSpool::new(pass.columns.len());
    let thread = || {
        let (listing, filter) = lister.begin();
        SorterThread { maker: KeyMaker::new(listing), filter, columns: lister.columns }
    };
    pass.run(thread, |(of_cases, records)| {
        keys.add(of_cases);
        spool.add(&records)
    })?;
    let order = keys.order(&descending);
    // A record has been judged: it is not judged again.
    let thread = || ListerThread { filter: None, ..lister.thread() };
    pass.run_again(spool.in_order(order), thread, take)
}
