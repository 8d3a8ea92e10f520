//! Who the patients are: age and the event it refers to, sex, diagnosis with its certainty (C07, C08, C10).

use super::item::Items;
use super::ledger::{Ledger, Said};
use super::question::{Question, Share};
use super::seen::{Found, Seen};
use super::{Rule, Severity};
use crate::cohort::case::CaseColumn;
use crate::schema::audit::{Audit, Purpose};
use crate::schema::header::normalise;
use crate::schema::{Kind, Role};

const AGE: &str = "age-event-unclear";
const CERTAINTY: &str = "certainty-not-reported";

/// What is known of each patient.
pub struct Person<'a> {
    age: Question<'a>,
    event: Question<'a>,
    /// The events that an age of the series may refer to; any where there is none.
    events: &'a [String],
    /// The name of the age column tells the event: `age at onset`.
    event_in_name: bool,
    sex: Question<'a>,
    etiology: Question<'a>,
    certainty: Question<'a>,
    uncertain: Share,
    criteria: Share,
    criteria_of_series: bool,
    criteria_column: Option<CaseColumn<'a>>,
    durations: Vec<CaseColumn<'a>>,
}

impl<'a> Person<'a> {
    /// For the columns of a cohort.
    pub fn new(found: &'a Found<'a>, audit: &'a Audit) -> Person<'a> {
        let age = found.first(Role::Age);
        let name = age.map(|column| normalise(&column.variable().name)).unwrap_or_default();
        let certainty = found.of(Purpose::Certainty);
        let etiology = found.of_role(Role::Etiology).find(|c| Some(c.column) != certainty.map(|c| c.column));
        let event_remedy = "say in a column such as age_event what the age refers to: onset, diagnosis, last visit";
        Person {
            age: Question::new(AGE, Severity::Error, age, "the age", "add the age with its unit"),
            event: Question::new(
                AGE,
                Severity::Error,
                found.of(Purpose::AgeEvent),
                "the event the age refers to",
                event_remedy,
            ),
            events: &audit.series.age_events,
            event_in_name: ["onset", "diagnosis", "presentation", "admission", "surgery", " at "]
                .iter()
                .any(|word| name.contains(word)),
            sex: Question::new(
                "sex-not-reported",
                Severity::Error,
                found.first(Role::Sex),
                "the sex",
                "add the sex of each patient",
            ),
            etiology: Question::new(
                CERTAINTY,
                Severity::Warning,
                etiology,
                "the diagnosis",
                "add the diagnosis of each patient",
            ),
            certainty: Question::new(
                CERTAINTY,
                Severity::Warning,
                certainty,
                "the certainty of the diagnosis",
                "add a column such as etiology_certainty: definite, probable or suspected",
            ),
            uncertain: Share::default(),
            criteria: Share::default(),
            criteria_of_series: audit.series.diagnostic_criteria.is_some(),
            criteria_column: found.of(Purpose::DiagnosticCriteria),
            durations: found.all().filter(is_duration).collect(),
        }
    }

    fn ask_event(&mut self, case: &Seen<'_>, ledger: &mut Ledger<'_>) {
        if self.event_in_name {
            self.event.share.add(true, case);
            return;
        }
        let event = case.level(self.event.column);
        let is_meant = |event: &String| self.events.is_empty() || self.events.contains(event);
        match event.filter(|event| !is_meant(event)) {
            Some(event) => {
                self.event.share.add(false, case);
                let header = self.event.column.map_or("", |column| &column.variable().header);
                ledger.say(AGE, Severity::Error, (case, header), || {
                    let message =
                        format!("the age refers to another event than the series: {}", self.events.join(", "));
                    let remedy = "give the age at that event, or name the event in \"ageEvents\" of \"series\"";
                    Said::new(message).value(event).remedy(remedy)
                });
            }
            None => self.event.ask(case, ledger),
        }
    }

    /// Complaints cannot have lasted longer than the patient has lived.
    fn lasted_longer(&self, case: &Seen<'_>, ledger: &mut Ledger<'_>) {
        let Some(age) = case.person.age_years else { return };
        for column in &self.durations {
            let Some(years) = case.years(column) else { continue };
            if years.compare(age).is_gt() {
                ledger.say("duration-exceeds-age", Severity::Warning, (case, &column.variable().header), || {
                    let message = "this lasted longer than the patient has lived";
                    let value = case.case.text(column.column).into_owned();
                    Said::new(message).value(value).remedy("check the units of the duration and of the age")
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

impl Rule for Person<'_> {
    fn look(&mut self, case: &Seen<'_>, ledger: &mut Ledger<'_>) {
        self.age.ask(case, ledger);
        self.ask_event(case, ledger);
        self.sex.ask(case, ledger);
        self.etiology.ask(case, ledger);
        self.certainty.ask(case, ledger);
        let certainty = case.level(self.certainty.column).map(|word| word.to_lowercase());
        self.uncertain.add(certainty.is_some_and(|word| word != "definite" && word != "certain"), case);
        let names = self.criteria_of_series || self.criteria_column.is_some_and(|column| case.reports(&column));
        self.criteria.add(names, case);
        self.lasted_longer(case, ledger);
    }

    fn conclude(self: Box<Self>, ledger: &mut Ledger<'_>, items: &mut Items) {
        // One after the other, so that each says its own sentence.
        let has_age = self.age.conclude(ledger);
        let has_event = self.event.conclude(ledger);
        let said = format!("age {}; event {}", self.age.share.said(), self.event.share.said());
        items.judge(AGE, has_age && has_event, said);
        let has_sex = self.sex.conclude(ledger);
        items.judge("sex-not-reported", has_sex, self.sex.share.said());
        let known = [self.etiology.conclude(ledger), self.certainty.conclude(ledger), self.criteria.is_full()];
        if !self.criteria.is_full() {
            let message = format!("the criteria of the diagnosis are named for {} cases", self.criteria.said());
            let remedy = "name them in \"diagnosticCriteria\" of \"series\" in the schema, or in a column of their own";
            ledger.of_series(CERTAINTY, Severity::Warning, message, remedy);
        }
        let said = format!(
            "diagnosis {}; certainty {}, less than definite {}; criteria named {}",
            self.etiology.share.said(),
            self.certainty.share.said(),
            self.uncertain.said(),
            self.criteria.said()
        );
        items.judge(CERTAINTY, known.iter().all(|known| *known), said);
    }
}
