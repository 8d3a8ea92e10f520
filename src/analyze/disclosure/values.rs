//! The values of a variable in each column of the results, and what is shown of them beside their moments.

use super::alternatives::{KnownOfValues, LatticeValues, Pin};
use super::view::SumColumn;
use crate::analyze::results::Group;
use crate::analyze::statistic::{Discloses, Statistic};
use crate::analyze::tabulate::per_case;
use crate::analyze::{Options, group};
use crate::schema::Variable;
use crate::stats::median_interval::median_interval;
use crate::stats::quantile::{Probability, QuantileType, ranks};
use crate::tally::counts::Distribution;
use crate::tally::{Cohort, CohortGroup, Counts};
use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::ToPrimitive;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Where the values of each variable are found.
pub(super) struct ValueSource<'a> {
    cohort: &'a Cohort,
    options: &'a Options,
    /// All cases, then each group.
    columns: Vec<Option<&'a CohortGroup>>,
}

/// The values of one variable.
pub(super) struct VariableValues {
    columns: Vec<ColumnValues>,
    known: KnownOfValues,
    k: u64,
}

/// The values of one column.
enum ColumnValues {
    /// No moment is shown, because some are not known.
    Unknown,
    /// All of them, with the ranks whose values are shown.
    Known(LatticeValues, Vec<u64>),
    /// They lie on no lattice that the program can compute with.
    Other,
}

