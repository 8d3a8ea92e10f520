//! Which edges of a mixed graph lie on a cycle: the graph theory behind complementary masking.

/// One edge: it can be walked from its first end to its second, and back where `back` is true.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    /// First end.
    pub from: usize,
    /// Second end.
    pub to: usize,
    /// It can be walked backwards too.
    pub back: bool,
}

/// For each edge, true where a closed walk passes it exactly once.
///
/// An edge lies on such a cycle where both its ends are in one strongly connected component and it is no bridge of
/// that component, directions set aside. Time and memory are linear in nodes and edges.
/// Reference: Gusfield 1988, A graph theoretic approach to statistical data security, SIAM J Comput 17(3).
pub(super) fn on_cycle(nodes: usize, edges: &[Edge]) -> Vec<bool> {
    let component = components(nodes, edges);
    let inside: Vec<bool> = edges.iter().map(|e| component[e.from] == component[e.to]).collect();
    let bridge = bridges(nodes, edges, &inside);
    inside.iter().zip(bridge).map(|(inside, bridge)| *inside && !bridge).collect()
}

/// The edges at each node, as positions in one list.
pub(super) struct Incidence {
    starts: Vec<usize>,
    list: Vec<usize>,
}

impl Incidence {
    /// The edges at each node, in the order of the edges; `ends` gives both ends of an edge.
    pub fn new(nodes: usize, ends: impl Iterator<Item = (usize, usize)> + Clone) -> Incidence {
        let mut starts = vec![0; nodes + 1];
        ends.clone().flat_map(|(a, b)| [a, b]).for_each(|node| starts[node + 1] += 1);
        for node in 0..nodes {
            starts[node + 1] += starts[node];
        }
        let mut next = starts.clone();
        let mut list = vec![0; starts[nodes]];
        for (edge, (a, b)) in ends.enumerate() {
            for node in [a, b] {
                list[next[node]] = edge;
                next[node] += 1;
            }
        }
        Incidence { starts, list }
    }

    /// The edges at a node.
    pub fn at(&self, node: usize) -> &[usize] {
        &self.list[self.starts[node]..self.starts[node + 1]]
    }
}

fn incidence(nodes: usize, edges: &[Edge]) -> Incidence {
    Incidence::new(nodes, edges.iter().map(|e| (e.from, e.to)))
}

/// The node an edge leads to from `node`, if it can be walked in that direction.
fn step(edge: &Edge, node: usize) -> Option<usize> {
    if edge.from == node { Some(edge.to) } else { edge.back.then_some(edge.from) }
}

const UNSEEN: usize = usize::MAX;

/// The strongly connected component of each node (Tarjan 1972), without recursion.
fn components(nodes: usize, edges: &[Edge]) -> Vec<usize> {
    let at = incidence(nodes, edges);
    let (mut order, mut low, mut component) = (vec![UNSEEN; nodes], vec![0; nodes], vec![UNSEEN; nodes]);
    let (mut open, mut path, mut met, mut found) = (Vec::new(), Vec::new(), 0, 0);
    for root in 0..nodes {
        if order[root] == UNSEEN {
            path.push((root, 0));
        }
        while let Some((node, tried)) = path.pop() {
            if tried == 0 {
                (order[node], low[node]) = (met, met);
                met += 1;
                open.push(node);
            }
            let Some(edge) = at.at(node).get(tried) else {
                if low[node] == order[node] {
                    while let Some(member) = open.pop() {
                        component[member] = found;
                        if member == node {
                            break;
                        }
                    }
                    found += 1;
                }
                if let Some((parent, _)) = path.last() {
                    low[*parent] = low[*parent].min(low[node]);
                }
                continue;
            };
            path.push((node, tried + 1));
            match step(&edges[*edge], node) {
                Some(next) if order[next] == UNSEEN => path.push((next, 0)),
                Some(next) if component[next] == UNSEEN => low[node] = low[node].min(order[next]),
                _ => {}
            }
        }
    }
    component
}

/// The edges among the `inside` ones without which their ends would not be connected, directions set aside.
fn bridges(nodes: usize, edges: &[Edge], inside: &[bool]) -> Vec<bool> {
    let at = incidence(nodes, edges);
    let (mut order, mut low) = (vec![UNSEEN; nodes], vec![0; nodes]);
    let (mut bridge, mut path, mut met) = (vec![false; edges.len()], Vec::new(), 0);
    for root in 0..nodes {
        if order[root] == UNSEEN {
            path.push((root, UNSEEN, 0));
        }
        while let Some((node, by, tried)) = path.pop() {
            if tried == 0 {
                (order[node], low[node]) = (met, met);
                met += 1;
            }
            let Some(edge) = at.at(node).get(tried).copied() else {
                if let Some((parent, _, _)) = path.last() {
                    low[*parent] = low[*parent].min(low[node]);
                    bridge[by] = low[node] > order[*parent];
                }
                continue;
            };
            path.push((node, by, tried + 1));
            let next = if edges[edge].from == node { edges[edge].to } else { edges[edge].from };
            if edge != by && inside[edge] {
                if order[next] == UNSEEN {
                    path.push((next, edge, 0));
                } else {
                    low[node] = low[node].min(order[next]);
                }
            }
        }
    }
    bridge
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The definition itself: from one end to the other without the edge.
    fn by_search(nodes: usize, edges: &[Edge], wanted: usize) -> bool {
        let reaches = |start: usize, goal: usize| {
            let mut seen = vec![false; nodes];
            let mut open = vec![start];
            while let Some(node) = open.pop() {
                if !std::mem::replace(&mut seen[node], true) {
                    let others =
                        edges.iter().enumerate().filter(|(at, e)| *at != wanted && (e.from == node || e.to == node));
                    open.extend(others.filter_map(|(_, e)| step(e, node)));
                }
            }
            seen[goal]
        };
        let edge = &edges[wanted];
        reaches(edge.to, edge.from) || edge.back && reaches(edge.from, edge.to)
    }

    proptest! {
        #[test]
        fn an_edge_is_on_a_cycle_where_a_search_closes_one(
            ends in prop::collection::vec((0..6_usize, 0..6_usize, any::<bool>()), 0..12)
        ) {
            let edges: Vec<Edge> =
                ends.into_iter().filter(|(a, b, _)| a != b).map(|(from, to, back)| Edge { from, to, back }).collect();
            let found = on_cycle(6, &edges);
            for (at, found) in found.into_iter().enumerate() {
                prop_assert_eq!(found, by_search(6, &edges, at), "edge {} of {:?}", at, edges);
            }
        }
    }

    #[test]
    fn long_chains_need_no_deep_stack() {
        let mut edges: Vec<Edge> = (0..200_000).map(|at| Edge { from: at, to: at + 1, back: true }).collect();
        assert!(on_cycle(200_001, &edges).iter().all(|found| !found));
        edges.push(Edge { from: 200_000, to: 0, back: false });
        assert!(on_cycle(200_001, &edges).iter().all(|found| *found));
    }
}
