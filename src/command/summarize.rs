//! The summary: read, count, analyse, lay out, render.

use super::kept::case_table;
use super::open::{InputSpec, Opened, open_for};
use super::output::{Outcome, Stream, Target, deliver, write_files};
use super::progress;
use super::request::TableRequest;
use super::withhold::{Told, concealed, shown_names, shown_schema};
use crate::analyze::convention::Convention;
use crate::analyze::conventions::conventions;
use crate::analyze::results::{Results, Value};
use crate::analyze::{ComputedParts, Options, ResultParts, ensure_few_shares, findings, group, summarize};
use crate::cohort::deidentify::refusal;
use crate::cohort::stream::ensure_can_be_read_twice;
use crate::diagnostic::{Findings, Severity};
use crate::error::Error;
use crate::render::json::SCHEMA;
use crate::render::{HASHED, InputEntry, OutputFormat, Summary, SummaryContent, input_entries, withheld_entries};
use crate::tables::journal_options::{JournalOptions, JournalTable};
use crate::tables::options::{Layout, TableOptions};
use crate::tables::style::Style;
use crate::tables::{Report, ReportContext, Table, report, tables_by_groups};
use crate::tally::{Cohort, read_cohort};
use std::io::{self, Write};
use std::path::PathBuf;
use std::rc::Rc;

/// Most levels of a variable in data for programs, unless more are asked for.
const LISTED: usize = 1000;

/// What the user requested.
pub enum SummaryRequest {
    /// A summary.
    Summary {
        /// The input.
        input: Box<InputSpec>,
        /// Content and conventions of the tables.
        tables: Box<TableRequest>,
        /// The outputs with their formats.
        targets: Vec<Target>,
        /// True where a warning makes the run fail.
        strict: bool,
        /// True to hash large inputs, too.
        sha256: bool,
        /// How it is laid out.
        document: Box<SummaryLayout>,
    },
    /// The JSON Schema of `--format json`.
    OutputSchema {
        /// Output file; `None` is standard output.
        output: Option<PathBuf>,
    },
}

/// Runs the command.
///
/// Errors: input that is refused, options that do not fit the cohort, and failed writes.
pub fn run(request: &SummaryRequest) -> Result<Outcome, Error> {
    let (input, tables, targets, how) = match request {
        SummaryRequest::OutputSchema { output } => {
            return Ok(Outcome { stdout: deliver(SCHEMA.into(), output.as_deref(), &[])?, ..Outcome::default() });
        }
        SummaryRequest::Summary { input, tables, targets, strict, sha256, document } => {
            (input, tables, targets, How { strict: *strict, sha256: *sha256, document })
        }
    };
    if how.document.is_brief {
        ensure_can_be_brief(targets)?;
    }
    let summarized = summarized(input, tables, targets, how);
    summarized.map_err(|error| if tables.withholds() { refusal(error) } else { error })
}

/// How a summary is laid out.
#[derive(Debug, Clone, Default)]
pub struct SummaryLayout {
    /// The layout; none for that of the format.
    pub layout: Option<Layout>,
    /// What is decided about the tables of a journal.
    pub journal: JournalOptions,
    /// True for the series at a glance and nothing else.
    pub is_brief: bool,
    /// True for the tables alone, to be put into another document.
    pub is_fragment: bool,
}

impl SummaryLayout {
    /// The layout of a format.
    fn layout(&self, format: OutputFormat) -> Layout {
        self.layout.unwrap_or_else(|| format.default_layout())
    }

    /// What a format is made of: a table with notes needs all results.
    fn content(&self, format: OutputFormat) -> SummaryContent {
        match (format.content(), self.layout(format)) {
            (SummaryContent::Tables, Layout::Journal) => SummaryContent::Report,
            (content, _) => content,
        }
    }
}

/// How a summary is made, beside its content.
#[derive(Clone, Copy)]
struct How<'a> {
    strict: bool,
    sha256: bool,
    document: &'a SummaryLayout,
}

/// Errors: a format that has no place for the series at a glance alone.
fn ensure_can_be_brief(targets: &[Target]) -> Result<(), Error> {
    let Some(target) = targets.iter().find(|target| target.format.content() == SummaryContent::Statistics) else {
        return Ok(());
    };
    let message = format!("--brief has no effect on {}, which holds all results", target.format);
    Err(Error::usage_with(message, "leave out --brief, or use --format text, markdown, html, latex, csv or tsv"))
}

