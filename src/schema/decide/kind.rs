//! The kind of a column: from its role, its header and the classes of its cells.

use crate::decimal::Decimal;
use crate::schema::evidence::{Class, Evidence};
use crate::schema::header::quantity::is_never_below_zero;
use crate::schema::header::{HeaderQuantity, HeaderReading, holds_one, holds_several};
use crate::schema::no_items::{Asked, asked, denies, says_none};
use crate::schema::{Kind, KindReason, Role};

/// Roles whose columns have levels: a long cell is a long level, and a number is a code.
const TABULATED: [Role; 5] = [Role::Sex, Role::Etiology, Role::Site, Role::Response, Role::Outcome];

/// Classes of one number that is no end of a range.
pub const SINGLE: [Class; 5] = [Class::ZeroOne, Class::Number, Class::Duration, Class::Code, Class::Unreadable];

/// The kind of a column, and why.
pub fn kind_of(
    role: Role,
    header: &HeaderReading,
    quantity: Option<HeaderQuantity>,
    cells: &Evidence,
) -> (Kind, KindReason) {
    let because = |kind, reason| (kind, reason);
    match role {
        Role::CaseId => return because(Kind::Text, KindReason::CaseId),
        Role::DirectIdentifier => return because(Kind::Text, KindReason::Identifier),
        _ if header.is_notes => return because(Kind::Text, KindReason::NotesHeader),
        _ => {}
    }
    let lines = cells.cells(Class::Lines);
    let (numbers, words) = numbers_and_words(role, quantity, cells);
    if role == Role::Treatment && words > 0 && cells.cells(Class::YesNo) < words && words >= numbers {
        return because(Kind::Lines, KindReason::TreatmentLines);
    }
    if lines > 0 && lines.saturating_mul(2) >= words.saturating_add(numbers) {
        return because(Kind::Lines, KindReason::Responses);
    }
    if cells.cells(Class::Long) > 0 && !TABULATED.contains(&role) {
        return because(Kind::Text, KindReason::LongCells);
    }
    if role == Role::Site && words > 0 && words >= numbers {
        return because(Kind::Set, KindReason::Sites);
    }
    // Several responses in a cell are those of one patient, and make no items.
    if words >= numbers && !matches!(role, Role::Age | Role::Sex | Role::Response) && is_of_lists(header, cells) {
        return because(Kind::Set, KindReason::Lists);
    }
    if let Some(kind) = calendar_or_number((role, quantity), header, cells, (numbers, words)) {
        return kind;
    }
    if cells.cells(Class::YesNo) > 0
        && words == cells.cells(Class::YesNo)
        && cells.cells(Class::Stated) == 0
        && numbers == 0
        && role != Role::Response
    {
        return because(Kind::Binary, KindReason::YesNo);
    }
    if role == Role::Other && denies_items(header, cells) {
        return because(Kind::Set, KindReason::Denials);
    }
    because(Kind::Category, if cells.anything() { KindReason::Words } else { KindReason::Empty })
}

/// True for a column of symptoms, events and their like with a cell such as `no rash`, which is no level.
fn denies_items(header: &HeaderReading, cells: &Evidence) -> bool {
    let asked = asked(&header.name);
    let is_of_items = asked != Asked::Others || holds_several(&header.name);
    is_of_items && cells.words().any(|(word, _)| denies(word) && !says_none(word, asked))
}

/// True for a column of ages or durations, by its header.
pub fn is_time(role: Role, quantity: Option<HeaderQuantity>) -> bool {
    matches!(role, Role::Age | Role::FollowUp)
        || matches!(quantity, Some(HeaderQuantity::Age | HeaderQuantity::Duration))
}

/// The cells with a number, and those with a text: `12+` is a bound of a duration, else a grade.
fn numbers_and_words(role: Role, quantity: Option<HeaderQuantity>, cells: &Evidence) -> (u64, u64) {
    let (mut numbers, mut words, plus) = (cells.numbers(), cells.texts(), cells.cells(Class::AtLeast));
    // `44/90` is no level of a laboratory, `6/12` and `2;6` are none of an age or a duration.
    let lists = match is_time(role, quantity) {
        true if role == Role::Age => cells.cells(Class::List),
        true => cells.notations().years_and_months.cells,
        false => 0,
    };
    if role == Role::Lab || is_time(role, quantity) {
        let figures = cells.slashed().saturating_add(lists);
        (numbers, words) = (numbers.saturating_add(figures), words.saturating_sub(figures));
    }
    match is_time(role, quantity) {
        true => (numbers.saturating_add(plus), words),
        false => (numbers, words.saturating_add(plus)),
    }
}

