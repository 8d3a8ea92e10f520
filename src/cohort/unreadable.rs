//! Why a cell cannot be read by the rules of its column, and what to do about it.

mod date_fault;
mod mark_fault;

pub use date_fault::DateFault;
pub use mark_fault::MarkFault;

use crate::diagnostic::{FindingId, quoted};
use crate::schema::at_any_visit;
use crate::schema::header::quantity::speaks_of_age;
use crate::schema::header::{HeaderQuantity, quantity};
use crate::schema::lexical::duration::TimeUnit;
use crate::schema::parts::Pair;
use crate::schema::sex::may_be_sex;
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
        /// The unit that the numbers without one may have.
        bare: Option<String>,
    },
    /// A number without a unit in a column where nearly all others have one.
    UnitMissing {
        /// The unit of the others.
        expected: String,
        /// The unit that the numbers without one may have.
        bare: Option<String>,
    },
    /// A number in a column of numbers on two scales.
    TwoScales {
        /// A unit that all of them may have.
        unit: String,
    },
    /// `6/12`, `7;6`: an age or a duration, or else a list, a range or a share.
    Notation,
    /// `5.11` below `Age (y.m)`: 5 years and 11 months, or decimals.
    YearsAndMonths,
    /// `1:80` in a column that does not contain titres.
    Titre,
    /// `5-10` in a column of numbers.
    Band,
    /// A number with a mark that its column does not have.
    Mark(MarkFault),
    /// More digits or a larger exponent than can be read exactly.
    OutOfRange,
    /// A date in a column of numbers.
    Date,
    /// `F?`, `maybe`: an answer in doubt.
    Doubtful,
    /// Not among the codes that the header declares.
    UndeclaredCode,
    /// `"`, `idem`: what the cell above holds.
    Ditto,
    /// Neither yes nor no.
    NotBinary,
    /// Not a date of its column.
    NotADate(DateFault),
    /// A minus where it may mean negative or nothing, as it is written.
    Minus(String),
    /// A word that may stand for a missing value: `ND`, `pending`.
    AbsentWord(String),
    /// A formula that failed in the spreadsheet: `#REF!`.
    FailedFormula(String),
    /// A concentration below zero.
    NegativeConcentration,
    /// A duration, a size or a count below zero.
    BelowZero,
    /// A number that the scale of the column does not have.
    BeyondScale {
        /// The least number of the scale.
        low: i64,
        /// The greatest.
        high: i64,
    },
    /// Not the two things that the column is split into.
    NotAPair(Pair),
    /// An age below 0.
    NegativeAge,
    /// An age that nobody has reached.
    ImpossibleAge,
}

/// What to do about a sign that repeats another cell.
const REPEATED: &str =
    "write what is meant into each cell; if it is a level, name it under \"categories\" of the field in the schema";

impl Unreadable {
    /// The id of the finding, in kebab case.
    pub fn id(&self) -> FindingId {
        match self {
            Unreadable::NotANumber | Unreadable::Word | Unreadable::Date | Unreadable::NotBinary => {
                FindingId::UnreadableCell
            }
            Unreadable::Band | Unreadable::Notation => FindingId::UnreadableCell,
            Unreadable::Doubtful => FindingId::DoubtfulAnswer,
            Unreadable::UndeclaredCode => FindingId::CodeNotDeclared,
            Unreadable::Ditto => FindingId::DittoMark,
            Unreadable::TwoScales { .. } => FindingId::TwoScales,
            Unreadable::YearsAndMonths => FindingId::YearsAndMonths,
            Unreadable::Titre => FindingId::TitreOrRatio,
            Unreadable::Minus(_) => FindingId::MinusUnclear,
            Unreadable::AbsentWord(_) => FindingId::MissingWord,
            Unreadable::FailedFormula(_) => FindingId::FailedFormula,
            Unreadable::NegativeConcentration => FindingId::NegativeConcentration,
            Unreadable::BelowZero => FindingId::BelowZero,
            Unreadable::BeyondScale { .. } => FindingId::BeyondScale,
            Unreadable::OtherUnit { .. } => FindingId::OtherUnit,
            Unreadable::UnitMissing { .. } => FindingId::BareNumber,
            Unreadable::Mark(fault) => fault.id(),
            Unreadable::OutOfRange => FindingId::NumberOutOfRange,
            Unreadable::NotADate(fault) => fault.id(),
            Unreadable::NotAPair(_) => FindingId::NotAPair,
            Unreadable::NegativeAge => FindingId::NegativeAge,
            Unreadable::ImpossibleAge => FindingId::ImpossibleAge,
        }
    }

