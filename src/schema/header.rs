//! What a header says about its column: name, unit and role.
//!
//! The names are data (`headers.toml`). A header that is not among them has the role `other`.

use super::Role;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

const HEADERS: &str = include_str!("headers.toml");

/// The names, read once a run; empty only if `headers.toml` were damaged, which a test excludes.
static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| toml::from_str(HEADERS).unwrap_or_default());

/// The role of each normalised name.
static ROLES: LazyLock<FxHashMap<&'static str, Role>> = LazyLock::new(|| {
    let named = VOCABULARY.roles.iter().flat_map(|(role, names)| names.iter().map(move |n| (n.as_str(), *role)));
    named.collect()
});

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
    /// How the role was decided.
    pub why: String,
}

/// The content of `headers.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Vocabulary {
    units: Vec<String>,
    only_in_ratios: Vec<String>,
    occasions: Vec<String>,
    lab_occasions: Vec<String>,
    lab_prefixes: Vec<String>,
    notes: Vec<String>,
    notes_words: Vec<String>,
    year_words: Vec<String>,
    date_words: Vec<String>,
    suffix_units: BTreeMap<String, String>,
    time_units: BTreeMap<String, String>,
    roles: BTreeMap<Role, Vec<String>>,
}

/// Reads one header.
///
/// The role is that of the whole name, else of the name without a unit at its end (`age_months`),
/// else of the name without the occasion (`age at onset`) or, for tests, without the specimen (`serum calcium`).
pub fn read_header(header: &str) -> HeaderReading {
    let (name, bracketed) = split_unit(header.trim());
    let words = normalise(name);
    let (stem, suffix) = split_suffix_unit(&words);
    let role = role_of(&words, stem).or_else(|| role_of_camel_case(name)).unwrap_or(Role::Other);
    let unit = bracketed.or(suffix).map(|unit| time_word(role, unit));
    let is_notes = role == Role::Other && is_notes(&words);
    let is_date = matches!(role, Role::Other | Role::DirectIdentifier) && at_an_end(&words, &VOCABULARY.date_words);
    let is_year = role == Role::Other && !is_date && at_an_end(&words, &VOCABULARY.year_words);
    let why = explain(name, role, is_notes, is_date, is_year);
    HeaderReading { name: name.to_owned(), unit, role, is_notes, is_year, is_date, why }
}

/// The normal form in which names are compared: lower case, no accents, single spaces.
pub fn normalise(name: &str) -> String {
    let mut words = String::with_capacity(name.len());
    let name = name.replace("(s)", "s");
    let letters = name.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    for c in letters.filter(|c| !matches!(c, '\'' | '’' | '`')) {
        if c.is_alphanumeric() || matches!(c, '#' | '%' | '+') {
            words.push(c);
        } else if !words.is_empty() && !words.ends_with(' ') {
            words.push(' ');
        }
    }
    words.truncate(words.trim_end().len());
    words
}

/// Splits `ESR (mm/h)` into its name and its unit; other parentheses stay part of the name.
fn split_unit(header: &str) -> (&str, Option<&str>) {
    for (open, close) in [('(', ')'), ('[', ']')] {
        let Some((name, inner)) = header.strip_suffix(close).and_then(|h| h.rsplit_once(open)) else { continue };
        let (name, inner) = (name.trim_end(), inner.trim());
        if !name.is_empty() && is_unit(inner) {
            return (name, Some(inner));
        }
    }
    (header, None)
}

/// True for text that reads as a unit: a known word, a ratio of units, or a percentage.
pub fn is_unit(text: &str) -> bool {
    let text = text.to_lowercase().replace('μ', "µ");
    let known = |part: &str| VOCABULARY.units.iter().any(|u| u == part);
    if text.contains('%') {
        return true;
    }
    match text.rsplit_once('/') {
        None => known(&text) && !VOCABULARY.only_in_ratios.contains(&text),
        Some((above, below)) => {
            let below = below.trim().trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
            let above = above.trim();
            // `M/F`, `R/L` and `dd/mm/yyyy` are no units: a ratio needs a known unit on both sides.
            known(below) && (above.is_empty() || above.split(['/', ' ']).all(|part| known(part) || is_power(part)))
        }
    }
}

/// True for the multiplier of a unit, such as `10^9`, `x10³` or `1000`.
fn is_power(part: &str) -> bool {
    let digits = part.trim_start_matches(['x', '×', '*', '·']);
    digits.starts_with(|c: char| c.is_ascii_digit())
}