fn summarized(input: &InputSpec, tables: &TableRequest, targets: &[Target], how: How<'_>) -> Result<Outcome, Error> {
    let mut opened = open_for(input, tables.deidentify)?;
    opened.settings.groups = targets.iter().map(|target| target.format.group_limit()).min().unwrap_or_default();
    opened.settings.asked = asked(tables, how, &opened);
    let (mut cohort, hashes) = read(&opened, tables, largest_hashed(targets, how.sha256))?;
    cohort.findings.merge(std::mem::take(&mut opened.notes));
    let (names, schema) = (shown_names(&opened.inputs, tables), shown_schema(&opened, tables));
    let notes = left_out(&mut cohort, tables).into_iter().collect();
    let (mut options, shown) = tables.resolve(&cohort)?;
    // Ten thousand groups have ten million statistics: they are kept only where all are needed together.
    let content = targets.iter().map(|target| how.document.content(target.format)).max();
    let is_kept = options.suppress_below.is_some() || content == Some(SummaryContent::Report) || how.document.is_brief;
    options.most_levels = most_levels(is_kept, content, tables);
    options.most_shares = most_shares(targets, how, tables, &shown);
    let findings = ensure_few_shares(&cohort, &options).map(|()| findings(&cohort, &options))?;
    let results = is_kept.then(|| summarize(&cohort, &options).0);
    let told = Told { for_scripts: findings.clone(), results, findings, notes, of_figures: Vec::new() };
    let Told { results, findings, for_scripts, notes, .. } = concealed(told, tables, &cohort, &options)?;
    let inputs = match tables.withholds() {
        true => withheld_entries(&names, &opened.inputs, &cohort, tables.suppress_below.is_some()),
        false => input_entries(&opened.inputs, &cohort, hashes?),
    };
    let context = ReportContext {
        files: &names,
        notes,
        schema,
        // A warning is about few cells: their number is for whoever has the data.
        warnings: (!tables.withholds()).then(|| findings.count(Severity::Warning)),
        is_brief: how.document.is_brief,
        is_fragment: how.document.is_fragment,
        journal: how.document.journal.clone(),
    };
    let is_needed = |layout| targets.iter().any(|target| how.document.layout(target.format) == layout);
    let in_layout = |layout, shown: &TableOptions| match is_needed(layout) {
        true => laid_out(&cohort, results.as_ref(), (&options, shown), content, &context),
        false => Report::default(),
    };
    let sections = in_layout(Layout::Sections, &shown);
    let mut journal = in_layout(Layout::Journal, &shown.clone().for_journal(tables.language));
    if is_needed(Layout::Journal) && how.document.journal.tables.contains(&JournalTable::Listing) {
        journal.tables.push(listing(&opened, &cohort, tables)?);
    }
    let failed = how.strict && findings.count(Severity::Warning) > 0;
    let finished = Rc::new(Finished {
        document: how.document.clone(),
        sections,
        journal,
        inputs,
        conventions: conventions(&cohort, &options),
        cases: results.as_ref().map_or(Some(cohort.cases), cases),
        findings: for_scripts,
        results,
        cohort,
        options,
        style: shown.style,
    });
    let stream = written(&finished, targets, &opened.paths)?;
    Ok(Outcome { stream, findings, failed, ..Outcome::default() })
}

/// Writes the files; what goes to standard output is written last, by the stream.
fn written(finished: &Rc<Finished>, targets: &[Target], read: &[PathBuf]) -> Result<Option<Stream<'static>>, Error> {
    let files = targets.iter().filter_map(|target| Some((target.path.as_deref()?, finished.stream(target))));
    write_files(files.collect(), read)?;
    Ok(targets.iter().find(|target| target.path.is_none()).map(|target| finished.stream(target)))
}

/// Table 3, the cases one by one.
///
/// Errors: small counts are masked, the cases are too many, or the inputs cannot be read again.
fn listing(opened: &Opened, cohort: &Cohort, tables: &TableRequest) -> Result<Table, Error> {
    if tables.suppress_below.is_some() {
        let message = "Table 3 lists single cases, which --suppress-below hides";
        return Err(Error::usage_with(message, "write --tables 1,2"));
    }
    ensure_can_be_read_twice(&opened.inputs)?;
    case_table(opened, cohort, tables.deidentify)
}

/// The cohort, and the hashes of inputs of at most so many bytes.
///
/// Errors: those of reading; those of hashing come with the hashes, behind what is wrong with the options.
fn read(opened: &Opened, tables: &TableRequest, largest: u64) -> Result<(Cohort, Hashes), Error> {
    // Nothing is hashed where records are withheld: whoever has all but a few cells could try them.
    let largest = if tables.withholds() { 0 } else { largest };
    let inputs = &opened.inputs;
    let (cohort, hashes) = inputs.hashed(largest, || progress::shown(inputs, || read_cohort(inputs, &opened.settings)));
    Ok((cohort?, hashes))
}

/// The SHA-256 of each input, where it was taken.
type Hashes = Result<Vec<Option<String>>, Error>;

