//! Why a cell cannot be read by the rules of its column, and what to do about it.

use crate::diagnostic::quoted;
use crate::schema::lexical::calendar::{AmbiguousOrder, DateOrder};
use crate::schema::parts::Pair;
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
    /// A number in a column of numbers on two scales.
    TwoScales,
    /// `1:80` in a column that is none of titres.
    Titre,
    /// `5-10` in a column of numbers.
    Band,
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
    /// Not a date, or not in the format of the column.
    NotADate {
        /// That format, where it is stated.
        format: Option<String>,
    },
    /// Day or month first is not known.
    DateOrder(AmbiguousOrder),
    /// `14/03/2018` in a column where the month is first.
    OtherDateOrder,
    /// A year of two digits.
    TwoDigitYear {
        /// The format that may be stated.
        format: Option<String>,
    },
    /// A year of another calendar, or a mistake.
    UnlikelyYear {
        /// As written.
        year: u16,
        /// The format that may be stated.
        format: Option<String>,
    },
    /// A day that the calendar does not have: `31.02.2018`.
    NotInCalendar,
    /// A minus where it may mean negative or nothing, as it is written.
    Minus(String),
    /// A word that may stand for a missing value: `ND`, `pending`.
    AbsentWord(String),
    /// A formula that failed in the spreadsheet: `#REF!`.
    FailedFormula(String),
    /// A concentration below zero.
    NegativeConcentration,
    /// Not the two things that the column is split into.
    NotAPair(Pair),
    /// An age below 0.
    NegativeAge,
    /// An age that nobody has reached.
    ImpossibleAge,
}

