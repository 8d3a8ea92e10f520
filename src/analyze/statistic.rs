//! The one table of statistics: name, label, digits, formula and source of each.

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
pub const STATISTICS: [Kind; 30] = [
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
    kind("min", "Min", Digits::Data, "least value, or earliest date", ""),
    kind("max", "Max", Digits::Data, "greatest value, or latest date", ""),
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

/// The kind of a name; a name that is not in the table prints as a count.
pub fn statistic(name: &str) -> Kind {
    let found = STATISTICS.iter().find(|kind| kind.name == name).copied();
    found.unwrap_or(kind("?", "?", Digits::Count, "", ""))
}

#[cfg(test)]
mod tests {
    use super::STATISTICS;

    #[test]
    fn every_name_stands_once() {
        for (number, kind) in STATISTICS.iter().enumerate() {
            assert!(STATISTICS.iter().skip(number + 1).all(|other| other.name != kind.name), "{}", kind.name);
        }
    }
}
