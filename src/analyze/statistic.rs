//! The one table of statistics: a closed type, and one declaration each.
//!
//! To add a statistic, add a row here and compute it; every match over [`Statistic`] is exhaustive,
//! so the compiler asks for the rest.

mod applies;
mod declared;
mod limits;
#[cfg(test)]
mod tests;

use super::percentile::Percentile;
pub use declared::{AppliesTo, Availability, Digits, Discloses};
use std::fmt;

/// What is known of a statistic before any data are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Declaration {
    name: &'static str,
    label: &'static str,
    digits: Digits,
    applies_to: &'static [AppliesTo],
    availability: Availability,
    discloses: Discloses,
    formula: &'static str,
    reference: &'static str,
}

/// Writes the type, the list of all statistics but the percentiles, and the declaration of each, from one table.
macro_rules! statistics {
    ($($variant:ident($name:literal, $label:literal, $digits:ident, [$($applies_to:ident),*], $availability:ident,
        $discloses:expr): $formula:literal, $reference:expr;)*) => {
        /// A statistic; its name in keys and JSON is its `Display`, that of the R package `cards` where it has one.
        ///
        /// ```
        /// use calc_series::Statistic;
        ///
        /// assert_eq!(Statistic::parse("p50"), Some(Statistic::MEDIAN));
        /// assert_eq!(Statistic::Mean.formula(), "sum of the values / N, exact");
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Statistic {
            $(#[doc = $formula] $variant,)*
            /// Quantile of so many hundredths; the median is one.
            Percentile(Percentile),
        }

        const NAMED: &[Statistic] = &[$(Statistic::$variant),*];

        impl Statistic {
            fn declaration(self) -> Declaration {
                match self {
                    $(Statistic::$variant => Declaration {
                        name: $name,
                        label: $label,
                        digits: Digits::$digits,
                        applies_to: &[$(AppliesTo::$applies_to),*],
                        availability: Availability::$availability,
                        discloses: $discloses,
                        formula: $formula,
                        reference: $reference,
                    },)*
                    Statistic::Percentile(percentile) => Declaration::of_percentile(percentile),
                }
            }
        }
    };
}

use Discloses::{
    AllValues, Comparison, Count, JointProbability, OfTest, OneValue, Probability, Quantile, Rank, Shape, Share,
    SumOfCounts,
};

const CARDS: &str = "R cards 0.9";
const QUANTILES: &str = "Hyndman & Fan 1996, doi:10.1080/00031305.1996.10473566";
const STUDENT: &str = "Student 1908, doi:10.1093/biomet/6.1.1";
const CONOVER: &str = "Conover 1999, Practical Nonparametric Statistics, 3.2";
const WELCH: &str = "Welch 1947, doi:10.1093/biomet/34.1-2.28";
const NEWCOMBE: &str = "Newcombe 1998, method 10";
const METHOD: &str = "see method";
const HODGES: &str = "Hodges & Lehmann 1963, doi:10.1214/aoms/1177704172";
const WILCOXON: &str = "Wilcoxon 1945, doi:10.2307/3001968";
const FISHER: &str = "Fisher 1935, doi:10.2307/2342435; Woolf 1955, doi:10.1111/j.1469-1809.1955.tb01348.x";
const KATZ: &str = "Katz, Baptista, Azen & Pike 1978, doi:10.2307/2530610";
const MCNEMAR: &str = "McNemar 1947, doi:10.1007/BF02295996";
const CLOPPER: &str = "Clopper & Pearson 1934, doi:10.1093/biomet/26.4.404";
const FISHER_Z: &str = "Fisher 1921, Metron 1, 3-32";
const SPEARMAN: &str = "Spearman 1904, doi:10.2307/1412159";
const KENDALL: &str = "Kendall 1938, doi:10.1093/biomet/30.1-2.81";
const LEHMANN: &str = "Lehmann & Romano 2005, Testing Statistical Hypotheses, 4.5";
const IRWIN: &str = "Irwin 1949, doi:10.1017/S0022172400014443";
const GARWOOD: &str = "Garwood 1936, doi:10.1093/biomet/28.3-4.437";

statistics! {
    N("N", "N", Count, [Every], Always, Count):
        "denominator: cases with the item reported; for numbers, values and censored values", CARDS;
    Cases("n", "n", Count, [Levels], Always, Count): "cases with the level, or numerator of a rate", CARDS;
    Proportion("p", "%", Percent, [Levels], Always, Share): "n / N, in [0, 1]", CARDS;
    Observed("N_obs", "N observed", Count, [Every], Always, Count):
        "all cases: N + N_stated + N_unreadable + N_miss", CARDS;
    Missing("N_miss", "N missing", Count, [Every], Always, Count): "cases without a value", CARDS;
    ProportionMissing("p_miss", "Missing %", Percent, [Every], OnRequest, Share): "N_miss / N_obs, in [0, 1]", CARDS;
    StatedOnly("N_stated", "N stated only", Count, [Numbers], Always, Count):
        "cases with a word such as 'normal' in place of a number", "";
    Censored("N_censored", "N censored", Count, [Numbers], Always, Count):
        "values known only to lie beyond a bound; part of N", "";
    Unreadable("N_unreadable", "N unreadable", Count, [Every], Always, Count):
        "cells that cannot be read as the column's kind", "";
    Mean("mean", "Mean", DataPlusOne, [Numbers], Always, AllValues): "sum of the values / N, exact", "";
    Sd("sd", "SD", DataPlusOne, [Numbers], Always, AllValues):
        "square root of the sum of squared differences from the mean / (N - 1), exact", "";
    Sum("sum", "Sum", Data, [Numbers], OnRequest, AllValues): "sum of the values, exact", "";
    Variance("var", "Variance", DataPlusOne, [Numbers], OnRequest, AllValues): "square of the SD, exact", "";
    StandardError("se", "SE", DataPlusOne, [Numbers], OnRequest, AllValues):
        "standard error of the mean: SD / square root of N, exact", "";
    CoefficientOfVariation("cv", "CV", Percent, [Numbers], OnRequest, AllValues):
        "coefficient of variation: SD / |mean|, exact", "";
    GeometricMean("geometric_mean", "Geometric mean", DataPlusOne, [Numbers], OnRequest, Shape):
        "exponential of the mean of the logarithms; all values above 0", "";
    MedianDeviation("mad", "MAD", DataPlusOne, [Numbers], OnRequest, Shape):
        "1.4826 times the median distance from the median, exact", "Hampel 1974, doi:10.1080/01621459.1974.10482962";
    HodgesLehmann("hodges_lehmann", "Hodges-Lehmann median", Data, [Numbers], OnRequest, Shape):
        "median of the means of two values, each with itself too", HODGES;
    HodgesLehmannLow("hodges_lehmann.low", "Hodges-Lehmann median, lower limit", Data, [Numbers], OnRequest, Shape):
        "lower limit of the exact interval of the Hodges-Lehmann median", HODGES;
    HodgesLehmannHigh("hodges_lehmann.high", "Hodges-Lehmann median, upper limit", Data, [Numbers], OnRequest, Shape):
        "upper limit of the exact interval of the Hodges-Lehmann median", HODGES;
    PairedT("p.paired_t", "p, paired t", P, [Numbers], OnRequest, Shape):
        "two-sided p of the t test that the mean is 0; of a change the paired t test", STUDENT;
    PairedTStatistic("statistic.paired_t", "t, paired t test", Two, [Numbers], OnRequest, Shape):
        "mean / (SD / square root of N)", STUDENT;
    PairedTFreedom("parameter.paired_t", "Degrees of freedom, paired t test", Two, [Numbers], OnRequest, Shape):
        "N - 1", STUDENT;
    SignedRankV("statistic.signed_rank", "V, signed rank test", Two, [Numbers], OnRequest, Shape):
        "sum of the midranks of the values above 0 among those that are not 0", WILCOXON;
    SignedRank("p.signed_rank", "p, signed rank", P, [Numbers], OnRequest, Shape):
        "two-sided p of the signed rank test, zeros left out, ties by midranks", WILCOXON;
    SignedRankSmallest("p.signed_rank.min", "Smallest attainable p of the signed rank test", P, [Numbers], OnRequest,
        Shape): "the least p over all signs of the same differences", WILCOXON;
    McNemar("p.mcnemar", "p, McNemar", P, [], OnRequest, Probability):
        "two-sided exact binomial p of those who gained it among those who gained or lost it", MCNEMAR;
    McNemarSmallest("p.mcnemar.min", "Smallest attainable p of McNemar's test", P, [], OnRequest, Probability):
        "the least p of as many who gained or lost it", MCNEMAR;
    AgainstP("p.against", "p against a reference", P, [], Always, Share):
        "two-sided exact binomial p of n of N against the reference; see method", CLOPPER;
    AgainstGreater("p.against.greater", "p against a reference, greater", P, [], Always, Share):
        "exact probability of n or more of N where the share is the reference", CLOPPER;
    AgainstLess("p.against.less", "p against a reference, less", P, [], Always, Share):
        "exact probability of n or fewer of N where the share is the reference", CLOPPER;
    Pearson("pearson", "Pearson's r", Two, [], Always, Shape): "product-moment correlation, sums exact", FISHER_Z;
    PearsonLow("pearson.low", "Pearson's r, lower limit", Two, [], Always, Shape):
        "lower limit of the interval of Pearson's r", FISHER_Z;
    PearsonHigh("pearson.high", "Pearson's r, upper limit", Two, [], Always, Shape):
        "upper limit of the interval of Pearson's r", FISHER_Z;
    PearsonP("p.pearson", "p, Pearson", P, [], Always, Shape): "two-sided p of Pearson's r; see method", FISHER_Z;
    Spearman("spearman", "Spearman's rho", Two, [], Always, Shape): "Pearson's r of the midranks", SPEARMAN;
    SpearmanP("p.spearman", "p, Spearman", P, [], Always, Shape): "two-sided p of Spearman's rho; see method", SPEARMAN;
    Kendall("kendall", "Kendall's tau-b", Two, [], Always, Shape):
        "concordant less discordant pairs of cases, over those without ties", KENDALL;
    KendallP("p.kendall", "p, Kendall", P, [], Always, Shape): "two-sided p of Kendall's tau-b; see method", KENDALL;
    InterquartileRange("iqr", "IQR", Data, [Numbers], OnRequest, Quantile(25)):
        "p75 - p25, before rounding", QUANTILES;
    Min("min", "Min", Data, [Numbers, Dates], Always, OneValue): "smallest value, or earliest date", "";
    Max("max", "Max", Data, [Numbers, Dates], Always, OneValue): "greatest value, or latest date", "";
    MeanLow("mean.low", "Mean, lower limit", DataPlusOne, [Numbers], Always, AllValues):
        "lower limit of the t interval of the mean", STUDENT;
    MeanHigh("mean.high", "Mean, upper limit", DataPlusOne, [Numbers], Always, AllValues):
        "upper limit of the t interval of the mean", STUDENT;
    MedianLow("median.low", "Median, lower limit", Data, [Numbers], Always, Rank):
        "order statistic below the median", CONOVER;
    MedianHigh("median.high", "Median, upper limit", Data, [Numbers], Always, Rank):
        "order statistic above the median", CONOVER;
    TestStatistic("statistic", "Statistic", Two, [Groups], OnRequest, OfTest):
        "test statistic; see method", METHOD;
    DegreesOfFreedom("parameter", "Degrees of freedom", Two, [Groups], OnRequest, Comparison):
        "degrees of freedom; of F those of the numerator", METHOD;
    DenominatorFreedom("parameter2", "Degrees of freedom, denominator", Two, [Groups], OnRequest, Comparison):
        "degrees of freedom of the denominator of F", METHOD;
    PValue("p.value", "p", P, [Groups], OnRequest, Probability): "two-sided p; see method", METHOD;
    SmallestP("p.min", "Smallest attainable p given these margins", P, [Groups], OnRequest, Probability):
        "the least p over all arrangements of the observed values or levels, both margins fixed", METHOD;
    AdjustedP("p.adjusted", "Adjusted p", P, [Groups], OnRequest, JointProbability):
        "p adjusted for the number of tests; see method", METHOD;
    Smd("smd", "SMD", Two, [Groups], OnRequest, Comparison):
        "absolute standardised mean difference", "Yang & Dalton 2012, SAS Global Forum, paper 335";
    Difference("difference", "Difference", DataPlusOne, [Groups], OnRequest, Comparison):
        "mean of the first group minus that of the second", "";
    DifferenceLow("difference.low", "Difference, lower limit", DataPlusOne, [Groups], OnRequest, Comparison):
        "lower limit of the interval of the difference", WELCH;
    DifferenceHigh("difference.high", "Difference, upper limit", DataPlusOne, [Groups], OnRequest, Comparison):
        "upper limit of the interval of the difference", WELCH;
    ProportionDifference("p.difference", "Difference of proportions", Percent, [Groups], OnRequest, Comparison):
        "p of the first group minus that of the second, in [-1, 1]", "";
    ProportionDifferenceLow("p.difference.low", "Difference of proportions, lower limit", Percent, [Groups],
        OnRequest, Comparison): "lower limit of the interval of the difference", NEWCOMBE;
    ProportionDifferenceHigh("p.difference.high", "Difference of proportions, upper limit", Percent, [Groups],
        OnRequest, Comparison): "upper limit of the interval of the difference", NEWCOMBE;
    OddsRatio("odds_ratio", "Odds ratio", Two, [Groups], OnRequest, Comparison):
        "odds of the level in the first group over those in the second; see method", FISHER;
    OddsRatioLow("odds_ratio.low", "Odds ratio, lower limit", Two, [Groups], OnRequest, Comparison):
        "lower limit of the interval of the odds ratio", METHOD;
    OddsRatioHigh("odds_ratio.high", "Odds ratio, upper limit", Two, [Groups], OnRequest, Comparison):
        "upper limit of the interval of the odds ratio", METHOD;
    RiskRatio("risk_ratio", "Risk ratio", Two, [Groups], OnRequest, Comparison):
        "p of the first group over that of the second", KATZ;
    RiskRatioLow("risk_ratio.low", "Risk ratio, lower limit", Two, [Groups], OnRequest, Comparison):
        "lower limit of the interval of the risk ratio", KATZ;
    RiskRatioHigh("risk_ratio.high", "Risk ratio, upper limit", Two, [Groups], OnRequest, Comparison):
        "upper limit of the interval of the risk ratio", KATZ;
    BoundLow("bound.low", "Lower bound", Percent, [], Always, Share):
        "n / N_obs: none of the cases not reported has the level", "";
    BoundHigh("bound.high", "Upper bound", Percent, [], Always, Share):
        "(n + N_miss) / N_obs: all cases not reported have the level", "";
    ConfLow("conf.low", "CI lower limit", Percent, [Levels], Always, Share):
        "lower limit of the confidence interval of p", METHOD;
    ConfHigh("conf.high", "CI upper limit", Percent, [Levels], Always, Share):
        "upper limit of the confidence interval of p", METHOD;
    Items("n_items", "Items of all cases", Count, [Collections], Always, SumOfCounts):
        "pairs of a case and an item; each item counts once a case", "";
    Combinations("n_combinations", "Different combinations", Count, [Collections], Always, Count):
        "different sets of items, or sequences of lines", "";
    Levels("n_levels", "Different levels", Count, [Collections], Always, Count): "different levels", "";
    Treated("n_treated", "Treated", Count, [Responses], Always, Count): "cases with such a line", "";
    Evaluable("n_evaluable", "Evaluable", Count, [Responses], Always, Count):
        "treated cases with a line of known response", "";
    Responders("n_responders", "Responders", Count, [Responses], Always, Count):
        "treated cases with a complete, partial or improved response", "";
    Confirmed("n_confirmed", "Confirmed responders", Count, [Responses], Always, Count):
        "responders with a line neither unconfirmed nor transient", "";
    Complete("n_complete", "Complete responders", Count, [Responses], Always, Count):
        "responders with a complete response", "";
    TreatedInCombination("n_combination", "Treated only in combination", Count, [Responses], Always, Count):
        "treated cases none of whose lines has this agent or class alone", "";
    RespondersInCombination("n_responders_combination", "Responders only in combination", Count, [Responses], Always,
        Count): "responders none of whose responding lines has this agent or class alone", "";
    Relapsed("n_relapsed", "Relapsed", Count, [Responses], Always, Count):
        "treated cases with a relapse, counted separately from the response", "";
    Untreated("n_untreated", "Untreated", Count, [Responses], Always, Count): "cases that had no treatment", "";
    Lines("n_lines", "Treatment lines", Count, [Responses], Always, SumOfCounts): "lines of all cases", "";
    Events("n_events", "Events", Count, [], Always, Count): "cases with the event, of a time those up to it", "";
    AtRisk("n_risk", "At risk", Count, [], Always, Count):
        "cases without the event and still followed just before the time", "";
    FollowUp("follow_up", "Median follow-up", Data, [], Always, Shape):
        "median of the reversed curve: events and last visits exchanged",
        "Schemper & Smith 1996, doi:10.1016/0197-2456(96)00075-X";
    PersonTime("person_time", "Person-time", Data, [], Always, AllValues): "sum of the times of all cases, exact", "";
    EventRate("rate", "Events per 100 units of time", Two, [], Always, AllValues):
        "100 times events / person-time", "";
    EventRateLow("rate.low", "Rate, lower limit", Two, [], Always, AllValues): "lower limit of the rate", GARWOOD;
    EventRateHigh("rate.high", "Rate, upper limit", Two, [], Always, AllValues): "upper limit of the rate", GARWOOD;
    RestrictedMean("restricted_mean", "Restricted mean", DataPlusOne, [], Always, AllValues):
        "area under the curve up to the time, exact", IRWIN;
    RestrictedMeanError("restricted_mean.se", "Restricted mean, SE", DataPlusOne, [], Always, AllValues):
        "standard error of the restricted mean", IRWIN;
    RestrictedMeanLow("restricted_mean.low", "Restricted mean, lower limit", DataPlusOne, [], Always, AllValues):
        "lower limit of the interval of the restricted mean", IRWIN;
    RestrictedMeanHigh("restricted_mean.high", "Restricted mean, upper limit", DataPlusOne, [], Always, AllValues):
        "upper limit of the interval of the restricted mean", IRWIN;
    RateRatio("rate_ratio", "Rate ratio", Two, [Groups], OnRequest, Comparison):
        "rate of the first group over that of the second", LEHMANN;
    RateRatioLow("rate_ratio.low", "Rate ratio, lower limit", Two, [Groups], OnRequest, Comparison):
        "lower limit of the interval of the rate ratio", LEHMANN;
    RateRatioHigh("rate_ratio.high", "Rate ratio, upper limit", Two, [Groups], OnRequest, Comparison):
        "upper limit of the interval of the rate ratio", LEHMANN;
}

impl Declaration {
    fn of_percentile(percentile: Percentile) -> Declaration {
        let (name, label, formula, availability) = match percentile {
            Percentile::P25 => ("p25", "Q1", "quantile 1/4", Availability::Always),
            Percentile::MEDIAN => ("median", "Median", "quantile 1/2", Availability::Always),
            Percentile::P75 => ("p75", "Q3", "quantile 3/4", Availability::Always),
            other => (other.name(), "Percentile", "quantile of so many hundredths", Availability::OnRequest),
        };
        let hundredths = percentile.hundredths();
        Declaration {
            name,
            label,
            digits: Digits::Data,
            applies_to: &[AppliesTo::Numbers],
            availability,
            discloses: Quantile(hundredths.min(100 - hundredths)),
            formula,
            reference: QUANTILES,
        }
    }
}

impl Statistic {
    /// The first quartile.
    pub const P25: Statistic = Statistic::Percentile(Percentile::P25);
    /// The median.
    pub const MEDIAN: Statistic = Statistic::Percentile(Percentile::MEDIAN);
    /// The third quartile.
    pub const P75: Statistic = Statistic::Percentile(Percentile::P75);

    /// Every statistic: those with a name of their own, then the percentiles.
    pub fn all() -> impl Iterator<Item = Statistic> {
        NAMED.iter().copied().chain(Percentile::all().map(Statistic::Percentile))
    }

    /// The statistics that messages list: all but the percentiles that have only a number for a name.
    pub fn listed() -> impl Iterator<Item = Statistic> {
        NAMED.iter().copied().chain([Statistic::MEDIAN, Statistic::P25, Statistic::P75])
    }

    /// The statistic of a name, which may be `p50` for the median.
    pub fn parse(name: &str) -> Option<Statistic> {
        Statistic::listed()
            .find(|statistic| statistic.name() == name)
            .or_else(|| Percentile::parse(name).map(Statistic::Percentile))
    }

    /// The name in keys and JSON.
    pub fn name(self) -> &'static str {
        self.declaration().name
    }

    /// The label in JSON.
    pub fn label(self) -> &'static str {
        self.declaration().label
    }

    /// How it is printed.
    pub fn digits(self) -> Digits {
        self.declaration().digits
    }

    /// True where it is printed as a percentage.
    pub fn is_percentage(self) -> bool {
        self.digits() == Digits::Percent
    }

    /// What it is.
    pub fn formula(self) -> &'static str {
        self.declaration().formula
    }

    /// Where the definition comes from; empty for a count.
    pub fn reference(self) -> &'static str {
        self.declaration().reference
    }

    /// What it tells about single patients.
    pub fn discloses(self) -> Discloses {
        self.declaration().discloses
    }
}

impl fmt::Display for Statistic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
