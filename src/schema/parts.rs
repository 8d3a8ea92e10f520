//! Two things in one cell: `12/F`, `13, female`, `12 y M`; `120/80`.

mod age_and_sex;
mod blood_pressure;

use crate::words::words;

words! {
    /// What two things a cell holds.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Pair: "pair" {
        /// Age and sex, in any order.
        AgeAndSex = "age/sex",
        /// Systolic and diastolic blood pressure.
        BloodPressure = "systolic/diastolic",
    }
}

words! {
    /// One of two things in a cell.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Part: "part" {
        /// The age of `12/F`.
        Age = "age",
        /// The sex of `12/F`.
        Sex = "sex",
        /// The first number of `120/80`.
        Systolic = "systolic",
        /// The second number of `120/80`.
        Diastolic = "diastolic",
    }
}

/// A variable that is one part of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnPart {
    /// Which part.
    pub part: Part,
    /// The header of the column of the file.
    pub header: String,
}

impl Pair {
    /// Its parts.
    pub fn parts(self) -> [Part; 2] {
        match self {
            Pair::AgeAndSex => [Part::Age, Part::Sex],
            Pair::BloodPressure => [Part::Systolic, Part::Diastolic],
        }
    }

    /// Reads `age/sex`, `sex/age`, `systolic/diastolic`; `none` of them for other texts.
    pub fn parse(text: &str) -> Option<Pair> {
        let text = text.to_lowercase().replace([' ', ','], "");
        let is = |pair: &Pair| {
            let [first, second] = pair.parts().map(Part::word);
            text == format!("{first}/{second}") || text == format!("{second}/{first}")
        };
        Pair::ALL.into_iter().find(is)
    }

    /// A cell as it should be written.
    pub fn example(self) -> &'static str {
        match self {
            Pair::AgeAndSex => "12/F",
            Pair::BloodPressure => "120/80",
        }
    }

    /// The header of a column of such cells.
    pub fn header(self) -> &'static str {
        match self {
            Pair::AgeAndSex => "Age/Sex",
            Pair::BloodPressure => "Blood pressure",
        }
    }

    /// The words of a message for what a cell holds.
    pub fn described(self) -> &'static str {
        match self {
            Pair::AgeAndSex => "an age and a sex",
            Pair::BloodPressure => "a systolic and a diastolic pressure",
        }
    }
}

impl Part {
    /// The pair that it belongs to.
    pub fn pair(self) -> Pair {
        match self {
            Part::Age | Part::Sex => Pair::AgeAndSex,
            Part::Systolic | Part::Diastolic => Pair::BloodPressure,
        }
    }

    /// True for the part that speaks for both: what is to be said of the whole cell is said once.
    pub fn is_first(self) -> bool {
        matches!(self, Part::Age | Part::Systolic)
    }

    /// This part of `34M` or `34 M`, where the column says that such a letter is a man; no answer for any other text.
    pub fn of_man(self, text: &str) -> Option<&str> {
        let man = || age_and_sex::joined_man(text).or_else(|| age_and_sex::spaced_man(text));
        match self {
            Part::Age => man().map(|[age, _]| age),
            Part::Sex => man().map(|[_, sex]| sex),
            Part::Systolic | Part::Diastolic => None,
        }
    }

    /// True for `34M`: among women written so, such a letter is a man; `34 M` proves nothing.
    pub fn is_certain_man(text: &str) -> bool {
        age_and_sex::joined_man(text).is_some()
    }

    /// This part of a cell; no answer for a cell that does not hold both.
    ///
    /// `unit` is that of numbers without one. A side that `is_missing`, or is empty, is no fault: the sex of `12/?` is not reported.
    pub fn of(self, text: &str, unit: Option<&str>, is_missing: impl Fn(&str) -> bool) -> Option<String> {
        if text.len() > LONGEST {
            return None;
        }
        let [first, second] = match self.pair() {
            Pair::AgeAndSex => age_and_sex::cut(text, is_missing)?,
            Pair::BloodPressure => blood_pressure::cut(text, unit, is_missing)?,
        };
        Some(if self.is_first() { first } else { second })
    }
}

/// What pair a text plainly is, under whatever header it stands.
pub fn looks_like(text: &str) -> Option<Pair> {
    if text.len() > LONGEST || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if age_and_sex::is_plain(text) {
        return Some(Pair::AgeAndSex);
    }
    blood_pressure::is_plain(text).then_some(Pair::BloodPressure)
}

/// Most bytes of a text that is cut.
const LONGEST: usize = 60;
