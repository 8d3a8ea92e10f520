//! Whom or what a column identifies, by its header: the case, a person, a row of the file, another thing.

pub use super::people::Whose;

use super::memo::Memo;
use super::people::{Identified, identified, is_year_of_birth};
use super::reading::{beginning, parted, read_header};
use super::vocabulary::{self, normalise};
use crate::schema::Role;

/// How surely a header names the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IdStrength {
    /// `Fall`, `Author`, `number`, `STUDYID`: only where unique, and no better candidate stands beside it.
    Ambiguous,
    /// `Patient ID`, `Pt #`, `USUBJID`.
    Certain,
}

/// What a column identifies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Identity {
    /// The case.
    Case(IdStrength),
    /// A person by name, number, birth date or address.
    Person(Whose),
    /// The row of the file: unnamed, `rownames`, `Unnamed: 0`. Only where it counts from 0 or 1 as well.
    Row,
    /// Anything else: a family, an infector, a centre. A category, never averaged.
    Thing,
}

/// What the column under a header identifies; no answer where it is a property of the case.
pub fn identity(header: &str) -> Option<Identity> {
    static READ: Memo<Option<Identity>> = Memo::new();
    READ.get(header, read)
}

fn read(header: &str) -> Option<Identity> {
    let header = beginning(header);
    let words = normalise(header);
    if numbers_the_rows(&words) {
        return Some(Identity::Row);
    }
    let reading = read_header(header);
    if [&words, &normalise(&reading.name)].into_iter().any(|words| vocabulary::AMBIGUOUS_IDS.contains(words)) {
        return Some(Identity::Case(IdStrength::Ambiguous));
    }
    match reading.role {
        Role::CaseId => return Some(Identity::Case(IdStrength::Certain)),
        Role::DirectIdentifier => return Some(Identity::Person(Whose::Patient)),
        Role::Other | Role::Site | Role::Etiology | Role::Treatment | Role::Response | Role::Outcome => {}
        Role::Age | Role::Sex | Role::Lab | Role::FollowUp => return None,
    }
    match identified(&words).or_else(|| identified(&normalise(&parted(header))))? {
        Identified::Person(whose) => Some(Identity::Person(whose)),
        Identified::Case => Some(Identity::Case(IdStrength::Certain)),
        Identified::Thing => Some(Identity::Thing),
    }
}

/// True for a column that names, numbers or locates any person, or gives the year of a birth: what is not shown of
/// cases that must not be recognised.
pub fn identifies_somebody(header: &str) -> bool {
    let words = normalise(&parted(header));
    let is_birth = |word: &str| vocabulary::identity::BIRTHS.contains(word);
    let reading = read_header(header);
    let is_dated = reading.is_year || reading.is_date;
    let is_year_of_birth = is_year_of_birth(header) || is_dated && words.split(' ').any(is_birth);
    let tells_where_or_when = || {
        let last = words.strip_prefix("home ").or_else(|| words.strip_prefix("patient ")).unwrap_or(&words);
        let of_residence =
            last.strip_suffix(" of residence").or_else(|| last.strip_suffix(" of birth")).unwrap_or(last);
        [last, of_residence].into_iter().any(|name| vocabulary::identity::PLACES.contains(name))
            || vocabulary::identity::MOMENTS.contains(&words)
    };
    is_year_of_birth || matches!(identity(header), Some(Identity::Person(_))) || tells_where_or_when()
}

/// How surely a header names the case; no answer where it does not.
pub fn id_strength(header: &str) -> Option<IdStrength> {
    match identity(header) {
        Some(Identity::Case(strength)) => Some(strength),
        Some(Identity::Person(_) | Identity::Row | Identity::Thing) | None => None,
    }
}

/// True for a header of serial numbers, `No.` or `#`: of two columns that name the case, the other one is the better.
pub fn numbers_cases(header: &str) -> bool {
    vocabulary::SERIAL_NUMBERS.contains(&normalise(beginning(header)))
}

/// True for `Record No`: the case where it counts the rows of the file, and a number of the hospital where it does not.
pub fn may_number_records(header: &str) -> bool {
    vocabulary::RECORD_NUMBERS_OF_FILES.contains(&normalise(beginning(header)))
}

