//! Findings about a column whose cells are of several classes, or could be read in another way.

use super::KindReason;
use super::evidence::{Class, Evidence};
use super::{BareReading, Kind, Role, Variable};
use crate::diagnostic::{Finding, Severity, SourceLocation, quoted};

/// The findings about the kind of a column; none where the kind was declared or the column is withheld.
pub fn remarks(variable: &Variable, evidence: &Evidence) -> Vec<Finding> {
    if variable.kind_reason.is_none() || variable.is_withheld() {
        return Vec::new();
    }
    let remark = match variable.kind {
        Kind::Category | Kind::Set => mixed(variable, evidence),
        Kind::Text => long_cell(variable, evidence),
        Kind::Binary if evidence.cells(Class::ZeroOne) > 0 => Some(zero_one(&variable.header)),
        Kind::Number => unit_assumed(variable, evidence),
        _ => None,
    };
    remark.into_iter().collect()
}

fn mixed(variable: &Variable, evidence: &Evidence) -> Option<Finding> {
    let (class, cells, (location, text)) = minority(evidence)?;
    let counted = if variable.kind == Kind::Set { "items" } else { "levels" };
    let message =
        format!("{cells} of the cells are {}, the others are not; all are counted as {counted}", class.word());
    let kind = |kind: Kind| quoted(&format!("{}={kind}", variable.header));
    let remedy = format!(
        "correct the cells, or set the kind of the column: --kind {} or --kind {}",
        kind(Kind::Number),
        kind(variable.kind)
    );
    let finding = Finding::new("mixed-column", Severity::Warning, message).at(location).value(text);
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
    let finding = Finding::new("long-cell-as-text", Severity::Note, message).at(location.clone()).value(value);
    Some(finding.column(&variable.header).remedy(remedy))
}

fn zero_one(header: &str) -> Finding {
    let kind = quoted(&format!("{header}=number"));
    let remedy = format!("if they are measurements: --kind {kind}; a schema can label the levels");
    let message = "0 and 1 are read as two levels, not as numbers";
    Finding::new("zero-one-binary", Severity::Note, message).column(header).remedy(remedy)
}

/// The warning where some cells have a unit that is assumed for the others.
fn unit_assumed(variable: &Variable, evidence: &Evidence) -> Option<Finding> {
    let unit = variable.unit.as_ref()?;
    let is_stated = !variable.reading.is_unit_of_cells || variable.reading.bare == BareReading::Unreadable;
    // An age without a unit beside one in years is in years, and nothing is assumed.
    let with_unit = match (variable.role, evidence.timed()) {
        (Role::Age, (timed, 0)) => timed,
        (Role::Age, _) => 0,
        _ => evidence.with_unit(),
    };
    let without = evidence.bare().cells;
    if with_unit == 0 || without == 0 || is_stated {
        return None;
    }
    let message = format!("{with_unit} cells have a unit; the {without} without one are assumed to be in {unit}");
    let remedy = format!("write the unit after the column name: {} ({unit})", variable.name);
    Some(Finding::new("unit-assumed", Severity::Warning, message).column(&variable.header).remedy(remedy))
}

/// The first class of numbers or dates among words or lists, with the cells of all such classes and the first cell.
fn minority(evidence: &Evidence) -> Option<(Class, u64, (SourceLocation, String))> {
    let classes = [Class::Number, Class::ZeroOne, Class::Censored, Class::Date, Class::Age, Class::Unreadable];
    let cells = evidence.sum(&classes);
    if cells == 0 || evidence.sum(&[Class::Word, Class::YesNo, Class::Stated, Class::List]) == 0 {
        return None;
    }
    let firsts = classes.iter().filter_map(|class| evidence.first(*class).map(|first| (*class, first.clone())));
    let (class, first) = firsts.min_by_key(|(_, (location, _))| location.order())?;
    Some((class, cells, first))
}
