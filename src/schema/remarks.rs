//! Findings about a column whose cells are of several classes, or could be read in another way.

mod items;
mod levels;
mod numbers;
mod words;

pub use numbers::likely_codes;

use super::KindReason;
use super::decide::SINGLE;
use super::evidence::{Class, Evidence};
use super::lexical::calendar::{DateOrder, OrderDecision};
use super::{BareReading, Kind, Role, Variable, at_any_visit};
use crate::decimal::Decimal;
use crate::diagnostic::{Finding, FindingId, Findings, Severity, SourceLocation, quoted};
use crate::words::{counted, for_number};

/// The findings about a decided column; none about its kind where that was declared, and none of a withheld column.
pub fn remarks(variable: &Variable, evidence: &Evidence) -> Findings {
    if variable.is_withheld() {
        return withheld_order(variable).into_iter().collect();
    }
    let of_cells =
        [time_dropped(variable, evidence), items::split_in_two(variable), items::two_numbers(variable, evidence)];
    let of_kind = of_kind(variable, evidence).into_iter().flatten();
    let of_kind = of_kind.chain(levels::remarks(variable, evidence)).chain(numbers::remarks(variable, evidence));
    let mut findings: Findings =
        of_kind.chain(of_cells.into_iter().flatten()).chain(words::remarks(variable, evidence)).collect();
    findings.merge(items::unsplit(variable, evidence));
    findings
}

/// The findings about the kind of a column; none where the kind was declared.
fn of_kind(variable: &Variable, evidence: &Evidence) -> [Option<Finding>; 3] {
    let Some(reason) = variable.kind_reason else { return [None, None, None] };
    let pair = items::two_in_one(variable, evidence);
    match variable.kind {
        // An open band is a bound: `>64`.
        Kind::Category if reason == KindReason::Bands && evidence.sum(&SINGLE) == 0 => [None, None, pair],
        Kind::Category if reason == KindReason::Identifiers => [Some(identifiers(&variable.header)), None, pair],
        Kind::Category => [mixed(variable, evidence), items::few_lists(variable, evidence), pair],
        Kind::Set if reason != KindReason::Split => {
            [mixed(variable, evidence), items::few_lists(variable, evidence), pair]
        }
        Kind::Text => [long_cell(variable, evidence), None, pair],
        Kind::Binary if evidence.cells(Class::ZeroOne) > 0 => [Some(zero_one(&variable.header)), None, pair],
        Kind::Number if variable.reading.m_is_male => [unit_assumed(variable, &evidence.with_men()), None, pair],
        Kind::Number => [unit_assumed(variable, evidence), None, pair],
        Kind::Date if reason == KindReason::DayNumbers => [Some(day_numbers(variable, evidence)), None, pair],
        Kind::Set | Kind::Binary | Kind::Date | Kind::Lines => [None, None, pair],
    }
}

/// The warning where birth dates that are withheld may be of either order: they cannot be compared with other dates.
fn withheld_order(variable: &Variable) -> Option<Finding> {
    let OrderDecision::Ambiguous(_) = variable.reading.dates.order else { return None };
    let message = "day or month first? These dates are not compared with others";
    let order = |order: DateOrder| format!("--date-order {}", quoted(&format!("{}={}", variable.header, order.word())));
    let remedy = format!("state the order: {} or {}", order(DateOrder::DayFirst), order(DateOrder::MonthFirst));
    Some(Finding::new(FindingId::DateOrderUnclear, message).column(&variable.header).remedy(remedy))
}

/// Between the last year and the first day number of a spreadsheet, and between that and the first day in eight digits.
const LEAST_DAY_NUMBER: i64 = 10_000;
const LEAST_COMPACT_DATE: i64 = 1_000_000;

fn day_numbers(variable: &Variable, evidence: &Evidence) -> Finding {
    let least = evidence.bare().extent.map(|(least, _)| least);
    let greatest = evidence.bare().extent.map(|(_, greatest)| greatest);
    let message = match (least, greatest) {
        (_, Some(greatest)) if greatest < Decimal::from_int(LEAST_DAY_NUMBER) => "the numbers are read as years",
        (Some(least), _) if least >= Decimal::from_int(LEAST_COMPACT_DATE) => {
            "the numbers are read as dates, such as 20180314"
        }
        _ => "the numbers are read as dates: they look like the day numbers of a spreadsheet",
    };
    let remedy = format!("if they are numbers: --kind {}", quoted(&format!("{}={}", variable.header, Kind::Number)));
    let finding = Finding::new(FindingId::DayNumbers, message).remedy(remedy);
    let are_years = greatest.is_some_and(|greatest| greatest < Decimal::from_int(LEAST_DAY_NUMBER));
    let finding = finding.severity(if are_years { Severity::Note } else { Severity::Warning });
    let finding = match evidence.first(Class::Number) {
        Some((location, text)) => finding.at(location.clone()).value(text.clone()),
        None => finding,
    };
    finding.column(&variable.header)
}

