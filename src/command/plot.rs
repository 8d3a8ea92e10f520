//! A figure: count the whole input, read it again where single patients are drawn, place the marks.

use super::figures::Drawing;
use super::open::{InputSpec, open_for};
use super::output::{Outcome, Target, deliver_all};
use super::progress::shown;
use super::request::TableRequest;
use super::withhold::{Told, concealed};
use crate::analyze::conventions::of_filter;
use crate::analyze::{findings, summarize};
use crate::cohort::deidentify;
use crate::cohort::stream::ensure_can_be_read_twice;
use crate::diagnostic::{Findings, Severity};
use crate::error::Error;
use crate::tables::plot::{DrawnFigure, FigureKind};
use crate::tally::read_cohort;

/// What the user requested.
pub struct PlotRequest {
    /// The kind of figure.
    pub kind: FigureKind,
    /// The input.
    pub input: InputSpec,
    /// What is withheld, and the conventions of the numbers.
    pub tables: TableRequest,
    /// The width in millimetres.
    pub width_mm: f64,
    /// Pixels per inch of png.
    pub dpi: u16,
    /// True where a rise between visits is better than a fall.
    pub higher_is_better: bool,
    /// The outputs with their formats.
    pub targets: Vec<Target>,
    /// True where a warning makes the run fail.
    pub strict: bool,
}

/// Runs the command.
///
/// Errors: input that is refused or lacks what the figure draws, a figure of single patients where few are masked,
/// and failed writes.
pub fn run(request: &PlotRequest) -> Result<Outcome, Error> {
    ensure_may_show_patients(request)?;
    let withholds = request.tables.withholds();
    drawn(request).map_err(|error| if withholds { deidentify::refusal(error) } else { error })
}

/// Errors: small counts are to be masked, and every mark is one patient.
fn ensure_may_show_patients(request: &PlotRequest) -> Result<(), Error> {
    if request.tables.suppress_below.is_none() || !request.kind.shows_patients() {
        return Ok(());
    }
    let message = format!("a {} figure shows single patients, which --suppress-below hides", request.kind);
    Err(Error::usage_with(message, "leave out --suppress-below; --deidentify hides who they are"))
}

fn drawn(request: &PlotRequest) -> Result<Outcome, Error> {
    let (tables, is_deidentified) = (&request.tables, request.tables.deidentify);
    let opened = open_for(&request.input, is_deidentified)?;
    if request.kind.shows_patients() {
        ensure_can_be_read_twice(&opened.inputs)?;
    }
    let mut cohort = shown(&opened.inputs, || read_cohort(&opened.inputs, &opened.settings))?;
    cohort.findings.merge(opened.notes.clone());
    let (options, shown) = tables.resolve(&cohort)?;
    let (results, findings) = (Some(summarize(&cohort, &options).0), findings(&cohort, &options));
    let of_figures = of_filter(&cohort).filter(|_| options.suppress_below.is_none()).into_iter().collect();
    let told = Told { results, findings, for_scripts: Findings::default(), notes: Vec::new(), of_figures };
    let Told { results, findings, of_figures, .. } = concealed(told, tables, &cohort, &options)?;
    let results = results.unwrap_or_default();
    let failed = request.strict && findings.count(Severity::Warning) > 0;
    let drawing = Drawing {
        width_mm: request.width_mm,
        higher_is_better: request.higher_is_better,
        ..Drawing::of(&opened, &cohort, &results, (&options, &shown), (of_figures, is_deidentified))
    };
    let figure = drawing.figure(request.kind)?;
    let stdout = written(request, &figure, &opened.paths)?;
    Ok(Outcome { stdout, findings, failed, ..Outcome::default() })
}

/// Writes the figure to its files; returns what goes to standard output.
fn written(request: &PlotRequest, figure: &DrawnFigure, inputs: &[std::path::PathBuf]) -> Result<Vec<u8>, Error> {
    let bytes =
        |target: &Target| target.format.figure(figure, request.dpi).map_err(|fault| Error::io("the figure", fault));
    let outputs = request.targets.iter().map(|target| Ok((target.path.as_deref(), bytes(target)?)));
    deliver_all(outputs.collect::<Result<_, Error>>()?, inputs)
}
