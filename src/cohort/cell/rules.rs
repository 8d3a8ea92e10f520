//! How the cells of a column are read, and which of them are missing.

use crate::cohort::Unreadable;
use crate::read::block::UNSPLIT;
use crate::schema::lexical::{Sign, sign};
use crate::schema::missing_words::{AbsentValue, Scope, absent_value, is_ditto};
use crate::schema::no_items::{Asked, says_none};
use crate::schema::response::understand::{is_nr, names_no_treatment};
use crate::schema::sex::is_unknown;
use crate::schema::{BlankReading, DecimalMark, Kind, MinusReading, MissingReason, Role, Variable};

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

impl<'a> CellRules<'a> {
    /// The rules of a decided column.
    pub fn new(variable: &'a Variable, extra_missing: &'a [String]) -> CellRules<'a> {
        CellRules { variable, decimal_comma: variable.reading.mark == DecimalMark::Comma, extra_missing }
    }

    /// The decimal mark of the column.
    pub fn mark(&self) -> u8 {
        if self.decimal_comma { b',' } else { b'.' }
    }
}

/// The reason that an option or the schema gives for a text; `None` if they do not name it.
pub fn declared_missing(text: &str, rules: &CellRules) -> Option<MissingReason> {
    let text = text.trim();
    if rules.extra_missing.iter().any(|token| token.trim() == text) {
        return Some(MissingReason::NotReported);
    }
    let tokens = rules.variable.missing.as_ref()?;
    tokens.iter().find(|(token, _)| token.trim() == text).map(|(_, reason)| *reason)
}

/// The reason why a text counts as missing in a column; `None` if it does not.
///
/// `--missing` tokens come first, then those of the schema, which replace the built-in ones. A level or synonym
/// that the schema declares is never a built-in missing token. An empty cell is missing, unless it is stated that
/// it means no; a minus only where it says nothing.
pub fn missing(text: &str, rules: &CellRules) -> Option<MissingReason> {
    let (text, variable) = (text.trim(), rules.variable);
    if is_no(text, variable) {
        return None;
    }
    if let Some(reason) = declared_missing(text, rules) {
        return Some(reason);
    }
    if text.is_empty() {
        return Some(MissingReason::NotReported);
    }
    if variable.declares(text) {
        return None;
    }
    if let Some(reason) = variable.reading.missing_codes.get(text) {
        return Some(*reason);
    }
    let is_minus = sign(text) == Some(Sign::Minus);
    if is_minus && variable.reading.minus != MinusReading::NotReported {
        return None;
    }
    if variable.missing.is_some() {
        return failed_formula(text, variable);
    }
    if variable.reading.is_nr_response && is_nr(text) {
        return None;
    }
    if variable.role == Role::Sex && is_unknown(text) {
        return Some(MissingReason::NotReported);
    }
    // Two apostrophes are an empty text elsewhere.
    if matches!(variable.role, Role::Response | Role::Outcome) && is_ditto(text) {
        return None;
    }
    let absent = absent_value(text)?;
    // Of an adverse event, `none reported` says that there was none.
    if variable.reading.asked == Asked::Events && says_none(text, Asked::Events) {
        return None;
    }
    match absent {
        AbsentValue::Missing { reason, scope: Scope::EveryColumn } => Some(reason),
        AbsentValue::Missing { reason, scope: Scope::FollowUp } => {
            Some(reason).filter(|_| variable.role == Role::FollowUp || is_no_agent(text, variable))
        }
        AbsentValue::Missing { reason, scope: Scope::ByColumn } => Some(reason).filter(|_| is_no_agent(text, variable)),
        AbsentValue::SpreadsheetError => failed_formula(text, variable),
    }
}

/// True for `ND` in a column of treatment lines: it is no agent, and a finding says so. `none` is no treatment.
fn is_no_agent(text: &str, variable: &Variable) -> bool {
    variable.kind == Kind::Lines && variable.role == Role::Treatment && !names_no_treatment(text)
}

/// A formula that failed is unreadable; where no cell can be, it is missing, and a finding says so.
fn failed_formula(text: &str, variable: &Variable) -> Option<MissingReason> {
    let has_no_unreadable = matches!(variable.kind, Kind::Set | Kind::Lines | Kind::Text);
    let is_failed = has_no_unreadable && absent_value(text) == Some(AbsentValue::SpreadsheetError);
    is_failed.then_some(MissingReason::NotReported)
}

/// Why a cell without a value is no missing one: a failed formula, or a word that means one in other columns.
pub(super) fn absent_word(text: &str) -> Option<Unreadable> {
    match absent_value(text)? {
        AbsentValue::SpreadsheetError => Some(Unreadable::FailedFormula(text.to_owned())),
        AbsentValue::Missing { .. } => Some(Unreadable::AbsentWord(text.to_owned())),
    }
}

/// True for a blank cell, or a minus, where it is stated that it means no.
pub(super) fn is_no(text: &str, variable: &Variable) -> bool {
    let is_stated = matches!(variable.reading.blank, BlankReading::No | BlankReading::Zero);
    let is_blank = || text.is_empty() || (sign(text) == Some(Sign::Minus) && !variable.declares(text));
    is_stated && is_blank()
}

/// The text of a cell; of a part of a column, what the whole cell says of it.
///
/// Errors: a cell that does not hold both parts.
pub(super) fn own_text<'t>(text: &'t str, rules: &CellRules) -> Result<&'t str, Unreadable> {
    let part = rules.variable.part.as_ref().map(|of| of.part);
    let Some((part, whole)) = part.zip(text.strip_prefix(UNSPLIT)) else { return Ok(text) };
    let of_man = part.of_man(whole).filter(|_| rules.variable.reading.m_is_male);
    of_man.ok_or(Unreadable::NotAPair(part.pair()))
}
