//! The methods for the confidence interval of a proportion, and their words.

use crate::words::words;

words! {
    /// A method for the confidence interval of a proportion.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
    pub enum IntervalMethod: "interval method" {
        /// Wilson's score interval; the default.
        #[default]
        Wilson = "wilson",
        /// Wilson's interval with continuity correction, as R prop.test makes it.
        WilsonCorrected = "wilson-cc",
        /// The interval of Clopper and Pearson, "exact" and conservative.
        ClopperPearson = "clopper-pearson",
        /// Jeffreys' interval, from quantiles of a beta distribution.
        Jeffreys = "jeffreys",
        /// The interval of Agresti and Coull.
        AgrestiCoull = "agresti-coull",
        /// Clopper and Pearson's with half the probability of the observed number.
        MidP = "mid-p",
    }
}

impl IntervalMethod {
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
}