/// Why the numbers of a column are levels: they are codes of digits and letters, or bands.
fn coded(role: Role, quantity: Option<HeaderQuantity>, cells: &Evidence) -> Option<KindReason> {
    let is_quantity = matches!(role, Role::Age | Role::Lab | Role::FollowUp) || quantity.is_some();
    if cells.cells(Class::Code) > 0 && !is_quantity && cells.is_whole_or_code() {
        return Some(KindReason::Codes);
    }
    let (bands, single) = (cells.cells(Class::Band), cells.sum(&SINGLE));
    // `0`, `1-2`, `3+`: grades with a plus are bands too, and a single number is one of them.
    let are_most = !is_quantity && bands.saturating_add(cells.cells(Class::AtLeast)) > single;
    (bands > 0 && (single == 0 || are_most)).then_some(KindReason::Bands)
}

/// True where the lists among the cells make the column one of sets; one `II; N1` does not among single stages.
///
/// | lists among the cells | column of symptoms, ... | of stages, ..., or of codes | any other |
/// |---|---|---|---|
/// | half of them or more | set | set | set |
/// | a quarter or more | set | levels, with a warning | set |
/// | fewer | set | levels, with a warning | levels, with a warning |
fn is_of_lists(header: &HeaderReading, cells: &Evidence) -> bool {
    let lists = cells.cells(Class::List);
    let all = cells.texts().saturating_add(cells.numbers());
    let is_share = |parts: u64| lists.saturating_mul(parts) >= all;
    let is_single = || holds_one(&header.name) || cells.are_codes();
    // A list beside dates is a mistake in one of them.
    let are_fewer = lists < cells.cells(Class::Date);
    lists > 0 && !are_fewer && (is_share(2) || holds_several(&header.name) || (is_share(4) && !is_single()))
}

/// Whole numbers that a spreadsheet may have made of dates: 4 October 1954 to 6 April 2064.
const DAY_NUMBERS: (i64, i64) = (20_000, 60_000);
/// Years of an event, and days without separators: 20180314.
const YEARS: (i64, i64) = (1_900, 2_100);
const COMPACT_DATES: (i64, i64) = (19_000_101, 21_001_231);

/// True where all numbers under the name of an event (`Onset`, `Admission`) are whole and may be dates: day numbers, days
/// without separators or years. Beside a date, numbers that may be days are dates under any header.
pub fn are_day_numbers(role: Role, header: &HeaderReading, cells: &Evidence) -> bool {
    let bare = cells.bare();
    let is_between = |number: Decimal, (least, greatest): (i64, i64)| {
        number >= Decimal::from_int(least) && number <= Decimal::from_int(greatest)
    };
    let may_be_days = |number: Decimal| is_between(number, DAY_NUMBERS) || is_between(number, COMPACT_DATES);
    let may_be_date = |number: Decimal| may_be_days(number) || is_between(number, YEARS);
    let are_dates = |(least, greatest): (Decimal, Decimal)| match cells.cells(Class::Date) {
        0 => header.is_event && may_be_date(least) && may_be_date(greatest),
        _ => {
            may_be_days(least) && may_be_days(greatest)
                || header.is_event && may_be_date(least) && may_be_date(greatest)
        }
    };
    let is_open = role == Role::Other && header.unit.is_none();
    is_open && bare.cells == cells.numbers() && !bare.has_decimals && bare.extent.is_some_and(are_dates)
}

/// True for the grades of a strip, `+1`, `+3`, `neg`: every number has a plus, and some cell is a word.
fn are_plus_grades(
    (role, quantity): (Role, Option<HeaderQuantity>),
    header: &HeaderReading,
    cells: &Evidence,
    words: u64,
) -> bool {
    let grades = cells.plus_grades();
    let is_measured = is_time(role, quantity) || header.unit.is_some();
    grades > 0 && !is_measured && grades == cells.numbers() && words.saturating_add(cells.cells(Class::Stated)) > 0
}

