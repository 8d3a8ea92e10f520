//! The listing: count the whole input, then read it again and write one row per case.

use super::kept::each_kept;
use super::open::{InputSpec, Opened, open_for};
use super::output::{Outcome, Stream, Target, write_files};
use super::progress::shown;
use super::rows::{Lister, sorted};
use crate::analyze::conventions::of_filter;
use crate::cohort::case::CaseColumns;
use crate::cohort::deidentify;
use crate::cohort::filter::BoundFilter;
use crate::cohort::in_turn::{CasePass, threads};
use crate::cohort::stream::ensure_can_be_read_twice;
use crate::diagnostic::Severity;
use crate::error::Error;
use crate::render::listing::Head;
use crate::tables::listing::{Listing, ListingEntry, ListingOptions, SortKey, compare_keys};
use crate::tally::{Cohort, read_cohort};
use std::io::Write;
use std::path::Path;

/// What the user requested.
pub struct CasesRequest {
    /// The input.
    pub input: InputSpec,
    /// Names of the columns; empty for the default columns.
    pub columns: Vec<String>,
    /// Columns to sort by, as typed: `COLUMN` or `COLUMN:desc`.
    pub sort: Vec<String>,
    /// Content of the rows.
    pub options: ListingOptions,
    /// The outputs with their formats.
    pub targets: Vec<Target>,
    /// True where a warning makes the run fail.
    pub strict: bool,
}

/// Runs the command; standard output is written later, while the input is read again.
///
/// Errors: input that is refused or cannot be read twice, unknown columns, and failed writes.
pub fn run(request: CasesRequest) -> Result<Outcome, Error> {
    let is_deidentified = request.options.deidentify;
    listed(request).map_err(|error| if is_deidentified { deidentify::refusal(error) } else { error })
}

fn listed(request: CasesRequest) -> Result<Outcome, Error> {
    let opened = open_for(&request.input, request.options.deidentify)?;
    ensure_can_be_read_twice(&opened.inputs)?;
    let mut cohort = shown(&opened.inputs, || read_cohort(&opened.inputs, &opened.settings))?;
    let mut findings = std::mem::take(&mut cohort.findings);
    findings.merge(opened.notes.clone());
    if request.options.deidentify {
        findings.each(deidentify::finding);
    }
    let failed = request.strict && findings.count(Severity::Warning) > 0;
    let series = CasesToList { opened, cohort, request };
    series.listing(&series.case_columns())?;
    shown(&series.opened.inputs, || write_files(series.files(), &series.opened.paths))?;
    let to_stdout = series.request.targets.iter().find(|target| target.path.is_none()).cloned();
    let stream =
        to_stdout.map(|target| -> Stream<'static> { Box::new(move |out, name| series.write(&target, out, name)) });
    Ok(Outcome { stream, findings, failed, ..Outcome::default() })
}

/// Everything needed to write the listing.
struct CasesToList {
    opened: Opened,
    cohort: Cohort,
    request: CasesRequest,
}

impl CasesToList {
    fn case_columns(&self) -> CaseColumns<'_> {
        self.cohort.case_columns(&self.opened.settings)
    }

    fn listing<'a>(&self, cases: &CaseColumns<'a>) -> Result<Listing<'a>, Error> {
        Listing::new(&self.cohort, cases, &self.request.columns, &self.request.sort, self.request.options)
    }

    /// The filter that decides which cases are listed.
    fn filter(&self) -> Result<Option<BoundFilter<'_>>, Error> {
        let settings = &self.opened.settings;
        let Some(keep) = &settings.keep else { return Ok(None) };
        let bound = keep.filter.bind(&self.cohort.columns_of_variables(settings));
        bound.map(Some).map_err(|fault| fault.into_error(&keep.text))
    }

    /// The outputs that are files.
    fn files(&self) -> Vec<(&Path, Stream<'_>)> {
        let targets = self.request.targets.iter().filter_map(|target| Some((target.path.as_deref()?, target)));
        let streams = targets.map(|(path, target)| -> (&Path, Stream<'_>) {
            (path, Box::new(move |out, name| self.write(target, out, name)))
        });
        streams.collect()
    }

    /// The names of the inputs as they are shown.
    fn input_names(&self) -> Vec<String> {
        let is_shown = !self.request.options.deidentify;
        let shown = |(number, name): (usize, &str)| {
            if is_shown { name.to_owned() } else { deidentify::file_name(name, number) }
        };
        (1..).zip(self.opened.inputs.names()).map(shown).collect()
    }

    fn write(&self, target: &Target, out: &mut dyn Write, name: &str) -> Result<(), Error> {
        let cases = self.case_columns();
        let mut listing = self.listing(&cases)?;
        let columns = listing.columns().to_vec();
        let inputs = self.input_names();
        let title = format!("Case listing ({})", inputs.join(", "));
        let head = Head { title: &title, inputs: &inputs, columns: &columns, width: target.width };
        let fault = |fault| Error::io(name, fault);
        target.begin(out).map_err(fault)?;
        let mut rows = target.format.listing(head, out).map_err(fault)?;
        let written = if listing.is_numbered() {
            self.write_numbered(&mut listing, &cases, |row| rows.row(row).map_err(fault))
        } else {
            let lister = Lister::new(&listing, &cases, self.filter()?, rows.format());
            let pass = self.pass(&cases);
            let mut take = |done| lister.take(done, &mut *rows).map_err(fault);
            let known = match listing.is_sorted() {
                true => sorted(pass, &lister, &mut take),
                false => pass.run(|| lister.thread(), take),
            };
            known.map(|known| known.iter().for_each(|other| listing.absorb(other)))
        };
        written?;
        let footnotes: Vec<String> = of_filter(&self.cohort).into_iter().chain(listing.footnotes()).collect();
        rows.finish(&footnotes).map_err(fault)
    }

    fn pass<'p>(&'p self, cases: &'p CaseColumns<'p>) -> CasePass<'p> {
        let threads = threads(&self.opened.inputs, self.opened.settings.threads);
        CasePass { inputs: &self.opened.inputs, columns: &self.cohort.columns, cases, threads }
    }

    /// Rows that are numbered in the order of all that is shown of them: only when all are known.
    fn write_numbered(
        &self,
        listing: &mut Listing<'_>,
        cases: &CaseColumns<'_>,
        write: impl FnMut(Vec<ListingEntry>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let descending = listing.descending();
        let mut rows: Vec<(Vec<SortKey>, Vec<ListingEntry>)> = Vec::new();
        each_kept(&self.opened, &self.cohort, cases, |case| rows.push((listing.keys(case), listing.row(case))))?;
        rows.sort_by(|(_, a), (_, b)| a.cmp(b));
        (1..).zip(&mut rows).for_each(|(number, (keys, row))| listing.number(number, keys, row));
        rows.sort_by(|a, b| compare_keys(&a.0, &b.0, &descending));
        rows.into_iter().map(|(_, row)| row).try_for_each(write)
    }
}
