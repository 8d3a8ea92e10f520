//! The words of the cells that name persons: where a series is de-identified, no other cell shows them either.

use super::cohort::{Cohort, CohortVariable};
use crate::cohort::case::CaseColumns;
use crate::cohort::stream::each_case;
use crate::error::Error;
use crate::read::Inputs;
use crate::schema::header::identity::{Identity, identity};
use crate::schema::letters::unaccented;
use crate::schema::{Kind, Role};
use rustc_hash::FxHashSet;

/// Fewer letters are initials, and the ends of many words.
const SHORTEST: usize = 3;
/// Most words that are kept; of a series with more, no word is shown because several cases have it.
const MOST_WORDS: usize = 1 << 17;

/// The words of the columns that name patients or other persons.
#[derive(Debug)]
pub enum NameWords {
    /// All of them, in lower case without accents.
    All(FxHashSet<Box<str>>),
    /// More than are kept.
    TooMany,
}

impl NameWords {
    /// Reads the columns of names, which is a pass of its own where there are any.
    ///
    /// Errors: those of reading the cases again.
    pub fn of(inputs: &Inputs, cohort: &Cohort) -> Result<NameWords, Error> {
        let named: Vec<(usize, bool)> = cohort.variables.iter().filter_map(column_of_names).collect();
        let mut words = NameWords::All(FxHashSet::default());
        if named.is_empty() {
            return Ok(words);
        }
        each_case(inputs, &cohort.columns, &CaseColumns::new(Vec::new(), cohort.id), |case| {
            for (column, holds_codes) in &named {
                let cell = case.bytes(*column);
                if !holds_codes || !cell.iter().any(u8::is_ascii_digit) {
                    words.add(&String::from_utf8_lossy(&cell));
                }
            }
            Ok(())
        })?;
        Ok(words)
    }

    fn add(&mut self, cell: &str) {
        let NameWords::All(known) = self else { return };
        for word in words(&unaccented(cell)) {
            if !known.contains(word) {
                known.insert(word.into());
            }
        }
        if known.len() > MOST_WORDS {
            *self = NameWords::TooMany;
        }
    }

    /// True for a text with a word of a name, also as its genitive: `Miller's`, `Millers`.
    pub fn are_in(&self, text: &str) -> bool {
        match self {
            NameWords::TooMany => true,
            NameWords::All(known) if known.is_empty() => false,
            NameWords::All(known) => words(&unaccented(text))
                .any(|word| known.contains(word) || word.strip_suffix('s').is_some_and(|stem| known.contains(stem))),
        }
    }
}

/// The words of a text that are long enough for a name.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().nth(SHORTEST - 1).is_some())
}

/// The column of the file whose cells name or locate persons, and whether a cell with a digit is a code there: of the
/// IDs of the cases only those without one are names.
fn column_of_names(column: &CohortVariable) -> Option<(usize, bool)> {
    let variable = &column.variable;
    let is_person = variable.role == Role::DirectIdentifier
        || matches!(identity(variable.file_header()), Some(Identity::Person(_)));
    let is_case = column.is_id || variable.role == Role::CaseId;
    let holds_words = !matches!(variable.kind, Kind::Number | Kind::Date) || is_case;
    let is_of_the_file = variable.members.is_empty() && variable.made_of.is_empty() && variable.part.is_none();
    ((is_person || is_case) && holds_words && is_of_the_file).then_some((column.column, is_case && !is_person))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_a_name_is_found_in_any_writing() {
        let mut names = NameWords::All(FxHashSet::default());
        names.add("Zylphia Quorndon-Élan, J. de");
        for text in ["for zylphia", "QUORNDON", "as Zylphia's", "Quorndons cream", "elan (oral)", "x/Zylphia/y"] {
            assert!(names.are_in(text), "{text}");
        }
        for text in ["", "quorn", "cousin's", "J. de", "methotrexate"] {
            assert!(!names.are_in(text), "{text}");
        }
    }

    #[test]
    fn beyond_the_ceiling_every_text_may_hold_a_name() {
        let mut names = NameWords::All(FxHashSet::default());
        let letters = |number: usize| {
            let digit = |at: u32| char::from(b'a' + u8::try_from(number / 26_usize.pow(at) % 26).unwrap());
            (0..5).map(digit).collect::<String>()
        };
        (0..=MOST_WORDS).for_each(|number| names.add(&letters(number)));
        assert!(names.are_in("methotrexate") && matches!(names, NameWords::TooMany));
    }
}
