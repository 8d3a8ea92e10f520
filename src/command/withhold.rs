//! What the outputs about a cohort may tell, where small counts are masked or nobody is to be recognised.

use super::open::Opened;
use super::request::TableRequest;
use crate::analyze::deidentify::{self, ensure_ages_are_numbers};
use crate::analyze::disclosure::{self, suppress};
use crate::analyze::results::Results;
use crate::analyze::{Options, association, survival};
use crate::cohort::deidentify::{file_name, finding, names_no_person};
use crate::diagnostic::Findings;
use crate::error::Error;
use crate::read::Inputs;
use crate::tables::plot::DEIDENTIFIED;
use crate::tally::Cohort;

/// What the outputs say about a cohort.
pub struct Told {
    /// `None` where they need not be kept.
    pub results: Option<Results>,
    /// Findings for standard error.
    pub findings: Findings,
    /// Findings for the outputs.
    pub for_scripts: Findings,
    /// Sentences for the outputs.
    pub notes: Vec<String>,
    /// Those of them for figures.
    pub of_figures: Vec<String>,
}

/// The same with small counts masked and identifying values removed, as requested.
///
/// Errors: a column of ages that are not numbers.
pub fn concealed(mut told: Told, tables: &TableRequest, cohort: &Cohort, options: &Options) -> Result<Told, Error> {
    if let (Some(below), Some(results)) = (options.suppress_below, &mut told.results) {
        let suppressed = suppress(std::mem::take(results), cohort, options, below);
        *results = suppressed.results;
        told.notes.extend(suppressed.sentences);
        told.of_figures.extend(suppressed.of_counts);
        told.notes.extend(cohort.survival.as_ref().map(|_| survival::LEFT_OUT.to_owned()));
        told.notes.extend(cohort.pairs.first().map(|_| association::LEFT_OUT.to_owned()));
        // A finding is about a cell or counts cells: what is written to a log is given away, too.
        told.for_scripts = Findings::default();
        told.findings.each(finding);
        told.findings.one_each();
        disclosure::finding(cohort, below).into_iter().for_each(|finding| told.findings.add(finding));
    }
    if tables.deidentify {
        ensure_ages_are_numbers(cohort, options)?;
        told.findings.each(finding);
        told.for_scripts.each(finding);
        told.notes.push(deidentify::NOTE.to_owned());
        told.of_figures.push(DEIDENTIFIED.to_owned());
    }
    Ok(told)
}

/// The names of the inputs as they are shown.
pub fn shown_names(inputs: &Inputs, tables: &TableRequest) -> Vec<String> {
    let shown =
        |(number, name): (usize, &str)| if tables.withholds() { file_name(name, number) } else { name.to_owned() };
    (1..).zip(inputs.names()).map(shown).collect()
}

/// The name of the schema, unless it may name a person.
pub fn shown_schema<'o>(opened: &'o Opened, tables: &TableRequest) -> Option<&'o str> {
    opened.schema_name.as_deref().filter(|name| !tables.withholds() || names_no_person(name))
}
