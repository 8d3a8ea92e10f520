//! Which counts are hidden, variable by variable.

use super::builder::TreeBuilder;
use super::counts::{CountKey, PrintedCounts};
use super::family::{Family, families};
use super::groups::{by, masked_exclusive, masked_overlapping, told_by_levels};
use super::lists::is_safe;
use super::network::is_small;
use super::overlaps::mask_told_overlaps;
use super::tree::Tree;
use super::view::{ColumnVisibility, View};
use crate::analyze::results::ResultTable;
use crate::analyze::statistic::Statistic;
use std::collections::BTreeMap;

/// What was decided of the tables made from one variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct VariableMasking {
    /// Some count is masked.
    pub is_masked: bool,
    /// The names of the levels are left out too: with the number of cases they would tell the counts.
    pub is_withheld: bool,
    /// It is a list of combinations or sequences, and left out.
    pub is_left_out: bool,
}

/// What was decided, beside the counts that are hidden.
#[derive(Debug, Default)]
pub(super) struct Decisions<'r> {
    /// By table.
    pub maskings: BTreeMap<ResultTable<&'r str>, VariableMasking>,
    /// Groups masked as a whole, by their printed numbers.
    pub masked_groups: Vec<usize>,
    /// No group can be shown.
    pub without_groups: bool,
    /// The columns that are protected together.
    pub views: Vec<View>,
}

/// Decides what is hidden; `overlapping` where a case can be in several groups, `responses` is a column of responses
/// alone.
pub(super) fn decide<'r>(
    printed: &mut PrintedCounts<'r>,
    k: u64,
    overlapping: bool,
    responses: Option<&str>,
) -> Decisions<'r> {
    let groups = printed.columns.len() - 1;
    let mut decisions = Decisions::default();
    if overlapping {
        decisions.masked_groups = masked_overlapping(&printed.cases, k);
        let shown = (1..=groups).filter(|group| !decisions.masked_groups.contains(group));
        decisions.views = std::iter::once(View::exclusive(0, &[])).chain(shown.map(View::overlapping)).collect();
    } else {
        let masked = masked_exclusive(&printed.cases, k);
        decisions.without_groups = masked.is_none();
        decisions.masked_groups = masked.unwrap_or_default();
        let groups = if decisions.without_groups { 0 } else { groups };
        decisions.views = vec![View::exclusive(groups, &decisions.masked_groups)];
    }
    let told = if overlapping { Vec::new() } else { told_by_levels(printed, &decisions.masked_groups) };
    // Sizes of overlapping groups are counts of items, and bounds of each other.
    let told_by = if overlapping && !decisions.masked_groups.is_empty() { by(printed) } else { Default::default() };
    for family in families(printed, responses) {
        let masking = of_family(printed, &decisions, &family, k, (&told, told_by.contains(family.variable)));
        decisions.maskings.extend(family.members.iter().map(|member| (*member, masking)));
        for list in family.members.iter().filter(|table| is_list(**table)) {
            let is_left_out = masking.is_masked || !is_safe(printed, &decisions.views, &family, *list, k);
            decisions.maskings.insert(*list, VariableMasking { is_left_out, ..masking });
        }
    }
    of_others(printed, &mut decisions, k);
    hide_groups(printed, &decisions, overlapping);
    decisions
}

/// True where a table lists combinations or sequences.
fn is_list(table: ResultTable<&str>) -> bool {
    match table {
        ResultTable::Combinations(_) | ResultTable::Sequences(_) => true,
        ResultTable::Cases
        | ResultTable::Own(_)
        | ResultTable::Stated(_)
        | ResultTable::ByRange(_)
        | ResultTable::ByAgent
        | ResultTable::ByClass
        | ResultTable::ByLine
        | ResultTable::Best
        | ResultTable::BestCategory
        | ResultTable::Survival
        | ResultTable::Association
        | ResultTable::Cells => false,
    }
}

/// Protects the counts of one variable.
fn of_family<'r>(
    printed: &mut PrintedCounts<'r>,
    decisions: &Decisions<'r>,
    family: &Family<'r>,
    k: u64,
    (told, is_told): (&[usize], bool),
) -> VariableMasking {
    let mut masking = VariableMasking::default();
    let mut is_bound = false;
    for (number, view) in decisions.views.iter().enumerate() {
        let Some(mut tree) = TreeBuilder::build(printed, view, family) else { continue };
        told.iter().for_each(|id| tree.force(*id, 0));
        mask_told_overlaps(printed, &mut tree, family, k);
        let is_shown = !is_told && !is_bound && tree.protect(k);
        if !is_shown {
            tree.withhold();
            masking.is_withheld |= number == 0;
        }
        masking.is_masked |= tree.is_masked();
        // An overlapping group must not tell what is masked among all cases.
        is_bound |= number == 0 && masking.is_masked;
        tree.counts.iter().flat_map(|count| &count.printed).for_each(|id| printed.protect(*id));
        let masked = hidden_by(&tree);
        masked.into_iter().for_each(|(id, column)| printed.hide(id, column));
    }
    masking
}

/// The printed counts that a tree hides, with their printed columns.
fn hidden_by(tree: &Tree<'_>) -> Vec<(usize, usize)> {
    let mut hidden = Vec::new();
    for count in &tree.counts {
        for (at, column) in tree.view.columns.iter().enumerate() {
            match column.visibility {
                ColumnVisibility::Printed(number) if count.masked[at] => {
                    hidden.extend(count.printed.iter().map(|id| (*id, number)));
                }
                _ => {}
            }
        }
        if let Some((at, groups)) = tree.view.masked()
            && (count.masked[at] || count.values[at] > 0)
        {
            hidden.extend(count.printed.iter().flat_map(|id| groups.iter().map(|group| (*id, *group))));
        }
    }
    hidden
}

/// Counts that are part of no sum: hidden with the others of their variable, or where a count of their table is small.
fn of_others<'r>(printed: &mut PrintedCounts<'r>, decisions: &mut Decisions<'r>, k: u64) {
    let others: Vec<(usize, CountKey<'_>)> = printed.ids().filter(|(id, _)| !printed.is_protected(*id)).collect();
    let is_few = |id: usize, key: &CountKey<'_>| {
        let total = printed.id(CountKey::new(key.table, Statistic::N)).map(|total| printed.values(total));
        let beside = |column: usize, n: u64| total.map_or(0, |total| total[column].saturating_sub(n));
        printed.values(id).iter().enumerate().any(|(at, n)| is_small(*n, k) || is_small(beside(at, *n), k))
    };
    for (id, key) in &others {
        let masking = decisions.maskings.entry(key.table).or_default();
        // How many different ones there are counts no cases.
        masking.is_masked |= !matches!(key.statistic, Statistic::Combinations | Statistic::Levels) && is_few(*id, key);
    }
    for (id, key) in others {
        let masking = decisions.maskings.get(&key.table).copied().unwrap_or_default();
        if masking.is_masked || masking.is_left_out {
            (0..printed.columns.len()).for_each(|column| printed.hide(id, column));
        }
    }
}

/// Hides what masked groups have, but for zeros that all of them have.
fn hide_groups(printed: &mut PrintedCounts<'_>, decisions: &Decisions<'_>, overlapping: bool) {
    let ids = if decisions.masked_groups.is_empty() { 0 } else { printed.ids().count() };
    for id in 0..ids {
        let values = printed.values(id);
        let together: u64 = decisions.masked_groups.iter().map(|group| values[*group]).sum();
        if together > 0 || overlapping && values[0] > 0 {
            decisions.masked_groups.iter().for_each(|group| printed.hide(id, *group));
        }
    }
}
