//! What a header says of the numbers below it: an age, a duration, a titre, a ratio, a time of day.

use super::memo::Memo;
use super::names::{counts_packs, is_of_j_years, names_a_duration};
use super::reading::{parted, read_header};
use super::times::{self, has_words_of, is_a_rate};
use super::vocabulary::{self, normalise};
use crate::schema::Role;
use crate::vocabulary::Words;

/// What the numbers of a column are, by its header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HeaderQuantity {
    /// Ages: years without a unit.
    Age,
    /// Durations: `Follow-up`, `Duration of symptoms`, `Krankheitsdauer`.
    Duration,
    /// Titres and dilutions: `1:80` is a number.
    Titre,
    /// Ratios: `1:2` is no titre.
    Ratio,
    /// A time of day, or a time without more: `1:30` is no titre.
    Time,
}

/// The quantity that a header names; no answer where it names none, as a test or a status does.
pub fn quantity(header: &str) -> Option<HeaderQuantity> {
    static READ: Memo<Option<HeaderQuantity>> = Memo::new();
    READ.get(header, read)
}

/// True for a header that names something whose numbers have an order: a grade, a stage, a dose, and a class of a kind
/// that is graded (`NYHA class`); the classes of drugs have none.
pub fn names_a_grading(header: &str) -> bool {
    let words = normalise(&parted(header));
    let any = |of: &Words| words.split(' ').any(|word| of.contains(word));
    any(&vocabulary::GRADING_WORDS) || any(&vocabulary::CLASS_WORDS) && any(&vocabulary::GRADED_CLASSES)
}

fn read(header: &str) -> Option<HeaderQuantity> {
    let words = normalise(&parted(header));
    let any = |of: &Words| words.split(' ').any(|word| of.contains(word));
    if any(&vocabulary::TITRE_WORDS) {
        return Some(HeaderQuantity::Titre);
    }
    if any(&vocabulary::RATIO_WORDS) {
        return Some(HeaderQuantity::Ratio);
    }
    let reading = read_header(header);
    let is_in_time = reading.unit.as_deref().and_then(time_unit).is_some() && !reading.is_year;
    match reading.role {
        Role::Age => Some(HeaderQuantity::Age),
        Role::FollowUp => Some(HeaderQuantity::Duration),
        Role::Other if names_a_duration(&words) || is_in_time => Some(HeaderQuantity::Duration),
        Role::Other if any(&vocabulary::TIME_WORDS) => Some(HeaderQuantity::Time),
        Role::Other | Role::CaseId | Role::Sex | Role::Etiology | Role::Site | Role::Lab => None,
        Role::Treatment | Role::Response | Role::Outcome | Role::DirectIdentifier => None,
    }
}

/// True for a quantity that may lie below zero whatever its unit: a base excess, a gap, a change.
pub fn may_be_negative(header: &str) -> bool {
    header.contains('Δ') || normalise(&parted(header)).split(' ').any(|word| vocabulary::SIGNED_WORDS.contains(word))
}

/// True for a size, a rate or a count by its words: `BMI`, `size`, `number of lesions`, `relapse_count`.
pub fn is_never_below_zero(header: &str) -> bool {
    let words = normalise(&parted(header));
    let mut each = words.split(' ');
    let is_counted = vocabulary::COUNT_PHRASES.iter().any(|phrase| words.starts_with(phrase))
        || words.split_once(' ').is_some_and(|(first, _)| first == "n" || first == "no" || first == "num")
        || words.ends_with(" n");
    is_counted
        || is_a_rate(header)
        || names_an_amount_lost(header)
        || each.any(|word| vocabulary::SIZE_WORDS.contains(word))
}

/// True for a loss that is an amount by itself: `blood loss`.
pub fn names_an_amount_lost(header: &str) -> bool {
    let words = normalise(&parted(header));
    vocabulary::AMOUNTS_LOST.iter().any(|phrase| words.starts_with(phrase))
}

/// True where a header speaks of an age, whatever else it says: `Alter (J.)`, `ageAtDeath`, `maternal age`.
pub fn speaks_of_age(header: &str) -> bool {
    static READ: Memo<bool> = Memo::new();
    READ.get(header, is_of_age)
}

