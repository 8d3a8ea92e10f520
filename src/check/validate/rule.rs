//! The interface of a validation rule.

use super::case_view::CaseView;
use super::item::Conclusions;
use super::sink::FindingSink;

/// A rule that is applied to all cases in one pass. What it stores must not grow with the number of cases.
pub trait ValidationRule {
    /// Examines one case.
    fn look(&mut self, _case: &CaseView<'_>, _sink: &mut FindingSink<'_>) {}

    /// Reports on all cases together, after the last one.
    fn conclude(self: Box<Self>, _sink: &mut FindingSink<'_>, _conclusions: &mut Conclusions) {}
}