    /// The message of the finding, which also shows the value.
    pub fn message(&self) -> String {
        match self {
            Unreadable::NotANumber => "not a number".to_owned(),
            Unreadable::Word => "a word in a column of numbers".to_owned(),
            Unreadable::OtherUnit { found, expected: Some(unit), .. } => {
                format!("'{found}' follows the number, but the column is in {unit}")
            }
            Unreadable::OtherUnit { found, expected: None, .. } => {
                format!("'{found}' follows the number, but the column has no unit")
            }
            Unreadable::UnitMissing { expected, .. } => {
                format!("a number without a unit, and not plainly in {expected} as others are")
            }
            Unreadable::TwoScales { .. } => "a number without a unit in a column of two scales".to_owned(),
            Unreadable::YearsAndMonths => {
                "years and months, or decimals of a year: a spreadsheet turns 3.10 into 3.1".to_owned()
            }
            Unreadable::Titre => "a titre, a ratio or a time in a column that does not contain titres".to_owned(),
            Unreadable::Band => "not a number".to_owned(),
            Unreadable::Notation => "a duration, or else a list, a range or a share".to_owned(),
            Unreadable::Mark(fault) => fault.message().to_owned(),
            Unreadable::OutOfRange => "a number of more than 18 digits or an exponent beyond 18".to_owned(),
            Unreadable::Date => "a date in a column of numbers".to_owned(),
            Unreadable::NotBinary => "neither yes nor no".to_owned(),
            Unreadable::Doubtful => "an answer in doubt".to_owned(),
            Unreadable::UndeclaredCode => "not among the codes that the header declares".to_owned(),
            Unreadable::Ditto => "a sign that repeats another cell".to_owned(),
            Unreadable::NotADate(fault) => fault.message(),
            Unreadable::Minus(_) => "a minus that may mean negative, or that nothing is reported".to_owned(),
            Unreadable::AbsentWord(_) => "a word that may stand for a missing value".to_owned(),
            Unreadable::FailedFormula(_) => "a formula that failed in the spreadsheet".to_owned(),
            Unreadable::NegativeConcentration => "a concentration or an amount below 0".to_owned(),
            Unreadable::BeyondScale { low, high } => format!("beyond the scale of this column, {low} to {high}"),
            Unreadable::BelowZero => "below 0, where a duration, a size or a count cannot be".to_owned(),
            Unreadable::NotAPair(pair) => format!("this cell does not hold {}", pair.described()),
            Unreadable::NegativeAge => "an age below 0".to_owned(),
            Unreadable::ImpossibleAge => "an age above 150 years".to_owned(),
        }
    }

    /// What to do about it in the cell with this text in the column of this header.
    pub fn remedy(&self, header: &str, text: &str) -> String {
        let kind = |word: &str| format!("--kind {}", quoted(&format!("{header}={word}")));
        match self {
            Unreadable::NotANumber => "write one number".to_owned(),
            Unreadable::Notation => "write one number with its unit, such as 6 months or 7y6m".to_owned(),
            Unreadable::Word => {
                "list the word in the schema, under \"stated\" with the status it means or under \"missing\"".to_owned()
            }
            Unreadable::OtherUnit { found, expected, bare } => {
                other_unit(header, found, expected.as_deref(), bare.as_deref())
            }
            Unreadable::UnitMissing { expected, bare } => {
                format!("write its unit into the cell; {}", in_unit(header, bare.as_deref().unwrap_or(expected)))
            }
            Unreadable::TwoScales { unit } => on_two_scales(header, unit),
            Unreadable::YearsAndMonths => {
                format!("write it as 3y10m; if it is a number of years: --unit {}", stated_unit(header, "years"))
            }
            Unreadable::Titre => {
                "write the dilution alone; a column of titres has \"titres\": \"values\" under calcSeries in the schema"
                    .to_owned()
            }
            Unreadable::Band => {
                format!("write one number; for bands: --kind {}", quoted(&format!("{header}=category")))
            }
            Unreadable::Mark(fault) => fault.remedy(header, text),
            Unreadable::OutOfRange => format!("correct the number, or read the column as text: {}", kind("text")),
            Unreadable::Date => format!("if the column contains dates, add {}", kind("date")),
            Unreadable::Doubtful => format!(
                "decide which it is; {}; to keep it as a level, name it under \"categories\" of the field in the schema",
                as_missing(text.trim())
            ),
            Unreadable::UndeclaredCode => undeclared(text),
            Unreadable::Ditto => REPEATED.to_owned(),
            Unreadable::NotBinary => format!("if the column has other levels, add {}", kind("category")),
            Unreadable::NotADate(fault) => fault.remedy(header),
            Unreadable::AbsentWord(word) => as_missing(word),
            Unreadable::Minus(minus) => format!(
                "if it means not done: --missing={}; if it means negative, write negative into the cell, or add \
                 \"minus\": \"negative\" to \"calcSeries\" of the field in the schema",
                quoted(minus)
            ),
            Unreadable::FailedFormula(error) => {
                format!("correct the cell in the spreadsheet; {}", as_missing(error))
            }
            Unreadable::NotAPair(pair) => both(header, *pair),
            Unreadable::BeyondScale { .. } => format!(
                "correct the cell; {}; if the scale is another one, give the field a \"plausible\" range in the schema",
                as_missing(text.trim())
            ),
            Unreadable::BelowZero => format!(
                "correct the cell; {}; if it may lie below 0, give the field a \"plausible\" range in the schema",
                as_missing(text.trim())
            ),
            Unreadable::NegativeConcentration | Unreadable::NegativeAge | Unreadable::ImpossibleAge => {
                format!("correct the cell; {}", as_missing(text.trim()))
            }
        }
    }
}

