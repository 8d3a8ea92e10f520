//! The unit of time that a header names: `Alter (Mon.)`, `AlterMonate`, `leeftijd_mnd`, `days of therapy`.

use super::names::{age_of_the_patient, is_of_j_years, names_a_duration, parted, role_of, split_suffix_unit};
use super::vocabulary::{self, normalise};
use crate::schema::Role;
use crate::schema::lexical::duration::TimeUnit;
use crate::vocabulary::Words;

/// The unit at the end of the name of an age or a duration.
pub(super) struct TimeAtTheEnd {
    /// The role of the name before it, where it is known only without the unit.
    pub role: Option<Role>,
    /// The word for the unit.
    pub unit: &'static str,
}

/// Years and months with a point between them.
pub const YEARS_AND_MONTHS: &str = "y.m";

/// The unit of `AlterMonate`, `ageInMonths`, `Alter_Mon`, `altermonate`.
pub(super) fn time_at_the_end(name: &str) -> Option<TimeAtTheEnd> {
    [normalise(name), normalise(&parted(name))].iter().find_map(|words| behind_words(words)).or_else(|| joined(name))
}

/// The unit of `Age in years and months`, `age y.m`.
pub(super) fn years_and_months_at_the_end(name: &str) -> Option<TimeAtTheEnd> {
    let ends = name.match_indices(char::is_whitespace).filter_map(|(at, _)| name.split_at_checked(at));
    let is_one = |(stem, unit): &(&str, &str)| is_years_and_months(unit.trim()) && is_of_time(without_in(stem));
    let (stem, _) = ends.filter(|(stem, _)| !stem.is_empty()).find(is_one)?;
    let words = normalise(without_in(stem));
    let role = role_of(&words, &words).or_else(|| age_of_the_patient(&words));
    Some(TimeAtTheEnd { role, unit: YEARS_AND_MONTHS })
}

/// A name without the word before its unit: `Age in`.
fn without_in(stem: &str) -> &str {
    let stem = stem.trim_end();
    [" in", " en", " em", ","].iter().find_map(|word| stem.strip_suffix(word)).unwrap_or(stem)
}

fn behind_words(words: &str) -> Option<TimeAtTheEnd> {
    let (stem, last) = words.rsplit_once(' ')?;
    // A single letter may be anything: `Alter w` is that of the women.
    let unit = TimeUnit::of_word(last).filter(|_| last.chars().count() > 1)?.word();
    let stem = stem
        .strip_suffix(" in")
        .or_else(|| stem.strip_suffix(" en"))
        .or_else(|| stem.strip_suffix(" em"))
        .unwrap_or(stem);
    let role = role_of(stem, split_suffix_unit(stem).0).or_else(|| age_of_the_patient(stem));
    match role {
        Some(Role::Age | Role::FollowUp) => Some(TimeAtTheEnd { role, unit }),
        _ => names_a_duration(stem).then_some(TimeAtTheEnd { role: None, unit }),
    }
}

/// One word for an age and its unit: `altermonate`, `agemonths`.
fn joined(name: &str) -> Option<TimeAtTheEnd> {
    let words = normalise(name);
    let rest = vocabulary::AGE_WORDS.iter().filter_map(|age| words.strip_prefix(age)).min_by_key(|rest| rest.len())?;
    let rest = rest.strip_prefix("in").unwrap_or(rest);
    let unit = TimeUnit::of_word(rest).filter(|_| rest.chars().count() > 1)?.word();
    Some(TimeAtTheEnd { role: Some(Role::Age), unit })
}

/// True for the name of an age, a follow-up or another duration.
fn is_of_time(name: &str) -> bool {
    [normalise(name), normalise(&parted(name))].iter().any(|words| {
        matches!(role_of(words, words).or_else(|| age_of_the_patient(words)), Some(Role::Age | Role::FollowUp))
            || names_a_duration(words)
    })
}

/// True for a unit of time in brackets behind the name of an age or a duration: `Alter (Mon.)`, `leeftijd (mnd)`, `Alter (T)`.
pub(super) fn is_time_behind(name: &str, unit: &str) -> bool {
    let is_word = unit.chars().count() > 1 && TimeUnit::of_word(unit).is_some();
    (is_word || time_letter(name, unit).is_some() || is_years_and_months(unit)) && is_of_time(name)
}

