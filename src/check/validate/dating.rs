//! Dates: whether each case is dated, within the period, in their natural order, and how its time can be followed.

use super::drug_detail::Detail;
use super::item::Items;
use super::ledger::{Ledger, Said};
use super::question::Share;
use super::seen::{Found, Seen};
use super::{Rule, Severity};
use crate::cohort::case::CaseColumn;
use crate::cohort::quantity::Quantity;
use crate::decimal::Decimal;
use crate::schema::audit::{Audit, Period, Purpose, is_before};
use crate::schema::lexical::Date;
use crate::schema::{Kind, Role};

/// Events in the order in which they happen.
const ORDER: [(Purpose, &str); 5] = [
    (Purpose::Birth, "birth"),
    (Purpose::Onset, "onset"),
    (Purpose::Diagnosis, "diagnosis"),
    (Purpose::LastVisit, "last visit"),
    (Purpose::Death, "death"),
];

/// Words of units of time.
const TIME_UNITS: [&str; 9] = ["days", "day", "d", "weeks", "week", "months", "month", "years", "year"];

/// The dates of the cases.
pub struct Dating<'a> {
    found: &'a Found<'a>,
    period: Option<Period>,
    dates: Vec<CaseColumn<'a>>,
    durations: Vec<CaseColumn<'a>>,
    dated: Share,
    inside: Share,
    with_durations: Share,
    timed: Share,
}

impl<'a> Dating<'a> {
    /// For the date columns of the cases and the period of the series.
    pub fn new(found: &'a Found<'a>, audit: &Audit) -> Dating<'a> {
        let is_date = |column: &CaseColumn<'_>| {
            column.variable().kind == Kind::Date && column.variable().role != Role::DirectIdentifier
        };
        let birth = found.of(Purpose::Birth).map(|column| column.column);
        Dating {
            found,
            period: audit.series.period,
            dates: found.all().filter(|column| is_date(column) && Some(column.column) != birth).collect(),
            durations: found.all().filter(is_duration).collect(),
            dated: Share::default(),
            inside: Share::default(),
            with_durations: Share::default(),
            timed: Share::default(),
        }
    }

    fn header(&self) -> &'a str {
        self.dates.first().map_or("", |column| &column.variable().header)
    }

    /// Each case has a date, and one of them lies in the period.
    fn within_period(&mut self, dates: &[Date], case: &Seen<'_>, ledger: &mut Ledger<'_>) {
        let at = (case, self.header());
        let inside = self.period.is_none_or(|period| dates.iter().any(|date| period.holds(*date)));
        self.inside.add(!dates.is_empty() && inside, case);
        if dates.is_empty() && !self.dates.is_empty() {
            let remedy = "a year of presentation is enough to show that the case belongs to the period";
            ledger.say("case-not-dated", Severity::Warning, at, || Said::new("the case has no date").remedy(remedy));
        }
        if let Some(period) = self.period.filter(|_| !dates.is_empty() && !inside) {
            ledger.say("date-outside-period", Severity::Error, at, || {
                let all: Vec<String> = dates.iter().map(Date::to_string).collect();
                let message = format!("no date of the case lies in the period of the series, {period}");
                Said::new(message).value(all.join(", ")).remedy("correct the date, or the period in the schema")
            });
        }
    }

    fn order(&self, case: &Seen<'_>, ledger: &mut Ledger<'_>) {
        let events: Vec<(&str, CaseColumn<'_>, Date)> = ORDER
            .iter()
            .filter_map(|(purpose, name)| {
                let column = self.found.of(*purpose)?;
                Some((*name, column, case.date(Some(column))?))
            })
            .collect();
        for (number, (later_name, column, later)) in events.iter().enumerate() {
            let wrong = events.iter().take(number).find(|(_, _, earlier)| is_before(*later, *earlier));
            if let Some((earlier_name, ..)) = wrong {
                ledger.say("dates-out-of-order", Severity::Error, (case, &column.variable().header), || {
                    let message = format!("the {later_name} lies before the {earlier_name}");
                    Said::new(message).value(shown(column, *later)).remedy("compare both dates with the source")
                });
            }
        }
        self.age_of_birth(&events, case, ledger);
    }

    /// Nobody is older than the time from birth to the last date.
    fn age_of_birth(&self, events: &[(&str, CaseColumn<'_>, Date)], case: &Seen<'_>, ledger: &mut Ledger<'_>) {
        let birth = events.iter().find(|(name, ..)| *name == "birth").map(|(_, _, date)| *date);
        let last = self.dates.iter().filter_map(|column| case.date(Some(*column))).max();
        let (Some(birth), Some(last), Some(age)) = (birth, last, case.person.age_years) else { return };
        let most = i64::from(last.year).saturating_sub(i64::from(birth.year)).saturating_add(1);
        let header = self.found.first(Role::Age).map_or("", |column| &column.variable().header);
        if age.compare(Quantity::from(Decimal::from_int(most))).is_ge() {
            ledger.say("age-disagrees", Severity::Error, (case, header), || {
                let message = "the age is greater than the time from the birth to the last date of the case";
                Said::new(message).remedy("correct the age, its unit, or the dates")
            });
        }
    }
}

/// A date of a column that is withheld is not repeated.
fn shown(column: &CaseColumn<'_>, date: Date) -> String {
    if column.variable().is_withheld() { String::new() } else { date.to_string() }
}

fn is_duration(column: &CaseColumn<'_>) -> bool {
    let variable = column.variable();
    let unit = variable.unit.as_deref().unwrap_or_default().to_lowercase();
    variable.kind == Kind::Number
        && variable.role != Role::Age
        && variable.role != Role::Lab
        && TIME_UNITS.contains(&unit.as_str())
}

impl Rule for Dating<'_> {
    fn look(&mut self, case: &Seen<'_>, ledger: &mut Ledger<'_>) {
        let dates: Vec<Date> = self.dates.iter().filter_map(|column| case.date(Some(*column))).collect();
        self.within_period(&dates, case, ledger);
        self.order(case, ledger);
        let mut agents = case.lines().iter().flat_map(|line| &line.agents);
        let lasts = self.durations.iter().any(|column| case.is_number(column))
            || agents.any(|agent| Detail::of(agent).duration);
        self.dated.add(!dates.is_empty(), case);
        self.with_durations.add(lasts, case);
        self.timed.add(lasts || !dates.is_empty(), case);
        if !lasts && dates.is_empty() {
            ledger.say("timeline-missing", Severity::Warning, (case, ""), || {
                let remedy = "give a year, or how long symptoms, treatments or the follow-up lasted";
                Said::new("nothing tells when or how long: no date and no duration").remedy(remedy)
            });
        }
    }

    fn conclude(self: Box<Self>, ledger: &mut Ledger<'_>, items: &mut Items) {
        if self.dates.is_empty() && self.dated.of > 0 {
            let remedy = "add a column with the year of presentation";
            let message = format!("no column of dates: none of {} cases is dated", self.dated.of);
            ledger.of_series("case-not-dated", Severity::Warning, message, remedy);
        }
        let inside = match self.period {
            Some(period) => format!("dated inside the period {period}: {}", self.inside.said()),
            None => format!("dated: {}; no period is stated", self.dated.said()),
        };
        items.judge("case-not-dated", self.inside.is_full(), inside);
        let said = format!("dates {}; durations {}", self.dated.said(), self.with_durations.said());
        items.judge("timeline-missing", self.timed.is_full(), said);
    }
}