fn mixed(variable: &Variable, evidence: &Evidence) -> Option<Finding> {
    if variable.kind_reason == Some(KindReason::Codes) && evidence.plus_grades() == evidence.numbers() {
        // `+1` beside `neg` is a grade, as `1+` is.
        return None;
    }
    let (class, cells, (location, text)) = minority(evidence)?;
    let counted = if variable.kind == Kind::Set { "items" } else { "levels" };
    // `1:30` is written as a titre is, and is no plain number.
    let are_titres = class == Class::Number && evidence.titres() >= evidence.cells(Class::Number);
    let class_word = if are_titres { "titres, ratios or times" } else { class.word() };
    let message = format!("{cells} of the cells are {class_word}, the others are not; all are counted as {counted}");
    let kind = |kind: Kind| quoted(&format!("{}={kind}", variable.header));
    let remedy = format!(
        "correct the cells, or set the kind of the column: --kind {} or --kind {}",
        kind(if class == Class::Date { Kind::Date } else { Kind::Number }),
        kind(variable.kind)
    );
    let finding = Finding::new(FindingId::MixedColumn, message).at(location).value(text);
    Some(finding.column(&variable.header).remedy(remedy))
}

fn long_cell(variable: &Variable, evidence: &Evidence) -> Option<Finding> {
    let (location, text) = evidence.first(Class::Long)?;
    let shorts = evidence.sum(&[Class::Word, Class::Number, Class::ZeroOne, Class::List]);
    if shorts == 0 || variable.kind_reason == Some(KindReason::NotesHeader) {
        return None;
    }
    let value: String = text.chars().take(60).collect();
    let message = "long cells make this column text: it is counted, not tabulated";
    let remedy = format!("to tabulate it: --kind {}", quoted(&format!("{}=category", variable.header)));
    let finding = Finding::new(FindingId::LongCellAsText, message).at(location.clone()).value(value);
    Some(finding.column(&variable.header).remedy(remedy))
}

/// The note on times of day, whatever decided the kind.
fn time_dropped(variable: &Variable, evidence: &Evidence) -> Option<Finding> {
    if variable.kind != Kind::Date {
        return None;
    }
    let dates = evidence.dates();
    let cells = dates.timed.saturating_add(if variable.reading.dates.has_numbers { dates.with_decimals } else { 0 });
    if cells == 0 {
        return None;
    }
    let (dates, have) = (counted(cells, "date"), for_number(cells, "has", "have"));
    let message = format!("{dates} {have} a time of day; only the date is read");
    Some(Finding::new(FindingId::TimeOfDayDropped, message).column(&variable.header))
}

fn identifiers(header: &str) -> Finding {
    let remedy = format!("if they are measurements: --kind {}", quoted(&format!("{header}=number")));
    let message = "numbers below this header name something: they are levels, and are not averaged";
    Finding::new(FindingId::IdentifierNotAveraged, message).column(header).remedy(remedy)
}

fn zero_one(header: &str) -> Finding {
    let kind = quoted(&format!("{header}=number"));
    let remedy = format!("if they are measurements: --kind {kind}; a schema can label the levels");
    let message = "0 and 1 are read as two levels, not as numbers";
    Finding::new(FindingId::ZeroOneBinary, message).column(header).remedy(remedy)
}

/// The warning where some cells have a unit that is assumed for the others.
fn unit_assumed(variable: &Variable, evidence: &Evidence) -> Option<Finding> {
    let unit = variable.unit.as_ref()?;
    let is_stated = !variable.reading.is_unit_of_cells || variable.reading.bare == BareReading::Unreadable;
    let timed = evidence.timed();
    let months = variable.reading.letter_m.map_or(0, |_| timed.letter_m().cells);
    let years = timed.cells_with(variable.reading.year_letters);
    let with_unit = match (variable.role, timed.in_years().saturating_add(years)) {
        (Role::Age, 0) => timed.cells().saturating_add(months),
        // An age without a unit beside one in years is in years, and nothing is assumed.
        (Role::Age, _) => 0,
        _ => evidence.units().fold(timed.cells(), |sum, (_, numbers)| sum.saturating_add(numbers.cells)),
    };
    let without = if variable.reading.is_time { evidence.bare_times().cells } else { evidence.bare().cells };
    if with_unit == 0 || without == 0 || is_stated {
        return None;
    }
    let message = format!("cells with a unit: {with_unit}; without one, and assumed to be in {unit}: {without}");
    let remedy = format!("name the unit: --unit {}", quoted(&format!("{}={unit}", at_any_visit(&variable.header))));
    let finding = Finding::new(FindingId::UnitAssumed, message);
    let finding = match evidence.first(Class::Duration).filter(|_| variable.reading.is_time) {
        Some((location, text)) => finding.at(location.clone()).value(text.clone()),
        None => finding,
    };
    Some(finding.column(&variable.header).remedy(remedy))
}

/// The first class of numbers or dates among words or lists, with the cells of all such classes and the first cell.
fn minority(evidence: &Evidence) -> Option<(Class, u64, (SourceLocation, String))> {
    let classes = [Class::Number, Class::ZeroOne, Class::Censored, Class::Date, Class::Duration, Class::Unreadable];
    let cells = evidence.sum(&classes);
    if cells == 0
        || evidence.sum(&[Class::Word, Class::Sign, Class::YesNo, Class::Stated, Class::List, Class::Code, Class::Band])
            == 0
    {
        return None;
    }
    let firsts = classes.iter().filter_map(|class| evidence.first(*class).map(|first| (*class, first.clone())));
    let (class, first) = firsts.min_by_key(|(_, (location, _))| location.order())?;
    Some((class, cells, first))
}
