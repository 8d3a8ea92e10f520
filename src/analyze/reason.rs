//! Why a statistic has no answer: a closed list, each with a code for scripts and one sentence.

use crate::decimal::Exact;
use crate::stats::hypothesis::NoTest;
use std::fmt;

/// Why a statistic is not estimable; its `Display` is the sentence of the reports.
#[derive(Debug, Clone, PartialEq)]
pub enum Reason {
    /// There are no cases.
    NoCase,
    /// No case has a value.
    NoValue,
    /// No case has a date.
    NoDate,
    /// No case is in the denominator of a rate.
    EmptyDenominator,
    /// The item is not reported in any case.
    NotReported,
    /// No response is stated in any case: it was not asked for.
    NoResponse,
    /// No column holds the treatment, so that nobody knows who was treated.
    NoTreatment,
    /// Responses that are not understood, or whose line is not known, leave a count between two.
    OpenCount {
        /// The smallest it can be.
        low: u64,
        /// The greatest it can be.
        high: u64,
    },
    /// The same of a rate, each end with its denominator.
    OpenRate {
        /// The least, as numerator and denominator.
        low: (u64, u64),
        /// The greatest.
        high: (u64, u64),
    },
    /// A column of one answer: its blank cells may mean no.
    OneAnswer {
        /// The share if all of them do, as numerator and denominator.
        low: (u64, u64),
        /// The share if none does.
        high: (u64, u64),
    },
    /// The same between groups: nobody knows how many of each have no.
    BlankMayBeNo,
    /// One value has no SD.
    OneValueSd,
    /// One value has no confidence interval.
    OneValueInterval,
    /// One value has no spread.
    OneValueSpread,
    /// Even the range of so few values covers less than the confidence level asks for.
    FewValues {
        /// Number of values.
        n: u64,
        /// Confidence level of the range, in percent.
        coverage: f64,
    },
    /// Values are known only to lie beyond a bound, and the statistic needs all of them.
    Censored {
        /// Values beyond a bound.
        censored: u64,
        /// All values.
        values: u64,
    },
    /// A quantile depends on where the censored values lie.
    CensoredBetween {
        /// The smallest it can be; none where it has no lower bound.
        low: Option<Exact>,
        /// The greatest it can be; none where it has no upper bound.
        high: Option<Exact>,
        /// Decimals of the data.
        decimals: u8,
    },
    /// A quartile depends on where the censored values lie.
    CensoredQuartile,
    /// A mean of a group needs a censored value.
    CensoredMean,
    /// Groups are censored at different limits, so that ranks across them are unknown.
    CensoringLimits,
    /// A censored value may be smaller or greater than a known one.
    CensoredRank,
    /// Values differ too much in size to be added exactly.
    SumTooLarge {
        /// Values that do not fit.
        values: u64,
    },
    /// Values differ too much in size to be ranked together.
    RanksTooLarge,
    /// A geometric mean needs values above 0.
    NotPositive,
    /// A coefficient of variation divides by the mean.
    MeanIsZero,
    /// There are more levels than are counted.
    TooManyLevels,
    /// There are more combinations than are counted.
    TooManyCombinations,
    /// A group has no value.
    GroupWithoutValue,
    /// A group has no spread or no case.
    GroupWithoutSpread,
    /// The treatment lines of a case are not independent.
    DependentLines,
    /// A curve ends before so many cases have the event.
    NotReached,
    /// Nobody was followed so long.
    BeyondFollowUp,
    /// Nobody or everybody is without the event: the log-log interval does not exist.
    NoCurveInterval,
    /// The times of all cases are 0.
    NoPersonTime,
    /// A correlation of fewer than four pairs, or one of 1 or -1.
    NoAssociationInterval,
    /// A ratio of two groups of which one has no case with the level, or none without it.
    EmptyCell,
    /// A ratio of two rates of which the second has no event.
    NoEventBelow,
    /// A test has no result.
    NoTest(NoTest),
}

