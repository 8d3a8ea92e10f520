//! What is withheld of a column of numbers by its cells: numbers that may lead to a person, and years that may be an age.

use crate::decimal::Decimal;
use crate::schema::evidence::Evidence;
use crate::schema::header::identity::names_a_stay;
use crate::schema::header::quantity::is_bare_years;
use crate::schema::lexical::duration::TimeUnit;
use crate::schema::{Kind, Role, Variable};

/// The least number that may be one of a record, a telephone or a day, where nobody is to be recognised.
const MAY_BE_OF_A_PERSON: i64 = 10_000;
/// The least number of a stay in a hospital that does not count the stays of a patient.
const NO_COUNT: i64 = 1000;
/// From here a number of years is a year of the calendar.
const YEARS_OF_THE_CALENDAR: i64 = 1000;

/// Years in which a patient may be born.
const BIRTH_YEARS: (i64, i64) = (1870, 2040);

/// True for a column of nothing but whole numbers of five digits and more, in no unit and under a header that does not
/// say what they are: phone numbers, numbers of records, dates such as 20180314; and of nothing but years, which may be
/// those of births in a language that nobody here knows.
pub(super) fn may_number_persons(variable: &Variable, cells: &Evidence) -> bool {
    let (first, last) = BIRTH_YEARS;
    let is_year = |year: Decimal| year.scale() == 0 && year <= Decimal::from_int(last);
    let are_years = || cells.bare().extent.is_some_and(|(_, high)| is_year(high));
    // `Jahre` of the calendar are as open as `year`.
    let may_be_births = || !is_bare_years(&variable.header) && are_years();
    are_numbers_from(MAY_BE_OF_A_PERSON, variable, cells) || are_numbers_from(first, variable, cells) && may_be_births()
}

/// True for the numbers that a hospital gives to stays, under a header that could count them as well.
pub(super) fn numbers_a_stay(variable: &Variable, cells: &Evidence) -> bool {
    names_a_stay(&variable.header) && are_numbers_from(NO_COUNT, variable, cells)
}

fn are_numbers_from(least: i64, variable: &Variable, cells: &Evidence) -> bool {
    variable.role == Role::Other
        && variable.unit.is_none()
        && matches!(variable.kind, Kind::Number | Kind::Category)
        && cells.bare().extent.is_some_and(|(low, _)| low.scale() == 0 && low >= Decimal::from_int(least))
}

/// True for a column in a unit of time, and for one of bare years: a number of more than 89 years may be an age, whatever
/// else the header says.
pub(super) fn may_be_ages(variable: &Variable, cells: &Evidence) -> bool {
    let is_time = variable.unit.as_deref().and_then(TimeUnit::of_word).is_some();
    let calendar = Decimal::from_int(YEARS_OF_THE_CALENDAR);
    let is_of_the_calendar = || cells.bare().extent.is_some_and(|(low, _)| low >= calendar);
    is_time || is_bare_years(&variable.header) && !is_of_the_calendar()
}
