//! What a header says about its column: name, unit and role.
//!
//! The names are data (`headers.toml`). A header that is not among them has the role `other`.

use super::memo::Memo;
use super::people::{Identified, Whose, identified};
use super::vocabulary::{self, ROLES, is_unit, normalise};
use crate::schema::Role;
use crate::vocabulary::Words;

/// What one header says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderReading {
    /// The column name, without a unit in parentheses or brackets.
    pub name: String,
    /// The unit, from parentheses, brackets or the last words.
    pub unit: Option<String>,
    /// What the column means; `other` where the name is not known.
    pub role: Role,
    /// True for notes, comments and histories: free text, whatever the length of the cells.
    pub is_notes: bool,
    /// True for a column of calendar years.
    pub is_year: bool,
    /// True for a column of calendar dates.
    pub is_date: bool,
    /// True for the name of an event, below which dates may stand: `Onset`, `Admission`.
    pub is_event: bool,
    /// How the role was decided.
    pub why: String,
}

/// Most characters of a header that are read.
const MOST_READ: usize = 200;

/// Reads one header.
///
/// The role is that of the whole name, else of the name without a unit at its end (`age_months`),
/// else of the name without the occasion (`age at onset`) or, for tests, without the specimen (`serum calcium`);
/// else that of its words (`participant_name`, `Pt #`, `Age of patient`, `Sex (M/F)`).
pub fn read_header(header: &str) -> HeaderReading {
    static READ: Memo<HeaderReading> = Memo::new();
    READ.get(header, read)
}

fn read(header: &str) -> HeaderReading {
    match at_visit(header) {
        // A column of a visit means what the column means.
        Some((column, visit)) => {
            let read = read_one(column);
            HeaderReading { name: format!("{}@{visit}", read.name), ..read }
        }
        None => read_one(header),
    }
}

/// The column and the visit of `crp (mg/L)@month 6`.
fn at_visit(header: &str) -> Option<(&str, &str)> {
    let (column, visit) = header.rsplit_once('@')?;
    let is_joined = !column.ends_with(char::is_whitespace) && !visit.starts_with(char::is_whitespace);
    (is_joined && !column.is_empty() && !visit.is_empty()).then_some((column, visit))
}

fn read_one(header: &str) -> HeaderReading {
    let (name, bracketed) = split_unit(header.trim());
    let read = beginning(name);
    let words = normalise(read);
    let (stem, suffix) = split_suffix_unit(&words);
    let role = role_of(&words, stem).or_else(|| role_of_camel_case(read)).or_else(|| role_of_the_parts(read, stem));
    let role = role.unwrap_or(Role::Other);
    let unit = bracketed.or(suffix).or_else(|| time_at_the_start(read)).map(|unit| time_word(role, unit));
    let is_notes = role == Role::Other && is_notes(&words);
    let parts = normalise(&parted(read));
    let is_date =
        matches!(role, Role::Other | Role::DirectIdentifier) && [&words, &parts].into_iter().any(|of| is_date(of));
    let is_year = role == Role::Other
        && !is_date
        && [&words, &parts].into_iter().any(|of| at_an_end(of, &vocabulary::YEAR_WORDS));
    let why = explain(name, role, is_notes, is_date, is_year);
    let is_event = role == Role::Other && [&words, &parts].into_iter().any(|of| names_an_event(of));
    HeaderReading { name: name.to_owned(), unit, role, is_notes, is_year, is_date, is_event, why }
}

/// As much of a name as is read: what is longer is a sentence, or a file that is no table.
pub(super) fn beginning(name: &str) -> &str {
    name.char_indices().nth(MOST_READ).and_then(|(end, _)| name.get(..end)).unwrap_or(name)
}

/// Splits `ESR (mm/h)` into its name and its unit; other parentheses stay part of the name.
fn split_unit(header: &str) -> (&str, Option<&str>) {
    for (open, close) in [('(', ')'), ('[', ']')] {
        let Some((name, inner)) = header.strip_suffix(close).and_then(|h| h.rsplit_once(open)) else { continue };
        let (name, inner) = (name.trim_end(), inner.trim());
        let inner = ["in ", "en ", "em "].iter().find_map(|word| inner.strip_prefix(word)).unwrap_or(inner);
        if !name.is_empty() && (is_unit(inner) || is_time_letter(name, inner)) {
            return (name, Some(inner));
        }
    }
    (header, None)
}

/// True for `J` behind the name of an age or a follow-up.
fn is_time_letter(name: &str, unit: &str) -> bool {
    let words = normalise(name);
    let is_letter = vocabulary::TIME_LETTERS.contains(&unit.to_lowercase());
    is_letter && matches!(role_of(&words, &words), Some(Role::Age | Role::FollowUp))
}

/// Splits the unit off the end of a normalised name: `age months` is `age` in months.
fn split_suffix_unit(words: &str) -> (&str, Option<&'static str>) {
    let ends = words.rmatch_indices(' ').take(2);
    let found = ends.filter_map(|(at, _)| {
        let (stem, suffix) = words.split_at_checked(at)?;
        Some((stem, vocabulary::SUFFIX_UNITS.get(suffix.trim_start())?))
    });
    found.last().map_or((words, None), |(stem, unit)| (stem, Some(unit)))
}

