//! Examples of conditions for each kind of column, for remedies.

use super::syntax::{Constant, Literal, name_as_written, text_as_written};
use crate::schema::{Kind, Variable};

/// The name of a kind in a sentence.
pub(super) fn kind_phrase(kind: Kind) -> &'static str {
    match kind {
        Kind::Number => "a number",
        Kind::Category => "a category",
        Kind::Set => "a set",
        Kind::Binary => "binary",
        Kind::Date => "a date",
        Kind::Lines => "a list of treatment lines",
        Kind::Text => "a text",
    }
}

/// Examples of conditions on a column, with the literal if it fits.
pub(super) fn usage(variable: &Variable, literal: Option<&Literal>) -> String {
    let name = name_as_written(&variable.name);
    let text = match literal.map(|literal| &literal.value) {
        Some(Constant::Text(text)) => text_as_written(text),
        _ => "'...'".to_owned(),
    };
    match variable.kind {
        Kind::Number => format!("write {name} < 10, {name} BETWEEN 5 AND 10 or {name} IS NULL"),
        Kind::Category => format!("write {name} = {text}, {name} IN ({text}) or {name} LIKE '%...%'"),
        Kind::Set => format!("write has({name}, {text}) or n_items({name}) >= 2"),
        Kind::Binary => {
            let levels: Vec<&str> = variable.levels.iter().map(|level| level.value.as_str()).collect();
            let (one, other) = if let [one, other] = levels[..] { (one, other) } else { ("yes", "no") };
            format!("write {name} = {} or {name} = {}", text_as_written(one), text_as_written(other))
        }
        Kind::Date => format!("write {name} >= '2018-03-14', {name} = '2018' or {name} IS NULL"),
        Kind::Lines => format!("write any_line(agent = {text}) or n_lines({name}) >= 2"),
        Kind::Text => format!("write {name} = {text} or {name} LIKE '%...%'"),
    }
}
