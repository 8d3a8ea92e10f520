//! The permutation distributions of midranks, counted tie by tie.

use crate::stats::hypothesis::NoTest;
pub(super) use crate::stats::permutation::Tails;
use num_integer::Integer;
use rustc_hash::FxHashMap;

/// Most additions for the sums of one group.
const MOST_ADDITIONS: u128 = 100_000_000;
/// Most steps for the sums of several groups, about a tenth of a second.
const MOST_STEPS: usize = 300_000;

/// All doubled rank sums of `size` values chosen from runs of (number, doubled midrank), and in how
/// many ways each comes about.
/// Formula: run by run, ways[k + j][s + j·r] grows by C(t, j)·ways[k][s] for j of the t values of a
/// run with midrank r. Midranks are counted from the least one in units of their common divisor.
pub(super) fn sums_of_chosen(runs: &[(u64, u128)], size: u64) -> Result<Vec<(u128, f64)>, NoTest> {
    let least = runs.first().map_or(0, |(_, rank)| *rank);
    let unit = runs.iter().fold(0, |unit: u128, (_, rank)| unit.gcd(&(rank - least))).max(1);
    let greatest = runs.last().map_or(0, |(_, rank)| (rank - least) / unit);
    let total: u128 = runs.iter().map(|(number, _)| u128::from(*number)).sum();
    let width = u128::from(size).checked_mul(greatest).ok_or(NoTest::TooLarge)? + 1;
    let additions = total.checked_mul(u128::from(size)).and_then(|steps| steps.checked_mul(width));
    if additions.is_none_or(|additions| additions > MOST_ADDITIONS) {
        return Err(NoTest::TooLarge);
    }
    let mut ways = vec![vec![0.0; width as usize]; size as usize + 1];
    ways[0][0] = 1.0;
    for (number, rank) in runs {
        add_run(&mut ways, *number, ((rank - least) / unit) as usize);
    }
    let sums = ways.pop().into_iter().flatten().enumerate().filter(|(_, number)| *number > 0.0);
    Ok(sums.map(|(sum, number)| (sum as u128 * unit + u128::from(size) * least, number)).collect())
}

/// Extends each choice by some of a run of tied values.
fn add_run(ways: &mut [Vec<f64>], number: u64, rank: usize) {
    // Large choices first: they grow from smaller ones that do not contain the run yet.
    for chosen in (1..ways.len()).rev() {
        let (smaller, grown) = ways.split_at_mut(chosen);
        let mut choices = 1.0;
        for (taken, from) in (1..=number).zip(smaller.iter().rev()) {
            choices = choices * (number - taken + 1) as f64 / taken as f64;
            let shift = taken as usize * rank;
            for (to, from) in grown[0].iter_mut().skip(shift).zip(from) {
                *to += choices * from;
            }
        }
    }
}

/// All doubled rank sums of groups of these sizes, but the last, and how many arrangements of the
/// values of the runs give them.
/// Formula: run by run, from every state (places left in each group, rank sums), in every way the
/// run can be shared out.
/// Errors: [`NoTest::TooLarge`] beyond 300,000 steps.
pub(super) fn sums_of_groups(runs: &[(u64, u128)], sizes: &[u64]) -> Result<Vec<(Vec<u128>, f64)>, NoTest> {
    let groups = sizes.len();
    let start: Vec<u128> = sizes.iter().map(|size| u128::from(*size)).chain(vec![0; groups]).collect();
    let (mut states, mut steps_left) = (vec![(start, 1.0)], MOST_STEPS);
    for (number, rank) in runs {
        let mut next = States::default();
        for (state, ways) in &states {
            let mut share = RunShare { state: state.clone(), groups, rank: *rank, steps_left: &mut steps_left };
            share.out(0, *number, *ways, &mut next)?;
        }
        states = next.states;
    }
    Ok(states.into_iter().map(|(state, ways)| (state[groups..].to_vec(), ways)).collect())
}

/// States and the number of ways to each, in order of first occurrence.
#[derive(Default)]
struct States {
    states: Vec<(Vec<u128>, f64)>,
    places: FxHashMap<Vec<u128>, usize>,
}

impl States {
    fn add(&mut self, state: &[u128], ways: f64) {
        match self.places.get(state) {
            Some(place) => self.states[*place].1 += ways,
            None => {
                self.places.insert(state.to_vec(), self.states.len());
                self.states.push((state.to_vec(), ways));
            }
        }
    }
}

/// A run being shared out among the groups.
struct RunShare<'a> {
    /// Places left in each group, then the doubled rank sum of each.
    state: Vec<u128>,
    groups: usize,
    rank: u128,
    steps_left: &'a mut usize,
}

impl RunShare<'_> {
    /// Shares `number` values out among the groups from `group` on.
    fn out(&mut self, group: usize, number: u64, ways: f64, next: &mut States) -> Result<(), NoTest> {
        *self.steps_left = self.steps_left.checked_sub(1).ok_or(NoTest::TooLarge)?;
        if group == self.groups {
            next.add(&self.state, ways);
            return Ok(());
        }
        let (places, sum) = (self.state[group], self.state[self.groups + group]);
        let behind: u128 = self.state[group + 1..self.groups].iter().sum();
        let mut choices = 1.0;
        for taken in 0..=number.min(places as u64) {
            let fits = u128::from(number - taken) <= behind;
            if fits {
                self.state[group] = places - u128::from(taken);
                self.state[self.groups + group] = sum + u128::from(taken) * self.rank;
                self.out(group + 1, number - taken, ways * choices, next)?;
            }
            choices = choices * (number - taken) as f64 / (taken + 1) as f64;
        }
        (self.state[group], self.state[self.groups + group]) = (places, sum);
        Ok(())
    }
}
