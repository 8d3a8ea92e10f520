//! Headers that are patients: `Patient 1`, `Case A`, `P3`, where the table stands on its side.

use super::reading::beginning;
use super::vocabulary::{self, normalise};

/// How surely a header is a patient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PatientHeader {
    /// `P3`, `C12`: also a question or a pressure.
    Letter,
    /// `Patient 3`, `Case A`.
    Word,
}

/// Whether a header is one patient.
pub fn names_one_patient(header: &str) -> Option<PatientHeader> {
    let words = normalise(beginning(header)).replace('#', " ");
    let words: Vec<&str> = words.split(' ').filter(|word| !word.is_empty()).collect();
    let is_patient = |word: &str| vocabulary::identity::PATIENTS.contains(word);
    let is_number = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
    let is_letter = |word: &str| word.len() == 1 || word.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'));
    match words.as_slice() {
        [word, number] if is_patient(word) && (is_number(number) || is_letter(number)) => Some(PatientHeader::Word),
        [word, between, number]
            if is_patient(word) && vocabulary::identity::NUMBERS.contains(between) && is_number(number) =>
        {
            Some(PatientHeader::Word)
        }
        [word] => {
            let stem = word.trim_end_matches(|c: char| c.is_ascii_digit());
            let is_numbered = !stem.is_empty() && stem.len() < word.len();
            match is_numbered {
                true if is_patient(stem) => Some(PatientHeader::Word),
                true if stem.len() == 1 => Some(PatientHeader::Letter),
                _ => None,
            }
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{PatientHeader, names_one_patient};

    #[test]
    fn patients_have_numbers_or_letters() {
        for header in
            ["Patient 1", "patient_12", "Case A", "Pt. 3", "Pat. Nr. 3", "Fall 2", "Patient #4", "case2", "Patient II"]
        {
            assert_eq!(names_one_patient(header), Some(PatientHeader::Word), "{header}");
        }
        assert_eq!(names_one_patient("P3"), Some(PatientHeader::Letter));
        for header in ["patient", "Patient ID", "age", "CD4", "Patient 1 response", "1", "", "case report"] {
            assert_eq!(names_one_patient(header), None, "{header}");
        }
    }
}
