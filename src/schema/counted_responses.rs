//! Which of several columns of responses is counted.

use crate::schema::header::names_the_best_response;
use crate::schema::{Kind, Role, Variable};
use std::cmp::Reverse;

/// The place of the column whose responses are the best ones of the patients, of columns of responses: one of words
/// before others, then one made of others, then one that its name calls the best, then the first.
pub fn counted_responses<'v>(variables: impl IntoIterator<Item = &'v Variable>) -> Option<usize> {
    let all = variables.into_iter().enumerate().filter(|(_, variable)| variable.role == Role::Response);
    let is_of_words = |variable: &Variable| variable.kind == Kind::Category;
    let claim = |variable: &Variable| {
        (is_of_words(variable), !variable.made_of.is_empty(), names_the_best_response(&variable.name))
    };
    all.min_by_key(|(place, variable)| (Reverse(claim(variable)), *place)).map(|(place, _)| place)
}
