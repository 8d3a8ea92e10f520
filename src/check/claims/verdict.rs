//! What became of a claim.

use super::{Claim, Sum};
use crate::analyze::results::ResultRow;
use crate::check::arithmetic::Judgement;
use crate::check::arithmetic::rounding::Modes;
use crate::stats::quantile::QuantileType;
use crate::tally::counts::NamedCases;
use num_rational::BigRational;

/// What the records say of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// The records give what is printed.
    Agrees,
    /// The records give something else, whatever the cells not reported hold.
    Contradicts,
    /// The claim has several readings, and they have different verdicts.
    Ambiguous,
    /// Cells that are not reported leave it open.
    Undetermined,
    /// There is nothing in it to count.
    NotCountable,
}

impl Verdict {
    /// Every verdict, in the order of a summary.
    pub const ALL: [Verdict; 5] =
        [Verdict::Agrees, Verdict::Contradicts, Verdict::Ambiguous, Verdict::Undetermined, Verdict::NotCountable];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Agrees => "agrees",
            Verdict::Contradicts => "contradicts",
            Verdict::Ambiguous => "ambiguous",
            Verdict::Undetermined => "undetermined",
            Verdict::NotCountable => "not countable",
        }
    }
}

/// A number of cases of how many, with those that do not say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counted {
    /// Cases that satisfy the condition.
    pub n: u64,
    /// The cases it is counted among.
    pub of: u64,
    /// Those of them that say whether they satisfy it.
    pub reported: u64,
    /// Cases that do not say whether they satisfy it.
    pub unknown: u64,
    /// Cases that do not say whether they are among those it is counted among.
    pub of_unknown: u64,
    /// Those that satisfy it, where they are known by name.
    pub holding: Option<NamedCases>,
    /// Those that do not say, where they are known by name.
    pub silent: Option<NamedCases>,
    /// Those it is counted among, where they are some of the cases only.
    pub among: Option<NamedCases>,
}

/// What the records give.
#[derive(Debug, Clone)]
pub enum Given {
    /// A number of cases.
    Cases(Counted),
    /// One statistic, or several that are printed together.
    Values(Vec<ResultRow>),
    /// Two statistics that are compared.
    Compared(Box<ResultRow>, Box<ResultRow>),
    /// Nothing, or the answers of readings or parts.
    Nothing,
}

/// What else must be said of a verdict.
#[derive(Debug, Clone)]
pub enum Remark {
    /// The number is not known of these cases.
    NotReported(NamedCases),
    /// What is printed holds of so many cases that are reported.
    OfReported(u64),
    /// What is printed is what rounding of this kind gives.
    Rounding(Modes),
    /// What is printed comes out where the cases not reported are left out: so many remain.
    DropsMissing(u64),
    /// The percentage is that of the same number of other cases, from so many to so many.
    OfOthers(u64, u64),
    /// What is printed comes out with another type of quantile.
    Quantile(QuantileType),
    /// What is printed is the SD with the divisor N.
    PopulationSd,
    /// The mean cannot be one of whole numbers; these cases are no whole numbers.
    NeedsFraction(Judgement, NamedCases),
    /// Between these two would be the mean of the values not reported, if the printed one held.
    NeedsMissing(Box<(BigRational, BigRational)>),
    /// The records give no answer.
    NotEstimable(String),
    /// The denominator is another one: as printed, as the records give it.
    Denominator(u64, u64),
    /// Cases that are named and do not satisfy the condition, and cases that do and are not named.
    Named(Vec<String>, NamedCases),
    /// Other claims of the same fact, which print something else.
    Elsewhere(Vec<String>),
}

/// The answer of the records to a claim, a reading or a part of it.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The verdict.
    pub verdict: Verdict,
    /// What the records give.
    pub given: Given,
    /// What else must be said.
    pub remarks: Vec<Remark>,
    /// The readings or parts, each with its name.
    pub parts: Vec<(String, Answer)>,
}

impl Answer {
    /// An answer without parts.
    pub fn new(verdict: Verdict, given: Given, remarks: Vec<Remark>) -> Answer {
        Answer { verdict, given, remarks, parts: Vec::new() }
    }
}

/// Something shown beside a verdict: as it was asked for, and what the records give.
#[derive(Debug, Clone)]
pub struct ShownBeside {
    /// The selector.
    pub text: String,
    /// The statistic.
    pub row: ResultRow,
    /// The cases of a condition.
    pub cases: Option<NamedCases>,
}

/// One claim with what became of it.
#[derive(Debug, Clone)]
pub struct Audited<'c> {
    /// The claim.
    pub claim: &'c Claim,
    /// The answer of the records; none without records.
    pub answer: Option<Answer>,
    /// What is shown beside it.
    pub shown: Vec<ShownBeside>,
    /// Whether its printed numbers can stand together.
    pub arithmetic: Vec<Judgement>,
}

/// All claims of a file with what became of them.
#[derive(Debug, Clone, Default)]
pub struct Audit<'c> {
    /// The claims, in the order of the file.
    pub claims: Vec<Audited<'c>>,
    /// The sums, in the order of the file.
    pub sums: Vec<(&'c Sum, Judgement)>,
}
