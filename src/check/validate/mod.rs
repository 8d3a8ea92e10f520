//! Validation: what must be said of the data before a report is written from them.
//!
//! ```text
//! findings of reading ---.
//! findings of the counts -+--> Ledger: severities and acceptances of the schema --> Validation
//! rules, case by case ----'
//! ```
//! Every rule is one struct that looks at each case once and concludes at the end; what it keeps
//! does not grow with the cases. Counts that the tallies hold already are taken from there.

mod biopsies;
mod completeness;
mod course;
mod dating;
mod drug_detail;
mod identical;
mod identifiers;
mod item;
mod labs;
mod ledger;
mod lines;
mod measured_twice;
mod near_duplicates;
mod person;
mod question;
mod red_cells;
mod scale;
mod seen;
mod series;
mod sites;
mod treatment;
mod units;

pub use completeness::{FieldCompleteness, Fields};
pub use item::{ITEMS, Item, ItemResult, State};
pub use ledger::Accepted;

use crate::analyze::conventions::of_filter;
use crate::analyze::{Options, summarize};
use crate::cohort::filter::Truth;
use crate::cohort::stream::each_case;
use crate::diagnostic::{Finding, Findings, Severity};
use crate::error::Error;
use crate::read::Inputs;
use crate::schema::audit::Audit;
use crate::tally::{Cohort, Settings};
use item::Items;
use ledger::Ledger;
use seen::{Found, Seen};

/// What a validation comes to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Validation {
    /// Number of cases.
    pub cases: u64,
    /// Which cases were looked at, where not all of them were.
    pub filter: Option<String>,
    /// The findings, by severity, id and column.
    pub findings: Findings,
    /// Findings that the schema accepts, with the reason.
    pub accepted: Vec<Accepted>,
    /// The checklist of completeness, in order.
    pub items: Vec<ItemResult>,
    /// How complete each column is.
    pub fields: Fields,
}

impl Validation {
    /// What is left of a file that was refused: why.
    pub fn refused(findings: Findings) -> Validation {
        Validation { findings, ..Validation::default() }
    }

    /// Items that are satisfied, and items that apply.
    pub fn items_satisfied(&self) -> (u64, u64) {
        let of = |wanted: &[State]| self.items.iter().filter(|item| wanted.contains(&item.state)).count() as u64;
        (of(&[State::Satisfied]), of(&[State::Satisfied, State::NotSatisfied]))
    }

    /// True where the run fails: an error, or a warning where those count.
    pub fn fails(&self, strict: bool) -> bool {
        self.findings.count(Severity::Error) > 0 || strict && self.findings.count(Severity::Warning) > 0
    }
}

/// One thing to look for in all cases.
trait Rule {
    /// Looks at one case.
    fn look(&mut self, case: &Seen<'_>, ledger: &mut Ledger<'_>);

    /// Says what is to be said of all cases together.
    fn conclude(self: Box<Self>, ledger: &mut Ledger<'_>, items: &mut Items);
}

/// Looks at all cases once.
///
/// `notes` are findings of the schema and of opening the files. Errors: inputs that can be read only once,
/// or that changed since they were counted.
pub fn validate(inputs: &Inputs, cohort: &Cohort, settings: &Settings, notes: &[Finding]) -> Result<Validation, Error> {
    let nothing = Audit::default();
    let audit = settings.schema.as_ref().map_or(&nothing, |schema| &schema.audit);
    let columns = cohort.case_columns(settings);
    let found = Found::new(cohort, &columns, audit);
    let mut ledger = Ledger::new(audit, inputs);
    let (_, findings) = summarize(cohort, &Options::default());
    ledger.take(&findings);
    notes.iter().chain(&found.notes).for_each(|note| ledger.add(note.clone()));

    let mut rules = rules(cohort, &found, audit);
    let mut filter = match &settings.keep {
        Some(keep) => {
            let bound = keep.filter.bind(&cohort.columns_of_variables(settings));
            Some(bound.map_err(|fault| fault.into_error(&keep.text))?)
        }
        None => None,
    };
    each_case(inputs, &cohort.columns, &columns, |case| {
        if filter.as_mut().is_none_or(|filter| filter.judge(case) == Truth::True) {
            let seen = Seen::new(*case, &found);
            rules.iter_mut().for_each(|rule| rule.look(&seen, &mut ledger));
        }
        Ok(())
    })?;
    let mut items = Items::default();
    for rule in rules {
        rule.conclude(&mut ledger, &mut items);
    }
    let Items { results, fields } = items;
    let (findings, accepted) = ledger.close(settings.keep.is_some());
    let filter = of_filter(cohort);
    Ok(Validation { cases: cohort.cases, filter, findings, accepted, items: item::in_order(results), fields })
}

fn rules<'a>(cohort: &'a Cohort, found: &'a Found<'a>, audit: &'a Audit) -> Vec<Box<dyn Rule + 'a>> {
    let mut rules: Vec<Box<dyn Rule + 'a>> = vec![
        Box::new(series::Series::new(audit, cohort.cases)),
        Box::new(dating::Dating::new(found, audit)),
        Box::new(person::Person::new(found, audit)),
        Box::new(identifiers::Identifiers::new(cohort, found)),
        Box::new(sites::Sites::new(cohort, found)),
        Box::new(biopsies::Biopsies::new(found)),
        Box::new(labs::HeadlineLabs::new(cohort, found, audit)),
        Box::new(units::Units::new(cohort, found)),
        Box::new(measured_twice::MeasuredTwice::new(found)),
        Box::new(scale::Scale::new(cohort, found)),
        Box::new(red_cells::RedCells::new(found)),
        Box::new(identical::Identical::new(cohort, found)),
        Box::new(treatment::Treatment::new(found, audit)),
        Box::new(lines::Contradictions::new(found)),
        Box::new(course::Course::new(found)),
        Box::new(near_duplicates::NearDuplicates::new(cohort, found)),
    ];
    rules.push(Box::new(completeness::Completeness::new(cohort, found)));
    rules
}
