//! The inputs of a run: opened, recognised, and able to be read again unless they are a pipe.

use super::batch::Batch;
use super::bytes::{HEAD, InputBytes};
use super::composed::ComposedTable;
use super::csv::{NoHeader, StatedColumn, cbioportal_columns};
use super::encoding::encoding;
use super::form::{Form, Recognised, RecordReader, recognise};
use super::json::Columns;
use super::options::ReadOptions;
use super::progress::{Progress, ProgressCounts};
use super::workbook;
use crate::diagnostic::{ComposedColumn, Finding, Findings};
use crate::error::Error;
use std::path::Path;

/// Bytes to hash that are worth a thread of their own.
const WORTH_A_THREAD: u64 = 1 << 16;
/// True where a file can be read at two positions at once.
const CAN_READ_BESIDE: bool = cfg!(unix);

/// One input.
pub(super) struct Input {
    /// Its bytes, with their name and index.
    pub bytes: InputBytes,
    form: Box<dyn Form>,
}

/// All inputs of a run.
///
/// ```
/// # fn main() -> Result<(), calc_series::Error> {
/// use calc_series::{Inputs, ReadOptions};
///
/// let inputs = Inputs::open(&["data/cutaneous-calcinosis-2021/cases.csv"], &ReadOptions::default())?;
/// assert_eq!(inputs.names().collect::<Vec<_>>(), ["cases.csv"]);
/// # Ok(())
/// # }
/// ```
pub struct Inputs {
    pub(super) list: Vec<Input>,
    /// Inputs whose records are in the composed table of the first one.
    beside: Vec<Input>,
    /// The composed table is of the records of several inputs.
    is_merged: bool,
    /// Bytes read at a time.
    pub block_size: usize,
    pub(super) progress: Progress,
    /// What stands above the headers: the inputs are refused, but not before all else was looked at.
    refused: Findings,
}

impl Inputs {
    /// Opens every input, recognises its form and reads its header; `-` is standard input.
    pub fn open(paths: &[impl AsRef<Path>], options: &ReadOptions) -> Result<Inputs, Error> {
        let (mut findings, mut refused) = (Findings::default(), Findings::default());
        let mut list = Vec::new();
        let encoding = options.encoding.as_deref().map(encoding).transpose()?;
        for (index, path) in paths.iter().enumerate() {
            let bytes = InputBytes::open(path.as_ref(), u32::try_from(index).unwrap_or(u32::MAX), encoding)?;
            match Input::recognise(bytes, options) {
                Ok((input, problems, above)) => {
                    list.push(input);
                    findings.merge(problems);
                    refused.merge(above);
                }
                Err(Error::Refused(problems)) => findings.merge(*problems),
                Err(other) => return Err(other),
            }
        }
        if findings.is_empty() {
            return Ok(Inputs::new(list, options.block_size, refused));
        }
        findings.merge(refused);
        // One run shows all problems: the records are looked at although a header is refused.
        for input in &list {
            let structure = input.structure(options.block_size);
            input.bytes.ensure_unchanged()?;
            findings.merge(structure?);
        }
        Err(findings.into())
    }

    /// One input of text that is part of the program itself.
    pub fn embedded(name: &str, text: &'static str) -> Result<Inputs, Error> {
        let options = ReadOptions::default();
        match Input::recognise(InputBytes::embedded(name, text), &options)? {
            (input, problems, refused) if problems.is_empty() => {
                Ok(Inputs::new(vec![input], options.block_size, refused))
            }
            (_, problems, _) => Err(problems.into()),
        }
    }

    /// One input of bytes that were read already, to be given a table that was composed of them.
    pub fn of_bytes(name: &str, bytes: Vec<u8>) -> Inputs {
        let (bytes, form) = (InputBytes::memory(name, bytes), ComposedTable::default().into_form());
        Inputs::new(vec![Input { bytes, form }], ReadOptions::default().block_size, Findings::default())
    }

    fn new(list: Vec<Input>, block_size: usize, refused: Findings) -> Inputs {
        let (beside, progress) = (Vec::new(), Progress::default());
        Inputs { list, beside, is_merged: false, block_size, progress, refused }
    }

    /// The inputs with a table that was composed of the records of all of them.
    pub fn composed(mut self, table: ComposedTable) -> Inputs {
        let others = self.list.split_off(self.list.len().min(1));
        self.is_merged |= !others.is_empty();
        self.beside.extend(others);
        if let Some(input) = self.list.first_mut() {
            input.form = table.into_form();
        }
        self
    }

    /// The inputs, each with a table that was composed of its records, in their order.
    pub fn composed_each(mut self, tables: Vec<ComposedTable>) -> Inputs {
        self.list.iter_mut().zip(tables).for_each(|(input, table)| {
            input.form = table.delimited_by(input.form.delimiter()).into_form();
        });
        self
    }

