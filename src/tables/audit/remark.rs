//! The remarks on a verdict as sentences.

use super::named;
use crate::check::claims::VerdictRemark;
use crate::decimal::{Exact, Rounding};
use crate::tally::counts::NamedCases;
use num_rational::BigRational;

/// One sentence without its full stop.
pub fn sentence(remark: &VerdictRemark) -> String {
    match remark {
        VerdictRemark::NotReported(cases) => format!("not reported in {}", named(cases)),
        VerdictRemark::OfReported(n) => format!("true of {}", reporting(*n)),
        VerdictRemark::Rounding(modes) => format!("{modes} gives the printed number; rounding to the nearest does not"),
        VerdictRemark::DropsMissing(n) => format!("the percentage is of {}", reporting(*n)),
        VerdictRemark::OfOthers(least, most) if least == most => format!("the percentage fits {least} cases"),
        VerdictRemark::OfOthers(least, most) => format!("the percentage fits {least} to {most} cases"),
        VerdictRemark::Quantile(kind) => format!("{kind} gives the printed number"),
        VerdictRemark::PopulationSd => "the SD with divisor N gives the printed number".to_owned(),
        VerdictRemark::NeedsFraction(judgement, cases) => {
            let are_not_whole = if cases.cases == 1 { "is not a whole number" } else { "are not whole numbers" };
            format!("{}; the value of {} {are_not_whole}", judgement.sentence, named(cases))
        }
        VerdictRemark::NeedsMissing(ends) => {
            let (low, high) = (two_decimals(&ends.0), two_decimals(&ends.1));
            format!("the mean of the values not reported would have to be {low} to {high}")
        }
        VerdictRemark::SdWithMean(least, most) => {
            let most = most.as_ref().map(|most| format!(" and at most {}", most.rounded(2)));
            format!("with the printed mean the SD is at least {}{}", least.rounded(2), most.unwrap_or_default())
        }
        VerdictRemark::NotEstimable(reason) => format!("not estimable from the records: {reason}"),
        VerdictRemark::Denominator(printed, given) => {
            format!("the printed denominator is {printed}; the records give {given}")
        }
        VerdictRemark::Named(wrong, missed) => names(wrong, missed),
        VerdictRemark::Converted(printed, own, factor) => {
            format!("printed in {printed}; the records, in {own}, were multiplied by {factor}")
        }
        VerdictRemark::Unfit(why) => why.clone(),
        VerdictRemark::GivenBy(methods) => format!("given by {}", methods.join(" and by ")),
        VerdictRemark::Methods(given) => {
            let number = |value: &Exact| value.rounded_to_significant(3, Rounding::HalfUp);
            let ends = |ends: &(Exact, Exact)| format!(" ({} to {})", number(&ends.0), number(&ends.1));
            let each = given.iter().map(|of| {
                let interval = of.interval.as_ref().map_or_else(String::new, ends);
                format!("{} gives {}{interval}", of.name, number(&of.value))
            });
            each.collect::<Vec<_>>().join("; ")
        }
        VerdictRemark::IntervalBy(methods) => format!("the interval is given by {}", methods.join(" and by ")),
        VerdictRemark::Intervals(given) => {
            let each = given
                .iter()
                .map(|(method, low, high)| format!("{method} gives {} to {} %", low.rounded(1), high.rounded(1)));
            format!("no method in use gives the interval: {}", each.collect::<Vec<_>>().join("; "))
        }
        VerdictRemark::InLowestTerms(n, of) => format!("the share of {n} of {of} in lowest terms"),
        VerdictRemark::Doubtful(1) => "it depends on 1 cell that was not understood".to_owned(),
        VerdictRemark::Doubtful(cells) => format!("it depends on {cells} cells that were not understood"),
        VerdictRemark::Elsewhere(ids) => format!("printed differently in {}", ids.join(", ")),
    }
}

/// `the 4 cases that report it`.
fn reporting(n: u64) -> String {
    if n == 1 { "the 1 case that reports it".to_owned() } else { format!("the {n} cases that report it") }
}

fn names(wrong: &[String], missed: &NamedCases) -> String {
    let wrong = (!wrong.is_empty()).then(|| format!("not met in {}", wrong.join(", ")));
    let missed = (missed.cases > 0).then(|| match missed.first.is_empty() {
        true => format!("also met in {} more", missed.cases),
        false => format!("also met in {}", named(missed)),
    });
    wrong.into_iter().chain(missed).collect::<Vec<_>>().join("; ")
}

fn two_decimals(value: &BigRational) -> String {
    Exact::Ratio(value.clone()).rounded(2)
}
