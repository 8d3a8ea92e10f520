//! The order of levels and groups: a rank among counts would tell what is masked.

use super::decide::Decisions;
use crate::analyze::natural::natural;
use crate::analyze::results::{ResultRow, ResultTable};
use crate::analyze::{LevelOrder, Options};
use crate::tally::Cohort;
use std::cmp::Ordering;

/// Tables whose levels stand in an order of their own.
fn has_own_order(table: ResultTable<&str>) -> bool {
    match table {
        ResultTable::Stated(_) | ResultTable::ByRange(_) | ResultTable::BestCategory | ResultTable::ByLine => true,
        ResultTable::Cases
        | ResultTable::Own(_)
        | ResultTable::Combinations(_)
        | ResultTable::Sequences(_)
        | ResultTable::ByAgent
        | ResultTable::ByClass
        | ResultTable::Best
        | ResultTable::Survival
        | ResultTable::Association
        | ResultTable::Cells => false,
    }
}

/// The order of the rows in which no masked count shows its rank.
///
/// In each variable with something masked, and among groups where one is masked, levels stand as the schema declares
/// them, then in natural order. Without decisions everything is masked.
pub(super) fn order(
    rows: &[&ResultRow],
    decisions: Option<&Decisions<'_>>,
    cohort: &Cohort,
    options: &Options,
) -> Vec<usize> {
    let ranks = LevelRanks { cohort, options };
    let all: Vec<usize> = (0..rows.len()).collect();
    let mut parts: Vec<Vec<usize>> = Vec::new();
    for part in all.chunk_by(|a, b| rows[*a].group == rows[*b].group) {
        let of_variables = part.chunk_by(|a, b| rows[*a].table == rows[*b].table);
        parts.push(of_variables.flat_map(|of_variable| in_order(rows, of_variable, decisions, &ranks)).collect());
    }
    if decisions.is_none_or(|decisions| !decisions.masked_groups.is_empty()) {
        let levels =
            |part: &Vec<usize>| part.first().and_then(|at| rows[*at].group.as_ref()).map(|group| &group.levels);
        let (groups, mut others): (Vec<_>, Vec<_>) = parts.into_iter().partition(|part| levels(part).is_some());
        let mut groups = groups;
        groups.sort_by(|a, b| {
            let pairs = levels(a).into_iter().flatten().zip(levels(b).into_iter().flatten());
            let each = pairs.map(|((by, a), (_, b))| ranks.compare(by, a.as_deref(), b.as_deref()));
            each.fold(Ordering::Equal, Ordering::then)
        });
        // All cases come first, comparisons of the groups last.
        let last = others.split_off(others.len().min(1));
        parts = others.into_iter().chain(groups).chain(last).collect();
    }
    parts.into_iter().flatten().collect()
}

/// The rows of one variable, its levels in order among the places that they have.
fn in_order(
    rows: &[&ResultRow],
    of_variable: &[usize],
    decisions: Option<&Decisions<'_>>,
    ranks: &LevelRanks<'_>,
) -> Vec<usize> {
    let Some(table) = of_variable.first().map(|at| rows[*at].table.borrowed()) else { return Vec::new() };
    let is_masked = |decisions: &Decisions<'_>| decisions.maskings.get(&table).is_some_and(|masking| masking.is_masked);
    if !decisions.is_none_or(is_masked) || has_own_order(table) {
        return of_variable.to_vec();
    }
    // The levels of another table are not those that the schema declares.
    let variable = if let ResultTable::Own(variable) = table { variable } else { "" };
    let mut levels: Vec<&[usize]> = of_variable.chunk_by(|a, b| rows[*a].level == rows[*b].level).collect();
    let level = |chunk: &[usize]| chunk.first().and_then(|at| rows[*at].level.as_deref());
    let places: Vec<usize> = (0..levels.len()).filter(|place| level(levels[*place]).is_some()).collect();
    let mut sorted: Vec<&[usize]> = places.iter().map(|place| levels[*place]).collect();
    sorted.sort_by(|a, b| ranks.compare(variable, level(a), level(b)));
    for (place, chunk) in places.into_iter().zip(sorted) {
        levels[place] = chunk;
    }
    levels.concat()
}

/// Where levels stand whatever their counts.
struct LevelRanks<'a> {
    cohort: &'a Cohort,
    options: &'a Options,
}

impl LevelRanks<'_> {
    fn compare(&self, variable: &str, one: Option<&str>, other: Option<&str>) -> Ordering {
        match (one, other) {
            (Some(a), Some(b)) => self.rank(variable, a).cmp(&self.rank(variable, b)).then_with(|| natural(a, b)),
            // Those that are not reported come last.
            _ => one.is_none().cmp(&other.is_none()),
        }
    }

    /// Declared levels, others, and those that were asked for as the last.
    fn rank(&self, variable: &str, level: &str) -> (u8, usize) {
        if let Some(last) = self.options.last.iter().position(|last| last == level) {
            return (2, last);
        }
        let column = self.cohort.variables.iter().find(|column| column.variable.name == variable);
        let declared = column.filter(|_| self.options.level_order == LevelOrder::Schema).map(|c| &c.variable.levels);
        let place = declared.and_then(|levels| levels.iter().position(|known| known.value == level));
        place.map_or((1, 0), |place| (0, place))
    }
}