impl Unreadable {
    /// The id of the finding, in kebab case.
    pub fn id(&self) -> &'static str {
        match self {
            Unreadable::NotANumber | Unreadable::Word | Unreadable::Date | Unreadable::NotBinary => "unreadable-cell",
            Unreadable::Band => "unreadable-cell",
            Unreadable::TwoScales => "two-scales",
            Unreadable::Titre => "titre-or-ratio",
            Unreadable::Minus(_) => "minus-unclear",
            Unreadable::AbsentWord(_) => "missing-word",
            Unreadable::FailedFormula(_) => "failed-formula",
            Unreadable::NegativeConcentration => "negative-concentration",
            Unreadable::OtherUnit { .. } => "other-unit",
            Unreadable::UnitMissing { .. } => "bare-number",
            Unreadable::DecimalComma => "decimal-comma",
            Unreadable::DecimalPoint => "decimal-point",
            Unreadable::Thousands { .. } => "thousands-separator",
            Unreadable::OutOfRange => "number-out-of-range",
            Unreadable::NotADate { .. } | Unreadable::NotInCalendar => "date-unreadable",
            Unreadable::DateOrder(_) | Unreadable::OtherDateOrder => "date-order-unclear",
            Unreadable::TwoDigitYear { .. } | Unreadable::UnlikelyYear { .. } => "date-year-unclear",
            Unreadable::NotAPair(_) => "not-a-pair",
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
                format!("a number without a unit, and not plainly in {expected} as others are")
            }
            Unreadable::TwoScales => "a number without a unit in a column of two scales".to_owned(),
            Unreadable::Titre => "a titre, a ratio or a time in a column that is none of titres".to_owned(),
            Unreadable::Band => "not a number".to_owned(),
            Unreadable::DecimalComma => "a comma instead of a decimal point".to_owned(),
            Unreadable::DecimalPoint => "a point instead of a decimal comma".to_owned(),
            Unreadable::Thousands { ambiguous: true, .. } => "the mark may separate thousands or decimals".to_owned(),
            Unreadable::Thousands { ambiguous: false, .. } => "a number with thousands separators".to_owned(),
            Unreadable::OutOfRange => "a number of more than 18 digits or an exponent beyond 18".to_owned(),
            Unreadable::Date => "a date in a column of numbers".to_owned(),
            Unreadable::NotBinary => "neither yes nor no".to_owned(),
            Unreadable::NotADate { format: None } => "not a date".to_owned(),
            Unreadable::NotADate { format: Some(format) } => format!("not a date written as {format}"),
            Unreadable::DateOrder(why) => order_message(*why).to_owned(),
            Unreadable::OtherDateOrder => "a day above 12 where the column has its month".to_owned(),
            Unreadable::TwoDigitYear { .. } => "a year of two digits: its century is not known".to_owned(),
            Unreadable::UnlikelyYear { year, .. } => {
                format!("the year {year} is a mistake or of another calendar")
            }
            Unreadable::NotInCalendar => "a day that the calendar does not have".to_owned(),
            Unreadable::Minus(_) => "a minus that may mean negative, or that nothing is reported".to_owned(),
            Unreadable::AbsentWord(_) => "a word that may stand for a missing value".to_owned(),
            Unreadable::FailedFormula(_) => "a formula that failed in the spreadsheet".to_owned(),
            Unreadable::NegativeConcentration => "a concentration below 0".to_owned(),
            Unreadable::NotAPair(pair) => format!("this cell does not hold {}", pair.described()),
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
            Unreadable::OtherUnit { found, expected } => other_unit(header, found, expected.as_deref()),
            Unreadable::UnitMissing { expected } => {
                let option = quoted(&format!("{header}={expected}"));
                format!("write its unit into the cell; if it is in {expected} too: --unit {option}")
            }
            Unreadable::TwoScales => format!(
                "write its unit into each cell, as in 443 10^9/L and 396000 /uL; if all have the same one, name it: \
                 --unit {}",
                quoted(&format!("{header}=UNIT"))
            ),
            Unreadable::Titre => {
                "write the dilution alone; a column of titres has \"titres\": \"values\" under calcSeries in the schema"
                    .to_owned()
            }
            Unreadable::Band => {
                format!("write one number; for bands: --kind {}", quoted(&format!("{header}=category")))
            }
            Unreadable::DecimalComma | Unreadable::DecimalPoint | Unreadable::Thousands { .. } => {
                self.remedy_of_mark(header)
            }
            Unreadable::OutOfRange => format!("correct the number, or read the column as text: {}", kind("text")),
            Unreadable::Date => format!("if the column contains dates, add {}", kind("date")),
            Unreadable::NotBinary => format!("if the column has other levels, add {}", kind("category")),
            Unreadable::NotADate { .. }
            | Unreadable::DateOrder(_)
            | Unreadable::OtherDateOrder
            | Unreadable::TwoDigitYear { .. }
            | Unreadable::UnlikelyYear { .. }
            | Unreadable::NotInCalendar => self.remedy_of_date(header),
            Unreadable::AbsentWord(word) => as_missing(word),
            Unreadable::Minus(minus) => format!(
                "if it means not done: --missing={}; if it means negative, write negative into the cell, or add \
                 \"minus\": \"negative\" to \"calcSeries\" of the field in the schema",
                quoted(minus)
            ),
            Unreadable::FailedFormula(error) => {
                format!("correct the cell in the spreadsheet; {}", as_missing(error))
            }
            Unreadable::NotAPair(pair) => {
                let keep = quoted(&format!("{header}=none"));
                format!("write both, as in {}; to keep the column as it is: --split {keep}", pair.example())
            }
            Unreadable::NegativeConcentration | Unreadable::NegativeAge | Unreadable::ImpossibleAge => {
                "correct the cell; if the number is a code for a missing value, name it with --missing".to_owned()
            }
        }
    }

    /// The remedy for a number with another decimal mark.
    fn remedy_of_mark(&self, header: &str) -> String {
        match self {
            Unreadable::DecimalComma => format!(
                "if the whole file uses decimal commas, add --decimal-comma; if this column does, add \
                 \"decimalChar\": \",\" to its field in the schema; if the cells are no numbers, --kind {}",
                quoted(&format!("{header}=category"))
            ),
            Unreadable::DecimalPoint => {
                "write a comma; or remove --decimal-comma, or add \"decimalChar\": \".\" to the field in the schema"
                    .to_owned()
            }
            Unreadable::Thousands { ambiguous: true, decimal_comma: false } => {
                "remove the comma if it separates thousands; if it is the decimal mark, add \"decimalChar\": \",\" \
                 to the field in the schema"
                    .to_owned()
            }
            Unreadable::Thousands { ambiguous: true, decimal_comma: true } => {
                "remove the point if it separates thousands; if it is the decimal mark, add \"decimalChar\": \".\" \
                 to the field in the schema"
                    .to_owned()
            }
            Unreadable::Thousands { ambiguous: false, .. } => "write the number without the separators".to_owned(),
            _ => "write the number without separators".to_owned(),
        }
    }

    /// The remedy for a cell that is not a date of its column.
    fn remedy_of_date(&self, header: &str) -> String {
        match self {
            Unreadable::NotADate { format: None } => {
                "write the date in ISO 8601, such as 2018-03-14, 2018-03 or 2018".to_owned()
            }
            Unreadable::NotADate { format: Some(_) } => {
                "write the date in the format of the schema, or correct the format".to_owned()
            }
            Unreadable::DateOrder(_) | Unreadable::OtherDateOrder => date_order(header),
            Unreadable::TwoDigitYear { format } | Unreadable::UnlikelyYear { format, .. } => {
                stated_format(header, format.as_deref())
            }
            _ => "correct the date".to_owned(),
        }
    }
}

fn as_missing(word: &str) -> String {
    format!("if it means not reported: --missing={}", quoted(word))
}

fn order_message(why: AmbiguousOrder) -> &'static str {
    match why {
        AmbiguousOrder::NoDayAbove12 => "day or month first? No day of this column is above 12",
        AmbiguousOrder::Contradiction => {
            "day or month first? Some dates of this column have a day above 12 in front, others behind the month"
        }
        AmbiguousOrder::BesideConvertedDates => {
            "day or month first? Other dates of this column were converted by a spreadsheet, perhaps in the wrong order"
        }
    }
}

fn date_order(header: &str) -> String {
    let order = |order: DateOrder| format!("--date-order {}", quoted(&format!("{header}={}", order.word())));
    let (day, month) = (order(DateOrder::DayFirst), order(DateOrder::MonthFirst));
    format!("write the date as 2018-03-14, or state the order: {day} or {month}")
}

fn stated_format(header: &str, format: Option<&str>) -> String {
    let format = format.unwrap_or("%d/%m/%y");
    let name = serde_json::Value::from(header);
    format!(
        "write the year with four digits, or state the format in the schema: \
         {{\"name\": {name}, \"type\": \"date\", \"format\": \"{format}\"}}"
    )
}

fn other_unit(header: &str, found: &str, expected: Option<&str>) -> String {
    match expected {
        Some(unit) => {
            format!("convert the value to {unit}, or list '{found}' under \"stated\" in the schema if it is a result")
        }
        None => format!("if all values are in {found}: --unit {}", quoted(&format!("{header}={found}"))),
    }
}