/// Most levels of a variable with results of their own: a mask must know all, and a table says what it leaves out.
fn most_levels(is_kept: bool, content: Option<SummaryContent>, tables: &TableRequest) -> usize {
    if is_kept || content != Some(SummaryContent::Statistics) {
        return usize::MAX;
    }
    LISTED.max(tables.most_levels.unwrap_or(LISTED))
}

/// Most levels of a variable with shares: a table sums up those beyond the levels that it shows.
fn most_shares(targets: &[Target], how: How<'_>, tables: &TableRequest, shown: &TableOptions) -> usize {
    let are_tables = targets.iter().all(|target| how.document.content(target.format) != SummaryContent::Statistics);
    let is_any_level_shown = tables.suppress_below.is_some() || !tables.value.is_empty();
    if are_tables && !is_any_level_shown { shown.most_levels } else { usize::MAX }
}

/// The names of the only variables that are shown; `None` where all may be needed.
fn asked(tables: &TableRequest, how: How<'_>, opened: &Opened) -> Option<Vec<String>> {
    let vars = &tables.options.vars;
    let lists_cases = how.document.journal.tables.contains(&JournalTable::Listing);
    let needs_others = !tables.value.is_empty() || !tables.against.is_empty() || lists_cases;
    // A derived variable is made of columns that are not named.
    let needs_others = needs_others || !opened.derived.is_empty();
    let is_all = vars.is_empty() || how.strict || tables.withholds() || needs_others;
    (!is_all).then(|| vars.clone())
}

/// The report; without results the tables, where that is what is written.
fn laid_out(
    cohort: &Cohort,
    results: Option<&Results>,
    (options, shown): (&Options, &TableOptions),
    content: Option<SummaryContent>,
    context: &ReportContext<'_>,
) -> Report {
    match results {
        Some(results) => report(cohort, results, options, shown, context),
        None if content == Some(SummaryContent::Tables) => {
            Report { tables: tables_by_groups(ComputedParts { cohort, options }, shown), ..Report::default() }
        }
        None => Report::default(),
    }
}

/// The bytes of the largest input whose hash is printed.
fn largest_hashed(targets: &[Target], is_wanted: bool) -> u64 {
    match (targets.iter().any(|target| target.format.names_inputs()), is_wanted) {
        (false, _) => 0,
        (true, true) => u64::MAX,
        (true, false) => HASHED,
    }
}

/// A summary that is ready to be written.
struct Finished {
    cohort: Cohort,
    options: Options,
    /// `None` where the statistics are computed while they are written.
    results: Option<Results>,
    document: SummaryLayout,
    /// The report in the layout of sections; empty where no format has it.
    sections: Report,
    /// That of a journal; empty where no format has it.
    journal: Report,
    inputs: Vec<InputEntry>,
    conventions: Vec<Convention>,
    /// `None` where it is masked.
    cases: Option<u64>,
    findings: Findings,
    style: Style,
}

impl Finished {
    /// Writes the summary to a target.
    fn stream(self: &Rc<Finished>, target: &Target) -> Stream<'static> {
        let (finished, target) = (Rc::clone(self), target.clone());
        Box::new(move |out, name| finished.write(&target, out).map_err(|fault| Error::io(name, fault)))
    }

    fn write(&self, target: &Target, out: &mut dyn Write) -> io::Result<()> {
        let computed = ComputedParts { cohort: &self.cohort, options: &self.options };
        let summary = Summary {
            report: match self.document.layout(target.format) {
                Layout::Journal => &self.journal,
                Layout::Sections => &self.sections,
            },
            results: self.results.as_ref().map_or(&computed as &dyn ResultParts, |results| results),
            inputs: &self.inputs,
            conventions: &self.conventions,
            cases: self.cases,
            findings: &self.findings,
            style: &self.style,
        };
        target.begin(out)?;
        target.format.summary(&summary, target.width, out)
    }
}

/// A note about the cases that a tool leaves out, as far as it may tell their number.
fn left_out(cohort: &mut Cohort, tables: &TableRequest) -> Option<String> {
    if !tables.leaves_out_unreported_groups() {
        return None;
    }
    // Their number is hidden like any other small count.
    leave_out_unreported_groups(cohort).filter(|_| tables.suppress_below.is_none())
}

/// Excludes the cases whose group is not reported; returns a note with their number, if any.
fn leave_out_unreported_groups(cohort: &mut Cohort) -> Option<String> {
    let (read, left_out) = (cohort.cases, cohort.leave_out_unreported_groups());
    let names: Vec<&str> = group::by(cohort).iter().map(|variable| variable.shown_label()).collect();
    let sentence = || format!("Left out: {left_out} of {read} cases, whose {} is not reported.", names.join(" or "));
    (left_out > 0).then(sentence)
}

/// The number of cases; `None` where it is masked.
fn cases(results: &Results) -> Option<u64> {
    match results.get("cases").map(|row| &row.value) {
        Some(Value::Count(cases)) => Some(*cases),
        _ => None,
    }
}