/// Splits the unit off the end of a normalised name: `age months` is `age` in months.
fn split_suffix_unit(words: &str) -> (&str, Option<&'static str>) {
    let ends = words.rmatch_indices(' ').take(2);
    let found = ends.filter_map(|(at, _)| {
        let (stem, suffix) = words.split_at_checked(at)?;
        Some((stem, VOCABULARY.suffix_units.get(suffix.trim_start())?.as_str()))
    });
    found.last().map_or((words, None), |(stem, unit)| (stem, Some(unit)))
}

fn role_of(words: &str, stem: &str) -> Option<Role> {
    let direct = ROLES.get(words).or_else(|| ROLES.get(stem)).copied();
    direct.or_else(|| role_without_occasion(stem)).or_else(|| lab_without_prefix(stem))
}

/// `patientId` is read as `patient id` where it is not known as written.
fn role_of_camel_case(name: &str) -> Option<Role> {
    let mut parted = String::with_capacity(name.len().saturating_add(4));
    let mut after_lower = false;
    for c in name.chars() {
        if after_lower && c.is_uppercase() {
            parted.push(' ');
        }
        after_lower = c.is_lowercase();
        parted.push(c);
    }
    let words = normalise(&parted);
    role_of(&words, split_suffix_unit(&words).0)
}

/// The role of the words before `at`, `before` or, for tests, another word of occasion.
fn role_without_occasion(words: &str) -> Option<Role> {
    let before = |occasion: &String| ROLES.get(split_suffix_unit(words_before(words, occasion)?).0).copied();
    let general = VOCABULARY.occasions.iter().find_map(before);
    // An identifier has no occasion: "number at admission" is a count.
    let general = general.filter(|role| !matches!(role, Role::CaseId | Role::DirectIdentifier));
    general.or_else(|| VOCABULARY.lab_occasions.iter().find_map(before).filter(|role| *role == Role::Lab))
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
    let is_prefix = VOCABULARY.lab_prefixes.iter().any(|p| p == first);
    ROLES.get(rest).copied().filter(|role| is_prefix && *role == Role::Lab)
}

fn is_notes(words: &str) -> bool {
    let last = words.rsplit(' ').next().unwrap_or(words);
    VOCABULARY.notes.iter().any(|n| n == words) || VOCABULARY.notes_words.iter().any(|n| n == last)
}

fn at_an_end(words: &str, wanted: &[String]) -> bool {
    let ends = [words.split(' ').next(), words.rsplit(' ').next()];
    ends.into_iter().flatten().any(|end| wanted.iter().any(|w| w == end))
}

