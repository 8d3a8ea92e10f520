//! A printed number against a statistic of the records, through the interval of its digits.

use super::missing::{self, in_units, probability};
use super::records::Records;
use super::verdict::{Remark, Verdict};
use crate::analyze::results::{Statistic, Value};
use crate::analyze::selector::Selector;
use crate::analyze::statistic::{Digits, statistic};
use crate::check::arithmetic::rounding::{Modes, agrees};
use crate::check::printed::{Figure, Printed};
use crate::decimal::Exact;
use crate::schema::lexical::Comparator;
use crate::stats::moments::Moments;
use crate::stats::quantile::{QuantileType, quantile};
use num_bigint::BigInt;
use num_rational::BigRational;

/// A figure that is printed of a statistic.
pub(super) struct Compared<'a> {
    pub selector: &'a Selector,
    pub row: &'a Statistic,
    pub figure: Figure,
    /// The figure is a percentage.
    pub is_percent: bool,
}

impl Compared<'_> {
    /// The verdict on the figure.
    pub fn verdict(&self, records: &Records<'_>) -> (Verdict, Vec<Remark>) {
        let modes = match self.modes() {
            Ok(modes) => modes,
            Err(reason) => return self.no_answer(reason),
        };
        if modes.is_nearest() {
            return (Verdict::Agrees, Vec::new());
        }
        let mut remarks: Vec<Remark> = self.cause(records, modes).into_iter().collect();
        let (verdict, more) = missing::leaves_open(self.selector, self.row, self.figure, records);
        remarks.extend(more);
        (verdict, remarks)
    }

    /// The ways of rounding that print the value as the figure; else why there is no value.
    fn modes(&self) -> Result<Modes, String> {
        let of =
            |value: &Exact| agrees(&if self.is_percent { value.times(&hundred()) } else { value.clone() }, self.figure);
        match &self.row.value {
            Value::Count(n) => Ok(of(&Exact::from_u64(*n))),
            Value::Exact(value) => Ok(of(value)),
            Value::Real(value) => Ok(Exact::from_f64(*value).map_or_else(Modes::default, |value| of(&value))),
            Value::NotEstimable(reason) => Err(reason.clone()),
            Value::Censored(comparator, bound) => {
                Err(format!("it is known only to be {} {}", comparator.sign(), bound.to_f64()))
            }
            Value::Date(date) => Ok(Modes::that(|_| self.figure.to_string() == *date)),
            Value::Masked => Err("masked".to_owned()),
        }
    }

    /// No value, as there is none reported, or as some value is only known to lie beyond a bound.
    fn no_answer(&self, reason: String) -> (Verdict, Vec<Remark>) {
        let is_silent = matches!(&self.row.value, Value::NotEstimable(_)) && reason.starts_with("no ");
        let is_silent = is_silent || reason.starts_with("not reported");
        let verdict = if is_silent { Verdict::Undetermined } else { Verdict::Contradicts };
        (verdict, vec![Remark::NotEstimable(reason)])
    }

    /// What is known to make a number come out differently.
    fn cause(&self, records: &Records<'_>, modes: Modes) -> Option<Remark> {
        if !modes.is_empty() {
            return Some(Remark::Rounding(modes));
        }
        let distribution = records.distribution(self.selector)?;
        let is_printed = |value: BigRational| agrees(&Exact::Ratio(value), self.figure).is_nearest();
        if let Some(p) = probability(self.row.name) {
            let of_type = |kind: &QuantileType| {
                let found = quantile(&distribution.points, p, *kind);
                found.is_some_and(|value| is_printed(in_units(value, &distribution)))
            };
            let others = (1..=9).filter_map(QuantileType::new).filter(|kind| *kind != records.options.quantile);
            return others.into_iter().find(of_type).map(Remark::Quantile);
        }
        if self.row.name == "sd" {
            let sd = Moments::of(&distribution.points, distribution.denominator).population_sd()?;
            return agrees(&sd, self.figure).is_nearest().then_some(Remark::PopulationSd);
        }
        None
    }
}

fn hundred() -> BigRational {
    BigRational::from_integer(BigInt::from(100))
}

/// The verdict on a value that is printed as a bound: `>1280`.
pub(super) fn bound(row: &Statistic, comparator: Comparator, figure: Figure) -> Verdict {
    match &row.value {
        Value::Censored(given, bound) if *given == comparator && agrees(bound, figure).is_nearest() => Verdict::Agrees,
        Value::Exact(Exact::Ratio(value)) if lies(value, comparator, &figure.value()) => Verdict::Agrees,
        Value::Real(value) => {
            let value = Exact::from_f64(*value);
            let holds = matches!(&value, Some(Exact::Ratio(value)) if lies(value, comparator, &figure.value()));
            if holds { Verdict::Agrees } else { Verdict::Contradicts }
        }
        _ => Verdict::Contradicts,
    }
}

fn lies(value: &BigRational, comparator: Comparator, bound: &BigRational) -> bool {
    match comparator {
        Comparator::Below => value < bound,
        Comparator::AtMost => value <= bound,
        Comparator::Above => value > bound,
        Comparator::AtLeast => value >= bound,
    }
}

/// The figures that a text prints, each with the name of its statistic; several sets where the text
/// does not say which it is: a range or the quartiles.
pub(super) fn figures(printed: &Printed, selected: Option<&'static str>) -> Vec<Vec<(&'static str, Figure)>> {
    let ends = |low: Figure, high: Figure, first: Option<(&'static str, Figure)>| {
        let of = |names: [&'static str; 2]| first.into_iter().chain(names.into_iter().zip([low, high])).collect();
        vec![of(["min", "max"]), of(["p25", "p75"])]
    };
    match *printed {
        Printed::MeanSd { mean, sd } => vec![vec![("mean", mean), ("sd", sd)]],
        Printed::Interval { low, high } => ends(low, high, None),
        Printed::WithInterval { value, low, high } => ends(low, high, Some((selected.unwrap_or("median"), value))),
        _ => Vec::new(),
    }
}

/// True for a statistic that is a share, and printed as a percentage.
pub(super) fn is_share(name: &str) -> bool {
    statistic(name).digits == Digits::Percent
}
