//! Which variables are counted where only some are asked for.
//!
//! The records are read as strictly as ever: structure, encoding, widths and case IDs. The cells of the other columns
//! are not looked at, so that one number of a large file costs little more than splitting it. A variable is left out
//! only where nothing that is asked for can depend on its cells.

use super::pass::plan::Plan;
use super::settings::Settings;
use crate::diagnostic::{Finding, FindingId, first_names};
use crate::read::Inputs;
use crate::schema::{Kind, Role, Variable};

/// A column is left out only of larger inputs: in a small one, what is said of its cells is worth more.
const LARGE: u64 = 1 << 20;
/// Most columns that a note lists.
const MOST_NAMES: usize = 12;

/// For each variable, whether its cells are counted in a pass of this plan.
pub(super) fn counted(
    inputs: &Inputs,
    variables: &[(Variable, usize)],
    plan: &Plan<'_>,
    settings: &Settings,
) -> Vec<bool> {
    let all = || vec![true; variables.len()];
    let Some(asked) = settings.asked.as_ref().filter(|_| may_leave_out(inputs, settings)) else { return all() };
    let is_named = |variable: &Variable, name: &String| *name == variable.name || *name == variable.header;
    // A name that nobody has is another way to write one, or an error: of either, all is to be known.
    let is_known = |name: &String| variables.iter().any(|(variable, _)| is_named(variable, name));
    if !asked.iter().all(is_known) {
        return all();
    }
    let filtered = plan.keep.iter().flat_map(|keep| keep.columns());
    let conditions = plan.conditions.iter().flat_map(|conditions| conditions.panel.columns());
    let judged: Vec<usize> = filtered.chain(conditions).map(|column| column.column).collect();
    let is_needed = |(index, (variable, column)): (usize, &(Variable, usize))| {
        asked.iter().any(|name| is_named(variable, name))
            || matches!(variable.role, Role::CaseId | Role::Age | Role::Sex)
            || judged.contains(column)
            || plan.by.contains(&index)
    };
    let needed: Vec<bool> = variables.iter().enumerate().map(is_needed).collect();
    // Treatment and responses are read together, whichever columns they are in.
    let is_treatment =
        |variable: &Variable| variable.kind == Kind::Lines || matches!(variable.role, Role::Treatment | Role::Response);
    match variables.iter().zip(&needed).any(|((variable, _), needed)| *needed && is_treatment(variable)) {
        true => all(),
        false => needed,
    }
}

/// True where some column may be left out.
fn may_leave_out(inputs: &Inputs, settings: &Settings) -> bool {
    inputs.size() >= LARGE
        // What turns out to be needed is read in another pass.
        && inputs.can_be_read_again()
        && settings.survival.is_none()
        && settings.pairs.is_empty()
        && !settings.deidentify
        // Between semicolons, the commas of one column tell what the points of another mean.
        && !inputs.are_all_delimited_by(b';')
}

/// The note about the columns that were left out.
pub(super) fn note<'v>(left_out: impl Iterator<Item = &'v Variable>) -> Option<Finding> {
    let names: Vec<&str> = left_out.map(|variable| variable.name.as_str()).collect();
    let shown = first_names(names.get(..MOST_NAMES).unwrap_or(&names), names.len() as u64);
    let message = format!(
        "the cells of {shown} were not read, because nothing was asked of them; they may hold cells that cannot be read"
    );
    let remedy = "calc-series validate looks at every cell; so does --strict";
    (!names.is_empty()).then(|| Finding::new(FindingId::ColumnsNotRead, message).remedy(remedy))
}
