//! Findings about the numbers of a column: codes for a missing value, and a header with an unknown unit of time.

use crate::decimal::Decimal;
use crate::diagnostic::{Finding, FindingId, Severity, quoted};
use crate::schema::decide::is_platelet_count;
use crate::schema::evidence::{Class, Evidence, Met, is_measured_too};
use crate::schema::header::unknown_time_unit;
use crate::schema::lexical::duration::TimeUnit;
use crate::schema::lexical::notation::Notation;
use crate::schema::{Kind, Role, Variable, at_any_visit};
use crate::words::counted;

/// The findings.
pub(super) fn remarks(variable: &Variable, cells: &Evidence) -> Vec<Finding> {
    let mut found = codes(variable, cells);
    found.extend(unit_unknown(variable));
    found.extend(notations(variable, cells));
    found.extend(months_likely(variable, cells));
    found.extend(lakh_likely(variable, cells));
    found
}

/// The numbers that may be codes for a missing value, each with its cells and the first of them; none of levels that
/// the schema names.
fn likely<'e>(variable: &'e Variable, cells: &'e Evidence) -> impl Iterator<Item = (i64, &'e Met)> {
    let may_be_counted = matches!(variable.kind, Kind::Number | Kind::Category) && variable.role != Role::CaseId;
    let is_settled = variable.missing.is_some() || variable.plausible.is_some();
    // What the scale does not have is unreadable, and was told.
    let is_beyond = |code: i64| variable.reading.scale_range.is_some_and(|(low, high)| !(low..=high).contains(&code));
    let below_zero =
        variable.kind == Kind::Number && (variable.reading.is_never_negative || variable.role == Role::Age);
    let is_declared = |code: i64| {
        let code = code.to_string();
        variable.declares(&code) || variable.reading.missing_codes.contains_key(&code)
    };
    let is_open = move |code: i64| !(is_beyond(code) || is_declared(code) || below_zero && code < 0);
    let is_of_numbers = variable.kind == Kind::Number && (variable.role != Role::Other || variable.unit.is_some());
    let is_measured = move |code: i64| is_of_numbers && is_measured_too(code);
    cells
        .codes()
        .unfit()
        .filter(move |(code, _)| may_be_counted && !is_settled && is_open(*code) && !is_measured(*code))
}

/// The numbers of a column of which a warning says that they may be codes for a missing value.
pub fn likely_codes(variable: &Variable, cells: &Evidence) -> Vec<i64> {
    likely(variable, cells).map(|(code, _)| code).collect()
}

/// The warnings about those numbers.
fn codes(variable: &Variable, cells: &Evidence) -> Vec<Finding> {
    likely(variable, cells).map(|(code, met)| {
        let message = format!("a number that looks like a code for a missing value is counted, in {}", counted(met.cells, "cell"));
        // As it is written: `099` is not `99`.
        let token = met.first.as_ref().map_or_else(|| code.to_string(), |(_, text)| quoted(text.trim()));
        let remedy = format!(
            "if it means not reported: --missing={token}; in this column alone, \"missingValues\" of the field in the schema"
        );
        let finding = Finding::new(FindingId::MissingCodeLikely, message);
        let finding = match &met.first {
            Some((location, text)) => finding.at(location.clone()).value(text.clone()),
            None => finding.value(code.to_string()),
        };
        finding.column(variable.file_header()).remedy(remedy)
    }).collect()
}

/// What is said of ages such as `7;6` and `15/12`: a warning where a slip of the keyboard is possible.
fn notations(variable: &Variable, cells: &Evidence) -> Option<Finding> {
    let read = variable.reading.notations.as_slice();
    read.first()?;
    let has_semicolons = read.contains(&Notation::YearsAndMonths);
    let message = match (has_semicolons, read.len() > 1) {
        _ if read.contains(&Notation::WeeksAndDays) => "38+2 is read as 38 weeks and 2 days, a number alone as weeks",
        (true, false) => "7;6 is read as 7 years 6 months, and so on",
        (true, true) => "7;6 is read as 7 years 6 months, 15/12 as 15 months, and so on",
        (false, _) => "15/12 is read as 15 months, 4/52 as 4 weeks, 7 6/12 as 7 years 6 months, and so on",
    };
    let is_beside_numbers = has_semicolons && cells.bare_times().cells > 0;
    let severity = if is_beside_numbers { Severity::Warning } else { Severity::Note };
    let finding = Finding::new(FindingId::AgeNotation, message).severity(severity).column(&variable.header);
    let finding = match cells.first(Class::List).filter(|_| has_semicolons) {
        Some((location, text)) => finding.at(location.clone()).value(text.clone()),
        None => finding,
    };
    Some(finding.remedy("if a cell means anything else, write it with its unit, such as 7y6m"))
}

/// The warning about ages such as 1.10 and 2.6, which may be years and months.
fn months_likely(variable: &Variable, cells: &Evidence) -> Option<Finding> {
    let is_open = variable.kind == Kind::Number
        && variable.role == Role::Age
        && variable.reading.is_unit_of_cells
        && variable.unit.as_deref().and_then(TimeUnit::of_word) == Some(TimeUnit::Years);
    if !is_open || !cells.points().may_be_months() {
        return None;
    }
    let message = "these ages look like years and months with a point between them: 1.10 is 1 year 10 months, or 1.1 years; \
                   they are counted as decimals";
    let option = quoted(&format!("{}={}", at_any_visit(&variable.header), TimeUnit::Years));
    let remedy = format!("write 1y10m for 1.10; if they are decimals of a year: --unit {option}");
    Some(Finding::new(FindingId::YearsAndMonthsLikely, message).column(&variable.header).remedy(remedy))
}

/// Platelets of so many and fewer hardly any patient has, but a hundred thousand times as many.
const LAKH: i64 = 10;

/// The warning about platelets without a unit that may be counted in lakh: 1.2, 2.5.
fn lakh_likely(variable: &Variable, cells: &Evidence) -> Option<Finding> {
    let bare = cells.bare();
    let is_open = variable.kind == Kind::Number && variable.unit.is_none() && variable.plausible.is_none();
    let is_small = |(_, greatest): (Decimal, Decimal)| greatest < Decimal::from_int(LAKH);
    if !is_open || !is_platelet_count(&variable.header) || !bare.has_decimals || !bare.extent.is_some_and(is_small) {
        return None;
    }
    let message =
        "no unit is stated, and hardly any patient has so few platelets in 10^9/L: they may be in 10^5/µL (lakh)";
    let option = |unit: &str| quoted(&format!("{}={unit}", at_any_visit(&variable.header)));
    let remedy = format!("name the unit: --unit {} or --unit {}", option("10^5/µL"), option("10^9/L"));
    Some(Finding::new(FindingId::AnotherUnit, message).column(&variable.header).remedy(remedy))
}

/// The warning about `Age (j)`: a letter in brackets that may be a unit of time, and nobody knows which.
fn unit_unknown(variable: &Variable) -> Option<Finding> {
    let is_open = variable.kind == Kind::Number && variable.role == Role::Other && variable.unit.is_none();
    let (role, _) = unknown_time_unit(&variable.header).filter(|_| is_open)?;
    let message = "the unit in this header is not known: its numbers are not read as ages or durations";
    let of = |what: &str| quoted(&format!("{}={what}", variable.header));
    let remedy = format!("name it: --role {} --unit {}, or years, weeks, days", of(role.word()), of("months"));
    Some(Finding::new(FindingId::TimeUnitUnknown, message).column(&variable.header).remedy(remedy))
}
