//! The verdict on a claim, and what it is based on.

use super::{Claim, Sum};
use crate::analyze::results::ResultRow;
use crate::check::arithmetic::Judgement;
use crate::check::arithmetic::rounding::Modes;
use crate::check::printed::PrintedUnit;
use crate::decimal::Exact;
use crate::stats::quantile::QuantileType;
use crate::tally::counts::NamedCases;
use num_rational::BigRational;

/// Whether the records support a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// The records give what is printed.
    Agrees,
    /// The records give something else, whatever the missing cells might contain.
    Contradicts,
    /// The claim has several readings, and they have different verdicts.
    Ambiguous,
    /// Missing cells leave it open.
    Undetermined,
    /// It asserts nothing that can be counted.
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

/// A number of cases with its denominator, and the cases that do not report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CaseCount {
    /// Cases that satisfy the condition.
    pub n: u64,
    /// The denominator.
    pub of: u64,
    /// Cases of the denominator that report whether they satisfy it.
    pub reported: u64,
    /// Cases that do not report whether they satisfy it.
    pub unknown: u64,
    /// Cases that do not report whether they belong to the denominator.
    pub of_unknown: u64,
    /// Cases with a cell that was not understood, on which the condition depends.
    pub doubtful: u64,
    /// The same of the condition of the denominator.
    pub of_doubtful: u64,
    /// The cases that satisfy it, where their ids are known.
    pub holding: Option<NamedCases>,
    /// The cases that do not report, where their ids are known.
    pub silent: Option<NamedCases>,
    /// The cases of the denominator, where it does not comprise all cases.
    pub among: Option<NamedCases>,
}

/// What the records give.
#[derive(Debug, Clone)]
pub enum Given {
    /// A number of cases.
    Cases(CaseCount),
    /// One statistic, or several that are printed together.
    Values(Vec<ResultRow>),
    /// The two statistics of a relation.
    Compared(Box<ResultRow>, Box<ResultRow>),
    /// Nothing of its own: there are answers to readings or parts, or none.
    Nothing,
}

/// A number by one method, with its interval.
#[derive(Debug, Clone)]
pub struct MethodNumber {
    /// The method.
    pub name: &'static str,
    /// The number.
    pub value: Exact,
    /// The interval; none where the method gives none.
    pub interval: Option<(Exact, Exact)>,
}

/// A remark that explains or qualifies a verdict.
#[derive(Debug, Clone)]
pub enum VerdictRemark {
    /// These cases do not report it.
    NotReported(NamedCases),
    /// It is true of the cases that report it, which are this many.
    OfReported(u64),
    /// These ways of rounding give the printed number.
    Rounding(Modes),
    /// The percentage is of the cases that report, which are this many.
    DropsMissing(u64),
    /// The percentage fits another denominator, from the first number to the second.
    OfOthers(u64, u64),
    /// Another type of quantile gives the printed number.
    Quantile(QuantileType),
    /// The SD with divisor N gives the printed number.
    PopulationSd,
    /// The mean is impossible for whole numbers; the values of these cases are not whole.
    NeedsFraction(Judgement, NamedCases),
    /// If the printed mean were right, the mean of the missing values would lie between these two.
    NeedsMissing(Box<(BigRational, BigRational)>),
    /// The least SD that the printed mean allows and, where one value is missing, the greatest.
    SdWithMean(Exact, Option<Exact>),
    /// The statistic cannot be estimated from the records.
    NotEstimable(String),
    /// The denominators differ: the printed one, and that of the records.
    Denominator(u64, u64),
    /// Named cases that do not satisfy the condition, and cases that do and are not named.
    Named(Vec<String>, NamedCases),
    /// The printed unit, that of the records, and what the numbers of the records were multiplied by.
    Converted(PrintedUnit, PrintedUnit, Box<BigRational>),
    /// The ids of other claims of the same fact that print something else.
    Elsewhere(Vec<String>),
    /// The methods that give the printed number.
    GivenBy(Vec<&'static str>),
    /// What each method gives, with its interval where one is printed, where none gives the printed number.
    Methods(Vec<MethodNumber>),
    /// The methods that give the printed interval of a share.
    IntervalBy(Vec<&'static str>),
    /// What each method gives in percent, where none gives the printed interval.
    Intervals(Vec<(&'static str, Exact, Exact)>),
    /// The printed fraction is that of so many of so many cases, in lowest terms.
    InLowestTerms(u64, u64),
    /// So many cells that were not understood could make it true.
    Doubtful(u64),
    /// Why what a draft refers to cannot be compared with what is printed.
    Unfit(String),
}

/// The answer of the records to a claim, a reading or a part of it.
#[derive(Debug, Clone)]
pub struct ClaimAnswer {
    /// The verdict.
    pub verdict: Verdict,
    /// What the records give.
    pub given: Given,
    /// Remarks on the verdict.
    pub remarks: Vec<VerdictRemark>,
    /// The readings or parts, each with its name.
    pub parts: Vec<(String, ClaimAnswer)>,
}

impl ClaimAnswer {
    /// An answer without parts.
    pub fn new(verdict: Verdict, given: Given, remarks: Vec<VerdictRemark>) -> ClaimAnswer {
        ClaimAnswer { verdict, given, remarks, parts: Vec::new() }
    }
}

impl std::fmt::Display for Verdict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.word())
    }
}

/// A statistic shown beside a verdict.
#[derive(Debug, Clone)]
pub struct ShownBeside {
    /// Its selector as written in the claims file.
    pub text: String,
    /// The statistic.
    pub row: ResultRow,
    /// The cases of its condition, for a number of cases.
    pub cases: Option<NamedCases>,
}

/// One claim with its verdict.
#[derive(Debug, Clone)]
pub struct AuditedClaim<'c> {
    /// The claim.
    pub claim: &'c Claim,
    /// The answer of the records; none without records.
    pub answer: Option<ClaimAnswer>,
    /// What is shown beside it.
    pub shown: Vec<ShownBeside>,
    /// Whether its printed numbers are possible together.
    pub arithmetic: Vec<Judgement>,
}

/// All claims of a file with their verdicts.
#[derive(Debug, Clone, Default)]
pub struct ClaimsAudit<'c> {
    /// The claims, in the order of the file.
    pub claims: Vec<AuditedClaim<'c>>,
    /// The sums, in the order of the file.
    pub sums: Vec<(&'c Sum, Judgement)>,
}

impl<'c> ClaimsAudit<'c> {
    /// The id and the verdict of each claim that was held against records, in the order of the file; without drafts.
    pub fn verdicts(&self) -> impl Iterator<Item = (&str, Verdict)> {
        let judged = |audited: &'_ AuditedClaim<'_>| audited.answer.as_ref().map(|answer| answer.verdict);
        self.stated().filter_map(move |audited| Some((audited.claim.id.as_str(), judged(audited)?)))
    }

    /// The claims that a person has read.
    pub fn stated(&self) -> impl Iterator<Item = &AuditedClaim<'c>> {
        self.claims.iter().filter(|audited| !audited.claim.is_draft)
    }

    /// The claims that are drafts.
    pub fn drafts(&self) -> impl Iterator<Item = &AuditedClaim<'c>> {
        self.claims.iter().filter(|audited| audited.claim.is_draft)
    }
}
