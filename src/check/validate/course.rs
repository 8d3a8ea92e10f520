//! The course of the patients: follow-up, last status, adverse events (C18, C19, C20).

use super::case_sink::{CaseSink, CellFinding};
use super::case_view::CaseView;
use super::column_lookup::ColumnLookup;
use super::item::Conclusions;
use super::required_column::RequiredColumn;
use super::rule::ValidationRule;
use super::sink::FindingSink;
use crate::cohort::case::CaseCell;
use crate::cohort::cell::LevelState;
use crate::cohort::known_cells::AnswerByCell;
use crate::cohort::quantity::Quantity;
use crate::decimal::Decimal;
use crate::diagnostic::{FindingId, quoted};
use crate::schema::Role;
use crate::schema::audit::Purpose;
use crate::schema::lexical::fold;

const FOLLOW_UP: FindingId = FindingId::FollowUpNotReported;
const LAST_STATUS: FindingId = FindingId::LastStatusNotReported;
const ADVERSE: FindingId = FindingId::AdverseEventsNotReported;

/// Oldest plausible age at the end of follow-up, in years.
const OLDEST: i64 = 120;

/// Words of an outcome that mean lost to follow-up.
const LOST: [&str; 6] = ["lost", "not followed", "withdrew", "withdrawn", "abandoned", "dropped out"];

/// Examines follow-up, last status and adverse events.
#[derive(Clone)]
pub struct CourseRules<'a> {
    lookup: &'a ColumnLookup<'a>,
    follow_up: RequiredColumn<'a>,
    status: RequiredColumn<'a>,
    reason: RequiredColumn<'a>,
    adverse: RequiredColumn<'a>,
    is_lost: AnswerByCell<bool>,
}

impl<'a> CourseRules<'a> {
    /// For the columns of a cohort.
    pub fn new(lookup: &'a ColumnLookup<'a>) -> CourseRules<'a> {
        let status = lookup.first(Role::Outcome).or_else(|| lookup.first(Role::Response));
        CourseRules {
            lookup,
            follow_up: RequiredColumn::new(
                FOLLOW_UP,
                lookup.first(Role::FollowUp),
                "the length of the follow-up",
                "add the follow-up as a number with its unit, as in followup (months); write >=30 for a minimum",
            ),
            status: RequiredColumn::new(
                LAST_STATUS,
                status,
                "the last status",
                "add the status of the patient at the last visit",
            ),
            reason: RequiredColumn::new(
                LAST_STATUS,
                lookup.of(Purpose::StopReason),
                "the reason for loss to follow-up",
                "add a column stop_reason: moved, no resources, declined, unknown",
            ),
            adverse: RequiredColumn::new(
                ADVERSE,
                lookup.of(Purpose::AdverseEvents),
                "whether there were adverse events",
                "add a column adverse_events with the events, none, or NR; an empty cell does not mean none",
            ),
            is_lost: AnswerByCell::default(),
        }
    }

    /// True with a number, or with the dates of the first and the last visit.
    fn is_followed(&self, case: &CaseView<'_>) -> bool {
        let of_column = self.follow_up.column.is_some_and(|column| case.is_number(&column));
        let date = |purpose| case.date(self.lookup.of(purpose));
        of_column || date(Purpose::LastVisit).is_some() && (date(Purpose::Onset).or(date(Purpose::Diagnosis))).is_some()
    }

    /// Age and follow-up together must not exceed a human life.
    fn beyond_a_life(&self, case: &CaseView<'_>, sink: &mut CaseSink<'_>) {
        let Some(column) = self.follow_up.column else { return };
        let Some(followed) = case.value(Some(column)) else { return };
        let is_beyond = case.years(&column).is_some_and(|years| is_longer_than_a_life(case.person.age_years, years));
        if followed.is_negative() || is_beyond {
            sink.of_case(FindingId::FollowUpImplausible, (case, &column.variable().header), || {
                let message = match followed.is_negative() {
                    true => "negative follow-up".to_owned(),
                    false => format!("with this follow-up the patient would be more than {OLDEST} years old"),
                };
                let value = case.case.text(column.column).into_owned();
                CellFinding::new(message).value(value).remedy("check the unit: the follow-up may be in days or weeks")
            });
        }
    }

    /// A patient lost to follow-up needs a reason.
    fn ask_reason(&mut self, case: &CaseView<'_>, sink: &mut CaseSink<'_>) {
        let Some(column) = self.status.column else { return };
        if self.is_lost.of(&case.cell(&column), means_lost) {
            self.reason.look(case, sink);
        }
    }
}

fn means_lost(status: &CaseCell) -> bool {
    let CaseCell::Level(LevelState::Level(level)) = status else { return false };
    let status = fold(level);
    LOST.iter().any(|word| status.contains(word))
}

#[expect(clippy::arithmetic_side_effects, reason = "fractions of any size do not overflow")]
fn is_longer_than_a_life(age: Option<Quantity>, followed: Quantity) -> bool {
    let years = |years: i64| Quantity::from(Decimal::from_int(years));
    let age = age.unwrap_or(years(0));
    // Of nearly all patients it is known without a fraction.
    let is_short = |part: Quantity| part.compare(years(OLDEST / 2)).is_le();
    if is_short(age) && is_short(followed) {
        return false;
    }
    age.to_ratio() + followed.to_ratio() > years(OLDEST).to_ratio()
}

impl ValidationRule for CourseRules<'_> {
    fn look(&mut self, case: &CaseView<'_>, sink: &mut CaseSink<'_>) {
        let followed = self.is_followed(case);
        self.follow_up.count(followed, case, sink);
        self.beyond_a_life(case, sink);
        self.status.look(case, sink);
        self.ask_reason(case, sink);
        self.adverse.look(case, sink);
    }

    fn absorb(&mut self, other: Self) {
        self.follow_up.absorb(other.follow_up);
        self.status.absorb(other.status);
        self.reason.absorb(other.reason);
        self.adverse.absorb(other.adverse);
    }

    fn conclude(self, sink: &mut FindingSink<'_>, conclusions: &mut Conclusions) {
        let is_followed = self.follow_up.conclude(sink);
        let bare = self.follow_up.column.filter(|column| column.variable().unit.is_none());
        if let Some(column) = bare {
            let name = &column.variable().name;
            let remedy = format!("write the unit into the header, as in {name} (months), or into the schema");
            let message = format!("the column {} has no unit", quoted(&column.variable().header));
            sink.of_series(FOLLOW_UP, message, remedy);
        }
        let unit = if bare.is_some() { "without a unit" } else { "with its unit" };
        let found = format!("a number {unit}: {}", self.follow_up.share.words());
        conclusions.judge(FOLLOW_UP, is_followed && bare.is_none(), found);
        let has_status = self.status.conclude(sink);
        let has_reasons = self.reason.conclude(sink);
        let lost = match self.reason.share.of {
            0 => "none lost".to_owned(),
            _ => format!("a reason for those lost {}", self.reason.share.words()),
        };
        let found = format!("last status {}; {lost}", self.status.share.words());
        conclusions.judge(LAST_STATUS, has_status && has_reasons, found);
        let has_events = self.adverse.conclude(sink);
        conclusions.judge(ADVERSE, has_events, self.adverse.share.words());
    }
}