/// True for the number that a hospital gives to a patient or a stay: beside another column that names the case, it is
/// withheld.
pub fn is_of_a_hospital(header: &str) -> bool {
    vocabulary::HOSPITAL_NUMBERS.contains(&normalise(beginning(header)))
}

/// True for a stay in a hospital, `Episode`, `Aufenthalt`: a number below it is one of the hospital, or counts the stays.
pub fn names_a_stay(header: &str) -> bool {
    vocabulary::identity::STAYS.contains(&normalise(&parted(header)))
}

/// True for a header of identifiers: numbers below it are names, and have no mean.
pub fn is_never_averaged(header: &str) -> bool {
    matches!(identity(header), Some(Identity::Case(_) | Identity::Person(_) | Identity::Thing))
}

/// True for an unnamed column, and for the names that programs give to the numbers of rows.
fn numbers_the_rows(words: &str) -> bool {
    let is_number = |rest: &str| rest.bytes().all(|b| b.is_ascii_digit() || b == b' ');
    vocabulary::INDEX_COLUMNS.contains(words) || words.strip_prefix("unnamed").is_some_and(is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(headers: &[&str], expected: Option<Identity>) {
        for header in headers {
            assert_eq!(identity(header), expected, "{header}");
        }
    }

    #[test]
    fn the_case_is_named_in_six_languages() {
        all(
            &[
                "Pat. no",
                "Pt",
                "Pt #",
                "Pat. Nr.",
                "patid",
                "pat_id",
                "person_id",
                "Patienten-ID",
                "uuid",
                "ID number",
                "USUBJID",
                "Patient study number",
                "Patient's ID",
                "case_code",
                "subjectID",
                "participantId",
                "PatientNo",
                "Pt. No.",
                "Proband Nr",
                "numéro de patient",
                "N° patient",
                "id_paciente",
                "Número de paciente",
                "Codice paziente",
                "Código do paciente",
                "id of patient",
                "Case key",
                "Subject Identifier",
                "patientennummer",
                "Patient",
                "Pt#",
                "Probanden-Nr.",
            ],
            Some(Identity::Case(IdStrength::Certain)),
        );
        all(
            &["Fall", "Author", "number", "Case", "STUDYID", "study id", "Auteur", "Author (year)", "Número"],
            Some(Identity::Case(IdStrength::Ambiguous)),
        );
        assert!(IdStrength::Certain > IdStrength::Ambiguous);
        assert_eq!(
            ["USUBJID", "STUDYID", "age"].map(id_strength),
            [Some(IdStrength::Certain), Some(IdStrength::Ambiguous), None]
        );
    }

    #[test]
    fn rows_are_numbered_by_programs() {
        let headers =
            ["", " ", "Unnamed: 0", "unnamed: 0.1", "rownames", "row", "Row Names", "index", "level_0", "Zeile"];
        all(&headers, Some(Identity::Row));
        all(&["unnamed tumour", "row of teeth", "index finger"], None);
    }

    const OF_PATIENTS: &[&str] = &[
        "name_first",
        "participant_name",
        "birth_datetime",
        "Birth date time",
        "BRTHDTC",
        "DofB",
        "HN",
        "UHID",
        "CR No",
        "MRN",
        "Hospital number",
        "Insurance No.",
        "insurance_id",
        "Geburtsdatum",
        "fecha de nacimiento",
        "Date de naissance",
        "data di nascita",
        "Data de nascimento",
        "E-mail",
        "Phone no",
        "patient_address",
        "Nombre del paciente",
        "Nachname",
        "Cognome",
        "Sobrenome",
        "Prénom",
        "patientName",
        "ptname",
        "Full name of patient",
        "mother's name",
        "Emergency contact phone",
        "Home address",
        "Birth date",
        "Subject initials",
        "Versichertennummer",
        "Admission number",
        "Krankenblattnr.",
        "Krankenblatt-Nr.",
        "Nº HC",
        "N° HC",
        "Dossiernummer",
        "EMR No.",
        "CHI number",
        "Ziekenhuisnummer",
        "Nº de processo",
        "Numero nosologico",
        "NDA",
        "national_id",
        "e-mail of patient",
        "Name, first",
        "MR#",
        "hosp_no",
        "Date of Birth (dd/mm/yyyy)",
        "Phone (mobile)",
    ];

    const OF_STAFF: &[&str] = &[
        "doctor_name",
        "Referring physician",
        "surgeon",
        "Name of surgeon",
        "Investigator ID",
        "nurse_name",
        "Behandler",
        "doctor's phone",
        "Médecin traitant",
        "drname",
        "Radiologist 1",
    ];

    #[test]
    fn persons_are_identified_and_staff_is_told_apart() {
        all(OF_PATIENTS, Some(Identity::Person(Whose::Patient)));
        all(OF_STAFF, Some(Identity::Person(Whose::Staff)));
    }

    #[test]
    fn names_and_years_of_birth_identify_somebody() {
        for header in ["doctor_name", "INVNAM", "Surgeon", "birth year", "yearOfBirth", "Geburtsjahr", "yob", "HN"] {
            assert!(identifies_somebody(header), "{header}");
        }
        let births = "Jahrgang|Jg.|jahrg.|Geboortejaar|Geboorte jaar|birthyr|Birth_yr|BYR|N\u{e9} en|N\u{e9}(e) en|Nacido en|\
                      Nascido em|Y.O.B.|Geb.-Jahr|F\u{f6}delse\u{e5}r|F\u{f8}dsels\u{e5}r|Rok urodzenia|\u{51fa}\u{751f}\u{5e74}|\
                      Pat. Jahrgang|YOB (yyyy)|Ano nasc.";
        for header in births.split('|') {
            assert!(identifies_somebody(header) && read_header(header).is_year, "{header}");
        }
        assert!(identifies_somebody("dob year"));
        for header in ["Jahrgangsstufe", "Age at birth", "mJg count", "n\u{e9}cessaire"] {
            assert!(!identifies_somebody(header), "{header}");
        }
        for header in [
            "\u{dc}berweiser",
            "Operateur",
            "op\u{e9}rateur",
            "seen by",
            "Seen_by",
            "rheumatologist",
            "referred by",
            "entered by",
            "gesehen von",
            "Zimmer",
            "room no",
            "lat",
            "longitude",
            "Akte",
            "Historia",
            "Dossier",
            "Processo",
            "Cartella",
            "Lab no",
            "Labor-Nr.",
        ] {
            assert!(identifies_somebody(header), "{header}");
        }
        for header in ["diagnosed by", "confirmed by biopsy", "lab value", "Episode", "stay", "seen by MRI"] {
            assert!(!identifies_somebody(header), "{header}");
        }
        assert!(names_a_stay("Episode") && !names_a_stay("number of episodes"));
        for header in ["year of onset", "birth weight", "centre", "family_id", "age", "sex", "ward"] {
            assert!(!identifies_somebody(header), "{header}");
        }
    }

    #[test]
    fn other_identifiers_are_categories() {
        all(
            &[
                "family",
                "family_id",
                "infector",
                "infector_id",
                "centre",
                "Centre No",
                "site_id",
                "siteid",
                "Ward number",
                "household ID",
                "sample_id",
                "specimen no",
                "Famille",
                "Zentrum",
                "cluster",
                "ICD code",
                "atc_code",
                "code",
                "PMID",
            ],
            Some(Identity::Thing),
        );
    }

    #[test]
    fn properties_of_the_case_identify_nothing() {
        all(
            &[
                "age",
                "sex",
                "Number of lesions",
                "number of patients",
                "No. of cases",
                "patients (n)",
                "drug name",
                "birth weight",
                "birth order",
                "site",
                "hospital stay",
                "family history",
                "name of the drug",
                "nombre de patients",
                "Nombre de cas",
                "physician global assessment",
                "diagnosis",
                "CD4",
                "case fatality",
                "patient global",
                "last visit",
                "registration",
                "age at birth",
                "year of birth",
                "date of admission",
                "covid",
                "number at admission",
                "hospitalised",
                "Hospital name",
                "DR",
                "Operator experience",
                "first author year",
                "lot of pain",
                "note",
                "MRD",
                "CNS",
                "contact dermatitis",
                "follow-up",
            ],
            None,
        );
        assert!(
            is_never_averaged("Centre no")
                && is_never_averaged("Pt #")
                && !is_never_averaged("age")
                && !is_never_averaged("row")
        );
    }
}
