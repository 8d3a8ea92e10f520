//! The parts of a name: its words, its role, the unit at its end, what makes it an age or a duration.

use super::responses::names_a_response;
use super::vocabulary::{self, ROLES, normalise};
use crate::schema::Role;
use crate::schema::lexical::duration::TimeUnit;

/// Splits the unit off the end of a normalised name: `age months` is `age` in months.
///
/// The years of `Pack-years` are none of a time.
pub(super) fn split_suffix_unit(words: &str) -> (&str, Option<&'static str>) {
    if counts_packs(words) {
        return (words, None);
    }
    let ends = words.rmatch_indices(' ').take(2);
    let found = ends.filter_map(|(at, _)| {
        let (stem, suffix) = words.split_at_checked(at)?;
        Some((stem, vocabulary::SUFFIX_UNITS.get(suffix.trim_start())?))
    });
    found.last().map_or((words, None), |(stem, unit)| (stem, Some(unit)))
}

/// True for the name of packs a day times years.
pub(super) fn counts_packs(words: &str) -> bool {
    vocabulary::PACK_YEARS.iter().any(|packs| words == packs || words.ends_with(&format!(" {packs}")))
}

pub(super) fn role_of(words: &str, stem: &str) -> Option<Role> {
    let direct = ROLES.get(words).or_else(|| ROLES.get(stem));
    direct
        .or_else(|| role_without_occasion(stem))
        .or_else(|| lab_without_prefix(stem))
        .or_else(|| role_without_time(words))
        .or_else(|| names_a_response(words).then_some(Role::Response))
}

/// The role of what is known at a time: `response wk 12`, `6 month outcome`, `crp d28`, `crp visit 2`.
fn role_without_time(words: &str) -> Option<Role> {
    let is_one = |role: &Role| matches!(role, Role::Response | Role::Outcome | Role::Lab);
    let known = |words: Option<&str>| words.and_then(|words| ROLES.get(words)).filter(is_one);
    known(before_time(words)).or_else(|| known(behind_time(words)))
}

/// The words before a time: `wk 12`, `12 weeks`, `w12`, `visit 2`.
fn before_time(words: &str) -> Option<&str> {
    let (before, last) = words.rsplit_once(' ')?;
    if let Some((unit, number)) = last.find(|c: char| c.is_ascii_digit()).and_then(|at| last.split_at_checked(at))
        && is_figure(number)
        && (is_time(unit) || unit == "v")
    {
        return Some(before);
    }
    let (rest, first) = before.rsplit_once(' ')?;
    let is_numbered = is_figure(last) && (is_time(first) || first == "visit");
    (is_numbered || is_figure(first) && is_time(last)).then_some(rest)
}

/// The words behind a time: `6 month response`.
fn behind_time(words: &str) -> Option<&str> {
    let (number, rest) = words.split_once(' ')?;
    let (unit, rest) = rest.split_once(' ')?;
    (is_figure(number) && is_time(unit)).then_some(rest)
}

fn is_figure(word: &str) -> bool {
    (1..=3).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// True for a unit of time, also as one letter.
fn is_time(word: &str) -> bool {
    matches!(word, "m" | "w" | "d" | "y") || TimeUnit::of_word(word).is_some()
}

/// A name with a space before each capital behind a small letter.
pub(super) fn parted(name: &str) -> String {
    let mut parted = String::with_capacity(name.len().saturating_add(4));
    let mut after_lower = false;
    for c in name.chars() {
        if after_lower && c.is_uppercase() {
            parted.push(' ');
        }
        after_lower = c.is_lowercase();
        parted.push(c);
    }
    parted
}

/// `age in`, `age of patient`, `alter bei diagnose`, `participant age`; not `age of the mother`.
pub(super) fn age_of_the_patient(stem: &str) -> Option<Role> {
    let is_patient = |word: &str| vocabulary::identity::PATIENTS.contains(word);
    let (first, rest) = stem.split_once(' ')?;
    let words = if is_patient(first) { rest } else { stem };
    let is_age = |words: &str| ROLES.get(words) == Some(Role::Age);
    let goes_on = |(at, _): (usize, &str)| {
        let (before, behind) = words.split_at_checked(at)?;
        let next = behind.trim_start().split(' ').next()?;
        (is_age(before) && (vocabulary::AGE_OCCASIONS.contains(next) || is_patient(next))).then_some(())
    };
    let is_of_another = words.split(' ').any(|word| vocabulary::OTHER_PEOPLE.contains(word));
    let is_known = is_age(words) || words.match_indices(' ').find_map(goes_on).is_some();
    (is_known && !is_of_another).then_some(Role::Age)
}

/// The role of the words before `at`, `before` or, for tests, another word of occasion.
fn role_without_occasion(words: &str) -> Option<Role> {
    let before = |occasion: &str| ROLES.get(split_suffix_unit(words_before(words, occasion)?).0);
    let general = vocabulary::OCCASIONS.iter().find_map(before);
    // An identifier has no occasion: "number at admission" is a count.
    let general = general.filter(|role| !matches!(role, Role::CaseId | Role::DirectIdentifier));
    general.or_else(|| vocabulary::LAB_OCCASIONS.iter().copied().find_map(before).filter(|role| *role == Role::Lab))
}

fn words_before<'a>(words: &'a str, occasion: &str) -> Option<&'a str> {
    let found = words.match_indices(occasion).find(|(at, _)| {
        let after = words.get(at.saturating_add(occasion.len())..).unwrap_or_default();
        words.get(..*at).is_some_and(|w| w.ends_with(' ')) && (after.is_empty() || after.starts_with(' '))
    });
    words.get(..found?.0).map(str::trim_end)
}

fn lab_without_prefix(words: &str) -> Option<Role> {
    let (first, rest) = words.split_once(' ')?;
    let is_prefix = vocabulary::LAB_PREFIXES.contains(first);
    ROLES.get(rest).filter(|role| is_prefix && *role == Role::Lab)
}

/// A duration by one of its words; `follow-up visit`, `survival status` and `duration group` are none.
pub(super) fn names_a_duration(words: &str) -> bool {
    let is_duration =
        |word: &str| vocabulary::DURATION_WORDS.contains(word) || word.ends_with(vocabulary::DURATION_END);
    let padded = format!(" {words} ");
    let has_phrase = vocabulary::DURATION_PHRASES.iter().any(|phrase| padded.contains(&format!(" {phrase} ")));
    let last = words.rsplit(' ').next().unwrap_or_default();
    let is_other = ["category", "date", "group", "status", "visit", "visits", "yes", "n", "no"].contains(&last);
    !is_other && (has_phrase || words.split(' ').any(is_duration))
}

/// True for a name in German or Dutch.
pub(super) fn is_of_j_years(header: &str) -> bool {
    let is_one = |word: &str| {
        vocabulary::WORDS_OF_J_YEARS.iter().any(|start| word.starts_with(start))
            || vocabulary::ENDS_OF_J_YEARS.iter().any(|end| word.ends_with(end))
    };
    normalise(&parted(header)).split(' ').any(is_one)
}
