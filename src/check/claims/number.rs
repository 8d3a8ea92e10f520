//! Compares a printed number with a statistic of the records, through the interval of its digits.

use super::count::whole;
use super::missing::{self, in_units, probability};
use super::records::ClaimEvidence;
use super::verdict::{Verdict, VerdictRemark};
use crate::analyze::reason::Reason;
use crate::analyze::results::{ResultRow, Value};
use crate::analyze::selector::Selector;
use crate::analyze::statistic::{Digits, Statistic};
use crate::check::arithmetic::rounding::{Modes, RoundingInterval, agrees};
use crate::check::printed::{BoundedFigure, Figure, Printed, PrintedRange, Spread};
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
    pub fn verdict(&self, records: &ClaimEvidence<'_>) -> (Verdict, Vec<VerdictRemark>) {
        let Some(modes) = self.modes() else { return self.no_answer(records) };
        if modes.is_nearest() {
            return (Verdict::Agrees, Vec::new());
        }
        let mut remarks: Vec<VerdictRemark> = self.cause(records, modes).into_iter().collect();
        let (verdict, more) = missing::leaves_open(self.selector, self.row, self.figure, records);
        remarks.extend(more);
        (verdict, remarks)
    }

    /// True where the value is printed as the figure.
    pub fn is_nearest(&self) -> bool {
        self.modes().is_some_and(Modes::is_nearest)
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
    fn no_answer(&self, records: &ClaimEvidence<'_>) -> (Verdict, Vec<VerdictRemark>) {
        let reason = match &self.row.value {
            Value::Censored(comparator, bound) => {
                format!("it is known only to be {} {}", comparator.sign(), bound.to_f64())
            }
            Value::NotEstimable(reason) => reason.to_string(),
            _ => "masked".to_owned(),
        };
        let verdict = match &self.row.value {
            Value::Masked => Verdict::Undetermined,
            Value::NotEstimable(reason) if reason.is_open_response() => self.within(reason),
            Value::NotEstimable(reason) if reason.is_silence() => Verdict::Undetermined,
            _ => missing::leaves_open(self.selector, self.row, self.figure, records).0,
        };
        (verdict, vec![VerdictRemark::NotEstimable(reason)])
    }

    /// The verdict where responses are open: undetermined within their bounds, which an interval has none of.
    #[expect(clippy::arithmetic_side_effects, reason = "fractions of any size do not overflow; no divisor is 0")]
    fn within(&self, reason: &Reason) -> Verdict {
        let share = |(n, of): (u64, u64)| (of > 0).then(|| BigRational::new(n.into(), of.into()));
        let (low, high) = match *reason {
            Reason::OpenCount { low, high } => (Some(whole(low)), Some(whole(high))),
            Reason::OpenRate { low, high } if self.row.statistic == Statistic::Proportion => (share(low), share(high)),
            _ => return Verdict::Undetermined,
        };
        let printed = RoundingInterval::nearest(self.figure);
        let scale = if self.is_percent { hundred() } else { whole(1) };
        let is_above = low.is_some_and(|low| printed.high < low * &scale);
        let is_below = high.is_some_and(|high| printed.low > high * &scale);
        if is_above || is_below { Verdict::Contradicts } else { Verdict::Undetermined }
    }

    /// A known reason for a different number.
    fn cause(&self, records: &ClaimEvidence<'_>, modes: Modes) -> Option<VerdictRemark> {
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
    records: &ClaimEvidence<'_>,
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

/// One of several figures that are printed together.
#[derive(Debug, Clone, Copy)]
pub(super) struct NamedFigure {
    pub statistic: Statistic,
    pub printed: BoundedFigure,
    pub is_percent: bool,
}

impl NamedFigure {
    pub fn new(statistic: Statistic, printed: impl Into<BoundedFigure>) -> NamedFigure {
        NamedFigure { statistic, printed: printed.into(), is_percent: false }
    }

    pub fn percent(statistic: Statistic, figure: Figure) -> NamedFigure {
        NamedFigure { is_percent: true, ..NamedFigure::new(statistic, figure) }
    }
}

/// The printed figures, each with the name of its statistic. Several sets where the text allows several: a range or
/// the quartiles, unless the text names them.
pub(super) fn figures(printed: &Printed, selected: Option<Statistic>) -> Vec<Vec<NamedFigure>> {
    let ends = |low: BoundedFigure, high: BoundedFigure, spread: Spread, first: Option<BoundedFigure>| {
        let of = |(centre, names): (Statistic, [Statistic; 2])| {
            let value = first.map(|value| NamedFigure::new(selected.unwrap_or(centre), value));
            let ends = names.into_iter().zip([low, high]).map(|(name, end)| NamedFigure::new(name, end));
            value.into_iter().chain(ends).collect()
        };
        pairs(spread, selected).into_iter().map(of).collect()
    };
    let two = |one: Statistic, first: Figure, other: Statistic, second: Figure| {
        vec![vec![NamedFigure::new(one, first), NamedFigure::new(other, second)]]
    };
    match *printed {
        Printed::MeanSd { mean, sd } => two(Statistic::Mean, mean, Statistic::Sd, sd),
        Printed::MeanSe { mean, se } => two(Statistic::Mean, mean, Statistic::StandardError, se),
        Printed::Interval(PrintedRange { low, high, spread }) => ends(low.into(), high.into(), spread, None),
        Printed::WithInterval { value, ends: around } if selected == Some(Statistic::Proportion) => {
            share_with_ends(value, around)
        }
        Printed::WithInterval { value, ends: PrintedRange { low, high, spread } } => {
            ends(low.into(), high.into(), spread, Some(value.into()))
        }
        Printed::WithTwoIntervals { value, both: (first, second) } => {
            let firsts: Vec<Vec<NamedFigure>> =
                ends(first.low.into(), first.high.into(), first.spread, Some(value.into()));
            let seconds: Vec<Vec<NamedFigure>> = ends(second.low.into(), second.high.into(), second.spread, None);
            let all =
                firsts.iter().flat_map(|one| seconds.iter().map(move |other| [one.clone(), other.clone()].concat()));
            all.collect()
        }
        Printed::WithBounds { value, low, high } => ends(low, high, Spread::Unnamed, Some(value)),
        Printed::Number(_)
        | Printed::Percent(_)
        | Printed::PercentInterval(_)
        | Printed::PercentWithInterval { .. }
        | Printed::OfN { .. }
        | Printed::CountPercent { .. }
        | Printed::Ratio { .. }
        | Printed::Censored { .. }
        | Printed::All
        | Printed::AllBut(_)
        | Printed::None => Vec::new(),
    }
}

/// The statistics that two printed ends can be, each pair with what stands before it where none is selected.
fn pairs(spread: Spread, selected: Option<Statistic>) -> Vec<(Statistic, [Statistic; 2])> {
    let range = (Statistic::MEDIAN, [Statistic::Min, Statistic::Max]);
    // `28.1 (range 7-59)` of a variable may be its mean; where a statistic is selected, that is the number before the ends.
    let range_of_mean = selected.is_none().then_some((Statistic::Mean, [Statistic::Min, Statistic::Max]));
    let quartiles = (Statistic::MEDIAN, [Statistic::P25, Statistic::P75]);
    let of_mean = (Statistic::Mean, [Statistic::MeanLow, Statistic::MeanHigh]);
    let of_median = (Statistic::MEDIAN, [Statistic::MedianLow, Statistic::MedianHigh]);
    let confidence = match selected {
        Some(Statistic::ConfLow | Statistic::ConfHigh) => {
            return vec![(Statistic::Proportion, [Statistic::ConfLow, Statistic::ConfHigh])];
        }
        Some(Statistic::InterquartileRange) => return vec![quartiles],
        Some(Statistic::Mean | Statistic::MeanLow | Statistic::MeanHigh) => vec![of_mean],
        Some(Statistic::MEDIAN | Statistic::MedianLow | Statistic::MedianHigh) => vec![of_median],
        None => vec![of_mean, of_median],
        Some(_) => Vec::new(),
    };
    match spread {
        Spread::Range => [range].into_iter().chain(range_of_mean).collect(),
        Spread::Quartiles => vec![quartiles],
        Spread::Confidence(_) => confidence,
        // Without a name it may be any of them. What dates do not have is left out where they are looked up.
        Spread::Unnamed => [range, quartiles].into_iter().chain(range_of_mean).chain(confidence).collect(),
    }
}

/// `58 (39-76)` for a proportion is in percent, `0.58 (0.39-0.76)` is not.
fn share_with_ends(value: Figure, ends: PrintedRange) -> Vec<Vec<NamedFigure>> {
    let is_percent = ends.high.value() > whole(1);
    let of = |statistic, figure| NamedFigure { is_percent, ..NamedFigure::new(statistic, figure) };
    vec![vec![of(Statistic::Proportion, value), of(Statistic::ConfLow, ends.low), of(Statistic::ConfHigh, ends.high)]]
}

/// A mean and an SD that are printed together.
pub(super) fn mean_and_sd(set: &[NamedFigure]) -> Option<(Figure, Figure)> {
    let [mean, sd] = set else { return None };
    let is_form = (mean.statistic, sd.statistic) == (Statistic::Mean, Statistic::Sd);
    is_form.then_some((mean.printed.figure, sd.printed.figure))
}

/// The count, the denominator and the percentage of a share; none for another text.
pub(super) fn share_figures(printed: &Printed) -> Vec<NamedFigure> {
    let count = |statistic, n| NamedFigure::new(statistic, Figure::of_count(n));
    let share = |percent| NamedFigure::percent(Statistic::Proportion, percent);
    match *printed {
        Printed::OfN { n, of, percent, .. } => {
            let counts = [count(Statistic::Cases, n), count(Statistic::N, of)];
            counts.into_iter().chain(percent.map(share)).collect()
        }
        Printed::CountPercent { n, percent } => vec![count(Statistic::Cases, n), share(percent)],
        Printed::PercentWithInterval { percent, .. } => vec![share(percent)],
        _ => Vec::new(),
    }
}

/// True for a proportion, which is printed as a percentage.
pub(super) fn is_share(statistic: Statistic) -> bool {
    statistic.digits() == Digits::Percent
}
