//! The words around a number that say what it counts, and those after which it counts nothing.
//!
//! The words are data (`nouns.toml`).

use super::noun_words as vocabulary;
use super::token::{Kind, Token};
use std::ops::Range;

/// True for a noun whose number can be a denominator.
pub(in crate::check) fn is_case(token: &Token<'_>) -> bool {
    token.is_among(&vocabulary::CASES)
}

/// True for a word by which cases are divided.
pub(in crate::check) fn is_category(token: &Token<'_>) -> bool {
    token.is_among(&vocabulary::CATEGORIES)
}

/// True for a sex in the plural, before its number: `boys 30, girls 20`.
pub(in crate::check) fn is_sex(token: &Token<'_>) -> bool {
    token.is_among(&vocabulary::SEXES)
}

/// True for a unit of measurement.
pub(in crate::check) fn is_unit(token: &Token<'_>) -> bool {
    token.is_among(&vocabulary::UNITS) || is_power(token)
}

/// True for a unit that is written alone.
pub(in crate::check) fn is_unit_word(word: &str) -> bool {
    vocabulary::UNITS.contains_in_any_case(word) && !word.eq_ignore_ascii_case("n")
}

/// True for a power of ten with what it is per: `× 10⁹/L`.
pub(in crate::check) fn is_power(token: &Token<'_>) -> bool {
    token.kind == Kind::Word && token.text.contains("10") && token.text.starts_with(['×', 'x', 'X'])
}

/// True for a word before the time, the dose, the place or the persons that an estimate is of.
pub(in crate::check) fn introduces_circumstance(token: &Token<'_>) -> bool {
    token.is_among(&vocabulary::BEFORE_CIRCUMSTANCE) || is_label(token)
}

