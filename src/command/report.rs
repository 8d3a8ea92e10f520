//! The report as one page or Word document: tables, figures, what validation finds, the audit of the claims, conventions.

use super::figures::Drawing;
use super::kept::{MOST_CASES, case_table};
use super::open::{EXAMPLE_CLAIMS, InputSpec, Opened, open_for};
use super::output::{Outcome, deliver};
use super::progress::shown;
use super::request::TableRequest;
use super::selected::{Selected, claims_of_file, select};
use super::withhold::{Told, concealed, shown_names, shown_schema};
use crate::analyze::{findings, summarize};
use crate::check::claims::{Claims, judge, plan};
use crate::check::validate::validate;
use crate::cohort::deidentify;
use crate::cohort::stream::ensure_can_be_read_twice;
use crate::diagnostic::{Findings, Severity};
use crate::error::Error;
use crate::read::STDIN;
use crate::render::page::PageFormat;
use crate::tables::audit::{AuditReport, audit_report};
use crate::tables::plot::{DrawnFigure, FigureKind};
use crate::tables::{Report, ReportContext, Table, findings_of, report, verdicts_of};
use crate::tally::{Cohort, read_cohort};
use crate::words::Word;
use std::path::{Path, PathBuf};

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
pub struct ReportRequest {
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
/// Errors: input that is refused or cannot be read several times, claims that are refused or may not be told, and failed
/// writes.
pub fn run(request: &ReportRequest) -> Result<Outcome, Error> {
    let withholds = request.tables.withholds();
    reported(request).map_err(|error| if withholds { deidentify::refusal(error) } else { error })
}

fn reported(request: &ReportRequest) -> Result<Outcome, Error> {
    let (tables, format) = (&request.tables, format_of(request.output.as_deref())?);
    ensure_are_files(&request.input)?;
    ensure_claims_may_be_told(request)?;
    let opened = open_for(&request.input, tables.deidentify)?;
    ensure_can_be_read_twice(&opened.inputs)?;
    let mut cohort = shown(&opened.inputs, || read_cohort(&opened.inputs, &opened.settings))?;
    let of_validation = validation(request, &opened, &cohort)?;
    cohort.findings.merge(opened.notes.clone());
    let (audit, of_claims) = audited(request)?;
    let (options, shown) = tables.resolve(&cohort)?;
    let (results, _) = summarize(&cohort, &options);
    let findings = findings(&cohort, &options);
    let warnings = findings.count(Severity::Warning);
    let (notes, of_figures) = (Vec::new(), Vec::new());
    let told = Told { results: Some(results), for_scripts: Findings::default(), findings, notes, of_figures };
    let Told { results, findings, notes, of_figures, .. } = concealed(told, tables, &cohort, &options)?;
    let results = results.unwrap_or_default();
    let names = shown_names(&opened.inputs, tables);
    let context = ReportContext {
        files: &names,
        schema: shown_schema(&opened, tables),
        warnings: (!tables.withholds()).then_some(warnings),
        notes,
        ..ReportContext::default()
    };
    let mut page = report(&cohort, &results, &options, &shown.clone().for_journal(None), &context);
    list_cases(&mut page, request, &opened, &cohort)?;
    let checks: Vec<Table> = of_validation.into_iter().chain(audit.iter().flat_map(verdicts_of)).collect();
    page.footnotes.extend(audit.iter().flat_map(|audit| audit.footnotes.iter().cloned()));
    let drawing = Drawing::of(&opened, &cohort, &results, (&options, &shown), (of_figures, tables.deidentify));
    if FigureKind::Response.fits(&cohort) && !drawing.shows_some(FigureKind::Response) {
        let why = if options.suppress_below.is_some() { "all of it is masked" } else { "no response is stated" };
        page.footnotes.push(format!("Not shown, as {why}: the figure of the responses."));
    }
    let rendered = format.render(&page, &figures(&drawing, request)?, &checks);
    let rendered = rendered.map_err(|fault| Error::io("the report", fault))?;
    // No file that is read may be overwritten.
    let read = [opened.paths.as_slice(), &of_claims].concat();
    let stdout = deliver(rendered, request.output.as_deref(), &read)?;
    Ok(Outcome { stdout, findings, failed: request.strict && warnings > 0, ..Outcome::default() })
}

/// Errors: claims where something is withheld, as a verdict tells what the records give.
fn ensure_claims_may_be_told(request: &ReportRequest) -> Result<(), Error> {
    if request.claims == ReportClaims::None || !request.tables.withholds() {
        return Ok(());
    }
    let message = "the verdicts on claims tell what the records give, which --suppress-below and --deidentify hide";
    Err(Error::usage_with(message, "leave out the claims, or write two reports"))
}

/// What validation finds: it names cases and their cells.
fn validation(request: &ReportRequest, opened: &Opened, cohort: &Cohort) -> Result<Vec<Table>, Error> {
    if request.tables.withholds() {
        return Ok(Vec::new());
    }
    let found = shown(&opened.inputs, || validate(&opened.inputs, cohort, &opened.settings, &opened.notes))?;
    Ok(findings_of(&found))
}

/// Adds Table 3 to the page, or why it is left out.
fn list_cases(page: &mut Report, request: &ReportRequest, opened: &Opened, cohort: &Cohort) -> Result<(), Error> {
    if request.tables.withholds() {
        page.footnotes.push("Not shown, as they name cases: the findings of validation.".to_owned());
    }
    match cohort.cases {
        _ if request.tables.suppress_below.is_some() => {
            page.footnotes.push("Not shown, as each row and mark is a case: Table 3, figures of patients.".to_owned());
        }
        0..=MOST_CASES => page.tables.push(case_table(opened, cohort, request.tables.deidentify)?),
        cases => page.footnotes.push(format!("Not shown: Table 3, the {cases} cases one by one.")),
    }
    Ok(())
}

/// The figures that the cohort has something for, and that may be shown; one that no page has room for in parts.
fn figures(drawing: &Drawing<'_>, request: &ReportRequest) -> Result<Vec<DrawnFigure>, Error> {
    let hides_patients = request.tables.suppress_below.is_some();
    // Only who asks for a waterfall states whether a rise is better.
    let kinds = FigureKind::ALL.into_iter().filter(|kind| kind.fits(drawing.cohort) && *kind != FigureKind::Waterfall);
    let kinds = kinds.filter(|kind| !hides_patients || !kind.shows_patients());
    let kinds = kinds.filter(|kind| drawing.shows_some(*kind));
    let drawn: Vec<DrawnFigure> = kinds.map(|kind| drawing.figure(kind)).collect::<Result<_, Error>>()?;
    Ok(drawn.iter().flat_map(DrawnFigure::pages).collect())
}

/// The verdicts on the claims, if there are some, and the paths of their file and its tables.
fn audited(request: &ReportRequest) -> Result<(Option<AuditReport>, Vec<PathBuf>), Error> {
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
