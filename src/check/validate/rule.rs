//! The interface of a validation rule.

use super::case_sink::CaseSink;
use super::case_view::CaseView;
use super::item::Conclusions;
use super::sink::FindingSink;

/// A rule that is applied to all cases in one pass, by several threads. What it stores must not grow with the number of
/// cases.
pub trait ValidationRule: Sized {
    /// Examines one case.
    fn look(&mut self, _case: &CaseView<'_>, _sink: &mut CaseSink<'_>) {}

    /// Adds what another thread has counted in its cases.
    fn absorb(&mut self, other: Self);

    /// Reports on all cases together, after the last one.
    fn conclude(self, _sink: &mut FindingSink<'_>, _conclusions: &mut Conclusions) {}
}
