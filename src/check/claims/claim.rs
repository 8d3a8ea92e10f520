//! What a claims file holds, understood.

use crate::analyze::selector::Selector;
use crate::analyze::statistic::Statistic;
use crate::check::arithmetic::granularity::Granularity;
use crate::check::arithmetic::p_value::PrintedTest;
use crate::check::printed::{Figure, Printed};
use crate::tally::NamedFilter;
use crate::words::words;

/// A claims file.
#[derive(Debug, Clone, Default)]
pub struct Claims {
    /// Its name, without folders.
    pub file: String,
    /// The report that the claims stand in.
    pub report: Report,
    /// The claims, in the order of the file.
    pub claims: Vec<Claim>,
    /// Claims whose numbers must add up.
    pub sums: Vec<Sum>,
}

/// The report that the claims stand in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Its title.
    pub title: Option<String>,
    /// How it is cited.
    pub citation: Option<String>,
    /// How many cases it says it has; only for checks without records.
    pub cases: Option<u64>,
}

/// One claim.
#[derive(Debug, Clone)]
pub struct Claim {
    /// Its name in the file, unique.
    pub id: String,
    /// Its line in the file.
    pub line: u64,
    /// Where it stands in the report.
    pub place: Option<String>,
    /// What it says, in the words of whoever wrote the file.
    pub says: String,
    /// How it is read, or what else a reader should know.
    pub note: Option<String>,
    /// The fact it states, where several claims state it.
    pub fact: Option<String>,
    /// What the report prints, as it stands.
    pub printed: Option<String>,
    /// What it speaks of.
    pub asked: Asked,
    /// Statistics and conditions to be shown beside the verdict.
    pub shows: Vec<Selector>,
    /// Cases, where the claim says of how many it is; for checks without records.
    pub n: Option<u64>,
    /// What its number measures, where the statistic does not say it.
    pub measure: Option<Measure>,
    /// Steps of the values behind it.
    pub granularity: Option<Granularity>,
    /// The range that is printed beside it.
    pub range: Option<(Figure, Figure)>,
    /// The median that is printed beside it.
    pub median: Option<Figure>,
    /// The test whose p it prints.
    pub test: Option<PrintedTest>,
}

impl Claim {
    /// What its number measures.
    pub fn measure(&self) -> Option<Measure> {
        let of_statistic = || match &self.asked {
            Asked::Value { selector, .. } => selector.statistic().and_then(Measure::of),
            _ => None,
        };
        self.measure.or_else(of_statistic)
    }
}

words! {
    /// What a printed number measures.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum Measure: "measure" {
        /// A mean.
        Mean = "mean",
        /// A median.
        Median = "median",
        /// A standard deviation.
        Sd = "sd",
        /// The mean and the SD of zeros and ones.
        Share = "share",
        /// A ratio with its interval.
        Ratio = "ratio",
    }
}

impl Measure {
    /// The measure that a statistic is; none where it is another.
    fn of(statistic: Statistic) -> Option<Measure> {
        match statistic {
            Statistic::Mean => Some(Measure::Mean),
            Statistic::MEDIAN => Some(Measure::Median),
            Statistic::Sd => Some(Measure::Sd),
            _ => None,
        }
    }
}

/// What a claim speaks of.
#[derive(Debug, Clone)]
pub enum Asked {
    /// A statistic.
    Value {
        /// Which.
        selector: Selector,
        /// What is printed of it.
        printed: Printed,
    },
    /// The cases that satisfy a condition.
    Count {
        /// The condition.
        what: NamedFilter,
        /// Of which cases; all of them where none are named.
        of: Option<NamedFilter>,
        /// Their number as it is printed; none where the cases themselves are named.
        printed: Option<Printed>,
        /// Their ids.
        named: Option<Vec<String>>,
    },
    /// Two statistics, one more than the other or as much.
    Compare {
        /// Before the sign.
        left: Selector,
        /// The sign.
        comparison: Comparison,
        /// Behind it.
        right: Selector,
    },
    /// The claim can be read in several ways, each with its name.
    Readings(Vec<(String, Asked)>),
    /// The claim says several things, each of which must hold.
    Parts(Vec<(String, Asked)>),
    /// Printed numbers and nothing in the records to hold them against.
    Figures(Printed),
    /// Nothing that can be counted.
    Nothing,
}

/// How two numbers stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// Less.
    Less,
    /// Less or equal.
    AtMost,
    /// Equal.
    Equal,
    /// More or equal.
    AtLeast,
    /// More.
    More,
}

impl Comparison {
    /// Every comparison.
    pub const ALL: [Comparison; 5] =
        [Comparison::Less, Comparison::AtMost, Comparison::Equal, Comparison::AtLeast, Comparison::More];

    /// Its sign.
    pub fn sign(self) -> &'static str {
        match self {
            Comparison::Less => "<",
            Comparison::AtMost => "<=",
            Comparison::Equal => "=",
            Comparison::AtLeast => ">=",
            Comparison::More => ">",
        }
    }

    /// Whether it holds of two numbers.
    pub fn holds<T: PartialOrd>(self, left: &T, right: &T) -> bool {
        match self {
            Comparison::Less => left < right,
            Comparison::AtMost => left <= right,
            Comparison::Equal => left == right,
            Comparison::AtLeast => left >= right,
            Comparison::More => left > right,
        }
    }
}

/// Claims whose printed numbers must add up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// Its line in the file.
    pub line: u64,
    /// The claim of the whole.
    pub total: String,
    /// The claims of the parts, which exclude each other and leave nothing out.
    pub parts: Vec<String>,
}
