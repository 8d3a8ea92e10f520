//! How severe an event was: `3`, `G3`, `grade III`, `3a`, `severe`.

use std::cmp::Ordering;

/// The words of `event_grade.toml`.
mod vocabulary {
    use crate::vocabulary::{WordMap, Words};
    include!(concat!(env!("OUT_DIR"), "/event_grade.rs"));
}

/// Roman numbers of grades.
const ROMAN: [&str; 5] = ["i", "ii", "iii", "iv", "v"];
/// Words before the number of a grade.
const BEFORE: [&str; 7] = ["clavien-dindo", "clavien", "grade", "grad", "grado", "ctcae", "g"];
/// The worst grade there is.
const WORST: u8 = 5;

/// A grade and how it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct EventGrade {
    rank: (u8, u8),
    /// `3a`, or the word as it is written.
    pub text: String,
}

impl EventGrade {
    /// True for a grade beyond which there is none.
    pub fn is_the_worst(&self) -> bool {
        self.rank.0 == WORST
    }
}

impl PartialOrd for EventGrade {
    fn partial_cmp(&self, other: &EventGrade) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for EventGrade {
    fn cmp(&self, other: &EventGrade) -> Ordering {
        (self.rank, &self.text).cmp(&(other.rank, &other.text))
    }
}

/// How the grades of a table are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GradeScale {
    /// From 1 to 5, as the CTCAE has them, or with a letter behind 3 and 4, as Clavien and Dindo have them.
    Numbers,
    /// Words.
    Words,
}

impl GradeScale {
    /// The scale on which all of these stand; none of no grades.
    pub fn of<'t>(grades: impl Iterator<Item = &'t str>) -> Option<GradeScale> {
        let grades: Vec<&str> = grades.collect();
        let are_all = |scale: &GradeScale| grades.iter().all(|text| scale.grade(text).is_some());
        [GradeScale::Numbers, GradeScale::Words].into_iter().find(are_all).filter(|_| !grades.is_empty())
    }

    /// A grade on this scale.
    pub fn grade(self, text: &str) -> Option<EventGrade> {
        let lower = text.trim().to_lowercase();
        match self {
            GradeScale::Numbers => numbered(&lower),
            GradeScale::Words => {
                let rank = vocabulary::SEVERITIES.get(&lower)?;
                Some(EventGrade { rank: (rank, 0), text: text.trim().to_owned() })
            }
        }
    }
}

fn numbered(lower: &str) -> Option<EventGrade> {
    let number = BEFORE.iter().find_map(|word| lower.strip_prefix(word)).unwrap_or(lower).trim();
    let letter = ["a", "b"].into_iter().find(|letter| number.ends_with(letter)).unwrap_or("");
    let number = number.strip_suffix(letter).unwrap_or(number);
    let of_roman = || ROMAN.iter().zip(1_u8..).find(|(roman, _)| **roman == number).map(|(_, grade)| grade);
    let grade = number.parse::<u8>().ok().or_else(of_roman).filter(|grade| (1..=WORST).contains(grade))?;
    let part = match letter {
        "a" => 1,
        "b" => 2,
        _ => 0,
    };
    Some(EventGrade { rank: (grade, part), text: format!("{grade}{letter}") })
}

#[cfg(test)]
mod tests {
    use super::GradeScale;

    #[test]
    fn grades_are_ordered_however_they_are_written() {
        for (grades, worst) in [
            (&["1", "3", "2"][..], Some("3")),
            (&["G2", "grade 3", "4"], Some("4")),
            (&["II", "IIIa", "3b"], Some("3b")),
            (&["leicht", "Schwer"], Some("Schwer")),
            (&["mild", "moderate"], Some("moderate")),
            (&["mild", "3"], None),
            (&["6"], None),
            (&["0"], None),
            (&[], None),
        ] {
            let scale = GradeScale::of(grades.iter().copied());
            let found = scale.and_then(|scale| grades.iter().filter_map(|grade| scale.grade(grade)).max());
            assert_eq!(found.map(|grade| grade.text).as_deref(), worst, "{grades:?}");
        }
    }
}
