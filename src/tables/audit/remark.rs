//! What else must be said of a verdict, in words.

use super::named;
use crate::check::claims::Remark;
use crate::decimal::Exact;
use crate::tally::counts::NamedCases;
use num_rational::BigRational;

/// One sentence without its full stop.
pub fn sentence(remark: &Remark) -> String {
    match remark {
        Remark::NotReported(cases) => format!("not reported in {}", named(cases)),
        Remark::OfReported(n) => format!("it holds of the {n} in which it is reported"),
        Remark::Rounding(modes) => format!("{modes} would print this; rounding to the nearest does not"),
        Remark::DropsMissing(n) => format!("it is the percentage of the {n} in which it is reported"),
        Remark::OfOthers(least, most) if least == most => format!("it would be the percentage of {least} cases"),
        Remark::OfOthers(least, most) => format!("it would be the percentage of {least} to {most} cases"),
        Remark::Quantile(kind) => format!("{kind} gives it"),
        Remark::PopulationSd => "the SD with the divisor N gives it".to_owned(),
        Remark::NeedsFraction(judgement, cases) => {
            let are = if cases.cases == 1 { "is no whole number" } else { "are no whole numbers" };
            format!("{}; the value of {} {are}", judgement.sentence, named(cases))
        }
        Remark::NeedsMissing(ends) => {
            let (low, high) = (two_decimals(&ends.0), two_decimals(&ends.1));
            format!("the values not reported would need a mean of {low} to {high}")
        }
        Remark::NotEstimable(reason) => format!("the records have no answer: {reason}"),
        Remark::Denominator(printed, given) => format!("it is printed of {printed}, and there are {given}"),
        Remark::Named(wrong, missed) => names(wrong, missed),
        Remark::Elsewhere(ids) => format!("the report says otherwise in {}", ids.join(", ")),
    }
}

fn names(wrong: &[String], missed: &NamedCases) -> String {
    let wrong = (!wrong.is_empty()).then(|| format!("not so in {}", wrong.join(", ")));
    let missed = (missed.cases > 0).then(|| match missed.first.is_empty() {
        true => format!("so too in {} more", missed.cases),
        false => format!("so too in {}", named(missed)),
    });
    wrong.into_iter().chain(missed).collect::<Vec<_>>().join("; ")
}

fn two_decimals(value: &BigRational) -> String {
    Exact::Ratio(value.clone()).rounded(2)
}
