//! Compares a printed number with a statistic of the records, through the interval of its digits.

use super::count::whole;
use super::missing::{self, in_units, probability};
use super::records::Records;
use super::verdict::{Verdict, VerdictRemark};
use crate::analyze::results::{ResultRow, Value};
use crate::analyze::selector::Selector;
use crate::analyze::statistic::{Digits, Statistic};
use crate::check::arithmetic::rounding::{Modes, agrees};
use crate::check::printed::{Figure, Printed};
use crate::decimal::Exact;
use crate::schema::lexical::Comparator;
use crate::stats::moments::Moments;
use crate::stats::quantile::{OrderStatistics, QuantileType, ranks};
use crate::words::Word;
use num_bigint::BigInt;
use num_rational::BigRational;

/// A figure printed for a statistic.
pub(super) struct FigureCheck<'a> {
    pub selector: &'a Selector,
    pub row: &'a ResultRow,
    pub figure: Figure,
    /// The figure is a percentage.
    pub is_percent: bool,
}

impl FigureCheck<'_> {
    /// The verdict on the figure.
    pub fn verdict(&self, records: &Records<'_>) -> (Verdict, Vec<VerdictRemark>) {
        let Some(modes) = self.modes() else { return self.no_answer(records) };
        if modes.is_nearest() {
            return (Verdict::Agrees, Vec::new());
        }
        let mut remarks: Vec<VerdictRemark> = self.cause(records, modes).into_iter().collect();
        let (verdict, more) = missing::leaves_open(self.selector, self.row, self.figure, records);
        remarks.extend(more);
        (verdict, remarks)
    }

    /// The ways of rounding that print the value as the figure. Error: why there is no value.
    fn modes(&self) -> Option<Modes> {
        let of =
            |value: &Exact| agrees(&if self.is_percent { value.times(&hundred()) } else { value.clone() }, self.figure);
        match &self.row.value {
            Value::Count(n) => Some(of(&Exact::from_u64(*n))),
            Value::Exact(value) => Some(of(value)),
            Value::Real(value) => Some(Exact::from_f64(*value).map_or_else(Modes::default, |value| of(&value))),
            Value::NotEstimable(_) | Value::Censored(..) | Value::Masked => None,
            Value::Date(date) => Some(Modes::that(|_| self.figure.to_string() == *date)),
        }
    }

    /// The verdict without a value: undetermined where missing, censored or masked values could explain the figure.
    fn no_answer(&self, records: &Records<'_>) -> (Verdict, Vec<VerdictRemark>) {
        let reason = match &self.row.value {
            Value::Censored(comparator, bound) => {
                format!("it is known only to be {} {}", comparator.sign(), bound.to_f64())
            }
            Value::NotEstimable(reason) => reason.to_string(),
            _ => "masked".to_owned(),
        };
        let verdict = match &self.row.value {
            Value::Masked => Verdict::Undetermined,
            Value::NotEstimable(reason) if reason.is_silence() => Verdict::Undetermined,
            _ => missing::leaves_open(self.selector, self.row, self.figure, records).0,
        };
        (verdict, vec![VerdictRemark::NotEstimable(reason)])
    }

    /// A known reason for a different number.
    fn cause(&self, records: &Records<'_>, modes: Modes) -> Option<VerdictRemark> {
        if !modes.is_empty() {
            return Some(VerdictRemark::Rounding(modes));
        }
        let distribution = records.distribution(self.selector)?;
        let is_printed = |value: BigRational| agrees(&Exact::Ratio(value), self.figure).is_nearest();
        if let Some(p) = probability(self.row.statistic) {
            let n = u128::from(distribution.n());
            let others = || QuantileType::EVERY.iter().filter(|kind| **kind != records.options.quantile);
            let looked_up = others().flat_map(|kind| ranks(n, p, *kind)).collect();
            let order = OrderStatistics::of(distribution.points(), n, looked_up);
            let of_type = |kind: &&QuantileType| {
                order.quantile(p, **kind).is_some_and(|value| is_printed(in_units(value, &distribution)))
            };
            return others().find(of_type).copied().map(VerdictRemark::Quantile);
        }
        if self.row.statistic == Statistic::Sd {
            let sd = Moments::of(distribution.points(), distribution.denominator).population_sd()?;
            return agrees(&sd, self.figure).is_nearest().then_some(VerdictRemark::PopulationSd);
        }
        None
    }
}

fn hundred() -> BigRational {
    BigRational::from_integer(BigInt::from(100))
}

/// A value as a fraction; a root is replaced by its nearest double.
pub(super) fn ratio(value: &Value) -> Option<BigRational> {
    let of_double = |value: f64| match Exact::from_f64(value)? {
        Exact::Ratio(value) => Some(value),
        Exact::Root(_) => None,
    };
    match value {
        Value::Count(n) => Some(whole(*n)),
        Value::Exact(Exact::Ratio(value)) => Some(value.clone()),
        Value::Exact(root) => of_double(root.to_f64()),
        Value::Real(value) => of_double(*value),
        _ => None,
    }
}

/// The verdict on a printed bound such as `>1280`; undetermined where missing values could explain it.
pub(super) fn bound(
    selector: &Selector,
    row: &ResultRow,
    (sign, figure): (Comparator, Figure),
    records: &Records<'_>,
) -> Verdict {
    let value = match &row.value {
        Value::Censored(given, bound) => {
            let is_same = *given == sign && agrees(bound, figure).is_nearest();
            return if is_same { Verdict::Agrees } else { Verdict::Undetermined };
        }
        Value::Date(_) => return Verdict::Contradicts,
        Value::Masked | Value::NotEstimable(_) => return Verdict::Undetermined,
        known => ratio(known),
    };
    let is_open = !matches!(row.value, Value::Count(_)) && missing::values(selector, records) > 0;
    match value {
        Some(value) if lies(&value, sign, &figure.value()) => Verdict::Agrees,
        _ if is_open => Verdict::Undetermined,
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

/// The printed figures, each with the name of its statistic. Several sets where the text allows
/// several: a range or the quartiles.
pub(super) fn figures(printed: &Printed, selected: Option<Statistic>) -> Vec<Vec<(Statistic, Figure)>> {
    let ends = |low: Figure, high: Figure, first: Option<(Statistic, Figure)>| {
        let of = |names: [Statistic; 2]| first.into_iter().chain(names.into_iter().zip([low, high])).collect();
        vec![of([Statistic::Min, Statistic::Max]), of([Statistic::P25, Statistic::P75])]
    };
    match *printed {
        Printed::MeanSd { mean, sd } => vec![vec![(Statistic::Mean, mean), (Statistic::Sd, sd)]],
        Printed::Interval { low, high } => ends(low, high, None),
        Printed::WithInterval { value, low, high } => {
            ends(low, high, Some((selected.unwrap_or(Statistic::MEDIAN), value)))
        }
        _ => Vec::new(),
    }
}

/// True for a proportion, which is printed as a percentage.
pub(super) fn is_share(statistic: Statistic) -> bool {
    statistic.digits() == Digits::Percent
}
