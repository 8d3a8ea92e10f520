//! Headers of two things in one column: `Age/Sex`, `BP`.

use super::memo::Memo;
use super::reading::{parted, read_header};
use super::vocabulary::{self, is_unit, normalise};
use crate::schema::Role;

/// One of the two things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CombinedPart {
    /// Its name in the header.
    pub name: String,
    /// Its unit, where the header gives one.
    pub unit: Option<String>,
}

/// What a column holds together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Combined {
    /// Age and sex.
    AgeAndSex {
        /// The part of the age.
        age: CombinedPart,
        /// The part of the sex.
        sex: CombinedPart,
        /// True where the age comes first.
        is_age_first: bool,
    },
    /// Systolic and diastolic blood pressure: `120/80`.
    BloodPressure,
}

/// What a header combines; no answer for a header of one thing, or of three.
pub fn combined(header: &str) -> Option<Combined> {
    static READ: Memo<Option<Combined>> = Memo::new();
    READ.get(header.trim(), both)
}

fn both(header: &str) -> Option<Combined> {
    if is_blood_pressure(header) {
        return Some(Combined::BloodPressure);
    }
    let marked = two_parts(header, |c| matches!(c, '/' | ',' | '&' | '+' | ';' | '|' | '\n'));
    let worded = || two_by_words(header);
    let spaced = || two_parts(header, |c| matches!(c, '_' | '-' | '.' | ' '));
    let glued = || -> Option<(String, String)> {
        let parted = parted(header);
        let (first, second) = parted.split_once(' ').filter(|_| !header.contains(' '))?;
        Some((first.to_owned(), second.to_owned()))
    };
    let (first, second) = marked.or_else(worded).or_else(spaced).or_else(glued)?;
    age_and_sex(&first, &second)
}

fn is_blood_pressure(header: &str) -> bool {
    let name = read_header(header).name;
    let words = normalise(&name);
    let before_occasion = |occasion: &str| words.split_once(&format!(" {occasion} ")).map(|(before, _)| before);
    let occasions = vocabulary::OCCASIONS.iter().filter_map(before_occasion);
    let without_unit = words.strip_suffix(" mmhg");
    without_unit
        .into_iter()
        .chain(occasions)
        .chain([words.as_str()])
        .any(|words| vocabulary::BLOOD_PRESSURE.contains(words))
}

/// The two parts at a separator outside brackets, where there are two.
fn two_parts(header: &str, is_separator: impl Fn(char) -> bool) -> Option<(String, String)> {
    let mut depth = 0_u32;
    let mut parts = vec![String::new()];
    for c in header.chars() {
        match c {
            '(' | '[' => depth = depth.saturating_add(1),
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && is_separator(c) {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(c);
        }
    }
    parts.retain(|part| !part.trim().is_empty());
    <[String; 2]>::try_from(parts).ok().map(|[first, second]| (first, second))
}

fn two_by_words(header: &str) -> Option<(String, String)> {
    let cut = |word: &str| header.split_once(word).map(|(first, second)| (first.to_owned(), second.to_owned()));
    [" and ", " und ", " et ", " y ", " e "].into_iter().find_map(cut)
}

fn age_and_sex(first: &str, second: &str) -> Option<Combined> {
    let (one, two) = (part(first), part(second));
    match (one, two) {
        ((Role::Age, age), (Role::Sex, sex)) => Some(Combined::AgeAndSex { age, sex, is_age_first: true }),
        ((Role::Sex, sex), (Role::Age, age)) => Some(Combined::AgeAndSex { age, sex, is_age_first: false }),
        _ => None,
    }
}

/// The role and the name of a part; `(y)` behind the sex is the unit of the age, and not its name.
fn part(text: &str) -> (Role, CombinedPart) {
    let reading = read_header(text.trim());
    let name = match reading.name.split_once(['(', '[']) {
        Some((name, _)) if !name.trim().is_empty() && !is_unit(&reading.name) => name.trim().to_owned(),
        _ => reading.name.trim_matches(['(', ')', '[', ']']).trim().to_owned(),
    };
    (reading.role, CombinedPart { name, unit: reading.unit })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(header: &str) -> Option<(String, String, bool)> {
        match combined(header)? {
            Combined::AgeAndSex { age, sex, is_age_first } => Some((age.name, sex.name, is_age_first)),
            Combined::BloodPressure => None,
        }
    }

    #[test]
    fn age_and_sex_in_one_header_take_the_names_of_its_parts() {
        for (header, age, sex, is_age_first) in [
            ("Age/Sex", "Age", "Sex", true),
            ("Age (sex)", "Age", "sex", true),
            ("Age, sex", "Age", "sex", true),
            ("Sex/Age", "Sex", "Age", false),
            ("Age & gender", "Age", "gender", true),
            ("Age and sex", "Age", "sex", true),
            ("age_sex", "age", "sex", true),
            ("Age-Sex", "Age", "Sex", true),
            ("AgeSex", "Age", "Sex", true),
            ("Age (y)/Sex", "Age", "Sex", true),
            ("Sex (M/F), Age (years)", "Sex", "Age", false),
            ("Age at onset/Sex", "Age at onset", "Sex", true),
            ("Alter/Geschlecht", "Alter", "Geschlecht", true),
            ("Âge/Sexe", "Âge", "Sexe", true),
            ("Edad y sexo", "Edad", "sexo", true),
            ("Età/Sesso", "Età", "Sesso", true),
            ("Idade/Sexo", "Idade", "Sexo", true),
        ] {
            let expected = if is_age_first { (age, sex, true) } else { (sex, age, false) };
            let expected = (expected.0.to_owned(), expected.1.to_owned(), expected.2);
            assert_eq!(names(header), Some(expected), "{header}");
        }
        let Some(Combined::AgeAndSex { age, .. }) = combined("Age (months)/Sex") else { panic!("not combined") };
        assert_eq!(age.unit.as_deref(), Some("months"));
    }

    #[test]
    fn blood_pressure_is_two_numbers() {
        for header in [
            "BP",
            "Blood pressure",
            "BP (mmHg)",
            "bp_mmhg",
            "Blutdruck",
            "BP at admission",
            "Systolic/diastolic",
            "SBP/DBP",
            "Tensión arterial",
        ] {
            assert_eq!(combined(header), Some(Combined::BloodPressure), "{header}");
        }
    }

    #[test]
    fn other_headers_combine_nothing() {
        for header in [
            "Age",
            "Sex",
            "Age/Sex/Race",
            "Age, years",
            "Sex (M/F)",
            "site/side",
            "",
            "/",
            "Age group",
            "SBP",
            "age at onset",
            "ageing sex",
        ] {
            assert_eq!(combined(header), None, "{header}");
        }
    }
}