fn undeclared(code: &str) -> String {
    format!("correct the cell, or declare it in the header beside the others; {}", as_missing(code.trim()))
}

fn as_missing(word: &str) -> String {
    format!("if it means not reported: --missing={}", quoted(word))
}

fn other_unit(header: &str, found: &str, expected: Option<&str>, bare: Option<&str>) -> String {
    let is_unit = unit(found).is_some();
    match (expected, bare) {
        (None, _) if quantity(header) == Some(HeaderQuantity::Ratio) => {
            "write the ratio alone, without a unit; a result in another unit belongs into a column of its own"
                .to_owned()
        }
        (None, _) if is_of_time(header) && TimeUnit::of_word(found).is_none() => {
            "write one number with its unit in full, such as 18 months or 45 minutes".to_owned()
        }
        (Some(_), _) if speaks_of_age(header) && may_be_sex(found) => {
            let split = quoted(&format!("{header}={}", Pair::AgeAndSex));
            format!("if the cells hold an age and a sex: --split {split}; else write one number, with its unit in full")
        }
        (Some(expected), _) if TimeUnit::of_word(expected).is_some() => {
            format!("write one number, alone or with its unit in full, such as 12 {expected}")
        }
        (Some(expected), _) if is_unit => format!("convert the number to {expected}"),
        (Some(_), _) => format!(
            "write one number, with its unit or alone; if '{found}' is a result, list it under \"stated\" in the schema"
        ),
        (None, _) if !is_unit => {
            let kind = quoted(&format!("{header}=category"));
            format!("write one number, with its unit or alone; if the cells are not numbers: --kind {kind}")
        }
        (None, Some(bare)) => in_unit(header, bare),
        (None, None) => format!(
            "to read the column in {found}: --unit {}; a number in a unit that is not converted stays unreadable",
            stated_unit(header, found)
        ),
    }
}

/// True where the header speaks of a time, of which `m` or `mm` may be anything.
fn is_of_time(header: &str) -> bool {
    matches!(quantity(header), Some(HeaderQuantity::Age | HeaderQuantity::Duration | HeaderQuantity::Time))
}

fn both(header: &str, pair: Pair) -> String {
    let keep = quoted(&format!("{header}=none"));
    format!("write both, as in {}; to keep the column as it is: --split {keep}", pair.example())
}

fn on_two_scales(header: &str, unit: &str) -> String {
    let option = stated_unit(header, unit);
    format!("write its unit into each cell; if all numbers are in {unit}: --unit {option}")
}

fn in_unit(header: &str, unit: &str) -> String {
    format!("if the numbers without a unit are in {unit}: --unit {}", stated_unit(header, unit))
}

/// What `--unit` is given: the unit of a column at all of its visits.
fn stated_unit(header: &str, unit: &str) -> String {
    quoted(&format!("{}={unit}", at_any_visit(header)))
}
