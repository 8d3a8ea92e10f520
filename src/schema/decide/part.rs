//! The meaning of one part of a column whose cells hold two things.

use super::{Forced, decide};
use crate::schema::evidence::Evidence;
use crate::schema::parts::{ColumnPart, Part};
use crate::schema::table_schema::DeclaredVariable;
use crate::schema::{MinusReading, Role, SexWords, Variable};

/// A variable that is a part of a column of the file, before its cells are counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartColumn<'s> {
    /// Its name, with the unit that the header gives it.
    pub name: String,
    /// Which part of which column.
    pub of: ColumnPart,
    /// What the schema declares of it.
    pub declared: Option<&'s DeclaredVariable>,
}

/// The variable of a part of a column.
pub fn decide_part(part: &PartColumn<'_>, evidence: &Evidence, forced: &Forced) -> Variable {
    let role = match part.of.part {
        Part::Age => Some(Role::Age),
        Part::Sex => Some(Role::Sex),
        Part::Systolic | Part::Diastolic => None,
    };
    let declares_role = part.declared.is_some_and(|declared| declared.role.is_some());
    let as_part = Forced { role: forced.role.or(role.filter(|_| !declares_role)), ..forced.clone() };
    let mut variable = decide(&part.name, evidence, part.declared, &as_part);
    let kind = variable.kind_reason.map(|reason| reason.to_string()).unwrap_or_default();
    let why = format!("the {} of '{}'", part.of.part, part.of.header);
    let reasons = [why, kind].into_iter().filter(|why| !why.is_empty()).collect::<Vec<_>>();
    variable.why = reasons.join("; ");
    variable.part = Some(part.of.clone());
    if role.is_none() {
        // A pressure is never negative: `120/-` has no diastolic one.
        variable.reading.minus = MinusReading::NotReported;
    }
    variable
}

/// True for the sexes of a column in which a capital `F` or `W` is a woman: a capital `M` behind an age is a man.
pub fn m_is_male(part: &Variable, sexes: &Evidence) -> bool {
    let is_sex = part.part.as_ref().is_some_and(|of| of.part == Part::Sex);
    let is_woman = |word: &str| matches!(word, "F" | "W");
    is_sex
        && sexes.men() > 0
        && part.reading.sex == SexWords::WordsAndLetters
        && sexes.words().any(|(word, _)| is_woman(word))
}
