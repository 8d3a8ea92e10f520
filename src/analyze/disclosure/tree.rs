//! The sums among the counts of one variable: each count with what it splits into, in every column.
//!
//! A count can be split in several ways: the values of a number into censored ones and others, and again by reference
//! range. The first split and those below it are protected together, as one network. Every further split depends on
//! them only through its total; where that is shown the split is protected by itself, where it is not the whole split
//! is masked, so that it says nothing about its total.

use super::network::{Flow, FlowNetwork, Visibility};
use super::view::{ColumnVisibility, View};

/// One count of a variable.
#[derive(Debug, Default)]
pub(super) struct TreeCount {
    /// Numbers of the printed counts that show it; none for a difference of printed ones.
    pub printed: Vec<usize>,
    /// Its value in each column of the view.
    pub values: Vec<u64>,
    /// Where it is masked; in a column that is protected already, where it was.
    pub masked: Vec<bool>,
    /// The counts it is the sum of, at first.
    pub parts: Vec<usize>,
    /// Other counts it is the sum of.
    pub splits: Vec<CountSplit>,
}

/// Another way to split a count.
#[derive(Debug)]
pub(super) struct CountSplit {
    parts: Vec<usize>,
    /// It is shown only if nothing in the splits before it is masked, because it is made of them.
    follows: bool,
}

/// The counts of one variable.
#[derive(Debug)]
pub(super) struct Tree<'v> {
    /// The counts; the first is that of all cases.
    pub counts: Vec<TreeCount>,
    /// The columns.
    pub view: &'v View,
    /// Sums that the printed counts do not keep: the variable cannot be protected by them.
    pub is_broken: bool,
}

