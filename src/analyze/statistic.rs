//! The one table of statistics: name, label, digits, formula and source of each.

use crate::stats::quantile::Probability;

/// How many decimals a statistic is printed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Digits {
    /// None: it counts something.
    Count,
    /// Those of the data; one more where the exact value needs it.
    Data,
    /// One more than the data.
    DataPlusOne,
    /// As a percentage: whole below 100 cases, else one decimal.
    Percent,
    /// As a p-value: two decimals from 0.1, else three; `<0.001` and `>0.99` beyond.
    P,
    /// Two decimals, whatever the data.
    Two,
}

/// One kind of statistic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// The name in keys and JSON; that of the R package `cards` where it has one.
    pub name: &'static str,
    /// The label in JSON.
    pub label: &'static str,
    /// How it is printed.
    pub digits: Digits,
    /// What it is.
    pub formula: &'static str,
    /// Where the definition comes from; empty for a count.
    pub reference: &'static str,
}

const fn kind(
    name: &'static str,
    label: &'static str,
    digits: Digits,
    formula: &'static str,
    reference: &'static str,
) -> Kind {
    Kind { name, label, digits, formula, reference }
}

/// Every statistic the program knows.
pub const STATISTICS: [Kind; 57] = [
    kind(
        "N",
        "N",
        Digits::Count,
        "denominator: cases with the item reported; for numbers, values and censored values",
        "R cards 0.9",
    ),
    kind("n", "n", Digits::Count, "cases with the level, or numerator of a rate", "R cards 0.9"),
    kind("p", "%", Digits::Percent, "n / N, in [0, 1]", "R cards 0.9"),
    kind("N_obs", "N observed", Digits::Count, "all cases: N + N_stated + N_unreadable + N_miss", "R cards 0.9"),
    kind("N_miss", "N missing", Digits::Count, "cases without a value", "R cards 0.9"),
    kind("p_miss", "Missing %", Digits::Percent, "N_miss / N_obs, in [0, 1]", "R cards 0.9"),
    kind("N_stated", "N stated only", Digits::Count, "cases with a word such as 'normal' in place of a number", ""),
    kind("N_censored", "N censored", Digits::Count, "values known only to lie beyond a bound; part of N", ""),
    kind("N_unreadable", "N unreadable", Digits::Count, "cells that cannot be read as the column's kind", ""),
    kind("mean", "Mean", Digits::DataPlusOne, "sum of the values / N, exact", ""),
    kind(
        "sd",
        "SD",
        Digits::DataPlusOne,
        "square root of the sum of squared differences from the mean / (N - 1), exact",
        "",
    ),
    kind("median", "Median", Digits::Data, "quantile 1/2", "Hyndman & Fan 1996, doi:10.1080/00031305.1996.10473566"),
    kind("p25", "Q1", Digits::Data, "quantile 1/4", "Hyndman & Fan 1996, doi:10.1080/00031305.1996.10473566"),
    kind("p75", "Q3", Digits::Data, "quantile 3/4", "Hyndman & Fan 1996, doi:10.1080/00031305.1996.10473566"),
    kind("sum", "Sum", Digits::Data, "sum of the values, exact", ""),
    kind("var", "Variance", Digits::DataPlusOne, "square of the SD, exact", ""),
    kind("se", "SE", Digits::DataPlusOne, "standard error of the mean: SD / square root of N, exact", ""),
    kind("cv", "CV", Digits::Percent, "coefficient of variation: SD / |mean|, exact", ""),
    kind(
        "geometric_mean",
        "Geometric mean",
        Digits::DataPlusOne,
        "exponential of the mean of the logarithms; all values above 0",
        "",
    ),
    kind(
        "mad",
        "MAD",
        Digits::DataPlusOne,
        "1.4826 times the median distance from the median, exact",
        "Hampel 1974, doi:10.1080/01621459.1974.10482962",
    ),
    kind(
        "iqr",
        "IQR",
        Digits::Data,
        "p75 - p25, before rounding",
        "Hyndman & Fan 1996, doi:10.1080/00031305.1996.10473566",
    ),
    kind("min", "Min", Digits::Data, "least value, or earliest date", ""),
    kind("max", "Max", Digits::Data, "greatest value, or latest date", ""),
    kind(
        "mean.low",
        "Mean, lower limit",
        Digits::DataPlusOne,
        "lower limit of the t interval of the mean",
        "Student 1908, doi:10.1093/biomet/6.1.1",
    ),
    kind(
        "mean.high",
        "Mean, upper limit",
        Digits::DataPlusOne,
        "upper limit of the t interval of the mean",
        "Student 1908, doi:10.1093/biomet/6.1.1",
    ),
    kind(
        "median.low",
        "Median, lower limit",
        Digits::Data,
        "order statistic below the median",
        "Conover 1999, Practical Nonparametric Statistics, 3.2",
    ),
    kind(
        "median.high",
        "Median, upper limit",
        Digits::Data,
        "order statistic above the median",
        "Conover 1999, Practical Nonparametric Statistics, 3.2",
    ),
    kind("statistic", "Statistic", Digits::Two, "test statistic; see method", "see method"),
    kind(
        "parameter",
        "Degrees of freedom",
        Digits::Two,
        "degrees of freedom; of F those of the numerator",
        "see method",
    ),
    kind(
        "parameter2",
        "Degrees of freedom, denominator",
        Digits::Two,
        "degrees of freedom of the denominator of F",
        "see method",
    ),
    kind("p.value", "p", Digits::P, "two-sided p; see method", "see method"),
    kind(
        "p.min",
        "Smallest attainable p",
        Digits::P,
        "the least p an exact test of groups of these sizes can give",
        "see method",
    ),
    kind("p.adjusted", "Adjusted p", Digits::P, "p adjusted for the number of tests; see method", "see method"),
    kind(
        "smd",
        "SMD",
        Digits::Two,
        "absolute standardised mean difference",
        "Yang & Dalton 2012, SAS Global Forum, paper 335",
    ),
    kind("difference", "Difference", Digits::DataPlusOne, "mean of the first group less that of the second", ""),
    kind(
        "difference.low",
        "Difference, lower limit",
        Digits::DataPlusOne,
        "lower limit of the interval of the difference",
        "Welch 1947, doi:10.1093/biomet/34.1-2.28",
    ),
    kind(
        "difference.high",
        "Difference, upper limit",
        Digits::DataPlusOne,
        "upper limit of the interval of the difference",
        "Welch 1947, doi:10.1093/biomet/34.1-2.28",
    ),
    kind(
        "p.difference",
        "Difference of proportions",
        Digits::Percent,
        "p of the first group less that of the second, in [-1, 1]",
        "",
    ),
    kind(
        "p.difference.low",
        "Difference of proportions, lower limit",
        Digits::Percent,
        "lower limit of the interval of the difference",
        "Newcombe 1998, method 10",
    ),
    kind(
        "p.difference.high",
        "Difference of proportions, upper limit",
        Digits::Percent,
        "upper limit of the interval of the difference",
        "Newcombe 1998, method 10",
    ),
    kind("bound.low", "Lower bound", Digits::Percent, "n / N_obs: no case that is not reported has the level", ""),
    kind(
        "bound.high",
        "Upper bound",
        Digits::Percent,
        "(n + N_miss) / N_obs: all cases not reported have the level",
        "",
    ),
    kind("conf.low", "CI lower limit", Digits::Percent, "lower limit of the confidence interval of p", "see method"),
    kind("conf.high", "CI upper limit", Digits::Percent, "upper limit of the confidence interval of p", "see method"),
    kind(
        "n_items",
        "Items of all cases",
        Digits::Count,
        "pairs of a case and an item; each item counts once a case",
        "",
    ),
    kind(
        "n_combinations",
        "Different combinations",
        Digits::Count,
        "different sets of items, or sequences of lines",
        "",
    ),
    kind("n_levels", "Different levels", Digits::Count, "different levels", ""),
    kind("n_treated", "Treated", Digits::Count, "cases with a line in question", ""),
    kind("n_evaluable", "Evaluable", Digits::Count, "treated cases with a line of known response", ""),
    kind(
        "n_responders",
        "Responders",
        Digits::Count,
        "treated cases with a complete, partial or improved response",
        "",
    ),
    kind(
        "n_confirmed",
        "Confirmed responders",
        Digits::Count,
        "responders with a line neither unconfirmed nor transient",
        "",
    ),
    kind("n_complete", "Complete responders", Digits::Count, "responders with a complete response", ""),
    kind(
        "n_combination",
        "Treated only in combination",
        Digits::Count,
        "treated cases none of whose lines holds this agent or class alone",
        "",
    ),
    kind(
        "n_responders_combination",
        "Responders only in combination",
        Digits::Count,
        "responders none of whose responding lines holds this agent or class alone",
        "",
    ),
    kind("n_relapsed", "Relapsed", Digits::Count, "treated cases with a relapse, an event beside the response", ""),
    kind("n_untreated", "Untreated", Digits::Count, "cases that had no treatment", ""),
    kind("n_lines", "Treatment lines", Digits::Count, "lines of all cases", ""),
];

