//! Dates: whether each case has one, inside the period and in the right order, and whether its course can be dated (C06, C23).

use super::case_share::CaseShare;
use super::case_sink::{CaseSink, CellFinding};
use super::case_view::{CaseView, lines_of};
use super::column_lookup::ColumnLookup;
use super::drug_detail::DoseDetail;
use super::item::Conclusions;
use super::rule::ValidationRule;
use super::sink::FindingSink;
use crate::cohort::case::{CaseCell, CaseColumn};
use crate::cohort::known_cells::AnswerByCell;
use crate::cohort::quantity::Quantity;
use crate::decimal::Decimal;
use crate::diagnostic::FindingId;
use crate::schema::audit::{Audit, Period, Purpose, is_before};
use crate::schema::lexical::Date;
use crate::schema::lexical::calendar::elapsed_years;
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

/// Examines the dates and durations of the cases.
#[derive(Clone)]
pub struct Dating<'a> {
    lookup: &'a ColumnLookup<'a>,
    period: Option<Period>,
    dates: Vec<CaseColumn<'a>>,
    durations: Vec<CaseColumn<'a>>,
    dated: CaseShare,
    inside: CaseShare,
    with_durations: CaseShare,
    timed: CaseShare,
    /// Whether some line states how long it lasted.
    lines_last: AnswerByCell<bool>,
}

impl<'a> Dating<'a> {
    /// For the date columns of the cases and the period of the series.
    pub fn new(lookup: &'a ColumnLookup<'a>, audit: &Audit) -> Dating<'a> {
        let is_date = |column: &CaseColumn<'_>| {
            column.variable().kind == Kind::Date && column.variable().role != Role::DirectIdentifier
        };
        let birth = lookup.of(Purpose::Birth).map(|column| column.column);
        Dating {
            lookup,
            period: audit.series.period,
            dates: lookup.all().filter(|column| is_date(column) && Some(column.column) != birth).collect(),
            durations: lookup.all().filter(is_duration).collect(),
            dated: CaseShare::default(),
            inside: CaseShare::default(),
            with_durations: CaseShare::default(),
            timed: CaseShare::default(),
            lines_last: AnswerByCell::default(),
        }
    }

    fn header(&self) -> &'a str {
        self.dates.first().map_or("", |column| &column.variable().header)
    }

    /// Each case has a date, and at least one date lies in the period.
    fn within_period(&mut self, dates: &[Date], case: &CaseView<'_>, sink: &mut CaseSink<'_>) {
        let at = (case, self.header());
        let inside = self.period.is_none_or(|period| dates.iter().any(|date| period.holds(*date)));
        self.inside.add(!dates.is_empty() && inside, case);
        if dates.is_empty() && !self.dates.is_empty() {
            let remedy = "add at least the year of presentation";
            sink.of_case(FindingId::CaseNotDated, at, || CellFinding::new("the case has no date").remedy(remedy));
        }
        if let Some(period) = self.period.filter(|_| !dates.is_empty() && !inside) {
            sink.of_case(FindingId::DateOutsidePeriod, at, || {
                let all: Vec<String> = dates.iter().map(Date::to_string).collect();
                let message = format!("no date of the case lies in the period {period} of the series");
                CellFinding::new(message).value(all.join(", ")).remedy("correct the date, or the period in the schema")
            });
        }
    }

    fn order(&self, case: &CaseView<'_>, sink: &mut CaseSink<'_>) {
        let events: Vec<(&str, CaseColumn<'_>, Date)> = ORDER
            .iter()
            .filter_map(|(purpose, name)| {
                let column = self.lookup.of(*purpose)?;
                Some((*name, column, case.date(Some(column))?))
            })
            .collect();
        for (number, (later_name, column, later)) in events.iter().enumerate() {
            let wrong = events.iter().take(number).find(|(_, _, earlier)| is_before(*later, *earlier));
            if let Some((earlier_name, ..)) = wrong {
                sink.of_case(FindingId::DatesOutOfOrder, (case, &column.variable().header), || {
                    let message = format!("the date of {later_name} is before the date of {earlier_name}");
                    CellFinding::new(message).value(shown(column, *later)).remedy("compare both dates with the source")
                });
            }
        }
        self.age_of_birth(&events, case, sink);
    }

    /// The age must not exceed the time from birth to the last date.
    fn age_of_birth(&self, events: &[(&str, CaseColumn<'_>, Date)], case: &CaseView<'_>, sink: &mut CaseSink<'_>) {
        let birth = events.iter().find(|(name, ..)| *name == "birth").map(|(_, _, date)| *date);
        let last = self.dates.iter().filter_map(|column| case.date(Some(*column))).max();
        let (Some(birth), Some(last), Some(age)) = (birth, last, case.person.age_years) else { return };
        // Of full dates the completed years are known.
        let years = || i64::from(last.year).saturating_sub(i64::from(birth.year));
        let most = elapsed_years(birth, last).map_or_else(years, i64::from).saturating_add(1);
        let header = self.lookup.first(Role::Age).map_or("", |column| &column.variable().header);
        if age.compare(Quantity::from(Decimal::from_int(most))).is_ge() {
            sink.of_case(FindingId::AgeDisagrees, (case, header), || {
                let message = "the age is greater than the time from birth to the last date of the case";
                CellFinding::new(message).remedy("correct the age, its unit, or the dates")
            });
        }
    }
}

/// The date to print: empty for a withheld column.
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

impl ValidationRule for Dating<'_> {
    fn look(&mut self, case: &CaseView<'_>, sink: &mut CaseSink<'_>) {
        let dates: Vec<Date> = self.dates.iter().filter_map(|column| case.date(Some(*column))).collect();
        self.within_period(&dates, case, sink);
        self.order(case, sink);
        let states_duration = |cell: &CaseCell| {
            let mut agents = lines_of(cell).iter().flat_map(|line| &line.agents);
            agents.any(|agent| DoseDetail::of(agent).duration)
        };
        let lasts = self.durations.iter().any(|column| case.is_number(column))
            || case.lines_cell().is_some_and(|lines| self.lines_last.of(lines, states_duration));
        self.dated.add(!dates.is_empty(), case);
        self.with_durations.add(lasts, case);
        self.timed.add(lasts || !dates.is_empty(), case);
        if !lasts && dates.is_empty() {
            sink.of_case(FindingId::TimelineMissing, (case, ""), || {
                let remedy = "give a year, or the duration of symptoms, treatments or follow-up";
                CellFinding::new("neither a date nor a duration is reported").remedy(remedy)
            });
        }
    }

    fn absorb(&mut self, other: Self) {
        self.dated.absorb(other.dated);
        self.inside.absorb(other.inside);
        self.with_durations.absorb(other.with_durations);
        self.timed.absorb(other.timed);
    }

    fn conclude(self, sink: &mut FindingSink<'_>, conclusions: &mut Conclusions) {
        if self.dates.is_empty() && self.dated.of > 0 {
            let remedy = "add a column with the year of presentation";
            let message = format!("no date column: none of {} cases has a date", self.dated.of);
            sink.of_series(FindingId::CaseNotDated, message, remedy);
        }
        let inside = match self.period {
            Some(period) => format!("dated inside the period {period}: {}", self.inside.words()),
            None => format!("dated: {}; no period is stated", self.dated.words()),
        };
        conclusions.judge(FindingId::CaseNotDated, self.inside.is_full(), inside);
        let found = format!("dates {}; durations {}", self.dated.words(), self.with_durations.words());
        conclusions.judge(FindingId::TimelineMissing, self.timed.is_full(), found);
    }
}