fn role_of(words: &str, stem: &str) -> Option<Role> {
    let direct = ROLES.get(words).or_else(|| ROLES.get(stem));
    direct.or_else(|| role_without_occasion(stem)).or_else(|| lab_without_prefix(stem))
}

/// `patientId` is read as `patient id` where it is not known as written.
fn role_of_camel_case(name: &str) -> Option<Role> {
    let words = normalise(&parted(name));
    role_of(&words, split_suffix_unit(&words).0)
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

/// The role of a name that is made of known words.
fn role_of_the_parts(name: &str, stem: &str) -> Option<Role> {
    role_of_an_identifier(name).or_else(|| age_of_the_patient(stem)).or_else(|| role_before_a_remark(name))
}

/// The case, or a patient who is named; a name of staff is shown, unless patients are de-identified.
fn role_of_an_identifier(name: &str) -> Option<Role> {
    let of = |words: &str| match identified(words)? {
        Identified::Case => Some(Role::CaseId),
        Identified::Person(Whose::Patient) => Some(Role::DirectIdentifier),
        Identified::Person(Whose::Staff) | Identified::Thing => None,
    };
    of(&normalise(name)).or_else(|| of(&normalise(&parted(name))))
}

/// `age in`, `age of patient`, `alter bei diagnose`, `participant age`; not `age of the mother`.
fn age_of_the_patient(stem: &str) -> Option<Role> {
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

/// `Sex (M/F)`, `Gender: 1 = male`, `Date of birth (dd/mm/yyyy)`.
fn role_before_a_remark(name: &str) -> Option<Role> {
    let (before, _) = name.split_once(['(', '[', ':'])?;
    let role = ROLES.get(&normalise(before)).or_else(|| role_of_an_identifier(before));
    role.filter(|role| matches!(role, Role::Sex | Role::DirectIdentifier))
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

fn is_notes(words: &str) -> bool {
    let last = words.rsplit(' ').next().unwrap_or(words);
    vocabulary::NOTES.contains(words) || vocabulary::NOTES_WORDS.contains(last)
}

/// True for a name of dates: `date of onset`, `visitDate`, `Aufnahmedatum`, `RFSTDTC`, `data di esordio`.
fn is_date(words: &str) -> bool {
    let (first, last) = (words.split(' ').next().unwrap_or(words), words.rsplit(' ').next().unwrap_or(words));
    let is_compound = vocabulary::DATE_ENDS.iter().any(|end| last.len() > end.len() && last.ends_with(end));
    let is_other = [last, words].into_iter().any(|word| vocabulary::NO_DATES.contains(word));
    let is_marked = first != last && vocabulary::DATE_SUFFIXES.contains(last);
    let is_data_of = vocabulary::DATE_PHRASES.iter().any(|phrase| words.starts_with(phrase));
    !is_other && (at_an_end(words, &vocabulary::DATE_WORDS) || is_compound || is_marked || is_data_of)
}

/// True for a name whose first or last word is an event: `onset of symptoms`, `last visit`; not `age at onset`.
fn names_an_event(words: &str) -> bool {
    let (first, last) = (words.split(' ').next().unwrap_or(words), words.rsplit(' ').next().unwrap_or(words));
    [first, last].into_iter().chain([words]).any(|word| vocabulary::EVENT_WORDS.contains(word))
}

fn at_an_end(words: &str, wanted: &Words) -> bool {
    let ends = [words.split(' ').next(), words.rsplit(' ').next()];
    ends.into_iter().flatten().any(|end| wanted.contains(end))
}

/// The unit of `days of therapy`, `Tage bis zum Rezidiv`; not of `year of diagnosis`.
fn time_at_the_start(name: &str) -> Option<&'static str> {
    // `Jours d'hospitalisation`
    let words = normalise(&name.replace(['\'', '’'], " "));
    let (first, rest) = words.split_once(' ')?;
    let next = rest.split(' ').next()?;
    let is_duration = vocabulary::TIMES_FIRST.contains(first) && vocabulary::BEHIND_TIMES.contains(next);
    vocabulary::TIME_UNITS.get(first).filter(|_| is_duration)
}

/// Times of ages and follow-up are written as one word each; other units stay as they stand.
fn time_word(role: Role, unit: &str) -> String {
    let word = vocabulary::TIME_UNITS.get(&unit.to_lowercase());
    match (role, word) {
        (Role::Age | Role::FollowUp, Some(word)) => word.to_owned(),
        _ => unit.to_owned(),
    }
}

fn explain(name: &str, role: Role, is_notes: bool, is_date: bool, is_year: bool) -> String {
    let meaning = match role {
        Role::CaseId => "names the case",
        Role::Age => "is a known name for the age",
        Role::Sex => "is a known name for the sex",
        Role::Etiology => "is a known name for the cause or diagnosis",
        Role::Site => "is a known name for anatomical sites",
        Role::Lab => "is a known laboratory test",
        Role::Treatment => "is a known name for treatments",
        Role::Response => "is a known name for the response to treatment",
        Role::Outcome => "is a known name for the state at the last visit",
        Role::FollowUp => "is a known name for the duration of follow-up",
        Role::DirectIdentifier => "names or locates a person",
        Role::Other if is_notes => "announces free text",
        Role::Other if is_date => "announces dates",
        Role::Other if is_year => "announces years",
        Role::Other => "is not a known name",
    };
    format!("header '{name}' {meaning}")
}
