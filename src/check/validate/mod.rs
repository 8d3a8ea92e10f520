//! Validation: problems in the data that should be solved before a report is written from them.
//!
//! ```text
//! findings of reading ------.
//! findings of the tallies ---+--> FindingSink: severities and acceptances of the schema --> Validation
//! rules, case by case -------'
//! ```
//! A rule is a struct that examines each case once and reports on all of them at the end; what it
//! stores does not grow with the number of cases. Counts come from the tallies where they exist.
//! To add a rule: its file, its row in the table of `item.rs`, its entry in `rules`, and its
//! paragraph in `diagnostic/catalogue.toml`.

mod alike_ids;
mod biopsies;
mod case_share;
mod case_view;
mod column_lookup;
mod completeness;
mod course;
mod dating;
mod drug_detail;
mod fields;
mod identical;
mod identifiers;
mod item;
mod labs;
mod lines;
mod measured_twice;
mod missing_codes;
mod near_duplicates;
mod person;
mod red_cells;
mod required_column;
mod rule;
mod scale;
mod series;
mod sink;
mod sites;
mod treatment;
mod units;

pub use fields::{FieldCompleteness, Fields};
pub use item::{ItemResult, ItemState};
pub use sink::Accepted;

use crate::analyze::conventions::of_filter;
use crate::analyze::{Options, summarize};
use crate::cohort::filter::Truth;
use crate::cohort::stream::each_case;
use crate::diagnostic::{Finding, Findings, Severity};
use crate::error::Error;
use crate::read::Inputs;
use crate::schema::audit::Audit;
use crate::tally::{Cohort, Settings};
use case_view::CaseView;
use column_lookup::ColumnLookup;
use item::Conclusions;
use rule::ValidationRule;
use sink::FindingSink;

/// The result of a validation.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Validation {
    /// Number of cases.
    pub cases: u64,
    /// The filter, where only some of the cases were examined.
    pub filter: Option<String>,
    /// What the records get wrong, by severity, id and column.
    pub findings: Findings,
    /// What a report will have to state and the records do not tell, by id and column.
    pub to_report: Findings,
    /// The findings that the schema accepts, with its reasons.
    pub accepted: Vec<Accepted>,
    /// The checklist of completeness, in order.
    pub items: Vec<ItemResult>,
    /// How complete each column is.
    pub fields: Fields,
}

impl Validation {
    /// The result for a file that could not be read: only the findings that say why.
    pub fn refused(findings: Findings) -> Validation {
        Validation { findings, ..Validation::default() }
    }

    /// The number of items that are satisfied, and of items that apply.
    pub fn items_satisfied(&self) -> (u64, u64) {
        let of = |states: &[ItemState]| self.items.iter().filter(|item| states.contains(&item.state)).count() as u64;
        (of(&[ItemState::Satisfied]), of(&[ItemState::Satisfied, ItemState::NotSatisfied]))
    }

    /// True where the run fails: on an error of the records, and under `strict` on a warning; never on what a report has
    /// to state.
    pub fn fails(&self, strict: bool) -> bool {
        self.findings.count(Severity::Error) > 0 || strict && self.findings.count(Severity::Warning) > 0
    }
}

/// Validates a cohort in one pass over its cases.
///
/// `notes` are the findings of the schema and of opening the files. Errors: inputs that can be read
/// only once, and inputs that changed since they were counted.
pub fn validate(inputs: &Inputs, cohort: &Cohort, settings: &Settings, notes: &[Finding]) -> Result<Validation, Error> {
    let no_audit = Audit::default();
    let audit = settings.schema.as_ref().map_or(&no_audit, |schema| &schema.audit);
    let columns = cohort.case_columns(settings);
    let lookup = ColumnLookup::new(cohort, &columns, audit);
    let mut sink = FindingSink::new(audit, inputs);
    let (_, findings) = summarize(cohort, &Options::default());
    sink.take(&findings);
    notes.iter().chain(&lookup.notes).for_each(|note| sink.add(note.clone()));

    let mut rules = rules(cohort, &lookup, audit);
    let mut filter = match &settings.keep {
        Some(keep) => {
            let bound = keep.filter.bind(&cohort.columns_of_variables(settings));
            Some(bound.map_err(|fault| fault.into_error(&keep.text))?)
        }
        None => None,
    };
    each_case(inputs, &cohort.columns, &columns, |case| {
        if filter.as_mut().is_none_or(|filter| filter.judge(case) == Truth::True) {
            let view = CaseView::new(*case, &lookup);
            rules.iter_mut().for_each(|rule| rule.look(&view, &mut sink));
        }
        Ok(())
    })?;
    let mut conclusions = Conclusions::default();
    for rule in rules {
        rule.conclude(&mut sink, &mut conclusions);
    }
    let fields = std::mem::take(&mut conclusions.fields);
    let (findings, to_report, accepted) = sink.close(settings.keep.is_some());
    let filter = of_filter(cohort);
    let items = item::in_order(conclusions);
    Ok(Validation { cases: cohort.cases, filter, findings, to_report, accepted, items, fields })
}

/// Every rule. Each is applied to every case, in this order.
fn rules<'a>(cohort: &'a Cohort, lookup: &'a ColumnLookup<'a>, audit: &'a Audit) -> Vec<Box<dyn ValidationRule + 'a>> {
    vec![
        Box::new(series::StatedFacts::new(audit, cohort.cases)),
        Box::new(dating::Dating::new(lookup, audit)),
        Box::new(person::Demographics::new(lookup, audit)),
        Box::new(identifiers::Identifiers::new(cohort, lookup)),
        Box::new(sites::Sites::new(cohort, lookup)),
        Box::new(biopsies::Biopsies::new(lookup)),
        Box::new(labs::HeadlineLabs::new(cohort, lookup, audit)),
        Box::new(units::Units::new(cohort, lookup)),
        Box::new(measured_twice::MeasuredTwice::new(lookup)),
        Box::new(scale::Scale::new(cohort, lookup)),
        Box::new(red_cells::RedCells::new(lookup)),
        Box::new(identical::Identical::new(cohort, lookup)),
        Box::new(treatment::Treatment::new(lookup, audit)),
        Box::new(lines::Contradictions::new(lookup)),
        Box::new(course::Course::new(lookup)),
        Box::new(alike_ids::AlikeIds::new(lookup)),
        Box::new(missing_codes::MissingCodes::new(cohort, lookup)),
        Box::new(near_duplicates::NearDuplicates::new(cohort, lookup)),
        Box::new(completeness::Completeness::new(cohort, lookup)),
    ]
}
