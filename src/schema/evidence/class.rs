//! The lexical class of a cell.

use crate::decimal::Decimal;
use crate::schema::lexical::{Lexeme, NumberFormat, Sign, classify};

/// What a cell looks like, as far as the kind of its column depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// No value.
    Missing,
    /// A minus, which says nothing or that a test is negative.
    Minus,
    /// A word that means a missing value in some columns.
    Absent,
    /// A formula that failed in the spreadsheet.
    FailedFormula,
    /// `+`, `++`, `+/-`.
    Sign,
    /// `0` or `1`.
    ZeroOne,
    /// Any other number, with or without unit or status; a titre.
    Number,
    /// Known only to lie beyond a number.
    Censored,
    /// An age or another duration, such as `2y6m`.
    Duration,
    /// A code of digits and letters, such as `1a`.
    Code,
    /// A range of numbers, such as `18-64`.
    Band,
    /// A number with a plus, such as `12+`.
    AtLeast,
    /// A date.
    Date,
    /// Yes or no.
    YesNo,
    /// A word for a laboratory result.
    Stated,
    /// A number that cannot be read as written.
    Unreadable,
    /// Several short items.
    List,
    /// Treatment lines with a response.
    Lines,
    /// Text of some length.
    Long,
    /// Anything else.
    Word,
}

impl Class {
    /// The class of a text.
    pub fn of(lexeme: &Lexeme<'_>) -> Class {
        match lexeme {
            Lexeme::Missing(_) => Class::Missing,
            Lexeme::Sign(Sign::Minus) => Class::Minus,
            Lexeme::Sign(Sign::Plus | Sign::Equivocal) => Class::Sign,
            Lexeme::Absent => Class::Absent,
            Lexeme::FailedFormula => Class::FailedFormula,
            Lexeme::Date(_) | Lexeme::WrittenDate(_) => Class::Date,
            Lexeme::YesNo(_) => Class::YesNo,
            Lexeme::Stated(_) => Class::Stated,
            Lexeme::Duration(duration) if duration.comparator.is_some() => Class::Censored,
            Lexeme::Duration(_) => Class::Duration,
            Lexeme::Band => Class::Band,
            Lexeme::AtLeast(_) => Class::AtLeast,
            Lexeme::Measurement(m) if m.is_code => Class::Code,
            Lexeme::Measurement(m) if m.comparator.is_some() => Class::Censored,
            Lexeme::Measurement(m) if m.unit.is_none() && m.stated.is_none() && m.mark.is_none() && !m.titre => {
                Class::of_number(m.value)
            }
            Lexeme::Measurement(_) => Class::Number,
            Lexeme::OtherMark { .. } | Lexeme::OutOfRange => Class::Unreadable,
            Lexeme::Lines { responses: true, .. } => Class::Lines,
            Lexeme::Lines { delimiter: Some(_), .. } | Lexeme::List { .. } => Class::List,
            Lexeme::Lines { .. } | Lexeme::Word => Class::Word,
            Lexeme::Long => Class::Long,
        }
    }

    /// The class of a bare number.
    pub fn of_number(number: Decimal) -> Class {
        if number.scale() == 0 && matches!(number.mantissa(), 0 | 1) { Class::ZeroOne } else { Class::Number }
    }

    /// The class of the text of a cell.
    pub fn of_text(text: &str, format: NumberFormat) -> Class {
        Class::of(&classify(text, format))
    }

    /// The words used in messages.
    pub fn word(self) -> &'static str {
        match self {
            Class::Missing | Class::Minus | Class::Absent => "missing",
            Class::FailedFormula => "failed formulas",
            Class::Sign => "signs",
            Class::ZeroOne | Class::Number | Class::Censored => "numbers",
            Class::Duration => "ages or durations",
            Class::Code => "codes",
            Class::Band => "ranges of numbers",
            Class::AtLeast => "numbers with a plus",
            Class::Date => "dates",
            Class::YesNo => "yes or no",
            Class::Stated => "stated results",
            Class::Unreadable => "unreadable numbers",
            Class::List => "lists",
            Class::Lines => "treatment lines",
            Class::Long => "long texts",
            Class::Word => "words",
        }
    }
}
