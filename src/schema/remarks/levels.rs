//! Findings about columns of levels that should perhaps be none: ages that are words, ranges that became dates, years
//! that are only about right, merged cells.

use crate::diagnostic::{Finding, FindingId, SourceLocation, quoted};
use crate::schema::evidence::{Class, Evidence};
use crate::schema::header::groups_cases;
use crate::schema::lexical::calendar::{is_about_a_year, is_day_of_month};
use crate::schema::{Kind, KindReason, Role, Variable};

/// The findings; none where the kind was declared.
pub(super) fn remarks(variable: &Variable, cells: &Evidence) -> Vec<Finding> {
    let Some(reason) = variable.kind_reason.filter(|_| variable.kind == Kind::Category) else { return Vec::new() };
    let all = [
        ages_as_levels(variable, reason, cells),
        ranges_as_dates(variable, cells),
        years_about(variable, cells),
        merged(variable, cells),
    ];
    all.into_iter().flatten().collect()
}

/// The first cell with one of some words.
fn first(variable: &Variable, cells: &Evidence, is_meant: impl Fn(&str) -> bool) -> Option<(SourceLocation, String)> {
    let met = cells.words().filter(|(word, _)| is_meant(word));
    let met = met.filter_map(|(word, met)| Some((met.location(variable.file_header())?, word.to_owned())));
    met.min_by_key(|(location, _)| location.order())
}

/// The warning about a column of ages in which no cell is an age or a band: `'5`, `5, 3`, `adult`.
fn ages_as_levels(variable: &Variable, reason: KindReason, cells: &Evidence) -> Option<Finding> {
    if variable.role != Role::Age || reason == KindReason::Bands || cells.cells(Class::Word) == 0 {
        return None;
    }
    let message = "no cell of this column is read as an age: they are counted as levels";
    let remedy = format!(
        "write ages such as 5, 5 years or 5y6m; if the levels are meant: --kind {}",
        quoted(&format!("{}=category", variable.header))
    );
    let finding = Finding::new(FindingId::AgesAsLevels, message).column(&variable.header).remedy(remedy);
    Some(match first(variable, cells, |_| true) {
        Some((location, word)) => finding.at(location).value(word),
        None => finding,
    })
}

/// The warning about `5-Sep` among levels: a spreadsheet makes it of a range such as 5-9, of a fraction or a code.
fn ranges_as_dates(variable: &Variable, cells: &Evidence) -> Option<Finding> {
    let (location, word) = first(variable, cells, is_day_of_month)?;
    let message = "a day of a month among levels: a spreadsheet may have made it of a range or a code, such as 5-9";
    let remedy = format!(
        "correct the cell in a column of text; if it is meant: --kind {}",
        quoted(&format!("{}=category", variable.header))
    );
    Some(Finding::new(FindingId::RangeAsDate, message).at(location).value(word).remedy(remedy))
}

/// The warning about `~2018` and `ca. 2018` among levels: the column may be one of dates.
fn years_about(variable: &Variable, cells: &Evidence) -> Option<Finding> {
    let (location, word) = first(variable, cells, is_about_a_year)?;
    let message = "a year that is only about right, among levels: it is counted as a level, and as no date";
    let remedy = format!(
        "write the year alone, such as 2018, and say that these are dates: --kind {}",
        quoted(&format!("{}=date", variable.header))
    );
    Some(Finding::new(FindingId::AboutAYear, message).at(location).value(word).remedy(remedy))
}

/// The warning about blank cells below each level of a column that groups the cases: merged cells leave them.
fn merged(variable: &Variable, cells: &Evidence) -> Option<Finding> {
    let are_single = || cells.words().all(|(_, met)| met.cells == 1) && cells.words().nth(1).is_some();
    let may_be = groups_cases(&variable.header) || variable.role == Role::Etiology;
    if !may_be || cells.blanks() == 0 || cells.blanks() < cells.cells(Class::Missing) || !are_single() {
        return None;
    }
    let (location, word) = first(variable, cells, |_| true).filter(|(first, _)| first.row == 1)?;
    let message = "each level is there once, above cells without any: merged cells of a spreadsheet look so";
    let remedy = "if a level holds for the rows below it, repeat it in each of them; if not, write NR into the others";
    Some(Finding::new(FindingId::MergedLevels, message).at(location).value(word).remedy(remedy))
}
