//! Levels, sets and free text: cases with each level or item.

use super::Options;
use super::denominator::Denominator;
use super::method::Method;
use super::options::Percent;
use super::order::{by_count, ordered};
use super::part::{PartCounts, PartStatistics};
use super::reason::Reason;
use super::results::{Context, ResultTable, Value};
use super::rows::{LevelShare, Rows};
use super::statistic::Statistic;
use super::summary::{missing_rows, moments_and_quantiles};
use crate::cohort::derive::Turn;
use crate::schema::{BlankReading, Kind, Variable};
use crate::stats::hypothesis::TestResult;
use crate::stats::paired::mcnemar;
use crate::tally::CohortVariable;
use crate::tally::counts::Distribution;
use crate::tally::counts::NameList;
use crate::tally::counts::SetCounts;
use crate::tally::counts::{LevelCounts, TextCounts};
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;

/// Combinations and sequences listed; the others are counted.
pub const LISTED: usize = 12;

/// The levels of a category or binary column.
pub fn levels(part: &mut PartStatistics<'_>, column: &CohortVariable, of: PartCounts<'_, LevelCounts>) {
    let (counts, variable) = (of.counts, &column.variable);
    let mut rows = Rows::new(part, &variable.name);
    let known = counts.levels.values().sum::<u64>() + counts.beyond;
    let missing: u64 = counts.missing.values().sum();
    if of.all.beyond > 0 {
        rows.push(Context::Tabulate, Statistic::Levels, Value::NotEstimable(Reason::TooManyLevels), None);
    } else {
        let unknown = counts.unreadable + missing;
        let all_known = of.all.levels.values().sum();
        let levels = ordered(&both(variable, &of.all.levels), variable, rows.options());
        let listed = listed_levels(&mut rows, Context::Tabulate, variable, levels);
        for (place, (level, all)) in listed.into_iter().enumerate() {
            let n = counts.levels.get(&level).copied().unwrap_or(0);
            if place >= rows.options().most_shares {
                rows.level_count(Context::Tabulate, Some(&level), Statistic::Cases, n);
                continue;
            }
            let totals =
                ShareTotals { known, unknown, with_level: all, all_known, is_open: missing > 0 && is_open(variable) };
            rows.share(Context::Tabulate, Some(&level), &totals.share(n, rows.options()));
        }
    }
    if column.visits.is_some() {
        turns(&mut rows, counts);
    }
    let observed = known + counts.unreadable + missing;
    rows.count(Context::Missing, Statistic::Observed, observed);
    if of.all.unreadable > 0 || variable.kind == Kind::Binary {
        rows.count(Context::Missing, Statistic::Unreadable, counts.unreadable);
    }
    missing_rows(&mut rows, &counts.missing, &of.all.missing, observed);
}

/// McNemar's test of what was gained and lost between two visits, where it is requested.
fn turns(rows: &mut Rows<'_, '_>, counts: &LevelCounts) {
    let n = |turn: Turn| counts.levels.get(turn.word()).copied().unwrap_or(0);
    let asked = [Statistic::McNemar, Statistic::McNemarSmallest];
    let requested = rows.requested();
    for statistic in asked.into_iter().filter(|asked| requested.contains(asked)) {
        let test = mcnemar(n(Turn::Gained), n(Turn::Lost)).map_err(Reason::NoTest);
        let method = test.as_ref().ok().map(|test| Method::Test(test.method));
        let smallest = |test: &TestResult| match test.smallest_p {
            Some(Ok(p)) => Value::Real(p),
            Some(Err(why)) => Value::NotEstimable(Reason::NoTest(why)),
            None => Value::Real(test.p),
        };
        let value = match (&test, statistic) {
            (Err(reason), _) => Value::NotEstimable(reason.clone()),
            (Ok(test), Statistic::McNemar) => Value::Real(test.p),
            (Ok(test), _) => smallest(test),
        };
        rows.push(Context::Tabulate, statistic, value, method);
    }
}

/// The levels with results of their own; where not all have them, a result says how many there are.
fn listed_levels(
    rows: &mut Rows<'_, '_>,
    context: Context,
    variable: &Variable,
    mut levels: Vec<(String, u64)>,
) -> Vec<(String, u64)> {
    let most = rows.options().most_levels;
    if levels.len() > most {
        rows.count(context, Statistic::Levels, levels.len() as u64);
        let frequent: FxHashSet<String> =
            by_count(levels.clone()).into_iter().take(most).map(|(level, _)| level).collect();
        levels.retain(|(level, _)| frequent.contains(level) || variable.levels.iter().any(|of| of.value == *level));
    }
    levels
}

/// True where a blank cell may mean no.
fn is_open(variable: &Variable) -> bool {
    variable.reading.blank == BlankReading::Open
}

/// The possible denominators of a level.
struct ShareTotals {
    /// Cases of the part in which the item is reported.
    known: u64,
    /// The others of the part.
    unknown: u64,
    /// Cases with the level in all parts.
    with_level: u64,
    /// Cases in which the item is reported, in all parts.
    all_known: u64,
    /// Cases that are not reported may have another level.
    is_open: bool,
}

impl ShareTotals {
    /// `n` cases with the level, over the denominator that the options choose.
    fn share(&self, n: u64, options: &Options) -> LevelShare {
        let observed = self.known + self.unknown;
        let total = match (options.percent, options.denominator) {
            (Percent::Row, _) => self.with_level,
            (Percent::Cell, _) => self.all_known,
            (Percent::Column, Denominator::All) => observed,
            (Percent::Column, Denominator::Reported | Denominator::Bounds) => self.known,
        };
        let bounds = options.denominator == Denominator::Bounds && options.percent == Percent::Column;
        let open = self.is_open && options.percent == Percent::Column && options.denominator != Denominator::All;
        LevelShare {
            n,
            total,
            rate: None,
            unknown: bounds.then_some((self.unknown, observed)),
            open: open.then_some((self.unknown, observed)),
        }
    }
}

