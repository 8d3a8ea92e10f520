//! Age with the event it refers to, sex, and diagnosis with its certainty (C07, C08, C10).

use super::case_share::CaseShare;
use super::case_sink::{CaseSink, CellFinding};
use super::case_view::CaseView;
use super::column_lookup::ColumnLookup;
use super::item::Conclusions;
use super::required_column::RequiredColumn;
use super::rule::ValidationRule;
use super::sink::FindingSink;
use crate::cohort::case::CaseColumn;
use crate::diagnostic::FindingId;
use crate::schema::audit::{Audit, Purpose};
use crate::schema::header::normalise;
use crate::schema::{Kind, Role};

const AGE: FindingId = FindingId::AgeEventUnclear;
const CERTAINTY: FindingId = FindingId::CertaintyNotReported;

/// Examines age, sex and diagnosis.
#[derive(Clone)]
pub struct PersonRules<'a> {
    age: RequiredColumn<'a>,
    event: RequiredColumn<'a>,
    /// The events that an age may refer to; empty where any event is accepted.
    events: &'a [String],
    /// The name of the age column contains the event, as in `age at onset`.
    event_in_name: bool,
    sex: RequiredColumn<'a>,
    etiology: RequiredColumn<'a>,
    certainty: RequiredColumn<'a>,
    uncertain: CaseShare,
    criteria: CaseShare,
    criteria_of_series: bool,
    criteria_column: Option<CaseColumn<'a>>,
    durations: Vec<CaseColumn<'a>>,
}

impl<'a> PersonRules<'a> {
    /// For the columns of a cohort.
    pub fn new(lookup: &'a ColumnLookup<'a>, audit: &'a Audit) -> PersonRules<'a> {
        let age = lookup.first(Role::Age);
        let name = age.map(|column| normalise(&column.variable().name)).unwrap_or_default();
        let certainty = lookup.of(Purpose::Certainty);
        let etiology = lookup.of_role(Role::Etiology).find(|c| Some(c.column) != certainty.map(|c| c.column));
        let event_remedy = "add a column such as age_event with what the age refers to: onset, diagnosis, last visit";
        PersonRules {
            age: RequiredColumn::new(AGE, age, "the age", "add the age with its unit"),
            event: RequiredColumn::new(AGE, lookup.of(Purpose::AgeEvent), "the event the age refers to", event_remedy),
            events: &audit.series.age_events,
            event_in_name: ["onset", "diagnosis", "presentation", "admission", "surgery", " at "]
                .iter()
                .any(|word| name.contains(word)),
            sex: RequiredColumn::new(
                FindingId::SexNotReported,
                lookup.first(Role::Sex),
                "the sex",
                "add the sex of each patient",
            ),
            etiology: RequiredColumn::new(CERTAINTY, etiology, "the diagnosis", "add the diagnosis of each patient"),
            certainty: RequiredColumn::new(
                CERTAINTY,
                certainty,
                "the certainty of the diagnosis",
                "add a column such as etiology_certainty: definite, probable or suspected",
            ),
            uncertain: CaseShare::default(),
            criteria: CaseShare::default(),
            criteria_of_series: audit.series.diagnostic_criteria.is_some(),
            criteria_column: lookup.of(Purpose::DiagnosticCriteria),
            durations: lookup.all().filter(is_duration).collect(),
        }
    }

    fn ask_event(&mut self, case: &CaseView<'_>, sink: &mut CaseSink<'_>) {
        if self.event_in_name {
            self.event.share.add(true, case);
            return;
        }
        let event = case.level(self.event.column);
        let is_meant = |event: &str| self.events.is_empty() || self.events.iter().any(|meant| meant == event);
        match event.filter(|event| !is_meant(event)) {
            Some(event) => {
                self.event.share.add(false, case);
                let header = self.event.column.map_or("", |column| &column.variable().header);
                sink.of_case(AGE, (case, header), || {
                    let message = format!("the age refers to an event other than {}", self.events.join(" or "));
                    let remedy =
                        "give the age at that event, or add this event to \"ageEvents\" in \"series\" of the schema";
                    CellFinding::new(message).value(&*event).remedy(remedy)
                });
            }
            None => self.event.look(case, sink),
        }
    }

    /// A duration must not exceed the age.
    fn lasted_longer(&self, case: &CaseView<'_>, sink: &mut CaseSink<'_>) {
        let Some(age) = case.person.age_years else { return };
        for column in &self.durations {
            let Some(years) = case.years(column) else { continue };
            if years.compare(age).is_gt() {
                sink.of_case(FindingId::DurationExceedsAge, (case, &column.variable().header), || {
                    let message = "this duration is longer than the age of the patient";
                    let value = case.case.text(column.column).into_owned();
                    CellFinding::new(message).value(value).remedy("check the units of the duration and of the age")
                });
            }
        }
    }
}

fn is_duration(column: &CaseColumn<'_>) -> bool {
    let variable = column.variable();
    let is_other_number = variable.kind == Kind::Number && variable.role == Role::Other;
    is_other_number && normalise(&variable.name).contains("duration")
}

impl ValidationRule for PersonRules<'_> {
    fn look(&mut self, case: &CaseView<'_>, sink: &mut CaseSink<'_>) {
        self.age.look(case, sink);
        self.ask_event(case, sink);
        self.sex.look(case, sink);
        self.etiology.look(case, sink);
        self.certainty.look(case, sink);
        let certainty = case.level(self.certainty.column).map(|word| word.to_lowercase());
        self.uncertain.add(certainty.is_some_and(|word| word != "definite" && word != "certain"), case);
        let has_criteria = self.criteria_of_series || self.criteria_column.is_some_and(|column| case.reports(&column));
        self.criteria.add(has_criteria, case);
        self.lasted_longer(case, sink);
    }

    fn absorb(&mut self, other: Self) {
        self.age.absorb(other.age);
        self.event.absorb(other.event);
        self.sex.absorb(other.sex);
        self.etiology.absorb(other.etiology);
        self.certainty.absorb(other.certainty);
        self.uncertain.absorb(other.uncertain);
        self.criteria.absorb(other.criteria);
    }

    fn conclude(self, sink: &mut FindingSink<'_>, conclusions: &mut Conclusions) {
        // Not joined by `&&`: each of them must report its own finding.
        let has_age = self.age.conclude(sink);
        let has_event = self.event.conclude(sink);
        let found = format!("age {}; event {}", self.age.share.words(), self.event.share.words());
        conclusions.judge(AGE, has_age && has_event, found);
        let has_sex = self.sex.conclude(sink);
        conclusions.judge(FindingId::SexNotReported, has_sex, self.sex.share.words());
        let known = [self.etiology.conclude(sink), self.certainty.conclude(sink), self.criteria.is_full()];
        if !self.criteria.is_full() {
            let message = format!("diagnostic criteria are named for {} cases", self.criteria.words());
            let remedy = "name them in \"diagnosticCriteria\" in \"series\" of the schema, or in a column";
            sink.of_series(CERTAINTY, message, remedy);
        }
        let found = format!(
            "diagnosis {}; certainty {}, less than definite {}; criteria named {}",
            self.etiology.share.words(),
            self.certainty.share.words(),
            self.uncertain.words(),
            self.criteria.words()
        );
        conclusions.judge(CERTAINTY, known.iter().all(|known| *known), found);
    }
}
