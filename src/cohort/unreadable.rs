//! Why a cell could not be read as its column demands, and what to do about it.

use crate::diagnostic::quoted;
use crate::schema::lexical::DurationUnit;

/// A cell that holds something, but nothing its column can hold.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Unreadable {
    /// Not a number by the grammar: `12-15`, `1_000`.
    NotANumber,
    /// A word with no stated meaning in this column.
    Word,
    /// A number in another unit, or with a word behind it that is no status.
    OtherUnit {
        /// What stands behind the number.
        found: String,
        /// The column's unit, where it has one.
        expected: Option<String>,
    },
    /// `10,9` in a file of decimal points.
    DecimalComma,
    /// `10.9` in a file of decimal commas.
    DecimalPoint,
    /// `429,000`: grouped thousands, or a number with decimals.
    Thousands {
        /// True where the mark may also be a decimal mark.
        ambiguous: bool,
        /// True where the file is read with decimal commas.
        decimal_comma: bool,
    },
    /// More digits or a larger exponent than are read exactly.
    OutOfRange,
    /// A date among numbers.
    Date,
    /// Neither yes nor no.
    NotBinary,
    /// No date of the calendar, or not written in ISO 8601.
    NotADate,
}

impl Unreadable {
    /// A duration in a column of another unit.
    pub(super) fn duration(found: DurationUnit, expected: Option<&str>) -> Unreadable {
        Unreadable::OtherUnit { found: found.word().to_owned(), expected: expected.map(str::to_owned) }
    }

    /// The stable id of the sort, in kebab case.
    pub fn id(&self) -> &'static str {
        match self {
            Unreadable::NotANumber | Unreadable::Word | Unreadable::Date | Unreadable::NotBinary => "unreadable-cell",
            Unreadable::OtherUnit { .. } => "other-unit",
            Unreadable::DecimalComma => "decimal-comma",
            Unreadable::DecimalPoint => "decimal-point",
            Unreadable::Thousands { .. } => "thousands-separator",
            Unreadable::OutOfRange => "number-out-of-range",
            Unreadable::NotADate => "date-unreadable",
        }
    }

    /// One sentence for the finding; the value itself stands beside it.
    pub fn message(&self) -> String {
        match self {
            Unreadable::NotANumber => "not a number".to_owned(),
            Unreadable::Word => "a word in a column of numbers".to_owned(),
            Unreadable::OtherUnit { found, expected: Some(unit) } => {
                format!("'{found}' stands behind the number, but the column is in {unit}")
            }
            Unreadable::OtherUnit { found, expected: None } => {
                format!("'{found}' stands behind the number, but the column has no unit")
            }
            Unreadable::DecimalComma => "a comma stands where a decimal point is expected".to_owned(),
            Unreadable::DecimalPoint => "a point stands where a decimal comma is expected".to_owned(),
            Unreadable::Thousands { ambiguous: true, .. } => {
                "the mark may group thousands or begin the decimals".to_owned()
            }
            Unreadable::Thousands { ambiguous: false, .. } => "a number with grouped thousands".to_owned(),
            Unreadable::OutOfRange => "a number of more than 18 digits or an exponent beyond 18".to_owned(),
            Unreadable::Date => "a date in a column of numbers".to_owned(),
            Unreadable::NotBinary => "neither yes nor no".to_owned(),
            Unreadable::NotADate => "not a date of the calendar written YYYY-MM-DD, YYYY-MM or YYYY".to_owned(),
        }
    }

    /// What to do about it in the column of this header.
    pub fn remedy(&self, header: &str) -> String {
        let kind = |word: &str| format!("--kind {}", quoted(&format!("{header}={word}")));
        match self {
            Unreadable::NotANumber => "write one number, with a point before the decimals".to_owned(),
            Unreadable::Word => {
                "name the word under \"stated\" in the schema with the status it means, or under \"missing\"".to_owned()
            }
            Unreadable::OtherUnit { found, expected } => other_unit(found, expected.as_deref()),
            Unreadable::DecimalComma => "if the whole file is written so, add --decimal-comma".to_owned(),
            Unreadable::DecimalPoint => "write a comma, or leave out --decimal-comma".to_owned(),
            Unreadable::Thousands { ambiguous: true, decimal_comma: false } => {
                "remove the comma if it groups thousands; if commas are decimal marks in the whole file, \
                 add --decimal-comma"
                    .to_owned()
            }
            Unreadable::Thousands { ambiguous: true, decimal_comma: true } => {
                "remove the point if it groups thousands; if points are decimal marks, leave out --decimal-comma"
                    .to_owned()
            }
            Unreadable::Thousands { ambiguous: false, .. } => "write the number without the marks".to_owned(),
            Unreadable::OutOfRange => format!("correct the number, or read the column as text: {}", kind("text")),
            Unreadable::Date => format!("if the column holds dates, add {}", kind("date")),
            Unreadable::NotBinary => format!("if the column has other levels, add {}", kind("category")),
            Unreadable::NotADate => "write the date in ISO 8601, such as 2018-03-14, 2018-03 or 2018".to_owned(),
        }
    }
}

fn other_unit(found: &str, expected: Option<&str>) -> String {
    match expected {
        Some(unit) => format!("convert the value to {unit}, or name '{found}' under \"stated\" if it is a result"),
        None => format!("if all values are in {found}, give the column \"unit\": \"{found}\" in the schema"),
    }
}