fn is_of_age(header: &str) -> bool {
    let is_age = |word: &str| {
        let rest = vocabulary::AGE_WORDS.iter().find_map(|age| word.strip_prefix(age));
        rest.is_some_and(|rest| {
            rest.is_empty() || rest.bytes().all(|b| b.is_ascii_digit()) || vocabulary::SUFFIX_UNITS.contains(rest)
        })
    };
    let words = normalise(&parted(header));
    read_header(header).role == Role::Age
        || words.split(' ').any(is_age)
        || words.split(' ').any(|word| word.starts_with("ageat"))
}

/// True for a header that says `Jahre`, `Anni` or `Lebensjahr` and nothing else.
pub fn is_bare_years(header: &str) -> bool {
    vocabulary::BARE_YEARS.contains(&words_of(header))
}

/// True for a header of ages or durations in German or Dutch, where a `J` behind a number is a year.
pub fn j_is_years(header: &str) -> bool {
    is_of_j_years(header)
}

/// True for the name of a time from the onset to the diagnosis: `months to dx`, `Zeit bis Diagnose`.
pub fn names_time_to_diagnosis(name: &str) -> bool {
    let words = format!(" {} ", normalise(&parted(name)));
    vocabulary::TIMES_TO_DIAGNOSIS.iter().any(|phrase| words.contains(&format!(" {phrase} ")))
}

/// The words of a header as they are compared, with a space between two.
pub fn words_of(header: &str) -> String {
    normalise(&parted(header))
}

/// True where a header names what groups the cases: a centre, a family, a diagnosis, a study.
pub fn groups_cases(header: &str) -> bool {
    let words = normalise(&parted(header));
    words.split(' ').any(|word| vocabulary::GROUPINGS.contains(word) || vocabulary::identity::THINGS.contains(word))
}

/// True for a header whose whole numbers are codes of things that have no order: a race, a genotype, an ICD.
pub fn has_nominal_codes(header: &str) -> bool {
    let words = words_of(header);
    let named = |name: &str| words == name || words.strip_suffix(name).is_some_and(|before| before.ends_with(' '));
    let is_named = vocabulary::NOMINAL_CODES.iter().any(named) && !names_a_grading(header);
    is_named
        || vocabulary::NOMINAL_WHOLE.contains(&words)
        || words.split(' ').next().is_some_and(|first| vocabulary::NOMINAL_FIRST.contains(first))
}

/// True where a header names blood cells, which are counted in thousands and singly.
pub fn is_cell_count(header: &str) -> bool {
    let words = normalise(&parted(header));
    let is_cell = |word: &str| {
        vocabulary::BLOOD_CELLS.iter().any(|start| word.starts_with(start))
            || vocabulary::BLOOD_CELL_WORDS.contains(word)
    };
    words.split(' ').any(is_cell) || vocabulary::BLOOD_CELL_PHRASES.iter().any(|phrase| words.starts_with(phrase))
}

/// True for a header of something that nobody has a thousand of: `pH`, `INR`, `Specific gravity`.
pub fn is_below_a_thousand(header: &str) -> bool {
    has_words_of(header, &vocabulary::BELOW_A_THOUSAND)
}

/// True for a header of something that is measured in litres: `Drain`, `FEV1`, `O2 flow`.
pub fn names_a_volume(header: &str) -> bool {
    times::names_a_volume(header)
}

/// True for a share that is below one percent in many patients: `BSA (%)`, `Blasts (%)`.
pub fn names_a_small_share(header: &str) -> bool {
    has_words_of(header, &vocabulary::SMALL_SHARES)
}

/// True for a header of logarithms: `Viral load (log10)`.
pub fn names_a_logarithm(header: &str) -> bool {
    has_words_of(header, &vocabulary::LOGARITHM_WORDS)
}

/// True for a header of copies of a virus: `Viral load`, `HBV DNA`.
pub fn names_copies(header: &str) -> bool {
    has_words_of(header, &vocabulary::COPY_WORDS)
}

/// True for a header that counts packs a day times years: `Pack-yrs`, `Smoking (pk-yr)`.
pub fn names_pack_years(header: &str) -> bool {
    counts_packs(&normalise(header))
}

