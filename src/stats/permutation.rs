//! Sums of scores over all choices of cases, counted score by score.

use super::hypothesis::NoTest;
use rustc_hash::FxHashMap;

/// Most steps of counting, about a second.
const MOST_STEPS: usize = 5_000_000;

/// What an exact distribution says of an observed distance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Tails {
    /// The share of all arrangements at this distance or farther.
    pub p: f64,
    /// The share at the greatest distance of all.
    pub smallest: f64,
}

impl Tails {
    /// The tails of a distribution of distances, each with its number of arrangements.
    pub fn of(distances: impl Iterator<Item = (u128, f64)>, observed: u128) -> Tails {
        let (mut all, mut extreme, mut farthest) = (0.0, 0.0, (0, 0.0));
        for (distance, ways) in distances {
            all += ways;
            if distance >= observed {
                extreme += ways;
            }
            if distance > farthest.0 {
                farthest = (distance, 0.0);
            }
            if distance == farthest.0 {
                farthest.1 += ways;
            }
        }
        Tails { p: extreme / all, smallest: farthest.1 / all }
    }
}

/// The sums of scores of `size` cases chosen from runs of (number, score), sorted, and in how many ways each comes
/// about: exactly up to 2^53 ways.
/// Errors: [`NoTest::TooLarge`] beyond five million steps.
pub(super) fn sums_of_choices(runs: &[(u64, i128)], size: u64) -> Result<Vec<(i128, f64)>, NoTest> {
    let mut steps_left = MOST_STEPS;
    let mut states = vec![((0_u64, 0_i128), 1.0)];
    let mut behind: u64 = runs.iter().map(|(number, _)| *number).sum();
    for (number, score) in runs {
        behind -= number;
        let mut next: FxHashMap<(u64, i128), f64> = FxHashMap::default();
        for ((chosen, sum), ways) in states {
            let mut choices = 1.0;
            for taken in 0..=(*number).min(size - chosen) {
                steps_left = steps_left.checked_sub(1).ok_or(NoTest::TooLarge)?;
                if chosen + taken + behind >= size {
                    *next.entry((chosen + taken, sum + i128::from(taken) * score)).or_default() += ways * choices;
                }
                choices = choices * (number - taken) as f64 / (taken + 1) as f64;
            }
        }
        // In order, so that sums of doubles come out the same in every run.
        states = next.into_iter().collect();
        states.sort_unstable_by_key(|(state, _)| *state);
    }
    Ok(states.into_iter().map(|((_, sum), ways)| (sum, ways)).collect())
}
