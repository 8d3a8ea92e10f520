//! A manuscript and its numbers: parse the draft, read the cases once, then fill it in or compare.

use super::manuscript::Manuscript;
use super::open::{self, InputSpec};
use super::output::{Outcome, deliver};
use super::request::TableRequest;
use super::selected::{Selected, select};
use crate::analyze::results::{ResultRow, Value};
use crate::analyze::selector::SelectorRequest;
use crate::diagnostic::{FilePosition, Finding, FindingId, Findings, KEPT, Severity, SourceLocation};
use crate::error::Error;
use crate::read::{STDIN, name_of};
use crate::render::OutputFormat;
use crate::render::manuscript::{LostNumber, StaleNumber, StaleReport, filled, number};
use crate::tables::manuscript::stale::{Expected, NumberState, compare};
use crate::tables::manuscript::{Draft, DraftFormat, DraftPiece, LineIndex, Placeholder};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What the user requested.
pub struct FillRequest {
    /// The input.
    pub input: InputSpec,
    /// The conventions.
    pub tables: TableRequest,
    /// The draft.
    pub draft: PathBuf,
    /// Markup of the draft; `None` to decide by its extension.
    pub format: Option<DraftFormat>,
    /// What to do with it.
    pub task: Task,
    /// True where a warning makes the run fail.
    pub strict: bool,
}

/// What to do with a draft.
pub enum Task {
    /// Fill it in.
    Write {
        /// Output file; `None` is standard output.
        output: Option<PathBuf>,
    },
    /// Compare it with a manuscript filled earlier.
    Check {
        /// Path of the manuscript.
        document: PathBuf,
        /// Format of the list.
        format: OutputFormat,
    },
}

/// Id of the finding for a placeholder that cannot be filled in.
const UNFILLABLE: FindingId = FindingId::DraftPlaceholder;

const IN_TEXT: &str = "write placeholders into the text, a footnote, a header, a table or a text box";

/// Runs the command.
///
/// Errors: input that is refused, placeholders that cannot be filled in, and failed writes.
pub fn run(request: &FillRequest) -> Result<Outcome, Error> {
    ensure_stdin_is_read_once(request)?;
    let manuscript = Manuscript::read(&request.draft)?;
    let draft = Draft::parse(manuscript.text(), manuscript.format(&request.draft, request.format)?);
    if let Task::Write { output } = &request.task {
        manuscript.ensure_fits(output.as_deref())?;
    }
    let mut filling = Filling::new(&request.draft, &draft);
    filling.remark_on_other_parts(&manuscript)?;
    let (selected, unfit) = filling.select(request)?;
    let numbers = selected.as_ref().map(|selected| filling.numbers(selected, &unfit)).unwrap_or_default();
    let is_refused = filling.problems.count(Severity::Error) > 0;
    let selected = match selected {
        Some(selected) if !is_refused => selected,
        _ => return Err(filling.problems.into()),
    };
    let paths: Vec<PathBuf> = selected.paths.iter().chain([&request.draft]).cloned().collect();
    let mut findings = selected.findings;
    let mut failed = filling.has_unfilled;
    let mut stdout = Vec::new();
    if !failed {
        filling.remarks();
        (stdout, failed) = match &request.task {
            Task::Write { output } => {
                (deliver(manuscript.filled(&draft, &numbers)?, output.as_deref(), &paths)?, false)
            }
            Task::Check { document, format } => filling.check(document, &numbers, *format, request.strict)?,
        };
    }
    findings.merge(filling.problems);
    failed |= request.strict && findings.count(Severity::Warning) > 0;
    Ok(Outcome { stdout, findings, failed, ..Outcome::default() })
}

fn ensure_stdin_is_read_once(request: &FillRequest) -> Result<(), Error> {
    let document = match &request.task {
        Task::Check { document, .. } => Some(document),
        Task::Write { .. } => None,
    };
    let files = request.input.files.iter().flatten();
    open::ensure_stdin_is_read_once(files.chain([&request.draft]).chain(document))
}

/// What the draft gives.
fn expected<'a>(draft: &Draft<'a>, numbers: &'a [String]) -> Vec<Expected<'a>> {
    let mut numbers = numbers.iter();
    let piece = |piece: &DraftPiece<'a>| match piece {
        DraftPiece::Text(text) => Some(Expected::Text(text)),
        DraftPiece::Placeholder(_) => numbers.next().map(|number| Expected::Number(number)),
    };
    draft.pieces.iter().filter_map(piece).collect()
}

/// A draft that is being filled in, and the problems found in it.
struct Filling<'d> {
    draft: &'d Draft<'d>,
    name: Arc<str>,
    lines: LineIndex<'d>,
    problems: Findings,
    /// True where a statistic has no number.
    has_unfilled: bool,
}

