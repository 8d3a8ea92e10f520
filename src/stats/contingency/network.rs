//! All tables with given margins, as a network: the exact distribution without listing them.
//!
//! A node of stage j is what is left of the row sums once j columns are filled; rows are alike, so
//! it is kept sorted. An edge fills one column. The weight of a table is the product of the
//! multinomial coefficients of its columns, its probability the weight over that of all tables.
//! Walking the stages, paths that meet in a node with the same weight are one, and a node whose
//! longest way to the end is still rare enough counts at once, one whose shortest is not is left
//! (Mehta & Patel 1983, doi:10.1080/01621459.1983.10477989). Nothing has a fixed size; the work is
//! bounded instead.

use super::hypergeometric::TIE;
use crate::stats::hypothesis::NoTest;
use rustc_hash::{FxHashMap, FxHashSet};
use statrs::function::factorial::ln_factorial;
use std::cmp::Reverse;

/// Most edges that are built, and most steps along them for one p: some hundredths of a second each.
const MOST_EDGES: usize = 200_000;
const MOST_STEPS: usize = 2_000_000;

/// Logarithm of a weight up to which weights are not scaled down.
const MOST_LN_WEIGHT: f64 = 650.0;

/// What is left of the row sums, and how it can end.
struct NetworkNode {
    left: Vec<u64>,
    edges: Vec<NetworkEdge>,
    /// Weight of all ways to the end.
    all: f64,
    /// Weight of the heaviest way.
    longest: f64,
    /// Weight of the lightest way.
    shortest: f64,
}

impl NetworkNode {
    fn new(left: Vec<u64>) -> NetworkNode {
        NetworkNode { left, edges: Vec::new(), all: 1.0, longest: 1.0, shortest: 1.0 }
    }
}

/// The fillings of a column that lead to one node with one weight.
#[derive(Clone, Copy, PartialEq)]
struct NetworkEdge {
    to: usize,
    weight: f64,
    number: f64,
}

/// The network of the tables with given margins.
pub(super) struct Network {
    stages: Vec<Vec<NetworkNode>>,
    /// Logarithm by which the weight of each column is scaled down.
    scales: Vec<f64>,
}

impl Network {
    /// The network of these margins, whose sums are equal; few rows make few nodes.
    /// Errors: [`NoTest::TooLarge`] when it has more than 200,000 edges.
    pub fn of(row_sums: &[u64], column_sums: &[u64]) -> Result<Network, NoTest> {
        // Large columns first: they meet few nodes.
        let mut columns = column_sums.to_vec();
        columns.sort_unstable_by(|left, right| right.cmp(left));
        let mut rows = row_sums.to_vec();
        rows.sort_unstable();
        if edges_of_two(&rows, &columns) > MOST_EDGES as u64 {
            return Err(NoTest::TooLarge);
        }
        ensure_room_behind(&rows, &columns)?;
        let scales = scales(row_sums, &columns);
        let mut stages = vec![vec![NetworkNode::new(rows)]];
        let mut edges_left = MOST_EDGES;
        for (column, scale) in columns.iter().zip(&scales) {
            ensure_room(stages.last().map_or(&[], Vec::as_slice), *column, edges_left)?;
            let mut next = Stage::default();
            for node in stages.last_mut().into_iter().flatten() {
                node.edges = next.edges_from(&node.left, *column, *scale, &mut edges_left)?;
            }
            stages.push(next.nodes);
        }
        let mut network = Network { stages, scales };
        network.measure();
        Ok(network)
    }

    /// From the end to the start: the ways from each node.
    fn measure(&mut self) {
        for at in (1..self.stages.len()).rev() {
            let (before, after) = self.stages.split_at_mut(at);
            let (Some(nodes), Some(next)) = (before.last_mut(), after.first()) else { return };
            for node in nodes {
                (node.all, node.longest, node.shortest) = (0.0, 0.0, f64::INFINITY);
                for edge in &node.edges {
                    let to = &next[edge.to];
                    node.all += edge.number * edge.weight * to.all;
                    node.longest = node.longest.max(edge.weight * to.longest);
                    node.shortest = node.shortest.min(edge.weight * to.shortest);
                }
            }
        }
    }

