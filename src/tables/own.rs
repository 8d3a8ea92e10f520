//! Tables of results that belong to no variable: their lines stand under a name of their own.

use super::Table;
use super::columns::TableColumns;
use super::line::{TableLine, TableVariable};
use super::options::TableOptions;
use crate::analyze::results::PartOf;
use crate::schema::{Kind, Variable};

/// The variable that stands for such results.
pub(super) fn named(name: &str) -> Variable {
    Variable { kind: Kind::Text, ..Variable::new(name) }
}

/// What its lines are about.
pub(super) fn subject<'a>(
    variable: &'a Variable,
    columns: &'a TableColumns<'a>,
    (all, shown): (PartOf<'a>, &'a TableOptions),
) -> TableVariable<'a> {
    TableVariable { variable, shown, all, beside: columns.beside() }
}

/// The table of the lines that `take` gives one by one; none where it gives none.
pub(super) fn table(
    title: &str,
    columns: &TableColumns<'_>,
    take: impl FnOnce(&mut dyn FnMut(&TableLine<'_>, TableVariable<'_>)),
) -> Option<Table> {
    let mut table = columns.table(title);
    take(&mut |line, subject| columns.push(&mut table, line, subject));
    (!table.rows.is_empty()).then(|| columns.without_blank_intervals(columns.without_blank_comparisons(table)))
}
