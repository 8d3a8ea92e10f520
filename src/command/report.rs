//! The report as one page or Word document: tables, figures, what validation finds, the audit of the claims, conventions.

use super::figures::Drawing;
use super::kept::{MOST_CASES, case_table};
use super::open::{EXAMPLE_CLAIMS, InputSpec, open};
use super::output::{Outcome, deliver};
use super::progress::shown;
use super::request::TableRequest;
use super::selected::{Selected, claims_of_file, select};
use crate::analyze::{findings, summarize};
use crate::check::claims::{Claims, judge, plan};
use crate::check::validate::validate;
use crate::cohort::stream::ensure_can_be_read_twice;
use crate::diagnostic::Severity;
use crate::error::Error;
use crate::read::STDIN;
use crate::render::page::PageFormat;
use crate::tables::audit::{AuditReport, audit_report};
use crate::tables::plot::{Figure, FigureKind};
use crate::tables::{ReportContext, findings_of, report, verdicts_of};
use crate::tally::{Cohort, read_cohort};
use crate::words::Word;
use std::path::{Path, PathBuf};

/// The width of the figures of a page.
const WIDTH_MM: f64 = 174.0;

/// Which claims are audited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReportClaims {
    /// None.
    None,
    /// Those of a file.
    File(PathBuf),
    /// Those of the built-in case series.
    Example,
}

/// What the user requested.
pub struct Request {
    /// The input.
    pub input: InputSpec,
    /// The claims.
    pub claims: ReportClaims,
    /// Content and conventions of the tables.
    pub tables: TableRequest,
    /// Output file; `None` is standard output.
    pub output: Option<PathBuf>,
    /// True where a warning makes the run fail.
    pub strict: bool,
}

/// Runs the command.
///
/// Errors: input that is refused or cannot be read several times, claims that are refused, and failed writes.
pub fn run(request: &Request) -> Result<Outcome, Error> {
    let format = format_of(request.output.as_deref())?;
    ensure_are_files(&request.input)?;
    let opened = open(&request.input)?;
    ensure_can_be_read_twice(&opened.inputs)?;
    let mut cohort = shown(&opened.inputs, || read_cohort(&opened.inputs, &opened.settings))?;
    let validation = shown(&opened.inputs, || validate(&opened.inputs, &cohort, &opened.settings, &opened.notes))?;
    cohort.findings.merge(opened.notes.clone());
    let (audit, of_claims) = audited(request)?;
    let (options, shown) = request.tables.resolve(&cohort)?;
    let (results, _) = summarize(&cohort, &options);
    let findings = findings(&cohort, &options);
    let names: Vec<String> = opened.inputs.names().map(str::to_owned).collect();
    let warnings = findings.count(Severity::Warning);
    let context = ReportContext {
        files: &names,
        schema: opened.schema_name.as_deref(),
        warnings: Some(warnings),
        ..ReportContext::default()
    };
    let mut page = report(&cohort, &results, &options, &shown.clone().for_journal(None), &context);
    match cohort.cases {
        0..=MOST_CASES => page.tables.push(case_table(&opened, &cohort, false)?),
        cases => page.footnotes.push(format!("Not shown: Table 3, the {cases} cases one by one.")),
    }
    page.tables.extend(findings_of(&validation));
    page.tables.extend(audit.iter().flat_map(verdicts_of));
    page.footnotes.extend(audit.iter().flat_map(|audit| audit.footnotes.iter().cloned()));
    let drawing = Drawing {
        opened: &opened,
        cohort: &cohort,
        results: &results,
        options: &options,
        shown: &shown,
        notes: Vec::new(),
        is_deidentified: false,
        width_mm: WIDTH_MM,
        higher_is_better: false,
    };
    let rendered =
        format.render(&page, &figures(&drawing, &cohort)?).map_err(|fault| Error::io("the report", fault))?;
    // No file that is read may be overwritten.
    let read = [opened.paths.as_slice(), &of_claims].concat();
    let stdout = deliver(rendered, request.output.as_deref(), &read)?;
    Ok(Outcome { stdout, findings, failed: request.strict && warnings > 0, ..Outcome::default() })
}

/// The figures that the cohort has something for.
fn figures(drawing: &Drawing<'_>, cohort: &Cohort) -> Result<Vec<Figure>, Error> {
    // Only who asks for a waterfall states whether a rise is better.
    let kinds = FigureKind::ALL.into_iter().filter(|kind| kind.fits(cohort) && *kind != FigureKind::Waterfall);
    kinds.map(|kind| drawing.figure(kind)).collect()
}

/// The verdicts on the claims, if there are some, and the paths of their file and its tables.
fn audited(request: &Request) -> Result<(Option<AuditReport>, Vec<PathBuf>), Error> {
    let (claims, paths) = match &request.claims {
        ReportClaims::None => return Ok((None, Vec::new())),
        ReportClaims::Example => (Claims::parse(EXAMPLE_CLAIMS.1, EXAMPLE_CLAIMS.0)?, Vec::new()),
        ReportClaims::File(path) => claims_of_file(path)?,
    };
    let selected = select(request.input.clone(), &request.tables, plan(&claims), None)?;
    let Selected { cohort, results, options, shown, names, .. } = selected;
    let audit = judge(&claims, &cohort, &results, &options)?;
    Ok((Some(audit_report(&claims, &audit, &shown, &names)), paths))
}

/// The format that the name of the output asks for; a page without one.
///
/// Errors: another ending.
fn format_of(output: Option<&Path>) -> Result<PageFormat, Error> {
    let Some(path) = output.filter(|path| *path != Path::new(STDIN)) else { return Ok(PageFormat::default()) };
    PageFormat::of_path(&path.to_string_lossy()).ok_or_else(|| {
        let message = format!("a report is a page or a Word document, and '{}' has another extension", path.display());
        Error::usage_with(message, "write -o report.html, or -o report.docx")
    })
}

/// Errors: standard input, which can be read only once.
fn ensure_are_files(input: &InputSpec) -> Result<(), Error> {
    if input.files.iter().flatten().any(|path| path.as_path() == Path::new(STDIN)) {
        let message = "a report reads the cases several times, and standard input can be read only once";
        let remedy = "save it to a file first: cat > cases.csv; calc-series report cases.csv -o report.html";
        return Err(Error::usage_with(message, remedy));
    }
    Ok(())
}