    /// The positions of the inputs on the command line.
    pub fn positions(&self) -> impl Iterator<Item = u32> {
        self.list.iter().map(|input| input.bytes.index)
    }

    /// The inputs beside others whose records went into the composed table, too.
    pub fn with(mut self, others: impl IntoIterator<Item = Inputs>) -> Inputs {
        self.beside.extend(others.into_iter().flat_map(|other| other.list.into_iter().chain(other.beside)));
        self
    }

    /// All inputs, each file once.
    fn files(&self) -> impl Iterator<Item = &Input> {
        let mut known: Vec<&Path> = Vec::new();
        let all = self.list.iter().map(|input| (true, input)).chain(self.beside.iter().map(|input| (false, input)));
        all.filter_map(move |(is_listed, input)| {
            let is_known = known.contains(&input.bytes.path());
            known.push(input.bytes.path());
            (is_listed || !is_known).then_some(input)
        })
    }

    /// How many inputs have records of their own.
    pub fn count(&self) -> usize {
        self.list.len()
    }

    /// The columns of a table that was composed; empty for a file as it stands.
    pub fn composed_columns(&self) -> &[ComposedColumn] {
        self.list.first().map_or(&[], |input| input.form.composed())
    }

    /// What stands above the headers: cases can be looked at for other problems, but the inputs are refused.
    pub fn refused(&self) -> &Findings {
        &self.refused
    }

    /// Names of the inputs, without their folders, and of the files whose rows are theirs.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.files().map(|input| &*input.bytes.name)
    }

    /// Each number of cases of an input, in the order of the names, where it is known: a file of rows has none, nor has
    /// one of several whose rows are of the same cases.
    pub fn cases<'c>(&self, of_list: &'c [u64]) -> impl Iterator<Item = Option<u64>> + use<'c> {
        let of_list = if self.is_merged { &[] } else { of_list };
        of_list.iter().copied().map(Some).chain(std::iter::repeat(None))
    }

    /// The inputs that have a header: name of the input and its columns.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.headers_by_input().map(|(_, name, columns)| (name, columns))
    }

    /// The same with the index of the input on the command line.
    pub fn headers_by_input(&self) -> impl Iterator<Item = (u32, &str, &[String])> {
        self.list.iter().filter_map(|input| Some((input.bytes.index, &*input.bytes.name, input.form.header()?)))
    }

    /// What the lines above the header of a clinical file of cBioPortal state of its columns; nothing of other inputs.
    ///
    /// Errors: an input that cannot be read.
    pub fn stated_columns(&self) -> Result<Vec<StatedColumn>, Error> {
        let tabbed = self.list.first().filter(|input| input.form.delimiter() == Some(b'\t'));
        let Some(input) = tabbed else { return Ok(Vec::new()) };
        let mut head = Vec::new();
        input.bytes.source(true)?.read(HEAD, &mut head)?;
        Ok(cbioportal_columns(&String::from_utf8_lossy(&head)))
    }

    /// True where this byte separates the cells of every input.
    pub fn are_all_delimited_by(&self, delimiter: u8) -> bool {
        self.list.iter().all(|input| input.form.delimiter() == Some(delimiter))
    }

    /// True where every input is a text of delimited cells.
    pub fn are_all_delimited(&self) -> bool {
        self.list.iter().all(|input| input.form.delimiter().is_some())
    }

    /// True where every input can be read a second time.
    pub fn can_be_read_again(&self) -> bool {
        self.list.iter().all(|input| input.bytes.can_be_read_again())
    }

    /// What a pass over the inputs gives, unless one of them changed since it was opened.
    ///
    /// Errors: those of the pass; an input that changed, whatever the pass made of it.
    pub fn unchanged<T>(&self, pass: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
        let read = pass();
        self.list.iter().chain(&self.beside).try_for_each(|input| input.bytes.ensure_unchanged())?;
        read
    }

    /// How far the current pass has read.
    pub fn reached(&self) -> ProgressCounts {
        self.progress.reached()
    }

    /// Bytes of all inputs, as far as known.
    pub fn size(&self) -> u64 {
        let sizes = self.list.iter().map(|input| input.bytes.size().unwrap_or(u64::MAX));
        sizes.fold(0, u64::saturating_add)
    }

    /// What a pass over the inputs gives, and the SHA-256 of each, taken on another core meanwhile; see
    /// [`Inputs::hashes`].
    ///
    /// Errors: those of the pass.
    pub fn hashed<T>(&self, largest: u64, pass: impl FnOnce() -> T) -> (T, Result<Vec<Option<String>>, Error>) {
        let sizes = self.files().filter_map(|input| input.bytes.size());
        // Of few bytes, the hash costs less than a thread.
        if !CAN_READ_BESIDE || sizes.filter(|size| *size <= largest).max().unwrap_or(0) < WORTH_A_THREAD {
            return (pass(), self.hashes(largest));
        }
        std::thread::scope(|scope| {
            let hashing = std::thread::Builder::new().spawn_scoped(scope, || self.hashes(largest));
            let done = pass();
            match hashing {
                Ok(hashing) => (done, hashing.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))),
                Err(_) => (done, self.hashes(largest)),
            }
        })
    }

    /// SHA-256 of each input in hexadecimal; `None` for a pipe, or beyond `largest` bytes.
    ///
    /// Errors: an input that can no longer be read, or changed.
    pub fn hashes(&self, largest: u64) -> Result<Vec<Option<String>>, Error> {
        (0..self.files().count()).map(|index| self.sha256(index, largest)).collect()
    }

    /// SHA-256 of an input in hexadecimal; `None` for a pipe, or beyond `largest` bytes.
    fn sha256(&self, index: usize, largest: u64) -> Result<Option<String>, Error> {
        let Some(input) = self.files().nth(index) else { return Ok(None) };
        if input.bytes.size().is_none_or(|size| size > largest) {
            return Ok(None);
        }
        let hash = input.bytes.sha256();
        input.bytes.ensure_unchanged()?;
        hash.map(Some)
    }
}