/// True for a header of the sex in Dutch.
pub fn is_dutch_sex(header: &str) -> bool {
    let names = [normalise(header), normalise(&read_header(header).name)];
    // `Geslacht (m/v)`.
    let is_begun = names.iter().any(|name| name.split(' ').any(|word| word == "geslacht"));
    is_begun || names.iter().any(|name| vocabulary::DUTCH_SEXES.contains(name))
}

/// True where a header names the time of gestation.
pub fn is_gestation(header: &str) -> bool {
    let words = format!(" {} ", normalise(&parted(&read_header(header).name)));
    vocabulary::GESTATION_PHRASES.iter().any(|phrase| words.contains(&format!(" {phrase} ")))
}

/// True where a header names the erythrocyte sedimentation rate, in any of the six languages.
pub fn is_sedimentation_rate(header: &str) -> bool {
    normalise(&parted(header)).split(' ').any(|word| vocabulary::SEDIMENTATION_WORDS.contains(word))
}

/// The unit that a word for a time stands for, in any of the six languages: `Jahre`, `meses`; years, months, weeks, days or hours.
pub fn time_unit(word: &str) -> Option<&'static str> {
    vocabulary::TIME_UNITS.get(&word.trim().to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_are_named_in_six_languages() {
        for (expected, headers) in [
            (HeaderQuantity::Age, &["Age", "Alter (J.)", "Edad (meses)", "Age of patient", "Età", "Idade"][..]),
            (
                HeaderQuantity::Duration,
                &[
                    "Follow-up",
                    "follow_up",
                    "Duration of symptoms",
                    "disease duration months",
                    "Krankheitsdauer",
                    "Symptomdauer (Monate)",
                    "Durée de la maladie",
                    "Duración",
                    "Durata",
                    "Duração dos sintomas",
                    "time to diagnosis",
                    "Time since onset",
                    "LOS",
                    "Length of stay",
                    "overall survival",
                    "Latency",
                    "Diagnostic delay",
                    "Suivi (mois)",
                    "Seguimiento (meses)",
                    "symptomDuration",
                ],
            ),
            (HeaderQuantity::Titre, &["ANA titre", "titer", "Titre (1:x)", "ANA dilution", "Verdünnung", "Título"]),
            (HeaderQuantity::Ratio, &["A/G ratio", "ratio", "Verhältnis", "Cociente"]),
            (HeaderQuantity::Time, &["time", "Uhrzeit", "time of onset"]),
        ] {
            for header in headers {
                assert_eq!(quantity(header), Some(expected), "{header}");
            }
        }
        for header in [
            "sex",
            "survival status",
            "prothrombin time",
            "crp",
            "duration group",
            "follow-up visit",
            "",
            "stage",
            "los angeles grade date",
        ] {
            assert_eq!(quantity(header), None, "{header}");
        }
    }

    #[test]
    fn some_quantities_lie_below_zero() {
        for header in
            ["Base excess (mmol/L)", "BE", "anion gap", "deltaHb", "Δ CRP", "change in LDL", "z-score", "log10 HIV"]
        {
            assert!(may_be_negative(header), "{header}");
        }
        for header in ["crp", "hemoglobin", "beta 2 microglobulin", "Bedside glucose", "logistics"] {
            assert!(!may_be_negative(header), "{header}");
        }
    }

    #[test]
    fn a_header_may_speak_of_an_age() {
        for header in [
            "Age",
            "ageAtDeath",
            "age_years",
            "Alter (J.)",
            "Edad (meses)",
            "Age of patient",
            "maternal age",
            "Age group",
            "Età",
            "age1",
            "ageyears",
            "ageatonset",
            "Alter bei Diagnose",
            "Erkrankungsalter",
            "Âge",
            "Idade da mãe",
            "age_cat",
        ] {
            assert!(speaks_of_age(header), "{header}");
        }
        for header in ["stage", "sage", "dosage", "agent", "Alternative", "etat", "image", "page", "agency", ""] {
            assert!(!speaks_of_age(header), "{header}");
        }
    }

    #[test]
    fn units_of_time_have_one_word_in_six_languages() {
        assert_eq!(
            ["Jahre", "J.", "mois", "settimane", "dias"].map(time_unit),
            [Some("years"), Some("years"), Some("months"), Some("weeks"), Some("days")]
        );
        assert_eq!(["m", "kg", ""].map(time_unit), [None; 3]);
    }
}