/// Any percentile: `p10`.
const PERCENTILE: Kind = kind(
    "percentile",
    "Percentile",
    Digits::Data,
    "quantile of so many hundredths",
    "Hyndman & Fan 1996, doi:10.1080/00031305.1996.10473566",
);

/// The kind of a name; a name that is not in the table prints as a count.
pub fn statistic(name: &str) -> Kind {
    let found = STATISTICS.iter().find(|kind| kind.name == name).copied();
    let found = found.or_else(|| percentile(name).map(|_| PERCENTILE));
    found.unwrap_or(kind("?", "?", Digits::Count, "", ""))
}

/// The percentile of a name, `p1` to `p99`: the name as results hold it, and the probability.
pub fn percentile(name: &str) -> Option<(&'static str, Probability)> {
    let (known, hundredths) = PERCENTILES.iter().zip(1..).find(|(known, _)| **known == name)?;
    Some((known, Probability::new(hundredths, 100)?))
}

/// The names of the percentiles 1 to 99.
const PERCENTILES: [&str; 99] = [
    "p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8", "p9", "p10", "p11", "p12", "p13", "p14", "p15", "p16", "p17",
    "p18", "p19", "p20", "p21", "p22", "p23", "p24", "p25", "p26", "p27", "p28", "p29", "p30", "p31", "p32", "p33",
    "p34", "p35", "p36", "p37", "p38", "p39", "p40", "p41", "p42", "p43", "p44", "p45", "p46", "p47", "p48", "p49",
    "p50", "p51", "p52", "p53", "p54", "p55", "p56", "p57", "p58", "p59", "p60", "p61", "p62", "p63", "p64", "p65",
    "p66", "p67", "p68", "p69", "p70", "p71", "p72", "p73", "p74", "p75", "p76", "p77", "p78", "p79", "p80", "p81",
    "p82", "p83", "p84", "p85", "p86", "p87", "p88", "p89", "p90", "p91", "p92", "p93", "p94", "p95", "p96", "p97",
    "p98", "p99",
];

#[cfg(test)]
mod tests {
    use super::{Digits, STATISTICS, percentile, statistic};
    use crate::stats::quantile::Probability;

    #[test]
    fn every_name_stands_once() {
        for (number, kind) in STATISTICS.iter().enumerate() {
            assert!(STATISTICS.iter().skip(number + 1).all(|other| other.name != kind.name), "{}", kind.name);
        }
    }

    #[test]
    fn every_whole_percentile_has_a_name() {
        for hundredths in 1..=99 {
            let name = format!("p{hundredths}");
            assert_eq!(percentile(&name).map(|(known, p)| (known.to_owned(), Some(p))), {
                Some((name.clone(), Probability::new(hundredths, 100)))
            });
            assert_eq!(statistic(&name).digits, Digits::Data);
        }
        assert!(["p0", "p100", "p05", "p", "p2.5", "P10"].iter().all(|name| percentile(name).is_none()));
    }
}
