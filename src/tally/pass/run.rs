//! The records that all columns count one after the other.

use crate::cohort::row::CaseRow;
use crate::read::Block;
use crate::tally::counts::strata::Members;
use std::ops::Range;

/// Some records that all columns count one after the other.
#[derive(Clone)]
pub struct Run<'r> {
    /// Where they stand.
    pub block: &'r Block,
    /// Which they are.
    pub rows: Range<usize>,
    /// The column of the case id.
    pub id: Option<usize>,
    /// The column of the patient's own response, if any.
    pub beside: Option<usize>,
    /// The groups of each, and how many groups there are so far; none without groups.
    pub members: Option<(&'r Members, usize)>,
}

impl Run<'_> {
    /// The groups of the record that stands at this place of the run.
    #[inline]
    pub fn groups(&self, at: usize) -> &[u16] {
        self.members.map_or(&[], |(members, _)| members.of(at))
    }

    /// How many groups there are so far.
    pub fn groups_so_far(&self) -> usize {
        self.members.map_or(0, |(_, groups)| groups)
    }

    /// Where a record stands.
    pub fn here(&self, row: usize) -> CaseRow<'_> {
        CaseRow { block: self.block, row, id: self.id }
    }
}
