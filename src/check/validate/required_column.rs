//! A column that every case should fill in.

use super::case_share::CaseShare;
use super::case_sink::{CaseSink, CellFinding};
use super::case_view::CaseView;
use super::sink::FindingSink;
use crate::cohort::case::CaseColumn;
use crate::diagnostic::FindingId;

/// Something that every case should report, in a column of its own.
#[derive(Clone)]
pub struct RequiredColumn<'a> {
    check: FindingId,
    /// The column; none where the data have no such column.
    pub column: Option<CaseColumn<'a>>,
    /// What is required, as in "the sex".
    what: &'static str,
    remedy: &'static str,
    /// How many cases report it.
    pub share: CaseShare,
}

impl<'a> RequiredColumn<'a> {
    /// A requirement that no case has been tested for yet.
    pub fn new(
        check: FindingId,
        column: Option<CaseColumn<'a>>,
        what: &'static str,
        remedy: &'static str,
    ) -> RequiredColumn<'a> {
        RequiredColumn { check, column, what, remedy, share: CaseShare::default() }
    }

    /// Tests whether a case reports the column.
    pub fn look(&mut self, case: &CaseView<'_>, sink: &mut CaseSink<'_>) {
        let is_reported = self.column.is_some_and(|column| case.reports(&column));
        self.count(is_reported, case, sink);
    }

    /// Counts a case that reports it or does not.
    pub fn count(&mut self, is_reported: bool, case: &CaseView<'_>, sink: &mut CaseSink<'_>) {
        self.share.add(is_reported, case);
        // A cell that cannot be read is a finding of reading it; that it is not reported would not be true.
        let is_silent = |column: &CaseColumn<'_>| !is_reported && !case.is_unreadable(column);
        if let Some(column) = self.column.filter(is_silent) {
            let finding = || CellFinding::new(format!("{} is not reported", self.what)).remedy(self.remedy);
            sink.of_case(self.check, (case, &column.variable().header), finding);
        }
    }

    /// Adds the cases that another thread has counted.
    pub fn absorb(&mut self, other: RequiredColumn<'_>) {
        self.share.absorb(other.share);
    }

    /// Reports once that the column does not exist. True where every case reports it.
    pub fn conclude(&self, sink: &mut FindingSink<'_>) -> bool {
        if self.column.is_none() && self.share.of > 0 && !self.share.is_full() {
            let message =
                format!("{} is reported for {} cases: there is no such column", self.what, self.share.words());
            sink.of_series(self.check, message, self.remedy);
        }
        self.share.is_full()
    }
}