impl<'v> Tree<'v> {
    /// No counts yet.
    pub fn new(view: &'v View) -> Tree<'v> {
        Tree { counts: Vec::new(), view, is_broken: false }
    }

    /// Adds a count.
    pub fn count(&mut self, printed: &[usize], values: Vec<u64>) -> usize {
        let masked = vec![false; values.len()];
        self.counts.push(TreeCount { printed: printed.to_vec(), values, masked, ..TreeCount::default() });
        self.counts.len() - 1
    }

    /// Adds the count that is the sum of others and not printed itself.
    pub fn sum(&mut self, parts: Vec<usize>) -> usize {
        let values = self.total(&parts);
        let is_told = parts.iter().all(|part| !self.counts[*part].masked[0]);
        let sum = self.count(&[], values);
        self.counts[sum].masked[0] = !is_told;
        self.counts[sum].parts = parts;
        sum
    }

    /// Says that a count is the sum of others; what is missing is added as a count that is not printed, always if
    /// `open`, else only where there is some.
    pub fn split(&mut self, whole: usize, mut parts: Vec<usize>, open: bool) {
        self.complete(whole, &mut parts, open);
        self.counts[whole].parts = parts;
    }

    /// Says that a count is the sum of others in one more way.
    pub fn split_again(&mut self, whole: usize, mut parts: Vec<usize>, follows: bool) {
        self.complete(whole, &mut parts, true);
        self.counts[whole].splits.push(CountSplit { parts, follows });
    }

    fn total(&self, parts: &[usize]) -> Vec<u64> {
        let of = |column: usize| parts.iter().map(|part| self.counts[*part].values[column]).sum();
        (0..self.view.columns.len()).map(of).collect()
    }

    fn complete(&mut self, whole: usize, parts: &mut Vec<usize>, open: bool) {
        let sums = self.total(parts);
        let rest: Option<Vec<u64>> =
            self.counts[whole].values.iter().zip(sums).map(|(whole, sum)| whole.checked_sub(sum)).collect();
        match rest {
            None => self.is_broken = true,
            Some(rest) if open || rest.iter().any(|n| *n > 0) => parts.push(self.count(&[], rest)),
            Some(_) => {}
        }
    }

    /// Masks what must be masked; false where the variable cannot be shown at all.
    pub fn protect(&mut self, k: u64) -> bool {
        let members = self.below(&self.counts[0].parts, false);
        if self.is_broken || !self.shield(&members, k) {
            return false;
        }
        self.further(0, k);
        members.into_iter().for_each(|member| self.further(member.count, k));
        true
    }

    /// Masks a count in a column before anything is protected.
    pub fn force(&mut self, printed: usize, column: usize) {
        let shows = |count: &&mut TreeCount| count.printed.contains(&printed) && count.values[column] > 0;
        self.counts.iter_mut().filter(shows).for_each(|count| count.masked[column] = true);
    }

    /// Masks every count but that of all cases, zeros too.
    pub fn withhold(&mut self) {
        let members = self.below(&self.counts[0].parts, true);
        for member in self.untold(0, true, &members) {
            self.counts[member].masked.fill(true);
        }
    }

    /// The members that a group has in common with all cases cannot be hidden in it, where those of all cases are shown:
    /// what no case has, what all cases of a total have, and everything below a total that all are in the group of.
    /// These are the other members.
    fn untold(&self, whole: usize, is_known: bool, members: &[NetworkMember]) -> Vec<usize> {
        let is_given =
            |count: usize| self.view.columns[0].visibility == ColumnVisibility::Known && !self.counts[count].masked[0];
        let all = |count: usize| self.counts[count].values[0];
        // Where all cases are in the group, so are all of the parts, even if their number is masked.
        let holds_all = |count: usize| self.counts[count].values.get(1) == Some(&all(count));
        let mut told = vec![(whole, is_known, is_known && is_given(whole) && holds_all(whole))];
        for NetworkMember { count, top } in members {
            let (top, is_known, is_all) = told[*top];
            let is_whole = is_known && is_given(top) && all(*count) == all(top);
            let is_told = is_given(*count) && (all(*count) == 0 || is_all || is_whole);
            told.push((*count, is_told, is_all || is_told && holds_all(*count)));
        }
        told.into_iter().skip(1).filter(|(_, is_told, _)| !is_told).map(|(count, _, _)| count).collect()
    }

    /// True where a printed count is masked.
    pub fn is_masked(&self) -> bool {
        self.any_masked(0..self.counts.len())
    }

    fn any_masked(&self, mut counts: impl Iterator<Item = usize>) -> bool {
        counts.any(|count| !self.counts[count].printed.is_empty() && self.counts[count].masked.contains(&true))
    }

    /// These counts and those they are the sums of; with the other ways to split them if `all`.
    fn below(&self, parts: &[usize], all: bool) -> Vec<NetworkMember> {
        let mut members: Vec<NetworkMember> =
            parts.iter().map(|count| NetworkMember { count: *count, top: 0 }).collect();
        let mut at = 0;
        while let Some(member) = members.get(at).copied() {
            at += 1;
            let count = &self.counts[member.count];
            members.extend(count.parts.iter().map(|part| NetworkMember { count: *part, top: at }));
            let others = count.splits.iter().filter(|_| all).flat_map(|split| &split.parts);
            members.extend(others.map(|part| NetworkMember { count: *part, top: at }));
        }
        members
    }

    /// Goes on with the other splits of a count.
    fn further(&mut self, whole: usize, k: u64) {
        let splits = std::mem::take(&mut self.counts[whole].splits);
        let is_known = !self.counts[whole].printed.is_empty() && !self.counts[whole].masked.contains(&true);
        let mut is_clean = true;
        for split in &splits {
            let members = self.below(&split.parts, false);
            if is_known && (is_clean || !split.follows) && self.shield(&members, k) {
                members.into_iter().for_each(|member| self.further(member.count, k));
            } else {
                self.conceal(whole, is_known, &split.parts);
            }
            let all = self.below(&split.parts, true);
            is_clean = is_clean && !self.any_masked(all.iter().map(|member| member.count));
        }
        self.counts[whole].splits = splits;
    }

    /// Masks a whole split, zeros too, wherever its total is not zero.
    fn conceal(&mut self, whole: usize, is_known: bool, parts: &[usize]) {
        let open: Vec<bool> = self.counts[whole].values.iter().map(|n| *n > 0).collect();
        let members = self.below(parts, true);
        for member in self.untold(whole, is_known, &members) {
            self.counts[member].masked.iter_mut().zip(&open).for_each(|(masked, open)| *masked |= open);
        }
    }

    /// Protects the members of a split whose total is known; false, and nothing is masked, where that is impossible.
    fn shield(&mut self, members: &[NetworkMember], k: u64) -> bool {
        let (mut network, places) = self.network(members);
        if !network.protect(k) {
            return false;
        }
        for (flow, (count, column)) in network.flows.iter().zip(places) {
            self.counts[count].masked[column] |= flow.visibility == Visibility::Masked;
        }
        true
    }

    /// The network of a split, and for each of its flows the count and the column.
    ///
    /// Among all cases a flow leads from a sum to its parts; in the groups it leads back, so that at a count that has
    /// no parts itself as many cases arrive as its groups have.
    fn network(&self, members: &[NetworkMember]) -> (FlowNetwork, Vec<(usize, usize)>) {
        let width = self.view.columns.len();
        let nodes = (members.len() + 1) * width + 1;
        let (mut flows, mut places) = (Vec::new(), Vec::new());
        for (at, member) in members.iter().enumerate() {
            let count = &self.counts[member.count];
            for column in 0..width {
                let Some((visibility, floor)) = self.visibility(count, column) else { continue };
                let upper = member.top * width + column;
                let lower = match (count.parts.is_empty(), width) {
                    (false, _) => (at + 1) * width + column,
                    // Without groups the cases of all parts meet in one node.
                    (true, 1) => nodes - 1,
                    (true, _) => (at + 1) * width,
                };
                let (from, to) = if column == 0 { (upper, lower) } else { (lower, upper) };
                flows.push(Flow { from, to, value: count.values[column], floor, visibility });
                places.push((member.count, column));
            }
        }
        (FlowNetwork { nodes, flows }, places)
    }

    /// What a reader sees of a count, and the least it can be; nothing where the value is known.
    fn visibility(&self, count: &TreeCount, column: usize) -> Option<(Visibility, u64)> {
        let is_zero = count.values[column] == 0;
        let is_masked = count.masked[column];
        match (self.view.columns[column].visibility, count.printed.is_empty()) {
            (ColumnVisibility::Known, _) => None,
            (_, true) | (ColumnVisibility::Outside, _) => Some((Visibility::Unprinted, 0)),
            // A zero is shown; who knows that knows that what is masked is none.
            _ if is_zero => None,
            (ColumnVisibility::Masked, _) => Some((Visibility::Unprinted, 1)),
            (ColumnVisibility::Printed(_), _) if is_masked => Some((Visibility::Masked, 1)),
            (ColumnVisibility::Printed(_), _) => Some((Visibility::Shown, 1)),
        }
    }
}

/// A count in a network, and the place of the sum it is part of: 0 for the top, 1 for the first member.
#[derive(Debug, Clone, Copy)]
struct NetworkMember {
    count: usize,
    top: usize,
}
