//! What a statistic is of: the analysis, and the response rate.

use crate::words::words;

words! {
    /// What kind of analysis a statistic comes from; the words of the R package `cards`
    /// where it has one.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Context: "context" {
        /// Number of cases.
        TotalN = "total_n",
        /// Numbers and dates.
        Summary = "summary",
        /// Levels of a category.
        Tabulate = "tabulate",
        /// Items of a set, and their combinations.
        Set = "set",
        /// Observed and not reported.
        Missing = "missing",
        /// Response to treatment.
        Response = "response",
        /// Time to an event.
        Survival = "survival",
        /// Association of two numbers.
        Association = "association",
        /// Interval of a mean or a median.
        Interval = "continuous_ci",
        /// Test of the difference between groups.
        Test = "test",
        /// Difference between groups, also in units of the spread.
        Difference = "difference",
        /// Odds ratio or risk ratio of two groups.
        Ratio = "ratio",
    }
}

words! {
    /// Numerator and denominator of a response rate.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Rate: "response rate" {
        /// Complete, partial or improved, of those whose response is known. The default in a key.
        RespondersEvaluable = "responders/evaluable",
        /// The same of all cases, where no treatment is recorded beside the response.
        RespondersCases = "responders/cases",
        /// The same of all treated: an unknown response counts as none.
        RespondersTreated = "responders/treated",
        /// Responders without the modifier `unconfirmed` or `transient`, of all treated.
        ConfirmedTreated = "confirmed/treated",
        /// Complete responders of all treated.
        CompleteTreated = "complete/treated",
    }
}