/// The levels of a yes-or-no column, including one that no case has.
fn both(variable: &Variable, levels: &BTreeMap<String, u64>) -> BTreeMap<String, u64> {
    let mut levels = levels.clone();
    for pair in [["yes", "no"], ["0", "1"]] {
        if variable.kind == Kind::Binary && pair.iter().any(|level| levels.contains_key(*level)) {
            for level in pair {
                levels.entry(level.to_owned()).or_default();
            }
        }
    }
    levels
}

/// The items of a set column: cases with each, items a case, combinations.
pub fn items(part: &mut PartStatistics<'_>, variable: &Variable, of: PartCounts<'_, SetCounts>) {
    let counts = of.counts;
    let known = counts.known();
    let mut rows = Rows::new(part, &variable.name);
    if of.all.beyond > 0 {
        rows.push(Context::Set, Statistic::Levels, Value::NotEstimable(Reason::TooManyLevels), None);
    } else {
        let unknown = counts.missing.values().sum();
        let levels = ordered(&of.all.items, variable, rows.options());
        let listed = listed_levels(&mut rows, Context::Set, variable, levels);
        for (place, (item, all)) in listed.into_iter().enumerate() {
            let n = counts.items.get(&item).copied().unwrap_or(0);
            if place >= rows.options().most_shares {
                rows.level_count(Context::Set, Some(&item), Statistic::Cases, n);
                continue;
            }
            let totals = ShareTotals { known, unknown, with_level: all, all_known: of.all.known(), is_open: false };
            rows.share(Context::Set, Some(&item), &totals.share(n, rows.options()));
        }
    }
    let per_case = per_case(&counts.sizes);
    let all: u64 = per_case.points().map(|(items, cases)| u64::try_from(items).unwrap_or(0) * cases).sum();
    rows.count(Context::Set, Statistic::Items, all);
    moments_and_quantiles(&mut rows, Context::Set, &per_case);
    let missing: u64 = counts.missing.values().sum();
    rows.count(Context::Missing, Statistic::Observed, known + missing);
    missing_rows(&mut rows, &counts.missing, &of.all.missing, known + missing);
    let frequent = FrequencyList {
        counts: &counts.combinations,
        all: &of.all.combinations,
        between: " + ",
        beyond: of.all.combinations_beyond > 0,
    };
    most_frequent(part, ResultTable::Combinations(&variable.name), &frequent, known, Context::Set);
}

/// Combinations or sequences.
pub struct FrequencyList<'c> {
    /// The counts of the part.
    pub counts: &'c BTreeMap<NameList, u64>,
    /// The counts of all cases, which decide what is listed.
    pub all: &'c BTreeMap<NameList, u64>,
    /// The separator of their names.
    pub between: &'static str,
    /// True where there are more than are counted separately.
    pub beyond: bool,
}

impl FrequencyList<'_> {
    /// The listed ones, the most frequent first, each with its count in the part.
    ///
    /// Names are made only for candidates: a registry has thousands of combinations, nearly all of one case.
    fn listed(&self) -> Vec<(String, u64)> {
        let mut counts: Vec<u64> = self.all.values().copied().collect();
        let has_more = counts.len() >= LISTED;
        let least = if has_more { *counts.select_nth_unstable_by(LISTED - 1, |a, b| b.cmp(a)).1 } else { 0 };
        let candidates = self.all.iter().filter(|(_, n)| **n >= least);
        let named: BTreeMap<String, &NameList> = candidates.map(|(key, _)| (self.name(key), key)).collect();
        let of = |counts: &BTreeMap<NameList, u64>, key: &NameList| counts.get(key).copied().unwrap_or(0);
        let ordered = by_count(named.iter().map(|(name, key)| (name.clone(), of(self.all, key))).collect());
        let listed = ordered.into_iter().take(LISTED);
        listed
            .map(|(name, _)| {
                let n = named.get(&name).map_or(0, |key| of(self.counts, key));
                (name, n)
            })
            .collect()
    }

    fn name(&self, key: &[String]) -> String {
        if key.is_empty() { "none".to_owned() } else { key.join(self.between) }
    }
}

/// The most frequent combinations or sequences, and how many different ones there are.
pub fn most_frequent(
    part: &mut PartStatistics<'_>,
    table: ResultTable<&str>,
    frequent: &FrequencyList<'_>,
    known: u64,
    context: Context,
) {
    let mut rows = Rows::of(part, table);
    if frequent.beyond {
        rows.push(context, Statistic::Combinations, Value::NotEstimable(Reason::TooManyCombinations), None);
        return;
    }
    rows.count(context, Statistic::Combinations, frequent.counts.len() as u64);
    for (level, n) in frequent.listed() {
        rows.proportion(context, Some(&level), n, known, None);
    }
}

/// Cases by number of items, as a distribution.
pub fn per_case(sizes: &BTreeMap<i128, u64>) -> Distribution {
    Distribution::of_whole(sizes.iter().map(|(size, cases)| (*size, *cases)))
}

/// How many cases have a text.
pub fn texts(part: &mut PartStatistics<'_>, variable: &Variable, of: PartCounts<'_, TextCounts>) {
    let counts = of.counts;
    let mut rows = Rows::new(part, &variable.name);
    let missing: u64 = counts.missing.values().sum();
    rows.count(Context::Summary, Statistic::N, counts.present);
    rows.count(Context::Missing, Statistic::Observed, counts.present + missing);
    missing_rows(&mut rows, &counts.missing, &of.all.missing, counts.present + missing);
}