impl<'a> ValueSource<'a> {
    /// The values behind these columns.
    pub fn new(columns: &[Option<Arc<Group>>], cohort: &'a Cohort, options: &'a Options) -> ValueSource<'a> {
        let groups: FxHashMap<Arc<Group>, &CohortGroup> = group::ordered(cohort, options).into_iter().collect();
        let columns =
            columns.iter().map(|column| column.as_ref().and_then(|group| groups.get(group).copied())).collect();
        ValueSource { cohort, options, columns }
    }

    /// The values of a variable; none where it has no moments, as a category has not.
    pub fn of(&self, variable: &str, k: u64) -> Option<VariableValues> {
        let (number, column) =
            self.cohort.variables.iter().enumerate().find(|(_, column)| column.variable.name == variable)?;
        let all = distribution(&column.counts)?;
        let lattice = Lattice::of(&all);
        let of_group = |group: &CohortGroup| group.columns.get(number).and_then(|(counts, _)| distribution(counts));
        let columns = self.columns.iter().enumerate().map(|(at, group)| {
            let own = if at == 0 { Some(all.clone()) } else { group.and_then(of_group) };
            own.map_or(ColumnValues::Other, |own| self.column(&own, lattice.as_ref(), &column.variable, k))
        });
        let known = lattice.as_ref().map_or_else(KnownOfValues::default, |lattice| KnownOfValues {
            greatest: lattice.greatest,
            fences: if column.ranges.is_some() { lattice.fences(&column.variable) } else { Vec::new() },
            pins: Vec::new(),
        });
        Some(VariableValues { columns: columns.collect(), known, k })
    }

    fn column(&self, own: &Distribution, lattice: Option<&Lattice>, variable: &Variable, k: u64) -> ColumnValues {
        if own.n_censored() + own.too_large > 0 {
            return ColumnValues::Unknown;
        }
        match lattice.and_then(|lattice| lattice.values(own)) {
            Some(values) => ColumnValues::Known(values, self.shown_ranks(own.n(), variable, k)),
            None => ColumnValues::Other,
        }
    }

    /// The ranks whose values are shown in some way, those of quantiles with enough values on either side.
    fn shown_ranks(&self, n: u64, variable: &Variable, k: u64) -> Vec<u64> {
        let kind = if variable.reading.is_of_titres { QuantileType::OBSERVED } else { self.options.quantile };
        let quartiles =
            [(25, Probability::FIRST_QUARTILE), (50, Probability::MEDIAN), (75, Probability::THIRD_QUARTILE)];
        let requested =
            self.options.on_request.iter().filter_map(|statistic| match (statistic, statistic.discloses()) {
                (Statistic::Percentile(percentile), Discloses::Quantile(side)) => {
                    Some((side, percentile.probability()))
                }
                _ => None,
            });
        let is_shown = |hundredths: u8| {
            let side = hundredths.min(100 - hundredths);
            u128::from(n) * u128::from(side) >= u128::from(k) * 100
        };
        let shown = quartiles.into_iter().chain(requested).filter(|(hundredths, _)| is_shown(*hundredths));
        let of_quantiles = shown.flat_map(|(_, p)| ranks(u128::from(n), p, kind)).filter_map(|rank| rank.to_u64());
        let interval = median_interval(n, self.options.conf_level).filter(|interval| interval.low_rank >= k);
        let of_interval = interval.into_iter().flat_map(|interval| [interval.low_rank, interval.high_rank]);
        let mut all: Vec<u64> = of_quantiles.chain(of_interval).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

fn distribution(counts: &Counts) -> Option<Distribution> {
    match counts {
        Counts::Number(counts) => Some(counts.distribution()),
        Counts::Set(counts) => Some(per_case(&counts.sizes)),
        Counts::Lines(counts) => Some(per_case(&counts.sizes)),
        Counts::Levels(_) | Counts::Dates(_) | Counts::Text(_) => None,
    }
}

impl VariableValues {
    /// True where some value of all cases is that of 1 to K - 1.
    pub fn any_of_few(&self) -> bool {
        self.columns.first().is_some_and(|all| match all {
            ColumnValues::Known(values, _) => values.any_of_few(self.k),
            ColumnValues::Unknown | ColumnValues::Other => true,
        })
    }

    /// True where the moments of a column do not tell how many cases have a value of few.
    pub fn is_open(&self, column: usize) -> bool {
        match self.columns.get(column) {
            Some(ColumnValues::Unknown) => true,
            Some(ColumnValues::Known(values, ranks)) => {
                let own = if column == 0 { Vec::new() } else { values.pins(ranks) };
                self.are_open(values, own)
            }
            Some(ColumnValues::Other) | None => false,
        }
    }

    /// The same of columns whose moments together are differences of moments that are shown.
    pub fn is_pool_open(&self, pool: &[&SumColumn]) -> bool {
        if matches!(self.columns.first(), Some(ColumnValues::Unknown)) {
            return true;
        }
        let values = |number: usize| match self.columns.get(number) {
            Some(ColumnValues::Known(values, _)) => Some(values.clone()),
            Some(ColumnValues::Unknown | ColumnValues::Other) | None => None,
        };
        let mut together = LatticeValues::default();
        for column in pool {
            let of_column = column.combined(values, |all, part| all.with(&part), |all, part| all.without(&part));
            match of_column {
                Some(of_column) => together = together.with(&of_column),
                None => return false,
            }
        }
        self.are_open(&together, Vec::new())
    }

    fn are_open(&self, values: &LatticeValues, mut pins: Vec<Pin>) -> bool {
        if let Some(ColumnValues::Known(all, ranks)) = self.columns.first() {
            pins.extend(all.pins(ranks));
        }
        values.are_open(&KnownOfValues { pins, ..self.known.clone() }, self.k)
    }
}

/// The least value of all cases, and what all differences are multiples of.
struct Lattice {
    denominator: i128,
    least: i128,
    width: i128,
    greatest: i128,
}

impl Lattice {
    /// None where the values are too far apart, or there are none.
    fn of(all: &Distribution) -> Option<Lattice> {
        let (least, greatest) = all.extent()?;
        let mut width = 0_i128;
        for (value, _) in all.points() {
            width = width.gcd(&value.checked_sub(least)?);
        }
        let width = width.max(1);
        Some(Lattice { denominator: all.denominator, least, width, greatest: greatest.checked_sub(least)? / width })
    }

    /// The values of a column, which may have a denominator of its own.
    fn values(&self, own: &Distribution) -> Option<LatticeValues> {
        let (factor, rest) = self.denominator.div_rem(&own.denominator);
        let place = |value: i128| {
            let above = value.checked_mul(factor)?.checked_sub(self.least)?;
            Some(above / self.width).filter(|place| *place >= 0 && above % self.width == 0)
        };
        let points = own.points().map(|(value, cases)| Some((place(value)?, cases)));
        points.collect::<Option<Vec<_>>>().filter(|_| rest == 0).map(LatticeValues::new)
    }

    /// The bounds of the reference ranges: as many values as there are lie below each of these.
    fn fences(&self, variable: &Variable) -> Vec<i128> {
        let place = |bound: BigRational| {
            let value = bound * BigInt::from(self.denominator) - BigInt::from(self.least);
            value / BigInt::from(self.width)
        };
        let low = variable.ranges.iter().filter_map(|range| range.low).map(|low| place(low.to_ratio()).ceil());
        let one = || BigRational::from_integer(BigInt::from(1));
        let high = variable.ranges.iter().filter_map(|range| range.high);
        let high = high.map(|high| place(high.to_ratio()).floor() + one());
        low.chain(high).filter_map(|fence| fence.to_integer().to_i128()).collect()
    }
}