    /// The probability of all tables that are no more likely than the one with these columns.
    pub fn p_of(&self, mut columns: Vec<Vec<u64>>) -> Result<f64, NoTest> {
        columns.sort_by_key(|column| Reverse(column.iter().sum::<u64>()));
        self.p_up_to(columns.iter().zip(&self.scales).map(|(column, scale)| weight(column, *scale)).product())
    }

    /// The probability of the least likely table and of those as unlikely: the least p.
    pub fn least_p(&self) -> Result<f64, NoTest> {
        self.p_up_to(self.stages.first().and_then(|stage| stage.first()).map_or(0.0, |node| node.shortest))
    }

    /// The probability of all tables with a weight up to this.
    fn p_up_to(&self, weight: f64) -> Result<f64, NoTest> {
        let limit = weight * (1.0 + 1.0 / f64::from(TIE));
        let all = self.stages.first().and_then(|stage| stage.first()).map_or(1.0, |node| node.all);
        let (mut extreme, mut steps_left) = (0.0, MOST_STEPS);
        let mut pasts = vec![Pasts::default()];
        if let Some(past) = pasts.first_mut() {
            past.add(1.0, 1.0);
        }
        for (nodes, next) in self.stages.iter().zip(self.stages.iter().skip(1)) {
            let mut reached: Vec<Pasts> = next.iter().map(|_| Pasts::default()).collect();
            for (node, pasts) in nodes.iter().zip(pasts) {
                steps_left = steps_left.checked_sub(pasts.paths.len() * node.edges.len()).ok_or(NoTest::TooLarge)?;
                for (past, sum) in pasts.paths {
                    for edge in &node.edges {
                        let (path, to) = (past * edge.weight, &next[edge.to]);
                        let sum = sum * edge.weight * edge.number;
                        if path * to.longest <= limit {
                            extreme += sum * to.all;
                        } else if path * to.shortest <= limit {
                            reached[edge.to].add(path, sum);
                        }
                    }
                }
            }
            pasts = reached;
        }
        Ok(extreme / all)
    }
}

/// The number of edges of two rows as far as the limit, from the sums alone; 0 for other numbers of rows.
/// (The first row of a node can have anything from nothing to all that is left, as far as its sum and the columns
/// before allow; what is left of the two is one node in either order.)
fn edges_of_two(rows: &[u64], columns: &[u64]) -> u64 {
    let [first, second] = rows else { return 0 };
    let (mut left, mut filled, mut edges) = (first + second, 0, 0_u64);
    for column in columns {
        let low = first.saturating_sub(filled).max(left.saturating_sub(*second));
        let is_met_before = |x: u64| left - x < x && left - x >= low;
        let of_node = |x: u64| x.min(*column) + 1 - column.saturating_sub(left - x);
        edges = (low..=left.min(*first))
            .filter(|x| !is_met_before(*x))
            .fold(edges, |edges, x| edges.saturating_add(of_node(x)));
        if edges > MOST_EDGES as u64 {
            break;
        }
        (left, filled) = (left - column, filled + column);
    }
    edges
}

/// Nodes behind the first column that are tried.
const TRIED: usize = 1000;