/// True for a column of outcomes that holds nothing but durations: `Verlauf` 9 Monate.
fn is_follow_up(role: Role, cells: &Evidence, words: u64) -> bool {
    role == Role::Outcome && words == 0 && cells.bare().cells == 0 && cells.timed().cells() > 0
}

/// What a column is whose cells are numbers for the most part: numbers, unless they are codes or 0 and 1.
fn of_numbers(
    (role, quantity): (Role, Option<HeaderQuantity>),
    header: &HeaderReading,
    cells: &Evidence,
    (numbers, words): (u64, u64),
) -> (Kind, KindReason) {
    // What is measured in a unit may be 0 and 1, and a response of 1 is for nobody to guess.
    let is_measured = role == Role::Lab && header.unit.is_some();
    let is_open = matches!(role, Role::Age | Role::Response) || is_measured;
    if cells.cells(Class::ZeroOne) == numbers && words == 0 && cells.cells(Class::Stated) == 0 && !is_open {
        return (Kind::Binary, KindReason::ZeroOne);
    }
    if TABULATED.contains(&role) && !is_follow_up(role, cells, words) {
        return (Kind::Category, KindReason::Codes);
    }
    // `ex` beside 0 and 1 makes no measurements of them.
    let is_asked = matches!(role, Role::Other | Role::Outcome) && quantity.is_none() && header.unit.is_none();
    let is_word = cells.cells(Class::Word).saturating_add(cells.cells(Class::YesNo)) > 0;
    if is_asked && is_word && cells.cells(Class::ZeroOne) == numbers && !is_never_below_zero(&header.name) {
        return (Kind::Category, KindReason::Codes);
    }
    // 9 beside 0 and 1 is a code, and has no mean; of lesions there may be nine.
    let is_counted = quantity.is_some() || is_never_below_zero(&header.name) || header.unit.is_some();
    if role == Role::Other && !is_counted && words == 0 && cells.codes().are_beside_two_levels() {
        return (Kind::Category, KindReason::Codes);
    }
    (Kind::Number, KindReason::Numbers)
}

fn calendar_or_number(
    (role, quantity): (Role, Option<HeaderQuantity>),
    header: &HeaderReading,
    cells: &Evidence,
    (numbers, words): (u64, u64),
) -> Option<(Kind, KindReason)> {
    let because = |kind, reason| Some((kind, reason));
    let dates = cells.cells(Class::Date);
    let calendar = header.is_year || header.is_date;
    let candidates = cells.dates().candidates;
    let with_digits = cells.dates().with_digits;
    if calendar && [numbers, dates, candidates, with_digits].into_iter().any(|cells| cells > 0) {
        return because(Kind::Date, KindReason::CalendarHeader);
    }
    let dates = if dates > 0 { dates.saturating_add(candidates) } else { 0 };
    // Excel makes a date of a result such as 3.4: beside numbers it is no date of a laboratory or an age.
    let is_measured = matches!(role, Role::Lab | Role::Age) && numbers > 0;
    let words = if is_measured { words.saturating_sub(cells.cells(Class::Date)) } else { words };
    if !is_measured && dates > 0 && dates >= numbers && dates.saturating_mul(2) >= words {
        return because(Kind::Date, KindReason::Dates);
    }
    if are_day_numbers(role, header, cells) {
        return because(Kind::Date, KindReason::DayNumbers);
    }
    if let Some(reason) = coded(role, quantity, cells) {
        return because(Kind::Category, reason);
    }
    if are_plus_grades((role, quantity), header, cells, words) {
        return because(Kind::Category, KindReason::Codes);
    }
    // Ages as words (`neonate`, `about 12`) beside ages are unreadable, and make no levels of the others.
    let has_ages = role == Role::Age && cells.sum(&[Class::ZeroOne, Class::Number, Class::Duration]) > 0;
    if has_ages {
        return because(Kind::Number, KindReason::Numbers);
    }
    if numbers > 0 && numbers >= words {
        let (kind, reason) = of_numbers((role, quantity), header, cells, (numbers, words));
        return because(kind, reason);
    }
    if role == Role::Age && !cells.anything() {
        return because(Kind::Number, KindReason::AgeHeader);
    }
    None
}
