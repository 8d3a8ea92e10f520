//! How the cells of a column are read, and which of them are missing.

use crate::schema::lexical::missing_token;
use crate::schema::response::understand::is_nr;
use crate::schema::{MissingReason, Variable};

/// How the cells of one column are read.
#[derive(Debug, Clone, Copy)]
pub struct CellRules<'a> {
    /// The column.
    pub variable: &'a Variable,
    /// A comma is the decimal mark.
    pub decimal_comma: bool,
    /// Further missing tokens, compared exactly.
    pub extra_missing: &'a [String],
}

impl CellRules<'_> {
    /// The decimal mark of the file.
    pub fn mark(&self) -> u8 {
        if self.decimal_comma { b',' } else { b'.' }
    }
}

/// The reason why a text counts as missing in a column; `None` if it does not.
///
/// `--missing` tokens come first, then those of the schema, which replace the built-in ones.
/// A level or synonym the schema declares is never a built-in missing token. An empty cell is
/// always missing.
pub fn missing(text: &str, rules: &CellRules) -> Option<MissingReason> {
    let text = text.trim();
    if rules.extra_missing.iter().any(|token| token.trim() == text) {
        return Some(MissingReason::NotReported);
    }
    let variable = rules.variable;
    if let Some(tokens) = &variable.missing {
        let named = tokens.iter().find(|(token, _)| token.trim() == text).map(|(_, reason)| *reason);
        return named.or_else(|| text.is_empty().then_some(MissingReason::NotReported));
    }
    if variable.reading.is_nr_response && is_nr(text) {
        return None;
    }
    let declared = variable.synonyms.contains_key(text) || variable.levels.iter().any(|level| level.value == text);
    missing_token(text).filter(|_| text.is_empty() || !declared)
}
