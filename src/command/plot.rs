//! A figure: count the whole input, read it again where single patients are drawn, place the marks.

use super::open::{InputSpec, Opened, open};
use super::output::{Outcome, Target, deliver_all};
use super::progress::shown;
use super::request::TableRequest;
use crate::analyze::conventions::of_filter;
use crate::analyze::treatment;
use crate::cohort::deidentify;
use crate::cohort::filter::Truth;
use crate::cohort::stream::{each_case, ensure_can_be_read_twice};
use crate::diagnostic::Severity;
use crate::error::Error;
use crate::tables::plot::{Courses, DEIDENTIFIED, Figure, FigureKind, Subject, points, swimmer};
use crate::tally::{Cohort, read_cohort};

/// What the user requested.
pub struct Request {
    /// The kind of figure.
    pub kind: FigureKind,
    /// The input.
    pub input: InputSpec,
    /// What is withheld, and the conventions of the numbers.
    pub tables: TableRequest,
    /// The width in millimetres.
    pub width_mm: f64,
    /// The outputs with their formats.
    pub targets: Vec<Target>,
    /// True where a warning makes the run fail.
    pub strict: bool,
}

/// Runs the command.
///
/// Errors: input that is refused or lacks what the figure draws, a figure of single patients where few are masked,
/// and failed writes.
pub fn run(request: &Request) -> Result<Outcome, Error> {
    ensure_may_show_patients(request)?;
    let is_deidentified = request.tables.deidentify;
    drawn(request).map_err(|error| if is_deidentified { deidentify::refusal(error) } else { error })
}

/// Errors: small counts are to be masked, and every mark is one patient.
fn ensure_may_show_patients(request: &Request) -> Result<(), Error> {
    if request.tables.suppress_below.is_none() || !request.kind.shows_patients() {
        return Ok(());
    }
    let message = format!("a {} figure shows single patients, which --suppress-below hides", request.kind);
    Err(Error::usage_with(message, "leave out --suppress-below; --deidentify hides who they are"))
}

fn drawn(request: &Request) -> Result<Outcome, Error> {
    let mut opened = open(&request.input)?;
    opened.settings.deidentify = request.tables.deidentify;
    ensure_can_be_read_twice(&opened.inputs)?;
    let mut cohort = shown(&opened.inputs, || read_cohort(&opened.inputs, &opened.settings))?;
    let mut findings = std::mem::take(&mut cohort.findings);
    opened.notes.iter().for_each(|note| findings.add(note.clone()));
    if request.tables.deidentify {
        findings.each(deidentify::finding);
    }
    let figure = figure(request, &opened, &cohort)?;
    let failed = request.strict && findings.count(Severity::Warning) > 0;
    let bytes = |target: &Target| target.format.figure(&figure).map_err(|fault| Error::io("the figure", fault));
    let outputs = request.targets.iter().map(|target| Ok((target.path.as_deref(), bytes(target)?)));
    let stdout = deliver_all(outputs.collect::<Result<_, Error>>()?, &opened.paths)?;
    Ok(Outcome { stdout, findings, failed, ..Outcome::default() })
}

fn figure(request: &Request, opened: &Opened, cohort: &Cohort) -> Result<Figure, Error> {
    match request.kind {
        FigureKind::Swimmer => of_courses(request, opened, cohort),
    }
}

fn of_courses(request: &Request, opened: &Opened, cohort: &Cohort) -> Result<Figure, Error> {
    let is_deidentified = request.tables.deidentify;
    let (options, _) = request.tables.resolve(cohort)?;
    let cases = cohort.case_columns(&opened.settings);
    let mut courses = Courses::new(cohort, &cases, &options, is_deidentified)?;
    let mut filter = match &opened.settings.keep {
        None => None,
        Some(keep) => {
            let bound = keep.filter.bind(&cohort.columns_of_variables(&opened.settings));
            Some(bound.map_err(|fault| fault.into_error(&keep.text))?)
        }
    };
    let visit = each_case(&opened.inputs, &cohort.columns, &cases, |case| {
        if filter.as_mut().is_none_or(|filter| filter.judge(case) == Truth::True) {
            courses.add(case);
        }
        Ok(())
    });
    visit?;
    let (courses, cases) = courses.finish();
    let mut notes: Vec<String> = of_filter(cohort).into_iter().collect();
    if is_deidentified {
        notes.push(DEIDENTIFIED.to_owned());
    }
    let lines = treatment(cohort).and_then(|number| cohort.variables.get(number));
    let domain = lines.and_then(|column| column.variable.target_domain.as_deref());
    Ok(swimmer(&courses, Subject { domain, cases, notes }, points(request.width_mm)))
}