/// True for a number that is no estimate, but what it is of: the 52 of `at week 52`, the 100,000 of `per 100,000`, the 42 of
/// `of the 42`.
pub(in crate::check) fn is_circumstance(tokens: &[Token<'_>], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).and_then(|at| tokens.get(at));
    let is_definite = before(1).is_some_and(|token| token.is("the"));
    let is_score = before(1).is_some_and(|token| token.is_one_of(&["age", "ages", "score", "scores", "than", "no"]))
        && !before(2).is_some_and(|token| token.is_one_of(&["at", "under", "over", "from", "below", "above"]));
    // `in 8 % (95 % CI ...)` is an estimate, `per SD 15` is none.
    let is_percentage = tokens.get(at.saturating_add(1)).is_some_and(|token| token.kind == Kind::Percent);
    let is_per = before(2).is_some_and(|token| token.is_one_of(&["per", "each"]))
        && before(1).is_some_and(|token| token.kind == Kind::Word && !is_unit(token));
    is_definite || is_per || (!is_score && !is_percentage && before(1).is_some_and(introduces_circumstance))
}

/// True for a word after which a number is the name of a part of the text: `Table 2`.
pub(in crate::check) fn names_a_part(token: &Token<'_>) -> bool {
    token.is_among(&vocabulary::NAMES)
}

/// True for a word after which a number is a name, a bound or a time.
pub(in crate::check) fn is_label(token: &Token<'_>) -> bool {
    names_a_part(token) || token.is_among(&vocabulary::LABELS) || token.is_among(&vocabulary::NUMBERED)
}

/// True where a number after this is not meant exactly.
pub(in crate::check) fn is_vague(token: &Token<'_>) -> bool {
    matches!(token.kind, Kind::Compare(_)) || token.is_among(&vocabulary::VAGUE)
}

/// True for the plural of a thing that is counted.
pub(in crate::check) fn is_plural(token: &Token<'_>) -> bool {
    token.kind == Kind::Word
        && token.text.len() > 3
        && token.text.ends_with('s')
        && !token.is_among(&vocabulary::NO_PLURALS)
        && !is_unit(token)
}

/// True for a count, by its tokens, of things that are no cases: `3 of 5 hospitals`, `276 (74.8 %) episodes`.
pub(in crate::check) fn is_of_things(tokens: &[Token<'_>], count: &Range<usize>) -> bool {
    let inside = tokens.get(count.clone()).unwrap_or_default();
    let noun = || tokens.get(count.end).into_iter().chain(inside);
    !noun().any(is_case) && noun().any(is_plural)
}

/// True for a word that ends a noun phrase.
pub(in crate::check) fn is_between(token: &Token<'_>) -> bool {
    token.is_among(&vocabulary::BETWEEN)
}

/// True for a sentence about cases with an answer, or about some that are left out.
pub(in crate::check) fn restricts(tokens: &[Token<'_>]) -> bool {
    tokens.iter().any(|token| token.is_among(&vocabulary::RESTRICTS))
}

/// True for a sentence about other people's patients.
pub(in crate::check) fn cites(tokens: &[Token<'_>]) -> bool {
    tokens.iter().any(|token| token.kind == Kind::Reference || token.is_among(&vocabulary::CITES))
}

/// True for a sentence that seems to be about other people's patients, though it cites nobody: `In another study, ...`, `In
/// a French cohort, ...`, `Miller reported ...`.
pub(in crate::check) fn names_others(tokens: &[Token<'_>]) -> bool {
    let is_own = tokens.iter().any(|token| token.is_among(&vocabulary::OWN));
    (!is_own && (0..tokens.len()).any(|at| is_other_study(tokens, at))) || begins_with_author(tokens)
}

/// `another study`, `a French national cohort`, `the RECOVERY trial` at a position.
fn is_other_study(tokens: &[Token<'_>], at: usize) -> bool {
    let Some([first, second, rest @ ..]) = tokens.get(at..) else { return false };
    let is_study = |token: &Token<'_>| token.is_among(&vocabulary::STUDIES);
    let is_near =
        is_study(second) || (second.kind == Kind::Word && !is_between(second) && rest.first().is_some_and(is_study));
    let is_proper = at > 0 && first.kind == Kind::Word && first.text.starts_with(char::is_uppercase);
    is_near && (is_proper || first.is_among(&vocabulary::OTHER_STUDIES))
}

/// `Miller reported`, `Miller and Smith described` at the begin of a sentence.
fn begins_with_author(tokens: &[Token<'_>]) -> bool {
    let Some(verb) = tokens.iter().take(4).position(|token| token.is_among(&vocabulary::REPORTS)) else { return false };
    let is_author = |token: &Token<'_>| {
        let is_name = token.text.starts_with(char::is_uppercase) && token.text.chars().any(char::is_lowercase);
        let is_other = token.is_among(&vocabulary::OWN) || token.is_among(&vocabulary::NO_AUTHORS);
        token.kind == Kind::Word && is_name && !is_other && !is_case(token) && !is_plural(token)
    };
    let subject = tokens.get(..verb).unwrap_or_default();
    !subject.is_empty() && subject.iter().all(|token| is_author(token) || token.is("and"))
}

/// True for the heading of a part about other people's patients: `Literature review`.
pub(in crate::check) fn names_literature(heading: &str) -> bool {
    heading.split(|c: char| !c.is_alphabetic()).any(|word| vocabulary::LITERATURE.contains_in_any_case(word))
}

/// True for a size or a grade.
pub(in crate::check) fn is_grade(token: &Token<'_>) -> bool {
    token.is_among(&vocabulary::GRADES)
}

/// True for a level of response, and for what it is a level of.
pub(in crate::check) fn is_level(token: &Token<'_>) -> bool {
    token.is_among(&vocabulary::LEVELS)
}

/// True for what a level of response is of: `partial remission`.
pub(in crate::check) fn is_response(token: &Token<'_>) -> bool {
    token.is_among(&vocabulary::RESPONSES)
}

/// True for a verb by which cases are left out.
pub(in crate::check) fn takes_off(token: &Token<'_>) -> bool {
    token.is_among(&vocabulary::TAKES_OFF)
}

/// True for a word of a rate, which is of a time.
pub(in crate::check) fn is_of_time(token: &Token<'_>) -> bool {
    token.is_among(&vocabulary::OF_TIME)
}

/// True for a word beside a percentage of cases.
pub(in crate::check) fn is_of_cases(token: &Token<'_>) -> bool {
    token.is_among(&vocabulary::SHARES)
}

/// True for a word beside a percentage that is a change or a comparison.
pub(in crate::check) fn is_of_change(token: &Token<'_>) -> bool {
    token.is_among(&vocabulary::CHANGES)
}

/// True for a word of a text whose estimates may be adjusted.
pub(in crate::check) fn adjusts(token: &Token<'_>) -> bool {
    token.is_among(&vocabulary::ADJUSTS)
}

/// True for a word that names men.
pub(in crate::check) fn is_man(word: &str) -> bool {
    vocabulary::MEN.contains_in_any_case(word)
}

/// True for a word that names women.
pub(in crate::check) fn is_woman(word: &str) -> bool {
    vocabulary::WOMEN.contains_in_any_case(word)
}

/// True for a verb by which authors present their series.
pub(in crate::check) fn shows_series(token: &Token<'_>) -> bool {
    token.is_among(&vocabulary::SHOWS_SERIES)
}

/// True for what may stand between the age and its mean.
pub(in crate::check) fn joins_age(token: &Token<'_>) -> bool {
    token.is_among(&vocabulary::JOINS_AGE)
        || matches!(token.kind, Kind::Colon | Kind::Equals | Kind::Comma | Kind::Open | Kind::Close | Kind::PlusMinus)
}

/// True for a year of the calendar.
pub(in crate::check) fn is_year(token: &Token<'_>) -> bool {
    token.text.len() == 4 && token.count().is_some_and(|year| (1900..=2100).contains(&year))
}
