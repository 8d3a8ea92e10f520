//! The order of levels: as the schema lists them, else by count, ties in natural order.

use super::Options;
use super::options::LevelOrder;
use crate::schema::Variable;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// The levels with their counts in the chosen order, those of `last` after all others; levels that the schema declares
/// are kept at 0.
pub fn ordered(counts: &BTreeMap<String, u64>, variable: &Variable, options: &Options) -> Vec<(String, u64)> {
    let declared = |level: &str| variable.levels.iter().any(|known| known.value == level);
    let count = |level: &str| counts.get(level).copied().unwrap_or(0);
    let mut levels: Vec<(String, u64)> = variable.levels.iter().map(|l| (l.value.clone(), count(&l.value))).collect();
    let others = counts.iter().filter(|(level, _)| !declared(level)).map(|(level, n)| (level.clone(), *n));
    let mut others = by_count(others.collect());
    if options.level_order == LevelOrder::SchemaNatural {
        others.sort_by(|a, b| natural(&a.0, &b.0));
    }
    levels.extend(others);
    match options.level_order {
        LevelOrder::Schema | LevelOrder::SchemaNatural => {}
        LevelOrder::Frequency => levels = by_count(levels),
        LevelOrder::Natural => levels.sort_by(|a, b| natural(&a.0, &b.0)),
    }
    let rank = |level: &str| options.last.iter().position(|last| last == level).map_or(0, |index| index + 1);
    levels.sort_by_key(|(level, _)| rank(level));
    levels
}

/// Levels by count, the most frequent first; ties in natural order.
pub fn by_count(mut levels: Vec<(String, u64)>) -> Vec<(String, u64)> {
    levels.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| natural(&a.0, &b.0)));
    levels
}

/// Compares texts with the numbers in them as numbers: `C2` before `C10`.
pub fn natural(one: &str, other: &str) -> Ordering {
    let (mut a, mut b) = (one, other);
    loop {
        let (Some(first), Some(second)) = (a.chars().next(), b.chars().next()) else {
            return a.len().cmp(&b.len()).then_with(|| one.cmp(other));
        };
        if first.is_ascii_digit() && second.is_ascii_digit() {
            let (number, rest_a) = digits(a);
            let (rival, rest_b) = digits(b);
            // The longer of two numbers without leading zeros is the greater.
            let order = number.len().cmp(&rival.len()).then_with(|| number.cmp(rival));
            if order != Ordering::Equal {
                return order;
            }
            (a, b) = (rest_a, rest_b);
            continue;
        }
        let order = first.to_lowercase().cmp(second.to_lowercase());
        if order != Ordering::Equal {
            return order;
        }
        (a, b) = (&a[first.len_utf8()..], &b[second.len_utf8()..]);
    }
}

fn digits(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    (text[..end].trim_start_matches('0'), &text[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn natural_order_counts_and_ties_are_broken_by_it() {
        let mut names = vec!["C10", "c2", "C02", "C1", "b", "é"];
        names.sort_by(|a, b| natural(a, b));
        assert_eq!(names, ["b", "C1", "C02", "c2", "C10", "é"]);
        let levels = [("10", 1), ("9", 1), ("2", 4)].map(|(l, n)| (l.to_owned(), n)).to_vec();
        assert_eq!(by_count(levels).iter().map(|(l, _)| l.as_str()).collect::<Vec<_>>(), ["2", "9", "10"]);
    }
}
