//! Cases that are not counted: a table of all cases beside this one tells of them by subtraction.

use super::network::is_small;
use crate::diagnostic::{Finding, FindingId, Severity};
use crate::tally::Cohort;

/// Why nothing may be shown: the cases that are left out are few. None where they are not.
pub(super) fn sentence(cohort: &Cohort, k: u64) -> Option<String> {
    let (left_out, _) = cohort.left_out();
    is_small(left_out, k).then(|| {
        format!(
            "Every value is masked, and levels and groups are left out: fewer than {k} cases are not counted, and the \
             difference to a table of all cases would be theirs."
        )
    })
}

/// What tables of other runs would tell together with this one, as far as this run can see it.
///
/// A warning where a third table would leave few cases, those of which the filter is unknown; else a note.
pub fn finding(cohort: &Cohort, k: u64) -> Option<Finding> {
    let (left_out, unknown) = cohort.left_out();
    let of_few = is_small(left_out, k) || is_small(unknown, k);
    let (severity, message) = match (left_out, of_few) {
        (0, _) => return None,
        (_, false) => {
            (Severity::Note, "cases are left out: the differences to other tables of these cases are not masked")
        }
        (_, true) => (Severity::Warning, "few cases are left out: other tables of these cases would tell of them"),
    };
    let remedy = "give away one table of these cases only, and make columns with --by in place of several filters";
    Some(Finding::new(FindingId::Differencing, message).severity(severity).remedy(remedy))
}
