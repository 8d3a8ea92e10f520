//! How the cells of one column are read beyond its kind: what is decided once all of them are counted.

use super::items::Separators;
use super::lexical::calendar::{DateFormat, OrderDecision};
use super::lexical::duration::{TimeUnit, YearLetters};
use super::lexical::notation::Notation;
use super::no_items::Asked;
use crate::words::words;

words! {
    /// How numbers without a unit are read in a column where other cells have one.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
    pub enum BareReading: "reading of bare numbers" {
        /// In the unit of the column.
        #[default]
        Values = "values",
        /// Not at all: nobody knows their unit.
        Unreadable = "unreadable",
        /// Not at all: they are on two scales, such as 443 and 396000.
        TwoScales = "two-scales",
        /// Not at all: `5.11` is 5 years and 11 months, or a decimal of a year.
        YearsAndMonths = "years-and-months",
    }
}

words! {
    /// How a number written as `1:80` is read.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum TitreReading: "reading of titres" {
        /// As a titre: its value is the dilution.
        Values = "values",
        /// Not at all: it may be a ratio or a time.
        Unreadable = "unreadable",
    }
}

words! {
    /// How the words of a column of sex become the levels `female` and `male`.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
    pub enum SexWords: "reading of words for the sex" {
        /// Not at all.
        #[default]
        AsWritten = "as-written",
        /// Words do (`girl`, `homme`), and letters stay as they are written: they may mean either.
        Words = "words",
        /// Letters do too: F and W are female, M and H male.
        WordsAndLetters = "words-and-letters",
    }
}

words! {
    /// What a minus alone says in a cell.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
    pub enum MinusReading: "reading of a minus" {
        /// Nothing.
        #[default]
        NotReported = "not-reported",
        /// The test is negative.
        Negative = "negative",
        /// Nobody knows.
        Unreadable = "unreadable",
    }
}

/// How the dates of a column are read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DateReading {
    /// Their only format; `None` for whatever is certain in this order.
    pub format: Option<DateFormat>,
    /// Day or month first, where both are numbers.
    pub order: OrderDecision,
    /// Numbers are dates: `43173`, the day number of a spreadsheet, and `20180314`.
    pub has_numbers: bool,
}

words! {
    /// How the writings of a positive and a negative result become levels.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
    pub enum ResultWords: "reading of results" {
        /// Each is its own.
        #[default]
        AsWritten = "as-written",
        /// `neg`, `Negative` and `negativ` are one level.
        OneLevel = "one-level",
        /// `+` is the level of `pos` beside it, too.
        PlusToo = "plus-too",
    }
}

words! {
    /// What a blank cell says.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
    pub enum BlankReading: "reading of blank cells" {
        /// Nothing.
        #[default]
        NotReported = "not-reported",
        /// Nothing, in a column with one answer: it may be no, so that shares stay open.
        Open = "open",
        /// No.
        No = "no",
        /// No, written as 0.
        Zero = "0",
    }
}

words! {
    /// The decimal mark of the numbers of a column (`decimalChar`).
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
    pub enum DecimalMark: "decimal mark" {
        /// `2.5`
        #[default]
        Point = ".",
        /// `2,5`
        Comma = ",",
    }
}

words! {
    /// How numbers such as `429,000` are read where the comma is the decimal mark.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
    pub enum GroupedReading: "reading of grouped numbers" {
        /// As 429, with three decimals.
        #[default]
        Values = "values",
        /// Not at all: three digits stand behind each comma of the column, and may be thousands.
        Unreadable = "unreadable",
    }
}

/// What is decided about the cells of a column beside its role, its kind, its unit and its delimiter.
///
/// It is compared as a whole: two equal readings read every cell alike.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CellReading {
    /// Numbers without a unit.
    pub bare: BareReading,
    /// The unit of the header, in which numbers without one are, where another one is stated: they are converted.
    pub header_unit: Option<String>,
    /// `NR` is a response, no response or not reported, because CR, PR, SD or PD stand in the column.
    pub is_nr_response: bool,
    /// The decimal mark.
    pub mark: DecimalMark,
    /// How numbers with three digits behind the decimal comma are read.
    pub grouped: GroupedReading,
    /// The unit is that of some cells, not one that is stated for the column.
    pub is_unit_of_cells: bool,
    /// Where the items of a cell are cut beside its delimiter; nowhere if each cell is stated to be one.
    pub split: Option<Separators>,
    /// What its items are, as far as it decides what none of them is called.
    pub asked: Asked,
    /// Dates.
    pub dates: DateReading,
    /// Numbers such as `1:80`; `None` where there are none.
    pub titres: Option<TitreReading>,
    /// `1/160` is a dilution: the header is one of titres.
    pub is_slash_a_dilution: bool,
    /// Ages and durations that the column proves to be ones: `7;6`, `15/12`.
    pub notations: Vec<Notation>,
    /// The numbers are ages or durations: `12+` is a bound.
    pub is_time: bool,
    /// What `6 m` is, as other cells or the header say: six months, or six minutes.
    pub letter_m: Option<TimeUnit>,
    /// `5 J` is five years, as in a German or Dutch column of ages; in a French one it may be days. `5 a` is five years in
    /// any column of ages.
    pub year_letters: YearLetters,
    /// `34M` in a column of ages and sexes is a man, as `34F` in it is a woman.
    pub m_is_male: bool,
    /// `en` joins two items, as the header is Dutch.
    pub has_en: bool,
    /// Words for the sex.
    pub sex: SexWords,
    /// A minus.
    pub minus: MinusReading,
    /// Words for results.
    pub results: ResultWords,
    /// `✓` is yes and `✗` no: the column holds both.
    pub has_marks: bool,
    /// Blank cells.
    pub blank: BlankReading,
    /// No value lies below zero: a concentration.
    pub is_never_negative: bool,
    /// The column is one of sexes or of yes and no, in which a doubtful answer is none.
    pub has_answers: bool,
    /// The least and the greatest number of the scale that the header states or names.
    pub scale_range: Option<(i64, i64)>,
    /// Some numbers below a header of percentages may be fractions: they lie far below all others, and a hundred times as
    /// large among them.
    pub has_fractions: bool,
    /// Values are titres: nothing lies between two of them.
    pub is_of_titres: bool,
}

/// Which readings the schema or the command line states: of these nothing is assumed, and nothing is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StatedReadings {
    /// That of words for the sex.
    pub sex: bool,
    /// That of a minus.
    pub minus: bool,
    /// That of words for results.
    pub results: bool,
    /// That of blank cells.
    pub blank: bool,
}
