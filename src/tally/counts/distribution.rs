//! The values of a number column as integers over one denominator, walked in ascending order.

use super::runs::Run;
use super::segment::DistinctValues;
use crate::schema::lexical::Comparator;
use crate::stats::quantile::{IntervalEnd, OrderStatistics, OrderedIntervals};
use std::iter::Copied;
use std::{slice, vec};

/// The values of a number column as integers over a common denominator, with their counts.
///
/// Values are put over the denominator while they are walked: a column with millions of distinct values is never
/// written out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Distribution {
    /// Numerators in ascending order, each once, with their numbers of cells.
    listed: Vec<(i128, u64)>,
    /// Digits of one scale, and what makes a numerator of them.
    runs: Vec<(Run, i128)>,
    /// Number of known values.
    n: u64,
    /// Comparator, numerator and number of cells of censored values.
    pub censored: Vec<(Comparator, i128, u64)>,
    /// The common denominator.
    pub denominator: i128,
    /// The largest number of decimals written.
    pub decimals: u8,
    /// Cells whose value is too large for the common denominator.
    pub too_large: u64,
}

impl Distribution {
    /// The distribution of whole numbers, in any order, with their counts.
    pub fn of_whole(counted: impl IntoIterator<Item = (i128, u64)>) -> Distribution {
        let mut distribution = Distribution::over(1, 0);
        distribution.list(counted.into_iter().collect());
        distribution
    }

    /// No values over this denominator.
    pub(super) fn over(denominator: i128, decimals: u8) -> Distribution {
        Distribution { denominator, decimals, ..Distribution::default() }
    }

    /// Adds numerators in any order; may be called once.
    pub(super) fn list(&mut self, mut numerators: Vec<(i128, u64)>) {
        numerators.sort_unstable();
        self.n += numerators.iter().map(|(_, cells)| cells).sum::<u64>();
        numerators.dedup_by(|(value, cells), (kept, sum)| {
            *sum += if value == kept { *cells } else { 0 };
            value == kept
        });
        self.listed = numerators;
    }

    /// Adds a run whose digits times `factor` are numerators; without a factor they are too large.
    pub(super) fn add_run(&mut self, run: &Run, factor: Option<i128>) {
        let mut run = run.clone();
        run.settle();
        let (least, greatest) = run.extent().unwrap_or_default();
        let holds = |factor: &i128| [least, greatest].iter().all(|end| factor.checked_mul(i128::from(*end)).is_some());
        match factor.filter(holds) {
            Some(factor) => {
                self.n += run.cells();
                self.runs.push((run, factor));
            }
            None => self.too_large += run.cells(),
        }
    }

    /// Number of known values.
    pub fn n(&self) -> u64 {
        self.n
    }

    /// Number of censored values.
    pub fn n_censored(&self) -> u64 {
        self.censored.iter().map(|(_, _, cells)| cells).sum()
    }

