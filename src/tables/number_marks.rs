//! The marks in a printed number: before its decimals, between its thousands, and below zero.

use crate::schema::lexical::Comparator;
use crate::words::words;

words! {
    /// The language by whose habits numbers are marked.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
    pub enum Language: "language" {
        /// English.
        #[default]
        English = "en",
        /// Czech.
        Czech = "cs",
        /// Danish.
        Danish = "da",
        /// Dutch.
        Dutch = "nl",
        /// Finnish.
        Finnish = "fi",
        /// French.
        French = "fr",
        /// German.
        German = "de",
        /// German as in Switzerland.
        SwissGerman = "de-ch",
        /// Italian.
        Italian = "it",
        /// Norwegian.
        Norwegian = "nb",
        /// Polish.
        Polish = "pl",
        /// Portuguese.
        Portuguese = "pt",
        /// Russian.
        Russian = "ru",
        /// Spanish.
        Spanish = "es",
        /// Swedish.
        Swedish = "sv",
        /// Turkish.
        Turkish = "tr",
    }
}

/// A space that is narrow, and at which no line ends.
const NARROW: char = '\u{202f}';
/// A space at which no line ends.
const SPACE: char = '\u{a0}';
/// The sign of subtraction, as wide as a plus; a hyphen is read as a dash.
const MINUS: char = '\u{2212}';
/// Digits of a whole part from which people mark its thousands: 7340, but 10,000, so that a year keeps its form.
/// Source: The International System of Units (SI), 9th edition, 5.4.4, where four digits are not parted.
const PARTED_FROM: usize = 5;

/// The marks in a printed number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberMarks {
    decimal: char,
    /// Between thousands, and the digits from which it stands there.
    thousands: Option<(char, usize)>,
    minus: char,
}

impl Default for NumberMarks {
    /// Those that programs read: `-1234.5`.
    fn default() -> NumberMarks {
        NumberMarks { decimal: '.', thousands: None, minus: '-' }
    }
}

impl NumberMarks {
    /// The program's own with commas between all thousands: `1,234.5`.
    pub const COMMAS: NumberMarks = NumberMarks { decimal: '.', thousands: Some((',', 4)), minus: '-' };

    /// What stands between two numbers of a list, where a comma could be one of their marks.
    pub(super) fn between(self) -> &'static str {
        if self.decimal == ',' { "; " } else { ", " }
    }

    /// The sign before a censored value; programs read it in ASCII.
    pub(super) fn sign(self, comparator: Comparator) -> &'static str {
        match comparator {
            Comparator::AtMost if self.is_typeset() => "≤",
            Comparator::AtLeast if self.is_typeset() => "≥",
            Comparator::Below | Comparator::AtMost | Comparator::Above | Comparator::AtLeast => comparator.sign(),
        }
    }

    /// True for the marks of a language.
    fn is_typeset(self) -> bool {
        self.minus == MINUS
    }

    /// A number such as `-12345.6`, also behind a sign such as `<`, with these marks.
    pub(super) fn marked(self, number: &str) -> String {
        let (whole, decimals) = number.split_at(number.find('.').unwrap_or(number.len()));
        let digits = whole.chars().filter(char::is_ascii_digit).count();
        let mark = self.thousands.filter(|(_, from)| digits >= *from).map(|(mark, _)| mark);
        let mut text = String::with_capacity(number.len());
        let mut left = digits;
        for character in whole.chars() {
            match character {
                '-' => text.push(self.minus),
                '0'..='9' => {
                    text.extend(mark.filter(|_| left != digits && left % 3 == 0));
                    left -= 1;
                    text.push(character);
                }
                character => text.push(character),
            }
        }
        let decimals = decimals.strip_prefix('.').map(|digits| [&self.decimal.to_string(), digits].concat());
        text + &decimals.unwrap_or_default()
    }
}

impl From<Language> for NumberMarks {
    /// Source: the data of the Unicode CLDR for the language, with the comma of English.
    fn from(language: Language) -> NumberMarks {
        let (decimal, thousands) = match language {
            Language::English => ('.', ','),
            Language::SwissGerman => ('.', '’'),
            Language::Danish
            | Language::Dutch
            | Language::German
            | Language::Italian
            | Language::Portuguese
            | Language::Spanish
            | Language::Turkish => (',', '.'),
            Language::French => (',', NARROW),
            Language::Czech
            | Language::Finnish
            | Language::Norwegian
            | Language::Polish
            | Language::Russian
            | Language::Swedish => (',', SPACE),
        };
        NumberMarks { decimal, thousands: Some((thousands, PARTED_FROM)), minus: MINUS }
    }
}

#[cfg(test)]
mod tests {
    use super::{Comparator, Language, NumberMarks};

    #[test]
    fn a_number_has_the_marks_of_its_language() {
        let of = |language: Language, number| NumberMarks::from(language).marked(number);
        for (language, number, expected) in [
            (Language::English, "-12345.60", "−12,345.60"),
            (Language::English, "7340", "7340"),
            (Language::English, "2018", "2018"),
            (Language::English, "<0.001", "<0.001"),
            (Language::German, ">1234567.5", ">1.234.567,5"),
            (Language::French, "396000", "396\u{202f}000"),
            (Language::Swedish, "10000.25", "10\u{a0}000,25"),
            (Language::SwissGerman, "10000.5", "10’000.5"),
        ] {
            assert_eq!(of(language, number), expected);
        }
    }

    #[test]
    fn a_bound_has_the_sign_of_print_in_a_language() {
        let signs = |marks: NumberMarks| {
            [Comparator::Below, Comparator::AtMost, Comparator::Above, Comparator::AtLeast].map(|of| marks.sign(of))
        };
        assert_eq!(signs(NumberMarks::from(Language::French)), ["<", "≤", ">", "≥"]);
        assert_eq!(signs(NumberMarks::default()), ["<", "<=", ">", ">="]);
    }

    #[test]
    fn what_programs_read_is_unchanged_and_commas_part_all_thousands() {
        assert_eq!(NumberMarks::default().marked("-12345.60"), "-12345.60");
        assert_eq!(NumberMarks::COMMAS.marked("-1234.5"), "-1,234.5");
        assert_eq!(NumberMarks::from(Language::Spanish).between(), "; ");
    }
}
