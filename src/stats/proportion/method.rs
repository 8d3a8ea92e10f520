//! The ways of making a confidence interval for a proportion, and their words.

use std::fmt;
use std::str::FromStr;

/// How a confidence interval for a proportion is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum IntervalMethod {
    /// Wilson's score interval; the default.
    #[default]
    Wilson,
    /// Wilson's interval with continuity correction, as R prop.test makes it.
    WilsonCorrected,
    /// The interval of Clopper and Pearson, "exact" and conservative.
    ClopperPearson,
    /// Jeffreys' interval, from quantiles of a beta distribution.
    Jeffreys,
    /// The interval of Agresti and Coull.
    AgrestiCoull,
    /// Clopper and Pearson's with half the probability of the observed number.
    MidP,
}

impl IntervalMethod {
    /// Every method.
    pub const ALL: [IntervalMethod; 6] = [
        IntervalMethod::Wilson,
        IntervalMethod::WilsonCorrected,
        IntervalMethod::ClopperPearson,
        IntervalMethod::Jeffreys,
        IntervalMethod::AgrestiCoull,
        IntervalMethod::MidP,
    ];

    /// Its name in tables and results.
    pub const fn name(self) -> &'static str {
        match self {
            IntervalMethod::Wilson => "Wilson score, no continuity correction",
            IntervalMethod::WilsonCorrected => {
                "Wilson score, continuity correction (none where exactly half are events, as R prop.test)"
            }
            IntervalMethod::ClopperPearson => "Clopper-Pearson exact",
            IntervalMethod::Jeffreys => {
                "Jeffreys, equal-tailed quantiles of Beta(x + 1/2, n - x + 1/2), lower 0 at x = 0 and upper 1 at x = n"
            }
            IntervalMethod::AgrestiCoull => "Agresti-Coull, clipped to 0 and 1",
            IntervalMethod::MidP => "Clopper-Pearson with mid-P",
        }
    }

    /// Its word on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            IntervalMethod::Wilson => "wilson",
            IntervalMethod::WilsonCorrected => "wilson-cc",
            IntervalMethod::ClopperPearson => "clopper-pearson",
            IntervalMethod::Jeffreys => "jeffreys",
            IntervalMethod::AgrestiCoull => "agresti-coull",
            IntervalMethod::MidP => "mid-p",
        }
    }
}

impl fmt::Display for IntervalMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A word that is not one of [`IntervalMethod::word`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownIntervalMethod;

impl fmt::Display for UnknownIntervalMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "not an interval method; write `wilson`, `wilson-cc`, `clopper-pearson`, `jeffreys`, `agresti-coull` \
             or `mid-p`",
        )
    }
}

impl std::error::Error for UnknownIntervalMethod {}

impl FromStr for IntervalMethod {
    type Err = UnknownIntervalMethod;

    fn from_str(word: &str) -> Result<IntervalMethod, UnknownIntervalMethod> {
        IntervalMethod::ALL.into_iter().find(|method| method.word() == word).ok_or(UnknownIntervalMethod)
    }
}
