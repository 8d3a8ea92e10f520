//! What a header says about its column: name, unit and role.
//!
//! The names are data (`headers.toml`). A header that is not among them has the role `other`.

use super::memo::Memo;
pub(super) use super::names::parted;
use super::names::{age_of_the_patient, role_of, split_suffix_unit};
use super::people::{Identified, Whose, identified, is_year_of_birth};
use super::times::{
    is_a_rate, is_litre_behind, is_metre_behind, is_time_behind, time_at_the_end, time_at_the_start, time_word,
    years_and_months_at_the_end,
};
use super::vocabulary::{self, ROLES, is_unit, normalise};
use crate::schema::lexical::duration::TimeUnit;
use crate::schema::{Role, at_visit};
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
            let (read, visit) = unit_behind_visit(column, visit).unwrap_or_else(|| (read_one(column), visit));
            HeaderReading { name: format!("{}@{visit}", read.name), ..read }
        }
        None => read_one(header),
    }
}

/// The column with the unit that stands behind its visit, and the visit alone: `weight@month_6 (g)`, `crp@V1 [mg/L]`,
/// `weight@V1_kg`. Where the column has a unit itself, what stands behind the visit is a part of its name.
fn unit_behind_visit<'h>(column: &str, visit: &'h str) -> Option<(HeaderReading, &'h str)> {
    let read = read_one(column);
    if read.unit.is_some() {
        return None;
    }
    let bracketed = [('(', ')'), ('[', ']')].into_iter().find_map(|(open, close)| {
        let (alone, unit) = visit.strip_suffix(close)?.rsplit_once(open)?;
        let with_unit = read_one(&format!("{column} ({unit})"));
        let is_unit = with_unit.unit.is_some() && with_unit.name == read.name;
        (is_unit && !alone.trim().is_empty()).then(|| (with_unit, alone.trim_end()))
    });
    bracketed.or_else(|| {
        let (alone, unit) = visit.rsplit_once(['_', ' '])?;
        // A time is that of the visit, and one letter anything.
        let is_unit = unit.chars().count() > 1 && is_unit(unit) && TimeUnit::of_word(unit).is_none();
        let is_behind = is_unit && !alone.trim().is_empty();
        is_behind.then(|| (HeaderReading { unit: Some(unit.to_owned()), ..read }, alone.trim_end()))
    })
}

fn read_one(header: &str) -> HeaderReading {
    let (name, bracketed) = split_unit(header.trim());
    let read = beginning(name);
    let words = normalise(read);
    let (stem, suffix) = split_suffix_unit(&words);
    let role = role_of(&words, stem).or_else(|| role_of_camel_case(read)).or_else(|| role_of_the_parts(read, stem));
    let both = if bracketed.is_none() { years_and_months_at_the_end(read) } else { None };
    let suffix = suffix.filter(|_| both.is_none());
    let timed = both.or_else(|| if suffix.is_none() && bracketed.is_none() { time_at_the_end(read) } else { None });
    let role = role.or(timed.as_ref().and_then(|timed| timed.role)).unwrap_or(Role::Other);
    let suffix = suffix.filter(|unit| !is_an_occasion(stem, unit, role));
    let unit = bracketed.or(suffix).or(timed.map(|timed| timed.unit)).or_else(|| time_at_the_start(read));
    let unit = unit.map(|unit| time_word(role, name, unit));
    let is_notes = role == Role::Other && is_notes(&words);
    let parts = normalise(&parted(read));
    let is_date =
        matches!(role, Role::Other | Role::DirectIdentifier) && [&words, &parts].into_iter().any(|of| is_date(of));
    let is_year = role == Role::Other
        && !is_date
        && !is_a_rate(name)
        && (is_year_of_birth(name)
            || [&words, &parts].into_iter().any(|of| at_an_end(of, &vocabulary::YEAR_WORDS) || is_year_compound(of)));
    let why = explain(name, role, is_notes, is_date, is_year);
    let is_event = role == Role::Other && [&words, &parts].into_iter().any(|of| names_an_event(of));
    HeaderReading { name: name.to_owned(), unit, role, is_notes, is_year, is_date, is_event, why }
}

/// True for the unit of time of an occasion: `Response at 3 mo`, `pain at 6 months`; the age or duration at the end of a
/// name keeps its unit.
fn is_an_occasion(stem: &str, unit: &str, role: Role) -> bool {
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let is_behind_a_number = stem.rsplit(' ').next().is_some_and(is_number);
    is_behind_a_number && !matches!(role, Role::Age | Role::FollowUp) && TimeUnit::of_word(unit).is_some()
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
        if !name.is_empty() && (is_unit(inner) || is_time_behind(name, inner) || is_length_or_litre(name, inner)) {
            return (name, Some(inner));
        }
    }
    (header, None)
}

/// True for a letter that is a unit behind such a name: `Height (m)`, `FEV1 (L)`.
fn is_length_or_litre(name: &str, unit: &str) -> bool {
    is_metre_behind(name, unit) || is_litre_behind(name, unit)
}

/// `patientId` is read as `patient id` where it is not known as written.
fn role_of_camel_case(name: &str) -> Option<Role> {
    let words = normalise(&parted(name));
    role_of(&words, split_suffix_unit(&words).0)
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

/// `Sex (M/F)`, `Gender: 1 = male`, `Date of birth (dd/mm/yyyy)`.
fn role_before_a_remark(name: &str) -> Option<Role> {
    let (before, _) = name.split_once(['(', '[', ':'])?;
    let role = ROLES.get(&normalise(before)).or_else(|| role_of_an_identifier(before));
    role.filter(|role| matches!(role, Role::Sex | Role::DirectIdentifier))
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

/// True for `Diagnosejahr`, `OP-Jahr`; a `Lebensjahr` is an age.
fn is_year_compound(words: &str) -> bool {
    words.split(' ').any(|word| vocabulary::YEAR_COMPOUNDS.contains(word))
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