/// True for `m` behind the name of a length: `Height (m)`; not `Group (m)`.
pub(super) fn is_metre_behind(name: &str, unit: &str) -> bool {
    unit == "m" && normalise(&parted(name)).split(' ').any(|word| vocabulary::LENGTH_WORDS.contains(word))
}

/// True for `L` behind the name of a volume: `FEV1 (L)`; not `Knee (L)`.
pub(super) fn is_litre_behind(name: &str, unit: &str) -> bool {
    matches!(unit, "L" | "l") && names_a_volume(name)
}

/// True for a name of something that is measured in litres: `Drain`, `FEV1`, `O2 flow`.
pub(super) fn names_a_volume(name: &str) -> bool {
    has_words_of(name, &vocabulary::VOLUME_WORDS)
}

/// True where a word of a name is among these, or two words that follow one another.
pub(super) fn has_words_of(name: &str, wanted: &Words) -> bool {
    [normalise(name), normalise(&parted(name))].iter().any(|words| {
        let words: Vec<&str> = words.split(' ').collect();
        words.iter().any(|word| wanted.contains(word)) || words.windows(2).any(|two| wanted.contains(&two.join(" ")))
    })
}

/// The unit of one letter or a doubled one behind a name: `a` is years, `t` days, and `j` years in German and Dutch, days in French.
fn time_letter(name: &str, unit: &str) -> Option<&'static str> {
    match unit.to_lowercase().trim_end_matches('.') {
        // `anni`
        "a" | "aa" => Some(TimeUnit::Years.word()),
        "j" if is_of_j_years(name) => Some(TimeUnit::Years.word()),
        "j" if is_french(name) => Some(TimeUnit::Days.word()),
        "t" if is_of_j_years(name) => Some(TimeUnit::Days.word()),
        _ => None,
    }
}

/// True for a French name: `âge`, `durée`, `suivi`.
fn is_french(name: &str) -> bool {
    let lower = name.to_lowercase();
    lower.starts_with('â') || normalise(name).split(' ').any(|word| vocabulary::FRENCH_TIMES.contains(word))
}

/// The role of `Age (j)` and what stands in its brackets, where that may be a unit of time and is none that is known.
pub fn unknown_time_unit(header: &str) -> Option<(Role, &str)> {
    let (name, inner) = header.trim().strip_suffix([')', ']'])?.rsplit_once(['(', '['])?;
    let inner = inner.trim();
    let is_short =
        inner.chars().count() <= MOST_LETTERS && inner.chars().any(char::is_alphabetic) && !inner.contains(' ');
    let words = normalise(name);
    let role = role_of(&words, &words).or_else(|| age_of_the_patient(&words));
    let is_known = is_time_behind(name, inner) || vocabulary::is_unit(inner);
    let role = role.filter(|role| matches!(role, Role::Age | Role::FollowUp) && is_short && !is_known)?;
    Some((role, inner))
}

/// Most letters of a unit of time that nobody knows.
const MOST_LETTERS: usize = 3;

/// True for `y.m`, `years.months`, `J.M`: years and months, and no decimals of a year.
fn is_years_and_months(unit: &str) -> bool {
    let joints = [" and ", " und ", " et ", " y ", " e ", " en ", " & "];
    let joined = || joints.iter().find_map(|joint| unit.split_once(joint));
    let parts = unit.split_once(['.', ';', ',', ':', '+']).or_else(joined);
    let is_years = |word: &str| {
        word.chars().all(|c| c == 'y') || matches!(word, "a" | "j") || TimeUnit::of_word(word) == Some(TimeUnit::Years)
    };
    let is_months = |word: &str| word.chars().all(|c| c == 'm') || TimeUnit::of_word(word) == Some(TimeUnit::Months);
    parts.is_some_and(|(years, months)| {
        let (years, months) = (years.trim().to_lowercase(), months.trim().trim_end_matches('.').to_lowercase());
        !years.is_empty() && !months.is_empty() && is_years(&years) && is_months(&months)
    })
}