impl<'d> Filling<'d> {
    fn new(path: &Path, draft: &'d Draft<'d>) -> Filling<'d> {
        let mut filling = Filling {
            draft,
            name: name_of(path).into(),
            lines: LineIndex::new(draft.text),
            problems: Findings::default(),
            has_unfilled: false,
        };
        for (number, fault) in draft.faults.iter().enumerate() {
            let mut finding = Finding::new(UNFILLABLE, &fault.message);
            finding.remedy.clone_from(&fault.remedy);
            filling.add(number, finding, fault.at.clone());
        }
        filling
    }

    /// Adds a finding about a part of the draft, the `number`th of its kind from 0. Beyond the
    /// number that is shown, findings are only counted.
    fn add(&mut self, number: usize, finding: Finding, at: Range<usize>) {
        if number >= KEPT {
            return self.problems.count_cells(&finding, 1);
        }
        let excerpt = self.lines.excerpt(at.clone());
        self.problems.add(Finding { excerpt: Some(excerpt), ..finding.at(self.location(at.start)) });
    }

    fn location(&self, at: usize) -> SourceLocation {
        let point = self.lines.position(at);
        SourceLocation::file(self.name.clone())
            .at(FilePosition::Character { line: point.line, character: point.character })
    }

    /// Reads the cases once, and once more where a condition does not fit them, so that all
    /// of these are reported. Returns the conditions that do not fit, too.
    fn select(&mut self, request: &FillRequest) -> Result<(Option<Selected>, BTreeSet<String>), Error> {
        let is_pipe = request.input.files.iter().flatten().any(|path| path.as_path() == Path::new(STDIN));
        let mut unfit = BTreeSet::new();
        loop {
            let (wanted, origins) = self.wanted(&unfit);
            let error = match select(request.input.clone(), &request.tables, wanted, None) {
                Ok(selected) => return Ok((Some(selected), unfit)),
                Err(error) => error,
            };
            for error in error.into_each() {
                let Some((at, condition)) = error.origin().and_then(|origin| origins.get(origin)) else {
                    return Err(error);
                };
                if unfit.insert(condition.clone()) {
                    self.problems.add(misfit(error, self.location(*at)));
                }
            }
            if is_pipe || unfit.len() >= KEPT {
                return Ok((None, unfit));
            }
        }
    }

    /// What the placeholders ask for, and the position of each condition by the origin its errors have.
    fn wanted(&self, unfit: &BTreeSet<String>) -> (SelectorRequest, BTreeMap<String, (usize, String)>) {
        let (mut wanted, mut origins) = (SelectorRequest::default(), BTreeMap::new());
        for placeholder in self.draft.placeholders() {
            let condition = condition_of(placeholder);
            if condition.as_ref().is_some_and(|condition| unfit.contains(condition)) {
                continue;
            }
            let mut origin = String::new();
            if let Some(condition) = condition {
                origin = format!("{}:{}", self.name, self.lines.position(placeholder.at.start));
                origins.insert(origin.clone(), (placeholder.at.start, condition));
            }
            wanted.add(&placeholder.selector, &origin);
            placeholder.statistics().into_iter().for_each(|statistic| wanted.add_statistic(statistic));
        }
        (wanted, origins)
    }

    /// The text for each placeholder; a placeholder without a number becomes a problem.
    fn numbers(&mut self, selected: &Selected, unfit: &BTreeSet<String>) -> Vec<String> {
        let format = self.draft.format;
        let mut numbers = Vec::new();
        let (mut unknown, mut missing) = (0, 0);
        let draft = self.draft;
        for placeholder in draft.placeholders() {
            if condition_of(placeholder).is_some_and(|condition| unfit.contains(&condition)) {
                continue;
            }
            let rows = match placeholder.rows(&selected.results) {
                Ok(rows) => rows,
                Err(selector) => {
                    // Finding the nearest of many keys is slow.
                    let error = if unknown < KEPT { selector.find(&selected.results).err() } else { None };
                    self.add(unknown, no_such_statistic(error), placeholder.key_at.clone());
                    unknown += 1;
                    continue;
                }
            };
            match rows.iter().find_map(|row| no_number(row)) {
                Some(finding) => {
                    self.has_unfilled = true;
                    self.add(missing, finding, placeholder.at.clone());
                    missing += 1;
                }
                None => {
                    let text = placeholder.fill(&rows, &selected.shown, |printed| number(&printed, format));
                    numbers.push(filled(&text, format));
                }
            }
        }
        numbers
    }

    /// Findings about a draft without faults.
    fn remarks(&mut self) {
        if self.draft.placeholders().next().is_none() {
            let message = format!("{} has no placeholder: nothing was filled in", self.name);
            let finding = Finding::new(FindingId::DraftWithoutPlaceholders, message);
            self.problems.add(
                finding
                    .remedy("write one, such as {{ age.mean }}; to list every selector: calc-series get FILE --list"),
            );
        }
        for (number, at) in self.draft.in_code.iter().enumerate() {
            let message = "two braces in fenced code are left unchanged";
            self.add(number, Finding::new(FindingId::DraftCode, message), *at..at + 2);
        }
    }

    /// Findings about placeholders where none is filled in, such as comments and charts.
    ///
    /// Errors: a damaged part.
    fn remark_on_other_parts(&mut self, manuscript: &Manuscript) -> Result<(), Error> {
        let Manuscript::Word(file) = manuscript else { return Ok(()) };
        for part in file.others_with_braces(&self.name)? {
            let message = format!("two braces in {part} are left unchanged");
            let finding = Finding::new(FindingId::DraftPart, message);
            self.problems.add(finding.at(SourceLocation::file(self.name.clone())).remedy(IN_TEXT));
        }
        Ok(())
    }

    /// The comparison with a manuscript filled earlier, and whether it makes the run fail.
    fn check(
        &self,
        path: &Path,
        numbers: &[String],
        format: OutputFormat,
        strict: bool,
    ) -> Result<(Vec<u8>, bool), Error> {
        let document = Manuscript::read(path)?;
        let format_of_document = document.format(path, None)?;
        if (format_of_document == DraftFormat::Word) != (self.draft.format == DraftFormat::Word) {
            let message = format!("{} and {} are not both Word documents", self.name, name_of(path));
            return Err(Error::usage_with(message, "compare a draft with what was made of it"));
        }
        let document = with_line_feeds(document.text());
        let draft = with_line_feeds(self.draft.text);
        let draft = Draft::parse(&draft, self.draft.format);
        let comparison = compare(&expected(&draft, numbers), &document);
        let lines = LineIndex::new(&document);
        let mut report = StaleReport {
            draft: self.name.to_string(),
            document: name_of(path),
            placeholders: numbers.len(),
            stale: Vec::new(),
            edited: comparison.edited.map(|at| lines.position(at)),
            lost: Vec::new(),
        };
        let placeholders = self.draft.placeholders().zip(numbers);
        for ((placeholder, now), found) in placeholders.zip(comparison.numbers) {
            let in_draft = self.lines.position(placeholder.at.start);
            let (selector, now) = (placeholder.selector.full_key(), now.clone());
            match found {
                NumberState::Fresh => {}
                NumberState::Lost => report.lost.push(LostNumber { selector, in_draft, now }),
                NumberState::Stale(at) => {
                    let in_document = lines.position(at.start);
                    let stands = document.get(at).unwrap_or_default().to_owned();
                    report.stale.push(StaleNumber { selector, in_draft, in_document, stands, now });
                }
            }
        }
        let failed = !report.stale.is_empty() || (strict && !report.lost.is_empty());
        Ok((format.stale_numbers(&report).map_err(|fault| Error::io("-", fault))?, failed))
    }
}

