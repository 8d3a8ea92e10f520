//! Columns that say the same of a case twice: a `male` of 0 and 1 beside the sex, the time to the diagnosis beside its
//! dates.

use super::case_sink::{CaseSink, CellFinding};
use super::case_view::CaseView;
use super::column_lookup::ColumnLookup;
use super::rule::ValidationRule;
use crate::cohort::case::CaseColumn;
use crate::cohort::quantity::Quantity;
use crate::decimal::Decimal;
use crate::diagnostic::FindingId;
use crate::schema::audit::Purpose;
use crate::schema::header::normalise;
use crate::schema::lexical::answer;
use crate::schema::lexical::calendar::day_number;
use crate::schema::lexical::duration::TimeUnit;
use crate::schema::sex::sex_of;
use crate::schema::{Kind, Role};

/// Words of the name of a time from the onset to the diagnosis.
const TO_DIAGNOSIS: [&str; 5] = ["to dx", "to diagnosis", "diagnostic delay", "diagnosis delay", "delay of diagnosis"];

/// Examines columns that repeat what others say.
#[derive(Clone)]
pub struct Agreeing<'a> {
    sex: Option<CaseColumn<'a>>,
    /// Columns that are called a sex, and hold yes and no.
    of_one_sex: Vec<CaseColumn<'a>>,
    onset: Option<CaseColumn<'a>>,
    diagnosis: Option<CaseColumn<'a>>,
    delays: Vec<CaseColumn<'a>>,
}

impl<'a> Agreeing<'a> {
    /// For the columns of a cohort.
    pub fn new(lookup: &'a ColumnLookup<'a>) -> Agreeing<'a> {
        let name = |column: &CaseColumn<'_>| normalise(&column.variable().name);
        let is_of_one_sex = |column: &CaseColumn<'_>| {
            let variable = column.variable();
            matches!(variable.kind, Kind::Binary | Kind::Category)
                && variable.role != Role::Sex
                && sex_of(&name(column), false).is_some()
        };
        let is_delay = |column: &CaseColumn<'_>| {
            column.variable().kind == Kind::Number && TO_DIAGNOSIS.iter().any(|words| name(column).contains(words))
        };
        let is_diagnosis =
            |column: &CaseColumn<'_>| column.variable().kind == Kind::Date && name(column) == "diagnosis";
        Agreeing {
            sex: lookup.first(Role::Sex),
            of_one_sex: lookup.all().filter(is_of_one_sex).collect(),
            onset: lookup.of(Purpose::Onset),
            diagnosis: lookup.of(Purpose::Diagnosis).or_else(|| lookup.all().find(is_diagnosis)),
            delays: lookup.all().filter(is_delay).collect(),
        }
    }

    fn sexes(&self, case: &CaseView<'_>, sink: &mut CaseSink<'_>) {
        let Some(level) = case.level(self.sex) else { return };
        let Some(sex) = sex_of(&level, true) else { return };
        for column in &self.of_one_sex {
            let header = &column.variable().header;
            let Some(cell) = case.level(Some(*column)) else { continue };
            let says = match &*cell {
                "1" => Some(true),
                "0" => Some(false),
                word => answer(word),
            };
            let Some(says) = says else { continue };
            let named = sex_of(&normalise(&column.variable().name), false);
            if says != (named == Some(sex)) {
                sink.of_case(FindingId::SexContradicted, (case, header), || {
                    let message = "this column and the sex contradict one another";
                    CellFinding::new(message).value(&*cell).remedy("compare both with the source, and keep one of them")
                });
            }
        }
    }

    fn delays(&self, case: &CaseView<'_>, sink: &mut CaseSink<'_>) {
        let day = |column| case.date(column).and_then(day_number);
        let Some((onset, diagnosis)) = day(self.onset).zip(day(self.diagnosis)) else { return };
        let days = diagnosis.saturating_sub(onset);
        for column in &self.delays {
            let Some(unit) = column.variable().unit.as_deref().and_then(TimeUnit::of_word) else { continue };
            let stated = case.value(Some(*column)).and_then(|value| value.in_time(unit, TimeUnit::Days));
            let Some(stated) = stated else { continue };
            // The unit may be rounded up or down, and months have 28 to 31 days.
            let slack = Quantity::from(Decimal::from_int(1)).in_time(unit, TimeUnit::Days);
            let Some(slack) = slack else { continue };
            let at_most = |days: i64| stated.compare(Quantity::from(Decimal::from_int(days))).is_le();
            let slack_days = (1..=366).find(|day| slack.compare(Quantity::from(Decimal::from_int(*day))).is_le());
            let slack = slack_days.unwrap_or(366).saturating_add(days.checked_div(20).unwrap_or_default().abs());
            let is_near = at_most(days.saturating_add(slack)) && !at_most(days.saturating_sub(slack).saturating_sub(1));
            if !is_near {
                sink.of_case(FindingId::DurationDisagrees, (case, &column.variable().header), || {
                    let message = format!("from the onset to the diagnosis are {days} days by their dates");
                    let value = case.case.text(column.column).into_owned();
                    CellFinding::new(message).value(value).remedy("compare the duration and both dates with the source")
                });
            }
        }
    }
}

impl ValidationRule for Agreeing<'_> {
    fn look(&mut self, case: &CaseView<'_>, sink: &mut CaseSink<'_>) {
        self.sexes(case, sink);
        self.delays(case, sink);
    }

    fn absorb(&mut self, _other: Self) {}
}