impl Input {
    /// An input with what is wrong with its header, and with what stands above it; what makes it unreadable is an error.
    fn recognise(bytes: InputBytes, options: &ReadOptions) -> Result<(Input, Findings, Findings), Error> {
        let located = |mut problems: Findings| {
            problems.each(|problem| {
                (problem.location.input, problem.location.file) = (bytes.index, Some(bytes.name.clone()));
            });
            problems
        };
        let collected = |problems: Vec<Finding>| {
            let mut findings = Findings::default();
            problems.into_iter().for_each(|problem| findings.add(problem));
            located(findings)
        };
        match Input::form(&bytes, options)? {
            Ok(Recognised { form, problems, above }) => {
                let (problems, above) = (collected(problems), located(above));
                Ok((Input { bytes, form }, problems, above))
            }
            Err(problems) => Err(collected(problems).into()),
        }
    }

    /// The form of an input; of its bytes, no more are looked at than it takes to see all of the header.
    fn form(bytes: &InputBytes, options: &ReadOptions) -> Result<Result<Recognised, Vec<Finding>>, Error> {
        if let Some(bytes) = bytes.seekable()?
            && let Some(recognised) = workbook::recognise(bytes, options)
        {
            return Ok(recognised);
        }
        ensure_no_option_of_workbooks(&bytes.name, options)?;
        let (mut source, mut head) = (bytes.source(true)?, Vec::new());
        loop {
            let wanted = head.len().max(HEAD);
            let is_whole = source.read(wanted, &mut head)? < wanted;
            match recognise(&head, is_whole, options) {
                Ok(recognised) => return Ok(Ok(recognised)),
                Err(NoHeader::Refused(problems)) => return Ok(Err(problems)),
                Err(NoHeader::Cut) => {}
            }
        }
    }

    /// A reader from the first record on; a long pipe gives its records once, and its first ones to whoever peeks.
    pub fn reader(&self, is_peek: bool, block_size: usize) -> Result<Box<dyn RecordReader>, Error> {
        self.form.reader(self.bytes.source(is_peek)?, block_size)
    }

    /// What is wrong with the records of an input with a header, whatever they mean.
    fn structure(&self, block_size: usize) -> Result<Findings, Error> {
        if self.form.header().is_none() {
            return Ok(Findings::default());
        }
        let mut reader = self.reader(false, block_size)?;
        let (mut batch, mut findings) = (Batch::default(), Findings::default());
        while reader.next(&mut batch)? {
            batch.decode(&Columns::default(), &mut findings)?;
        }
        findings.merge(reader.take_findings());
        // Under a header that is refused nobody knows which column names a person.
        findings.each(|finding| finding.value = None);
        Ok(findings)
    }
}

/// Refuses options that say where the cases are in a workbook, for an input that is none.
fn ensure_no_option_of_workbooks(name: &str, options: &ReadOptions) -> Result<(), Error> {
    let option = match (&options.sheet, options.last_row) {
        (Some(_), _) => "--sheet",
        (None, Some(_)) => "--last-row",
        (None, None) => return Ok(()),
    };
    Err(Error::usage_with(format!("'{name}' is not a workbook ({option})"), format!("remove {option}")))
}
