//! Validation: problems in the data that should be solved before a report is written from them.
//!
//! ```text
//! findings of reading ------.
//! findings of the tallies ---+--> FindingSink: severities and acceptances of the schema --> Validation
//! rules, case by case -------'
//! ```
//! A rule is a struct that examines each case once, in one of several threads, and reports on all of them at the end;
//! what it stores does not grow with the number of cases. Counts come from the tallies where they exist.
//! To add a rule: its file, its row in the table of `item.rs`, its entry in `rules.rs`, and its
//! paragraph in `diagnostic/catalogue.toml`.

mod agreeing;
mod alike_ids;
mod biopsies;
mod case_share;
mod case_sink;
mod case_view;
mod column_lookup;
mod completeness;
mod course;
mod dating;
mod drug_detail;
mod examine;
mod fields;
mod identical;
mod identifiers;
mod item;
mod labs;
mod lines;
mod measured_twice;
mod missing_codes;
mod near_duplicates;
mod neighbours;
mod person;
mod red_cells;
mod required_column;
mod rule;
mod rules;
mod scale;
mod series;
mod sink;
mod sites;
mod treatment;
mod units;

pub use fields::{ColumnFields, FieldCompleteness};
pub use item::{ItemResult, ItemState};
pub use sink::Accepted;

use crate::analyze::conventions::of_filter;
use crate::analyze::{Options, summarize};
use crate::cohort::in_turn::{CasePass, threads};
use crate::diagnostic::{Findings, Severity};
use crate::error::Error;
use crate::read::Inputs;
use crate::schema::audit::Audit;
use crate::tally::{Cohort, Settings};
use column_lookup::ColumnLookup;
use examine::{Examiner, examine};
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
    pub fields: ColumnFields,
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
pub fn validate(inputs: &Inputs, cohort: &Cohort, settings: &Settings, notes: &Findings) -> Result<Validation, Error> {
    let no_audit = Audit::default();
    let audit = settings.schema.as_ref().map_or(&no_audit, |schema| &schema.audit);
    let columns = cohort.case_columns(settings);
    let lookup = ColumnLookup::new(cohort, &columns, audit);
    let mut sink = FindingSink::new(audit, inputs);
    let (_, findings) = summarize(cohort, &Options::default());
    sink.take(&findings);
    sink.take(notes);
    lookup.notes.iter().for_each(|note| sink.add(note.clone()));

    let mut filter = None;
    if let Some(keep) = &settings.keep {
        let bound = keep.filter.bind(&cohort.columns_of_variables(settings));
        filter = Some(bound.map_err(|fault| fault.into_error(&keep.text))?);
    }
    let threads = threads(inputs, settings.threads);
    let pass = CasePass { inputs, columns: &cohort.columns, cases: &columns, threads };
    let examiner = Examiner::new(cohort, &lookup, audit, filter);
    let mut conclusions = examine(pass, &examiner, &mut sink)?;
    let fields = std::mem::take(&mut conclusions.fields);
    let (findings, to_report, accepted) = sink.close(settings.keep.is_some());
    let filter = of_filter(cohort);
    let items = item::in_order(conclusions);
    Ok(Validation { cases: cohort.cases, filter, findings, to_report, accepted, items, fields })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tally::read_cohort;
    use proptest::prelude::*;

    fn validated(text: &str, threads: usize, block_size: usize) -> Validation {
        let mut inputs = Inputs::embedded("cases.csv", text.to_owned().leak()).unwrap();
        inputs.block_size = block_size;
        let settings = Settings { threads: Some(threads), ..Settings::default() };
        let cohort = read_cohort(&inputs, &settings).unwrap();
        validate(&inputs, &cohort, &settings, &Findings::default()).unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn threads_and_blocks_change_nothing(
            are_alike in prop::collection::vec(any::<bool>(), 1..60),
            cells in prop::collection::vec("[0-9]{1,2}|1234\\.5|99|, x|8 months|", 60),
            lines in prop::collection::vec("a|a \\[2 mg/kg/day\\]: none; b|none|a: died; b|", 60),
            threads in 2_usize..5,
            block_size in 16_usize..400,
        ) {
            let mut text = "id,age,sex,hb (g/dL),ck,sites,treatment,response,outcome,followup (months),note\n".to_owned();
            for (at, is_alike) in are_alike.iter().enumerate() {
                let style = if at % 2 == 0 { "P" } else if *is_alike { "p0" } else { "Q" };
                let id = format!("{style}{}", at / 2);
                let cell = |step: usize| cells[at.saturating_mul(7).saturating_add(step) % 60].replace(", ", "");
                let line = &lines[at];
                let mail = if at % 9 == 4 { "a@b.org" } else { "" };
                text += &format!("{id},{},M,{},{},knee right;elbow,{line},complete,dead,{},{mail}\n", cell(0), cell(1), cell(2), cell(3));
            }
            prop_assert_eq!(validated(&text, threads, block_size), validated(&text, 1, 1 << 18));
        }
    }
}