/// Counts edges of the second column from some nodes near the most probable one: enough to know that there are too
/// many, before the nodes behind the first column are built.
fn ensure_room_behind(rows: &[u64], columns: &[u64]) -> Result<(), NoTest> {
    let (&[first, second, ..], total) = (columns, rows.iter().sum::<u64>().max(1)) else { return Ok(()) };
    let share = |row: &u64| (u128::from(*row) * u128::from(first) / u128::from(total)) as u64;
    let mut filling: Vec<u64> = rows.iter().map(share).collect();
    let room: Vec<u64> = rows.iter().zip(&filling).map(|(row, taken)| row - taken).collect();
    let missing = first_filling(&room, first - filling.iter().sum::<u64>());
    filling.iter_mut().zip(missing).for_each(|(taken, more)| *taken += more);
    let (mut edges, mut tried) = (fillings(rows, first), FxHashSet::default());
    for _ in 0..TRIED {
        let mut left: Vec<u64> = rows.iter().zip(&filling).map(|(row, taken)| row - taken).collect();
        left.sort_unstable();
        if !tried.contains(&left) {
            edges += fillings(&left, second);
            tried.insert(left);
        }
        if edges > MOST_EDGES as f64 {
            return Err(NoTest::TooLarge);
        }
        if !advance(&mut filling, rows) {
            break;
        }
    }
    Ok(())
}

/// Counts the edges of a stage before any is built: large tables are given up at once.
fn ensure_room(nodes: &[NetworkNode], column: u64, edges_left: usize) -> Result<(), NoTest> {
    let mut room = edges_left as f64;
    let has_room = nodes.iter().all(|node| {
        room -= fillings(&node.left, column);
        room >= 0.0
    });
    if has_room { Ok(()) } else { Err(NoTest::TooLarge) }
}

/// The nodes of a stage, found by what is left.
#[derive(Default)]
struct Stage {
    nodes: Vec<NetworkNode>,
    places: FxHashMap<Vec<u64>, usize>,
}

impl Stage {
    fn place(&mut self, left: &[u64]) -> usize {
        if let Some(place) = self.places.get(left) {
            return *place;
        }
        self.places.insert(left.to_vec(), self.nodes.len());
        self.nodes.push(NetworkNode::new(left.to_vec()));
        self.nodes.len() - 1
    }

    /// All fillings of a column of this sum from what is left of the rows.
    fn edges_from(
        &mut self,
        left: &[u64],
        sum: u64,
        scale: f64,
        edges_left: &mut usize,
    ) -> Result<Vec<NetworkEdge>, NoTest> {
        let mut edges = Vec::new();
        let mut filling = first_filling(left, sum);
        let mut rest = Vec::with_capacity(left.len());
        loop {
            *edges_left = edges_left.checked_sub(1).ok_or(NoTest::TooLarge)?;
            rest.clear();
            rest.extend(left.iter().zip(&filling).map(|(left, taken)| left - taken));
            rest.sort_unstable();
            edges.push(NetworkEdge { to: self.place(&rest), weight: weight(&filling, scale), number: 1.0 });
            if !advance(&mut filling, left) {
                break;
            }
        }
        Ok(merged(edges))
    }
}

/// Edges to one node with one weight, as one.
fn merged(mut edges: Vec<NetworkEdge>) -> Vec<NetworkEdge> {
    edges.sort_unstable_by(|one, other| one.to.cmp(&other.to).then(one.weight.total_cmp(&other.weight)));
    edges.dedup_by(|later, kept| {
        let is_same = later.to == kept.to && later.weight == kept.weight;
        if is_same {
            kept.number += later.number;
        }
        is_same
    });
    edges
}

/// The filling that takes as much as it can from the first rows.
fn first_filling(left: &[u64], sum: u64) -> Vec<u64> {
    let mut missing = sum;
    let take = |left: &u64| {
        let taken = missing.min(*left);
        missing -= taken;
        taken
    };
    left.iter().map(take).collect()
}

/// Turns a filling into the next one, in falling lexical order. False after the last.
fn advance(filling: &mut [u64], left: &[u64]) -> bool {
    // The cells after a row can take one more unless they are full.
    let (mut behind, mut room) = (0, 0);
    for at in (0..filling.len()).rev() {
        if filling[at] > 0 && room > 0 {
            filling[at] -= 1;
            let rest = first_filling(&left[at + 1..], behind + 1);
            filling[at + 1..].copy_from_slice(&rest);
            return true;
        }
        behind += filling[at];
        room += left[at] - filling[at];
    }
    false
}

