use super::vocabulary::{self as v, identity as i};
use super::{normalise, read_header};
use crate::schema::Role;
use crate::vocabulary::Words;

fn role(header: &str) -> Role {
    read_header(header).role
}

fn parts(header: &str) -> (String, Option<String>) {
    let reading = read_header(header);
    (reading.name, reading.unit)
}

#[test]
fn the_vocabulary_is_read_normalised_and_unambiguous() {
    // That no name stands twice is seen when the program is built.
    for role in Role::ALL.into_iter().filter(|r| *r != Role::Other) {
        assert!(v::ROLES.iter().filter(|(_, of)| *of == role).count() > 5, "{role}");
    }
    for name in v::ROLES.words().chain(v::NOTES.iter()).chain(v::SUFFIX_UNITS.words()) {
        assert_eq!(normalise(name), name);
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
            &["ESR", "calcium_phosphate", "ANA titer", "serum calcium", "CK at last visit", "25-OH vitamin D", "HbA1c"],
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

#[test]
fn the_words_of_identifiers_are_normalised() {
    let sets = [
        &i::PATIENTS,
        &i::PLURAL_PATIENTS,
        &i::NUMBERS,
        &i::IDENTIFIERS,
        &i::JOINTS,
        &i::NAMES,
        &i::STAFF,
        &i::OF_STAFF,
        &i::BIRTHS,
        &i::BIRTH_DATES,
        &i::RECORDS,
        &i::RECORD_NUMBERS,
        &i::CONTACTS,
        &i::THINGS,
        &i::NUMBERED_THINGS,
        &v::AMBIGUOUS_IDS,
        &v::INDEX_COLUMNS,
        &v::BLOOD_PRESSURE,
        &v::TITRE_WORDS,
        &v::RATIO_WORDS,
        &v::DURATION_WORDS,
        &v::TIME_WORDS,
        &v::AGE_WORDS,
        &v::AGE_OCCASIONS,
        &v::OTHER_PEOPLE,
    ];
    for word in sets.into_iter().flat_map(Words::iter) {
        assert_eq!(normalise(word), word);
    }
    for (some, all) in
        [(i::PLURAL_PATIENTS, i::PATIENTS), (i::IDENTIFIERS, i::NUMBERS), (i::RECORD_NUMBERS, i::RECORDS)]
    {
        assert!(some.iter().all(|word| all.contains(word)), "{some:?}");
    }
    let kinds = [&i::PATIENTS, &i::NUMBERS, &i::NAMES, &i::STAFF, &i::BIRTHS, &i::CONTACTS];
    for (at, one) in kinds.iter().enumerate() {
        assert!(kinds[at + 1..].iter().all(|other| !one.iter().any(|word| other.contains(word))), "{one:?}");
    }
}

/// Headers in six languages, and their role.
const ROLES: &[(Role, &[&str])] = &[
    (
        Role::Age,
        &[
            "Alter (J.)",
            "Alter (J)",
            "Alter (a)",
            "Alter in Jahren",
            "Edad (meses)",
            "Edad en meses",
            "Edad (años)",
            "Age of patient",
            "Età",
            "Idade",
            "Âge",
            "Alter bei Diagnose",
            "Edad al diagnóstico",
            "Età alla diagnosi",
            "Idade ao diagnóstico",
            "age in years",
            "Participant age",
            "Age (in years)",
            "Âge du patient",
            "age when diagnosed",
            "patient age (y)",
        ],
    ),
    (
        Role::Sex,
        &[
            "Sesso",
            "m/w",
            "M/W/D",
            "H/F",
            "Frau/Mann",
            "weiblich / männlich",
            "Sexo",
            "Genere",
            "Sex (M/F)",
            "Gender: 1 = male",
            "Sex assigned at birth",
        ],
    ),
    (
        Role::FollowUp,
        &["Nachbeobachtung (Monate)", "Suivi (mois)", "Seguimiento (meses)", "Tempo di follow-up", "Seguimento"],
    ),
    (Role::CaseId, &["Pt", "Pt #", "Pat. Nr.", "patid", "person_id", "Patienten-ID", "uuid", "ID number"]),
    (
        Role::DirectIdentifier,
        &["name_first", "participant_name", "birth_datetime", "BRTHDTC", "INVNAM", "DofB", "HN", "UHID", "CR No"],
    ),
    (
        Role::Other,
        &[
            "doctor_name",
            "Fall",
            "Author",
            "infector_id",
            "centre",
            "Age of mother",
            "maternal age",
            "age group",
            "stage",
            "number of patients",
        ],
    ),
];

#[test]
fn ages_sexes_and_identifiers_have_their_role_in_six_languages() {
    for &(expected, headers) in ROLES {
        for header in headers {
            assert_eq!(role(header), expected, "{header}");
        }
    }
    for (header, name, unit) in [
        ("Alter (J.)", "Alter", "years"),
        ("Edad (meses)", "Edad", "months"),
        ("Suivi (mois)", "Suivi", "months"),
        ("Alter (a)", "Alter", "years"),
    ] {
        assert_eq!(parts(header), (name.to_owned(), Some(unit.to_owned())), "{header}");
    }
    assert!(read_header("birth_datetime").is_date && read_header("BRTHDTC").is_date);
}
