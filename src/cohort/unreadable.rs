//! Why a cell cannot be read by the rules of its column, and what to do about it.

use crate::diagnostic::quoted;
use crate::schema::lexical::DurationUnit;
use crate::schema::units::unit;

/// The reason why a cell cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Unreadable {
    /// Not a valid number: `12-15`, `1_000`.
    NotANumber,
    /// A word with no stated meaning in this column.
    Word,
    /// A number in another unit, or followed by a word that is not a status.
    OtherUnit {
        /// The text after the number.
        found: String,
        /// The unit of the column, if it has one.
        expected: Option<String>,
    },
    /// A number without a unit in a column where nearly all others have one.
    UnitMissing {
        /// The unit of the others.
        expected: String,
    },
    /// `10,9` in a file with decimal points.
    DecimalComma,
    /// `10.9` in a file with decimal commas.
    DecimalPoint,
    /// `429,000`: thousands separators, or a number with decimals.
    Thousands {
        /// True if the mark may also be a decimal mark.
        ambiguous: bool,
        /// True if the file is read with decimal commas.
        decimal_comma: bool,
    },
    /// More digits or a larger exponent than can be read exactly.
    OutOfRange,
    /// A date in a column of numbers.
    Date,
    /// Neither yes nor no.
    NotBinary,
    /// Not a valid date, or not written in ISO 8601.
    NotADate,
    /// An age below 0.
    NegativeAge,
    /// An age that nobody has reached.
    ImpossibleAge,
}

impl Unreadable {
    /// A duration in a column of another unit.
    pub(super) fn duration(found: DurationUnit, expected: Option<&str>) -> Unreadable {
        Unreadable::OtherUnit { found: found.word().to_owned(), expected: expected.map(str::to_owned) }
    }

    /// The id of the finding, in kebab case.
    pub fn id(&self) -> &'static str {
        match self {
            Unreadable::NotANumber | Unreadable::Word | Unreadable::Date | Unreadable::NotBinary => "unreadable-cell",
            Unreadable::OtherUnit { .. } => "other-unit",
            Unreadable::UnitMissing { .. } => "bare-number",
            Unreadable::DecimalComma => "decimal-comma",
            Unreadable::DecimalPoint => "decimal-point",
            Unreadable::Thousands { .. } => "thousands-separator",
            Unreadable::OutOfRange => "number-out-of-range",
            Unreadable::NotADate => "date-unreadable",
            Unreadable::NegativeAge => "negative-age",
            Unreadable::ImpossibleAge => "impossible-age",
        }
    }

    /// The message of the finding, which also shows the value.
    pub fn message(&self) -> String {
        match self {
            Unreadable::NotANumber => "not a number".to_owned(),
            Unreadable::Word => "a word in a column of numbers".to_owned(),
            Unreadable::OtherUnit { found, expected: Some(unit) } => {
                format!("'{found}' follows the number, but the column is in {unit}")
            }
            Unreadable::OtherUnit { found, expected: None } => {
                format!("'{found}' follows the number, but the column has no unit")
            }
            Unreadable::UnitMissing { expected } => {
                format!("a number without a unit, out of the range of those in {expected}")
            }
            Unreadable::DecimalComma => "a comma instead of a decimal point".to_owned(),
            Unreadable::DecimalPoint => "a point instead of a decimal comma".to_owned(),
            Unreadable::Thousands { ambiguous: true, .. } => "the mark may separate thousands or decimals".to_owned(),
            Unreadable::Thousands { ambiguous: false, .. } => "a number with thousands separators".to_owned(),
            Unreadable::OutOfRange => "a number of more than 18 digits or an exponent beyond 18".to_owned(),
            Unreadable::Date => "a date in a column of numbers".to_owned(),
            Unreadable::NotBinary => "neither yes nor no".to_owned(),
            Unreadable::NotADate => "not a valid date written as YYYY-MM-DD, YYYY-MM or YYYY".to_owned(),
            Unreadable::NegativeAge => "an age below 0".to_owned(),
            Unreadable::ImpossibleAge => "an age above 150 years".to_owned(),
        }
    }

    /// What to do about it in the column of this header.
    pub fn remedy(&self, header: &str) -> String {
        let kind = |word: &str| format!("--kind {}", quoted(&format!("{header}={word}")));
        match self {
            Unreadable::NotANumber => "write one number, with a point before the decimals".to_owned(),
            Unreadable::Word => {
                "list the word in the schema, under \"stated\" with the status it means or under \"missing\"".to_owned()
            }
            Unreadable::OtherUnit { found, expected: None } if unit(found).is_none() => {
                format!("write one number, with its unit or alone; if the cells are no numbers: {}", kind("category"))
            }
            Unreadable::OtherUnit { found, expected } => other_unit(found, expected.as_deref()),
            Unreadable::UnitMissing { expected } => {
                format!(
                    "write its unit into the cell; if it is in {expected} too, name the column {header} ({expected})"
                )
            }
            Unreadable::DecimalComma => "if the whole file uses decimal commas, add --decimal-comma".to_owned(),
            Unreadable::DecimalPoint => "write a comma, or remove --decimal-comma".to_owned(),
            Unreadable::Thousands { ambiguous: true, decimal_comma: false } => {
                "remove the comma if it separates thousands; if the whole file uses decimal commas, \
                 add --decimal-comma"
                    .to_owned()
            }
            Unreadable::Thousands { ambiguous: true, decimal_comma: true } => {
                "remove the point if it separates thousands; if points are decimal marks, remove --decimal-comma"
                    .to_owned()
            }
            Unreadable::Thousands { ambiguous: false, .. } => "write the number without the separators".to_owned(),
            Unreadable::OutOfRange => format!("correct the number, or read the column as text: {}", kind("text")),
            Unreadable::Date => format!("if the column contains dates, add {}", kind("date")),
            Unreadable::NotBinary => format!("if the column has other levels, add {}", kind("category")),
            Unreadable::NotADate => "write the date in ISO 8601, such as 2018-03-14, 2018-03 or 2018".to_owned(),
            Unreadable::NegativeAge | Unreadable::ImpossibleAge => {
                "correct the cell; if the number is a code for a missing value, name it with --missing".to_owned()
            }
        }
    }
}

fn other_unit(found: &str, expected: Option<&str>) -> String {
    match expected {
        Some(unit) => {
            format!("convert the value to {unit}, or list '{found}' under \"stated\" in the schema if it is a result")
        }
        None => format!("if all values are in {found}, give the column \"unit\": \"{found}\" in the schema"),
    }
}