/// The condition of a placeholder, as the filter prints it.
fn condition_of(placeholder: &Placeholder) -> Option<String> {
    placeholder.selector.condition.as_ref().map(|keep| keep.filter.to_string())
}

/// A condition that does not fit the cases.
fn misfit(error: Error, location: SourceLocation) -> Finding {
    let finding = |message| Finding::new(UNFILLABLE, message).at(location);
    match error {
        Error::Usage { message, excerpt, remedy, .. } => Finding { excerpt, remedy, ..finding(message) },
        other => finding(other.to_string()),
    }
}

fn no_such_statistic(error: Option<Error>) -> Finding {
    let message = error.as_ref().map_or_else(|| "there is no such statistic".to_owned(), ToString::to_string);
    let remedy = error.as_ref().and_then(Error::remedy).map(str::to_owned);
    Finding { remedy, ..Finding::new(UNFILLABLE, message) }
}

/// The finding for a statistic without a number; `None` where there is one.
fn no_number(row: &ResultRow) -> Option<Finding> {
    let why = match &row.value {
        Value::NotEstimable(reason) => format!("is not estimable: {reason}"),
        Value::Masked => "is masked".to_owned(),
        _ => return None,
    };
    let message = format!("{} {why}; nothing was filled in", row.key);
    let finding = Finding::new(FindingId::NotEstimable, message);
    Some(finding.remedy("write it in words, or use another statistic"))
}

/// The text without a byte order mark and with line feeds only, so that editors make no difference.
fn with_line_feeds(text: &str) -> Cow<'_, str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.contains("\r\n") { text.replace("\r\n", "\n").into() } else { text.into() }
}