/// Times of ages and follow-up are written as one word each; other units stay as they stand.
fn time_word(role: Role, unit: &str) -> String {
    let word = VOCABULARY.time_units.get(&unit.to_lowercase());
    match (role, word) {
        (Role::Age | Role::FollowUp, Some(word)) => word.clone(),
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

#[cfg(test)]
mod tests {
    use super::*;

    fn role(header: &str) -> Role {
        read_header(header).role
    }

    fn parts(header: &str) -> (String, Option<String>) {
        let reading = read_header(header);
        (reading.name, reading.unit)
    }

    #[test]
    fn the_vocabulary_is_read_normalised_and_unambiguous() {
        let vocabulary: Vocabulary = toml::from_str(HEADERS).unwrap();
        let mut seen: BTreeMap<&str, Role> = BTreeMap::new();
        for role in Role::ALL.into_iter().filter(|r| *r != Role::Other) {
            assert!(vocabulary.roles[&role].len() > 5, "{role}");
            for name in &vocabulary.roles[&role] {
                assert_eq!(&normalise(name), name);
                assert_eq!(seen.insert(name, role), None, "{name}");
            }
        }
        for name in vocabulary.notes.iter().chain(vocabulary.suffix_units.keys()) {
            assert_eq!(&normalise(name), name);
        }
    }

    #[test]
    fn a_unit_in_parentheses_or_brackets_leaves_the_name() {
        let cases = [
            ("ESR (mm/h)", "ESR", "mm/h"),
            ("Age [years]", "Age", "years"),
            ("WBC (/mm3)", "WBC", "/mm3"),
            ("Platelets (10^9/L)", "Platelets", "10^9/L"),
            ("eGFR (mL/min/1.73m2)", "eGFR", "mL/min/1.73m2"),
            ("MCHC (%)", "MCHC", "%"),
            ("Creatinine (μmol/L)", "Creatinine", "μmol/L"),
            (" CK(U/L) ", "CK", "U/L"),
            ("Dose (mg/kg/day)", "Dose", "mg/kg/day"),
            ("Ferritin (ng/ml)", "Ferritin", "ng/ml"),
            ("Age (y)", "Age", "years"),
            ("Follow-up (mo)", "Follow-up", "months"),
        ];
        for (header, name, unit) in cases {
            let expected = (name.to_owned(), Some(unit.to_owned()));
            assert_eq!(parts(header), expected, "{header}");
        }
    }

    #[test]
    fn other_parentheses_stay_part_of_the_name() {
        for header in [
            "Outcome (last visit)",
            "Sex (M/F)",
            "Side (R/L)",
            "Date (dd/mm/yyyy)",
            "Group (m)",
            "(mm/h)",
            "ESR ()",
            "ESR )",
            "alive (yes/no)",
        ] {
            assert_eq!(parts(header), (header.to_owned(), None), "{header}");
        }
        assert_eq!(role("Outcome (last visit)"), Role::Outcome);
    }

    #[test]
    fn a_unit_at_the_end_is_read_and_the_name_stays_whole() {
        for (header, unit, expected) in [
            ("age_months", "months", Role::Age),
            ("followup_months", "months", Role::FollowUp),
            ("age_years", "years", Role::Age),
            ("age_at_onset_yrs", "years", Role::Age),
            ("crp_mg_l", "mg/L", Role::Lab),
            ("weight_kg", "kg", Role::Other),
            ("disease duration months", "months", Role::Other),
        ] {
            assert_eq!(parts(header), (header.to_owned(), Some(unit.to_owned())), "{header}");
            assert_eq!(role(header), expected, "{header}");
        }
    }

    #[test]
    fn known_names_have_their_role_whatever_case_accents_and_separators() {
        let cases = [
            (
                Role::CaseId,
                &["id", "Case ID", "patient_no", "No.", "#", "Record-ID", "study id", "patientId", "Patient"][..],
            ),
            (Role::Age, &["AGE", "Age at onset", "age.at.diagnosis", "ageAtOnset", "age (years) at onset"]),
            (Role::Sex, &["sex", "Gender", "Sexe", "Geschlecht"]),
            (Role::Etiology, &["Étiologie", "etiology", "Underlying disease", "diagnosis"]),
            (Role::Site, &["sites", "Anatomical site(s)", "localisation"]),
            (
                Role::Lab,
                &[
                    "ESR",
                    "calcium_phosphate",
                    "ANA titer",
                    "serum calcium",
                    "CK at last visit",
                    "25-OH vitamin D",
                    "HbA1c",
                ],
            ),
            (Role::Treatment, &["treatment_lines", "Traitement", "drugs"]),
            (Role::Response, &["Best response", "response to treatment"]),
            (Role::Outcome, &["status at last visit", "Évolution"]),
            (Role::FollowUp, &["Follow-up", "FU", "duration of follow-up"]),
            (
                Role::DirectIdentifier,
                &["Name", "DOB", "medical record number", "record number", "E-mail", "Patient's name", "Initials"],
            ),
            (
                Role::Other,
                &[
                    "centre",
                    "note",
                    "onset_year",
                    "age group",
                    "drug name",
                    "disease onset",
                    "number at admission",
                    "",
                    "  ",
                    "日本",
                ],
            ),
        ];
        for (expected, headers) in cases {
            for header in headers {
                assert_eq!(role(header), expected, "{header}");
            }
        }
    }

    #[test]
    fn notes_years_and_dates_are_told_apart() {
        let flags = |h: &str| {
            let r = read_header(h);
            (r.is_notes, r.is_year, r.is_date)
        };
        for header in ["note", "Notes", "clinical_notes", "Remarks", "History", "free text", "description"] {
            assert_eq!(flags(header), (true, false, false), "{header}");
        }
        for header in ["onset_year", "Year", "année", "Jahr", "year of diagnosis"] {
            assert_eq!(flags(header), (false, true, false), "{header}");
        }
        for header in ["visit date", "date of onset", "Date of birth"] {
            assert_eq!(flags(header), (false, false, true), "{header}");
        }
        assert_eq!(flags("age_years"), (false, false, false));
    }

    #[test]
    fn the_reason_names_the_header() {
        assert_eq!(read_header("ESR (mm/h)").why, "header 'ESR' is a known laboratory test");
        assert_eq!(read_header("centre").why, "header 'centre' is not a known name");
    }
}
