//! The filter of the cases with a level of a variable.

use super::{name_as_written, text_as_written};
use crate::schema::{Kind, Variable};

/// The filter of the cases with a level of a variable, or of those where it is not reported: `sex = 'female'`.
pub fn level_condition(variable: &Variable, level: Option<&str>) -> String {
    let name = name_as_written(&variable.name);
    let Some(level) = level else { return format!("{name} IS NULL") };
    let text = text_as_written(level);
    match (variable.kind, level) {
        (Kind::Set, "none") => format!("n_items({name}) = 0"),
        (Kind::Set, _) => format!("has({name}, {text})"),
        (Kind::Lines, "none") => format!("n_lines({name}) = 0"),
        (Kind::Lines, _) => format!("any_line({name}, agent = {text})"),
        (Kind::Number | Kind::Category | Kind::Binary | Kind::Date | Kind::Text, _) => format!("{name} = {text}"),
    }
}