/// The number of fillings of a column of this sum. (Each row takes 0 up to its own sum: row by row,
/// the ways to reach a sum are a difference of running totals.)
fn fillings(rows: &[u64], sum: u64) -> f64 {
    let mut ways = vec![0.0; sum as usize + 1];
    ways[0] = 1.0;
    for row in rows {
        let mut totals = 0.0;
        let totals: Vec<f64> = ways
            .iter()
            .map(|ways| {
                totals += ways;
                totals
            })
            .collect();
        for (at, ways) in ways.iter_mut().enumerate() {
            let missed = usize::try_from(*row).ok().and_then(|row| at.checked_sub(row + 1));
            *ways = totals[at] - missed.map_or(0.0, |at| totals[at]);
        }
    }
    ways.last().copied().unwrap_or(0.0)
}

/// ln of the multinomial coefficient of these counts.
fn ln_multinomial(counts: &[u64]) -> f64 {
    ln_factorial(counts.iter().sum()) - counts.iter().map(|count| ln_factorial(*count)).sum::<f64>()
}

/// The logarithms by which weights are scaled down: none while the weight of all tables together
/// is a double.
fn scales(rows: &[u64], columns: &[u64]) -> Vec<f64> {
    let is_small = ln_multinomial(rows) < MOST_LN_WEIGHT;
    let total = rows.iter().sum::<u64>().max(1) as f64;
    let typical = |column: &u64| {
        let shares: Vec<u64> = rows.iter().map(|row| (*row as f64 * *column as f64 / total).round() as u64).collect();
        ln_multinomial(&shares)
    };
    columns.iter().map(|column| if is_small { 0.0 } else { typical(column) }).collect()
}

/// The weight of a column. Not scaled it is whole, which its logarithm shows as long as it is small.
fn weight(column: &[u64], scale: f64) -> f64 {
    let weight = (ln_multinomial(column) - scale).exp();
    if scale == 0.0 && weight < 1e9 { weight.round() } else { weight }
}

/// Paths to a node: a weight each, and the weights of all paths that share it, summed.
#[derive(Default)]
struct Pasts {
    paths: Vec<(f64, f64)>,
    places: FxHashMap<u64, usize>,
}

impl Pasts {
    /// Adds paths whose weights add up to `sum`. Weights that agree to 2^-36 are one: far closer
    /// than the tolerance of a tie.
    fn add(&mut self, weight: f64, sum: f64) {
        let place = *self.places.entry(weight.to_bits() >> 16).or_insert(self.paths.len());
        match self.paths.get_mut(place) {
            Some((_, sums)) => *sums += sum,
            None => self.paths.push((weight, sum)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn edges_are_foreseen_before_they_are_built(rows in prop::collection::vec(1_u64..30, 2..4), cuts in prop::collection::vec(1_u64..60, 1..5)) {
            let total = rows.iter().sum::<u64>();
            let mut cuts: Vec<u64> = cuts.into_iter().map(|cut| cut % total).chain([0, total]).collect();
            cuts.sort_unstable();
            cuts.dedup();
            let mut columns: Vec<u64> = cuts.windows(2).map(|ends| ends[1] - ends[0]).collect();
            columns.sort_unstable_by(|left, right| right.cmp(left));
            let mut stage = Stage::default();
            let mut sorted = rows.clone();
            sorted.sort_unstable();
            stage.place(&sorted);
            let (mut built, mut room) = (0_u64, usize::MAX);
            for column in &columns {
                let mut next = Stage::default();
                for node in &stage.nodes {
                    let before = room;
                    next.edges_from(&node.left, *column, 0.0, &mut room).expect("there is room");
                    prop_assert_eq!((before - room) as f64, fillings(&node.left, *column));
                    built += (before - room) as u64;
                }
                stage = next;
            }
            if let [_, _] = sorted.as_slice() {
                prop_assert_eq!(edges_of_two(&sorted, &columns), built);
            }
        }
    }
}
