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
use crate::schema::header::quantity::names_time_to_diagnosis;
use crate::schema::lexical::answer;
use crate::schema::lexical::calendar::day_number;
use crate::schema::lexical::duration::TimeUnit;
use crate::schema::sex::{Sex, sex_of};
use crate::schema::{Kind, Role};

/// Examines columns that repeat what others say.
#[derive(Clone)]
pub struct Agreeing<'a> {
    sex: Option<CaseColumn<'a>>,
    /// Columns that are called a sex, and hold yes and no, each with its sex.
    of_one_sex: Vec<(CaseColumn<'a>, Sex)>,
    onset: Option<CaseColumn<'a>>,
    diagnosis: Option<CaseColumn<'a>>,
    delays: Vec<Delay<'a>>,
}

/// A time from the onset to the diagnosis.
#[derive(Clone, Copy)]
struct Delay<'a> {
    column: CaseColumn<'a>,
    unit: TimeUnit,
    /// Days of one unit: it may be rounded up or down, and months have 28 to 31 days.
    slack: i64,
}

impl<'a> Delay<'a> {
    fn of(column: CaseColumn<'a>) -> Option<Delay<'a>> {
        let variable = column.variable();
        let unit = TimeUnit::of_word(variable.unit.as_deref()?)?;
        let slack = i64::try_from(unit.minutes().div_euclid(TimeUnit::Days.minutes())).ok()?.saturating_add(1);
        let is_one = variable.kind == Kind::Number && names_time_to_diagnosis(&variable.name);
        is_one.then_some(Delay { column, unit, slack })
    }
}

impl<'a> Agreeing<'a> {
    /// For the columns of a cohort.
    pub fn new(lookup: &'a ColumnLookup<'a>) -> Agreeing<'a> {
        let name = |column: &CaseColumn<'_>| normalise(&column.variable().name);
        let of_one_sex = |column: CaseColumn<'a>| {
            let variable = column.variable();
            let may_be = matches!(variable.kind, Kind::Binary | Kind::Category) && variable.role != Role::Sex;
            let sex = sex_of(&name(&column), false).filter(|_| may_be)?;
            Some((column, sex))
        };
        let is_diagnosis =
            |column: &CaseColumn<'_>| column.variable().kind == Kind::Date && name(column) == "diagnosis";
        Agreeing {
            sex: lookup.first(Role::Sex),
            of_one_sex: lookup.all().filter_map(of_one_sex).collect(),
            onset: lookup.of(Purpose::Onset),
            diagnosis: lookup.of(Purpose::Diagnosis).or_else(|| lookup.all().find(is_diagnosis)),
            delays: lookup.all().filter_map(Delay::of).collect(),
        }
    }

    fn sexes(&self, case: &CaseView<'_>, sink: &mut CaseSink<'_>) {
        let Some(level) = case.level(self.sex) else { return };
        let Some(sex) = sex_of(&level, true) else { return };
        for (column, named) in &self.of_one_sex {
            let header = &column.variable().header;
            let Some(cell) = case.level(Some(*column)) else { continue };
            let says = match &*cell {
                "1" => Some(true),
                "0" => Some(false),
                word => answer(word),
            };
            let Some(says) = says else { continue };
            if says != (*named == sex) {
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
        for Delay { column, unit, slack } in &self.delays {
            let stated = case.value(Some(*column)).and_then(|value| value.in_time(*unit, TimeUnit::Days));
            let Some(stated) = stated else { continue };
            let slack = slack.saturating_add(days.checked_div(20).unwrap_or_default().saturating_abs());
            let at_most = |days: i64| stated.compare(Quantity::from(Decimal::from_int(days))).is_le();
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
