//! The order of levels: as the schema lists them, else by count, ties in natural order.

use super::Options;
use super::natural::sort_naturally;
use super::options::LevelOrder;
use crate::schema::Variable;
use std::collections::BTreeMap;

/// The levels with their counts in the chosen order, those of `last` after all others; levels that the schema declares
/// are kept at 0.
pub fn ordered(counts: &BTreeMap<String, u64>, variable: &Variable, options: &Options) -> Vec<(String, u64)> {
    in_order(counts, variable, options.level_order, &options.last)
}

/// The same for groups, whose order never follows their counts: a difference must not change its sign when a case is
/// added.
pub fn ordered_groups(counts: &BTreeMap<String, u64>, variable: &Variable, options: &Options) -> Vec<(String, u64)> {
    let order = match options.level_order {
        LevelOrder::Natural => LevelOrder::Natural,
        LevelOrder::Schema | LevelOrder::Frequency | LevelOrder::SchemaNatural => LevelOrder::SchemaNatural,
    };
    in_order(counts, variable, order, &options.last)
}

fn in_order(
    counts: &BTreeMap<String, u64>,
    variable: &Variable,
    order: LevelOrder,
    last: &[String],
) -> Vec<(String, u64)> {
    let declared = |level: &str| variable.levels.iter().any(|known| known.value == level);
    let count = |level: &str| counts.get(level).copied().unwrap_or(0);
    let mut levels: Vec<(String, u64)> = variable.levels.iter().map(|l| (l.value.clone(), count(&l.value))).collect();
    let others = counts.iter().filter(|(level, _)| !declared(level)).map(|(level, n)| (level.clone(), *n));
    let mut others = by_count(others.collect());
    if order == LevelOrder::SchemaNatural {
        sort_naturally(&mut others, |(level, _)| level);
    }
    levels.extend(others);
    match order {
        LevelOrder::Schema | LevelOrder::SchemaNatural => {}
        LevelOrder::Frequency => levels = by_count(levels),
        LevelOrder::Natural => sort_naturally(&mut levels, |(level, _)| level),
    }
    let rank = |level: &str| last.iter().position(|last| last == level).map_or(0, |index| index + 1);
    levels.sort_by_key(|(level, _)| rank(level));
    levels
}

/// Levels by count, the most frequent first; ties in natural order.
pub fn by_count(mut levels: Vec<(String, u64)>) -> Vec<(String, u64)> {
    sort_naturally(&mut levels, |(level, _)| level);
    levels.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    levels
}

#[cfg(test)]
mod tests {
    use super::by_count;

    #[test]
    fn ties_of_counts_are_broken_by_natural_order() {
        let levels = [("10", 1), ("9", 1), ("2", 4)].map(|(l, n)| (l.to_owned(), n)).to_vec();
        assert_eq!(by_count(levels).iter().map(|(l, _)| l.as_str()).collect::<Vec<_>>(), ["2", "9", "10"]);
    }
}
