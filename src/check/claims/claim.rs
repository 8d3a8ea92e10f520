//! The content of a claims file.

use super::groups::BetweenGroups;
use crate::analyze::selector::Selector;
use crate::analyze::statistic::Statistic;
use crate::check::arithmetic::granularity::Granularity;
use crate::check::arithmetic::p_value::PrintedTest;
use crate::check::printed::{Figure, Printed, PrintedUnit};
use crate::tally::NamedFilter;
use crate::words::words;
use std::collections::BTreeSet;

/// A claims file.
///
/// ```
/// # fn main() -> Result<(), calc_series::Error> {
/// use calc_series::Claims;
///
/// let text = r#"
/// [[claim]]
/// id = "K1"
/// says = "mean age"
/// value = "age.mean"
/// printed = "5.9"
/// "#;
/// let claims = Claims::parse(text, "claims.toml")?;
/// assert_eq!(claims.claims[0].id, "K1");
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Default)]
pub struct Claims {
    /// Its name, without folders.
    pub file: String,
    /// The report that makes the claims.
    pub report: ReportFacts,
    /// The claims, in the order of the file.
    pub claims: Vec<Claim>,
    /// Claims whose printed numbers must add up.
    pub sums: Vec<Sum>,
}

/// The report that makes the claims.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReportFacts {
    /// Its title.
    pub title: Option<String>,
    /// How it is cited.
    pub citation: Option<String>,
    /// The number of cases it states; only for checks without records.
    pub cases: Option<u64>,
}

/// One claim.
#[derive(Debug, Clone)]
pub struct Claim {
    /// Its name in the file, unique.
    pub id: String,
    /// Its line in the file.
    pub line: u64,
    /// True until a person has read it: what it refers to was proposed by the program.
    pub is_draft: bool,
    /// Where in the report it is made.
    pub place: Option<String>,
    /// What it states, in the words of the author of the file.
    pub says: String,
    /// How it was interpreted, or what else a reader should know.
    pub note: Option<String>,
    /// The fact it states, where several claims state the same fact.
    pub fact: Option<String>,
    /// What the report prints, verbatim.
    pub printed: Option<String>,
    /// What it asserts.
    pub assertion: Assertion,
    /// Statistics and conditions to show beside the verdict.
    pub shows: Vec<Selector>,
    /// The number of cases it refers to; for checks without records.
    pub n: Option<u64>,
    /// What its number measures, where that does not follow from the statistic.
    pub measure: Option<MeasureKind>,
    /// The step of the values behind it.
    pub granularity: Option<Granularity>,
    /// The range that is printed beside it.
    pub range: Option<(Figure, Figure)>,
    /// The median that is printed beside it.
    pub median: Option<Figure>,
    /// The test whose p it prints.
    pub test: Option<ClaimTest>,
}

/// What a printed p is of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ClaimTest {
    /// A test statistic.
    Statistic(PrintedTest),
    /// Two fractions, each n of N.
    TwoByTwo((u64, u64), (u64, u64)),
}

impl Claims {
    /// The same without the claims of these origins.
    pub fn without(&self, origins: &BTreeSet<String>) -> Claims {
        let mut rest = self.clone();
        rest.claims.retain(|claim| !origins.contains(&claim.origin(&self.file)));
        rest
    }
}

impl Claim {
    /// Where it is written, for errors about it; `file` is the name of its file.
    pub fn origin(&self, file: &str) -> String {
        format!("{file} line {}, claim {}", self.line, self.id)
    }

    /// What its number measures.
    pub fn measure(&self) -> Option<MeasureKind> {
        let of_statistic = || match &self.assertion {
            Assertion::Value { selector, .. } => selector.statistic().and_then(MeasureKind::of),
            _ => None,
        };
        self.measure.or_else(of_statistic)
    }
}

words! {
    /// What a printed number measures.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum MeasureKind: "measure" {
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

impl MeasureKind {
    /// The measure of a statistic. None for other statistics.
    fn of(statistic: Statistic) -> Option<MeasureKind> {
        match statistic {
            Statistic::Mean => Some(MeasureKind::Mean),
            Statistic::MEDIAN => Some(MeasureKind::Median),
            Statistic::Sd => Some(MeasureKind::Sd),
            _ => None,
        }
    }
}

/// What a claim asserts.
#[derive(Debug, Clone)]
pub enum Assertion {
    /// A statistic.
    Value {
        /// Which.
        selector: Selector,
        /// What is printed for it.
        printed: Printed,
        /// The unit that is printed with it.
        unit: Option<PrintedUnit>,
    },
    /// A number of cases that satisfy a condition, or their ids.
    Count {
        /// The condition.
        what: NamedFilter,
        /// The condition of the cases they are counted among; none for all cases.
        of: Option<NamedFilter>,
        /// Their number as printed; none where only their ids are given.
        printed: Option<Printed>,
        /// Their ids.
        named: Option<Vec<String>>,
    },
    /// A relation between two statistics.
    Compare {
        /// Before the sign.
        left: Selector,
        /// The sign.
        relation: Relation,
        /// Behind it.
        right: Selector,
    },
    /// The ratio of two numbers, as `1.3:1`.
    Ratio {
        /// Before the colon.
        left: Selector,
        /// Behind it.
        right: Selector,
        /// Both sides as printed.
        printed: (Figure, Figure),
    },
    /// A number for two groups: a p, a ratio of odds, a difference.
    Between(Box<BetweenGroups>),
    /// Several possible readings of one claim, each with its name.
    Readings(Vec<(String, Assertion)>),
    /// Several parts, all of which must agree, each with its name.
    Parts(Vec<(String, Assertion)>),
    /// Printed numbers without anything in the records to compare them with.
    Figures(Printed),
    /// Nothing that can be counted.
    Nothing,
}

/// The relation between two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
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

impl Relation {
    /// Every relation.
    pub const ALL: [Relation; 5] =
        [Relation::Less, Relation::AtMost, Relation::Equal, Relation::AtLeast, Relation::More];

    /// Its sign.
    pub fn sign(self) -> &'static str {
        match self {
            Relation::Less => "<",
            Relation::AtMost => "<=",
            Relation::Equal => "=",
            Relation::AtLeast => ">=",
            Relation::More => ">",
        }
    }

    /// True where the relation holds between two numbers.
    pub fn holds<T: PartialOrd>(self, left: &T, right: &T) -> bool {
        match self {
            Relation::Less => left < right,
            Relation::AtMost => left <= right,
            Relation::Equal => left == right,
            Relation::AtLeast => left >= right,
            Relation::More => left > right,
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
