//! The rules that count in several threads. Each is applied to every case, in this order.

use super::agreeing::Agreeing;
use super::biopsies::Biopsies;
use super::case_sink::CaseSink;
use super::case_view::CaseView;
use super::column_lookup::ColumnLookup;
use super::completeness::Completeness;
use super::course::CourseRules;
use super::dating::Dating;
use super::identifiers::Identifiers;
use super::item::Conclusions;
use super::labs::HeadlineLabs;
use super::lines::Contradictions;
use super::measured_twice::MeasuredTwice;
use super::missing_codes::MissingCodes;
use super::person::PersonRules;
use super::red_cells::RedCells;
use super::rule::ValidationRule;
use super::scale::Scale;
use super::series::StatedFacts;
use super::sink::FindingSink;
use super::sites::Sites;
use super::treatment::Treatment;
use super::units::UnitRules;
use crate::schema::audit::Audit;
use crate::tally::Cohort;

macro_rules! rules {
    ($($name:ident: $rule:ident = $new:expr;)*) => {
        /// Every rule that counts in several threads.
        #[derive(Clone)]
        pub struct Rules<'a> {
            $($name: $rule<'a>,)*
        }

        impl<'a> Rules<'a> {
            /// The rules for the columns of a cohort.
            pub fn new(cohort: &'a Cohort, lookup: &'a ColumnLookup<'a>, audit: &'a Audit) -> Rules<'a> {
                Rules { $($name: $new(cohort, lookup, audit),)* }
            }

            /// Examines one case.
            pub fn look(&mut self, case: &CaseView<'_>, sink: &mut CaseSink<'_>) {
                $(self.$name.look(case, sink);)*
            }

            /// Adds what another thread has counted.
            pub fn absorb(&mut self, other: Rules<'a>) {
                $(self.$name.absorb(other.$name);)*
            }

            /// Reports on all cases together.
            pub fn conclude(self, sink: &mut FindingSink<'_>, conclusions: &mut Conclusions) {
                $(self.$name.conclude(sink, conclusions);)*
            }
        }
    };
}

rules! {
    stated_facts: StatedFacts = |cohort: &Cohort, _, audit| StatedFacts::new(audit, cohort.cases);
    dating: Dating = |_, lookup, audit| Dating::new(lookup, audit);
    demographics: PersonRules = |_, lookup, audit| PersonRules::new(lookup, audit);
    identifiers: Identifiers = |cohort, lookup, _| Identifiers::new(cohort, lookup);
    sites: Sites = |_, lookup, _| Sites::new(lookup);
    biopsies: Biopsies = |_, lookup, _| Biopsies::new(lookup);
    labs: HeadlineLabs = HeadlineLabs::new;
    units: UnitRules = |_, lookup, _| UnitRules::new(lookup);
    measured_twice: MeasuredTwice = |_, lookup, _| MeasuredTwice::new(lookup);
    scale: Scale = |_, lookup, _| Scale::new(lookup);
    red_cells: RedCells = |_, lookup, _| RedCells::new(lookup);
    treatment: Treatment = |_, lookup, audit| Treatment::new(lookup, audit);
    contradictions: Contradictions = |_, lookup, _| Contradictions::new(lookup);
    course: CourseRules = |_, lookup, _| CourseRules::new(lookup);
    agreeing: Agreeing = |_, lookup, _| Agreeing::new(lookup);
    missing_codes: MissingCodes = |_, lookup, _| MissingCodes::new(lookup);
    completeness: Completeness = |cohort, lookup, _| Completeness::new(cohort, lookup);
}