    /// The known values in ascending order: numerator and number of cells.
    pub fn points(&self) -> Points<'_> {
        self.points_with(Vec::new())
    }

    fn points_with(&self, bounds: Vec<(i128, u64)>) -> Points<'_> {
        let listed =
            [AscendingValues::Listed(self.listed.iter().copied()), AscendingValues::Bounds(bounds.into_iter())];
        let runs = self.runs.iter().map(|(run, factor)| AscendingValues::Run(run.iter(), *factor));
        Points::of(listed.into_iter().chain(runs).collect())
    }

    /// The least and the greatest known value.
    pub fn extent(&self) -> Option<(i128, i128)> {
        let listed = self.listed.first().zip(self.listed.last()).map(|((low, _), (high, _))| (*low, *high));
        let of_run = |(run, factor): &(Run, i128)| {
            run.extent().map(|(low, high)| (i128::from(low) * factor, i128::from(high) * factor))
        };
        let extents = listed.into_iter().chain(self.runs.iter().filter_map(of_run));
        extents.reduce(|all, (low, high)| (all.0.min(low), all.1.max(high)))
    }

    /// The low ends of all values in ascending order: `>1280` has 1280.
    pub fn lows(&self) -> Ends<'_> {
        self.ends(IntervalEnd::Below, is_upper)
    }

    /// The high ends of all values in ascending order: `>1280` has ∞.
    pub fn highs(&self) -> Ends<'_> {
        self.ends(IntervalEnd::Beyond, |comparator| !is_upper(comparator))
    }

    /// The values of these ranks, counted from 1; all are looked up in one walk, or two where values are censored.
    pub fn order_statistics(&self, ranks: Vec<u128>) -> OrderedIntervals {
        let n = u128::from(self.n() + self.n_censored());
        let lows = OrderStatistics::of(self.lows(), n, ranks.clone());
        let highs = match self.censored.as_slice() {
            [] => lows.clone(),
            _ => OrderStatistics::of(self.highs(), n, ranks),
        };
        OrderedIntervals::new(lows, highs)
    }

    /// The known values, the bounds that are ends, and the other censored values at an infinity.
    fn ends(&self, infinity: IntervalEnd, is_end: fn(Comparator) -> bool) -> Ends<'_> {
        let (mut bounds, mut infinite) = (Vec::new(), 0);
        for (comparator, bound, cells) in &self.censored {
            match is_end(*comparator) {
                true => bounds.push((*bound, *cells)),
                false => infinite += cells,
            }
        }
        bounds.sort_unstable();
        let infinite = (infinite > 0).then_some((infinity, infinite));
        let (below, beyond) = if infinity == IntervalEnd::Below { (infinite, None) } else { (None, infinite) };
        Ends { below, points: self.points_with(bounds), beyond }
    }
}

fn is_upper(comparator: Comparator) -> bool {
    matches!(comparator, Comparator::Above | Comparator::AtLeast)
}

/// Values in ascending order, each once, with their numbers of cells.
#[derive(Debug, Clone)]
pub struct Points<'d> {
    /// The next value of each source that has one, the least last, with the number of the source.
    heads: Vec<(i128, u64, usize)>,
    sources: Vec<AscendingValues<'d>>,
}

impl<'d> Points<'d> {
    fn of(sources: Vec<AscendingValues<'d>>) -> Points<'d> {
        let mut points = Points { heads: Vec::with_capacity(sources.len()), sources };
        (0..points.sources.len()).for_each(|source| points.advance(source));
        points
    }

    /// Puts the next value of a source among the heads.
    #[inline]
    fn advance(&mut self, source: usize) {
        let Some((value, cells)) = self.sources.get_mut(source).and_then(Iterator::next) else { return };
        let less = self.heads.iter().rev().take_while(|(head, ..)| *head < value).count();
        self.heads.insert(self.heads.len() - less, (value, cells, source));
    }
}

impl Iterator for Points<'_> {
    type Item = (i128, u64);

    #[inline]
    fn next(&mut self) -> Option<(i128, u64)> {
        let (value, mut cells, source) = self.heads.pop()?;
        self.advance(source);
        while let Some((_, more, source)) = self.heads.pop_if(|(head, ..)| *head == value) {
            cells += more;
            self.advance(source);
        }
        Some((value, cells))
    }
}

/// Values in ascending order, each once.
#[derive(Debug, Clone)]
enum AscendingValues<'d> {
    Listed(Copied<slice::Iter<'d, (i128, u64)>>),
    Bounds(vec::IntoIter<(i128, u64)>),
    Run(DistinctValues, i128),
}

impl Iterator for AscendingValues<'_> {
    type Item = (i128, u64);

    #[inline]
    fn next(&mut self) -> Option<(i128, u64)> {
        match self {
            AscendingValues::Listed(values) => values.next(),
            AscendingValues::Bounds(values) => values.next(),
            AscendingValues::Run(cells, factor) => {
                cells.next().map(|(digits, cells)| (i128::from(digits) * *factor, cells))
            }
        }
    }
}

