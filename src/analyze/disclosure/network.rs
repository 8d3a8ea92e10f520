//! Counts as flows of cases through a network: which of them must be masked so that none can be computed.
//!
//! Each count is an edge along which its cases flow, each sum of counts a node where as many arrive as leave. What a
//! reader can change without touching a shown number is a closed walk along edges that are not shown: one case more
//! along it, one less against it. So a count has a second possible value where such a walk passes it.

use super::connectivity::{Edge, Incidence, on_cycle};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

/// What a reader sees of a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Visibility {
    /// Its value.
    Shown,
    /// That it is masked.
    Masked,
    /// No table: it is a difference of two counts that are in tables.
    Unprinted,
}

/// One count between two sums.
#[derive(Debug, Clone, Copy)]
pub(super) struct Flow {
    /// The sum it leaves.
    pub from: usize,
    /// The sum it enters.
    pub to: usize,
    /// Cases.
    pub value: u64,
    /// The least that a reader knows it to be when it is not shown.
    pub floor: u64,
    /// What a reader sees of it.
    pub visibility: Visibility,
}

impl Flow {
    fn edge(&self) -> Edge {
        Edge { from: self.from, to: self.to, back: self.value > self.floor }
    }

    fn other(&self, node: usize) -> usize {
        if self.from == node { self.to } else { self.from }
    }

    /// True where at least two values must stay possible.
    fn is_secret(&self, k: u64) -> bool {
        self.visibility == Visibility::Masked || self.visibility == Visibility::Unprinted && is_small(self.value, k)
    }
}

/// True for the counts that few cases stand behind: 1 to k - 1.
pub(super) fn is_small(value: u64, k: u64) -> bool {
    value > 0 && value < k
}

/// Edges looked at in searching for the least that must be masked; beyond, everything is.
const MOST_STEPS: usize = 20_000_000;

/// The counts that depend on each other.
#[derive(Debug)]
pub(super) struct FlowNetwork {
    /// Number of sums.
    pub nodes: usize,
    /// The counts.
    pub flows: Vec<Flow>,
}

impl FlowNetwork {
    /// Masks small counts, and others so that no secret has one possible value only; false where masking all of them
    /// does not suffice.
    ///
    /// Time: linear in the counts for each of the searches for a cheapest cycle, which end after [`MOST_STEPS`].
    pub fn protect(&mut self, k: u64) -> bool {
        let at = Incidence::new(self.nodes, self.flows.iter().map(|flow| (flow.from, flow.to)));
        // With everything masked: what is on no cycle then never will be, and its mask would protect nothing.
        let edges: Vec<Edge> = self.flows.iter().map(Flow::edge).collect();
        let can_hide = on_cycle(self.nodes, &edges);
        self.flows.iter_mut().filter(|flow| is_small(flow.value, k)).for_each(mask);
        if self.flows.iter().zip(&can_hide).any(|(flow, can_hide)| !can_hide && flow.is_secret(k)) {
            return false;
        }
        self.mask_beside_single(&at, &can_hide, k);
        let mut steps = 0;
        while let Some(secret) = self.exposed(k).first() {
            steps += self.flows.len();
            if steps > MOST_STEPS {
                self.flows
                    .iter_mut()
                    .zip(&can_hide)
                    .filter(|(_, can_hide)| **can_hide)
                    .for_each(|(flow, _)| mask(flow));
                return true;
            }
            let Some(cycle) = self.cheapest_cycle(&at, *secret) else { return false };
            cycle.into_iter().for_each(|edge| mask(&mut self.flows[edge]));
        }
        true
    }

    /// In each sum where one secret stands alone, masks the smallest count beside it.
    fn mask_beside_single(&mut self, at: &Incidence, can_hide: &[bool], k: u64) {
        let mut open: VecDeque<usize> = (0..self.nodes).collect();
        while let Some(node) = open.pop_front() {
            let hidden = |edge: &&usize| self.flows[**edge].visibility != Visibility::Shown;
            let mut unknown = at.at(node).iter().filter(hidden);
            let (Some(single), None) = (unknown.next(), unknown.next()) else { continue };
            let shown = at
                .at(node)
                .iter()
                .filter(|edge| can_hide[**edge] && self.flows[**edge].visibility == Visibility::Shown);
            let smallest = shown.min_by_key(|edge| (self.flows[**edge].value, **edge)).copied();
            if let Some(edge) = smallest.filter(|_| self.flows[*single].is_secret(k)) {
                mask(&mut self.flows[edge]);
                open.push_back(self.flows[edge].other(node));
            }
        }
    }

    /// The secrets that can be computed from what is shown, the first ones first.
    fn exposed(&self, k: u64) -> Vec<usize> {
        let unknown: Vec<usize> =
            (0..self.flows.len()).filter(|at| self.flows[*at].visibility != Visibility::Shown).collect();
        let edges: Vec<Edge> = unknown.iter().map(|at| self.flows[*at].edge()).collect();
        let found = on_cycle(self.nodes, &edges);
        let exposed = unknown.into_iter().zip(found).filter(|(at, found)| !found && self.flows[*at].is_secret(k));
        exposed.map(|(at, _)| at).collect()
    }

    /// The cycle through a count that hides the fewest cases.
    fn cheapest_cycle(&self, at: &Incidence, through: usize) -> Option<Vec<usize>> {
        let flow = &self.flows[through];
        let more = self.cheapest_path(at, through, flow.to, flow.from);
        let less = if flow.value > flow.floor { self.cheapest_path(at, through, flow.from, flow.to) } else { None };
        more.into_iter().chain(less).min_by_key(|(cost, _)| *cost).map(|(_, path)| path)
    }

    fn cheapest_path(&self, at: &Incidence, without: usize, start: usize, goal: usize) -> Option<(u64, Vec<usize>)> {
        let mut best = vec![(u64::MAX, usize::MAX); self.nodes];
        best[start].0 = 0;
        let mut open = BinaryHeap::from([Reverse((0, start))]);
        while let Some(Reverse((cost, node))) = open.pop() {
            if node == goal {
                return Some((cost, self.path_to(&best, start, goal)));
            }
            if cost > best[node].0 {
                continue;
            }
            for edge in at.at(node).iter().copied().filter(|edge| *edge != without) {
                let flow = &self.flows[edge];
                let next = flow.other(node);
                let cost = cost.saturating_add(if flow.visibility == Visibility::Shown { flow.value } else { 0 });
                if (flow.from == node || flow.value > flow.floor) && cost < best[next].0 {
                    best[next] = (cost, edge);
                    open.push(Reverse((cost, next)));
                }
            }
        }
        None
    }

    fn path_to(&self, best: &[(u64, usize)], start: usize, goal: usize) -> Vec<usize> {
        let mut path = Vec::new();
        let mut node = goal;
        while node != start {
            let edge = best[node].1;
            path.push(edge);
            node = self.flows[edge].other(node);
        }
        path
    }
}

fn mask(flow: &mut Flow) {
    if flow.visibility == Visibility::Shown {
        flow.visibility = Visibility::Masked;
    }
}
