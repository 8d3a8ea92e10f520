//! Reference ranges: which one applies to a patient, and where a value is against it.

use super::cell::{CellState, LevelState, level, number};
use super::column::CaseColumn;
use super::quantity::Quantity;
use super::row::CaseRow;
use crate::decimal::Decimal;
use crate::schema::lexical::Comparator;
use crate::schema::lexical::duration::TimeUnit;
use crate::schema::sex;
use crate::schema::{ReferenceRange, SexWords, Status, Variable};
use std::cmp::Ordering;
use std::sync::Arc;

/// Age in years that nobody exceeds: a range up to it holds for everyone who is older than its lower end.
const OLDEST: i64 = 120;

/// The columns a range depends on.
#[derive(Debug, Clone, Copy, Default)]
pub struct Demographics<'a> {
    /// The age.
    pub age: Option<CaseColumn<'a>>,
    /// The sex.
    pub sex: Option<CaseColumn<'a>>,
}

/// What a range depends on, of one patient.
#[derive(Debug, Clone, Default)]
pub struct Person {
    /// `None` if it is not reported, censored or not readable.
    pub age_years: Option<Quantity>,
    /// True where the age is only known to lie above that, as a de-identified one over 89.
    pub is_older: bool,
    /// The level of the sex.
    pub sex: Option<Arc<str>>,
}

/// An age in years; true where the true one is only known to lie above it.
pub type KnownAge = (Quantity, bool);

impl Demographics<'_> {
    /// Age and sex of the patient of a record.
    pub fn of(&self, row: &CaseRow<'_>) -> Person {
        let age = self.age.and_then(|column| age_of(&row.bytes(column.column), &column));
        let sex = self.sex.and_then(|column| sex_of(&row.bytes(column.column), &column));
        Person::new(age, sex)
    }
}

impl Person {
    /// A patient of this age and sex.
    pub fn new(age: Option<KnownAge>, sex: Option<Arc<str>>) -> Person {
        let (age_years, is_older) = age.map_or((None, false), |(years, is_older)| (Some(years), is_older));
        Person { age_years, is_older, sex }
    }
}

/// The age that a cell states.
pub fn age_of(cell: &[u8], column: &CaseColumn<'_>) -> Option<KnownAge> {
    let rules = &column.rules;
    let in_years = |value| in_years(value, rules.variable.unit.as_deref());
    match number(&String::from_utf8_lossy(cell), rules) {
        CellState::Value(age) => Some((in_years(age.value)?, false)),
        CellState::Censored { comparator: Comparator::Above, value, .. } if rules.variable.is_deidentified => {
            Some((in_years(value)?, true))
        }
        _ => None,
    }
}

/// The sex that a cell states for certain.
pub fn sex_of(cell: &[u8], column: &CaseColumn<'_>) -> Option<Arc<str>> {
    match level(&String::from_utf8_lossy(cell), &column.rules) {
        LevelState::Level(sex) => Some(sex).filter(|sex| is_certain(sex, column.rules.variable)).map(Arc::from),
        _ => None,
    }
}

/// An age in years; an age without a unit is in years.
fn in_years(age: Quantity, unit: Option<&str>) -> Option<Quantity> {
    match unit {
        None => Some(age),
        Some(unit) => age.in_time(TimeUnit::of_word(unit)?, TimeUnit::Years),
    }
}

/// The first range that applies to a patient; `None` if none does, or if it depends on an unknown age or sex.
pub fn range_for<'r>(ranges: &'r [ReferenceRange], person: &Person) -> Option<&'r ReferenceRange> {
    ranges.iter().find(|range| {
        let age_fits = range.age.is_none_or(|(from, to)| {
            let against = |end: Decimal| person.age_years.map(|age| age.compare(end.into()));
            let is_before = |end: Decimal| match person.is_older {
                true => Quantity::from(end).compare(Decimal::from_int(OLDEST).into()).is_ge(),
                false => against(end).is_some_and(Ordering::is_lt),
            };
            against(from).is_some_and(Ordering::is_ge) && is_before(to)
        });
        let sex = person.sex.as_deref();
        age_fits && range.sex.as_deref().is_none_or(|wanted| sex.is_some_and(|sex| same_sex(sex, wanted)))
    })
}

/// False for a letter that may mean either sex.
fn is_certain(level: &str, variable: &Variable) -> bool {
    let is_declared = || variable.levels.iter().any(|declared| declared.value == level);
    variable.reading.sex != SexWords::Words || level.trim().chars().count() > 1 || is_declared()
}

fn same_sex(one: &str, other: &str) -> bool {
    let is_known = |sex| sex::sex_of(one, true) == Some(sex);
    one.trim().to_lowercase() == other.trim().to_lowercase() || sex::sex_of(other, true).is_some_and(is_known)
}

/// Where a value is against a range; `None` if a censored value may be on either side of a limit.
pub fn against(comparator: Option<Comparator>, value: Quantity, range: &ReferenceRange) -> Option<Status> {
    against_limits(comparator, value, (range.low.map(Quantity::from), range.high.map(Quantity::from)))
}

/// The same against the lower and the upper limit, of which either may be open.
pub fn against_limits(
    comparator: Option<Comparator>,
    value: Quantity,
    (low, high): (Option<Quantity>, Option<Quantity>),
) -> Option<Status> {
    let (low, high) = (low.map(|low| value.compare(low)), high.map(|high| value.compare(high)));
    let (is_below, is_above) = (low.is_some_and(Ordering::is_lt), high.is_some_and(Ordering::is_gt));
    match comparator {
        None if is_below => Some(Status::Low),
        None if is_above => Some(Status::High),
        None => Some(Status::Normal),
        Some(Comparator::Above | Comparator::AtLeast)
            if is_above || high == Some(Ordering::Equal) && comparator == Some(Comparator::Above) =>
        {
            Some(Status::High)
        }
        Some(Comparator::Above | Comparator::AtLeast) if high.is_none() && !is_below => Some(Status::Normal),
        Some(Comparator::Below | Comparator::AtMost)
            if is_below || low == Some(Ordering::Equal) && comparator == Some(Comparator::Below) =>
        {
            Some(Status::Low)
        }
        Some(Comparator::Below | Comparator::AtMost) if low.is_none() && !is_above => Some(Status::Normal),
        Some(_) => None,
    }
}