impl Reason {
    /// The code in JSON, stable across versions.
    pub fn code(&self) -> &'static str {
        match self {
            Reason::NoCase => "no-case",
            Reason::NoValue => "no-value",
            Reason::NoDate => "no-date",
            Reason::EmptyDenominator => "empty-denominator",
            Reason::NotReported => "not-reported",
            Reason::NoResponse => "no-response",
            Reason::NoTreatment => "no-treatment",
            Reason::OpenCount { .. } | Reason::OpenRate { .. } => "open-response",
            Reason::OneAnswer { .. } | Reason::BlankMayBeNo => "one-answer",
            Reason::OneValueSd | Reason::OneValueInterval | Reason::OneValueSpread => "one-value",
            Reason::FewValues { .. } => "few-values",
            Reason::Censored { .. }
            | Reason::CensoredBetween { .. }
            | Reason::CensoredQuartile
            | Reason::CensoredMean
            | Reason::CensoringLimits
            | Reason::CensoredRank => "censored",
            Reason::SumTooLarge { .. } | Reason::RanksTooLarge => "too-large",
            Reason::NotPositive => "not-positive",
            Reason::MeanIsZero => "mean-is-zero",
            Reason::TooManyLevels => "too-many-levels",
            Reason::TooManyCombinations => "too-many-combinations",
            Reason::GroupWithoutValue => "group-too-small",
            Reason::GroupWithoutSpread => "no-spread",
            Reason::DependentLines => "dependent-lines",
            Reason::NotReached => "not-reached",
            Reason::BeyondFollowUp => "beyond-follow-up",
            Reason::NoCurveInterval => "no-curve-interval",
            Reason::NoPersonTime => "no-person-time",
            Reason::NoAssociationInterval => "no-association-interval",
            Reason::EmptyCell | Reason::NoEventBelow => "empty-cell",
            Reason::NoTest(why) => match why {
                NoTest::OneGroup => "one-group",
                NoTest::OneLevel => "one-level",
                NoTest::OneValue => "group-too-small",
                NoTest::NoVariance => "no-spread",
                NoTest::Shape => "wrong-shape",
                NoTest::NoOrder => "no-order",
                NoTest::OneScore => "one-level",
                NoTest::OnePair | NoTest::FewPairs => "few-pairs",
                NoTest::NoChange => "no-change",
                NoTest::NoEvent => "no-event",
                NoTest::TooLarge => "too-large",
            },
        }
    }

    /// True where the records contain nothing that could contradict a number.
    pub fn is_silence(&self) -> bool {
        self.cause() == Cause::Silence
    }

    /// True where responses that are open leave it open; its bounds tell counts of few cases.
    pub fn is_open_response(&self) -> bool {
        matches!(self, Reason::OpenCount { .. } | Reason::OpenRate { .. })
    }

    /// True where the statistic depends on values known only to lie beyond a bound.
    pub fn is_censoring(&self) -> bool {
        self.cause() == Cause::Censoring
    }

    fn cause(&self) -> Cause {
        match self {
            Reason::NoCase
            | Reason::NoValue
            | Reason::NoDate
            | Reason::EmptyDenominator
            | Reason::NotReported
            | Reason::NoResponse
            | Reason::NoTreatment
            | Reason::OpenCount { .. }
            | Reason::OpenRate { .. }
            | Reason::OneAnswer { .. }
            | Reason::BlankMayBeNo
            | Reason::GroupWithoutSpread
            | Reason::NoTest(NoTest::NoVariance) => Cause::Silence,
            Reason::Censored { .. }
            | Reason::CensoredBetween { .. }
            | Reason::CensoredQuartile
            | Reason::CensoredMean
            | Reason::CensoringLimits
            | Reason::CensoredRank => Cause::Censoring,
            Reason::OneValueSd
            | Reason::OneValueInterval
            | Reason::OneValueSpread
            | Reason::FewValues { .. }
            | Reason::SumTooLarge { .. }
            | Reason::RanksTooLarge
            | Reason::NotPositive
            | Reason::MeanIsZero
            | Reason::TooManyLevels
            | Reason::TooManyCombinations
            | Reason::GroupWithoutValue
            | Reason::DependentLines
            | Reason::NotReached
            | Reason::BeyondFollowUp
            | Reason::NoCurveInterval
            | Reason::NoPersonTime
            | Reason::NoAssociationInterval
            | Reason::EmptyCell
            | Reason::NoEventBelow
            | Reason::NoTest(
                NoTest::OneGroup
                | NoTest::OneLevel
                | NoTest::OneValue
                | NoTest::Shape
                | NoTest::NoOrder
                | NoTest::OneScore
                | NoTest::OnePair
                | NoTest::FewPairs
                | NoTest::NoChange
                | NoTest::NoEvent
                | NoTest::TooLarge,
            ) => Cause::Values,
        }
    }
}

