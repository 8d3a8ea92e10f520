//! The groups that are compared, and what they are to each other.

use crate::analyze::contrast::{Contrast, first_is_reference};
use crate::analyze::group;
use crate::analyze::scores::Scores;
use crate::analyze::{Comparisons, Options};
use crate::tally::{Cohort, CohortGroup, CohortVariable, Counts};
use std::sync::Arc;

/// The groups with cases that are reported, in the order of the columns.
pub(super) struct ComparedGroups<'a> {
    pub options: &'a Options,
    pub of_cohort: Vec<&'a CohortGroup>,
    /// Their names, as in the heading of their columns.
    pub names: Vec<String>,
    /// The scores of the groups, where their order means something.
    pub scores: Option<Arc<Scores>>,
    /// Which of two groups is subtracted from which.
    pub contrast: Option<Arc<Contrast>>,
    /// True where the first of two groups is the one that is subtracted.
    pub is_turned: bool,
}

impl<'a> ComparedGroups<'a> {
    /// The groups of a cohort.
    pub fn of(cohort: &'a Cohort, options: &'a Options) -> ComparedGroups<'a> {
        let of_cohort: Vec<&CohortGroup> = group::ordered(cohort, options)
            .into_iter()
            .map(|(_, group)| group)
            .filter(|group| group.cases > 0 && group.levels.iter().all(Option::is_some))
            .collect();
        let names: Vec<String> = of_cohort
            .iter()
            .map(|group| group.levels.iter().flatten().cloned().collect::<Vec<_>>().join(", "))
            .collect();
        let (mut contrast, mut is_turned) = (None, false);
        if let ([first, second], [one, other]) = (names.as_slice(), of_cohort.as_slice()) {
            is_turned = match &options.comparisons.reference {
                Some(reference) => has(one, reference) && !has(other, reference),
                // A tool takes the first less the second.
                None => options.like.is_none() && first_is_reference(first, second),
            };
            contrast = Some(Arc::new(Contrast::of([first, second], is_turned)));
        }
        let scores = scores(cohort).map(Arc::new);
        ComparedGroups { options, of_cohort, names, scores, contrast, is_turned }
    }

    /// What is compared.
    pub fn comparisons(&self) -> &'a Comparisons {
        &self.options.comparisons
    }

    /// The values of two groups, the one first from which the other is subtracted. None for another number of groups.
    pub fn pair<'v, T>(&self, values: &'v [T]) -> Option<[&'v T; 2]> {
        match (values, self.is_turned) {
            ([first, second], false) => Some([first, second]),
            ([first, second], true) => Some([second, first]),
            _ => None,
        }
    }
}

/// True for a group of this level.
fn has(group: &CohortGroup, level: &str) -> bool {
    group.levels.iter().flatten().any(|known| known == level)
}

/// The scores of the groups of a cohort, where one ordered variable makes them.
pub fn scores(cohort: &Cohort) -> Option<Scores> {
    let [index] = cohort.grouping.as_ref()?.by.as_slice() else { return None };
    of_column(cohort.variables.get(*index)?)
}

/// The scores of the levels of a column, where their order means something.
pub fn of_column(column: &CohortVariable) -> Option<Scores> {
    match &column.counts {
        Counts::Levels(counts) => Scores::of(&column.variable, counts.levels.keys().map(String::as_str)),
        Counts::Number(_) | Counts::Set(_) | Counts::Dates(_) | Counts::Text(_) | Counts::Lines(_) => None,
    }
}
