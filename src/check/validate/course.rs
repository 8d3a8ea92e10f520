//! What became of the patients: follow-up, last status, adverse events (C18, C19, C20).

use super::item::Items;
use super::ledger::{Ledger, Said};
use super::question::Question;
use super::seen::{Found, Seen};
use super::{Rule, Severity};
use crate::cohort::quantity::Quantity;
use crate::decimal::Decimal;
use crate::diagnostic::quoted;
use crate::schema::Role;
use crate::schema::audit::Purpose;
use crate::schema::lexical::fold;

const FOLLOW_UP: &str = "follow-up-not-reported";
const LAST_STATUS: &str = "last-status-not-reported";
const ADVERSE: &str = "adverse-events-not-reported";

/// Nobody is followed beyond this age, in years.
const OLDEST: i64 = 120;

/// Words of an outcome after which nothing more is known.
const LOST: [&str; 6] = ["lost", "not followed", "withdrew", "withdrawn", "abandoned", "dropped out"];

/// The course of the cases.
pub struct Course<'a> {
    found: &'a Found<'a>,
    follow_up: Question<'a>,
    status: Question<'a>,
    reason: Question<'a>,
    adverse: Question<'a>,
}

impl<'a> Course<'a> {
    /// For the columns of a cohort.
    pub fn new(found: &'a Found<'a>) -> Course<'a> {
        let status = found.first(Role::Outcome).or_else(|| found.first(Role::Response));
        Course {
            found,
            follow_up: Question::new(
                FOLLOW_UP,
                Severity::Error,
                found.first(Role::FollowUp),
                "the length of the follow-up",
                "add the follow-up as a number with its unit, as in followup (months); >=30 where it is a minimum",
            ),
            status: Question::new(
                LAST_STATUS,
                Severity::Warning,
                status,
                "the last status",
                "add the state of the patient at the last visit",
            ),
            reason: Question::new(
                LAST_STATUS,
                Severity::Warning,
                found.of(Purpose::StopReason),
                "why a patient was lost",
                "add a column stop_reason: moved, no resources, declined, unknown",
            ),
            adverse: Question::new(
                ADVERSE,
                Severity::Warning,
                found.of(Purpose::AdverseEvents),
                "whether there were adverse events",
                "add a column adverse_events with the events, none, or NR: silence is not none",
            ),
        }
    }

    /// A number, or the dates between which the patient was followed.
    fn is_followed(&self, case: &Seen<'_>) -> bool {
        let of_column = self.follow_up.column.is_some_and(|column| case.is_number(&column));
        let date = |purpose| case.date(self.found.of(purpose));
        of_column || date(Purpose::LastVisit).is_some() && (date(Purpose::Onset).or(date(Purpose::Diagnosis))).is_some()
    }

    /// Age and follow-up together are longer than a life.
    fn beyond_a_life(&self, case: &Seen<'_>, ledger: &mut Ledger<'_>) {
        let Some(column) = self.follow_up.column else { return };
        let Some(followed) = case.value(Some(column)) else { return };
        let is_beyond = case.years(&column).is_some_and(|years| is_longer_than_a_life(case.person.age_years, years));
        if followed.is_negative() || is_beyond {
            ledger.say("follow-up-implausible", Severity::Error, (case, &column.variable().header), || {
                let message = match followed.is_negative() {
                    true => "a follow-up cannot be negative".to_owned(),
                    false => format!("with this follow-up the patient would be older than {OLDEST} years"),
                };
                let value = case.case.text(column.column).into_owned();
                Said::new(message).value(value).remedy("check the unit: the follow-up may be in days or weeks")
            });
        }
    }

    /// Whoever was lost needs a reason.
    fn ask_reason(&mut self, case: &Seen<'_>, ledger: &mut Ledger<'_>) {
        let status = case.level(self.status.column).map(|level| fold(&level)).unwrap_or_default();
        if LOST.iter().any(|word| status.contains(word)) {
            self.reason.ask(case, ledger);
        }
    }
}

#[expect(clippy::arithmetic_side_effects, reason = "fractions of any size do not overflow")]
fn is_longer_than_a_life(age: Option<Quantity>, followed: Quantity) -> bool {
    let zero = Quantity::from(Decimal::from_int(0));
    age.unwrap_or(zero).to_ratio() + followed.to_ratio() > Quantity::from(Decimal::from_int(OLDEST)).to_ratio()
}

impl Rule for Course<'_> {
    fn look(&mut self, case: &Seen<'_>, ledger: &mut Ledger<'_>) {
        let followed = self.is_followed(case);
        self.follow_up.answer(followed, case, ledger);
        self.beyond_a_life(case, ledger);
        self.status.ask(case, ledger);
        self.ask_reason(case, ledger);
        self.adverse.ask(case, ledger);
    }

    fn conclude(self: Box<Self>, ledger: &mut Ledger<'_>, items: &mut Items) {
        let is_followed = self.follow_up.conclude(ledger);
        let bare = self.follow_up.column.filter(|column| column.variable().unit.is_none());
        if let Some(column) = bare {
            let name = &column.variable().name;
            let remedy = format!("write the unit into the header, as in {name} (months), or into the schema");
            let message = format!("the numbers of {} have no unit", quoted(&column.variable().header));
            ledger.of_series(FOLLOW_UP, Severity::Error, message, remedy);
        }
        let unit = if bare.is_some() { "without a unit" } else { "with its unit" };
        let said = format!("a number {unit}: {}", self.follow_up.share.said());
        items.judge(FOLLOW_UP, is_followed && bare.is_none(), said);
        let has_status = self.status.conclude(ledger);
        let has_reasons = self.reason.conclude(ledger);
        let lost = match self.reason.share.of {
            0 => "none lost".to_owned(),
            _ => format!("a reason for those lost {}", self.reason.share.said()),
        };
        let said = format!("last status {}; {lost}", self.status.share.said());
        items.judge(LAST_STATUS, has_status && has_reasons, said);
        let has_events = self.adverse.conclude(ledger);
        items.judge(ADVERSE, has_events, self.adverse.share.said());
    }
}