/// What a reason lies in; the audit of claims asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cause {
    /// Nothing is known that could contradict a number.
    Silence,
    /// Values are known only to lie beyond a bound.
    Censoring,
    /// The values themselves.
    Values,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sentence = match self {
            Reason::NoCase => "no case",
            Reason::NoValue => "no value",
            Reason::NoDate => "no date",
            Reason::EmptyDenominator => "no case in the denominator",
            Reason::NotReported => "not reported in any case",
            Reason::NoResponse => "no response is recorded in any case",
            Reason::NoTreatment => "treatment not recorded",
            Reason::OpenCount { low, high } => {
                return write!(f, "responses that are open leave it between {low} and {high}");
            }
            Reason::OpenRate { low, high } => {
                return write!(f, "responses that are open leave it {}", between(*low, *high));
            }
            Reason::OneAnswer { low, high } => {
                return write!(f, "blank cells may mean no: {}", between(*low, *high));
            }
            Reason::BlankMayBeNo => "blank cells may mean no: the groups are not compared",
            Reason::OneValueSd => "one value has no SD",
            Reason::OneValueInterval => "one value has no interval",
            Reason::OneValueSpread => "one value has no spread",
            Reason::FewValues { n, coverage } => {
                return write!(f, "not available at n = {n} (range covers {} %)", two_decimals(*coverage));
            }
            Reason::Censored { censored, values } => return f.write_str(&of_censored(*censored, *values)),
            Reason::CensoredBetween { low, high, decimals } => {
                let end = |end: &Option<Exact>| {
                    end.as_ref().map_or_else(|| "unknown".to_owned(), |end| end.rounded(u32::from(*decimals)))
                };
                return write!(f, "censored values leave it between {} and {}", end(low), end(high));
            }
            Reason::CensoredQuartile => "a quartile is not known exactly",
            Reason::CensoredMean => "a censored value cannot enter a mean",
            Reason::CensoringLimits => "values are censored at different limits: their ranks are unknown",
            Reason::CensoredRank => "a censored value may be smaller or greater than a known one: its rank is unknown",
            Reason::SumTooLarge { values } => {
                return write!(f, "{values} values differ too much in size to be added exactly");
            }
            Reason::RanksTooLarge => "the values differ too much in size to be ranked together",
            Reason::NotPositive => "a value is not above 0",
            Reason::MeanIsZero => "the mean is 0",
            Reason::TooManyLevels => "more than 100,000 different levels: not a category",
            Reason::TooManyCombinations => "more than 100,000 different combinations",
            Reason::GroupWithoutValue => "a group has no value",
            Reason::GroupWithoutSpread => "a group has no spread or no case",
            Reason::DependentLines => "the treatment lines of a case are not independent: no test compares them",
            Reason::NotReached => "the curve does not fall that low",
            Reason::BeyondFollowUp => "no case was followed that long",
            Reason::NoCurveInterval => "no interval where nobody or everybody is without the event",
            Reason::NoPersonTime => "no time under observation",
            Reason::NoAssociationInterval => "no interval of fewer than four pairs, nor of a correlation of 1 or -1",
            Reason::NoEventBelow => "no finite number: the reference group has no events",
            Reason::EmptyCell => "no finite number: in one group no case, or every case, has it",
            Reason::NoTest(why) => return why.fmt(f),
        };
        f.write_str(sentence)
    }
}

/// `1 of 7 values is censored`
fn of_censored(censored: u64, values: u64) -> String {
    let are = if censored == 1 { "is" } else { "are" };
    format!("{censored} of {values} values {are} censored")
}

/// Two shares, each with its denominator.
fn between(low: (u64, u64), high: (u64, u64)) -> String {
    format!("between {}/{} and {}/{}", low.0, low.1, high.0, high.1)
}

/// A percentage with at most two decimals, zeros at the end left out.
fn two_decimals(percent: f64) -> String {
    let rounded = Exact::from_f64(percent).map_or_else(String::new, |percent| percent.rounded(2));
    rounded.trim_end_matches('0').trim_end_matches('.').to_owned()
}