/// True for a count in a time: `attacks per year`, `Schübe/Jahr`.
pub(super) fn is_a_rate(name: &str) -> bool {
    let words = normalise(&parted(name));
    let before = words.rsplit(' ').nth(1);
    let is_slash = name
        .rsplit_once('/')
        .is_some_and(|(before, last)| !before.trim().is_empty() && vocabulary::YEAR_WORDS.contains(&normalise(last)));
    let is_counted = vocabulary::COUNT_PHRASES.iter().any(|phrase| words.starts_with(phrase));
    is_slash || is_counted || before.is_some_and(|word| vocabulary::RATE_WORDS.contains(word))
}

/// The unit of `days of therapy`, `Tage bis zum Rezidiv`; not of `year of diagnosis`.
pub(super) fn time_at_the_start(name: &str) -> Option<&'static str> {
    // `Jours d'hospitalisation`
    let words = normalise(&name.replace(['\'', '’'], " "));
    let (first, rest) = words.split_once(' ')?;
    let next = rest.split(' ').next()?;
    let is_duration = vocabulary::TIMES_FIRST.contains(first) && vocabulary::BEHIND_TIMES.contains(next);
    vocabulary::TIME_UNITS.get(first).filter(|_| is_duration)
}

/// Times of ages, follow-up and durations are written as one word each; other units stay as they stand.
pub(super) fn time_word(role: Role, name: &str, unit: &str) -> String {
    let is_time = matches!(role, Role::Age | Role::FollowUp);
    let word = || vocabulary::TIME_UNITS.get(&unit.to_lowercase());
    let other = || TimeUnit::of_word(unit).map(TimeUnit::word);
    match time_letter(name, unit).filter(|_| is_of_time(name)) {
        Some(letter) => letter.to_owned(),
        None if is_years_and_months(unit) && is_of_time(name) => YEARS_AND_MONTHS.to_owned(),
        None if is_time => word().or_else(other).unwrap_or(unit).to_owned(),
        None => unit.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::read_header;
    use crate::schema::Role;

    #[test]
    fn the_unit_of_an_age_or_a_duration_is_read_from_its_header() {
        for (header, role, unit) in [
            ("AlterMonate", Role::Age, Some("months")),
            ("AlterTage", Role::Age, Some("days")),
            ("AgeMonths", Role::Age, Some("months")),
            ("ageInMonths", Role::Age, Some("months")),
            ("EdadMeses", Role::Age, Some("months")),
            ("leeftijdMaanden", Role::Age, Some("months")),
            ("altermonate", Role::Age, Some("months")),
            ("ageyears", Role::Age, Some("years")),
            ("Alter_Mon", Role::Age, Some("months")),
            ("leeftijd_mnd", Role::Age, Some("months")),
            ("Alter (Mon.)", Role::Age, Some("months")),
            ("leeftijd (mnd)", Role::Age, Some("months")),
            ("Nachbeobachtung (Mon)", Role::FollowUp, Some("months")),
            ("Alter (T)", Role::Age, Some("days")),
            ("Alter (Wo)", Role::Age, Some("weeks")),
            ("Alter (J)", Role::Age, Some("years")),
            ("âge (j)", Role::Age, Some("days")),
            ("leeftijd (j)", Role::Age, Some("years")),
            ("Age (y.m)", Role::Age, Some("y.m")),
            ("Age (years.months)", Role::Age, Some("y.m")),
            ("age y.m", Role::Age, Some("y.m")),
            ("Age in years and months", Role::Age, Some("y.m")),
            ("Alter in Jahren und Monaten", Role::Age, Some("y.m")),
            ("Age (years and months)", Role::Age, Some("y.m")),
            ("Height (m)", Role::Other, Some("m")),
            ("Taille (m)", Role::Other, Some("m")),
            ("Group (m)", Role::Other, None),
            ("Age", Role::Age, None),
            ("agency", Role::Other, None),
        ] {
            let read = read_header(header);
            assert_eq!((read.role, read.unit.as_deref()), (role, unit), "{header}");
        }
    }

    #[test]
    fn a_rate_is_no_year() {
        for header in [
            "Attacks per year",
            "Relapses/year",
            "Number of attacks per year",
            "Schübe pro Jahr",
            "crises par an",
            "crisis por año",
            "attacchi all'anno",
            "aanvallen per jaar",
        ] {
            assert!(!read_header(header).is_year, "{header}");
        }
        for header in ["year", "Year of onset", "onset year", "Jahr der Diagnose", "birth/year of onset"] {
            assert!(read_header(header).is_year || header.contains('/'), "{header}");
        }
    }
}