/// Low or high ends in ascending order, with their numbers of cells.
#[derive(Debug, Clone)]
pub struct Ends<'d> {
    below: Option<(IntervalEnd, u64)>,
    points: Points<'d>,
    beyond: Option<(IntervalEnd, u64)>,
}

impl Iterator for Ends<'_> {
    type Item = (IntervalEnd, u64);

    #[inline]
    fn next(&mut self) -> Option<(IntervalEnd, u64)> {
        if let Some(below) = self.below.take() {
            return Some(below);
        }
        let next = self.points.next().map(|(value, cells)| (IntervalEnd::At(value), cells));
        next.or_else(|| self.beyond.take())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    type Counted = Vec<(i128, u64)>;

    fn counted(limit: i128) -> impl Strategy<Value = Counted> {
        prop::collection::vec((-limit..limit, 1_u64..4), 0..30)
    }

    /// Each value once, ascending.
    fn joined<T: Ord + Copy>(parts: &[&[(T, u64)]]) -> Vec<(T, u64)> {
        let mut joined = BTreeMap::new();
        parts.concat().into_iter().for_each(|(value, cells)| *joined.entry(value).or_default() += cells);
        joined.into_iter().collect()
    }

    fn times(values: &Counted, factor: i128) -> Counted {
        values.iter().map(|(value, cells)| (value * factor, *cells)).collect()
    }

    fn run(values: &Counted) -> Run {
        let mut run = Run::default();
        values.iter().for_each(|(value, cells)| run.add_many(*value as i64, *cells));
        run
    }

    proptest! {
        #[test]
        fn all_sources_are_walked_as_one(listed in counted(900), tenths in counted(90), whole in counted(9), bounds in counted(1200)) {
            let mut distribution = Distribution::over(100, 2);
            distribution.list(listed.clone());
            distribution.add_run(&run(&tenths), Some(10));
            distribution.add_run(&run(&whole), Some(100));
            let known = joined(&[&listed, &times(&tenths, 10), &times(&whole, 100)]);
            prop_assert_eq!(distribution.points().collect::<Vec<_>>(), known.clone());
            prop_assert_eq!(distribution.n(), known.iter().map(|(_, cells)| cells).sum::<u64>());
            let extent = known.first().zip(known.last()).map(|(low, high)| (low.0, high.0));
            prop_assert_eq!(distribution.extent(), extent);

            let comparator = |cells: u64| if cells == 1 { Comparator::Below } else { Comparator::AtLeast };
            distribution.censored = bounds.iter().map(|(bound, cells)| (comparator(*cells), *bound, *cells)).collect();
            let at = |is_end: fn(u64) -> bool, infinity| -> Vec<(IntervalEnd, u64)> {
                bounds.iter().map(|(bound, cells)| (if is_end(*cells) { IntervalEnd::At(*bound) } else { infinity }, *cells)).collect()
            };
            let known: Vec<(IntervalEnd, u64)> = known.iter().map(|(value, cells)| (IntervalEnd::At(*value), *cells)).collect();
            let lows = joined(&[&known, &at(|cells| cells > 1, IntervalEnd::Below)]);
            let highs = joined(&[&known, &at(|cells| cells == 1, IntervalEnd::Beyond)]);
            prop_assert_eq!(distribution.lows().collect::<Vec<_>>(), lows);
            prop_assert_eq!(distribution.highs().collect::<Vec<_>>(), highs);
        }
    }

    #[test]
    fn a_run_without_a_factor_is_too_large() {
        let mut distribution = Distribution::over(1, 0);
        distribution.add_run(&run(&vec![(3, 2)]), None);
        distribution.add_run(&run(&vec![(0, 1), (4, 0), (5, 1)]), Some(i128::MAX / 3));
        distribution.add_run(&run(&vec![(7, 4)]), Some(i128::MAX / 8));
        distribution.add_run(&run(&vec![(7, 5)]), Some(1));
        assert_eq!((distribution.n(), distribution.too_large), (9, 4));
        assert_eq!(distribution.extent(), Some((7, 7 * (i128::MAX / 8))));
    }
}
